//! Long stretches of builds, looked at as subscribers do.

use crate::common::{at, build_on};
use crate::{FEED, items, library};
use jiff::SignedDuration;
use std::collections::{BTreeMap, BTreeSet};

fn guid(item: &str) -> &str {
    let guid = item
        .split("<guid isPermaLink=\"false\">")
        .nth(1)
        .expect("a guid");
    guid.split('<').next().expect("a guid")
}

/// Builds at every edge of 200 days and at an hour between; an hour at which nothing changes makes the same bytes,
/// which `m3_…` holds.
#[test]
fn m2_m9_over_200_days_each_item_comes_once_never_changes_and_leaves_by_its_age() {
    let folder = library(&[]);
    let (begin, end) = (at("2026-03-01T12:00:00Z"), at("2026-09-17T12:00:00Z"));
    let mut now = begin;
    let mut ledgers = BTreeMap::new();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let (mut gone, mut shown): (BTreeSet<String>, BTreeSet<String>) = Default::default();
    let mut builds = 0;
    while now < end {
        let built = build_on(&folder, &now.to_string(), &ledgers);
        let items = items(&built, FEED);
        let ids: BTreeSet<String> = items.iter().map(|item| guid(item).to_owned()).collect();
        assert_eq!(ids.len(), items.len(), "twice at {now}");
        for item in items {
            let id = guid(item).to_owned();
            assert!(!gone.contains(&id), "{id} came back at {now}");
            let item = item.trim_end_matches("</channel></rss>\n");
            let known = texts.entry(id).or_insert_with(|| item.to_owned());
            assert_eq!(
                known, item,
                "a reader of content would show it again at {now}"
            );
        }
        // Whatever went was older than all that stayed.
        for id in shown.difference(&ids) {
            gone.insert(id.clone());
            let stamp =
                |id: &str| built.ledger("s").entries[id.rsplit_once("s/").expect("an id").1].stamp;
            assert!(
                ids.iter().all(|stays| stamp(stays) > stamp(id)),
                "{id} at {now}"
            );
        }
        shown = ids;
        ledgers = built.ledgers;
        builds += 1;
        let half = now + SignedDuration::from_hours(37);
        now = built.edges.first().map_or(end, |edge| edge.at.min(half));
    }
    let ledger = ledgers.values().next().expect("a ledger");
    assert!(
        builds > 100 && texts.len() > 35,
        "{builds} builds, {} items",
        texts.len()
    );
    let stamped = ledger
        .entries
        .values()
        .filter(|entry| entry.stamp.is_some());
    assert_eq!(texts.len(), stamped.count(), "each released item was shown");
}

#[test]
fn w6_7_a_typo_mended_in_a_released_day_leaves_its_guid_date_and_link() {
    let first = crate::build(&library(&[]), "2026-03-05T12:00:00Z");
    let mended = library(&[
        ("Do three.", "Do three, slowly."),
        ("## Three {#three}", "## Third {#three}"),
    ]);
    let second = build_on(&mended, "2026-03-05T15:00:00Z", &first.ledgers);
    assert_eq!(first.text(FEED), second.text(FEED));
    assert_eq!(first.ledger("s"), second.ledger("s"));
    let page = second.text("public/s/spring/three/index.html");
    assert!(page.contains("Do three, slowly.") && page.contains("Third"));
}
