//! Calendars that people subscribe to: every entry once and for ever, and nothing of what is not out.

use crate::common::{Built, SITE, build, build_on, folder};
use crate::make::{edit_site, page, run, site, steps, words};
use icalendar::{Calendar, Component, Event};
use learnflow::model::Folder;
use std::collections::{BTreeMap, BTreeSet};

/// A property of an event.
fn value<'e>(event: &'e Event, key: &str) -> &'e str {
    event.property_value(key).unwrap_or_default()
}

fn text<'b>(built: &'b Built, path: &str) -> &'b str {
    built.text(&format!("public/s/{path}calendar.ics"))
}

/// The events of a calendar as another program reads them.
fn events(built: &Built, path: &str) -> Vec<Event> {
    let calendar: Calendar = text(built, path).parse().expect("a calendar");
    calendar.events().cloned().collect()
}

/// What of an event a reader compares: UID, SEQUENCE, STATUS, start, title.
fn known(event: &Event) -> [String; 5] {
    ["UID", "SEQUENCE", "STATUS", "DTSTART", "SUMMARY"].map(|key| value(event, key).to_owned())
}

fn uids(built: &Built, path: &str) -> BTreeSet<String> {
    let all = events(built, path);
    let uids: BTreeSet<String> = all.iter().map(|e| value(e, "UID").to_owned()).collect();
    assert_eq!(uids.len(), all.len(), "no two share a UID in {path}");
    uids
}

/// The only event of a title.
fn named(built: &Built, path: &str, title: &str) -> Event {
    let all = events(built, path);
    let mut found = all.into_iter().filter(|e| value(e, "SUMMARY") == title);
    let one = found
        .next()
        .unwrap_or_else(|| panic!("no {title} in {}", text(built, path)));
    assert!(found.next().is_none(), "{title} twice");
    one
}

#[test]
fn w1_2_eight_practices_are_eight_events() {
    let practice = |id: &str, day: &str, at: &str| {
        format!(
            "\n## The {id} {{#{id} minutes=5}}\n\n```yaml activity\nmoves: Notes that all read\n\
             cadence: {{every: week, days: [{day}], at: \"{at}\"}}\n```\n\n### Do\n\nWrite.\n\n### Share\n\nWhat?\n"
        )
    };
    let files = format!(
        "-- content/ops.md --\n---\nkind: team-playbook\nid: ops\ntitle: Out loud\nsummary: Two routines.\n\
         purpose: Cut repeat questions between shifts and make every hand-over visible.\n\
         work_outcomes: [Notes that all read]\nmanager: role:team-manager\n---\nWhat it is.\n{}{}\n\
         ## After four weeks {{#four offset=4w review=yes}}\n\n### Do\n\nLook back.\n\n### Share\n\nWhat changed?\n{}",
        practice("first", "mon", "09:15"),
        practice("second", "wed", "14:00"),
        run("ops-1", "ops", "2026-03-02", "ends: 2026-03-29")
    );
    for now in [
        "2026-02-01T12:00:00Z",
        "2026-03-12T12:00:00Z",
        "2026-06-01T12:00:00Z",
    ] {
        let built = build(&site(&files), now);
        assert_eq!(uids(&built, "ops-1/").len(), 8, "{now}");
        assert_eq!(uids(&built, "ops-1/"), uids(&built, ""), "{now}");
    }
    let whole_day = &events(&build(&site(&files), "2026-06-01T12:00:00Z"), "ops-1/")[0];
    assert_eq!(value(whole_day, "DTSTART"), "20260302");
    assert_eq!(value(whole_day, "DTEND"), "20260303");
    assert_eq!(value(whole_day, "TRANSP"), "TRANSPARENT");
}

fn mondays(weeks: u32) -> Folder {
    let step = |id: &str, keys: &str| {
        format!(
            "\n## Title {id} {{#{id} {keys} minutes=5}}\n\n### Do\n\nDo it.\n\n### Share\n\nSay it.\n"
        )
    };
    let intake = format!("{{every: week, days: [mon], window: {weeks}w}}");
    let files = format!(
        "-- content/welcome.md --\n---\nkind: onboarding\nid: welcome\ntitle: First weeks\nsummary: Small steps.\n\
         purpose: So that people who start here know whom they can ask beyond their own team.\nintake: {intake}\n\
         ---\nWhat it is.\n{}{}{}{}",
        step("hello", "offset=0wd connects=team"),
        step("peer", "offset=1wd connects=peers"),
        step("across", "offset=2wd connects=cross-org"),
        run("new", "welcome", "2026-03-02", "at: \"10:00\"")
    );
    site(&files)
}

