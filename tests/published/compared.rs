//! Two states of a site, compared.

use super::{begun, published, then};
use crate::common::{Built, at};
use learnflow::published::{Changed, Comparison, Published, compare};

const NOW: &str = "2026-03-12T14:10:00Z";

fn compared(before: &Built, after: &Built) -> Comparison {
    compare(&published(before), &published(after), at(NOW))
}

/// How, and the title, of all that differs.
fn items(found: &Comparison) -> Vec<(Changed, &str)> {
    let items = found.items.iter();
    items.map(|item| (item.how, item.title.as_str())).collect()
}

#[test]
fn nothing_new_is_nothing_seen() {
    let before = begun();
    let after = then(&before, &[], "2026-03-11T13:00:00Z");
    assert_eq!(compared(&before, &after), Comparison::default());
}

#[test]
fn m12_a_new_item_is_told_once_with_its_feeds_and_every_network_shows_it() {
    let before = begun();
    let after = then(&before, &[], "2026-03-12T14:00:00Z");
    let found = compared(&before, &after);
    assert_eq!(
        items(&found),
        [(Changed::New, "The meeting: 12 March 2026")]
    );
    assert_eq!(
        found.items[0].feeds,
        [
            "channels/everyone/feed.xml",
            "channels/everyone/full.xml",
            "circle/feed.xml",
            "circle/full.xml",
            "feed.xml",
            "full.xml"
        ]
    );
    // Three feeds, each for networks and for readers; eleven consumers.
    assert_eq!(found.sees.len(), 6 * 11);
    for sees in &found.sees {
        assert_eq!(
            sees.posts,
            ["The meeting: 12 March 2026"],
            "{} in {}",
            sees.consumer,
            sees.feed
        );
        assert!(sees.skips.is_empty() && sees.repeats.is_empty() && sees.revises.is_empty());
    }
}

#[test]
fn w6_7_a_slip_that_is_mended_after_the_release_changes_nothing_that_a_subscriber_sees() {
    let before = begun();
    let mended = [("Do three.", "Do three, slowly.")];
    let after = then(&before, &mended, "2026-03-11T13:00:00Z");
    let found = compared(&before, &after);
    assert_eq!(items(&found), []);
    assert!(found.sees.is_empty());
}

/// A feed whose words follow the page: what others do, and what a network makes of it.
#[test]
fn w6_7_words_that_changed_after_the_release_are_named_with_who_shows_them_again() {
    let before = begun();
    let after = begun();
    let path = "public/s/spring/feed.xml";
    let changed = after
        .text(path)
        .replacen("Do three.", "Do three, slowly.", 1);
    let mut files = super::files(&after);
    files.get_mut("spring/feed.xml").expect("a feed").bytes = changed.into_bytes();
    let found = compare(&published(&before), &Published::read(files), at(NOW));
    assert_eq!(items(&found), [(Changed::Changed, "Day 3: Three")]);
    let told: Vec<(&str, &[String], &[String])> = found
        .sees
        .iter()
        .map(|sees| (sees.consumer, &sees.repeats[..], &sees.revises[..]))
        .collect();
    let title = ["Day 3: Three".to_owned()];
    assert_eq!(
        told,
        [
            ("slack", &title[..], &[][..]),
            ("discourse", &[][..], &title[..])
        ]
    );
}

#[test]
fn what_is_withdrawn_is_told_and_nobody_shows_anything() {
    let before = begun();
    let gone = [
        ("count: 6", "count: 5"),
        (
            "## Two {#two}\n### Do\nDo two.\n### Share\nShare two.\n",
            "",
        ),
    ];
    let after = then(&before, &gone, "2026-03-11T13:00:00Z");
    let found = compared(&before, &after);
    assert_eq!(items(&found), [(Changed::Withdrawn, "Day 2: Two")]);
    assert!(found.sees.is_empty(), "{:?}", found.sees);
}

#[test]
fn a_date_that_moved_is_told_with_who_repeats_it() {
    let before = begun();
    let after = begun();
    let mut files = super::files(&after);
    let path = "spring/feed.xml";
    let text = String::from_utf8(files[path].bytes.clone()).expect("text");
    let moved = text.replacen(
        "Wed, 04 Mar 2026 09:00:00 +0000",
        "Wed, 04 Mar 2026 09:30:00 +0000",
        1,
    );
    assert_ne!(text, moved);
    files.get_mut(path).expect("a feed").bytes = moved.into_bytes();
    let found = compare(&published(&before), &Published::read(files), at(NOW));
    assert_eq!(items(&found), [(Changed::Redated, "Day 3: Three")]);
    let again: Vec<&str> = found
        .sees
        .iter()
        .filter(|sees| !sees.repeats.is_empty())
        .map(|sees| sees.consumer)
        .collect();
    assert_eq!(
        again,
        ["humhub"],
        "the others stop at what they know above it"
    );
}

#[test]
fn m4_a_holiday_moves_what_is_ahead_and_the_new_end_is_told() {
    let before = super::build(&super::library(&[]), "2026-03-04T12:00:00Z");
    let holiday = [(
        "days:\n",
        "days:\n  - {date: 2026-03-06, name: A day off}\n",
    )];
    let after = then(&before, &holiday, "2026-03-04T13:00:00Z");
    let found = compared(&before, &after);
    assert_eq!(items(&found), []);
    let moved: Vec<(String, String)> = found
        .moved
        .iter()
        .filter_map(|moved| Some((moved.before.as_ref()?.when(), moved.after.as_ref()?.when())))
        .collect();
    let when = |before: &str, after: &str| (before.to_owned(), after.to_owned());
    assert!(
        moved.contains(&when("2026-03-09", "2026-03-10")),
        "{moved:?}"
    );
    let (path, was, is) = &found.ends[0];
    assert_eq!(
        (path.as_str(), was.as_str(), is.as_str()),
        ("spring/feed.xml", "2026-03-09", "2026-03-10")
    );
}

#[test]
fn a_feed_that_would_be_gone_is_told() {
    let before = begun();
    let mut after = super::files(&begun());
    after.remove("spring/feed.xml");
    let found = compare(&published(&before), &Published::read(after), at(NOW));
    assert_eq!(found.gone_feeds, ["spring/feed.xml"]);
}
