//! Frames for other pages: what each shows, that it changes at listed edges alone, and that it works in the narrowest
//! of boxes. `tests/pictures/embeds.mjs` shows the same in a browser.

use crate::common::{Built, build};
use crate::make::{between, challenge, edit_site, fine, page, run, site};
use learnflow::model::Edge;

/// The words of a file in one line.
fn words(html: &str) -> String {
    let words = crate::make::words(html);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn frame<'a>(built: &'a Built, path: &str) -> &'a str {
    built.text(&format!("public/s/{path}"))
}

const TEN: &str = "{every: day, days: weekdays, at: \"09:00\"}";

/// Ten weekdays from Monday 2 March 2026.
fn ten(now: &str) -> Built {
    let files =
        challenge(&(1..=10).collect::<Vec<_>>(), TEN) + &run("spring", "steps", "2026-03-02", "");
    let built = build(&site(&files), now);
    fine(&built);
    built
}

/// Every frame of a build: its path and its text.
fn frames(built: &Built) -> Vec<(&str, &str)> {
    let files = built.tree("public").into_iter();
    let framed = files.filter(|(path, _)| {
        let (folder, file) = path.rsplit_once('/').expect("below a site");
        file == "embed.html"
            || folder.ends_with("/embed") && file.ends_with(".html") && file != "copy.html"
    });
    framed
        .map(|(path, bytes)| (path, std::str::from_utf8(bytes).expect("UTF-8")))
        .collect()
}

#[test]
fn a_run_has_the_frames_of_its_kind_and_its_channel_has_them_but_for_the_strip() {
    let built = ten("2026-03-04T12:00:00Z");
    let names = |folder: &str| -> Vec<String> {
        let prefix = format!("public/s/{folder}embed/");
        let files = built.files.keys();
        let names = files.filter_map(|path| path.strip_prefix(&prefix)?.strip_suffix(".html"));
        names.map(str::to_owned).collect()
    };
    assert_eq!(
        names("spring/"),
        ["challenge-strip", "copy", "today", "upcoming", "week"]
    );
    assert_eq!(
        names("channels/everyone/"),
        ["copy", "today", "upcoming", "week"]
    );
    assert_eq!(names(""), ["copy", "today", "upcoming", "week"]);
}

#[test]
fn today_shows_what_is_open_and_upcoming_shows_numbers_alone() {
    let built = ten("2026-03-04T12:00:00Z");
    for around in ["spring/", "channels/everyone/", ""] {
        let today = words(frame(&built, &format!("{around}embed/today.html")));
        assert!(
            today.contains("Day 3: Step number 3 Take step 3."),
            "{today}"
        );
        assert!(
            !today.contains("Step number 2") && !today.contains("Step number 4"),
            "{today}"
        );
        let upcoming = words(frame(&built, &format!("{around}embed/upcoming.html")));
        assert!(
            upcoming.contains("Thu 5 March , 09:00 (Europe/London) Day 4"),
            "{upcoming}"
        );
        assert!(!upcoming.contains("Step number"), "{upcoming}");
    }
    let after = words(frame(
        &ten("2026-06-01T12:00:00Z"),
        "spring/embed/today.html",
    ));
    assert!(after.contains("Nothing is open at the moment."), "{after}");
}

#[test]
fn the_week_is_that_of_the_newest_item_and_not_of_the_calendar() {
    let week = |now: &str| words(frame(&ten(now), "spring/embed/week.html"));
    // On Monday morning before nine it is still last week's.
    let before = week("2026-03-09T08:59:59Z");
    assert!(before.contains("Week of 2 March 2026"), "{before}");
    for n in 1..=5 {
        assert!(
            before.contains(&format!("Step number {n}")),
            "{n} in {before}"
        );
    }
    let monday = week("2026-03-09T09:00:00Z");
    assert!(
        monday.contains("Week of 9 March 2026") && monday.contains("Step number 6"),
        "{monday}"
    );
    assert!(!monday.contains("Step number 5"), "{monday}");
    // And it is still that of the last item long after.
    assert!(week("2026-08-09T09:00:00Z").contains("Step number 10"));
}

#[test]
fn the_strip_has_a_square_for_each_and_titles_of_what_is_out() {
    let built = ten("2026-03-04T12:00:00Z");
    let strip = frame(&built, "spring/embed/challenge-strip.html");
    assert_eq!(strip.matches("<li class=\"hidden\">").count(), 7, "{strip}");
    assert_eq!(strip.matches("<li class=\"open\">").count(), 3, "{strip}");
    assert!(words(strip).contains("3 of 10 are out"), "{strip}");
    assert!(strip.contains("Step number 3") && !strip.contains("Step number 4"));
}

