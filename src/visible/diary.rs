//! The calendars that people subscribe to: what the pages of the calendar show, and what was called off. A start
//! date of a rolling intake has one of its own, with its steps.

use super::{Ahead, Intake, Seen, SeenRun, Step, View, by_key};
use crate::model::{Occurrence, Plan, Run};
use crate::plan::diary_path;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use xxhash_rust::xxh3::xxh3_64;

/// A calendar, by what it is about: indexes of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Diary {
    /// Everything.
    Site,
    /// What flows into a channel.
    Channel(usize),
    /// A run.
    Run(usize),
    /// A start date of a run.
    Starters(usize, usize),
}

/// What stands in a calendar.
#[derive(Debug, Clone, Copy)]
pub enum Appointment<'v> {
    /// What is out.
    Out(&'v Seen),
    /// What lies ahead, or was called off: no more than may be said of it.
    Ahead(&'v Ahead),
    /// A start date.
    Starts(&'v Intake),
    /// What was out and was withdrawn.
    Gone(&'v Gone),
}

/// What was out, stands in people's calendars, and is there no more.
#[derive(Debug, Clone)]
pub struct Gone {
    /// Its title, as it was released.
    pub title: String,
    /// When it was due.
    pub due: Timestamp,
    /// The address of its notice.
    pub link: String,
    identity: Identity,
}

impl Gone {
    /// What was withdrawn of a run. What no feed brought stood in no calendar either.
    pub(super) fn of(plan: &Plan, run: &Run) -> Vec<Self> {
        let calls = plan.withdrawn.iter().filter_map(|call| {
            let key = call.id.strip_prefix(run.id.as_str())?.strip_prefix('/')?;
            let day = call
                .entry
                .withdrawn
                .filter(|_| call.entry.stamp.is_some())?;
            let known = Identity::of(run, key);
            Some(Self {
                title: call.entry.frozen.title.clone(),
                due: call.entry.due,
                link: call.entry.link.clone(),
                identity: Identity {
                    decided: known.decided.max(day),
                    sequence: known.sequence + 1,
                    ..known
                },
            })
        });
        calls.collect()
    }
}

/// What programs know an appointment by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// Its name for ever, which gives no word of it away: its key may hold words of what is not out, and must be
    /// the same before and after.
    pub uid: u64,
    /// When it was last decided.
    pub decided: Date,
    /// How often.
    pub sequence: u32,
}

impl Identity {
    /// Of the occurrence of this key.
    pub(super) fn of(run: &Run, key: &str) -> Self {
        let (decided, sequence) = run.decided(key);
        Self {
            uid: xxh3_64(format!("{}/{key}", run.id).as_bytes()),
            decided,
            sequence,
        }
    }
}

/// Whether something stands in a calendar. People wait for an event, not for being invited or reminded; and what no
/// feed brings, such as a look back with the manager, is for a few.
pub(super) fn takes(o: &Occurrence) -> bool {
    o.invites.is_none() && !o.quiet
}

/// How far back the calendar of a channel or the site reaches from the newest that came out: a calendar program
/// fetches all of it every few hours. A run's has everything.
const REACH: SignedDuration = SignedDuration::from_hours(400 * 24);

impl Diary {
    /// Every calendar of a site.
    pub fn all(view: &View) -> Vec<Diary> {
        let mut all = vec![Diary::Site];
        all.extend((0..view.channels.len()).map(Diary::Channel));
        for (run, seen) in view.runs.iter().enumerate() {
            all.push(Diary::Run(run));
            all.extend((0..seen.intakes.len()).map(|intake| Diary::Starters(run, intake)));
        }
        all
    }

    /// Its file below the site's root.
    pub fn path(self, view: &View) -> String {
        diary_path(match self {
            Diary::Site => "",
            Diary::Channel(index) => &view.channels[index].path,
            Diary::Run(index) => &view.runs[index].path,
            Diary::Starters(run, intake) => &view.runs[run].intakes[intake].path,
        })
    }

    /// What stands in it, a run after the other.
    pub fn appointments<'v>(self, view: &'v View) -> Vec<(&'v SeenRun<'v>, Appointment<'v>)> {
        let runs: Vec<&SeenRun> = match self {
            Diary::Site => view.runs.iter().collect(),
            Diary::Channel(index) => {
                let runs = view.channels[index].runs.iter();
                runs.map(|run| &view.runs[*run]).collect()
            }
            Diary::Run(index) => return view.runs[index].in_diary(),
            Diary::Starters(run, intake) => {
                let run = &view.runs[run];
                return run.steps_in_diary(&run.intakes[intake]);
            }
        };
        let released = runs.iter().flat_map(|run| &run.items);
        let newest = released.map(|item| item.due).max();
        let from = newest.map(|newest| newest - REACH);
        let mut all: Vec<_> = runs.iter().flat_map(|run| run.in_diary()).collect();
        all.retain(|(run, what)| from.is_none_or(|from| what.begins(run) >= from));
        all
    }
}

impl Appointment<'_> {
    /// When it begins.
    fn begins(&self, run: &SeenRun) -> Timestamp {
        match self {
            Appointment::Out(seen) => seen.event.map_or(seen.due, |event| event.starts),
            Appointment::Ahead(ahead) => ahead.due,
            Appointment::Starts(intake) => super::calendar::midnight(intake.starts, run),
            Appointment::Gone(gone) => gone.due,
        }
    }

    /// What programs know it by.
    pub fn identity(&self, run: &SeenRun) -> Identity {
        match self {
            Appointment::Out(seen) => Identity::of(run.run, seen.key()),
            Appointment::Ahead(ahead) => ahead.identity,
            Appointment::Starts(intake) => {
                Identity::of(run.run, &format!("start/{}", intake.starts))
            }
            Appointment::Gone(gone) => gone.identity,
        }
    }
}

impl<'a> SeenRun<'a> {
    /// Everything of it that has a day.
    fn in_diary(&self) -> Vec<(&SeenRun<'a>, Appointment<'_>)> {
        let mut all: Vec<Appointment> = Vec::new();
        if self.intakes.is_empty() {
            let items = self.items.iter().filter(|item| item.in_diary);
            all.extend(items.map(Appointment::Out));
            let ahead = self.dated().into_iter().map(|index| &self.ahead[index]);
            let ahead = ahead.chain(&self.called_off).filter(|a| a.in_diary);
            all.extend(ahead.map(Appointment::Ahead));
            all.extend(self.gone.iter().map(Appointment::Gone));
        }
        all.extend(self.intakes.iter().map(Appointment::Starts));
        all.into_iter().map(|what| (self, what)).collect()
    }

    fn steps_in_diary<'v>(&'v self, intake: &'v Intake) -> Vec<(&'v SeenRun<'a>, Appointment<'v>)> {
        let known = by_key(self);
        let steps = intake.steps.iter().filter_map(|step| match step {
            Step::Out(key) => known.get(key.as_str()).map(|seen| Appointment::Out(seen)),
            Step::Ahead(ahead) => Some(Appointment::Ahead(ahead)),
        });
        steps.map(|what| (self, what)).collect()
    }
}
