//! Interface words: every language says all that English says, and fills in the same words.
#![allow(
    clippy::disallowed_methods,
    reason = "the languages are files of the repository"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

type Words = BTreeMap<String, String>;

/// The words of each language, by the name of its file.
fn languages() -> BTreeMap<String, Words> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("layouts/strings");
    let files = fs::read_dir(&folder).expect("layouts/strings");
    files
        .map(|file| {
            let path = file.expect("a file").path();
            let text = fs::read_to_string(&path).expect("text");
            let name = path.file_stem().expect("a name").to_string_lossy();
            let words = serde_yaml::from_str(&text);
            let words = words.unwrap_or_else(|slip| panic!("{}: {slip}", path.display()));
            (name.into_owned(), words)
        })
        .collect()
}

/// The `{name}`s in a text.
fn slots(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .collect()
}

/// What tells a language from English besides the words.
fn differences(english: &Words, other: &Words) -> Vec<String> {
    let lacking = english.keys().filter(|key| !other.contains_key(*key));
    let own = other.keys().filter(|key| !english.contains_key(*key));
    let both = english
        .iter()
        .filter_map(|(key, words)| Some((key, words, other.get(key)?)));
    let filled = both.clone().filter(|(_, a, b)| slots(a) != slots(b));
    let silent = both.filter(|(_, a, b)| a.is_empty() != b.is_empty());
    lacking
        .map(|key| format!("{key}: lacking"))
        .chain(own.map(|key| format!("{key}: not in English")))
        .chain(filled.map(|(key, ..)| format!("{key}: other words are filled in")))
        .chain(silent.map(|(key, ..)| format!("{key}: one of the two says nothing")))
        .collect()
}

#[test]
fn every_language_says_what_english_says() {
    let languages = languages();
    let english = &languages["en"];
    assert!(english.len() > 300 && languages.len() > 1);
    for (name, words) in &languages {
        let told = differences(english, words);
        assert!(told.is_empty(), "{name}.yaml: {told:#?}");
    }
}

#[test]
fn a_slip_in_a_translation_is_told() {
    let words = |pairs: &[(&str, &str)]| -> Words {
        let owned = pairs.iter().map(|(k, v)| ((*k).into(), (*v).into()));
        owned.collect()
    };
    let english = words(&[("next", "Next"), ("step", "Step {n}"), ("with", "With")]);
    let other = words(&[("step", "Passo {número}"), ("with", ""), ("wiht", "Com")]);
    assert_eq!(
        differences(&english, &other),
        [
            "next: lacking",
            "wiht: not in English",
            "step: other words are filled in",
            "with: one of the two says nothing",
        ]
    );
}
