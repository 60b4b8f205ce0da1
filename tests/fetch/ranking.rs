//! In which order candidates are looked at, and why.

use crate::candidates::{FIRST, candidates, fetch, item, save, saved};
use crate::{run, write};
use serde_json::Value;
use tempfile::TempDir;

/// Three sources: one that is trusted, one that floods, one that disagrees.
fn three() -> TempDir {
    let day = |day: u32| format!("{day:02} Feb 2026 12:00:00 GMT");
    let both = |id: &str| {
        item(
            "Both have it",
            "https://press.example.org/both",
            id,
            &day(27),
        )
    };
    let flood = (0..9).map(|n| {
        let n = n.to_string();
        item(
            &format!("No {n}"),
            &format!("https://loud.example.org/{n}"),
            &n,
            &day(28),
        )
    });
    let long = format!(
        "<item><title>A letter to the council</title><link>https://calm.example.org/long</link><pubDate>{}</pubDate><description>{}</description></item>",
        day(20),
        "word ".repeat(6000)
    );
    let dir = saved(&[
        (
            "calm",
            &[
                item(
                    "Near miss at the gate",
                    "https://calm.example.org/1",
                    "1",
                    &day(14),
                ),
                long,
                both("b"),
            ]
            .concat(),
        ),
        ("loud", &(flood.collect::<String>() + &both("c"))),
        (
            "other",
            &item(
                "Why letters do harm",
                "https://other.example.org/1",
                "1",
                &day(14),
            ),
        ),
    ]);
    edit(
        &dir,
        "sites/s/curation/sources.yaml",
        &[
            (
                "id: calm,",
                "id: calm, trust: 5, topics: [letters, near misses],",
            ),
            ("id: loud,", "id: loud, newest_on_first_sight: 20,"),
            ("id: other,", "id: other, stance: challenges,"),
        ],
    );
    fetch(&dir, FIRST);
    dir
}

fn edit(dir: &TempDir, file: &str, edits: &[(&str, &str)]) {
    let path = dir.path().join(file);
    let mut text = std::fs::read_to_string(&path).expect("text");
    for (from, to) in edits {
        assert!(text.contains(from), "no `{from}` in {text}");
        text = text.replacen(from, to, 1);
    }
    std::fs::write(path, text).expect("written");
}

fn set(dir: &TempDir, ranking: &str) {
    let site = dir.path().join("sites/s/site.yaml");
    let text = std::fs::read_to_string(&site).expect("text");
    let before = text.split("ranking:").next().unwrap_or_default();
    std::fs::write(site, format!("{before}ranking: {ranking}\n")).expect("written");
}

fn points<'v>(one: &'v Value, part: &str) -> &'v Value {
    let parts = one["parts"].as_array().expect("parts");
    let found = parts.iter().find(|shown| shown["part"] == part);
    &found.expect("every measure says something")["points"]
}

fn titled<'v>(found: &'v [Value], title: &str) -> &'v Value {
    let found = found.iter().find(|one| one["title"] == title);
    found.expect("it is there")
}

#[test]
fn c15_the_parts_add_up_and_each_says_why() {
    let dir = three();
    let found = candidates(&dir, FIRST);
    assert_eq!(found.len(), 13);
    let mut before = i64::MAX;
    for one in &found {
        let parts = one["parts"].as_array().expect("parts");
        assert_eq!(parts.len(), 7);
        let points = parts
            .iter()
            .map(|part| part["points"].as_i64().expect("a number"));
        let score = one["score"].as_i64().expect("a number");
        assert_eq!(points.sum::<i64>(), score, "{one}");
        assert!(score <= before, "the best first: {one}");
        before = score;
        assert!(parts.iter().all(|part| part["why"] != ""));
    }
    assert_eq!(found[0]["title"], "Why letters do harm", "{found:#?}");
    let near = titled(&found, "Near miss at the gate");
    assert_eq!(
        [
            points(near, "topic"),
            points(near, "trust"),
            points(near, "loud")
        ],
        [30, 20, 0],
        "one miss is misses"
    );
    let flood = titled(&found, "No 3");
    assert_eq!([points(flood, "topic"), points(flood, "loud")], [0, -8]);
    let long = titled(&found, "A letter to the council");
    assert_eq!([points(long, "topic"), points(long, "long")], [30, -5]);
    let text = run(dir.path(), &["candidates", "--now", FIRST]).ends(0).out;
    assert!(
        text.contains("topic 30 (its title names `near misses`), fresh 5 (it is 16 days old), "),
        "{text}"
    );
    for one in &found {
        let score = one["score"].as_i64().expect("a number");
        assert!(
            text.contains(&format!("            {score} points: ")),
            "{text}"
        );
    }
}

