//! A duty: what somebody who has a role does for a run on a day, perhaps with a post that is ready to be
//! pasted. Each kind has a table of chores; a run's dates turn them into duties.

use super::{Card, Id, Occurrence, PlannedRun, Programme, Run, Site, State, Strings};
use crate::schedule::Offset;
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

/// Who does something: the key of the definition that names the role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// The key: `guide`.
    pub key: &'static str,
    /// The role where the definition names none; nobody where it is a helper's.
    pub usual: Option<&'static str>,
}

/// To what in a run a chore is tied.
#[derive(Debug, Clone, Copy)]
pub enum Anchor {
    /// Each occurrence of a sort.
    Each(fn(&Occurrence) -> bool),
    /// A day in each week in which something comes out.
    Weekly(Weekday),
    /// The first working day of each month in which something comes out.
    Monthly,
    /// The run's first day.
    Starts,
    /// The day of the last occurrence, where there is a last one.
    Ends,
    /// The run's day of review.
    Review,
    /// The day from which each card should be renewed.
    Card,
}

/// What is handed out with a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// Nothing.
    Nothing,
    /// The post, ready to be pasted.
    Post,
    /// The way to the post, for somebody else to look at.
    WayToPost,
    /// What to post where nobody answers.
    IfQuiet,
    /// What is posted or done at which minute.
    Minutes,
    /// What to say when the event is over.
    After,
    /// The list under a key of the definition.
    List(&'static str),
}

/// A row of a kind's table: what whoever has a seat does, and how far from what.
#[derive(Debug, Clone, Copy)]
pub struct Chore {
    /// Its name: `duty_<name>` among the interface words, and part of a UID. Two rows of one name and anchor are one
    /// duty of two roles.
    pub name: &'static str,
    /// Whose it is.
    pub seat: Seat,
    /// What it is tied to.
    pub anchor: Anchor,
    /// So many working days after the anchor's day, or before it.
    pub days: i32,
    /// At the hour at which the occurrence is due; else at any time of the day.
    pub at_the_hour: bool,
    /// How long it takes. An event takes as long as it is.
    pub minutes: u32,
    /// What is handed out with it.
    pub gives: Gives,
}

