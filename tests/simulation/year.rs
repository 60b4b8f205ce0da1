//! Four hundred days of a library that changes, a host that is slow, and everybody who reads.
//!
//! Two worlds by default; `SIMULATION_SEEDS=20 cargo test --test simulation` takes more.

use super::ci::{Published, Rhythm, publish};
use super::random::Random;
use super::watch::{Count, Shelf, count, watch};
use jiff::{SignedDuration, Timestamp};
use learnflow::consumer::{CONSUMERS, Consumer, HYPOTHETICAL, Item};
use learnflow::model::is_evergreen;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::OnceLock;

const DAYS: i64 = 400;

/// So many worlds, unless more are asked for.
const USUAL: u64 = 2;

fn seeds() -> u64 {
    let asked = std::env::var("SIMULATION_SEEDS").ok();
    asked.map_or(USUAL, |text| text.parse().expect("a number"))
}

/// The worlds: each rhythm in turn.
fn worlds() -> &'static [(u64, Rhythm, Published)] {
    static WORLDS: OnceLock<Vec<(u64, Rhythm, Published)>> = OnceLock::new();
    WORLDS.get_or_init(|| {
        let world = |seed: u64| {
            let rhythm = [Rhythm::Daily, Rhythm::Hourly][usize::from(seed.is_multiple_of(2))];
            (seed, rhythm, publish(seed, DAYS, rhythm))
        };
        (1..=seeds()).into_par_iter().map(world).collect()
    })
}

/// Every feed of every world, by the world's seed and the feed's path.
fn shelves() -> impl Iterator<Item = (u64, &'static str, &'static Shelf, Timestamp)> {
    worlds().iter().flat_map(|(seed, _, published)| {
        let feeds = published.shelves.iter();
        feeds.map(move |(path, shelf)| (*seed, path.as_str(), shelf, published.end))
    })
}

/// From when until when each item could be read.
fn stands(shelf: &Shelf, end: Timestamp) -> BTreeMap<String, (Timestamp, Timestamp)> {
    let mut stands: BTreeMap<String, (Timestamp, Timestamp)> = BTreeMap::new();
    for (at, (live, issue)) in shelf.iter().enumerate() {
        let until = shelf.get(at + 1).map_or(end, |(next, _)| *next);
        for id in issue.items.iter().filter_map(|item| item.id.clone()) {
            stands.entry(id).or_insert((*live, until)).1 = until;
        }
    }
    stands.retain(|id, _| !is_evergreen(id));
    stands
}

/// A line of the table: a consumer, and how many minutes lie between its looks.
struct Line {
    consumer: &'static Consumer,
    minutes: (i64, i64),
    within_reach: bool,
}

fn lines() -> Vec<Line> {
    let line = |consumer: &&'static Consumer| {
        let (low, high) = (i64::from(consumer.minutes.0), i64::from(consumer.minutes.1));
        let reach = consumer.reach.map_or(high, i64::from);
        let line = |minutes, within_reach| Line {
            consumer,
            minutes,
            within_reach,
        };
        let beyond = (reach < high).then(|| line((high, high), false));
        [line((low, reach), true)]
            .into_iter()
            .chain(beyond)
            .collect::<Vec<_>>()
    };
    CONSUMERS.iter().flat_map(line).collect()
}

/// What goes wrong for whoever subscribes to each channel of each world, once, at some time of the first weeks.
fn fails(line: &Line) -> Count {
    let mut all = Count::default();
    for (seed, path, shelf, end) in shelves() {
        let name = line.consumer.id.bytes().chain(path.bytes());
        let own = name.fold(seed, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(u64::from(byte))
        });
        let mut random = Random::new(own);
        let begins = shelf.iter().find(|(_, issue)| !issue.items.is_empty());
        let from = begins.expect("something came out").0
            + SignedDuration::from_mins(random.between(0, 40 * 1440));
        let every = random.between(line.minutes.0, line.minutes.1);
        // A cron is punctual, a queue is not.
        let most = (every + every / 10).min(line.minutes.1);
        let mut shown = watch(
            line.consumer,
            shelf,
            (from, end),
            (every, most),
            &mut random,
        );
        shown.posts.retain(|id, _| !is_evergreen(id));
        let patience = SignedDuration::from_mins(most);
        let seen = stands(shelf, end)
            .into_iter()
            .filter(|(_, (since, until))| {
                // What is withdrawn before anybody looks, nobody misses.
                until.duration_since(*since) > patience && *until > from
            });
        let wanted = seen.map(|(id, (since, _))| (id, since.max(from))).collect();
        let mut one = count(&shown, &wanted, patience + patience);
        for name in &mut one.names {
            *name = format!("{seed} {path} every {every} min: {name}");
        }
        all.add(one);
    }
    all
}

