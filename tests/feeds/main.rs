//! The feeds hold what real readers demand: R1–R8, R16–R21 and R25 over the sample library at several
//! moments, over a season of builds with the ledger carried along, and over hostile texts.
#![allow(
    clippy::disallowed_methods,
    reason = "the sample library lies on the disk"
)]

#[path = "../common/mod.rs"]
mod common;
mod shape;
mod texts;
mod time;

use common::{Built, build};
use learnflow::model::Folder;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

/// Before anything, in the middle of things, when everything is over, and the day of the demonstration.
const MOMENTS: &[&str] = &[
    "2026-03-02T08:59:59Z",
    "2026-04-20T09:00:00Z",
    "2026-10-08T11:30:00Z",
    "2026-11-23T12:00:00Z",
    "2027-01-01T00:00:00Z",
    "2031-07-01T12:00:00Z",
];

const DEMONSTRATION: &str = "2026-11-23T12:00:00Z";

fn sample() -> Folder {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folder, problems) = learnflow::disk::read(root, &["content", "sites", "layouts"]);
    assert!(problems.is_empty(), "{problems:?}");
    folder
}

/// One published feed, as bytes and as the `rss` crate reads it.
struct Read<'a> {
    path: &'a str,
    text: &'a str,
    channel: rss::Channel,
}

impl Read<'_> {
    /// The guids, in the order of the file.
    fn guids(&self) -> Vec<&str> {
        let guids = self
            .channel
            .items
            .iter()
            .map(|item| item.guid().expect(self.path).value());
        guids.collect()
    }
}

fn feeds(built: &Built) -> Vec<Read<'_>> {
    let xml = built.files.keys().filter(|path| path.ends_with("feed.xml"));
    xml.map(|path| Read {
        path,
        text: built.text(path),
        channel: rss::Channel::read_from(&built.files[path][..]).expect(path),
    })
    .collect()
}

/// The sample at every moment, each build afresh.
static BUILDS: LazyLock<Vec<(&str, Built)>> = LazyLock::new(|| {
    let folder = sample();
    MOMENTS
        .iter()
        .map(|now| (*now, build(&folder, now)))
        .collect()
});

fn at_demonstration() -> &'static Built {
    let built = BUILDS.iter().find(|(now, _)| *now == DEMONSTRATION);
    &built.expect("one of the moments").1
}

/// Every feed of the sample at every moment.
fn every_feed(check: impl Fn(&Read, &str)) {
    for (now, built) in BUILDS.iter() {
        let feeds = feeds(built);
        assert!(feeds.len() > 15, "{now}: {} feeds", feeds.len());
        feeds.iter().for_each(|feed| check(feed, now));
    }
}

fn changed(folder: &Folder, path: &str, from: &str, to: &str) -> Folder {
    let mut folder = folder.clone();
    let text = std::str::from_utf8(&folder.files[path]).expect("UTF-8");
    assert!(text.contains(from), "no {from} in {path}");
    let text = text.replace(from, to);
    folder
        .files
        .insert(path.to_owned(), text.into_bytes().into());
    folder
}

#[test]
fn r1_ids_are_unique_and_never_change() {
    every_feed(|feed, now| {
        let guids = feed.guids();
        let unique: BTreeSet<_> = guids.iter().collect();
        assert_eq!(unique.len(), guids.len(), "{} at {now}", feed.path);
        for guid in guids {
            assert!(
                guid.starts_with("tag:larkfield.example,2026:larkfield/"),
                "{guid}"
            );
        }
        let items = feed.text.matches("<item>").count();
        assert_eq!(
            feed.text
                .matches("<guid isPermaLink=\"false\">tag:")
                .count(),
            items
        );
    });
    // Files, titles, hosts and looks change; no id does.
    let before = sample();
    let mut other = changed(
        &before,
        "content/challenges/thirty-days.md",
        "title: Thirty days on our network",
        "title: A month of small steps",
    );
    let programme = other
        .files
        .remove("content/challenges/thirty-days.md")
        .expect("the challenge");
    other
        .files
        .insert("content/challenges/renamed.md".to_owned(), programme);
    let run = other
        .files
        .remove("sites/larkfield/runs/thirty-days-autumn-2026.md")
        .expect("a run");
    other
        .files
        .insert("sites/larkfield/runs/autumn.md".to_owned(), run);
    let other = changed(
        &other,
        "sites/larkfield/site.yaml",
        "https://learn.larkfield.example",
        "https://elsewhere.example/learning",
    );
    let (before, after) = (at_demonstration(), build(&other, DEMONSTRATION));
    assert!(!after.diags.has_errors(), "{}", after.told());
    for (was, is) in feeds(before).iter().zip(feeds(&after)) {
        assert_eq!((was.path, was.guids()), (is.path, is.guids()));
    }
}

