//! A small library that changes: a challenge that is run several times, a community, a welcome for newcomers and a
//! season of talks; and what people do to it in more than a year.

use super::random::Random;
use crate::common::folder;
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use learnflow::model::Folder;
use std::fmt::Write;

/// The channels of the site. Everything flows into `busy`.
pub const CHANNELS: &[&str] = &["busy", "everyone", "leads", "newcomers"];

/// The first day of the simulation.
pub const FIRST: Date = Date::constant(2026, 1, 5);

#[derive(Clone)]
struct Activity {
    id: String,
    title: String,
    words: String,
}

#[derive(Clone)]
struct Run {
    id: String,
    starts: Date,
    channels: &'static str,
}

/// Everything that people may change.
#[derive(Clone)]
pub struct Library {
    host: String,
    holidays: Vec<Date>,
    file: String,
    activities: Vec<Activity>,
    taken_out: Vec<Activity>,
    numbered: usize,
    runs: Vec<Run>,
    talks: Vec<(Date, String)>,
    decisions: Vec<String>,
}

/// What may happen, once or often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A slip in the words of any activity is mended.
    Typo,
    /// Any activity gets another title.
    Retitle,
    /// The file of the challenge is called differently.
    RenameFile,
    /// Two activities change places.
    Reorder,
    /// A day becomes a holiday: past, today or to come.
    Holiday,
    /// An activity is put in somewhere: in the middle of a run that is on, it is late.
    Insert,
    /// An activity is taken out.
    Withdraw,
    /// An activity that was taken out comes back.
    BringBack,
    /// A talk does not happen.
    CancelTalk,
    /// A talk has another day.
    MoveTalk,
    /// A talk gets another title.
    RetitleTalk,
    /// A run begins that began a day or two ago.
    JoinLate,
    /// A run begins that began weeks ago.
    JoinVeryLate,
    /// The site moves to another host.
    Move,
    /// The file of a run that is long over is cleared away.
    ClearAway,
}

/// How often each happens in a simulation, about.
pub const CHANGES: &[(Change, i64)] = &[
    (Change::Typo, 8),
    (Change::Retitle, 5),
    (Change::RenameFile, 2),
    (Change::Reorder, 4),
    (Change::Holiday, 4),
    (Change::Insert, 3),
    (Change::Withdraw, 3),
    (Change::BringBack, 2),
    (Change::CancelTalk, 2),
    (Change::MoveTalk, 2),
    (Change::RetitleTalk, 2),
    (Change::JoinLate, 1),
    (Change::JoinVeryLate, 1),
    (Change::Move, 1),
    (Change::ClearAway, 2),
];

/// The second Thursday of a month.
fn second_thursday(year: i16, month: i8) -> Date {
    let first = Date::constant(year, month, 1);
    first
        .nth_weekday_of_month(2, Weekday::Thursday)
        .expect("each month has two")
}

impl Library {
    /// As it is on the first day.
    pub fn new() -> Self {
        let activity = |n: usize| Activity {
            id: format!("a{n:02}"),
            title: format!("Try thing {n}"),
            words: format!("Do the thing with number {n}, and look what comes of it."),
        };
        let run = |id: &str, starts, channels| Run {
            id: id.to_owned(),
            starts,
            channels,
        };
        Self {
            host: "https://learn.example.org".to_owned(),
            holidays: vec![Date::constant(2026, 4, 3), Date::constant(2026, 12, 25)],
            file: "steps".to_owned(),
            activities: (1..=20).map(activity).collect(),
            taken_out: Vec::new(),
            numbered: 20,
            runs: vec![
                run("winter", Date::constant(2026, 1, 12), "busy, everyone"),
                run(
                    "spring",
                    Date::constant(2026, 4, 13),
                    "busy, everyone, leads",
                ),
                run("easter", Date::constant(2026, 4, 20), "busy"),
                run("may", Date::constant(2026, 5, 4), "busy"),
                run("autumn", Date::constant(2026, 9, 7), "busy, leads"),
            ],
            talks: (2..=12)
                .map(|month| {
                    (
                        second_thursday(2026, month),
                        format!("What month {month} brings"),
                    )
                })
                .collect(),
            decisions: Vec::new(),
        }
    }

