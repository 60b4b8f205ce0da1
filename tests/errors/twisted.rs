//! What YAML would twist arrives as meant, or is told in a kind sentence.

use super::common::{SITE, build, folder};

/// A challenge of one activity with this in its front matter, the run with that in its own.
fn told(site: &str, programme: &str, run: &str) -> (Vec<&'static str>, String, String) {
    let site = SITE.replace("language: en-GB", &format!("language: en-GB\n{site}"));
    let title = if programme.starts_with("title:") {
        ""
    } else {
        "title: Quiet hours\n"
    };
    let text = format!(
        "{site}
-- content/challenges/quiet.md --
---
kind: challenge
id: quiet
{title}summary: One hour a day without messages.
purpose: So that people who are interrupted all day can finish one thing a day.
audience: Everyone who is interrupted
count: 1
cadence: {{every: day, days: weekdays}}
{programme}
---
Find out what an hour without messages is worth.

## Choose your hour {{#choose minutes=5 milestone=celebration}}

### Do

Choose an hour.

### Share

Which hour did you choose?
-- sites/s/runs/quiet-2026.md --
---
id: quiet-2026
programme: quiet
created: 2026-02-01
starts: 2026-03-02
channels: [everyone]
{run}
---
"
    );
    let built = build(&folder(&text), "2026-03-02T12:00:00Z");
    let all = |tree: &str| {
        let bytes: Vec<u8> = built
            .tree(tree)
            .values()
            .flat_map(|bytes| bytes.to_vec())
            .collect();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let text = all("public") + &all("team");
    (built.codes(), built.told(), text)
}

#[test]
fn what_yaml_would_twist_arrives_as_meant() {
    let mut wrong = Vec::new();
    for (site, programme, run, expected) in [
        ("", "title: No", "", "No</h1>"),
        ("", "title: yes", "", "yes</h1>"),
        ("", "title: ~x", "", "~x</h1>"),
        ("", "title: 12:30", "", "12:30</h1>"),
        ("", "title: 1.10", "", "1.10</h1>"),
        ("", "title: 0x1F", "", "0x1F</h1>"),
        ("", "title: 1_000", "", "1_000</h1>"),
        ("", "title: 007", "", "007</h1>"),
        ("", "title: Infinity", "", "Infinity</h1>"),
        ("", "title: .inf", "", ".inf</h1>"),
        ("", "title: .NaN", "", ".NaN</h1>"),
        ("", "title: 1e3", "", "1e3</h1>"),
        ("", "title: \"Tools: a list\"", "", "Tools: a list</h1>"),
        ("", "title: Tools, a list", "", "Tools, a list</h1>"),
        ("", "title: It's a list", "", "It&#39;s a list</h1>"),
        ("", "title: Time#out", "", "Time#out</h1>"),
        ("", "title: Hour  # a note", "", "Hour</h1>"),
        (
            "",
            "title: Überstunden — für alle 🦀",
            "",
            "Überstunden — für alle 🦀</h1>",
        ),
        ("", "tags:", "", "Quiet hours</h1>"),
        ("", "tags: []", "", "Quiet hours</h1>"),
        ("", "x: {anything: [1, {at: all}]}", "", "Quiet hours</h1>"),
        ("", "version: 1.10", "", "1.10"),
        ("", "effort: 5-10", "", "5-10"),
        ("", "", "at: 12:30", "12:30"),
        ("", "", "at: \"12:30\"", "12:30"),
        ("", "", "draft: no", "Quiet hours</h1>"),
        ("", "", "draft: \"no\"", "Quiet hours</h1>"),
        ("", "", "ends: 2026-04-01", "Quiet hours</h1>"),
        ("", "", "ends: \"2026-04-01\"", "Quiet hours</h1>"),
    ] {
        let (codes, words, text) = told(site, programme, run);
        let case = format!("{site}|{programme}|{run}");
        if !codes.is_empty() || !text.contains(expected) {
            wrong.push(format!("{case} has no `{expected}`\n{words}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The sentence, and the way out.
#[test]
fn what_cannot_be_meant_gets_a_kind_sentence() {
    let mut wrong = Vec::new();
    for (programme, run, sentence, way) in [
        (
            "title: Tools: a list",
            "",
            "a second colon stands in this line",
            "in quotes",
        ),
        (
            "title: @everyone",
            "",
            "a value cannot begin with this character",
            "in quotes",
        ),
        (
            "title: `code`",
            "",
            "a value cannot begin with this character",
            "in quotes",
        ),
        (
            "title: %done",
            "",
            "a value cannot begin with this character",
            "in quotes",
        ),
        (
            "title: *bold*",
            "",
            "`*` at the beginning of a value",
            "in quotes",
        ),
        ("title: &co", "", "`title` has no value", "write one"),
        ("title: [half", "", "bracket", "close"),
        ("title: {half", "", "bracket", "close"),
        (
            "title: \"half",
            "",
            "quotation mark is never closed",
            "close it",
        ),
        (
            "title: 'half",
            "",
            "quotation mark is never closed",
            "close it",
        ),
        ("title:", "", "`title` has no value", "write one"),
        (
            "title: [a, b]",
            "",
            "`title` takes one value",
            "on one line",
        ),
        ("title: !!binary x", "", "exclamation mark", "in quotes"),
        ("\tid: x", "", "a tab stands here", "by spaces"),
        (
            "title: a\ntitle: b",
            "",
            "`title` stands here a second time",
            "keep one",
        ),
        ("tags: - a", "", "a list", "line of its own"),
        ("count", "", "colon", "key: value"),
        ("", "starts: 2 March 2026", "a second time", "keep one"),
        (
            "",
            "ends: 02/03/2026",
            "takes a day of the calendar",
            "year with four digits",
        ),
        (
            "",
            "ends: 2026-02-29",
            "takes a day of the calendar",
            "no such day",
        ),
        (
            "",
            "ends: 2026-3-2",
            "takes a day of the calendar",
            "month and day with two",
        ),
        ("", "at: 9am", "takes a time of day", "hours and minutes"),
        ("", "at: 9:00", "takes a time of day", "hours and minutes"),
        ("", "at: 24:00", "takes a time of day", "00:00 to 23:59"),
        ("", "draft: maybe", "takes yes or no", "leave the line out"),
        (
            "",
            "calendars: {england: yes}",
            "takes a list of words",
            "[one, two]",
        ),
        ("title: !important", "", "`title` has no value", "write one"),
        ("", "zone: BST", "BST", "Europe/London"),
    ] {
        let (codes, words, _) = told("", programme, run);
        let case = format!("{programme}|{run}\n{words}");
        if codes.len() != 1 || !words.contains(sentence) || !words.contains(way) {
            wrong.push(format!("not once `{sentence}` and `{way}` in {case}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
