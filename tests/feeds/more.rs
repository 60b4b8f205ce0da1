//! Feeds beside those of runs, channels and sites, what stands in a feed for ever, and what every entry has.

use crate::common::{SITE, at, build, build_on, folder};
use crate::full::DAY;
use crate::{BUILDS, Read, every_feed, feeds, read, sample};
use learnflow::model::{Folder, Library};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn r9_r23_r24_what_every_entry_and_every_head_has_and_has_not() {
    every_feed(|feed, now| {
        for item in feed.items() {
            let value = |tag: &str| item.split(&format!("<{tag}>")).nth(1).expect(tag);
            let updated = value("atom:updated").split('<').next().expect("an instant");
            let published = value("pubDate").split('<').next().expect("a date");
            let published = jiff::fmt::rfc2822::parse(published)
                .expect("RFC 2822")
                .timestamp();
            assert_eq!(updated, published.to_string(), "nothing was published anew");
        }
        for nowhere in [
            "<author>",
            "<ttl>",
            "<skipHours>",
            "<skipDays>",
            "<managingEditor>",
        ] {
            assert!(
                !feed.text.contains(nowhere),
                "{nowhere} in {} at {now}",
                feed.path
            );
        }
    });
}

fn is_of_a_run_or_channel(feed: &Read) -> bool {
    let below = feed.site().1;
    let others = ["roles/", "topics/", "languages/"];
    below.contains('/')
        && !below.contains("/changes/")
        && !others.iter().any(|other| below.starts_with(other))
}

fn is_to_come(library: &Library, feed: &Read, now: &str) -> bool {
    let id = feed.site().1.trim_end_matches("/feed.xml");
    let run = library.runs.values().flatten().find(|run| *run.id == *id);
    run.is_some_and(|run| run.created.to_string().as_str() > &now[..10])
}

#[test]
fn r12_each_run_and_channel_has_two_entries_from_the_first_build_on() {
    let mut stamps: BTreeMap<String, (String, String)> = BTreeMap::new();
    let library = learnflow::pipeline::load(&sample()).library;
    for (now, built) in BUILDS.iter() {
        for feed in feeds(built) {
            let items = feed.channel.items.iter().rev();
            let ever: Vec<_> = items.filter(|item| guid(item).contains("/_")).collect();
            // A run that is set up later than now is looked at from the past.
            let wanted = is_of_a_run_or_channel(&feed) && !is_to_come(&library, &feed, now);
            assert_eq!(
                ever.len(),
                2 * usize::from(wanted),
                "{} at {now}",
                feed.path
            );
            for item in ever {
                let said = (
                    item.pub_date().expect("a date").to_owned(),
                    item.title().expect("a title").to_owned(),
                );
                let known = stamps
                    .entry(guid(item).to_owned())
                    .or_insert_with(|| said.clone());
                assert_eq!(*known, said, "it stays as it is");
                let place = feed.site().1.trim_end_matches("feed.xml");
                assert!(guid(item).contains(&format!("/{place}_")), "{}", guid(item));
            }
        }
    }
    let dates: BTreeSet<_> = stamps.values().map(|(date, _)| date).collect();
    assert_eq!(dates.len(), stamps.len(), "no two at one second");
    // Also in one in which nothing is out, and in the twins.
    let before = &BUILDS[0].1;
    let path = "public/larkfield/channels/everyone/feed.xml";
    let feed = read(before, path);
    let titles = feed
        .channel
        .items
        .iter()
        .rev()
        .filter_map(|item| item.title());
    let titles: Vec<_> = titles.take(2).collect();
    assert!(
        titles[0].starts_with("What this is: ") && titles[1].starts_with("How to join: "),
        "{titles:?}"
    );
}

fn guid(item: &rss::Item) -> &str {
    item.guid().expect("a guid").value()
}