/// A community that meets on the second Thursday of a month for three quarters of an hour.
fn community(now: &str) -> Built {
    let files = "-- content/viz.md --\n---\nkind: community\nid: viz\ntitle: Data viz\n\
         summary: Charts and dashboards shown to customers.\n\
         purpose: So that people who present data to customers stop solving the same chart problem alone.\n\
         manager: role:community-manager\ndeputy: role:learning-guide\n\
         members: {who: Whoever makes charts, join: Write a line in the group}\nrhythm:\n  \
         - {id: show, title: Show and tell, type: event, every: month, on: second-thursday, at: \"12:30\", length: 45m}\n\
         ---\nWhat it is.\n"
        .to_owned()
        + &run("viz-2026", "viz", "2026-01-05", "review_by: 2027-01-29");
    let mut folder = site(&files);
    edit_site(&mut folder, "calendars: [england]\n", "");
    build(&folder, now)
}

#[test]
fn an_event_is_on_from_its_first_second_to_its_last_and_both_are_edges() {
    let now = |at: &str| words(frame(&community(at), "viz-2026/embed/now.html"));
    let none = "Nothing is on at this hour.";
    let before = now("2026-02-12T12:29:59Z");
    assert!(
        before.contains(none) && before.contains("Thu 12 February , 12:30 – 13:15"),
        "{before}"
    );
    for during in ["2026-02-12T12:30:00Z", "2026-02-12T13:14:59Z"] {
        let on = now(during);
        assert!(
            on.contains("Show and tell") && !on.contains(none),
            "{during}: {on}"
        );
        assert!(
            on.contains("Thursday 12 February 2026 , 12:30 – 13:15"),
            "{during}: {on}"
        );
    }
    let after = now("2026-02-12T13:15:00Z");
    assert!(
        after.contains(none) && after.contains("Thu 12 March"),
        "{after}"
    );
    let edges = community("2026-02-12T12:45:00Z").edges;
    let first = |edges: &[Edge]| (edges[0].at.to_string(), edges[0].what.clone());
    let (at, what) = first(&edges);
    assert_eq!(at, "2026-02-12T13:15:00Z", "{what}");
    assert!(what.ends_with(" ends"), "{what}");
}

/// R35: an activity's page names a static file that tells how to embed it.
#[test]
fn r35_each_occurrence_has_an_oembed_file_that_its_page_names() {
    let built = ten("2026-03-04T12:00:00Z");
    let html = page(&built, "spring/a3/");
    let link = "<link rel=\"alternate\" type=\"application/json+oembed\" title=\"Day 3: Step number 3\" href=\"https://learn.example.org/spring/a3/oembed.json\">";
    let at = html.find(link).unwrap_or_else(|| panic!("{html}"));
    assert!(at < 32 * 1024 && at < html.find("</head>").expect("a head"));
    let told: serde_json::Value =
        serde_json::from_str(frame(&built, "spring/a3/oembed.json")).expect("JSON");
    let texts = [
        ("version", "1.0"),
        ("type", "rich"),
        ("title", "Day 3: Step number 3"),
        ("author_name", "Small steps"),
        ("author_url", "https://learn.example.org/spring/"),
        ("provider_name", "The site"),
        ("provider_url", "https://learn.example.org/"),
        (
            "html",
            "<iframe src=\"https://learn.example.org/spring/a3/embed.html\" width=\"600\" height=\"300\" title=\"Day 3: Step number 3\"></iframe>",
        ),
    ];
    for (key, value) in texts {
        assert_eq!(told[key], value, "{key}");
    }
    assert_eq!(
        (&told["width"], &told["height"]),
        (&600.into(), &300.into())
    );
    let piece = words(frame(&built, "spring/a3/embed.html"));
    assert!(
        piece.contains("Small steps Day 3: Step number 3 Take step 3."),
        "{piece}"
    );
    // What is not out has neither.
    assert!(!built.files.keys().any(|path| path.contains("/a4/")));
    // The pinned page of today names the file of the item that it shows.
    assert!(page(&built, "spring/today/").contains(link));
}