/// The calendars of the start dates, by path.
fn of_starters(built: &Built) -> BTreeMap<&str, &[u8]> {
    let tree = built.tree("public").into_iter();
    tree.filter(|(path, _)| path.contains("/start/") && path.ends_with(".ics"))
        .collect()
}

#[test]
fn w3_2_a_calendar_for_each_start_date() {
    let now = "2026-05-20T12:00:00Z";
    let (before, after) = (build(&mondays(26), now), build(&mondays(27), now));
    let calendars = of_starters(&before);
    assert_eq!((calendars.len(), of_starters(&after).len()), (26, 27));
    let mut all = BTreeSet::new();
    for (path, bytes) in &calendars {
        assert_eq!(of_starters(&after).get(path), Some(bytes), "{path}");
        let path = path
            .strip_prefix("public/s/")
            .and_then(|p| p.strip_suffix("calendar.ics"));
        let own = uids(&before, path.expect("of ours"));
        assert_eq!(own.len(), 3);
        all.extend(own);
    }
    assert_eq!(all.len(), 26 * 3, "distinct UIDs");
    // The run's calendar has the start dates and no step.
    assert_eq!(uids(&before, "new/").len(), 26);
    let first = named(&before, "new/", "First weeks: Starters of 2 March 2026");
    assert_eq!(
        value(&first, "URL"),
        "https://learn.example.org/new/start/2026-03-02/"
    );
}

/// The entry of the ninth day is there from the first day on, says only when, and is the same entry afterwards.
#[test]
fn w6_4_r43_what_is_not_out_has_a_number_a_day_and_an_hour() {
    let files =
        steps(30, "{every: day, days: weekdays}") + &run("spring", "steps", "2026-03-02", "");
    let folder = site(&files);
    let before = build(&folder, "2026-03-12T08:59:59Z");
    let after = build(&folder, "2026-03-12T09:00:00Z");
    assert_eq!(uids(&before, "spring/").len(), 30);
    assert_eq!(uids(&before, "spring/"), uids(&after, "spring/"));
    let hidden = named(&before, "spring/", "Small steps: Day 9");
    let out = named(&after, "spring/", "Day 9: Step number 9");
    assert_eq!(value(&hidden, "DTSTART"), "20260312");
    let description = value(&hidden, "DESCRIPTION");
    assert!(
        description.starts_with("09:00 (Europe/London)"),
        "{description}"
    );
    assert_eq!(value(&hidden, "URL"), "https://learn.example.org/spring/");
    assert_eq!(value(&out, "URL"), "https://learn.example.org/spring/a9/");
    for key in [
        "UID",
        "DTSTAMP",
        "LAST-MODIFIED",
        "SEQUENCE",
        "DTSTART",
        "DTEND",
    ] {
        assert_eq!(value(&hidden, key), value(&out, key), "{key}");
    }
    // Neither the id nor any other word of the ninth day is in any calendar before.
    for path in ["", "spring/", "channels/everyone/"] {
        let text = text(&before, path).replace("\r\n ", "");
        assert!(!text.contains("a9") && !text.contains("number 9"), "{path}");
    }
}

