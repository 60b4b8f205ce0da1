//! Offers and asks: who is shown, until when, and to whom.

use crate::common::{Built, build};
use crate::make::{between, due, fine, page, run, site, words};

const BRAIN: &str = "-- content/brain.md --
---
kind: mentoring
id: brain
title: Borrow a brain
summary: People say what they can be asked about.
purpose: So that people who are stuck for the first time find somebody who has been there.
modes: [one-conversation, short-project]
coordinator: role:mentoring-coordinator
consent: {statement: Your handle and your topics are shown., withdraw: Write to the coordinator.}
board: yes
introductions: {every: month, on: first-tuesday, at: \"10:00\", title: Who meets whom, say: Who looks for whom?}
---
What it is.
-- sites/s/people/harbour-01.md --
---
handle: harbour-01
consent: 2026-03-01
expires: 2026-09-01
offers: [Writing a bid, Knots]
languages: [English, Portuguese]
zone: Europe/Lisbon
capacity: 2
link: https://network.example.org/people/harbour-01
---
-- sites/s/people/quay-02.md --
---
handle: quay-02
consent: 2026-08-10
expires: 2027-03-01
offers: [Night shifts]
asks: [Writing a bid]
---
";

const TALKS: &str = "-- content/talks.md --
---
kind: network
id: talks
title: Ferry tales
summary: A colleague shows something they know well.
purpose: So that people who never share a shift hear what the others know.
slots: [{id: talk, title: Talk, every: month, on: second-thursday, at: \"12:30\", length: 45m}]
---
What it is.
-- sites/s/runs/season/index.md --
---
id: season
programme: talks
created: 2026-01-01
starts: 2026-08-01
ends: 2026-10-31
channels: [everyone]
---
-- sites/s/runs/season/sessions/sea.md --
---
id: sea
title: Knots that hold
summary: Three knots.
led_by: employee
speaker: person:harbour-01
slot: 2026-09-10
status: confirmed
---
## About
Knots.
## Before
Which knot do you trust?
";

fn brain(more: &str, now: &str) -> Built {
    let files = format!(
        "{BRAIN}{more}{}",
        run("brain-2026", "brain", "2026-07-06", "ends: 2026-12-31")
    );
    build(&site(&files), now)
}

/// The public files in whose names or bytes a word stands.
fn holding<'a>(built: &'a Built, word: &str) -> Vec<&'a str> {
    let files = built.tree("public").into_iter();
    let holds = files.filter(|(path, bytes)| {
        path.contains(word) || String::from_utf8_lossy(bytes).contains(word)
    });
    holds.map(|(path, _)| path).collect()
}

/// The last second of 31 August in London, and the first of September.
const BEFORE: &str = "2026-08-31T22:59:59Z";
const AFTER: &str = "2026-08-31T23:00:00Z";

#[test]
fn w4_4_a_card_past_its_day_is_nowhere_in_public_and_before_the_coordinator() {
    let before = brain(TALKS, BEFORE);
    fine(&before);
    let shown = holding(&before, "harbour-01");
    for path in [
        "public/s/brain-2026/board.json",
        "public/s/brain-2026/board/index.html",
        "public/s/season/talk/2026-09-10/announce/index.html",
        "public/s/index.html",
    ] {
        assert!(shown.contains(&path), "{path} is not among {shown:?}");
    }
    // The public tree changes exactly at the edge that was told beforehand.
    let edge = before.edges.first().expect("an edge");
    assert_eq!(edge.at.to_string(), AFTER);
    assert!(edge.what.contains("harbour-01"), "{}", edge.what);
    let after = brain(TALKS, AFTER);
    assert_eq!(holding(&after, "harbour-01"), [""; 0]);
    assert_eq!(after.codes(), ["consent-expired"], "{}", after.told());
    assert!(!after.diags.has_errors());
    // What only that card offered is gone; what somebody asks for stays.
    let board = words(page(&after, "brain-2026/board/"));
    assert!(
        !board.contains("Knots") && board.contains("Writing a bid"),
        "{board}"
    );
    let plan = after.text("team/s/brain-2026/index.html");
    let row = between(plan, "<tr class=\"lapsed\">", "</tr>");
    let text = words(row);
    for told in [
        "harbour-01",
        "1 March 2026",
        "1 September 2026",
        "No longer shown",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
    assert!(words(between(plan, "<tr class=\"valid\">", "</tr>")).contains("quay-02"));
}

#[test]
fn w4_4_the_team_is_told_a_month_before() {
    let state = |now: &str| {
        let built = brain("", now);
        let plan = built.text("team/s/brain-2026/index.html");
        ["soon", "valid", "lapsed"]
            .map(|state| plan.matches(&format!("<tr class=\"{state}\">")).count())
    };
    assert_eq!(state("2026-08-01T22:59:59Z"), [0, 2, 0]);
    assert_eq!(state("2026-08-01T23:00:00Z"), [1, 1, 0]);
    assert_eq!(state(AFTER), [0, 1, 1]);
}

#[test]
fn w4_4_a_speaker_with_a_card_is_shown_while_it_is_valid() {
    let link = "With <a href=\"https://network.example.org/people/harbour-01\" rel=\"noopener\">harbour-01</a>";
    let longer = |now: &str, expires: &str| {
        let people = BRAIN.replace("expires: 2026-09-01", &format!("expires: {expires}"));
        build(&site(&format!("{people}{TALKS}")), now)
    };
    // The invitation is out on 27 August; the talk on 10 September.
    let told = longer("2026-08-28T12:00:00Z", "2026-09-05");
    fine(&told);
    let invitation = "season/talk/2026-09-10/announce/";
    assert!(
        page(&told, invitation).contains(link),
        "{}",
        page(&told, invitation)
    );
    assert!(
        page(&told, "season/").contains(link),
        "{}",
        page(&told, "season/")
    );
    assert!(
        told.edges
            .iter()
            .any(|edge| edge.at.to_string() == "2026-09-04T23:00:00Z")
    );
    // From the day on which the card lapses the name is nowhere, and the talk takes place all the same.
    let lapsed = longer("2026-09-10T12:00:00Z", "2026-09-05");
    assert_eq!(holding(&lapsed, "harbour-01"), [""; 0]);
    assert!(page(&lapsed, "season/talk/2026-09-10/").contains("Knots that hold"));
    let valid = longer("2026-09-10T12:00:00Z", "2026-12-01");
    assert!(page(&valid, "season/talk/2026-09-10/").contains(link));
}

#[test]
fn w4_4_the_board_says_who_offers_who_asks_and_how_to_withdraw() {
    let built = brain("", "2026-08-11T12:00:00Z");
    let html = page(&built, "brain-2026/board/");
    let link = "people/harbour-01\" rel=\"noopener\">harbour-01</a>";
    assert_eq!(html.matches(link).count(), 2, "once a topic: {html}");
    let bid = words(
        html.split("<h3>Writing a bid</h3>")
            .nth(1)
            .expect("the topic"),
    );
    let order = ["Offers it", "harbour-01", "Asks for it", "quay-02"];
    let places = order.map(|word| bid.find(word).unwrap_or_else(|| panic!("{word} in {bid}")));
    assert!(places.is_sorted(), "{bid}");
    let text = words(html);
    for told in [
        "English, Portuguese · Europe/Lisbon",
        "Write to the coordinator.",
        "Your handle and your topics are shown.",
        "Night shifts",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
    // Neither when somebody agreed nor until when, nor how many people they talk to.
    let json = built.text("public/s/brain-2026/board.json");
    for secret in [
        "2026-03-01",
        "2026-09-01",
        "1 September",
        "capacity",
        "consent",
    ] {
        assert!(!text.contains(secret) && !json.contains(secret), "{secret}");
    }
    assert!(json.contains("\"topic\": \"Writing a bid\""), "{json}");
    assert!(page(&built, "brain-2026/").contains("href=\"../brain-2026/board/\""));
    // A run that is still a draft shows nobody.
    let draft = format!(
        "{BRAIN}{}",
        run("brain-2026", "brain", "2026-07-06", "draft: yes")
    );
    assert_eq!(
        holding(&build(&site(&draft), BEFORE), "harbour-01"),
        [""; 0]
    );
}

#[test]
fn w4_1_introductions_come_every_month_without_names() {
    let built = brain("", "2026-10-07T12:00:00Z");
    due(
        &built,
        "brain-2026",
        &[
            ("introductions/2026-07-07", "Tue 2026-07-07 10:00 09:00Z"),
            ("introductions/2026-10-06", "Tue 2026-10-06 10:00 09:00Z"),
        ],
    );
    let html = page(&built, "brain-2026/introductions/2026-10-06/");
    assert!(html.contains("Who looks for whom?"), "{html}");
}

#[test]
fn w4_1_a_circle_meets_in_its_rhythm() {
    let mut text = "-- content/circle.md --\n---\nkind: mentoring\nid: circle\ntitle: Finding your people\n\
        summary: A few people meet and listen.\n\
        purpose: So that people who work alone with a question have others who know it.\n\
        modes: [circle]\ncoordinator: role:mentoring-coordinator\n\
        circle: {size: [3, 5], length: 60m, every: week, days: [mon], at: \"12:00\"}\n---\nWhat it is.\n"
        .to_owned();
    for n in 1..=4 {
        text += &format!(
            "\n## Meeting of {n} {{#m{n}}}\n\n```yaml activity\nagenda:\n  - {{title: Round {n}, minutes: 20, mode: discuss, say: Secret {n}.}}\n  - {{title: Try {n}, minutes: 40, mode: work}}\n```\n\n### Do\n\nDo {n}.\n\n### Share\n\nSay {n}.\n"
        );
    }
    let built = build(
        &site(&(text + &run("c", "circle", "2026-05-18", ""))),
        "2026-06-09T12:00:00Z",
    );
    fine(&built);
    // A holiday pushes the rest of the meetings on.
    due(
        &built,
        "c",
        &[
            ("m1", "Mon 2026-05-18 12:00 11:00Z"),
            ("m2", "Mon 2026-06-01 12:00 11:00Z"),
            ("m3", "Mon 2026-06-08 12:00 11:00Z"),
            ("m4", "Mon 2026-06-15 12:00 11:00Z"),
        ],
    );
    let html = page(&built, "c/m3/");
    assert!(
        html.contains("Meeting 3") && html.contains("<td>12:20</td>"),
        "{html}"
    );
    assert!(
        !html.contains("This time"),
        "the page is about the meeting: {html}"
    );
    assert!(
        html.contains("2026-06-08T12:00:00Z"),
        "it ends an hour later: {html}"
    );
    assert_eq!(holding(&built, "Secret"), [""; 0]);
    assert!(built.text("team/s/c/index.html").contains("Secret 4."));
    let facts = words(page(&built, "c/"));
    for told in ["3 to 5", "60 minutes", "Monday"] {
        assert!(facts.contains(told), "{told} in {facts}");
    }
}
