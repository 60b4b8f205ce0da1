//! What is worth a look: from saved feeds to the list, and what the ledger remembers.

use crate::{Ran, library, run, source, write};
use learnflow::curate::{canonical, clean};
use std::collections::BTreeMap;
use tempfile::TempDir;

pub const FIRST: &str = "2026-03-02T12:00:00Z";
pub const SECOND: &str = "2026-03-03T12:00:00Z";

/// An item of a feed: title, link, id, date; an empty one is left out.
pub fn item(title: &str, link: &str, id: &str, date: &str) -> String {
    let tag = |name: &str, text: &str| match text {
        "" => String::new(),
        text => format!("<{name}>{}</{name}>", text.replace('&', "&amp;")),
    };
    let id = tag("guid", id).replace("<guid>", "<guid isPermaLink=\"false\">");
    format!(
        "<item>{}{}{id}{}</item>\n",
        tag("title", title),
        tag("link", link),
        tag("pubDate", date)
    )
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>F</title><link>https://f.example.org/</link><description>F</description>\n{items}</channel></rss>\n"
    )
}

/// A library with these sources, each with a saved feed of these items.
pub fn saved(feeds: &[(&str, &str)]) -> TempDir {
    let sources = feeds
        .iter()
        .map(|(id, _)| source(id, &format!("https://{id}.example.org/feed")));
    let dir = library(&sources.collect::<String>());
    for (id, items) in feeds {
        save(&dir, id, items);
    }
    dir
}

pub fn save(dir: &TempDir, id: &str, items: &str) {
    write(
        dir.path(),
        &format!("saved/{id}.xml"),
        rss(items).as_bytes(),
    );
}

pub fn fetch(dir: &TempDir, now: &str) -> Ran {
    run(dir.path(), &["fetch", "--offline", "saved", "--now", now]).ends(0)
}

/// The candidates as tools see them.
pub fn candidates(dir: &TempDir, now: &str) -> Vec<serde_json::Value> {
    let ran = run(
        dir.path(),
        &["candidates", "--now", now, "--format", "json"],
    )
    .ends(0);
    serde_json::from_str(&ran.out).expect("JSON")
}

fn titles(found: &[serde_json::Value]) -> Vec<&str> {
    found
        .iter()
        .map(|one| one["title"].as_str().expect("a title"))
        .collect()
}

#[test]
fn c1_one_article_in_three_feeds_is_one_candidate() {
    let day = "Mon, 02 Mar 2026 08:00:00 GMT";
    let dir = saved(&[
        (
            "one",
            &item(
                "The plain reply",
                "https://press.example.org/plain?utm_source=one&b=2&a=1",
                "1",
                day,
            ),
        ),
        (
            "two",
            &item(
                "The plain reply",
                "http://press.example.org/plain/?a=1&b=2&utm_medium=feed",
                "abc",
                day,
            ),
        ),
        (
            "three",
            &item(
                "The Plain Reply!",
                "https://PRESS.example.org:443/plain?b=2&a=1&fbclid=x#top",
                "",
                day,
            ),
        ),
    ]);
    fetch(&dir, FIRST).says("1 new item is worth a look");
    let found = candidates(&dir, FIRST);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["source"], "one");
    assert_eq!(found[0]["also_in"], serde_json::json!(["two", "three"]));
    assert_eq!(
        found[0]["link"], "https://press.example.org/plain?b=2&a=1",
        "no tracking in what is shown"
    );
    let text = run(dir.path(), &["candidates", "--now", FIRST]).ends(0).out;
    assert_eq!(
        text,
        "2026-03-02  The plain reply\n            one; also in two, three\n            https://press.example.org/plain?b=2&a=1\n            40 points: fresh 20 (it is of today), trust 10 (its source has trust 3 of 5), others 10 (2 other sources have it, too)\n\n"
    );
    // Who is trusted most is named first.
    let path = dir.path().join("sites/s/curation/sources.yaml");
    let sources = std::fs::read_to_string(&path).expect("text");
    std::fs::write(&path, sources.replace("id: two,", "id: two, trust: 5,")).expect("written");
    assert_eq!(candidates(&dir, FIRST)[0]["source"], "two");
}

