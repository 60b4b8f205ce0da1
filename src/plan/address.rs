//! One place decides every address. All of them come from ids, so that a renamed file, folder or
//! title changes none.

use crate::model::Id;

/// The page of an occurrence, below the site's root.
pub fn occurrence_path(run: &Id, key: &str) -> String {
    format!("{run}/{key}/")
}

/// The feed of a page, below the site's root: `` → `feed.xml`, `thirty-days/` → `thirty-days/feed.xml`.
pub fn feed_path(page: &str) -> String {
    format!("{page}feed.xml")
}

/// The path part of a base address: `https://a.example/learn/` → `/learn/`.
pub fn base_path(base_url: &str) -> &str {
    let host = base_url.find("://").map_or(0, |at| at + 3);
    base_url[host..]
        .find('/')
        .map_or("/", |at| &base_url[host + at..])
}
