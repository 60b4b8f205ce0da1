//! One broken tree a rule.

use super::{begun, files};
use crate::common::at;
use jiff::{SignedDuration, Timestamp};
use learnflow::consumer::{CONSUMERS, alone};
use learnflow::formats::ledger;
use learnflow::published::{FIRST, Files, Published, RULES, named};
use std::collections::BTreeSet;
use std::sync::Arc;

const NOW: &str = "2026-03-11T12:10:00Z";

/// The numbers of the rules that are broken, and how often.
fn broken(files: &Files, now: &str) -> Vec<(&'static str, usize)> {
    let site = Published::read(files.clone());
    let all = RULES
        .iter()
        .map(|rule| (rule.number, (rule.check)(&site, at(now)).len()));
    all.filter(|(_, count)| *count > 0).collect()
}

fn text(files: &Files, path: &str) -> String {
    String::from_utf8(files[path].bytes.clone()).expect("text")
}

/// A file with a piece of it replaced, once.
fn with(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = text(files, path);
    assert!(text.contains(from), "{path} has no {from}");
    let changed = text.replacen(from, to, 1);
    files.get_mut(path).expect(path).bytes = changed.into_bytes();
}

/// The ledger with one stamp moved.
fn restamped(files: &mut Files, id: &str, by: i64) {
    let mut ledger = ledger::read("s", &files["ledger.json"].bytes).expect("sound");
    let entry = Arc::make_mut(ledger.entries.get_mut(id).expect(id));
    let moved = |at: Option<Timestamp>| at.map(|at| at + SignedDuration::from_secs(by));
    (entry.stamp, entry.updated) = (moved(entry.stamp), moved(entry.updated));
    files.get_mut("ledger.json").expect("one").bytes = ledger::write("s", &ledger);
}

const RUN: &str = "spring/feed.xml";
const SECOND_DATE: &str = "<pubDate>Tue, 03 Mar 2026 09:00:01 +0000</pubDate>";

/// An item of the run's feed as a piece of text, by its number from the top.
fn piece(files: &Files, nth: usize) -> String {
    let text = text(files, RUN);
    let item = text.split("<item>").nth(nth + 1).expect("an item");
    let (item, _) = item.split_once("</item>").expect("an end");
    format!("<item>{item}</item>")
}

/// A feed for networks or for readers.
fn is_feed(path: &str) -> bool {
    path.ends_with("feed.xml") || path.ends_with("full.xml")
}

/// Each host says what it should.
fn on_a_host(files: &mut Files) {
    for (path, got) in files.iter_mut() {
        let mut headers = vec![
            ("content-type".to_owned(), "application/xml".to_owned()),
            (
                "last-modified".to_owned(),
                "Wed, 11 Mar 2026 12:01:00 GMT".to_owned(),
            ),
        ];
        if is_feed(path) {
            headers.push(("access-control-allow-origin".into(), "*".into()));
            headers.push(("cache-control".into(), "max-age=300".into()));
        }
        got.headers = Some(headers);
    }
}

fn says(files: &mut Files, path: &str, name: &str, value: Option<&str>) {
    let headers = files
        .get_mut(path)
        .and_then(|got| got.headers.as_mut())
        .expect("a host");
    headers.retain(|(known, _)| known != name);
    headers.extend(value.map(|value| (name.to_owned(), value.to_owned())));
}

/// A rule, the moment, and what is done to a sound tree to break it.
type Case = (&'static str, &'static str, fn(&mut Files));

