//! The reader against its traps: one small file a trap, with what is right in `right.txt`; what `feed-rs` alone
//! makes of them stands beside ours in `README.md`. `UPDATE=1 cargo test --test reader` writes that table.
#![allow(
    clippy::disallowed_methods,
    reason = "the traps lie on the disk, and UPDATE asks to write their table"
)]

mod bounds;
mod entry;
mod judge;
mod properties;

use judge::{Got, Trap, alone, ours, traps};
use std::fmt::Write;
use std::path::PathBuf;

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reader")
}

const ABOVE: &str = "\
# What the reader is measured by

Each file in `traps/` is a feed with one thing in it that feeds really have, in our own words; `right.txt` says what is
right, by the standards where they say it, and otherwise as `feedparser` for Python reads it. The table is made by
`UPDATE=1 cargo test --test reader`; the test fails when ours is not right, or when the table is no longer true.

";

/// What is wrong in what was read, in a word each.
fn wrong(trap: &Trap, got: &Got) -> String {
    let mut wrong: Vec<&str> = Vec::new();
    for (field, right) in &trap.right {
        let is = got.field(field);
        if is.is_some_and(|is| is != *right) {
            wrong.push(field);
        }
    }
    match (got.refused.as_deref(), wrong.is_empty()) {
        (_, true) => "right".to_owned(),
        (Some(how @ "panics"), false) => how.to_owned(),
        (Some(_), false) => "refused".to_owned(),
        (None, false) => format!("wrong: {}", wrong.join(", ")),
    }
}

#[test]
fn every_trap_is_read_right_and_the_table_is_true() {
    let traps = traps();
    assert!(traps.len() > 150, "{} traps", traps.len());
    let mut rows = String::from(
        "| trap | what is right | `feed-rs` alone | learnflow |\n| --- | --- | --- | --- |\n",
    );
    let (mut right_alone, mut right_ours) = (0, 0);
    let mut slips = String::new();
    for trap in &traps {
        let bytes = std::fs::read(here().join("traps").join(&trap.name)).expect("a trap");
        let (theirs, ours) = (alone(&bytes), ours(&bytes, &trap.name));
        let (alone, us) = (wrong(trap, &theirs), wrong(trap, &ours));
        right_alone += usize::from(alone == "right");
        right_ours += usize::from(us == "right");
        if us != "right" {
            let _ = writeln!(
                slips,
                "{}: {us}\n  right {:?}\n  got   {ours:?}",
                trap.name, trap.right
            );
        }
        let why = trap.why.replace('|', "\\|");
        let _ = writeln!(rows, "| `{}` | {why} | {alone} | {us} |", trap.name);
    }
    let all = traps.len();
    let sums = format!(
        "`feed-rs` 3.0 alone reads {right_alone} of {all} right, learnflow {right_ours}.\n\n"
    );
    let table = format!("{ABOVE}{sums}{rows}");
    let path = here().join("README.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &table).expect("written");
    }
    assert_eq!(slips, "");
    let held = std::fs::read_to_string(&path).expect("README.md");
    assert!(
        held == table,
        "the table has changed: UPDATE=1 cargo test --test reader"
    );
}

#[test]
fn every_trap_has_its_line() {
    let mut files: Vec<String> = std::fs::read_dir(here().join("traps"))
        .expect("traps")
        .map(|file| {
            file.expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    files.sort();
    let mut told: Vec<String> = traps().into_iter().map(|trap| trap.name).collect();
    told.sort();
    assert_eq!(files, told);
}
