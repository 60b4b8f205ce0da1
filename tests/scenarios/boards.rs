//! What the team's pages show besides lists: the designer's overview, the season board, the manager's brief and the
//! runway; and the page on which a session is proposed.

use crate::common::{Built, build};
use crate::make::{fine, page, run, site, steps, told, words};
use std::fmt::Write;

const WORKING_DAYS: &str = "{every: day, days: weekdays, at: \"09:00\"}";

/// What stands between two headings of a page, without its tags.
fn part(page: &str, from: &str, to: &str) -> String {
    let page: Vec<String> = words(page).split_whitespace().map(str::to_owned).collect();
    let page = page.join(" ");
    let at = page
        .find(from)
        .unwrap_or_else(|| panic!("no {from} in {page}"));
    let rest = &page[at..];
    let end = rest
        .find(to)
        .unwrap_or_else(|| panic!("no {to} behind {from} in {rest}"));
    rest[..end].to_owned()
}

#[test]
fn w6_1_the_designer_sees_on_which_weekday_each_falls_what_was_moved_and_where_a_pause_is() {
    let files = steps(30, WORKING_DAYS).replace("numbering", "ramp: [look, ask]\nnumbering");
    let files = files.replacen("#a1 minutes=5", "#a1 minutes=5 ramp=look", 1);
    let files = files.replacen("#a2 minutes=5", "#a2 minutes=1 ramp=look", 1);
    let files = files.replacen("#a3 minutes=5", "#a3 minutes=12 ramp=ask", 1);
    let more = "calendars: [england]\non_skip: push";
    let built = build(
        &site(&(files + &run("spring", "steps", "2026-03-02", more))),
        "2026-03-11T12:00:00Z",
    );
    let page = built.text("team/s/programmes/steps/index.html");
    let seen = part(page, "overview The ramp", "Activities");

    assert!(seen.contains("look 2 (numbers 1, 2)"), "{seen}");
    assert!(seen.contains("ask 1 (numbers 3)"), "{seen}");
    assert!(
        seen.contains("All together 153 minutes, on average 5 minutes. The longest is number 3, “Step number 3”, with 12 minutes."),
        "{seen}"
    );
    // Good Friday and Easter Monday push what follows: day 25 is a Tuesday.
    assert!(seen.contains("Monday 1, 6, 11, 16, 21, 29"), "{seen}");
    assert!(seen.contains("Tuesday 2, 7, 12, 17, 22, 25, 30"), "{seen}");
    assert!(
        seen.contains("Day 25: Step number 25, 7 April moved from 3 April 2026 (Good Friday)"),
        "{seen}"
    );
    assert!(seen.contains("it is 3 days at most, as a rule"), "{seen}");
    assert!(seen.contains("Thu 2 April – Tue 7 April 5 days"), "{seen}");

    for picture in ["ramp", "minutes"] {
        let named = format!("role=\"img\" aria-labelledby=\"{picture}-title {picture}-says\"");
        assert!(page.contains(&named), "{page}");
    }
    assert_eq!(page.matches("<rect class=\"bar\"").count(), 3 + 30);
    for (path, text) in built.tree("public") {
        let text = String::from_utf8_lossy(text);
        assert!(!text.contains("class=\"chart\""), "{path} has a chart");
    }
}

/// A season of six lunchtimes, January to June 2026, with a call for talks.
const SEASON: &str = "-- content/lunches.md --\n---\nkind: network\nid: lunches\ntitle: Lunches\n\
    summary: A talk a month.\n\
    purpose: So that people who never share a shift hear what the others would gladly show them.\n\
    slots: [{id: talk, title: Talk of the month, every: month, on: second-thursday, at: \"12:30\", length: 45m}]\n\
    call: {open: Write three sentences to the coordinator., by: -15wd}\n\
    announce: -10wd\nmix: {employee_led: 50, departments: 2}\n\
    coordinator: role:learning-network-coordinator\n---\nWhat it is.\n\
    -- sites/s/runs/lunches-1/index.md --\n---\nid: lunches-1\nprogramme: lunches\ncreated: 2026-01-01\n\
    starts: 2026-01-05\nends: 2026-06-30\nchannels: [everyone]\n---\nThis time.\n";

