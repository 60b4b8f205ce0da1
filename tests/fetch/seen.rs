//! The ledger of what was seen: the same again leaves no difference, and branches merge.

use crate::candidates::{FIRST, SECOND, candidates, fetch, item, save, saved};
use crate::{run, write};
use learnflow::model::{Seen, Sight, Verdict};
use learnflow::{formats, load};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// The files of the ledger with their texts.
pub fn ledger(dir: &Path) -> BTreeMap<String, String> {
    let folder = dir.join("sites/s/curation/seen");
    let files = walkdir::WalkDir::new(&folder).into_iter().flatten();
    let files = files.filter(|entry| entry.file_type().is_file());
    let read = files.map(|entry| {
        let name = entry.path().strip_prefix(&folder).expect("below");
        (
            name.to_string_lossy().into_owned(),
            std::fs::read_to_string(entry.path()).expect("text"),
        )
    });
    read.collect()
}

#[test]
fn c8_twice_the_same_leaves_no_difference() {
    let dir = saved(&[
        ("one", &item("A", "https://one.example.org/1", "1", "")),
        ("two", &item("", "", "tag:two,2026:x", "")),
        ("three", &item("Only a title", "", "", "")),
    ]);
    fetch(&dir, FIRST).says("3 new items");
    let before = ledger(dir.path());
    assert_eq!(before.len(), 1);
    let (name, text) = before.first_key_value().expect("one file");
    assert!(
        name.starts_with("2026-03/2026-03-02-") && name.ends_with(".tsv"),
        "{name}"
    );
    let mut lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3);
    let as_written = lines.clone();
    lines.sort_unstable();
    assert_eq!(lines, as_written, "sorted");
    let found = candidates(&dir, FIRST);
    for now in [FIRST, SECOND] {
        fetch(&dir, now);
        assert_eq!(ledger(dir.path()), before);
        assert_eq!(candidates(&dir, FIRST), found);
    }
    // Another machine has the ledger and no shelf.
    std::fs::remove_dir_all(dir.path().join(".learnflow")).expect("removed");
    fetch(&dir, SECOND);
    assert_eq!(ledger(dir.path()), before);
    assert_eq!(candidates(&dir, FIRST), found);
}

fn git(dir: &Path, args: &[&str]) {
    let done = Command::new("git")
        .args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(args)
        .current_dir(dir)
        .output()
        .expect("git runs");
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(
        done.status.success(),
        "{args:?}: {told}{}",
        String::from_utf8_lossy(&done.stdout)
    );
}

#[test]
fn the_ledgers_of_two_branches_merge_without_a_conflict() {
    let dir = saved(&[
        (
            "one",
            &item("Both", "https://one.example.org/both", "1", ""),
        ),
        ("two", &item("Two", "https://two.example.org/2", "2", "")),
    ]);
    let path = dir.path();
    git(path, &["init", "-q", "-b", "main"]);
    git(path, &["add", "sites", "content", "saved"]);
    git(path, &["commit", "-qm", "begin"]);
    git(path, &["checkout", "-qb", "monday"]);
    fetch(&dir, FIRST);
    git(path, &["add", "-A"]);
    git(path, &["commit", "-qm", "monday"]);
    assert!(!path.join(".git").join("index.lock").exists());
    git(path, &["checkout", "-q", "main"]);
    git(path, &["checkout", "-qb", "tuesday"]);
    save(
        &dir,
        "two",
        &item("Three", "https://two.example.org/3", "3", ""),
    );
    fetch(&dir, SECOND);
    git(path, &["add", "-A"]);
    git(path, &["commit", "-qm", "tuesday"]);
    git(path, &["merge", "-q", "-m", "both", "monday"]);
    assert_eq!(ledger(path).len(), 2);
    // Seen by both: the earlier day holds.
    let found = candidates(&dir, SECOND);
    let both = found
        .iter()
        .find(|one| one["title"] == "Both")
        .expect("both");
    assert_eq!(both["first_seen"], FIRST);
    let listed = Command::new("git")
        .args(["ls-files"])
        .current_dir(path)
        .output()
        .expect("git runs");
    assert!(
        !String::from_utf8_lossy(&listed.stdout).contains(".learnflow"),
        "the shelf is no part of it"
    );
}