fn guids(path: &str) -> BTreeSet<String> {
    let (path, _) = DAY.files.get_key_value(path).expect(path);
    read(&DAY, path)
        .guids()
        .into_iter()
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_topic_has_what_is_about_it_and_a_role_what_it_looks_after() {
    let feedback = guids("public/larkfield/topics/feedback/feed.xml");
    let picks = feedback.iter().filter(|guid| guid.contains("/ten-minutes"));
    assert!(picks.count() > 3, "{feedback:?}");
    let all = guids("public/larkfield/full.xml");
    assert!(feedback.len() < all.len());
    let hosts = guids("public/larkfield/roles/host/feed.xml");
    assert!(!hosts.is_empty(), "events have hosts");
    let page = DAY.text("public/larkfield/roles/host/index.html");
    assert!(page.contains("href=\"../../roles/host/feed.xml\""));
    let home = DAY.text("public/larkfield/index.html");
    assert!(home.contains("href=\"topics/feedback/feed.xml\""));
    let list = DAY.text("public/larkfield/feeds.opml");
    assert!(list.contains("/topics/near-misses/feed.xml") && list.contains("/roles/host/feed.xml"));
}

#[test]
fn r27_feeds_have_plain_names() {
    let names = [
        "feed.xml",
        "atom.xml",
        "feed.json",
        "full.xml",
        "full-atom.xml",
        "full.json",
        "calendar.ics",
    ];
    let mut found = 0;
    for path in DAY.tree("public").into_keys() {
        let name = path.rsplit('/').next().expect("a name");
        found += usize::from(names.contains(&name));
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/.".contains(c);
        assert!(!names.contains(&name) || path.chars().all(plain), "{path}");
    }
    assert!(found > 100, "{found} files");
}

#[test]
fn r32_what_previews_read_is_short() {
    for (path, _) in DAY
        .tree("public")
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html"))
    {
        let html = DAY.text(path);
        let values = |property: &str| {
            let begins = format!("<meta property=\"{property}\" content=\"");
            html.split(&begins)
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .unwrap_or_default()
        };
        let (title, description) = (values("og:title"), values("og:description"));
        let whole = |text: &str| {
            let text = text.replace("&quot;", "\"").replace("&#39;", "'");
            text.replace("&amp;", "&").chars().count()
        };
        assert!(whole(title) <= 80, "{path}: {title}");
        assert!(whole(description) <= 250, "{path}: {description}");
        let all: usize = html
            .split("<meta property=\"og:")
            .skip(1)
            .map(|rest| rest.find('>').unwrap_or(0))
            .sum();
        assert!(all < 4096, "{path}");
    }
}

/// Two runs in two channels, with topics.
fn small() -> Folder {
    let steps = |id: &str, tags: &str, count: usize| {
        let one = |n: usize| {
            format!("## Step {n} of {id} {{#s{n}}}\n### Do\nDo {n}.\n### Share\nShare {n}.\n")
        };
        let all: String = (1..=count).map(one).collect();
        format!(
            "-- content/{id}.md --\n---\nkind: challenge\nid: {id}\ntitle: Steps {id}\n\
             summary: A few small steps, one each working day, for everybody.\n\
             purpose: So that people who work here find one colleague they can ask next time.\n\
             count: {count}\ncadence: {{every: day, days: weekdays}}\ntags: [{tags}]\n---\n{all}\
             -- sites/s/runs/{id}.md --\n---\nid: {id}\nprogramme: {id}\ncreated: 2026-01-05\n\
             starts: 2026-03-02\nchannels: [everyone, other]\n---\n"
        )
    };
    let text = format!(
        "{SITE}{}{}",
        steps("one", "Near misses, asking", 6),
        steps("two", "asking", 4)
    );
    let channels =
        "channels:\n  - {id: other, title: Other, url: \"https://network.example.org/other\"}\n";
    let topics = "topics: [{id: near-misses, title: Near misses}, {id: asking, title: Asking}]\n";
    folder(&text.replacen("channels:\n", &format!("{topics}{channels}"), 1))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 10, ..ProptestConfig::with_cases(6) })]

    /// Whatever the feed and whenever it is built: one id has one stamp, one address and one text.
    #[test]
    fn r3_an_item_in_several_feeds_has_one_id_and_one_stamp(
        start in 0i64..2 * 1440,
        steps in prop::collection::vec(30i64..2_500, 1..4),
    ) {
        let folder = small();
        let mut now = at("2026-03-01T00:00:00Z") + jiff::SignedDuration::from_mins(start);
        let mut built = build(&folder, &now.to_string());
        let mut known: BTreeMap<String, [Option<String>; 4]> = BTreeMap::new();
        for step in steps {
            now += jiff::SignedDuration::from_mins(step);
            built = build_on(&folder, &now.to_string(), &built.ledgers);
            let mut places = BTreeSet::new();
            for path in built.files.keys().filter(|path| path.ends_with("/feed.xml") || path.ends_with("/full.xml")) {
                for item in read(&built, path).channel.items {
                    let said = [item.pub_date, item.link, item.title, item.description];
                    let id = item.guid.expect("a guid").value;
                    let first = known.entry(id).or_insert_with(|| said.clone());
                    prop_assert_eq!(&*first, &said, "{}", path);
                    places.insert(path.clone());
                }
            }
            prop_assert!(places.len() > 6, "{:?}", places);
        }
        let stamps: BTreeSet<_> = known.values().map(|said| &said[0]).collect();
        prop_assert_eq!(stamps.len(), known.len());
    }
}
