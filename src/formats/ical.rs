//! iCalendar (RFC 5545), from plain values to bytes: times in UTC, no METHOD, no clock, lines of at most 75
//! octets. For every calendar that is made here.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use std::io::{self, Write};

/// A calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The name that readers show.
    pub name: String,
    /// Its events.
    pub events: Vec<Event>,
}

/// When something takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// From one instant to another.
    Hours(Timestamp, Timestamp),
    /// All of a day.
    Day(Date),
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What it is known by for ever.
    pub uid: String,
    /// When it was last decided: never the clock.
    pub stamp: Timestamp,
    /// How often it was changed.
    pub sequence: u32,
    /// When it takes place.
    pub span: Span,
    /// One line.
    pub summary: String,
    /// More of it; may be empty.
    pub description: String,
    /// Its page, if it has one.
    pub url: Option<String>,
    /// It does not take place.
    pub cancelled: bool,
}

/// A calendar as bytes.
pub fn write(calendar: &Calendar) -> Vec<u8> {
    let mut bytes = Vec::new();
    let events = calendar.events.iter().cloned();
    written(&calendar.name, events, &mut bytes).expect("memory takes all");
    bytes
}

/// Writes a calendar, an event after the other.
///
/// # Errors
/// Those of what it is written into.
pub fn written(
    name: &str,
    events: impl Iterator<Item = Event>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page::default();
    page.line("BEGIN", "VCALENDAR");
    page.line("VERSION", "2.0");
    page.line("PRODID", "-//learnflow//learnflow//EN");
    page.text("NAME", name);
    page.text("X-WR-CALNAME", name);
    // Some readers look at the one, some at the other, many at neither.
    page.line("REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
    page.line("X-PUBLISHED-TTL", "PT6H");
    for event in events {
        page.event(&event);
        out.write_all(page.0.as_bytes())?;
        page.0.clear();
    }
    page.line("END", "VCALENDAR");
    out.write_all(page.0.as_bytes())
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn event(&mut self, event: &Event) {
        self.line("BEGIN", "VEVENT");
        self.text("UID", &event.uid);
        self.line("DTSTAMP", &instant(event.stamp));
        self.line("LAST-MODIFIED", &instant(event.stamp));
        self.line("SEQUENCE", &event.sequence.to_string());
        match event.span {
            Span::Hours(starts, ends) => {
                self.line("DTSTART", &instant(starts));
                // An end that is no later than the start is none.
                if ends > starts {
                    self.line("DTEND", &instant(ends));
                }
            }
            Span::Day(day) => {
                self.line("DTSTART;VALUE=DATE", &date(day));
                self.line("DTEND;VALUE=DATE", &date(day.saturating_add(1.day())));
            }
        }
        self.text("SUMMARY", &event.summary);
        if !event.description.is_empty() {
            self.text("DESCRIPTION", &event.description);
        }
        if let Some(url) = &event.url {
            self.line("URL", url);
        }
        let cancelled = event.cancelled;
        self.line("STATUS", if cancelled { "CANCELLED" } else { "CONFIRMED" });
        self.line("TRANSP", "TRANSPARENT");
        self.line("END", "VEVENT");
    }

    /// A value that is text (3.3.11).
    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len() + 8);
        for c in value.replace("\r\n", "\n").chars() {
            match c {
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                // No other control character may stand in a line.
                c if c.is_control() => escaped.push(' '),
                c => escaped.push(c),
            }
        }
        self.line(name, &escaped);
    }

    /// A line in pieces of at most 75 octets (3.1), never within a character.
    fn line(&mut self, name: &str, value: &str) {
        let mut width = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if width + c.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

fn instant(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn date(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}
