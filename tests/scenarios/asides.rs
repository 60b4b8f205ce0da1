//! What a run has besides its page, the directory of communities, and the last week as text.

use crate::common::{Built, build, build_on};
use crate::make::{challenge, edit_site, feed, fine, page, run, site, told};

/// The words of a page in one line.
fn words(html: &str) -> String {
    let words = crate::make::words(html);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Ten weekdays from Monday 2 March 2026.
fn ten(now: &str) -> Built {
    let files = format!(
        "{}{}",
        challenge(
            &(1..=10).collect::<Vec<_>>(),
            "{every: day, days: weekdays, at: \"09:00\"}"
        ),
        run("spring", "steps", "2026-03-02", "hashtag: steps26")
    );
    let built = build(&site(&files), now);
    fine(&built);
    built
}

#[test]
fn today_is_the_newest_that_is_open_and_says_where_it_stays() {
    let built = ten("2026-03-04T12:00:00Z");
    let today = page(&built, "spring/today/");
    assert!(
        today.contains("Take step 3.") && !today.contains("Take step 2."),
        "{today}"
    );
    let stays = "<link rel=\"canonical\" href=\"https://learn.example.org/spring/a3/\">";
    assert!(today.contains(stays), "{today}");
    // Before the first and after the last discussion it says so, and what comes next.
    let before = words(page(&ten("2026-03-01T12:00:00Z"), "spring/today/"));
    assert!(
        before.contains("Nothing is open at the moment.") && before.contains("Day 1"),
        "{before}"
    );
    assert!(!before.contains("Step number"), "{before}");
    let after = words(page(&ten("2026-06-01T12:00:00Z"), "spring/today/"));
    assert!(
        after.contains("Last time") && after.contains("Day 10: Step number 10"),
        "{after}"
    );
}

#[test]
fn whoever_catches_up_reads_from_the_beginning_and_sees_nothing_early() {
    let built = ten("2026-03-04T12:00:00Z");
    let page = page(&built, "spring/catch-up/");
    let order = ["Step number 1", "Step number 2", "Step number 3", "Day 4"];
    let places = order.map(|word| {
        page.find(word)
            .unwrap_or_else(|| panic!("{word} in {page}"))
    });
    assert!(places.is_sorted(), "{page}");
    assert!(!page.contains("Step number 4"), "{page}");
}

#[test]
fn a_card_has_every_day_and_only_the_titles_that_are_out() {
    let built = ten("2026-03-04T12:00:00Z");
    let card = words(page(&built, "spring/card/"));
    for told in [
        "Day 1",
        "Step number 3",
        "Fri 13 March",
        "Day 10",
        "#steps26",
        "nobody keeps a list",
    ] {
        assert!(card.contains(told), "{told} in {card}");
    }
    assert!(!card.contains("Step number 4"), "{card}");
}

#[test]
fn an_activity_cannot_take_the_address_of_such_a_page() {
    let files = challenge(&[1], "{every: day}").replace("{#a1 ", "{#catch-up ");
    let built = build(&site(&files), "2026-03-04T12:00:00Z");
    assert!(
        told(&built, "duplicate-id").contains("`catch-up`"),
        "{}",
        built.told()
    );
}

#[test]
fn the_last_week_as_text_ends_with_the_newest_item_whenever_it_is_read() {
    let built = ten("2026-03-13T12:00:00Z");
    let text = built.text("public/s/channels/everyone/digest.txt");
    assert!(
        text.starts_with("Everyone\n========\n7 March 2026 to 13 March 2026\n"),
        "{text}"
    );
    let days: Vec<&str> = text.lines().filter(|line| line.contains("Day ")).collect();
    assert_eq!(days.len(), 5, "{text}");
    assert!(
        days[0].starts_with("Mon 9 March: Day 6: Step number 6 (5 minutes)"),
        "{text}"
    );
    assert!(
        text.contains("https://learn.example.org/spring/a10/"),
        "{text}"
    );
    assert!(
        text.lines()
            .all(|line| line.chars().count() <= 72 || line.contains("://")),
        "{text}"
    );
    // Weeks later the same, byte for byte; before the first item it says that nothing is out.
    let later = build_on(
        &site(&format!(
            "{}{}",
            challenge(
                &(1..=10).collect::<Vec<_>>(),
                "{every: day, days: weekdays, at: \"09:00\"}"
            ),
            run("spring", "steps", "2026-03-02", "hashtag: steps26")
        )),
        "2026-05-13T12:00:00Z",
        &built.ledgers,
    );
    assert_eq!(later.text("public/s/channels/everyone/digest.txt"), text);
    let before = ten("2026-03-01T12:00:00Z");
    let text = before.text("public/s/channels/everyone/digest.txt");
    assert!(
        text.contains("Mon 2 March, 09:00 (Europe/London): Day 1"),
        "{text}"
    );
    assert!(!text.contains("Step number"), "{text}");
}

/// A community that meets every second Thursday and asks something every Tuesday.
fn community(more: &str, now: &str) -> Built {
    let files = format!(
        "-- content/viz.md --\n---\nkind: community\nid: viz\ntitle: Data viz\n\
         summary: Charts and dashboards shown to customers.\n\
         purpose: So that people who present data to customers stop solving the same chart problem alone.\n\
         manager: role:community-manager\ndeputy: role:learning-guide\n\
         members: {{who: Whoever makes charts, join: Write a line in the group}}\nrhythm:\n  \
         - {{id: show, title: Show and tell, type: event, every: month, on: second-thursday, at: \"12:30\", length: 45m}}\n\
         ---\nWhat it is.\n{}",
        run(
            "viz-2026",
            "viz",
            "2026-01-05",
            &format!("review_by: 2027-01-29\n{more}")
        )
    );
    let mut folder = site(&files);
    edit_site(&mut folder, "calendars: [england]\n", "");
    build(&folder, now)
}

fn directory(built: &Built) -> String {
    words(page(built, "communities/"))
}

#[test]
fn w2_4_a_closed_community_keeps_its_pages_and_leaves_what_comes() {
    let ends = "ends: 2026-05-29";
    let open = community(ends, "2026-05-20T12:00:00Z");
    let closed = community(ends, "2026-08-01T12:00:00Z");
    let text = directory(&closed);
    assert!(text.contains("Closed on Friday 29 May 2026"), "{text}");
    assert!(
        !text.contains("How to join") && !text.contains("Next:"),
        "{text}"
    );
    // Every page and address of before is there.
    for path in open
        .files
        .keys()
        .filter(|path| path.starts_with("public/s/viz-2026/"))
    {
        assert!(closed.files.contains_key(path), "{path}");
    }
    // Its feed is the same and stays; nothing of it lies ahead.
    assert_eq!(feed(&closed, "viz-2026/"), feed(&open, "viz-2026/"));
    assert_eq!(
        feed(&closed, "viz-2026/").len(),
        5,
        "a window measured from the newest"
    );
    let calendar: Vec<&String> = closed
        .files
        .keys()
        .filter(|path| path.contains("/calendar/2026-"))
        .collect();
    assert!(
        calendar.iter().all(|path| !path.contains("2026-06")),
        "{calendar:?}"
    );
    let home = words(page(&closed, ""));
    assert!(!home.contains("Thursday 11 June"), "{home}");
}

#[test]
fn w2_4_a_community_rests_and_comes_back() {
    let rests =
        "blackouts: [{from: 2026-07-01, to: 2026-08-31, reason: Everybody is on the water}]";
    let text = |now: &str| directory(&community(rests, now));
    assert!(text("2026-01-02T12:00:00Z").contains("In planning"));
    assert!(text("2026-06-30T22:59:59Z").contains("Active"));
    let resting = text("2026-06-30T23:00:00Z");
    assert!(
        resting.contains("Resting")
            && resting.contains("Back on Tuesday 1 September 2026 : Everybody is on the water"),
        "{resting}"
    );
    assert!(text("2026-08-31T22:59:59Z").contains("Resting"));
    assert!(text("2026-08-31T23:00:00Z").contains("Active"));
    // A week off is a holiday.
    let week = "blackouts: [{from: 2026-07-01, to: 2026-07-07, reason: Stocktaking}]";
    assert!(directory(&community(week, "2026-07-03T12:00:00Z")).contains("Active"));
}

#[test]
fn w2_3_a_bank_runs_dry_on_a_day_and_a_circular_one_does_not() {
    let built = |repeat: &str| {
        let mut bank = String::from(
            "-- content/prompts/six.md --\n---\nkind: prompts\nid: six\ntitle: Six\n---\n",
        );
        for n in 1..=6 {
            bank.push_str(&format!("\n## Question {n} {{#q{n}}}\n\nWhat about number {n}, which nobody has asked you about before?\n"));
        }
        let files = format!(
            "{bank}-- content/viz.md --\n---\nkind: community\nid: viz\ntitle: Data viz\n\
             summary: Charts and dashboards shown to customers.\n\
             purpose: So that people who present data to customers stop solving the same chart problem alone.\n\
             manager: role:community-manager\ndeputy: role:learning-guide\nrhythm:\n  \
             - {{id: question, title: Question, type: prompt, from: six{repeat}, every: week, days: [tue], at: \"10:00\"}}\n\
             ---\nWhat it is.\n{}",
            run("viz-2026", "viz", "2026-03-03", "review_by: 2027-01-29")
        );
        let mut folder = site(&files);
        edit_site(&mut folder, "calendars: [england]\n", "");
        build(&folder, "2026-04-20T12:00:00Z")
    };
    let dry = built("");
    assert!(
        told(&dry, "prompt-bank-runs-dry").contains("2026-04-14"),
        "{}",
        dry.told()
    );
    let round = built(", repeat: circular");
    fine(&round);
    let entries = feed(&round, "viz-2026/");
    assert_eq!(entries.len(), 7);
    assert!(
        entries[0].0.ends_with("question/2026-04-14")
            && entries[6].0.ends_with("question/2026-03-03")
    );
    assert!(page(&round, "viz-2026/question/2026-04-14/").contains("What about number 1"));
}
