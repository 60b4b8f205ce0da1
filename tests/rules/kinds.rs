//! What each kind refuses, and what it warns of.

use crate::bases::{CHALLENGE, CLASSROOM, COMMUNITY, FLOW, FOLDER, NETWORK, ONBOARDING};
use crate::{Case, case};

pub const CASES: &[Case] = &[
    // Challenge and campaign.
    case("count-mismatch", CHALLENGE, &[("count: 2", "count: 3")]),
    case("no-end", CHALLENGE, &[("count: 2\n", "")]),
    case(
        "missing-goal",
        CHALLENGE,
        &[("kind: challenge", "kind: campaign\naudience: Everyone")],
    ),
    case(
        "missing-audience",
        CHALLENGE,
        &[("kind: challenge", "kind: campaign\ngoal: Shorter meetings")],
    ),
    case(
        "unknown-ramp",
        CHALLENGE,
        &[("minutes=5 ramp=look", "minutes=5 ramp=loook")],
    ),
    case(
        "ramp-jump",
        CHALLENGE,
        &[("minutes=5 ramp=answer", "minutes=5 ramp=host")],
    ),
    case(
        "unbalanced",
        CHALLENGE,
        &[
            ("authority:", "rules: {ramp_row: 1}\nauthority:"),
            ("minutes=5 ramp=answer", "minutes=5 ramp=look"),
        ],
    ),
    Case {
        code: "too-long",
        base: CHALLENGE,
        edits: &[("{#look minutes=5", "{#look minutes=25")],
        besides: &["no-ten-minute-version"],
    },
    case(
        "tip-not-activity",
        CHALLENGE,
        &[("Look at three groups.", "The groups are worth a look.")],
    ),
    case(
        "no-celebration",
        CHALLENGE,
        &[(" milestone=celebration", "")],
    ),
    case(
        "milestone-after-end",
        CHALLENGE,
        &[("after: 1", "after: 3")],
    ),
    case("missing-key", CHALLENGE, &[("offset: 7d, ", "")]),
    case("missing-title", CHALLENGE, &[("title: Half, ", "")]),
    case(
        "no-cadence",
        CHALLENGE,
        &[("cadence: {every: day, days: weekdays, at: \"09:00\"}\n", "")],
    ),
    case(
        "release-on-blackout",
        CHALLENGE,
        &[
            (
                "{every: day, days: weekdays, at: \"09:00\"}",
                "{spread: {from: 1, to: 2}}",
            ),
            (
                "programme: steps",
                "programme: steps\ncadence: {dates: [2026-04-02, 2026-04-03]}",
            ),
            ("cadence: {spread: {from: 1, to: 2}}\n", ""),
        ],
    ),
    case(
        "no-slot",
        CHALLENGE,
        &[("starts: 2026-03-02", "starts: 2026-03-02\nends: 2026-03-02")],
    ),
    // The grammar of cadences.
    case("cadence", CHALLENGE, &[("every: day,", "every: now,")]),
    case(
        "cadence",
        CHALLENGE,
        &[("days: weekdays", "days: [moonday]")],
    ),
    case(
        "cadence",
        CHALLENGE,
        &[("{every: day, days: weekdays,", "{every: week,")],
    ),
    case(
        "cadence",
        CHALLENGE,
        &[("{every: day, days: weekdays,", "{days: weekdays,")],
    ),
    case(
        "cadence",
        CHALLENGE,
        &[("{every: day, days: weekdays,", "{every: month,")],
    ),
    case(
        "cadence",
        CHALLENGE,
        &[(
            "{every: day, days: weekdays,",
            "{every: month, on: sixth-monday,",
        )],
    ),
    case(
        "short-month",
        CHALLENGE,
        &[("{every: day, days: weekdays,", "{every: month, day: 29,")],
    ),
    case(
        "wrong-value",
        CHALLENGE,
        &[(
            "programme: steps",
            "programme: steps\ncadence: {dates: [soon, 2026-03-02, 2026-03-03]}",
        )],
    ),
    // Community.
    case(
        "no-manager",
        COMMUNITY,
        &[("manager: role:community-manager\n", "")],
    ),
    case(
        "single-manager",
        COMMUNITY,
        &[("deputy: role:learning-guide\n", "")],
    ),
    case(
        "l-and-d-without-agreement",
        COMMUNITY,
        &[("manager:", "origin: l-and-d\nmanager:")],
    ),
    case(
        "no-rhythm",
        COMMUNITY,
        &[
            ("rhythm:\n", ""),
            (
                "  - {id: question, title: Question, type: prompt, from: asks, repeat: circular, every: week, days: [tue]}\n",
                "",
            ),
            (
                "  - {id: meeting, title: Meeting, type: event, every: month, on: second-thursday, length: 45m}\n",
                "",
            ),
        ],
    ),
    case(
        "no-review-date",
        COMMUNITY,
        &[("review_by: 2026-12-01\n", "")],
    ),
    case(
        "prompt-bank-runs-dry",
        COMMUNITY,
        &[("repeat: circular", "repeat: once")],
    ),
    case("missing-key", COMMUNITY, &[(", length: 45m", "")]),
    case("wrong-value", COMMUNITY, &[("length: 45m", "length: 45d")]),
    case(
        "missing-offset",
        COMMUNITY,
        &[(
            "What it is.\n",
            "What it is.\n\n## Hello {#hello}\n\n### Do\n\nSay hello.\n\n### Share\n\nWho answered?\n",
        )],
    ),
    // Onboarding.
    case(
        "missing-key",
        ONBOARDING,
        &[("intake: {every: week, days: [mon], window: 4w}\n", "")],
    ),
    case("missing-key", ONBOARDING, &[(", window: 4w", "")]),
    case("wrong-value", ONBOARDING, &[("window: 4w", "window: 4wd")]),
    case(
        "personal-data",
        ONBOARDING,
        &[("intake:", "name: Priya Shah\nintake:")],
    ),
    case(
        "personal-data",
        ONBOARDING,
        &[("Say hello.", "Write to priya@example.org.")],
    ),
    case(
        "no-connection-step",
        ONBOARDING,
        &[("connects=cross-org", "connects=peers")],
    ),
    case(
        "broadcast-onboarding",
        ONBOARDING,
        &[
            ("connects=team type=meet", "connects=team type=read"),
            (
                "connects=cross-org type=meet",
                "connects=cross-org type=read",
            ),
        ],
    ),
    case(
        "first-contact-late",
        ONBOARDING,
        &[("offset=0wd", "offset=2wd")],
    ),
    case("gap", ONBOARDING, &[("offset=4wd", "offset=30wd")]),
    // Classroom.
    case(
        "missing-key",
        CLASSROOM,
        &[("session: {length: 60m}\n", "")],
    ),
    case(
        "agenda-overruns",
        CLASSROOM,
        &[("minutes: 50", "minutes: 55")],
    ),
    case(
        "broadcast-heavy",
        CLASSROOM,
        &[
            ("minutes: 50", "minutes: 30"),
            ("minutes: 10, mode", "minutes: 30, mode"),
        ],
    ),
    case(
        "broadcast-heavy",
        CLASSROOM,
        &[
            ("minutes: 50", "minutes: 40"),
            ("minutes: 10, mode", "minutes: 20, mode"),
        ],
    ),
    case(
        "no-break",
        CLASSROOM,
        &[
            ("length: 60m", "length: 2h"),
            ("minutes: 50", "minutes: 110"),
        ],
    ),
    case(
        "prework-too-late",
        CLASSROOM,
        &[("offset=-7wd", "offset=-2wd")],
    ),
    Case {
        code: "prework-long",
        base: CLASSROOM,
        edits: &[("offset=-7wd minutes=10", "offset=-7wd minutes=50")],
        besides: &["no-ten-minute-version"],
    },
    case("no-after", CLASSROOM, &[("offset=+2wd", "offset=-8wd")]),
    // Network.
    case("no-season", NETWORK, &[("ends: 2026-08-31\n", "")]),
    Case {
        code: "no-rhythm",
        base: NETWORK,
        edits: &[
            ("slots:\n", ""),
            (
                "  - {id: talk, title: Talk, every: month, on: second-thursday, at: \"12:30\", length: 45m}\n",
                "",
            ),
        ],
        besides: &["no-such-slot"],
    },
    case(
        "confirmed-without-prompt",
        NETWORK,
        &[("## Before\n\nWhat do you see?\n", "")],
    ),
    case("no-slot", NETWORK, &[("slot: 2026-06-11\n", "")]),
    case(
        "session-outside-season",
        NETWORK,
        &[("slot: 2026-06-11", "slot: 2026-09-10")],
    ),
    case(
        "no-such-slot",
        NETWORK,
        &[("slot: 2026-06-11", "slot: 2026-06-12")],
    ),
    case(
        "mix-missed",
        NETWORK,
        &[("led_by: employee", "led_by: l-and-d")],
    ),
    case("mix-missed", NETWORK, &[("department: Bridge\n", "")]),
    case(
        "speaker-without-consent",
        NETWORK,
        &[("consent: 2026-01-01\n", "")],
    ),
    case("missing-key", NETWORK, &[("status: confirmed\n", "")]),
    case(
        "slot-clash",
        NETWORK,
        &[(
            "",
            "-- sites/s/runs/season/sessions/two.md --\n---\nid: two\ntitle: Two\nsummary: Two.\nslot: 2026-06-11\nstatus: agreed\n---\n",
        )],
    ),
    case(
        "duplicate-id",
        NETWORK,
        &[(
            "",
            "-- sites/s/runs/season/sessions/two.md --\n---\nid: sea\ntitle: Two\nsummary: Two.\nstatus: idea\n---\n",
        )],
    ),
    case(
        "same-speaker",
        NETWORK,
        &[(
            "",
            "-- sites/s/runs/season/sessions/two.md --\n---\nid: two\ntitle: Two\nsummary: Two.\nled_by: employee\nspeaker: harbour-01\nconsent: 2026-01-01\nslot: 2026-07-09\nstatus: confirmed\n---\n## Before\n\nWhat do you see?\n",
        )],
    ),
    case(
        "empty-slot",
        NETWORK,
        &[("starts: 2026-06-01", "starts: 2026-03-01")],
    ),
    case(
        "no-notes",
        NETWORK,
        &[
            ("starts: 2026-06-01", "starts: 2026-01-01"),
            ("ends: 2026-08-31", "ends: 2026-02-28"),
            ("slot: 2026-06-11", "slot: 2026-02-12"),
            (
                "",
                "-- sites/s/runs/season/sessions/land.md --\n---\nid: land\ntitle: How I read the land\nsummary: The land from a map.\nled_by: employee\ndepartment: Quay\nslot: 2026-01-08\nstatus: done\n---\n## Before\n\nWhat do you see?\n\n## Notes\n\nHills.\n",
            ),
        ],
    ),
    // Learning flow.
    case(
        "no-cadence",
        FLOW,
        &[("cadence: {every: day, days: weekdays, at: \"08:30\"}\n", "")],
    ),
    case("missing-key", FLOW, &[("flow: themed\n", "")]),
    case(
        "flow-with-end",
        FLOW,
        &[("starts: 2026-03-02", "starts: 2026-03-02\nends: 2026-06-30")],
    ),
    case(
        "flow-with-activities",
        FLOW,
        &[(
            "What it is.\n",
            "What it is.\n\n## Hello {#hello}\n\n### Do\n\nSay hello.\n\n### Share\n\nWho answered?\n",
        )],
    ),
    case(
        "no-such-slot",
        FLOW,
        &[("slot: 2026-03-10", "slot: 2026-03-14")],
    ),
    case(
        "slot-on-blackout",
        FLOW,
        &[("slot: 2026-03-10", "slot: 2026-04-03")],
    ),
    case(
        "expired-before-slot",
        FLOW,
        &[("minutes: 6", "minutes: 6\nexpires: 2026-03-10")],
    ),
    case("over-20-minutes", FLOW, &[("minutes: 6", "minutes: 26")]),
    case(
        "unknown-theme",
        FLOW,
        &[("theme: meetings", "theme: meeting")],
    ),
    case(
        "pick-without-commentary",
        FLOW,
        &[("## Why this\n\nIt works.\n\n", "")],
    ),
    case("item-without-do", FLOW, &[("## Do\n\nTry it.\n\n", "")]),
    case(
        "no-share",
        FLOW,
        &[("## Share\n\nWhat was left over?\n", "")],
    ),
    case(
        "bad-address",
        FLOW,
        &[(
            "https://example.org/one",
            "https://user:word@example.org/one",
        )],
    ),
    case(
        "missing-key",
        FLOW,
        &[("title: The meeting that ended early\n", "")],
    ),
    case(
        "excerpt-too-long",
        FLOW,
        &[(
            "minutes: 6",
            "minutes: 6\nexcerpt: a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d",
        )],
    ),
    case("unknown-run", FLOW, &[("run: r", "run: rr")]),
    case(
        "already-picked",
        FLOW,
        &[(
            "",
            "-- sites/s/curation/picks/2026/two.md --\n---\nid: two\nrun: r\nslot: 2026-03-11\nurl: https://example.org/one\ntitle: Two\n---\n## Why this\n\nIt works.\n\n## Do\n\nTry it.\n\n## Share\n\nWhat?\n",
        )],
    ),
    case(
        "slot-clash",
        FLOW,
        &[(
            "",
            "-- sites/s/curation/picks/2026/two.md --\n---\nid: two\nrun: r\nslot: 2026-03-10\nurl: https://example.org/two\ntitle: Two\n---\n## Why this\n\nIt works.\n\n## Do\n\nTry it.\n\n## Share\n\nWhat?\n",
        )],
    ),
    case(
        "duplicate-id",
        FLOW,
        &[(
            "",
            "-- sites/s/curation/picks/2026/two.md --\n---\nid: one\nrun: r\nslot: 2026-03-11\nurl: https://example.org/two\ntitle: Two\n---\n## Why this\n\nIt works.\n\n## Do\n\nTry it.\n\n## Share\n\nWhat?\n",
        )],
    ),
    // The same rules hold in both authored forms.
    case(
        "no-celebration",
        FOLDER,
        &[("milestone: celebration\n", "")],
    ),
    case("count-mismatch", FOLDER, &[("count: 2", "count: 4")]),
];
