//! Sources: the feeds a curator keeps an eye on, each with a reason. Nothing here is for the public but
//! the title, which a released pick names.

use super::Id;
use crate::document;
use jiff::SignedDuration;
use jiff::civil::Date;
use std::ops::Range;
use std::sync::Arc;

/// The sources of a site, in the order of their file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sources {
    /// All of them.
    pub list: Vec<Source>,
    /// Their file.
    pub origin: Arc<document::Source>,
}

/// One source of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its id, unique on the site; picks name it.
    pub id: Id,
    /// Its name, as pages show it beside a pick.
    pub title: String,
    /// The address of its feed. A source without one is read by hand.
    pub feed: Option<String>,
    /// The address people visit.
    pub site: Option<String>,
    /// Why the curator listens to it.
    pub why_trusted: String,
    /// What it mostly writes about.
    pub topics: Vec<String>,
    /// BCP 47 tag, if it differs from the site's.
    pub language: Option<String>,
    /// How much its word counts, 1 to 5.
    pub trust: u32,
    /// One of [`Source::KINDS`].
    pub kind: Option<&'static str>,
    /// One of [`Source::STANCES`]: what its items mostly do to what people here believe.
    pub stance: Option<&'static str>,
    /// How many of its items are looked at in one sitting.
    pub max_per_run: u32,
    /// How old an item may be.
    pub max_age: SignedDuration,
    /// How many items are looked at when it is read for the first time.
    pub newest_on_first_sight: u32,
    /// Only items with one of these words.
    pub include: Vec<String>,
    /// No item with any of these words.
    pub exclude: Vec<String>,
    /// Whether readers have to pay.
    pub paywall: bool,
    /// What its licence allows.
    pub licence: Option<String>,
    /// It is left alone before this day.
    pub paused_until: Option<Date>,
    /// Who looks after it, such as `role:curator`.
    pub owner: Option<String>,
    /// The day by which somebody asks whether it is still worth it.
    pub review_by: Option<Date>,
    /// Whether it is inside the house, where only learnflow on that network can reach it.
    pub internal: bool,
    /// Where its feed's address stands in the file.
    pub feed_at: Range<usize>,
}

impl Source {
    /// The words for `kind`.
    pub const KINDS: &[&str] = &["news", "practice", "research", "people", "internal"];
    /// The words for `stance`, the same as a pick's.
    pub const STANCES: &[&str] = &["supports", "challenges", "reports"];
    /// Whether our own people speak in it.
    pub fn is_own(&self) -> bool {
        self.internal || self.kind == Some("internal")
    }

    /// Trust that nobody stated: the middle.
    pub const TRUST: u32 = 3;
    /// More than this from one source in one sitting and the others drown.
    pub const MAX_PER_RUN: u32 = 20;
    /// Three weeks: what is older was seen elsewhere.
    pub const MAX_AGE: SignedDuration = SignedDuration::from_hours(21 * 24);
    /// A new source introduces itself with a few items, not with its archive.
    pub const FIRST_SIGHT: u32 = 3;
}

/// Whether an address may be published and asked as it is.
pub fn good_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
    })
}

/// What two addresses of one feed have in common: neither the scheme nor a last slash makes another feed.
pub fn same_feed(address: &str) -> String {
    let Ok(mut url) = url::Url::parse(address) else {
        return address.to_owned();
    };
    url.set_fragment(None);
    let text = url.to_string();
    let text = text
        .split_once("://")
        .map_or(text.as_str(), |(_, rest)| rest);
    text.trim_end_matches('/').to_owned()
}
