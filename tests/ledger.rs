//! The ledger: what is out stays as it was told, once, with a stamp of its own.

#[path = "common/mod.rs"]
mod common;
#[path = "ledger/damage.rs"]
mod damage;
#[path = "ledger/descent.rs"]
mod descent;
#[path = "ledger/republish.rs"]
mod republish;
#[path = "ledger/year.rs"]
mod year;

use common::{Built, SITE, at, build, build_on, build_with, folder};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use learnflow::formats::ledger::{read, write};
use learnflow::model::{Entry, Folder, Frozen, Id, Ledger};
use learnflow::pipeline::Inputs;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

const LIBRARY: &str = include_str!("ledger/library.txt");
const FEED: &str = "public/s/feed.xml";
const MARGIN: SignedDuration = SignedDuration::from_mins(5);

/// The library with some of its text replaced, each pair once.
fn library(changes: &[(&str, &str)]) -> Folder {
    let mut text = format!("{SITE}{LIBRARY}");
    for (from, to) in changes {
        assert!(text.contains(from), "nothing to change: {from}");
        text = text.replacen(from, to, 1);
    }
    folder(&text)
}

fn stamp(built: &Built, id: &str) -> Option<Timestamp> {
    let entry = built.ledger("s").entries.get(id);
    entry.unwrap_or_else(|| panic!("{id} is not out")).stamp
}

/// The `<item>`s of a feed, but for those that stand in it for ever.
fn items<'a>(built: &'a Built, path: &str) -> Vec<&'a str> {
    let items = built.text(path).split("<item>").skip(1);
    items.filter(|item| !item.contains("/_")).collect()
}

fn same_public(a: &Built, b: &Built) {
    for (path, bytes) in a.tree("public") {
        assert_eq!(Some(bytes), b.tree("public").get(path).copied(), "{path}");
    }
    assert_eq!(a.tree("public").len(), b.tree("public").len());
}

const SPRING: [&str; 6] = ["one", "two", "three", "four", "five", "six"];

/// Builds after a first build at the library's first release, a day before the second.
fn begun(folder: &Folder) -> Built {
    build(folder, "2026-03-02T12:00:00Z")
}

#[test]
fn r5_a_fresh_ledger_stamps_what_is_due_with_its_due_instant() {
    let built = build(&library(&[]), "2026-03-11T12:00:00Z");
    let ledger = built.ledger("s");
    assert_eq!(ledger.entries.len(), 6 + 2);
    // Day 2 and the first question are due at one second; the id decides.
    assert_eq!(
        stamp(&built, "circle/question/2026-03-03"),
        Some(at("2026-03-03T09:00:00Z"))
    );
    assert_eq!(
        stamp(&built, "spring/two"),
        Some(at("2026-03-03T09:00:01Z"))
    );
    for (id, entry) in &ledger.entries {
        let late = entry
            .stamp
            .map(|stamp| stamp.duration_since(entry.due).as_secs());
        assert!(matches!(late, Some(0..=1)), "{id} {late:?}");
    }
    assert_eq!(items(&built, FEED).len(), 8);
    assert!(!built.codes().contains(&"late"));
}

#[test]
fn r5_what_comes_later_is_stamped_ahead_by_the_margin_and_never_again() {
    let folder = library(&[]);
    let first = begun(&folder);
    let second = build_on(&folder, "2026-03-04T09:00:30Z", &first.ledgers);
    let now = at("2026-03-04T09:00:30Z");
    // In the order of (due, id): the question and day 2 on Tuesday, day 3 on Wednesday.
    let new = ["circle/question/2026-03-03", "spring/two", "spring/three"];
    for (n, id) in new.into_iter().enumerate() {
        let wanted = now + MARGIN + SignedDuration::from_secs(n as i64);
        assert_eq!(stamp(&second, id), Some(wanted), "{id}");
    }
    let third = build_on(&folder, "2026-03-04T10:00:30Z", &second.ledgers);
    assert_eq!(third.ledgers, second.ledgers);
    assert_eq!(third.text(FEED), second.text(FEED));
}

#[test]
fn late_items_say_for_when_they_were_planned() {
    let folder = library(&[]);
    let first = begun(&folder);
    let late = build_on(&folder, "2026-03-04T12:00:00Z", &first.ledgers);
    assert_eq!(
        late.codes().iter().filter(|code| **code == "late").count(),
        2
    );
    let summary = |id: &str| late.ledger("s").entries[id].frozen.summary.clone();
    assert!(
        summary("spring/two").starts_with("Planned for 3 March 2026. "),
        "{}",
        summary("spring/two")
    );
    assert!(!summary("spring/three").contains("Planned for"));
    let on_time = late.ledger("s").entries["spring/two"].due;
    assert_eq!(on_time, at("2026-03-03T09:00:00Z"), "the due instant stays");
}

