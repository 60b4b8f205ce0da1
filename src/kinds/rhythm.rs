//! The cadence grammar as authors write it (`{every: week, days: [tue], at: "10:00"}`), read into a
//! [`Rhythm`]. `days: weekdays` stays open until a run says what its working week is.

use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{Audience, Fields, Key, Value};
use crate::schedule::{Cadence, Nth, Rhythm, ShortMonth, Week};
use jiff::civil::Weekday;

/// The keys of a cadence.
pub const RHYTHM_KEYS: &[Key] = &[
    Key::new("every", Audience::Run),
    Key::new("days", Audience::Run),
    Key::new("on", Audience::Run),
    Key::new("day", Audience::Run),
    Key::new("short_month", Audience::Run),
    Key::new("dates", Audience::Run),
    Key::new("spread", Audience::Run).of(&[
        Key::new("from", Audience::Run),
        Key::new("to", Audience::Run),
        Key::new("days", Audience::Run),
    ]),
    Key::new("pace", Audience::Run),
    Key::new("at", Audience::Run),
];

/// The days of the week as authors write them.
pub const DAYS: &[(&str, Weekday)] = &[
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

const FULL_DAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

const NTHS: &[(&str, Nth)] = &[
    ("first", Nth::First),
    ("second", Nth::Second),
    ("third", Nth::Third),
    ("fourth", Nth::Fourth),
    ("last", Nth::Last),
];

/// Reads a cadence out of a mapping that holds [`RHYTHM_KEYS`], perhaps among others.
pub fn read_rhythm(fields: &Fields, diags: &mut Diagnostics) -> Option<Rhythm> {
    let at = fields.time("at", diags);
    if fields.has("pace") {
        fields.choice("pace", &[("self", ())], diags)?;
        return Some(fixed(Cadence::SelfPaced, at));
    }
    if fields.has("dates") {
        return dates(fields, diags).map(|cadence| fixed(cadence, at));
    }
    if fields.has("spread") {
        let spread = fields.map("spread", diags)?;
        let (days, weekdays) = days_of(&spread, diags)?;
        return Some(Rhythm {
            cadence: Cadence::Spread {
                from: spread.date("from", diags)?,
                to: spread.date("to", diags)?,
                days: Week::of(&days),
            },
            weekdays,
            at,
        });
    }
    let (count, unit) = every(fields, diags)?;
    match unit {
        Unit::Day => {
            let (days, weekdays) = days_of(fields, diags)?;
            Some(Rhythm {
                cadence: Cadence::Daily {
                    every: count,
                    days: Week::of(&days),
                },
                weekdays,
                at,
            })
        }
        Unit::Week => {
            let (days, weekdays) = days_of(fields, diags)?;
            if !fields.has("days") {
                diags.push(
                    Diagnostic::error("cadence", "a weekly cadence names its days")
                        .at(fields.place("every"))
                        .help("add `days: [tue]`"),
                );
                return None;
            }
            Some(Rhythm {
                cadence: Cadence::Weekly { every: count, days },
                weekdays,
                at,
            })
        }
        Unit::Month => monthly(fields, count, diags).map(|cadence| fixed(cadence, at)),
    }
}

fn fixed(cadence: Cadence, at: Option<jiff::civil::Time>) -> Rhythm {
    Rhythm {
        cadence,
        weekdays: false,
        at,
    }
}

#[derive(Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
}

/// `day`, `week`, `2 weeks`.
fn every(fields: &Fields, diags: &mut Diagnostics) -> Option<(u16, Unit)> {
    let text = fields.need("every", "cadence", diags)?;
    let (count, word) = match text.split_once(' ') {
        None => (Some(1), text.as_str()),
        Some((count, word)) => (count.parse().ok().filter(|n| (1..=52).contains(n)), word),
    };
    let unit = match word.trim() {
        "day" | "days" => Some(Unit::Day),
        "week" | "weeks" => Some(Unit::Week),
        "month" | "months" => Some(Unit::Month),
        _ => None,
    };
    if let (Some(count), Some(unit)) = (count, unit) {
        return Some((count, unit));
    }
    diags.push(
        Diagnostic::error("cadence", format!("`every: {text}` is not understood"))
            .at(fields.place("every"))
            .help("write `day`, `week`, `month`, or a number before them: `2 weeks`"),
    );
    None
}

