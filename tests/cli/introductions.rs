//! `introductions`: proposed to the coordinator, recorded when it is wished, remembered the next time.

use super::{golden, library, run, write};
use std::fs;

/// The kind's own example with four cards.
fn brain(dir: &std::path::Path) {
    run(dir, &["new", "mentoring", "brain", "--now", "2026-01-05"]).ends(0);
    for (handle, more) in [
        ("ann", "asks: [Splicing rope]\nlanguages: [en]"),
        (
            "bo",
            "offers: [Splicing rope]\nlanguages: [en, pt]\ncapacity: 1",
        ),
        ("cy", "asks: [Budgets, Tide tables]\nzone: Asia/Singapore"),
        ("di", "offers: [Tide tables and currents]\ncapacity: 2"),
    ] {
        let card = format!(
            "---\nhandle: {handle}\nconsent: 2026-01-05\nexpires: 2028-01-05\n{more}\n---\n"
        );
        write(dir, &format!("sites/s/people/{handle}.md"), card.as_bytes());
    }
}

const NOW: &[&str] = &["--now", "2026-03-20T12:00:00Z"];

#[test]
fn w4_1_proposed_recorded_and_remembered() {
    let dir = library(super::common::SITE);
    let at = dir.path();
    brain(at);
    let propose = |more: &[&str]| run(at, &[&["introductions"], NOW, more].concat());
    let first = propose(&[]).ends(0);
    golden("introductions.out", &first.out);
    assert!(!at.join("sites/s/people/introductions.tsv").exists());
    assert!(
        !at.join("dist").exists(),
        "nothing is written but on request"
    );
    let recorded = propose(&["--record"])
        .ends(0)
        .says("Recorded in sites/s/people/introductions.tsv");
    assert_eq!(recorded.out, first.out);
    let file = at.join("sites/s/people/introductions.tsv");
    let rows = fs::read_to_string(&file).expect("the file");
    assert_eq!(rows.lines().count(), 3, "{rows}");
    // What is recorded is made; the next round follows, and nobody meets whom they have just met.
    let next = propose(&["--record"]).ends(0);
    assert_ne!(next.out, first.out);
    let both = fs::read_to_string(&file).expect("the file");
    assert!(
        both.starts_with(&rows) && both.lines().count() == 5,
        "{both}"
    );
    let groups: Vec<&str> = both
        .lines()
        .skip(1)
        .filter_map(|row| row.split('\t').next_back())
        .collect();
    let unique: std::collections::BTreeSet<&&str> = groups.iter().collect();
    assert_eq!(unique.len(), 4, "{both}");
    // A row that lost its end is mended by the program, not by a longer line.
    write(
        at,
        "sites/s/people/introductions.tsv",
        both.trim_end().as_bytes(),
    );
    propose(&["--record"]).ends(0);
    let third = fs::read_to_string(&file).expect("the file");
    assert_eq!(third.lines().count(), 7, "{third}");
    run(at, &["check", "--now", NOW[1]]).ends(0);
}

#[test]
fn w4_1_people_without_cards_take_part_and_people_with_cards_need_not() {
    let dir = library(super::common::SITE);
    let at = dir.path();
    brain(at);
    let propose = |more: &[&str]| {
        run(
            at,
            &[&["introductions", "--format", "json"], NOW, more].concat(),
        )
    };
    let out = propose(&["--with", "new-one", "--without", "cy", "--without", "di"])
        .ends(0)
        .out;
    let told: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let groups = &told[0]["rounds"][0]["groups"];
    assert_eq!(
        groups[0]["people"],
        serde_json::json!(["ann", "bo", "new-one"]),
        "{out}"
    );
    propose(&["--without", "bob"])
        .ends(2)
        .says("Did you mean `bo`?");
    propose(&["--with", "New One"]).ends(2);
    propose(&["--round", "2026-03-04"])
        .ends(2)
        .says("Its rounds are: ");
    propose(&["--run", "brain-202"])
        .ends(2)
        .says("Did you mean `brain-2026`?");
    propose(&["--record"]).ends(0);
    let days = fs::read_to_string(at.join("sites/s/people/introductions.tsv")).expect("the file");
    let day = days
        .lines()
        .nth(1)
        .and_then(|row| row.split('\t').next())
        .expect("a day")
        .to_owned();
    propose(&["--round", &day])
        .ends(2)
        .says("is recorded already");
}

#[test]
fn w4_5_what_was_recorded_is_in_neither_tree() {
    let dir = library(super::common::SITE);
    let at = dir.path();
    brain(at);
    let with: Vec<&str> = [
        &["introductions"][..],
        NOW,
        &["--with", "hidden-one", "--record"],
    ]
    .concat();
    let out = run(at, &with).ends(0).out;
    assert!(out.contains("hidden-one"), "{out}");
    run(at, &[&["build"], NOW].concat()).ends(0);
    for (path, (bytes, _)) in super::files(&at.join("dist")) {
        assert!(
            !String::from_utf8_lossy(&bytes).contains("hidden-one"),
            "{path}"
        );
    }
}

#[test]
fn a_library_without_introductions_says_who_makes_them() {
    let dir = library(&super::sound());
    run(dir.path(), &[&["introductions"], NOW].concat())
        .ends(2)
        .says("no run here introduces people");
}

#[test]
fn one_person_everywhere_is_told() {
    let dir = library(super::common::SITE);
    let at = dir.path();
    brain(at);
    // Nobody answers cy, which `--strict` would not let pass either.
    fs::remove_file(at.join("sites/s/people/cy.md")).expect("removed");
    let card = |handle: &str, more: String| {
        let card = format!(
            "---\nhandle: {handle}\nconsent: 2026-01-05\nexpires: 2028-01-05\n{more}\n---\n"
        );
        write(at, &format!("sites/s/people/{handle}.md"), card.as_bytes());
    };
    for n in 0..10 {
        card(&format!("ask-{n}"), format!("asks: [Topic number{n}x]"));
    }
    let all: Vec<String> = (0..10).map(|n| format!("Topic number{n}x")).collect();
    card("knows-all", format!("offers: [{}]", all.join(", ")));
    run(at, &[&["introductions"], NOW].concat())
        .ends(0)
        .says("one-person-everywhere");
    run(at, &[&["introductions", "--strict"], NOW].concat())
        .ends(1)
        .says("`knows-all`");
}
