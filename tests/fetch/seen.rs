//! The ledger of what was seen: the same again leaves no difference, and branches merge.

use crate::candidates::{FIRST, SECOND, candidates, fetch, item, save, saved};
use crate::{run, write};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

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
