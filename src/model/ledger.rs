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
    /// Absolute link of the first publication.
    pub link: String,
    /// What was drawn: an activity's, prompt's, pick's or session's id.
    pub drawn: Arc<str>,
    /// What feeds show.
    pub frozen: Frozen,
    /// The day it was withdrawn, if it was.
    pub withdrawn: Option<Date>,
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
    /// The newest stamp ever given.
    pub fn last_stamp(&self) -> Option<Timestamp> {
        self.entries.values().filter_map(|entry| entry.stamp).max()
    }

    /// Nothing was ever released.
    pub fn is_fresh(&self) -> bool {
        self.serial == 0
    }
}
