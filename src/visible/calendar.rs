//! The months of a site: what came out and what lies ahead, by civil day. Made once a site.
//!
//! A rolling intake has its start dates here and its steps on their pages. Of a rhythm without an end
//! stands what the pages list as next.

use super::{SeenRun, View};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One month that has something in it.
#[derive(Debug)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// What is on each day, in the order of the hours; days without anything are left out.
    pub days: BTreeMap<Date, Vec<Dated>>,
}

/// Something on a day.
#[derive(Debug)]
pub struct Dated {
    /// Index of its run.
    pub run: usize,
    /// What it is.
    pub what: Mark,
    at: Timestamp,
}

/// What stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// An item that is out: its index in the run.
    Out(usize),
    /// What lies ahead: its index in the run's list of that.
    Ahead(usize),
    /// A start date of a rolling intake: its index in the run.
    Starts(usize),
}

/// The months of some runs, in order.
pub fn months(runs: &[SeenRun]) -> Vec<Month> {
    let mut months: BTreeMap<Date, BTreeMap<Date, Vec<Dated>>> = BTreeMap::new();
    for (run, seen) in runs.iter().enumerate() {
        for (day, at, what) in marks(seen) {
            let days = months.entry(day.first_of_month()).or_default();
            let dated = Dated { run, what, at };
            days.entry(day).or_default().push(dated);
        }
    }
    let in_order = |(first, mut days): (Date, BTreeMap<Date, Vec<Dated>>)| {
        for dated in days.values_mut() {
            dated.sort_by_key(|dated| (dated.at, dated.run, dated.what));
            dated.shrink_to_fit();
        }
        Month { first, days }
    };
    months.into_iter().map(in_order).collect()
}

/// Everything of a run that has a day.
fn marks(run: &SeenRun) -> Vec<(Date, Timestamp, Mark)> {
    let on = |at: Timestamp, what: Mark| (run.day(at), at, what);
    let mut marks: Vec<_> = Vec::new();
    if run.intakes.is_empty() {
        let items = run.items.iter().enumerate();
        marks.extend(items.map(|(index, item)| {
            let starts = item.event.map_or(item.due, |event| event.starts);
            on(starts, Mark::Out(index))
        }));
        let ahead = run.dated().into_iter();
        marks.extend(ahead.map(|index| on(run.ahead[index].due, Mark::Ahead(index))));
    }
    let starts = run.intakes.iter().enumerate();
    marks.extend(starts.map(|(index, intake)| {
        let at = midnight(intake.starts, run);
        (intake.starts, at, Mark::Starts(index))
    }));
    marks
}

pub(super) fn midnight(day: Date, run: &SeenRun) -> Timestamp {
    let zoned = day.at(0, 0, 0, 0).to_zoned_datetime(run.zone.0.clone());
    zoned.map_or(Timestamp::MIN, |zoned| zoned.timestamp())
}

/// The month to begin with: that of the newest item, else the first one ahead.
pub fn current(view: &View) -> Option<usize> {
    let newest = |(index, month): (usize, &Month)| {
        let all = month.days.values().flatten();
        let out = all.filter_map(|dated| out_since(dated, &view.runs[dated.run]));
        Some((out.max()?, index))
    };
    let months = || view.months.iter().enumerate();
    let current = months().filter_map(newest).max().map(|(_, index)| index);
    current.or(months().next().map(|(index, _)| index))
}

/// Since when something is out.
fn out_since(dated: &Dated, run: &SeenRun) -> Option<Timestamp> {
    match dated.what {
        Mark::Out(item) => Some(run.items[item].due),
        Mark::Starts(intake) => (run.intakes[intake].released() > 0).then_some(dated.at),
        Mark::Ahead(_) => None,
    }
}
