//! Beside the corridor: which pick a flow shows in which slot. Slots, picks and rules go in; what fills each slot,
//! and why a pick waits, come out.
//!
//! A slot is settled some working days before it comes, with the picks that were there by then. So what fills it
//! depends on them alone, and never on today: nothing is stored, and a pick that comes later finds it as it is.

mod search;
mod wait;

use jiff::civil::Date;
use std::collections::BTreeMap;

pub use wait::Why;

/// What may be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item<'a> {
    /// Its id: what decides where nothing else does.
    pub id: &'a str,
    /// Where it is from.
    pub source: Option<&'a str>,
    /// What is done with it: read, watch …
    pub format: Option<&'a str>,
    /// The theme it belongs to; one without fits every theme.
    pub theme: Option<&'a str>,
    /// It asks the group.
    pub asks: bool,
    /// It argues against what people believe.
    pub challenges: bool,
    /// Our own people speak in it.
    pub own: bool,
    /// The day that somebody gave it.
    pub slot: Option<Date>,
    /// Since when it is there; one that does not say was always there.
    pub picked_on: Option<Date>,
    /// The first day on which it may be shown.
    pub not_before: Option<Date>,
    /// The first day on which it may not be shown any more.
    pub expires: Option<Date>,
    /// Somebody decided about it by hand: it keeps a slot that has passed without it.
    pub by_hand: bool,
    /// It is out, and took no slot of these.
    pub gone: bool,
}

/// What a slot takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wants<'a> {
    /// Everything.
    #[default]
    Any,
    /// What has one of these formats.
    Formats(&'a [&'a str]),
    /// What asks the group.
    Question,
    /// Nothing: it is made of what came before.
    Nothing,
}

/// What is known of a slot that is over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Came {
    /// It lies ahead, or nothing of it is out.
    #[default]
    NotYet,
    /// This came out in it.
    Item(usize),
    /// Something else did.
    Other,
    /// What comes after it is out, and it was passed by.
    Silent,
}

/// A time at which one thing is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot<'a> {
    /// Its day in the cadence.
    pub nominal: Date,
    /// The day on which it comes.
    pub date: Date,
    /// With the beginning of this day it is settled.
    pub settled: Date,
    /// The first day of its week.
    pub week: Date,
    /// The theme of that week.
    pub theme: Option<&'a str>,
    /// What it takes.
    pub wants: Wants<'a>,
    /// What came out in it.
    pub came: Came,
}

/// What holds for all slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Of so many slots in a row at most one has the same source.
    pub source_gap: usize,
    /// Of so many slots in a row at most one has the same format.
    pub format_gap: usize,
    /// So many a week that argue against what people believe.
    pub challenging: u32,
    /// So many a week of our own people.
    pub own: u32,
    /// What was shown may come again, where nothing new fits.
    pub repeats: bool,
    /// The newest goes first, and not the one that has waited longest.
    pub newest_first: bool,
    /// After so many tries for one slot the best that was found holds.
    pub steps: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            source_gap: 1,
            format_gap: 1,
            challenging: 0,
            own: 0,
            repeats: false,
            newest_first: false,
            steps: STEPS,
        }
    }
}

/// Enough to look at every order of what is worth trying in a window of ten slots, and over in a moment.
pub const STEPS: u32 = 20_000;

/// So many slots ahead are looked at to settle one: two weeks of working days.
const WINDOW: usize = 10;

/// What fills a slot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filled {
    /// What is shown in it.
    pub item: Option<usize>,
    /// What was to be shown in it when it was settled: another, if somebody gave its day to a pick later on.
    pub before: Option<usize>,
    /// The day on which that happened.
    pub changed: Option<Date>,
    /// Whether it was shown before.
    pub again: bool,
    /// Whether the search ended before it could say that there is nothing better.
    pub cut: bool,
}

impl Filled {
    /// What was to be shown in it, as far as was known before a day.
    fn known(&self, day: Date) -> Option<usize> {
        match self.changed {
            Some(changed) if changed >= day => self.before,
            _ => self.item,
        }
    }
}

/// What fills the slots, and what waits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paced {
    /// For each slot what fills it.
    pub slots: Vec<Filled>,
    /// What finds no slot among these, and why.
    pub waiting: Vec<(usize, Why)>,
    /// What somebody gave a day that lies too near to another's, which one that is, and what they share.
    pub clashes: Vec<(usize, usize, Why)>,
}

