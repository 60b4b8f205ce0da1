//! What was published last and what is due next, for whoever watches a site from outside: the newest stamps, the
//! ledger's serial, and the hours at which something must be there.

use crate::model::Edge;
use crate::visible::{View, nearest};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The file's name.
pub const FILE: &str = "status.json";

/// The shape of the file; a new shape has a new number.
const VERSION: u32 = 1;

/// How many of those that are due next it names.
const NEXT: usize = 10;

#[derive(Serialize)]
struct File<'a> {
    version: u32,
    site: &'a str,
    serial: u64,
    published: Vec<Row<'a>>,
    next: Vec<Next>,
}

/// The file, read back.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Status {
    /// The site's id.
    pub site: String,
    /// The ledger's serial.
    pub serial: u64,
    /// What is due next, the earliest first.
    #[serde(default)]
    pub next: Vec<Next>,
}

/// What is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// The run, and the number in it: no word more is known before.
    pub title: String,
    /// When it comes out.
    pub at: Timestamp,
}

/// Reads the file back.
///
/// # Errors
/// A sentence: what is wrong with it.
pub fn read(bytes: &[u8]) -> Result<Status, String> {
    serde_json::from_slice(bytes).map_err(|error| format!("it is damaged ({error})"))
}

#[derive(Serialize)]
struct Row<'a> {
    id: String,
    url: &'a str,
    title: &'a str,
    stamp: Timestamp,
}

/// The file as bytes.
pub fn write(view: &View, edges: &[Edge]) -> Vec<u8> {
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
        next: next(view, edges),
    };
    let mut bytes = serde_json::to_vec_pretty(&file).expect("text and instants");
    bytes.push(b'\n');
    bytes
}

/// What comes next. What waits comes out at the next edge of a feed.
fn next(view: &View, edges: &[Edge]) -> Vec<Next> {
    let edge = edges
        .iter()
        .filter(|edge| edge.feed)
        .map(|edge| edge.at)
        .min();
    let Some(edge) = edge else {
        return Vec::new();
    };
    let ahead = nearest(view.runs.iter()).into_iter();
    let comes = ahead.filter(|(ahead, _)| ahead.comes);
    let rows = comes.map(|(ahead, run)| Next {
        title: match &ahead.label {
            Some(label) => format!("{}: {label}", run.title),
            None => run.title.to_owned(),
        },
        at: ahead.due.max(edge),
    });
    rows.take(NEXT).collect()
}