#[test]
fn w8_4_three_runs_in_three_zones() {
    let mut files = "-- content/talk.md --\n---\nkind: classroom\nid: talk\ntitle: Difficult talks\n\
        summary: A class built on your own cases.\n\
        purpose: So that people who meet angry passengers find their own first sentence.\n\
        session: {length: 120m}\nduring:\n  - {title: Clinic, minutes: 60, mode: work}\n  \
        - {title: Break, minutes: 15, mode: break}\n  - {title: Close, minutes: 45, mode: discuss}\n---\nWhat it is.\n\
        \n## The case {#case offset=-7wd minutes=5}\n\n### Do\n\nDo it.\n\n### Share\n\nSay it.\n\
        \n## One change {#change offset=+2wd minutes=5}\n\n### Do\n\nDo it.\n\n### Share\n\nSay it.\n"
        .to_owned();
    let places = [
        ("london", "Europe/London", "20260610T090000Z"),
        ("kolkata", "Asia/Kolkata", "20260610T043000Z"),
        ("new-york", "America/New_York", "20260610T140000Z"),
    ];
    for (id, zone, _) in places {
        files += &run(
            id,
            "talk",
            "2026-06-10",
            &format!("at: \"10:00\"\nzone: {zone}"),
        );
    }
    let built = build(&site(&files), "2026-07-01T12:00:00Z");
    let mut all = BTreeSet::new();
    for (id, zone, starts) in places {
        let path = format!("{id}/");
        let events = events(&built, &path);
        let timed: Vec<_> = events
            .iter()
            .filter(|e| value(e, "DTSTART").contains('T'))
            .collect();
        assert_eq!(timed.len(), 1, "{id}");
        assert_eq!(value(timed[0], "DTSTART"), starts, "{id}");
        assert!(value(timed[0], "DESCRIPTION").contains("https://network.example.org/everyone"));
        all.extend(uids(&built, &path));
        // Each page has its own clock, and all lead to one group.
        let html = page(&built, &format!("{id}/session/"));
        assert!(words(html).contains("10:00") && html.contains(zone), "{id}");
        assert!(html.contains("https://network.example.org/everyone"));
    }
    assert_eq!(all.len(), 9, "three calendars share no UID");
    assert_eq!(uids(&built, "channels/everyone/"), all);
}

/// The chat in New York on 14 May at 16:00.
fn chat(overrides: &str) -> Folder {
    let files = "-- content/chat.md --\n---\nkind: live-event\nid: chat\ntitle: A good hand-over\n\
        summary: A chat of an hour.\n\
        purpose: So that people of different shifts hear how the others hand over.\n\
        mode: chat\nhashtag: larkchat12\nlength: 60m\nhost: role:host\nannounce: [-10wd]\nquestions:\n  \
        - {at: 5m, q: 1, ask: What does a good note say?}\n  - {at: 20m, q: 2, ask: Which one?}\nafterwards: {summary_within: 2wd, space: stays open}\n---\nCome.\n";
    let more = format!("at: \"16:00\"\nzone: America/New_York\n{overrides}");
    let mut folder = site(&(files.to_owned() + &run("may", "chat", "2026-05-14", &more)));
    let zones = "zones: [{zone: Asia/Kolkata}, {zone: Australia/Sydney}]\nauthority:";
    edit_site(&mut folder, "authority:", zones);
    let built = build(&folder, "2026-04-01T12:00:00Z");
    assert!(!built.diags.has_errors(), "{}", built.told());
    folder
}

/// The meeting of a calendar.
fn meeting(built: &Built, path: &str) -> Event {
    let all = events(built, path);
    let mut timed = all
        .into_iter()
        .filter(|e| value(e, "DTSTART").contains('T'));
    let one = timed
        .next()
        .unwrap_or_else(|| panic!("{}", text(built, path)));
    assert!(timed.next().is_none());
    one
}

#[test]
fn w9_1_r42_one_instant_for_every_clock() {
    for now in [
        "2026-04-01T12:00:00Z",
        "2026-05-01T12:00:00Z",
        "2026-05-20T12:00:00Z",
    ] {
        let event = meeting(&build(&chat(""), now), "may/");
        assert_eq!(value(&event, "DTSTART"), "20260514T200000Z", "{now}");
        assert_eq!(value(&event, "DTEND"), "20260514T210000Z", "{now}");
    }
    // Nobody was invited yet: no word of what it is about.
    let hidden = build(&chat(""), "2026-04-01T12:00:00Z");
    assert!(!text(&hidden, "may/").contains("METHOD"));
    let invited = build(&chat(""), "2026-05-01T12:00:00Z");
    let url = value(&meeting(&invited, "may/"), "URL").to_owned();
    assert_eq!(url, "https://learn.example.org/may/invitation/");
}