#[test]
fn a_run_that_joins_late_has_pages_and_no_entries() {
    let alone = library(&[("id: spring\n", "id: spring\ndraft: yes\n")]);
    let first = build(&alone, "2026-03-11T12:00:00Z");
    let joined = build_on(&library(&[]), "2026-03-11T13:00:00Z", &first.ledgers);
    assert!(joined.codes().contains(&"backlog"), "{:?}", joined.codes());
    for id in SPRING {
        assert_eq!(stamp(&joined, &format!("spring/{id}")), None);
        joined.text(&format!("public/s/spring/{id}/index.html"));
    }
    assert_eq!(items(&joined, FEED), items(&first, FEED));
    // Three are no flood: with `burst` past items it simply catches up.
    let few = library(&[(
        "starts: 2026-03-02\nchannels",
        "starts: 2026-03-09\nchannels",
    )]);
    let caught_up = build_on(&few, "2026-03-11T13:00:00Z", &first.ledgers);
    assert!(!caught_up.codes().contains(&"backlog"));
    assert_eq!(items(&caught_up, FEED).len(), items(&first, FEED).len() + 3);
}

#[test]
fn r14_a_burst_waits_and_its_end_is_an_edge() {
    let folder = library(&[]);
    let first = begun(&folder);
    // Five are due: two questions and three days. Three may come out at once.
    let now = at("2026-03-05T12:00:00Z");
    let dead = build_on(&folder, "2026-03-05T12:00:00Z", &first.ledgers);
    let out = |built: &Built| built.ledger("s").entries.len();
    assert_eq!(out(&dead), 1 + 3);
    assert!(dead.plans["s/spring"].contains("waiting"));
    let edge = build_on(&folder, "2026-03-05T12:00:00Z", &dead.ledgers).edges[0].clone();
    // The oldest of the three stamps is now + margin; an hour after it the next may be stamped.
    assert_eq!(
        (edge.at, edge.feed),
        (now + SignedDuration::from_mins(60), true)
    );
    let early = build_on(&folder, "2026-03-05T12:59:59Z", &dead.ledgers);
    assert_eq!(out(&early), 4);
    let then = build_on(&folder, "2026-03-05T13:00:00Z", &dead.ledgers);
    assert_eq!(out(&then), 5);
}

#[test]
fn m4_an_edit_changes_the_page_and_not_the_feed() {
    let before = library(&[]);
    let first = build(&before, "2026-03-04T12:00:00Z");
    let edited = library(&[
        (
            "## Two {#two}\n### Do\nDo two.",
            "## Two, better {#two minutes=9}\n### Do\nDo two better.",
        ),
        (
            "## First question {#first}\nWhat was first?",
            "## Other {#first}\nOther words?",
        ),
    ]);
    let second = build_on(&edited, "2026-03-04T12:30:00Z", &first.ledgers);
    assert_eq!(second.text(FEED), first.text(FEED));
    assert_eq!(second.ledgers, first.ledgers);
    let page = "public/s/spring/two/index.html";
    assert_ne!(second.text(page), first.text(page));
    assert!(second.text(page).contains("Do two better."));
}

