//! The week that is on.

use super::{Coming, Item};
use serde::Serialize;

/// The part of a run that is on, on the run's page.
#[derive(Debug, Clone, Serialize)]
pub struct WeekPart {
    /// What opened it.
    pub opening: Item,
    /// Whether it is one of the counted weeks, not the time after the last.
    pub counted: bool,
    /// What it says, when no activity of it is to be done; HTML.
    pub words: String,
    /// What to do first, once it is out.
    pub first: Option<Item>,
    /// What else of it is out.
    pub items: Vec<Item>,
    /// When the rest of it comes.
    pub later: Vec<Coming>,
    /// The openings of the weeks before, newest first.
    pub earlier: Vec<Item>,
}