/// A session with these keys besides its id, its title and its summary.
fn session(id: &str, keys: &str, body: &str) -> String {
    format!(
        "-- sites/s/runs/lunches-1/sessions/{id}.md --\n---\nid: {id}\ntitle: Title of {id}\n\
         summary: Summary of {id}.\n{keys}\n---\n{body}\n"
    )
}

const ASKED: &str = "## Before\n\nWhat do you see?";

/// A season with so many certain sessions, the first ones led by employees.
fn season(certain: &[&str], led: usize) -> String {
    let mut files = SEASON.to_owned();
    for (at, slot) in certain.iter().enumerate() {
        let by = if at < led { "employee" } else { "l-and-d" };
        let keys = format!(
            "led_by: {by}\nspeaker: Speaker {at}\nconsent: 2025-12-01\ndepartment: Deck {at}\nslot: {slot}\nstatus: confirmed"
        );
        let _ = write!(files, "{}", session(&format!("s{at}"), &keys, ASKED));
    }
    files
}

const LUNCHES: [&str; 6] = [
    "2026-01-08",
    "2026-02-12",
    "2026-03-12",
    "2026-04-09",
    "2026-05-14",
    "2026-06-11",
];

fn board(built: &Built) -> String {
    part(
        built.text("team/s/lunches-1/index.html"),
        "Season board",
        " Overview ",
    )
}

#[test]
fn w10_3_a_season_that_keeps_less_than_it_promised_is_told_and_its_meter_shows_it() {
    let built = build(&site(&season(&LUNCHES, 2)), "2026-01-06T12:00:00Z");
    let text = told(&built, "mix-missed");
    assert!(
        text.contains("employees lead 2 of 6 sessions (33 % < 50 %)"),
        "{text}"
    );
    assert!(
        text.contains("ask for the next talk where nobody has spoken yet"),
        "{text}"
    );
    let seen = board(&built);
    assert!(
        seen.contains("2 of 6 certain sessions are led by employees: 33 %, and 50 % are wanted."),
        "{seen}"
    );
    assert!(seen.contains("Certain: 6 of 6. Agreed: 0."), "{seen}");
    let page = built.text("team/s/lunches-1/index.html");
    let led = page
        .split("id=\"season-led-title\"")
        .nth(1)
        .expect("a meter");
    let led = led.split("</svg>").next().expect("its end");
    assert!(
        led.contains("class=\"bar\" x=\"0.00%\" y=\"5\" width=\"33.00%\""),
        "{led}"
    );
    assert!(led.contains("class=\"wanted\" x1=\"50.00%\""), "{led}");

    let kept = build(&site(&season(&LUNCHES, 3)), "2026-01-06T12:00:00Z");
    assert!(!kept.codes().contains(&"mix-missed"), "{}", kept.told());
}

#[test]
fn w10_5_an_idea_stands_on_the_slot_board_and_nowhere_in_public() {
    let now = "2026-02-20T12:00:00Z";
    let files = season(&LUNCHES[..2], 2);
    let keys = "led_by: employee\ndepartment: Galley\nslot: 2026-04-09\nstatus: idea";
    let idea = session("night-soup", keys, ASKED);
    let agreed = session(
        "slow-boats",
        "led_by: employee\nslot: 2026-05-14\nstatus: agreed",
        "## About\n\nBoats.",
    );
    let with = build(&site(&(files.clone() + &idea + &agreed)), now);
    let seen = board(&with);
    assert!(
        seen.contains("Certain: 2 of 6. Agreed: 1. Ideas: 1. Free: 2."),
        "{seen}"
    );
    assert!(
        seen.contains(
            "Thu 9 April, 12:30 – 13:15 Title of night-soup Galley Idea Nobody speaks yet"
        ),
        "{seen}"
    );
    assert!(
        seen.contains(
            "Title of slow-boats Agreed Nobody speaks yet No question for the room No department"
        ),
        "{seen}"
    );
    assert!(
        seen.contains("Thu 11 June, 12:30 – 13:15 Nobody yet Free"),
        "{seen}"
    );
    assert!(
        seen.contains("Title of s0 Speaker 0 · Deck 0 Confirmed No notes"),
        "{seen}"
    );

    let without = build(&site(&files), now);
    assert!(
        with.tree("public") == without.tree("public"),
        "the public sees that there is an idea"
    );
}

