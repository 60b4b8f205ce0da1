//! What is not a page: one file a format, and the table.
//!
//! To add a format of feeds: write `formats/<name>.rs` with one function from a [`Feed`] to bytes, and
//! add a row to [`FORMATS`].

pub mod board;
pub mod digest;
pub mod ical;
pub mod ledger;
pub mod opml;
pub mod pack;
pub mod rota;
mod rss;
pub mod search;
pub mod seen;
pub mod sources;

use crate::visible::{Feed, Stage, TeamView};

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

/// What of the team's tree is not a page: the calendars of roles and handles, and the posts of runs that are not
/// over. Paths below its root.
pub fn for_team<'v>(view: &'v TeamView) -> impl Iterator<Item = (String, Vec<u8>)> + 'v {
    let rotas = view.roles.iter().chain(&view.people);
    let calendars = rotas.map(|whose| (whose.calendar(), rota::write(whose, view)));
    let ahead = view.runs.iter().filter(|run| run.stage != Stage::Over);
    calendars.chain(ahead.flat_map(|run| pack::write(run, view)))
}
