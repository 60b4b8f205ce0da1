//! `ledger`, as publishing scripts meet it.

use super::{library, run, sound, two_sites, write};
use std::path::Path;

const FIRST: &str = "2026-03-02T12:00:00Z";
const SECOND: &str = "2026-03-03T12:00:00Z";

fn build(dir: &Path, now: &str) -> Vec<u8> {
    run(dir, &["build", "--now", now]).ends(0);
    std::fs::read(dir.join("dist/public/s/ledger.json")).expect("a ledger")
}

#[test]
fn ledger_check_lets_only_what_counts_on_be_published() {
    let dir = library(&sound());
    let first = build(dir.path(), FIRST);
    let second = build(dir.path(), SECOND);
    write(dir.path(), "old.json", &first);
    write(dir.path(), "new.json", &second);
    let check = |old: &str, new: &str| run(dir.path(), &["ledger", "check", old, new]);
    check("old.json", "new.json")
        .ends(0)
        .says("Serial 2 follows 1: 1 new in the ledger of `s`");
    check("new.json", "new.json")
        .ends(0)
        .says("Nothing came out since: serial 2");
    let behind = check("new.json", "old.json").ends(1);
    for code in ["ledger-behind", "ledger-lost"] {
        assert!(behind.err.contains(code), "{}", behind.err);
    }
    behind.says("do not publish this");
    let json = run(
        dir.path(),
        &[
            "ledger", "check", "new.json", "old.json", "--format", "json",
        ],
    )
    .ends(1);
    assert!(json.out.contains("\"ledger-behind\""), "{}", json.out);
    check("nowhere.json", "new.json")
        .ends(2)
        .says("there is no nowhere.json");
    write(dir.path(), "cut.json", &second[..second.len() / 2]);
    check("cut.json", "new.json")
        .ends(2)
        .says("learnflow ledger recover");
    let other = String::from_utf8(first).expect("text");
    let other = build_of_another_site(&other);
    write(dir.path(), "other.json", &other);
    check("other.json", "new.json")
        .ends(2)
        .says("Compare the two ledgers of one site");
}

/// A sound ledger of a site `t`.
fn build_of_another_site(ledger: &str) -> Vec<u8> {
    ledger
        .replacen("\"site\": \"s\"", "\"site\": \"t\"", 1)
        .into_bytes()
}

#[test]
fn ledger_check_stops_the_second_of_two_builds_that_ran_at_once() {
    let dir = library(&sound());
    let first = build(dir.path(), FIRST);
    write(dir.path(), "ledgers/s.json", &first);
    for (now, out) in [(SECOND, "one"), ("2026-03-03T12:10:00Z", "two")] {
        let args = ["build", "--now", now, "--out", out, "--ledger", "ledgers"];
        run(dir.path(), &args).ends(0);
    }
    let published = "one/public/s/ledger.json";
    let args = ["ledger", "check", published, "two/public/s/ledger.json"];
    let ran = run(dir.path(), &args)
        .ends(1)
        .says("ledger-behind")
        .says("ledger-changed");
    ran.says("let only one build run at a time");
}

#[test]
fn ledger_recover_prints_a_ledger_that_the_next_build_takes() {
    let dir = library(&sound());
    build(dir.path(), FIRST);
    let lost = build(dir.path(), SECOND);
    let feed = "dist/public/s/full.xml";
    let ran = run(dir.path(), &["ledger", "recover", feed, "--now", SECOND]).ends(0);
    assert!(
        ran.err.contains("2 as subscribers saw them, 0 older"),
        "{}",
        ran.err
    );
    write(dir.path(), "ledgers/s.json", ran.out.as_bytes());
    let args = [
        "build", "--now", SECOND, "--out", "again", "--ledger", "ledgers",
    ];
    run(dir.path(), &args).ends(0);
    let read = |folder: &str| {
        std::fs::read_to_string(dir.path().join(folder).join("public/s/feed.xml")).expect("a feed")
    };
    assert_eq!(read("again"), read("dist"));
    let again = std::fs::read(dir.path().join("again/public/s/ledger.json")).expect("a ledger");
    let rows = |bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).expect("text");
        text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(rows(&again), rows(&lost));
    run(
        dir.path(),
        &["ledger", "recover", "dist/public/s/index.html"],
    )
    .ends(2)
    .says("take `full.xml` or `feed.xml`");
    let two = library(&two_sites());
    write(two.path(), "full.xml", b"");
    run(two.path(), &["ledger", "recover", "full.xml"])
        .ends(2)
        .says("--site");
}

/// A server that answers "not changed since" goes by the time of the file.
#[test]
fn r28_files_are_as_new_as_their_publication() {
    let dir = library(&sound());
    write(dir.path(), "before", b"");
    let args = ["build", "--now", FIRST];
    super::run_with(dir.path(), &args, &[("SOURCE_DATE_EPOCH", "1000000000")]).ends(0);
    let time = |path: &str| {
        std::fs::metadata(dir.path().join(path))
            .and_then(|of| of.modified())
            .expect("a time")
    };
    for file in ["feed.xml", "full.xml", "calendar.ics", "index.html"] {
        assert!(
            time(&format!("dist/public/s/{file}")) >= time("before"),
            "{file}"
        );
    }
}
