//! What was published last, for whoever watches a site from outside: the newest stamps and the ledger's serial.

use crate::model::{Entry, Ledger};
use crate::visible::View;
use jiff::Timestamp;
use serde::Serialize;
use std::cmp::Reverse;

/// The file's name.
pub const FILE: &str = "status.json";

/// The shape of the file; a new shape has a new number.
const VERSION: u32 = 1;

/// How many items it names.
const LAST: usize = 20;

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
pub fn write(view: &View, ledger: &Ledger) -> Vec<u8> {
    let stamped = ledger.entries.iter().filter_map(|(id, entry)| {
        let out = entry.withdrawn.is_none();
        Some((Reverse(entry.stamp.filter(|_| out)?), id.as_str(), &**entry))
    });
    let mut stamped: Vec<(Reverse<Timestamp>, &str, &Entry)> = stamped.collect();
    stamped.sort_unstable_by_key(|(stamp, id, _)| (*stamp, *id));
    let seen = stamped.into_iter().filter(|(_, id, _)| is_out(view, id));
    let file = File {
        version: VERSION,
        site: &view.site.id,
        serial: ledger.serial,
        published: seen
            .take(LAST)
            .map(|(Reverse(stamp), id, entry)| Row {
                id: view.site.tag(id),
                url: &entry.link,
                title: &entry.frozen.title,
                stamp,
            })
            .collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&file).expect("text and instants");
    bytes.push(b'\n');
    bytes
}

/// Whether an entry of the ledger is out at this moment.
fn is_out(view: &View, id: &str) -> bool {
    let Some((run, key)) = id.split_once('/') else {
        return false;
    };
    let mut runs = view.runs.iter();
    let run = runs.find(|seen| **seen.id == *run);
    run.is_some_and(|run| run.items.iter().any(|item| item.key() == key))
}