#[test]
fn r35_what_is_withdrawn_says_so_in_its_frame() {
    let files = |n: u32| challenge(&(1..=n).collect::<Vec<_>>(), TEN);
    let with = |n: u32| site(&(files(n) + &run("spring", "steps", "2026-03-02", "")));
    let before = build(&with(3), "2026-03-04T12:00:00Z");
    let after = crate::common::build_on(&with(2), "2026-03-05T12:00:00Z", &before.ledgers);
    let piece = words(frame(&after, "spring/a3/embed.html"));
    assert!(
        piece.contains("This was withdrawn on 5 March 2026."),
        "{piece}"
    );
    assert!(!after.files.contains_key("public/s/spring/a3/oembed.json"));
}

/// R36: a frame needs nothing of the page around it, weighs little, and nobody forbids it.
#[test]
fn r36_a_frame_stands_alone() {
    let built = ten("2026-03-04T12:00:00Z");
    let style = frame(&built, "embed.css").len();
    let script = frame(&built, "embed.js");
    for word in [
        "cookie",
        "localStorage",
        "sessionStorage",
        "fetch(",
        "import ",
        "referrer",
        "parent.document",
    ] {
        assert!(!script.contains(word), "{word}");
    }
    let frames = frames(&built);
    assert!(frames.len() >= 13, "{frames:?}");
    for (path, html) in frames {
        assert!(
            html.starts_with("<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset"),
            "{path}"
        );
        assert!(html.len() + style + script.len() < 100_000, "{path}");
        let loads = html.matches("src=\"").count() + html.matches("rel=\"stylesheet\"").count();
        assert_eq!(loads, 2, "{path}: its style and its script");
        assert!(
            !html.contains("<form") && !html.contains("<style"),
            "{path}"
        );
        assert!(
            html.contains("<meta name=\"robots\" content=\"noindex\">"),
            "{path}"
        );
    }
}

/// R37: links lead out of the frame, and one address stands there to be copied.
#[test]
fn r37_links_lead_out_of_the_frame_and_to_this_site_alone() {
    let both = [
        ten("2026-03-04T12:00:00Z"),
        community("2026-02-12T12:45:00Z"),
    ];
    for built in &both {
        for (path, html) in frames(built) {
            let body = html.split("<body").nth(1).expect("a body");
            let links: Vec<&str> = body.split("<a ").skip(1).collect();
            assert!(!links.is_empty(), "{path}");
            for link in links {
                let tag = link.split('>').next().expect("a tag");
                assert!(
                    tag.ends_with("target=\"_top\" rel=\"noopener\""),
                    "{path}: {tag}"
                );
                // WordPress follows a link to the frame's own host and to no other.
                let href = between(tag, "href=\"", "\"");
                let own = !href.contains("//") || href.starts_with("https://learn.example.org/");
                assert!(own, "{path}: {href}");
            }
            let onward = between(body, "<p class=\"onward\">", "</p>");
            let address = between(onward, "href=\"", "\"");
            assert!(
                onward.ends_with(&format!("<span>{address}</span>")),
                "{path}: {onward}"
            );
        }
    }
}

/// R38: one line without a script.
#[test]
fn r38_the_line_to_copy_is_a_bare_frame() {
    let files = challenge(&[1, 2], TEN)
        + &run(
            "spring",
            "steps",
            "2026-03-02",
            "title: \"Ask & \\\"answer\\\"\"",
        );
    let built = build(&site(&files), "2026-03-02T12:00:00Z");
    let copy = frame(&built, "spring/embed/copy.html");
    let lines: Vec<&str> = copy
        .split("<pre class=\"file\" tabindex=\"0\">")
        .skip(1)
        .collect();
    assert_eq!(lines.len(), 4);
    let shown = |text: &str| -> String {
        let text = text.split("</pre>").next().expect("its end");
        [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#39;", "'"),
            ("&amp;", "&"),
        ]
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    };
    assert_eq!(
        shown(lines[0]),
        "<iframe src=\"https://learn.example.org/spring/embed/today.html\" width=\"100%\" height=\"300\" title=\"Open now: Ask &amp; &quot;answer&quot;\"></iframe>"
    );
    for line in lines {
        let line = shown(line);
        assert!(
            line.starts_with("<iframe src=\"https://") && line.ends_with("></iframe>"),
            "{line}"
        );
        assert!(
            !line.contains('\n') && !line.contains("script") && !line.contains("allow"),
            "{line}"
        );
    }
    // Whoever looks for it finds it from the run, the channel and every foot of a page.
    assert!(page(&built, "spring/").contains("href=\"../spring/embed/copy.html\""));
    assert!(
        page(&built, "channels/everyone/")
            .contains("href=\"../../channels/everyone/embed/copy.html\"")
    );
    assert!(page(&built, "archive/").contains("href=\"../embed/copy.html\""));
}
