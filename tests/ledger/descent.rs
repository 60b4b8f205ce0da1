//! What may be published after what, and a lost ledger made again.

use crate::common::{Built, at, build, build_on, build_with};
use crate::{FEED, begun, items, library};
use learnflow::formats::read_feed;
use learnflow::model::{Entry, Ledger, Slip};
use learnflow::pipeline::{self, Inputs};
use std::collections::BTreeMap;
use std::sync::Arc;

fn changed(ledger: &Ledger, id: &str, change: impl FnOnce(&mut Entry)) -> Ledger {
    let mut ledger = ledger.clone();
    change(Arc::make_mut(ledger.entries.get_mut(id).expect(id)));
    ledger
}

#[test]
fn a_ledger_that_forgets_or_rewrites_what_is_out_may_not_be_published() {
    let folder = library(&[]);
    let first = begun(&folder);
    let second = build_on(&folder, "2026-03-03T12:00:00Z", &first.ledgers);
    let (old, new) = (first.ledger("s"), second.ledger("s"));
    assert_eq!(old.slips_after(old), []);
    assert_eq!(new.slips_after(old), []);
    // Somebody else published meanwhile.
    let other = build_on(&folder, "2026-03-03T12:10:00Z", &first.ledgers);
    let slips = other.ledger("s").slips_after(new);
    assert!(slips.contains(&Slip::Behind(2, 2)), "{slips:?}");
    assert!(
        slips
            .iter()
            .any(|slip| matches!(slip, Slip::Changed(ids) if ids.contains(&"spring/two")))
    );
    // The older one over the newer one.
    assert!(matches!(
        old.slips_after(new)[..],
        [Slip::Behind(1, 2), Slip::Lost(_)]
    ));
    // A ledger that began afresh, as when CI forgot it.
    let afresh = build(&folder, "2026-03-03T12:00:00Z");
    assert!(
        afresh
            .ledger("s")
            .slips_after(new)
            .contains(&Slip::Behind(1, 2))
    );
    // Whatever of an entry is frozen.
    let one = "spring/one";
    for change in [
        |entry: &mut Entry| entry.link.push('x'),
        |entry: &mut Entry| entry.frozen.title.push('x'),
        |entry: &mut Entry| entry.frozen.summary.push('x'),
        |entry: &mut Entry| {
            entry.stamp = entry
                .updated
                .map(|at| at + jiff::SignedDuration::from_secs(1))
        },
        |entry: &mut Entry| entry.due -= jiff::SignedDuration::from_secs(1),
        |entry: &mut Entry| entry.stamp = None,
    ] {
        assert_eq!(
            changed(new, one, change).slips_after(old),
            [Slip::Changed(vec![one])]
        );
    }
    // A correction and a withdrawal may; the day of a withdrawal stays.
    let corrected = changed(new, one, |entry| {
        entry.republished += 1;
        entry.updated = Some(at("2026-03-03T12:30:00Z"));
        entry.frozen.title.push('x');
    });
    assert_eq!(corrected.slips_after(old), []);
    let day = jiff::civil::Date::constant(2026, 3, 3);
    let withdrawn = changed(new, one, |entry| entry.withdrawn = Some(day));
    assert_eq!(withdrawn.slips_after(old), []);
    assert_eq!(
        new.slips_after(&withdrawn).last(),
        Some(&Slip::Changed(vec![one]))
    );
    // New items stamped in the past of a network's watermark.
    let two = "spring/two";
    let early = changed(new, two, |entry| entry.stamp = old.last_stamp());
    assert_eq!(early.slips_after(old), [Slip::Early(vec![two])]);
}

/// A ledger made again from files as they were published.
fn recovered(
    folder: &learnflow::model::Folder,
    built: &Built,
    files: &[&str],
    now: &str,
) -> Ledger {
    let loaded = pipeline::load(folder);
    let site = loaded.library.sites.values().next().expect("a site");
    let mut shown = BTreeMap::new();
    for file in files {
        shown.extend(read_feed(site, built.text(file).as_bytes()).expect(file));
    }
    let inputs = Inputs {
        folder: folder.clone(),
        now: at(now),
        ..Inputs::default()
    };
    let (prepared, _) = pipeline::prepare(&loaded, &inputs);
    learnflow::plan::recover(&prepared[0].plan, shown).ledger
}

