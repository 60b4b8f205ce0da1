//! What Markdown is told: links, images, HTML and footnotes of a page that somebody sees.

use crate::bases::CHALLENGE;
use crate::{Case, case};

/// The words on the run's page.
const HERE: &str = "This time.";

pub const CASES: &[Case] = &[
    case("broken-link", CHALLENGE, &[(HERE, "[This]() time.")]),
    case(
        "broken-link",
        CHALLENGE,
        &[(HERE, "[This](../../../content/nowhere.md) time.")],
    ),
    case("link-unreleased", FOLDER_LINK, &[]),
    case(
        "unsafe-link",
        CHALLENGE,
        &[(HERE, "[This](javascript:alert) time.")],
    ),
    case(
        "image-without-alt",
        CHALLENGE,
        &[
            (HERE, "![](ferry.png)"),
            ("", "-- sites/s/runs/ferry.png --\npng\n"),
        ],
    ),
    case(
        "foreign-image",
        CHALLENGE,
        &[(HERE, "![A ferry](https://example.org/ferry.png)")],
    ),
    case(
        "html-removed",
        CHALLENGE,
        &[(HERE, "<script>no</script> time.")],
    ),
    case("html-unclosed", CHALLENGE, &[(HERE, "<s>This time.")]),
    case(
        "footnote-twice",
        CHALLENGE,
        &[(HERE, "This[^1] time.\n\n[^1]: One.\n\n[^1]: Two.")],
    ),
    case(
        "footnote-unused",
        CHALLENGE,
        &[(HERE, "This time.\n\n[^1]: One.")],
    ),
    case(
        "too-deep",
        CHALLENGE,
        &[(
            HERE,
            ">>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>> deep",
        )],
    ),
];

/// A run's page that leads to an activity which is not out.
const FOLDER_LINK: &str = r"
-- content/f/index.md --
---
kind: challenge
id: folder
title: Small steps
summary: One small thing after the other.
purpose: So that people who are new find one colleague whom they can ask.
count: 1
cadence: {every: day, days: weekdays}
---
What it is.
-- content/f/a.md --
---
id: one
order: 1
title: One
minutes: 5
milestone: celebration
---
## Do

Take it.

## Share

What came of it?
-- sites/s/runs/r.md --
---
id: r
programme: folder
created: 2026-01-01
starts: 2026-03-02
channels: [everyone]
---
It begins with [this](../../../content/f/a.md).
";
