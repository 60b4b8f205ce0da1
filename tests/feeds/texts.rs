//! Titles and summaries: messages that stand alone, whatever is in them.

use crate::common::{Built, SITE, build, folder};
use crate::shape::shape;
use crate::{Read, at_demonstration, every_feed, feeds};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn r1_an_id_that_stands_twice_stops_the_build() {
    let built = hostile(&[
        ("Say hello to a stranger", "same"),
        ("Say goodbye to a friend", "same"),
    ]);
    assert!(built.diags.has_errors(), "{}", built.told());
}

/// Summaries are plain, of a length that every reader shows, and lead with what is asked.
fn summary(feed: &Read) {
    for item in &feed.channel.items {
        let text = item.description().expect(feed.path);
        let length = text.chars().count();
        assert!((60..=480).contains(&length), "{length}: {text}");
        assert_eq!(text.trim(), text);
        assert!(!text.contains(['\n', '*', '`']), "{text}");
    }
}

#[test]
fn r19_summaries_stand_alone_as_messages() {
    every_feed(|feed, now| {
        summary(feed);
        for item in &feed.channel.items {
            let text = item.description().expect(feed.path);
            // What some readers cut after 175 characters still says when or how long, and a first clause.
            let start: String = text.chars().take(175).collect();
            let clause = start.rfind(['.', ',', ':', ';', '?', '!']).unwrap_or(0);
            assert!(clause >= 50, "{start} at {now}");
            assert!(
                !text.ends_with('…') && text.ends_with(['.', '?', '!', '"', ')']),
                "{text}"
            );
            // One text serves several channels.
            assert!(!text.contains("network.larkfield.example"), "{text}");
        }
    });
}

#[test]
fn r19_a_message_gives_the_minutes_what_to_do_and_the_question() {
    let built = at_demonstration();
    let ledger = built.ledger("larkfield");
    let check = |id: &str, start: &str, end: &str| {
        let text = &ledger.entries[id].frozen.summary;
        assert!(
            text.starts_with(start) && text.ends_with(end),
            "{id}: {text}"
        );
    };
    check(
        "thirty-days-autumn-2026/work-in-progress",
        "5 minutes: Take a photo of something",
        "and which part could use a second pair of eyes?",
    );
    check(
        "ten-minutes-2026/nobody-speaks-after-the-manager",
        "12 minutes to listen: A choir leader, a fire officer",
        "What did you hear that you would otherwise have talked over?",
    );
    check(
        "ferry-tales-2026/coffee/2026-11-17",
        "Tuesday 17 November 2026, 15:00 (Europe/London), 25 minutes: Which colleague's work",
        "can tell you what you have left out.",
    );
    check(
        "difficult-conversation-lisbon/invitation",
        "Wednesday 2 December 2026, 14:00 (Europe/Lisbon), 120 minutes: A two-hour class",
        "at a desk, on deck or by phone.",
    );
}

#[test]
fn r21_titles_are_whole_and_no_two_are_the_same() {
    every_feed(|feed, now| {
        let below = feed.site().1;
        let many = ["roles/", "topics/", "languages/"];
        let together = below == "feed.xml" || many.iter().any(|many| below.starts_with(many));
        let mut seen = BTreeSet::new();
        for item in &feed.channel.items {
            let title = item.title().expect(feed.path);
            let length = title.chars().count();
            assert!((8..=60).contains(&length), "{length}: {title}");
            assert!(
                !title.contains('…') && title.chars().any(char::is_alphabetic),
                "{title}"
            );
            // In the feed of everything two classes may say the same; the run's name is beside it.
            let run = item.categories()[0].name().to_owned();
            let name = (title.to_owned(), if together { run } else { String::new() });
            assert!(seen.insert(name), "{title} twice in {} at {now}", feed.path);
        }
    });
}

