//! Communities, flows and networks: what goes on without a last day, and a season of slots.

use crate::common::{Built, build};
use crate::make::{due, feed, fine, keys, run, site, told};

const GOOD: &str =
    "So that people who present data to customers stop solving the same chart problem alone.";

/// A community that meets every second Thursday.
fn community(purpose: &str) -> Built {
    let files = format!(
        "-- content/viz.md --\n---\nkind: community\nid: viz\ntitle: Data viz\n\
         summary: Charts and dashboards shown to customers.\n{purpose}\n\
         manager: role:community-manager\ndeputy: role:learning-guide\nrhythm:\n  \
         - {{id: show, title: Show and tell, type: event, every: month, on: second-thursday, at: \"12:30\", length: 45m}}\n\
         ---\nWhat it is.\n{}",
        run("viz-2026", "viz", "2026-01-05", "review_by: 2027-01-29")
    );
    build(&site(&files), "2026-01-06T12:00:00Z")
}

#[test]
fn w2_1_a_community_says_what_will_be_better() {
    let built = community("audience: Everyone");
    assert!(told(&built, "missing-purpose").contains("`purpose` is missing"));
    assert!(built.diags.has_errors());

    for purpose in [
        "To share knowledge",
        "To share  Knowledge.",
        "Data viz",
        "Better charts for all",
    ] {
        let built = community(&format!("purpose: {purpose}"));
        assert!(built.diags.has_errors(), "{purpose}");
        let text = told(&built, "purpose-too-vague");
        // The rule's own text: what is wanted, and where the list of empty purposes is.
        assert!(
            text.contains("So that people who … can …") && text.contains("site.yaml"),
            "{text}"
        );
    }
    fine(&community(&format!("purpose: {GOOD}")));
}

#[test]
fn w2_2_second_thursdays_of_a_year() {
    let built = community(&format!("purpose: {GOOD}"));
    let days = [
        "2026-01-08 12:30 12:30Z",
        "2026-02-12 12:30 12:30Z",
        "2026-03-12 12:30 12:30Z",
        "2026-04-09 12:30 11:30Z",
        "2026-05-14 12:30 11:30Z",
        "2026-06-11 12:30 11:30Z",
        "2026-07-09 12:30 11:30Z",
        "2026-08-13 12:30 11:30Z",
        "2026-09-10 12:30 11:30Z",
        "2026-10-08 12:30 11:30Z",
        "2026-11-12 12:30 12:30Z",
        "2026-12-10 12:30 12:30Z",
    ];
    let wanted: Vec<(String, String)> = days
        .iter()
        .map(|day| (format!("show/{}", &day[..10]), format!("Thu {day}")))
        .collect();
    let borrowed: Vec<(&str, &str)> = wanted.iter().map(|(key, day)| (&**key, &**day)).collect();
    due(&built, "viz-2026", &borrowed);
    let found = keys(&built, "viz-2026");
    assert_eq!(
        found,
        borrowed.iter().map(|(key, _)| *key).collect::<Vec<_>>()
    );
}

/// A rhythm that moves is not told as one that was dropped.
#[test]
fn b_3_each_rhythm_has_its_own_rule() {
    let built = |rhythm: &str| {
        let files = format!(
            "-- content/viz.md --\n---\nkind: community\nid: viz\ntitle: Data viz\n\
             summary: Charts and dashboards shown to customers.\npurpose: {GOOD}\n\
             manager: role:community-manager\ndeputy: role:learning-guide\nrhythm:\n  \
             - {{id: review, title: Review, type: digest, {rhythm}}}\n\
             ---\nWhat it is.\n{}",
            run("viz-2026", "viz", "2026-03-01", "review_by: 2027-01-29")
        );
        build(&site(&files), "2026-03-01T12:00:00Z")
    };
    let moved = built("every: month, on: first-monday");
    due(
        &moved,
        "viz-2026",
        &[("review/2026-04-06", "Tue 2026-04-07 09:00 08:00Z")],
    );
    assert!(
        !moved.plans["s/viz-2026"].contains("dropped"),
        "{}",
        moved.plans["s/viz-2026"]
    );
    let dropped = built("every: month, on: first-monday, on_skip: drop");
    assert!(dropped.plans["s/viz-2026"].contains("Mon 2026-04-06  dropped: Easter Monday"));
    assert!(!keys(&dropped, "viz-2026").contains(&"review/2026-04-06"));
    // Twelve Mondays are planned; what the calendar drops after them is not told yet.
    let weekly = built("every: week, days: [mon]");
    let lines = weekly.plans["s/viz-2026"].lines();
    let told: Vec<&str> = lines.filter(|line| line.contains("  dropped: ")).collect();
    assert_eq!(
        told,
        [
            "Mon 2026-04-06  dropped: Easter Monday",
            "Mon 2026-05-04  dropped: Early May bank holiday",
            "Mon 2026-05-25  dropped: Spring bank holiday",
        ]
    );
}

