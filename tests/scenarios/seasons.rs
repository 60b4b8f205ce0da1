//! Seasons of talks: what changes once people are invited, the page for whoever speaks, and how far the questions of a
//! coffee reach.

use crate::common::{Built, build, build_on};
use crate::make::{between, feed, page, site, told, words};
use learnflow::model::Folder;

/// A season of second Thursdays with one certain talk, one that is agreed, and a coffee with three questions.
fn season(decisions: &str) -> Folder {
    site(&format!(
        "-- content/talks.md --\n---\nkind: network\nid: talks\ntitle: Ferry tales\n\
         summary: A colleague shows something they know well.\n\
         purpose: So that people who never share a shift hear what the others know.\n\
         slots:\n  - {{id: talk, title: Talk, every: month, on: second-thursday, at: \"12:30\", length: 45m}}\n  \
         - {{id: coffee, title: Coffee, every: week, days: [tue], at: \"15:00\", length: 20m, from: questions}}\n\
         timeline:\n  - {{offset: -12wd, task: Ask for the title, speaker: Send us your title}}\n  \
         - {{offset: -2wd, speaker: We try your sound}}\n  - {{offset: 2wd, task: Write the notes}}\n\
         coordinator: role:learning-network-coordinator\n---\nWhat it is.\n\
         -- content/questions.md --\n---\nkind: prompts\nid: questions\ntitle: Questions\n---\n\
         ## First {{#q1}}\nWhat was first?\n\n## Second {{#q2}}\nWhat was second?\n\n## Third {{#q3}}\nWhat was third?\n\
         -- sites/s/runs/season/index.md --\n---\nid: season\nprogramme: talks\n\
         created: 2026-01-01\nstarts: 2026-03-01\nends: 2026-05-31\nchannels: [everyone]\n\
         overrides:{decisions}\n---\nThis time.\n\
         -- sites/s/runs/season/sessions/knots.md --\n---\nid: knots\ntitle: Knots that hold\n\
         summary: Three knots and when to use each of them.\nspeaker: A colleague of the yard\n\
         consent: 2026-01-02\nled_by: employee\nslot: 2026-03-12\nstatus: confirmed\n---\n\
         ## About\nWhat it is about.\n\n## Before\nWhich knot do you trust?\n\n## After\nWhich did you try?\n\n\
         ## For the guide\nBring rope.\n\
         -- sites/s/runs/season/sessions/tides.md --\n---\nid: tides\ntitle: Tides by hand\n\
         summary: A tide table without a screen.\nled_by: employee\nslot: 2026-04-09\nstatus: agreed\n---\n\
         ## About\nWhat the moon does.\n"
    ))
}

const MOVED: &str =
    "\n  - {id: talk/2026-03-12, on: 2026-03-06, reason: The room is taken., move: 2026-03-19}";

/// The text of an item of a feed, by the last part of its id.
fn item<'a>(built: &'a Built, path: &str, key: &str) -> &'a str {
    let text = built.text(&format!("public/s/{path}feed.xml"));
    let items = text.split("<item").skip(1);
    let mut items = items.filter_map(|item| item.split("</item>").next());
    let mark = format!("{key}</guid>");
    items
        .find(|item| item.contains(&mark))
        .unwrap_or_else(|| panic!("no {key} in {text}"))
}

/// The lines of the event in the calendar that has this title.
fn event<'a>(built: &'a Built, title: &str) -> Vec<&'a str> {
    let text = built.text("public/s/season/calendar.ics");
    let mut events = text.split("BEGIN:VEVENT").skip(1);
    let found = events
        .find(|event| event.contains(title))
        .expect("an event");
    found.lines().collect()
}

fn line<'a>(event: &[&'a str], key: &str) -> &'a str {
    let mut found = event.iter().filter(|line| line.starts_with(key));
    found
        .next()
        .unwrap_or_else(|| panic!("no {key} in {event:?}"))
}

/// Checks that nothing is wrong; a season in which something is still to be done warns of it.
fn sound(built: &Built) {
    let known = ["empty-slot", "no-notes", "late"];
    let codes: Vec<&str> = built.codes();
    let others: Vec<_> = codes.iter().filter(|code| !known.contains(code)).collect();
    assert!(others.is_empty(), "{}", built.told());
}