#[test]
fn w10_1_the_board_tells_what_else_takes_place_at_the_hour_of_a_slot() {
    let chat = "-- content/chat.md --\n---\nkind: network\nid: chat\ntitle: Chats\nsummary: A chat a month.\n\
        purpose: So that people who never share a shift hear what the others would gladly show them.\n\
        slots: [{id: chat, title: Chat, every: month, on: second-thursday, at: \"13:00\", length: 30m}]\n\
        coordinator: role:learning-network-coordinator\n---\nWhat it is.\n\
        -- sites/s/runs/chat-1/index.md --\n---\nid: chat-1\nprogramme: chat\ncreated: 2026-01-01\n\
        starts: 2026-03-01\nends: 2026-04-30\nchannels: [everyone]\n---\nThis time.\n\
        -- sites/s/runs/chat-1/sessions/one.md --\n---\nid: one\ntitle: One chat\nsummary: One.\n\
        led_by: employee\nslot: 2026-03-12\nstatus: confirmed\n---\n## Before\n\nWhat do you see?\n";
    let built = build(&site(&(season(&LUNCHES, 6) + chat)), "2026-03-02T12:00:00Z");
    let seen = board(&built);
    let at_once = "Confirmed At the same time: Chats, Chat: One chat";
    assert!(
        seen.contains(&format!("Title of s2 Speaker 2 · Deck 2 {at_once}")),
        "{seen}"
    );
    assert_eq!(seen.matches("At the same time").count(), 1, "{seen}");
}

#[test]
fn w10_5_whoever_wants_to_propose_a_session_finds_how_until_when_and_a_file_that_works() {
    let certain = season(&LUNCHES[..2], 2);
    let before = build(&site(&certain), "2026-02-18T23:59:59Z");
    let seen = part(
        page(&before, "lunches-1/propose/"),
        "Propose a session Write",
        "Where it happens",
    );
    assert!(
        seen.contains("Write three sentences to the coordinator."),
        "{seen}"
    );
    // Fifteen working days before 12 March is 19 February.
    let march =
        "Thu 12 March 12:30 – 13:15 Talk of the month Propose until Thursday 19 February 2026";
    assert!(seen.contains(march), "{seen}");
    assert!(
        !seen.contains("8 January") && !seen.contains("12 February"),
        "{seen}"
    );
    // Good Friday and Easter Monday are no working days.
    assert!(
        seen.contains(
            "Thu 9 April 12:30 – 13:15 Talk of the month Propose until Tuesday 17 March 2026"
        ),
        "{seen}"
    );
    let run_page = page(&before, "lunches-1/");
    assert!(
        run_page.contains("<a href=\"../lunches-1/propose/\">Propose a session</a>"),
        "{run_page}"
    );

    // The day after the last one it is not offered any more, and that is known beforehand.
    let after = build(&site(&certain), "2026-02-20T00:00:00Z");
    assert!(
        before
            .edges
            .iter()
            .any(|edge| edge.at == crate::common::at("2026-02-20T00:00:00Z"))
    );
    assert!(!page(&after, "lunches-1/propose/").contains("12 March"));

    // What is copied from the page is a session: it stands on the board.
    let copied = page(&before, "lunches-1/propose/");
    let copied = copied
        .split("tabindex=\"0\">")
        .nth(1)
        .and_then(|rest| rest.split("</pre>").next());
    let copied = format!(
        "{certain}-- sites/s/runs/lunches-1/sessions/mine.md --\n{}",
        copied.expect("a file").replace("&#x2F;", "/")
    );
    let built = build(&site(&copied), "2026-02-18T23:59:59Z");
    assert!(!built.diags.has_errors(), "{}", built.told());
    let seen = board(&built);
    assert!(
        seen.contains(
            "Thu 12 March, 12:30 – 13:15 What you would like to show Where you work Idea"
        ),
        "{seen}"
    );
}

