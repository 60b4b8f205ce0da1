//! Bombs, wrong encodings, endless nesting and random bytes: a clear error each, never a panic.

use super::common::{SITE, folder};
use learnflow::diag::{Form, print};
use learnflow::kinds::{KINDS, scaffold};
use learnflow::model::Folder;
use learnflow::pipeline;
use proptest::prelude::*;

/// The small site with one run of each kind, and one file more (or instead).
fn with(path: &str, bytes: Vec<u8>) -> Folder {
    let mut folder = sound();
    folder.files.insert(path.to_owned(), bytes.into());
    folder
}

fn sound() -> Folder {
    let mut all = folder(SITE);
    let starts = "2026-03-02".parse().expect("a day");
    for kind in KINDS {
        for (path, text) in scaffold::programme(kind, kind.name, "s", "everyone", starts) {
            all.files.insert(path, text.into_bytes().into());
        }
    }
    all
}

/// The codes and all the words told of a folder.
fn told(folder: &Folder) -> (Vec<&'static str>, String) {
    let diags = pipeline::load(folder).diags.sorted();
    let codes = diags.iter().map(|d| d.code).collect();
    (codes, print(&diags, Form::Text, false))
}

fn front(yaml: &str) -> Vec<u8> {
    format!("---\n{yaml}\n---\n\nText.\n").into_bytes()
}

/// Nine by nine by nine …: a thousand million words in half a kilobyte.
fn bomb() -> String {
    let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for i in 1..9 {
        let inner = vec![format!("*a{}", i - 1); 9].join(",");
        bomb.push_str(&format!("a{i}: &a{i} [{inner}]\n"));
    }
    bomb
}

fn utf_16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

fn latin_1(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| u8::try_from(u32::from(c)).expect("Latin-1"))
        .collect()
}

#[test]
fn hostile_files_get_one_clear_error_each() {
    let deep = 10_000;
    let big = 10 * 1024 * 1024;
    for (what, bytes, code, words) in [
        (
            "a bomb of aliases",
            front(&bomb()),
            "yaml",
            "unfold to far more",
        ),
        (
            "10 MB of keys",
            front(&"x: y\n".repeat(big / 5)),
            "file-too-large",
            "KiB",
        ),
        (
            "1 MB of keys",
            front(&"k: v\n".repeat(200_000)),
            "yaml-too-large",
            "256 KiB",
        ),
        (
            "a long value",
            front(&format!("x: {}", "y".repeat(300_000))),
            "yaml-too-large",
            "KiB",
        ),
        (
            "a NUL byte",
            b"---\nid: a\0b\n---\n".to_vec(),
            "nul-byte",
            "line 2",
        ),
        (
            "a NUL byte far below",
            b"---\nid: a\n---\n\n\0".to_vec(),
            "nul-byte",
            "line 5",
        ),
        ("UTF-16", utf_16("---\nid: a\n---\n"), "not-utf-8", "UTF-16"),
        (
            "UTF-16, other way round",
            vec![0xFE, 0xFF, 0, b'-'],
            "not-utf-8",
            "UTF-16",
        ),
        (
            "Latin-1",
            latin_1("---\nid: café\n---\n"),
            "not-utf-8",
            "line 2 holds the byte 0xE9",
        ),
        (
            "nested lists",
            front(&format!("x: {}", "[".repeat(deep))),
            "yaml",
            "inside each other",
        ),
        (
            "nested maps",
            front(&format!("x: {}", "{a: ".repeat(deep))),
            "yaml",
            "inside each other",
        ),
        (
            "nested hyphens",
            front(&format!("x:\n  {}a", "- ".repeat(deep))),
            "yaml",
            "inside each other",
        ),
        (
            "a staircase of maps",
            front(&stairs(300)),
            "yaml",
            "inside each other",
        ),
        (
            "keys never closed",
            b"---\nid: a\n".to_vec(),
            "front-matter",
            "never closed",
        ),
        (
            "no keys",
            b"Text.\n".to_vec(),
            "front-matter",
            "does not begin",
        ),
        ("nothing", Vec::new(), "front-matter", "does not begin"),
        (
            "only the line",
            b"---".to_vec(),
            "front-matter",
            "never closed",
        ),
        (
            "keys that are a list",
            front("- a\n- b"),
            "yaml",
            "keys with values",
        ),
    ] {
        for path in ["content/challenges/hostile.md", "sites/s/runs/hostile.md"] {
            let (codes, text) = told(&with(path, bytes.clone()));
            assert_eq!(codes, [code], "{what} at {path}\n{text}");
            assert!(text.contains(words), "{what}: no `{words}` in\n{text}");
            assert!(text.contains(path), "{what}: no place in\n{text}");
            assert!(text.contains("= help:"), "{what}: no way out in\n{text}");
            assert!(text.len() < 2_000, "{what}: {} bytes are told", text.len());
        }
    }
}

