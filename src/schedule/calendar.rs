//! Which days are working days, and where a date goes that falls on another.

use std::collections::BTreeMap;
use std::fmt;
use std::iter::successors;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// How far a search for a working day goes before it gives up: about eleven years. Without an end,
/// a calendar that is closed every day would be searched for ever.
const SEARCH_DAYS: usize = 4000;

/// A set of weekdays: a working week, or the days of a cadence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Week(u8);

impl Week {
    /// Monday to Friday.
    pub const MON_FRI: Week = Week(0b001_1111);
    /// Sunday to Thursday.
    pub const SUN_THU: Week = Week(0b100_1111);
    /// All seven days.
    pub const EVERY_DAY: Week = Week(0b111_1111);

    /// The week of exactly these days; order and repetition do not matter.
    pub fn of(days: &[Weekday]) -> Week {
        Week(days.iter().fold(0, |bits, day| bits | bit(*day)))
    }

    /// Whether `day` belongs to this week.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    /// The day on which this working week begins: Monday, or the first of the working days that lead up
    /// to Monday without a gap.
    pub fn begins(self) -> Weekday {
        let leading = (0..6i64)
            .map(|n| Weekday::Monday.wrapping_sub(n))
            .take_while(|day| self.contains(*day));
        match leading.last() {
            Some(first) if self != Week::EVERY_DAY => first,
            _ => Weekday::Monday,
        }
    }

    /// The first day of the week in which a day lies.
    pub fn first_day(self, day: Date) -> Date {
        let since = day.weekday().since(self.begins());
        day.saturating_sub(i64::from(since).days())
    }

    /// The days, Monday first.
    pub fn days(self) -> impl Iterator<Item = Weekday> {
        Weekday::Monday
            .cycle_forward()
            .take(7)
            .filter(move |day| self.contains(*day))
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day.to_monday_zero_offset()
}

/// A working week and the dates on which nothing is released.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The days on which people work, holidays apart.
    pub week: Week,
    /// Each date on which nothing is released, and why: "Good Friday".
    pub blackouts: BTreeMap<Date, String>,
}

impl Calendar {
    /// Adds the blackout `from..=to`. A date that already has a reason keeps it; nothing happens if
    /// `to` is earlier.
    pub fn close(&mut self, from: Date, to: Date, why: &str) {
        for date in days(from, 1).take_while(|date| *date <= to) {
            self.blackouts.entry(date).or_insert_with(|| why.to_owned());
        }
    }

    /// Why nothing is released on `date`, if that is so.
    pub fn is_blackout(&self, date: Date) -> Option<&str> {
        self.blackouts.get(&date).map(String::as_str)
    }

    /// Whether `date` is in the working week and no blackout.
    pub fn is_working(&self, date: Date) -> bool {
        self.week.contains(date.weekday()) && self.is_blackout(date).is_none()
    }

    /// Why `date` is not a working day: the blackout's reason, or the weekday's name. `None` if it
    /// is one.
    pub fn why_closed(&self, date: Date) -> Option<String> {
        let weekday = || date.strftime("%A").to_string();
        self.is_blackout(date)
            .map(str::to_owned)
            .or_else(|| (!self.week.contains(date.weekday())).then(weekday))
    }

    /// The first working day on or after `date`; `date` itself if there is none within about eleven
    /// years.
    pub fn following(&self, date: Date) -> Date {
        self.nearest(date, 1).unwrap_or(date)
    }

    /// The last working day on or before `date`; `date` itself if there is none within about eleven
    /// years.
    pub fn preceding(&self, date: Date) -> Date {
        self.nearest(date, -1).unwrap_or(date)
    }

    /// [`following`](Self::following), unless that is in another month; then
    /// [`preceding`](Self::preceding).
    pub fn modified_following(&self, date: Date) -> Date {
        let following = self.following(date);
        if following.first_of_month() == date.first_of_month() {
            following
        } else {
            self.preceding(date)
        }
    }

