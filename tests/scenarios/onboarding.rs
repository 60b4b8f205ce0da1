//! Rolling intakes: the same steps from every start date, and nobody's name.

use crate::common::{Built, build};
use crate::make::{due, feed, fine, page, run, site, told};

const STEPS: &[(&str, &str)] = &[
    ("hello", "offset=0wd connects=team type=meet"),
    ("buddy", "offset=1wd connects=peers type=meet"),
    ("three-people", "offset=2wd connects=cross-org type=meet"),
    (
        "ask-anything",
        "offset=4wd at=14:00 connects=peers type=try",
    ),
    ("surprise", "offset=9wd type=reflect"),
    ("fix", "offset=19wd type=try"),
    ("day-30", "offset=30d on_skip=following type=reflect"),
    ("day-60", "offset=60d on_skip=following type=meet"),
    ("day-90", "offset=90d on_skip=following type=give-back"),
];

fn welcome(intake: &str, front: &str, body: &str) -> String {
    let mut text = format!(
        "-- content/welcome.md --\n---\nkind: onboarding\nid: welcome\ntitle: First ninety days\n\
         summary: Small steps from the first morning on.\n\
         purpose: So that people who start here know whom they can ask beyond their own team.\n\
         intake: {intake}\n{front}\n---\nWhat it is. {body}\n"
    );
    for (id, keys) in STEPS {
        text += &format!(
            "\n## The step {id} {{#{id} {keys} minutes=5}}\n\n### Do\n\nDo {id}.\n\n### Share\n\nSay {id}.\n"
        );
    }
    text
}

fn onboarding(intake: &str, starts: &str, now: &str) -> Built {
    let files = welcome(intake, "", "") + &run("new", "welcome", starts, "at: \"10:00\"");
    build(&site(&files), now)
}

#[test]
fn w3_1_working_days_and_days_from_a_start_before_easter() {
    let one = "{every: week, days: [wed], window: 1w}";
    let built = onboarding(one, "2026-04-01", "2026-07-01T12:00:00Z");
    fine(&built);
    due(
        &built,
        "new",
        &[
            ("2026-04-01/hello", "Wed 2026-04-01 10:00 09:00Z"),
            ("2026-04-01/buddy", "Thu 2026-04-02 10:00 09:00Z"),
            ("2026-04-01/three-people", "Tue 2026-04-07 10:00 09:00Z"),
            ("2026-04-01/ask-anything", "Thu 2026-04-09 14:00 13:00Z"),
            ("2026-04-01/surprise", "Thu 2026-04-16 10:00 09:00Z"),
            ("2026-04-01/fix", "Thu 2026-04-30 10:00 09:00Z"),
            ("2026-04-01/day-30", "Fri 2026-05-01 10:00 09:00Z"),
            ("2026-04-01/day-60", "Mon 2026-06-01 10:00 09:00Z"),
            ("2026-04-01/day-90", "Tue 2026-06-30 10:00 09:00Z"),
        ],
    );
    let html = page(&built, "new/start/2026-04-01/");
    // The start is a day, never midnight somewhere.
    assert!(
        html.contains("<time datetime=\"2026-04-01\">Wednesday 1 April 2026</time>"),
        "{html}"
    );
    for instant in ["2026-04-07T09:00:00Z", "2026-06-01T09:00:00Z"] {
        assert!(
            html.contains(&format!("<time datetime=\"{instant}\">")),
            "{instant} in {html}"
        );
    }
}

const NOW: &str = "2026-05-20T12:00:00Z";

fn mondays(weeks: u32) -> Built {
    onboarding(
        &format!("{{every: week, days: [mon], window: {weeks}w}}"),
        "2026-03-02",
        NOW,
    )
}

/// The pages of start dates and of released steps.
fn pages(built: &Built) -> Vec<(&str, &[u8])> {
    let tree = built.tree("public").into_iter();
    tree.filter(|(path, _)| path.starts_with("public/s/new/") && path.matches('/').count() == 5)
        .collect()
}

#[test]
fn w3_2_a_start_date_more_changes_none_of_the_others() {
    let (before, after) = (mondays(26), mondays(27));
    fine(&before);
    let starts = |built: &Built| -> Vec<String> {
        let of = |path: &str| {
            let page = path.strip_suffix("/index.html")?;
            Some(page.strip_prefix("public/s/new/start/")?.to_owned())
        };
        built.files.keys().filter_map(|path| of(path)).collect()
    };
    assert_eq!(starts(&before).len(), 26);
    let mut more = starts(&before);
    more.push("2026-08-31".to_owned());
    // A bank holiday: whoever would start on it starts the day after.
    more[26] = "2026-09-01".to_owned();
    assert_eq!(starts(&after), more);

    let after_pages = pages(&after);
    assert!(
        pages(&before).len() > 60,
        "start dates and steps that are out"
    );
    for (path, bytes) in pages(&before) {
        let same = after_pages.iter().find(|(other, _)| *other == path);
        assert!(
            same.is_some_and(|(_, other)| *other == bytes),
            "{path} changed"
        );
    }
    // Nothing of what subscribers saw changes either.
    assert_eq!(feed(&before, "new/"), feed(&after, "new/"));
    assert_eq!(before.ledger("s"), after.ledger("s"));
}

