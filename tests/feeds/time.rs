//! Stamps: their form and order, and that nothing that is out changes.

use crate::common::{Built, at, build, build_on};
use crate::{BUILDS, every_feed, feeds, sample};
use jiff::{SignedDuration, Timestamp, civil};
use learnflow::model::Ledger;
use std::collections::{BTreeMap, BTreeSet};

fn date(text: &str) -> Timestamp {
    let parsed = jiff::fmt::rfc2822::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    parsed.timestamp()
}

/// Builds at uneven moments, each on the ledger of the one before.
fn season() -> Vec<(Timestamp, Built)> {
    let folder = sample();
    let mut now = at("2026-10-05T08:00:00Z");
    let mut ledgers = BTreeMap::new();
    let mut builds = Vec::new();
    for step in 0_i64..16 {
        let built = build_on(&folder, &now.to_string(), &ledgers);
        assert!(!built.diags.has_errors(), "{now}: {}", built.told());
        ledgers = built.ledgers.clone();
        builds.push((now, built));
        let hours = [1, 23, 26, 72, 5, 41][usize::try_from(step).expect("small") % 6];
        now += SignedDuration::from_secs(hours * 3600 + step * 61);
    }
    builds
}

fn stamps(ledger: &Ledger) -> BTreeMap<&str, Timestamp> {
    let stamped = ledger
        .entries
        .iter()
        .filter_map(|(id, e)| Some((id.as_str(), e.stamp?)));
    stamped.collect()
}

#[test]
fn r3_r5_r10_what_is_out_stays_as_it_is_and_what_is_new_is_newer() {
    let builds = season();
    let mut out: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut new_in_all = 0;
    let mut latest: Option<Timestamp> = None;
    for (number, (now, built)) in builds.iter().enumerate() {
        let stamps = stamps(built.ledger("larkfield"));
        let distinct: BTreeSet<_> = stamps.values().map(|stamp| stamp.as_second()).collect();
        assert_eq!(
            distinct.len(),
            stamps.len(),
            "two items of one second at {now}"
        );
        assert!(
            stamps
                .values()
                .all(|s| *s <= *now + SignedDuration::from_mins(10)),
            "{now}"
        );
        if let Some(latest) = latest {
            let before = &builds[number - 1].1;
            let known = before.ledger("larkfield");
            let new = stamps
                .iter()
                .filter(|(id, _)| !known.entries.contains_key(**id));
            for (id, stamp) in new {
                assert!(*stamp > latest, "{id} at {now}");
                new_in_all += 1;
            }
        }
        latest = stamps.values().max().copied().or(latest);
        for feed in feeds(built) {
            for item in feed.items() {
                let item = item.split("</item>").next().unwrap_or_default().to_owned();
                let guid = between(&item, "<guid isPermaLink=\"false\">", "</guid>").to_owned();
                let was = out
                    .entry((feed.path.to_owned(), guid))
                    .or_insert_with(|| item.clone());
                assert_eq!(*was, item, "{} at {now}", feed.path);
            }
        }
    }
    assert!(new_in_all > 25, "only {new_in_all} new items");
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = text.split_once(from).map_or("", |(_, rest)| rest);
    rest.split_once(to).map_or("", |(inside, _)| inside)
}

#[test]
fn r5_a_ledger_from_the_future_stops_the_build() {
    let folder = sample();
    let later = build(&folder, "2026-11-23T12:00:00Z");
    let earlier = build_on(&folder, "2026-11-20T12:00:00Z", &later.ledgers);
    assert!(
        earlier.codes().contains(&"ledger-ahead"),
        "{}",
        earlier.told()
    );
}

#[test]
fn r4_dates_have_the_one_form_that_all_readers_take() {
    let one = |text: &str| {
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let number = |at: std::ops::Range<usize>| -> i16 {
            let digits = &text[at];
            assert!(digits.bytes().all(|b| b.is_ascii_digit()), "{text}");
            digits.parse().expect(text)
        };
        assert_eq!(
            text.len(),
            "Tue, 06 Jan 2026 06:03:12 +0000".len(),
            "{text}"
        );
        let month = months.iter().position(|m| *m == &text[8..11]).expect(text);
        let (day, month) = (i8::try_from(number(5..7)), i8::try_from(month + 1));
        let day = civil::date(number(12..16), month.expect(text), day.expect(text));
        let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).expect(text);
        assert_eq!(&text[..5], format!("{}, ", days[weekday]), "{text}");
        assert_eq!(
            (&text[7..8], &text[11..12], &text[16..17]),
            (" ", " ", " "),
            "{text}"
        );
        assert_eq!(
            (&text[19..20], &text[22..23], &text[25..]),
            (":", ":", " +0000"),
            "{text}"
        );
        assert!(
            number(17..19) < 24 && number(20..22) < 60 && number(23..25) < 60,
            "{text}"
        );
    };
    every_feed(|feed, _| {
        feed.channel.last_build_date().into_iter().for_each(one);
        for (item, text) in feed.channel.items.iter().zip(feed.items()) {
            let stamp = item.pub_date().expect(feed.path);
            one(stamp);
            let updated = between(text, "<atom:updated>", "</atom:updated>");
            let same: Timestamp = updated.parse().expect(updated);
            assert!(
                updated.ends_with('Z') && same == date(stamp),
                "{updated}, {stamp}"
            );
        }
    });
}

#[test]
fn r6_r8_newest_first_and_the_head_says_when() {
    every_feed(|feed, now| {
        let items = &feed.channel.items;
        let stamps: Vec<_> = items
            .iter()
            .map(|item| date(item.pub_date().expect("a date")))
            .collect();
        assert!(stamps.is_sorted_by(|a, b| a > b), "{} at {now}", feed.path);
        let head = feed.channel.last_build_date().map(date);
        assert_eq!(head, stamps.first().copied(), "{} at {now}", feed.path);
    });
    // The same ledger an hour later, with nothing due in between: no byte changes.
    let folder = sample();
    let first = build(&folder, "2026-11-22T12:00:00Z");
    let second = build_on(&folder, "2026-11-22T13:00:00Z", &first.ledgers);
    for (was, is) in feeds(&first).iter().zip(feeds(&second)) {
        assert_eq!((was.path, was.text), (is.path, is.text));
    }
}

#[test]
fn r7_nothing_is_shown_before_it_is_due() {
    let folder = sample();
    let shown = |now: &str, built: &Built| {
        let mut count = 0;
        for feed in feeds(built) {
            let ledger = built.ledger(feed.site().0.id);
            // What stands in a feed for ever is in no ledger.
            for guid in feed.guids().into_iter().filter(|guid| !guid.contains("/_")) {
                let id = guid.strip_prefix(&feed.tag()).expect(guid);
                assert!(ledger.entries[id].due <= at(now), "{guid} at {now}");
                count += 1;
            }
        }
        count
    };
    for (now, built) in BUILDS.iter() {
        shown(now, built);
    }
    // A look back within the tolerance of clocks: what came out at nine is not shown a minute before.
    let nine = build(&folder, "2026-11-23T09:00:00Z");
    let before = build_on(&folder, "2026-11-23T08:59:00Z", &nine.ledgers);
    let (now, then) = (
        shown("2026-11-23T09:00:00Z", &nine),
        shown("2026-11-23T08:59:00Z", &before),
    );
    assert!(then < now, "{then} of {now}");
}
