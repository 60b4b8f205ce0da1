//! Whether what is linked is still there: what was found when somebody asked, and what it comes to.

use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// What was found at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// It is there.
    Well,
    /// It moved for good.
    Moved,
    /// Readers have to pay.
    Paywalled,
    /// It turns programs away; people may be welcome.
    Closed,
    /// It could not be reached.
    Failing,
}

impl Found {
    /// Every one by its word.
    pub const WORDS: &[(&str, Found)] = &[
        ("well", Found::Well),
        ("moved", Found::Moved),
        ("paywalled", Found::Paywalled),
        ("closed", Found::Closed),
        ("failing", Found::Failing),
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// What was found once: one line of the history.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Check {
    /// When somebody asked.
    pub at: Timestamp,
    /// The address.
    pub address: String,
    /// What was found.
    pub found: Found,
    /// Where it moved, or why it could not be reached.
    pub detail: Option<String>,
}

/// All that was found, in whatever order it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    checks: BTreeMap<String, BTreeSet<Check>>,
}

/// How it stands with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing<'a> {
    /// What was found last.
    pub last: &'a Check,
    /// When that was found first, without anything else since.
    pub since: Timestamp,
    /// How often, counted in lines of the history.
    pub times: usize,
}

impl Standing<'_> {
    /// So many failures …
    const FAILURES: usize = 3;
    /// … over so long make it gone: servers are repaired, and holidays end.
    const GRACE: SignedDuration = SignedDuration::from_hours(14 * 24);

    /// Whether nobody needs to hope.
    pub fn is_gone(&self) -> bool {
        self.last.found == Found::Failing
            && self.times >= Self::FAILURES
            && self.last.at.duration_since(self.since) >= Self::GRACE
    }
}

impl Links {
    /// How often something that is gone is written down again: so that `checked on` means something, and no more.
    const AGAIN: SignedDuration = SignedDuration::from_hours(28 * 24);

    /// Adds a line.
    pub fn add(&mut self, check: Check) {
        let address = check.address.clone();
        self.checks.entry(address).or_default().insert(check);
    }

    /// How it stands with an address; none if nothing was ever wrong with it.
    pub fn standing(&self, address: &str) -> Option<Standing<'_>> {
        let checks = self.checks.get(address)?;
        let last = checks.last()?;
        let same = checks.iter().rev().take_while(|c| c.found == last.found);
        let times = same.clone().count();
        Some(Standing {
            since: same.last()?.at,
            last,
            times,
        })
    }

    /// Whether what was found is to be written down: what is well is not, unless it was not. So the history of a healthy
    /// library is empty.
    pub fn is_news(&self, check: &Check) -> bool {
        let Some(standing) = self.standing(&check.address) else {
            return check.found != Found::Well;
        };
        let last = standing.last;
        match check.found {
            Found::Failing if standing.is_gone() => check.at.duration_since(last.at) >= Self::AGAIN,
            Found::Failing => check.at > last.at,
            found => found != last.found || check.detail != last.detail,
        }
    }
}
