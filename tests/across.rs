//! The pages across runs: archive, calendar, role guides, search. Each is made of what is visible, so
//! each changes when something is released and at no other moment.

mod common;

use common::{Built, SITE, build, folder};
use learnflow::formats::search::PART;
use learnflow::model::Folder;
use std::fmt::Write;

/// A guide as the sample has them, and a challenge of three days from the last day of March on.
const LIBRARY: &str = r#"
-- content/roles/learning-guide.md --
---
kind: role
id: learning-guide
title: Learning guide
summary: You walk along with a challenge and see to it that nobody answers into silence.
ways: [challenge, campaign]
---
Somebody has to be the first who answers, and for a few weeks that is you.

## The week at a glance

On Monday you read [the challenge](../steps.md). From then on you look in twice a day.

## Good moves

Ask the question that the answer left open.
-- content/steps.md --
---
kind: challenge
id: steps
title: Small steps
summary: One small thing after the other.
purpose: So that people who are new find one colleague whom they can ask.
count: 3
cadence: {every: day, days: weekdays}
numbering: "Day {n}"
tags: [first-weeks]
---
Whoever [looks after it](roles/learning-guide.md) answers first.

## Find the café {#cafe minutes=5}

```yaml activity
tags: [good-coffee]
```

### Do

Look for the room in which people talk about food.

### Share

What do they drink?

## Say hello {#hello minutes=5}

### Do

Say it.

### Share

Hello.

## Quixotic question {#question minutes=5 milestone=celebration}

### Do

Ask the zanzibar question.

### Share

Why?
-- sites/s/runs/steps.md --
---
id: spring
programme: steps
title: Small steps in spring
created: 2026-01-05
starts: 2026-03-31
channels: [everyone]
---
"#;

/// A week before the first day, the first day, and after the last.
const BEFORE: &str = "2026-03-24T12:00:00Z";
const FIRST: &str = "2026-03-31T12:00:00Z";
const AFTER: &str = "2026-05-01T12:00:00Z";

fn library(more: &str) -> Folder {
    folder(&format!("{SITE}{LIBRARY}{more}"))
}

fn whole(folder: &Folder, now: &str) -> Built {
    let built = build(folder, now);
    assert!(!built.diags.has_errors(), "{}", built.told());
    built
}

/// The public files below some folders, with their bytes.
fn below<'b>(built: &'b Built, folders: &[&str]) -> Vec<(&'b str, &'b [u8])> {
    let files = built.tree("public").into_iter();
    let wanted = files.filter(|(path, _)| {
        let path = path.strip_prefix("public/s/").unwrap_or("");
        folders.iter().any(|folder| path.starts_with(folder))
    });
    wanted.collect()
}

/// The words of one cell of the calendar: of the day, up to the next cell.
fn cell<'a>(html: &'a str, day: &str) -> &'a str {
    let from = html.find(&format!("datetime=\"{day}\"")).expect("the day");
    let rest = &html[from..];
    &rest[..rest.find("</td>").expect("the end of the cell")]
}

#[test]
fn the_archive_has_what_is_out_by_month_kind_and_run() {
    let built = whole(&library(""), AFTER);
    let overview = built.text("public/s/archive/index.html");
    for (href, title, count) in [
        ("2026-04/", "April 2026", 2),
        ("2026-03/", "March 2026", 1),
        ("kinds/challenge/", "Challenge", 3),
    ] {
        let line = format!(
            "<li><a href=\"../archive/{href}\">{title}</a> <span class=\"small\">{count}</span></li>"
        );
        assert!(overview.contains(&line), "{line} in\n{overview}");
    }
    assert!(overview.contains("<a href=\"../spring/\">Small steps in spring</a>"));
    let april = built.text("public/s/archive/2026-04/index.html");
    let (hello, last) = (april.find("Say hello"), april.find("Quixotic"));
    assert!(last.is_some() && last < hello, "newest first:\n{april}");
    assert!(!april.contains("café"), "March is on its own page");
    assert!(april.contains("rel=\"prev\" href=\"../../archive/2026-03/\""));
    let kind = built.text("public/s/archive/kinds/challenge/index.html");
    for title in ["café", "Say hello", "Quixotic"] {
        assert!(kind.contains(title), "{title}");
    }
}

