//! BuddyPress' External Group Blogs: the feeds of a group, behind WordPress' cache of twelve hours.

use super::{Consumer, Issue, Memory, Post, unknown};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// `external-group-blogs`. The feeds of a group share the seconds: two items of one second are one.
pub static ROW: Consumer = Consumer {
    id: "buddypress",
    name: "WordPress with BuddyPress",
    remembers: "ids; of the newest ten, one a second over all feeds of a group",
    source: "github.com/cuny-academic-commons/external-group-blogs, includes/bp-groups-externalblogs.php, commits 26cc3209 and 01db2f97; WordPress/WordPress, wp-includes/feed.php, commit 001ffe81",
    minutes: (12 * 60, 13 * 60),
    beyond: Some("more than ten items in half a day"),
    reach: None,
    strict: true,
    look,
};

/// `get_item_quantity`.
const READS: usize = 10;

fn look(mut memory: Memory, issue: &Issue, _now: Timestamp) -> (Memory, Vec<Post>) {
    let first = issue.items.iter().enumerate().take(READS);
    let seconds: BTreeMap<Option<Timestamp>, usize> =
        first.map(|(index, item)| (item.at, index)).collect();
    let items = seconds
        .values()
        .rev()
        .map(|index| (*index, &issue.items[*index]));
    let posts = unknown(&mut memory, items, |item| item.id.clone());
    (memory, posts)
}
