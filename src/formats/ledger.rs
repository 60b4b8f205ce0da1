//! The ledger as a file: JSON, an entry a line, sorted, with a checksum. Read back exactly.

use crate::model::{Entry, Frozen, Ledger};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// The file's name in a public tree.
pub const FILE: &str = "ledger.json";

/// The shape of the file; a new shape has a new number.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    due: Timestamp,
    stamp: Option<Timestamp>,
    updated: Option<Timestamp>,
    link: String,
    drawn: String,
    title: String,
    summary: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    language: Option<String>,
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
    entries: Vec<Row>,
}

/// The ledger of a site as bytes.
pub fn write(site: &str, ledger: &Ledger) -> Vec<u8> {
    let rows = rows(ledger);
    let site = serde_json::to_string(site).expect("text");
    format!(
        "{{\"version\": {VERSION}, \"site\": {site}, \"serial\": {}, \"checksum\": \"{}\", \"entries\": [\n{rows}\n]}}\n",
        ledger.serial,
        checksum(ledger.serial, &rows)
    )
    .into_bytes()
}

fn rows(ledger: &Ledger) -> String {
    let rows: Vec<String> = ledger
        .entries
        .iter()
        .map(|(id, entry)| {
            let row = Row {
                id: id.clone(),
                due: entry.due,
                stamp: entry.stamp,
                updated: entry.updated,
                link: entry.link.clone(),
                drawn: entry.drawn.clone(),
                title: entry.frozen.title.clone(),
                summary: entry.frozen.summary.clone(),
                image: entry.frozen.image.clone(),
                language: entry.frozen.language.clone(),
                withdrawn: entry.withdrawn,
            };
            serde_json::to_string(&row).expect("text and instants")
        })
        .collect();
    rows.join(",\n")
}

fn checksum(serial: u64, rows: &str) -> String {
    format!("{:016x}", xxh3_64(format!("{serial}\n{rows}").as_bytes()))
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
            link: row.link,
            drawn: row.drawn,
            frozen: Frozen {
                title: row.title,
                summary: row.summary,
                image: row.image,
                language: row.language,
            },
            withdrawn: row.withdrawn,
        };
        if ledger.entries.insert(row.id.clone(), entry).is_some() {
            return Err(format!(
                "`{}` stands in it twice; fetch it again from the published site",
                row.id
            ));
        }
    }
    if checksum(ledger.serial, &rows(&ledger)) != file.checksum {
        return Err("its checksum is wrong, so it was changed by hand or cut; fetch it again from the published site".to_owned());
    }
    Ok(ledger)
}
