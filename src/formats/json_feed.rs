//! JSON Feed 1.1: the twin of `feed.xml`.

use super::Files;
use super::text::clean;
use crate::model::base;
use crate::visible::{Feed, FeedEntry};
use jiff::Timestamp;
use serde::Serialize;

/// The files' names.
pub const FILES: Files = Files {
    brief: "feed.json",
    full: "full.json",
};

#[derive(Serialize)]
struct File<'a> {
    version: &'static str,
    title: String,
    home_page_url: &'a str,
    feed_url: String,
    description: String,
    language: &'a str,
    authors: [Author; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author {
    name: String,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: String,
    summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<String>,
    date_published: Timestamp,
    date_modified: Timestamp,
    tags: [String; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

/// One feed as JSON: UTF-8, no byte order mark, one line break at the end.
pub fn write(feed: &Feed, contents: &[String]) -> Vec<u8> {
    let file = File {
        version: "https://jsonfeed.org/version/1.1",
        title: clean(&feed.title),
        home_page_url: &feed.link,
        feed_url: FILES.url(feed),
        description: clean(&feed.description),
        language: &feed.language,
        authors: [Author {
            name: clean(&feed.author),
        }],
        items: (feed.entries.iter().enumerate())
            .map(|(index, entry)| item(entry, feed, contents.get(index)))
            .collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&file).expect("text and instants");
    bytes.push(b'\n');
    bytes
}

fn item<'a>(entry: &'a FeedEntry, feed: &Feed, content: Option<&'a String>) -> Item<'a> {
    let frozen = &entry.item.frozen;
    let own = base(&entry.language) == base(&feed.language);
    Item {
        id: &entry.guid,
        url: &entry.item.link,
        title: clean(&frozen.title),
        summary: clean(&frozen.summary),
        content_html: content.map(String::as_str),
        content_text: content.is_none().then(|| clean(&frozen.summary)),
        date_published: entry.stamp,
        date_modified: entry.updated,
        tags: [clean(&entry.category)],
        language: (!own).then_some(entry.language.as_str()),
    }
}