#[test]
fn w3_2_no_two_steps_share_an_identity() {
    let built = onboarding(
        "{every: week, days: [mon], window: 26w}",
        "2026-03-02",
        "2026-12-31T12:00:00Z",
    );
    let entries = &built.ledger("s").entries;
    assert_eq!(entries.len(), 26 * STEPS.len());
    let links: std::collections::BTreeSet<_> = entries.values().map(|entry| &entry.link).collect();
    assert_eq!(links.len(), entries.len());
}

#[test]
fn w3_3_no_person_stands_in_an_onboarding_file() {
    let intake = "{every: week, days: [mon], window: 4w}";
    for (front, body) in [
        ("name: Priya Shah", ""),
        ("email: someone", ""),
        ("phone: 0123", ""),
        ("", "Write to priya.shah@example.org."),
        ("audience: Ask priya.shah@example.org", ""),
    ] {
        let files = welcome(intake, front, body) + &run("new", "welcome", "2026-03-02", "");
        let built = build(&site(&files), NOW);
        assert!(built.diags.has_errors());
        assert!(
            told(&built, "personal-data").contains("onboarding file"),
            "{front}{body}"
        );
    }
    // Also in a step, and in a step's own file.
    let step = "## The step hello {#hello ";
    let files = welcome(intake, "", "").replace(step, &format!("{step}name=Priya "));
    let built = build(&site(&files), NOW);
    assert!(told(&built, "personal-data").contains("a person's name"));
    // An at sign alone is no address.
    let files = welcome(intake, "", "Meet @ ten.") + &run("new", "welcome", "2026-03-02", "");
    fine(&build(&site(&files), "2026-03-01T12:00:00Z"));
}

/// The start dates in the frame for a group, and how many steps each has.
fn welcomed(now: &str) -> Vec<String> {
    let every = "{every: week, days: [mon], window: 26w}";
    let built = onboarding(every, "2026-03-02", now);
    let frame = built.text("public/s/new/embed/welcome.html");
    assert_eq!(
        frame.replace("../../", ""),
        built
            .text("public/s/channels/everyone/embed/welcome.html")
            .replace("../../../", "")
            .replace("Everyone", "First ninety days")
            .replace("channels/everyone/", "new/"),
        "a channel of one run says the same"
    );
    let rows = frame.split("/start/").skip(1);
    rows.map(|row| row[.."2026-03-02".len()].to_owned())
        .collect()
}

#[test]
fn w3_5_the_frame_of_the_group_holds_no_list_longer_than_the_live_window() {
    // Before the first start date nobody, then one more a week.
    assert!(welcomed("2026-03-01T12:00:00Z").is_empty());
    assert_eq!(welcomed("2026-03-02T12:00:00Z"), ["2026-03-02"]);
    let may = welcomed("2026-05-20T12:00:00Z");
    assert_eq!((may.len(), may[0].as_str()), (12, "2026-05-18"), "{may:?}");
    // Those who are through leave it: three months and the last discussion, of 26 start dates in all.
    let august = welcomed("2026-08-26T12:00:00Z");
    assert_eq!(august[0], "2026-08-24", "{august:?}");
    assert!((12..=17).contains(&august.len()), "{august:?}");
    assert!(!august.contains(&"2026-03-02".to_owned()), "{august:?}");
    assert!(welcomed("2027-02-01T12:00:00Z").is_empty());
}

#[test]
fn w3_5_the_frame_says_how_far_each_start_date_is_and_what_is_next_and_nothing_early() {
    let every = "{every: week, days: [mon], window: 26w}";
    let built = onboarding(every, "2026-03-02", "2026-03-10T12:00:00Z");
    let words = crate::make::words(built.text("public/s/new/embed/welcome.html"));
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    for told in [
        "Began on Monday 9 March 2026 , 2 of 9 steps are out The step buddy Do buddy.",
        "Began on Monday 2 March 2026 , 4 of 9 steps are out The step ask-anything",
        "The next begin on Monday 16 March 2026",
    ] {
        assert!(words.contains(told), "{told} in {words}");
    }
    assert!(!words.contains("surprise"), "{words}");
}
