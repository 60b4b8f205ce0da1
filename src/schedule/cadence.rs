//! From a cadence to dates: `{every: week, days: [mon]}`, and what becomes of a date that falls on
//! a blackout.

use std::iter::successors;

use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};

use super::calendar::{Calendar, OnSkip, Week, days, moved_from};

/// The rule that gives release dates. An `every` of 0 is read as 1.
///
/// Series (`Daily` to `MonthlyDay`) give the dates of their [`Frame`]. `Dates` and `Spread` name
/// their own dates, which stand even before the frame begins; only its end cuts them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cadence {
    /// Every `every` calendar days from the start, of which those count that are in `days` (RFC
    /// 5545 FREQ=DAILY with BYDAY). "Weekdays" is the run's working week, and the caller has put it
    /// here.
    Daily { every: u16, days: Week },
    /// These weekdays of every `every`-th week, counted from the week of the start. Weeks begin on
    /// Monday.
    Weekly { every: u16, days: Vec<Weekday> },
    /// "The second Thursday" of every `every`-th month, counted from the month of the start.
    MonthlyNth {
        every: u16,
        nth: Nth,
        weekday: Weekday,
    },
    /// A day of the month (1 to 31) of every `every`-th month, counted from the month of the start.
    MonthlyDay {
        every: u16,
        day: i8,
        short: ShortMonth,
    },
    /// These dates, some with a time of their own. They are put in order; the same date and time
    /// twice is once.
    Dates(Vec<(Date, Option<Time>)>),
    /// A number of items spread evenly over those of `days` from `from` to `to` inclusive that are
    /// no blackouts.
    Spread { from: Date, to: Date, days: Week },
    /// No dates: one slot at the start, which stays there even on a blackout.
    SelfPaced,
}

/// Which of a month's Mondays, Tuesdays and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nth {
    First,
    Second,
    Third,
    Fourth,
    Last,
}

/// What a day of the month means in a month that is too short for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShortMonth {
    /// The last day of that month.
    Last,
    /// That month has no slot.
    Skip,
}

/// One date on which something is released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The cadence's own date, before any move. Identities are made from it.
    pub nominal: Date,
    /// The date on which it is released. Two slots may share one.
    pub date: Date,
    /// The slot's own time of day, where the cadence gives one.
    pub time: Option<Time>,
    /// "moved from 3 April 2026 (Good Friday)"; `None` when it is where it was written.
    pub why: Option<String>,
}

/// What a cadence gives in a frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slots {
    /// In the order of the cadence.
    pub slots: Vec<Slot>,
    /// Dates that [`OnSkip::Drop`] left out, each with the blackout's reason.
    pub dropped: Vec<(Date, String)>,
}

/// The time over which a cadence is unrolled, and what stands in its way.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The first possible date of a series.
    pub starts: Date,
    /// The last possible nominal date. A slot may be moved past it.
    pub until: Date,
    /// The working week and the blackouts.
    pub calendar: &'a Calendar,
    /// What a blackout does to a slot.
    pub on_skip: OnSkip,
}

impl Cadence {
    /// The slots of this cadence in `frame`, at most `wanted` of them.
    ///
    /// Only a blackout skips a slot. A date off the working week does not by itself, since the
    /// cadence chose its weekdays; but a slot that moves goes to a working day. For `Spread`,
    /// `wanted` is how many items there are to spread (item i of n on day ⌊i(D−1)/(n−1)⌋ of D
    /// days; one for each day when `None`).
    pub fn slots(&self, frame: &Frame, wanted: Option<usize>) -> Slots {
        let on_skip = if *self == Cadence::SelfPaced {
            OnSkip::Keep
        } else {
            frame.on_skip
        };
        let mut out = Slots::default();
        let mut passed = Vec::new();
        for (nominal, time) in self.nominal(frame, wanted) {
            if wanted.is_some_and(|wanted| out.slots.len() >= wanted) {
                break;
            }
            let date = match (frame.calendar.is_blackout(nominal), on_skip) {
                (Some(why), OnSkip::Push) => {
                    passed.push((nominal, why));
                    continue;
                }
                (Some(why), OnSkip::Drop) => {
                    out.dropped.push((nominal, why.to_owned()));
                    continue;
                }
                (Some(why), _) => {
                    let date = on_skip.moved(nominal, frame.calendar);
                    if date != nominal {
                        passed.push((nominal, why));
                    }
                    date
                }
                (None, _) => nominal,
            };
            out.slots.push(Slot {
                nominal,
                date,
                time,
                why: moved_from(&passed),
            });
            passed.clear();
        }
        out
    }