/// What the ledger of a library comes to.
fn seen(dir: &Path) -> Seen {
    let (folder, _) = learnflow::disk::read(dir, &["content", "sites"]);
    let mut read = learnflow::pipeline::load(&folder).library.seen;
    read.pop_first().expect("a site").1
}

const MARCH: &str = "2026-03-02T12:00:00Z";

/// Fetches on some days of January, each with something new of a source.
fn january(dir: &TempDir, id: &str, days: &[u32]) {
    for day in days {
        let address = format!("https://{id}.example.org/{day}");
        save(
            dir,
            id,
            &item(&format!("Of {day}"), &address, &day.to_string(), ""),
        );
        fetch(dir, &format!("2026-01-{day:02}T12:00:00Z"));
    }
}

#[test]
fn an_old_month_is_folded_into_one_file_and_nothing_is_lost() {
    let dir = saved(&[("one", "")]);
    january(&dir, "one", &[5, 6, 7]);
    fetch(&dir, "2026-02-27T12:00:00Z");
    assert_eq!(
        ledger(dir.path()).len(),
        3,
        "January may still be on somebody's branch"
    );
    let before = seen(dir.path());
    fetch(&dir, MARCH)
        .says("3 files of 2026-01 are folded into sites/s/curation/seen/2026-01/folded-");
    assert_eq!(seen(dir.path()), before);
    let folded = ledger(dir.path());
    let (name, text) = folded.first_key_value().expect("a file");
    assert_eq!((folded.len(), text.lines().count()), (1, 3), "{name}");
    // Once; and a late one stays beside it.
    fetch(&dir, MARCH);
    write(
        dir.path(),
        "sites/s/curation/seen/2026-01/2026-01-09-00000000.tsv",
        b"0123456789abcdef\t-\t2026-01-09T12:00:00Z\tlate\toffered\t-\n",
    );
    fetch(&dir, MARCH);
    assert_eq!(ledger(dir.path()).len(), 2);
    assert!(ledger(dir.path()).contains_key(name));
    assert_eq!(seen(dir.path()).len(), 4);
}

#[test]
fn a_long_ledger_is_read_like_a_short_one() {
    let dir = saved(&[("one", &item("A", "https://one.example.org/1", "1", ""))]);
    let lines = (0..15_000).map(|n| {
        format!("{n:016x}\t{n:016x}\t2026-03-01T12:00:00Z\tother\tpassed-over\ttoo-many\n")
    });
    let text: String = lines.collect();
    assert!(text.len() > 1 << 20);
    let path = "sites/s/curation/seen/2026-03/2026-03-01-00000000.tsv";
    write(dir.path(), path, text.as_bytes());
    fetch(&dir, FIRST).says("1 new item");
    assert_eq!(candidates(&dir, FIRST).len(), 1);
    assert_eq!(seen(dir.path()).len(), 15_001);
}

#[test]
fn a_month_with_a_line_that_cannot_be_read_is_not_folded() {
    let dir = saved(&[("one", "")]);
    january(&dir, "one", &[5, 6]);
    write(
        dir.path(),
        "sites/s/curation/seen/2026-01/x.tsv",
        b"=======\n",
    );
    let before = ledger(dir.path());
    run(dir.path(), &["fetch", "--offline", "saved", "--now", MARCH]).ends(1);
    assert_eq!(ledger(dir.path()), before);
}

