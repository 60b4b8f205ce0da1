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
    /// The instant from which it is no longer shown: the first of its last day, on the site's clock.
    pub fn gone(&self, site: &Site) -> Timestamp {
        instant(self.expires, Time::midnight(), &site.zone).0
    }
}

/// Whether two topics are the same to people: case and spaces at the ends say nothing.
pub fn same_topic(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
