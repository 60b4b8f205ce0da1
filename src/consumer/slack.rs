//! Slack's `/feed`, as far as its support and its users tell: nobody outside has seen its code.

use super::{Consumer, Issue, Memory, Post};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// The RSS app.
pub static ROW: Consumer = Consumer {
    id: "slack",
    name: "Slack",
    remembers: "ids and their words, and when it looked last: what is older than that is never new",
    source: "Slack's support in GoogleChrome/developer.chrome.com#2808 (dates, order, no two equal); bentleypark/aiwatch#750 (a new id with an old date is passed over) and #776 (changed words are posted again)",
    minutes: (5, 15),
    beyond: None,
    reach: None,
    strict: true,
    look,
};

fn look(mut memory: Memory, issue: &Issue, now: Timestamp) -> (Memory, Vec<Post>) {
    let mut posts = Vec::new();
    let mut dates = BTreeSet::new();
    for (index, item) in issue.items.iter().enumerate() {
        let (Some(id), Some(at)) = (item.id.as_ref().or(item.link.as_ref()), item.at) else {
            continue;
        };
        let alone = dates.insert(at);
        let words = item.text.clone().unwrap_or_default();
        let before = memory.known.get(id);
        let changed = before.is_some_and(|before| *before != words);
        let new = before.is_none() && alone && memory.at.is_some_and(|last| at > last);
        // A new subscription shows the newest one.
        let first = !memory.begun && index == 0;
        if changed || new || first {
            posts.push(Post::new(index));
        }
        memory.known.insert(id.clone(), words);
    }
    memory.at = Some(now);
    (memory, posts)
}
