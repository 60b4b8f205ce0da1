//! What somebody of the team finishes by hand: the end report of a challenge, and the notes of an event.

use crate::common::{SITE, build, folder};
use crate::make::{fine, page, run, site, steps, words};

const DAILY: &str = "{every: day, days: weekdays, at: \"09:00\"}";

#[test]
fn w6_1_the_end_report_says_what_ran_what_was_moved_and_leaves_room_for_what_only_people_know() {
    let decided = "calendars: [england]\non_skip: push\nhashtag: small7\n\
                   roles: {learning-guide: harbour-01}\noverrides:\n  \
                   - {id: a3, on: 2026-04-01, reason: The boats are full, move: 2026-04-09}\n  \
                   - {id: a5, on: 2026-04-01, reason: Nobody has a ladder, cancel: yes}";
    let files = steps(6, DAILY) + &run("spring", "steps", "2026-04-01", decided);
    let built = build(&site(&files), "2026-05-20T12:00:00Z");
    let report = built.text("team/s/spring/report.md");
    let wanted = "\
## What ran

- 5 of 6 activities came out, from Wednesday 1 April 2026 to Friday 10 April 2026.
- Whoever did all of it needed 25 minutes, on average 5 a time.
- [Everyone](https://network.example.org/everyone)
- \\#small7

## What was moved, held back or called off

";
    assert!(report.contains(wanted), "{report}");
    for line in [
        "Day 3: Step number 3 (Thursday 9 April 2026): ",
        "The boats are full",
        "Day 5: Step number 5 (Cancelled): Nobody has a ladder",
        "| Wed 1 April | [Day 1: Step number 1](https://learn.example.org/spring/a1/) | 5 | … | … |",
        "So that people who are new here find one colleague whom they can ask.",
        "- Which three posts show best what happened? Ask those who wrote them whether they may stand here.\n  …\n",
    ] {
        assert!(report.contains(line), "{line} in\n{report}");
    }
    assert!(
        !report.contains("| [Day 5"),
        "what was called off has no answers"
    );

    // The page shows the very same, the plan leads to it, and nothing of it is public.
    let shown = built.text("team/s/spring/report/index.html");
    assert!(
        words(shown).contains("5 of 6 activities came out"),
        "{shown}"
    );
    assert!(
        built
            .text("team/s/spring/index.html")
            .contains("href=\"../spring/report/\"")
    );
    for (path, bytes) in built.tree("public") {
        let text = String::from_utf8_lossy(bytes);
        assert!(
            !path.contains("report") && !text.contains("came out, from"),
            "{path}"
        );
    }
    let before = build(&site(&files), "2026-03-20T12:00:00Z");
    assert!(
        !before.files.contains_key("team/s/spring/report.md"),
        "nothing ran yet"
    );
}

#[test]
fn w6_1_whoever_opens_a_day_has_a_card_with_its_hour_and_its_text() {
    let files = steps(3, DAILY).replacen(
        "## Step number 2 {#a2 minutes=5}\n",
        "## Step number 2 {#a2 minutes=5}\n\n```yaml activity\nposter: Somebody who works at night\n```\n",
        1,
    );
    let built = build(
        &site(&(files + &run("spring", "steps", "2026-03-02", ""))),
        "2026-02-20T12:00:00Z",
    );
    fine(&built);
    let cards = words(built.text("team/s/spring/posters/index.html"));
    let cards = cards.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        cards.contains("Somebody who works at night You open Day 2: Step number 2 , Tuesday 3 March 2026, 09:00 (Europe/London)"),
        "{cards}"
    );
    assert!(
        cards.contains("What came of step 2?")
            && cards.contains("https://learn.example.org/spring/a2/"),
        "{cards}"
    );
    assert!(
        !cards.contains("step 1?"),
        "nobody opens the first day: {cards}"
    );
    assert!(
        built
            .text("team/s/spring/index.html")
            .contains("href=\"../spring/posters/\"")
    );
    for (path, bytes) in built.tree("public") {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("works at night"), "{path}");
    }
}