#[test]
fn a_lost_ledger_is_made_again_from_a_feed_and_nothing_is_shown_twice() {
    let folder = library(&[]);
    // A year of real builds: what was shown with its real stamps.
    let mut built = begun(&folder);
    for now in [
        "2026-03-03T09:07:00Z",
        "2026-03-04T09:21:00Z",
        "2026-03-10T10:00:00Z",
        "2026-05-20T09:03:00Z",
    ] {
        built = build_on(&folder, now, &built.ledgers);
    }
    let now = "2026-05-20T12:00:00Z";
    built = build_on(&folder, now, &built.ledgers);
    let lost = built.ledger("s");
    for files in [
        &["public/s/full.xml"][..],
        &[FEED][..],
        &["public/s/spring/full.xml", FEED][..],
    ] {
        let again = recovered(&folder, &built, files, now);
        let mut ledgers = BTreeMap::new();
        ledgers.insert(
            built.ledgers.keys().next().expect("a site").clone(),
            again.clone(),
        );
        let next = build_on(&folder, "2026-05-20T12:30:00Z", &ledgers);
        assert!(!next.codes().contains(&"withdrawn"), "{}", next.told());
        assert_eq!(items(&next, FEED), items(&built, FEED), "{files:?}");
        for (id, entry) in &again.entries {
            let was = &lost.entries[id];
            assert!(entry.stamp.is_none() || entry.stamp == was.stamp, "{id}");
            assert_eq!((entry.due, &entry.link), (was.due, &was.link), "{id}");
        }
        // What comes next comes as if nothing had happened.
        let (usual, mended) = ("2026-06-10T12:00:00Z", "2026-06-10T12:00:00Z");
        let usual = build_on(&folder, usual, &built.ledgers);
        let mended = build_on(&folder, mended, &next.ledgers);
        let guids = |built: &Built| {
            items(built, FEED)
                .iter()
                .map(|item| {
                    let guid = item.split("</guid>").next().unwrap_or_default();
                    guid.rsplit('>').next().unwrap_or_default().to_owned()
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(guids(&usual), guids(&mended), "{files:?}");
    }
    let whole = recovered(&folder, &built, &["public/s/full.xml"], now);
    let same = whole
        .entries
        .iter()
        .filter(|(id, entry)| lost.entries[*id].stamp == entry.stamp);
    assert_eq!(
        same.count(),
        lost.entries.len(),
        "a full feed of a year has all stamps"
    );
}

#[test]
fn a_feed_of_another_site_or_no_feed_makes_no_ledger() {
    let folder = library(&[]);
    let built = begun(&folder);
    let loaded = pipeline::load(&folder);
    let site = loaded.library.sites.values().next().expect("a site");
    let other = built.text(FEED).replace("2026:s/", "2026:t/");
    for (name, text) in [
        ("another site", other.as_str()),
        ("a page", "<!doctype html><title>404</title>"),
        ("nothing", ""),
        ("half a feed", &built.text(FEED)[..700]),
    ] {
        let why = read_feed(site, text.as_bytes()).expect_err(name);
        assert!(why.contains("; take "), "{name}: {why}");
    }
}

#[test]
fn what_was_withdrawn_and_comes_back_has_its_page_and_is_shown_to_nobody_again() {
    let folder = library(&[]);
    let first = build(&folder, "2026-03-11T12:00:00Z");
    let gone = library(&[
        ("count: 6", "count: 5"),
        (
            "## Two {#two}\n### Do\nDo two.\n### Share\nShare two.\n",
            "",
        ),
    ]);
    let second = build_on(&gone, "2026-03-11T13:00:00Z", &first.ledgers);
    let third = build_with(Inputs {
        folder,
        ledgers: second.ledgers.clone(),
        now: at("2026-03-12T12:00:00Z"),
        ..Inputs::default()
    });
    assert_eq!(items(&third, FEED), items(&second, FEED));
    assert!(
        third
            .text("public/s/spring/two/index.html")
            .contains("Do two.")
    );
}