fn stairs(steps: usize) -> String {
    (0..steps)
        .map(|i| format!("{}a:\n", " ".repeat(i)))
        .collect()
}

/// A byte order mark and Windows' line ends are no mistakes.
#[test]
fn what_editors_add_is_forgiven() {
    let path = "content/prompts/community-prompts.md";
    let clean = sound().files[path].clone();
    let clean = std::str::from_utf8(&clean).expect("UTF-8").to_owned();
    for (what, text) in [
        ("as it is", clean.clone()),
        ("byte order mark", format!("\u{feff}{clean}")),
        ("CRLF", clean.replace('\n', "\r\n")),
        ("both", format!("\u{feff}{}", clean.replace('\n', "\r\n"))),
        (
            "spaces behind the hyphens",
            clean.replacen("---\n", "--- \n", 2),
        ),
    ] {
        let (codes, text) = told(&with(path, text.into_bytes()));
        assert!(codes.is_empty(), "{what}\n{text}");
    }
}

/// Nothing in any kind of file, however broken, ends the program; a broken file hides no other.
#[test]
fn a_broken_file_hides_no_other() {
    let mut folder = with("content/challenges/bomb.md", front(&bomb()));
    let broken: Vec<String> = folder
        .files
        .keys()
        .filter(|path| path.ends_with(".md") && path.starts_with("content/"))
        .cloned()
        .collect();
    for path in &broken {
        folder
            .files
            .insert(path.clone(), b"---\n\xFF\n---\n".to_vec().into());
    }
    let (codes, text) = told(&folder);
    assert_eq!(codes.len(), broken.len(), "{text}");
    for path in broken {
        assert!(text.contains(&path), "{path} is not told");
    }
}

/// Where hostile bytes may stand.
const PLACES: &[&str] = &[
    "content/challenges/any.md",
    "content/communities/any/index.md",
    "content/communities/any/step.md",
    "content/prompts/any.md",
    "sites/s/site.yaml",
    "sites/s/calendars/any.yaml",
    "sites/s/calendars/any.ics",
    "sites/s/runs/any.md",
    "sites/s/runs/any/index.md",
    "sites/s/runs/any/sessions/any.md",
    "sites/s/curation/picks/2026/any.md",
    "layouts/strings/en.yaml",
    "layouts/base.html",
];

/// All the way to the last page: what survives loading must survive planning and rendering.
fn survives(folder: &Folder) {
    super::common::build(folder, "2026-03-02T12:00:00Z");
}

/// One small change of a valid file.
#[derive(Debug, Clone)]
enum Change {
    Insert(usize, String),
    Remove(usize, usize),
    Repeat(usize, usize),
    Swap(usize, usize),
    Line(usize, String),
    Byte(usize, u8),
}