/// Fills the slots, one after the other.
pub fn fill(slots: &[Slot], items: &[Item], rules: &Rules) -> Paced {
    let dated = items.iter().enumerate();
    let dated: BTreeMap<Date, usize> = dated
        .filter_map(|(at, item)| Some((item.slot?, at)))
        .collect();
    let by_hand = items.iter().any(|item| item.by_hand);
    let mut filled: Vec<Filled> = Vec::with_capacity(slots.len());
    for (at, slot) in slots.iter().enumerate() {
        let find = |filled: &[Filled]| search::settle(at, slots, items, &dated, filled, rules);
        let given = dated.get(&slot.nominal).copied();
        let shown = match slot.came {
            Came::Item(item) => Some(item),
            Came::NotYet => given,
            Came::Other | Came::Silent => None,
        };
        let late = |item: usize| items[item].picked_on.filter(|day| *day >= slot.settled);
        let mut own = match (slot.came, shown) {
            (_, Some(item)) if given == Some(item) && late(item).is_some() => {
                let before = find(&filled);
                Filled {
                    item: Some(item),
                    before: before.item,
                    changed: late(item),
                    ..Filled::default()
                }
            }
            (Came::Silent, _) if by_hand => {
                let found = find(&filled);
                match found.item.is_some_and(|item| items[item].by_hand) {
                    true => found,
                    false => Filled::default(),
                }
            }
            (Came::NotYet, None) => find(&filled),
            (_, item) => Filled {
                item,
                ..Filled::default()
            },
        };
        own.again = own.item.is_some_and(|item| {
            let mut earlier = filled.iter();
            earlier.any(|filled| filled.item == Some(item))
        });
        filled.push(own);
    }
    Paced {
        waiting: wait::waiting(slots, items, &filled, rules),
        clashes: clashes(slots, items, &filled, rules),
        slots: filled,
    }
}

/// What stands too near to what came before it: only a day that somebody gave by hand brings that about.
fn clashes(
    slots: &[Slot],
    items: &[Item],
    filled: &[Filled],
    rules: &Rules,
) -> Vec<(usize, usize, Why)> {
    let far = rules.source_gap.max(rules.format_gap);
    let mut clashes = Vec::new();
    for (at, slot) in slots.iter().enumerate() {
        let Some(item) = filled[at].item.filter(|_| slot.came == Came::NotYet) else {
            continue;
        };
        let before = (1..far).filter_map(|apart| Some((apart, at.checked_sub(apart)?)));
        let shown = before.filter_map(|(apart, other)| Some((apart, filled[other].item?)));
        let near = shown.filter_map(|(apart, other)| {
            let why = too_near(&items[item], &items[other], apart, rules)?;
            Some((item, other, why))
        });
        clashes.extend(near);
    }
    clashes
}

/// Whether an item may stand in a slot, whatever stands around it.
fn fits(item: &Item, slot: &Slot) -> bool {
    in_time(item, slot) && in_theme(item, slot) && wanted(item, slot)
}

fn in_time(item: &Item, slot: &Slot) -> bool {
    item.not_before.is_none_or(|first| first <= slot.date)
        && item.expires.is_none_or(|end| slot.date < end)
        && item.picked_on.is_none_or(|day| day < slot.settled)
}

fn in_theme(item: &Item, slot: &Slot) -> bool {
    item.theme.is_none() || slot.theme.is_none() || item.theme == slot.theme
}

fn wanted(item: &Item, slot: &Slot) -> bool {
    match slot.wants {
        Wants::Any => true,
        Wants::Formats(formats) => item.format.is_some_and(|format| formats.contains(&format)),
        Wants::Question => item.asks,
        Wants::Nothing => false,
    }
}

/// Whether two items stand too near to each other, so many slots apart.
fn too_near(a: &Item, b: &Item, apart: usize, rules: &Rules) -> Option<Why> {
    let same = |a: Option<&str>, b: Option<&str>| a.is_some() && a == b;
    if apart < rules.source_gap && same(a.source, b.source) {
        return Some(Why::Source);
    }
    (apart < rules.format_gap && same(a.format, b.format)).then_some(Why::Format)
}
