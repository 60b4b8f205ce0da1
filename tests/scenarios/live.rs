//! Live events: announced, on the clock of those who come, wrapped up, or called off.

use crate::common::{Built, build, build_on};
use crate::make::{between, due, edit_site, feed, fine, keys, page, run, site, told, words};
use learnflow::model::Folder;

fn chat(questions: &str, announce: &str) -> String {
    format!(
        "-- content/chat.md --\n---\nkind: live-event\nid: chat\ntitle: What makes a good hand-over?\n\
         summary: A chat of an hour.\n\
         purpose: So that people of different shifts hear how the others hand over.\n\
         mode: chat\nhashtag: larkchat12\nlength: 60m\nhost: role:host\nannounce: {announce}\n\
         questions:\n{questions}\
         afterwards: {{summary_within: 2wd, space: stays open}}\n---\nCome and write.\n"
    )
}

const QUESTIONS: &str = "  - {at: 0m, say: Welcome to all of you}\n  \
    - {at: 5m, q: 1, ask: What does a good note say?, if_quiet: Tell your own, seed: The host}\n  \
    - {at: 20m, q: 2, ask: Which one do you remember?}\n  \
    - {at: 55m, say: Thank you}\n";

const ZONES: &str = "zones: [{zone: Europe/London}, {zone: Asia/Kolkata, name: Kolkata}, {zone: Australia/Sydney}]\nauthority:";

/// The chat in New York on 14 May at 16:00; `more` for its run, `body` behind it.
fn new_york(announce: &str, more: &str, body: &str) -> Folder {
    let more = format!("at: \"16:00\"\nzone: America/New_York\n{more}");
    let run = run("may", "chat", "2026-05-14", &more).replace("This time.\n", body);
    let mut folder = site(&(chat(QUESTIONS, announce) + &run));
    edit_site(&mut folder, "authority:", ZONES);
    folder
}

const USUAL: &str = "[-10wd, -1wd, -30m]";
const AFTER: &str = "2026-05-20T12:00:00Z";