    /// The working day `n` after `date`: `0` is the first on or after `date` and `n` counts on from
    /// there; `-n` counts back from the last on or before `date`. `date` itself if the calendar has
    /// no such day.
    pub fn working_days_after(&self, date: Date, n: i32) -> Date {
        let step = if n < 0 { -1 } else { 1 };
        let next = |day: &Date| self.nearest(day.checked_add(step.days()).ok()?, step);
        successors(self.nearest(date, step), next)
            .nth(n.unsigned_abs() as usize)
            .unwrap_or(date)
    }

    fn nearest(&self, date: Date, step: i64) -> Option<Date> {
        days(date, step)
            .take(SEARCH_DAYS)
            .find(|day| self.is_working(*day))
    }
}

/// What happens to a date on which nothing may be released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnSkip {
    /// The date is not used: the item, and with it everything after it, takes the cadence's next
    /// slot.
    Push,
    /// Only this one moves, to the next working day.
    Following,
    /// Only this one moves, to the working day before.
    Preceding,
    /// `Following`, unless that is in another month; then `Preceding`.
    ModifiedFollowing,
    /// It does not happen.
    Drop,
    /// It is released all the same.
    Keep,
}

impl OnSkip {
    /// Every choice, in the order in which they are explained to authors.
    pub const ALL: [OnSkip; 6] = [
        OnSkip::Push,
        OnSkip::Following,
        OnSkip::Preceding,
        OnSkip::ModifiedFollowing,
        OnSkip::Drop,
        OnSkip::Keep,
    ];

    /// The word that authors write.
    pub fn name(self) -> &'static str {
        match self {
            OnSkip::Push => "push",
            OnSkip::Following => "following",
            OnSkip::Preceding => "preceding",
            OnSkip::ModifiedFollowing => "modified-following",
            OnSkip::Drop => "drop",
            OnSkip::Keep => "keep",
        }
    }

    /// Where a single closed `date` goes. One date has no series behind it, so `Push` is
    /// `Following` here; `Drop` and `Keep` leave it where it is.
    pub(super) fn moved(self, date: Date, calendar: &Calendar) -> Date {
        match self {
            OnSkip::Push | OnSkip::Following => calendar.following(date),
            OnSkip::Preceding => calendar.preceding(date),
            OnSkip::ModifiedFollowing => calendar.modified_following(date),
            OnSkip::Drop | OnSkip::Keep => date,
        }
    }
}

impl fmt::Display for OnSkip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for OnSkip {
    /// A sentence for the author.
    type Err = String;

    fn from_str(text: &str) -> Result<OnSkip, String> {
        OnSkip::ALL
            .into_iter()
            .find(|choice| choice.name() == text)
            .ok_or_else(|| {
                let names = OnSkip::ALL.map(|choice| format!("`{choice}`")).join(", ");
                format!("`{text}` is not a way to skip a blackout day: write one of {names}")
            })
    }
}

/// `from`, and every `step` days from there to the end of the calendar.
pub(super) fn days(from: Date, step: i64) -> impl Iterator<Item = Date> {
    successors(Some(from), move |day| day.checked_add(step.days()).ok())
}

