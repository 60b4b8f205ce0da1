//! What is out, by month and by kind. Made once a site; the pages of the archive pick from it.
//!
//! A rolling intake would fill every month with the same steps once for each start date, so what is out
//! of one start date is one row, which leads to that date's page.

use super::{SeenRun, Step};
use crate::model::Kind;
use jiff::Timestamp;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// All that is out.
#[derive(Debug, Default)]
pub struct Archive {
    /// By the first day of its month, newest first.
    pub months: Vec<(Date, Vec<Out>)>,
    /// By kind, in the order of their names: every kind that has a run.
    pub kinds: Vec<OfKind>,
    /// How many rows each run has, in the order of the runs.
    pub counts: Vec<usize>,
}

/// What came out of the runs of a kind.
#[derive(Debug)]
pub struct OfKind {
    /// The kind.
    pub kind: &'static Kind,
    /// The newest rows, newest first: all of them stand on the pages of runs and months.
    pub newest: Vec<Out>,
    /// How many rows there are.
    pub count: usize,
}

/// How many rows the page of a kind shows.
const NEWEST: usize = 100;

/// One row of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Out {
    /// The day in the run's zone; of a start date, the day of its newest step.
    pub day: Date,
    /// Index of its run.
    pub run: usize,
    /// What came out.
    pub what: What,
    due: Timestamp,
}

/// What came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// An item: its index in the run.
    Item(usize),
    /// Steps of a start date: its index in the run, and how many.
    Steps(usize, usize),
}

/// Puts what is out in order.
pub fn archive(runs: &[SeenRun]) -> Archive {
    let mut months: BTreeMap<Reverse<Date>, Vec<Out>> = BTreeMap::new();
    let mut kinds: BTreeMap<&str, OfKind> = BTreeMap::new();
    let mut counts = Vec::with_capacity(runs.len());
    for (index, run) in runs.iter().enumerate() {
        for row in rows(index, run, Date::first_of_month) {
            let month = row.day.first_of_month();
            months.entry(Reverse(month)).or_default().push(row);
        }
        let whole = rows(index, run, |_| Date::ZERO);
        counts.push(whole.len());
        let of_kind = kinds.entry(run.kind.name).or_insert(OfKind {
            kind: run.kind,
            newest: Vec::new(),
            count: 0,
        });
        of_kind.count += whole.len();
        of_kind.newest.extend(whole);
        newest_first(&mut of_kind.newest);
        of_kind.newest.truncate(NEWEST);
    }
    let in_order = |(month, mut rows): (Reverse<Date>, Vec<Out>)| {
        newest_first(&mut rows);
        rows.shrink_to_fit();
        (month.0, rows)
    };
    Archive {
        months: months.into_iter().map(in_order).collect(),
        kinds: kinds.into_values().collect(),
        counts,
    }
}

impl Out {
    /// The row of an item that is out.
    pub fn item(index: usize, run: &SeenRun, item: usize) -> Self {
        let due = run.items[item].due;
        Out {
            day: run.day(due),
            run: index,
            what: What::Item(item),
            due,
        }
    }
}

fn newest_first(rows: &mut [Out]) {
    rows.sort_by_key(|row| (Reverse(row.due), row.run, Reverse(row.what.index())));
}

/// The rows of a run; steps of one start date are one row for each of the spans that `span` tells apart.
fn rows(index: usize, run: &SeenRun, span: impl Fn(Date) -> Date) -> Vec<Out> {
    let mut rows = Vec::with_capacity(run.items.len());
    let mut steps: BTreeMap<(Date, Date), (Date, Timestamp, usize)> = BTreeMap::new();
    for (item, seen) in run.items.iter().enumerate() {
        let day = run.day(seen.due);
        match seen.intake {
            Some(starts) => {
                let newest = steps.entry((starts, span(day)));
                let (last, due, count) = newest.or_insert((day, seen.due, 0));
                (*last, *due) = (day.max(*last), seen.due.max(*due));
                *count += 1;
            }
            None => rows.push(Out::item(index, run, item)),
        }
    }
    for (intake, start) in run.intakes.iter().enumerate() {
        let of = (start.starts, Date::MIN)..=(start.starts, Date::MAX);
        rows.extend(steps.range(of).map(|(_, (day, due, count))| Out {
            day: *day,
            run: index,
            what: What::Steps(intake, *count),
            due: *due,
        }));
    }
    rows
}

impl What {
    fn index(self) -> usize {
        match self {
            What::Item(index) | What::Steps(index, _) => index,
        }
    }
}

impl SeenRun<'_> {
    /// The civil day of an instant in the run's zone.
    pub fn day(&self, at: Timestamp) -> Date {
        at.to_zoned_datetime(self.zone.0.clone()).date()
    }
}

impl super::Intake {
    /// How many of its steps are out.
    pub fn released(&self) -> usize {
        let out = |step: &&Step| matches!(step, Step::Out(_));
        self.steps.iter().filter(out).count()
    }
}
