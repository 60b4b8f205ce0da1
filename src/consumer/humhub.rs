//! HumHub's reader for feeds, made by its community: a post a second. Of its versions this is the one that asks
//! whether anything changed; a later one always fetches, and lets an item wait until its date.

use super::{Consumer, Issue, Memory, Post};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// `HumHub-RSS-Reader`.
pub static ROW: Consumer = Consumer {
    id: "humhub",
    name: "HumHub",
    remembers: "the second of publication, and when it fetched the file last",
    source: "github.com/StevenJoynt/HumHub-RSS-Reader, jobs/GetFeedUpdates.php",
    minutes: (60, 60),
    beyond: None,
    reach: None,
    strict: true,
    look,
};

/// What is older is left out.
const OLDEST: SignedDuration = SignedDuration::from_hours(31 * 24);
/// What lies further ahead is left out.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

fn look(mut memory: Memory, issue: &Issue, now: Timestamp) -> (Memory, Vec<Post>) {
    // It asks for what changed since its last fetch: a file that says it is older is never fetched again.
    let unchanged = |last: Timestamp| issue.modified.is_some_and(|modified| modified <= last);
    if memory.at.is_some_and(unchanged) {
        return (memory, Vec::new());
    }
    memory.at = Some(now);
    // Of two in one second, the last of the file stays.
    let dated = issue.items.iter().enumerate();
    let seconds: BTreeMap<Timestamp, usize> = dated
        .filter_map(|(index, item)| Some((item.at?, index)))
        .filter(|(at, _)| *at <= now + AHEAD && *at >= now - OLDEST)
        .collect();
    let mut posts = Vec::new();
    for (at, index) in seconds {
        if memory.known.insert(at.to_string(), String::new()).is_none() {
            posts.push(Post::new(index));
        }
    }
    (memory, posts)
}
