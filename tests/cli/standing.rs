//! A build that has nothing to do: it says so, and only where it is true.

use super::{NOW, Ran, files, library, run, run_with, sound, two_sites, write};
use clap::Parser;
use learnflow::cli::Cli;
use learnflow::command::{World, run as in_process};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

const NOTHING: &str = "nothing changed since 2026-03-02T12:00:00Z: 0 files written";

fn build(dir: &Path, more: &[&str]) -> Ran {
    let args = [&["build", "--now", NOW][..], more].concat();
    run(dir, &args).ends(0)
}

/// Asserts that a build has nothing to do, and touches nothing.
fn stands(dir: &Path, more: &[&str]) -> Ran {
    let before = files(dir);
    let ran = build(dir, more).says(NOTHING);
    assert!(files(dir) == before, "a file was touched");
    ran
}

/// Asserts that a build makes everything.
fn is_made(dir: &Path, more: &[&str]) -> Ran {
    let ran = build(dir, more);
    assert!(!ran.err.contains("nothing changed"), "{}", ran.err);
    ran
}

fn page(dir: &Path) -> PathBuf {
    dir.join("dist/public/s/quiet-2026/choose/index.html")
}

fn manifest(dir: &Path) -> PathBuf {
    dir.join("dist/.learnflow/manifest")
}

#[test]
fn a_build_of_the_same_says_that_nothing_changed() {
    let dir = library(&sound());
    let first = is_made(dir.path(), &[]);
    let again = stands(dir.path(), &[]);
    let next = first
        .err
        .lines()
        .find(|line| line.starts_with("Build again at"))
        .expect("an edge");
    assert!(again.err.contains(next), "{}", again.err);
    let later = run(dir.path(), &["build", "--now", "2026-03-02T12:30:00Z"]).ends(0);
    assert!(later.err.contains(NOTHING), "{}", later.err);
}

#[test]
fn what_somebody_did_to_an_output_is_mended() {
    let dir = library(&sound());
    is_made(dir.path(), &[]);
    let whole = files(&dir.path().join("dist/public"));
    let same = || {
        let now = files(&dir.path().join("dist/public"));
        now.iter()
            .map(|(path, file)| (path.clone(), file.0.clone()))
            .eq(whole
                .iter()
                .map(|(path, file)| (path.clone(), file.0.clone())))
    };
    let text = std::fs::read(page(dir.path())).expect("a page");
    let mut other = text.clone();
    other.reverse();
    for bytes in [Some(&other[..]), Some(b"short"), None] {
        match bytes {
            Some(bytes) => std::fs::write(page(dir.path()), bytes).expect("written"),
            None => std::fs::remove_file(page(dir.path())).expect("removed"),
        }
        is_made(dir.path(), &[]).says("1 file written");
        assert!(same());
        stands(dir.path(), &[]);
    }
    // What has the same bytes needs no mending, whatever its time.
    std::fs::write(page(dir.path()), &text).expect("written");
    stands(dir.path(), &[]);
    std::fs::remove_file(dir.path().join("dist/.learnflow/files")).expect("removed");
    is_made(dir.path(), &[]);
    assert!(dir.path().join("dist/.learnflow/files").exists());
}

