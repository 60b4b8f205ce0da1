//! The codes that stand in the sources.

#[path = "../fetch/codes.rs"]
pub mod fetched;

use std::collections::BTreeSet;
use std::path::Path;

/// Places that pass a code on, with the codes that reach them besides those found elsewhere.
const PASSED_ON: &[(&str, &[&str])] = &[
    // `Fields::need` and `need_because` get their code from their caller.
    ("src/document/fields.rs", &[]),
    // Findings of Markdown have theirs in `src/markdown/finding.rs`.
    ("src/render/shape.rs", &[]),
    (
        "src/kinds/challenge.rs",
        &["missing-goal", "missing-audience"],
    ),
    (
        "src/kinds/rules.rs",
        &["no-do", "no-share", "content-without-share"],
    ),
    ("src/load/pick.rs", &[]),
    // Failures of sources have theirs in `src/fetch/failure.rs`.
    ("src/command/fetch.rs", fetched::CODES),
];

/// Every code in `src`. A place that passes on a code and is not known here is a fault of the test.
pub fn codes() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    walk(&root.join("src"), &mut files);
    let mut codes = BTreeSet::new();
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a source can be read");
        let file = path
            .strip_prefix(root)
            .expect("below the root")
            .to_string_lossy()
            .replace('\\', "/");
        let (found, passed_on) = of(&file, &text);
        codes.extend(found);
        if passed_on {
            let known = PASSED_ON.iter().find(|(name, _)| *name == file);
            let (_, more) = known.unwrap_or_else(|| panic!("{file} passes on a code"));
            codes.extend(more.iter().map(|code| (*code).to_owned()));
        }
    }
    codes
}

/// Every Rust file below a folder.
pub fn walk(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// The codes in one source, and whether it passes any on.
fn of(file: &str, text: &str) -> (Vec<String>, bool) {
    // The code is the first argument of a diagnostic, the second of `need` and of a finding.
    let mut calls = vec![
        ("Diagnostic::error(", 0),
        ("Diagnostic::warning(", 0),
        (".need(", 1),
        (".need_because(", 1),
        (" need(", 1),
    ];
    if file.ends_with("markdown/finding.rs") {
        calls.extend([("    error(", 1), ("    warning(", 1)]);
    }
    let (mut codes, mut passed_on) = (Vec::new(), false);
    for (call, position) in calls {
        for (at, _) in text.match_indices(call) {
            let before = &text[..at];
            let definition = before.ends_with("fn ");
            let comment = before
                .rsplit('\n')
                .next()
                .is_some_and(|line| line.trim_start().starts_with("//"));
            if definition || comment {
                continue;
            }
            let argument = text[at + call.len()..]
                .split(',')
                .nth(position)
                .unwrap_or("")
                .trim();
            match argument
                .strip_prefix('"')
                .and_then(|rest| rest.strip_suffix('"'))
            {
                Some(code) => codes.push(code.to_owned()),
                None => passed_on = true,
            }
        }
    }
    (codes, passed_on)
}
