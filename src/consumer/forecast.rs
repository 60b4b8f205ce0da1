//! What a consumer would make of a feed: of what stands in it alone, or of a new one after the old.

use super::{Consumer, How, Issue, Memory};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// What would appear, by the index of the items in the newer file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Shown as new, and new.
    pub posts: Vec<usize>,
    /// New, and never shown.
    pub skips: Vec<usize>,
    /// Shown as new, and known.
    pub repeats: Vec<usize>,
    /// Written anew where it stands; nobody is told.
    pub revises: Vec<usize>,
}

/// The newest items that are looked at; what is older tells nothing more.
const NEWEST: usize = 40;

/// How far apart two looks are, while a feed fills.
fn pace(consumer: &Consumer) -> SignedDuration {
    let minutes = consumer.reach.unwrap_or(60).min(consumer.minutes.1);
    SignedDuration::from_mins(i64::from(minutes.max(consumer.minutes.0)))
}

/// The items from one on, which is how the file stood when that one came out.
fn from(issue: &Issue, first: usize) -> Issue {
    Issue {
        items: issue.items[first..].to_vec(),
        ..issue.clone()
    }
}

/// Lets a consumer look while a feed filled: a look for what came out within its pace. What its oldest item was, it
/// knew already. Hands on what it remembers then, and how often it showed each.
fn fill(consumer: &Consumer, issue: &Issue) -> (Memory, BTreeMap<usize, usize>) {
    let issue = Issue {
        items: issue.items.iter().take(NEWEST).cloned().collect(),
        modified: None,
        ..issue.clone()
    };
    let mut memory = Memory::default();
    let mut shown: BTreeMap<usize, usize> = BTreeMap::new();
    let mut now = Timestamp::UNIX_EPOCH;
    let mut first = issue.items.len();
    while first > 0 {
        first -= 1;
        let began = issue.items[first].at;
        let together = |at: Option<Timestamp>| match (began, at) {
            (Some(began), Some(at)) => at >= began && at.duration_since(began) < pace(consumer),
            _ => false,
        };
        while memory.begun && first > 0 && together(issue.items[first - 1].at) {
            first -= 1;
        }
        // Out a little before its own date.
        let at = issue.items[first]
            .at
            .map(|at| at - SignedDuration::from_mins(3));
        now = at.unwrap_or(now).max(now + SignedDuration::from_mins(1));
        let begun = memory.begun;
        let (after, posts) = consumer.look(memory, &from(&issue, first), now);
        memory = after;
        for post in posts.iter().filter(|post| begun && post.how == How::New) {
            *shown.entry(first + post.item).or_default() += 1;
        }
        // A second look, and the last before something new: nothing may come of them.
        let next = issue
            .items
            .get(first.wrapping_sub(1))
            .and_then(|item| item.at);
        let later = now + pace(consumer);
        now = next.map_or(later, |next| {
            later.min(next - SignedDuration::from_mins(4)).max(now)
        });
        let (after, posts) = consumer.look(memory, &from(&issue, first), now);
        memory = after;
        for post in posts.iter().filter(|post| post.how == How::New) {
            *shown.entry(first + post.item).or_default() += 1;
        }
    }
    (memory, shown)
}

/// What whoever subscribed before the second oldest item came out has seen of a feed.
pub fn alone(consumer: &Consumer, issue: &Issue) -> Forecast {
    let (_, shown) = fill(consumer, issue);
    let looked_at = issue.items.len().min(NEWEST).saturating_sub(1);
    let mut forecast = Forecast::default();
    for index in 0..looked_at {
        match shown.get(&index) {
            None => forecast.skips.push(index),
            Some(1) => forecast.posts.push(index),
            Some(_) => forecast.repeats.push(index),
        }
    }
    forecast
}

/// What whoever has followed a feed would see of it as it will be, at the next look.
pub fn after(consumer: &Consumer, old: &Issue, new: &Issue, now: Timestamp) -> Forecast {
    let (memory, _) = fill(consumer, old);
    let known: BTreeSet<_> = old.items.iter().map(|item| &item.id).collect();
    let last = old.items.iter().filter_map(|item| item.at).max();
    let at = last.map_or(now, |last| now.max(last + SignedDuration::from_secs(1)));
    // It has looked at the old file as it stood until now.
    let (memory, _) = match memory.begun {
        true => consumer.look(memory, old, at - SignedDuration::from_mins(10)),
        false => (memory, Vec::new()),
    };
    let (_, posts) = consumer.look(memory, new, at);
    let mut forecast = Forecast::default();
    for post in &posts {
        let is_known = known.contains(&new.items[post.item].id);
        match (post.how, is_known) {
            (How::Revised, _) => forecast.revises.push(post.item),
            (How::New, true) => forecast.repeats.push(post.item),
            (How::New, false) => forecast.posts.push(post.item),
        }
    }
    let shown = |index: usize| posts.iter().any(|post| post.item == index);
    let is_new = |index: &usize| !known.contains(&new.items[*index].id) && !shown(*index);
    forecast.skips = (0..new.items.len()).filter(is_new).collect();
    forecast
}
