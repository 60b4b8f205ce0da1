//! The board of offers and asks as JSON, for programs: what its page shows, and no more.

use crate::visible::{Board, Person};
use serde::Serialize;

/// The shape of the file; a new shape has a new number.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct File<'a> {
    version: u32,
    withdraw: &'a str,
    topics: Vec<Topic<'a>>,
}

#[derive(Serialize)]
struct Topic<'a> {
    topic: &'a str,
    offers: Vec<Row<'a>>,
    asks: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    handle: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    languages: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<&'a str>,
}

/// A board as bytes.
pub fn write(board: &Board) -> Vec<u8> {
    let topics = board.topics.iter().map(|topic| Topic {
        topic: &topic.title,
        offers: topic.offers.iter().map(row).collect(),
        asks: topic.asks.iter().map(row).collect(),
    });
    let file = File {
        version: VERSION,
        withdraw: &board.consent.withdraw,
        topics: topics.collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&file).expect("text and numbers");
    bytes.push(b'\n');
    bytes
}

fn row(person: &Person) -> Row<'_> {
    Row {
        handle: &person.handle,
        link: person.link.as_deref(),
        languages: &person.languages,
        zone: person.zone.as_deref(),
    }
}