fn change() -> impl Strategy<Value = Change> {
    let piece = prop_oneof![
        "[-:{}\\[\\]#&*!|>'\"%@`,? \n\t]{1,4}",
        "\\PC{1,6}",
        Just("99999999999999999999".to_owned()),
        Just("-1".to_owned()),
        Just("9999-12-31".to_owned()),
        Just("-9999-01-01".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("999999999999w".to_owned()),
        Just("{{ 1 / 0 }}".to_owned()),
        Just("---\n".to_owned()),
        Just("## x {#x}\n".to_owned()),
    ];
    let line = prop_oneof![
        "(starts|ends|created|at|slot|zone|week|cadence|offset|count|order|repeat|blackouts): \\PC{0,12}",
        "(starts|ends|created): (0001-01-01|9999-12-31|2026-02-29|-009999-01-01)",
        "(length|announce|offset|discussion|by): -?[0-9]{1,12}(m|h|d|wd|w)",
        "(count|minutes|order|minutes_max): [0-9]{1,11}",
    ];
    prop_oneof![
        (any::<usize>(), piece).prop_map(|(at, text)| Change::Insert(at, text)),
        (any::<usize>(), 1..80usize).prop_map(|(at, n)| Change::Remove(at, n)),
        (any::<usize>(), 1..80usize).prop_map(|(at, n)| Change::Repeat(at, n)),
        (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Change::Swap(a, b)),
        (any::<usize>(), line).prop_map(|(at, text)| Change::Line(at, text)),
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
    ]
}

fn changed(mut bytes: Vec<u8>, change: &Change) -> Vec<u8> {
    let size = bytes.len().max(1);
    match change {
        Change::Insert(at, text) => {
            let at = (at % size).min(bytes.len());
            bytes.splice(at..at, text.bytes());
        }
        Change::Remove(at, n) => {
            let at = (at % size).min(bytes.len());
            bytes.drain(at..(at + n).min(bytes.len()));
        }
        Change::Repeat(at, n) => {
            let at = (at % size).min(bytes.len());
            let piece = bytes[at..(at + n).min(bytes.len())].to_vec();
            bytes.splice(at..at, piece);
        }
        Change::Swap(a, b) if !bytes.is_empty() => bytes.swap(a % size, b % size),
        Change::Line(at, text) => {
            let mut lines: Vec<&[u8]> = bytes.split(|b| *b == b'\n').collect();
            let at = at % lines.len();
            // The key that is there takes the new value: unknown keys would end the reading early.
            let key = text.split(':').next().unwrap_or("").as_bytes();
            let here = lines
                .iter()
                .position(|line| line.starts_with(key))
                .unwrap_or(at);
            lines[here] = text.as_bytes();
            return lines.join(&b'\n');
        }
        Change::Byte(at, byte) if !bytes.is_empty() => bytes[at % size] = *byte,
        Change::Swap(..) | Change::Byte(..) => {}
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(
        place in prop::sample::select(PLACES),
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..400),
            "(---\n)?\\PC{0,200}(\n---\n)?\\PC{0,200}".prop_map(String::into_bytes),
            "---\n([a-z_]{1,9}: [\\[{\"'&*|>-]{0,3}\\PC{0,20}\n){0,9}---\n(## \\PC{0,9} \\{#[a-z =\"]{0,9}\\}\n\\PC{0,30}\n){0,4}"
                .prop_map(String::into_bytes),
            "BEGIN:VCALENDAR\r\n(BEGIN:VEVENT\r\n(DTSTART|DTEND|RRULE|SUMMARY|DURATION)[:;=A-Z]{0,9}\\PC{0,20}\r\n){0,5}"
                .prop_map(String::into_bytes),
        ],
    ) {
        survives(&with(place, bytes));
    }

    #[test]
    fn changed_valid_files_never_panic(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec(change(), 1..5),
    ) {
        let mut folder = sound();
        let path = folder.files.keys().nth(which.index(folder.files.len())).expect("a file").clone();
        let bytes = changes.iter().fold(folder.files[&path].to_vec(), changed);
        folder.files.insert(path, bytes.into());
        survives(&folder);
    }
}

/// The library that the two tests above change is sound, or they would prove little.
#[test]
fn the_library_that_is_changed_is_sound() {
    let built = super::common::build(&sound(), "2026-03-02T12:00:00Z");
    assert!(!built.diags.has_errors(), "{}", built.told());
    assert_eq!(built.plans.len(), KINDS.len());
}