/// The days named under `days`, and whether they are the working week of the run.
fn days_of(fields: &Fields, diags: &mut Diagnostics) -> Option<(Vec<Weekday>, bool)> {
    let all = || DAYS.iter().map(|(_, day)| *day).collect::<Vec<_>>();
    if !fields.has("days") {
        return Some((all(), false));
    }
    let mut days = Vec::new();
    let mut good = true;
    for (word, at) in fields.words("days", diags) {
        if word == "weekdays" {
            return Some((all(), true));
        }
        let lower = word.to_lowercase();
        let found = DAYS
            .iter()
            .chain(FULL_DAYS)
            .find(|(name, _)| *name == lower);
        match found {
            Some((_, day)) => days.push(*day),
            None => {
                good = false;
                diags.push(
                    Diagnostic::error("cadence", format!("`{word}` is not a day of the week"))
                        .at(fields.at(at))
                        .help("write `weekdays`, or a list of mon, tue, wed, thu, fri, sat, sun"),
                );
            }
        }
    }
    days.sort_by_key(|day| day.to_monday_zero_offset());
    days.dedup();
    (good && !days.is_empty()).then_some((days, false))
}

fn monthly(fields: &Fields, every: u16, diags: &mut Diagnostics) -> Option<Cadence> {
    if fields.has("on") {
        let text = fields.text("on", diags)?;
        let found = text.split_once('-').and_then(|(nth, day)| {
            let nth = NTHS.iter().find(|(name, _)| *name == nth)?.1;
            let days = FULL_DAYS.iter().chain(DAYS);
            let weekday = days.into_iter().find(|(name, _)| *name == day)?.1;
            Some(Cadence::MonthlyNth {
                every,
                nth,
                weekday,
            })
        });
        if found.is_none() {
            diags.push(
                Diagnostic::error("cadence", format!("`on: {text}` is not understood"))
                    .at(fields.place("on"))
                    .help(
                        "write first, second, third, fourth or last with a day: `second-thursday`",
                    ),
            );
        }
        return found;
    }
    if !fields.has("day") {
        diags.push(
            Diagnostic::error("cadence", "a monthly cadence says on which day")
                .at(fields.place("every"))
                .help("add `on: first-monday` or `day: 15`"),
        );
        return None;
    }
    let day = fields.number("day", 1..=31, diags)?;
    let short = fields.choice(
        "short_month",
        &[("last", ShortMonth::Last), ("skip", ShortMonth::Skip)],
        diags,
    );
    if day > 28 && short.is_none() {
        diags.push(
            Diagnostic::error("short-month", format!("not every month has a day {day}"))
                .at(fields.place("day"))
                .why("without a rule the item would vanish in short months")
                .help("add `short_month: last` (the month's last day) or `short_month: skip`"),
        );
        return None;
    }
    Some(Cadence::MonthlyDay {
        every,
        day: day as i8,
        short: short.unwrap_or(ShortMonth::Skip),
    })
}

fn dates(fields: &Fields, diags: &mut Diagnostics) -> Option<Cadence> {
    let mut dates = Vec::new();
    for node in fields.list("dates") {
        let Value::Text(text) = &node.value else {
            continue;
        };
        match crate::document::day_time(text) {
            Some(date) => dates.push(date),
            None => diags.push(
                Diagnostic::error(
                    "wrong-value",
                    format!("`{text}` is not a day of the calendar"),
                )
                .at(fields.at(node.at.clone()))
                .help("write 2026-03-02 or 2026-03-02T14:00"),
            ),
        }
    }
    dates.sort();
    dates.dedup();
    (!dates.is_empty()).then_some(Cadence::Dates(dates))
}
