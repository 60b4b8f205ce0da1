//! Discord, with MonitoRSS.

use super::{Consumer, Issue, Item, Memory, Post, unknown};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// `MonitoRSS`.
pub static ROW: Consumer = Consumer {
    id: "monitorss",
    name: "Discord (MonitoRSS)",
    remembers: "ids; if one is missing or comes twice, dates for the whole feed, else titles",
    source: "github.com/synzen/MonitoRSS, services/user-feeds-next/src/articles/parser/article-id-resolver.ts, commit c61626e0",
    minutes: (2, 10),
    beyond: None,
    reach: None,
    strict: false,
    look,
};

/// What may serve as an id.
type Key = fn(&Item) -> Option<String>;

/// All of them, the best first.
const KINDS: &[(&str, Key)] = &[
    ("id", |item| item.id.clone()),
    ("date", |item| item.at.map(|at| at.to_string())),
    ("title", |item| Some(item.title.clone())),
];

fn look(mut memory: Memory, issue: &Issue, _now: Timestamp) -> (Memory, Vec<Post>) {
    let tells_apart = |key: Key| {
        let keys: Option<BTreeSet<String>> = issue.items.iter().map(key).collect();
        keys.is_some_and(|keys| keys.len() == issue.items.len())
    };
    let mut kinds = KINDS.iter();
    let kind = kinds.find(|(_, key)| tells_apart(*key));
    let (name, key) = kind.unwrap_or(&KINDS[2]);
    let named = |item: &Item| key(item).map(|key| format!("{name} {key}"));
    let mut posts = unknown(&mut memory, issue.items.iter().enumerate(), named);
    posts.reverse();
    if !memory.begun {
        posts.clear();
    }
    (memory, posts)
}
