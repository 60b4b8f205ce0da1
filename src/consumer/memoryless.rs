//! A reader that compares with the time of its last look and remembers nothing else. None is known; it shows what
//! would happen to one.

use super::{Consumer, Issue, Memory, Post};
use jiff::Timestamp;

/// Nobody in particular.
pub static ROW: Consumer = Consumer {
    id: "memoryless",
    name: "a reader without a memory (none is known)",
    remembers: "when it looked last",
    source: "made up: the worst that a date of publication can meet",
    minutes: (15, 60),
    beyond: Some("an item is fetched within minutes before its own date: it may be shown twice"),
    reach: None,
    strict: false,
    look,
};

fn look(mut memory: Memory, issue: &Issue, now: Timestamp) -> (Memory, Vec<Post>) {
    let fresh = |index: &usize| {
        let at = issue.items[*index].at;
        memory.at.is_some_and(|last| at > Some(last))
    };
    let posts = (0..issue.items.len())
        .filter(fresh)
        .map(Post::new)
        .collect();
    memory.at = Some(now);
    (memory, posts)
}