#[test]
fn another_text_ledger_option_or_day_is_another_build() {
    let dir = library(&sound());
    is_made(dir.path(), &[]);
    let at = dir.path();
    let challenge = at.join("content/challenges/quiet.md");
    let text = std::fs::read_to_string(&challenge).expect("text");
    for change in ["An hour.", ""] {
        let text = text.clone() + change;
        std::fs::write(&challenge, text).expect("written");
        is_made(at, &[]);
        stands(at, &[]);
    }
    // A file that nothing uses is an input as well: it may be a layout, or a mistake.
    write(at, "layouts/unused.html", b"{# #}");
    is_made(at, &[]);
    std::fs::rename(
        at.join("layouts/unused.html"),
        at.join("layouts/other.html"),
    )
    .expect("moved");
    is_made(at, &[]);
    is_made(at, &["--withdraw"]);
    stands(at, &["--withdraw"]);
    is_made(at, &[]);
    // Its own ledger, at another place.
    let ledger = std::fs::read(at.join("dist/public/s/ledger.json")).expect("a ledger");
    write(at, "ledgers/s.json", &ledger);
    stands(at, &["--ledger", "ledgers"]);
    write(at, "ledgers/s.json", &[&ledger[..], b"\n"].concat());
    is_made(at, &["--ledger", "ledgers"]);
    std::fs::remove_file(at.join("ledgers/s.json")).expect("removed");
    is_made(at, &["--ledger", "ledgers"]);
    stands(at, &[]);
    // Nothing stands before it was built, nor on the day after, when other problems may be told, nor at an edge.
    for (now, same) in [
        ("2026-03-02T11:59:59Z", false),
        (NOW, true),
        ("2026-03-02T23:59:59Z", true),
        ("2026-03-03T00:00:00Z", false),
        ("2026-03-03T08:59:59Z", true),
        ("2026-03-03T09:00:00Z", false),
    ] {
        let ran = run(at, &["build", "--now", now]).ends(0);
        let told = ran.err.contains("nothing changed");
        assert_eq!(told, same, "{now}: {}", ran.err);
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_told_though_the_rest_is_the_same() {
    let dir = library(&sound());
    is_made(dir.path(), &[]);
    std::os::unix::fs::symlink("nowhere", dir.path().join("content/dead.md")).expect("linked");
    run(dir.path(), &["build", "--now", NOW])
        .ends(1)
        .says("a link that leads nowhere");
}

#[test]
fn one_site_and_all_sites_do_not_take_each_other_for_themselves() {
    let dir = library(&two_sites());
    let at = dir.path();
    is_made(at, &[]);
    stands(at, &[]);
    is_made(at, &["--site", "s"]);
    stands(at, &["--site", "s"]);
    is_made(at, &["--site", "second"]);
    let other = at.join("dist/public/second/index.html");
    let text = std::fs::read(&other).expect("a page");
    std::fs::write(&other, "touched").expect("written");
    is_made(at, &["--site", "s"]);
    stands(at, &["--site", "s"]);
    is_made(at, &[]).says("1 file written");
    assert_eq!(std::fs::read(&other).expect("a page"), text);
    stands(at, &[]);
}

#[test]
fn warnings_are_told_again_in_every_form() {
    let text = sound().replace("channels: [everyone]", "");
    let dir = library(&text);
    is_made(dir.path(), &[]);
    for form in ["text", "json", "github"] {
        let checked = run(dir.path(), &["check", "--now", NOW, "--format", form]).ends(0);
        let built = stands(dir.path(), &["--format", form]);
        assert_eq!(built.out, checked.out, "{form}");
        let warning = |text: &str| text.split("1 warning").next().unwrap_or("").to_owned();
        let words = warning(&built.err).replace(&format!("dist: {NOTHING}\n"), "");
        assert_eq!(words, warning(&checked.err), "{form}");
        assert!(built.err.contains("\n1 warning\n"), "{}", built.err);
    }
    let strict = ["build", "--now", NOW, "--strict"];
    let again = run(dir.path(), &strict)
        .ends(1)
        .says("1 error; nothing was written");
    let afresh = library(&text);
    let first = run(afresh.path(), &strict).ends(1);
    assert_eq!(again.err, first.err);
    assert_eq!(again.out, first.out);
}

#[test]
fn what_is_told_once_is_not_told_again() {
    let dir = library(&sound());
    is_made(dir.path(), &[]);
    let late = ["build", "--now", "2026-03-09T12:00:00Z"];
    run(dir.path(), &late).ends(0).says("comes out now");
    let again = run(dir.path(), &late).ends(0);
    assert!(again.err.contains("nothing changed"), "{}", again.err);
    assert!(!again.err.contains("warning"), "{}", again.err);
    run(dir.path(), &[&late[..], &["--strict"]].concat()).ends(0);
}

#[test]
fn a_note_about_the_moment_is_told_each_time() {
    let dir = library(&sound());
    let epoch = [("SOURCE_DATE_EPOCH", "1772452800")];
    for _ in 0..2 {
        run_with(dir.path(), &["build"], &epoch)
            .ends(0)
            .says("from SOURCE_DATE_EPOCH");
    }
}

/// The program in this process, as another program if wanted.
fn build_as(dir: &Path, program: fn() -> Option<String>) -> u8 {
    let world = World {
        clock: NOW.parse().expect("an instant"),
        epoch: None,
        program,
        colour: false,
        terminal: false,
        keys: false,
        editor: None,
        browser: None,
    };
    let (root, out) = (
        dir.display().to_string(),
        dir.join("dist").display().to_string(),
    );
    let cli = Cli::parse_from([
        "learnflow",
        "build",
        "--now",
        NOW,
        "--root",
        &root,
        "--out",
        &out,
    ]);
    in_process(cli, &world)
}

#[test]
fn another_program_builds_afresh() {
    let dir = library(&sound());
    let noted = |program: fn() -> Option<String>| {
        assert_eq!(build_as(dir.path(), program), 0);
        std::fs::read(manifest(dir.path())).expect("a manifest")
    };
    let old = noted(|| Some("old".to_owned()));
    let new = noted(|| Some("new".to_owned()));
    assert!(old != new, "it is the new one's");
    assert!(noted(|| Some("new".to_owned())) == new);
    // One that cannot look at itself builds, and leaves what stands.
    assert!(noted(|| None) == new);
}

/// The manifest with other bytes for its note, and sound otherwise.
fn with_note(whole: &[u8], change: impl FnOnce(String) -> Vec<u8>) -> Vec<u8> {
    let start = b"learnflow manifest 1\n".len() + 8;
    let length: [u8; 8] = whole[start..start + 8].try_into().expect("eight");
    let end = start + 8 + u64::from_le_bytes(length) as usize;
    let note = String::from_utf8(whole[start + 8..end].to_vec()).expect("JSON");
    let note = change(note);
    let mut bytes = whole[..start].to_vec();
    bytes.extend((note.len() as u64).to_le_bytes());
    bytes.extend(note);
    bytes.extend(&whole[end..whole.len() - 8]);
    bytes.extend(xxh3_64(&bytes).to_le_bytes());
    bytes
}

#[test]
fn a_foreign_or_twisted_note_is_no_note() {
    let dir = library(&sound().replace("channels: [everyone]", ""));
    is_made(dir.path(), &[]);
    let whole = std::fs::read(manifest(dir.path())).expect("a manifest");
    std::fs::write(manifest(dir.path()), with_note(&whole, String::into_bytes)).expect("written");
    stands(dir.path(), &[]);
    for (from, to) in [
        ("\"column\":1", "\"column\":0"),
        ("\"width\":", "\"width\":4294967295,\"x\":"),
        ("\"width\":", "\"width\":429496729"),
        ("\"built\":\"2026", "\"built\":\"2027"),
        ("\"inputs\":\"", "\"inputs\":\"f"),
        ("\"ledgers\":{\"s\":\"", "\"ledgers\":{\"s\":\"f"),
        ("\"ledgers\":{\"s\"", "\"ledgers\":{\"../../s\""),
        ("{", "["),
    ] {
        let twisted = with_note(&whole, |note| {
            assert!(note.contains(from), "no {from} in {note}");
            note.replacen(from, to, 1).into_bytes()
        });
        std::fs::write(manifest(dir.path()), twisted).expect("written");
        is_made(dir.path(), &[]).says("1 warning");
        stands(dir.path(), &[]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn a_hostile_note_harms_nobody(at in any::<prop::sample::Index>(), cut in 0usize..6, put in "[\\x00-\\x7f]{0,6}") {
        let dir = library(&sound().replace("channels: [everyone]", ""));
        let me = || Some("me".to_owned());
        prop_assert_eq!(build_as(dir.path(), me), 0);
        let whole = std::fs::read(manifest(dir.path())).expect("a manifest");
        let hostile = with_note(&whole, |note| {
            let mut bytes = note.into_bytes();
            let at = at.index(bytes.len());
            let end = (at + cut).min(bytes.len());
            bytes.splice(at..end, put.bytes());
            bytes
        });
        std::fs::write(manifest(dir.path()), hostile).expect("written");
        prop_assert_eq!(build_as(dir.path(), me), 0);
    }
}
