//! Cadences, blackouts, summer time: what falls on which day and at which instant.

use crate::common::{Built, build};
use crate::make::{due, edit_site, feed, fine, keys, page, run, site, steps, told, when};

const WEEKDAYS: &str = "{every: day, days: weekdays, at: \"09:00\"}";

/// A site with a challenge and one run of it, `r`.
fn challenge(count: u32, cadence: &str, starts: &str, more: &str, now: &str) -> Built {
    let files = steps(count, cadence) + &run("r", "steps", starts, more);
    build(&site(&files), now)
}

#[test]
fn w6_1_thirty_weekdays_over_easter_and_summer_time() {
    let built = challenge(30, WEEKDAYS, "2026-03-02", "", "2026-05-01T12:00:00Z");
    fine(&built);
    due(
        &built,
        "r",
        &[
            ("a1", "Mon 2026-03-02 09:00 09:00Z"),
            ("a20", "Fri 2026-03-27 09:00 09:00Z"),
            // The clocks went forward on 29 March.
            ("a21", "Mon 2026-03-30 09:00 08:00Z"),
            ("a24", "Thu 2026-04-02 09:00 08:00Z"),
            ("a25", "Tue 2026-04-07 09:00 08:00Z"),
            ("a30", "Tue 2026-04-14 09:00 08:00Z"),
        ],
    );
    let numbered: Vec<String> = (1..=30).map(|n| format!("a{n}")).collect();
    assert_eq!(keys(&built, "r"), numbered);
}

#[test]
fn w6_1_without_the_holidays_it_ends_on_a_friday() {
    let built = challenge(
        30,
        WEEKDAYS,
        "2026-03-02",
        "calendars: []",
        "2026-03-01T12:00:00Z",
    );
    due(&built, "r", &[("a30", "Fri 2026-04-10 09:00 08:00Z")]);
}

/// The page and the entry are there at the instant and not a second before, and both carry it.
#[test]
fn w6_1_page_and_entry_come_out_at_the_instant() {
    for (key, before, instant, stamp) in [
        (
            "a20",
            "2026-03-27T08:59:59Z",
            "2026-03-27T09:00:00Z",
            "Fri, 27 Mar 2026 09:00:00 +0000",
        ),
        (
            "a21",
            "2026-03-30T07:59:59Z",
            "2026-03-30T08:00:00Z",
            "Mon, 30 Mar 2026 08:00:00 +0000",
        ),
        (
            "a25",
            "2026-04-07T07:59:59Z",
            "2026-04-07T08:00:00Z",
            "Tue, 07 Apr 2026 08:00:00 +0000",
        ),
    ] {
        let file = format!("public/s/r/{key}/index.html");
        let early = challenge(30, WEEKDAYS, "2026-03-02", "", before);
        assert!(!early.files.contains_key(&file), "{key}");
        assert!(
            feed(&early, "r/")
                .iter()
                .all(|(guid, _)| *guid != format!("r/{key}"))
        );
        let built = challenge(30, WEEKDAYS, "2026-03-02", "", instant);
        assert_eq!(feed(&built, "r/")[0], (&*format!("r/{key}"), stamp));
        let html = page(&built, &format!("r/{key}/"));
        assert!(
            html.contains(&format!("<time datetime=\"{instant}\">")),
            "{html}"
        );
    }
}

#[test]
fn w6_2_fifteen_weeks_and_a_week_blacked_out() {
    let weekly = "{every: week, days: [mon], at: \"08:00\"}";
    let built = challenge(15, weekly, "2026-09-07", "", "2026-09-01T12:00:00Z");
    fine(&built);
    due(
        &built,
        "r",
        &[
            ("a1", "Mon 2026-09-07 08:00 07:00Z"),
            ("a8", "Mon 2026-10-26 08:00 08:00Z"),
            ("a15", "Mon 2026-12-14 08:00 08:00Z"),
        ],
    );
    let break_week = "blackouts: [{from: 2026-10-26, to: 2026-10-30, reason: Half-term}]";
    for more in [
        break_week.to_owned(),
        format!("{break_week}\non_skip: push"),
    ] {
        let built = challenge(15, weekly, "2026-09-07", &more, "2026-09-01T12:00:00Z");
        fine(&built);
        due(
            &built,
            "r",
            &[
                ("a7", "Mon 2026-10-19 08:00 07:00Z"),
                ("a8", "Mon 2026-11-02 08:00 08:00Z"),
                ("a15", "Mon 2026-12-21 08:00 08:00Z"),
            ],
        );
    }
}

#[test]
fn w6_3_first_mondays_move_to_the_day_after_a_holiday() {
    let monthly = "{every: month, on: first-monday, at: \"09:00\"}";
    // `following` is what a monthly cadence does unless somebody says otherwise.
    for more in ["", "on_skip: following"] {
        let built = challenge(6, monthly, "2026-01-01", more, "2026-06-01T12:00:00Z");
        fine(&built);
        due(
            &built,
            "r",
            &[
                ("a1", "Mon 2026-01-05 09:00 09:00Z"),
                ("a2", "Mon 2026-02-02 09:00 09:00Z"),
                ("a3", "Mon 2026-03-02 09:00 09:00Z"),
                ("a4", "Tue 2026-04-07 09:00 08:00Z"),
                ("a5", "Tue 2026-05-05 09:00 08:00Z"),
                ("a6", "Mon 2026-06-01 09:00 08:00Z"),
            ],
        );
        // What was moved is said with its reason, in the plan and on the page.
        for (key, holiday) in [("a4", "Easter Monday"), ("a5", "Early May bank holiday")] {
            assert!(page(&built, &format!("r/{key}/")).contains(holiday));
            assert!(built.plans["s/r"].contains(holiday));
        }
    }
}

