//! One programme written in both forms: a file with headings, and a folder. Nothing that is built may
//! tell them apart (only the file names differ, and no output knows those).

mod common;

use common::{SITE, build, folder};

const FRONT: &str = r#"---
kind: challenge
id: quiet-hours
title: Quiet hours
summary: One hour a day without messages.
purpose: So that people who are interrupted all day can finish one thing a day.
audience: Everyone who is interrupted
count: 3
cadence: {every: day, days: weekdays}
ramp: [look, try, tell]
milestones:
  - {id: half-way, after: 2, title: Half way, say: Two hours are won.}
tags: [focus, quiet]
---
Find out what an hour without messages is worth. See [the other one](OTHER).

- It costs nothing.
- It *ends* after three days.
"#;

const RUN: &str = r#"
-- sites/s/runs/quiet-2026.md --
---
id: quiet-2026
programme: quiet-hours
created: 2026-02-01
starts: 2026-03-02
channels: [everyone]
---
This time with the crew.
-- sites/s/runs/other-2026.md --
---
id: other-2026
programme: other
created: 2026-02-01
starts: 2026-03-02
channels: [everyone]
---
-- content/challenges/other.md --
---
kind: challenge
id: other
title: The other one
summary: One message a day that needs no answer.
purpose: So that people who write messages can spare others the answer to them.
audience: Everyone who writes messages
count: 1
cadence: {every: day, days: weekdays}
---
Messages that answer themselves.

## Say it once {#say-it-once minutes=5 milestone=celebration}

### Do

Write one.

### Share

What did you leave out?
"#;

/// One activity: the attributes of its heading, the keys of its block, and its sections by name.
struct Activity {
    id: &'static str,
    title: &'static str,
    attributes: &'static str,
    block: &'static str,
    sections: &'static [(&'static str, &'static str)],
}

const ACTIVITIES: &[Activity] = &[
    Activity {
        id: "choose",
        title: "Choose *your* hour",
        attributes: "minutes=15 ramp=look",
        block: "poster: Somebody with a full calendar\nif_quiet: Name your own hour first.\nvariants: {On shift: The hour after the handover}\nresource:\n  - {title: On focus, url: \"https://example.org/focus\", kind: article, minutes: 5}\n",
        sections: &[
            ("Why", "A chosen hour is kept.\n"),
            (
                "Do",
                "Choose an hour.\n\n#### In the office\n\nBefore ten.\n\n#### On the quay\n\n> [!NOTE]\n> Tell the [next one](NEXT).\n\n| when | what |\n| --- | --- |\n| now | this |\n",
            ),
            (
                "Share",
                "Which hour, and [what](https://example.org/what) for?[^1]\n\n[^1]: In one line.\n",
            ),
            ("If you have ten minutes", "Only choose.\n"),
            (
                "Example",
                "```\n## not a heading\n```\n\nNine, `as ever`.\n",
            ),
            ("For the guide", "Ask twice.\n"),
        ],
    },
    Activity {
        id: "keep",
        title: "Keep it",
        attributes: "minutes=5 ramp=try",
        block: "",
        sections: &[
            ("Do", "Keep the hour.\n"),
            ("Share", "What did you finish?\n"),
        ],
    },
    Activity {
        id: "tell",
        title: "Tell: \"us\" & <them>",
        attributes: "minutes=5 ramp=tell milestone=celebration together=yes",
        block: "tags: [end]\n",
        sections: &[
            ("Do", "Tell one more.\n"),
            ("Share", "Whom did you tell?\n"),
        ],
    },
];

fn one_file(activities: &[&Activity]) -> String {
    let mut text = format!(
        "-- content/challenges/quiet.md --\n{}",
        FRONT.replace("OTHER", "other.md")
    );
    for a in activities {
        text.push_str(&format!(
            "\n## {} {{#{} {}}}\n",
            a.title, a.id, a.attributes
        ));
        if !a.block.is_empty() {
            text.push_str(&format!("\n```yaml activity\n{}```\n", a.block));
        }
        for (name, words) in a.sections {
            let words = words.replace("(NEXT)", "(../challenges/other.md)");
            text.push_str(&format!("\n### {name}\n\n{words}"));
        }
    }
    text + RUN
}

/// A level higher, with as many files as activities; their names say nothing about their order.
fn in_folder(activities: &[&Activity]) -> String {
    let mut text = format!(
        "-- content/challenges/quiet/index.md --\n{}",
        FRONT.replace("OTHER", "../other.md")
    );
    for (n, a) in activities.iter().enumerate() {
        let keys = a
            .attributes
            .replace('=', ": ")
            .replace(' ', "\n")
            .replace(":\n", ": ");
        let title = a.title.replace('*', "").replace('"', "\\\"");
        text.push_str(&format!(
            "-- content/challenges/quiet/{}-{}.md --\n---\nid: {}\ntitle: \"{title}\"\norder: {}\n{keys}\n{}---\n",
            9 - n, a.id, a.id, n + 1, a.block
        ));
        for (name, words) in a.sections {
            let words = words
                .replace("(NEXT)", "(../other.md)")
                .replace("####", "###");
            text.push_str(&format!("\n## {name}\n\n{words}"));
        }
    }
    text + RUN
}

