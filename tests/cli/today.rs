//! `today`: exactly what is to be done on this day, over all runs.

use super::{common, golden, library, run};
use std::path::Path;
use tempfile::TempDir;

/// Two flows with a question for every empty day, a challenge beside them, and a class in Singapore.
const LIBRARY: &str = r#"
-- content/prompts/evergreen.md --
---
kind: prompts
id: evergreen
title: Evergreen
---

## What did you learn today? {#learned}

Say it in one sentence.

## Whom did you ask today? {#asked}

Say what came of it.
-- content/flow.md --
---
kind: learning-flow
id: flow
title: Ten minutes
summary: One small thing a day.
purpose: So that people who lead a team get better at the awkward parts of it.
flow: news
cadence: {every: day, days: weekdays, at: "08:30"}
curator: role:curator
fallback: evergreen
---
What it is.
-- sites/s/runs/leads.md --
---
id: leads
programme: flow
title: Ten minutes for leads
created: 2026-02-01
starts: 2026-03-02
channels: [everyone]
roles: {curator: shore-12}
---
-- sites/s/runs/crew.md --
---
id: crew
programme: flow
title: Ten minutes for crews
created: 2026-02-01
starts: 2026-03-16
channels: [everyone]
zone: Asia/Singapore
roles: {curator: shore-16}
---
-- content/chat.md --
---
kind: live-event
id: chat
title: A chat
summary: A chat of an hour.
purpose: So that people of different shifts hear how the others hand over.
mode: chat
hashtag: chat
length: 60m
host: role:host
questions:
  - {at: 5m, ask: What does a good note say?}
  - {at: 20m, ask: Which one do you remember?}
afterwards: {summary_within: 2wd, space: stays open}
---
Come.
-- sites/s/runs/may.md --
---
id: may
programme: chat
title: Night chat
created: 2026-02-01
starts: 2026-03-18
at: "07:00"
zone: Asia/Singapore
channels: [everyone]
---
"#;

fn here() -> TempDir {
    library(&(common::SITE.to_owned() + LIBRARY))
}

fn today(dir: &Path, args: &[&str], now: &str) -> String {
    let args = [&["today"], args, &["--now", now]].concat();
    let ran = run(dir, &args).ends(0);
    assert_eq!(ran.err, "");
    ran.out
}

#[test]
fn role2_today_lists_exactly_the_duties_of_the_day() {
    let dir = here();
    let mut told = String::new();
    for (args, now) in [
        (&["--role", "curator"][..], "2026-03-17T08:00+00:00"),
        (&[], "2026-03-17T08:00:00Z"),
        (
            &["--role", "curator", "--format", "json"],
            "2026-03-21T08:00:00Z",
        ),
        (
            &["--role", "host", "--format", "json"],
            "2026-03-17T08:00:00Z",
        ),
    ] {
        let line = args.join(" ");
        let out = today(dir.path(), args, now);
        told.push_str(&format!("$ learnflow today {line} --now {now}\n{out}\n"));
    }
    golden("today.out", &told);
}

/// Tuesday 17 March: of two curators, what each flow asks for, and nothing of the host's.
#[test]
fn role2_a_role_sees_its_own_duties_over_all_runs() {
    let dir = here();
    let out = today(dir.path(), &["--role", "curator"], "2026-03-17T08:00+00:00");
    assert_eq!(
        out.matches("is in the group, or post it").count(),
        2,
        "{out}"
    );
    assert_eq!(
        out.matches("Read, keep what made you stop").count(),
        2,
        "{out}"
    );
    assert!(
        !out.contains("Host") && !out.contains("Write four or five picks"),
        "{out}"
    );
    // Half past eight in Singapore was half past midnight here, on the same day.
    assert!(
        out.contains("Ten minutes for crews (Asia/Singapore)\n\n  08:30  See"),
        "{out}"
    );
}

/// An hour belongs to the day on which the site has it: seven in Singapore on the 18th is eleven at night here.
#[test]
fn role2_the_day_is_the_sites() {
    let dir = here();
    let host = ["--role", "host"];
    let night = today(dir.path(), &host, "2026-03-17T12:00:00Z");
    assert!(
        night.contains("  07:00  Open the group a quarter of an hour early"),
        "{night}"
    );
    let day = today(dir.path(), &host, "2026-03-18T12:00:00Z");
    assert!(!day.contains("Open the group"), "{day}");
}

#[test]
fn role2_nothing_today() {
    let dir = here();
    for now in ["2026-03-21T08:00:00Z", "2030-01-01T08:00:00Z"] {
        assert_eq!(
            today(
                dir.path(),
                &["--role", "curator", "--site", "s"],
                "2026-03-21T08:00:00Z"
            ),
            "nothing today\n",
            "{now}"
        );
    }
    assert_eq!(
        today(dir.path(), &["--format", "json"], "2026-03-21T08:00:00Z"),
        "[]\n"
    );
}
