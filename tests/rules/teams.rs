//! What a team playbook and a live event refuse, and what they warn of.

use crate::{Case, case};

pub const CASES: &[Case] = &[
    // Team playbook.
    case(
        "missing-work-outcome",
        TEAM,
        &[("work_outcomes: [Notes that every shift can read]\n", "")],
    ),
    case(
        "practice-without-outcome",
        TEAM,
        &[("moves: Notes that every shift can read\n", "")],
    ),
    case(
        "practice-without-outcome",
        TEAM,
        &[("moves: Notes that", "moves: Note that")],
    ),
    case("no-manager", TEAM, &[("manager: role:team-manager\n", "")]),
    case("no-review", TEAM, &[(" review=yes", "")]),
    case(
        "practice-or-step",
        TEAM,
        &[("{#begin offset=0wd", "{#begin")],
    ),
    case(
        "practice-or-step",
        TEAM,
        &[("{#monday minutes=5}", "{#monday offset=0wd minutes=5}")],
    ),
    case(
        "practice-or-step",
        TEAM,
        &[("{#monday minutes=5}", "{#monday review=yes minutes=5}")],
    ),
    case(
        "too-many-practices",
        TEAM,
        &[("authority:", "rules: {practices: 0}\nauthority:")],
    ),
    // Live event.
    case("missing-key", LIVE, &[("mode: chat\n", "")]),
    case("missing-key", LIVE, &[("length: 30m\n", "")]),
    case("missing-key", LIVE, &[("space: stays open", "")]),
    case("missing-key", LIVE, &[("mode: chat", "mode: backchannel")]),
    case(
        "missing-key",
        LIVE,
        &[(
            "{at: 5m, ask: What was first?}",
            "{at: 5m}\n  - {at: 6m, ask: What was first?}",
        )],
    ),
    case("missing-key", LIVE, &[("{at: 15m, ask", "{ask")]),
    case(
        "missing-title",
        LIVE,
        &[(
            "afterwards:",
            "sessions: [{at: 0m, length: 5m, ask: What is on?}]\nafterwards:",
        )],
    ),
    case(
        "missing-key",
        LIVE,
        &[(
            "afterwards:",
            "sessions: [{at: 0m, length: 5m, title: One}]\nafterwards:",
        )],
    ),
    case("wrong-value", LIVE, &[("at: 15m", "at: 1wd")]),
    case("wrong-value", LIVE, &[("[-10wd, -1wd]", "[-10wd, 1wd]")]),
    case("wrong-value", LIVE, &[("[-10wd, -1wd]", "[-10wd, soon]")]),
    case(
        "wrong-value",
        LIVE,
        &[("hashtag: chat", "hashtag: \"#chat\"")],
    ),
    case(
        "no-afterwards",
        LIVE,
        &[("afterwards: {summary_within: 2wd, space: stays open}\n", "")],
    ),
    case("question-times", LIVE, &[("at: 15m", "at: 5m")]),
    case("question-times", LIVE, &[("at: 15m", "at: 31m")]),
    case(
        "question-times",
        LIVE,
        &[(
            "afterwards:",
            "sessions: [{at: 20m, length: 15m, title: One, ask: What is on?}]\nafterwards:",
        )],
    ),
    case(
        "question-count",
        LIVE,
        &[("ask: What was second?", "say: What was second?")],
    ),
    case(
        "question-count",
        LIVE,
        &[("authority:", "rules: {question_minutes: 20}\nauthority:")],
    ),
    case(
        "question-order",
        LIVE,
        &[("at: 15m, ask", "at: 15m, q: 3, ask")],
    ),
    case(
        "closed-question",
        LIVE,
        &[("What was second?", "Is there a second?")],
    ),
    case("hashtag-missing", LIVE, &[("hashtag: chat\n", "")]),
    case(
        "hashtag-clash",
        LIVE,
        &[(
            "",
            "-- sites/s/runs/again.md --\n---\nid: again\nprogramme: chat\ntitle: Again\ncreated: 2026-01-01\nstarts: 2026-05-14\nchannels: [everyone]\n---\n",
        )],
    ),
    case(
        "minute-release",
        LIVE,
        &[
            ("authority:", "build_every: 1h\nauthority:"),
            ("[-10wd, -1wd]", "[-10wd, -30m]"),
        ],
    ),
    case(
        "event-on-holiday",
        LIVE,
        &[("starts: 2026-05-14", "starts: 2026-05-25")],
    ),
    case(
        "no-notes",
        LIVE,
        &[("starts: 2026-05-14", "starts: 2026-02-24")],
    ),
    // Zones.
    case(
        "missing-key",
        LIVE,
        &[("authority:", "zones: [{name: Pune}]\nauthority:")],
    ),
    case(
        "unknown-zone",
        LIVE,
        &[("starts:", "zones: [{zone: Asia/Pune}]\nstarts:")],
    ),
];

/// A team with a step, a routine and a review.
pub const TEAM: &str = r#"
-- content/team.md --
---
kind: team-playbook
id: team
title: Hand-overs people can read
summary: A routine and a review.
purpose: So that nobody on the next shift has to ask the same question again.
work_outcomes: [Notes that every shift can read]
manager: role:team-manager
---
What it is.

## Begin {#begin offset=0wd minutes=5}

### Do

Begin.

### Share

What is missing?

## Monday {#monday minutes=5}

```yaml activity
moves: Notes that every shift can read
cadence: {every: week, days: [mon], at: "09:15"}
```

### Do

Write three lines.

### Share

What are you working on?

## Review {#review offset=4w review=yes minutes=5}

### Do

Look back.

### Share

What has changed?
-- sites/s/runs/r.md --
---
id: r
programme: team
created: 2026-01-01
starts: 2026-03-02
ends: 2026-03-29
channels: [everyone]
---
This time.
"#;

/// A chat of two questions.
pub const LIVE: &str = r#"
-- content/chat.md --
---
kind: live-event
id: chat
title: What makes a good hand-over?
summary: Two questions in half an hour.
purpose: So that people of different shifts hear how the others hand over.
mode: chat
hashtag: chat
length: 30m
announce: [-10wd, -1wd]
questions:
  - {at: 0m, say: Welcome.}
  - {at: 5m, ask: What was first?}
  - {at: 15m, ask: What was second?}
afterwards: {summary_within: 2wd, space: stays open}
---
What it is.
-- sites/s/runs/r.md --
---
id: r
programme: chat
created: 2026-01-01
starts: 2026-05-14
channels: [everyone]
---
This time.
"#;