#[test]
fn both_forms_give_the_same_bytes() {
    let [a, b, c] = ACTIVITIES else {
        panic!("three")
    };
    let first: &[&Activity] = &[a, b, c];
    let turned: &[&Activity] = &[b, a, c];
    let mut seen = std::collections::BTreeSet::new();
    for order in [first, turned] {
        for now in [
            "2026-02-15T09:00:00Z",
            "2026-03-02T12:00:00Z",
            "2026-03-03T12:00:00Z",
            "2026-12-01T12:00:00Z",
        ] {
            let file = build(&folder(&(SITE.to_owned() + &one_file(order))), now);
            let tree = build(&folder(&(SITE.to_owned() + &in_folder(order))), now);
            assert!(!file.diags.has_errors(), "{}", file.told());
            assert_eq!(
                file.codes(),
                tree.codes(),
                "{}\n{}",
                file.told(),
                tree.told()
            );
            assert_eq!(file.plans, tree.plans, "{now}");
            let names = |built: &common::Built| built.files.keys().cloned().collect::<Vec<_>>();
            assert_eq!(names(&file), names(&tree), "{now}");
            for (path, bytes) in &file.files {
                let other = &tree.files[path];
                assert!(
                    bytes == other,
                    "{now} {path}\n--- one file\n{}\n--- folder\n{}",
                    String::from_utf8_lossy(bytes),
                    String::from_utf8_lossy(other)
                );
            }
            seen.insert(file.files);
        }
    }
    // Otherwise equal trees would say nothing.
    assert_eq!(
        seen.len(),
        8,
        "another order and another day make another site"
    );
}

/// What both forms share must also be there: levels, callouts, links, tables, the block's keys.
#[test]
fn nothing_that_is_written_gets_lost() {
    let [a, b, c] = ACTIVITIES else {
        panic!("three")
    };
    for text in [one_file(&[a, b, c]), in_folder(&[a, b, c])] {
        let built = build(&folder(&(SITE.to_owned() + &text)), "2026-03-02T12:00:00Z");
        let page = built.text("public/s/quiet-2026/choose/index.html");
        for words in [
            "<h1>Choose your hour</h1>",
            ">In the office</h3>",
            ">On the quay</h3>",
            "<table>",
            "## not a heading",
            "The hour after the handover",
            "href=\"../../programmes/other/\"",
        ] {
            assert!(page.contains(words), "no {words} in\n{page}");
        }
        for words in [
            "Ask twice",
            "Somebody with a full calendar",
            "Name your own hour",
        ] {
            assert!(!page.contains(words), "{words} is the team's");
            let team = built.text("team/s/programmes/quiet-hours/index.html");
            assert!(team.contains(words), "no {words} in\n{team}");
        }
    }
}

/// Mistakes that only one of the forms can have, and the same mistake in both.
#[test]
fn what_one_form_refuses() {
    let activity = |attributes, block, sections| Activity {
        id: "choose",
        title: "Choose",
        attributes,
        block,
        sections,
    };
    const BOTH: &[(&str, &str)] = &[("Do", "Choose.\n"), ("Share", "Which?\n")];
    let sound = "minutes=5 ramp=look";
    for (attributes, block, sections, file, tree) in [
        (sound, "", BOTH, "", ""),
        (sound, "ramp: try\n", BOTH, "duplicate-key", "yaml"),
        (sound, "id: other\n", BOTH, "duplicate-key", "yaml"),
        (sound, "title: Other\n", BOTH, "duplicate-key", "yaml"),
        (sound, "order: 2\n", BOTH, "duplicate-key", "yaml"),
        (
            "minutes=5 minutes=6 ramp=look",
            "",
            BOTH,
            "duplicate-key",
            "yaml",
        ),
        (
            "minutes=5 rampp=look",
            "",
            BOTH,
            "unknown-key",
            "unknown-key",
        ),
        (
            "minutes=many ramp=look",
            "",
            BOTH,
            "wrong-value",
            "wrong-value",
        ),
        (sound, "", &[("Do", "Choose.\n")], "no-share", "no-share"),
        (
            sound,
            "",
            &[("Do", "A.\n"), ("Do", "B.\n"), ("Share", "C?\n")],
            "duplicate-section",
            "duplicate-section",
        ),
        (
            sound,
            "",
            &[("Do", "A.\n"), ("Shar", "B.\n"), ("Share", "C?\n")],
            "unknown-section",
            "unknown-section",
        ),
        (
            sound,
            "",
            &[("Do", ""), ("Share", "C?\n")],
            "empty-section",
            "empty-section",
        ),
    ] {
        let [_, b, c] = ACTIVITIES else {
            panic!("three")
        };
        let first = activity(attributes, block, sections);
        for (form, text, code) in [
            ("file", one_file(&[&first, b, c]), file),
            ("folder", in_folder(&[&first, b, c]), tree),
        ] {
            let built = build(&folder(&(SITE.to_owned() + &text)), "2026-03-02T12:00:00Z");
            let mut codes = built.codes();
            codes.retain(|code| *code != "same-slot");
            let expected: Vec<&str> = [code].into_iter().filter(|code| !code.is_empty()).collect();
            assert_eq!(
                codes,
                expected,
                "{form} {attributes} {block}\n{}",
                built.told()
            );
        }
    }
}