#[test]
fn m5_the_31st_needs_a_word_about_short_months() {
    let day = |more: &str| format!("{{every: month, day: 31, at: \"09:00\"{more}}}");
    let built = challenge(4, &day(""), "2026-01-01", "", "2026-01-01T00:00:00Z");
    assert!(told(&built, "short-month").contains("short_month: last"));

    // 31 January and 28 February are Saturdays; here it is the last day of the month that counts.
    let last = day(", short_month: last");
    let built = challenge(
        4,
        &last,
        "2026-01-01",
        "on_skip: keep",
        "2026-05-01T00:00:00Z",
    );
    fine(&built);
    due(
        &built,
        "r",
        &[
            ("a1", "Sat 2026-01-31 09:00 09:00Z"),
            ("a2", "Sat 2026-02-28 09:00 09:00Z"),
            ("a3", "Tue 2026-03-31 09:00 08:00Z"),
            ("a4", "Thu 2026-04-30 09:00 08:00Z"),
        ],
    );
    let skip = day(", short_month: skip");
    let built = challenge(
        3,
        &skip,
        "2026-01-01",
        "on_skip: keep",
        "2026-01-01T00:00:00Z",
    );
    due(&built, "r", &[("a3", "Sun 2026-05-31 09:00 08:00Z")]);
    assert_eq!(when(&built, "r", "a2"), "Tue 2026-03-31 09:00 08:00Z");
}

#[test]
fn m6_an_hour_that_does_not_exist_and_one_that_happens_twice() {
    for (starts, plan, iso, stamp, hint) in [
        (
            "2026-03-29",
            "Sun 2026-03-29 02:30 01:30Z",
            "2026-03-29T01:30:00Z",
            "Sun, 29 Mar 2026 01:30:00 +0000",
            "01:30",
        ),
        (
            "2026-10-25",
            "Sun 2026-10-25 01:30 00:30Z",
            "2026-10-25T00:30:00Z",
            "Sun, 25 Oct 2026 00:30:00 +0000",
            "01:30",
        ),
    ] {
        let daily = "{every: day, at: \"01:30\"}";
        let now = format!("{starts}T02:00:00Z");
        let built = challenge(1, daily, starts, "on_skip: keep", &now);
        due(&built, "r", &[("a1", plan)]);
        assert!(told(&built, "clock-change").contains(hint));
        assert!(!built.diags.has_errors(), "{}", built.told());
        assert!(page(&built, "r/a1/").contains(&format!("<time datetime=\"{iso}\">")));
        assert_eq!(feed(&built, "r/"), [("r/a1", stamp)]);
    }
}

#[test]
fn m14_a_week_from_sunday_to_thursday() {
    let wanted = [
        ("a1", "Sun 2026-03-01 09:00 09:00Z"),
        ("a5", "Thu 2026-03-05 09:00 09:00Z"),
        ("a6", "Sun 2026-03-08 09:00 09:00Z"),
        ("a10", "Thu 2026-03-12 09:00 09:00Z"),
    ];
    let own = "week: [sun, mon, tue, wed, thu]";
    let built = challenge(10, WEEKDAYS, "2026-03-01", own, "2026-02-01T00:00:00Z");
    due(&built, "r", &wanted);
    // The same, said once for the whole site.
    let files = steps(10, WEEKDAYS) + &run("r", "steps", "2026-03-01", "");
    let mut folder = site(&files);
    edit_site(&mut folder, "calendars:", &format!("{own}\ncalendars:"));
    due(&build(&folder, "2026-02-01T00:00:00Z"), "r", &wanted);
}

/// `plan` says what the calendar dropped, and nothing that it moved or that was not asked for.
#[test]
fn b_3_what_is_dropped_is_said_and_nothing_else() {
    let weekday = "{every: day, days: weekdays, at: \"09:00\"}";
    let weekly = "{every: week, days: [mon], at: \"09:00\"}";
    let dropped = |cadence: &str, starts: &str, more: &str| -> Vec<String> {
        let built = challenge(5, cadence, starts, more, "2026-02-01T12:00:00Z");
        let lines = built.plans["s/r"].lines();
        lines
            .filter(|line| line.contains("  dropped: "))
            .map(str::to_owned)
            .collect()
    };
    let easter = [
        "Fri 2026-04-03  dropped: Good Friday",
        "Mon 2026-04-06  dropped: Easter Monday",
    ];
    assert_eq!(dropped(weekday, "2026-04-01", "on_skip: drop"), easter);
    // The series is complete before the holidays.
    assert_eq!(dropped(weekday, "2026-03-02", "on_skip: drop"), [""; 0]);
    assert_eq!(dropped(weekday, "2026-04-01", "on_skip: push"), [""; 0]);
    // The run's own cadence counts, not the programme's: the fifth Monday is 11 May.
    let own = format!("on_skip: drop\ncadence: {weekly}");
    let mondays = [easter[1], "Mon 2026-05-04  dropped: Early May bank holiday"];
    assert_eq!(dropped(weekday, "2026-03-30", &own), mondays);
}
