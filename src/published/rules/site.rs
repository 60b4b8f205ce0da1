//! What holds for a site as a whole.

use super::super::dates::unfolded;
use super::super::{LIST, Published, ROBOTS};
use super::{Found, found};
use crate::formats::{ledger as ledger_file, status as status_file};
use crate::model::is_evergreen;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// A build that runs at the due minute, and a second one an hour later as a net, are done by then.
const GRACE: SignedDuration = SignedDuration::from_mins(90);

pub fn overdue(site: &Published, now: Timestamp) -> Vec<Found> {
    let Some(Ok(status)) = &site.status else {
        return Vec::new();
    };
    let late = status.next.iter().filter(|next| next.at + GRACE < now);
    let told = late.map(|next| {
        let what = format!("{} was due at {} and is not there", next.title, next.at);
        found(status_file::FILE, what)
    });
    told.collect()
}

pub fn status(site: &Published, _now: Timestamp) -> Vec<Found> {
    match &site.status {
        None => vec![found(status_file::FILE, "there is none")],
        Some(Err(why)) => vec![found(status_file::FILE, why.clone())],
        Some(Ok(_)) => Vec::new(),
    }
}

pub fn ledger(site: &Published, _now: Timestamp) -> Vec<Found> {
    match &site.ledger {
        None => vec![found(ledger_file::FILE, "there is none")],
        // Whose it is cannot be known without a status.
        Some(Err(why)) if !site.site.is_empty() => vec![found(ledger_file::FILE, why.clone())],
        _ => Vec::new(),
    }
}

pub fn as_in_the_ledger(site: &Published, _now: Timestamp) -> Vec<Found> {
    let Some(Ok(ledger)) = &site.ledger else {
        return Vec::new();
    };
    let begins = format!(":{}/", site.site);
    let mut wrong: BTreeMap<&str, Found> = BTreeMap::new();
    for (path, issue) in site.readable() {
        for item in &issue.items {
            let Some(id) = item.id.as_deref().filter(|id| !is_evergreen(id)) else {
                continue;
            };
            let entry = id
                .split_once(&begins)
                .and_then(|(_, id)| ledger.entries.get(id));
            let says = entry.and_then(|entry| entry.updated.max(entry.stamp));
            let stamp = entry.and_then(|entry| entry.stamp);
            let what = match stamp {
                None => format!("`{}` is not in the ledger", item.title),
                Some(stamp) if item.at.is_some() && item.at != Some(stamp) && item.at != says => {
                    format!("`{}` is dated otherwise than {stamp}", item.title)
                }
                Some(_) => continue,
            };
            wrong.entry(id).or_insert_with(|| found(path, what));
        }
    }
    wrong.into_values().collect()
}

pub fn seconds(site: &Published, _now: Timestamp) -> Vec<Found> {
    let mut seconds: BTreeMap<Timestamp, (&str, &str)> = BTreeMap::new();
    let mut wrong: BTreeMap<&str, Found> = BTreeMap::new();
    for (path, issue) in site.readable() {
        for item in &issue.items {
            let (Some(at), Some(id)) = (item.at, item.id.as_deref()) else {
                continue;
            };
            let (other, title) = *seconds.entry(at).or_insert((id, &item.title));
            if other != id && !is_evergreen(id) && !is_evergreen(other) {
                let what = format!("`{title}` and `{}` have one second: {at}", item.title);
                wrong.entry(id).or_insert_with(|| found(path, what));
            }
        }
    }
    wrong.into_values().collect()
}

pub fn feeds(site: &Published, _now: Timestamp) -> Vec<Found> {
    if site.feeds.is_empty() && site.missing.is_empty() {
        return vec![found(LIST, "it is not there, or names no feed")];
    }
    let missing = site.missing.iter();
    missing.map(|path| found(path, "it is not there")).collect()
}

pub fn robots(site: &Published, _now: Timestamp) -> Vec<Found> {
    let Some(got) = site.files.get(ROBOTS) else {
        return vec![found(ROBOTS, "there is none")];
    };
    let text = String::from_utf8_lossy(&got.bytes).to_lowercase();
    let mut everybody = false;
    let closed = text.lines().any(|line| {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        match name.trim() {
            "user-agent" => everybody = value.trim() == "*",
            "disallow" => return everybody && value.trim() == "/",
            _ => {}
        }
        false
    });
    match closed {
        true => vec![found(ROBOTS, "it keeps everybody out")],
        false => Vec::new(),
    }
}

/// The calendars that are there.
fn calendars(site: &Published) -> impl Iterator<Item = (&String, &Vec<u8>)> {
    let files = site.files.iter().filter(|(path, _)| path.ends_with(".ics"));
    files.map(|(path, got)| (path, &got.bytes))
}

const LONGEST_LINE: usize = 75;

pub fn calendar_lines(site: &Published, _now: Timestamp) -> Vec<Found> {
    let wrong = calendars(site).filter_map(|(path, bytes)| {
        let lines = bytes.split_inclusive(|byte| *byte == b'\n');
        let bad = |line: &[u8]| !line.ends_with(b"\r\n") || line.len() > LONGEST_LINE + 2;
        let at = lines.enumerate().find(|(_, line)| bad(line))?.0;
        Some(found(path, format!("line {}", at + 1)))
    });
    wrong.collect()
}

pub fn calendar_times(site: &Published, _now: Timestamp) -> Vec<Found> {
    let wrong = calendars(site).filter_map(|(path, bytes)| {
        let lines = unfolded(bytes);
        let bad = lines.iter().find(|line| {
            let (name, value) = line.split_once(':').unwrap_or((line, ""));
            let floating = name == "DTSTART" || name == "DTEND" || name.contains(";TZID=");
            let person = name.starts_with("ORGANIZER") || name.starts_with("ATTENDEE");
            person || (floating && !value.ends_with('Z'))
        })?;
        Some(found(path, format!("`{bad}`")))
    });
    wrong.collect()
}
