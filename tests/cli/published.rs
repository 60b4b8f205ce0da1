//! `diff` and `doctor`: what would be seen, and what is wrong, of folders that `build` made.

use super::{Ran, golden, library, run, sound};
use std::path::Path;
use tempfile::TempDir;

/// The output of two days, each in a folder of its own.
fn two_days() -> TempDir {
    let dir = library(&sound());
    let first = ["build", "--now", "2026-03-02T12:00:00Z", "--out", "before"];
    run(dir.path(), &first).ends(0);
    std::fs::create_dir(dir.path().join("ledgers")).expect("made");
    let ledger = dir.path().join("before/public/s/ledger.json");
    std::fs::copy(ledger, dir.path().join("ledgers/s.json")).expect("copied");
    let second = [
        "build",
        "--now",
        "2026-03-03T09:05:00Z",
        "--out",
        "after",
        "--ledger",
        "ledgers",
    ];
    run(dir.path(), &second).ends(0);
    dir
}

fn at(dir: &Path, args: &[&str]) -> Ran {
    let args: Vec<&str> = args
        .iter()
        .copied()
        .chain(["--now", "2026-03-03T09:10:00Z"])
        .collect();
    run(dir, &args)
}

#[test]
fn m12_diff_tells_what_each_subscriber_would_see() {
    let dir = two_days();
    for (name, args) in [
        ("diff.out", &["diff", "before", "after"][..]),
        (
            "diff.md",
            &[
                "diff",
                "before/public",
                "after/public/s",
                "--format",
                "markdown",
            ],
        ),
        (
            "diff.json",
            &["diff", "before/public/s", "after", "--format", "json"],
        ),
    ] {
        let ran = at(dir.path(), args).ends(0);
        assert_eq!(ran.err, "", "{name}");
        golden(name, &ran.out);
    }
    let same = at(dir.path(), &["diff", "after", "after"]).ends(0);
    assert_eq!(same.out, "s: nothing that a subscriber would see\n\n");
}

#[test]
fn r45_doctor_says_that_a_fresh_build_is_well() {
    let dir = two_days();
    let ran = at(dir.path(), &["doctor", "after"]).ends(0);
    golden("doctor.out", &ran.out);
    let json = at(dir.path(), &["doctor", "after", "--format", "json"]).ends(0);
    let told: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(told[0]["broken"].as_array().map(Vec::len), Some(0));
    assert_eq!(told[0]["consumers"].as_array().map(Vec::len), Some(11));
}

#[test]
fn m12_doctor_on_yesterdays_output_names_what_is_overdue_and_ends_with_1() {
    let dir = two_days();
    let late = ["doctor", "before", "--now", "2026-03-03T12:00:00Z"];
    let ran = run(dir.path(), &late).ends(1);
    let told = "! overdue  What was due is out\n    status.json: Quiet hours was due at 2026-03-03T09:00:00Z and is not there\n";
    assert!(ran.out.contains(told), "{}", ran.out);
    // A scheduler may be late, and a second run an hour later is a net.
    let soon = ["doctor", "before", "--now", "2026-03-03T10:15:00Z"];
    run(dir.path(), &soon).ends(0);
}

#[test]
fn a_folder_in_which_nothing_is_published_has_a_way_out() {
    let dir = two_days();
    for args in [
        &["doctor", "content"][..],
        &["diff", "before", "content"],
        &["doctor", "nowhere"],
    ] {
        let ran = at(dir.path(), args).ends(2);
        assert!(
            ran.err.contains("Name the folder of a build"),
            "{}",
            ran.err
        );
    }
    let ran = at(dir.path(), &["doctor", "after", "--site", "z"]).ends(2);
    assert!(ran.err.contains("there is no site `z`"), "{}", ran.err);
}
