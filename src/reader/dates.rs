//! Dates of feeds, in the forms that people and programs write: W3C and ISO 8601, RFC 822 with its slips, asctime, and
//! a few that other languages brought. What has no zone is in UTC. What cannot be read is none, never a guess.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// The longest text that is looked at.
const LONGEST: usize = 100;
/// Two digits below it are a year after 2000.
const TURN: i32 = 90;
/// Unix numbers with more digits are in milliseconds.
const SECONDS: usize = 11;

/// Zones by name, in minutes east of Greenwich.
#[rustfmt::skip]
const ZONES: &[(&str, i32)] = &[
    ("ut", 0), ("utc", 0), ("gmt", 0), ("z", 0), ("wet", 0), ("west", 60), ("bst", 60), ("cet", 60), ("met", 60), ("cest", 120),
    ("mest", 120), ("mesz", 120), ("mez", 60), ("eet", 120), ("eest", 180), ("msk", 180), ("jst", 540), ("kst", 540), ("aest", 600), ("aedt", 660),
    ("nzst", 720), ("nzdt", 780), ("nst", -210), ("ndt", -150), ("ast", -240), ("adt", -180), ("at", -240), ("est", -300), ("edt", -240),
    ("et", -300), ("cst", -360), ("cdt", -300), ("ct", -360), ("mst", -420), ("mdt", -360), ("mt", -420), ("pst", -480), ("pdt", -420),
    ("pt", -480), ("akst", -540), ("akdt", -480), ("hst", -600), ("a", -60), ("n", 60), ("m", -720), ("y", 720),
];
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
#[rustfmt::skip]
const GREEK: &[(&str, i8)] = &[
    ("ιαν", 1), ("φεβ", 2), ("μάώ", 3), ("μαώ", 3), ("μάρ", 3), ("μαρ", 3), ("απρ", 4), ("μάι", 5), ("μαϊ", 5), ("μαι", 5), ("ιούν", 6),
    ("ιον", 6), ("ιούλ", 7), ("ιολ", 7), ("αύγ", 8), ("αυγ", 8), ("σεπ", 9), ("οκτ", 10), ("νοέ", 11), ("νοε", 11), ("δεκ", 12),
];
const GREEK_DAYS: &[&str] = &["κυρ", "δευ", "τρι", "τετ", "πεμ", "παρ", "σαβ"];
#[rustfmt::skip]
const HUNGARIAN: &[(&str, i8)] = &[
    ("január", 1), ("februári", 2), ("február", 2), ("március", 3), ("április", 4), ("május", 5), ("június", 6), ("július", 7),
    ("augusztus", 8), ("szeptember", 9), ("október", 10), ("november", 11), ("december", 12),
];

/// The instant that a text means.
pub(super) fn read(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let low = text.to_lowercase();
    unix(&low)
        .or_else(|| w3c(&low))
        .or_else(|| mail(&low))
        .or_else(|| asctime(&low))
        .or_else(|| hungarian(&low))
        .or_else(|| korean(&low))
        .or_else(|| begins(&low))
}

/// Digits alone, as many as Unix counts today.
fn unix(text: &str) -> Option<Timestamp> {
    if text.len() < 9 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    match text.len() > SECONDS {
        true if text.len() == 13 => Timestamp::from_millisecond(number).ok(),
        // 20260301120000
        true => None,
        false => Timestamp::from_second(number).ok(),
    }
}

/// `2026-03-01T09:30:00Z` and its pieces: date only, month only, year only, a space for the T, zones of all kinds.
fn w3c(text: &str) -> Option<Timestamp> {
    let parts = text.split_once(|c: char| c == 't' || c.is_whitespace());
    let (date, rest) = match parts {
        Some((date, rest)) => (date, rest.trim_start()),
        None => (text.strip_suffix('z').unwrap_or(text), ""),
    };
    let date = iso_date(date)?;
    let (time, zone) = clock(rest)?;
    instant(date, time, zone)
}

/// The forms of a date in ISO 8601 in which the year is known.
fn iso_date(text: &str) -> Option<Date> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty();
    let mut parts = text.split(['-', '/']);
    let (first, second, third) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some()
        || !digits(first)
        || ![second, third].into_iter().flatten().all(digits)
    {
        return None;
    }
    let number = |text: &str| text.parse::<i16>().ok();
    let small = |text: &str| text.parse::<i8>().ok();
    match (first.len(), second, third) {
        (4, None, None) => day(number(first)?, 1, 1),
        (4, Some(ordinal), None) if ordinal.len() == 3 => nth(number(first)?, number(ordinal)?),
        (4, Some(month), None) => day(number(first)?, small(month)?, 1),
        (4, Some(month), Some(date)) => day(number(first)?, small(month)?, small(date)?),
        (2, Some(month), Some(date)) => day(2000 + number(first)?, small(month)?, small(date)?),
        (8, None, None) => day(
            number(&first[..4])?,
            small(&first[4..6])?,
            small(&first[6..])?,
        ),
        (7, None, None) => nth(number(first.get(..4)?)?, number(first.get(4..)?)?),
        (6, None, None) => {
            let (year, month) = (number(first.get(..2)?)?, small(first.get(2..4)?)?);
            day(2000 + year, month, small(first.get(4..)?)?)
        }
        _ => None,
    }
}