#[test]
fn quiet_items_are_in_the_archive_and_withdrawn_ones_are_not() {
    let burst: String = (1..=6).fold(String::new(), |mut text, n| {
        let _ = write!(
            text,
            "-- sites/s/runs/r{n}.md --\n---\nid: r{n}\nprogramme: steps\ncreated: 2026-01-05\nstarts: 2026-03-31\nchannels: [everyone]\n---\n"
        );
        text
    });
    let many = whole(&library(&burst), AFTER);
    let march = many.text("public/s/archive/2026-03/index.html");
    assert_eq!(march.matches("Day 1: Find the café").count(), 7);
    let without = LIBRARY.replace("## Say hello {#hello", "## Say hello {#greeting");
    let later = common::build_on(
        &folder(&format!("{SITE}{without}")),
        AFTER,
        &whole(&library(""), AFTER).ledgers,
    );
    let april = later.text("public/s/archive/2026-04/index.html");
    assert!(!april.contains("spring/hello/"), "{april}");
}

#[test]
fn a_month_shows_what_is_out_by_its_title_and_what_lies_ahead_by_its_number() {
    let built = whole(&library(""), FIRST);
    let march = built.text("public/s/calendar/2026-03/index.html");
    assert!(march.contains("<caption>Calendar of March 2026. Times in Europe/London</caption>"));
    assert!(cell(march, "2026-03-31").contains("Day 1: Find the café</a>"));
    assert!(march.contains("rel=\"next\" href=\"../../calendar/2026-04/\""));
    let april = built.text("public/s/calendar/2026-04/index.html");
    let next = cell(april, "2026-04-01");
    assert!(next.contains("09:00</time></span> Day 2 "), "{next}");
    assert!(cell(april, "2026-04-03").contains("<p class=\"holiday\">Good Friday</p>"));
    assert!(!april.contains("Say hello") && !april.contains("Quixotic"));
    for page in [march, april] {
        assert_eq!(page.matches("scope=\"col\"").count(), 7);
        assert!(!page.contains("aria-current") && !page.contains("today"));
    }
}

#[test]
fn the_calendar_begins_with_the_month_of_the_newest_item() {
    let heading = |now: &str| {
        let built = whole(&library(""), now);
        let html = built.text("public/s/calendar/index.html");
        assert!(!html.contains("http-equiv=\"refresh\""));
        let at = html.find("<h1>").expect("a heading");
        html[at..].lines().next().unwrap_or("").to_owned()
    };
    assert_eq!(
        heading(BEFORE),
        "<h1>March 2026</h1>",
        "the first one ahead"
    );
    assert_eq!(heading(FIRST), "<h1>March 2026</h1>");
    assert_eq!(heading("2026-04-01T08:00:00Z"), "<h1>April 2026</h1>");
    assert_eq!(heading("2027-08-01T08:00:00Z"), "<h1>April 2026</h1>");
    let empty = whole(&folder(SITE), FIRST);
    let html = empty.text("public/s/calendar/index.html");
    assert!(html.contains("Nothing has been released yet") && !html.contains("<table"));
}

#[test]
fn a_week_begins_where_people_begin_to_work() {
    let first = |week: &str| {
        let text =
            format!("{SITE}{LIBRARY}").replace("at: \"09:00\"", &format!("at: \"09:00\"\n{week}"));
        let built = whole(&folder(&text), AFTER);
        let html = built.text("public/s/calendar/2026-04/index.html");
        let head = html.split("<th scope=\"col\">").nth(1).unwrap_or("");
        // 1 April 2026 is a Wednesday: so many cells of March stand before it.
        let row = html.split("<tbody>").nth(1).unwrap_or("");
        let before = row.split("2026-04-01").next().unwrap_or("");
        let empty = before.matches("<td class=\"bare\"></td>").count();
        (head.starts_with("Sunday</th>"), empty)
    };
    assert_eq!(first(""), (false, 2));
    assert_eq!(first("week: [sun, mon, tue, wed, thu]"), (true, 3));
}

