//! n8n's trigger for feeds: Power Automate for those who host it themselves.

use super::{Consumer, Issue, Memory, Post};
use jiff::Timestamp;

/// The RSS Feed Trigger.
pub static ROW: Consumer = Consumer {
    id: "n8n",
    name: "n8n",
    remembers: "the newest date in the file that it read last",
    source: "github.com/n8n-io/n8n, packages/nodes-base/nodes/RssFeedRead/RssFeedReadTrigger.node.ts, commit 084c648b",
    minutes: (1, 24 * 60),
    beyond: None,
    reach: None,
    strict: true,
    look,
};

fn look(mut memory: Memory, issue: &Issue, now: Timestamp) -> (Memory, Vec<Post>) {
    let after = memory.at.unwrap_or(now);
    let fresh = |index: &usize| issue.items[*index].at.is_some_and(|at| at > after);
    let posts = (0..issue.items.len())
        .filter(fresh)
        .map(Post::new)
        .collect();
    // An empty file makes it stumble: it keeps what it had. A withdrawn newest item takes the date back.
    let newest = issue.items.iter().filter_map(|item| item.at).max();
    memory.at = newest.or(memory.at);
    (memory, posts)
}
