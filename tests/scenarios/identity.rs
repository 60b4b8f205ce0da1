//! What is out stays out, as it was: identities, stamps and addresses.

use crate::common::{Built, build, build_on};
use crate::make::{
    between, challenge, due, edit_site, feed, fine, keys, page, run, site, steps, told,
};
use learnflow::model::{Id, Ledger};
use std::collections::BTreeMap;

const DAILY: &str = "{every: day, days: weekdays, at: \"09:00\"}";

type Ledgers = BTreeMap<Id, Ledger>;

#[test]
fn w6_5_twenty_nine_files_are_not_thirty() {
    let mut files = "-- content/thirty/index.md --\n---\nkind: challenge\nid: thirty\n\
        title: Thirty days\nsummary: One small thing a day.\n\
        purpose: So that everyone finds one use of the network that helps their own work.\n\
        count: 30\ncadence: {every: day, days: weekdays, at: \"09:00\"}\n---\nWhat it is.\n"
        .to_owned();
    for n in (1..=30).filter(|n| *n != 17) {
        files += &format!(
            "-- content/thirty/{n:02}.md --\n---\nid: a{n}\norder: {n}\ntitle: Step {n}\nminutes: 5\n---\n\
             ## Do\n\nTake it.\n\n## Share\n\nWhat came of it?\n"
        );
    }
    let built = build(&site(&files), "2026-03-01T12:00:00Z");
    let text = told(&built, "count-mismatch");
    assert!(
        text.contains("`count` says 30, there are 29 activities; none has the order 17"),
        "{text}"
    );
    assert!(built.diags.has_errors());
}

#[test]
fn w6_6_an_autumn_run_leaves_spring_as_it_was() {
    let spring = steps(5, DAILY) + &run("spring", "steps", "2026-03-02", "");
    let both = spring.clone() + &run("autumn", "steps", "2026-09-07", "");
    let released = build(&site(&spring), "2026-04-01T12:00:00Z");
    fine(&released);
    for now in [
        "2026-04-01T12:00:00Z",
        "2026-09-08T12:00:00Z",
        "2026-11-01T12:00:00Z",
    ] {
        let alone = build_on(&site(&spring), now, &released.ledgers);
        let built = build_on(&site(&both), now, &released.ledgers);
        let own = |built: &Built| -> BTreeMap<String, Vec<u8>> {
            let files = built
                .files
                .iter()
                .filter(|(path, _)| path.contains("/s/spring/"));
            files
                .map(|(path, bytes)| (path.clone(), bytes.clone()))
                .collect()
        };
        assert!(own(&alone).contains_key("public/s/spring/feed.xml"));
        assert_eq!(own(&alone), own(&built), "at {now}");
    }
    let built = build(&site(&both), "2026-11-01T12:00:00Z");
    due(&built, "autumn", &[("a1", "Mon 2026-09-07 09:00 08:00Z")]);
    due(&built, "spring", &[("a1", "Mon 2026-03-02 09:00 09:00Z")]);
    let keys: Vec<&str> = built
        .ledger("s")
        .entries
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(keys.len(), 10, "no identity is shared: {keys:?}");
}

const SWAPPED: &[u32] = &[1, 3, 2, 4, 5];

fn ordered(order: &[u32], now: &str, ledgers: &Ledgers) -> Built {
    let files = challenge(order, DAILY) + &run("r", "steps", "2026-03-02", "");
    build_on(&site(&files), now, ledgers)
}

#[test]
fn w6_8_two_days_that_are_not_out_may_change_places() {
    let monday = "2026-03-02T12:00:00Z";
    let before = ordered(&[1, 2, 3, 4, 5], monday, &Ledgers::new());
    let built = ordered(SWAPPED, monday, &before.ledgers);
    fine(&built);
    assert_eq!(keys(&built, "r"), ["a1", "a3", "a2", "a4", "a5"]);
    due(
        &built,
        "r",
        &[
            ("a3", "Tue 2026-03-03 09:00 09:00Z"),
            ("a2", "Wed 2026-03-04 09:00 09:00Z"),
        ],
    );
}

