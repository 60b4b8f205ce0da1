//! The sources of a site.

use crate::bases::FLOW;
use crate::{Case, case};

/// Two sources that are as they should be.
const TWO: &str = "-- sites/s/curation/sources.yaml --
sources:
  - id: quay
    title: Quay Notes
    feed: https://quay.example.org/feed.xml
    why_trusted: They write about what they did last week.
  - {id: mill, title: Mill Street, feed: \"https://mill.example.org/feed\", why_trusted: Slow and careful., trust: 4, max_age: 30d}
";

const fn sources(code: &'static str, edits: &'static [(&'static str, &'static str)]) -> Case {
    case(code, FLOW, edits)
}

pub const CASES: &[Case] = &[
    sources(
        "missing-why-trusted",
        &[(
            "",
            "-- sites/s/curation/sources.yaml --\nsources:\n  - {id: quay, title: Quay Notes, feed: \"https://quay.example.org/\"}\n",
        )],
    ),
    sources(
        "missing-why-trusted",
        &[(
            "",
            "-- sites/s/curation/sources.yaml --\nsources:\n  - id: quay\n    title: Quay Notes\n    why_trusted:\n",
        )],
    ),
    sources(
        "same-feed",
        &[
            ("", TWO),
            (
                "",
                "  - {id: other, title: Other, feed: \"http://QUAY.example.org/feed.xml/#top\", why_trusted: The same once more.}\n",
            ),
        ],
    ),
    sources(
        "duplicate-id",
        &[
            ("", TWO),
            (
                "",
                "  - {id: mill, title: Other, why_trusted: Another one.}\n",
            ),
        ],
    ),
    sources(
        "bad-address",
        &[
            ("", TWO),
            ("https://mill.example.org/feed", "file:///etc/passwd"),
        ],
    ),
    sources(
        "bad-address",
        &[
            ("", TWO),
            (
                "https://mill.example.org/feed",
                "https://me:secret@mill.example.org/feed",
            ),
        ],
    ),
    sources("wrong-value", &[("", TWO), ("trust: 4", "trust: 6")]),
    sources("wrong-value", &[("", TWO), ("max_age: 30d", "max_age: 0d")]),
    sources("missing-key", &[("", TWO), ("title: Mill Street, ", "")]),
    sources("unknown-key", &[("", TWO), ("trust: 4", "trusted: 4")]),
    sources(
        "unknown-source",
        &[("", TWO), ("run: r\nslot", "source: quai\nrun: r\nslot")],
    ),
    // Of a list that cannot be read nobody can say what it lacks.
    sources(
        "yaml",
        &[
            ("", "-- sites/s/curation/sources.yaml --\nsources: [\n"),
            ("run: r\nslot", "source: quay\nrun: r\nslot"),
        ],
    ),
    // A source that is told about is known all the same.
    sources(
        "missing-why-trusted",
        &[
            (
                "",
                "-- sites/s/curation/sources.yaml --\nsources:\n  - {id: quay, title: Quay Notes}\n",
            ),
            ("run: r\nslot", "source: quay\nrun: r\nslot"),
        ],
    ),
    sources(
        "links-line",
        &[(
            "",
            "-- sites/s/curation/links/2026-03-01-00000000.tsv --\nhttps://quay.example.org/\t2026-03-01T00:00:00Z\tlost\t-\n",
        )],
    ),
    case(
        "bad-address",
        FLOW,
        &[("run: r\nslot", "archived: somewhere\nrun: r\nslot")],
    ),
    sources(
        "seen-line",
        &[(
            "",
            "-- sites/s/curation/seen/2026-03/a.tsv --\n<<<<<<< HEAD\n0123456789abcdef\t-\t2026-03-01T00:00:00Z\tquay\toffered\t-\n",
        )],
    ),
];