#[test]
fn w10_5_without_a_call_there_is_no_such_page_and_a_full_season_says_so() {
    let quiet = season(&LUNCHES, 6).replace(
        "call: {open: Write three sentences to the coordinator., by: -15wd}\n",
        "",
    );
    let built = build(&site(&quiet), "2026-01-06T12:00:00Z");
    fine(&built);
    assert!(
        !built
            .files
            .contains_key("public/s/lunches-1/propose/index.html")
    );
    assert!(!page(&built, "lunches-1/").contains("propose"));
    let full = build(&site(&season(&LUNCHES, 6)), "2026-01-06T12:00:00Z");
    fine(&full);
    let seen = words(page(&full, "lunches-1/propose/"));
    assert!(
        seen.contains("Every date of this season is settled."),
        "{seen}"
    );
    assert!(!seen.contains("slot: "), "{seen}");
}

#[test]
fn w1_4_the_managers_brief_has_the_routines_and_the_days_and_no_prompt() {
    let activity = |head: &str, word: &str| {
        format!(
            "\n## {head}\n\n### Do\n\nDo{word} it.\n\n### Share\n\nShare{word}?\n\n### Example\n\nExample{word}.\n\n\
             ### For the guide\n\nGuide{word}.\n"
        )
    };
    let outcome = "Hand-over notes readable by every shift";
    let practice = activity(
        &format!(
            "Monday priorities {{#priorities minutes=5}}\n\n```yaml activity\nmoves: {outcome}\ncadence: {{every: week, days: [mon]}}\n```"
        ),
        "secretone",
    );
    let review = activity(
        "After four weeks {#four offset=4w review=yes minutes=10}",
        "secrettwo",
    );
    let first = activity("A first note {#first offset=0wd minutes=9}", "secretthree");
    let files = format!(
        "-- content/ops.md --\n---\nkind: team-playbook\nid: ops\ntitle: Working out loud\nsummary: A routine and a review.\n\
         purpose: Cut repeat questions between shifts and make every hand-over visible.\nwork_outcomes: [{outcome}]\n\
         manager: role:team-manager\nconsultant: role:collaboration-consultant\n\
         agreement: {{write: In the group, answer: Within a shift, out: Names of passengers}}\n\
         first_talk: [Where does it hurt?]\n---\nWhat it is.\n{first}{practice}{review}"
    );
    let roles =
        "ends: 2026-04-26\nroles: {team-manager: bridge-04, collaboration-consultant: shore-10}";
    let files = files + &run("ops-1", "ops", "2026-03-02", roles);
    for now in ["2026-02-27T12:00:00Z", "2026-03-11T12:00:00Z"] {
        let built = build(&site(&files), now);
        fine(&built);
        let brief = built.text("team/s/ops-1/brief/index.html");
        let seen = words(brief)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        for word in [
            "Cut repeat questions between shifts",
            "Within a shift",
            "Names of passengers",
            "Monday priorities , 5 minutes first on Mon 2 March, 09:00",
            "Review: After four weeks , 10 minutes Monday 30 March 2026, 09:00",
            "A first note , 9 minutes Monday 2 March 2026, 09:00",
            "Where does it hurt?",
            "Team manager: bridge-04",
        ] {
            assert!(seen.contains(word), "no {word} in {seen}");
        }
        assert!(!brief.contains("secret"), "{brief}");
        assert!(
            built
                .text("team/s/ops-1/index.html")
                .contains("href=\"../ops-1/brief/\"")
        );
        assert!(!built.files.contains_key("public/s/ops-1/brief/index.html"));
    }
}