#[test]
fn a_full_day_leads_to_the_archive() {
    let more: String = (1..=8).fold(String::new(), |mut text, n| {
        let _ = write!(
            text,
            "-- sites/s/runs/r{n}.md --\n---\nid: r{n}\nprogramme: steps\ncreated: 2026-01-05\nstarts: 2026-03-31\nchannels: [everyone]\n---\n"
        );
        text
    });
    let built = whole(&library(&more), FIRST);
    let day = |page: &str, day: &str| cell(built.text(page), day).to_owned();
    let out = day("public/s/calendar/2026-03/index.html", "2026-03-31");
    assert_eq!(out.matches("<li").count(), 4);
    assert!(
        out.contains("<a href=\"../../archive/2026-03/\">and 5 more<"),
        "{out}"
    );
    // Nothing of April is out, so that there is no such month in the archive.
    let ahead = day("public/s/calendar/2026-04/index.html", "2026-04-01");
    assert!(
        ahead.contains("<a href=\"../../archive/\">and 5 more<"),
        "{ahead}"
    );
}

#[test]
fn rolling_intakes_stand_by_their_start_dates() {
    let intake = r#"
-- content/welcome.md --
---
kind: onboarding
id: welcome
title: Welcome
summary: What the first weeks bring.
purpose: So that people who are new find one colleague whom they can ask.
intake: {every: week, days: [mon], window: 3w}
---
## Say hello {#first offset=0wd type=try connects=team}
### Do
Say it.
### Share
Hello.
## Meet somebody {#second offset=2wd type=meet connects=cross-org}
### Do
Meet.
### Share
Whom?
-- sites/s/runs/welcome.md --
---
id: new
programme: welcome
created: 2026-01-05
starts: 2026-06-01
channels: [everyone]
---
"#;
    let built = whole(&library(intake), "2026-06-30T12:00:00Z");
    let june = built.text("public/s/archive/2026-06/index.html");
    assert!(
        june.contains("new/start/2026-06-08/\">Starters of 8 June 2026</a>, 2 steps are out"),
        "{}\n{june}",
        built.told()
    );
    assert!(!june.contains("Say hello"));
    let month = built.text("public/s/calendar/2026-06/index.html");
    assert!(cell(month, "2026-06-08").contains("Starters of 8 June 2026"));
    assert!(!month.contains("Meet somebody"));
    let found = built.text("public/s/search/items-1.json");
    assert_eq!(found.matches("Meet somebody").count(), 1, "each step once");
}

#[test]
fn calendar_archive_and_search_change_when_something_is_released() {
    // The page of a kind says besides how far its runs have come.
    let folders = ["archive/2", "archive/index", "calendar/", "search/"];
    let library = library("");
    let mut now = BEFORE.to_owned();
    let mut seen = 0;
    loop {
        let here = whole(&library, &now);
        let Some(edge) = here.edges.first() else {
            break;
        };
        let before = whole(
            &library,
            &(edge.at - jiff::SignedDuration::from_secs(1)).to_string(),
        );
        assert_eq!(
            below(&here, &folders),
            below(&before, &folders),
            "up to {}",
            edge.at
        );
        let then = whole(&library, &edge.at.to_string());
        let changed = below(&before, &folders) != below(&then, &folders);
        assert_eq!(changed, edge.feed, "{edge:?}");
        seen += usize::from(changed);
        now = edge.at.to_string();
    }
    assert_eq!(seen, 3, "three days came out");
}

#[test]
fn nothing_early_is_in_the_search() {
    let index = |now: &str| -> String {
        let built = whole(&library(""), now);
        let files = below(&built, &["search/"]);
        files
            .iter()
            .map(|(_, bytes)| String::from_utf8_lossy(bytes))
            .collect()
    };
    for now in [BEFORE, FIRST, "2026-04-02T07:59:59Z"] {
        let index = index(now);
        for word in ["Quixotic", "zanzibar", "spring/question"] {
            assert!(!index.contains(word), "{word} at {now}");
        }
        assert!(index.contains("Small steps in spring"), "runs are in it");
    }
    let after = index("2026-04-02T08:00:00Z");
    assert!(after.contains("Quixotic") && after.contains("zanzibar"));
}

#[test]
fn the_index_names_runs_programmes_roles_channels_and_topics() {
    let built = whole(&library(""), AFTER);
    let pages = built.text("public/s/search/pages-1.json");
    for entry in [
        r#"{"title":"Small steps in spring","path":"spring/","kind":"Challenge""#,
        r#"{"title":"Small steps","path":"programmes/steps/","kind":"Programme","tags":["first weeks"]"#,
        r#"{"title":"Learning guide","path":"roles/learning-guide/","kind":"Role""#,
        r#"{"title":"Everyone","path":"channels/everyone/","kind":"Channel""#,
    ] {
        assert!(pages.contains(entry), "{entry} in\n{pages}");
    }
    let items = built.text("public/s/search/items-1.json");
    let cafe = r#"{"title":"Day 1: Find the café","path":"spring/cafe/","run":0,"date":"31 March 2026","tags":["good coffee"]"#;
    assert!(items.contains(cafe), "{items}");
}

