//! The program itself, as people and scripts meet it: words, exit codes, streams and files.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests run the program in folders of their own"
)]

mod common;

#[path = "cli/feeds.rs"]
mod feeds;
#[path = "cli/introductions.rs"]
mod introductions;
#[path = "cli/ledger.rs"]
mod ledger;
#[path = "cli/look.rs"]
mod look;
#[path = "cli/newcomer.rs"]
mod newcomer;
#[path = "cli/plans.rs"]
mod plans;
#[path = "cli/published.rs"]
mod published;
#[path = "cli/same_bytes.rs"]
mod same_bytes;
#[path = "cli/standing.rs"]
mod standing;
#[path = "cli/today.rs"]
mod today;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// What the program did.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    /// Asserts the exit code; says what was printed if it is another.
    fn ends(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "stdout:\n{}\nstderr:\n{}",
            self.out, self.err
        );
        self
    }

    /// Asserts words on stderr.
    fn says(self, words: &str) -> Self {
        assert!(self.err.contains(words), "no `{words}` in\n{}", self.err);
        self
    }
}

/// Runs the program in a folder, with nothing of our own environment that it could notice.
fn run(dir: &Path, args: &[&str]) -> Ran {
    run_with(dir, args, &[])
}

fn run_with(dir: &Path, args: &[&str], env: &[(&str, &str)]) -> Ran {
    let done = Command::new(env!("CARGO_BIN_EXE_learnflow"))
        .args(args)
        .current_dir(dir)
        .env_clear()
        .envs(env.iter().copied())
        .output()
        .expect("the program runs");
    Ran {
        code: done.status.code().expect("an exit code"),
        out: String::from_utf8(done.stdout).expect("UTF-8"),
        err: String::from_utf8(done.stderr).expect("UTF-8"),
    }
}

/// A folder with the files of a repository written in one string.
fn library(text: &str) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (path, bytes) in common::folder(text).files {
        write(dir.path(), &path, &bytes);
    }
    dir
}

fn write(dir: &Path, path: &str, bytes: &[u8]) {
    let path = dir.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, bytes).expect("written");
}

/// Every file below a folder, hidden ones too, with its bytes and its time; only the lock, which names
/// the process that took it last, is nobody's output.
fn files(dir: &Path) -> BTreeMap<String, (Vec<u8>, std::time::SystemTime)> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(dir)
        .into_iter()
        .map(|e| e.expect("readable"))
    {
        if entry.file_type().is_file() && !entry.path().ends_with(".learnflow/lock") {
            let path = entry
                .path()
                .strip_prefix(dir)
                .expect("below")
                .to_string_lossy()
                .into_owned();
            let time = entry
                .metadata()
                .expect("metadata")
                .modified()
                .expect("a time");
            found.insert(path, (std::fs::read(entry.path()).expect("bytes"), time));
        }
    }
    found
}

/// A site with one sound challenge and its run; `{site}` stands for the site's id.
fn sound() -> String {
    let challenge = include_str!("cli/challenge.repo");
    common::SITE.to_owned() + challenge
}

/// The same with a second site.
fn two_sites() -> String {
    let second = sound()
        .replace("sites/s/", "sites/second/")
        .replace("id: s\n", "id: second\n")
        .replace("learn.example.org", "second.example.org");
    let (second, _) = second
        .split_once("-- content/")
        .expect("content comes last");
    let run = sound();
    let (_, run) = run.split_once("-- sites/s/runs/").expect("a run");
    let second = format!("{second}-- sites/second/runs/{run}");
    sound() + &second
}

/// Compares with a file below `tests/cli/`; `UPDATE=1` writes it.
fn golden(name: &str, actual: &str) {
    let path = Path::new("tests/cli").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, actual).expect("written");
        return;
    }
    let expected = std::fs::read_to_string(&path).expect("the golden file");
    assert!(expected == actual, "{name} is now:\n{actual}");
}