const CASES: &[Case] = &[
    // Day 9 of the questions' rhythm, the next Tuesday.
    ("overdue", "2026-03-12T16:00:00Z", |_| {}),
    ("status", NOW, |files| drop(files.remove("status.json"))),
    ("ledger", NOW, |files| {
        with(files, "ledger.json", "Do one", "Do ten")
    }),
    ("R3", NOW, |files| restamped(files, "spring/two", 60)),
    ("R5", NOW, |files| {
        let feeds: Vec<String> = files.keys().filter(|path| is_feed(path)).cloned().collect();
        for feed in feeds
            .iter()
            .filter(|feed| text(files, feed).contains(SECOND_DATE))
            .cloned()
            .collect::<Vec<_>>()
        {
            with(
                files,
                &feed,
                SECOND_DATE,
                &SECOND_DATE.replace(":01", ":00"),
            );
            with(files, &feed, "2026-03-03T09:00:01Z", "2026-03-03T09:00:00Z");
        }
        restamped(files, "spring/two", -1);
    }),
    ("R27", NOW, |files| drop(files.remove(RUN))),
    ("R34", NOW, |files| drop(files.remove("robots.txt"))),
    ("R40", NOW, |files| {
        with(files, "calendar.ics", "\r\n", "\n")
    }),
    ("R42", NOW, |files| {
        let line = text(files, "calendar.ics");
        let line = line
            .lines()
            .find(|line| line.starts_with("DTSTART:"))
            .expect("an hour");
        with(files, "calendar.ics", line, line.trim_end_matches('Z'));
    }),
    ("R16", NOW, |files| with(files, RUN, "<?xml", "\n<?xml")),
    ("R15", NOW, |files| {
        let long = format!("<!-- {} --></channel>", "x".repeat(600 * 1024));
        with(files, RUN, "</channel>", &long);
    }),
    ("R1", NOW, |files| {
        with(files, RUN, "isPermaLink=\"false\"", "isPermaLink=\"true\"")
    }),
    ("R2", NOW, |files| {
        with(
            files,
            RUN,
            "<link>https://learn.example.org/spring/two/",
            "<link>https://learn.example.org/spring/two/?a=b",
        );
    }),
    ("R4", NOW, |files| {
        with(
            files,
            RUN,
            SECOND_DATE,
            &SECOND_DATE.replace("+0000", "GMT"),
        )
    }),
    ("R6", NOW, |files| {
        let (first, second) = (piece(files, 2), piece(files, 3));
        with(files, RUN, &first, "<here>");
        with(files, RUN, &second, &first);
        with(files, RUN, "<here>", &second);
    }),
    ("R7", "2026-03-10T08:00:00Z", |_| {}),
    ("R8", NOW, |files| {
        with(
            files,
            RUN,
            "<lastBuildDate>Mon, 09",
            "<lastBuildDate>Sun, 08",
        )
    }),
    ("R9", NOW, |files| {
        with(
            files,
            RUN,
            "<atom:updated>2026-03-03T09:00:01Z</atom:updated>",
            "",
        );
    }),
    ("R12", NOW, |files| {
        let text = text(files, RUN);
        let (head, _) = text.split_once("<item>").expect("an item");
        files.get_mut(RUN).expect("a feed").bytes =
            format!("{head}</channel></rss>\n").into_bytes();
    }),
    ("R17", NOW, |files| {
        with(
            files,
            RUN,
            SECOND_DATE,
            &format!("{SECOND_DATE}<media:description>x</media:description>"),
        )
    }),
    ("R18", NOW, |files| {
        let link = "<link>https://learn.example.org/spring/two/";
        with(
            files,
            RUN,
            link,
            &format!(
                "<enclosure url=\"https://learn.example.org/a.png\" length=\"1\" type=\"image/png\"/>{link}"
            ),
        );
    }),
    ("R19", NOW, |files| {
        let item = piece(files, 1);
        let (before, after) = item.split_once("<description>").expect("words");
        let (_, after) = after.split_once("</description>").expect("an end");
        with(files, RUN, &item, &format!("{before}{after}"));
    }),
    ("R21", NOW, |files| {
        with(
            files,
            RUN,
            "<title>Day 2: Two",
            &format!("<title>Day 2: Two {}", "and more ".repeat(8)),
        )
    }),
    ("R24", NOW, |files| {
        with(
            files,
            RUN,
            "<item>",
            "<skipHours><hour>1</hour></skipHours><item>",
        )
    }),
    ("R25", NOW, |files| {
        with(
            files,
            RUN,
            "href=\"https://learn.example.org/spring",
            "href=\"https://old.example.org/spring",
        )
    }),
    ("R28", NOW, |files| {
        on_a_host(files);
        says(
            files,
            RUN,
            "last-modified",
            Some("Wed, 04 Mar 2026 12:00:00 GMT"),
        );
    }),
    ("R29", NOW, |files| {
        on_a_host(files);
        says(files, RUN, "access-control-allow-origin", None);
    }),
    ("R36", NOW, |files| {
        on_a_host(files);
        says(files, "index.html", "x-frame-options", Some("SAMEORIGIN"));
    }),
];

