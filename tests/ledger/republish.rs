//! `republish: yes`: a correction that people are told of, and nothing else moves.

use crate::common::{Built, at, build, build_on};
use crate::{FEED, begun, items, library};
use jiff::SignedDuration;

const OVERRIDES: &str = "programme: steps\noverrides:\n";

/// The library with a typo mended and decisions about the run.
fn mended(decisions: &str) -> learnflow::model::Folder {
    library(&[
        ("### Do\nDo one.", "### Do\nDo the one that was meant."),
        ("programme: steps\n", &format!("{OVERRIDES}{decisions}")),
    ])
}

fn pub_dates(built: &Built) -> Vec<String> {
    let of = |item: &str, tag: &str| {
        let value = item.split(&format!("<{tag}>")).nth(1).expect("a value");
        value.split('<').next().unwrap_or_default().to_owned()
    };
    let items = items(built, FEED).into_iter();
    items
        .map(|item| of(item, "link") + " " + &of(item, "pubDate"))
        .collect()
}

#[test]
fn r10_a_correction_goes_out_once_and_only_when_it_is_decided() {
    let first = begun(&library(&[]));
    let now = "2026-03-02T15:00:00Z";
    let decided =
        mended("  - {id: one, on: 2026-03-02, reason: It said the wrong thing, republish: yes}\n");
    let second = build_on(&decided, now, &first.ledgers);
    assert_eq!(second.codes(), [""; 0], "{}", second.told());
    let (was, is) = (
        &first.ledger("s").entries["spring/one"],
        &second.ledger("s").entries["spring/one"],
    );
    assert_eq!(
        (was.stamp, &was.link, was.due),
        (is.stamp, &is.link, is.due)
    );
    assert_eq!(is.updated, Some(at(now) + SignedDuration::from_mins(5)));
    assert!(is.frozen.summary.contains("the one that was meant"));
    assert_eq!(
        pub_dates(&first),
        pub_dates(&second),
        "its place and date stay"
    );
    let text = second.text(FEED);
    assert!(
        text.contains("<atom:updated>2026-03-02T15:05:00Z</atom:updated>"),
        "{text}"
    );
    assert!(
        text.contains("<lastBuildDate>Mon, 02 Mar 2026 15:05:00 +0000"),
        "{text}"
    );
    // It is done. Neither another build nor another edit does it again.
    let again = build_on(&decided, "2026-03-02T18:00:00Z", &second.ledgers);
    assert_eq!(again.ledger("s"), second.ledger("s"));
    // A second decision does, and what comes out later is stamped after it.
    let twice = mended(
        "  - {id: one, on: 2026-03-02, reason: It said the wrong thing, republish: yes}\n  \
         - {id: one, on: 2026-03-03, reason: And once more, republish: yes}\n",
    );
    let third = build_on(&twice, "2026-03-03T12:00:00Z", &second.ledgers);
    let entries = &third.ledger("s").entries;
    assert_eq!(entries["spring/one"].republished, 2);
    let mut given: Vec<_> = entries
        .values()
        .flat_map(|entry| [entry.stamp, entry.updated])
        .collect();
    given.sort();
    given.dedup();
    assert_eq!(given.len(), entries.len() + 1, "no two at the same second");
    assert!(entries["spring/one"].updated > entries["spring/two"].stamp);
}

#[test]
fn r10_a_decision_for_another_day_is_an_edge_and_a_fresh_ledger_has_nothing_to_do_anew() {
    let first = begun(&library(&[]));
    let ahead =
        mended("  - {id: one, on: 2026-03-03, reason: It said the wrong thing, republish: yes}\n");
    let before = build_on(&ahead, "2026-03-02T15:00:00Z", &first.ledgers);
    assert_eq!(before.ledger("s"), first.ledger("s"));
    let midnight = at("2026-03-03T00:00:00Z");
    let edge = before
        .edges
        .iter()
        .find(|edge| edge.at == midnight)
        .expect("an edge");
    assert!(
        edge.feed && edge.what.contains("published anew"),
        "{edge:?}"
    );
    let after = build_on(&ahead, "2026-03-03T00:00:00Z", &first.ledgers);
    assert_ne!(after.text(FEED), first.text(FEED));
    let fresh = build(&ahead, "2026-03-11T12:00:00Z");
    let entry = &fresh.ledger("s").entries["spring/one"];
    assert_eq!((entry.updated, entry.republished), (entry.stamp, 1));
}

#[test]
fn republish_early_what_is_not_out_cannot_be_published_anew() {
    let first = begun(&library(&[]));
    let early = mended("  - {id: six, on: 2026-03-02, reason: Too early, republish: yes}\n");
    let built = build_on(&early, "2026-03-02T15:00:00Z", &first.ledgers);
    assert_eq!(built.codes(), ["republish-early"], "{}", built.told());
    assert_eq!(built.ledger("s"), first.ledger("s"));
}
