//! What layouts see of an event: when it is, here and elsewhere, what is on, and what its host posts.

use super::When;
use serde::Serialize;

/// One line of what the host of an event posts; team tree only.
#[derive(Debug, Clone, Serialize)]
pub struct ScriptRow {
    /// `16:05` in a run, `0:05` in a definition.
    pub time: String,
    /// `Q1`, or a session's title.
    pub name: Option<String>,
    /// What is posted, ready to be copied.
    pub post: String,
    /// `148 characters`.
    pub length: String,
    /// What the host does when nobody answers.
    pub if_quiet: Option<String>,
    /// Who answers first.
    pub seed: Option<String>,
}

/// A question of an event that is over.
#[derive(Debug, Clone, Serialize)]
pub struct Asked {
    /// `Q1`, or a session's title.
    pub name: String,
    /// The question.
    pub ask: String,
}

/// The time of an event at another place.
#[derive(Debug, Clone, Serialize)]
pub struct ThereLine {
    /// `New York`.
    pub place: String,
    /// The event's start there.
    pub when: When,
}
