//! A season of events: what it promises about who speaks, and how people offer to.

use super::{Session, Speaker, Status};
use crate::schedule::Offset;
use std::collections::{BTreeMap, BTreeSet};

/// What the definition of a season says besides its slots.
#[derive(Debug, Clone)]
pub struct Season {
    /// What it promises about who speaks.
    pub mix: Mix,
    /// How people offer a session, if they may.
    pub call: Option<CallForSessions>,
    /// How long before its hour a session is announced.
    pub announce: Offset,
    /// What whoever speaks does or meets with, so far from the hour.
    pub speaker: Vec<(Offset, String)>,
}

/// Who is to speak.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mix {
    /// So many of a hundred sessions are led by employees.
    pub employee_led: u32,
    /// They come from so many departments.
    pub departments: u32,
}

/// A call for sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallForSessions {
    /// How one is offered.
    pub open: String,
    /// At the latest, as seen from the slot.
    pub by: Option<Offset>,
}

/// Who speaks in the sessions of a season that are certain.
#[derive(Debug, Default)]
pub struct Speaking<'a> {
    /// How many are certain.
    pub sessions: usize,
    /// How many of them are led by employees.
    pub led: usize,
    /// The departments they come from.
    pub departments: BTreeSet<&'a str>,
    /// Who speaks how often.
    pub times: BTreeMap<&'a str, u32>,
}

impl Session {
    /// Whether it takes place, or did.
    pub fn is_certain(&self) -> bool {
        matches!(self.status, Status::Confirmed | Status::Done)
    }
}

impl<'a> Speaking<'a> {
    /// Counts the sessions that are certain.
    pub fn of(sessions: &'a [Session]) -> Self {
        let mut speaking = Self::default();
        for session in sessions.iter().filter(|session| session.is_certain()) {
            speaking.sessions += 1;
            speaking.led += usize::from(session.employee_led);
            speaking.departments.extend(session.department.as_deref());
            if let Some(name) = session.speaker.as_ref().map(Speaker::name) {
                *speaking.times.entry(name).or_default() += 1;
            }
        }
        speaking
    }

    /// How many of a hundred are led by employees; nothing where none is certain.
    pub fn share(&self) -> Option<u32> {
        (self.led * 100)
            .checked_div(self.sessions)
            .map(|share| share as u32)
    }
}