#[test]
fn w9_4_r41_a_cancelled_event_stays_and_says_so() {
    let before = build(&chat(""), "2026-05-02T12:00:00Z");
    let off =
        chat("overrides: [{id: event, on: 2026-05-11, reason: The network is down, cancel: yes}]");
    let was = meeting(&before, "may/");
    assert_eq!(
        (value(&was, "STATUS"), value(&was, "SEQUENCE")),
        ("CONFIRMED", "0")
    );
    let mut ledgers = before.ledgers;
    // On the eve, and long after the hour at which it would have begun.
    for now in [
        "2026-05-12T12:00:00Z",
        "2026-05-15T12:00:00Z",
        "2027-05-15T12:00:00Z",
    ] {
        let built = build_on(&off, now, &ledgers);
        for path in ["may/", "channels/everyone/", ""] {
            let is = meeting(&built, path);
            assert_eq!(value(&is, "UID"), value(&was, "UID"), "{now}");
            assert_eq!(
                (value(&is, "STATUS"), value(&is, "SEQUENCE")),
                ("CANCELLED", "1")
            );
            assert_eq!(value(&is, "DTSTAMP"), "20260511T000000Z");
            assert_eq!(value(&is, "DTSTART"), value(&was, "DTSTART"));
            assert!(value(&is, "DESCRIPTION").contains("The network is down"));
        }
        ledgers = built.ledgers;
    }
    // Called off before anybody was invited: silence.
    let early =
        chat("overrides: [{id: event, on: 2026-04-20, reason: The network is down, cancel: yes}]");
    let silent = build(&early, "2026-05-12T12:00:00Z");
    assert!(!text(&silent, "may/").contains("CANCELLED"));
}

fn season(overrides: &str) -> Folder {
    site(&format!(
        "-- content/talks.md --\n---\nkind: network\nid: talks\ntitle: Ferry tales\n\
         summary: A colleague shows something they know well.\n\
         purpose: So that people who never share a shift hear what the others know.\n\
         slots: [{{id: talk, title: Talk, every: month, on: second-thursday, at: \"12:30\", length: 45m}}]\n\
         ---\nWhat it is.\n-- sites/s/runs/season/index.md --\n---\nid: season\nprogramme: talks\n\
         created: 2026-01-01\nstarts: 2026-01-05\nends: 2026-06-30\nchannels: [everyone]\n{overrides}\n---\n\
         -- sites/s/runs/season/sessions/knots.md --\n---\nid: knots\ntitle: Knots that hold\n\
         summary: Three knots and when to use each of them.\nspeaker: A colleague of the yard\n\
         consent: 2026-01-02\nslot: 2026-03-12\nstatus: confirmed\n---\n"
    ))
}

#[test]
fn w10_2_a_moved_session_is_the_same_entry() {
    let before = build(&season(""), "2026-03-06T12:00:00Z");
    let moved = season(
        "overrides: [{id: talk/2026-03-12, on: 2026-03-06, reason: The room is taken, move: 2026-03-19}]",
    );
    let after = build_on(&moved, "2026-03-07T12:00:00Z", &before.ledgers);
    let title = "Knots that hold";
    let [was, is] = [&before, &after].map(|built| named(built, "season/", title));
    for key in ["UID", "URL", "SUMMARY", "STATUS"] {
        assert_eq!(value(&was, key), value(&is, key), "{key}");
    }
    assert_eq!(
        (value(&was, "SEQUENCE"), value(&is, "SEQUENCE")),
        ("0", "1")
    );
    assert_eq!(value(&was, "DTSTART"), "20260312T123000Z");
    assert_eq!(value(&is, "DTSTART"), "20260319T123000Z");
    assert_eq!(value(&is, "DTSTAMP"), "20260306T000000Z");
    // All the others are as they were.
    let others = |built: &Built| -> Vec<[String; 5]> {
        let all = events(built, "season/").into_iter();
        all.filter(|e| value(e, "SUMMARY") != title)
            .map(|e| known(&e))
            .collect()
    };
    assert_eq!(others(&before), others(&after));
    // When it takes place it has a page of its own, and is still the same entry.
    let held = build_on(&moved, "2026-03-20T12:00:00Z", &after.ledgers);
    let held = events(&held, "season/");
    let held = held.iter().find(|e| value(e, "UID") == value(&is, "UID"));
    let held = held.expect("the same entry");
    assert_eq!(value(held, "SEQUENCE"), "1");
    assert_eq!(
        value(held, "URL"),
        "https://learn.example.org/season/talk/2026-03-12/"
    );
}

#[test]
fn w10_4_one_session_has_one_uid_in_every_calendar() {
    // Slots that nobody filled are gone when they are past.
    for (now, count) in [
        ("2026-01-02T12:00:00Z", 6),
        ("2026-03-06T12:00:00Z", 4),
        ("2026-07-01T12:00:00Z", 1),
    ] {
        let built = build(&season(""), now);
        let own = uids(&built, "season/");
        assert_eq!(own.len(), count, "{now}");
        assert_eq!(own, uids(&built, "channels/everyone/"), "{now}");
        assert_eq!(own, uids(&built, ""), "{now}");
    }
}

