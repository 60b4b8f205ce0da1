//! Matrix, with hookshot.

use super::{Consumer, Issue, Memory, Post, unknown};
use jiff::Timestamp;

/// `matrix-hookshot`.
pub static ROW: Consumer = Consumer {
    id: "hookshot",
    name: "Matrix (hookshot)",
    remembers: "ids, else links, else titles: the last ten thousand",
    source: "github.com/matrix-org/matrix-hookshot, src/feeds/parser.rs, commit b6d407ba, and src/feeds/FeedReader.ts",
    minutes: (10, 10),
    beyond: Some("what came out while the feed was empty when it was subscribed"),
    reach: None,
    strict: true,
    look,
};

fn look(mut memory: Memory, issue: &Issue, _now: Timestamp) -> (Memory, Vec<Post>) {
    let key = |item: &super::Item| {
        let title = || (!item.title.is_empty()).then(|| item.title.clone());
        item.id.clone().or_else(|| item.link.clone()).or_else(title)
    };
    // It tells a first look by knowing nothing yet: so it takes the first item of an empty feed for an old one.
    let first = memory.known.is_empty();
    let posts = unknown(&mut memory, issue.items.iter().enumerate(), key);
    (memory, if first { Vec::new() } else { posts })
}