    /// The least number of days between two slots as the cadence is written: 1 for daily, 2 for
    /// Monday, Wednesday and Friday, 28 for monthly. `None` where the cadence alone does not say:
    /// self-paced, spread, fewer than two dates.
    pub fn shortest_gap_days(&self) -> Option<u16> {
        match self {
            Cadence::Daily { every, days } => {
                let every = i64::from(*every).max(1);
                let meets = |gap: i64| days.days().any(|day| days.contains(day.wrapping_add(gap)));
                (1..=7)
                    .map(|k| k * every)
                    .find(|gap| meets(*gap))
                    .map(saturated)
            }
            Cadence::Weekly { every, days } => {
                let offsets: Vec<i64> = Week::of(days).days().map(monday_offset).collect();
                let around = offsets.first()? + 7 * i64::from(*every).max(1) - offsets.last()?;
                offsets
                    .windows(2)
                    .map(|pair| pair[1] - pair[0])
                    .chain([around])
                    .min()
                    .map(saturated)
            }
            Cadence::MonthlyNth { every, .. } | Cadence::MonthlyDay { every, .. } => {
                Some(every.max(&1).saturating_mul(28))
            }
            Cadence::Dates(dates) => {
                let mut dates: Vec<Date> = dates.iter().map(|(date, _)| *date).collect();
                dates.sort();
                dates.dedup();
                let gap = |pair: &[Date]| pair[1].duration_since(pair[0]).as_hours() / 24;
                dates.windows(2).map(gap).min().map(saturated)
            }
            Cadence::Spread { .. } | Cadence::SelfPaced => None,
        }
    }

    /// The cadence's own dates up to the end of the frame, before any blackout is looked at.
    fn nominal(
        &self,
        frame: &Frame,
        wanted: Option<usize>,
    ) -> Box<dyn Iterator<Item = (Date, Option<Time>)>> {
        let Frame {
            starts,
            until,
            calendar,
            ..
        } = *frame;
        let series: Box<dyn Iterator<Item = Date>> = match self {
            Cadence::Daily { every, days: week } => {
                let week = *week;
                let all =
                    days(starts, i64::from(*every).max(1)).take_while(move |day| *day <= until);
                Box::new(all.filter(move |day| week.contains(day.weekday())))
            }
            Cadence::Weekly {
                every,
                days: chosen,
            } => {
                let week = Week::of(chosen);
                let monday = starts.saturating_sub(monday_offset(starts.weekday()).days());
                let mondays =
                    days(monday, 7 * i64::from(*every).max(1)).take_while(move |day| *day <= until);
                Box::new(mondays.flat_map(move |monday| {
                    week.days()
                        .filter_map(move |day| monday.checked_add(monday_offset(day).days()).ok())
                }))
            }
            Cadence::MonthlyNth {
                every,
                nth,
                weekday,
            } => {
                let (nth, weekday) = (nth.number(), *weekday);
                Box::new(
                    months(starts, until, *every)
                        .filter_map(move |month| month.nth_weekday_of_month(nth, weekday).ok()),
                )
            }
            Cadence::MonthlyDay { every, day, short } => {
                let (day, short) = (*day, *short);
                Box::new(months(starts, until, *every).filter_map(move |month| {
                    match short {
                        ShortMonth::Last => month
                            .with()
                            .day(day.min(month.days_in_month()))
                            .build()
                            .ok(),
                        ShortMonth::Skip => month.with().day(day).build().ok(),
                    }
                }))
            }
            Cadence::Dates(dates) => {
                let mut dates = dates.clone();
                dates.sort();
                dates.dedup();
                return Box::new(dates.into_iter().filter(move |(date, _)| *date <= until));
            }
            Cadence::Spread {
                from,
                to,
                days: week,
            } => {
                let open = |day: &Date| {
                    week.contains(day.weekday()) && calendar.is_blackout(*day).is_none()
                };
                let open: Vec<Date> = days(*from, 1)
                    .take_while(|day| day <= to)
                    .filter(open)
                    .collect();
                let spread = spread(open, wanted).take_while(move |day| *day <= until);
                return Box::new(spread.map(|day| (day, None)));
            }
            Cadence::SelfPaced => Box::new(std::iter::once(starts)),
        };
        Box::new(
            series
                .skip_while(move |day| *day < starts)
                .take_while(move |day| *day <= until)
                .map(|day| (day, None)),
        )
    }
}

