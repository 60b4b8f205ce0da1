//! What guided experiences and mentoring refuse, and what they warn of.

use crate::bases::{CHALLENGE, CIRCLE, GUIDED, MENTORING, NETWORK};
use crate::common::{at, folder};
use crate::{Case, case, edited, problems};
use learnflow::diag::{Form, print};

pub const CASES: &[Case] = &[
    // Any kind.
    case(
        "content-without-share",
        CHALLENGE,
        &[("### Share\n\nWho answered?\n", "")],
    ),
    // Guided experiences.
    case("forced", GUIDED, &[("effort:", "mandatory: yes\neffort:")]),
    case("forced", GUIDED, &[("effort:", "required: true\neffort:")]),
    case(
        "forced",
        GUIDED,
        &[("{#draft ", "{#draft deadline=2026-07-10 ")],
    ),
    case("fixed-clock", GUIDED, &[("{#draft ", "{#draft live=45m ")]),
    case(
        "wrong-value",
        GUIDED,
        &[
            ("effort:", "asynchronous: no\neffort:"),
            ("{#draft ", "{#draft live=45d "),
        ],
    ),
    case(
        "wrong-value",
        GUIDED,
        &[("effort: 2h/week", "effort: two hours")],
    ),
    case(
        "week-without-together",
        GUIDED,
        &[("minutes=10 together=yes", "minutes=10")],
    ),
    Case {
        code: "unknown-week",
        base: GUIDED,
        edits: &[("week=show", "week=shown")],
        besides: &["empty-week"],
    },
    case(
        "empty-week",
        GUIDED,
        &[(
            "  - {id: show",
            "  - {id: more, theme: More}\n  - {id: show",
        )],
    ),
    case(
        "no-weeks",
        GUIDED,
        &[
            ("weeks:\n", ""),
            (
                "  - {id: notice, theme: Notice, say: Look around., wrap: {day: fri, say: What did you take?}}\n",
                "",
            ),
            ("  - {id: show, theme: Show, say: Show it.}\n", ""),
        ],
    ),
    case("duplicate-id", GUIDED, &[("{#draft ", "{#notice ")]),
    case("duplicate-id", GUIDED, &[("{#draft ", "{#catch-up ")]),
    case("missing-key", GUIDED, &[("{#draft week=show ", "{#draft ")]),
    case("missing-key", GUIDED, &[("theme: Notice, ", "")]),
    case("missing-key", GUIDED, &[("{day: fri, say", "{say")]),
    case(
        "missing-key",
        GUIDED,
        &[("effort:", "catch_up: {say: Come on.}\neffort:")],
    ),
    case("effort-over", GUIDED, &[("2h/week", "9m/week")]),
    case(
        "week-too-many-activities",
        GUIDED,
        &[("authority:", "rules: {week_activities: 0}\nauthority:")],
    ),
    case(
        "no-slot",
        GUIDED,
        &[("starts: 2026-03-02", "starts: 2026-03-02\nends: 2026-03-08")],
    ),
    // Mentoring.
    case(
        "no-coordinator",
        MENTORING,
        &[("coordinator: role:mentoring-coordinator\n", "")],
    ),
    case(
        "no-consent",
        MENTORING,
        &[(
            "consent: {statement: Your handle is shown., withdraw: Write to us.}\n",
            "",
        )],
    ),
    case(
        "missing-key",
        MENTORING,
        &[(", withdraw: Write to us.", "")],
    ),
    case(
        "missing-key",
        MENTORING,
        &[("modes: [one-conversation, short-project]\n", "")],
    ),
    case(
        "wrong-value",
        MENTORING,
        &[("short-project", "long-project")],
    ),
    case("wrong-value", MENTORING, &[("odd: trio", "odd: out")]),
    case(
        "wrong-value",
        MENTORING,
        &[("avoid_repeats: 12", "avoid_repeats: 61")],
    ),
    case(
        "missing-key",
        MENTORING,
        &[(", say: Who looks for whom?", "")],
    ),
    case(
        "assigned-mentoring",
        MENTORING,
        &[("board: yes", "board: yes\nassigned: true")],
    ),
    case("duplicate-id", MENTORING, &[("{#ask ", "{#board ")]),
    case(
        "unused-key",
        MENTORING,
        &[(
            "### Do",
            "```yaml activity\nagenda: [{title: Talk, minutes: 60, mode: discuss}]\n```\n\n### Do",
        )],
    ),
    case("unused-key", CIRCLE, &[("{#goal", "{#goal offset=0wd")]),
    case("agenda-overruns", CIRCLE, &[("minutes: 20", "minutes: 15")]),
    case("wrong-value", CIRCLE, &[("[3, 5]", "[5, 3]")]),
    case(
        "no-slot",
        CIRCLE,
        &[("starts: 2026-03-02", "starts: 2026-03-02\nends: 2026-03-06")],
    ),
    // Cards.
    case(
        "no-consent",
        MENTORING,
        &[(
            "consent: 2026-01-15\nexpires: 2026-09-01",
            "expires: 2026-09-01",
        )],
    ),
    case("missing-key", MENTORING, &[("expires: 2026-09-01\n", "")]),
    case(
        "assigned-mentoring",
        MENTORING,
        &[("capacity: 2", "mentee: quay-02")],
    ),
    case(
        "card-with-text",
        MENTORING,
        &[(
            "harbour-01\n---\n",
            "harbour-01\n---\nThirty years at sea.\n",
        )],
    ),
    case(
        "duplicate-id",
        MENTORING,
        &[
            ("handle: quay-02", "handle: harbour-01"),
            ("asks: [Workshops]\n", ""),
        ],
    ),
    case(
        "bad-address",
        MENTORING,
        &[("link: https://network.example.org/", "link: ")],
    ),
    case(
        "unknown-zone",
        MENTORING,
        &[("zone: Europe/Lisbon", "zone: Lisbon")],
    ),
    case(
        "broken-row",
        MENTORING,
        &[(
            "-- sites/s/people/",
            "-- sites/s/people/introductions.tsv --\n2026-03-03\tr\tann\n-- sites/s/people/",
        )],
    ),
    case(
        "consent-expired",
        MENTORING,
        &[
            ("expires: 2026-10-01", "expires: 2026-03-01"),
            ("asks: [Workshops]\n", ""),
        ],
    ),
    case(
        "ask-unanswered",
        MENTORING,
        &[("offers: [workshops]", "offers: [Welding]")],
    ),
    case(
        "unknown-person",
        NETWORK,
        &[(
            "speaker: harbour-01\nconsent: 2026-01-01",
            "speaker: person:harbour-01",
        )],
    ),
    case(
        "wrong-value",
        NETWORK,
        &[("speaker: harbour-01", "speaker: person:Harbour 1")],
    ),
];