#[test]
fn c2_nearly_the_same_is_shown_together_and_decides_nothing() {
    let words = "A town clerk shows four versions of one reply, each half as long as the last, and says why she does not go on after the third.";
    let with = |title: &str, link: &str, words: &str, date: &str| {
        let item = item(title, link, link, date);
        item.replace(
            "</item>",
            &format!("<description>{words}</description></item>"),
        )
    };
    let dir = saved(&[
        (
            "one",
            &with(
                "How to write a plain reply to an angry letter today",
                "https://one.example.org/a",
                words,
                "Mon, 02 Mar 2026 08:00:00 GMT",
            ),
        ),
        (
            "between",
            &with(
                "Soup for forty",
                "https://between.example.org/soup",
                "Take the largest pot in the house and more onions than you think.",
                "Mon, 02 Mar 2026 07:00:00 GMT",
            ),
        ),
        (
            "two",
            &with(
                "How to write a plain reply to an angry letter",
                "https://two.example.org/b",
                words,
                "Sun, 01 Mar 2026 08:00:00 GMT",
            ),
        ),
        (
            "short",
            &(item(
                "Weekly update",
                "https://short.example.org/1",
                "1",
                "Sun, 01 Mar 2026 07:00:00 GMT",
            ) + &item(
                "Weekly update",
                "https://short.example.org/2",
                "2",
                "Sun, 01 Mar 2026 06:00:00 GMT",
            )),
        ),
    ]);
    fetch(&dir, FIRST).says("5 new items are worth a look");
    let found = candidates(&dir, FIRST);
    let one = &found[0];
    assert_eq!(
        titles(&found),
        [
            "How to write a plain reply to an angry letter today",
            "How to write a plain reply to an angry letter",
            "Soup for forty",
            "Weekly update",
            "Weekly update",
        ]
    );
    assert_eq!(found[1]["group"], one["key"]);
    assert!(found.iter().skip(2).all(|one| one["group"] == one["key"]));
    let text = run(dir.path(), &["candidates", "--now", FIRST]).ends(0).out;
    assert_eq!(
        text.matches("says nearly the same as the one above")
            .count(),
        1
    );
}

#[test]
fn c3_two_articles_with_one_title_are_two() {
    let dir = saved(&[(
        "one",
        &[
            item(
                "Weekly update",
                "https://one.example.org/9",
                "9",
                "Mon, 02 Mar 2026 08:00:00 GMT",
            ),
            item(
                "Weekly update",
                "https://one.example.org/8",
                "8",
                "Mon, 23 Feb 2026 08:00:00 GMT",
            ),
            // An id that everything has is nobody's.
            item(
                "Weekly update",
                "https://one.example.org/7",
                "8",
                "Mon, 23 Feb 2026 07:00:00 GMT",
            ),
        ]
        .concat(),
    )]);
    fetch(&dir, FIRST);
    assert_eq!(titles(&candidates(&dir, FIRST)), ["Weekly update"; 3]);
}

#[test]
fn c4_what_was_seen_is_not_new_again_whatever_its_feed_says() {
    let items = |day: &str, mark: &str| -> String {
        let one = |n: usize| {
            item(
                &format!("Old {n}"),
                &format!("https://one.example.org/{n}"),
                &format!("{mark}{n}"),
                day,
            )
        };
        (0..40).map(one).collect()
    };
    let dir = saved(&[("one", &items("Mon, 05 Jan 2026 08:00:00 GMT", "a"))]);
    let first = fetch(&dir, FIRST);
    assert!(
        !first.err.contains("worth a look"),
        "all of them are too old"
    );
    assert!(candidates(&dir, FIRST).is_empty());
    save(&dir, "one", &items("Tue, 03 Mar 2026 08:00:00 GMT", "b"));
    let second = fetch(&dir, SECOND);
    assert_eq!(second.state("one"), "new");
    assert!(!second.err.contains("worth a look"), "{}", second.err);
    assert!(candidates(&dir, SECOND).is_empty());
    // One that only changed its address is known by its id.
    let moved = item(
        "Old 3",
        "https://elsewhere.example.org/moved",
        "a3",
        "Tue, 03 Mar 2026 09:00:00 GMT",
    );
    save(&dir, "one", &moved);
    let third = fetch(&dir, "2026-03-04T12:00:00Z");
    assert_eq!(third.state("one"), "new");
    assert!(!third.err.contains("worth a look"), "{}", third.err);
}

