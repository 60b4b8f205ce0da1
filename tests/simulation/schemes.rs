//! Ways to date and cut a feed that others have tried, on a fortnight of one item a day: each consumer fails on those
//! that are known to break it, and on none of them with a ledger's stamp, five minutes ahead, and a window by age.

use super::random::Random;
use super::watch::{Count, Shelf, count, watch};
use jiff::{SignedDuration, Timestamp};
use learnflow::consumer::{Blind, CONSUMERS, Issue, Item};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, OnceLock};

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;
/// Enough to see what happens once in a while.
const SEEDS: u64 = 10;
/// How many items of a feed that is cut by their number.
const COUNT: usize = 10;

/// A way to date and cut a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    /// The instant at which it was due.
    Due,
    /// The same, moved on to when the build usually runs.
    Slot,
    /// The instant of the build, every time.
    BuildTime,
    /// When it was changed last.
    Edited,
    /// When it is due, and listed three days before.
    Early,
    /// A stamp from a ledger, and the last ten.
    LedgerByCount,
    /// A stamp from a ledger, and those of thirty days.
    LedgerByAge,
    /// The same, five minutes ahead: ours.
    Ours,
}

/// All, with a name for people.
const SCHEMES: &[(Scheme, &str)] = &[
    (Scheme::Due, "the due time, the last ten"),
    (
        Scheme::Slot,
        "the due time rounded up to the build's hour, the last ten",
    ),
    (Scheme::BuildTime, "the time of this build, the last ten"),
    (
        Scheme::Edited,
        "the due time, moved by an edit, the last ten",
    ),
    (
        Scheme::Early,
        "the due time, listed three days early, the last ten",
    ),
    (Scheme::LedgerByCount, "a ledger's stamp, the last ten"),
    (Scheme::LedgerByAge, "a ledger's stamp, cut by age"),
    (
        Scheme::Ours,
        "**a ledger's stamp five minutes ahead, cut by age**",
    ),
];

struct Act {
    id: String,
    due: i64,
    committed: i64,
    withdrawn: i64,
}

/// The due minute of a day.
fn due(day: i64) -> i64 {
    day * DAY + 9 * 60 * MINUTE
}

/// Fourteen daily items, two more on one of the days, one that is edited, one that is committed late and dated back,
/// and one that is withdrawn.
fn acts() -> Vec<Act> {
    let act = |id: &str, due, committed| Act {
        id: id.to_owned(),
        due,
        committed,
        withdrawn: i64::MAX,
    };
    let mut acts: Vec<Act> = (0..14)
        .map(|day| act(&format!("d{day:02}"), due(day), 0))
        .collect();
    acts[6].withdrawn = 9 * DAY + 200 * MINUTE;
    acts.push(act("w1", due(3), 0));
    acts.push(act("w2", due(3), 0));
    acts.push(act("edit", due(2), 0));
    acts.push(act("late", due(5), 6 * DAY + 670 * MINUTE));
    acts
}

fn instant(seconds: i64) -> Timestamp {
    let start: Timestamp = "2026-01-05T00:00:00Z".parse().expect("an instant");
    start + SignedDuration::from_secs(seconds)
}

/// What a build puts into the feed.
fn feed(built: i64, scheme: Scheme, ledger: &mut BTreeMap<String, i64>) -> Vec<(String, i64)> {
    let ahead = if scheme == Scheme::Early { 3 * DAY } else { 0 };
    let acts = acts();
    let mut seen: Vec<&Act> = acts
        .iter()
        .filter(|act| act.due <= built + ahead && act.committed <= built && built < act.withdrawn)
        .collect();
    seen.sort_by_key(|act| (act.due, act.id.clone()));
    let margin = if scheme == Scheme::Ours {
        5 * MINUTE
    } else {
        0
    };
    for act in &seen {
        let last = ledger.values().max().copied();
        let stamp = last.map_or(built + margin, |last| (built + margin).max(last + 1));
        ledger.entry(act.id.clone()).or_insert(stamp);
    }
    let run = 550 * MINUTE;
    let date = |act: &Act| match scheme {
        Scheme::Due | Scheme::Early => act.due,
        Scheme::Slot => (act.due - run + DAY - 1).div_euclid(DAY) * DAY + run,
        Scheme::BuildTime => built,
        Scheme::Edited if act.id == "edit" && built >= 8 * DAY + 600 * MINUTE => {
            8 * DAY + 600 * MINUTE
        }
        Scheme::Edited => act.due,
        _ => ledger[&act.id],
    };
    let mut dated: Vec<(String, i64)> =
        seen.iter().map(|act| (act.id.clone(), date(act))).collect();
    dated.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    match scheme {
        Scheme::LedgerByAge | Scheme::Ours => dated.retain(|(_, at)| *at >= built - 30 * DAY),
        _ => dated.truncate(COUNT),
    }
    dated
}

/// An item as all consumers read it.
pub fn item(id: &str, at: Timestamp) -> Item {
    let link = format!("https://learn.example.org/{id}/");
    let written = at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string();
    Item {
        id: Some(id.to_owned()),
        link: Some(link.clone()),
        title: id.to_owned(),
        text: Some(format!("Words about {id}.")),
        at: Some(at),
        written: written.clone(),
        updated: None,
        blind: Blind {
            id: id.to_owned(),
            title: id.to_owned(),
            link,
            text: format!("Words about {id}."),
            date: written,
        },
        elements: Vec::new(),
    }
}

