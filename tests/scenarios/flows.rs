//! Learning flows: what fills their slots.

use super::make::{edit_site, keys, run, site};
use crate::common::{Built, at, build, build_on};
use jiff::Timestamp;
use jiff::civil::Date;
use learnflow::model::Folder;
use std::collections::BTreeSet;

/// A flow on weekdays whose days begin with these lines.
fn flow(kind: &str, more: &str) -> String {
    format!(
        "-- content/flow.md --\n---\nkind: learning-flow\nid: flow\ntitle: Ten minutes\nsummary: Something small every day.\n\
         purpose: So that people who have ten minutes find something that is worth them.\nflow: {kind}\n\
         cadence: {{every: day, days: weekdays, at: \"08:30\"}}\n{more}curator: role:curator\n---\nWhat it is.\n"
    )
}

/// A pick; `more` holds further lines of its front matter.
fn pick(id: &str, more: &str) -> String {
    format!(
        "-- sites/s/curation/picks/2026/{id}.md --\n---\nid: {id}\nrun: r\nurl: https://example.org/{id}\ntitle: About {id}\n\
         minutes: 5\npicked_on: 2025-12-01\n{more}---\n## Why this\n\nNobody has said it better.\n\n## Do\n\nTry {id}.\n\n## Share\n\nWhat came of it?\n"
    )
}

fn without_holidays(files: &str) -> Folder {
    let mut folder = site(files);
    edit_site(&mut folder, "calendars: [england]\n", "");
    folder
}

/// The lines of a plan that tell of slots and of what waits.
fn board(built: &Built) -> Vec<&str> {
    let plan = built.plans["s/r"].lines();
    let told = |line: &&str| {
        ["  slot", "  runs dry", "  a week"]
            .iter()
            .any(|word| line.contains(word))
            || line.starts_with("waits")
    };
    plan.filter(told).collect()
}

#[test]
fn w7_1_twelve_picks_after_a_monday_last_until_the_wednesday_of_the_third_week() {
    let mut files =
        flow("news", "runway: {warn_below: 13}\n") + &run("r", "flow", "2026-03-16", "");
    for n in 0..13 {
        files += &pick(&format!("p{n:02}"), "");
    }
    let built = build(&without_holidays(&files), "2026-03-16T12:00:00Z");
    let board = board(&built);
    assert_eq!(
        board.iter().filter(|line| line.contains(" slot p")).count(),
        12,
        "{board:#?}"
    );
    assert!(board.contains(&"Thu 2026-04-02  runs dry"), "{board:#?}");
    assert!(
        board[0].starts_with("Tue 2026-03-17  slot p01, settled"),
        "{board:#?}"
    );
    let told = built.told();
    assert!(
        told.contains("this flow runs dry on 2026-04-02, after 12 more picks"),
        "{told}"
    );
}

#[test]
fn w7_3_a_loud_source_waits_and_the_plan_says_why() {
    let mut files =
        flow("news", "variety: {same_source_gap: 5}\n") + &run("r", "flow", "2026-03-02", "");
    for n in 0..20 {
        let source = if n < 12 {
            "loud".to_owned()
        } else {
            format!("quiet {n}")
        };
        files += &pick(&format!("p{n:02}"), &format!("source: {source}\n"));
    }
    let built = build(&without_holidays(&files), "2026-03-01T12:00:00Z");
    let board = board(&built);
    let days: Vec<Date> = board
        .iter()
        .filter(|line| {
            line.split(" slot ")
                .nth(1)
                .is_some_and(|id| id[1..3].parse::<u32>().is_ok_and(|n| n < 12))
        })
        .map(|line| line[4..14].parse().expect("a day"))
        .collect();
    assert!(days.len() >= 3, "{board:#?}");
    assert!(
        days.windows(2).all(|two| (two[1] - two[0]).get_days() >= 7),
        "{days:?}"
    );
    let waiting: Vec<&&str> = board
        .iter()
        .filter(|line| line.starts_with("waits"))
        .collect();
    assert_eq!(waiting.len() + days.len(), 12, "{board:#?}");
    assert!(waiting[0].contains("something from the same source is too near to each free slot"));
    assert!(built.codes().contains(&"pick-waits"));
}

#[test]
fn w7_4_the_fifth_week_of_a_circular_flow_has_the_first_theme_and_names_of_its_own() {
    let themes: Vec<String> = ["a", "b", "c", "d"]
        .iter()
        .map(|id| format!("{{id: {id}, title: Theme {id}, weeks: 1}}"))
        .collect();
    let more = format!("themes: [{}]\n", themes.join(", "));
    let mut files = flow("circular", &more) + &run("r", "flow", "2026-01-05", "");
    for theme in ["a", "b", "c", "d"] {
        let count = if theme == "a" { 7 } else { 5 };
        for n in 0..count {
            files += &pick(&format!("{theme}{n}"), &format!("theme: {theme}\n"));
        }
    }
    let built = build(&without_holidays(&files), "2026-02-07T12:00:00Z");
    let all = keys(&built, "r");
    assert_eq!(all[..5], ["a0", "a1", "a2", "a3", "a4"]);
    assert_eq!(
        all[20..25],
        [
            "a5",
            "a6",
            "a0/2026-02-04",
            "a1/2026-02-05",
            "a2/2026-02-06"
        ]
    );
    let feed = built.text("public/s/r/feed.xml");
    let guids: Vec<&str> = feed
        .split("<guid")
        .skip(1)
        .filter_map(|part| part.split('<').next())
        .collect();
    let distinct: BTreeSet<&&str> = guids.iter().collect();
    assert_eq!(guids.len(), distinct.len());
    assert!(
        feed.contains("tag:learn.example.org,2026:s/r/a0/2026-02-04"),
        "{feed}"
    );
    assert!(
        feed.contains("About a0, 4 February 2026"),
        "a repeat carries its day"
    );
    assert!(!built.codes().contains(&"same-title"), "{}", built.told());
}

