//! The ledger as a file: JSON, an entry a line, sorted, with a checksum. Read back exactly.

use crate::model::{Entry, Frozen, Ledger};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::Write;
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
    entries: Vec<Row<'static>>,
}

/// The ledger of a site as bytes.
pub fn write(site: &str, ledger: &Ledger) -> Vec<u8> {
    let site = serde_json::to_string(site).expect("text");
    let mut out = format!(
        "{{\"version\": {VERSION}, \"site\": {site}, \"serial\": {}, \"checksum\": \"{}\", \"entries\": [\n",
        ledger.serial,
        checksum(ledger)
    )
    .into_bytes();
    rows(ledger, &mut out);
    out.extend(b"\n]}\n");
    out
}

fn rows(ledger: &Ledger, out: &mut impl Write) {
    for (index, (id, entry)) in ledger.entries.iter().enumerate() {
        let row = Row {
            id: id.into(),
            due: entry.due,
            stamp: entry.stamp,
            updated: entry.updated,
            link: (&entry.link).into(),
            drawn: (&entry.drawn).into(),
            title: (&entry.frozen.title).into(),
            summary: (&entry.frozen.summary).into(),
            image: entry.frozen.image.as_deref().map(Cow::from),
            language: entry.frozen.language.as_deref().map(Cow::from),
            withdrawn: entry.withdrawn,
        };
        let between: &[u8] = if index > 0 { b",\n" } else { b"" };
        out.write_all(between).expect("memory takes all");
        serde_json::to_writer(&mut *out, &row).expect("text and instants");
    }
}

/// Sums up what is written into it, and keeps none of it: a ledger grows with the years.
struct Sum(Xxh3Default);

impl Write for Sum {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn checksum(ledger: &Ledger) -> String {
    let mut sum = Sum(Xxh3Default::new());
    sum.0.update(format!("{}\n", ledger.serial).as_bytes());
    rows(ledger, &mut sum);
    format!("{:016x}", sum.0.digest())
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
        ..Ledger::default()
    };
    for row in file.entries {
        let entry = Entry {
            due: row.due,
            stamp: row.stamp,
            updated: row.updated,
            link: row.link.into_owned(),
            drawn: row.drawn.into_owned(),
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
