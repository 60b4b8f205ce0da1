//! Power Automate, Logic Apps and Copilot Studio: the way into Teams, Viva Engage, SharePoint and Outlook.

use super::{Consumer, Issue, Memory, Post};
use jiff::Timestamp;

/// The trigger "When a feed item is published".
pub static ROW: Consumer = Consumer {
    id: "power-automate",
    name: "Power Automate (Teams, Viva Engage, SharePoint)",
    remembers: "the newest date of publication that it read",
    source: "learn.microsoft.com/connectors/rss: each new item has a `pubDate` greater than the previous ones, else it may be skipped; every 30 minutes at the most often",
    minutes: (30, 24 * 60),
    beyond: None,
    reach: None,
    strict: true,
    look,
};

fn look(mut memory: Memory, issue: &Issue, _now: Timestamp) -> (Memory, Vec<Post>) {
    let newest = issue.items.iter().filter_map(|item| item.at).max();
    let fresh = |at: Option<Timestamp>| at.is_some() && (at > memory.at);
    let posts = match memory.begun {
        false => Vec::new(),
        true => (0..issue.items.len())
            .filter(|index| fresh(issue.items[*index].at))
            .map(Post::new)
            .collect(),
    };
    memory.at = memory.at.max(newest);
    (memory, posts)
}
