//! What the team's pages show besides lists: the designer's overview, the season board, the manager's brief and the
//! runway; and the page on which a session is proposed.

use crate::common::build;
use crate::make::{run, site, steps, words};

const WORKING_DAYS: &str = "{every: day, days: weekdays, at: \"09:00\"}";

/// What stands between two headings of a page, without its tags.
fn part(page: &str, from: &str, to: &str) -> String {
    let page: Vec<String> = words(page).split_whitespace().map(str::to_owned).collect();
    let page = page.join(" ");
    let at = page.find(from).unwrap_or_else(|| panic!("no {from} in {page}"));
    let rest = &page[at..];
    let end = rest.find(to).unwrap_or_else(|| panic!("no {to} behind {from} in {rest}"));
    rest[..end].to_owned()
}

#[test]
fn w6_1_the_designer_sees_on_which_weekday_each_falls_what_was_moved_and_where_a_pause_is() {
    let files = steps(30, WORKING_DAYS).replace(
        "numbering",
        "ramp: [look, ask]\nnumbering",
    );
    let files = files.replacen("#a1 minutes=5", "#a1 minutes=5 ramp=look", 1);
    let files = files.replacen("#a2 minutes=5", "#a2 minutes=1 ramp=look", 1);
    let files = files.replacen("#a3 minutes=5", "#a3 minutes=12 ramp=ask", 1);
    let more = "calendars: [england]\non_skip: push";
    let built = build(&site(&(files + &run("spring", "steps", "2026-03-02", more))), "2026-03-11T12:00:00Z");
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
    assert!(seen.contains("Day 25: Step number 25, 7 April moved from 3 April 2026 (Good Friday)"), "{seen}");
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
