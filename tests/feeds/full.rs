//! `full.xml` and its twins: what `feed.xml` says, further back, and the whole text that follows the page.

use crate::common::{Built, SITE, build, build_on, build_with, folder};
use crate::{DEMONSTRATION, Read, changed, feeds, read, sample};
use atom_syndication::Feed as Atom;
use learnflow::model::Entry;
use learnflow::pipeline::Inputs;
use serde_json::Value;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

/// The sample on the day of the demonstration.
pub static DAY: LazyLock<Built> = LazyLock::new(|| build(&sample(), DEMONSTRATION));

/// Every feed for readers, with the one for networks beside it.
fn every_pair(check: impl Fn(&Read, &Read, &Built)) {
    let built = &*DAY;
    for brief in feeds(built) {
        let cuts = ["roles/", "topics/"];
        let below = brief.site().1;
        if below.contains("/changes/") || cuts.iter().any(|cut| below.starts_with(cut)) {
            continue;
        }
        let path = brief.path.replace("feed.xml", "full.xml");
        let known = built.files.get_key_value(&path);
        let (path, _) = known.expect("a feed for readers");
        check(&read(built, path), &brief, built);
    }
}

#[test]
fn r13_readers_get_all_that_networks_get_and_the_whole_text() {
    let more = Cell::new(0);
    every_pair(|full, brief, _| {
        let items = |feed: &Read| -> BTreeMap<String, rss::Item> {
            let items = feed.channel.items.iter().cloned();
            let keyed = items.map(|item| (item.guid().expect("a guid").value.clone(), item));
            keyed.collect()
        };
        let all = items(full);
        for (guid, item) in items(brief) {
            let whole = &all[&guid];
            let seen =
                |item: &rss::Item| (item.title.clone(), item.link.clone(), item.guid.clone());
            let said = |item: &rss::Item| (item.pub_date.clone(), item.description.clone());
            assert_eq!((seen(whole), said(whole)), (seen(&item), said(&item)));
            assert!(whole.content().is_some(), "{guid}");
        }
        more.set(more.get() + usize::from(all.len() > brief.channel.items.len()));
    });
    assert!(more.get() > 10, "{} feeds reach further back", more.get());
    let path = "public/larkfield/thirty-days-autumn-2026/full.xml";
    let full = read(&DAY, path);
    assert_eq!(full.channel.items.len(), 16 + 2, "all that is out");
    let first = full.channel.items.first().and_then(rss::Item::content);
    let first = first.expect("a text");
    assert!(first.contains("<h3>Do</h3>"), "{first}");
}

/// The elements that may stand in a whole text, each as it may begin.
const ELEMENTS: &[&str] = &[
    "<p>",
    "</p>",
    "<a href=\"",
    "</a>",
    "<strong>",
    "</strong>",
    "<em>",
    "</em>",
    "<ul>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<li>",
    "</li>",
    "<blockquote>",
    "</blockquote>",
    "<h3>",
    "</h3>",
    "<img src=\"",
    "<br>",
];

/// What a browser shows of it, on one line.
fn shown(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    unescaped(&text)
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&quot;", "\"").replace("&amp;", "&")
}

fn conservative(html: &str, summary: &str) {
    for (at, _) in html.match_indices('<') {
        let known = ELEMENTS.iter().any(|begins| html[at..].starts_with(begins));
        assert!(known, "{}", &html[at..]);
    }
    for attribute in ["href=\"", "src=\""] {
        for (at, _) in html.match_indices(attribute) {
            let address = &html[at + attribute.len()..];
            let whole = ["https://", "http://", "mailto:"]
                .iter()
                .any(|s| address.starts_with(s));
            assert!(whole, "{address}");
        }
    }
    let first = html.split("</p>").next().unwrap_or_default();
    let summary = summary
        .replace(['<', '>', '&'], "")
        .replace(['‹', '›', '＆'], "");
    let first = shown(first).replace('&', "").replace(['‹', '›', '＆'], "");
    assert_eq!(first, summary, "the first paragraph is the summary");
    assert_eq!(shown(&unescaped(html)), shown(html), "unescaped once more");
}