#[test]
fn help_is_golden_to_the_letter() {
    let dir = tempfile::tempdir().expect("a folder");
    for command in [
        "",
        "init",
        "new",
        "check",
        "build",
        "plan",
        "today",
        "introductions",
        "fetch",
        "candidates",
        "review",
        "diff",
        "doctor",
        "ledger",
        "links",
        "opml",
        "why",
        "context",
        "look",
        "completions",
        "man",
    ] {
        let mut text = String::new();
        for flag in ["-h", "--help"] {
            let args: Vec<&str> = [command, flag]
                .into_iter()
                .filter(|arg| !arg.is_empty())
                .collect();
            let ran = run(dir.path(), &args).ends(0);
            assert_eq!(ran.err, "", "help that was asked for is data");
            assert!(
                ran.out.lines().all(|line| line.chars().count() <= 100),
                "{}",
                ran.out
            );
            text.push_str(&format!("$ learnflow {}\n{}\n", args.join(" "), ran.out));
        }
        let name = if command.is_empty() {
            "learnflow"
        } else {
            command
        };
        golden(&format!("{name}.txt"), &text);
    }
}

#[test]
fn a_mistake_on_the_command_line_has_a_way_out() {
    let dir = library(&two_sites());
    for (args, code, words) in [
        (&[][..], 2, "Usage: learnflow <COMMAND>"),
        (&["chek"], 2, "similar subcommand exists: 'check'"),
        (&["biuld"], 2, "similar subcommand exists: 'build'"),
        (
            &["check", "--strickt"],
            2,
            "similar argument exists: '--strict'",
        ),
        (
            &["check", "--format", "jsn"],
            2,
            "similar value exists: 'json'",
        ),
        (&["check", "--now", "yesterday"], 2, "2026-03-02T09:00:00Z"),
        (
            &["check", "--now", "2026-03-02T09:00:00"],
            2,
            "with its offset",
        ),
        (&["check", "--site", "secnod"], 2, "Did you mean `second`?"),
        (
            &["check", "--site", "elephant"],
            2,
            "Sites here: s, second.",
        ),
        (
            &["check", "--root", "nowhere"],
            2,
            "learnflow init <folder>",
        ),
        (
            &["plan", "--run", "quiet-2062"],
            2,
            "Did you mean `quiet-2026`?",
        ),
        (
            &["plan", "--run", "elephant"],
            2,
            "`learnflow plan` shows all runs",
        ),
        (
            &["plan", "--run", "elephant", "--format", "json"],
            2,
            "`learnflow plan` shows all runs",
        ),
        (&["plan", "--format", "cron"], 2, "Add `--next`"),
        (
            &["today", "--role", "learning-giude"],
            2,
            "Did you mean `learning-guide`?",
        ),
        (
            &["today", "--role", "elephant"],
            2,
            "Roles here: learning-challenge-designer, learning-guide.",
        ),
        (
            &["plan", "--next", "--run", "quiet-2026"],
            2,
            "cannot be used with",
        ),
        (&["new", "challange", "x"], 2, "Did you mean `challenge`?"),
        (
            &["new", "elephant", "x"],
            2,
            "learning-flow  a steady stream",
        ),
        (
            &["new", "challenge", "Ten Days"],
            2,
            "`Ten Days` is not an id",
        ),
        (
            &["new", "challenge", "ten-days"],
            2,
            "Say which with `--site`: s, second.",
        ),
        (
            &["new", "challenge", "ten-days", "--site", "secnod"],
            2,
            "Did you mean `second`?",
        ),
        (&["init", "."], 2, "is not empty"),
    ] {
        let before = files(dir.path());
        let ran = run(dir.path(), args).ends(code).says(words);
        assert_eq!(ran.out, "", "{args:?}: words belong on stderr");
        assert_eq!(files(dir.path()), before, "{args:?} changed files");
    }
}

const NOW: &str = "2026-03-02T12:00:00Z";

#[test]
fn exit_codes_are_0_1_and_2() {
    let fine = library(&sound());
    run(fine.path(), &["check", "--now", NOW])
        .ends(0)
        .says("Everything is fine: 1 programme, 1 run, 1 site");
    run(fine.path(), &["check", "--strict", "--now", NOW]).ends(0);
    run(fine.path(), &["build", "--now", NOW]).ends(0);
    let warned = library(&sound().replace("channels: [everyone]", ""));
    run(warned.path(), &["check", "--now", NOW])
        .ends(0)
        .says("1 warning in");
    run(warned.path(), &["build", "--out", "a", "--now", NOW])
        .ends(0)
        .says("1 warning");
    run(warned.path(), &["check", "--strict", "--now", NOW])
        .ends(1)
        .says("1 error in");
    run(
        warned.path(),
        &["build", "--strict", "--out", "b", "--now", NOW],
    )
    .ends(1)
    .says("nothing was written");
    run(warned.path(), &["plan", "--strict", "--now", NOW]).ends(1);
    assert!(!warned.path().join("b/public").exists());
    let wrong = library(&sound().replace("starts: 2026", "starts: 1926x"));
    for command in ["check", "build", "plan"] {
        let ran = run(wrong.path(), &[command, "--now", NOW]).ends(1);
        assert!(ran.err.contains("1926x"), "{}", ran.err);
        assert_eq!(ran.out, "", "{command}: no data while there are mistakes");
    }
}

