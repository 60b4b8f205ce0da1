//! What is not a page: one file a format, and the table.
//!
//! To add a format of feeds: write `formats/<name>.rs` with one function from a [`Feed`] to bytes, add a row to
//! [`FORMATS`], and name its files in [`plan::TWINS`](crate::plan::TWINS) and [`plan::FULL`](crate::plan::FULL),
//! so that pages link to them.

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

pub use rss::read as read_feed;

/// A row of the table.
#[derive(Debug)]
pub struct Format {
    /// Its name.
    pub name: &'static str,
    /// What its files are called.
    pub files: Files,
    /// RFC 6838.
    pub media_type: &'static str,
    /// A feed to bytes. With it come the whole texts of its entries as HTML, in their order; none for networks.
    pub write: fn(&Feed, &[String]) -> Vec<u8>,
}

/// What the files of a format are called.
#[derive(Debug, Clone, Copy)]
pub struct Files {
    /// Of a feed for networks.
    pub brief: &'static str,
    /// Of a feed with whole texts.
    pub full: &'static str,
}

impl Files {
    /// The file of a feed.
    fn of(self, feed: &Feed) -> &'static str {
        if feed.full { self.full } else { self.brief }
    }

    /// Its address.
    fn url(self, feed: &Feed) -> String {
        let folder = feed.url.rfind('/').map_or(0, |at| at + 1);
        format!("{}{}", &feed.url[..folder], self.of(feed))
    }
}

/// Every format of feeds.
pub static FORMATS: &[Format] = &[
    Format {
        name: "RSS",
        files: rss::FILES,
        media_type: "application/rss+xml",
        write: rss::write,
    },
    Format {
        name: "Atom",
        files: atom::FILES,
        media_type: atom::MEDIA_TYPE,
        write: atom::write,
    },
    Format {
        name: "JSON Feed",
        files: json_feed::FILES,
        media_type: "application/feed+json",
        write: json_feed::write,
    },
];

/// The path of a feed in a format.
pub fn path(feed: &Feed, format: &Format) -> String {
    format!("{}{}", feed.folder(), format.files.of(feed))
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
    use crate::plan::{FULL, TWINS};

    #[test]
    fn pages_know_the_files_of_all_formats() {
        let ours = FORMATS.iter().map(|f| (f.name, f.files.brief));
        let twins: Vec<_> = ours.filter(|(_, file)| *file != "feed.xml").collect();
        assert_eq!(twins, TWINS);
        let full: Vec<_> = FORMATS.iter().map(|f| (f.name, f.files.full)).collect();
        assert_eq!(full, FULL);
    }
}