fn day(year: i16, month: i8, date: i8) -> Option<Date> {
    (year > 0)
        .then(|| Date::new(year, month, date).ok())
        .flatten()
}

fn nth(year: i16, ordinal: i16) -> Option<Date> {
    let first = day(year, 1, 1)?;
    let found = first
        .checked_add(jiff::Span::new().days(i64::from(ordinal) - 1))
        .ok()?;
    (ordinal > 0 && found.year() == year).then_some(found)
}

/// Hours, minutes and seconds.
type Clock = (i8, i8, i8);

/// `09:30:00.5 +02:00`, `0930`, or nothing at all; and minutes east.
fn clock(text: &str) -> Option<(Clock, i32)> {
    let ends = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.')));
    let (time, zone) = text.split_at(ends.unwrap_or(text.len()));
    let zone = zone.trim();
    let zone = match zone {
        "" => 0,
        zone if zone.starts_with(['+', '-', '−']) => offset(zone)?,
        name => named_zone(name),
    };
    Some((hours(time)?, zone))
}

fn hours(time: &str) -> Option<Clock> {
    if time.is_empty() {
        return Some((0, 0, 0));
    }
    let whole = |text: &str| -> Option<i8> {
        let whole = text.split('.').next().unwrap_or("");
        whole.parse().ok()
    };
    if !time.contains(':') && matches!(time.split('.').next()?.len(), 4 | 6) {
        let second = time.get(4..6).map_or(Some(0), whole)?;
        return Some((whole(time.get(..2)?)?, whole(time.get(2..4)?)?, second));
    }
    let mut parts = time.split(':');
    let hour = whole(parts.next()?)?;
    let minute = parts.next().map_or(Some(0), whole)?;
    let second = parts
        .next()
        .filter(|s| !s.is_empty())
        .map_or(Some(0), whole)?;
    Some((hour, minute, second))
}

/// `+0200`, `-05:30`, `+2`.
fn offset(text: &str) -> Option<i32> {
    let mut letters = text.chars();
    let west = letters.next() != Some('+');
    let digits: String = letters.filter(|c| *c != ':').collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        3 if digits.starts_with(['0', '1']) => digits.split_at(2),
        3 => digits.split_at(1),
        4 => digits.split_at(2),
        _ => return None,
    };
    let east = hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?;
    Some(if west { -east } else { east })
}

/// A zone that nobody knows is UTC: the hour is then wrong, the day mostly right.
fn named_zone(name: &str) -> i32 {
    let name = name.trim_start_matches("etc/").trim_matches(['(', ')']);
    let known = |name: &str| ZONES.iter().find(|(known, _)| *known == name);
    if let Some((_, east)) = known(name) {
        return *east;
    }
    let after = name.strip_prefix("gmt").or(name.strip_prefix("utc"));
    after.and_then(offset).unwrap_or(0)
}

fn instant(date: Date, (hour, minute, second): Clock, east: i32) -> Option<Timestamp> {
    let (date, hour) = match (hour, minute, second) {
        (24, 0, 0) => (date.tomorrow().ok()?, 0),
        _ => (date, hour),
    };
    let second = second.min(if second == 60 { 59 } else { second });
    let time = jiff::civil::Time::new(hour, minute, second, 0).ok()?;
    let at = DateTime::from_parts(date, time);
    let east = i64::from(east);
    let at = at.checked_sub(jiff::Span::new().minutes(east)).ok()?;
    let utc = at.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?;
    Some(utc.timestamp()).filter(|_| at.year() > 0)
}