/// What is out keeps its day, its number and its entry, and the rest follows: nothing appears twice and
/// nothing is left out.
#[test]
fn w6_8_a_day_that_is_out_keeps_its_place() {
    let tuesday = "2026-03-03T12:00:00Z";
    let before = ordered(&[1, 2, 3, 4, 5], tuesday, &Ledgers::new());
    let built = ordered(SWAPPED, tuesday, &before.ledgers);
    assert!(!built.diags.has_errors(), "{}", built.told());
    assert_eq!(keys(&built, "r"), ["a1", "a2", "a3", "a4", "a5"]);
    due(
        &built,
        "r",
        &[
            ("a2", "Tue 2026-03-03 09:00 09:00Z"),
            ("a3", "Wed 2026-03-04 09:00 09:00Z"),
        ],
    );
    assert!(built.plans["s/r"].contains("Day 2: Step number 2"));
    assert!(built.plans["s/r"].contains("Day 3: Step number 3"));
    assert_eq!(feed(&before, "r/"), feed(&built, "r/"));
    assert_eq!(before.ledger("s"), built.ledger("s"));
    // The day after, what was swapped forward comes out once.
    let next = ordered(SWAPPED, "2026-03-04T12:00:00Z", &built.ledgers);
    let out: Vec<&str> = feed(&next, "r/").iter().map(|(guid, _)| *guid).collect();
    assert_eq!(out, ["r/a3", "r/a2", "r/a1"]);
}

#[test]
fn m7_a_slip_of_the_pen_is_named() {
    let files = steps(2, DAILY).replace("purpose:", "purpos:");
    let built = build(&site(&files), "2026-03-01T12:00:00Z");
    let text = told(&built, "unknown-key");
    assert!(
        text.contains("`purpos`") && text.contains("did you mean `purpose`?"),
        "{text}"
    );
    assert!(built.diags.has_errors());
}

#[test]
fn m10_a_renamed_file_changes_nothing() {
    let index = "-- content/steps/index.md --\n---\nkind: challenge\nid: steps\ntitle: Steps\n\
        summary: One small thing.\npurpose: So that people find one colleague whom they can ask.\n\
        count: 1\ncadence: {every: day, days: weekdays, at: \"09:00\"}\n---\nWhat it is.\n";
    let step = "---\nid: hello\norder: 1\ntitle: Say hello\nminutes: 5\nmilestone: celebration\n---\n\
        ## Do\n\nSay hello.\n\n## Share\n\nWhat came back?\n";
    let named = |file: &str, run_file: &str| {
        let files = format!(
            "{index}-- content/steps/{file} --\n{step}{}",
            run("r", "steps", "2026-03-02", "")
        );
        site(&files.replace("sites/s/runs/r.md", run_file))
    };
    let now = "2026-03-02T12:00:00Z";
    let before = build(&named("01-hello.md", "sites/s/runs/r.md"), now);
    fine(&before);
    let after = build_on(
        &named("99-greeting.md", "sites/s/runs/2026/first.md"),
        now,
        &before.ledgers,
    );
    fine(&after);
    assert_eq!(before.files, after.files, "every byte of both trees");
}

/// An address that was published once leads on for ever.
#[test]
fn m10_a_former_address_leads_to_the_present_one() {
    let files = steps(2, DAILY) + &run("r", "steps", "2026-03-02", "");
    let now = "2026-03-02T12:00:00Z";
    let built = build(&site(&files), now);
    for (link, old) in [
        ("https://learn.example.org/r/first-step/", "r/first-step/"),
        // The site stood below another path of the same host.
        ("https://learn.example.org/learning/r/a1/", "learning/r/a1/"),
        // It stood on another host, at another address.
        ("https://old.example.net/r/first-step/", "r/first-step/"),
    ] {
        let mut ledgers = built.ledgers.clone();
        for ledger in ledgers.values_mut() {
            let entry = ledger.entries.get_mut("r/a1").expect("it is out");
            std::sync::Arc::make_mut(entry).link = link.to_owned();
        }
        let moved = build_on(&site(&files), now, &ledgers);
        fine(&moved);
        let html = page(&moved, old);
        let to = between(html, "http-equiv=\"refresh\" content=\"0; url=", "\"");
        let up = "../".repeat(old.matches('/').count());
        assert!(
            to == format!("{up}r/a1/") || to == "https://learn.example.org/r/a1/",
            "{old} leads to {to}"
        );
        assert!(
            page(&moved, "r/a1/").contains("Take step 1."),
            "the page stays where it is"
        );
        // Subscribers see the entry as it was: same identity, same stamp.
        assert_eq!(feed(&built, "r/"), feed(&moved, "r/"));
        let feed = moved.text("public/s/r/feed.xml");
        assert!(feed.contains(&format!("<link>{link}</link>")), "{feed}");
    }
}

