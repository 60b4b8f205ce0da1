//! People cards: a handle, what somebody offers and asks, and until when they agreed to be shown. No
//! names, no lives.

use super::{Id, Site};
use crate::document::Source;
use crate::schedule::instant;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use std::ops::Range;
use std::sync::Arc;

/// One card.
#[derive(Debug, Clone)]
pub struct Card {
    /// The name by which the network knows them.
    pub handle: Id,
    /// The day on which they agreed to be shown.
    pub consent: Date,
    /// The day from which the card is no longer shown.
    pub expires: Date,
    /// What they offer, by topic.
    pub offers: Vec<String>,
    /// What they ask for, by topic.
    pub asks: Vec<String>,
    /// The languages they speak.
    pub languages: Vec<String>,
    /// IANA name of their zone.
    pub zone: Option<String>,
    /// With how many people they talk at a time.
    pub capacity: Option<u32>,
    /// Their profile in the network.
    pub link: Option<String>,
    /// Its file.
    pub origin: Arc<Source>,
    /// Where the value of `expires` stands.
    pub expires_at: Range<usize>,
    /// Where the value of `asks` stands, if there is one.
    pub asks_at: Range<usize>,
}

impl Card {
    /// When whoever put it up should be asked whether they want to go on, in days before it lapses.
    pub const RENEW: i64 = 30;

    /// The instant from which it is no longer shown: the first of its last day, on the site's clock.
    pub fn gone(&self, site: &Site) -> Timestamp {
        instant(self.expires, Time::midnight(), &site.zone).0
    }
}

/// People who were introduced to each other: a row of `people/introductions.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduced {
    /// The day of the round.
    pub on: Date,
    /// The run that brought them together.
    pub run: Id,
    /// Their handles, two or more.
    pub people: Vec<Id>,
}

/// How a kind introduces people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounds {
    /// What its occurrences draw.
    pub drawn: &'static str,
    /// Within so many rounds no two people meet again.
    pub apart: usize,
}

/// Whether two topics are the same to people: case and spaces at the ends say nothing.
pub fn same_topic(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// What people agree to who put up a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// What is shown of them, and for what.
    pub statement: String,
    /// How they take it back.
    pub withdraw: String,
    /// Whether the run shows a board of their offers and asks.
    pub board: bool,
}