/// Nothing that is out moves, changes or disappears; the rest may.
#[test]
fn m4_later_decisions_move_nothing_that_is_out() {
    let run = "id: spring\nprogramme: steps\ncreated: 2026-01-05\nstarts: 2026-03-02\n";
    let circle = "id: circle\nprogramme: circle\ncreated: 2026-01-05\nstarts: 2026-03-02\n";
    let blackout = "blackouts: [{from: 2026-03-02, to: 2026-03-12, reason: Late}]\n";
    let insert = "overrides: [{id: extra, on: 2026-03-12, reason: Why not, insert: spare, at: 2026-03-20}]\n";
    let cases: [(&str, String, String); 5] = [
        ("a blackout of the challenge", run.into(), format!("{run}{blackout}")),
        ("a blackout of the community", circle.into(), format!("{circle}{blackout}")),
        ("an inserted activity", run.into(), format!("{run}{insert}")),
        (
            "a prompt at the head of the bank",
            "## First question".into(),
            "## Newest {#newest}\nWhat is new?\n## First question".into(),
        ),
        (
            "an activity at the head of the series",
            "count: 6\ncadence: {every: day, days: weekdays}\nnumbering: \"Day {n}\"\n---\n".into(),
            "count: 7\ncadence: {every: day, days: weekdays}\nnumbering: \"Day {n}\"\n---\n\n## Zero {#zero}\n### Do\nDo zero.\n### Share\nShare zero.\n".into(),
        ),
    ];
    let first = build(&library(&[]), "2026-03-12T15:00:00Z");
    for (name, from, to) in cases {
        let changed = library(&[(&from, &to)]);
        let second = build_on(&changed, "2026-03-12T15:30:00Z", &first.ledgers);
        for (id, entry) in &first.ledger("s").entries {
            assert_eq!(
                second.ledger("s").entries.get(id),
                Some(entry),
                "{name}: {id}"
            );
            let page = format!("public/s/{id}/index.html");
            let when = |built: &Built| {
                let text = built.text(&page).to_owned();
                let from = text.find("<ul class=\"meta\">").expect("a head");
                text[from..][..200].to_owned()
            };
            assert_eq!(when(&second), when(&first), "{name}: {page}");
        }
        let before = items(&first, FEED);
        assert!(
            items(&second, FEED).ends_with(&before),
            "{name}: {}",
            second.text(FEED)
        );
        assert!(!second.codes().contains(&"withdrawn"), "{name}");
    }
}

fn built(folder: &Folder, now: &str, ledgers: &BTreeMap<Id, Ledger>, withdraw: bool) -> Built {
    build_with(Inputs {
        folder: folder.clone(),
        ledgers: ledgers.clone(),
        now: at(now),
        withdraw,
        ..Inputs::default()
    })
}

#[test]
fn what_disappears_leaves_a_notice_and_the_feed() {
    let first = build(&library(&[]), "2026-03-11T12:00:00Z");
    let gone = library(&[
        ("count: 6", "count: 5"),
        (
            "## Two {#two}\n### Do\nDo two.\n### Share\nShare two.\n",
            "",
        ),
    ]);
    let second = build_on(&gone, "2026-03-11T13:00:00Z", &first.ledgers);
    assert!(second.codes().contains(&"withdrawn"));
    let entry = &second.ledger("s").entries["spring/two"];
    assert_eq!(entry.withdrawn, Some(Date::constant(2026, 3, 11)));
    assert_eq!(entry.stamp, stamp(&first, "spring/two"));
    assert_eq!(items(&second, FEED).len(), items(&first, FEED).len() - 1);
    assert!(!second.text(FEED).contains("/spring/two"));
    let notice = second.text("public/s/spring/two/index.html");
    assert!(
        notice.contains("11 March 2026") && notice.contains("noindex"),
        "{notice}"
    );
    let third = build_on(&gone, "2026-03-12T13:00:00Z", &second.ledgers);
    assert_eq!(
        third.ledger("s").entries["spring/two"],
        *entry,
        "the day stays"
    );
}

#[test]
fn more_than_three_disappear_only_when_asked() {
    let first = build(&library(&[]), "2026-03-11T12:00:00Z");
    let renamed = library(&[("id: spring\n", "id: summer\n")]);
    let now = "2026-03-11T13:00:00Z";
    let refused = built(&renamed, now, &first.ledgers, false);
    let error = refused
        .diags
        .iter()
        .find(|d| d.code == "withdraws-many")
        .expect("an error");
    assert_eq!(error.severity, learnflow::diag::Severity::Error);
    assert!(refused.told().contains("--withdraw"));
    let meant = built(&renamed, now, &first.ledgers, true);
    assert!(!meant.codes().contains(&"withdraws-many"));
    assert_eq!(
        meant
            .codes()
            .iter()
            .filter(|code| **code == "withdrawn")
            .count(),
        6
    );
}

