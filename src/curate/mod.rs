//! What the sources offer: feeds and the ledger of what was seen → new lines for the ledger, and candidates.
//!
//! An item is one item by the id that its source gives it, by its address, or, if it has neither, by its title.
//! When it was seen first is written down once; from then on nothing that a feed does to its dates and ids
//! makes it new again.

mod address;
mod group;
mod rank;

use crate::model::{Id, Seen, Sight, Source, Verdict};
use crate::reader::{Entry, Feed};
use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64;

pub use address::{canonical, clean};
pub use rank::{Part, Ranked, Yardstick, rank};

/// A source with what it gave last.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The source.
    pub source: &'a Source,
    /// Its feed.
    pub feed: &'a Feed,
}

/// An item that waits for somebody to look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What it is known by in the ledger.
    pub key: String,
    /// Its title; its address, if it has none.
    pub title: String,
    /// Where it leads, without what only tells who sent the reader.
    pub link: Option<String>,
    /// The source that is trusted most among those that offer it; the first of them in the list.
    pub source: Id,
    /// All other sources that offer it.
    pub also_in: Vec<Id>,
    /// Its first author.
    pub author: Option<String>,
    /// What it says of itself, in plain words, shortened.
    pub summary: Option<String>,
    /// What it is filed under.
    pub tags: Vec<String>,
    /// Its own date, if that can be true; else when it was seen first.
    pub date: Timestamp,
    /// When it was seen first.
    pub first_seen: Timestamp,
    /// How many words came with it.
    pub words: usize,
    /// The key of the candidate that says nearly the same and is shown first; its own, if there is none.
    pub group: String,
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
        }
    });
    sights.collect()
}

/// The longest summary that is shown, in words: enough to decide whether to open it.
const SUMMARY_WORDS: usize = 60;

/// What waits for somebody to look at it: items that were offered, are not older than their sources allow, and
/// were not picked. The same item of several sources is one, with all of them; what says nearly the same stands
/// together. Newest first.
pub fn candidates(given: &[Given], seen: &Seen, picked: &[&str], now: Timestamp) -> Vec<Candidate> {
    let picked: BTreeSet<String> = picked
        .iter()
        .filter_map(|address| Some(sum("address", "", &canonical(address)?)))
        .collect();
    let mut found: Vec<Vec<(Item, &Sight)>> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for item in given.iter().flat_map(items) {
        let Some(sight) = seen.find(&item.key, item.id.as_deref()) else {
            continue;
        };
        let waits = sight.verdict == Verdict::Offered
            && !picked.contains(&item.key)
            && !picked.contains(&sight.key);
        if waits {
            let place = *places.entry(&sight.key).or_insert(found.len());
            if place == found.len() {
                found.push(Vec::new());
            }
            found[place].push((item, sight));
        }
    }
    let mut all: Vec<Candidate> = found
        .iter()
        .filter_map(|items| candidate(items, now))
        .collect();
    // Of one date, as sources and feeds have them.
    all.sort_by_key(|candidate| std::cmp::Reverse(candidate.date));
    together(all)
}

/// What says nearly the same stands together, where the newest of it stands.
fn together(mut all: Vec<Candidate>) -> Vec<Candidate> {
    let first = group::groups(&all);
    let keys: Vec<String> = first.iter().map(|first| all[*first].key.clone()).collect();
    for (candidate, key) in all.iter_mut().zip(keys) {
        candidate.group = key;
    }
    let mut placed: Vec<(usize, Candidate)> = first.into_iter().zip(all).collect();
    placed.sort_by_key(|(first, _)| *first);
    placed.into_iter().map(|(_, candidate)| candidate).collect()
}

/// One candidate out of all that offer it.
fn candidate(items: &[(Item, &Sight)], now: Timestamp) -> Option<Candidate> {
    let most = items.iter().map(|(item, _)| item.source.trust).max()?;
    let (item, sight) = items.iter().find(|(item, _)| item.source.trust == most)?;
    let date = date_of(item.entry, sight.first_seen);
    if now.duration_since(date) > item.source.max_age {
        return None;
    }
    let mut also_in: Vec<Id> = Vec::new();
    for (other, _) in items {
        if other.source.id != item.source.id && !also_in.contains(&other.source.id) {
            also_in.push(other.source.id.clone());
        }
    }
    let link = item.entry.link.as_deref().and_then(clean);
    let title = match plain(&item.entry.title) {
        title if title.is_empty() => link.clone().unwrap_or_default(),
        title => title,
    };
    Some(Candidate {
        key: sight.key.clone(),
        title,
        link,
        source: item.source.id.clone(),
        also_in,
        author: item.entry.author.as_deref().map(plain),
        summary: item
            .entry
            .summary
            .as_deref()
            .map(|text| shortened(&plain(text))),
        tags: item.entry.tags.iter().map(|tag| plain(tag)).collect(),
        date,
        first_seen: sight.first_seen,
        words: item.entry.words,
        group: sight.key.clone(),
    })
}

/// A stranger's words on one line, without characters that turn the line round or that a terminal would obey.
fn plain(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let good = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let good: String = good.filter(|c| !turns(*c)).collect();
    good.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.len() > SUMMARY_WORDS {
        true => format!("{} …", words[..SUMMARY_WORDS].join(" ")),
        false => words.join(" "),
    }
}