#[test]
fn w6_6_the_end_report_holds_the_run_of_the_next_time_in_ten_lines() {
    let more = "hashtag: small7\nroles: {learning-guide: harbour-01}";
    let files = steps(3, DAILY) + &run("spring", "steps", "2026-03-02", more);
    let built = build(&site(&files), "2026-03-20T12:00:00Z");
    let report = built.text("team/s/spring/report.md");
    let fence = report.split("```markdown\n").nth(1).expect("a run");
    let next = fence.split("```").next().expect("its end");
    assert!(next.lines().count() <= 10, "{next}");
    let next = next
        .replace("created: YYYY-MM-DD", "created: 2026-08-03")
        .replace("starts: YYYY-MM-DD", "starts: 2026-09-07")
        .replace("hashtag: small7", "hashtag: small8");
    let again = folder(&format!(
        "{SITE}\n{files}-- sites/s/runs/autumn.md --\n{next}"
    ));
    let again = build(&again, "2026-09-10T12:00:00Z");
    fine(&again);
    page(&again, "spring-again/a3/");
}

const CHAT: &str = "-- content/chat.md --\n---\nkind: live-event\nid: chat\ntitle: What makes a good hand-over?\n\
    summary: A chat of an hour.\npurpose: So that people of different shifts hear how the others hand over.\n\
    mode: chat\nhashtag: larkchat12\nlength: 60m\nhost: role:host\nannounce: [-10wd]\nquestions:\n  \
    - {at: 0m, say: Welcome to all of you}\n  \
    - {at: 5m, q: 1, ask: What does a good note say?, if_quiet: Tell your own, seed: The host}\n  \
    - {at: 20m, q: 2, ask: Which one do you remember?}\n  - {at: 55m, say: Thank you}\n\
    afterwards: {summary_within: 2wd, space: stays open}\n---\nCome and write.\n";

#[test]
fn w9_5_the_host_finds_the_notes_begun_and_what_is_pasted_stands_on_the_wrap_up() {
    let files = CHAT.to_owned() + &run("may", "chat", "2026-05-14", "at: \"16:00\"");
    let built = build(&site(&files), "2026-05-10T12:00:00Z");
    let notes = built.text("team/s/may/notes.md");
    assert_eq!(
        notes,
        "## Notes\n\nHow many came, and from where:\n…\n\n\
         ### Q1 (16:05)\n\nWhat does a good note say?\n\n- …\n- …\n\n\
         ### Q2 (16:20)\n\nWhich one do you remember?\n\n- …\n- …\n\n\
         ### What stayed open\n\n- …\n\n\
         ### Where it goes on\n\n- [Everyone](https://network.example.org/everyone)\n\
         - [Live: What makes a good hand-over?](https://learn.example.org/may/event/)\n- \\#larkchat12\n"
    );
    let shown = words(built.text("team/s/may/notes/index.html"));
    assert!(
        shown.contains("Copy it to the end of sites/s/runs/may.md"),
        "{shown}"
    );
    assert!(
        !notes.contains("Tell your own") && !notes.contains("Welcome"),
        "{notes}"
    );

    let finished = notes.replacen("- …", "- The first line says who is on board.", 1);
    let pasted = build(&site(&(files.clone() + &finished)), "2026-05-20T12:00:00Z");
    fine(&pasted);
    let wrap_up = words(page(&pasted, "may/wrap-up/"));
    for said in [
        "Q1 (16:05)",
        "The first line says who is on board.",
        "#larkchat12",
    ] {
        assert!(wrap_up.contains(said), "{said} in {wrap_up}");
    }

    let off =
        "at: \"16:00\"\noverrides: [{id: event, on: 2026-05-11, reason: No network, cancel: yes}]";
    let off = CHAT.to_owned() + &run("may", "chat", "2026-05-14", off);
    let off = build(&site(&off), "2026-05-12T12:00:00Z");
    assert!(
        !off.files.contains_key("team/s/may/notes.md"),
        "nothing to wrap up"
    );
}
