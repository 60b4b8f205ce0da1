//! Team playbooks: routines that move the team's own work, and reviews.

use crate::common::{Built, build};
use crate::make::{due, edit_site, feed, fine, keys, page, run, site, told, words};
use std::collections::BTreeSet;

const MONDAY: &str = "Hand-over notes readable by every shift";

/// A playbook with these activities besides its two reviews.
fn playbook(practices: &str) -> String {
    format!(
        "-- content/ops.md --\n---\nkind: team-playbook\nid: ops\ntitle: Working out loud in Operations\n\
         summary: Two routines and two reviews.\n\
         purpose: Cut repeat questions between shifts and make every hand-over visible.\n\
         work_outcomes: [{MONDAY}]\nmanager: role:team-manager\n\
         consultant: role:collaboration-consultant\n\
         agreement: {{write: In the group, answer: Within a shift, out: Names of passengers}}\n\
         first_talk: [Where does it hurt?]\n---\nWhat it is.\n{practices}\n\
         ## After four weeks {{#four offset=4w review=yes}}\n\n### Do\n\nLook back.\n\n### Share\n\nWhat changed?\n\n\
         ## After twelve weeks {{#twelve offset=12w review=yes}}\n\n### Do\n\nLook back.\n\n### Share\n\nWhat stayed?\n"
    )
}

fn practice(id: &str, title: &str, keys: &str) -> String {
    format!(
        "\n## {title} {{#{id} minutes=5}}\n\n```yaml activity\n{keys}\n```\n\n### Do\n\nWrite it down.\n\n### Share\n\nWhat is it?\n"
    )
}

fn two() -> String {
    practice(
        "priorities",
        "Monday priorities",
        &format!("moves: {MONDAY}\ncadence: {{every: week, days: [mon], at: \"09:15\"}}"),
    ) + &practice(
        "stuck",
        "Stuck on Wednesday",
        &format!("moves: {MONDAY}\ncadence: {{every: week, days: [wed], at: \"14:00\"}}"),
    )
}

const FOUR_WEEKS: &str = "ends: 2026-03-29";

fn ops(more: &str, now: &str) -> Built {
    let files = playbook(&two()) + &run("ops-1", "ops", "2026-03-02", more);
    build(&site(&files), now)
}

#[test]
fn w1_1_a_practice_that_moves_nothing_is_tool_training() {
    let picture = practice(
        "picture",
        "How to post a picture",
        "cadence: {every: week, days: [fri]}",
    );
    let files = playbook(&picture) + &run("ops-1", "ops", "2026-03-02", FOUR_WEEKS);
    let built = build(&site(&files), "2026-03-01T12:00:00Z");
    let text = told(&built, "practice-without-outcome");
    assert!(text.contains("says nothing of what it moves"), "{text}");
    assert!(text.contains("training for a tool"), "{text}");
    assert!(text.contains(&format!("`moves: {MONDAY}`")), "{text}");
    let problem = built
        .diags
        .iter()
        .find(|d| d.code == "practice-without-outcome");
    let place = problem.and_then(|d| d.place.as_ref()).expect("a place");
    assert_eq!(&*place.file, "content/ops.md");
    assert!(
        place.text.contains("How to post a picture"),
        "{}",
        place.text
    );

    let near = practice(
        "picture",
        "Pictures",
        "moves: Hand-over notes readable by every ship\ncadence: {every: week, days: [fri]}",
    );
    let files = playbook(&near) + &run("ops-1", "ops", "2026-03-02", FOUR_WEEKS);
    let text = told(
        &build(&site(&files), "2026-03-01T12:00:00Z"),
        "practice-without-outcome",
    );
    assert!(
        text.contains(&format!("did you mean `{MONDAY}`?")),
        "{text}"
    );
}

