//! Who does what on which day: a kind's chores, put on the dates of one run.

use super::span;
use crate::model::{
    About, Anchor, Card, Chore, Duty, Library, Occurrence, PlannedRun, Run, Seat, Site, State, Task,
};
use crate::schedule::{Offset, OnSkip, Unit, instant};
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeSet;

/// Every duty of a run, in the order of their days. What nobody knows the day of has none yet.
pub fn duties<'a>(run: &'a PlannedRun<'a>, library: &'a Library, site: &'a Site) -> Vec<Duty<'a>> {
    let rota = Rota { run, library, site };
    let mut duties = Vec::new();
    for chore in run.programme.kind.chores {
        for role in run.programme.holders(&chore.seat, library) {
            rota.of_chore(chore, role, &mut duties);
        }
    }
    rota.of_timeline(&mut duties);
    // What is due at an hour stands before what can be done at any.
    duties.sort_by_key(|duty| (duty.day, duty.at.is_none(), duty.at));
    duties
}

struct Rota<'a> {
    run: &'a PlannedRun<'a>,
    library: &'a Library,
    site: &'a Site,
}

impl<'a> Rota<'a> {
    fn of_chore(&self, chore: &'static Chore, role: &'a str, duties: &mut Vec<Duty<'a>>) {
        let mut add = |about: About<'a>, day: Date| {
            let day = self.from(day, chore.days);
            let hour = match about {
                About::Occurrence(o) if chore.at_the_hour => Some(o),
                _ => None,
            };
            duties.push(Duty {
                task: Task::Chore(chore),
                about,
                role,
                day,
                at: hour.map(|o| match chore.days {
                    0 => o.due,
                    _ => instant(day, o.local.time(), &self.run.run.zone).0,
                }),
            });
        };
        match chore.anchor {
            Anchor::Each(wanted) => {
                for o in self.dated().filter(|o| wanted(o)) {
                    add(About::Occurrence(o), o.local.date());
                }
            }
            Anchor::Weekly(weekday) => {
                for monday in self.weeks() {
                    add(About::Week(monday), self.in_week(monday, weekday));
                }
            }
            Anchor::Monthly => {
                for first in self.months() {
                    let day = self.run.run.calendar.following(first);
                    add(About::Month(first), day.max(self.run.run.starts));
                }
            }
            Anchor::Starts => add(About::Run, self.run.run.starts),
            Anchor::Ends => {
                if let (Some(_), Some(last)) = (span(self.run).1, self.days().max()) {
                    add(About::Run, last);
                }
            }
            Anchor::Review => {
                if let Some(day) = self.run.run.review_by {
                    add(About::Run, day);
                }
            }
            Anchor::Card => {
                for card in self.cards() {
                    let day = card.expires.saturating_sub(Card::RENEW.days());
                    let day = self.run.run.calendar.following(day);
                    add(About::Card(card), day);
                }
            }
        }
    }

    /// The definition's own lines, for each event that somebody holds or should hold.
    fn of_timeline(&self, duties: &mut Vec<Duty<'a>>) {
        let programme = self.run.programme;
        let lines = programme.design.timeline();
        let Some(seat) = programme.kind.chores.first().map(|chore| chore.seat) else {
            return;
        };
        for (offset, task) in lines {
            for role in self.holders(&seat) {
                for o in self.dated().filter(|o| needs_somebody(o)) {
                    let (day, at) = so_far_from(o, *offset, self.run.run);
                    duties.push(Duty {
                        task: Task::Line(*offset, task),
                        about: About::Occurrence(o),
                        role,
                        day,
                        at,
                    });
                }
            }
        }
    }

    fn holders(&self, seat: &Seat) -> Vec<&'a str> {
        self.run.programme.holders(seat, self.library)
    }

    /// So many working days from a day; the day itself stays, holiday or not.
    fn from(&self, day: Date, days: i32) -> Date {
        match days {
            0 => day,
            n => self.run.run.calendar.working_days_after(day, n),
        }
    }

    /// The occurrences whose day is known.
    fn dated(&self) -> impl Iterator<Item = &'a Occurrence> + use<'a> {
        let all = self.run.occurrences.iter();
        all.filter(|o| o.state != State::Held)
    }

    /// The days on which something comes out or takes place.
    fn days(&self) -> impl Iterator<Item = Date> + use<'a> {
        let all = self.dated();
        let out = all.filter(|o| o.state != State::Cancelled && o.cancelled.is_none() && !o.quiet);
        out.map(|o| o.local.date())
    }

    /// The Mondays of the weeks in which something comes out.
    fn weeks(&self) -> BTreeSet<Date> {
        self.days().map(monday).collect()
    }

    fn months(&self) -> BTreeSet<Date> {
        self.days().map(|day| day.first_of_month()).collect()
    }

    /// A weekday of a week, or the nearest working day of that week.
    fn in_week(&self, monday: Date, weekday: Weekday) -> Date {
        let calendar = &self.run.run.calendar;
        let day = monday.saturating_add(i64::from(weekday.to_monday_zero_offset()).days());
        let later = calendar.following(day);
        match later < monday.saturating_add(7.days()) {
            true => later,
            false => calendar.preceding(day),
        }
    }

    fn cards(&self) -> impl Iterator<Item = &'a Card> + use<'a> {
        let shown = self.run.programme.design.consent();
        let board = shown.is_some_and(|consent| consent.board);
        let cards = self.library.people[&self.site.id].values();
        cards.filter(move |_| board)
    }
}

/// When something is due that is so far from an occurrence: the working day, and the hour where that counts.
pub fn so_far_from(o: &Occurrence, offset: Offset, run: &Run) -> (Date, Option<Timestamp>) {
    let clock = matches!(offset.unit, Unit::Minutes | Unit::Hours);
    let span = offset.as_span().filter(|_| clock);
    let rule = match offset.is_before() {
        true => OnSkip::Preceding,
        false => OnSkip::Following,
    };
    let (_, day, _) = offset.date(o.local.date(), &run.calendar, rule);
    (day, span.and_then(|span| o.due.checked_add(span).ok()))
}

/// The Monday of the week of a day.
pub fn monday(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}

/// A slot for somebody who holds it, filled or not.
fn needs_somebody(o: &Occurrence) -> bool {
    o.event.is_some() && (o.announced_by.is_some() || o.state == State::Empty)
}
