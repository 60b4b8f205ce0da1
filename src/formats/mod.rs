//! What is not a page: one file a format, and the table.
//!
//! To add a format of feeds: write `formats/<name>.rs` with one function from a [`Feed`] to bytes, add a row to
//! [`FORMATS`], and name its file in [`plan::TWINS`](crate::plan::TWINS), so that pages link to it.

mod atom;
pub mod board;
pub mod calendar;
pub mod digest;
mod feeds;
pub mod host;
pub mod ical;
mod json_feed;
pub mod ledger;
pub mod links;
pub mod oembed;
pub mod opml;
pub mod pack;
mod robots;
pub mod rota;
mod rss;
pub mod search;
pub mod seen;
mod sitemap;
pub mod sources;
pub mod status;
mod text;

use crate::model::Edge;
use crate::visible::{Feed, Stage, TeamView, View};
use std::iter::once_with;

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
pub static FORMATS: &[Format] = &[
    Format {
        name: "RSS",
        file: "feed.xml",
        media_type: "application/rss+xml",
        write: rss::write,
    },
    Format {
        name: "Atom",
        file: atom::FILE,
        media_type: atom::MEDIA_TYPE,
        write: atom::write,
    },
    Format {
        name: "JSON Feed",
        file: json_feed::FILE,
        media_type: "application/feed+json",
        write: json_feed::write,
    },
];

/// The path of a feed in a format.
pub fn path(feed: &Feed, format: &Format) -> String {
    format!("{}{}", feed.folder(), format.file)
}

/// The address of a file beside a feed's `feed.xml`.
fn beside(feed: &Feed, file: &str) -> String {
    let folder = feed.url.strip_suffix("feed.xml").unwrap_or(&feed.url);
    format!("{folder}{file}")
}

/// What tells of a site as a whole: its pages, its feeds, what was published last. Paths below its root, and bytes,
/// one after the other.
pub fn of_site<'v>(
    view: &'v View,
    edges: &'v [Edge],
) -> impl Iterator<Item = (String, Vec<u8>)> + 'v {
    let site = view.site;
    // Whoever keeps visitors from elsewhere out says so in a file of their own.
    let own = site.statics.contains_key(robots::FILE);
    let robots = (!own).then(|| (robots::FILE.to_owned(), robots::write(site)));
    sitemap::write(view)
        .chain(once_with(move || {
            (status::FILE.to_owned(), status::write(view, edges))
        }))
        .chain(once_with(move || {
            (feeds::FILE.to_owned(), feeds::write(view))
        }))
        .chain(robots)
        .chain(host::write(site, &view.redirects))
}

/// What of the team's tree is not a page: the calendars of roles and handles, the posts of runs that are not over,
/// texts to be finished by hand, and lines for a web server. Paths below its root.
pub fn for_team<'v>(view: &'v TeamView) -> impl Iterator<Item = (String, Vec<u8>)> + 'v {
    let rotas = view.roles.iter().chain(&view.people);
    let calendars = rotas.map(|whose| (whose.calendar(), rota::write(whose, view)));
    let ahead = view.runs.iter().filter(|run| run.stage != Stage::Over);
    let packs = ahead.flat_map(|run| pack::write(run, view));
    let skeletons = view.runs.iter().filter_map(|run| {
        let skeleton = run.skeleton(view.site)?;
        Some((skeleton.file(run), skeleton.text.into_bytes()))
    });
    let nginx = once_with(|| (host::NGINX.to_owned(), host::nginx(view.site)));
    calendars.chain(packs).chain(skeletons).chain(nginx)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::TWINS;

    #[test]
    fn pages_know_the_files_of_all_formats() {
        let ours = FORMATS.iter().map(|format| (format.name, format.file));
        let twins: Vec<_> = ours.filter(|(_, file)| *file != "feed.xml").collect();
        assert_eq!(twins, TWINS);
    }
}
