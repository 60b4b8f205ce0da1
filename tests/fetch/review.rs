//! The desk on the terminal, told line by line, and proposals for a pull request.

use crate::candidates::{FIRST, SECOND, candidates, fetch, item, save, saved};
use crate::seen::ledger;
use crate::{Ran, run, write};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const FLOW: &str = "---
kind: learning-flow
id: minutes
title: Five minutes
summary: One small thing to read every working day, with something to try.
purpose: So that people who write letters get shorter and clearer, a little each week.
audience: Everybody who writes
flow: news
cadence: {every: day, days: weekdays, at: \"08:30\"}
---
";

/// The library of [`saved`] with a learning flow.
fn desk(feeds: &[(&str, &str)]) -> TempDir {
    let dir = saved(feeds);
    flow(&dir);
    fetch(&dir, FIRST);
    dir
}

/// Adds a learning flow with a run.
pub fn flow(dir: &TempDir) {
    write(dir.path(), "content/flows/minutes.md", FLOW.as_bytes());
    let run = b"---\nid: minutes\nprogramme: minutes\ncreated: 2026-02-02\nstarts: 2026-03-02\nchannels: [everyone]\n---\nSend us what helped you.\n";
    write(dir.path(), "sites/s/runs/minutes.md", run);
}

/// Three items of three sources; the newer the better.
fn three() -> TempDir {
    let day = |day: u32| format!("{day:02} Feb 2026 08:00:00 GMT");
    desk(&[
        (
            "one",
            &item("First", "https://one.example.org/1", "1", &day(28)),
        ),
        (
            "two",
            &item("Second", "https://two.example.org/2", "2", &day(24)),
        ),
        (
            "three",
            &item("Third", "https://three.example.org/3", "3", &day(20)),
        ),
    ])
}

/// Begins a sitting.
fn begin(dir: &Path, now: &str, env: &[(&str, &str)]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_learnflow"))
        .args(["review", "--now", now])
        .current_dir(dir)
        .env_clear()
        .envs(env.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs")
}

/// A sitting in which these lines are typed.
fn sit(dir: &TempDir, now: &str, lines: &str, env: &[(&str, &str)]) -> Ran {
    let mut child = begin(dir.path(), now, env);
    let mut typed = child.stdin.take().expect("a pipe");
    // Whoever quits early leaves lines unread.
    let _ = typed.write_all(lines.as_bytes());
    drop(typed);
    let done = child.wait_with_output().expect("it ends");
    let ran = Ran {
        code: done.status.code().expect("a code"),
        out: String::from_utf8(done.stdout).expect("UTF-8"),
        err: String::from_utf8(done.stderr).expect("UTF-8"),
        peak: None,
    };
    ran.ends(0)
}

fn propose(dir: &TempDir, now: &str, most: &str) -> Ran {
    run(dir.path(), &["review", "--propose", most, "--now", now]).ends(0)
}

/// Title and verdict of what is listed: none waits.
fn listed(dir: &TempDir, now: &str) -> Vec<(String, Option<String>)> {
    let found = candidates(dir, now).into_iter().map(|one| {
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        (
            text(&one["title"]).expect("a title"),
            text(&one["judged"]["verdict"]),
        )
    });
    found.collect()
}

fn titles(dir: &TempDir, now: &str) -> Vec<String> {
    listed(dir, now)
        .into_iter()
        .map(|(title, _)| title)
        .collect()
}

fn picks(dir: &TempDir) -> Vec<String> {
    let folder = dir.path().join("sites/s/curation/picks/2026");
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = files.map(|file| file.file_name().into_string().expect("UTF-8"));
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn pick(dir: &TempDir, name: &str) -> String {
    let path = dir.path().join("sites/s/curation/picks/2026").join(name);
    std::fs::read_to_string(path).expect("a pick")
}

#[test]
fn each_candidate_is_shown_with_its_reasons_and_one_key_judges_it() {
    let dir = three();
    let ran = sit(
        &dir,
        FIRST,
        "o\nl\n\nr too basic\nq\n",
        &[("BROWSER", "/nowhere/at/all")],
    );
    assert!(
        ran.out
            .starts_with("\n1 of 3\n2026-02-28  First\n            one\n"),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .contains("points: fresh 18 (it is 2 days old), trust 10"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("\n3 of 3\n"), "{}", ran.out);
    let ran = ran
        .says("https://one.example.org/1")
        .says("r  reject it, with a reason")
        .says("1 rejected, 1 kept for later; 1 waits.");
    assert_eq!(
        ran.out.matches(" of 3\n").count(),
        3,
        "each once: {}",
        ran.out
    );
    assert_eq!(
        listed(&dir, SECOND),
        [
            ("Third".to_owned(), None),
            ("First".to_owned(), Some("later".to_owned()))
        ],
        "what was kept for later comes last"
    );
    // It also waits longer than its source allows, and what was said last counts.
    assert_eq!(titles(&dir, "2026-04-20T12:00:00Z"), ["First"]);
    sit(&dir, "2026-04-20T12:00:00Z", "r 1\n", &[]);
    assert!(titles(&dir, "2026-04-20T12:00:00Z").is_empty());
}

#[test]
fn a_rejection_has_a_reason_and_can_be_taken_back() {
    let dir = three();
    sit(
        &dir,
        FIRST,
        "r\n\nr\n2\nr\nsaid better   elsewhere\nq\n",
        &[],
    )
    .says("It waits: a rejection has a reason");
    assert_eq!(titles(&dir, SECOND), ["Third"]);
    let told: String = ledger(dir.path()).into_values().collect();
    for reason in ["\toff the topic\t", "\tsaid better elsewhere\t"] {
        assert!(told.contains(reason), "{told}");
    }
    sit(&dir, SECOND, "r 3\nu\nx\nq\n", &[])
        .says("`x` means nothing here")
        .says("Nothing was decided; 1 waits.");
    assert_eq!(titles(&dir, SECOND), ["Third"]);
}

#[test]
fn what_was_judged_is_kept_when_the_program_dies() {
    let dir = three();
    let mut child = begin(dir.path(), FIRST, &[]);
    let mut typed = child.stdin.take().expect("a pipe");
    let mut shown = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    typed.write_all(b"r an advert\n").expect("it listens");
    // It shows the second when the first is judged.
    let second = shown.find(|line| line.as_ref().is_ok_and(|line| line == "2 of 3"));
    assert!(second.is_some());
    child.kill().expect("killed");
    child.wait().expect("it is gone");
    assert_eq!(titles(&dir, FIRST), ["Second", "Third"]);
    let files = ledger(dir.path());
    assert_eq!(
        files.len(),
        2,
        "what was fetched, and what was said: {files:?}"
    );
}

#[test]
fn c2_picking_one_offers_to_reject_the_other_and_does_nothing_by_itself() {
    let words = "A town clerk shows four versions of one reply, each half as long as the last, and says why she does not go on.";
    let with = |title: &str, link: &str, day: &str| {
        item(title, link, link, day).replace(
            "</item>",
            &format!("<description>{words}</description></item>"),
        )
    };
    let (one, two) = (
        "Mon, 02 Mar 2026 08:00:00 GMT",
        "Sun, 01 Mar 2026 08:00:00 GMT",
    );
    let twins = || {
        desk(&[
            (
                "one",
                &with(
                    "How to write a plain reply today",
                    "https://one.example.org/a",
                    one,
                ),
            ),
            (
                "two",
                &with(
                    "How to write a plain reply",
                    "https://two.example.org/b",
                    two,
                ),
            ),
        ])
    };
    let dir = twins();
    let ran = sit(&dir, FIRST, "p\nn\nq\n", &[]);
    assert!(
        ran.out
            .contains("nearly the same waits besides: How to write a plain reply\n"),
        "{}",
        ran.out
    );
    ran.says("reject what says nearly the same (How to write a plain reply)? y or n");
    let found = candidates(&dir, SECOND);
    assert_eq!(found.len(), 1, "it waits still");
    let text = run(dir.path(), &["candidates", "--now", SECOND])
        .ends(0)
        .out;
    assert!(
        text.contains(
            "says nearly the same as `How to write a plain reply today` (seen, picked 2026-03-02)"
        ),
        "{text}"
    );
    assert!(
        propose(&dir, SECOND, "5")
            .out
            .starts_with("# Nothing is worth a look today")
    );
    let dir = twins();
    sit(&dir, FIRST, "p\ny\n", &[]).says("1 picked, 1 rejected.");
    assert!(candidates(&dir, SECOND).is_empty());
}

#[test]
fn c12_what_was_rejected_and_comes_back_is_told_and_not_proposed() {
    let again = "https://press.example.org/basics";
    let dir = desk(&[
        (
            "one",
            &item("The basics", again, "1", "13 Feb 2026 08:00:00 GMT"),
        ),
        ("two", ""),
    ]);
    fetch(&dir, "2026-02-14T12:00:00Z");
    sit(&dir, "2026-02-14T12:00:00Z", "r too basic\n", &[]);
    assert!(
        candidates(&dir, SECOND).is_empty(),
        "its own source says nothing new"
    );
    let elsewhere = item(
        "Basics, again",
        &format!("{again}?utm_source=two"),
        "x",
        "03 Mar 2026 08:00:00 GMT",
    );
    save(
        &dir,
        "two",
        &(elsewhere
            + &item(
                "New",
                "https://two.example.org/new",
                "n",
                "03 Mar 2026 07:00:00 GMT",
            )),
    );
    fetch(&dir, SECOND);
    let found = listed(&dir, SECOND);
    assert_eq!(
        found,
        [
            ("New".to_owned(), None),
            ("Basics, again".to_owned(), Some("rejected".to_owned()))
        ]
    );
    let text = run(dir.path(), &["candidates", "--now", SECOND])
        .ends(0)
        .out;
    let (top, seen) = text
        .split_once("Seen before, and back again\n")
        .expect("a list of its own");
    assert!(!top.contains("Basics"), "{text}");
    assert!(seen.contains("Basics, again\n            two\n"), "{text}");
    assert!(
        seen.contains("seen, rejected 2026-02-14: too basic\n"),
        "{text}"
    );
    let request = propose(&dir, SECOND, "5").out;
    assert_eq!(picks(&dir), ["new.md"]);
    assert!(
        request.contains("seen, rejected 2026\\-02\\-14:\u{2060} too basic"),
        "{request}"
    );
    // After half a year nobody remembers, and it is still not new.
    assert!(listed(&dir, "2026-09-01T12:00:00Z").is_empty());
}

#[test]
fn a_proposal_is_files_with_reasons_and_the_words_of_the_request() {
    let dir = three();
    let ran = propose(&dir, FIRST, "2").says("2 drafts are written");
    assert_eq!(picks(&dir), ["first.md", "second.md"]);
    let first = pick(&dir, "first.md");
    for line in [
        "id: first",
        "run: minutes",
        "url: \"https://one.example.org/1\"",
        "title: \"First\"",
        "source: one",
        "format: read",
        "picked_on: 2026-03-02",
        "# why it was offered: 28 points: fresh 18 (it is 2 days old), trust 10 (its source has trust 3 of 5)",
        "## Why this",
    ] {
        assert!(
            first.lines().any(|known| known == line),
            "no `{line}` in {first}"
        );
    }
    assert_eq!(
        ran.out.split("## 2.").next().expect("a part"),
        "# 2 candidates worth a look

Each is a file of this request. In those that you keep, write *Why this*, *Do* and *Share* in your own words. Delete the others: that rejects them, and they are not proposed again.

## 1. First

2026-02-28, one
<https://one.example.org/1>

28 points:

- fresh 18: it is 2 days old
- trust 10: its source has trust 3 of 5

The file: `sites/s/curation/picks/2026/first.md`

"
    );
    // Nobody can merge what nobody has judged.
    run(dir.path(), &["check", "--now", FIRST])
        .ends(1)
        .says("error[pick-without-commentary]");
    // What is proposed is not proposed again.
    propose(&dir, FIRST, "2");
    assert_eq!(picks(&dir), ["first.md", "second.md", "third.md"]);
    propose(&dir, FIRST, "2").says("Nothing is proposed.");
}

#[test]
fn what_is_taken_out_of_a_proposal_is_rejected_at_the_next_fetch() {
    let dir = three();
    propose(&dir, FIRST, "3");
    let folder = dir.path().join("sites/s/curation/picks/2026");
    std::fs::remove_file(folder.join("second.md")).expect("removed");
    // Its file may be called otherwise, and its words changed.
    std::fs::rename(folder.join("third.md"), folder.join("another-name.md")).expect("renamed");
    // While a pick cannot be read, nobody knows whose it is.
    let first = pick(&dir, "first.md");
    std::fs::write(folder.join("first.md"), "---\nid: [\n---\n").expect("written");
    let before = ledger(dir.path());
    run(
        dir.path(),
        &["fetch", "--offline", "saved", "--now", SECOND],
    );
    assert_eq!(ledger(dir.path()), before);
    std::fs::write(folder.join("first.md"), first).expect("written");
    run(
        dir.path(),
        &["fetch", "--offline", "saved", "--now", SECOND],
    );
    let after = ledger(dir.path());
    let new: Vec<&String> = after
        .iter()
        .filter(|(name, _)| !before.contains_key(*name))
        .map(|(_, text)| text)
        .collect();
    assert_eq!(new.len(), 1);
    assert_eq!(new[0].lines().count(), 1, "{}", new[0]);
    assert!(
        new[0].contains("\ttwo\trejected\ttaken out of the proposal\t2026-03-03T12:00:00Z"),
        "{}",
        new[0]
    );
    run(
        dir.path(),
        &[
            "fetch",
            "--offline",
            "saved",
            "--now",
            "2026-03-04T12:00:00Z",
        ],
    );
    assert_eq!(ledger(dir.path()), after, "once");
    assert!(candidates(&dir, SECOND).is_empty());
}

#[cfg(unix)]
#[test]
fn a_pick_is_filled_in_with_the_editor_and_stands() {
    let dir = three();
    let fill = "sed -i -e 's/^## Why this$/&\\n\\nShe shows each step./' -e 's/^## Do$/&\\n\\nCut one letter in half./' -e 's/^## Share$/&\\n\\nWhat did you take out?/' \"$1\"\n";
    write(dir.path(), "fill.sh", fill.as_bytes());
    let path = std::env::var("PATH").expect("a path");
    let ran = sit(
        &dir,
        FIRST,
        "p\nq\n",
        &[("EDITOR", "sh fill.sh"), ("PATH", &path)],
    );
    assert!(!ran.err.contains("error["), "{}", ran.err);
    assert!(pick(&dir, "first.md").contains("She shows each step."));
    run(dir.path(), &["check", "--now", FIRST]).ends(0);
    let plan = run(dir.path(), &["plan", "--run", "minutes", "--now", FIRST]).ends(0);
    assert!(plan.out.contains("First"), "{}", plan.out);
    // An editor that writes nothing: what is lacking is told at once, and the file stays.
    let ran = sit(
        &dir,
        SECOND,
        "p\nq\n",
        &[
            ("VISUAL", "true"),
            ("EDITOR", "sh fill.sh"),
            ("PATH", &path),
        ],
    );
    ran.says("error[pick-without-commentary]")
        .says("1 picked; 1 waits.");
    assert_eq!(picks(&dir), ["first.md", "second.md"]);
    // Without an editor it says where to write.
    sit(&dir, SECOND, "p\n", &[])
        .says("Write your words into sites/s/curation/picks/2026/third.md.");
}

#[test]
fn strangers_words_stay_words_in_files_and_requests() {
    let title = "\"}: ]\\ --- # @everyone fixes #1 [x](https://evil.example.org) <b>![i](y)";
    let hostile = format!(
        "<item><title><![CDATA[{title}]]></title><link>https://one.example.org/a?x=%22&amp;y=)</link><guid isPermaLink=\"false\">../../etc/passwd</guid><description><![CDATA[one\u{2028}two: `x` www.evil.example.org\u{0}]]></description></item>"
    );
    let dir = desk(&[
        ("one", &hostile),
        (
            "two",
            &item("../../../etc/passwd", "https://two.example.org/1", "1", ""),
        ),
        (
            "three",
            &item("学习 日本", "https://three.example.org/1", "1", ""),
        ),
    ]);
    let request = propose(&dir, FIRST, "9").out;
    let names = picks(&dir);
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(names.contains(&"etc-passwd.md".to_owned()), "{names:?}");
    assert!(
        names.iter().any(|name| name.starts_with("pick-")),
        "{names:?}"
    );
    for there in [
        "@everyone",
        "#1",
        "[x](",
        "![i]",
        "<b>",
        "://evil",
        "www.evil",
    ] {
        assert!(!request.contains(there), "{there} in {request}");
    }
    // What is lacking is the judgement, and nothing else.
    let told = run(dir.path(), &["check", "--now", FIRST]).ends(1).err;
    for line in told.lines().filter(|line| line.starts_with("error[")) {
        let known = [
            "empty-section",
            "pick-without-commentary",
            "item-without-do",
            "no-share",
        ];
        assert!(known.iter().any(|code| line.contains(code)), "{line}");
    }
    assert!(
        candidates(&dir, FIRST).is_empty(),
        "each file is known as a pick"
    );
}

#[test]
fn who_judges_says_for_whom() {
    let dir = three();
    run(dir.path(), &["review", "--run", "minute", "--now", FIRST])
        .ends(2)
        .says("no learning flow here has a run `minute`")
        .says("minutes");
    std::fs::remove_file(dir.path().join("sites/s/runs/minutes.md")).expect("removed");
    run(dir.path(), &["review", "--now", FIRST])
        .ends(2)
        .says("the site `s` has no learning flow that picks could be for");
}
