//! Two states of a site: what subscribers would see if the second were published after the first.

use super::{Entry, Published};
use crate::consumer::{self, Forecast, Issue};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What is different.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The items that differ, each once, with the feeds in which they do.
    pub items: Vec<Item>,
    /// What consumers make of it: only feeds in which anything would happen.
    pub sees: Vec<Sees>,
    /// Events that differ in calendars, each once.
    pub moved: Vec<Moved>,
    /// For a calendar of one run whose last entry is on another day: the feed beside it, the day before and after.
    pub ends: Vec<(String, String, String)>,
    /// Feeds that are new.
    pub new_feeds: Vec<String>,
    /// Feeds that would be gone: whoever subscribed gets nothing any more.
    pub gone_feeds: Vec<String>,
}

/// How an item differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    /// It was not there.
    New,
    /// Its words or its link are others, though it was out.
    Changed,
    /// It has another date, though it was out.
    Redated,
    /// It was published again on purpose.
    Republished,
    /// It is not there any more.
    Withdrawn,
}

impl Changed {
    /// All of them, in the order in which they are told.
    pub const ALL: [Changed; 5] = [
        Changed::New,
        Changed::Changed,
        Changed::Redated,
        Changed::Republished,
        Changed::Withdrawn,
    ];

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Changed::New => "new",
            Changed::Changed => "changed after release",
            Changed::Redated => "re-dated",
            Changed::Republished => "published again",
            Changed::Withdrawn => "withdrawn",
        }
    }
}

/// An item that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// How.
    pub how: Changed,
    /// What it is known by.
    pub id: String,
    /// What it is called now.
    pub title: String,
    /// In which feeds.
    pub feeds: Vec<String>,
}

/// What one consumer would make of one feed.
#[derive(Debug, PartialEq, Eq)]
pub struct Sees {
    /// The feed.
    pub feed: String,
    /// The consumer's id.
    pub consumer: &'static str,
    /// Titles that it would show as new.
    pub posts: Vec<String>,
    /// Titles of new items that it would not show.
    pub skips: Vec<String>,
    /// Titles that it would show a second time.
    pub repeats: Vec<String>,
    /// Titles that it would write anew where they stand.
    pub revises: Vec<String>,
}

/// An event of a calendar that differs.
#[derive(Debug, PartialEq, Eq)]
pub struct Moved {
    /// As it was; none for a new one.
    pub before: Option<Entry>,
    /// As it will be; none for one that is gone.
    pub after: Option<Entry>,
}

/// Compares two states of a site at a moment.
pub fn compare(old: &Published, new: &Published, now: Timestamp) -> Comparison {
    let mut found = Comparison::default();
    let before: BTreeMap<&str, &Issue> = old.readable().collect();
    let after: BTreeMap<&str, &Issue> = new.readable().collect();
    let only = |here: &BTreeMap<&str, &Issue>, there: &BTreeMap<&str, &Issue>| {
        let paths = here.keys().filter(|path| !there.contains_key(**path));
        paths.map(|path| (*path).to_owned()).collect()
    };
    found.new_feeds = only(&after, &before);
    found.gone_feeds = only(&before, &after);
    let withdrawn = withdrawn(new);
    let mut items: BTreeMap<(Changed, String), Item> = BTreeMap::new();
    for (path, new_issue) in &after {
        let Some(old_issue) = before.get(path) else {
            continue;
        };
        for (how, id, title) in differences(old_issue, new_issue, &withdrawn) {
            let item = items.entry((how, id.clone())).or_insert(Item {
                how,
                id,
                title,
                feeds: Vec::new(),
            });
            item.feeds.push((*path).to_owned());
        }
        if old_issue != new_issue {
            found.sees.extend(sees(path, old_issue, new_issue, now));
        }
    }
    found.items = items.into_values().collect();
    calendars(old, new, &mut found);
    found
}

/// The ids that a ledger says are withdrawn, as they end in feeds; none without a ledger.
fn withdrawn(site: &Published) -> Option<BTreeSet<String>> {
    let Some(Ok(ledger)) = &site.ledger else {
        return None;
    };
    let gone = ledger
        .entries
        .iter()
        .filter(|(_, entry)| entry.withdrawn.is_some());
    Some(gone.map(|(id, _)| format!("{}/{id}", site.site)).collect())
}

