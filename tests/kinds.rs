//! Every kind of the table: what `new` writes builds without a word, and its plan over four months
//! stands in `tests/kinds/<kind>.plan.txt`. `UPDATE=1 cargo test --test kinds` writes the plans anew;
//! read them before they are committed.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests may touch files"
)]

mod common;

use common::{Built, SITE, build, folder};
use jiff::civil::{Date, date};
use learnflow::kinds::{KINDS, scaffold};
use learnflow::model::{Folder, Kind};
use std::fmt::Write;
use std::path::Path;

const STARTS: Date = date(2026, 3, 2);
const LAST: Date = date(2026, 6, 30);
/// The morning of the first day, before anything of it is out.
const FIRST_MORNING: &str = "2026-03-02T07:00:00Z";
/// The evening of the last day.
const LAST_EVENING: &str = "2026-06-30T22:00:00Z";

/// A site with what `new` writes for a kind.
fn scaffolded(kind: &Kind) -> Folder {
    let mut folder = folder(SITE);
    for (path, text) in scaffold::programme(kind, "sample", "s", "everyone", STARTS) {
        folder.files.insert(path, text.into_bytes().into());
    }
    folder
}

/// The plan up to the last day. It is taken on that day, because a rhythm without an end is planned
/// only some slots ahead.
fn plan(built: &Built) -> String {
    let mut out = String::new();
    for line in built.plans["s/sample-2026"].lines() {
        let day: Date = line[4..14].parse().expect("a day");
        if day <= LAST {
            let _ = writeln!(out, "{line}");
        }
    }
    out
}

fn golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/kinds/{name}.plan.txt"));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, found).expect("the folder can be written");
    }
    let wanted = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        found, wanted,
        "{name}: if this is right, UPDATE=1 writes it"
    );
}

#[test]
fn what_new_writes_has_no_problems() {
    for kind in KINDS {
        let built = build(&scaffolded(kind), FIRST_MORNING);
        let none: Vec<&str> = Vec::new();
        assert_eq!(built.codes(), none, "{}\n{}", kind.name, built.told());
    }
}

#[test]
fn every_kind_plans_four_months() {
    for kind in KINDS {
        let built = build(&scaffolded(kind), LAST_EVENING);
        golden(kind.name, &plan(&built));
    }
}

/// What was planned on the first day came out as it was planned: releasing changes no day.
#[test]
fn what_is_planned_is_what_comes_out() {
    for kind in KINDS {
        let folder = scaffolded(kind);
        let before = build(&folder, FIRST_MORNING);
        let after = build(&folder, LAST_EVENING);
        let days = |built: &Built| -> Vec<String> {
            built.plans["s/sample-2026"]
                .lines()
                .filter(|line| line[4..14].parse::<Date>().expect("a day") <= LAST)
                .map(|line| line.replace("planned ", "released"))
                .collect()
        };
        let after = days(&after);
        for line in days(&before)
            .iter()
            .filter(|line| !line.contains("  dropped: "))
        {
            assert!(
                after.contains(line),
                "{}: {line}\namong\n{}",
                kind.name,
                after.join("\n")
            );
        }
        assert!(!days(&before).is_empty(), "{}", kind.name);
    }
}