#[test]
fn w9_1_everybody_sees_their_own_clock() {
    let built = build(
        &new_york(USUAL, "", "This time.\n\n## Notes\n\nWe said it.\n"),
        AFTER,
    );
    fine(&built);
    due(
        &built,
        "may",
        &[
            ("invitation", "Wed 2026-04-29 16:00 20:00Z"),
            ("reminder/1", "Wed 2026-05-13 16:00 20:00Z"),
            ("reminder/2", "Thu 2026-05-14 15:30 19:30Z"),
            ("event", "Thu 2026-05-14 16:00 20:00Z"),
            ("wrap-up", "Mon 2026-05-18 16:00 20:00Z"),
        ],
    );
    for path in ["may/invitation/", "may/reminder/1/", "may/event/"] {
        let html = page(&built, path);
        assert!(
            html.contains("<time datetime=\"2026-05-14T20:00:00Z\">16:00</time>"),
            "{path}"
        );
        assert!(
            html.contains("<time datetime=\"2026-05-14T21:00:00Z\">17:00</time>"),
            "{path}"
        );
        let table = between(html, "<table class=\"there\">", "</table>");
        let rows: Vec<String> = (table.split("<tr>").skip(2))
            .map(|row| words(row).split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(
            rows,
            [
                "New York Thursday 14 May 2026 16:00",
                "London Thursday 14 May 2026 21:00",
                "Kolkata Friday 15 May 2026 01:30",
                "Sydney Friday 15 May 2026 06:00",
            ],
            "{path}"
        );
        assert_eq!(
            table.matches("datetime=\"2026-05-14T20:00:00Z\"").count(),
            8
        );
    }
    assert!(words(page(&built, "may/event/")).contains("#larkchat12"));
    let title = |path: &str| words(between(page(&built, path), "<h1>", "</h1>"));
    assert!(title("may/reminder/1/").contains("Reminder"));
    assert!(title("may/reminder/2/").contains("Starts at 16:00"));
    assert!(title("may/event/").contains("Live"));
    assert!(!page(&built, "may/wrap-up/").contains("class=\"there\""));
}

/// A run says whose clocks it tells, and a site may say nothing.
#[test]
fn w9_1_the_run_has_zones_of_its_own() {
    let own = build(
        &new_york(
            USUAL,
            "zones: [{zone: Pacific/Auckland, name: The yard}]",
            "",
        ),
        "2026-05-01T12:00:00Z",
    );
    let html = page(&own, "may/invitation/");
    let table = words(between(html, "<table class=\"there\">", "</table>"));
    assert!(
        table.contains("The yard") && !table.contains("Kolkata"),
        "{table}"
    );
    for none in ["zones: []", "zones: [{zone: America/New_York}]"] {
        let built = build(&new_york(USUAL, none, ""), "2026-05-01T12:00:00Z");
        assert!(
            !page(&built, "may/invitation/").contains("class=\"there\""),
            "{none}"
        );
    }
}

#[test]
fn w9_2_a_question_after_the_end() {
    let late = QUESTIONS.replace("at: 55m", "at: 62m");
    let files = chat(&late, USUAL) + &run("may", "chat", "2026-05-14", "");
    let text = told(
        &build(&site(&files), "2026-05-01T12:00:00Z"),
        "question-times",
    );
    assert!(
        text.contains("minute 62 lies beyond the 60 minutes of the event"),
        "{text}"
    );
    let twice = QUESTIONS.replace("at: 20m", "at: 5m");
    let files = chat(&twice, USUAL) + &run("may", "chat", "2026-05-14", "");
    let text = told(
        &build(&site(&files), "2026-05-01T12:00:00Z"),
        "question-times",
    );
    assert!(text.contains("minute 5 comes after minute 5"), "{text}");
}

#[test]
fn w9_3_an_item_that_may_come_when_the_event_has_begun() {
    let with = |every: &str, announce: &str| {
        let mut folder = new_york(announce, "", "");
        edit_site(
            &mut folder,
            "authority:",
            &format!("build_every: {every}\nauthority:"),
        );
        build(&folder, "2026-04-01T12:00:00Z")
    };
    let built = with("1h", USUAL);
    let text = told(&built, "minute-release");
    assert!(
        text.contains("what is due at 15:30 (`-30m`) can be up to an hour late"),
        "{text}"
    );
    assert!(
        text.contains("write `-90m`: it is then out at 15:30 at the latest"),
        "{text}"
    );
    assert!(!built.diags.has_errors());
    fine(&with("1h", "[-10wd, -1wd, -90m]"));
    fine(&with("15m", USUAL));
    // Whatever the clock says, the same is said.
    let mut folder = new_york(USUAL, "", "");
    edit_site(&mut folder, "authority:", "build_every: 1h\nauthority:");
    assert_eq!(
        build(&folder, "2020-01-01T12:00:00Z").codes(),
        ["minute-release"]
    );
}

/// Items of the run's feed, oldest first.
fn items(built: &Built) -> Vec<&str> {
    let mut items: Vec<&str> = feed(built, "may/").into_iter().map(|(id, _)| id).collect();
    items.reverse();
    items
}

#[test]
fn w9_4_cancelled_after_the_invitation() {
    let cancel = |on: &str| {
        let more = format!(
            "overrides: [{{id: event, on: {on}, reason: The network is down, cancel: yes}}]"
        );
        new_york(USUAL, &more, "")
    };
    let before = build(&new_york(USUAL, "", ""), "2026-05-02T12:00:00Z");
    assert_eq!(items(&before), ["may/invitation"]);
    let folder = cancel("2026-05-11");
    let built = build_on(&folder, "2026-05-12T12:00:00Z", &before.ledgers);
    fine(&built);
    assert_eq!(items(&built), ["may/invitation", "may/event/cancelled"]);
    let old = |built: &Built| {
        between(
            built.text("public/s/may/feed.xml"),
            "<title>Invitation",
            "</item>",
        )
        .to_owned()
    };
    assert_eq!(
        old(&built),
        old(&before),
        "the invitation's item stays as it was"
    );
    assert!(words(page(&built, "may/")).contains("The network is down"));
    let invitation = page(&built, "may/invitation/");
    assert!(words(invitation).contains("The network is down"));
    assert!(!invitation.contains("class=\"there\""));
    assert!(words(page(&built, "may/event/cancelled/")).contains("The network is down"));
    // Whoever builds for the first time afterwards tells the same.
    assert_eq!(items(&build(&folder, AFTER)), items(&built));
    // Cancelled before anybody was invited: silence.
    assert_eq!(items(&build(&cancel("2026-04-20"), AFTER)), [""; 0]);
    // Called off on its eve: what was out stays, what was ahead does not come.
    let eve = build(&new_york(USUAL, "", ""), "2026-05-13T21:00:00Z");
    let built = build_on(&cancel("2026-05-14"), AFTER, &eve.ledgers);
    assert_eq!(
        items(&built),
        ["may/invitation", "may/reminder/1", "may/event/cancelled"]
    );
}

/// Reminders and the wrap-up go with an event that is moved; the invitation stays where it was.
#[test]
fn w9_4_moved_after_the_invitation() {
    let more =
        "overrides: [{id: event, on: 2026-05-11, reason: The host is ill, move: 2026-05-21T10:00}]";
    let built = build(&new_york(USUAL, more, ""), "2026-05-12T12:00:00Z");
    due(
        &built,
        "may",
        &[
            ("invitation", "Wed 2026-04-29 16:00 20:00Z"),
            ("reminder/1", "Wed 2026-05-20 16:00 20:00Z"),
            ("reminder/2", "Thu 2026-05-21 09:30 13:30Z"),
            ("event", "Thu 2026-05-21 10:00 14:00Z"),
            ("wrap-up", "Tue 2026-05-26 16:00 20:00Z"),
        ],
    );
    assert_eq!(items(&built), ["may/invitation", "may/event/moved/1"]);
    assert!(built.plans["s/may"].contains("Starts at 10:00"));
    let table = words(between(
        page(&built, "may/invitation/"),
        "<table class=\"there\">",
        "</table>",
    ));
    assert!(
        table.contains("Thursday 21 May 2026") && table.contains("15:00"),
        "{table}"
    );
}

#[test]
fn w9_4_held_until_somebody_decides() {
    let more = "overrides: [{id: event, on: 2026-05-11, reason: Perhaps, hold: yes}]";
    let built = build(&new_york(USUAL, more, ""), AFTER);
    assert_eq!(items(&built), ["may/invitation"]);
}

/// The host reads what to post and when; everybody else reads the questions when it is over.
#[test]
fn w9_5_the_script_is_the_hosts() {
    let folder = new_york(
        USUAL,
        "",
        "This time.\n\n## Notes\n\nA good note says who knows more.\n",
    );
    let live = build(&folder, "2026-05-14T20:10:00Z");
    let sheet = words(live.text("team/s/may/index.html"));
    let sheet = sheet.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        sheet.contains("16:00 Welcome to all of you #larkchat12"),
        "{sheet}"
    );
    assert!(sheet.contains("16:05 Q1 Q1 What does a good note say? #larkchat12 41 characters Answers first: The host If it stays quiet: Tell your own"), "{sheet}");
    assert!(sheet.contains("16:55 Thank you #larkchat12"), "{sheet}");
    let elapsed = words(live.text("team/s/programmes/chat/index.html"));
    assert!(elapsed.contains("0:05") && !elapsed.contains("16:05"));
    let secret = |built: &Built, word: &str| {
        let tree = built.tree("public");
        tree.into_iter()
            .any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(word))
    };
    for word in [
        "What does a good note say",
        "who knows more",
        "Welcome to all of you",
    ] {
        assert!(!secret(&live, word), "{word}");
    }
    let over = build(&folder, AFTER);
    fine(&over);
    let wrap_up = words(page(&over, "may/wrap-up/"));
    let wrap_up = wrap_up.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        wrap_up.contains("Q1 What does a good note say? Q2 Which one do you remember?"),
        "{wrap_up}"
    );
    assert!(
        wrap_up.contains("A good note says who knows more."),
        "{wrap_up}"
    );
    assert!(!words(page(&over, "may/")).contains("who knows more"));
    for word in ["Welcome to all of you", "Tell your own"] {
        assert!(!secret(&over, word), "{word}");
    }
}

