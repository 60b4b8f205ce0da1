//! What is published, read back from its files alone: the feeds that its list names, its ledger, its status.
//!
//! `rules` says what of it some reader would take wrongly, `compare` what subscribers would see of another state of it.
//! Whoever calls fetches the files, from a folder or from a host.

mod compare;
mod dates;
mod rules;

pub use compare::{Changed, Comparison, Item, Moved, Sees, compare};
pub use dates::{Entry, entries};
pub use rules::{Found, RULES, Rule};

use crate::consumer::{self, Issue};
use crate::formats::{ledger, status};
use crate::model::Ledger;
use std::collections::BTreeMap;

/// One file as it was got.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Got {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What its host said of it, in small letters; none for a file in a folder.
    pub headers: Option<Vec<(String, String)>>,
}

impl Got {
    /// What the host said under a name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter().flatten();
        let found = headers.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Files by their path below a site's root.
pub type Files = BTreeMap<String, Got>;

/// The list of all feeds.
pub const LIST: &str = "feeds.opml";
/// For search engines, and for calendars that ask it.
pub const ROBOTS: &str = "robots.txt";
/// The front page.
pub const FRONT: &str = "index.html";

/// What is got first: it names the rest.
pub const FIRST: &[&str] = &[LIST, ledger::FILE, status::FILE, ROBOTS, FRONT];

/// The feeds and calendars that a list names.
pub fn named(list: Option<&Got>) -> Vec<String> {
    let list = list.and_then(|list| consumer::list(&list.bytes).ok());
    let list = list.unwrap_or_default();
    let base = base(&list);
    let paths = list.iter().filter_map(|(feed, _)| feed.strip_prefix(base));
    paths
        .flat_map(|path| [path.to_owned(), beside(path, CALENDAR)])
        .collect()
}

const CALENDAR: &str = "calendar.ics";

/// A file beside a feed.
fn beside(feed: &str, file: &str) -> String {
    let folder = feed.rfind('/').map_or("", |at| &feed[..=at]);
    format!("{folder}{file}")
}

/// Where the site is: its own feed stands first in its list.
fn base(list: &[(String, String)]) -> &str {
    list.first().map_or("", |(_, page)| page)
}

/// A site as it stands somewhere.
#[derive(Debug, Default)]
pub struct Published {
    /// Its id, if its status tells.
    pub site: String,
    /// The address of its front page.
    pub base: String,
    /// The feeds that its list names and that are there.
    pub feeds: Vec<Feed>,
    /// The feeds that its list names and that are not.
    pub missing: Vec<String>,
    /// What was released, or why that cannot be read; none if there is none.
    pub ledger: Option<Result<Ledger, String>>,
    /// What was published last and is due next.
    pub status: Option<Result<status::Status, String>>,
    /// All files.
    pub files: Files,
}

/// A feed.
#[derive(Debug)]
pub struct Feed {
    /// Below the site's root.
    pub path: String,
    /// What stands in it, or why nobody sees a feed there.
    pub issue: Result<Issue, String>,
}

impl Published {
    /// Reads a site from its files.
    pub fn read(files: Files) -> Self {
        let status = files.get(status::FILE).map(|got| status::read(&got.bytes));
        let site = match &status {
            Some(Ok(status)) => status.site.clone(),
            _ => String::new(),
        };
        let ledger = files.get(ledger::FILE);
        let ledger = ledger.map(|got| ledger::read(&site, &got.bytes));
        let list = files.get(LIST);
        let list = list.and_then(|list| consumer::list(&list.bytes).ok());
        let list = list.unwrap_or_default();
        let base = base(&list).to_owned();
        let (mut feeds, mut missing) = (Vec::new(), Vec::new());
        for (address, _) in &list {
            let path = address.strip_prefix(&base).unwrap_or(address);
            match files.get(path) {
                Some(got) => feeds.push(Feed {
                    path: path.to_owned(),
                    issue: consumer::read(&got.bytes),
                }),
                None => missing.push(path.to_owned()),
            }
        }
        Self {
            site,
            base,
            feeds,
            missing,
            ledger,
            status,
            files,
        }
    }

    /// The feeds in which something can be read.
    pub fn readable(&self) -> impl Iterator<Item = (&str, &Issue)> {
        self.feeds.iter().filter_map(|feed| {
            let issue = feed.issue.as_ref().ok()?;
            Some((feed.path.as_str(), issue))
        })
    }

    /// What the calendar beside a feed holds.
    pub fn calendar(&self, feed: &str) -> BTreeMap<String, Entry> {
        let got = self.files.get(&beside(feed, CALENDAR));
        got.map(|got| entries(&got.bytes)).unwrap_or_default()
    }
}