#[test]
fn stdout_has_data_and_stderr_words() {
    let wrong = library(&sound().replace("[everyone]", "[everyon]"));
    let text = run(wrong.path(), &["check", "--now", NOW])
        .ends(1)
        .says("did you mean `everyone`?");
    assert_eq!(text.out, "");
    assert!(
        !text.err.contains('\u{1b}'),
        "no colour where nobody watches"
    );
    let coloured = run_with(wrong.path(), &["check", "--now", NOW], &[("NO_COLOR", "1")]);
    assert_eq!(coloured.err, text.err);
    for command in ["check", "build"] {
        let json = run(wrong.path(), &[command, "--now", NOW, "--format", "json"])
            .ends(1)
            .says("1 error");
        let rows: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
        assert_eq!(rows[0]["code"], "unknown-channel");
        assert_eq!(rows[0]["file"], "sites/s/runs/quiet-2026.md");
        let github = run(wrong.path(), &[command, "--now", NOW, "--format", "github"]).ends(1);
        assert!(
            github
                .out
                .starts_with("::error file=sites/s/runs/quiet-2026.md,line="),
            "{}",
            github.out
        );
    }
    let fine = library(&sound());
    let json = run(fine.path(), &["check", "--now", NOW, "--format", "json"]).ends(0);
    assert_eq!(json.out, "[]\n");
    assert_eq!(run(fine.path(), &["build", "--now", NOW]).ends(0).out, "");
    let plan = run(fine.path(), &["plan", "--now", NOW]).ends(0);
    assert_eq!(plan.err, "");
}

/// M8: one mistake, and not a byte, name or time of the output changes; all other mistakes are told
/// in the same pass.
#[test]
fn m8_one_broken_activity_leaves_the_old_site_whole() {
    let dir = library(&sound());
    run(dir.path(), &["build", "--now", NOW]).ends(0);
    let before = files(&dir.path().join("dist"));
    assert!(before.len() > 10, "{:?}", before.keys());
    let challenge = "content/challenges/quiet.md";
    let text = std::fs::read_to_string(dir.path().join(challenge)).expect("text");
    write(
        dir.path(),
        challenge,
        text.replace("{#keep ", "{").as_bytes(),
    );
    write(
        dir.path(),
        "content/prompts/empty.md",
        b"---\nkind: prompts\nid: empty\ntitle: Empty\nsummary: No.\n---\n",
    );
    let ran = run(dir.path(), &["build", "--now", "2026-03-05T12:00:00Z"]).ends(1);
    for words in [
        "error[missing-id]",
        "error[prompt-bank-empty]",
        "2 errors; nothing was written",
    ] {
        assert!(ran.err.contains(words), "no {words} in\n{}", ran.err);
    }
    assert_eq!(files(&dir.path().join("dist")), before);
    write(dir.path(), challenge, text.as_bytes());
    std::fs::remove_file(dir.path().join("content/prompts/empty.md")).expect("removed");
    run(dir.path(), &["build", "--now", "2026-03-05T12:00:00Z"]).ends(0);
    assert_ne!(
        files(&dir.path().join("dist")),
        before,
        "the mended library is built"
    );
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_library_is_told_and_not_followed() {
    let secret = tempfile::tempdir().expect("a folder");
    write(
        secret.path(),
        "secret.md",
        b"---\nkind: prompts\n---\nsecret words\n",
    );
    let dir = library(&sound());
    let link = dir.path().join("content/secret.md");
    std::os::unix::fs::symlink(secret.path().join("secret.md"), link).expect("linked");
    let ran = run(dir.path(), &["check", "--now", NOW])
        .ends(1)
        .says("a link out of this repository");
    assert!(!ran.err.contains("secret words"));
    assert_eq!(ran.err.matches("error[").count(), 1, "{}", ran.err);
}
