//! From an `.ics` file to the days on which an office is closed.
//!
//! Holiday calendars are published as iCalendar (RFC 5545). What is read of it is what closes a
//! day: dates, names and yearly repetition. A file that would be understood only in part is
//! refused, since a holiday that is silently missing is found out on the day.

use icalendar::parser::{Property, unfold};
use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, ToSpan};

/// The longest text that is read, in bytes.
const MOST_BYTES: usize = 1_000_000;
/// The most closed days that one file may give, repetition included.
const MOST_DAYS: i64 = 20_000;
/// The years into which yearly events are unrolled.
const FIRST_YEAR: i16 = 2020;
const LAST_YEAR: i16 = 2045;
/// The longest name of a closure and the longest quotation in an error, in characters.
const MOST_CHARS: usize = 200;

/// Some days in a row that have a reason to be closed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Closure {
    pub from: Date,
    /// The last closed day, inclusive.
    pub to: Date,
    /// The event's title, on one line; "closed" if it has none.
    pub name: String,
}

/// The closures in the text of an iCalendar file, by date.
///
/// Each VEVENT closes the days it touches. A timed event counts by the dates that are written,
/// whatever its zone. Events that are cancelled are left out. Yearly ones (`FREQ=YEARLY`, with
/// `COUNT`, `UNTIL` or `EXDATE`) are unrolled for the years 2020 to 2045. The error is a sentence
/// for whoever keeps the file.
pub fn read(text: &str) -> Result<Vec<Closure>, String> {
    if text.len() > MOST_BYTES {
        return Err(format!(
            "this calendar has {} bytes, and at most {MOST_BYTES} are read: export fewer years",
            text.len()
        ));
    }
    let text = unfold(text.trim_start_matches('\u{feff}'));
    let mut closures = Vec::new();
    let mut days = 0;
    for event in events(&text)? {
        for closure in event.closures()? {
            days += closure.to.duration_since(closure.from).as_hours() / 24 + 1;
            if days > MOST_DAYS {
                return Err(format!(
                    "this calendar closes more than {MOST_DAYS} days, the last by `{}`: \
                     export fewer years",
                    closure.name
                ));
            }
            closures.push(closure);
        }
    }
    closures.sort();
    Ok(closures)
}

/// The events that stand directly in a calendar. Lines are parsed one by one, not by the crate's
/// recursive parser, so that deep nesting cannot exhaust the stack.
fn events(text: &str) -> Result<Vec<Event<'_>>, String> {
    const EVENT: [&str; 2] = ["VCALENDAR", "VEVENT"];
    let mut lines = text
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .peekable();
    if !lines
        .peek()
        .is_some_and(|line| line.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
    {
        return Err(
            "this is not an iCalendar file: it should begin with BEGIN:VCALENDAR".to_owned(),
        );
    }
    let mut events: Vec<Event> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for line in lines {
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.trim().to_ascii_uppercase();
        if key.eq_ignore_ascii_case("BEGIN") {
            open.push(value);
            if open == EVENT {
                events.push(Event::default());
            }
        } else if key.eq_ignore_ascii_case("END") {
            if open.pop().as_ref() != Some(&value) {
                return Err(format!(
                    "this calendar has an END:{} out of place: export it anew",
                    one_line(&value)
                ));
            }
        } else if open == EVENT
            && let Some(event) = events.last_mut()
        {
            let property = Property::try_from(line).map_err(|_| {
                format!(
                    "this calendar has a line that cannot be read, `{}`: correct it",
                    one_line(line)
                )
            })?;
            event.properties.push(property);
        }
    }
    match open.last() {
        Some(name) => Err(format!(
            "this calendar breaks off before its END:{}: export it anew",
            one_line(name)
        )),
        None => Ok(events),
    }
}

/// One VEVENT, as it is written.
#[derive(Default)]
struct Event<'a> {
    properties: Vec<Property<'a>>,
}