#[test]
fn r40_r41_the_bytes_of_a_calendar() {
    let folder = season("");
    let (first, again) = (
        build(&folder, "2026-03-06T12:00:00Z"),
        build(&folder, "2026-03-07T17:00:00Z"),
    );
    assert_eq!(
        text(&first, ""),
        text(&again, ""),
        "nothing came out between"
    );
    for path in ["", "season/", "channels/everyone/"] {
        let text = text(&first, path);
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
        for line in [
            "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n",
            "X-PUBLISHED-TTL:PT6H\r\n",
        ] {
            assert!(text.contains(line), "{line}");
        }
        assert!(text.contains("\r\nNAME:") && text.contains("\r\nX-WR-CALNAME:"));
        for none in ["METHOD", "ORGANIZER", "ATTENDEE", "TZID"] {
            assert!(!text.contains(none), "{none}");
        }
    }
}

/// What was out and is no longer there: the entry that people have is called off, by its name.
#[test]
fn r41_what_was_withdrawn_is_called_off_in_the_calendars() {
    let two = "## Second {#second}\n### Do\nDo it.\n### Share\nShare it.\n";
    let steps = |second: &str| {
        folder(&format!(
            "{SITE}-- content/steps.md --\n---\nkind: challenge\nid: steps\ntitle: Steps\n\
             summary: A few small steps, one each working day, for everybody.\n\
             purpose: So that people who work here find one colleague they can ask next time.\n\
             count: {}\ncadence: {{every: day, days: weekdays}}\n---\n\
             ## First {{#first}}\n### Do\nDo it.\n### Share\nShare it.\n{second}\
             -- sites/s/runs/steps.md --\n---\nid: steps\nprogramme: steps\ncreated: 2026-01-05\n\
             starts: 2026-03-02\nchannels: [everyone]\n---\n",
            if second.is_empty() { 1 } else { 2 }
        ))
    };
    let before = build(&steps(two), "2026-03-05T12:00:00Z");
    let after = build_on(&steps(""), "2026-03-06T12:00:00Z", &before.ledgers);
    for path in ["steps/", "channels/everyone/", ""] {
        assert_eq!(uids(&before, path), uids(&after, path), "{path}");
        let (was, is) = (
            named(&before, path, "Second"),
            named(&after, path, "Second"),
        );
        assert_eq!(value(&was, "UID"), value(&is, "UID"));
        assert_eq!(
            (value(&was, "STATUS"), value(&is, "STATUS")),
            ("CONFIRMED", "CANCELLED")
        );
        assert_eq!(
            (value(&was, "SEQUENCE"), value(&is, "SEQUENCE")),
            ("0", "1")
        );
        assert_eq!(value(&was, "DTSTART"), value(&is, "DTSTART"));
        assert_eq!(value(&is, "LAST-MODIFIED"), "20260306T000000Z");
        assert!(value(&is, "URL").ends_with("/steps/second/"));
    }
    let later = build_on(&steps(""), "2026-04-20T12:00:00Z", &after.ledgers);
    assert_eq!(
        text(&later, "steps/"),
        text(&after, "steps/"),
        "and stays so"
    );
}

#[test]
fn r44_pages_say_how_to_subscribe_and_how_slow_it_is() {
    let built = build(&season(""), "2026-03-06T12:00:00Z");
    for (path, of) in [
        ("season/", "season/"),
        ("channels/everyone/", "channels/everyone/"),
        ("calendar/", ""),
    ] {
        let html = page(&built, path);
        let webcal = format!("href=\"webcal://learn.example.org/{of}calendar.ics\"");
        assert!(html.contains(&webcal), "{path}");
        let google = format!(
            "href=\"https://calendar.google.com/calendar/render?cid=webcal%3A%2F%2Flearn.example.org%2F{}calendar.ics\"",
            of.replace('/', "%2F")
        );
        assert!(html.contains(&google), "{path}");
        assert!(
            html.contains("calendar.ics\">Address of the calendar"),
            "{path}"
        );
        let text = words(html);
        assert!(
            text.contains("Outlook.com looks every 3 to 24 hours, Google every 12 to 24"),
            "{path}"
        );
    }
    let starters = build(&mondays(2), "2026-03-06T12:00:00Z");
    let html = page(&starters, "new/start/2026-03-02/");
    assert!(html.contains("webcal://learn.example.org/new/start/2026-03-02/calendar.ics"));
}
