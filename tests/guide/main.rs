//! The guide is true: every file in it is checked, every message and plan in it is what the program says,
//! every command can be typed, every link leads somewhere, and the reference is what the tables say.
//!
//! `UPDATE=1 cargo test --test guide` writes the reference, the messages and the plans anew.
#![allow(
    clippy::disallowed_methods,
    reason = "the guide lies on the disk, and UPDATE asks to write it"
)]

#[path = "../common/mod.rs"]
mod common;

mod blocks;
mod reference;
#[path = "../rules/sources.rs"]
mod sources;

use blocks::{Block, Sort, blocks};
use clap::Parser;
use common::{Built, build};
use learnflow::model::Folder;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The moment at which every chapter is read: before its first day, so that nothing is due.
const NOW: &str = "2026-01-12T12:00:00Z";

/// Pictures that chapters speak of: a block cannot hold one.
const PICTURES: &[&str] = &["content/challenges/coffee.png"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn guide() -> PathBuf {
    root().join("docs/guide")
}

/// Every chapter by its file's name.
fn chapters() -> BTreeMap<String, String> {
    let files = std::fs::read_dir(guide()).expect("docs/guide");
    let paths = files.map(|entry| entry.expect("an entry").path());
    let paths = paths.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let chapters: BTreeMap<String, String> = paths
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            let text = std::fs::read_to_string(&path).expect("text");
            (name.into_owned(), text)
        })
        .collect();
    assert!(chapters.len() > 15, "{} chapters", chapters.len());
    chapters
}

/// The text of every source, in the order of their paths.
fn sources() -> Vec<String> {
    let mut paths = Vec::new();
    sources::walk(&root().join("src"), &mut paths);
    paths.sort();
    let texts = paths
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("text"));
    texts.collect()
}

fn wants_update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

fn put(folder: &mut Folder, path: &str, text: &str) {
    let bytes = text.as_bytes().to_vec().into();
    folder.files.insert(path.to_owned(), bytes);
}

/// The files that every chapter's repository has.
fn everywhere(chapters: &BTreeMap<String, String>) -> Folder {
    let mut folder = Folder::default();
    for (name, text) in chapters {
        for block in blocks(name, text) {
            if let Sort::File {
                path,
                everywhere: true,
            } = &block.sort
            {
                put(&mut folder, path, &text[block.inside]);
            }
        }
    }
    assert!(folder.files.contains_key("sites/learning/site.yaml"));
    folder
}

/// A chapter's repository.
fn repository(base: &Folder, text: &str, blocks: &[Block]) -> Folder {
    let mut folder = base.clone();
    for block in blocks {
        if let Sort::File { path, .. } = &block.sort {
            let twice = folder.files.contains_key(path) && !base.files.contains_key(path);
            assert!(!twice, "{path} stands twice in one chapter");
            put(&mut folder, path, &text[block.inside.clone()]);
        }
    }
    for picture in PICTURES {
        put(&mut folder, picture, "not really a picture");
    }
    folder
}

/// The text of a problem list, as a terminal shows it.
fn told(built: &Built) -> String {
    let told = built.told();
    let lines: Vec<&str> = told.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n").trim_end())
}

#[test]
fn every_file_of_a_chapter_stands_a_check() {
    let chapters = chapters();
    let base = everywhere(&chapters);
    let mut files = 0;
    for (name, text) in &chapters {
        let blocks = blocks(name, text);
        let folder = repository(&base, text, &blocks);
        files += folder.files.len();
        let built = build(&folder, NOW);
        assert!(built.codes().is_empty(), "{name}:\n{}", built.told());
    }
    assert!(files > 60, "{files} files");
}

