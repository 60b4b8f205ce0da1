//! Why a pick finds no slot.

use super::{Came, Filled, Item, Rules, Slot, fits, in_theme, in_time, too_near, wanted};

/// Why a pick waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It expires before its turn would come.
    Expires,
    /// Its first day lies further ahead than the slots.
    NotBefore,
    /// No slot that it could take has its theme.
    Theme,
    /// No slot that it could take wants its format.
    Wants,
    /// Something from its source is too near to each slot that is free.
    Source,
    /// Something of its format is too near to each slot that is free.
    Format,
    /// Others have all the slots that it could take.
    Others,
}

impl Why {
    /// The word for tools and strings.
    pub fn name(self) -> &'static str {
        match self {
            Why::Expires => "expires",
            Why::NotBefore => "not_before",
            Why::Theme => "theme",
            Why::Wants => "wants",
            Why::Source => "source",
            Why::Format => "format",
            Why::Others => "others",
        }
    }
}

/// What waits, in the order of the items, and why.
pub fn waiting(
    slots: &[Slot],
    items: &[Item],
    filled: &[Filled],
    rules: &Rules,
) -> Vec<(usize, Why)> {
    let shown = |at: usize| {
        let mut here = filled.iter();
        here.any(|filled| filled.item == Some(at))
    };
    let waits = |at: &usize| {
        let item = &items[*at];
        item.slot.is_none() && !item.gone && !shown(*at)
    };
    let all = (0..items.len()).filter(waits);
    all.map(|at| (at, why(&items[at], slots, items, filled, rules)))
        .collect()
}

fn why(item: &Item, slots: &[Slot], items: &[Item], filled: &[Filled], rules: &Rules) -> Why {
    let ahead = slots.iter().enumerate();
    let ahead: Vec<(usize, &Slot)> = ahead
        .filter(|(_, slot)| slot.came == Came::NotYet)
        .collect();
    let some = |holds: &dyn Fn(&Slot) -> bool| ahead.iter().any(|(_, slot)| holds(slot));
    if !some(&|slot| in_time(item, slot)) {
        return match item.expires {
            Some(_) => Why::Expires,
            None => Why::NotBefore,
        };
    }
    if !some(&|slot| in_time(item, slot) && in_theme(item, slot)) {
        return match item.expires {
            Some(_) if some(&|slot| in_theme(item, slot)) => Why::Expires,
            _ => Why::Theme,
        };
    }
    if !some(&|slot| in_time(item, slot) && in_theme(item, slot) && wanted(item, slot)) {
        return match item.expires {
            Some(_) if some(&|slot| in_theme(item, slot) && wanted(item, slot)) => Why::Expires,
            _ => Why::Wants,
        };
    }
    let free = ahead
        .iter()
        .filter(|(at, slot)| filled[*at].item.is_none() && fits(item, slot));
    let near = free.filter_map(|(at, _)| {
        let far = rules.source_gap.max(rules.format_gap);
        let from = at.saturating_sub(far);
        let around = filled.iter().enumerate().skip(from).take(2 * far + 1);
        let mut others = around.filter_map(|(other, filled)| Some((other, filled.item?)));
        others.find_map(|(other, shown)| too_near(item, &items[shown], at.abs_diff(other), rules))
    });
    near.min().unwrap_or(Why::Others)
}