#[test]
fn w1_2_eight_prompts_in_four_weeks_and_two_reviews() {
    let built = ops(FOUR_WEEKS, "2026-06-01T12:00:00Z");
    fine(&built);
    due(
        &built,
        "ops-1",
        &[
            ("priorities/2026-03-02", "Mon 2026-03-02 09:15 09:15Z"),
            ("stuck/2026-03-25", "Wed 2026-03-25 14:00 14:00Z"),
            ("four", "Mon 2026-03-30 09:00 08:00Z"),
            ("twelve", "Tue 2026-05-26 09:00 08:00Z"),
        ],
    );
    let mut items: Vec<&str> = feed(&built, "ops-1/")
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    items.reverse();
    assert_eq!(
        items,
        [
            "ops-1/priorities/2026-03-02",
            "ops-1/stuck/2026-03-04",
            "ops-1/priorities/2026-03-09",
            "ops-1/stuck/2026-03-11",
            "ops-1/priorities/2026-03-16",
            "ops-1/stuck/2026-03-18",
            "ops-1/priorities/2026-03-23",
            "ops-1/stuck/2026-03-25",
        ]
    );
    // A review has a page of its own, and the team sees why it is on a Tuesday.
    assert!(words(page(&built, "ops-1/twelve/")).contains("What stayed?"));
    let plan = words(built.text("team/s/ops-1/index.html"));
    for day in ["Mon 30 March", "Tue 26 May", "Spring bank holiday"] {
        assert!(plan.contains(day), "{day} in {plan}");
    }
    // The consultant's part is the team's alone; the agreement is for everybody.
    assert!(
        built
            .text("team/s/programmes/ops/index.html")
            .contains("Where does it hurt?")
    );
    let public = words(page(&built, "ops-1/"));
    assert!(public.contains("Names of passengers") && !public.contains("Where does it hurt?"));
}

/// The consultant's sheet has the first talk with its questions, and the reviews on their days.
#[test]
fn w1_2_the_sheet_has_the_first_talk_and_both_reviews() {
    let built = ops(FOUR_WEEKS, "2026-03-01T12:00:00Z");
    let sheet = words(built.text("team/s/ops-1/sheet/index.html"));
    let sheet = sheet.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "Mon 16 February Have the first talk with the manager Collaboration consultant 30 minutes Where does it hurt?",
        "Mon 30 March 09:00 Hold “Review: After four weeks”, the manager and the team together",
        "Tue 26 May 09:00 Hold “Review: After twelve weeks”",
        "09:15 See that “Monday priorities: 2 March 2026” is in the group, or post it",
    ] {
        assert!(sheet.contains(words), "{words} in {sheet}");
    }
}

#[test]
fn w1_3_two_teams_share_nothing() {
    let files = playbook(&two())
        + &run("ops-1", "ops", "2026-03-02", "title: Operations North")
        + &run("ops-2", "ops", "2026-03-02", "title: Operations South");
    let mut folder = site(&files.replacen("[everyone]", "[north]", 1));
    edit_site(
        &mut folder,
        "channels:",
        "channels:\n  - {id: north, title: North}",
    );
    let built = build(&folder, "2026-03-20T12:00:00Z");
    fine(&built);
    let guids = |path: &str| -> BTreeSet<String> {
        let items = feed(&built, path);
        items.into_iter().map(|(id, _)| id.to_owned()).collect()
    };
    let (north, south) = (guids("ops-1/"), guids("ops-2/"));
    assert_eq!((north.len(), south.len()), (6, 6));
    assert!(north.is_disjoint(&south));
    assert!(page(&built, "ops-1/").contains("Operations North"));
    assert!(page(&built, "ops-2/").contains("Operations South"));
}

/// A routine that begins later counts from there, drops its holidays, and keeps what came out.
#[test]
fn w1_2_a_routine_that_begins_later() {
    let later = practice(
        "later",
        "Later",
        &format!("moves: {MONDAY}\ncadence: {{every: week, days: [mon]}}\nbegins: 4w"),
    );
    let files = playbook(&later) + &run("ops-1", "ops", "2026-03-02", "ends: 2026-04-20");
    let built = build(&site(&files), "2026-03-01T12:00:00Z");
    fine(&built);
    assert_eq!(
        keys(&built, "ops-1"),
        [
            "four",
            "later/2026-03-30",
            "later/2026-04-13",
            "later/2026-04-20",
            "twelve",
            "Monday",
        ]
        .into_iter()
        .filter(|key| *key != "Monday")
        .collect::<Vec<_>>()
    );
    let dropped: Vec<&str> = built.plans["s/ops-1"]
        .lines()
        .filter(|line| line.contains("dropped"))
        .collect();
    assert_eq!(dropped, ["Mon 2026-04-06  dropped: Easter Monday"]);
}
