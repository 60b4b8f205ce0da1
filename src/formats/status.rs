//! What was published last, for whoever watches a site from outside: the newest stamps and the ledger's serial.

use crate::visible::View;
use jiff::Timestamp;
use serde::Serialize;

/// The file's name.
pub const FILE: &str = "status.json";

/// The shape of the file; a new shape has a new number.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct File<'a> {
    version: u32,
    site: &'a str,
    serial: u64,
    published: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: String,
    url: &'a str,
    title: &'a str,
    stamp: Timestamp,
}

/// The file as bytes.
pub fn write(view: &View) -> Vec<u8> {
    let published = &view.published;
    let rows = published.last.iter().filter_map(|(name, entry)| {
        Some(Row {
            id: view.site.tag(name.id()),
            url: &entry.link,
            title: &entry.frozen.title,
            stamp: entry.stamp?,
        })
    });
    let file = File {
        version: VERSION,
        site: &view.site.id,
        serial: published.serial,
        published: rows.collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&file).expect("text and instants");
    bytes.push(b'\n');
    bytes
}
