//! What every definition must have, and how files are written.

use crate::bases::{CHALLENGE, COMMUNITY, FOLDER, ROLE};
use crate::{Case, case};

pub const CASES: &[Case] = &[
    case("missing-id", CHALLENGE, &[("id: steps\n", "")]),
    case("missing-title", CHALLENGE, &[("title: Small steps\n", "")]),
    case(
        "missing-summary",
        CHALLENGE,
        &[("summary: One small thing after the other.\n", "")],
    ),
    case(
        "missing-purpose",
        CHALLENGE,
        &[(
            "purpose: So that people who are new find one colleague whom they can ask.\n",
            "",
        )],
    ),
    case(
        "purpose-too-vague",
        CHALLENGE,
        &[(
            "So that people who are new find one colleague whom they can ask.",
            "To share knowledge",
        )],
    ),
    case(
        "purpose-too-vague",
        CHALLENGE,
        &[(
            "So that people who are new find one colleague whom they can ask.",
            "Small steps",
        )],
    ),
    case(
        "purpose-too-vague",
        CHALLENGE,
        &[(
            "So that people who are new find one colleague whom they can ask.",
            "So that people ask",
        )],
    ),
    case(
        "summary-too-long",
        CHALLENGE,
        &[(
            "One small thing after the other.",
            "One small thing after the other, and then another small thing, and then yet another one, until nobody can say any more how many small things there were, or which of them was the first, or why it all began.",
        )],
    ),
    case(
        "unknown-key",
        CHALLENGE,
        &[("count: 2", "count: 2\ncolour: red")],
    ),
    case(
        "unknown-kind",
        CHALLENGE,
        &[("kind: challenge", "kind: chalenge")],
    ),
    case(
        "empty-value",
        CHALLENGE,
        &[("title: Small steps", "title:")],
    ),
    case("wrong-value", CHALLENGE, &[("count: 2", "count: two")]),
    case(
        "wrong-value",
        CHALLENGE,
        &[("id: steps", "id: Small Steps")],
    ),
    case(
        "wrong-shape",
        CHALLENGE,
        &[("title: Small steps", "title: [Small, steps]")],
    ),
    case(
        "dated-definition",
        CHALLENGE,
        &[("count: 2", "count: 2\naudience: 2026-03-02")],
    ),
    case(
        "dated-definition",
        CHALLENGE,
        &[("count: 2", "count: 2\naudience: channel:everyone")],
    ),
    case(
        "no-do",
        CHALLENGE,
        &[("### Do\n\nLook at three groups.\n\n", "")],
    ),
    case(
        "no-share",
        CHALLENGE,
        &[("### Share\n\nWhich one did you choose?\n\n", "")],
    ),
    case(
        "no-ten-minute-version",
        CHALLENGE,
        &[("{#look minutes=5", "{#look minutes=15")],
    ),
    case(
        "missing-id",
        CHALLENGE,
        &[("{#look minutes=5", "{minutes=5")],
    ),
    case("duplicate-id", CHALLENGE, &[("{#look ", "{#hello ")]),
    case(
        "duplicate-key",
        CHALLENGE,
        &[("```yaml activity\n", "```yaml activity\nminutes: 5\n")],
    ),
    case(
        "section-as-activity",
        CHALLENGE,
        &[("### Share\n\nWhich", "## Share\n\nWhich")],
    ),
    case(
        "text-before-section",
        CHALLENGE,
        &[("### Do\n\nLook", "A word first.\n\n### Do\n\nLook")],
    ),
    case(
        "unknown-section",
        CHALLENGE,
        &[(
            "### Share\n\nWhich",
            "### Shair\n\nNo.\n\n### Share\n\nWhich",
        )],
    ),
    case(
        "duplicate-section",
        CHALLENGE,
        &[(
            "### Share\n\nWhich",
            "### Do\n\nAgain.\n\n### Share\n\nWhich",
        )],
    ),
    case(
        "empty-section",
        CHALLENGE,
        &[("### Share\n\nWhich", "### Why\n\n### Share\n\nWhich")],
    ),
    case(
        "heading-attribute",
        CHALLENGE,
        &[("{#look minutes=5", "{#look together minutes=5")],
    ),
    case(
        "heading-attribute",
        CHALLENGE,
        &[("{#look minutes=5", "{#look poster=\"a minutes=5")],
    ),
    case(
        "stray-activity-block",
        CHALLENGE,
        &[(
            "Look at three groups.",
            "Look at three groups.\n\n```yaml activity\nposter: Somebody\n```\n",
        )],
    ),
    case(
        "bad-address",
        CHALLENGE,
        &[("https://example.org/map", "example.org/map")],
    ),
    case("missing-order", FOLDER, &[("order: 1\n", "")]),
    case("order-duplicate", FOLDER, &[("order: 2", "order: 1")]),
    case("order-gap", FOLDER, &[("order: 2", "order: 3")]),
    case(
        "orphan-file",
        FOLDER,
        &[("", "-- content/lost.md --\n---\ntitle: Lost\n---\nWords.\n")],
    ),
    case(
        "duplicate-id",
        FOLDER,
        &[(
            "",
            "-- content/g.md --\n---\nkind: prompts\nid: g\ntitle: G\n---\n\n## One {#one}\n\nA?\n\n## One {#one}\n\nB?\n",
        )],
    ),
    case(
        "duplicate-id",
        FOLDER,
        &[(
            "",
            "-- content/z.md --\n---\nkind: learning-flow\nid: folder\ntitle: Ten minutes\nsummary: One small thing.\npurpose: So that people who lead a team get better at it.\nflow: news\ncadence: {every: day}\n---\n",
        )],
    ),
    case(
        "front-matter",
        FOLDER,
        &[("", "-- content/x.md --\nNo front matter.\n")],
    ),
    case(
        "front-matter",
        FOLDER,
        &[("", "-- content/x.md --\n---\nkind: challenge\n")],
    ),
    case(
        "yaml",
        FOLDER,
        &[("", "-- content/x.md --\n---\nkind: [\n---\n")],
    ),
    case(
        "yaml",
        FOLDER,
        &[("", "-- content/x.md --\n---\njust words\n---\n")],
    ),
    case("nul-byte", FOLDER, &[("Take it.", "Take\0 it.")]),
    case(
        "prompt-bank-empty",
        COMMUNITY,
        &[(
            "",
            "-- content/more.md --\n---\nkind: prompts\nid: more\ntitle: More\n---\nNothing.\n",
        )],
    ),
    case("empty-role", ROLE, &[("---\nYou walk along.", "---")]),
    case("unknown-kind", ROLE, &[("[challenge]", "[chalenge]")]),
    case(
        "missing-summary",
        ROLE,
        &[("summary: You walk along.\n", "")],
    ),
    case(
        "duplicate-id",
        ROLE,
        &[(
            "",
            "-- content/other.md --\n---\nkind: role\nid: guide\ntitle: Other\nsummary: You walk too.\n---\nToo.\n",
        )],
    ),
    case("empty-prompt", COMMUNITY, &[("What is the first?\n", "")]),
    case("missing-id", COMMUNITY, &[("{#first}", "")]),
    case("unknown-bank", COMMUNITY, &[("from: asks", "from: ask")]),
    case(
        "top-heading",
        CHALLENGE,
        &[("What it is.", "# What it is\n\nA beginning.")],
    ),
];
