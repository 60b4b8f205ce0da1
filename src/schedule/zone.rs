//! From a date and a clock in a zone to an instant, and what the change of clocks does to it.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

use super::calendar::in_words;

/// A wall time that the change of clocks makes doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The clocks jump over `asked`; `got` is as far after the jump as `asked` would have been.
    Gap { asked: DateTime, got: DateTime },
    /// `asked` comes twice, and the first is used.
    Fold { asked: DateTime },
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told =
            |when: &DateTime| format!("{} on {}", when.strftime("%H:%M"), in_words(when.date()));
        match self {
            Clock::Gap { asked, got } => write!(
                f,
                "{} does not exist, because the clocks go forward: {} is used instead",
                told(asked),
                told(got)
            ),
            Clock::Fold { asked } => {
                write!(
                    f,
                    "{} comes twice, because the clocks go back: the first is used",
                    told(asked)
                )
            }
        }
    }
}

/// The instant at which the clocks of `zone` show `date` and `time`, and a word if they show it
/// never or twice. At the ends of the calendar (years -9999 and 9999) it is the nearest instant
/// there is.
pub fn instant(date: Date, time: Time, zone: &TimeZone) -> (Timestamp, Option<Clock>) {
    let asked = date.to_datetime(time);
    let ambiguous = zone.to_ambiguous_timestamp(asked);
    let offset = ambiguous.offset();
    let nearest = if date.year() < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    let instant = ambiguous.compatible().unwrap_or(nearest);
    let clock = match offset {
        AmbiguousOffset::Unambiguous { .. } => None,
        AmbiguousOffset::Gap { .. } => Some(Clock::Gap {
            asked,
            got: zone.to_datetime(instant),
        }),
        AmbiguousOffset::Fold { .. } => Some(Clock::Fold { asked }),
    };
    (instant, clock)
}

/// The zone of an IANA name such as `Europe/London`, in any case. Only the database inside the
/// program is asked, never the system's, so that the same content gives the same instants on every
/// machine.
pub fn zone(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled()
        .get(name)
        .ok()
        .filter(|zone| !zone.is_unknown())
}

/// Every name that [`zone`] knows, for "did you mean".
pub fn zone_names() -> impl Iterator<Item = String> {
    let names: Vec<String> = TimeZoneDatabase::bundled()
        .available()
        .map(|name| name.to_string())
        .collect();
    names.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_come_from_the_bundle() {
        let name = |text: &str| zone(text).and_then(|zone| zone.iana_name().map(str::to_owned));
        assert_eq!(name("Europe/Lisbon").as_deref(), Some("Europe/Lisbon"));
        assert_eq!(name("asia/singapore").as_deref(), Some("Asia/Singapore"));
        for unknown in [
            "Europe/Larkfield",
            "",
            "local",
            "Etc/Unknown",
            "../etc/localtime",
            "/etc/localtime",
        ] {
            assert_eq!(zone(unknown), None, "{unknown}");
        }
        let names: Vec<String> = zone_names().collect();
        assert!(names.iter().any(|name| name == "Europe/London"));
        assert_eq!(names.iter().find(|name| zone(name).is_none()), None);
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        for name in ["Europe/London", "Pacific/Apia", "America/New_York", "UTC"] {
            let zone = zone(name).expect("a known zone");
            assert_eq!(
                instant(Date::MAX, Time::MAX, &zone).0,
                Timestamp::MAX,
                "{name}"
            );
            assert_eq!(
                instant(Date::MIN, Time::MIN, &zone).0,
                Timestamp::MIN,
                "{name}"
            );
        }
    }
}
