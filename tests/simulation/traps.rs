//! What breaks each consumer besides dates, one trap a test: first that it does, then that our feeds have none of it.

use super::schemes::item;
use jiff::Timestamp;
use learnflow::consumer::{CONSUMERS, Consumer, How, Issue, Item, Memory, Post, read};

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn consumer(id: &str) -> &'static Consumer {
    let found = CONSUMERS.iter().find(|consumer| consumer.id == id);
    found.unwrap_or_else(|| panic!("no consumer {id}"))
}

/// What is posted at each of some looks, a day apart, at noon from 6 January on: ids, `~` before what is revised.
fn posted(id: &str, issues: &[Issue]) -> Vec<Vec<String>> {
    let mut memory = Memory::default();
    let mut day = at("2026-01-06T12:00:00Z");
    let mut all = Vec::new();
    for issue in issues {
        let (after, posts) = consumer(id).look(memory, issue, day);
        memory = after;
        let name = |post: &Post| {
            let id = issue.items[post.item].id.clone().unwrap_or_default();
            match post.how {
                How::New => id,
                How::Revised => format!("~{id}"),
            }
        };
        all.push(posts.iter().map(name).collect());
        day += jiff::SignedDuration::from_hours(24);
    }
    all
}

fn issue(items: &[Item]) -> Issue {
    Issue {
        items: items.to_vec(),
        ..Issue::default()
    }
}

/// An item of a day of January, out at ten.
fn of(day: u8) -> Item {
    item(
        &format!("d{day:02}"),
        at(&format!("2026-01-{day:02}T10:00:00Z")),
    )
}

fn with(mut item: Item, change: impl FnOnce(&mut Item)) -> Item {
    change(&mut item);
    item
}

/// What our own feeds do, on three days: it is shown by everybody, once.
#[test]
fn a_new_item_a_day_is_shown_once_by_everybody() {
    let days = [
        issue(&[of(6)]),
        issue(&[of(7), of(6)]),
        issue(&[of(8), of(7), of(6)]),
    ];
    for consumer in CONSUMERS {
        let shown = posted(consumer.id, &days);
        assert_eq!(shown[1..], [["d07"], ["d08"]], "{}", consumer.id);
    }
}

#[test]
fn an_item_without_a_date_is_new_to_nobody_who_goes_by_dates() {
    let undated = with(of(7), |item| item.at = None);
    let days = [issue(&[of(6)]), issue(&[undated, of(6)])];
    for id in ["power-automate", "n8n", "slack", "humhub"] {
        assert_eq!(posted(id, &days)[1], [""; 0], "{id}");
    }
}

#[test]
fn changed_words_are_posted_again_by_slack_and_revised_by_discourse() {
    let changed = with(of(7), |item| item.text = Some("Other words.".into()));
    let days = [
        issue(&[of(6)]),
        issue(&[of(7), of(6)]),
        issue(&[changed, of(6)]),
    ];
    assert_eq!(posted("slack", &days)[1..], [["d07"], ["d07"]]);
    assert_eq!(posted("discourse", &days)[2], ["~d07"]);
    assert_eq!(posted("hookshot", &days)[2], [""; 0]);
}

#[test]
fn two_items_of_one_second_are_one_to_slack_humhub_and_buddypress() {
    let twin = |id: &str| item(id, at("2026-01-07T10:00:00Z"));
    let days = [issue(&[of(6)]), issue(&[twin("a"), twin("b"), of(6)])];
    for id in ["slack", "humhub", "buddypress"] {
        assert_eq!(posted(id, &days)[1].len(), 1, "{id}");
    }
    assert_eq!(posted("hookshot", &days)[1].len(), 2);
}

#[test]
fn what_left_the_file_and_came_back_is_new_to_mattermost() {
    let days = [
        issue(&[of(6), of(5)]),
        issue(&[of(7), of(6)]),
        issue(&[of(6), of(5)]),
        issue(&[of(8), of(6), of(5)]),
    ];
    assert_eq!(posted("mattermost", &days)[2], ["d05"]);
    assert_eq!(posted("hookshot", &days)[2], [""; 0]);
}

