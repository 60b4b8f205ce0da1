//! The archive of a learning flow: by week, theme, source and format, and small whatever has come out.

use crate::common::{Built, build};
use crate::make::{between, page, run, site, words};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use learnflow::model::Folder;
use std::fmt::Write;

const FLOW: &str = "-- content/questions.md --\n---\nkind: prompts\nid: questions\ntitle: Questions\n---\n\
    ## Look out {#out}\n\nWhat do you see from your place?\n\
    -- content/flow.md --\n---\nkind: learning-flow\nid: flow\ntitle: Ten minutes\n\
    summary: Something small on every working day.\n\
    purpose: So that people who have ten minutes find something that is worth them.\nflow: themed\n\
    cadence: {every: day, days: weekdays, at: \"08:30\"}\n\
    themes:\n  - {id: asking, title: Asking well, weeks: 1}\n  - {id: resting, title: Resting well, weeks: 1}\n\
    fallback: questions\ncurator: role:curator\n---\nWhat it is.\n\
    -- sites/s/curation/sources.yaml --\nsources:\n  \
    - {id: quay, title: Quay Notes, feed: \"https://quay.example.org/feed\", why_trusted: They were there.}\n";

/// A flow with a pick on each of so many working days, but none on Fridays: the bank has those. Themes take turns by the
/// week, formats by the day, and every second pick comes from the source.
fn flow(first: Date, days: usize) -> Folder {
    let mut files = FLOW.to_owned() + &run("tens", "flow", &first.to_string(), "");
    let all = first.series(1.day());
    let working = all.filter(|day| day.weekday().to_monday_one_offset() < 6);
    for (n, day) in working.take(days).enumerate().filter(|(n, _)| n % 5 != 4) {
        let theme = ["asking", "resting"][n / 5 % 2];
        let format = ["read", "watch"][n % 2];
        let source = if n % 2 == 0 { "source: quay\n" } else { "" };
        let _ = write!(
            files,
            "-- sites/s/curation/picks/p{n}.md --\n---\nid: p{n}\nrun: tens\nslot: {day}\n\
             url: https://example.org/{n}\ntitle: Find number {n}\nformat: {format}\nminutes: 5\n\
             theme: {theme}\n{source}picked_by: role:curator\npicked_on: {first}\n---\n\
             ## Why this\n\nNumber {n} is short.\n\n## Do\n\nRead it.\n\n## Share\n\nWhat stays with you?\n"
        );
    }
    site(&files)
}

fn seen(built: &Built, path: &str) -> String {
    let text = words(page(built, path));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_came_out_of_a_flow_is_found_by_week_theme_source_and_format() {
    // Two weeks and three days, over the turn of the year.
    let built = build(&flow(date(2025, 12, 22), 20), "2026-01-07T12:00:00Z");
    let first = seen(&built, "tens/archive/");
    let listed = between(&first, "Archive of this flow ", " Ten minutes");
    // The newest year alone has its weeks here; the two others have a page.
    for said in [
        "By theme Asking well 7 Resting well 4",
        "By week Week of 5 January 2026 Asking well 3 By year 2026 3 2025 10",
        "By format To read 6 To watch 5",
        "By source Quay Notes 6",
    ] {
        assert!(first.contains(said), "{said} in {listed}");
    }
    let year = seen(&built, "tens/archive/years/2025/");
    assert!(
        year.contains(
            "Week of 29 December 2025 Resting well 5 Week of 22 December 2025 Asking well 5"
        ),
        "{year}"
    );

    let week = seen(&built, "tens/archive/weeks/2025-12-29/");
    assert!(
        week.contains("Week of 29 December 2025 Resting well"),
        "{week}"
    );
    for n in 5..9 {
        assert!(week.contains(&format!("Find number {n}")), "{n} in {week}");
    }
    // What the bank gave on Friday stands in its week, and has no theme.
    assert!(week.contains("Look out, 2 January 2026"), "{week}");
    assert!(
        !week.contains("Find number 4 ") && !week.contains("Find number 10"),
        "{week}"
    );
    let turn = page(&built, "tens/archive/weeks/2025-12-29/");
    assert!(
        turn.contains("rel=\"prev\" href=\"../../../../tens/archive/weeks/2025-12-22/\""),
        "{turn}"
    );
    assert!(
        turn.contains("rel=\"next\" href=\"../../../../tens/archive/weeks/2026-01-05/\""),
        "{turn}"
    );

    let theme = seen(&built, "tens/archive/themes/resting/");
    assert!(
        theme.contains("Resting well What came out of this theme"),
        "{theme}"
    );
    assert!(
        theme.contains("Find number 5") && !theme.contains("Find number 4 "),
        "{theme}"
    );
    let source = seen(&built, "tens/archive/sources/quay/");
    assert!(
        source.contains("Find number 2 ") && !source.contains("Find number 1 "),
        "{source}"
    );
    let format = seen(&built, "tens/archive/formats/watch/");
    assert!(
        format.contains("To watch What came in this format"),
        "{format}"
    );

    // Nothing of what is not out: neither its title nor its week.
    for (path, bytes) in built.tree("public") {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("Find number 13"), "{path}");
        assert!(!path.contains("weeks/2026-01-12"), "{path}");
    }
    assert!(page(&built, "tens/").contains("tens/archive/\">Archive of this flow</a>"));
}

#[test]
fn the_archive_of_a_flow_stays_small_whatever_came_out() {
    let built = build(&flow(date(2025, 1, 6), 270), "2026-01-20T12:00:00Z");
    let rows = |path: &str| page(&built, path).matches("tens/p").count();
    let own = seen(&built, "tens/");
    assert!(
        own.contains("What is older stands on the pages of the weeks: Archive of this flow"),
        "{own}"
    );
    assert!(
        rows("tens/") < 60,
        "{} rows on the run's page",
        rows("tens/")
    );
    let shelf = "tens/archive/formats/read/";
    let seen = seen(&built, shelf);
    assert!(
        seen.contains("What is older stands on the pages of the weeks:"),
        "{seen}"
    );
    assert_eq!(rows(shelf), 100);
    // Every find stands in its week.
    let weeks = built.tree("public").into_iter();
    let weeks = weeks.filter(|(path, _)| path.contains("/archive/weeks/"));
    let all: usize = weeks
        .map(|(_, bytes)| {
            String::from_utf8_lossy(bytes)
                .matches("Find number")
                .count()
        })
        .sum();
    assert_eq!(all, 216);
    assert!(page(&built, "tens/archive/").len() < 20_000);
}
