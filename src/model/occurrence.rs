//! An occurrence: run × activity, with its instant, its address and its state. Computed, never
//! written by hand; once released, held by the ledger.

use super::{Blank, Entry, Id, Ledger, Pacing, Rare, Run, Runway, Site, Texts};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use std::ops::Deref;
use std::sync::Arc;

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Speaker {
    /// As they wish to be called.
    Named(String),
    /// Somebody with a card, by its handle: shown while the card is valid.
    Card(Id),
}

impl Speaker {
    /// What stands before a handle.
    pub const CARD: &'static str = "person:";

    /// The name or the handle.
    pub fn name(&self) -> &str {
        match self {
            Speaker::Named(name) => name,
            Speaker::Card(handle) => handle,
        }
    }
}

/// A timed meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// When it begins.
    pub starts: Timestamp,
    /// When it ends.
    pub ends: Timestamp,
}

/// What was moved by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// When that was decided.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// How far an occurrence has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Its instant lies ahead.
    Planned,
    /// Its instant has passed; it waits so that no reader is flooded.
    Waiting,
    /// Its page and its entry exist.
    Released,
    /// It will not happen; said before its release.
    Cancelled,
    /// It waits for a decision.
    Held,
    /// Nobody fills it yet.
    Empty,
}

impl State {
    /// The word for tools and layouts.
    pub fn name(&self) -> &'static str {
        match self {
            State::Planned => "planned",
            State::Waiting => "waiting",
            State::Released => "released",
            State::Cancelled => "cancelled",
            State::Held => "held",
            State::Empty => "empty",
        }
    }

    /// Whether there is a page of it, or will be.
    pub fn has_page(&self) -> bool {
        !matches!(self, State::Cancelled | State::Held | State::Empty)
    }
}

/// What an occurrence is called: its key, its name in the ledger, and its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    path: Arc<str>,
    /// How long the run's id is.
    run: u8,
}

impl Name {
    /// Of the page of an occurrence, which is `<run>/<key>/`.
    pub fn new(run: &Id, path: String) -> Self {
        Self {
            path: path.into(),
            run: run.len() as u8,
        }
    }

    /// The last part of its GUID.
    pub fn key(&self) -> &str {
        &self.id()[usize::from(self.run) + 1..]
    }

    /// `<run>/<key>`: its name in the ledger.
    pub fn id(&self) -> &str {
        &self.path[..self.path.len() - 1]
    }

    /// Its page below the site's root, ends with `/`.
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// One dated occurrence.
#[derive(Debug, Clone)]
pub struct Occurrence {
    /// What it is called.
    pub name: Name,
    /// The day before skips and overrides.
    pub nominal: Date,
    /// Day and hour in the run's zone.
    pub local: DateTime,
    /// The instant.
    pub due: Timestamp,
    /// What supplies its words.
    pub drawn: Arc<str>,
    /// Its words, shared with the activity that supplies them and with what is seen of it.
    pub words: Texts,
    /// `Day 3`.
    pub label: Option<Arc<str>>,
    /// Its place in a counted series.
    pub number: Option<u32>,
    /// The end of the hosted discussion (exclusive).
    pub closes: Timestamp,
    /// It has a page and no entry in feeds.
    pub quiet: bool,
    /// It opens a part of its run: a week, or the time after the last one.
    pub opens: bool,
    /// How far it has come.
    pub state: State,
    /// The rest.
    pub particulars: Rare<Particulars>,
}

/// What only some occurrences have. Each reads it like its own fields; most have none of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Particulars {
    /// The meeting, if it is one.
    pub event: Option<Event>,
    /// The key of the occurrence that announces it.
    pub announced_by: Option<String>,
    /// When it leaves the current lists.
    pub expires: Option<Timestamp>,
    /// What the calendar moved, and why.
    pub why: Option<String>,
    /// What people moved, and why.
    pub moved: Vec<Moved>,
    /// Why it is cancelled.
    pub cancelled: Option<String>,
    /// Why it is held.
    pub held: Option<String>,
    /// The start day of its intake.
    pub intake: Option<Date>,
    /// The key of the event it announces.
    pub invites: Option<String>,
    /// BCP 47 tag of the language it is written in, if that is not the site's.
    pub language: Option<String>,
    /// The key of the occurrence it belongs to, such as the opening of its week: it closes with that one.
    pub within: Option<String>,
    /// The key of the event without which it does not happen.
    pub part_of: Option<String>,
}

impl Blank for Particulars {
    fn blank() -> &'static Self {
        static BLANK: Particulars = Particulars {
            event: None,
            announced_by: None,
            expires: None,
            why: None,
            moved: Vec::new(),
            cancelled: None,
            held: None,
            intake: None,
            invites: None,
            language: None,
            within: None,
            part_of: None,
        };
        &BLANK
    }
}

impl Deref for Occurrence {
    type Target = Particulars;

    fn deref(&self) -> &Particulars {
        &self.particulars
    }
}

impl Occurrence {
    /// The last part of its GUID.
    pub fn key(&self) -> &str {
        self.name.key()
    }

    /// `<run>/<key>`: its name in the ledger.
    pub fn id(&self) -> &str {
        self.name.id()
    }

    /// Its page below the site's root, ends with `/`.
    pub fn path(&self) -> &str {
        self.name.path()
    }

    /// BCP 47 tag of the language it is written in.
    pub fn language<'a>(&'a self, site: &'a Site) -> &'a str {
        self.language.as_deref().unwrap_or(&site.language)
    }

    /// The full title: `Day 3: Say hello`.
    pub fn title(&self) -> String {
        self.words.under(self.label.as_deref())
    }

    /// What may be said before its release: its number, else what it is.
    pub fn hidden_title(&self) -> Option<&str> {
        self.label.as_deref()
    }

    /// Whether its page exists.
    pub fn is_released(&self) -> bool {
        self.state == State::Released
    }
}

/// One run with its occurrences in the order of their instants.
#[derive(Debug, Clone)]
pub struct PlannedRun<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its programme.
    pub programme: &'a super::Programme,
    /// Its title.
    pub title: String,
    /// Everything that happens, in order.
    pub occurrences: Vec<Occurrence>,
    /// The shortest nominal gap between two occurrences, in days.
    pub gap_days: Option<u16>,
    /// What the calendar dropped: day and reason.
    pub dropped: Vec<(Date, String)>,
    /// How far ahead its rhythms are filled.
    pub runways: Vec<Runway>,
    /// What fills its slots, if they are filled with what was picked.
    pub pacing: Option<Pacing>,
}

impl<'a> PlannedRun<'a> {
    /// Its hashtag: its own, else that of its programme.
    pub fn hashtag(&self) -> Option<&'a str> {
        let own = self.run.hashtag.as_deref();
        own.or(self.programme.design.hashtag())
    }

    /// The occurrence of this key.
    pub fn occurrence(&self, key: &str) -> Option<&Occurrence> {
        self.occurrences.iter().find(|o| o.key() == key)
    }
}

/// Why something out is no longer there.
#[derive(Debug, Clone)]
pub struct Call {
    /// The name in the ledger.
    pub id: String,
    /// The entry.
    pub entry: Arc<Entry>,
}

/// A site's plan at a moment, and the ledger as it is after it.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// The runs, in the order of their ids.
    pub runs: Vec<PlannedRun<'a>>,
    /// What is released now.
    pub ledger: Ledger,
    /// How many were released now.
    pub released: usize,
    /// What is in the ledger and no longer in the plan.
    pub withdrawn: Vec<Call>,
    /// Where the site's runs and banks stand.
    pub site: Id,
}
