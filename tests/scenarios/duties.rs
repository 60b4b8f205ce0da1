//! Who does what when: sheets, calendars of roles and handles, posts.

use crate::common::{Built, build};
use crate::make::{between, edit_site, run, site, steps, words};
use icalendar::{Calendar, Component};
use learnflow::model::Folder;
use std::collections::BTreeSet;

/// A page of the team's tree in words, its white space collapsed.
fn read(built: &Built, path: &str) -> String {
    let html = built.text(&format!("team/s/{path}index.html"));
    let main = between(html, "<main", "</main>");
    words(main).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The weeks of a sheet: the Monday in words, and all that stands below it.
fn weeks(built: &Built, path: &str) -> Vec<(String, String)> {
    let html = built.text(&format!("team/s/{path}index.html"));
    let parts = html.split("<section class=\"week-sheet\"").skip(1);
    parts
        .map(|part| {
            let part = part.split("</section>").next().expect("an end");
            let title = between(part, "<h2>", "</h2>").to_owned();
            (
                title,
                words(part).split_whitespace().collect::<Vec<_>>().join(" "),
            )
        })
        .collect()
}

/// The events of a calendar of the team's tree: UID, first day or instant, summary.
fn events(built: &Built, path: &str) -> Vec<(String, String, String)> {
    let text = built.text(&format!("team/s/{path}.ics"));
    let calendar: Calendar = text.parse().expect("a calendar");
    let event = |event: &icalendar::Event| {
        let starts = event.property_value("DTSTART").expect("a start").to_owned();
        let uid = event.get_uid().expect("a UID").to_owned();
        (
            uid,
            starts,
            event.get_summary().expect("a summary").to_owned(),
        )
    };
    calendar.events().map(event).collect()
}

const STARTS: &str = "2026-03-30";

/// Three steps from each Monday of four weeks on, the last of them three weeks after the start.
fn welcome() -> Folder {
    let step = |id: &str, title: &str, keys: &str| {
        format!(
            "\n## {title} {{#{id} minutes=5 {keys}}}\n\n### Do\n\nDo {id} as long as it takes.\n\n### Share\n\nHow was {id}?\n"
        )
    };
    let text = format!(
        "-- content/welcome.md --\n---\nkind: onboarding\nid: welcome\ntitle: Welcome\nsummary: Three steps.\n\
         purpose: So that everybody who begins here soon knows whom to ask.\n\
         intake: {{every: week, days: [mon], window: 4w}}\nhost: role:onboarding-community-manager\n---\nHello.\n{}{}{}",
        step("hello", "Say hello", "offset=0wd at=10:00 connects=team"),
        step(
            "anything",
            "Ask anything",
            "offset=4wd at=14:00 connects=cross-org"
        ),
        step("look-back", "Look back", "offset=21d connects=peers"),
    );
    let more = "roles: {onboarding-community-manager: shore-02}";
    site(&(text + &run("spring", "welcome", STARTS, more)))
}

/// Easter: the intake of Monday 30 March has its fourth working day on Tuesday 7 April.
#[test]
fn w3_4_a_week_lists_each_live_intake_once_with_its_step() {
    let built = build(&welcome(), "2026-04-07T08:00:00Z");
    let weeks = weeks(&built, "spring/sheet/");
    let (title, easter) = &weeks[1];
    assert_eq!(title, "Week of 6 April 2026");
    assert!(
        easter.contains("Starters of 30 March , step 2 of 3: Ask anything"),
        "{easter}"
    );
    // Easter Monday is no start date: that intake begins on Tuesday.
    assert!(
        easter.contains("Starters of 7 April , step 1 of 3: Say hello"),
        "{easter}"
    );
    assert!(
        easter.contains("Tue 7 April 10:00 Send the link"),
        "{easter}"
    );
    assert!(
        easter.contains("14:00 See that “Starters of 30 March: Ask anything” is in the group"),
        "{easter}"
    );
    for (title, week) in &weeks {
        let now = week.split("Mon").next().unwrap_or("");
        for day in ["30 March", "7 April", "13 April", "20 April"] {
            let times = now.matches(&format!("Starters of {day} ,")).count();
            assert!(times <= 1, "{title}: {now}");
        }
    }
    // Its last step is on Monday 20 April: a week later nobody speaks of it.
    let of = |monday: &str| {
        let week = weeks.iter().find(|(title, _)| title.contains(monday));
        &week.expect("a week").1
    };
    assert!(of("20 April").contains("Starters of 30 March , step 3 of 3: Look back"));
    assert!(!of("27 April").contains("30 March"), "{}", of("27 April"));
}

/// The text stands once; each row has the address of its starters.
#[test]
fn w3_4_a_rolling_intake_repeats_no_text() {
    let built = build(&welcome(), "2026-04-07T08:00:00Z");
    let html = built.text("team/s/spring/sheet/index.html");
    assert_eq!(html.matches("Do anything as long as it takes.").count(), 1);
    for start in ["2026-03-30", "2026-04-06", "2026-04-13", "2026-04-20"] {
        let link = format!("https://learn.example.org/spring/{start}/anything/");
        assert_eq!(html.matches(&link).count(), 1, "{link}");
    }
    let pack = built.text("team/s/spring/posts.txt");
    assert_eq!(pack.matches("Do anything as long as it takes.").count(), 1);
    let posts = built.tree("team").into_keys();
    let posts: Vec<&str> = posts
        .filter_map(|path| path.strip_prefix("team/s/spring/posts/"))
        .collect();
    assert_eq!(posts, ["anything.txt", "hello.txt", "look-back.txt"]);
}

/// A challenge of three days with a guide who is the designer too, and an event that the same person hosts.
fn three_roles() -> Folder {
    let chat = "-- content/chat.md --\n---\nkind: live-event\nid: chat\ntitle: A chat\nsummary: A chat of an hour.\n\
         purpose: So that people of different shifts hear how the others hand over.\n\
         mode: chat\nhashtag: chat\nlength: 60m\nhost: role:host\nco_hosts: [role:moderator]\n\
         questions:\n  - {at: 5m, ask: \"What does a good note say, and who reads it?\"}\n  - {at: 20m, ask: Which one do you remember?}\n\
         afterwards: {summary_within: 2wd, space: stays open}\n---\nCome.\n";
    let files = steps(3, "{every: day, days: weekdays}")
        + chat
        + &run(
            "spring",
            "steps",
            "2026-03-02",
            "roles: {learning-guide: shore-09, learning-challenge-designer: shore-03}",
        )
        + &run(
            "may",
            "chat",
            "2026-03-12",
            "at: \"16:00\"\nzones: [{zone: Asia/Kolkata, name: Kolkata}]\nroles: {host: shore-09, moderator: shore-09}",
        );
    site(&files)
}

#[test]
fn role3_one_person_with_three_roles_has_each_event_once() {
    let built = build(&three_roles(), "2026-03-01T12:00:00Z");
    let own = events(&built, "people/shore-09");
    let uids: BTreeSet<&String> = own.iter().map(|(uid, ..)| uid).collect();
    assert_eq!(uids.len(), own.len(), "{own:#?}");
    let mut together: BTreeSet<String> = BTreeSet::new();
    for role in ["learning-guide", "host", "moderator"] {
        let events = events(&built, &format!("roles/{role}"));
        assert!(!events.is_empty(), "{role}");
        together.extend(events.into_iter().map(|(uid, ..)| uid));
    }
    assert_eq!(uids, together.iter().collect());
    assert!(
        uids.contains(&"event.chat.may.s@learn.example.org".to_owned()),
        "{uids:#?}"
    );
    let days: Vec<&str> = own.iter().map(|(_, starts, _)| &starts[..8]).collect();
    assert!(days.is_sorted(), "{own:#?}");
    assert!(read(&built, "people/shore-09/").contains("Host (shore-09)"));
}

/// Two seats of one role, or of one person, with the same thing to do.
#[test]
fn role3_what_two_roles_do_together_is_one_event() {
    let folder = {
        let files = three_roles();
        let mut files = files;
        let chat = files.files.get_mut("content/chat.md").expect("the chat");
        let text = std::str::from_utf8(chat).expect("UTF-8");
        *chat = text
            .replace("co_hosts: [role:moderator]", "co_hosts: [role:host]")
            .into_bytes()
            .into();
        files
    };
    let built = build(&folder, "2026-03-01T12:00:00Z");
    let own = events(&built, "people/shore-09");
    let uids: BTreeSet<&String> = own.iter().map(|(uid, ..)| uid).collect();
    assert_eq!(uids.len(), own.len());
    assert!(built.codes().contains(&"unknown-role"), "{}", built.told());
}

/// What reads calendars reads ours: UTC, no METHOD, no line above 75 octets, the same bytes at the next build.
#[test]
fn role3_a_calendar_keeps_the_rules() {
    let folder = three_roles();
    let built = build(&folder, "2026-03-01T12:00:00Z");
    let text = built.text("team/s/people/shore-09.ics");
    assert_eq!(
        text,
        build(&folder, "2026-03-02T07:00:00Z").text("team/s/people/shore-09.ics")
    );
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert!(!text.contains("METHOD") && !text.replace("\r\n", "").contains('\n'));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{line}");
    }
    // `created` of the run, and no clock.
    assert!(text.contains("DTSTAMP:20260101T000000Z\r\n"));
    assert!(text.contains("DTSTART:20260312T160000Z\r\nDTEND:20260312T170000Z\r\n"));
    assert!(
        text.contains("DTSTART;VALUE=DATE:20260302\r\nDTEND;VALUE=DATE:20260303\r\n")
            || text.contains("DTSTART;VALUE=DATE:2026")
    );
    for (_, _, summary) in events(&built, "people/shore-09") {
        assert!(!summary.contains('\\'), "{summary}");
    }
}