impl Event<'_> {
    fn closures(&self) -> Result<Vec<Closure>, String> {
        // Before STATUS: a cancelled exception would take a day out of another event.
        if let Some(key) = ["RECURRENCE-ID", "RDATE", "EXRULE"]
            .into_iter()
            .find(|key| self.value(key).is_some())
        {
            return Err(self.refusal(
                &format!("uses {key}, which is not read"),
                "list its dates as events of their own",
            ));
        }
        if self
            .value("STATUS")
            .is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED"))
        {
            return Ok(Vec::new());
        }
        let start = self
            .moment("DTSTART")?
            .ok_or_else(|| self.refusal("has no DTSTART", "give it a date"))?;
        let end = self.end(start)?;
        let midnight_after = end > start && end.time() == Time::midnight();
        let last = if midnight_after {
            end.date().saturating_sub(1.day())
        } else {
            end.date()
        };
        let length = last.duration_since(start.date());
        let spared = self.exceptions()?;
        let closure = |from: Date| Closure {
            from,
            to: from.saturating_add(length),
            name: self.name(),
        };
        Ok(self
            .dates(start.date())?
            .into_iter()
            .filter(|from| !spared.contains(from))
            .map(closure)
            .collect())
    }

    /// When the event is over, exclusive; the start itself if nothing is said, which closes that
    /// one day.
    fn end(&self, start: DateTime) -> Result<DateTime, String> {
        let end = match (self.moment("DTEND")?, self.value("DURATION")) {
            (Some(end), _) => end,
            (None, Some(duration)) => {
                let span = duration.parse::<Span>().ok();
                span.and_then(|span| start.checked_add(span).ok())
                    .ok_or_else(|| {
                        self.refusal(
                            &format!("has the DURATION `{}`", one_line(duration)),
                            "write it as `P1D` for one day",
                        )
                    })?
            }
            (None, None) => start,
        };
        if end < start {
            return Err(self.refusal("ends before it begins", "correct its DTEND or DURATION"));
        }
        Ok(end)
    }

    /// The dates on which the event begins: `start`, and with a yearly rule its anniversaries. 29
    /// February comes in leap years only (RFC 5545, 3.3.10: invalid dates are ignored).
    fn dates(&self, start: Date) -> Result<Vec<Date>, String> {
        let Some(rule) = self.value("RRULE") else {
            return Ok(vec![start]);
        };
        let unknown = || {
            let rule = one_line(rule);
            let trouble = format!(
                "repeats by the rule `{rule}`, and only FREQ=YEARLY with COUNT or UNTIL is read"
            );
            self.refusal(&trouble, "list its dates as events of their own")
        };
        let (mut yearly, mut count, mut until) = (false, usize::MAX, Date::MAX);
        for part in rule.split(';').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').ok_or_else(unknown)?;
            match key.to_ascii_uppercase().as_str() {
                "FREQ" if value.eq_ignore_ascii_case("YEARLY") => yearly = true,
                "COUNT" => {
                    count = value
                        .parse()
                        .ok()
                        .filter(|count| *count > 0)
                        .ok_or_else(unknown)?
                }
                "UNTIL" => until = moment(value).ok_or_else(unknown)?.date(),
                // These say no more than FREQ=YEARLY and the start do, and many programs write
                // them.
                "INTERVAL" if value == "1" => {}
                "BYMONTH" if value.parse() == Ok(start.month()) => {}
                "BYMONTHDAY" if value.parse() == Ok(start.day()) => {}
                "WKST" => {}
                _ => return Err(unknown()),
            }
        }
        if !yearly {
            return Err(unknown());
        }
        Ok((start.year()..=LAST_YEAR)
            .filter_map(|year| start.with().year(year).build().ok())
            .take_while(|date| *date <= until)
            .take(count)
            .filter(|date| date.year() >= FIRST_YEAR)
            .collect())
    }

    fn exceptions(&self) -> Result<Vec<Date>, String> {
        let lists = self
            .properties
            .iter()
            .filter(|property| is(property, "EXDATE"));
        lists
            .flat_map(|list| list.val.as_str().split(','))
            .map(|text| {
                moment(text)
                    .map(|moment| moment.date())
                    .ok_or_else(|| self.unreadable("EXDATE", text))
            })
            .collect()
    }

    fn moment(&self, key: &str) -> Result<Option<DateTime>, String> {
        self.value(key)
            .map(|text| moment(text).ok_or_else(|| self.unreadable(key, text)))
            .transpose()
    }

    fn value(&self, key: &str) -> Option<&str> {
        self.properties
            .iter()
            .find(|property| is(property, key))
            .map(|property| property.val.as_str().trim())
    }

    fn name(&self) -> String {
        let name = one_line(self.value("SUMMARY").unwrap_or_default());
        if name.is_empty() {
            "closed".to_owned()
        } else {
            name
        }
    }

    fn unreadable(&self, key: &str, text: &str) -> String {
        self.refusal(
            &format!("has the {key} `{}`", one_line(text)),
            "write the date as `20260403`",
        )
    }

    fn refusal(&self, trouble: &str, way_out: &str) -> String {
        let when = self
            .value("DTSTART")
            .map(|start| format!(" ({})", one_line(start)))
            .unwrap_or_default();
        format!("the event `{}`{when} {trouble}: {way_out}", self.name())
    }
}

