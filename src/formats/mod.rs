//! What is not a page: one file a format, and the table.
//!
//! To add a format of feeds: write `formats/<name>.rs` with one function from a [`Feed`] to bytes, and
//! add a row to [`FORMATS`].

pub mod board;
pub mod digest;
pub mod ledger;
mod rss;
pub mod search;

use crate::visible::Feed;

/// A row of the table.
#[derive(Debug)]
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// What is put in the place of `feed.xml` in a feed's path.
    pub file: &'static str,
    /// RFC 6838.
    pub media_type: &'static str,
    /// A feed to bytes.
    pub write: fn(&Feed) -> Vec<u8>,
}

/// Every format of feeds.
pub static FORMATS: &[Format] = &[Format {
    name: "rss",
    file: "feed.xml",
    media_type: "application/rss+xml",
    write: rss::write,
}];

/// The path of a feed in a format.
pub fn path(feed: &Feed, format: &Format) -> String {
    format!("{}{}", feed.path.trim_end_matches("feed.xml"), format.file)
}