#[test]
fn m10_aliases_of_a_programme_lead_to_it() {
    let files = steps(2, DAILY).replace(
        "count: 2",
        "count: 2\nslug: small-steps\naliases: [first-steps]",
    ) + &run("r", "steps", "2026-03-02", "");
    let built = build(&site(&files), "2026-03-02T12:00:00Z");
    fine(&built);
    assert!(page(&built, "programmes/small-steps/").contains("Small steps"));
    assert!(page(&built, "first-steps/").contains("programmes/small-steps/"));
}

/// Runs that all release at the same instant into one channel.
fn together(ids: &[&str], now: &str, ledgers: &Ledgers) -> Built {
    let runs: String = ids
        .iter()
        .map(|id| run(id, "steps", "2026-03-02", ""))
        .collect();
    build_on(&site(&(steps(2, DAILY) + &runs)), now, ledgers)
}

#[test]
fn m11_two_at_one_instant_are_a_second_apart_and_stay_so() {
    let monday = "2026-03-02T12:00:00Z";
    let two = together(&["alpha", "omega"], monday, &Ledgers::new());
    let apart = [
        ("omega/a1", "Mon, 02 Mar 2026 09:00:01 +0000"),
        ("alpha/a1", "Mon, 02 Mar 2026 09:00:00 +0000"),
    ];
    assert_eq!(feed(&two, "channels/everyone/"), apart);
    // A third between them, later: it is stamped after both.
    let three = together(&["alpha", "middle", "omega"], monday, &two.ledgers);
    let entries = feed(&three, "channels/everyone/");
    assert_eq!(entries[1..], apart);
    assert_eq!(entries[0], ("middle/a1", "Mon, 02 Mar 2026 12:05:00 +0000"));
}

/// The site at another address: nothing that subscribers remember moves.
#[test]
fn m10_a_new_host_re_posts_nothing() {
    let files = steps(2, DAILY) + &run("r", "steps", "2026-03-02", "");
    let now = "2026-03-02T12:00:00Z";
    let built = build(&site(&files), now);
    let mut folder = site(&files);
    edit_site(
        &mut folder,
        "https://learn.example.org",
        "https://new.example.net/learn",
    );
    let after = build_on(&folder, now, &built.ledgers);
    fine(&after);
    assert_eq!(feed(&built, "r/"), feed(&after, "r/"));
    assert_eq!(built.ledger("s"), after.ledger("s"));
    let text = after.text("public/s/r/feed.xml");
    assert!(
        text.contains("<link>https://learn.example.org/r/a1/</link>"),
        "{text}"
    );
    // What is new has its link at the new host.
    let next = build_on(&folder, "2026-03-03T12:00:00Z", &after.ledgers);
    let text = next.text("public/s/r/feed.xml");
    assert!(
        text.contains("<link>https://new.example.net/learn/r/a2/</link>"),
        "{text}"
    );
}

#[test]
fn a_run_in_another_language_says_so_in_its_feed() {
    let text = steps(2, DAILY) + &run("ours", "steps", "2026-03-02", "language: pt-PT");
    let built = build(&site(&text), "2026-03-03T12:00:00Z");
    fine(&built);
    assert!(
        built
            .text("public/s/ours/feed.xml")
            .contains("<language>pt-PT</language>")
    );
    assert!(
        built
            .text("public/s/feed.xml")
            .contains("<language>en-GB</language>")
    );
}