fn differences(
    old: &Issue,
    new: &Issue,
    withdrawn: &Option<BTreeSet<String>>,
) -> Vec<(Changed, String, String)> {
    let by_id = |issue: &'_ Issue| -> BTreeMap<String, usize> {
        let ids = issue.items.iter().enumerate();
        ids.filter_map(|(index, item)| Some((item.id.clone()?, index)))
            .collect()
    };
    let (before, after) = (by_id(old), by_id(new));
    let mut found = Vec::new();
    for (id, at) in &after {
        let item = &new.items[*at];
        let how = match before.get(id).map(|at| &old.items[*at]) {
            None => Changed::New,
            Some(was) if was.written != item.written => Changed::Redated,
            Some(was) if was.updated != item.updated => Changed::Republished,
            Some(was)
                if (&was.title, &was.text, &was.link) != (&item.title, &item.text, &item.link) =>
            {
                Changed::Changed
            }
            Some(_) => continue,
        };
        found.push((how, id.clone(), item.title.clone()));
    }
    // What is too old for the feed leaves it quietly.
    let oldest = new.items.iter().filter_map(|item| item.at).min();
    for (id, at) in before.iter().filter(|(id, _)| !after.contains_key(*id)) {
        let item = &old.items[*at];
        let gone = match withdrawn {
            Some(withdrawn) => {
                let (_, known) = id.rsplit_once(':').unwrap_or_default();
                withdrawn.contains(known)
            }
            None => oldest.is_none() || item.at > oldest,
        };
        if gone {
            found.push((Changed::Withdrawn, id.clone(), item.title.clone()));
        }
    }
    found
}

fn sees(path: &str, old: &Issue, new: &Issue, now: Timestamp) -> Vec<Sees> {
    let sees = consumer::real().map(|consumer| {
        let forecast: Forecast = consumer::after(consumer, old, new, now);
        let titles = |of: &[usize]| {
            of.iter()
                .map(|index| new.items[*index].title.clone())
                .collect()
        };
        Sees {
            feed: path.to_owned(),
            consumer: consumer.id,
            posts: titles(&forecast.posts),
            skips: titles(&forecast.skips),
            repeats: titles(&forecast.repeats),
            revises: titles(&forecast.revises),
        }
    });
    let nothing = |sees: &Sees| {
        let all = [&sees.posts, &sees.skips, &sees.repeats, &sees.revises];
        all.iter().all(|titles| titles.is_empty())
    };
    sees.filter(|sees| !nothing(sees)).collect()
}

/// What moved in calendars. The last day counts for those of one run alone: the others have many ends.
fn calendars(old: &Published, new: &Published, found: &mut Comparison) {
    let mut told: BTreeSet<String> = BTreeSet::new();
    for (path, _) in new.readable() {
        let (before, after) = (old.calendar(path), new.calendar(path));
        let uids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for uid in uids {
            let (was, is) = (before.get(uid), after.get(uid));
            let same = match (was, is) {
                (Some(was), Some(is)) => (&was.starts, was.cancelled) == (&is.starts, is.cancelled),
                _ => false,
            };
            if !same && told.insert(uid.clone()) {
                found.moved.push(Moved {
                    before: was.cloned(),
                    after: is.cloned(),
                });
            }
        }
        // A rhythm without an end reaches further every day; that is no news.
        let on_other_days = before
            .iter()
            .any(|(uid, was)| after.get(uid).is_some_and(|is| is.starts != was.starts));
        let last = |entries: &BTreeMap<String, Entry>| {
            let last = entries.values().filter(|entry| !entry.cancelled);
            last.max_by(|a, b| a.starts.cmp(&b.starts)).map(Entry::when)
        };
        let of_one_run = path.matches('/').count() == 1;
        if let (Some(was), Some(is)) = (last(&before), last(&after))
            && was != is
            && of_one_run
            && on_other_days
        {
            found.ends.push((path.to_owned(), was, is));
        }
    }
}