/// What the meters of a plan say.
fn runway(built: &Built, run: &str) -> String {
    part(
        built.text(&format!("team/s/{run}/index.html")),
        "How far ahead it is filled",
        " Overview ",
    )
}

#[test]
fn w7_1_the_curator_sees_how_many_slots_ahead_have_a_pick() {
    let flow = |fallback: &str| {
        let mut files = format!(
            "-- content/prompts/bank.md --\n---\nkind: prompts\nid: bank\ntitle: The bank\nsummary: A question.\n---\n\n## One {{#one}}\n\nWhat do you see?\n\n\
             -- content/flow.md --\n---\nkind: learning-flow\nid: flow\ntitle: Ten minutes\nsummary: Something small every day.\n\
             purpose: So that people who have ten minutes find something that is worth them.\nflow: news\n\
             cadence: {{every: day, days: weekdays, at: \"08:30\"}}\n{fallback}curator: role:curator\n---\nWhat it is.\n"
        );
        for day in ["2026-03-03", "2026-03-04", "2026-03-06"] {
            let _ = write!(
                files,
                "-- sites/s/curation/picks/{day}.md --\n---\nid: p{day}\nrun: flow-1\nslot: {day}\ntitle: Pick of {day}\n\
                 url: https://example.org/{day}\nminutes: 5\n---\n## Why\n\nIt is good.\n\n## Share\n\nIs it?\n"
            );
        }
        let files = files + &run("flow-1", "flow", "2026-03-02", "");
        runway(&build(&site(&files), "2026-03-02T12:00:00Z"), "flow-1")
    };
    let with = flow("fallback: bank\n");
    let said = "Of the next 10 slots 3 have a pick. From the bank for want of one: 7. Silent: 0. The first of those is on Thursday 5 March 2026.";
    assert!(with.contains(said), "{with}");
    let without = flow("");
    assert!(
        without.contains("From the bank for want of one: 0. Silent: 7."),
        "{without}"
    );
}

#[test]
fn w2_3_the_manager_of_a_community_sees_when_its_questions_come_round_again_or_end() {
    let ask = |repeat: &str| {
        let mut files = format!(
            "-- content/viz.md --\n---\nkind: community\nid: viz\ntitle: Data viz\nsummary: Charts shown to customers.\n\
             purpose: So that people who present data to customers stop solving the same chart problem alone.\n\
             manager: role:community-manager\ndeputy: role:learning-guide\nrhythm:\n  \
             - {{id: ask, title: Question, type: prompt, every: week, days: [tue], from: bank, repeat: {repeat}}}\n\
             ---\nWhat it is.\n-- content/prompts/bank.md --\n---\nkind: prompts\nid: bank\ntitle: The bank\nsummary: Six.\n---\n"
        );
        for n in 1..=6 {
            let _ = write!(
                files,
                "\n## Chart {n} {{#c{n}}}\n\nWhat is wrong with chart {n}?\n"
            );
        }
        let files = files + &run("viz-1", "viz", "2026-03-03", "review_by: 2027-01-29");
        runway(&build(&site(&files), "2026-03-10T12:00:00Z"), "viz-1")
    };
    // Two are out; the seventh week is that of 14 April.
    let once = ask("once");
    assert!(once.contains("In reserve: Question"), "{once}");
    let said = "Of the next 10 questions 4 were not asked before. Once more: 0. None left: 6. The first of those is on Tuesday 14 April 2026.";
    assert!(once.contains(said), "{once}");
    let circular = ask("circular");
    assert!(
        circular.contains("4 were not asked before. Once more: 6. None left: 0."),
        "{circular}"
    );
}