/// A decision about an occurrence is seen by whoever subscribes; what does not take place stays, and says so.
#[test]
fn role3_a_cancelled_event_is_cancelled_in_the_calendar() {
    let mut folder = three_roles();
    let run = folder
        .files
        .get_mut("sites/s/runs/may.md")
        .expect("the run");
    let text = std::str::from_utf8(run).expect("UTF-8");
    let decided = "overrides: [{id: event, on: 2026-02-20, reason: The group is at sea, cancel: yes}]\nroles:";
    *run = text.replace("roles:", decided).into_bytes().into();
    let built = build(&folder, "2026-03-01T12:00:00Z");
    let text = built
        .text("team/s/people/shore-09.ics")
        .replace("\r\n ", "");
    let event = between(
        &text,
        "UID:event.chat.may.s@learn.example.org",
        "END:VEVENT",
    );
    for line in ["DTSTAMP:20260220T000000Z", "SEQUENCE:1", "STATUS:CANCELLED"] {
        assert!(event.contains(line), "{line} in {event}");
    }
    let sheet = read(&built, "may/sheet/");
    assert!(sheet.contains("Cancelled. The group is at sea"), "{sheet}");
    assert!(
        !sheet.contains("Speak to those who answer first"),
        "{sheet}"
    );
}

#[test]
fn w9_5_the_hosts_clock_and_that_of_those_who_come_side_by_side() {
    let built = build(&three_roles(), "2026-03-01T12:00:00Z");
    let minutes = read(&built, "may/minutes/event/");
    assert!(
        minutes.contains("16:00 – 17:00 (Europe/London)"),
        "{minutes}"
    );
    assert!(minutes.contains("London 16:00 Kolkata 21:30"), "{minutes}");
    assert!(
        minutes.contains(
            "16:05 Q1 Kolkata 21:35 Q1 What does a good note say, and who reads it? #chat"
        ),
        "{minutes}"
    );
    let sheet = read(&built, "may/sheet/");
    assert!(
        sheet.contains("16:00 Open the group a quarter of an hour early, and post from the minute sheet Host 60 minutes Everyone London 16:00 Kolkata 21:30 Minute sheet"),
        "{sheet}"
    );
    // Where the run says whose clocks matter, they stand beside every post.
    assert!(
        sheet.contains("London 16:00 Kolkata 21:30 Reminder: A chat"),
        "{sheet}"
    );
}