#[test]
fn the_index_is_cut_into_parts_the_newest_first() {
    let mut text = format!(
        "{SITE}-- content/long.md --\n---\nkind: challenge\nid: long\ntitle: Long\nsummary: Goes on.\npurpose: So that people who are new find one colleague whom they can ask.\ncount: 380\ncadence: {{every: day, days: weekdays}}\n---\nLong.\n"
    );
    for n in 1..=380 {
        let _ = write!(
            text,
            "\n## Thing {n} {{#thing{n}}}\n### Do\nDo it.\n### Share\nTell.\n"
        );
    }
    for n in 1..=4 {
        let _ = write!(
            text,
            "-- sites/s/runs/r{n}.md --\n---\nid: run{n}\nprogramme: long\ncreated: 2020-01-05\nstarts: 202{n}-03-01\nchannels: [everyone]\n---\n"
        );
    }
    let built = whole(&folder(&text), AFTER);
    let index = built.text("public/s/search/index.json");
    assert!(
        index.contains(r#""parts":["pages-1.json","items-2.json","items-1.json"]"#),
        "{index}"
    );
    let lines = |n: u32| {
        built
            .text(&format!("public/s/search/items-{n}.json"))
            .matches("\"title\"")
            .count()
    };
    assert_eq!((lines(1), lines(2)), (PART, 4 * 380 - PART));
}

#[test]
fn a_guide_and_its_programmes_lead_to_each_other() {
    let built = whole(&library(""), BEFORE);
    let guide = built.text("public/s/roles/learning-guide/index.html");
    assert!(
        guide.contains("<h2>The week at a glance</h2>")
            || guide.contains(">The week at a glance</h2>")
    );
    assert!(
        guide.contains("<a href=\"../../programmes/steps/\">the challenge</a>"),
        "{guide}"
    );
    assert!(guide.contains("<li><a href=\"../../programmes/steps/\">Small steps</a></li>"));
    let programme = built.text("public/s/programmes/steps/index.html");
    assert!(programme.contains("<h2>Who looks after it</h2>"));
    assert!(
        programme.contains("<li><a href=\"../../roles/learning-guide/\">Learning guide</a></li>")
    );
    assert!(
        built
            .text("public/s/roles/index.html")
            .contains("<li>Campaign</li>")
    );
    // The team's page leads into the public tree, where the guide is.
    let sheet = built.text("team/s/programmes/steps/index.html");
    assert!(
        sheet.contains("https://learn.example.org/roles/learning-guide/"),
        "{sheet}"
    );
    assert!(built.codes().is_empty(), "{}", built.told());
    let home = built.text("public/s/index.html");
    for folder in ["calendar", "archive", "roles", "search"] {
        assert!(
            home.contains(&format!("<li><a href=\"./{folder}/\">")),
            "{folder}"
        );
    }
    let without = whole(&folder(SITE), BEFORE);
    assert!(!without.text("public/s/index.html").contains("/roles/"));
}

#[test]
fn the_search_says_without_a_script_where_everything_is() {
    let built = whole(&library(""), AFTER);
    let page = built.text("public/s/search/index.html");
    assert!(page.contains("<noscript><p class=\"standfirst\">Searching needs JavaScript"));
    assert!(page.contains("<a href=\"../archive/2026-04/\">April 2026</a>"));
    assert!(page.contains("<script type=\"module\" src=\"../search.js\"></script>"));
    let script = built.text("public/s/search.js");
    for word in [
        "localStorage",
        "sessionStorage",
        "cookie",
        "innerHTML",
        "//cdn",
    ] {
        assert!(!script.contains(word), "{word}");
    }
}

#[test]
fn the_same_input_gives_the_same_pages() {
    let folders = ["archive/", "calendar/", "roles/", "search/"];
    let (one, two) = (whole(&library(""), AFTER), whole(&library(""), AFTER));
    assert!(below(&one, &folders).len() > 10);
    assert_eq!(below(&one, &folders), below(&two, &folders));
}