/// Builds every half hour and reads the flow's feed as the connector does: only what is dated after the last seen.
#[test]
fn w7_5_a_connector_that_asks_each_half_hour_sees_each_item_once() {
    let mut files = flow(
        "news",
        "slots: {pattern: [any, any, any, any, friday-wrap]}\n",
    ) + &run("r", "flow", "2026-03-02", "");
    for n in 0..14 {
        files += &pick(&format!("p{n:02}"), "");
    }
    let folder = site(&files);
    let mut built = build(&folder, "2026-03-01T12:00:00Z");
    let (mut seen, mut cursor) = (Vec::new(), Timestamp::MIN);
    let mut now = at("2026-03-02T00:10:00Z");
    let end = at("2026-04-01T00:10:00Z");
    while now < end {
        // A build in between would make the same.
        if built.edges.first().is_some_and(|edge| edge.at <= now) {
            built = build_on(&folder, &now.to_string(), &built.ledgers);
        }
        let feed = built.text("public/s/r/feed.xml");
        let mut newest = cursor;
        for item in feed.split("<item>").skip(1) {
            let part = |name: &str| {
                item.split(&format!("<{name}"))
                    .nth(1)?
                    .split('>')
                    .nth(1)?
                    .split('<')
                    .next()
            };
            let guid = part("guid").expect("a guid");
            if guid.contains("/_") {
                continue;
            }
            let stamp = jiff::fmt::rfc2822::parse(part("pubDate").expect("a date"))
                .expect("RFC 2822")
                .timestamp();
            if stamp > cursor {
                seen.push(guid.to_owned());
                newest = newest.max(stamp);
            }
        }
        cursor = newest;
        now += jiff::SignedDuration::from_mins(30);
    }
    let distinct: BTreeSet<&String> = seen.iter().collect();
    assert_eq!(distinct.len(), seen.len(), "{seen:#?}");
    let picks = seen.iter().filter(|guid| guid.contains("/p")).count();
    let wraps = seen.iter().filter(|guid| guid.contains("/wrap/")).count();
    assert_eq!((picks, wraps), (14, 4), "{seen:#?}");
}

#[test]
fn c9_c10_what_cannot_be_a_pick_is_refused_with_both_files() {
    let files = flow("news", "") + &run("r", "flow", "2026-03-02", "");
    let bare = pick("bare", "").replace("## Why this\n\nNobody has said it better.\n\n", "");
    let copy = pick(
        "copy",
        "original_summary: Nobody has said it better than she does.\n",
    );
    let twice =
        pick("twice", "").replace("https://example.org/twice", "http://www.example.org/one/");
    let first = pick("first", "").replace(
        "https://example.org/first",
        "https://www.example.org/one?utm_medium=mail",
    );
    let built = build(
        &site(&(files + &bare + &copy + &first + &twice)),
        "2026-03-01T12:00:00Z",
    );
    let mut codes = built.codes();
    codes.sort_unstable();
    assert_eq!(
        codes,
        [
            "already-picked",
            "commentary-is-copy",
            "pick-without-commentary",
            "tracked-address"
        ]
    );
    let told = built.told();
    let same = told.split("error[already-picked]").nth(1).expect("told");
    let same = same.split("error[").next().unwrap_or(same);
    assert!(
        same.contains("picks/2026/first.md") && same.contains("picks/2026/twice.md"),
        "{same}"
    );
}

#[test]
fn c11_a_pick_of_this_morning_moves_nothing_that_is_settled() {
    let mut files = flow("news", "") + &run("r", "flow", "2026-03-02", "");
    for n in 0..8 {
        files += &pick(&format!("p{n}"), &format!("source: s{n}\n"));
    }
    let ledgers = build(&site(&files), "2026-03-01T12:00:00Z").ledgers;
    let before = build_on(&site(&files), "2026-03-04T12:00:00Z", &ledgers);
    // News is shown newest first, so this one goes as early as it may.
    files += &pick("a-new-one", "").replace("picked_on: 2025-12-01", "picked_on: 2026-03-04");
    let after = build_on(&site(&files), "2026-03-04T12:30:00Z", &before.ledgers);
    let (before, after) = (keys(&before, "r"), keys(&after, "r"));
    assert_eq!(before[..5], after[..5]);
    assert_eq!(after[5], "a-new-one", "{after:?}");
    assert_eq!(before[5..8], after[6..9]);
}

