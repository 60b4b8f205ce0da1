//! What stands in a calendar of ours: just enough of iCalendar to tell what moved.

use std::collections::BTreeMap;

/// An event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// `DTSTART`, as it is written.
    pub starts: String,
    /// `SUMMARY`.
    pub title: String,
    /// It does not take place.
    pub cancelled: bool,
}

impl Entry {
    /// When it begins, for people: `2026-03-12 09:00 UTC`, or its day.
    pub fn when(&self) -> String {
        let part = |from: usize, to: usize| self.starts.get(from..to);
        let day = match (part(0, 4), part(4, 6), part(6, 8)) {
            (Some(year), Some(month), Some(day)) => format!("{year}-{month}-{day}"),
            _ => self.starts.clone(),
        };
        match (part(9, 11), part(11, 13)) {
            (Some(hour), Some(minute)) => format!("{day} {hour}:{minute} UTC"),
            _ => day,
        }
    }
}

/// The lines of a calendar, with folded ones made whole.
pub fn unfolded(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// The events of a calendar by their UID.
pub fn entries(bytes: &[u8]) -> BTreeMap<String, Entry> {
    let mut all = BTreeMap::new();
    let mut uid = String::new();
    let mut entry = Entry::default();
    for line in unfolded(bytes) {
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        match name.split(';').next().unwrap_or(name) {
            "BEGIN" if value == "VEVENT" => (uid, entry) = (String::new(), Entry::default()),
            "UID" => value.clone_into(&mut uid),
            "DTSTART" => value.clone_into(&mut entry.starts),
            "SUMMARY" => entry.title = plain(value),
            "STATUS" => entry.cancelled = value == "CANCELLED",
            "END" if value == "VEVENT" => {
                all.insert(std::mem::take(&mut uid), std::mem::take(&mut entry));
            }
            _ => {}
        }
    }
    all
}

/// A text without its escapes.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        match (c, c == '\\') {
            (_, true) => out.extend(letters.next().map(|c| if c == 'n' { ' ' } else { c })),
            _ => out.push(c),
        }
    }
    out
}
