//! What is published, read back: each rule is broken once, and nothing else with it; two states are compared.

#[path = "../common/mod.rs"]
mod common;

mod compared;
mod rules;

use common::{Built, SITE, build, build_on, folder};
use learnflow::model::Folder;
use learnflow::published::{Files, Got, Published};

const LIBRARY: &str = include_str!("../ledger/library.txt");

/// The library with some of its text replaced, each pair once.
fn library(changes: &[(&str, &str)]) -> Folder {
    let mut text = format!("{SITE}{LIBRARY}");
    for (from, to) in changes {
        assert!(text.contains(from), "nothing to change: {from}");
        text = text.replacen(from, to, 1);
    }
    folder(&text)
}

/// The files of the site, as they lie in a folder.
fn files(built: &Built) -> Files {
    let below = |path: &str| path.strip_prefix("public/s/").map(str::to_owned);
    let files = built.files.iter();
    let got = |bytes: &Vec<u8>| Got {
        bytes: bytes.clone(),
        headers: None,
    };
    files
        .filter_map(|(path, bytes)| Some((below(path)?, got(bytes))))
        .collect()
}

fn published(built: &Built) -> Published {
    Published::read(files(built))
}

/// Six days in.
fn begun() -> Built {
    build(&library(&[]), "2026-03-11T12:00:00Z")
}

/// A later build of another text, on what was released.
fn then(before: &Built, changes: &[(&str, &str)], now: &str) -> Built {
    build_on(&library(changes), now, &before.ledgers)
}