#[test]
fn c15_another_weight_changes_only_the_part_it_names() {
    let dir = three();
    let before = candidates(&dir, FIRST);
    let words = [
        "topic",
        "fresh",
        "trust",
        "others",
        "challenge",
        "loud",
        "long",
    ];
    for word in words {
        set(&dir, &format!("{{weights: {{{word}: 60}}}}"));
        let after = candidates(&dir, FIRST);
        assert_eq!(after.len(), before.len());
        let mut moved = 0;
        for one in &after {
            let same = before
                .iter()
                .find(|same| same["key"] == one["key"])
                .expect("it is there");
            for part in words {
                let changed = points(one, part) != points(same, part);
                assert!(!changed || part == word, "{word} changed {part}: {one}");
                moved += usize::from(changed);
            }
        }
        assert!(moved > 0, "{word} changed nothing");
        set(&dir, &format!("{{weights: {{{word}: 0}}}}"));
        let nothing = candidates(&dir, FIRST);
        assert!(nothing.iter().all(|one| *points(one, word) == 0), "{word}");
    }
}

#[test]
fn the_site_says_what_is_wanted_and_what_is_long() {
    let dir = three();
    set(&dir, "{topics: [gates], minutes_max: 60}");
    let found = candidates(&dir, FIRST);
    assert_eq!(
        *points(titled(&found, "Near miss at the gate"), "topic"),
        30
    );
    assert_eq!(
        *points(titled(&found, "A letter to the council"), "topic"),
        0
    );
    assert_eq!(
        *points(titled(&found, "A letter to the council"), "long"),
        0
    );
}

#[test]
fn who_disagrees_goes_first_while_nothing_to_come_does() {
    let dir = three();
    let harm = |dir: &TempDir| {
        let found = candidates(dir, FIRST);
        points(titled(&found, "Why letters do harm"), "challenge").as_i64()
    };
    assert_eq!(harm(&dir), Some(15));
    let pick = |slot: &str| {
        let text = format!(
            "---\nid: p\nrun: quiet-2026\nslot: {slot}\nurl: https://elsewhere.example.org/p\ntitle: P\nstance: challenges\n---\n## Why this\n\nIt works.\n\n## Do\n\nTry it.\n\n## Share\n\nWhat?\n"
        );
        write(
            dir.path(),
            "sites/s/curation/picks/2026/p.md",
            text.as_bytes(),
        );
    };
    pick("2026-02-27");
    assert_eq!(harm(&dir), Some(15), "that one is out already");
    pick("2026-03-10");
    assert_eq!(harm(&dir), Some(0));
}

#[test]
fn the_order_asks_no_model_and_no_clock() {
    let dir = three();
    let first = candidates(&dir, FIRST);
    assert_eq!(candidates(&dir, FIRST), first);
    // The order of the list of sources decides nothing but whom one item is from.
    let path = dir.path().join("sites/s/curation/sources.yaml");
    let text = std::fs::read_to_string(&path).expect("text");
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    std::fs::write(&path, lines.join("\n") + "\n").expect("written");
    let scores = |found: &[Value]| -> Vec<(i64, String)> {
        let mut scores: Vec<_> = found
            .iter()
            .map(|one| {
                (
                    one["score"].as_i64().expect("a number"),
                    one["key"].to_string(),
                )
            })
            .collect();
        scores.sort();
        scores
    };
    assert_eq!(scores(&candidates(&dir, FIRST)), scores(&first));
    save(&dir, "calm", "");
    fetch(&dir, FIRST);
    assert!(candidates(&dir, FIRST).len() < first.len());
}