/// `Sun, 01 Mar 2026 09:30:00 +0000`: with or without a weekday, right or wrong; years of two digits; the month
/// before the day; `2026/03/01`; names of months in Greek.
fn mail(text: &str) -> Option<Timestamp> {
    let spaced = text.replace(',', ", ");
    let mut parts: Vec<&str> = spaced.split_whitespace().collect();
    let first = parts.first()?.trim_end_matches([',', '.']);
    let short = |word: &str| word.chars().take(3).collect::<String>();
    let weekday = short(first);
    if DAYS.contains(&weekday.as_str()) || GREEK_DAYS.contains(&weekday.as_str()) {
        parts.remove(0);
        if parts.first().is_some_and(|part| *part == ",") {
            parts.remove(0);
        }
    }
    let bare = |word: &str| word.trim_end_matches([',', '.']).to_owned();
    let first = bare(parts.first()?);
    let (date, rest) = match iso_date(&first).filter(|_| first.contains('/')) {
        Some(date) => (date, &parts[1..]),
        None => {
            let joined = first.split('-').map(str::to_owned).collect::<Vec<_>>();
            // 01-Mar-2026
            let (words, rest) = match joined.len() {
                3 => (joined, &parts[1..]),
                _ if parts.len() >= 3 => {
                    (parts[..3].iter().map(|w| bare(w)).collect(), &parts[3..])
                }
                _ => return None,
            };
            let (number, name) = match words[0].parse::<i8>() {
                Ok(number) => (number, &words[1]),
                Err(_) => (words[1].parse().ok()?, &words[0]),
            };
            let year: i32 = words[2].parse().ok()?;
            let year = match words[2].len() {
                1 | 2 if year < TURN => year + 2000,
                1 | 2 => year + 1900,
                _ => year,
            };
            let date = day(i16::try_from(year).ok()?, month(name)?, number)?;
            (date, rest)
        }
    };
    let time = match rest.first() {
        None => (0, 0, 0),
        Some(time) if time.starts_with(|c: char| c.is_ascii_digit()) => {
            let (clock, zone) = clock(time)?;
            if zone != 0 {
                return instant(date, clock, zone);
            }
            clock
        }
        Some(_) => return None,
    };
    let mut zone = rest.get(1).copied().unwrap_or("");
    let half = match zone {
        "am" | "pm" => {
            let after = zone == "pm";
            zone = rest.get(2).copied().unwrap_or("");
            Some(after)
        }
        _ => None,
    };
    let time = match (half, time) {
        (Some(true), (hour @ 1..12, minute, second)) => (hour + 12, minute, second),
        (Some(false), (12, minute, second)) => (0, minute, second),
        _ => time,
    };
    let east = match zone {
        zone if zone.starts_with(['+', '-']) => offset(zone)?,
        zone => named_zone(zone),
    };
    instant(date, time, east)
}

fn month(name: &str) -> Option<i8> {
    let short: String = name.chars().take(3).collect();
    let english = MONTHS.iter().position(|known| *known == short);
    let greek = || {
        let found = GREEK.iter().find(|(known, _)| *known == name);
        found.map(|(_, number)| *number)
    };
    english
        .and_then(|at| i8::try_from(at + 1).ok())
        .or_else(greek)
}

/// `Sun Mar  1 09:30:00 2026`, with a zone before the year or without.
fn asctime(text: &str) -> Option<Timestamp> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let (zone, year) = match parts.len() {
        5 => ("", parts[4]),
        6 => (parts[4], parts[5]),
        _ => return None,
    };
    let [weekday, month, number, time] = parts[..4] else {
        return None;
    };
    mail(&format!("{weekday} {number} {month} {year} {time} {zone}"))
}

/// `2026-március-1T9:30+01:00`
fn hungarian(text: &str) -> Option<Timestamp> {
    let (year, after) = text.split_once('-')?;
    let (name, after) = after.split_once('-')?;
    let (_, number) = HUNGARIAN.iter().find(|(known, _)| *known == name)?;
    w3c(&format!("{year}-{number}-{after}"))
}

/// `2026년 03월 01일 09:30:00`, `2026-03-01 오후 09:30:00`: in Korea.
fn korean(text: &str) -> Option<Timestamp> {
    let plain = text
        .replace("년 ", "-")
        .replace("월 ", "-")
        .replace('일', "");
    let (date, time) = plain.split_once(' ')?;
    let (later, time) = match (time.strip_prefix("오전 "), time.strip_prefix("오후 ")) {
        (Some(time), _) => (0, time),
        (_, Some(time)) => (12, time),
        _ if plain != text => (0, time),
        _ => return None,
    };
    let (hour, minute, second) = hours(time.trim())?;
    let hour = if later == 12 && hour == 12 {
        12
    } else {
        hour + later
    };
    instant(iso_date(date)?, (hour, minute, second), 9 * 60)
}

/// A date of ISO 8601 with something after it that nobody understands: the day holds.
fn begins(text: &str) -> Option<Timestamp> {
    let (date, more) = text.split_at_checked(10)?;
    let goes_on = more.starts_with(|c: char| c.is_alphanumeric() && c != 't');
    let date = iso_date(date).filter(|_| date.find('-') == Some(4) && !goes_on)?;
    instant(date, (0, 0, 0), 0)
}
