//! A distance from a start, as authors write it: `-10wd`, `+2w`, `30d`.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::{SignedDuration, Span};

use super::calendar::{Calendar, OnSkip, in_words, moved_from};

/// The largest amount an author may write; what is longer is a slip of the finger.
const MOST: i32 = 9_999;

/// A signed whole number of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offset {
    pub amount: i32,
    pub unit: Unit,
}

/// What an [`Offset`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Minutes,
    Hours,
    Days,
    WorkingDays,
    Weeks,
}

impl Unit {
    const ALL: [Unit; 5] = [
        Unit::Minutes,
        Unit::Hours,
        Unit::Days,
        Unit::WorkingDays,
        Unit::Weeks,
    ];

    /// The letters that authors write after the number.
    pub fn letters(self) -> &'static str {
        match self {
            Unit::Minutes => "m",
            Unit::Hours => "h",
            Unit::Days => "d",
            Unit::WorkingDays => "wd",
            Unit::Weeks => "w",
        }
    }
}

impl Offset {
    /// The nominal date, the date after `on_skip`, and why they differ.
    ///
    /// `0wd` is the first working day on or after `start`; `+n` counts from there, `-n` from the
    /// last working day on or before `start`. Days and weeks count from `start` itself, and then a
    /// date that is no working day goes where `on_skip` says (`push` as `following`, since there is
    /// no series). With `drop` the date stays and the reason says what it falls on: leaving it out
    /// is for the caller, who has the list. Minutes and hours leave the date alone, see
    /// [`as_span`](Self::as_span).
    pub fn date(
        &self,
        start: Date,
        calendar: &Calendar,
        on_skip: OnSkip,
    ) -> (Date, Date, Option<String>) {
        let days = match self.unit {
            Unit::Minutes | Unit::Hours => return (start, start, None),
            Unit::WorkingDays => {
                let date = calendar.working_days_after(start, self.amount);
                return (date, date, None);
            }
            Unit::Days => i64::from(self.amount),
            Unit::Weeks => i64::from(self.amount) * 7,
        };
        let nominal = start.saturating_add(SignedDuration::from_hours(24 * days));
        let Some(closed) = calendar.why_closed(nominal) else {
            return (nominal, nominal, None);
        };
        let date = on_skip.moved(nominal, calendar);
        let why = match on_skip {
            OnSkip::Drop => Some(format!("falls on {} ({closed})", in_words(nominal))),
            _ if date == nominal => None,
            _ => moved_from(&[(nominal, &closed)]),
        };
        (nominal, date, why)
    }

    /// Whether it points to before the start.
    pub fn is_before(&self) -> bool {
        self.amount < 0
    }

    /// The distance on the clock, for minutes and hours; `None` for units of the calendar.
    pub fn as_span(&self) -> Option<Span> {
        match self.unit {
            Unit::Minutes => Span::new().try_minutes(self.amount).ok(),
            Unit::Hours => Span::new().try_hours(self.amount).ok(),
            Unit::Days | Unit::WorkingDays | Unit::Weeks => None,
        }
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.amount, self.unit.letters())
    }
}

impl FromStr for Offset {
    /// A sentence for the author.
    type Err = String;