#[test]
fn r2_links_are_plain_addresses_of_our_own() {
    every_feed(|feed, now| {
        let mut seen = BTreeSet::new();
        for item in &feed.channel.items {
            let link = item.link().expect(feed.path);
            let below = link
                .strip_prefix("https://learn.larkfield.example/")
                .expect(link);
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/".contains(c);
            assert!(below.chars().all(plain), "{link}");
            assert!(
                link.len() <= 255 && link.ends_with('/') && !below.contains("--"),
                "{link}"
            );
            assert!(!below.contains("//"), "{link}");
            assert!(
                seen.insert(link.trim_end_matches('/').to_lowercase()),
                "{link} at {now}"
            );
        }
        assert!(
            feed.channel
                .link
                .starts_with("https://learn.larkfield.example/")
        );
    });
}

#[test]
fn r2_every_link_has_its_page() {
    let built = at_demonstration();
    for feed in feeds(built) {
        let links = feed.channel.items.iter().filter_map(|item| item.link());
        for link in links.chain([feed.channel.link()]) {
            let below = link
                .strip_prefix("https://learn.larkfield.example/")
                .expect(link);
            built.text(&format!("public/larkfield/{below}index.html"));
        }
    }
}

#[test]
fn r25_each_feed_says_where_it_is_and_each_run_channel_and_site_has_one() {
    let folder = sample();
    let built = at_demonstration();
    let feeds = feeds(built);
    for feed in &feeds {
        let below = feed
            .path
            .strip_prefix("public/larkfield/")
            .expect(feed.path);
        let itself = format!("https://learn.larkfield.example/{below}");
        let own = feed.channel.atom_ext().expect("a link to itself").links();
        let told: Vec<_> = own.iter().map(|link| (link.rel(), link.href())).collect();
        assert_eq!(told, [("self", itself.as_str())]);
        assert_eq!(feed.channel.language(), Some("en-GB"));
    }
    let paths: BTreeSet<_> = feeds.iter().map(|feed| feed.path.to_owned()).collect();
    let loaded = learnflow::pipeline::load(&folder);
    let site = loaded.library.sites.values().next().expect("a site");
    let runs = loaded.library.runs[&site.id]
        .iter()
        .filter(|run| !run.draft);
    let channels = site
        .channels
        .iter()
        .map(|c| format!("public/larkfield/channels/{}/", c.id));
    let places = runs
        .map(|run| format!("public/larkfield/{}/", run.id))
        .chain(channels);
    let places = places.chain(["public/larkfield/".to_owned()]);
    assert_eq!(paths, places.map(|place| place + "feed.xml").collect());
    // The place to talk stands in the head of the channel's feed.
    for channel in &site.channels {
        let path = format!("public/larkfield/channels/{}/feed.xml", channel.id);
        let feed = feeds.iter().find(|feed| feed.path == path).expect("a feed");
        let url = channel.url.as_deref().expect("an address");
        assert!(
            feed.channel.description.contains(url),
            "{}",
            feed.channel.description
        );
    }
}

#[test]
fn an_item_is_the_same_in_every_feed() {
    let built = at_demonstration();
    let mut all: BTreeMap<String, (u32, rss::Item)> = BTreeMap::new();
    for feed in feeds(built) {
        for item in &feed.channel.items {
            let guid = item.guid().expect("a guid").value().to_owned();
            let (places, known) = all.entry(guid).or_insert((0, item.clone()));
            assert_eq!(known, item, "{}", feed.path);
            *places += 1;
        }
    }
    let shared = all.values().filter(|(places, _)| *places > 2).count();
    assert!(
        shared > 10,
        "{shared} items in a run, a channel and the site"
    );
}