fn is(property: &Property, key: &str) -> bool {
    property.name.as_str().eq_ignore_ascii_case(key)
}

/// Text from outside as it may stand in a sentence: one line, no control characters, not too long.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .chars()
        .filter(|c| !c.is_control())
        .take(MOST_CHARS)
        .collect()
}

/// A DATE or DATE-TIME; a date is its midnight.
fn moment(text: &str) -> Option<DateTime> {
    let text = text.trim();
    text.strip_suffix('Z').unwrap_or(text).parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn calendar(events: &[&str]) -> String {
        let events = events
            .iter()
            .map(|event| format!("BEGIN:VEVENT\n{event}\nEND:VEVENT\n"));
        let lines = format!(
            "BEGIN:VCALENDAR\nVERSION:2.0\n{}END:VCALENDAR\n",
            events.collect::<String>()
        );
        lines.replace('\n', "\r\n")
    }

    /// The closures, one a line, as `from to name`.
    fn told(text: &str) -> Result<String, String> {
        let line = |closure: &Closure| format!("{} {} {}", closure.from, closure.to, closure.name);
        Ok(read(text)?.iter().map(line).collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn what_closes_a_day() {
        let friday = "2026-04-03 2026-04-03 closed";
        for (event, expected) in [
            (
                "DTSTART;VALUE=DATE:20260403\nDTEND;VALUE=DATE:20260404",
                friday,
            ),
            ("DTSTART;VALUE=DATE:20260403", friday),
            ("DTSTART:20260403\nDTEND:20260403", friday),
            (
                "DTSTART:20260403\nDTEND:20260406",
                "2026-04-03 2026-04-05 closed",
            ),
            (
                "DTSTART:20260403\nDURATION:P3D",
                "2026-04-03 2026-04-05 closed",
            ),
            (
                "DTSTART:20260403\nDURATION:P1W",
                "2026-04-03 2026-04-09 closed",
            ),
            ("DTSTART:20260403T090000Z\nDTEND:20260403T170000Z", friday),
            (
                "DTSTART;TZID=Asia/Kolkata:20260403T190000\nDURATION:PT4H",
                friday,
            ),
            (
                "DTSTART:20260403T220000\nDURATION:PT4H",
                "2026-04-03 2026-04-04 closed",
            ),
            ("DTSTART:20260403T120000\nDTEND:20260404T000000", friday),
            ("DTSTART:20260403T120000", friday),
            ("DTSTART:20260403\nSTATUS:CONFIRMED", friday),
            ("DTSTART:20260403\nSTATUS:CANCELLED", ""),
            (
                "dtstart;value=date:20260403\nsummary:Small",
                "2026-04-03 2026-04-03 Small",
            ),
            (
                "DTSTART:20260403\nSUMMARY:Fold\n  ed",
                "2026-04-03 2026-04-03 Fold ed",
            ),
            (
                "DTSTART:20260403\nSUMMARY:A\\, or\\n b\\; c",
                "2026-04-03 2026-04-03 A, or b; c",
            ),
            (
                "BEGIN:VALARM\nSUMMARY:Alarm\nDURATION:P9D\nEND:VALARM\nDTSTART:20260403",
                friday,
            ),
        ] {
            assert_eq!(
                told(&calendar(&[event])).as_deref(),
                Ok(expected),
                "{event}"
            );
        }
    }

    #[test]
    fn yearly_events() {
        // The rule, DTSTART, how many closures, the first and the last.
        for case in [
            "FREQ=YEARLY 20261225 20 2026-12-25 2045-12-25",
            "FREQ=YEARLY 19991225 26 2020-12-25 2045-12-25",
            "FREQ=YEARLY 20460101 0",
            "FREQ=YEARLY 20240229 6 2024-02-29 2044-02-29",
            "FREQ=YEARLY;COUNT=3 20261225 3 2026-12-25 2028-12-25",
            "FREQ=YEARLY;COUNT=3 20181225 1 2020-12-25 2020-12-25",
            "FREQ=YEARLY;UNTIL=20281225 20261225 3 2026-12-25 2028-12-25",
            "FREQ=YEARLY;UNTIL=20281224T235959Z 20261225 2 2026-12-25 2027-12-25",
            "freq=yearly;interval=1;WKST=MO 20261225 20 2026-12-25 2045-12-25",
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25 20261225 20 2026-12-25 2045-12-25",
        ] {
            let words: Vec<&str> = case.split(' ').collect();
            let event = format!("DTSTART:{}\nRRULE:{}", words[1], words[0]);
            let found = read(&calendar(&[&event])).unwrap_or_else(|error| panic!("{error}"));
            let mut told = format!("{} {} {}", words[0], words[1], found.len());
            for closure in found.first().into_iter().chain(found.last()) {
                told += &format!(" {}", closure.from);
            }
            assert_eq!(told, case);
        }
        let spared = "DTSTART:20261231\nDURATION:P2D\nRRULE:FREQ=YEARLY;COUNT=4\n\
                      EXDATE:20271231,20281231";
        let expected = "2026-12-31 2027-01-01 closed\n2029-12-31 2030-01-01 closed";
        assert_eq!(told(&calendar(&[spared])).as_deref(), Ok(expected));
    }

    #[test]
    fn refusals_name_the_event_and_a_way_out() {
        let cases = [
            (
                "SUMMARY:Day",
                "the event `Day` has no DTSTART: give it a date",
            ),
            (
                "DTSTART:20260431",
                "the event `closed` (20260431) has the DTSTART `20260431`: \
                 write the date as `20260403`",
            ),
            (
                "DTSTART:20260403\nDURATION:long",
                "the event `closed` (20260403) has the DURATION `long`: \
                 write it as `P1D` for one day",
            ),
            (
                "DTSTART:20260403\nDTEND:20260401",
                "the event `closed` (20260403) ends before it begins: \
                 correct its DTEND or DURATION",
            ),
            (
                "DTSTART:20260403\nSTATUS:CANCELLED\nRECURRENCE-ID:20260403",
                "the event `closed` (20260403) uses RECURRENCE-ID, which is not read: \
                 list its dates as events of their own",
            ),
        ];
        for (event, expected) in cases {
            assert_eq!(
                told(&calendar(&[event])),
                Err(expected.to_owned()),
                "{event}"
            );
        }
        for rule in [
            "FREQ=WEEKLY",
            "FREQ=YEARLY;BYDAY=-1MO",
            "FREQ=YEARLY;BYMONTH=5",
            "FREQ=YEARLY;INTERVAL=2",
            "FREQ=YEARLY;COUNT=0",
            "FREQ=YEARLY;UNTIL=soon",
            "COUNT=2",
            "YEARLY",
        ] {
            let expected = format!(
                "the event `closed` (20260403) repeats by the rule `{rule}`, and only FREQ=YEARLY \
                 with COUNT or UNTIL is read: list its dates as events of their own"
            );
            let event = format!("DTSTART:20260403\nRRULE:{rule}");
            assert_eq!(told(&calendar(&[&event])), Err(expected));
        }
    }

    #[test]
    fn files_that_are_no_whole_calendar() {
        let none = "this is not an iCalendar file: it should begin with BEGIN:VCALENDAR";
        let cases = [
            ("", none),
            ("<html>Sign in</html>", none),
            ("BEGIN:VEVENT\nDTSTART:20260403\nEND:VEVENT\n", none),
            (
                "BEGIN:VCALENDAR\n",
                "this calendar breaks off before its END:VCALENDAR: export it anew",
            ),
            (
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260403\n",
                "this calendar breaks off before its END:VEVENT: export it anew",
            ),
            (
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n",
                "this calendar has an END:VCALENDAR out of place: export it anew",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), Err(expected.to_owned()), "{text}");
        }
        assert_eq!(told(&calendar(&[])).as_deref(), Ok(""));
        assert_eq!(
            told("\u{feff}\nbegin:vcalendar\nEND:VCALENDAR").as_deref(),
            Ok("")
        );
    }

    #[test]
    fn closures_come_by_date() {
        let b = calendar(&["DTSTART:20260406\nSUMMARY:B"]);
        let z_a = calendar(&["DTSTART:20260403\nSUMMARY:Z", "DTSTART:20260403\nSUMMARY:A"]);
        assert_eq!(
            told(&(b + &z_a)).as_deref(),
            Ok("2026-04-03 2026-04-03 A\n2026-04-03 2026-04-03 Z\n2026-04-06 2026-04-06 B")
        );
    }

    #[test]
    fn limits() {
        let days = |n: i64| {
            let end = jiff::civil::date(2026, 1, 1)
                .saturating_add(n.days())
                .strftime("%Y%m%d");
            calendar(&[&format!("DTSTART:20260101\nDTEND:{end}\nSUMMARY:Long")])
        };
        assert_eq!(read(&days(MOST_DAYS)).map(|closures| closures.len()), Ok(1));
        assert_eq!(
            read(&days(MOST_DAYS + 1)).unwrap_err(),
            "this calendar closes more than 20000 days, the last by `Long`: export fewer years"
        );
        let padded = |bytes: usize| {
            let text = calendar(&["DTSTART:20260403"]);
            let padding = "\n".repeat(bytes - text.len());
            text + &padding
        };
        assert_eq!(
            read(&padded(MOST_BYTES)).map(|closures| closures.len()),
            Ok(1)
        );
        assert_eq!(
            read(&padded(MOST_BYTES + 1)).unwrap_err(),
            "this calendar has 1000001 bytes, and at most 1000000 are read: export fewer years"
        );
        let name = "x".repeat(1000);
        let closures = read(&calendar(&[&format!("DTSTART:20260403\nSUMMARY:{name}")])).unwrap();
        assert_eq!(closures[0].name.len(), MOST_CHARS);
        let nested = "BEGIN:VCALENDAR\n".repeat(60_000);
        assert!(read(&nested).unwrap_err().contains("breaks off"));
    }

    /// Lines that mean something, so that chance gets past the door.
    fn any_line() -> impl Strategy<Value = String> {
        let key = "(BEGIN|END|DTSTART|DTEND|DURATION|RRULE|EXDATE|SUMMARY|STATUS|;|\\PC)";
        let value = "(VCALENDAR|VEVENT|[-+]?[0-9]{4,9}(T[0-9]{6}Z?)?|[-+]?P[0-9]{1,12}[DWMY]|\
                     FREQ=YEARLY(;COUNT=[0-9]+)?|.{0,9})";
        (key, "(;VALUE=DATE|;TZID=\"x|)", value)
            .prop_map(|(key, parameter, value)| format!("{key}{parameter}:{value}"))
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let _ = read(&text);
            let _ = read(&calendar(&[&text]));
        }

        #[test]
        fn no_lines_make_it_panic(lines in prop::collection::vec(any_line(), 0..8)) {
            if let Ok(closures) = read(&calendar(&[&lines.join("\n")])) {
                prop_assert!(closures.iter().all(|closure| closure.from <= closure.to));
                prop_assert!(closures.iter().all(|closure| !closure.name.is_empty()));
            }
        }
    }
}
