//! What the sources offer at a moment: what waits for somebody to look at it, and what was judged and comes again.

use super::{Given, Item, canonical, clean, date_of, group, items, plain, sum};
use crate::model::{Id, Seen, Sight, Verdict};
use crate::reader::Entry;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// An item that waits for somebody to look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The line about it in the ledger.
    pub sight: Sight,
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
    /// How many words came with it.
    pub words: usize,
    /// What people do with it: read, watch or listen.
    pub format: &'static str,
    /// The key of the candidate that says nearly the same and is shown first; its own, if there is none.
    pub group: String,
    /// What says nearly the same and was judged already.
    pub like: Option<Back>,
}

impl Candidate {
    /// What it is known by in the ledger.
    pub fn key(&self) -> &str {
        &self.sight.key
    }

    /// Whether somebody looked at it, and wants to see it again.
    pub fn is_later(&self) -> bool {
        self.sight.verdict == Verdict::Later
    }
}

/// An item that was judged, and stands in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    /// Its title; its address, if it has none.
    pub title: String,
    /// Where it leads.
    pub link: Option<String>,
    /// The source that brings it.
    pub source: Id,
    /// Its date there.
    pub date: Timestamp,
    /// The line about it in the ledger.
    pub sight: Sight,
}

impl Back {
    /// `seen, rejected 2026-02-14: too basic`, on the site's clock.
    pub fn said(&self, zone: &TimeZone) -> String {
        let Sight {
            verdict,
            reason,
            judged,
            ..
        } = &self.sight;
        let mut said = format!("seen, {}", verdict.word());
        if let Some(judged) = judged {
            let day = judged.to_zoned_datetime(zone.clone()).date();
            said.push_str(&format!(" {day}"));
        }
        match reason {
            Some(reason) if *verdict == Verdict::Rejected => format!("{said}: {reason}"),
            _ => said,
        }
    }
}

/// What the sources offer at a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offered {
    /// What waits for somebody to look at it.
    pub waiting: Vec<Candidate>,
    /// What was judged, and comes again.
    pub back: Vec<Back>,
}

/// How long a judgement is remembered to whoever meets the item again.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(180 * 24);