#[test]
fn c5_a_new_source_introduces_itself_with_its_newest() {
    let many: String = (0..200)
        .map(|n| {
            let day = jiff::civil::date(2026, 3, 1)
                .checked_sub(jiff::Span::new().days(n))
                .expect("a day");
            item(
                &format!("No {n}"),
                &format!("https://one.example.org/{n}"),
                "",
                &day.strftime("%a, %d %b %Y 08:00:00 GMT").to_string(),
            )
        })
        .collect();
    let dir = saved(&[
        ("one", &many),
        (
            "old",
            &item(
                "Ages ago",
                "https://old.example.org/1",
                "",
                "Mon, 01 Jan 2024 08:00:00 GMT",
            ),
        ),
    ]);
    fetch(&dir, FIRST).says("3 new items are worth a look");
    assert_eq!(titles(&candidates(&dir, FIRST)), ["No 0", "No 1", "No 2"]);
    // The day after only what is new is new; a flood has its limit.
    let flood: String = (0..30)
        .map(|n| {
            item(
                &format!("Flood {n:02}"),
                &format!("https://one.example.org/flood/{n}"),
                "",
                "Tue, 03 Mar 2026 08:00:00 GMT",
            )
        })
        .collect();
    save(&dir, "one", &(flood + &many));
    fetch(&dir, SECOND).says("20 new items are worth a look");
    assert_eq!(candidates(&dir, SECOND).len(), 23);
    // What was passed over does not come back.
    assert!(!fetch(&dir, SECOND).err.contains("worth a look"));
    // What nobody looked at within three weeks waits no longer.
    assert!(candidates(&dir, "2026-04-02T12:00:00Z").is_empty());
}

#[test]
fn c6_a_date_that_cannot_be_true_is_the_day_it_was_seen_first_for_ever() {
    let items = [
        item("No date", "https://one.example.org/1", "1", ""),
        item(
            "Next year",
            "https://one.example.org/2",
            "2",
            "Tue, 02 Mar 2027 08:00:00 GMT",
        ),
        item(
            "Odd",
            "https://one.example.org/3",
            "3",
            "Mo, 25 Jun 2031 11:41:36",
        ),
        item(
            "Before the web",
            "https://one.example.org/4",
            "4",
            "Thu, 01 Jan 1970 00:00:00 GMT",
        ),
        item(
            "True",
            "https://one.example.org/5",
            "5",
            "Mon, 02 Mar 2026 08:00:00 GMT",
        ),
    ];
    let dir = saved(&[("one", &items.concat())]);
    let path = dir.path().join("sites/s/curation/sources.yaml");
    let sources = std::fs::read_to_string(&path).expect("text");
    std::fs::write(
        &path,
        sources.replace(
            "id: one,",
            "id: one, newest_on_first_sight: 9, max_age: 900d,",
        ),
    )
    .expect("written");
    fetch(&dir, FIRST);
    let dates = |now: &str| -> BTreeMap<String, String> {
        let found = candidates(&dir, now);
        found
            .iter()
            .map(|one| {
                (
                    one["title"].as_str().expect("text").to_owned(),
                    one["date"].as_str().expect("text").to_owned(),
                )
            })
            .collect()
    };
    let first = dates(FIRST);
    assert_eq!(first.len(), 5);
    for (title, date) in &first {
        let wanted = if title == "True" {
            "2026-03-02T08:00:00Z"
        } else {
            FIRST
        };
        assert_eq!(date, wanted, "{title}");
    }
    fetch(&dir, SECOND);
    assert_eq!(dates(SECOND), first);
    // Also when the date that lay ahead has come.
    fetch(&dir, "2027-06-02T12:00:00Z");
    assert_eq!(dates("2027-06-02T12:00:00Z"), first);
}

