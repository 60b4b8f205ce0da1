//! The parts of a run that an opening begins: what belongs to each, and which one is on.

use super::{Ahead, Seen, Stage};
use crate::model::{Occurrence, PlannedRun, State};
use std::collections::BTreeMap;

/// Tells every opening that is out what belongs to it: the keys of what is out, in the order in which it
/// is to be done, and what comes later.
pub fn gather(run: &PlannedRun, items: &mut [Seen], one: &dyn Fn(&Occurrence) -> Ahead) {
    let mut members: BTreeMap<&str, Vec<&Occurrence>> = BTreeMap::new();
    for o in &run.occurrences {
        if let Some(opening) = &o.within {
            members.entry(opening).or_default().push(o);
        }
    }
    for item in items.iter_mut().filter(|item| item.opens) {
        let Some(mut members) = members.remove(item.key()) else {
            continue;
        };
        // The author's order among what comes out together; what is no activity stands behind.
        let place = |o: &Occurrence| {
            let activities = &run.programme.activities;
            activities
                .iter()
                .position(|activity| *activity.id == *o.drawn)
        };
        members.sort_by_key(|o| (o.due, place(o).unwrap_or(usize::MAX)));
        let out = members.iter().filter(|o| o.is_released());
        item.besides.gathers = out.map(|o| o.key().to_owned()).collect();
        let later = members
            .iter()
            .filter(|o| matches!(o.state, State::Planned | State::Waiting));
        item.besides.later = later.map(|o| one(o)).collect();
    }
}

/// The opening of the part that is on: the newest that is out, as long as the run is on.
pub fn current(items: &[Seen], stage: Stage) -> Option<usize> {
    let opened = |item: &Seen| item.opens && item.cancelled.is_none();
    items
        .iter()
        .rposition(opened)
        .filter(|_| stage == Stage::Running)
}