#[test]
fn a_link_that_follows_the_title_is_a_second_topic_in_discourse() {
    let moved = with(of(7), |item| {
        item.link = Some("https://learn.example.org/other/".into())
    });
    let days = [
        issue(&[of(6)]),
        issue(&[of(7), of(6)]),
        issue(&[moved, of(6)]),
    ];
    assert_eq!(posted("discourse", &days)[1..], [["d07"], ["d07"]]);
    // Two links that differ by hyphens are one.
    let [one, two] = ["a-b", "a--b"].map(|name| {
        with(item(name, at("2026-01-07T10:00:00Z")), |item| {
            item.link = Some(format!("https://learn.example.org/{name}/"));
        })
    });
    let days = [issue(&[of(6)]), issue(&[one, two, of(6)])];
    assert_eq!(
        posted("discourse", &days)[1]
            .iter()
            .filter(|id| !id.starts_with('~'))
            .count(),
        1
    );
}

#[test]
fn a_date_that_is_written_differently_is_new_to_zulip() {
    let other = with(of(7), |item| {
        item.written = "Wed, 07 Jan 2026 10:00:00 GMT".into()
    });
    let days = [
        issue(&[of(6)]),
        issue(&[of(7), of(6)]),
        issue(&[other, of(6)]),
    ];
    assert_eq!(posted("zulip", &days)[1..], [["d07"], ["d07"]]);
}

#[test]
fn an_item_without_words_stops_zulip() {
    let silent = with(of(8), |item| item.text = None);
    let days = [issue(&[of(6)]), issue(&[silent, of(7), of(6)])];
    assert_eq!(posted("zulip", &days)[1], [""; 0]);
}

/// Of two feeds of one host in one folder of state, what stands in both is posted once, and hides what is older.
#[test]
fn two_feeds_of_a_host_with_one_state_hide_items_from_zulip() {
    let zulip = consumer("zulip");
    let now = at("2026-01-08T12:00:00Z");
    let old = issue(&[of(6)]);
    let (memory, _) = zulip.look(Memory::default(), &old, now);
    let (memory, first) = zulip.look(memory, &issue(&[of(8), of(6)]), now);
    let (_, second) = zulip.look(memory, &issue(&[of(8), of(7), of(6)]), now);
    assert_eq!(
        (first.len(), second.len()),
        (1, 0),
        "d07 was new in the second feed"
    );
    let (memory, _) = zulip.look(Memory::default(), &old, now);
    let (_, apart) = zulip.look(memory, &issue(&[of(8), of(7), of(6)]), now);
    assert_eq!(apart.len(), 2, "a state of its own shows both");
}

#[test]
fn more_than_four_at_once_are_too_many_for_nodebb() {
    let days = [
        issue(&[of(1)]),
        issue(&[of(6), of(5), of(4), of(3), of(2), of(1)]),
    ];
    assert_eq!(posted("nodebb", &days)[1], ["d03", "d04", "d05", "d06"]);
    let days = [issue(&[of(1)]), issue(&[of(4), of(3), of(2), of(1)])];
    assert_eq!(posted("nodebb", &days)[1], ["d02", "d03", "d04"]);
}

/// The time of the commit, or of the build on another machine, lies before the fetch.
#[test]
fn a_file_that_says_it_is_older_than_the_last_fetch_never_reaches_humhub() {
    let modified = |issue: Issue, at_instant: &str| Issue {
        modified: Some(at(at_instant)),
        ..issue
    };
    let first = || modified(issue(&[of(6)]), "2026-01-06T10:00:00Z");
    let second = issue(&[of(7), of(6)]);
    let stale = [first(), modified(second.clone(), "2026-01-06T09:00:00Z")];
    assert_eq!(posted("humhub", &stale)[1], [""; 0]);
    let live = [first(), modified(second, "2026-01-07T10:00:00Z")];
    assert_eq!(posted("humhub", &live)[1], ["d07"]);
}

#[test]
fn the_first_item_of_an_empty_feed_is_an_old_one_to_hookshot() {
    let days = [issue(&[]), issue(&[of(7)])];
    assert_eq!(posted("hookshot", &days)[1], [""; 0]);
    let days = [issue(&[of(5)]), issue(&[of(7), of(5)])];
    assert_eq!(posted("hookshot", &days)[1], ["d07"]);
}

