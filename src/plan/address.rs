//! One place decides every address. All of them come from ids, so that a renamed file, folder or
//! title changes none.

use crate::model::{Embed, Id, Kind};
use jiff::civil::Date;

/// The page of an occurrence, below the site's root.
pub fn occurrence_path(run: &Id, key: &str) -> String {
    format!("{run}/{key}/")
}

/// The page of a role guide.
pub fn role_path(role: &Id) -> String {
    format!("roles/{role}/")
}

/// In the team's tree: what whoever has a role does.
pub fn duties_of_role_path(role: &str) -> String {
    format!("roles/{role}/")
}

/// In the team's tree: what somebody with this handle does.
pub fn duties_of_handle_path(handle: &str) -> String {
    format!("people/{handle}/")
}

/// The archive of a month, for any day of it.
pub fn archive_path(month: Date) -> String {
    format!("archive/{}/", month.strftime("%Y-%m"))
}

/// The archive of a kind.
pub fn archive_kind_path(kind: &Kind) -> String {
    format!("archive/kinds/{}/", kind.name)
}

/// A page of the archive that a run has of its own: what brings together what stands on it, and its id.
pub fn shelf_path(run: &Id, by: &str, id: &str) -> String {
    format!("{run}/archive/{by}/{id}/")
}

/// The calendar of a month, for any day of it.
pub fn calendar_path(month: Date) -> String {
    format!("calendar/{}/", month.strftime("%Y-%m"))
}

/// The feed of a page, below the site's root: `` → `feed.xml`, `thirty-days/` → `thirty-days/feed.xml`.
pub fn feed_path(page: &str) -> String {
    format!("{page}feed.xml")
}

/// The feed of a page with whole texts: `thirty-days/` → `thirty-days/full.xml`.
pub fn full_feed_path(page: &str) -> String {
    format!("{page}full.xml")
}

/// Whether the feed of a page stands there with whole texts too. What roles, topics and feeds of changes bring is whole
/// in the feeds of its runs, and a copy more of every text is worth nothing.
pub fn has_full_feed(page: &str) -> bool {
    let cuts = ["roles/", "topics/"]
        .iter()
        .any(|cut| page.starts_with(cut));
    !cuts && !page.ends_with("/changes/")
}

/// In which other files each feed stands beside its `feed.xml`: the format's name, and the file's.
pub const TWINS: &[(&str, &str)] = &[("Atom", "atom.xml"), ("JSON Feed", "feed.json")];

/// Beside it the same with whole texts, for readers: the format's name, and the file's.
pub const FULL: &[(&str, &str)] = &[
    ("RSS", "full.xml"),
    ("Atom", "full-atom.xml"),
    ("JSON Feed", "full.json"),
];

/// The calendar of a page, to subscribe to, below the site's root.
pub fn diary_path(page: &str) -> String {
    format!("{page}calendar.ics")
}

/// The last week of a page as text, below the site's root.
pub fn digest_path(page: &str) -> String {
    format!("{page}digest.txt")
}

/// A frame of a page for other pages to hold, below the site's root.
pub fn embed_path(page: &str, embed: Embed) -> String {
    format!("{page}embed/{}.html", embed.name())
}

/// Where the frames of a page stand ready to be copied. No id has a dot, so nothing else can have this address.
pub fn embeds_path(page: &str) -> String {
    format!("{page}embed/copy.html")
}

/// In the team's tree: how a channel is connected to a network.
pub fn connect_path(channel: &str, network: &str) -> String {
    format!("connect/{channel}/{network}/")
}

/// The frame of an occurrence, for its page.
pub fn piece_path(occurrence: &str) -> String {
    format!("{occurrence}embed.html")
}

/// What whoever embeds an occurrence's page is told about it.
pub fn oembed_path(occurrence: &str) -> String {
    format!("{occurrence}oembed.json")
}

/// The path part of a base address: `https://a.example/learn/` → `/learn/`.
pub fn base_path(base_url: &str) -> &str {
    let host = base_url.find("://").map_or(0, |at| at + 3);
    base_url[host..]
        .find('/')
        .map_or("/", |at| &base_url[host + at..])
}
