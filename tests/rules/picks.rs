//! What a pick is refused for, and what it is warned of.

use crate::bases::FLOW;
use crate::{Case, case};

const fn pick(code: &'static str, edits: &'static [(&'static str, &'static str)]) -> Case {
    case(code, FLOW, edits)
}

/// A pick without a day of its own.
const AUTO: (&str, &str) = ("slot: 2026-03-10", "slot: auto\npicked_on: 2026-02-20");

/// Another one.
const TWO: (&str, &str) = (
    "",
    "-- sites/s/curation/picks/2026/two.md --\n---\nid: two\nrun: r\nslot: auto\npicked_on: 2026-02-20\nurl: https://example.org/two\ntitle: Two\n---\n## Why this\n\nIt works.\n\n## Do\n\nTry it.\n\n## Share\n\nWhat?\n",
);

/// What the publisher says of it.
const THEIRS: &str = "minutes: 6\noriginal_summary: A clerk tells how her parish meetings end on time, which she has tried for years.";

/// A list of sources with one that a pick may name.
const SOURCES: &str = "-- sites/s/curation/sources.yaml --\nsources:\n  - {id: quay, title: Quay Notes, why_trusted: They write about what they did.}\n";

pub const CASES: &[Case] = &[
    // C9, second half: the publisher's summary is no judgement, also with a word of one's own before it.
    pick(
        "commentary-is-copy",
        &[
            ("minutes: 6", THEIRS),
            (
                "It works.",
                "Read it! A clerk tells how her parish meetings end on time, which she has tried for years.",
            ),
        ],
    ),
    pick(
        "commentary-is-copy",
        &[
            (
                "minutes: 6",
                "minutes: 6\nexcerpt: Efficiency removes the pause in which somebody coughs.",
            ),
            (
                "It works.",
                "Efficiency removes the *pause* in which somebody coughs.",
            ),
        ],
    ),
    // C10: however an address is spelled, it is picked once.
    pick(
        "already-picked",
        &[(
            "",
            "-- sites/s/curation/picks/2026/two.md --\n---\nid: two\nrun: r\nslot: 2026-03-11\nurl: http://EXAMPLE.org:80/one/#middle\ntitle: Two\n---\n## Why this\n\nIt works.\n\n## Do\n\nTry it.\n\n## Share\n\nWhat?\n",
        )],
    ),
    pick(
        "tracked-address",
        &[(
            "https://example.org/one",
            "https://example.org/one?page=2&utm_source=letter",
        )],
    ),
    pick("missing-key", &[("slot: 2026-03-10\n", "")]),
    pick("missing-key", &[("slot: 2026-03-10", "slot: auto")]),
    pick("wrong-value", &[("slot: 2026-03-10", "slot: soon")]),
    pick(
        "slot-too-early",
        &[("minutes: 6", "minutes: 6\nnot_before: 2026-03-11")],
    ),
    pick(
        "never-shown",
        &[
            AUTO,
            (
                "minutes: 6",
                "minutes: 6\nnot_before: 2026-04-01\nexpires: 2026-04-01",
            ),
        ],
    ),
    pick(
        "evergreen-expires",
        &[(
            "minutes: 6",
            "minutes: 6\nevergreen: yes\nexpires: 2026-12-31",
        )],
    ),
    pick(
        "missing-review-by",
        &[("minutes: 6", "minutes: 6\nevergreen: yes")],
    ),
    pick("wrong-value", &[("minutes: 6", "minutes: 6\nformat: film")]),
    pick(
        "wrong-value",
        &[("minutes: 6", "minutes: 6\nstance: doubts")],
    ),
    pick("unknown-key", &[("minutes: 6", "minutes: 6\nbefore: 3")]),
    pick(
        "unknown-source",
        &[
            ("", SOURCES),
            ("minutes: 6", "minutes: 6\nalso_in: [quay, quays]"),
        ],
    ),
    // How a flow is paced.
    pick(
        "wrong-value",
        &[(
            "themes:",
            "slots: {pattern: [read, film, do, do, do]}\nthemes:",
        )],
    ),
    pick(
        "pattern-length",
        &[("themes:", "slots: {pattern: [any, any, any]}\nthemes:")],
    ),
    pick(
        "pattern-length",
        &[(
            "cadence: {every: day, days: weekdays, at: \"08:30\"}",
            "cadence: {every: month, day: 10, at: \"08:30\"}\nslots: {pattern: [any]}",
        )],
    ),
    pick("wrong-value", &[("themes:", "freeze: 2d\nthemes:")]),
    pick(
        "wrong-value",
        &[("themes:", "variety: {challenging_view: often}\nthemes:")],
    ),
    pick(
        "theme-drift",
        &[
            ("weeks: 1}", "weeks: 1, topics: [chairing, agendas]}"),
            ("minutes: 6", "minutes: 6\ntopics: [cooking]"),
        ],
    ),
    pick(
        "too-near",
        &[
            ("themes:", "variety: {same_source_gap: 3}\nthemes:"),
            ("minutes: 6", "minutes: 6\nsource: Quay Notes"),
            (
                "",
                "-- sites/s/curation/picks/2026/two.md --\n---\nid: two\nrun: r\nslot: 2026-03-11\nsource: Quay Notes\nurl: https://example.org/two\ntitle: Two\n---\n## Why this\n\nIt works.\n\n## Do\n\nTry it.\n\n## Share\n\nWhat?\n",
            ),
        ],
    ),
    // C13.
    pick(
        "pick-waits",
        &[AUTO, ("minutes: 6", "minutes: 6\nexpires: 2026-02-24")],
    ),
    pick(
        "runway-low",
        &[AUTO, TWO, ("themes:", "runway: {warn_below: 3}\nthemes:")],
    ),
    pick(
        "runway-empty",
        &[
            (
                "slot: 2026-03-10",
                "slot: 2026-03-10\npicked_on: 2026-03-01",
            ),
            ("themes:", "runway: {warn_below: 3}\nthemes:"),
        ],
    ),
];
