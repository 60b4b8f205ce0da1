//! What depends on the clock and on what is out, and files of sizes that do not fit into a text.

use crate::bases::{CHALLENGE, COMMUNITY, FOLDER};
use crate::common::{Built, SITE, at, build, build_on, build_with, folder};
use crate::{NOW, codes, edited, well_told};
use learnflow::model::Folder;
use learnflow::pipeline::Inputs;

/// The codes that the tests of this file give.
pub const CODES: &[&str] = &[
    "backlog",
    "file-too-large",
    "late",
    "ledger-ahead",
    "not-utf-8",
    "released-override",
    "republish-early",
    "review-overdue",
    "withdrawn",
    "withdraws-many",
    "yaml-too-large",
];

fn repository(base: &str, edits: &[(&str, &str)]) -> Folder {
    folder(&edited(base, edits))
}

fn gives(built: &Built, wanted: &[&str]) {
    well_told(&built.diags);
    assert_eq!(codes(&built.diags), wanted, "{}", built.told());
    // What depends on the clock or the ledger never stops a build, but for what would be wrong for ever.
    let stops = ["ledger-ahead", "withdraws-many"]
        .iter()
        .any(|code| wanted.contains(code));
    assert_eq!(built.diags.has_errors(), stops, "{}", built.told());
}

/// The challenge with its first day out.
fn first_day(base: &str) -> Built {
    build(&repository(base, &[]), "2026-03-02T12:00:00Z")
}

#[test]
fn review_overdue() {
    let folder = repository(COMMUNITY, &[]);
    gives(&build(&folder, "2026-12-01T12:00:00Z"), &[]);
    gives(&build(&folder, "2026-12-02T12:00:00Z"), &["review-overdue"]);
}

#[test]
fn late() {
    let folder = repository(FOLDER, &[]);
    let first = build(&folder, "2026-03-02T12:00:00Z");
    gives(
        &build_on(&folder, "2026-03-04T08:00:00Z", &first.ledgers),
        &[],
    );
    gives(
        &build_on(&folder, "2026-03-04T12:00:00Z", &first.ledgers),
        &["late"],
    );
}

#[test]
fn backlog() {
    let first = first_day(FOLDER);
    let joined = "-- sites/s/runs/old.md --\n---\nid: old\nprogramme: folder\ncreated: 2026-01-01\n\
        starts: 2026-02-02\nchannels: [everyone]\n---\n";
    let folder = repository(
        FOLDER,
        &[("authority:", "burst: 1\nauthority:"), ("", joined)],
    );
    let built = build_on(&folder, "2026-03-02T12:00:00Z", &first.ledgers);
    gives(&built, &["backlog"]);
    assert!(built.files.contains_key("public/s/old/one/index.html"));
}

#[test]
fn released_override() {
    let first = first_day(CHALLENGE);
    let with = |action: &str| {
        let more = format!(
            "programme: steps\noverrides: [{{id: look, on: 2026-03-03, reason: Later, {action}}}]"
        );
        let folder = repository(CHALLENGE, &[("programme: steps", &more)]);
        build_on(&folder, "2026-03-02T12:00:00Z", &first.ledgers)
    };
    for action in ["move: 2026-03-10", "hold: yes", "hold: 2026-03-10"] {
        let built = with(action);
        gives(&built, &["released-override"]);
        assert_eq!(built.ledger("s"), first.ledger("s"), "{action}");
    }
    for action in ["cancel: yes", "replace: spare", "republish: yes"] {
        gives(&with(action), &[]);
    }
}

#[test]
fn republish_early() {
    let first = first_day(CHALLENGE);
    let more =
        "programme: steps\noverrides: [{id: hello, on: 2026-03-02, reason: Wrong, republish: yes}]";
    let folder = repository(CHALLENGE, &[("programme: steps", more)]);
    let built = build_on(&folder, "2026-03-02T12:00:00Z", &first.ledgers);
    gives(&built, &["republish-early"]);
}

#[test]
fn withdrawn() {
    let first = first_day(FOLDER);
    let folder = repository(FOLDER, &[("id: one\n", "id: uno\n")]);
    let built = build_on(&folder, "2026-03-02T12:00:00Z", &first.ledgers);
    gives(&built, &["withdrawn"]);
    // It was told; the next build has nothing to add.
    gives(
        &build_on(&folder, "2026-03-02T13:00:00Z", &built.ledgers),
        &[],
    );
}

#[test]
fn withdraws_many() {
    // Each of the four items that are out belongs to the run; its new id would post them all again.
    let first = build(&repository(CHALLENGE, &[]), "2026-03-20T12:00:00Z");
    assert_eq!(first.ledger("s").entries.len(), 4);
    let folder = repository(CHALLENGE, &[("id: r\n", "id: renamed\n")]);
    let inputs = |withdraw: bool| Inputs {
        folder: folder.clone(),
        ledgers: first.ledgers.clone(),
        now: at("2026-03-20T12:00:00Z"),
        withdraw,
        ..Inputs::default()
    };
    gives(&build_with(inputs(false)), &["backlog", "withdraws-many"]);
    gives(&build_with(inputs(true)), &["backlog", "withdrawn"]);
}

#[test]
fn ledger_ahead() {
    let first = first_day(FOLDER);
    let folder = repository(FOLDER, &[]);
    gives(
        &build_on(&folder, "2026-03-02T08:45:00Z", &first.ledgers),
        &[],
    );
    gives(
        &build_on(&folder, "2026-03-02T08:44:59Z", &first.ledgers),
        &["ledger-ahead"],
    );
}

/// A file that is no text, beside a repository without a fault.
fn with_file(bytes: Vec<u8>) -> Built {
    let mut folder = folder(SITE);
    folder.files.insert("content/x.md".to_owned(), bytes.into());
    let built = build(&folder, NOW);
    well_told(&built.diags);
    assert!(built.diags.has_errors());
    built
}

#[test]
fn files_that_are_no_texts() {
    for (code, bytes) in [
        ("not-utf-8", b"---\nkind: \xFF\n---\n".to_vec()),
        ("not-utf-8", b"\xFF\xFE-\0-\0-\0".to_vec()),
        ("file-too-large", vec![b'a'; 2 * 1024 * 1024 + 1]),
        (
            "yaml-too-large",
            format!("---\nkind: {}\n---\n", "a".repeat(256 * 1024)).into_bytes(),
        ),
    ] {
        assert_eq!(codes(&with_file(bytes).diags), [code]);
    }
}
