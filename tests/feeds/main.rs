//! The feeds hold what real readers demand: R1–R8, R10–R21 and R25 over the sample library at several
//! moments, over a season of builds with the ledger carried along, and over hostile texts.
#![allow(
    clippy::disallowed_methods,
    reason = "the sample library lies on the disk"
)]

#[path = "../common/mod.rs"]
mod common;
mod full;
mod more;
mod numbers;
mod shape;
mod texts;
mod time;
mod twins;
mod whole;

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

/// A site of the sample: its id, its address, its language, and the languages that have a feed of their own.
struct Site {
    id: &'static str,
    base: &'static str,
    language: &'static str,
    languages: &'static [&'static str],
}

const SITES: &[Site] = &[
    Site {
        id: "larkfield",
        base: "https://learn.larkfield.example/",
        language: "en-GB",
        languages: &[],
    },
    Site {
        id: "larkfield-pt",
        base: "https://aprender.larkfield.example/",
        language: "pt-PT",
        languages: &["en", "pt"],
    },
];

/// One published feed, as bytes and as the `rss` crate reads it.
struct Read<'a> {
    path: &'a str,
    text: &'a str,
    channel: rss::Channel,
}

impl Read<'_> {
    /// The site it belongs to, and its place below the site's root.
    fn site(&self) -> (&'static Site, &str) {
        let below = self.path.strip_prefix("public/").expect(self.path);
        let (id, below) = below.split_once('/').expect(self.path);
        let site = SITES.iter().find(|site| site.id == id);
        (site.expect(self.path), below)
    }

    /// What the guids of its items begin with.
    fn tag(&self) -> String {
        format!("tag:larkfield.example,2026:{}/", self.site().0.id)
    }

    /// The items as they are written.
    fn items(&self) -> impl Iterator<Item = &str> {
        let items = self.text.split("<item").skip(1);
        items.map(|item| item.split_once('>').expect("an item").1)
    }

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
    xml.map(|path| read(built, path)).collect()
}

fn read<'b>(built: &'b Built, path: &'b str) -> Read<'b> {
    Read {
        path,
        text: built.text(path),
        channel: rss::Channel::read_from(&built.files[path][..]).expect(path),
    }
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
            assert!(guid.starts_with(&feed.tag()), "{guid}");
        }
        let items = feed.items().count();
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
    let mut rename = |from: &str, to: &str| {
        let file = other.files.remove(from).expect(from);
        other.files.insert(to.to_owned(), file);
    };
    rename(
        "content/challenges/thirty-days.md",
        "content/challenges/renamed.md",
    );
    rename(
        "content/challenges/thirty-days.pt.md",
        "content/challenges/renamed.pt.md",
    );
    rename(
        "sites/larkfield/runs/thirty-days-autumn-2026.md",
        "sites/larkfield/runs/autumn.md",
    );
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
            let below = link.strip_prefix(feed.site().0.base).expect(link);
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/".contains(c);
            assert!(below.chars().all(plain), "{link}");
            assert!(
                link.len() <= 255 && link.ends_with('/') && !below.contains("--"),
                "{link}"
            );
            assert!(!below.contains("//"), "{link}");
            assert!(
                seen.insert(link.trim_end_matches('/').to_lowercase()),
                "{link} at {now} in {}",
                feed.path
            );
        }
        assert!(feed.channel.link.starts_with(feed.site().0.base));
    });
}

#[test]
fn r2_every_link_has_its_page() {
    let built = at_demonstration();
    for feed in feeds(built) {
        let links = feed.channel.items.iter().filter_map(|item| item.link());
        for link in links.chain([feed.channel.link()]) {
            let site = feed.site().0;
            let below = link.strip_prefix(site.base).expect(link);
            built.text(&format!("public/{}/{below}index.html", site.id));
        }
    }
}

#[test]
fn r25_each_feed_says_where_it_is_and_each_run_channel_and_site_has_one() {
    let folder = sample();
    let built = at_demonstration();
    let feeds = feeds(built);
    for feed in &feeds {
        let (site, below) = feed.site();
        let itself = format!("{}{below}", site.base);
        let own = feed.channel.atom_ext().expect("a link to itself").links();
        let told: Vec<_> = own.iter().map(|link| (link.rel(), link.href())).collect();
        assert_eq!(told, [("self", itself.as_str())]);
        let one = site
            .languages
            .iter()
            .find(|tag| below == format!("languages/{tag}/feed.xml"));
        let language = one.unwrap_or(&site.language);
        assert_eq!(feed.channel.language(), Some(*language), "{}", feed.path);
    }
    let loaded = learnflow::pipeline::load(&folder);
    for known in SITES {
        let sites = loaded.library.sites.values();
        let site = sites.into_iter().find(|site| site.id.as_str() == known.id);
        let site = site.expect(known.id);
        let ours = feeds.iter().filter(|feed| feed.site().0.id == known.id);
        let paths = ours.map(|feed| feed.site().1.to_owned());
        // What changes in a season has a feed beside the run's.
        let paths: BTreeSet<_> = paths.filter(|path| !path.contains("/changes/")).collect();
        let runs = loaded.library.runs[&site.id]
            .iter()
            .filter(|run| !run.draft);
        let channels = site.channels.iter().map(|c| format!("channels/{}/", c.id));
        let languages = known.languages.iter().map(|l| format!("languages/{l}/"));
        let places = runs.map(|run| format!("{}/", run.id));
        let places = places.chain(channels).chain(languages);
        let topics = site
            .topics
            .iter()
            .map(|topic| format!("topics/{}/", topic.id));
        let roles = loaded.library.roles.values().filter(|role| {
            let kinds =
                |run: &learnflow::model::Run| loaded.library.programmes[&run.programme].kind.name;
            let runs = loaded.library.runs[&site.id]
                .iter()
                .filter(|run| !run.draft);
            role.ways
                .iter()
                .any(|way| runs.clone().any(|run| kinds(run) == way.name))
        });
        let roles = roles.map(|role| format!("roles/{}/", role.id));
        let places = places.chain(topics).chain(roles).chain([String::new()]);
        assert_eq!(paths, places.map(|place| place + "feed.xml").collect());
        // The place to talk stands in the head of the channel's feed.
        for channel in &site.channels {
            let path = format!("public/{}/channels/{}/feed.xml", known.id, channel.id);
            let feed = feeds.iter().find(|feed| feed.path == path).expect("a feed");
            let url = channel.url.as_deref().expect("an address");
            assert!(
                feed.channel.description.contains(url),
                "{}",
                feed.channel.description
            );
        }
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
