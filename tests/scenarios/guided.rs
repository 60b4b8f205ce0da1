//! Guided weeks: what is on, what comes, and nobody who is late.

use crate::common::{Built, build};
use crate::make::{between, due, fine, page, run, site, told, words};

/// Four weeks with two activities each, the second of them on Wednesday.
fn four_weeks() -> String {
    let mut text = "-- content/lead.md --\n---\nkind: guided\nid: lead\ntitle: Learning at work\n\
        summary: Four weeks in your own time.\n\
        purpose: So that people who have no time for courses name what they learn anyway.\n\
        effort: 2h/week\nrelease: {day: mon, at: \"08:00\"}\nweeks:\n"
        .to_owned();
    for (id, theme) in [
        ("notice", "Notice how you learn"),
        ("show", "Show your work"),
        ("ask", "Ask well"),
        ("keep", "Keep a habit"),
    ] {
        text += &format!(
            "  - {{id: {id}, theme: {theme}, say: Now we {id}., discussion: 10d, wrap: {{day: fri, at: \"15:00\", say: What did {id} bring?}}}}\n"
        );
    }
    text += "---\nWhat it is.\n";
    for week in ["notice", "show", "ask", "keep"] {
        for (n, day, title) in [(1, "", "Begin to"), (2, " day=wed", "Go on to")] {
            text += &format!(
                "\n## {title} {week} {{#{week}-{n} week={week}{day} minutes=10 together=yes}}\n\n### Do\n\nDo {week} {n}.\n\n### Share\n\nSay {week} {n}.\n"
            );
        }
    }
    text
}

fn july(now: &str) -> Built {
    let files = four_weeks() + &run("july", "lead", "2026-07-06", "at: \"08:00\"");
    build(&site(&files), now)
}

/// The part of the run's page about the week that is on.
fn this_week(built: &Built) -> &str {
    between(
        page(built, "july/"),
        "<section class=\"week\">",
        "</section>",
    )
}

/// The words of an activity with one place edited.
fn edited(from: &str, to: &str) -> Built {
    let text = four_weeks();
    assert!(text.contains(from));
    let files = text.replacen(from, to, 1) + &run("july", "lead", "2026-07-06", "at: \"08:00\"");
    build(&site(&files), "2026-06-01T12:00:00Z")
}

#[test]
fn w5_1_weeks_open_on_mondays_and_overlap() {
    let built = july("2026-07-15T12:00:00Z");
    fine(&built);
    due(
        &built,
        "july",
        &[
            ("invitation", "Mon 2026-06-29 08:00 07:00Z"),
            ("notice", "Mon 2026-07-06 08:00 07:00Z"),
            ("notice-1", "Mon 2026-07-06 08:00 07:00Z"),
            ("notice-2", "Wed 2026-07-08 08:00 07:00Z"),
            ("notice/wrap", "Fri 2026-07-10 15:00 14:00Z"),
            ("show", "Mon 2026-07-13 08:00 07:00Z"),
            ("ask", "Mon 2026-07-20 08:00 07:00Z"),
            ("keep", "Mon 2026-07-27 08:00 07:00Z"),
        ],
    );
    // The first week is open to 16 July, on the run's page, its own and those of its activities.
    let week = this_week(&built);
    let open = |instant: &str| format!("Open until <time datetime=\"{instant}\">");
    assert!(week.contains(&open("2026-07-16T07:00:00Z")), "{week}");
    assert!(week.contains(&open("2026-07-23T07:00:00Z")), "{week}");
    for path in ["july/notice/", "july/notice-2/", "july/notice/wrap/"] {
        let html = page(&built, path);
        assert!(
            html.contains(&open("2026-07-16T07:00:00Z")),
            "{path}: {html}"
        );
    }
    let closed = july("2026-07-16T07:00:00Z");
    let week = this_week(&closed);
    assert!(!week.contains("2026-07-16T07:00:00Z"), "{week}");
    assert!(words(week).contains("the discussion has ended"), "{week}");
}

#[test]
fn w5_1_a_week_on_a_holiday_opens_a_week_later() {
    let files = four_weeks() + &run("may", "lead", "2026-05-18", "at: \"08:00\"");
    let built = build(&site(&files), "2026-05-01T12:00:00Z");
    fine(&built);
    due(
        &built,
        "may",
        &[
            ("notice", "Mon 2026-05-18 08:00 07:00Z"),
            ("show", "Mon 2026-06-01 08:00 07:00Z"),
            ("show-2", "Wed 2026-06-03 08:00 07:00Z"),
            ("ask", "Mon 2026-06-08 08:00 07:00Z"),
        ],
    );
}

#[test]
fn w5_1_themes_are_public_from_the_invitation_on() {
    let theme = |built: &Built| {
        let files = built.tree("public").into_values();
        let mut texts = files.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        texts.any(|text| text.contains("Keep a habit"))
    };
    assert!(!theme(&july("2026-06-29T06:59:59Z")));
    let invited = july("2026-06-29T07:00:00Z");
    assert!(theme(&invited));
    // The invitation is current until the first week begins, and says from when on.
    let html = page(&invited, "july/invitation/");
    assert!(
        html.contains("Open until <time datetime=\"2026-07-06T07:00:00Z\">"),
        "{html}"
    );
    assert!(
        invited
            .text("public/s/july/feed.xml")
            .contains("From Monday 6 July 2026: ")
    );
    // Of the activities nobody knows more than their week.
    let html = page(&invited, "july/");
    assert!(
        html.contains("Week 1: Notice how you learn") && !html.contains("Begin to"),
        "{html}"
    );
}

