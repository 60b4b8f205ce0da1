//! What was seen of the sources, and what came of it: the memory of curation.

use super::Id;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What came of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nobody needs to look at it: too old, too many, filtered out.
    PassedOver,
    /// It waits for somebody to look at it.
    Offered,
    /// Somebody looked at it, and wants to see it again.
    Later,
    /// It lies in a request as a draft, or did.
    Proposed,
    /// Somebody decided against it.
    Rejected,
    /// Somebody decided for it.
    Picked,
}

impl Verdict {
    /// Every verdict by its word.
    pub const WORDS: &[(&str, Verdict)] = &[
        ("offered", Verdict::Offered),
        ("passed-over", Verdict::PassedOver),
        ("later", Verdict::Later),
        ("proposed", Verdict::Proposed),
        ("rejected", Verdict::Rejected),
        ("picked", Verdict::Picked),
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(_, verdict)| *verdict == self);
        found.map_or("", |(word, _)| word)
    }
}

/// An item that was seen: one line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// What it is known by: a sum over its address, or over what stands in for one.
    pub key: String,
    /// A sum over the id that its source gives it.
    pub id: Option<String>,
    /// When it was seen first.
    pub first_seen: Timestamp,
    /// Where it was seen first.
    pub source: Id,
    /// What came of it.
    pub verdict: Verdict,
    /// Why, if it was passed over or rejected; of a proposal the id of its draft.
    pub reason: Option<String>,
    /// When somebody said so; none if nobody looked at it yet.
    pub judged: Option<Timestamp>,
}

impl Sight {
    /// Takes in another line about the same item. The earlier says when it was seen first. What somebody said last wins
    /// over all before it; where nobody said anything, that somebody may still look at it wins over that nobody
    /// needs to. In whatever order lines come, the same comes of it.
    pub fn join(&mut self, other: Sight) {
        let order = |s: &Sight| (s.first_seen, s.source.clone(), s.id.clone());
        let said = |s: &Sight| (s.judged, s.verdict, s.reason.clone());
        let last = said(self).max(said(&other));
        if order(&other) < order(self) {
            *self = other;
        }
        (self.judged, self.verdict, self.reason) = last;
    }
}

/// All that a site's sources were seen to offer: the union of all lines, in whatever order they are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    sights: BTreeMap<String, Sight>,
    ids: BTreeMap<String, String>,
    sources: BTreeSet<Id>,
}

impl Seen {
    /// How the name of a file begins into which others were folded: its lines stand the other way round.
    pub const FOLDED: &str = "folded-";

    /// Adds a line; of two about one item both count ([`Sight::join`]).
    pub fn add(&mut self, sight: Sight) {
        self.sources.insert(sight.source.clone());
        if let Some(id) = &sight.id {
            // Of two keys for one id the smaller, so that the order does not matter.
            let known = self
                .ids
                .entry(id.clone())
                .or_insert_with(|| sight.key.clone());
            if sight.key < *known {
                known.clone_from(&sight.key);
            }
        }
        let Some(known) = self.sights.get_mut(&sight.key) else {
            self.sights.insert(sight.key.clone(), sight);
            return;
        };
        known.join(sight);
    }

    /// The line about an item: by its id, else by its key.
    pub fn find(&self, key: &str, id: Option<&str>) -> Option<&Sight> {
        let by_id = id.and_then(|id| self.ids.get(id));
        let by_id = by_id.and_then(|key| self.sights.get(key));
        by_id.or_else(|| self.sights.get(key))
    }

    /// Whether anything of this source was ever seen first there.
    pub fn knows(&self, source: &Id) -> bool {
        self.sources.contains(source)
    }

    /// The line about each item, in the order of their keys.
    pub fn sights(&self) -> impl Iterator<Item = &Sight> {
        self.sights.values()
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.sights.len()
    }

    /// Whether nothing was ever seen.
    pub fn is_empty(&self) -> bool {
        self.sights.is_empty()
    }
}
