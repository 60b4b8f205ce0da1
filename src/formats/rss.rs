//! RSS 2.0, written by the `rss` crate and put into the order that real readers need. The only file
//! that names `rss`.
//!
//! The crate writes `atom:link` after `<link>`, which blanks the link in a reader that ignores
//! namespaces, has its own order of children, and lets control characters through. So texts are cleaned
//! before, and the children of the channel and of each item are put in order after.

use super::Files;
use super::text::clean;
use crate::model::{Entry, Frozen, Site, base, is_evergreen};
use crate::visible::{Feed, FeedEntry};
use jiff::Timestamp;
use rss::extension::atom::{AtomExtension, Link};
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Channel, Guid, Item};
use std::collections::BTreeMap;

/// The files' names.
pub const FILES: Files = Files {
    brief: "feed.xml",
    full: "full.xml",
};

/// The order of an item's children (RSS 2.0 leaves it open; the first link wins in some readers).
const ITEM: &[&str] = &[
    "title",
    "link",
    "guid",
    "pubDate",
    "atom:updated",
    "category",
    "description",
    "content:encoded",
];
/// The order of the channel's own children, before the items.
const CHANNEL: &[&str] = &[
    "atom:link",
    "title",
    "link",
    "description",
    "language",
    "lastBuildDate",
    "generator",
];

const ATOM: (&str, &str) = ("atom", "http://www.w3.org/2005/Atom");
const CONTENT: (&str, &str) = ("content", "http://purl.org/rss/1.0/modules/content/");

/// One feed as RSS 2.0: UTF-8, no byte order mark, one line break at the end.
pub fn write(feed: &Feed, contents: &[String]) -> Vec<u8> {
    let newest = feed.entries.iter().map(|entry| entry.updated).max();
    let namespaces = [ATOM].into_iter().chain(feed.full.then_some(CONTENT));
    let channel = Channel {
        title: clean(&feed.title),
        link: feed.link.clone(),
        description: clean(&feed.description),
        language: Some(feed.language.clone()),
        last_build_date: newest.map(rfc822),
        generator: Some("learnflow".to_owned()),
        atom_ext: Some(AtomExtension {
            links: vec![Link {
                href: feed.url.clone(),
                rel: "self".to_owned(),
                mime_type: Some("application/rss+xml".to_owned()),
                ..Link::default()
            }],
        }),
        namespaces: namespaces
            .map(|(name, address)| (name.to_owned(), address.to_owned()))
            .collect(),
        items: (feed.entries.iter().enumerate())
            .map(|(index, entry)| item(entry, contents.get(index)))
            .collect(),
        ..Channel::default()
    };
    let written = channel.to_string();
    let mut out = String::with_capacity(written.len() + 64);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let body = written.find("<rss").map_or("", |at| &written[at..]);
    let others = feed.entries.iter().map(|entry| {
        let own = base(&entry.language) == base(&feed.language);
        (!own).then_some(entry.language.as_str())
    });
    reorder(body, &others.collect::<Vec<_>>(), &mut out);
    out.push('\n');
    out.into_bytes()
}

/// Reads one of our own feeds back: its entries by their names in the ledger, as far as a feed knows them. What is
/// generated about a run itself is in no ledger.
///
/// # Errors
/// A sentence: why it is none of this site's feeds.
pub fn read(site: &Site, bytes: &[u8]) -> Result<BTreeMap<String, Entry>, String> {
    let channel = Channel::read_from(bytes).map_err(|error| {
        format!("it is no RSS feed ({error}); take `full.xml` or `feed.xml` of the site")
    })?;
    let text = String::from_utf8_lossy(bytes);
    let mut entries = BTreeMap::new();
    let own = channel.language().unwrap_or(&site.language);
    for (item, written) in channel.items().iter().zip(text.split("<item").skip(1)) {
        let guid = item.guid().map_or("", Guid::value);
        let Some(id) = guid.strip_prefix(&site.tag("")) else {
            return Err(format!(
                "`{guid}` is no item of the site `{}`; take a feed of this site",
                site.id
            ));
        };
        if is_evergreen(id) {
            continue;
        }
        let updated = item.extensions().get("atom").and_then(|atom| {
            let updated = atom.get("updated")?.first()?.value()?;
            updated.parse::<Timestamp>().ok()
        });
        let stamp = item
            .pub_date()
            .and_then(|date| jiff::fmt::rfc2822::parse(date).ok())
            .map(|stamp| stamp.timestamp())
            .ok_or_else(|| format!("`{guid}` has no date; take the feed as it was published"))?;
        let tag = written.strip_prefix(" xml:lang=\"");
        let tag = tag.and_then(|tag| tag.split('"').next()).unwrap_or(own);
        let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
        let entry = Entry {
            due: stamp,
            stamp: Some(stamp),
            updated: updated.or(Some(stamp)),
            republished: 0,
            link: text(item.link()),
            drawn: id.rsplit('/').next().unwrap_or(id).into(),
            frozen: Frozen {
                title: text(item.title()),
                summary: text(item.description()),
                image: None,
                language: site.other_language(tag),
                topics: Vec::new(),
            },
            withdrawn: None,
        };
        entries.insert(id.to_owned(), entry);
    }
    Ok(entries)
}