#[test]
fn w5_2_a_reading_without_a_question_is_refused() {
    let reading =
        "\n```yaml activity\nresource: [{title: A map, url: \"https://example.org/map\"}]\n```\n";
    let edits = |text: String| {
        text.replacen(
            "{#notice-2 week=notice day=wed minutes=10 together=yes}\n",
            &format!("{{#notice-2 week=notice day=wed minutes=10 together=yes}}\n{reading}"),
            1,
        )
        .replacen("### Share\n\nSay notice 2.\n", "", 1)
    };
    let files = edits(four_weeks()) + &run("july", "lead", "2026-07-06", "at: \"08:00\"");
    let built = build(&site(&files), "2026-06-01T12:00:00Z");
    assert!(built.diags.has_errors());
    assert_eq!(built.codes(), ["content-without-share"], "{}", built.told());
    assert!(told(&built, "content-without-share").contains("`notice-2`"));
}

#[test]
fn w5_3_a_deadline_is_refused_once_and_a_discussion_offered() {
    for (from, to) in [
        ("effort:", "deadline: 2026-07-10\neffort:"),
        ("{#ask-1 ", "{#ask-1 deadline=2026-07-10 "),
        ("effort:", "required: true\neffort:"),
    ] {
        let built = edited(from, to);
        assert!(built.diags.has_errors());
        assert_eq!(built.codes(), ["forced"], "{}", built.told());
        assert!(told(&built, "forced").contains("`discussion: 10d`"));
    }
}

#[test]
fn w5_4_a_late_joiner_begins_where_we_are() {
    let built = july("2026-07-15T06:30:00Z");
    let week = this_week(&built);
    let text = words(week);
    let order = [
        "This week",
        "Week 2: Show your work",
        "Begin here",
        "Begin to show",
        "Still to come",
        "If you like",
        "Week 1: Notice how you learn",
    ];
    let mut at = 0;
    for words in order {
        let found = text[at..].find(words);
        at += found.unwrap_or_else(|| panic!("no {words} after {at} in {text}"));
    }
    assert!(week.contains("href=\"../july/notice/\""), "{week}");
    // Nothing of it stands a second time further down, and nothing that is not out stands here.
    assert_eq!(page(&built, "july/").matches("Begin to show").count(), 1);
    assert!(!text.contains("Go on to show"), "{text}");
    // An hour later the second activity is out; its week's page lists both.
    let later = july("2026-07-15T07:00:00Z");
    assert!(words(this_week(&later)).contains("Go on to show"));
    let html = words(page(&later, "july/show/"));
    assert!(
        html.contains("Begin to show") && html.contains("Go on to show"),
        "{html}"
    );
    assert!(
        html.contains("Still to come") && html.contains("Fri 17 July"),
        "{html}"
    );
}

#[test]
fn w5_4_after_the_last_week_there_is_time_to_catch_up() {
    let with = |now: &str| {
        let text = four_weeks().replacen(
            "weeks:\n",
            "catch_up: {for: 2w, say: Choose one thing.}\nweeks:\n",
            1,
        );
        build(
            &site(&(text + &run("july", "lead", "2026-07-06", "at: \"08:00\""))),
            now,
        )
    };
    let built = with("2026-08-05T12:00:00Z");
    fine(&built);
    due(
        &built,
        "july",
        &[("catch-up", "Mon 2026-08-03 08:00 07:00Z")],
    );
    let week = this_week(&built);
    let text = words(week);
    assert!(
        text.contains("Time to catch up") && text.contains("Choose one thing."),
        "{text}"
    );
    assert!(
        text.contains("Week 4: Keep a habit") && text.contains("Week 1: Notice"),
        "{text}"
    );
    assert!(!text.contains("This week"), "{text}");
    let over = with("2026-08-17T07:00:00Z");
    assert!(!page(&over, "july/").contains("<section class=\"week\">"));
    assert!(page(&over, "july/").contains("Week 1: Notice how you learn"));
}

#[test]
fn w5_4_one_week_less_does_not_call_off_the_invitation() {
    let more =
        "at: \"08:00\"\noverrides: [{id: notice, on: 2026-06-20, reason: The fair, cancel: yes}]";
    let files = four_weeks() + &run("july", "lead", "2026-07-06", more);
    let built = build(&site(&files), "2026-07-08T12:00:00Z");
    fine(&built);
    assert!(
        built
            .files
            .contains_key("public/s/july/invitation/index.html")
    );
    assert!(!built.files.contains_key("public/s/july/notice/index.html"));
}

#[test]
fn w5_5_times_are_in_the_zone_and_have_an_instant() {
    let files = four_weeks()
        + &run(
            "july",
            "lead",
            "2026-07-06",
            "zone: Europe/Lisbon\nat: \"08:00\"",
        );
    let built = build(&site(&files), "2026-07-07T12:00:00Z");
    let html = page(&built, "july/notice-1/");
    let when = "<time datetime=\"2026-07-06T07:00:00Z\">Monday 6 July 2026</time>, <time datetime=\"2026-07-06T07:00:00Z\">08:00</time> (Europe/Lisbon)";
    assert!(html.contains(when), "{html}");
    let week = this_week(&built);
    assert!(
        week.contains("Thu 16 July, 08:00 (Europe/Lisbon)</time>"),
        "{week}"
    );
    assert!(week.contains("Times in Europe/Lisbon"), "{week}");
    assert!(
        week.contains("<time datetime=\"2026-07-08T07:00:00Z\">Wed 8 July</time>"),
        "{week}"
    );
    // What it takes is said in words.
    let facts = words(page(&built, "july/"));
    assert!(facts.contains("2 hours a week"), "{facts}");
}