/// Every line with what goes wrong in it.
fn results() -> &'static [(Line, Count)] {
    static RESULTS: OnceLock<Vec<(Line, Count)>> = OnceLock::new();
    RESULTS.get_or_init(|| {
        worlds();
        let with = |line: Line| {
            let count = fails(&line);
            (line, count)
        };
        lines().into_par_iter().map(with).collect()
    })
}

/// The table for the documentation; none for other worlds than the usual ones.
pub fn table() -> Option<String> {
    if seeds() != USUAL {
        return None;
    }
    let mut out = String::from(
        "| consumer | remembers | looks every | items | missed | repeated |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for (line, count) in results() {
        let Count {
            items,
            missed,
            repeated,
            ..
        } = count;
        let Consumer {
            name, remembers, ..
        } = line.consumer;
        let time = |minutes: i64| match minutes {
            m if m % 60 == 0 && m > 60 => format!("{} h", m / 60),
            m => format!("{m} min"),
        };
        let (low, high) = line.minutes;
        let every = match low == high {
            true => time(low),
            false => format!("{} to {}", time(low), time(high)),
        };
        let _ = writeln!(
            out,
            "| {name} | {remembers} | {every} | {items} | {missed} | {repeated} |"
        );
    }
    Some(out)
}

#[test]
fn w7_5_nobody_misses_anything_and_nobody_sees_anything_twice() {
    for (line, count) in results().iter().filter(|(line, _)| line.within_reach) {
        let name = line.consumer.id;
        assert!(
            count.items > 200,
            "{name} had {} items to show",
            count.items
        );
        if name == HYPOTHETICAL {
            assert_eq!(count.missed, 0, "{:#?}", count.names);
            assert!(
                count.repeated > 0,
                "it is there to show what would go wrong"
            );
            continue;
        }
        let wrong = (count.missed, count.repeated, count.late);
        assert_eq!(wrong, (0, 0, 0), "{name}: {:#?}", count.names);
    }
}

#[test]
fn whoever_reads_four_items_and_looks_seldom_misses_some() {
    for (line, count) in results().iter().filter(|(line, _)| !line.within_reach) {
        assert_eq!(count.repeated, 0, "{:?}", count.names);
        assert!(
            count.missed > 0,
            "{} reaches further than it says",
            line.consumer.id
        );
    }
}

#[test]
fn whatever_is_due_comes_out() {
    for (seed, _, published) in worlds() {
        assert_eq!(published.lost, Vec::<String>::new(), "{seed}");
        let kinds = published.changes.len();
        assert!(
            kinds > 30 && published.builds > 150,
            "{seed}: {kinds} changes, {} builds",
            published.builds
        );
        assert!(published.ledger.entries.len() > 200, "{seed}");
        assert!(
            published
                .ledger
                .entries
                .values()
                .any(|entry| entry.withdrawn.is_some()),
            "{seed}"
        );
    }
}

#[test]
fn m2_m9_r11_an_entry_stands_once_unchanged_and_never_comes_back() {
    for (seed, path, shelf, _) in shelves() {
        let mut known = BTreeMap::new();
        let mut gone = BTreeMap::new();
        for (live, issue) in shelf {
            let stamps: Vec<_> = issue
                .items
                .iter()
                .filter(|item| !is_evergreen(item.id.as_deref().unwrap_or("")))
                .map(|item| item.at)
                .collect();
            assert!(
                stamps.windows(2).all(|pair| pair[0] > pair[1]),
                "{seed} {path} {live}: {stamps:?}"
            );
            let here: BTreeMap<_, _> = issue
                .items
                .iter()
                .map(|item| (item.id.clone(), item))
                .collect();
            assert_eq!(
                here.len(),
                issue.items.len(),
                "{seed} {path} {live}: an id comes twice"
            );
            // What a run tells of itself follows its words, and its host.
            let stays = |item: &Item| is_evergreen(item.id.as_deref().unwrap_or(""));
            for (id, item) in &here {
                assert!(
                    !gone.contains_key(id),
                    "{seed} {path} {live}: {id:?} came back, it was gone at {:?}",
                    gone[id]
                );
                let before = known.insert(id.clone(), *item);
                assert!(
                    before.is_none_or(|before| before == *item || stays(item)),
                    "{seed} {path} {live}: {id:?} changed"
                );
            }
            for id in known.keys().filter(|id| !here.contains_key(*id)) {
                gone.entry(id.clone()).or_insert(*live);
            }
        }
    }
}