/// What is to be done.
#[derive(Debug, Clone, Copy)]
pub enum Task<'a> {
    /// A row of the kind's table.
    Chore(&'static Chore),
    /// A line of the definition's own timeline.
    Line(Offset, &'a str),
}

/// What a duty is about.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    /// One occurrence.
    Occurrence(&'a Occurrence),
    /// The week that begins on this day.
    Week(Date),
    /// The month of this day.
    Month(Date),
    /// The run as a whole.
    Run,
    /// Somebody's card.
    Card(&'a Card),
}

/// One dated duty.
#[derive(Debug, Clone, Copy)]
pub struct Duty<'a> {
    /// What is to be done.
    pub task: Task<'a>,
    /// What it is about.
    pub about: About<'a>,
    /// The role that does it.
    pub role: &'a str,
    /// The day, in the run's zone.
    pub day: Date,
    /// The instant, if it has an hour.
    pub at: Option<Timestamp>,
}

impl<'a> Duty<'a> {
    /// The name of what is done: `post`, or a line's distance.
    pub fn name(&self) -> String {
        match self.task {
            Task::Chore(chore) => chore.name.to_owned(),
            Task::Line(offset, _) => format!("timeline{offset}"),
        }
    }

    /// The name of what it is about, as in its UID.
    pub fn key(&self) -> String {
        match self.about {
            About::Occurrence(o) => o.key().to_owned(),
            About::Week(day) => format!("week/{day}"),
            About::Month(day) => format!("month/{}", day.strftime("%Y-%m")),
            About::Run => "run".to_owned(),
            About::Card(card) => format!("card/{}", card.handle),
        }
    }

    /// Whether both are the same thing to do, whoever does it.
    pub fn is_same(&self, other: &Duty) -> bool {
        self.name() == other.name() && self.key() == other.key()
    }

    /// The UID of its event in calendars: whoever has it in two calendars has one event.
    pub fn uid(&self, run: &Run, site: &Site) -> String {
        let (key, name) = (self.key(), self.name());
        format!(
            "{key}.{name}.{}.{}@{}",
            run.id, site.id, site.authority.host
        )
    }

    /// What is to be done, as a sentence without a full stop.
    pub fn what(&self, run: &Run, words: &Strings) -> String {
        let chore = match self.task {
            Task::Chore(chore) => chore,
            Task::Line(_, task) => {
                return match self.occurrence().map(Occurrence::title) {
                    Some(title) => words.say("duty_timeline", &[("title", &title), ("task", task)]),
                    None => task.to_owned(),
                };
            }
        };
        let (title, day) = match self.about {
            About::Occurrence(o) => (o.title(), words.day(o.local.date())),
            About::Card(card) => (card.handle.to_string(), words.day(card.expires)),
            About::Week(day) | About::Month(day) => (String::new(), words.day(day)),
            About::Run => (String::new(), words.day(run.starts)),
        };
        let whom = self.fact("poster").unwrap_or_default();
        words.say(
            &format!("duty_{}", chore.name),
            &[("title", &title), ("day", &day), ("whom", &whom)],
        )
    }

    /// The day on the clock of a zone: its hour's there, or its own where it has none.
    pub fn day_in(&self, zone: &TimeZone) -> Date {
        let there = self.at.map(|at| at.to_zoned_datetime(zone.clone()).date());
        there.unwrap_or(self.day)
    }

    /// The entries of the list of the definition that is handed out with it.
    pub fn list(&self, programme: &Programme) -> Vec<String> {
        let Gives::List(key) = self.gives() else {
            return Vec::new();
        };
        let fact = programme.facts.iter().find(|fact| fact.key == key);
        fact.map(|fact| fact.value.entries()).unwrap_or_default()
    }

    /// What to post where nobody answers.
    pub fn if_quiet(&self) -> Option<String> {
        self.fact("if_quiet")
            .filter(|_| self.gives() == Gives::IfQuiet)
    }

    /// The occurrence it is about.
    pub fn occurrence(&self) -> Option<&'a Occurrence> {
        match self.about {
            About::Occurrence(o) => Some(o),
            _ => None,
        }
    }

    /// What is handed out with it.
    pub fn gives(&self) -> Gives {
        match self.task {
            Task::Chore(chore) => chore.gives,
            Task::Line(..) => Gives::Nothing,
        }
    }

    /// How many minutes it takes.
    pub fn minutes(&self) -> Option<u32> {
        let Task::Chore(chore) = self.task else {
            return None;
        };
        let event = self.occurrence().and_then(|o| o.event);
        match event.filter(|_| chore.at_the_hour && chore.days == 0) {
            Some(event) => u32::try_from(event.starts.duration_until(event.ends).as_mins()).ok(),
            None => Some(chore.minutes),
        }
    }

    /// Whether what it is about does not take place.
    pub fn is_off(&self) -> bool {
        self.occurrence()
            .is_some_and(|o| o.cancelled.is_some() || o.state == State::Cancelled)
    }

    /// Whether it is what happens then and there, and not something around it: of what is called off this line is
    /// enough.
    pub fn is_main(&self) -> bool {
        let invites = self.occurrence().is_some_and(|o| o.invites.is_some());
        match self.task {
            Task::Chore(chore) => chore.at_the_hour && chore.days == 0 && !invites,
            Task::Line(..) => false,
        }
    }

    /// The words under one of the occurrence's keys.
    pub fn fact(&self, key: &str) -> Option<String> {
        let facts = self.occurrence()?.words.every_fact();
        let fact = facts.iter().find(|fact| fact.key == key)?;
        Some(fact.value.flat()).filter(|words| !words.is_empty())
    }

    /// When what it is about was last decided, and how often.
    pub fn decided(&self, run: &Run) -> (Date, u32) {
        let key = self.occurrence().map(Occurrence::key);
        key.map_or((run.created, 0), |key| run.decided(key))
    }
}

impl PlannedRun<'_> {
    /// Who has a role in this run.
    pub fn handle(&self, role: &str) -> Option<&Id> {
        self.run.roles.get(role).map(|(handle, _)| handle)
    }
}
