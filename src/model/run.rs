//! A run: one dated delivery of one programme, for one group.

use super::{Elsewhere, Fact, Id, Markdown, Part, Shared, Speaker};
use crate::document::Source;
use crate::schedule::{Calendar, OnSkip, Rhythm};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// What was done to one occurrence by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// It happens at another time.
    Move(Date, Option<Time>),
    /// It does not happen.
    Cancel,
    /// It waits, until this day or until the override is changed.
    Hold(Option<Date>),
    /// Other words stand in its place.
    Replace(Id),
    /// Nothing else happens; whoever was invited is told the reason.
    Tell,
    /// A spare activity happens besides.
    Insert(Id, Date, Option<Time>),
    /// What is out is published anew, with the words that it has now.
    Republish,
}

/// A decision about one occurrence, with its day and its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The occurrence: the last part of its GUID.
    pub key: String,
    /// When it was decided.
    pub on: Date,
    /// Why.
    pub reason: String,
    /// What.
    pub action: Action,
    /// Where it stands in the run's file.
    pub at: Range<usize>,
}

/// How far a session of a network has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Proposed; for the team alone.
    Idea,
    /// Somebody will hold it; not yet announced.
    Agreed,
    /// It is certain, and may be announced.
    Confirmed,
    /// It took place.
    Done,
    /// It will not take place.
    Cancelled,
}

/// One talk, demo or clinic of a network's season.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its id, unique within the run.
    pub id: Id,
    /// Its title, public from the announcement on.
    pub title: String,
    /// One or two sentences, public from the announcement on.
    pub summary: String,
    /// Who speaks, public from the announcement on.
    pub speaker: Option<Speaker>,
    /// Where the value of `speaker` stands, if there is one.
    pub speaker_at: Range<usize>,
    /// When the speaker agreed to be named.
    pub consent: Option<Date>,
    /// Whether an employee leads it (else learning and development).
    pub employee_led: bool,
    /// The speaker's department.
    pub department: Option<String>,
    /// The nominal day of its slot.
    pub slot: Option<Date>,
    /// How far it has come.
    pub status: Status,
    /// Its sections.
    pub parts: Shared<Part>,
    /// Keys that pages list.
    pub facts: Vec<Fact>,
    /// Its file.
    pub origin: Arc<Source>,
}

/// One delivery.
#[derive(Debug, Clone)]
pub struct Run {
    /// The id that stands in every GUID.
    pub id: Id,
    /// The programme that is delivered.
    pub programme: Id,
    /// Its own title, else the programme's.
    pub title: Option<String>,
    /// When it was set up: the stamp of what is generated about the run itself.
    pub created: Date,
    /// The first day.
    pub starts: Date,
    /// The last day, if there is one.
    pub ends: Option<Date>,
    /// The hour of release.
    pub at: Option<Time>,
    /// IANA name of the zone.
    pub zone_name: String,
    /// The zone.
    pub zone: TimeZone,
    /// Zones in which its events are told besides, else the site's.
    pub zones: Option<Vec<Elsewhere>>,
    /// Working week, holidays and blackouts.
    pub calendar: Calendar,
    /// Its own cadence, else the programme's.
    pub cadence: Option<Rhythm>,
    /// Its own rule for blackouts, else the kind's.
    pub on_skip: Option<OnSkip>,
    /// The channels it flows into.
    pub channels: Vec<Id>,
    /// Whom it is for; a label, never a list of members.
    pub cohort: Option<String>,
    /// Its hashtag, without the sign.
    pub hashtag: Option<String>,
    /// Who has which role here: role to handle, and where the role stands; for the team alone.
    pub roles: BTreeMap<String, (Id, Range<usize>)>,
    /// The day by which somebody asks whether it should go on.
    pub review_by: Option<Date>,
    /// Decisions about single occurrences, in the order of their days.
    pub overrides: Vec<Override>,
    /// Sessions of a network.
    pub sessions: Vec<Session>,
    /// BCP 47 tag of the language it speaks, if that is not the site's.
    pub language: Option<String>,
    /// A draft stands in the team tree alone.
    pub draft: bool,
    /// What is particular about this delivery.
    pub body: Markdown,
    /// What came of it, for the pages that look back.
    pub notes: Option<Markdown>,
    /// Keys that pages list.
    pub facts: Vec<Fact>,
    /// Its file.
    pub origin: Arc<Source>,
    /// Where the value of `programme` stands, and of `cadence` or the file's first key.
    pub programme_at: Range<usize>,
}

impl Run {
    /// The language it speaks: its own, else the site's.
    pub fn language<'a>(&'a self, site: &'a super::Site) -> &'a str {
        self.language.as_deref().unwrap_or(&site.language)
    }

    /// When each decision to publish this occurrence anew takes hold: at the beginning of its day.
    pub fn republished(&self, key: &str) -> impl Iterator<Item = Timestamp> {
        let decisions = self
            .overrides
            .iter()
            .filter(move |decision| decision.key == key && decision.action == Action::Republish);
        decisions.filter_map(|decision| {
            let begins = decision.on.to_zoned_datetime(self.zone.clone());
            begins.ok().map(|begins| begins.timestamp())
        })
    }

    /// When the occurrence of this key was last decided, and how often.
    pub fn decided(&self, key: &str) -> (Date, u32) {
        let decisions = self.overrides.iter().filter(|o| o.key == key);
        let count = u32::try_from(decisions.clone().count()).unwrap_or(u32::MAX);
        let last = decisions.map(|o| o.on).max();
        (last.map_or(self.created, |on| on.max(self.created)), count)
    }
}
