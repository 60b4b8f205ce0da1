//! What the sources offer: feeds and the ledger of what was seen → new lines for the ledger, and candidates.
//!
//! An item is one item by the id that its source gives it, by its address, or, if it has neither, by its title.
//! When it was seen first is written down once; from then on nothing that a feed does to its dates and ids
//! makes it new again.

mod address;
mod desk;
mod draft;
mod group;
mod offered;
mod proposal;
mod rank;

use crate::model::{Seen, Sight, Source, Verdict};
use crate::reader::{Entry, Feed};
use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64;

pub use address::{canonical, clean, is_tracked};
pub use desk::{Deed, Desk};
pub use draft::{Basket, Draft};
pub use offered::{Back, Candidate, Offered, candidates, dropped};
pub use proposal::{Proposal, propose};
pub use rank::{Part, Ranked, Yardstick, rank};

/// A source with what it gave last.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The source.
    pub source: &'a Source,
    /// Its feed.
    pub feed: &'a Feed,
}

/// An entry with what it is known by.
struct Item<'a> {
    source: &'a Source,
    entry: &'a Entry,
    key: String,
    id: Option<String>,
}

/// The items of a feed that can be known again, in its order.
fn items<'a>(given: &Given<'a>) -> Vec<Item<'a>> {
    let Given { source, feed } = *given;
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for id in feed.entries.iter().filter_map(|entry| entry.id.as_deref()) {
        *times.entry(id).or_default() += 1;
    }
    let known = feed.entries.iter().filter_map(|entry| {
        // An id that two entries have is none.
        let id = entry.id.as_deref().filter(|id| times.get(id) == Some(&1));
        let id = id.map(|id| sum("id", if is_everywhere(id) { "" } else { &source.id }, id));
        let address = entry.link.as_deref().and_then(canonical);
        let title = entry.title.trim();
        let key = match (&address, &id) {
            (Some(address), _) => sum("address", "", address),
            (None, Some(id)) => id.clone(),
            (None, None) if !title.is_empty() => sum("title", &source.id, title),
            (None, None) => return None,
        };
        Some(Item {
            source,
            entry,
            key,
            id,
        })
    });
    known.collect()
}

/// Whether an id says by its form that nobody else in the world has it.
fn is_everywhere(id: &str) -> bool {
    ["http://", "https://", "tag:", "urn:"]
        .iter()
        .any(|begin| id.starts_with(begin))
}

fn sum(sort: &str, whose: &str, text: &str) -> String {
    format!(
        "{:016x}",
        xxh3_64(format!("{sort}\n{whose}\n{text}").as_bytes())
    )
}

/// The date of an entry that was seen first at a moment: its own unless it lies ahead of that, or before there
/// was anything to read.
fn date_of(entry: &Entry, first_seen: Timestamp) -> Timestamp {
    let web = date(1990, 1, 1).to_zoned_datetime(TimeZone::UTC);
    let begin = web.map_or(Timestamp::UNIX_EPOCH, |day| day.timestamp());
    let own = entry.date.filter(|own| (begin..=first_seen).contains(own));
    own.unwrap_or(first_seen)
}

/// Whether the curator wants to hear of it at all.
fn is_wanted(source: &Source, entry: &Entry) -> bool {
    if source.include.is_empty() && source.exclude.is_empty() {
        return true;
    }
    let summary = entry.summary.as_deref().unwrap_or("");
    let text = format!("{}\n{summary}\n{}", entry.title, entry.tags.join("\n")).to_lowercase();
    let has = |words: &[String]| words.iter().any(|word| text.contains(&word.to_lowercase()));
    (source.include.is_empty() || has(&source.include)) && !has(&source.exclude)
}

/// The lines that are to be added to the ledger at a moment: every item that was never seen, offered or passed
/// over. A source that is new is introduced by a few.
pub fn see(given: &[Given], seen: &Seen, now: Timestamp) -> Vec<Sight> {
    // The ledger counts in seconds.
    let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
    let mut lines: BTreeMap<String, Sight> = BTreeMap::new();
    for sight in given.iter().flat_map(|given| new_of(given, seen, now)) {
        // Whom one source passes over, another may offer.
        let better = lines
            .get(&sight.key)
            .is_none_or(|known| known.verdict < sight.verdict);
        if better {
            lines.insert(sight.key.clone(), sight);
        }
    }
    lines.into_values().collect()
}

/// What is new in one source.
fn new_of(given: &Given, seen: &Seen, now: Timestamp) -> Vec<Sight> {
    let source = given.source;
    let mut new: Vec<Item> = items(given)
        .into_iter()
        .filter(|item| seen.find(&item.key, item.id.as_deref()).is_none())
        .collect();
    // Newest first; of one date, as the feed has them.
    new.sort_by_key(|item| std::cmp::Reverse(date_of(item.entry, now)));
    let most = match seen.knows(&source.id) {
        true => source.max_per_run,
        false => source.newest_on_first_sight.min(source.max_per_run),
    };
    let mut offered: BTreeSet<String> = BTreeSet::new();
    let sights = new.into_iter().map(|item| {
        let reason = if now.duration_since(date_of(item.entry, now)) > source.max_age {
            Some("too-old")
        } else if !is_wanted(source, item.entry) {
            Some("filtered")
        } else if offered.contains(&item.key) || offered.len() < most as usize {
            offered.insert(item.key.clone());
            None
        } else {
            Some("too-many")
        };
        Sight {
            key: item.key,
            id: item.id,
            first_seen: now,
            source: source.id.clone(),
            verdict: match reason {
                None => Verdict::Offered,
                Some(_) => Verdict::PassedOver,
            },
            reason: reason.map(str::to_owned),
            judged: None,
        }
    });
    sights.collect()
}

/// A stranger's words on one line, without characters that turn the line round or that a terminal would obey.
fn plain(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let good = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let good: String = good.filter(|c| !turns(*c)).collect();
    good.split_whitespace().collect::<Vec<_>>().join(" ")
}
