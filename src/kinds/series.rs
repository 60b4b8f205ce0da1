//! A counted series: every activity gets a slot of the cadence. Shared by the kinds that are series.

use crate::model::{Activity, Ground};
use crate::schedule::{Cadence, Frame, OnSkip, Rhythm, Slot};
use jiff::civil::Date;

/// The cadence's slots from the first day on: as many as wanted, or fewer where the run ends.
pub fn base_slots(
    rhythm: &Rhythm,
    ground: &Ground,
    wanted: usize,
    after: Option<Date>,
) -> Vec<Slot> {
    let cadence = rhythm.in_week(ground.run.calendar.week);
    let explicit = matches!(cadence, Cadence::Dates(_) | Cadence::Spread { .. });
    let monthly = matches!(
        cadence,
        Cadence::MonthlyNth { .. } | Cadence::MonthlyDay { .. }
    );
    let own = if monthly {
        Some(OnSkip::Following)
    } else if explicit {
        Some(OnSkip::Keep)
    } else {
        None
    };
    let frame = Frame {
        starts: ground.run.starts,
        until: ground.run.ends.unwrap_or(Date::constant(9000, 1, 1)),
        calendar: &ground.run.calendar,
        on_skip: ground.on_skip(own),
    };
    let asked = match after {
        // The slots before `after` are counted too; a day has at most one.
        Some(after) => wanted + 1 + (after - ground.run.starts).get_days().max(0) as usize,
        None => wanted,
    };
    let mut slots = cadence.slots(&frame, Some(asked)).slots;
    if let Some(after) = after {
        slots.retain(|slot| slot.date > after);
    }
    slots.truncate(wanted);
    slots
}

/// Gives every activity its slot. Without releases that is one slot each, in order. What is released
/// keeps the day it had; the rest takes the slots after it, except that an activity somebody held,
/// moved or cancelled keeps its own slot, so that nothing else is renumbered.
pub fn place(rhythm: &Rhythm, ground: &Ground, counted: &[&Activity]) -> Vec<(usize, Slot)> {
    let base = base_slots(rhythm, ground, counted.len(), None);
    let by_hand = |activity: &Activity| ground.run.overrides.iter().any(|o| o.key == *activity.id);
    let released = |index: usize| -> Option<Slot> {
        let activity = counted[index];
        let day = *ground.pinned.days.get(&*activity.id)?;
        let own = base.get(index).filter(|_| by_hand(activity));
        Some(own.cloned().unwrap_or(Slot {
            nominal: day,
            date: day,
            time: None,
            why: None,
        }))
    };
    let last = (0..counted.len())
        .filter_map(released)
        .map(|slot| slot.date)
        .max();
    let Some(last) = last.filter(|_| !matches!(rhythm.cadence, Cadence::Spread { .. })) else {
        return base.into_iter().enumerate().collect();
    };
    let mut free = base_slots(rhythm, ground, counted.len(), Some(last)).into_iter();
    (0..counted.len())
        .filter_map(|index| {
            let own = base
                .get(index)
                .filter(|slot| by_hand(counted[index]) && slot.date <= last);
            let slot = released(index).or(own.cloned()).or_else(|| free.next())?;
            Some((index, slot))
        })
        .collect()
}