const FLOW: &str = "-- content/flow.md --\n---\nkind: learning-flow\nid: flow\ntitle: Ten minutes\n\
    summary: One small thing a day.\n\
    purpose: So that people who lead a team get better at the awkward parts of it.\nflow: news\n\
    cadence: {every: day, days: weekdays, at: \"08:30\"}\n---\nWhat it is.\n";

#[test]
fn w7_2_a_flow_has_no_end() {
    let with = |more: &str| {
        let files = FLOW.to_owned() + &run("f", "flow", "2026-03-02", more);
        build(&site(&files), "2026-03-02T07:00:00Z")
    };
    let text = told(&with("ends: 2026-06-30"), "flow-with-end");
    assert!(
        text.contains("2026-06-30") && text.contains("challenge"),
        "{text}"
    );
    fine(&with(""));
}

/// A network with one talk a month, and a run blackout.
fn season(more: &str) -> Built {
    let files = format!(
        "-- content/talks.md --\n---\nkind: network\nid: talks\ntitle: Ferry tales\n\
         summary: A colleague shows something they know well.\n\
         purpose: So that people who never share a shift hear what the others know.\nslots:\n  \
         - {{id: talk, title: Talk, every: month, on: second-thursday, at: \"12:30\", length: 45m}}\n\
         ---\nWhat it is.\n{}",
        run(
            "season",
            "talks",
            "2026-01-05",
            &format!("ends: 2026-06-30\n{more}")
        )
    );
    build(&site(&files), "2025-12-01T12:00:00Z")
}

#[test]
fn w10_1_a_season_of_six_second_thursdays() {
    let days = [
        ("talk/2026-01-08", "Thu 2026-01-08 12:30 12:30Z"),
        ("talk/2026-02-12", "Thu 2026-02-12 12:30 12:30Z"),
        ("talk/2026-03-12", "Thu 2026-03-12 12:30 12:30Z"),
        ("talk/2026-04-09", "Thu 2026-04-09 12:30 11:30Z"),
        ("talk/2026-05-14", "Thu 2026-05-14 12:30 11:30Z"),
        ("talk/2026-06-11", "Thu 2026-06-11 12:30 11:30Z"),
    ];
    let built = season("");
    fine(&built);
    due(&built, "season", &days);
    assert_eq!(keys(&built, "season"), days.map(|(key, _)| key));
    assert_eq!(feed(&built, "season/"), []);
}

/// The key keeps the nominal day, whatever the rule makes of it.
#[test]
fn w10_1_a_slot_on_a_holiday_follows_its_rule() {
    let holiday = "blackouts: [{date: 2026-04-09, reason: Docks closed}]";
    for (rule, wanted) in [
        ("", Some("Fri 2026-04-10 12:30 11:30Z")),
        ("on_skip: following", Some("Fri 2026-04-10 12:30 11:30Z")),
        ("on_skip: preceding", Some("Wed 2026-04-08 12:30 11:30Z")),
        ("on_skip: keep", Some("Thu 2026-04-09 12:30 11:30Z")),
        ("on_skip: drop", None),
    ] {
        let built = season(&format!("{holiday}\n{rule}"));
        assert!(!built.diags.has_errors(), "{}", built.told());
        match wanted {
            Some(day) => due(&built, "season", &[("talk/2026-04-09", day)]),
            None => {
                assert_eq!(keys(&built, "season").len(), 5);
                assert!(built.plans["s/season"].contains("Thu 2026-04-09  dropped: Docks closed"));
            }
        }
        due(
            &built,
            "season",
            &[("talk/2026-05-14", "Thu 2026-05-14 12:30 11:30Z")],
        );
    }
}
