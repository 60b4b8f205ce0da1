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
    link: Cow<'a, str>,
    drawn: Cow<'a, str>,
    title: Cow<'a, str>,
    summary: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    image: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    language: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    withdrawn: Option<jiff::civil::Date>,
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
            link: (&entry.link).into(),
            drawn: (&*entry.drawn).into(),
            title: (&entry.frozen.title).into(),
            summary: (&entry.frozen.summary).into(),
            image: entry.frozen.image.as_deref().map(Cow::from),
            language: entry.frozen.language.as_deref().map(Cow::from),
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

/// Reads a ledger back.
///
/// # Errors
/// A sentence: what is wrong with the file, and what to do.
pub fn read(site: &str, bytes: &[u8]) -> Result<Ledger, String> {
    let file: File = serde_json::from_slice(bytes).map_err(|error| {
        format!("it is damaged ({error}); fetch it again from the published site")
    })?;
    if file.version != VERSION {
        return Err(format!(
            "it has version {}, this learnflow reads version {VERSION}; use the learnflow that wrote it, or a newer one",
            file.version
        ));
    }
    if file.site != site {
        return Err(format!(
            "it belongs to the site `{}`, not to `{site}`",
            file.site
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
            link: row.link.into_owned(),
            drawn: row.drawn.into(),
            frozen: Frozen {
                title: row.title.into_owned(),
                summary: row.summary.into_owned(),
                image: row.image.map(Cow::into_owned),
                language: row.language.map(Cow::into_owned),
            },
            withdrawn: row.withdrawn,
        };
        let id = row.id.into_owned();
        if ledger.entries.contains_key(&id) {
            return Err(format!(
                "`{id}` stands in it twice; fetch it again from the published site"
            ));
        }
        ledger.entries.insert(id, Arc::new(entry));
    }
    if checksum(&ledger) != file.checksum {
        return Err("its checksum is wrong, so it was changed by hand or cut; fetch it again from the published site".to_owned());
    }
    Ok(ledger)
}
