//! The panel's part that needs only Rust: the crates with which others read feeds, and Mattermost, which is blind to
//! namespaces, read every feed of the sample library as its JSON twin says it. The other readers are asked by
//! `panel.py`; `docs/panel.md` has a line for each.
#![allow(clippy::disallowed_methods, reason = "the sample lies on the disk")]

use jiff::Timestamp;
use learnflow::pipeline::{self, Inputs};
use learnflow::{consumer, disk};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{LazyLock, Mutex};

const DEMONSTRATION: &str = "2026-11-23T12:00:00Z";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The feeds of the sample, by path.
static FEEDS: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let (folder, problems) = disk::read(root(), &["content", "sites", "layouts"]);
    assert!(problems.is_empty(), "{problems:?}");
    let loaded = pipeline::load(&folder);
    let inputs = Inputs {
        now: DEMONSTRATION.parse().expect("an instant"),
        ..Inputs::default()
    };
    let (prepared, _) = pipeline::prepare(&loaded, &inputs);
    let feeds = Mutex::new(BTreeMap::new());
    for site in prepared {
        site.outputs(&folder, &|output| {
            let name = output.path.rsplit('/').next().unwrap_or_default();
            if ["feed.xml", "atom.xml", "feed.json"].contains(&name) {
                let mut feeds = feeds.lock().expect("no panic");
                feeds.insert(output.path.clone(), output.content.into_bytes());
            }
        });
    }
    feeds.into_inner().expect("no panic")
});

/// An item as everybody has to read it.
#[derive(Debug, PartialEq, Eq)]
struct Item {
    id: String,
    link: String,
    title: String,
    at: Timestamp,
}

fn item(id: &str, link: &str, title: &str, at: Timestamp) -> Item {
    Item {
        id: id.to_owned(),
        link: link.to_owned(),
        title: title.to_owned(),
        at,
    }
}

fn instant(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).expect("an instant")
}

/// What a JSON feed says, to the letter.
fn said(json: &[u8]) -> Vec<Item> {
    let feed: serde_json::Value = serde_json::from_slice(json).expect("JSON");
    let items = feed["items"].as_array().expect("items").iter();
    let one = |value: &serde_json::Value| {
        let text = |key: &str| value[key].as_str().expect("text");
        let at = text("date_published").parse().expect("an instant");
        item(text("id"), text("url"), text("title"), at)
    };
    items.map(one).collect()
}

/// Reads every feed of a file name, and compares.
fn check(file: &str, read: impl Fn(&[u8]) -> Vec<Item>) {
    let mut items = 0;
    let feeds = FEEDS.iter().filter(|(path, _)| path.ends_with(file));
    for (path, bytes) in feeds {
        let twin = format!("{}feed.json", path.strip_suffix(file).expect("its name"));
        let said = said(&FEEDS[&twin]);
        assert_eq!(read(bytes), said, "{path}");
        items += said.len();
    }
    assert!(items > 500, "{items} items are no panel");
}

#[test]
fn rss_crate() {
    check("feed.xml", |bytes| {
        let feed = rss::Channel::read_from(bytes).expect("a feed");
        let one = |read: &rss::Item| {
            let id = read.guid().expect("an id").value();
            let date = read.pub_date().expect("a date");
            let at = jiff::fmt::rfc2822::parse(date).expect("a date").timestamp();
            let (link, title) = (read.link().expect("a link"), read.title().expect("a title"));
            item(id, link, title, at)
        };
        feed.items().iter().map(one).collect()
    });
}

#[test]
fn atom_syndication_crate() {
    check("atom.xml", |bytes| {
        let feed = atom_syndication::Feed::read_from(bytes).expect("a feed");
        let one = |read: &atom_syndication::Entry| {
            let at = instant(read.published().expect("a date").timestamp());
            let link = read.links().iter().find(|link| link.rel() == "alternate");
            let title = read.title().as_str();
            item(read.id(), link.expect("a link").href(), title, at)
        };
        feed.entries().iter().map(one).collect()
    });
}

#[test]
fn feed_rs_crate() {
    let read = |bytes: &[u8]| {
        let feed = feed_rs::parser::parse(bytes).expect("a feed");
        let one = |read: &feed_rs::model::Entry| {
            let at = instant(read.published.expect("a date").timestamp());
            let title = &read.title.as_ref().expect("a title").content;
            item(&read.id, &read.links[0].href, title, at)
        };
        feed.entries.iter().map(one).collect()
    };
    check("feed.xml", read);
    check("atom.xml", read);
    check("feed.json", read);
}

#[test]
fn mattermost_blind_to_namespaces() {
    check("feed.xml", |bytes| {
        let issue = consumer::read(bytes).expect("a feed");
        assert_eq!(issue.broken, None);
        let one = |read: &consumer::Item| {
            let blind = &read.blind;
            let date = jiff::fmt::rfc2822::parse(&blind.date).expect("a date");
            item(&blind.id, &blind.link, &blind.title, date.timestamp())
        };
        issue.items.iter().map(one).collect()
    });
}

/// The first cells of the rows below a heading.
fn rows<'a>(paper: &'a str, heading: &str) -> Vec<(&'a str, &'a str)> {
    let below = paper.split_once(heading).expect("the heading").1;
    let lines = below.lines().take_while(|line| !line.starts_with('#'));
    let rows = lines.filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
    let cells = rows.map(|row| {
        let cells = row.trim_matches('|').trim();
        let (name, rest) = cells.split_once(" | ").expect("more than a name");
        (name, rest.rsplit(" | ").next().expect("a last cell"))
    });
    cells.skip(1).collect()
}

#[test]
fn every_reader_has_its_line_and_whoever_is_left_out_a_reason() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect("the file");
    let (paper, panel) = (read("docs/panel.md"), read("tests/panel/panel.py"));
    let asked = panel.lines().filter_map(|line| {
        let call = line.trim().strip_prefix("Reader(\"")?;
        Some(call.split_once('"')?.0)
    });
    let here = [
        "rss (crate)",
        "atom_syndication (crate)",
        "feed-rs (crate)",
        "Mattermost's reading",
    ];
    let asked: BTreeSet<&str> = asked.chain(here).collect();
    let told = rows(&paper, "## Who reads");
    let named: BTreeSet<&str> = told.iter().map(|(name, _)| *name).collect();
    assert_eq!(named, asked);
    assert_eq!(told.len(), asked.len(), "a line comes twice");
    let left = rows(&paper, "## Who is left out, and why");
    assert!(!left.is_empty());
    for (name, why) in left {
        assert!(why.len() > 30, "{name} is left out without a reason");
        assert!(!asked.contains(name), "{name} is asked and left out");
    }
}
