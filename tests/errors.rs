//! What authors get wrong, and what they are told: every text golden, everything hostile survived.

mod common;

#[path = "errors/hostile.rs"]
mod hostile;
#[path = "errors/twisted.rs"]
mod twisted;

use common::{build, folder};
use learnflow::diag::{Form, print};
use std::path::Path;

/// Compares with a file below `tests/errors/`; `UPDATE=1` writes it.
#[allow(clippy::disallowed_methods, reason = "golden files are files")]
fn golden(name: &str, actual: &str) {
    let path = Path::new("tests/errors").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, actual).expect("written");
        return;
    }
    let expected = std::fs::read_to_string(&path).expect("the golden file");
    assert!(expected == actual, "{name} is now:\n{actual}");
}

/// Twelve typical mistakes in five files. One run refers to a broken programme, and a pick to no run:
/// more problems, if what refers to something broken did not stay silent.
#[test]
fn twelve_mistakes_are_told_in_one_pass() {
    let repository = folder(include_str!("errors/twelve.repo"));
    let built = build(&repository, "2026-03-02T09:00:00Z");
    for (name, form) in [
        ("twelve.txt", Form::Text),
        ("twelve.json", Form::Json),
        ("twelve.github", Form::Github),
    ] {
        golden(name, &print(&built.diags, form, false));
    }
    assert_eq!(built.diags.iter().count(), 12, "{:?}", built.codes());
    let files: std::collections::BTreeSet<_> = built
        .diags
        .iter()
        .map(|d| d.place.as_ref().expect("a place").file.clone())
        .collect();
    assert_eq!(files.len(), 5, "{files:?}");
}

/// A caret stands under the word that is wrong, whatever stands before it in the line.
#[test]
fn a_place_points_at_the_word_itself() {
    let repository = folder(include_str!("errors/twelve.repo"));
    let built = build(&repository, "2026-03-02T09:00:00Z");
    for problem in built.diags.iter() {
        let place = problem.place.as_ref().expect("a place");
        let bytes = &repository.files[&*place.file];
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let line = text.lines().nth(place.line as usize - 1).expect("a line");
        assert_eq!(line, place.text, "{}", problem.code);
        let end = (place.column + place.width - 1) as usize;
        assert!(end <= line.chars().count(), "{}: {place:?}", problem.code);
    }
}