#[test]
fn one_item_without_an_id_makes_everything_new_to_monitorss() {
    let nameless = with(of(8), |item| item.id = None);
    let days = [issue(&[of(7), of(6)]), issue(&[nameless, of(7), of(6)])];
    assert_eq!(posted("monitorss", &days)[1].len(), 3);
    let twice = with(of(8), |item| item.id = Some("d07".into()));
    let days = [issue(&[of(7), of(6)]), issue(&[twice, of(7), of(6)])];
    assert_eq!(posted("monitorss", &days)[1].len(), 3);
}

#[test]
fn one_item_from_the_future_silences_n8n_and_power_automate() {
    let days = [
        issue(&[of(6)]),
        issue(&[of(20), of(6)]),
        issue(&[of(20), of(8), of(6)]),
    ];
    for id in ["n8n", "power-automate"] {
        assert_eq!(posted(id, &days)[2], [""; 0], "{id}");
    }
}

/// As a file: the child that is added to its only item, and what stands before the declaration.
fn file(before: &str, child: &str) -> Vec<u8> {
    format!(
        "{before}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><title>T</title><link>https://learn.example.org/</link><description>D</description><item><title>One &amp; two</title><link>https://learn.example.org/one/</link><guid isPermaLink=\"false\">tag:one</guid><pubDate>Tue, 06 Jan 2026 10:00:00 +0000</pubDate><atom:updated>2026-01-06T10:00:00Z</atom:updated><description>Words.</description>{child}</item></channel></rss>\n"
    )
    .into_bytes()
}

#[test]
fn a_file_is_read_as_tolerant_strict_and_blind_readers_do() {
    let issue = read(&file("", "")).expect("a feed");
    assert_eq!(issue.broken, None);
    let [item] = &issue.items[..] else {
        panic!("one item");
    };
    assert_eq!(item.id.as_deref(), Some("tag:one"));
    assert_eq!(item.written, "Tue, 06 Jan 2026 10:00:00 +0000");
    assert_eq!(item.updated.as_deref(), Some("2026-01-06T10:00:00Z"));
    assert_eq!(item.at, Some(at("2026-01-06T10:00:00Z")));
    assert_eq!(
        (item.title.as_str(), item.blind.title.as_str()),
        ("One & two", "One & two")
    );
    assert_eq!(item.blind.link, "https://learn.example.org/one/");
    let names: Vec<&str> = item
        .elements
        .iter()
        .map(|element| element.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "title",
            "link",
            "guid",
            "pubDate",
            "atom:updated",
            "description"
        ]
    );
}

#[test]
fn what_stands_in_another_namespace_blinds_mattermost() {
    let item = |child| read(&file("", child)).expect("a feed").items.remove(0);
    let media = item("<media:title>Another</media:title>");
    assert_eq!(
        (media.title.as_str(), media.blind.title.as_str()),
        ("One & two", "Another")
    );
    let link = item("<atom:link rel=\"self\" href=\"https://learn.example.org/feed.xml\"/>");
    assert_eq!(link.link.as_deref(), Some("https://learn.example.org/one/"));
    assert_eq!(link.blind.link, "", "the post leads nowhere");
}

#[test]
fn strict_readers_see_nothing_in_a_broken_file() {
    let strict = CONSUMERS.iter().filter(|consumer| consumer.strict);
    assert!(strict.clone().count() > 5);
    for (broken, name) in [
        (file("\n", ""), "a blank line before the declaration"),
        (file("", "<category>a&nbsp;b</category>"), "a name of HTML"),
        (
            file("", "<category>a\u{b}b</category>"),
            "a control character",
        ),
        (file("", "<category>a</b>"), "an element that is not closed"),
        (file("", "<category>a & b</category>"), "a bare ampersand"),
    ] {
        let read = read(&broken).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert!(read.broken.is_some(), "{name}");
        for consumer in strict.clone() {
            let (memory, posts) =
                consumer.look(Memory::default(), &read, at("2026-01-06T12:00:00Z"));
            assert_eq!(
                (memory, posts.len()),
                (Memory::default(), 0),
                "{name}: {}",
                consumer.id
            );
        }
        assert_eq!(read.items.len(), 1, "{name}: a tolerant reader sees it");
    }
}
