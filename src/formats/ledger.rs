//! The ledger as a file: JSON, an entry a line, sorted, with a checksum. Read back exactly.

use crate::model::{Entry, Frozen, Ledger};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;
use xxhash_rust::xxh3::Xxh3Default;

/// The file's name in a public tree.
pub const FILE: &str = "ledger.json";

/// The shape of the file; a new shape has a new number.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row<'a> {
    id: Cow<'a, str>,
    due: Timestamp,
    stamp: Option<Timestamp>,
    updated: Option<Timestamp>,
    #[serde(skip_serializing_if = "is_never", default)]
    republished: u32,
    link: Cow<'a, str>,
    drawn: Cow<'a, str>,
    title: Cow<'a, str>,
    summary: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    image: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    language: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "is_nothing", default)]
    topics: Cow<'a, [String]>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    withdrawn: Option<jiff::civil::Date>,
}

fn is_nothing(topics: &[String]) -> bool {
    topics.is_empty()
}

fn is_never(times: &u32) -> bool {
    *times == 0
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    site: String,
    serial: u64,
    checksum: String,
    #[serde(default)]
    since: BTreeMap<String, Timestamp>,
    entries: Vec<Row<'static>>,
}

/// The ledger of a site as bytes.
pub fn write(site: &str, ledger: &Ledger) -> Vec<u8> {
    let mut out = Vec::new();
    written(site, ledger)(&mut out).expect("memory takes all");
    out
}

/// Writes the ledger of a site, which is the largest file of all: an entry after the other.
pub fn written(site: &str, ledger: &Ledger) -> impl Fn(&mut dyn Write) -> io::Result<()> + Sync {
    let site = serde_json::to_string(site).expect("text");
    let head = format!(
        "{{\"version\": {VERSION}, \"site\": {site}, \"serial\": {}, \"checksum\": \"{}\", {}\"entries\": [\n",
        ledger.serial,
        checksum(ledger),
        since(ledger)
    );
    move |out| {
        out.write_all(head.as_bytes())?;
        rows(ledger, out)?;
        out.write_all(b"\n]}\n")
    }
}

/// How far back each feed reaches; nothing before anything came out.
fn since(ledger: &Ledger) -> String {
    if ledger.since.is_empty() {
        return String::new();
    }
    let since = serde_json::to_string(&ledger.since).expect("text and instants");
    format!("\"since\": {since}, ")
}

fn rows(ledger: &Ledger, out: &mut dyn Write) -> io::Result<()> {
    for (index, (id, entry)) in ledger.entries.iter().enumerate() {
        let row = Row {
            id: id.into(),
            due: entry.due,
            stamp: entry.stamp,
            updated: entry.updated,
            republished: entry.republished,
            link: (&entry.link).into(),
            drawn: (&*entry.drawn).into(),
            title: (&entry.frozen.title).into(),
            summary: (&entry.frozen.summary).into(),
            image: entry.frozen.image.as_deref().map(Cow::from),
            language: entry.frozen.language.as_deref().map(Cow::from),
            topics: (&entry.frozen.topics[..]).into(),
            withdrawn: entry.withdrawn,
        };
        let between: &[u8] = if index > 0 { b",\n" } else { b"" };
        out.write_all(between)?;
        serde_json::to_writer(&mut *out, &row)?;
    }
    Ok(())
}

fn checksum(ledger: &Ledger) -> String {
    // Summed up as it is written, and not held: a ledger grows with the years.
    let mut sum = Xxh3Default::new();
    sum.update(format!("{}\n{}", ledger.serial, since(ledger)).as_bytes());
    rows(ledger, &mut sum).expect("a sum takes all");
    format!("{:016x}", sum.digest())
}

/// Where a good one is, when this one is not.
const AGAIN: &str = "fetch it again from the published site, or make it from a feed with `learnflow ledger recover`";

/// Reads the ledger of a site back.
///
/// # Errors
/// A sentence: what is wrong with the file, and what to do.
pub fn read(site: &str, bytes: &[u8]) -> Result<Ledger, String> {
    let (whose, ledger) = read_any(bytes)?;
    if whose != site {
        return Err(format!(
            "it belongs to the site `{whose}`, not to `{site}`; give each site its own"
        ));
    }
    Ok(ledger)
}

/// Reads a ledger back, and says whose it is.
///
/// # Errors
/// A sentence: what is wrong with the file, and what to do.
pub fn read_any(bytes: &[u8]) -> Result<(String, Ledger), String> {
    if let Some(what) = no_ledger(bytes) {
        return Err(format!("{what}; {AGAIN}"));
    }
    let file: File = serde_json::from_slice(bytes).map_err(|error| {
        let what = match error.is_eof() {
            true => "it is cut off",
            false => "it is damaged",
        };
        format!("{what} ({error}); {AGAIN}")
    })?;
    if file.version != VERSION {
        return Err(format!(
            "it has version {}, this learnflow reads version {VERSION}; use the learnflow that wrote it, or a newer one",
            file.version
        ));
    }
    let mut ledger = Ledger {
        serial: file.serial,
        since: file.since,
        ..Ledger::default()
    };
    for row in file.entries {
        let entry = Entry {
            due: row.due,
            stamp: row.stamp,
            updated: row.updated,
            republished: row.republished,
            link: row.link.into_owned(),
            drawn: row.drawn.into(),
            frozen: Frozen {
                title: row.title.into_owned(),
                summary: row.summary.into_owned(),
                image: row.image.map(Cow::into_owned),
                language: row.language.map(Cow::into_owned),
                topics: row.topics.into_owned(),
            },
            withdrawn: row.withdrawn,
        };
        let id = row.id.into_owned();
        if ledger.entries.contains_key(&id) {
            return Err(format!("`{id}` stands in it twice; {AGAIN}"));
        }
        ledger.entries.insert(id, Arc::new(entry));
    }
    if checksum(&ledger) != file.checksum {
        return Err(format!(
            "its checksum is wrong, so it was changed by hand or cut; {AGAIN}"
        ));
    }
    Ok((file.site, ledger))
}

/// What a file is that is no ledger at all, where that can be seen.
fn no_ledger(bytes: &[u8]) -> Option<String> {
    let text = bytes.trim_ascii_start();
    if text.is_empty() {
        return Some("it is empty".to_owned());
    }
    if text.starts_with(b"<!") || text.starts_with(b"<h") || text.starts_with(b"<H") {
        return Some("it is a web page: where it was fetched from there is no ledger".to_owned());
    }
    if text.starts_with(&[0x1f, 0x8b]) {
        return Some("it is packed (gzip); unpack it".to_owned());
    }
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let conflict = lines.position(|line| line.starts_with(b"<<<<<<< "))?;
    Some(format!(
        "git could not merge it (line {}), and neither side knows all that was released",
        conflict + 1
    ))
}