#[test]
fn w10_2_a_moved_session_keeps_its_uid_and_page_is_one_item_among_the_changes_and_nothing_is_posted_again()
 {
    let before = build(&season(""), "2026-03-05T12:00:00Z");
    sound(&before);
    assert!(feed(&before, "season/changes/").is_empty());
    let nothing = words(page(&before, "season/changes/"));
    assert!(
        nothing.contains("Nothing that was announced has changed."),
        "{nothing}"
    );

    let folder = season(MOVED);
    let after = build_on(&folder, "2026-03-07T12:00:00Z", &before.ledgers);
    sound(&after);
    let [was, is] = [&before, &after].map(|built| event(built, "Knots that hold"));
    for key in ["UID", "URL"] {
        assert_eq!(line(&was, key), line(&is, key));
    }
    assert_eq!(
        (line(&was, "SEQUENCE"), line(&is, "SEQUENCE")),
        ("SEQUENCE:0", "SEQUENCE:1")
    );

    let changes = feed(&after, "season/changes/");
    let keys: Vec<&str> = changes.iter().map(|(key, _)| *key).collect();
    assert_eq!(keys, ["season/talk/2026-03-12/moved/1"]);
    let news = item(&after, "season/changes/", "moved/1");
    assert!(
        news.contains("<title>Moved: Knots that hold</title>"),
        "{news}"
    );
    assert!(
        news.contains("Moved from Thursday 12 March 2026, 12:30 to Thursday 19 March 2026, 12:30. The room is taken."),
        "{news}"
    );
    let told = words(page(&after, "season/changes/"));
    assert!(told.contains("Moved: Knots that hold"), "{told}");
    assert!(page(&after, "season/").contains("season/changes/\">Changes</a>"));

    // In the season's own feed everything stands as it stood, and the news is one new item with the same id.
    let own = |built: &Built| -> Vec<(String, String)> {
        let all = feed(built, "season/").into_iter();
        all.map(|(key, stamp)| (key.to_owned(), stamp.to_owned()))
            .collect()
    };
    let mut later = own(&after);
    later.retain(|(key, _)| key != "season/talk/2026-03-12/moved/1");
    assert_eq!(own(&before), later);
    let invitation = "talk/2026-03-12/announce";
    assert_eq!(
        item(&before, "season/", invitation),
        item(&after, "season/", invitation)
    );
    assert_eq!(
        item(&after, "season/", "moved/1"),
        item(&after, "season/changes/", "moved/1")
    );

    // When the talk has been held at its new hour it has come out once, at the address that it always had.
    let held = build_on(&folder, "2026-03-19T13:00:00Z", &after.ledgers);
    let times = |built: &Built, key: &str| own(built).iter().filter(|(k, _)| k == key).count();
    assert_eq!(times(&after, "season/talk/2026-03-12"), 0);
    assert_eq!(times(&held, "season/talk/2026-03-12"), 1);
    assert_eq!(
        feed(&held, "season/changes/"),
        feed(&after, "season/changes/")
    );
    page(&held, "season/talk/2026-03-12/");

    // Weeks later it has not been told again.
    let again = build_on(&folder, "2026-05-30T12:00:00Z", &held.ledgers);
    assert_eq!(
        feed(&again, "season/changes/"),
        feed(&held, "season/changes/")
    );
}

#[test]
fn w10_2_the_changes_tell_of_nothing_to_which_nobody_was_invited() {
    // Moved before the invitation, which says the new day itself; and the talk that is only agreed is called off.
    let early = season(
        "\n  - {id: talk/2026-03-12, on: 2026-02-20, reason: The room is taken., move: 2026-03-19}\n  \
         - {id: talk/2026-04-09, on: 2026-02-20, reason: Somebody is ill., tell: yes}\n  \
         - {id: talk/2026-05-14, on: 2026-03-01, reason: We are all at sea., cancel: yes}",
    );
    let built = build(&early, "2026-03-21T12:00:00Z");
    sound(&built);
    assert!(feed(&built, "season/changes/").is_empty());
    for (path, bytes) in built.tree("public") {
        let text = String::from_utf8_lossy(bytes);
        for hidden in ["Somebody is ill", "We are all at sea", "Tides by hand"] {
            assert!(!text.contains(hidden), "{path} has {hidden}");
        }
    }
}

