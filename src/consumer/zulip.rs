//! Zulip's `rss-bot`, which an administrator's cron runs.

use super::{Consumer, Issue, Memory, Post};
use jiff::{SignedDuration, Timestamp};

/// `rss-bot` of `python-zulip-api`, one folder of state (`--data-dir`) a feed. Of two feeds of one host that share
/// a folder it passes over what stands in both.
pub static ROW: Consumer = Consumer {
    id: "zulip",
    name: "Zulip",
    remembers: "id and date as it is written, to the letter; below the first known item it reads no further",
    source: "github.com/zulip/python-zulip-api, zulip/integrations/rss/rss-bot, commits 1ae6dbea and 02e0555e",
    minutes: (5, 60),
    beyond: None,
    reach: None,
    strict: false,
    look,
};

/// What is older is left out, as a safeguard.
const OLDEST: SignedDuration = SignedDuration::from_hours(30 * 24);

/// So many are shown of a feed of a host from which it knows nothing.
const AT_FIRST: usize = 3;

fn look(mut memory: Memory, issue: &Issue, now: Timestamp) -> (Memory, Vec<Post>) {
    let mut posts = Vec::new();
    let mut new = Vec::new();
    for (item, index) in issue.items.iter().zip(0..) {
        if item.at.is_some_and(|at| now.duration_since(at) > OLDEST) {
            continue;
        }
        let id = item.id.as_ref().or(item.link.as_ref());
        let key = format!("{} {}", id.map_or("", String::as_str), item.written);
        let enough = memory.known.is_empty() && posts.len() == AT_FIRST;
        // Without words it stumbles, and the rest waits for the next time.
        if memory.known.contains_key(&key) || enough || item.text.is_none() {
            break;
        }
        posts.push(Post::new(index));
        new.push(key);
    }
    memory
        .known
        .extend(new.into_iter().map(|key| (key, String::new())));
    (memory, posts)
}