/// Fifteen days of builds: daily, up to 45 minutes late, two more by hand; up to four minutes until they are live.
fn published(scheme: Scheme, random: &mut Random) -> Shelf {
    let mut builds: Vec<i64> = (0..16)
        .map(|day| day * DAY + 550 * MINUTE + random.between(0, 45 * MINUTE))
        .collect();
    builds.extend([6 * DAY + 675 * MINUTE, 9 * DAY + 210 * MINUTE]);
    builds.sort_unstable();
    let mut ledger = BTreeMap::new();
    let live = builds.into_iter().map(|built| {
        let items = feed(built, scheme, &mut ledger);
        let live = instant(built + random.between(0, 4 * MINUTE));
        let issue = Issue {
            items: items
                .iter()
                .map(|(id, at)| item(id, instant(*at)))
                .collect(),
            modified: Some(live),
            ..Issue::default()
        };
        (live, Arc::new(issue))
    });
    live.collect()
}

/// What goes wrong with each consumer over all seeds, in the order of the table.
fn fails(scheme: Scheme) -> Vec<Count> {
    let mut all = vec![Count::default(); CONSUMERS.len()];
    for seed in 0..SEEDS {
        let mut random = Random::new(seed);
        let shelf = published(scheme, &mut random);
        let from = instant(DAY + 700 * MINUTE + random.between(0, 15 * MINUTE));
        let until = instant(15 * DAY);
        let mut wanted = BTreeMap::new();
        for (since, issue) in &shelf {
            for id in issue.items.iter().filter_map(|item| item.id.clone()) {
                wanted.entry(id).or_insert(*since);
            }
        }
        for (consumer, all) in CONSUMERS.iter().zip(&mut all) {
            let shown = watch(consumer, &shelf, (from, until), (15, 15), &mut random);
            all.add(count(&shown, &wanted, SignedDuration::from_hours(2)));
        }
    }
    all
}

/// What is known to go wrong with each consumer on the eight ways, in their order: some are missed, repeated, late.
const KNOWN: &[(&str, [&str; 8])] = &[
    ("power-automate", ["m", "m", "r", "mr", "m", "", "", ""]),
    ("slack", ["m", "m", "m", "m", "m", "m", "m", ""]),
    ("mattermost", ["r", "r", "r", "r", "r", "r", "", ""]),
    // Its own way to fail is a link that changes: see the traps.
    ("discourse", ["", "", "", "", "", "", "", ""]),
    ("zulip", ["m", "m", "r", "mr", "m", "", "", ""]),
    ("nodebb", ["", "", "m", "", "m", "", "", ""]),
    ("humhub", ["m", "m", "mrl", "mr", "mrl", "", "", ""]),
    ("buddypress", ["l", "l", "ml", "l", "r", "", "", ""]),
    // Who keeps every id is safe from dates: see the traps.
    ("hookshot", ["", "", "", "", "", "", "", ""]),
    ("monitorss", ["", "", "", "", "", "", "", ""]),
    ("n8n", ["m", "m", "r", "mr", "m", "", "", ""]),
    ("memoryless", ["m", "m", "rl", "m", "mr", "m", "m", "r"]),
];

fn all() -> &'static [Vec<Count>] {
    static ALL: OnceLock<Vec<Vec<Count>>> = OnceLock::new();
    ALL.get_or_init(|| SCHEMES.iter().map(|(scheme, _)| fails(*scheme)).collect())
}

#[test]
fn each_consumer_fails_on_what_is_known_to_break_it_and_not_on_ours() {
    assert_eq!(KNOWN.len(), CONSUMERS.len());
    for (nth, (consumer, (id, known))) in CONSUMERS.iter().zip(KNOWN).enumerate() {
        assert_eq!(consumer.id, *id);
        for ((_, scheme), (fails, known)) in SCHEMES.iter().zip(all().iter().zip(known)) {
            let count = &fails[nth];
            let parts = [
                (count.missed, "m"),
                (count.repeated, "r"),
                (count.late, "l"),
            ];
            let found = parts.iter().filter(|(n, _)| *n > 0);
            let found: String = found.map(|(_, letter)| *letter).collect();
            assert_eq!(found, *known, "{id} on {scheme}: {:?}", count.names);
        }
    }
}

/// The table for the documentation: means of all seeds.
pub fn table() -> String {
    let mut out = String::from("| each item is dated with, and the feed holds |");
    for consumer in CONSUMERS {
        let _ = write!(out, " {} |", consumer.id);
    }
    let _ = write!(out, "\n|{}", " --- |".repeat(CONSUMERS.len() + 1));
    for ((_, name), counts) in SCHEMES.iter().zip(all()) {
        let _ = write!(out, "\n| {name} |");
        for count in counts {
            let mean = |n: usize| {
                let tenths = (n * 10 + SEEDS as usize / 2) / SEEDS as usize;
                match tenths {
                    0 => "0".to_owned(),
                    _ => format!("**{}.{}**", tenths / 10, tenths % 10),
                }
            };
            let [missed, repeated, late] = [count.missed, count.repeated, count.late].map(mean);
            let _ = write!(out, " {missed}/{repeated}/{late} |");
        }
    }
    out.push('\n');
    out
}
