//! Atom (RFC 4287), written by the `atom_syndication` crate: the twin of `feed.xml`. The only file that names it.
//!
//! The crate writes `+00:00` where every other of our files has `Z`, and lets control characters through; so texts
//! are cleaned before, and instants after.

use super::Files;
use super::text::{clean, escaped};
use crate::model::base;
use crate::visible::{Feed, FeedEntry};
use atom_syndication::{
    Category, Content, Entry, Feed as Atom, FixedDateTime, Generator, Link, Person, Text,
    WriteConfig,
};
use jiff::Timestamp;

/// The files' names.
pub const FILES: Files = Files {
    brief: "atom.xml",
    full: "full-atom.xml",
};
/// RFC 4287, 7.
pub const MEDIA_TYPE: &str = "application/atom+xml";

/// One feed as Atom: UTF-8, no byte order mark, one line break at the end.
pub fn write(feed: &Feed, contents: &[String]) -> Vec<u8> {
    let newest = feed.entries.iter().map(|entry| entry.updated).max();
    let atom = Atom {
        title: clean(&feed.title).into(),
        id: feed.id.clone(),
        // Atom demands an instant. Where nothing came out there is none, and it must not be later than the first.
        updated: instant(newest.unwrap_or(Timestamp::UNIX_EPOCH)),
        authors: vec![author(feed)],
        generator: Some(Generator {
            value: "learnflow".to_owned(),
            ..Generator::default()
        }),
        links: vec![
            link("alternate", &feed.link, "text/html"),
            link("self", &FILES.url(feed), MEDIA_TYPE),
        ],
        subtitle: Some(clean(&feed.description).into()),
        lang: Some(feed.language.clone()),
        entries: (feed.entries.iter().enumerate())
            .map(|(index, entry)| one(entry, feed, contents.get(index)))
            .collect(),
        ..Atom::default()
    };
    let config = WriteConfig {
        write_document_declaration: false,
        indent_size: None,
    };
    let declaration = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_vec();
    let written = atom.write_with_config(declaration, config);
    let text = written.map(String::from_utf8).expect("memory takes all");
    let text = text.expect("UTF-8 went in");
    // Both stand nowhere but here: in texts `<` is an entity.
    let text = text
        .replace("+00:00</", "Z</")
        .replace("<entry>", "\n<entry>");
    (text + "\n").into_bytes()
}

fn one(entry: &FeedEntry, feed: &Feed, content: Option<&String>) -> Entry {
    let frozen = &entry.item.frozen;
    let own = base(&entry.language) == base(&feed.language);
    let lang = (!own).then(|| entry.language.clone());
    let text = |value: &str| Text {
        lang: lang.clone(),
        ..Text::plain(clean(value))
    };
    Entry {
        title: text(&frozen.title),
        id: entry.guid.clone(),
        updated: instant(entry.updated),
        authors: vec![author(feed)],
        categories: vec![Category {
            term: clean(&entry.category),
            ..Category::default()
        }],
        links: vec![link("alternate", &entry.item.link, "text/html")],
        published: Some(instant(entry.stamp)),
        summary: Some(text(&frozen.summary)),
        content: Some(Content {
            lang: lang.clone(),
            value: Some(match content {
                Some(html) => html.clone(),
                None => format!("<p>{}</p>", escaped(&clean(&frozen.summary))),
            }),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn author(feed: &Feed) -> Person {
    Person {
        name: clean(&feed.author),
        ..Person::default()
    }
}

fn link(rel: &str, href: &str, media_type: &str) -> Link {
    Link {
        href: href.to_owned(),
        rel: rel.to_owned(),
        mime_type: Some(media_type.to_owned()),
        ..Link::default()
    }
}

/// An instant in the crate's own type, which it does not hand out otherwise.
fn instant(at: Timestamp) -> FixedDateTime {
    at.to_string().parse().expect("RFC 3339")
}