fn item(entry: &FeedEntry, content: Option<&String>) -> Item {
    let updated = Extension {
        name: "atom:updated".to_owned(),
        value: Some(entry.updated.to_string()),
        ..Extension::default()
    };
    let atom = BTreeMap::from([("updated".to_owned(), vec![updated])]);
    Item {
        title: Some(clean(&entry.item.frozen.title)),
        link: Some(entry.item.link.clone()),
        guid: Some(Guid {
            value: entry.guid.clone(),
            permalink: false,
        }),
        pub_date: Some(rfc822(entry.stamp)),
        categories: vec![Category {
            name: clean(&entry.category),
            domain: None,
        }],
        description: Some(clean(&entry.item.frozen.summary)),
        content: content.cloned(),
        extensions: ExtensionMap::from([("atom".to_owned(), atom)]),
        ..Item::default()
    }
}

/// `Tue, 06 Jan 2026 06:03:12 +0000`: always English, always UTC, always with seconds.
fn rfc822(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// Copies the document with the children of `<channel>` and of each `<item>` in order, a child a line. An
/// item whose words are in another language than the feed's says so (`xml:lang`).
fn reorder(body: &str, languages: &[Option<&str>], out: &mut String) {
    let body = without_cdata(body);
    let Some(channel) = body.find("<channel>") else {
        out.push_str(&body);
        return;
    };
    let start = channel + "<channel>".len();
    let end = body.rfind("</channel>").unwrap_or(body.len());
    out.push_str(&body[..start]);
    out.push('\n');
    let (items, own): (Vec<_>, Vec<_>) = children(&body[start..end])
        .into_iter()
        .partition(|(name, _)| *name == "item");
    ordered(own, CHANNEL, out);
    for ((_, item), language) in items.into_iter().zip(languages) {
        let inner = &item["<item>".len()..item.len() - "</item>".len()];
        match language {
            Some(tag) => out.push_str(&format!("<item xml:lang=\"{tag}\">\n")),
            None => out.push_str("<item>\n"),
        }
        ordered(children(inner), ITEM, out);
        out.push_str("</item>\n");
    }
    out.push_str(&body[end..]);
}

/// The same text with entities in the place of CDATA sections, so that `<` begins an element and
/// nothing else.
fn without_cdata(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once("<![CDATA[") {
        out.push_str(before);
        let (inside, after) = after.split_once("]]>").unwrap_or((after, ""));
        for c in inside.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                c => out.push(c),
            }
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn ordered(mut elements: Vec<(&str, &str)>, order: &[&str], out: &mut String) {
    elements.sort_by_key(|(name, _)| {
        order
            .iter()
            .position(|known| known == name)
            .unwrap_or(order.len())
    });
    for (_, element) in elements {
        out.push_str(element);
        out.push('\n');
    }
}

/// The elements of a flat piece of the crate's own output: name and whole text. None of them holds
/// another of its own name.
fn children(mut text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    while let Some(open) = text.find('<') {
        let rest = &text[open..];
        let name_end = rest[1..]
            .find([' ', '>', '/'])
            .map_or(rest.len(), |n| n + 1);
        let name = &rest[1..name_end];
        let tag_end = rest.find('>').map_or(rest.len(), |n| n + 1);
        let end = if rest[..tag_end].ends_with("/>") {
            tag_end
        } else {
            let close = format!("</{name}>");
            rest.find(&close).map_or(rest.len(), |n| n + close.len())
        };
        found.push((name, &rest[..end]));
        text = &rest[end..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn entry(title: &str, at: &str) -> FeedEntry {
        let stamp: Timestamp = at.parse().expect("an instant");
        FeedEntry {
            guid: "tag:learn.example.org,2026:site/run/a".into(),
            id: "run/a".into(),
            item: Arc::new(Entry {
                due: stamp,
                stamp: Some(stamp),
                updated: Some(stamp),
                republished: 0,
                link: "https://learn.example.org/run/a/".into(),
                drawn: "a".into(),
                frozen: Frozen {
                    title: title.into(),
                    summary: "5 minutes: write <b> & ]]> and \u{1}go".into(),
                    ..Frozen::default()
                },
                withdrawn: None,
            }),
            stamp,
            updated: stamp,
            language: "en-GB".into(),
            category: "Run".into(),
        }
    }

    #[test]
    fn children_stand_in_the_order_that_readers_need() {
        let feed = Feed {
            path: "feed.xml".into(),
            id: "tag:learn.example.org,2026:site/_feed".into(),
            author: "T".into(),
            full: false,
            title: "T & Co".into(),
            link: "https://learn.example.org/".into(),
            url: "https://learn.example.org/feed.xml".into(),
            description: "D".into(),
            language: "en-GB".into(),
            entries: vec![entry("Say \u{b}hello", "2026-01-06T06:03:12Z")],
        };
        let text = String::from_utf8(write(&feed, &[])).expect("UTF-8");
        assert_eq!(
            text,
            r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<atom:link href="https://learn.example.org/feed.xml" rel="self" type="application/rss+xml"/>
<title>T &amp; Co</title>
<link>https://learn.example.org/</link>
<description>D</description>
<language>en-GB</language>
<lastBuildDate>Tue, 06 Jan 2026 06:03:12 +0000</lastBuildDate>
<generator>learnflow</generator>
<item>
<title>Say hello</title>
<link>https://learn.example.org/run/a/</link>
<guid isPermaLink="false">tag:learn.example.org,2026:site/run/a</guid>
<pubDate>Tue, 06 Jan 2026 06:03:12 +0000</pubDate>
<atom:updated>2026-01-06T06:03:12Z</atom:updated>
<category>Run</category>
<description>5 minutes: write &lt;b&gt; &amp; ]]&gt; and go</description>
</item>
</channel></rss>
"#
        );
    }
}
