//! The flipped class: days around a session, and an agenda on the clock.

use crate::common::{Built, build};
use crate::make::{due, page, run, site, told, words};

const AGENDA: &[(&str, u32, &str)] = &[
    ("Opening", 10, "discuss"),
    ("Clinic", 50, "work"),
    ("Frame", 15, "present"),
    ("Commit", 20, "discuss"),
    ("Break", 15, "break"),
    ("Close", 10, "discuss"),
];

fn class(agenda: &[(&str, u32, &str)], now: &str) -> Built {
    let mut text =
        "-- content/talk.md --\n---\nkind: classroom\nid: talk\ntitle: Difficult talks\n\
        summary: A class built on your own cases.\n\
        purpose: So that people who meet angry passengers find their own first sentence.\n\
        session: {length: 120m}\nduring:\n"
            .to_owned();
    for (title, minutes, mode) in agenda {
        text += &format!("  - {{title: {title}, minutes: {minutes}, mode: {mode}}}\n");
    }
    text += "---\nWhat it is.\n";
    for (id, offset) in [
        ("hello", "-10wd"),
        ("case", "-7wd"),
        ("one-change", "+2wd"),
        ("so-what", "+20wd"),
    ] {
        text += &format!(
            "\n## The task {id} {{#{id} offset={offset} minutes=5}}\n\n### Do\n\nDo {id}.\n\n### Share\n\nSay {id}.\n"
        );
    }
    text += &run("june", "talk", "2026-06-10", "at: \"10:00\"");
    build(&site(&text), now)
}

const AFTER: &str = "2026-06-10T09:00:00Z";

#[test]
fn w8_1_what_comes_before_and_after_a_session() {
    let built = class(AGENDA, AFTER);
    // 95 minutes pass before the break.
    assert_eq!(built.codes(), ["no-break"], "{}", built.told());
    due(
        &built,
        "june",
        &[
            ("hello", "Wed 2026-05-27 10:00 09:00Z"),
            ("case", "Mon 2026-06-01 10:00 09:00Z"),
            ("session", "Wed 2026-06-10 10:00 09:00Z"),
            ("one-change", "Fri 2026-06-12 10:00 09:00Z"),
            ("so-what", "Wed 2026-07-08 10:00 09:00Z"),
        ],
    );
}

#[test]
fn w8_2_the_agenda_is_on_the_clock_once_the_session_is_out() {
    let built = class(AGENDA, AFTER);
    let html = page(&built, "june/session/");
    let clock = ["10:00", "10:10", "11:00", "11:15", "11:35", "11:50"];
    let table: Vec<&str> = html
        .split("<td>")
        .skip(1)
        .step_by(3)
        .map(|cell| &cell[..5])
        .collect();
    assert_eq!(table, clock);
    assert!(
        html.contains("2026-06-10T11:00:00Z"),
        "it ends at noon: {html}"
    );
    // Before the session is out nobody outside the team sees its agenda.
    let before = class(AGENDA, "2026-06-10T08:59:59Z");
    for (path, bytes) in before.tree("public") {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("Clinic"), "{path}");
    }
    assert!(
        before
            .files
            .contains_key("public/s/june/invitation/index.html")
    );
}

#[test]
fn w8_2_the_team_sees_the_definition_in_elapsed_time() {
    let built = class(AGENDA, "2026-03-01T12:00:00Z");
    let html = built.text("team/s/programmes/talk/index.html");
    let table: Vec<&str> = html
        .split("<td>")
        .skip(1)
        .step_by(3)
        .map(|cell| &cell[..4])
        .collect();
    assert_eq!(table, ["0:00", "0:10", "1:00", "1:15", "1:35", "1:50"]);
}

#[test]
fn w8_2_an_agenda_that_overruns_is_refused() {
    let mut longer = AGENDA.to_vec();
    longer[1].1 = 55;
    assert!(told(&class(&longer, AFTER), "agenda-overruns").contains("(+5m)"));
    let mut shorter = AGENDA.to_vec();
    shorter[1].1 = 45;
    assert!(told(&class(&shorter, AFTER), "agenda-overruns").contains("(-5m)"));
}

#[test]
fn w8_3_a_class_that_mostly_tells_is_refused() {
    let with = |present: u32| {
        let agenda = [
            ("Talk", present, "present"),
            ("Break", 15, "break"),
            ("Work", 105 - present, "work"),
        ];
        class(&agenda, AFTER)
    };
    let built = with(60);
    assert!(
        told(&built, "broadcast-heavy").contains("60 of 105 working minutes are presented (57 %)")
    );
    assert!(built.diags.has_errors());
    // 40 % is refused from above, 25 % is warned of from above.
    assert!(with(44).diags.has_errors(), "41 %");
    let warned = with(42);
    assert!(told(&warned, "broadcast-heavy").contains("(40 %)"));
    assert!(!warned.diags.has_errors());
    assert!(!with(26).codes().contains(&"broadcast-heavy"), "24 %");
}

/// `10:00`, as no elapsed time of a class of a few hours is written.
fn clock_times(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    (0..text.len().saturating_sub(4))
        .filter(|at| {
            let digit = |n: usize| bytes[at + n].is_ascii_digit();
            digit(0) && digit(1) && bytes[at + 2] == b':' && digit(3) && digit(4)
        })
        .map(|at| &text[at..at + 5])
        .collect()
}

#[test]
fn w8_5_a_definition_has_no_clock() {
    let built = class(AGENDA, AFTER);
    for path in [
        "public/s/programmes/talk/index.html",
        "team/s/programmes/talk/index.html",
    ] {
        let text = words(built.text(path));
        assert_eq!(clock_times(&text), [""; 0], "{path}");
    }
    assert!(!clock_times(&words(page(&built, "june/session/"))).is_empty());
}