/// A date as it stands in a sentence: "3 April 2026".
pub fn in_words(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// "moved from 3 April 2026 (Good Friday) and 6 April 2026 (Easter Monday)". Neighbours with the
/// same reason are told as one stretch, so that a slot pushed past a long closure does not list its
/// days.
pub(super) fn moved_from(passed: &[(Date, &str)]) -> Option<String> {
    let stretches: Vec<String> = passed
        .chunk_by(|a, b| a.1 == b.1)
        .map(in_a_stretch)
        .collect();
    let (last, before) = stretches.split_last()?;
    Some(if before.is_empty() {
        format!("moved from {last}")
    } else {
        format!("moved from {} and {last}", before.join(", "))
    })
}

fn in_a_stretch(dates: &[(Date, &str)]) -> String {
    let ((first, why), (last, _)) = (dates[0], dates[dates.len() - 1]);
    let mut text = in_words(first);
    if last != first {
        text += &format!(" to {}", in_words(last));
    }
    if !why.is_empty() {
        text += &format!(" ({why})");
    }
    text
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse()
            .unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn moves_to_working_days() {
        let mut calendar = Calendar {
            week: Week::MON_FRI,
            ..Calendar::default()
        };
        calendar.close(day("2026-04-03"), day("2026-04-06"), "Easter");
        calendar.close(day("2026-04-30"), day("2026-05-01"), "Stocktaking");
        calendar.close(
            day("2026-05-04"),
            day("2026-05-04"),
            "Early May bank holiday",
        );
        for (from, following, preceding, modified) in [
            // The next working day is over the weekend and the bank holiday, in May.
            ("2026-04-30", "2026-05-05", "2026-04-29", "2026-04-29"),
            ("2026-04-03", "2026-04-07", "2026-04-02", "2026-04-07"),
            ("2026-04-07", "2026-04-07", "2026-04-07", "2026-04-07"),
            ("2026-02-28", "2026-03-02", "2026-02-27", "2026-02-27"),
        ] {
            assert_eq!(calendar.following(day(from)), day(following), "{from}");
            assert_eq!(calendar.preceding(day(from)), day(preceding), "{from}");
            assert_eq!(
                calendar.modified_following(day(from)),
                day(modified),
                "{from}"
            );
        }
    }

    #[test]
    fn the_first_reason_of_a_date_stands() {
        let mut calendar = Calendar {
            week: Week::SUN_THU,
            ..Calendar::default()
        };
        calendar.close(day("2026-04-02"), day("2026-04-02"), "Inspection");
        calendar.close(day("2026-04-01"), day("2026-04-02"), "Closed");
        calendar.close(day("2026-04-09"), day("2026-04-08"), "Backwards");
        let reasons: Vec<&str> = calendar.blackouts.values().map(String::as_str).collect();
        assert_eq!(reasons, ["Closed", "Inspection"]);
        let why = |text: &str| calendar.why_closed(day(text));
        assert_eq!(why("2026-04-02").as_deref(), Some("Inspection"));
        assert_eq!(why("2026-04-03").as_deref(), Some("Friday"));
        assert_eq!(why("2026-04-05"), None);
    }

    #[test]
    fn a_calendar_that_is_always_closed_comes_to_an_end() {
        let mut closed = Calendar {
            week: Week::EVERY_DAY,
            ..Calendar::default()
        };
        closed.close(day("2010-01-01"), day("2045-12-31"), "Closed for good");
        for calendar in [closed, Calendar::default()] {
            for date in [day("2026-04-03"), Date::MIN, Date::MAX] {
                if calendar.is_working(date) {
                    continue;
                }
                assert_eq!(calendar.following(date), date);
                assert_eq!(calendar.preceding(date), date);
                assert_eq!(calendar.modified_following(date), date);
                assert_eq!(calendar.working_days_after(date, i32::MAX), date);
                assert_eq!(calendar.working_days_after(date, i32::MIN), date);
            }
        }
    }

    #[test]
    fn on_skip_names() {
        for choice in OnSkip::ALL {
            assert_eq!(choice.to_string().parse(), Ok(choice));
        }
        assert_eq!(
            "puhs".parse::<OnSkip>().unwrap_err(),
            "`puhs` is not a way to skip a blackout day: write one of `push`, `following`, \
             `preceding`, `modified-following`, `drop`, `keep`"
        );
    }

    #[test]
    fn weeks_and_words() {
        let week = Week::of(&[Weekday::Sunday, Weekday::Monday, Weekday::Sunday]);
        assert_eq!(
            week.days().collect::<Vec<_>>(),
            [Weekday::Monday, Weekday::Sunday]
        );
        assert!(!Week::SUN_THU.contains(Weekday::Friday));
        assert_eq!(in_words(date(2026, 4, 3)), "3 April 2026");
    }
}