    /// Does something to it on a day; says whether it could.
    pub fn change(&mut self, change: Change, today: Date, random: &mut Random) -> bool {
        let last = i64::try_from(self.activities.len()).expect("few") - 1;
        let any = usize::try_from(random.between(0, last)).expect("in it");
        let in_days = |low, high, random: &mut Random| {
            let span: Span = random.between(low, high).days();
            today.checked_add(span).expect("near")
        };
        let ahead: Vec<usize> = (0..self.talks.len())
            .filter(|at| self.talks[*at].0 > today)
            .filter(|at| {
                !self
                    .decisions
                    .iter()
                    .any(|d| d.contains(&self.talks[*at].0.to_string()))
            })
            .collect();
        match change {
            Change::Typo => self.activities[any].words.push_str(" Then tell somebody."),
            Change::Retitle => self.activities[any].title.push_str(", better"),
            Change::RenameFile => self.file.push('s'),
            Change::Reorder if any > 0 => self.activities.swap(any, any - 1),
            Change::Reorder => return false,
            Change::Holiday => {
                let day = in_days(-4, 20, random);
                if self.holidays.contains(&day) {
                    return false;
                }
                self.holidays.push(day);
            }
            Change::Insert => {
                self.numbered += 1;
                let n = self.numbered;
                let new = Activity {
                    id: format!("a{n:02}"),
                    title: format!("Also try thing {n}"),
                    words: format!("Somebody thought of number {n} when it was late."),
                };
                self.activities.insert(any, new);
            }
            Change::Withdraw => {
                let gone = self.activities.remove(any);
                self.taken_out.push(gone);
            }
            Change::BringBack => match self.taken_out.pop() {
                Some(back) => self.activities.insert(any, back),
                None => return false,
            },
            Change::CancelTalk | Change::MoveTalk => {
                let Some(first) = ahead.first() else {
                    return false;
                };
                let day = self.talks[*first].0;
                let action = match change {
                    Change::CancelTalk => "cancel: yes".to_owned(),
                    _ => format!("move: {}", day.checked_add(6.days()).expect("near")),
                };
                self.decisions.push(format!(
                    "{{id: talk/{day}, on: {today}, reason: The teller is at sea, {action}}}"
                ));
            }
            Change::RetitleTalk => match ahead.first() {
                Some(at) => self.talks[*at].1.push_str(", and more"),
                None => return false,
            },
            Change::JoinLate | Change::JoinVeryLate => {
                let (id, starts) = match change {
                    Change::JoinLate => ("late", in_days(-3, -1, random)),
                    _ => ("very-late", in_days(-25, -15, random)),
                };
                self.runs.push(Run {
                    id: id.to_owned(),
                    starts,
                    channels: "busy, leads",
                });
            }
            Change::ClearAway => {
                let over = |run: &Run| {
                    let days: Span = 60.days();
                    run.starts.checked_add(days).expect("near") < today
                };
                match self.runs.iter().position(over) {
                    Some(at) => drop(self.runs.remove(at)),
                    None => return false,
                }
            }
            Change::Move => self.host = "https://learning.example.com".to_owned(),
        }
        true
    }

    /// The files.
    pub fn folder(&self) -> Folder {
        let mut text = format!(
            "-- sites/s/site.yaml --\nid: s\ntitle: The site\nsummary: Where people learn together.\nbase_url: {}\nauthority: learn.example.org,2026\nzone: Europe/London\nlanguage: en-GB\nat: \"09:00\"\ncalendars: [ours]\nchannels:\n",
            self.host
        );
        for channel in CHANNELS {
            let _ = writeln!(text, "  - {{id: {channel}, title: The {channel}}}");
        }
        text.push_str("-- sites/s/calendars/ours.yaml --\ntitle: Ours\ndays:\n");
        for day in &self.holidays {
            let _ = writeln!(text, "  - {{date: {day}, name: A day off}}");
        }
        let _ = writeln!(
            text,
            "-- content/{}.md --\n---\nkind: challenge\nid: steps\ntitle: Steps\nsummary: A few small steps, one each working day, for everybody who works here.\npurpose: So that people who work here find one colleague they can ask next time.\ncount: {}\ncadence: {{every: day, days: weekdays}}\nnumbering: \"Day {{n}}\"\n---\n",
            self.file,
            self.activities.len()
        );
        for activity in &self.activities {
            let Activity { id, title, words } = activity;
            let _ = writeln!(
                text,
                "## {title} {{#{id}}}\n### Do\n{words}\n### Share\nWhat came of it?\n"
            );
        }
        for run in &self.runs {
            let Run {
                id,
                starts,
                channels,
            } = run;
            let _ = writeln!(
                text,
                "-- sites/s/runs/{id}.md --\n---\nid: {id}\nprogramme: steps\ncreated: 2026-01-01\nstarts: {starts}\nchannels: [{channels}]\n---"
            );
        }
        text.push_str(OTHERS);
        let _ = writeln!(
            text,
            "-- sites/s/runs/talks/index.md --\n---\nid: talks\nprogramme: talks\ncreated: 2026-01-01\nstarts: 2026-02-01\nends: 2026-12-31\nchannels: [busy, leads]\noverrides: [{}]\n---",
            self.decisions.join(", ")
        );
        for (day, title) in &self.talks {
            let _ = writeln!(
                text,
                "-- sites/s/runs/talks/sessions/t{day}.md --\n---\nid: t{day}\ntitle: {title}\nsummary: What a colleague knows of it, told in half an hour.\nled_by: employee\ndepartment: Bridge\nspeaker: harbour-01\nconsent: 2026-01-01\nslot: {day}\nstatus: confirmed\n---\n## About\nWhat it is.\n## Before\nWhat do you see?"
            );
        }
        folder(&text)
    }
}

const OTHERS: &str = r#"-- content/circle.md --
---
kind: community
id: circle
title: Circle
summary: One question a week for everybody who talks with customers.
purpose: So that nobody has to work out a hard answer alone any more.
manager: role:manager
deputy: role:deputy
origin: self-organised
rhythm:
  - {id: question, title: The question, type: prompt, from: bank, repeat: circular, every: week, days: [tue]}
  - {id: meeting, title: The meeting, type: event, every: month, day: 12, at: "14:00", length: 45m, on_skip: following, say: Come along.}
---
What it is.
-- content/bank.md --
---
kind: prompts
id: bank
title: The bank
summary: The questions.
---
## First question {#first}
What was first?
## Second question {#second}
What was second?
## Third question {#third}
What was third?
-- content/welcome.md --
---
kind: onboarding
id: welcome
title: First days
summary: Small steps from the first morning on.
purpose: So that people who start here know whom they can ask beyond their team.
intake: {every: 2 weeks, days: [mon], window: 56w}
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
## Show {#show offset=10wd connects=team type=try}
### Do
Show what you made.
### Share
What did you make?
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
-- sites/s/runs/circle.md --
---
id: circle
programme: circle
created: 2026-01-01
starts: 2026-01-06
review_by: 2027-12-01
channels: [busy, everyone]
---
-- sites/s/runs/welcome.md --
---
id: welcome
programme: welcome
created: 2026-01-01
starts: 2026-01-05
channels: [busy, newcomers]
---
"#;
