//! A call for sessions: how one is offered, and for which dates. What is an idea or agreed is not settled, and whether
//! there is any is nobody's business; so a date stays on the list until its session is certain.

use super::SeenRun;
use crate::model::{Aside, Event, Moment, Occurrence, PlannedRun, State};
use crate::schedule::{OnSkip, instant};
use jiff::ToSpan;
use jiff::civil::{Date, Time};

/// A run's call for sessions.
#[derive(Debug)]
pub struct OpenCall<'a> {
    /// How one is offered.
    pub how: &'a str,
    /// The dates for which one may still be, nearest first.
    pub free: Vec<Free>,
}

/// A date for which nothing is settled.
#[derive(Debug)]
pub struct Free {
    /// The name of the slot.
    pub nominal: Date,
    /// What takes place on it.
    pub label: Option<String>,
    /// When.
    pub event: Event,
    /// The last day on which a session may be offered, if the call names one.
    pub until: Option<Date>,
}

impl SeenRun<'_> {
    /// The pages that it has besides its own.
    pub fn asides(&self) -> impl Iterator<Item = Aside> {
        let all = self.kind.asides.iter().copied();
        all.filter(|aside| *aside != Aside::Propose || self.call.is_some())
    }
}

/// The call of a run, if it has one.
pub fn call<'a>(planned: &PlannedRun<'a>, moment: &Moment) -> Option<OpenCall<'a>> {
    let call = planned.programme.design.season()?.call.as_ref()?;
    let empty = planned.occurrences.iter();
    let empty = empty.filter(|o| o.state == State::Empty);
    let free = empty.filter_map(|o| {
        let run = planned.run;
        let until = call.by.map(|by| {
            let (_, day, _) = by.date(o.local.date(), &run.calendar, OnSkip::Preceding);
            day
        });
        let closes = until.map(|day| {
            let next = day.saturating_add(1.day());
            instant(next, Time::midnight(), &run.zone).0
        });
        let closes = closes.map_or(o.due, |closes| closes.min(o.due));
        let closed = moment.passed(closes, || closing(planned, o));
        let event = o.event.filter(|_| !closed)?;
        Some(Free {
            nominal: o.nominal,
            label: o.label.as_deref().map(str::to_owned),
            event,
            until,
        })
    });
    Some(OpenCall {
        how: &call.open,
        free: free.collect(),
    })
}

fn closing(planned: &PlannedRun, o: &Occurrence) -> String {
    format!("{}: the call for {} closes", planned.title, o.key())
}
