//! What a run, a site and its calendars must have, and names that lead nowhere.

use crate::bases::{CHALLENGE, COMMUNITY, FOLDER};
use crate::{Case, case};

pub const CASES: &[Case] = &[
    case("missing-key", CHALLENGE, &[("created: 2026-01-01\n", "")]),
    case(
        "ends-before-start",
        CHALLENGE,
        &[("starts: 2026-03-02", "starts: 2026-03-02\nends: 2026-03-01")],
    ),
    case(
        "unknown-programme",
        CHALLENGE,
        &[("programme: steps", "programme: step")],
    ),
    case(
        "unknown-role",
        CHALLENGE,
        &[(
            "programme: steps",
            "programme: steps\nroles: {learning-gide: harbour-01}",
        )],
    ),
    case(
        "wrong-value",
        CHALLENGE,
        &[(
            "programme: steps",
            "programme: steps\nroles: {learning-guide: Somebody Else}",
        )],
    ),
    case(
        "wrong-value",
        CHALLENGE,
        &[("programme: steps", "programme: steps\nroles: harbour-01")],
    ),
    case(
        "unknown-channel",
        CHALLENGE,
        &[("channels: [everyone]\n---", "channels: [everyon]\n---")],
    ),
    case(
        "no-channel",
        CHALLENGE,
        &[("channels: [everyone]\n---", "---")],
    ),
    case(
        "no-hour",
        CHALLENGE,
        &[("at: \"09:00\"\n", ""), (", at: \"09:00\"}", "}")],
    ),
    case(
        "unknown-zone",
        CHALLENGE,
        &[("programme: steps", "programme: steps\nzone: BST")],
    ),
    case(
        "wrong-value",
        CHALLENGE,
        &[("programme: steps", "programme: steps\nweek: [monday]")],
    ),
    case(
        "wrong-value",
        CHALLENGE,
        &[("programme: steps", "programme: steps\nhashtag: \"#steps\"")],
    ),
    case(
        "wrong-value",
        CHALLENGE,
        &[(
            "programme: steps",
            "programme: steps\nblackouts: [{from: 2026-03-09, to: 2026-03-03}]",
        )],
    ),
    case(
        "wrong-value",
        CHALLENGE,
        &[("starts: 2026-03-02", "starts: 2026-02-30")],
    ),
    case(
        "wrong-value",
        CHALLENGE,
        &[("starts: 2026-03-02", "starts: 2026-03-02\nat: 9am")],
    ),
    case(
        "unknown-calendar",
        CHALLENGE,
        &[("programme: steps", "programme: steps\ncalendars: [englan]")],
    ),
    case(
        "clock-change",
        CHALLENGE,
        &[(
            "starts: 2026-03-02",
            "starts: 2026-03-28\nat: \"01:30\"\ncadence: {every: day}",
        )],
    ),
    case("address-taken", CHALLENGE, &[("id: r\n", "id: channels\n")]),
    case(
        "duplicate-id",
        CHALLENGE,
        &[(
            "",
            "-- sites/s/runs/two.md --\n---\nid: r\nprogramme: steps\ncreated: 2026-01-01\nstarts: 2026-03-02\nchannels: [everyone]\n---\n",
        )],
    ),
    case(
        "duplicate-id",
        COMMUNITY,
        &[(
            "",
            "-- content/more.md --\n---\nkind: prompts\nid: asks\ntitle: More\n---\n\n## One {#one}\n\nA?\n",
        )],
    ),
    // Overrides.
    case(
        "unknown-occurrence",
        CHALLENGE,
        &[(
            "programme: steps",
            "programme: steps\noverrides: [{id: helo, on: 2026-03-01, reason: Later, move: 2026-03-05}]",
        )],
    ),
    case(
        "unknown-activity",
        CHALLENGE,
        &[(
            "programme: steps",
            "programme: steps\noverrides: [{id: hello, on: 2026-03-01, reason: Better, replace: spar}]",
        )],
    ),
    case(
        "duplicate-id",
        CHALLENGE,
        &[(
            "programme: steps",
            "programme: steps\noverrides: [{id: hello, on: 2026-03-01, reason: More, insert: spare, at: 2026-03-05}]",
        )],
    ),
    case(
        "nobody-to-tell",
        CHALLENGE,
        &[(
            "programme: steps",
            "programme: steps\noverrides: [{id: hello, on: 2026-03-01, reason: A new guide, tell: yes}]",
        )],
    ),
    case(
        "override-action",
        CHALLENGE,
        &[(
            "programme: steps",
            "programme: steps\noverrides: [{id: hello, on: 2026-03-01, reason: Which}]",
        )],
    ),
    case(
        "override-action",
        CHALLENGE,
        &[(
            "programme: steps",
            "programme: steps\noverrides: [{id: hello, on: 2026-03-01, reason: Both, cancel: yes, hold: yes}]",
        )],
    ),
    case(
        "missing-reason",
        CHALLENGE,
        &[(
            "programme: steps",
            "programme: steps\noverrides: [{id: hello, on: 2026-03-01, cancel: yes}]",
        )],
    ),
    case(
        "missing-key",
        CHALLENGE,
        &[(
            "programme: steps",
            "programme: steps\noverrides: [{id: more, on: 2026-03-01, reason: More, insert: spare}]",
        )],
    ),
    // The site.
    case(
        "missing-site",
        CHALLENGE,
        &[("", "-- sites/t/runs/r.md --\n---\nid: r\n---\n")],
    ),
    case(
        "missing-key",
        CHALLENGE,
        &[("summary: Where the tests learn together.\n", "")],
    ),
    case(
        "authority",
        CHALLENGE,
        &[("learn.example.org,2026", "Learn 2026")],
    ),
    case(
        "wrong-value",
        CHALLENGE,
        &[(
            "language: en-GB",
            "language: en-GB\nnetwork: {kind: matermost}",
        )],
    ),
    case(
        "wrong-value",
        CHALLENGE,
        &[(
            "language: en-GB",
            "language: en-GB\nframe_ancestors: [\"https: ; script-src *\"]",
        )],
    ),
    case(
        "bad-address",
        CHALLENGE,
        &[(
            "base_url: https://learn.example.org",
            "base_url: https://learn.example.org/Learn?a=1",
        )],
    ),
    case(
        "bad-address",
        CHALLENGE,
        &[("https://network.example.org/everyone", "everyone")],
    ),
    case(
        "unknown-zone",
        CHALLENGE,
        &[("zone: Europe/London", "zone: Europe/Londn")],
    ),
    case(
        "unknown-language",
        CHALLENGE,
        &[("language: en-GB", "language: tlh")],
    ),
    case(
        "unknown-calendar",
        CHALLENGE,
        &[("calendars: [england]", "calendars: [england, wales]")],
    ),
    case(
        "unknown-calendar",
        CHALLENGE,
        &[("", "-- sites/s/calendars/wales.txt --\nMonday\n")],
    ),
    case(
        "duplicate-id",
        CHALLENGE,
        &[("", "-- sites/s/calendars/england.yml --\ntitle: Again\n")],
    ),
    case(
        "calendar",
        CHALLENGE,
        &[("", "-- sites/s/calendars/wales.ics --\nnot a calendar\n")],
    ),
    case(
        "missing-key",
        CHALLENGE,
        &[(
            "{date: 2026-01-01, name: New Year's Day}",
            "{date: 2026-01-01}",
        )],
    ),
    case(
        "wrong-value",
        CHALLENGE,
        &[("authority:", "burst: many\nauthority:")],
    ),
    case(
        "wrong-value",
        CHALLENGE,
        &[("authority:", "margin: 2wd\nauthority:")],
    ),
    case(
        "missing-title",
        CHALLENGE,
        &[("{id: everyone, title: Everyone,", "{id: everyone,")],
    ),
    case(
        "duplicate-id",
        CHALLENGE,
        &[("channels:\n", "channels:\n  - {id: everyone, title: All}\n")],
    ),
    case(
        "duplicate-id",
        FOLDER,
        &[(
            "",
            "-- sites/t/site.yaml --\nid: s\ntitle: Again\nsummary: Again.\nbase_url: https://t.example.org\nauthority: t.example.org,2026\nzone: Europe/London\nlanguage: en\n",
        )],
    ),
    case(
        "same-address",
        CHALLENGE,
        &[("", "-- sites/s/static/r/index.html --\nMine.\n")],
    ),
    case(
        "same-address",
        CHALLENGE,
        &[("", "-- sites/s/static/style.css --\nMine.\n")],
    ),
    case(
        "same-address",
        FOLDER,
        &[
            (
                "",
                "-- content/p.md --\n---\nkind: onboarding\nid: p\nslug: folder\ntitle: First days\nsummary: Small steps.\npurpose: So that people who start here know whom they can ask.\nintake: {every: week, days: [mon], window: 4w}\n---\nWhat it is.\n\n## Hello {#hello offset=0wd connects=cross-org type=meet}\n\n### Do\n\nSay hello.\n\n### Share\n\nWho answered?\n",
            ),
            (
                "",
                "-- sites/s/runs/p.md --\n---\nid: p\nprogramme: p\ncreated: 2026-01-01\nstarts: 2026-03-02\nchannels: [everyone]\n---\n",
            ),
        ],
    ),
    case(
        "layout",
        CHALLENGE,
        &[("", "-- sites/s/layouts/home.html --\n{% if %}\n")],
    ),
    case(
        "wrong-shape",
        CHALLENGE,
        &[("", "-- layouts/strings/fr.yaml --\nchannels: [a, b]\n")],
    ),
    Case {
        code: "hashtag-clash",
        base: CHALLENGE,
        edits: &[
            ("programme: steps", "programme: steps\nhashtag: small"),
            (
                "",
                "-- sites/s/runs/again.md --\n---\nid: again\nprogramme: steps\ncreated: 2026-01-01\nstarts: 2026-03-03\nhashtag: Small\nchannels: [everyone]\n---\n",
            ),
        ],
        besides: &["same-title"],
    },
    case(
        "unread-file",
        CHALLENGE,
        &[("", "-- sites/s/calendar/mine.yaml --\ndays: []\n")],
    ),
    case(
        "unread-file",
        CHALLENGE,
        &[("", "-- content/notes.txt --\nMine.\n")],
    ),
    case(
        "unread-file",
        CHALLENGE,
        &[("", "-- sites/s/curation/pick/a.md --\n---\nid: a\n---\n")],
    ),
    case(
        "same-title",
        CHALLENGE,
        &[("## Look around {#look", "## Say hello {#look")],
    ),
];