/// What somebody reads who made the slip.
fn text(base: &str, edits: &[(&str, &str)]) -> String {
    print(&problems(&folder(&edited(base, edits))), Form::Text, false)
}

#[test]
fn a_slip_in_a_name_is_seen_by_its_neighbour() {
    let shown = text(GUIDED, &[("week=show", "week=shwo")]);
    assert!(shown.contains("did you mean `show`?"), "{shown}");
    let person = "-- sites/s/people/h.md --\n---\nhandle: harbour-01\nconsent: 2026-01-01\nexpires: 2027-01-01\noffers: [Sea]\n---\n";
    let edits = [
        (
            "speaker: harbour-01\nconsent: 2026-01-01",
            "speaker: person:harbour-02",
        ),
        ("", person),
    ];
    let shown = text(NETWORK, &edits);
    assert!(
        shown.contains("did you mean `person:harbour-01`?"),
        "{shown}"
    );
    let shown = text(
        MENTORING,
        &[
            ("mentoring.md --", "mentoring.md --\n"),
            ("-- sites/s/people/quay", "-- sites/s/poeple/quay"),
        ],
    );
    assert!(shown.contains("did you mean `people`?"), "{shown}");
}

#[test]
fn messages_say_the_numbers() {
    let told = |base, edits: &[(&str, &str)], words: &str| {
        let shown = text(base, edits);
        assert!(shown.contains(words), "{words}\n{shown}");
    };
    told(
        GUIDED,
        &[("2h/week", "9m/week")],
        "the week `notice` takes 10 minutes, 9 are promised",
    );
    told(
        CIRCLE,
        &[("minutes: 20", "minutes: 15")],
        "the agenda has 55 minutes, the meeting 60 (-5m)",
    );
    told(
        MENTORING,
        &[("offers: [workshops]", "offers: [Welding]")],
        "nobody offers what `harbour-01` asks for: Workshops",
    );
}

/// An ask is told of a month after the consent, and never stops a build.
#[test]
fn an_ask_is_unanswered_after_a_month() {
    let library = edited(MENTORING, &[("offers: [workshops]", "offers: [Welding]")]);
    let codes = |now: &str| {
        let built = crate::common::build(&folder(&library), now);
        assert!(!built.diags.has_errors());
        assert!(at(now) > at("2026-01-01T00:00:00Z"));
        built.codes()
    };
    assert_eq!(codes("2026-02-13T23:59:59Z"), [""; 0]);
    assert_eq!(codes("2026-02-14T00:00:00Z"), ["ask-unanswered"]);
}
