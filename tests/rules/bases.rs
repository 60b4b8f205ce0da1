//! Small repositories without a fault, one of each sort.

use crate::teams::{LIVE, TEAM};

/// A role guide.
pub const ROLE: &str = r#"
-- content/guide.md --
---
kind: role
id: guide
title: Guide
summary: You walk along.
ways: [challenge]
---
You walk along.
"#;

/// A challenge in one file, and a run of it.
pub const CHALLENGE: &str = r#"
-- content/c.md --
---
kind: challenge
id: steps
title: Small steps
summary: One small thing after the other.
purpose: So that people who are new find one colleague whom they can ask.
count: 2
cadence: {every: day, days: weekdays, at: "09:00"}
ramp: [look, answer, host]
milestones:
  - {id: half, after: 1, title: Half, say: Half of it is done.}
---
What it is.

## Look around {#look minutes=5 ramp=look}

### Do

Look at three groups.

### Share

Which one did you choose?

## Say hello {#hello minutes=5 ramp=answer milestone=celebration}

```yaml activity
resource:
  - {title: A map, url: https://example.org/map}
also:
  - {id: later, offset: 7d, title: A week on, prompt: What came of it?}
```

### Do

Say hello to them.

### Share

Who answered?

## A spare one {#spare spare=yes minutes=5}

### Do

Do something else.

### Share

What was it?
-- sites/s/runs/r.md --
---
id: r
programme: steps
created: 2026-01-01
starts: 2026-03-02
channels: [everyone]
---
This time.
"#;

/// A challenge in a folder.
pub const FOLDER: &str = r#"
-- content/f/index.md --
---
kind: challenge
id: folder
title: Small steps
summary: One small thing after the other.
purpose: So that people who are new find one colleague whom they can ask.
count: 2
cadence: {every: day, days: weekdays, at: "09:00"}
---
What it is.
-- content/f/a.md --
---
id: one
order: 1
title: One
minutes: 5
---
## Do

Take it.

## Share

What came of it?
-- content/f/b.md --
---
id: two
order: 2
title: Two
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
This time.
"#;

/// A community that draws from a bank.
pub const COMMUNITY: &str = r#"
-- content/community.md --
---
kind: community
id: viz
title: Data viz
summary: Charts and dashboards shown to customers.
purpose: So that people who present data stop solving the same chart problem alone.
manager: role:community-manager
deputy: role:learning-guide
rhythm:
  - {id: question, title: Question, type: prompt, from: asks, repeat: circular, every: week, days: [tue]}
  - {id: meeting, title: Meeting, type: event, every: month, on: second-thursday, length: 45m}
---
What it is.
-- content/asks.md --
---
kind: prompts
id: asks
title: Questions
---

## The first {#first}

What is the first?

## The second {#second}

What is the second?
-- sites/s/runs/r.md --
---
id: r
programme: viz
created: 2026-01-01
starts: 2026-03-02
review_by: 2026-12-01
channels: [everyone]
---
This time.
"#;

/// A rolling intake.
pub const ONBOARDING: &str = r#"
-- content/welcome.md --
---
kind: onboarding
id: welcome
title: First days
summary: Small steps from the first morning on.
purpose: So that people who start here know whom they can ask beyond their team.
intake: {every: week, days: [mon], window: 4w}
---
What it is.

## Hello {#hello offset=0wd connects=team type=meet}

### Do

Say hello.

### Share

Who answered?

## Across {#across offset=4wd connects=cross-org type=meet}

### Do

Ring another team.

### Share

Whom did you reach?
-- sites/s/runs/r.md --
---
id: r
programme: welcome
created: 2026-01-01
starts: 2026-03-02
channels: [everyone]
---
This time.
"#;

/// A class with something before and something after.
pub const CLASSROOM: &str = r#"
-- content/class.md --
---
kind: classroom
id: class
title: Hard talks
summary: A class built on your own cases.
purpose: So that people who meet angry passengers find their own first sentence.
session: {length: 60m}
during:
  - {title: Open, minutes: 50, mode: discuss}
  - {title: Frame, minutes: 10, mode: present}
---
What it is.

## Case {#case offset=-7wd minutes=10}

### Do

Choose a case.

### Share

Which one?

## Tried {#tried offset=+2wd minutes=5}

### Do

Try it.

### Share

What happened?
-- sites/s/runs/r.md --
---
id: r
programme: class
created: 2026-01-01
starts: 2026-06-10
channels: [everyone]
---
This time.
"#;

/// A season with a talk that is certain and a coffee that draws a question.
pub const NETWORK: &str = r#"
-- content/talks.md --
---
kind: network
id: talks
title: Ferry tales
summary: A colleague shows something they know well.
purpose: So that people who never share a shift hear what the others know.
slots:
  - {id: talk, title: Talk, every: month, on: second-thursday, at: "12:30", length: 45m}