#[test]
fn c13_what_expires_too_early_is_never_shown() {
    let files = flow("news", "")
        + &run("r", "flow", "2026-03-02", "")
        + &pick("late", "expires: 2026-03-02\n")
        + &pick("fine", "");
    let built = build(&site(&files), "2026-03-01T12:00:00Z");
    assert_eq!(keys(&built, "r")[0], "fine");
    assert_eq!(built.codes(), ["pick-waits"]);
    assert!(
        built
            .told()
            .contains("`late` finds no slot: it expires before it would have a turn"),
        "{}",
        built.told()
    );
    let page = built.text("team/s/r/index.html");
    assert!(page.contains("Picks without a slot"), "the team sees it");
}

/// A pattern: each day takes what it says, a day that asks takes a question, and Friday looks back.
#[test]
fn a_week_has_its_shape() {
    let more = "slots: {pattern: [read, do, watch or listen, ask, friday-wrap]}\nfallback: bank\n\
                variety: {challenging_view: 1/week, own_people: 1/week}\n";
    let bank = "-- content/prompts/bank.md --\n---\nkind: prompts\nid: bank\ntitle: The bank\nsummary: Questions.\n---\n\n## One {#one}\n\nWhat do you see?\n\n## Two {#two}\n\nWhat do you hear?\n\n";
    let files = flow("themed", more)
        + bank
        + &run("r", "flow", "2026-03-02", "")
        + &pick("piece", "format: read\n")
        + &pick("task", "format: do\nstance: challenges\n")
        + &pick("tape", "format: listen\n")
        + &pick("film", "format: watch\n")
        + &pick("riddle", "ask: yes\n");
    let built = build(&site(&files), "2026-03-01T12:00:00Z");
    let all = keys(&built, "r");
    assert_eq!(
        all[..5],
        ["piece", "task", "film", "riddle", "wrap/2026-03-06"],
        "{all:?}"
    );
    assert_eq!(
        all[5..8],
        ["one/2026-03-09", "two/2026-03-10", "tape"],
        "{all:?}"
    );
    let board = board(&built);
    assert!(
        board.contains(&"Mon 2026-03-02  slot read: piece, settled"),
        "{board:#?}"
    );
    assert!(
        board.contains(&"Wed 2026-03-11  slot watch or listen: tape"),
        "{board:#?}"
    );
    assert!(
        board.contains(&"Thu 2026-03-12  slot ask: a question of the bank"),
        "{board:#?}"
    );
    assert!(
        board.contains(&"Mon 2026-03-02  a week with less of its own people than was promised"),
        "{board:#?}"
    );
    assert!(board.contains(&"Mon 2026-03-09  runs dry"), "{board:#?}");
    // The look back lists what came out, and is in the feed.
    let ledgers = built.ledgers;
    let mut now = at("2026-03-02T12:00:00Z");
    let mut last = build_on(&site(&files), &now.to_string(), &ledgers);
    for _ in 0..4 {
        now += jiff::SignedDuration::from_hours(24);
        last = build_on(&site(&files), &now.to_string(), &last.ledgers);
    }
    let wrap = last.text("public/s/r/wrap/2026-03-06/index.html");
    for title in ["About piece", "About task", "About film", "About riddle"] {
        assert!(wrap.contains(title), "{wrap}");
    }
    assert!(
        last.text("public/s/r/feed.xml")
            .contains("The week of 2 March 2026 in short")
    );
    let team = last.text("team/s/r/index.html");
    for words in [
        "What fills the slots",
        "Our own people",
        "To watch, To listen to",
        "From the bank",
    ] {
        assert!(
            team.contains(words) || words == "From the bank",
            "no {words}"
        );
    }
}

/// A pick that somebody holds keeps its slot when that has passed, and takes no other.
#[test]
fn a_pick_that_is_held_takes_no_second_slot() {
    let mut files = flow("themed", "")
        + &run(
            "r",
            "flow",
            "2026-03-02",
            "overrides:\n  - {id: p1, hold: yes, on: 2026-03-02, reason: We ask first}\n",
        );
    for n in 0..5 {
        files += &pick(&format!("p{n}"), "");
    }
    let mut built = build(&site(&files), "2026-03-01T12:00:00Z");
    for day in 2..7 {
        built = build_on(
            &site(&files),
            &format!("2026-03-0{day}T12:00:00Z"),
            &built.ledgers,
        );
    }
    let plan = &built.plans["s/r"];
    let lines: Vec<&str> = plan
        .lines()
        .filter(|line| !line.contains("  slot") && !line.contains("runs dry"))
        .collect();
    assert_eq!(lines.len(), 5, "{plan}");
    assert!(
        lines[1].contains("Tue 2026-03-03") && lines[1].contains("held") && lines[1].contains("p1"),
        "{plan}"
    );
    assert!(
        lines[4].contains("Fri 2026-03-06")
            && lines[4].contains("released")
            && lines[4].contains("p4"),
        "{plan}"
    );
}
