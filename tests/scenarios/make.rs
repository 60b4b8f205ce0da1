//! Small repositories by the dozen, and ways to look at what a build makes of them.

use crate::common::{Built, SITE, folder};
use learnflow::model::Folder;
use std::fmt::Write;

/// [`SITE`] with more files, or with other ones in the place of its own.
pub fn site(files: &str) -> Folder {
    folder(&format!("{SITE}\n{files}"))
}

/// Changes some words of `site.yaml`.
pub fn edit_site(folder: &mut Folder, from: &str, to: &str) {
    let file = folder.files.get_mut("sites/s/site.yaml").expect("a site");
    let text = std::str::from_utf8(file).expect("UTF-8");
    assert!(text.contains(from), "no {from} in {text}");
    *file = text.replacen(from, to, 1).into_bytes().into();
}

/// A challenge `steps` whose activities are `a1`, `a2` … in this order, each with a word of its own.
pub fn challenge(order: &[u32], cadence: &str) -> String {
    let count = order.len();
    let mut text = format!(
        "-- content/steps.md --\n---\nkind: challenge\nid: steps\ntitle: Small steps\n\
         summary: One small thing after the other.\n\
         purpose: So that people who are new here find one colleague whom they can ask.\n\
         count: {count}\ncadence: {cadence}\nnumbering: \"Day {{n}}\"\n---\nWhat it is.\n"
    );
    for n in order {
        let celebration = if *n as usize == count {
            " milestone=celebration"
        } else {
            ""
        };
        let _ = write!(
            text,
            "\n## Step number {n} {{#a{n} minutes=5{celebration}}}\n\n### Do\n\nTake step {n}.\n\n\
             ### Share\n\nWhat came of step {n}?\n"
        );
    }
    text
}

/// A challenge of so many activities.
pub fn steps(count: u32, cadence: &str) -> String {
    challenge(&(1..=count).collect::<Vec<_>>(), cadence)
}

/// A run of a programme; `more` holds further lines of its front matter.
pub fn run(id: &str, programme: &str, starts: &str, more: &str) -> String {
    format!(
        "\n-- sites/s/runs/{id}.md --\n---\nid: {id}\nprogramme: {programme}\ncreated: 2026-01-01\n\
         starts: {starts}\nchannels: [everyone]\n{more}\n---\nThis time.\n"
    )
}

/// When an occurrence is due: `Fri 2026-03-27 09:00 09:00Z`, the run's clock and the world's.
pub fn when(built: &Built, run: &str, key: &str) -> String {
    let plan = &built.plans[&format!("s/{run}")];
    let found = plan
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .find(|words| words.get(5) == Some(&key));
    let words = found.unwrap_or_else(|| panic!("no {key} in\n{plan}\n{}", built.told()));
    words[..4].join(" ")
}

/// The keys of a run's plan, in order.
pub fn keys<'a>(built: &'a Built, run: &str) -> Vec<&'a str> {
    let plan = &built.plans[&format!("s/{run}")];
    plan.lines()
        .filter_map(|line| line.split_whitespace().nth(5))
        .collect()
}

/// Checks when each occurrence is due.
pub fn due(built: &Built, run: &str, wanted: &[(&str, &str)]) {
    for (key, instant) in wanted {
        assert_eq!(
            when(built, run, key),
            *instant,
            "{key} in\n{}",
            built.plans[&format!("s/{run}")]
        );
    }
}

/// The entries of a feed, newest first: (last part of the GUID, pubDate). Those that stand in it for ever are left out.
pub fn feed<'a>(built: &'a Built, path: &str) -> Vec<(&'a str, &'a str)> {
    let text = built.text(&format!("public/s/{path}feed.xml"));
    text.split("<item")
        .skip(1)
        .map(|item| {
            let guid = between(item, "<guid isPermaLink=\"false\">", "</guid>");
            let last = guid
                .strip_prefix("tag:learn.example.org,2026:s/")
                .expect("a GUID of ours");
            (last, between(item, "<pubDate>", "</pubDate>"))
        })
        .filter(|(last, _)| !last.contains("/_"))
        .collect()
}

/// What stands between two marks.
pub fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let at = text
        .find(start)
        .unwrap_or_else(|| panic!("no {start} in {text}"))
        + start.len();
    let length = text[at..]
        .find(end)
        .unwrap_or_else(|| panic!("no {end} in {text}"));
    &text[at..at + length]
}

/// The page of an occurrence.
pub fn page<'a>(built: &'a Built, path: &str) -> &'a str {
    built.text(&format!("public/s/{path}index.html"))
}

/// The words of a page, without its tags.
pub fn words(page: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in page.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                out.push(' ');
            }
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// Checks that nothing is wrong.
pub fn fine(built: &Built) {
    assert_eq!(built.codes(), [""; 0], "{}", built.told());
}

/// The one problem of this code, as people see it.
pub fn told(built: &Built, code: &str) -> String {
    let found: Vec<_> = built.diags.iter().filter(|d| d.code == code).collect();
    assert_eq!(found.len(), 1, "{code} among\n{}", built.told());
    let parts = [
        Some(found[0].message.clone()),
        found[0].why.clone(),
        found[0].help.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}
