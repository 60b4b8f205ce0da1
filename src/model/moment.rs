//! The moment of a build. Pages never read the clock: they ask whether an instant has passed, and
//! every instant that was asked about and still lies ahead is an edge at which the output changes.
//! So the next change is known without a second set of rules that could disagree with the first.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::cell::{Cell, RefCell};

/// An instant at which public output changes, and what changes then.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// When.
    pub at: Timestamp,
    /// What, in words: `Thirty days: day 9 is released`.
    pub what: String,
    /// Whether a feed gets an entry then.
    pub feed: bool,
}

/// Now, and what was asked about it.
#[derive(Debug)]
pub struct Moment {
    now: Timestamp,
    edges: RefCell<Vec<Edge>>,
    /// The earliest instant ahead at which an answer changes that is no edge.
    turn: Cell<Option<Timestamp>>,
}

impl Moment {
    /// The moment of a build, to the second.
    pub fn new(now: Timestamp) -> Self {
        let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
        Self {
            now,
            edges: RefCell::default(),
            turn: Cell::default(),
        }
    }

    /// The instant itself: for stamps and horizons, never to decide what is shown.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Whether an instant has come. One that has not is kept as an edge.
    pub fn passed(&self, at: Timestamp, what: impl FnOnce() -> String) -> bool {
        self.ask(at, false, what)
    }

    /// Whether a release has come, which changes feeds too.
    pub fn released(&self, at: Timestamp, what: impl FnOnce() -> String) -> bool {
        self.ask(at, true, what)
    }

    /// Whether an instant has come that matters to the team alone: no edge, but nothing is said to hold beyond it.
    pub fn reached(&self, at: Timestamp) -> bool {
        if at > self.now {
            self.turn.set(earlier(self.turn.get(), Some(at)));
        }
        at <= self.now
    }

    /// The day in a zone, on which plans reach ahead and problems are told; so nothing holds beyond its end.
    pub fn today(&self, zone: &TimeZone) -> Date {
        let today = self.now.to_zoned_datetime(zone.clone()).date();
        let tomorrow = today.saturating_add(1.day());
        if let Ok(midnight) = tomorrow.to_zoned_datetime(zone.clone()) {
            self.reached(midnight.timestamp());
        }
        today
    }

    /// Until when every answer that was given stays the same: to the public, to the team, and about problems.
    pub fn holds_until(&self) -> Option<Timestamp> {
        let edge = self.edges.borrow().iter().map(|edge| edge.at).min();
        earlier(edge, self.turn.get())
    }

    fn ask(&self, at: Timestamp, feed: bool, what: impl FnOnce() -> String) -> bool {
        if at <= self.now {
            return true;
        }
        let edge = Edge {
            at,
            what: what(),
            feed,
        };
        self.edges.borrow_mut().push(edge);
        false
    }

    /// Takes over what was asked of another moment of the same instant: a run that was looked at on
    /// another thread has one of its own.
    pub fn absorb(&self, other: Moment) {
        self.edges.borrow_mut().extend(other.edges.into_inner());
        self.turn
            .set(earlier(self.turn.get(), other.turn.into_inner()));
    }

    /// All edges ahead, earliest first, each once.
    pub fn edges(&self) -> Vec<Edge> {
        let mut edges = self.edges.borrow().clone();
        edges.sort();
        edges.dedup();
        edges
    }
}

/// The earlier of two instants, if there are any.
fn earlier(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    a.into_iter().chain(b).min()
}