#[test]
fn what_a_chapter_says_the_program_says_is_what_it_says() {
    let chapters = chapters();
    let base = everywhere(&chapters);
    let (mut messages, mut plans) = (0, 0);
    for (name, text) in &chapters {
        let blocks = blocks(name, text);
        let whole = repository(&base, text, &blocks);
        let right = build(&whole, NOW);
        let mut folder = whole.clone();
        let mut now: Vec<(Block, String)> = Vec::new();
        for block in blocks {
            match &block.sort {
                Sort::Instead(path) => put(&mut folder, path, &text[block.inside.clone()]),
                Sort::Told => {
                    messages += 1;
                    let wrong = build(&std::mem::replace(&mut folder, whole.clone()), NOW);
                    assert!(
                        !wrong.codes().is_empty(),
                        "{name}:{}: all is well",
                        block.line
                    );
                    now.push((block, told(&wrong)));
                }
                Sort::Plan { run, lines } => {
                    plans += 1;
                    let of_run = right.plans.iter().find(|(site_run, _)| {
                        site_run.split_once('/').is_some_and(|(_, id)| id == run)
                    });
                    let plan = of_run
                        .map(|(_, plan)| plan)
                        .unwrap_or_else(|| panic!("{name}:{}: no run {run}", block.line));
                    let (from, to) = *lines;
                    let lines: Vec<&str> =
                        plan.lines().skip(from - 1).take(to + 1 - from).collect();
                    assert_eq!(lines.len(), to + 1 - from, "{name}:{}:\n{plan}", block.line);
                    let text = lines.iter().map(|line| format!("{line}\n")).collect();
                    now.push((block, text));
                }
                _ => {}
            }
        }
        assert!(
            folder.files == whole.files,
            "{name}: an `instead` without a `told`"
        );
        if wants_update() {
            let mut anew = text.clone();
            for (block, said) in now.iter().rev() {
                anew.replace_range(block.inside.clone(), said);
            }
            // Whoever says nothing of the program's is left alone: the reference has its own writer.
            if anew != *text {
                std::fs::write(guide().join(name), anew).expect("written");
            }
            continue;
        }
        for (block, said) in now {
            let line = block.line;
            assert_eq!(text[block.inside], said, "{name}:{line}");
        }
    }
    assert!(
        messages >= 8 && plans >= 8,
        "{messages} messages, {plans} plans"
    );
}