#[test]
fn w9_5_notes_are_missed_when_the_wrap_up_is_out() {
    let folder = new_york(USUAL, "", "This time.\n");
    fine(&build(&folder, "2026-05-18T21:00:00Z"));
    let built = build(&folder, "2026-05-19T12:00:00Z");
    let text = told(&built, "no-notes");
    assert!(
        text.contains("`may` took place and has no notes") && text.contains("## Notes"),
        "{text}"
    );
    assert!(!built.diags.has_errors());
}

/// A backchannel says what is on from the invitation on, each session with its tag.
#[test]
fn w9_5_a_backchannel_has_a_programme_on_the_clock() {
    let files = chat("  - {at: 0m, say: Welcome}\n", USUAL)
        .replace("mode: chat", "mode: backchannel")
        .replace(
            "afterwards:",
            "sessions:\n  - {at: 5m, length: 20m, title: Tides, tag: tides, ask: What do you see?}\n  \
             - {at: 30m, length: 30m, title: Berths, tag: berths, ask: What would you swap?, if_quiet: Post the map}\nafterwards:",
        )
        + &run("may", "chat", "2026-05-14", "at: \"16:00\"");
    let folder = site(&files);
    let early = build(&folder, "2026-04-28T12:00:00Z");
    fine(&early);
    assert!(
        !early
            .tree("public")
            .values()
            .any(|bytes| String::from_utf8_lossy(bytes).contains("Berths"))
    );
    let built = build(&folder, "2026-05-01T12:00:00Z");
    let html = page(&built, "may/invitation/");
    let agenda = words(between(html, "<table class=\"agenda\"", "</table>"));
    for word in ["16:05", "Tides", "#tides", "16:30", "#berths"] {
        assert!(agenda.contains(word), "{word} in {agenda}");
    }
    assert!(!html.contains("What do you see?"));
    assert_eq!(
        keys(&built, "may"),
        ["invitation", "reminder/1", "reminder/2", "event", "wrap-up"]
    );
}
