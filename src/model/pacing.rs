//! How a flow is paced: what fills its slots ahead, what it promised, and what waits.

use super::{Filling, Id, Runway};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The slots of a flow, those ahead and those of the last weeks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pacing {
    /// The slots in order.
    pub slots: Vec<PacedSlot>,
    /// What finds no slot: the pick, and why.
    pub waiting: Vec<(Id, String)>,
    /// The first slot ahead for which nothing was chosen.
    pub dry: Option<Date>,
    /// What each week was promised.
    pub promises: Vec<Promise>,
}

/// What stands in a slot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PacedSlot {
    /// The day on which it comes.
    pub date: Date,
    /// Whether it lies ahead.
    pub ahead: bool,
    /// Whether no new pick takes it any more.
    pub settled: bool,
    /// The title of its week's theme.
    pub theme: Option<String>,
    /// What it takes, as the pattern says; nothing where there is none.
    pub wants: Option<String>,
    /// What is in it.
    pub holds: Holds,
    /// Where that is from.
    pub source: Option<String>,
    /// What is done with it.
    pub format: Option<&'static str>,
    /// Whether the search was cut before it could say that there is nothing better.
    pub cut: bool,
}

/// What a slot holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Holds {
    /// A pick: its id and title.
    Pick(Id, String),
    /// A pick that was shown before.
    Again(Id, String),
    /// A question that the pattern asks for.
    Question,
    /// A look back at the week.
    Wrap,
    /// A question for want of a pick.
    Bank,
    /// Nothing.
    #[default]
    Nothing,
}

impl Holds {
    /// Whether the curator has done what there is to do.
    pub fn is_own(&self) -> bool {
        !matches!(self, Holds::Bank | Holds::Nothing)
    }

    /// The word for tools and strings.
    pub fn name(&self) -> &'static str {
        match self {
            Holds::Pick(..) => "pick",
            Holds::Again(..) => "again",
            Holds::Question => "question",
            Holds::Wrap => "wrap",
            Holds::Bank => "bank",
            Holds::Nothing => "nothing",
        }
    }
}

/// So many of something a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// `challenging_view` or `own_people`.
    pub what: &'static str,
    /// How many a week were promised.
    pub wanted: u32,
    /// How many there are, by the first day of the week.
    pub weeks: BTreeMap<Date, u32>,
}

impl Promise {
    /// The weeks that have fewer.
    pub fn missed(&self) -> impl Iterator<Item = Date> {
        let weeks = self.weeks.iter();
        weeks
            .filter(|(_, has)| **has < self.wanted)
            .map(|(week, _)| *week)
    }
}

impl Pacing {
    /// How far ahead of a day its slots are filled.
    pub fn runway(&self, today: Date) -> Runway {
        let slots = self.slots.iter().map(|slot| {
            let filling = match slot.holds {
                Holds::Nothing => Filling::Nothing,
                Holds::Bank => Filling::Bank,
                _ => Filling::Own,
            };
            (slot.date, filling)
        });
        Runway::after(today, None, slots)
    }

    /// Whether anybody has chosen anything for what lies ahead.
    pub fn is_used(&self) -> bool {
        let chosen = |slot: &PacedSlot| matches!(slot.holds, Holds::Pick(..) | Holds::Again(..));
        self.slots.iter().any(chosen) || !self.waiting.is_empty()
    }

    /// The slots ahead.
    pub fn ahead(&self) -> impl Iterator<Item = &PacedSlot> {
        self.slots.iter().filter(|slot| slot.ahead)
    }

    /// How often something stands in the slots, the most frequent first.
    pub fn often<'a>(
        &'a self,
        of: impl Fn(&'a PacedSlot) -> Option<&'a str>,
    ) -> Vec<(&'a str, u32)> {
        let mut found: BTreeMap<&str, u32> = BTreeMap::new();
        for name in self.slots.iter().filter_map(of) {
            *found.entry(name).or_default() += 1;
        }
        let mut found: Vec<(&str, u32)> = found.into_iter().collect();
        found.sort_by_key(|(name, times)| (std::cmp::Reverse(*times), *name));
        found
    }
}