/// Both branches fold the month, and they do not know the same of it. Most of it is one large file: without the lines
/// turned round git would see it renamed twice.
#[test]
fn branches_that_fold_a_month_differently_merge_without_a_conflict() {
    let many: String = (0..60)
        .map(|n| {
            item(
                &format!("No {n}"),
                &format!("https://one.example.org/many/{n}"),
                "",
                "",
            )
        })
        .collect();
    let dir = saved(&[("one", &many), ("two", "")]);
    let path = dir.path();
    fetch(&dir, "2026-01-04T12:00:00Z");
    january(&dir, "two", &[5]);
    git(path, &["init", "-q", "-b", "main"]);
    git(path, &["add", "sites", "content", "saved"]);
    git(path, &["commit", "-qm", "begin"]);
    let branch = |name: &str, days: &[u32], folds: bool| {
        git(path, &["checkout", "-q", "main"]);
        git(path, &["checkout", "-qb", name]);
        january(&dir, "two", days);
        let before = seen(path);
        if folds {
            fetch(&dir, MARCH).says("files of 2026-01 are folded");
        }
        assert_eq!(seen(path), before);
        git(path, &["add", "-A", "sites"]);
        git(path, &["commit", "-qm", name]);
        git(path, &["checkout", "-q", "."]);
        before
    };
    let all = [
        branch("folds", &[7, 8], true),
        branch("folds-too", &[9], true),
        branch("only-adds", &[10], false),
    ];
    git(path, &["merge", "-q", "-m", "two", "folds"]);
    git(path, &["merge", "-q", "-m", "three", "folds-too"]);
    let mut both = Seen::default();
    let lines = all.iter().flat_map(Seen::sights);
    lines.for_each(|sight| both.add(sight.clone()));
    assert_eq!(seen(path), both);
    assert_eq!(both.len(), 60 + 5);
    assert_eq!(
        ledger(path).len(),
        3,
        "two folded ones, and the one that came late"
    );
}

#[test]
fn a_line_is_named_by_its_place_in_the_file_whatever_stands_between() {
    let read: Vec<_> = load::seen::lines("seen/2026-01/x.tsv", "\nno line\n\nnor this\n").collect();
    assert_eq!(read, [(2, Err("no line")), (4, Err("nor this"))]);
}

proptest! {
    /// However lines are spread over files, and whichever of these are folded, the same comes of it.
    #[test]
    fn folding_changes_nothing(lines in prop::collection::vec(sight(), 0..40), cut in 0..40_usize) {
        let whole = union(&lines);
        let mut turned = lines.clone();
        turned.reverse();
        prop_assert_eq!(&union(&turned), &whole);
        let (folded, rest) = lines.split_at(cut.min(lines.len()));
        let (name, text) = formats::seen::fold("2026-01", folded.to_vec());
        let read = load::seen::lines(&name, &text);
        let mut some: Vec<Sight> = read.map(|(_, line)| line.expect("a line")).collect();
        prop_assert!(some.len() <= folded.len());
        some.extend(rest.iter().cloned());
        prop_assert_eq!(&union(&some), &whole);
        let again = formats::seen::fold("2026-01", folded.iter().rev().cloned().collect());
        prop_assert_eq!(again, (name, text), "the same lines are the same file");
    }
}

fn union(lines: &[Sight]) -> Seen {
    let mut seen = Seen::default();
    lines.iter().for_each(|sight| seen.add(sight.clone()));
    seen
}

fn sight() -> impl Strategy<Value = Sight> {
    let instant = |n: i64| jiff::Timestamp::from_second(1_770_000_000 + n).expect("an instant");
    let verdicts = Verdict::WORDS.iter().map(|(_, verdict)| *verdict);
    let verdicts: Vec<Verdict> = verdicts.collect();
    let said = (
        prop::sample::select(verdicts),
        prop::option::of("[a-z ]{1,9}[a-z]"),
        prop::option::of(0..3_i64),
    );
    (0..4_u8, prop::option::of(0..3_u8), 0..3_i64, 0..3_u8, said).prop_map(
        move |(key, id, first, source, (verdict, reason, judged))| Sight {
            key: format!("{key:016x}"),
            id: id.map(|id| format!("{id:016x}")),
            first_seen: instant(first),
            source: format!("s{source}").parse().expect("an id"),
            verdict,
            reason,
            judged: judged.map(instant),
        },
    )
}

#[test]
fn a_ledger_in_disorder_is_told_and_nothing_else_is_lost() {
    let dir = saved(&[("one", &item("A", "https://one.example.org/1", "1", ""))]);
    fetch(&dir, FIRST);
    write(
        dir.path(),
        "sites/s/curation/seen/2026-03/x.tsv",
        b"<<<<<<< HEAD\n0123456789abcdef\t-\t2026-03-01T00:00:00Z\tone\toffered\t-\n",
    );
    let ran = run(dir.path(), &["candidates", "--now", FIRST]).ends(1);
    assert!(ran.out.contains("2026-03-02  A"), "{}", ran.out);
    ran.says("error[seen-line]")
        .says("two branches met here")
        .says("x.tsv:1:1");
}