/// Six daily items give a window of fourteen days before the newest stamp, whatever the clock says.
#[test]
fn a_feed_reaches_back_from_its_newest_stamp() {
    let weekly = (
        "cadence: {every: day, days: weekdays}",
        "cadence: {every: month, day: 2}",
    );
    let spring = "public/s/spring/feed.xml";
    let day = build(&library(&[]), "2026-03-20T12:00:00Z");
    assert_eq!(items(&day, spring).len(), 6);
    let years = build_on(&library(&[]), "2036-03-20T12:00:00Z", &day.ledgers);
    assert_eq!(
        items(&years, spring),
        items(&day, spring),
        "a finished feed does not empty"
    );
    // The circle has a weekly question: 14 weeks. Nothing older comes back when the newest is taken.
    let year = build(&library(&[weekly]), "2026-12-01T12:00:00Z");
    let circle = "public/s/circle/feed.xml";
    let of_circle =
        |(id, entry): (&String, &Arc<Entry>)| entry.stamp.filter(|_| id.starts_with("circle/"));
    let stamps = year.ledger("s").entries.iter().filter_map(of_circle);
    let last = stamps.max().expect("questions");
    let shown: Vec<Timestamp> = year
        .ledger("s")
        .entries
        .iter()
        .filter(|(id, _)| id.starts_with("circle/"))
        .filter_map(|(_, entry)| entry.stamp)
        .filter(|stamp| *stamp >= last - SignedDuration::from_hours(24 * 7 * 14))
        .collect();
    assert_eq!(items(&year, circle).len(), shown.len());
    let all = year
        .ledger("s")
        .entries
        .keys()
        .filter(|id| id.starts_with("circle/"))
        .count();
    assert!(shown.len() < all, "some are too old");
    let mut fewer = year.ledgers.clone();
    for ledger in fewer.values_mut() {
        let last = ledger
            .entries
            .values_mut()
            .filter(|e| e.stamp == Some(last));
        last.for_each(|entry| Arc::make_mut(entry).withdrawn = Some(Date::constant(2026, 12, 1)));
    }
    let after = build_on(&library(&[weekly]), "2026-12-01T12:00:00Z", &fewer);
    assert_eq!(
        items(&after, circle),
        items(&year, circle)[1..],
        "nothing old slides in"
    );
}

/// The file of last spring's challenge is cleared away, and the circle in the same channel meets on: it has the longer
/// window, and what left the channel's feed long ago stays away.
#[test]
fn r11_what_left_a_feed_never_comes_back_when_a_run_is_cleared_away() {
    let feed = "public/s/channels/everyone/feed.xml";
    let first = build(&library(&[]), "2026-06-10T12:00:00Z");
    let ids = |built: &Built| -> Vec<String> {
        let items = items(built, feed).into_iter();
        let id = |item: &str| {
            item.split("<guid")
                .nth(1)
                .expect("an id")
                .split('<')
                .next()
                .expect("its end")
                .to_owned()
        };
        items.map(id).collect()
    };
    let before = ids(&first);
    assert!(
        before.iter().all(|id| !id.contains("/spring/")),
        "{before:?}"
    );
    let (text, _) = LIBRARY
        .split_once("-- sites/s/runs/steps.md --")
        .expect("a run");
    let (_, circle) = LIBRARY
        .split_once("-- sites/s/runs/circle.md --")
        .expect("a run");
    let cleared = common::folder(&format!("{SITE}{text}-- sites/s/runs/circle.md --{circle}"));
    let alone = build(&cleared, "2026-06-10T12:00:00Z");
    assert!(
        ids(&alone).len() > before.len() + 5,
        "without a past it reaches further"
    );
    let second = built(&cleared, "2026-06-10T13:00:00Z", &first.ledgers, true);
    assert_eq!(ids(&second), before);
    // Nor when the circle meets less often from now on.
    let slower = library(&[("every: week, days: [tue]", "every: 2 weeks, days: [tue]")]);
    let third = built(&slower, "2026-06-10T13:00:00Z", &first.ledgers, true);
    assert!(ids(&third).iter().all(|id| before.contains(id)));
}

#[test]
fn a_ledger_from_the_future_is_refused_and_shows_nothing() {
    let later = build(&library(&[]), "2026-03-11T12:00:00Z");
    let back = build_on(&library(&[]), "2026-03-03T12:00:00Z", &later.ledgers);
    assert!(back.codes().contains(&"ledger-ahead"));
    for id in ["three", "four", "five", "six"] {
        assert!(
            !back
                .files
                .contains_key(&format!("public/s/spring/{id}/index.html"))
        );
        assert!(!back.text(FEED).contains(&format!("/spring/{id}")), "{id}");
    }
    // Clocks of build machines differ by a little.
    let close = build_on(&library(&[]), "2026-03-10T13:50:00Z", &later.ledgers);
    assert!(!close.codes().contains(&"ledger-ahead"));
}

