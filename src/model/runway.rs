//! How far ahead a rhythm is filled: what whoever fills it wants to know every week.

use jiff::civil::Date;

/// So many slots ahead are looked at.
const AHEAD: usize = 10;

/// What a slot ahead has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling {
    /// Something that was chosen for it, or that was not asked before.
    Own,
    /// What the bank gives where nobody chose, or once more.
    Bank,
    /// Nothing: nothing comes out on it.
    Nothing,
}

/// The next slots of a rhythm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runway {
    /// What the rhythm is called, where a run has several.
    pub title: Option<String>,
    /// What each of them has, the nearest first.
    pub slots: Vec<(Date, Filling)>,
}

impl Runway {
    /// Of the slots ahead of a day.
    pub fn after(
        today: Date,
        title: Option<String>,
        slots: impl IntoIterator<Item = (Date, Filling)>,
    ) -> Self {
        let ahead = slots.into_iter().filter(|(day, _)| *day > today);
        Self {
            title,
            slots: ahead.take(AHEAD).collect(),
        }
    }

    /// How many of them have this.
    pub fn count(&self, filling: Filling) -> u32 {
        let found = self.slots.iter().filter(|(_, has)| *has == filling);
        found.count() as u32
    }

    /// The first that has nothing of its own.
    pub fn ends(&self) -> Option<Date> {
        let mut bare = self.slots.iter().filter(|(_, has)| *has != Filling::Own);
        bare.next().map(|(day, _)| *day)
    }
}
