//! A cadence as a definition knows it: the working week may still be open.

use super::{Cadence, Week};
use jiff::civil::Time;

/// A cadence with its hour, before a run has said what its working week is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    /// The rule.
    pub cadence: Cadence,
    /// Whether its days are the working week of whoever runs it.
    pub weekdays: bool,
    /// The hour, if the rule names one.
    pub at: Option<Time>,
}

impl Rhythm {
    /// The rule in a place with this working week.
    pub fn in_week(&self, week: Week) -> Cadence {
        let mut cadence = self.cadence.clone();
        if self.weekdays {
            match &mut cadence {
                Cadence::Daily { days, .. } | Cadence::Spread { days, .. } => *days = week,
                Cadence::Weekly { days, .. } => *days = week.days().collect(),
                _ => {}
            }
        }
        cadence
    }
}
