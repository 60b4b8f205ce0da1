//! NodeBB's plugin for feeds: a topic an item, of the first few of the file.

use super::{Consumer, Issue, Memory, Post, unknown};
use jiff::Timestamp;

/// `nodebb-plugin-rss`.
pub static ROW: Consumer = Consumer {
    id: "nodebb",
    name: "NodeBB",
    remembers: "ids, of the first four items of the file alone",
    source: "github.com/barisusakli/nodebb-plugin-rss, lib/feed.js and lib/pull.js, commits f6b8a9d0 and 77a943b0",
    minutes: (1, 24 * 60),
    beyond: Some("more than four items between two looks: let it look every half hour"),
    reach: Some(30),
    strict: true,
    look,
};

/// `DEFAULT_ENTRIES_TO_PULL`.
const READS: usize = 4;

fn look(mut memory: Memory, issue: &Issue, _now: Timestamp) -> (Memory, Vec<Post>) {
    let first = issue.items.iter().enumerate().take(READS);
    let whole = first.filter(|(_, item)| item.link.is_some() && !item.title.is_empty());
    let key = |item: &super::Item| item.id.clone().or_else(|| item.link.clone());
    let mut posts = unknown(&mut memory, whole, key);
    posts.reverse();
    (memory, posts)
}
