//! What lies ahead: a number, a day and an hour, and no more unless it was announced.

use super::{Identity, People, Seen, SeenRun, Spoken, diary};
use crate::model::{Event, Moment, Occurrence, PlannedRun, State};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Something that is not out yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Ahead {
    /// What may be said of it: `Day 9`, or whose it is.
    pub label: Option<String>,
    /// Its number among the steps of an intake.
    pub step: Option<u32>,
    /// Its title, once it was announced.
    pub title: Option<String>,
    /// Who speaks, once it was announced.
    pub speaker: Option<Spoken>,
    /// The page of the announcement.
    pub path: Option<String>,
    /// When.
    pub due: Timestamp,
    /// The meeting.
    pub event: Option<Event>,
    /// Why it does not happen, once it was announced.
    pub cancelled: Option<String>,
    /// Whether it belongs to something that stands in the list itself, as an activity to its week.
    pub within: bool,
    /// Whether it stands in calendars that people subscribe to.
    pub in_diary: bool,
    /// Whether feeds will bring it.
    pub comes: bool,
    /// What calendars know it by.
    pub identity: Identity,
}

/// One step of an intake.
#[derive(Debug)]
pub enum Step {
    /// It is out: the key of the item.
    Out(String),
    /// It lies ahead.
    Ahead(Box<Ahead>),
}

/// One start date of a rolling intake.
#[derive(Debug)]
pub struct Intake {
    /// The day.
    pub starts: Date,
    /// Its page below the root.
    pub path: String,
    /// The steps in order: the key of what is out, or what lies ahead.
    pub steps: Vec<Step>,
    /// Whether all of it is over.
    pub over: bool,
}

/// One of a counted series.
#[derive(Debug, Clone)]
pub struct Square {
    /// Its number.
    pub number: u32,
    /// `Day 3`.
    pub label: Arc<str>,
    /// When.
    pub due: Timestamp,
    /// How far it has come.
    pub state: SquareState,
    /// Index among the run's items, once it is out.
    pub item: Option<usize>,
}

/// How far one of a counted series has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SquareState {
    /// It lies ahead.
    Hidden,
    /// It is out, and its discussion is hosted.
    Open,
    /// It is out.
    Released,
    /// It does not happen.
    Cancelled,
}

/// What lies ahead of a run, nearest first.
pub fn ahead(run: &PlannedRun, people: People, moment: &Moment) -> Vec<Ahead> {
    let mut list: Vec<Ahead> = run
        .occurrences
        .iter()
        // People wait for an event, not for being reminded of it.
        .filter(|o| o.part_of.is_none() || o.invites.is_none())
        .filter(|o| match o.state {
            State::Planned | State::Waiting => true,
            State::Cancelled => announced(o, run) && is_ahead(o, run, moment),
            State::Empty => is_ahead(o, run, moment),
            State::Released | State::Held => false,
        })
        .map(|o| one(o, run, people, moment))
        .collect();
    list.sort_by(|a, b| (a.due, &a.label).cmp(&(b.due, &b.label)));
    list
}

/// What people were told of and does not happen, from the hour on at which it would have begun.
pub fn called_off(run: &PlannedRun, people: People, moment: &Moment) -> Vec<Ahead> {
    let off = run
        .occurrences
        .iter()
        .filter(|o| o.state == State::Cancelled && announced(o, run) && !is_ahead(o, run, moment));
    off.map(|o| one(o, run, people, moment)).collect()
}

/// How many rows of what lies ahead a short list shows of a run, and how many of them with one label.
const NEXT: usize = 6;
const ALIKE: usize = 3;

/// What lies ahead of several runs in short, nearest first.
pub fn nearest<'v>(
    runs: impl Iterator<Item = &'v SeenRun<'v>>,
) -> Vec<(&'v Ahead, &'v SeenRun<'v>)> {
    let mut ahead: Vec<_> = runs
        .flat_map(|run| {
            run.soonest()
                .into_iter()
                .map(move |at| (&run.ahead[at], run))
        })
        .collect();
    ahead.sort_by(|a, b| (a.0.due, &a.1.path, &a.0.label).cmp(&(b.0.due, &b.1.path, &b.0.label)));
    ahead
}