/// What waits for somebody to look at it: items that were offered, are not older than their sources allow, and
/// were not picked; and those that somebody keeps for later. The same item of several sources is one, with all of
/// them; what says nearly the same stands together. Newest first. And what comes again although it was judged.
pub fn candidates(given: &[Given], seen: &Seen, picked: &[&str], now: Timestamp) -> Offered {
    let picked: BTreeSet<String> = picked
        .iter()
        .filter_map(|address| key_of(address))
        .collect();
    let mut found: Vec<(Sight, Vec<Item>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for item in given.iter().flat_map(items) {
        let Some(sight) = seen.find(&item.key, item.id.as_deref()) else {
            continue;
        };
        let place = *places.entry(&sight.key).or_insert(found.len());
        if place == found.len() {
            found.push((sight.clone(), Vec::new()));
        }
        let (sight, items) = &mut found[place];
        if picked.contains(&item.key) || picked.contains(&sight.key) {
            sight.verdict = Verdict::Picked;
        }
        items.push(item);
    }
    let mut all: Vec<Candidate> = Vec::new();
    let mut back: Vec<Back> = Vec::new();
    for (sight, items) in &found {
        let Some((candidate, is_old)) = candidate(sight, items, now) else {
            continue;
        };
        let is_shown = match sight.verdict {
            Verdict::PassedOver => false,
            Verdict::Offered => !is_old,
            Verdict::Later => true,
            Verdict::Proposed | Verdict::Rejected | Verdict::Picked => {
                back.extend(comes_again(sight, items, now));
                let judged = sight.judged.unwrap_or(now);
                now.duration_since(judged) <= REMEMBERED
            }
        };
        if is_shown {
            all.push(candidate);
        }
    }
    // Of one date, as sources and feeds have them.
    all.sort_by_key(|candidate| std::cmp::Reverse(candidate.date));
    back.sort_by_key(|back| std::cmp::Reverse(back.date));
    Offered {
        waiting: together(all),
        back,
    }
}

/// The key of what stands at an address; none if it is no web address.
fn key_of(address: &str) -> Option<String> {
    Some(sum("address", "", &canonical(address)?))
}

/// What is to be added to the ledger about proposals whose drafts are gone: somebody decided against them. Picks are
/// given as id and address.
pub fn dropped(seen: &Seen, picks: &[(&Id, &str)], now: Timestamp) -> Vec<Sight> {
    let ids: BTreeSet<&str> = picks.iter().map(|(id, _)| id.as_str()).collect();
    let addresses = picks.iter().filter_map(|(_, address)| key_of(address));
    let addresses: BTreeSet<String> = addresses.collect();
    let proposed = seen.sights().filter(|s| s.verdict == Verdict::Proposed);
    let gone = proposed.filter(|sight| {
        let draft = sight.reason.as_deref().unwrap_or("");
        !ids.contains(draft) && !addresses.contains(&sight.key)
    });
    let reason = Some("taken out of the proposal");
    gone.map(|sight| sight.judged(Verdict::Rejected, reason, now))
        .collect()
}

/// Where an item stands that was judged and is dated later than that; or, without a date, where another source has it.
fn comes_again(sight: &Sight, items: &[Item], now: Timestamp) -> Option<Back> {
    let judged = sight.judged?;
    if now.duration_since(judged) > REMEMBERED {
        return None;
    }
    let again = items.iter().find(|item| match item.entry.date {
        Some(date) => (judged..=now).contains(&date),
        None => item.source.id != sight.source,
    })?;
    Some(Back {
        title: title_of(again),
        link: again.entry.link.as_deref().and_then(clean),
        source: again.source.id.clone(),
        date: date_of(again.entry, now),
        sight: sight.clone(),
    })
}

/// What waits, and of that what says nearly the same together, where the newest of it stands. What was judged only
/// says so to what is like it.
fn together(all: Vec<Candidate>) -> Vec<Candidate> {
    let waits = |c: &Candidate| matches!(c.sight.verdict, Verdict::Offered | Verdict::Later);
    let groups = group::groups(&all);
    let mut first: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    let mut judged: BTreeMap<usize, Back> = BTreeMap::new();
    for (at, (candidate, group)) in all.iter().zip(&groups).enumerate() {
        if waits(candidate) {
            first
                .entry(*group)
                .or_insert_with(|| (at, candidate.key().to_owned()));
        } else {
            judged.entry(*group).or_insert_with(|| Back {
                title: candidate.title.clone(),
                link: candidate.link.clone(),
                source: candidate.source.clone(),
                date: candidate.date,
                sight: candidate.sight.clone(),
            });
        }
    }
    let mut placed: Vec<(usize, Candidate)> = Vec::new();
    for (mut candidate, group) in all.into_iter().zip(groups) {
        if let Some((at, key)) = first.get(&group).filter(|_| waits(&candidate)) {
            candidate.group.clone_from(key);
            candidate.like = judged.get(&group).cloned();
            placed.push((*at, candidate));
        }
    }
    placed.sort_by_key(|(first, _)| *first);
    placed.into_iter().map(|(_, candidate)| candidate).collect()
}

/// One candidate out of all that offer it, and whether it is older than its source allows.
fn candidate(sight: &Sight, items: &[Item], now: Timestamp) -> Option<(Candidate, bool)> {
    let most = items.iter().map(|item| item.source.trust).max()?;
    let item = items.iter().find(|item| item.source.trust == most)?;
    let date = date_of(item.entry, sight.first_seen);
    let mut also_in: Vec<Id> = Vec::new();
    for other in items {
        if other.source.id != item.source.id && !also_in.contains(&other.source.id) {
            also_in.push(other.source.id.clone());
        }
    }
    let summary = item.entry.summary.as_deref();
    let candidate = Candidate {
        sight: sight.clone(),
        title: title_of(item),
        link: item.entry.link.as_deref().and_then(clean),
        source: item.source.id.clone(),
        also_in,
        author: item.entry.author.as_deref().map(plain),
        summary: summary.map(|text| shortened(&plain(text))),
        tags: item.entry.tags.iter().map(|tag| plain(tag)).collect(),
        date,
        words: item.entry.words,
        format: format_of(item.entry),
        group: sight.key.clone(),
        like: None,
    };
    Some((candidate, now.duration_since(date) > item.source.max_age))
}

/// The title of an item; its address, if it has none.
fn title_of(item: &Item) -> String {
    match plain(&item.entry.title) {
        title if title.is_empty() => {
            let link = item.entry.link.as_deref();
            link.and_then(clean).unwrap_or_default()
        }
        title => title,
    }
}

/// What people do with an entry, by what lies beside it.
fn format_of(entry: &Entry) -> &'static str {
    let mut types = entry
        .enclosures
        .iter()
        .filter_map(|e| e.media_type.as_deref());
    types
        .find_map(|media| match media.split('/').next() {
            Some("audio") => Some("listen"),
            Some("video") => Some("watch"),
            _ => None,
        })
        .unwrap_or("read")
}

/// The longest summary that is shown, in words: enough to decide whether to open it.
const SUMMARY_WORDS: usize = 60;

fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.len() > SUMMARY_WORDS {
        true => format!("{} …", words[..SUMMARY_WORDS].join(" ")),
        false => words.join(" "),
    }
}