/// A zone that is a day ahead says so.
#[test]
fn w9_5_another_day_is_named() {
    let mut folder = three_roles();
    edit_site(
        &mut folder,
        "authority:",
        "zones: [{zone: Europe/London}, {zone: Pacific/Auckland, name: Auckland}]\nauthority:",
    );
    let run = folder
        .files
        .get_mut("sites/s/runs/may.md")
        .expect("the run");
    let text = std::str::from_utf8(run).expect("UTF-8");
    *run = text
        .replace("zones: [{zone: Asia/Kolkata, name: Kolkata}]\n", "")
        .into_bytes()
        .into();
    let built = build(&folder, "2026-03-01T12:00:00Z");
    let minutes = read(&built, "may/minutes/event/");
    assert!(
        minutes.contains("London 16:00 Auckland 05:00 Fri"),
        "{minutes}"
    );
}

/// A post is what everybody may read, with its tag and address, and nothing of the team's.
#[test]
fn role4_a_post_is_ready_to_be_pasted_and_holds_nothing_private() {
    let files = steps(2, "{every: day, days: weekdays}").replace(
        "### Share\n\nWhat came of step 1?",
        "### Share\n\nWhat came of step 1?\n\n### For the guide\n\nSecret hint.",
    ) + &run("spring", "steps", "2026-03-02", "hashtag: small");
    let built = build(&site(&files), "2026-02-20T12:00:00Z");
    assert_eq!(
        built.text("team/s/spring/posts/a1.txt"),
        "Day 1: Step number 1\n\nTake step 1.\n\nWhat came of step 1?\n\n#small\n\nhttps://learn.example.org/spring/a1/\n"
    );
    let pack = built.text("team/s/spring/posts.txt");
    assert!(!pack.contains("Secret"), "{pack}");
    assert!(
        pack.contains("Everyone: https://network.example.org/everyone"),
        "{pack}"
    );
    let at = |text: &str| {
        pack.find(text)
            .unwrap_or_else(|| panic!("no {text} in {pack}"))
    };
    assert!(at("Monday 2 March 2026, 09:00 (Europe/London)") < at("Day 1: Step number 1"));
    assert!(at("Day 1: Step number 1") < at("Day 2: Step number 2"));
    let over = build(&site(&files), "2026-06-01T12:00:00Z");
    assert!(!over.files.contains_key("team/s/spring/posts.txt"));
    assert!(read(&over, "spring/sheet/").contains("What came of step 1?"));
}

/// Nobody has anything to do for a draft, although its sheet can be read.
#[test]
fn role4_a_draft_gives_nobody_anything_to_do() {
    let more = "draft: yes\nroles: {learning-guide: shore-09}";
    let files =
        steps(2, "{every: day, days: weekdays}") + &run("spring", "steps", "2026-03-02", more);
    let built = build(&site(&files), "2026-02-20T12:00:00Z");
    assert!(built.files.contains_key("team/s/spring/sheet/index.html"));
    assert!(
        !built
            .files
            .keys()
            .any(|path| path.contains("/people/") || path.contains("/roles/"))
    );
}