#[test]
fn r20_whole_texts_are_of_few_elements_and_survive_one_more_unescaping() {
    let mut seen = 0;
    every_pair(|full, _, _| {
        for item in &full.channel.items {
            let content = item.content().expect(full.path);
            conservative(content, item.description().expect("a summary"));
        }
    });
    for feed in feeds(&DAY) {
        seen += feed.channel.items.len();
    }
    assert!(seen > 100, "{seen} items");
    // What an author may write.
    let hostile = folder(&format!(
        "{SITE}{}",
        r#"
-- content/steps.md --
---
kind: challenge
id: steps
title: Steps
summary: A few small steps, one each working day, for everybody who works here.
purpose: So that people who work here find one colleague they can ask next time.
count: 1
cadence: {every: day, days: weekdays}
---
## One {#one minutes=5}
### Do
Write `<b>` &amp;lt; and Q&A, R&D &copy; if a < b && c > d. <script>alert(1)</script> <em class="x">raw</em>

| a | b |
| - | - |
| 1 | [2](javascript:alert(1)) |

- [ ] [a list](https://example.org/?a=1&b=2 "title")
- ![a "picture"](https://example.org/p.png)

```sh
echo "<p>"
```

A note[^1] and [nothing](#here), <https://example.org/>.

[^1]: Below.
### Share
> Share one?
-- sites/s/runs/steps.md --
---
id: spring
programme: steps
created: 2026-01-05
starts: 2026-03-02
channels: [everyone]
---
"#
    ));
    let built = build(&hostile, "2026-03-03T12:00:00Z");
    let feed = read(&built, "public/s/spring/full.xml");
    let item = &feed.channel.items[0];
    let content = item.content().expect("a text");
    conservative(content, item.description().expect("a summary"));
    assert!(
        content.contains("Q&amp;A") && !content.contains("script"),
        "{content}"
    );
    assert!(content.contains("<li>1 · 2</li>"), "{content}");
    assert!(content.contains("<img src=\"https://example.org/p.png\" alt=\"a ”picture”\">"));
    assert!(content.contains("<p>echo \"‹p›\"</p>"), "{content}");
    assert!(!content.contains("Below") && content.contains("A note and nothing,"));
}

#[test]
fn r13_all_three_full_feeds_say_the_same() {
    every_pair(|full, _, built| {
        let texts: Vec<&str> = full
            .channel
            .items
            .iter()
            .map(|i| i.content().expect("a text").trim_end())
            .collect();
        let beside = |file: &str| built.text(&full.path.replace("full.xml", file));
        let atom = Atom::read_from(beside("full-atom.xml").as_bytes()).expect(full.path);
        let content = |entry: &atom_syndication::Entry| {
            let content = entry.content.clone().expect("a text");
            assert_eq!(content.content_type.as_deref(), Some("html"));
            content.value.expect("a text").trim_end().to_owned()
        };
        assert_eq!(
            atom.entries.iter().map(content).collect::<Vec<_>>(),
            texts,
            "{}",
            full.path
        );
        let json: Value = serde_json::from_str(beside("full.json")).expect(full.path);
        let items = json["items"].as_array().expect("a list").iter();
        let html: Vec<&str> = items
            .map(|item| item["content_html"].as_str().expect("a text").trim_end())
            .collect();
        assert_eq!(html, texts, "{}", full.path);
        let url = json["feed_url"].as_str().expect("an address");
        let own = |file: &str| {
            atom.links
                .iter()
                .any(|link| link.rel() == "self" && link.href().ends_with(file))
        };
        assert!(url.ends_with("full.json") && own("full-atom.xml"), "{url}");
        let itself = full.channel.atom_ext().expect("a link").links()[0].href();
        assert!(itself.ends_with("full.xml"));
    });
}

#[test]
fn r10_r13_whole_texts_follow_the_page_and_nothing_else_does() {
    let before = sample();
    let (from, to) = (
        "title: Thirty days on our network",
        "title: A month of small steps",
    );
    let path = "content/challenges/thirty-days.md";
    let text = std::str::from_utf8(&before.files[path]).expect("UTF-8");
    let share = text
        .split("### Share\n")
        .nth(1)
        .and_then(|t| t.trim_start().lines().next());
    let after = changed(&before, path, share.expect("a question"), "What else?");
    let after = changed(&after, path, from, to);
    let first = &*DAY;
    let second = build_on(&after, DEMONSTRATION, &first.ledgers);
    let [brief, full] = ["feed.xml", "full.xml"]
        .map(|file| format!("public/larkfield/thirty-days-autumn-2026/{file}"));
    let items = |built: &Built, path: &str| read(built, path).channel.items;
    assert_eq!(
        items(first, &brief)
            .iter()
            .map(|i| (i.title.clone(), i.description.clone()))
            .collect::<Vec<_>>(),
        items(&second, &brief)
            .iter()
            .map(|i| (i.title.clone(), i.description.clone()))
            .collect::<Vec<_>>(),
    );
    let (was, is) = (items(first, &full), items(&second, &full));
    let changed = was
        .iter()
        .zip(&is)
        .filter(|(was, is)| was.content != is.content);
    assert_eq!(changed.count(), 1);
    let what_else = is
        .iter()
        .filter(|item| item.content().is_some_and(|c| c.contains("What else?")));
    assert_eq!(what_else.count(), 1);
    let frozen = |item: &rss::Item| {
        let item = item.clone();
        (
            item.title,
            item.link,
            item.guid,
            item.pub_date,
            item.description,
        )
    };
    assert!(was.iter().map(frozen).eq(is.iter().map(frozen)));
}

/// A question on every day that God gives, for two years.
const DAILY: &str = r#"
-- content/circle.md --
---
kind: community
id: circle
title: Circle
summary: One question a day for everybody who talks with customers.
purpose: So that nobody has to work out a hard answer alone any more.
manager: role:manager
deputy: role:deputy
origin: self-organised
rhythm:
  - {id: question, title: The question, type: prompt, from: bank, repeat: circular, every: day}
---
What it is.
-- content/bank.md --
---
kind: prompts
id: bank
title: The bank
summary: The questions.
---
## First question {#first}
What was first?
## Second question {#second}
What was second?
-- sites/s/runs/circle.md --
---
id: circle
programme: circle
created: 2026-01-05
starts: 2026-03-02
review_by: 2028-12-01
channels: [everyone]
---
"#;

#[test]
fn r11_r13_a_full_feed_stays_small_and_a_withdrawal_pulls_nothing_old_in() {
    let daily = folder(&format!("{SITE}{DAILY}"));
    let now = "2027-12-01T12:00:00Z";
    let first = build(&daily, now);
    let ids = |built: &Built, file: &str| -> BTreeSet<String> {
        let feed = read(built, built.files.get_key_value(file).expect(file).0);
        let guids = feed.guids().into_iter().filter(|guid| !guid.contains("/_"));
        guids.map(str::to_owned).collect()
    };
    let path = "public/s/circle/full.xml";
    assert_eq!(ids(&first, path).len(), 200);
    assert!(ids(&first, "public/s/circle/feed.xml").len() < 20);
    // The newest was withdrawn: it is gone, and what was out of sight stays there.
    let mut ledgers = first.ledgers.clone();
    let ledger = ledgers.values_mut().next().expect("a ledger");
    let newest = ledger.entries.values().max_by_key(|entry| entry.stamp);
    let newest = Entry::clone(newest.expect("an entry"));
    let later = newest
        .stamp
        .map(|at| at + jiff::SignedDuration::from_secs(60));
    let ghost = Entry {
        link: "https://learn.example.org/circle/ghost/".to_owned(),
        stamp: later,
        updated: later,
        ..newest
    };
    ledger
        .entries
        .insert("circle/ghost".to_owned(), Arc::new(ghost));
    let second = build_with(Inputs {
        folder: daily.clone(),
        ledgers,
        now: now.parse().expect("an instant"),
        ..Inputs::default()
    });
    for file in [path, "public/s/full.xml", "public/s/circle/feed.xml"] {
        let (was, is) = (ids(&first, file), ids(&second, file));
        assert!(is.is_subset(&was), "{file}");
        assert!(was.len() - is.len() <= 1, "{file}");
    }
}

#[test]
fn r15_every_file_stays_within_what_readers_take() {
    for (path, bytes) in DAY.tree("public") {
        let feed = ["feed.xml", "atom.xml", "feed.json"];
        let limit = if feed.iter().any(|name| path.ends_with(name)) {
            512 * 1024
        } else if path.contains("/full") {
            5 * 1024 * 1024
        } else if path.ends_with(".html") {
            let text = std::str::from_utf8(bytes).expect("UTF-8");
            let head = text.find("</head>").expect("a head");
            assert!(head < 32 * 1024, "{path}: a head of {head} bytes");
            250_000
        } else {
            continue;
        };
        assert!(bytes.len() <= limit, "{path}: {} bytes", bytes.len());
    }
}
