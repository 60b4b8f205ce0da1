//! The ledger: the truth about what has been released. An input and an output of the build.

use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What subscribers were shown, and must be shown for as long as the entry stands in a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frozen {
    /// The title.
    pub title: String,
    /// Plain text.
    pub summary: String,
    /// Address of the picture, if there was one.
    pub image: Option<String>,
    /// BCP 47 tag of the words, if they are not in the site's language.
    pub language: Option<String>,
    /// Those topics of the site that it is about, by their ids.
    pub topics: Vec<String>,
}

/// The names of the two entries that stand in a run's and a channel's feed for ever, below what they are about. They are
/// in no ledger, and no activity is called so: ids begin with a letter or digit.
pub const ABOUT: &str = "_about";
/// How to join.
pub const JOIN: &str = "_join";

/// Whether an id, however it begins, is that of an entry that stands for ever.
pub fn is_evergreen(id: &str) -> bool {
    let name = id.rsplit('/').next();
    name == Some(ABOUT) || name == Some(JOIN)
}

/// One released item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The instant it was due.
    pub due: Timestamp,
    /// When it was first published; none for a past item of a run that joined late, which has a page
    /// and no entry in feeds.
    pub stamp: Option<Timestamp>,
    /// When it was last published; the stamp, unless it was republished.
    pub updated: Option<Timestamp>,
    /// How often somebody decided to publish it anew.
    pub republished: u32,
    /// Absolute link of the first publication.
    pub link: String,
    /// What was drawn: an activity's, prompt's, pick's or session's id.
    pub drawn: Arc<str>,
    /// What feeds show.
    pub frozen: Frozen,
    /// The day it was withdrawn, if it was.
    pub withdrawn: Option<Date>,
}

impl Entry {
    /// Whether it says what it said before, as far as it must.
    fn follows(&self, was: &Entry) -> bool {
        let fixed = (self.due, self.stamp, &self.link) == (was.due, was.stamp, &was.link);
        let said = (self.updated, self.republished, &self.frozen)
            == (was.updated, was.republished, &was.frozen);
        let anew = self.republished > was.republished && self.updated > was.updated;
        let withdrawn = was.withdrawn.is_none() || self.withdrawn == was.withdrawn;
        fixed && withdrawn && (anew || said)
    }
}

/// What a ledger may not do to the one that is published. With each go the ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip<'a> {
    /// It does not count on from it: its serial, and the published one.
    Behind(u64, u64),
    /// It does not know what was released.
    Lost(Vec<&'a str>),
    /// It says something else of what was released.
    Changed(Vec<&'a str>),
    /// What is new in it was stamped before the newest that is published.
    Early(Vec<&'a str>),
}

/// All entries of a site, by `<run>/<key>`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Counts the builds that changed it.
    pub serial: u64,
    /// The oldest stamp that may stand in each feed, by the feed's path: what left a feed never comes back.
    pub since: BTreeMap<String, Timestamp>,
    /// The entries; shared, because most are the same before and after.
    pub entries: BTreeMap<String, Arc<Entry>>,
}

impl Ledger {
    /// The newest stamp ever given, to something new or anew.
    pub fn last_stamp(&self) -> Option<Timestamp> {
        let entries = self.entries.values();
        entries
            .filter_map(|entry| entry.stamp.max(entry.updated))
            .max()
    }

    /// What this ledger did that none may do to the one it follows, which subscribers have seen.
    pub fn slips_after<'a>(&'a self, published: &'a Ledger) -> Vec<Slip<'a>> {
        if self == published {
            return Vec::new();
        }
        let last = published.last_stamp();
        let (mut lost, mut changed, mut early) = (Vec::new(), Vec::new(), Vec::new());
        for (id, was) in &published.entries {
            match self.entries.get(id) {
                None => lost.push(id.as_str()),
                Some(is) if !is.follows(was) => changed.push(id.as_str()),
                Some(_) => {}
            }
        }
        for (id, entry) in &self.entries {
            if !published.entries.contains_key(id) && entry.stamp.is_some() && entry.stamp <= last {
                early.push(id.as_str());
            }
        }
        let behind = self.serial <= published.serial;
        let behind = behind.then_some(Slip::Behind(self.serial, published.serial));
        let named = [
            (Slip::Lost as fn(_) -> _, lost),
            (Slip::Changed, changed),
            (Slip::Early, early),
        ];
        let named = named.into_iter().filter(|(_, ids)| !ids.is_empty());
        let named = named.map(|(slip, ids)| slip(ids));
        behind.into_iter().chain(named).collect()
    }

    /// Nothing was ever released.
    pub fn is_fresh(&self) -> bool {
        self.serial == 0
    }
}