#[test]
fn w10_2_another_speaker_is_told_to_those_who_read_the_invitation() {
    let tell = "\n  - {id: talk/2026-03-12, on: 2026-03-04, reason: The sailmaker speaks., tell: yes}\n  \
                - {id: talk/2026-03-12, on: 2026-03-09, reason: So does the rigger., tell: yes}";
    let before = build(&season(""), "2026-03-03T12:00:00Z");
    let after = build_on(&season(tell), "2026-03-10T12:00:00Z", &before.ledgers);
    sound(&after);
    let keys = feed(&after, "season/changes/");
    let keys: Vec<&str> = keys.iter().map(|(key, _)| *key).collect();
    assert_eq!(
        keys,
        [
            "season/talk/2026-03-12/changed/2",
            "season/talk/2026-03-12/changed/1"
        ]
    );
    let news = item(&after, "season/changes/", "changed/1");
    assert!(
        news.contains("<title>Changed: Knots that hold</title>"),
        "{news}"
    );
    assert!(news.contains("The sailmaker speaks."), "{news}");
    let second = item(&after, "season/changes/", "changed/2");
    assert!(
        second.contains("<title>Changed, 9 March: Knots that hold</title>"),
        "{second}"
    );
    // Whoever has the talk in a calendar gets the news there too.
    assert_eq!(line(&event(&after, "Knots"), "SEQUENCE"), "SEQUENCE:2");

    let nobody =
        season("\n  - {id: coffee/2026-03-10, on: 2026-03-04, reason: There is cake., tell: yes}");
    let text = told(&build(&nobody, "2026-03-03T12:00:00Z"), "nobody-to-tell");
    assert!(
        text.contains("nobody is invited to `coffee/2026-03-10`"),
        "{text}"
    );
}

#[test]
fn w10_5_whoever_speaks_has_a_page_with_their_own_dates() {
    let built = build(&season(""), "2026-02-10T12:00:00Z");
    let board = built.text("team/s/season/index.html");
    assert!(
        board.contains("href=\"../season/speakers/knots/\">For the speaker"),
        "{board}"
    );
    let card = built.text("team/s/season/speakers/knots/index.html");
    let text: Vec<String> = words(card).split_whitespace().map(str::to_owned).collect();
    let text = text.join(" ");
    let dates = between(&text, "Your dates ", " Where it happens");
    // Twelve working days before 12 March, ten, two, the hour, and the day after it.
    assert_eq!(
        dates,
        "Tue 24 February Send us your title \
         Thu 26 February The invitation comes out. What stands here by then is what people read. \
         Tue 10 March We try your sound \
         Thu 12 March 12:30 Your hour \
         Fri 13 March 12:30 Your question for afterwards is posted."
    );
    for read in [
        "What it is about.",
        "Which knot do you trust?",
        "Which did you try?",
    ] {
        assert!(text.contains(read), "{read}");
    }
    for hidden in ["Bring rope", "Ask for the title", "Write the notes"] {
        assert!(!text.contains(hidden), "{hidden} is not for whoever speaks");
    }
    // What is only agreed has its card too, and says what is missing.
    let agreed = words(built.text("team/s/season/speakers/tides/index.html"));
    assert!(agreed.contains("No question for the room"), "{agreed}");
    assert!(agreed.contains("Agreed"), "{agreed}");

    // A moved talk has other dates; one that is called off has no card, and nothing of either is public.
    let moved = build(&season(MOVED), "2026-03-07T12:00:00Z");
    let card = words(moved.text("team/s/season/speakers/knots/index.html"));
    assert!(card.contains("Tue 17 March"), "{card}");
    let off = MOVED.replace("move: 2026-03-19", "cancel: yes");
    let off = build(&season(&off), "2026-03-07T12:00:00Z");
    assert!(
        !off.files
            .contains_key("team/s/season/speakers/knots/index.html")
    );
    assert!(
        !off.text("team/s/season/index.html")
            .contains("speakers/knots")
    );
    for (path, _) in off.tree("public").into_iter().chain(moved.tree("public")) {
        assert!(!path.contains("speakers"), "{path}");
    }
}

#[test]
fn w2_3_the_runway_of_a_coffee_says_when_its_questions_are_used_up() {
    let runway = |built: &Built| {
        let text: Vec<String> = words(built.text("team/s/season/index.html"))
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        between(&text.join(" "), "In reserve: Coffee ", " Season board").to_owned()
    };
    // Thirteen Tuesdays, three questions.
    let once = build(&season(""), "2026-03-04T12:00:00Z");
    assert!(
        runway(&once).contains(
            "Of the next 10 questions 2 were not asked before. Once more: 0. Without a question: 8. The first of those is on Tuesday 24 March 2026."
        ),
        "{}",
        runway(&once)
    );
    let mut circular = season("");
    let file = circular
        .files
        .get_mut("content/talks.md")
        .expect("the talks");
    let text = std::str::from_utf8(file).expect("UTF-8");
    *file = text
        .replace("from: questions", "from: questions, repeat: circular")
        .into_bytes()
        .into();
    let again = build(&circular, "2026-03-04T12:00:00Z");
    assert!(
        runway(&again).contains("Once more: 8. Without a question: 0."),
        "{}",
        runway(&again)
    );
}