#[test]
fn m1_the_order_of_the_files_and_the_moment_between_edges_change_no_byte() {
    let forward = library(&[]);
    let mut backward = Folder::default();
    for (path, bytes) in forward.files.iter().rev() {
        backward.files.insert(path.clone(), bytes.clone());
    }
    let first = build(&forward, "2026-03-11T12:00:00Z");
    assert_eq!(first.files, build(&backward, "2026-03-11T12:00:00Z").files);
    let next = first.edges[0].at;
    for now in [
        first.edges[0].at - SignedDuration::from_secs(1),
        at("2026-03-11T12:00:01Z"),
    ] {
        same_public(
            &first,
            &build_on(&forward, &now.to_string(), &first.ledgers),
        );
    }
    let then = build_on(&forward, &next.to_string(), &first.ledgers);
    assert_ne!(then.tree("public"), first.tree("public"));
}

fn instant() -> impl Strategy<Value = Timestamp> {
    (0i64..4_000_000_000).prop_map(|s| Timestamp::from_second(s).expect("near"))
}

fn entry() -> impl Strategy<Value = Entry> {
    let day = (0i32..20_000).prop_map(|n| {
        let days = SignedDuration::from_hours(24 * i64::from(n));
        Date::constant(1990, 1, 1).checked_add(days).expect("near")
    });
    (
        (
            instant(),
            prop::option::of(instant()),
            prop::option::of(instant()),
            0u32..3,
        ),
        ("\\PC{0,20}", "\\PC{0,20}", any::<String>(), any::<String>()),
        (
            prop::option::of("\\PC{0,9}"),
            prop::option::of("[a-z]{2}"),
            prop::option::of(day),
            prop::collection::vec("[a-z]{1,4}", 0..3),
        ),
    )
        .prop_map(
            |(
                (due, stamp, updated, republished),
                (link, drawn, title, summary),
                (image, language, withdrawn, topics),
            )| {
                let frozen = Frozen {
                    title,
                    summary,
                    image,
                    language,
                    topics,
                };
                Entry {
                    due,
                    stamp,
                    updated,
                    republished,
                    link,
                    drawn: drawn.into(),
                    frozen,
                    withdrawn,
                }
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn a_ledger_is_read_back_exactly_and_any_damage_is_refused(
        entries in prop::collection::btree_map("[a-z]{1,4}/[a-z0-9-]{1,6}", entry(), 0..5),
        serial in any::<u64>(),
        since in prop::collection::btree_map("[a-z/]{0,9}feed.xml", instant(), 0..3),
        place in any::<prop::sample::Index>(),
        letter in b' '..=b'~',
    ) {
        let entries = entries.into_iter().map(|(id, entry)| (id, Arc::new(entry)));
        let ledger = Ledger { serial, since, entries: entries.collect() };
        let bytes = write("s", &ledger);
        prop_assert_eq!(read("s", &bytes), Ok(ledger.clone()));
        let at = place.index(bytes.len());
        let mut changed = bytes.clone();
        changed[at] = letter;
        if let Ok(other) = read("s", &changed) {
            prop_assert_eq!(other, ledger, "a changed letter was believed");
        }
        if at < bytes.len() - 1 {
            prop_assert!(read("s", &bytes[..at]).is_err(), "a cut file was believed");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 40, ..ProptestConfig::with_cases(12) })]

    /// Clocks of build machines: mostly on, sometimes a few minutes back, sometimes days late.
    #[test]
    fn r5_stamps_are_distinct_and_strictly_increasing(
        start in 0i64..20 * 1440,
        steps in prop::collection::vec(prop_oneof![3 => 1i64..2_000, 1 => -9i64..1, 1 => 3_000i64..9_000], 1..9),
    ) {
        let folder = library(&[]);
        let mut now = at("2026-02-25T00:00:00Z") + SignedDuration::from_mins(start);
        let mut ledgers = BTreeMap::new();
        let mut known: BTreeMap<String, Arc<Entry>> = BTreeMap::new();
        for step in std::iter::once(0).chain(steps) {
            now += SignedDuration::from_mins(step);
            let built = build_on(&folder, &now.to_string(), &ledgers);
            let last = known.values().filter_map(|entry| entry.stamp).max();
            let entries = &built.ledger("s").entries;
            let mut new: Vec<(Timestamp, &String, Timestamp)> = Vec::new();
            for (id, entry) in entries {
                match known.get(id) {
                    Some(before) => prop_assert_eq!(entry, before, "{} changed", id),
                    None => new.extend(entry.stamp.map(|stamp| (entry.due, id, stamp))),
                }
            }
            prop_assert!(known.keys().all(|id| entries.contains_key(id)));
            new.sort();
            let stamps: Vec<Timestamp> = last.into_iter().chain(new.iter().map(|n| n.2)).collect();
            prop_assert!(stamps.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", stamps);
            known.clone_from(entries);
            ledgers = built.ledgers;
        }
    }
}