mix: {employee_led: 50, departments: 1}
---
What it is.
-- sites/s/runs/season/index.md --
---
id: season
programme: talks
created: 2026-01-01
starts: 2026-06-01
ends: 2026-08-31
channels: [everyone]
---
This time.
-- sites/s/runs/season/sessions/sea.md --
---
id: sea
title: How I read the sea
summary: The sea from a spreadsheet.
led_by: employee
department: Bridge
speaker: harbour-01
consent: 2026-01-01
slot: 2026-06-11
status: confirmed
---
## About

The sea.

## Before

What do you see?
"#;

/// A flow with one pick.
pub const FLOW: &str = r#"
-- content/flow.md --
---
kind: learning-flow
id: flow
title: Ten minutes
summary: One small thing each working day.
purpose: So that people who lead a team get better at the awkward parts of it.
flow: themed
cadence: {every: day, days: weekdays, at: "08:30"}
themes:
  - {id: meetings, title: Meetings, weeks: 1}
---
What it is.
-- sites/s/runs/r.md --
---
id: r
programme: flow
created: 2026-01-01
starts: 2026-03-02
channels: [everyone]
---
This time.
-- sites/s/curation/picks/2026/one.md --
---
id: one
run: r
slot: 2026-03-10
url: https://example.org/one
title: The meeting that ended early
minutes: 6
theme: meetings
---
## Why this

It works.

## Do

Try it.

## Share

What was left over?
"#;

/// Two guided weeks.
pub const GUIDED: &str = r#"
-- content/guided.md --
---
kind: guided
id: guided
title: Learning at work
summary: Two weeks in your own time.
purpose: So that people who have no time for courses name what they learn anyway.
effort: 2h/week
weeks:
  - {id: notice, theme: Notice, say: Look around., wrap: {day: fri, say: What did you take?}}
  - {id: show, theme: Show, say: Show it.}
---
What it is.

## Introduce yourself {#introduce week=notice minutes=10 together=yes}

### Do

Say hello.

### Share

Who are you?

## Show a draft {#draft week=show minutes=10 together=yes}

### Do

Show it.

### Share

What is it?
-- sites/s/runs/r.md --
---
id: r
programme: guided
created: 2026-01-01
starts: 2026-03-02
channels: [everyone]
---
This time.
"#;

/// Offers, asks and introductions, and two cards that meet.
pub const MENTORING: &str = r#"
-- content/mentoring.md --
---
kind: mentoring
id: brain
title: Borrow a brain
summary: People say what they can be asked about.
purpose: So that people who are stuck for the first time find somebody who has been there.
modes: [one-conversation, short-project]
coordinator: role:mentoring-coordinator
consent: {statement: Your handle is shown., withdraw: Write to us.}
board: yes
introductions: {every: month, on: first-tuesday, at: "10:00", avoid_repeats: 12, odd: trio, say: Who looks for whom?}
---
What it is.

## Ask somebody {#ask offset=0wd minutes=5}

### Do

Ask.

### Share

What came back?
-- sites/s/people/harbour-01.md --
---
handle: harbour-01
consent: 2026-01-15
expires: 2026-09-01
offers: [Bids]
asks: [Workshops]
languages: [English]
zone: Europe/Lisbon
capacity: 2
link: https://network.example.org/harbour-01
---
-- sites/s/people/quay-02.md --
---
handle: quay-02
consent: 2026-01-15
expires: 2026-10-01
offers: [workshops]
---
-- sites/s/runs/r.md --
---
id: r
programme: brain
created: 2026-01-01
starts: 2026-03-02
ends: 2026-06-30
channels: [everyone]
---
This time.
"#;

/// A circle of two meetings.
pub const CIRCLE: &str = r#"
-- content/circle.md --
---
kind: mentoring
id: circle
title: Finding your people
summary: A few people meet and listen.
purpose: So that people who work alone with a question have others who know it.
modes: [circle]
coordinator: role:mentoring-coordinator
circle: {size: [3, 5], length: 60m, every: week, days: [thu], at: "12:00"}
---
What it is.

## Listen {#listen}

```yaml activity
agenda:
  - {title: Round, minutes: 20, mode: discuss, say: In turn.}
  - {title: Try, minutes: 40, mode: work}
```

### Do

Listen.

### Share

What did you hear?

## Say a goal {#goal}

### Do

Say it.

### Share

What is it?
-- sites/s/runs/r.md --
---
id: r
programme: circle
created: 2026-01-01
starts: 2026-03-02
channels: [everyone]
---
This time.
"#;

/// All of them.
pub const ALL: &[&str] = &[
    CHALLENGE, FOLDER, COMMUNITY, ONBOARDING, CLASSROOM, NETWORK, FLOW, GUIDED, MENTORING, CIRCLE,
    TEAM, LIVE,
];