/// Text with one entry of its front matter replaced or added.
fn with_entry(text: &str, entry: &str) -> String {
    let (front, rest) = match text.strip_prefix("---\n") {
        Some(inner) => inner.split_once("\n---\n").expect("front matter"),
        None => (text.trim_end(), ""),
    };
    let key = entry.split(':').next().expect("a key");
    let mut kept = String::new();
    let mut skipping = false;
    for line in front.lines() {
        if !line.starts_with([' ', '-', '#']) {
            skipping = line.split(':').next() == Some(key);
        }
        if !skipping {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    match text.starts_with("---\n") {
        true => format!("---\n{kept}{entry}---\n{rest}"),
        false => format!("{kept}{entry}"),
    }
}

/// The entries of a block: each begins at the margin.
fn entries(text: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match entries.last_mut() {
            Some(entry) if line.starts_with(' ') => entry.push_str(&format!("{line}\n")),
            _ => entries.push(format!("{line}\n")),
        }
    }
    entries
}

#[test]
fn every_entry_that_can_be_tried_stands_a_check() {
    let chapters = chapters();
    let base = everywhere(&chapters);
    let mut tried = 0;
    for (name, text) in &chapters {
        let blocks = blocks(name, text);
        let whole = repository(&base, text, &blocks);
        for block in &blocks {
            match &block.sort {
                Sort::Try(path) => {
                    let file = whole.files.get(path);
                    let file = file.unwrap_or_else(|| panic!("{name}: no {path}"));
                    let file = std::str::from_utf8(file).expect("text");
                    for entry in entries(&text[block.inside.clone()]) {
                        tried += 1;
                        let mut folder = whole.clone();
                        put(&mut folder, path, &with_entry(file, &entry));
                        let built = build(&folder, NOW);
                        let clean = built.codes().is_empty();
                        assert!(clean, "{name}: {entry}{}", built.told());
                    }
                }
                Sort::Lines(path) => {
                    let file = whole.files.get(path);
                    let file = file.unwrap_or_else(|| panic!("{name}: no {path}"));
                    let part = &text[block.inside.clone()];
                    let file = std::str::from_utf8(file).expect("text");
                    assert!(file.contains(part), "{name}: {path} does not say\n{part}");
                }
                _ => {}
            }
        }
    }
    assert!(tried > 20, "{tried} entries");
}

#[test]
fn every_command_can_be_typed() {
    let mut commands = 0;
    for (name, text) in &chapters() {
        for block in blocks(name, text) {
            if block.sort != Sort::Typed {
                continue;
            }
            for line in text[block.inside].lines() {
                let line = line.split(" # ").next().unwrap_or("");
                // Where it is printed is the shell's business.
                let line = line.split(" >").next().unwrap_or("");
                let Some(typed) = line.strip_prefix("learnflow ") else {
                    continue;
                };
                commands += 1;
                let words = std::iter::once("learnflow").chain(typed.split_whitespace());
                if let Err(error) = learnflow::cli::Cli::try_parse_from(words) {
                    panic!("{name}: {line}\n{error}");
                }
            }
        }
    }
    assert!(commands > 5, "{commands} commands");
}

/// The anchors of a chapter: its headings as git hosts name them, and those written by hand.
fn anchors(text: &str) -> BTreeSet<String> {
    let by_hand = text.split("<a id=\"").skip(1);
    let by_hand = by_hand.filter_map(|rest| rest.split('"').next().map(str::to_owned));
    let mut fenced = false;
    let mut anchors: BTreeSet<String> = by_hand.collect();
    for line in text.lines() {
        fenced ^= line.starts_with("```");
        if let Some(title) = line.trim_start_matches('#').strip_prefix(' ')
            && line.starts_with('#')
            && !fenced
        {
            let letters = title.to_lowercase();
            let kept = letters
                .chars()
                .filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
            anchors.insert(kept.collect::<String>().replace(' ', "-"));
        }
    }
    anchors
}

#[test]
fn every_link_leads_somewhere_and_every_chapter_is_linked() {
    let mut chapters = chapters();
    // As it is to be, which another test holds it to: while it is written anew, the file may be half there.
    chapters.insert("reference.md".to_owned(), reference::reference(&sources()));
    let mut linked: BTreeSet<String> = BTreeSet::new();
    for (name, text) in &chapters {
        for (event, _) in pulldown_cmark::Parser::new(text).into_offset_iter() {
            let pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) = event
            else {
                continue;
            };
            if dest_url.starts_with("https://") {
                continue;
            }
            let (file, anchor) = dest_url.split_once('#').unwrap_or((&dest_url, ""));
            let file = if file.is_empty() { name } else { file };
            if let Some(chapter) = chapters.get(file) {
                let known = anchor.is_empty() || anchors(chapter).contains(anchor);
                assert!(known, "{name}: no {anchor} in {file}");
                if name == "README.md" {
                    linked.insert(file.to_owned());
                }
            } else {
                assert!(guide().join(file).exists(), "{name}: no {file}");
            }
        }
    }
    for name in chapters.keys().filter(|name| *name != "README.md") {
        assert!(linked.contains(name), "the index does not link {name}");
    }
}

#[test]
fn the_reference_is_what_the_tables_say() {
    let wanted = reference::reference(&sources());
    let path = guide().join("reference.md");
    if wants_update() {
        std::fs::write(&path, &wanted).expect("written");
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        there == wanted,
        "docs/guide/reference.md is out of date: UPDATE=1 cargo test --test guide"
    );
    assert_eq!(wanted.matches("nobody: it is refused").count(), 18);
    let codes = reference::messages(&sources());
    for code in [
        "no-share",
        "missing-purpose",
        "gap",
        "broken-link",
        "missing-goal",
    ] {
        assert!(codes.contains_key(code), "`{code}` was not found");
    }
}

#[test]
fn every_kind_has_a_chapter_that_shows_it() {
    let chapters = chapters();
    for kind in learnflow::kinds::KINDS {
        let shown = chapters.iter().any(|(name, text)| {
            blocks(name, text).iter().any(|block| {
                matches!(block.sort, Sort::File { .. })
                    && text[block.inside.clone()].contains(&format!("kind: {}\n", kind.name))
            })
        });
        assert!(shown, "no chapter shows {}", kind.name);
    }
}
