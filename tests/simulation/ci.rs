//! What builds the site and puts it on a host: late, sometimes not at all, one build at a time, each on the ledger
//! that it fetched from the site.

use super::library::{CHANGES, CHANNELS, Change, FIRST, Library};
use super::random::Random;
use super::watch::Shelf;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use learnflow::consumer::{self, Issue};
use learnflow::formats::{self, FORMATS};
use learnflow::model::{Id, Ledger};
use learnflow::pipeline::{self, Inputs};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How the site is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// Once a day, up to 45 minutes late.
    Daily,
    /// Once an hour, up to a quarter of an hour late.
    Hourly,
}

/// What was published in the whole time.
#[derive(Debug)]
pub struct Published {
    /// By the feed's path.
    pub shelves: BTreeMap<String, Shelf>,
    /// The ledger at the end.
    pub ledger: Ledger,
    /// What happened to the library, when.
    pub changes: Vec<(Timestamp, Change)>,
    /// How often something was built anew.
    pub builds: usize,
    /// What was due two days before the end and never came out.
    pub lost: Vec<String>,
    /// The last moment.
    pub end: Timestamp,
}

/// One in so many builds fails, and leaves all as it was.
const FAILS: i64 = 9;
/// An item that waits is out by then.
const PATIENCE: SignedDuration = SignedDuration::from_hours(5 * 24);

fn secs(n: i64) -> SignedDuration {
    SignedDuration::from_secs(n)
}

/// The day at an instant.
fn day(at: Timestamp) -> jiff::civil::Date {
    at.to_zoned_datetime(TimeZone::UTC).date()
}

/// What happens to the library, in order.
fn happens(start: Timestamp, days: i64, random: &mut Random) -> Vec<(Timestamp, Change)> {
    let mut all = Vec::new();
    for (change, often) in CHANGES {
        for _ in 0..*often {
            // The last weeks are left alone, so that all can be seen to the end.
            let at = start + secs(random.between(8 * 86_400, (days - 30) * 86_400));
            all.push((at, *change));
        }
    }
    all.sort_by_key(|(at, _)| *at);
    all
}

/// When something builds, and whether it is for a change: by the clock, and for each change within minutes.
fn builds(
    start: Timestamp,
    days: i64,
    rhythm: Rhythm,
    changes: &[(Timestamp, Change)],
    random: &mut Random,
) -> Vec<Timestamp> {
    let mut at: Vec<Timestamp> = Vec::new();
    for n in 0..days {
        let midnight = start + secs(n * 86_400);
        match rhythm {
            Rhythm::Daily => at.push(midnight + secs(9 * 3600 + 600 + random.between(0, 45 * 60))),
            Rhythm::Hourly => at.extend(
                (0..24).map(|hour| midnight + secs(hour * 3600 + 120 + random.between(0, 15 * 60))),
            ),
        }
    }
    at.extend(
        changes
            .iter()
            .map(|(at, _)| *at + secs(random.between(30, 300))),
    );
    at.sort();
    at
}

/// Publishes for so many days.
pub fn publish(seed: u64, days: i64, rhythm: Rhythm) -> Published {
    let mut random = Random::new(seed);
    let start = FIRST
        .to_zoned_datetime(TimeZone::UTC)
        .expect("a day")
        .timestamp();
    let end = start + secs(days * 86_400);
    let mut happening = happens(start, days, &mut random);
    let mut builds = builds(start, days, rhythm, &happening, &mut random);
    let mut library = Library::new();
    let mut done = Vec::new();
    happening.reverse();
    builds.reverse();
    let mut loaded = pipeline::load(&library.folder());
    let site: Id = loaded.library.sites.keys().next().expect("a site").clone();
    let mut ledger: Option<Vec<u8>> = None;
    let mut shelves: BTreeMap<String, Shelf> = BTreeMap::new();
    let mut bytes: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut stale = true;
    let mut next = start;
    let mut live = start;
    let mut count = 0;
    let mut lost = Vec::new();
    while let Some(now) = builds.pop() {
        while let Some((at, change)) = happening.pop_if(|(at, _)| *at <= now) {
            if library.change(change, day(at), &mut random) {
                done.push((at, change));
                loaded = pipeline::load(&library.folder());
                assert!(!loaded.diags.has_errors(), "{change:?}: {:?}", loaded.diags);
                stale = true;
            }
        }
        let last = builds.is_empty();
        // One at a time: the ledger that it fetches is the one that is live.
        let fails = random.once_in(FAILS) && !last || now <= live;
        if fails || (!stale && now < next && !last) {
            continue;
        }
        count += 1;
        let before = ledger
            .as_deref()
            .map(|bytes| formats::ledger::read("s", bytes).expect("sound"));
        let inputs = Inputs {
            ledgers: before
                .into_iter()
                .map(|ledger| (site.clone(), ledger))
                .collect(),
            now,
            // What disappears here was meant to.
            withdraw: true,
            ..Inputs::default()
        };
        let (prepared, diags) = pipeline::prepare(&loaded, &inputs);
        assert!(!diags.has_errors(), "{diags:?}");
        let [prepared] = &prepared[..] else {
            panic!("one site");
        };
        let (view, edges) = prepared.seen();
        let edges = edges.iter().filter(|edge| edge.feed);
        next = edges.map(|edge| edge.at).min().unwrap_or(end);
        stale = false;
        live = now + secs(random.between(0, 240));
        for feed in &view.published.feeds {
            let kept = CHANNELS
                .iter()
                .any(|id| feed.path == format!("channels/{id}/feed.xml"));
            if !kept {
                continue;
            }
            let written = (FORMATS[0].write)(feed, &[]);
            if bytes.get(&feed.path) != Some(&written) {
                let issue = consumer::read(&written).expect("a feed");
                assert_eq!(issue.broken, None);
                let modified = Some(live);
                let issue = Arc::new(Issue { modified, ..issue });
                shelves
                    .entry(feed.path.clone())
                    .or_default()
                    .push((live, issue));
                bytes.insert(feed.path.clone(), written);
            }
        }
        ledger = Some(formats::ledger::write("s", &prepared.plan.ledger));
        if last {
            for run in &prepared.plan.runs {
                let known = &prepared.plan.ledger.entries;
                let due = run.occurrences.iter().filter(|o| o.due + PATIENCE < now);
                let waits = due.filter(|o| {
                    o.state == learnflow::model::State::Waiting
                        || o.state == learnflow::model::State::Planned
                });
                lost.extend(
                    waits
                        .filter(|o| !known.contains_key(o.id()))
                        .map(|o| o.id().to_owned()),
                );
            }
        }
    }
    let ledger = formats::ledger::read("s", &ledger.expect("built")).expect("sound");
    Published {
        shelves,
        ledger,
        changes: done,
        builds: count,
        lost,
        end,
    }
}