impl Nth {
    /// As jiff counts: from 1, and -1 for the last.
    fn number(self) -> i8 {
        match self {
            Nth::First => 1,
            Nth::Second => 2,
            Nth::Third => 3,
            Nth::Fourth => 4,
            Nth::Last => -1,
        }
    }
}

/// The first day of every `every`-th month from that of `starts` to that of `until`.
fn months(starts: Date, until: Date, every: u16) -> impl Iterator<Item = Date> {
    let every = i64::from(every).max(1).months();
    successors(Some(starts.first_of_month()), move |month| {
        month.checked_add(every).ok()
    })
    .take_while(move |month| *month <= until)
}

fn spread(days: Vec<Date>, items: Option<usize>) -> impl Iterator<Item = Date> {
    let items = if days.is_empty() {
        0
    } else {
        items.unwrap_or(days.len())
    };
    // A single item has no n−1 to divide by; it is item 0, on the first day.
    (0..items).map(move |i| days[i * (days.len() - 1) / (items.max(2) - 1)])
}

fn monday_offset(day: Weekday) -> i64 {
    i64::from(day.to_monday_zero_offset())
}

fn saturated(days: i64) -> u16 {
    u16::try_from(days).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::Weekday::{Friday, Monday, Saturday, Sunday, Tuesday, Wednesday};
    use super::*;

    fn daily(every: u16, days: &[Weekday]) -> Cadence {
        let days = Week::of(days);
        Cadence::Daily { every, days }
    }

    fn weekly(every: u16, days: &[Weekday]) -> Cadence {
        let days = days.to_vec();
        Cadence::Weekly { every, days }
    }

    fn on_the(nth: Nth, weekday: Weekday, every: u16) -> Cadence {
        Cadence::MonthlyNth {
            every,
            nth,
            weekday,
        }
    }

    fn on_day(day: i8, short: ShortMonth, every: u16) -> Cadence {
        Cadence::MonthlyDay { every, day, short }
    }

    fn on_dates(dates: &str) -> Cadence {
        Cadence::Dates(
            days_of(dates)
                .into_iter()
                .map(|date| (date, None))
                .collect(),
        )
    }

    /// Eight working days without the holidays: 30, 31 March, 1, 2, 7, 8, 9, 10 April.
    const SPREAD: Cadence = Cadence::Spread {
        from: date(2026, 3, 30),
        to: date(2026, 4, 10),
        days: Week::MON_FRI,
    };

    fn day(text: &str) -> Date {
        text.parse()
            .unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn days_of(text: &str) -> Vec<Date> {
        text.split_whitespace().map(day).collect()
    }

    fn easter() -> Calendar {
        let mut calendar = Calendar {
            week: Week::MON_FRI,
            ..Calendar::default()
        };
        calendar.close(day("2026-04-03"), day("2026-04-03"), "Good Friday");
        calendar.close(day("2026-04-06"), day("2026-04-06"), "Easter Monday");
        calendar
    }

    /// Pushed slots from `starts` to `until`.
    fn unroll(
        cadence: &Cadence,
        calendar: &Calendar,
        starts: &str,
        until: &str,
        wanted: Option<usize>,
    ) -> Slots {
        let (starts, until) = (day(starts), day(until));
        cadence.slots(
            &Frame {
                starts,
                until,
                calendar,
                on_skip: OnSkip::Push,
            },
            wanted,
        )
    }

    fn check(cadence: &Cadence, starts: &str, until: &str, wanted: Option<usize>, expected: &str) {
        let slots = unroll(cadence, &easter(), starts, until, wanted).slots;
        let dates: Vec<Date> = slots.iter().map(|slot| slot.date).collect();
        assert_eq!(
            dates,
            days_of(expected),
            "{cadence:?} from {starts} to {until}, {wanted:?}"
        );
    }

    #[test]
    fn every_sort_of_cadence() {
        let odd_days = [Friday, Monday, Wednesday];
        let mon_fri: Vec<Weekday> = Week::MON_FRI.days().collect();
        let skip = ShortMonth::Skip;
        for (cadence, starts, expected) in [
            // Counted from the week of the start, though the start is after its Tuesday.
            (
                weekly(2, &[Tuesday]),
                "2026-03-05",
                "2026-03-17 2026-03-31 2026-04-14",
            ),
            (
                weekly(1, &odd_days),
                "2026-03-03",
                "2026-03-04 2026-03-06 2026-03-09",
            ),
            // Every third calendar day, of which weekdays count: the 8th is a Sunday.
            (
                daily(3, &mon_fri),
                "2026-03-02",
                "2026-03-02 2026-03-05 2026-03-11",
            ),
            (
                daily(0, &[Friday, Saturday, Sunday]),
                "2026-03-06",
                "2026-03-06 2026-03-07 2026-03-08",
            ),
            (daily(1, &[]), "2026-03-06", ""),
            (weekly(1, &[]), "2026-03-06", ""),
            (
                on_the(Nth::Last, Friday, 1),
                "2026-01-31",
                "2026-02-27 2026-03-27 2026-04-24",
            ),
            (
                on_the(Nth::First, Saturday, 3),
                "2026-01-05",
                "2026-04-04 2026-07-04 2026-10-03",
            ),
            (
                on_day(15, skip, 2),
                "2026-01-16",
                "2026-03-15 2026-05-15 2026-07-15",
            ),
            (on_day(99, skip, 1), "2026-01-16", ""),
            (on_day(0, ShortMonth::Last, 1), "2026-01-16", ""),
            (
                on_dates("2026-04-03 2026-04-01 2026-03-31"),
                "2026-04-01",
                "2026-03-31 2026-04-01",
            ),
            (Cadence::SelfPaced, "2026-04-03", "2026-04-03"),
        ] {
            check(&cadence, starts, "2026-12-31", Some(3), expected);
        }
        // A month counts from its first day, though the frame begins on the last one of another.
        let first_monday = on_the(Nth::First, Monday, 1);
        check(
            &first_monday,
            "2026-01-31",
            "2026-02-10",
            None,
            "2026-02-02",
        );
    }

    #[test]
    fn explicit_dates_keep_their_times() {
        let (two, date) = (Some(time(14, 0, 0, 0)), day("2026-03-09"));
        let cadence = Cadence::Dates(vec![(date, two), (date, None), (date, None)]);
        let slot = |time| Slot {
            nominal: date,
            date,
            time,
            why: None,
        };
        let slots = unroll(&cadence, &easter(), "2026-03-01", "2026-12-31", None).slots;
        assert_eq!(slots, [slot(None), slot(two)]);
    }

    #[test]
    fn spread_evenly() {
        let all = "2026-03-30 2026-03-31 2026-04-01 2026-04-02 \
                   2026-04-07 2026-04-08 2026-04-09 2026-04-10";
        for (items, until, expected) in [
            (Some(0), "2026-12-31", ""),
            (Some(1), "2026-12-31", "2026-03-30"),
            (Some(2), "2026-12-31", "2026-03-30 2026-04-10"),
            (Some(3), "2026-12-31", "2026-03-30 2026-04-02 2026-04-10"),
            (
                Some(4),
                "2026-12-31",
                "2026-03-30 2026-04-01 2026-04-07 2026-04-10",
            ),
            (None, "2026-12-31", all),
            // The look-ahead cuts and does not shift.
            (Some(4), "2026-04-06", "2026-03-30 2026-04-01"),
        ] {
            check(&SPREAD, "2026-03-01", until, items, expected);
        }
        let crowded = unroll(&SPREAD, &easter(), "2026-03-01", "2026-12-31", Some(20)).slots;
        assert_eq!(crowded.len(), 20, "more items than days share them");
        let backwards = Cadence::Spread {
            from: day("2026-04-10"),
            to: day("2026-03-30"),
            days: Week::MON_FRI,
        };
        check(&backwards, "2026-03-01", "2026-12-31", Some(3), "");
    }

    #[test]
    fn a_long_closure_is_told_as_one_stretch() {
        let mut closed = easter();
        closed.close(day("2026-07-20"), day("2026-07-31"), "Summer closure");
        closed.close(day("2026-07-31"), day("2026-08-03"), "Moving house");
        closed.close(day("2026-08-04"), day("2026-08-04"), "");
        let weekdays = Cadence::Daily {
            every: 1,
            days: Week::MON_FRI,
        };
        let slots = unroll(&weekdays, &closed, "2026-07-17", "2026-12-31", Some(2)).slots;
        assert_eq!(slots[1].date, day("2026-08-05"));
        let why = "moved from 20 July 2026 to 31 July 2026 (Summer closure), \
                   3 August 2026 (Moving house) and 4 August 2026";
        assert_eq!(slots[1].why.as_deref(), Some(why));
    }

    #[test]
    fn gaps() {
        for (cadence, expected) in [
            (daily(1, &[Monday, Tuesday]), Some(1)),
            (daily(1, &[Monday]), Some(7)),
            (daily(2, &[Monday, Friday]), Some(4)),
            (daily(1, &[]), None),
            (weekly(1, &[Monday]), Some(7)),
            (weekly(1, &[Friday, Monday, Wednesday]), Some(2)),
            (weekly(1, &[Monday, Sunday]), Some(1)),
            (weekly(2, &[Monday, Sunday]), Some(6)),
            (weekly(2, &[]), None),
            (weekly(u16::MAX, &[Monday]), Some(u16::MAX)),
            (on_the(Nth::First, Monday, 1), Some(28)),
            (on_day(15, ShortMonth::Last, 3), Some(84)),
            (
                on_dates("2026-03-09 2026-03-02 2026-03-02 2026-03-12"),
                Some(3),
            ),
            (on_dates("2026-03-09"), None),
            (SPREAD, None),
            (Cadence::SelfPaced, None),
        ] {
            assert_eq!(cadence.shortest_gap_days(), expected, "{cadence:?}");
        }
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        for cadence in [
            daily(u16::MAX, &[Monday, Friday]),
            weekly(u16::MAX, &[Monday, Sunday]),
            on_the(Nth::Last, Monday, u16::MAX),
            on_day(31, ShortMonth::Last, u16::MAX),
        ] {
            for at in [Date::MIN, Date::MAX] {
                for on_skip in OnSkip::ALL {
                    let frame = Frame {
                        starts: at,
                        until: at,
                        calendar: &easter(),
                        on_skip,
                    };
                    assert!(
                        cadence.slots(&frame, None).slots.len() <= 1,
                        "{cadence:?} at {at}"
                    );
                }
            }
        }
    }
}