/// What doctor takes of a site.
fn taken() -> Files {
    let all = files(&begun());
    let mut wanted: BTreeSet<String> = FIRST.iter().map(|path| (*path).to_owned()).collect();
    wanted.extend(named(all.get("feeds.opml")));
    all.into_iter()
        .filter(|(path, _)| wanted.contains(path))
        .collect()
}

#[test]
fn r45_a_sound_tree_breaks_no_rule() {
    let mut files = taken();
    assert!(files.len() > 10, "{:?}", files.keys());
    assert_eq!(broken(&files, NOW), []);
    on_a_host(&mut files);
    assert_eq!(broken(&files, NOW), []);
}

#[test]
fn r45_each_rule_is_broken_alone() {
    let sound = taken();
    let numbers: Vec<&str> = RULES.iter().map(|rule| rule.number).collect();
    let tried: Vec<&str> = CASES.iter().map(|(number, ..)| *number).collect();
    assert_eq!(
        tried, numbers,
        "a case for each rule, in the order of the table"
    );
    for (number, now, break_it) in CASES {
        let mut files = sound.clone();
        break_it(&mut files);
        let found = broken(&files, now);
        match *number {
            // Both go by the clock alone, which every feed shares.
            "overdue" | "R7" => assert_eq!(found.len(), 1, "{number}: {found:?}"),
            _ => assert_eq!(found, [(*number, 1)], "{number}"),
        }
        assert_eq!(found[0].0, *number);
    }
}

#[test]
fn every_rule_has_a_reason_and_a_way_out() {
    for rule in RULES {
        for words in [rule.demands, rule.why, rule.help] {
            assert!(
                words.len() > 15 && !words.ends_with('.'),
                "{}: {words}",
                rule.number
            );
        }
    }
    let numbers: BTreeSet<&str> = RULES.iter().map(|rule| rule.number).collect();
    assert_eq!(numbers.len(), RULES.len());
}

#[test]
fn m12_what_was_due_and_is_not_there_is_named() {
    let site = Published::read(taken());
    let overdue = RULES
        .iter()
        .find(|rule| rule.number == "overdue")
        .expect("the rule");
    assert_eq!((overdue.check)(&site, at("2026-03-12T14:00:00Z")), []);
    let found = (overdue.check)(&site, at("2026-03-12T16:00:00Z"));
    let told: Vec<&str> = found.iter().map(|found| found.what.as_str()).collect();
    assert_eq!(
        told,
        ["Circle: The meeting was due at 2026-03-12T14:00:00Z and is not there"]
    );
}

/// In words: what our own feeds do to everybody, and what a feed with slips does.
#[test]
fn r45_each_consumer_is_asked() {
    let sound = taken();
    let skipped = |files: &Files| -> Vec<&str> {
        let site = Published::read(files.clone());
        let skips = |id: &str| {
            let consumer = CONSUMERS
                .iter()
                .find(|consumer| consumer.id == id)
                .expect(id);
            site.readable()
                .any(|(_, issue)| !alone(consumer, issue).skips.is_empty())
        };
        CONSUMERS
            .iter()
            .map(|consumer| consumer.id)
            .filter(|id| skips(id))
            .collect()
    };
    let nobody: [&str; 0] = [];
    assert_eq!(skipped(&sound), nobody);
    for consumer in CONSUMERS
        .iter()
        .filter(|consumer| consumer.id != "memoryless")
    {
        let site = Published::read(sound.clone());
        for (path, issue) in site.readable() {
            let forecast = alone(consumer, issue);
            assert_eq!(
                forecast.posts.len(),
                issue.items.len() - 1,
                "{path} {}",
                consumer.id
            );
            assert!(forecast.repeats.is_empty(), "{path} {}", consumer.id);
        }
    }
    let mut undated = sound.clone();
    with(&mut undated, RUN, SECOND_DATE, "");
    assert_eq!(
        skipped(&undated),
        ["power-automate", "slack", "humhub", "n8n", "memoryless"]
    );
}