impl SeenRun<'_> {
    /// What lies ahead in short, by index, where a weekly row does not hide the monthly one behind it.
    pub fn soonest(&self) -> Vec<usize> {
        let mut shown: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        let mut soonest = Vec::with_capacity(NEXT);
        for (index, ahead) in self.ahead.iter().enumerate() {
            if ahead.within {
                continue;
            }
            let times = shown.entry(ahead.label.as_deref()).or_default();
            *times += 1;
            if *times <= ALIKE && soonest.len() < NEXT {
                soonest.push(index);
            }
        }
        soonest
    }

    /// What of that has a place in the calendar, by index: all of it, but of a rhythm without an end only
    /// the soonest. The far end of such a rhythm moves on with the days and not with the releases, and no
    /// page may change between two edges.
    pub fn dated(&self) -> Vec<usize> {
        match self.endless {
            true => self.soonest(),
            false => (0..self.ahead.len()).collect(),
        }
    }
}

fn is_ahead(o: &Occurrence, run: &PlannedRun, moment: &Moment) -> bool {
    !moment.passed(o.due, || {
        format!("{}: {} leaves the list of what comes", run.title, o.key())
    })
}

/// Whether an occurrence's title may be known: its announcement is out.
fn announced(occurrence: &Occurrence, run: &PlannedRun) -> bool {
    let key = occurrence.announced_by.as_ref();
    key.and_then(|key| run.occurrence(key))
        .is_some_and(|o| o.state == State::Released)
}

/// What may be said of one occurrence.
pub fn one(o: &Occurrence, run: &PlannedRun, people: People, moment: &Moment) -> Ahead {
    let announced = announced(o, run);
    let announcement = o.announced_by.as_ref().and_then(|key| run.occurrence(key));
    Ahead {
        label: o.hidden_title().map(str::to_owned),
        step: o.number.filter(|_| o.intake.is_some()),
        // What is counted keeps its number.
        title: announced.then(|| match o.number {
            Some(_) => o.title(),
            None => o.words.title.clone(),
        }),
        speaker: o
            .words
            .speaker
            .as_ref()
            .filter(|_| announced)
            .and_then(|speaker| people.speaker(speaker, moment)),
        path: announcement
            .filter(|_| announced)
            .map(|a| a.path().to_owned()),
        due: o.due,
        event: o.event,
        cancelled: o.cancelled.clone().filter(|_| announced),
        within: o.within.is_some() && o.event.is_none(),
        in_diary: diary::takes(o),
        comes: matches!(o.state, State::Planned | State::Waiting) && !o.quiet,
        identity: Identity::of(run.run, o.key()),
    }
}

/// A counted series in order; nothing for a rolling intake, which counts each start date anew.
pub fn squares(run: &PlannedRun, items: &[Seen]) -> Vec<Square> {
    let index: BTreeMap<&str, usize> = items
        .iter()
        .enumerate()
        .map(|(index, item)| (item.key(), index))
        .collect();
    let mut squares: Vec<Square> = run
        .occurrences
        .iter()
        .filter(|o| o.intake.is_none())
        .filter_map(|o| {
            let number = o.number?;
            let item = index.get(o.key()).copied();
            let state = match item {
                _ if o.cancelled.is_some() => SquareState::Cancelled,
                Some(item) if items[item].open => SquareState::Open,
                Some(_) => SquareState::Released,
                None => SquareState::Hidden,
            };
            Some(Square {
                number,
                label: o.label.clone().unwrap_or_else(|| number.to_string().into()),
                due: o.due,
                state,
                item,
            })
        })
        .collect();
    squares.sort_by_key(|square| square.number);
    squares
}

/// The start dates of a rolling intake, each with its steps.
pub fn intakes(run: &PlannedRun, people: People, moment: &Moment) -> Vec<Intake> {
    let mut days: BTreeMap<Date, Vec<&Occurrence>> = BTreeMap::new();
    for o in &run.occurrences {
        if let Some(day) = o.intake {
            days.entry(day).or_default().push(o);
        }
    }
    days.into_iter()
        .map(|(starts, steps)| {
            let ends = steps.iter().map(|o| o.closes).max();
            let over = ends.is_none_or(|at| {
                moment.passed(at, || {
                    format!("{}: the intake of {starts} is over", run.title)
                })
            });
            Intake {
                starts,
                path: format!("{}/start/{starts}/", run.run.id),
                steps: steps
                    .iter()
                    .filter(|o| !matches!(o.state, State::Held | State::Cancelled))
                    .map(|o| match o.is_released() {
                        true => Step::Out(o.key().to_owned()),
                        false => Step::Ahead(Box::new(one(o, run, people, moment))),
                    })
                    .collect(),
                over,
            }
        })
        .collect()
}
