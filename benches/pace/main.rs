//! `cargo bench --bench pace`: a flow that fills 120 slots with 500 picks, beside reading the files of those picks, and
//! beside half as many. Only ratios are told, of the best of several turns.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "a benchmark needs the clock, and says what it found"
)]

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use learnflow::model::Folder;
use learnflow::pace::{Came, Item, Rules, Slot, Wants, fill};
use learnflow::pipeline;
use std::fmt::Write;
use std::time::{Duration, Instant};

const TURNS: usize = 15;
const MONDAY: Date = date(2026, 3, 2);
const FORMATS: [&str; 5] = ["read", "do", "watch", "person", "internal"];
const THEMES: [&str; 4] = ["one", "two", "three", "four"];
const PATTERN: [Wants; 5] = [
    Wants::Formats(&["read"]),
    Wants::Formats(&["do"]),
    Wants::Formats(&["watch"]),
    Wants::Formats(&["person"]),
    Wants::Formats(&["internal"]),
];

/// A step of a fixed row of numbers that look like chance.
fn next(seed: &mut u64) -> usize {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize
}

fn slots(count: usize) -> Vec<Slot<'static>> {
    let weekend = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let days = (-14i64..).map(|n| MONDAY.saturating_add(n.days()));
    let days: Vec<Date> = days.filter(|day| !weekend(*day)).take(count + 10).collect();
    let slot = |at: usize| Slot {
        nominal: days[at],
        date: days[at],
        settled: days[at - 2],
        week: days[at / 5 * 5],
        theme: Some(THEMES[at / 5 % 4]),
        wants: PATTERN[at % 5],
        came: Came::NotYet,
    };
    (10..count + 10).map(slot).collect()
}

/// Picks of thirty sources, of which a few bring most; `tight`: of so few sources that the gaps can hardly be kept.
fn items(names: &[String], tight: bool) -> Vec<Item<'_>> {
    const SOURCES: [&str; 10] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
    let mut seed = 20_261_123;
    let several = if tight { 4 } else { SOURCES.len() };
    let mut one = |id| Item {
        id,
        source: Some(SOURCES[(next(&mut seed) % several).min(next(&mut seed) % several)]),
        format: Some(FORMATS[next(&mut seed) % 5]),
        theme: Some(THEMES[next(&mut seed) % 4]),
        challenges: next(&mut seed).is_multiple_of(6),
        own: next(&mut seed).is_multiple_of(6),
        picked_on: Some(MONDAY.saturating_sub((20 + next(&mut seed) as i64 % 90).days())),
        ..Item::default()
    };
    names.iter().map(|id| one(id.as_str())).collect()
}

/// The files of as many picks, and of the flow that they are for.
fn files(names: &[String]) -> Folder {
    let mut folder = Folder::default();
    let mut put = |path: String, text: String| {
        folder.files.insert(path, text.into_bytes().into());
    };
    put(
        "sites/s/site.yaml".into(),
        "id: s\ntitle: S\nsummary: S\nbase_url: https://learn.example.org\nauthority: learn.example.org,2026\nzone: Europe/London\nlanguage: en-GB\nat: \"09:00\"\nchannels: []\n".into(),
    );
    for id in names {
        let mut text = String::new();
        let _ = write!(
            text,
            "---\nid: {id}\nrun: r\nslot: auto\npicked_on: 2026-01-05\nurl: https://example.org/{id}\ntitle: About {id}\nsource: Notes\nformat: read\nminutes: 6\ntheme: one\nstance: reports\n---\n"
        );
        for section in [
            "Why this",
            "Do",
            "Share",
            "If you have ten minutes",
            "Example",
        ] {
            let _ = write!(
                text,
                "## {section}\n\n{}\n\n",
                "A sentence of some length about it. ".repeat(6)
            );
        }
        put(format!("sites/s/curation/picks/2026/{id}.md"), text);
    }
    folder
}

/// The best of several turns.
fn best(mut run: impl FnMut()) -> Duration {
    let turn = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..TURNS).map(turn).min().unwrap_or_default()
}

fn main() {
    let names: Vec<String> = (0..500).map(|n| format!("pick-{n}")).collect();
    let rules = Rules {
        source_gap: 5,
        format_gap: 2,
        challenging: 1,
        own: 1,
        ..Rules::default()
    };
    let folder = files(&names);
    let slots = slots(120);
    let reading = best(|| drop(pipeline::load(&folder)));
    println!("| 120 slots | slots filled | cut | time / reading the 500 files |");
    println!("| --- | --: | --: | --: |");
    for (what, count, tight) in [
        ("250 picks, ten sources", 250, false),
        ("500 picks, ten sources", 500, false),
        ("500 picks, four sources for a gap of five", 500, true),
    ] {
        let items = items(&names[..count], tight);
        let paced = fill(&slots, &items, &rules);
        let filled = paced
            .slots
            .iter()
            .filter(|slot| slot.item.is_some())
            .count();
        let cut = paced.slots.iter().filter(|slot| slot.cut).count();
        let time = best(|| drop(fill(&slots, &items, &rules)));
        let ratio = time.as_secs_f64() / reading.as_secs_f64();
        println!("| {what} | {filled} | {cut} | {ratio:.2} |");
    }
}
