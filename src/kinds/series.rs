//! A counted series: every activity gets a slot of the cadence. Shared by the kinds that are series.

use crate::model::Ground;
use crate::schedule::{Cadence, Frame, OnSkip, Rhythm, Slot};
use jiff::civil::Date;

/// The cadence's slots from the first day on: as many as wanted, or fewer where the run ends.
pub fn base_slots(rhythm: &Rhythm, ground: &Ground, wanted: usize) -> Vec<Slot> {
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
    cadence.slots(&frame, Some(wanted)).slots
}

/// The slots after those of a day that are taken: several may share a day, of which some still wait.
fn free_slots(
    rhythm: &Rhythm,
    ground: &Ground,
    wanted: usize,
    last: Date,
    taken: usize,
) -> Vec<Slot> {
    let days = (last - ground.run.starts).get_days().max(0) as usize;
    // A cadence has at most one slot a day; written dates may have more, and are few.
    let mut slots = base_slots(rhythm, ground, 2 * wanted + 1 + days);
    slots.retain(|slot| slot.date >= last);
    let same_day = slots.iter().filter(|slot| slot.date == last).count();
    slots.drain(..taken.min(same_day));
    slots.truncate(wanted);
    slots
}

/// The slots of a rhythm that draws, one occurrence each: what is out on the day on which it came out,
/// then the slots after it, and those before it that somebody decided about by hand.
pub fn with_released(id: &str, slots: &[Slot], ground: &Ground) -> Vec<Slot> {
    let released = ground.pinned.nominals(id);
    let last = released.last().copied();
    let key = |nominal: Date| format!("{id}/{nominal}");
    let by_hand = |nominal: Date| ground.run.overrides.iter().any(|o| o.key == key(nominal));
    let out = released.iter().map(|nominal| {
        let day = ground.pinned.days[&key(*nominal)];
        let as_planned = slots
            .iter()
            .find(|slot| slot.nominal == *nominal)
            .filter(|slot| slot.date == day || by_hand(*nominal));
        as_planned.cloned().unwrap_or(Slot {
            nominal: *nominal,
            date: day,
            time: None,
            why: None,
        })
    });
    let open = slots.iter().filter(|slot| {
        !released.contains(&slot.nominal)
            && (last.is_none_or(|last| slot.nominal > last) || by_hand(slot.nominal))
    });
    let mut all: Vec<Slot> = out.chain(open.cloned()).collect();
    all.sort_by_key(|slot| slot.nominal);
    all
}

/// What a blackout does to a beat of a rhythm: it is left out, but a month is too long to wait for the next.
pub fn beat_rule(rhythm: &Rhythm, own: Option<OnSkip>, ground: &Ground) -> OnSkip {
    let usual = match rhythm.cadence {
        Cadence::MonthlyNth { .. } | Cadence::MonthlyDay { .. } => OnSkip::Following,
        _ => OnSkip::Drop,
    };
    own.or(ground.run.on_skip).unwrap_or(usual)
}

/// Gives every occurrence of a series, by its key, its slot. Without releases that is one slot each, in
/// order. What is released keeps the day it had; the rest takes the slots after it, except that what
/// somebody held, moved or cancelled keeps its own slot, so that nothing else is renumbered.
pub fn place(rhythm: &Rhythm, ground: &Ground, counted: &[&str]) -> Vec<(usize, Slot)> {
    let base = base_slots(rhythm, ground, counted.len());
    let by_hand = |key: &str| ground.run.overrides.iter().any(|o| o.key == key);
    let released = |index: usize| -> Option<Slot> {
        let key = counted[index];
        let day = *ground.pinned.days.get(key)?;
        let own = base
            .get(index)
            .filter(|slot| slot.date == day || by_hand(key));
        Some(own.cloned().unwrap_or(Slot {
            nominal: day,
            date: day,
            time: None,
            why: None,
        }))
    };
    // What somebody moved says nothing of how far the series has come.
    let last = (0..counted.len())
        .filter(|index| !by_hand(counted[*index]))
        .filter_map(released)
        .map(|slot| slot.date)
        .max();
    let Some(last) = last.filter(|_| !matches!(rhythm.cadence, Cadence::Spread { .. })) else {
        return base.into_iter().enumerate().collect();
    };
    let kept: Vec<Option<Slot>> = (0..counted.len())
        .map(|index| {
            let own = base
                .get(index)
                .filter(|slot| by_hand(counted[index]) && slot.date <= last);
            released(index).or(own.cloned())
        })
        .collect();
    let taken = kept.iter().flatten().filter(|slot| slot.date == last);
    let mut free = free_slots(rhythm, ground, counted.len(), last, taken.count());
    for ahead in kept.iter().flatten().filter(|slot| slot.date > last) {
        if let Some(at) = free.iter().position(|slot| slot == ahead) {
            free.remove(at);
        }
    }
    let mut free = free.into_iter();
    kept.into_iter()
        .enumerate()
        .filter_map(|(index, slot)| Some((index, slot.or_else(|| free.next())?)))
        .collect()
}
