//! A subscriber: a consumer that looks at one address, and what appeared in its network.

use super::random::Random;
use jiff::{SignedDuration, Timestamp};
use learnflow::consumer::{Consumer, How, Issue, Memory};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What stands at an address, from when on; the oldest first.
pub type Shelf = Vec<(Timestamp, Arc<Issue>)>;

/// What a subscriber showed, by id: when first, and how often.
#[derive(Debug, Default)]
pub struct Shown {
    /// When it was shown first, and how often.
    pub posts: BTreeMap<String, (Timestamp, usize)>,
    /// What stood in the feed when it was subscribed to.
    pub before: Vec<String>,
}

/// What went wrong, in numbers and by name.
#[derive(Debug, Default, Clone)]
pub struct Count {
    /// Items that should have been shown.
    pub items: usize,
    /// Never shown.
    pub missed: usize,
    /// Shown again.
    pub repeated: usize,
    /// Shown too late.
    pub late: usize,
    /// Which.
    pub names: Vec<String>,
}

impl Count {
    /// Adds another.
    pub fn add(&mut self, other: Count) {
        self.items += other.items;
        self.missed += other.missed;
        self.repeated += other.repeated;
        self.late += other.late;
        self.names.extend(other.names);
    }
}

/// After a change at least two looks are taken, and all that fall into this time; between them and the last look
/// before the next change nothing can happen.
const CLOSELY: SignedDuration = SignedDuration::from_hours(6);

/// Lets a consumer look at an address from an instant on, every so many minutes, until another.
pub fn watch(
    consumer: &Consumer,
    shelf: &Shelf,
    (from, until): (Timestamp, Timestamp),
    minutes: (i64, i64),
    random: &mut Random,
) -> Shown {
    let mut shown = Shown::default();
    let mut memory = Memory::default();
    let mut now = from;
    let (mut stands, mut looks) = (0, 0);
    while now < until {
        while stands + 1 < shelf.len() && shelf[stands + 1].0 <= now {
            (stands, looks) = (stands + 1, 0);
        }
        let (since, issue) = &shelf[stands];
        let wait = SignedDuration::from_mins(random.between(minutes.0, minutes.1));
        let next_change = shelf.get(stands + 1).map_or(until, |(at, _)| *at);
        let all_past = issue.items.iter().all(|item| item.at <= Some(now));
        let long_ago = now.duration_since(*since) > CLOSELY && looks >= 2;
        let dull = long_ago && all_past && now + wait < next_change;
        if *since <= now && !dull {
            looks += 1;
            let first = !memory.begun;
            let (after, mut posts) = consumer.look(memory, issue, now);
            memory = after;
            if first {
                // What stood there at first may be shown or not.
                let ids = issue.items.iter().filter_map(|item| item.id.clone());
                shown.before = ids.collect();
                posts.clear();
            }
            for post in posts.iter().filter(|post| post.how == How::New) {
                let id = issue.items[post.item].id.clone().unwrap_or_default();
                shown.posts.entry(id).or_insert((now, 0)).1 += 1;
            }
        }
        now += wait;
    }
    shown
}

/// Counts what of some items, with the instants from which they could be read, was not shown once and in time.
pub fn count(
    shown: &Shown,
    wanted: &BTreeMap<String, Timestamp>,
    patience: SignedDuration,
) -> Count {
    let mut count = Count::default();
    for (id, (_, times)) in &shown.posts {
        let again = times - usize::from(!shown.before.contains(id));
        count.repeated += again;
        if again > 0 {
            count.names.push(format!("repeated {id}"));
        }
    }
    for (id, since) in wanted.iter().filter(|(id, _)| !shown.before.contains(id)) {
        count.items += 1;
        match shown.posts.get(id) {
            None => {
                count.missed += 1;
                count.names.push(format!("missed {id}"));
            }
            Some((at, _)) if at.duration_since(*since) > patience => {
                count.late += 1;
                count.names.push(format!("late {id}"));
            }
            Some(_) => {}
        }
    }
    count
}