#[test]
fn what_was_picked_or_filtered_is_not_offered() {
    let day = "Mon, 02 Mar 2026 08:00:00 GMT";
    let dir = saved(&[(
        "one",
        &[
            item(
                "Picked",
                "http://one.example.org/picked/?utm_source=x",
                "1",
                day,
            ),
            item("A sponsored post", "https://one.example.org/2", "2", day),
            item("About letters", "https://one.example.org/3", "3", day),
            item("About soup", "https://one.example.org/4", "4", day),
        ]
        .concat(),
    )]);
    let path = dir.path().join("sites/s/curation/sources.yaml");
    let sources = std::fs::read_to_string(&path).expect("text");
    std::fs::write(
        &path,
        sources.replace(
            "id: one,",
            "id: one, include: [picked, LETTERS, post], exclude: [Sponsored],",
        ),
    )
    .expect("written");
    fetch(&dir, FIRST);
    assert_eq!(
        titles(&candidates(&dir, FIRST)),
        ["Picked", "About letters"]
    );
    write(dir.path(), "sites/s/curation/picks/2026/p.md", b"---\nid: p\nrun: quiet-2026\nslot: 2026-03-10\nurl: https://one.example.org/picked\ntitle: Picked\nsource: one\n---\n## Why this\n\nIt works.\n\n## Do\n\nTry it.\n\n## Share\n\nWhat?\n");
    assert_eq!(titles(&candidates(&dir, FIRST)), ["About letters"]);
}

#[test]
fn all_text_is_plain_at_the_door() {
    let hostile =
        "<script>alert(1)</script>A <b onclick=x>bold</b> title<img src=x onerror=alert(1)>";
    let cdata = format!(
        "<item><title><![CDATA[{hostile}]]></title><link>javascript:alert(1)</link><guid isPermaLink=\"false\">x</guid><description><![CDATA[{hostile}\u{9b}31m \u{202e}backwards]]></description></item>"
    );
    let dir = saved(&[("one", &cdata)]);
    fetch(&dir, FIRST);
    for form in ["text", "json"] {
        let ran = run(
            dir.path(),
            &["candidates", "--now", FIRST, "--format", form],
        )
        .ends(0);
        // What looks like HTML in a title is words, and whoever shows it writes it as words.
        for word in ["javascript:", "\u{1b}", "\u{9b}", "\u{202e}"] {
            assert!(!ran.out.contains(word), "{word} in {}", ran.out);
        }
        assert!(ran.out.contains("A bold title"), "{}", ran.out);
    }
}

/// Addresses, and what they are to us.
#[test]
fn spellings_of_one_address_are_one() {
    for (address, known, followed) in [
        (
            "https://A.example.org/x/",
            "//a.example.org/x",
            "https://a.example.org/x/",
        ),
        (
            "http://a.example.org:80/x",
            "//a.example.org/x",
            "http://a.example.org/x",
        ),
        (
            "https://a.example.org:8443/",
            "//a.example.org:8443",
            "https://a.example.org:8443/",
        ),
        (
            "https://a.example.org/x?b=1&a=2&utm_source=z",
            "//a.example.org/x?a=2&b=1",
            "https://a.example.org/x?b=1&a=2",
        ),
        (
            "https://a.example.org/x?id=5&ref=z&UTM_Term=1",
            "//a.example.org/x?id=5&ref=z",
            "https://a.example.org/x?id=5&ref=z",
        ),
        (
            "https://a.example.org/x?a=2&a=1",
            "//a.example.org/x?a=2&a=1",
            "https://a.example.org/x?a=2&a=1",
        ),
        (
            "https://a.example.org/X?utm_campaign=q#place",
            "//a.example.org/X",
            "https://a.example.org/X#place",
        ),
        (
            "https://a.example.org/#!/page",
            "//a.example.org#!/page",
            "https://a.example.org/#!/page",
        ),
        (
            "https://a.example.org/x?",
            "//a.example.org/x",
            "https://a.example.org/x",
        ),
    ] {
        assert_eq!(canonical(address).as_deref(), Some(known), "{address}");
        assert_eq!(clean(address).as_deref(), Some(followed), "{address}");
    }
    for address in [
        "",
        "x",
        "mailto:a@example.org",
        "javascript:alert(1)",
        "https://me:secret@a.example.org/",
    ] {
        assert_eq!(
            (canonical(address), clean(address)),
            (None, None),
            "{address}"
        );
    }
}