/// A challenge whose activities have these titles and ids, when all are out.
fn hostile(activities: &[(&str, &str)]) -> Built {
    let count = activities.len();
    let activities: String = activities
        .iter()
        .map(|(title, id)| {
            format!(
                "## {title} {{#{id} minutes=5}}\n\n### Do\n\n{title}: find a colleague whom you have not met, \
                 and ask what they are learning. A&amp;B `</item>` ]]\u{1}]> &nbsp; 🚢\n\n\
                 ### Share\n\nWhat did {title} tell you?\n\n### If you have ten minutes\n\nRead.\n\n\
                 ### Example\n\nA short one.\n\n"
            )
        })
        .collect();
    let text = format!(
        "{SITE}\n-- content/challenges/c.md --\n---\nkind: challenge\nid: c\ntitle: \"Q&A </channel> ]]> & é\"\n\
         summary: Small things to do, one each working day, with a question at the end of each.\n\
         purpose: So that people who never posted find one colleague whom they can ask next time.\n\
         audience: Everyone\neffort: 5 minutes a day\ncount: {count}\n\
         cadence: {{every: day, days: weekdays}}\ndesigner: role:designer\nguide: role:guide\n---\nIt is small.\n\n\
         {activities}\n-- sites/s/runs/r.md --\n---\nid: r\nprogramme: c\ncreated: 2026-02-01\n\
         starts: 2026-03-02\nzone: Europe/London\nchannels: [everyone]\nroles: {{designer: ann, guide: bo}}\n---\nHello.\n"
    );
    build(&folder(&text), "2026-03-20T12:00:00Z")
}

#[test]
fn hostile_titles_keep_every_feed_whole() {
    let long =
        "A title that goes on for much longer than any reader of feeds will ever show to anybody";
    let cases = [
        (
            "Say \u{1}hello\u{b} to the \u{fffe}crew",
            "control",
            "Say hello to the crew",
        ),
        (
            "Close ]]> and &lt;/item> it",
            "closing",
            "Close ]]> and </item> it",
        ),
        (
            "Tea &nbsp; for two &amp; more",
            "entities",
            "Tea \u{a0} for two & more",
        ),
        (
            "Fish & chips < \"pie\" > 'mash'",
            "signs",
            "Fish & chips < \"pie\" > 'mash'",
        ),
        (
            "Ships 🚢 and 👩‍🔧 repairs",
            "emoji",
            "Ships 🚢 and 👩‍🔧 repairs",
        ),
        (
            "שלום לכל הצוות על הסיפון",
            "rtl",
            "שלום לכל הצוות על הסיפון",
        ),
        (
            "*Bold* **words** and `code`",
            "markup",
            "Bold words and code",
        ),
        (
            long,
            "long",
            "A title that goes on for much longer than any reader of…",
        ),
    ];
    let activities: Vec<_> = cases.iter().map(|(title, id, _)| (*title, *id)).collect();
    let built = hostile(&activities);
    assert!(!built.diags.has_errors(), "{}", built.told());
    for feed in feeds(&built) {
        shape(&feed);
        summary(&feed);
        let titles: BTreeMap<_, _> = feed
            .channel
            .items
            .iter()
            .map(|item| {
                let guid = item.guid().expect("a guid").value();
                (
                    guid.rsplit('/').next().expect("a last part"),
                    item.title().expect("a title"),
                )
            })
            .filter(|(last, _)| !last.starts_with('_'))
            .collect();
        for (_, id, expected) in cases {
            assert_eq!(titles.get(id), Some(&expected), "{}", feed.path);
        }
        assert_eq!(titles.len(), cases.len());
    }
}

#[test]
fn the_same_title_twice_in_a_feed_is_a_warning() {
    let check = |activities: &[(&str, &str)], expected: usize| {
        let built = hostile(activities);
        assert!(!built.diags.has_errors(), "{}", built.told());
        let told = built
            .codes()
            .iter()
            .filter(|code| **code == "same-title")
            .count();
        assert_eq!(told, expected, "{}", built.told());
    };
    check(
        &[
            ("Say hello to a stranger", "a"),
            ("Say goodbye to a friend", "b"),
        ],
        0,
    );
    check(
        &[
            ("Say hello to a stranger", "a"),
            ("Say hello to a stranger", "b"),
        ],
        1,
    );
    let long = "A title that goes on for much longer than any reader of feeds";
    check(
        &[
            (&format!("{long} shows"), "a"),
            (&format!("{long} likes"), "b"),
        ],
        1,
    );
    let twice = ("Say hello to a stranger", "Say hello to a stranger");
    check(&[(twice.0, "a"), (twice.1, "b"), (twice.0, "c")], 2);
}