    fn from_str(text: &str) -> Result<Offset, String> {
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (number, letters) =
            digits.split_at(digits.bytes().take_while(u8::is_ascii_digit).count());
        let unit = Unit::ALL.into_iter().find(|unit| unit.letters() == letters);
        let (Some(unit), false) = (unit, number.is_empty()) else {
            return Err(format!(
                "`{text}` is not an offset: write a whole number and its unit without a space, \
                 such as `-10wd`, `+2w` or `30d` \
                 (`m` minutes, `h` hours, `d` days, `wd` working days, `w` weeks)"
            ));
        };
        let amount = number
            .parse::<i32>()
            .ok()
            .filter(|amount| *amount <= MOST)
            .ok_or_else(|| {
                format!(
                    "`{text}` is too far away: the number may be at most {MOST}, try a larger unit"
                )
            })?;
        Ok(Offset {
            amount: if text.starts_with('-') {
                -amount
            } else {
                amount
            },
            unit,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Week;
    use super::*;

    fn day(text: &str) -> Date {
        text.parse()
            .unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn offset(text: &str) -> Offset {
        text.parse().unwrap_or_else(|error| panic!("{error}"))
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

    #[test]
    fn as_written() {
        for (text, amount, unit) in [
            ("-10wd", -10, Unit::WorkingDays),
            ("+2w", 2, Unit::Weeks),
            ("30d", 30, Unit::Days),
            ("-30m", -30, Unit::Minutes),
            ("4h", 4, Unit::Hours),
            ("0wd", 0, Unit::WorkingDays),
            ("-9999d", -9999, Unit::Days),
        ] {
            assert_eq!(text.parse(), Ok(Offset { amount, unit }), "{text}");
            assert_eq!(offset(text).to_string(), text.trim_start_matches('+'));
            assert_eq!(offset(text).is_before(), amount < 0, "{text}");
        }
        let junk = [
            "", "wd", "10", "10 wd", "10WD", "1.5d", "--1d", "+-1d", "٣d", "10days", "1y", " 1d",
        ];
        for text in junk {
            let error = text.parse::<Offset>().unwrap_err();
            let start = format!("`{text}` is not an offset: write a whole number and its unit");
            assert!(error.starts_with(&start), "{error}");
        }
        for text in ["10000d", "-99999999999999999999wd"] {
            let error = text.parse::<Offset>().unwrap_err();
            assert!(error.contains("the number may be at most 9999"), "{error}");
        }
    }

    #[test]
    fn from_a_day_off_with_every_choice() {
        let monday = Some("moved from 6 April 2026 (Easter Monday)");
        for (text, on_skip, nominal, date, why) in [
            ("0wd", OnSkip::Following, "2026-04-07", "2026-04-07", None),
            ("1wd", OnSkip::Following, "2026-04-08", "2026-04-08", None),
            ("-1wd", OnSkip::Preceding, "2026-04-01", "2026-04-01", None),
            (
                "0d",
                OnSkip::Following,
                "2026-04-04",
                "2026-04-07",
                Some("moved from 4 April 2026 (Saturday)"),
            ),
            ("2d", OnSkip::Push, "2026-04-06", "2026-04-07", monday),
            ("2d", OnSkip::Preceding, "2026-04-06", "2026-04-02", monday),
            (
                "2d",
                OnSkip::ModifiedFollowing,
                "2026-04-06",
                "2026-04-07",
                monday,
            ),
            ("2d", OnSkip::Keep, "2026-04-06", "2026-04-06", None),
            (
                "2d",
                OnSkip::Drop,
                "2026-04-06",
                "2026-04-06",
                Some("falls on 6 April 2026 (Easter Monday)"),
            ),
            ("-30m", OnSkip::Following, "2026-04-04", "2026-04-04", None),
        ] {
            // The Saturday between Good Friday and Easter Monday.
            let found = offset(text).date(day("2026-04-04"), &easter(), on_skip);
            let expected = (day(nominal), day(date), why.map(str::to_owned));
            assert_eq!(found, expected, "{text} {on_skip}");
        }
        let far = Offset {
            amount: i32::MAX,
            unit: Unit::Weeks,
        };
        assert_eq!(
            far.date(day("2026-01-01"), &easter(), OnSkip::Keep).0,
            Date::MAX
        );
    }

    #[test]
    fn on_the_clock() {
        let minutes = |text: &str| offset(text).as_span().map(|span| span.fieldwise());
        assert_eq!(minutes("-30m"), Some(Span::new().minutes(-30).fieldwise()));
        assert_eq!(minutes("4h"), Some(Span::new().hours(4).fieldwise()));
        assert_eq!(minutes("4d"), None);
        assert_eq!(
            Offset {
                amount: i32::MAX,
                unit: Unit::Hours
            }
            .as_span()
            .map(|span| span.fieldwise()),
            None
        );
    }
}
