//! Who reads our feeds, as pure code: what each program remembers of a feed, and so what it posts at a poll.
//!
//! One file a consumer, and the table [`CONSUMERS`]. A consumer is a function from what it remembers, what the feed
//! says and when it looks, to what it posts and what it remembers then. `doctor` and `diff` ask them what would
//! happen; the simulation lets them look for more than a year.
//!
//! To add one: a file here with a `ROW` whose `source` says how its memory is known, and a line in the table.

mod buddypress;
mod discourse;
mod forecast;
mod hookshot;
mod humhub;
mod issue;
mod mattermost;
mod memoryless;
mod monitorss;
mod n8n;
mod nodebb;
mod power_automate;
mod slack;
mod zulip;

use jiff::Timestamp;
use std::collections::BTreeMap;

pub use discourse::key as link_key;
pub use forecast::{Forecast, after, alone};
pub use issue::{Blind, Element, Issue, Item, list, read};

/// A program that looks at a feed again and again.
#[derive(Debug)]
pub struct Consumer {
    /// For tools and tests.
    pub id: &'static str,
    /// For people.
    pub name: &'static str,
    /// By what it knows an item again.
    pub remembers: &'static str,
    /// How that is known.
    pub source: &'static str,
    /// How many minutes lie between two looks, at least and at most.
    pub minutes: (u32, u32),
    /// What no feed can make it show.
    pub beyond: Option<&'static str>,
    /// At most so many minutes may lie between two looks for it to show all; else any of `minutes`.
    pub reach: Option<u32>,
    /// Whether it reads only what is well-formed XML.
    pub strict: bool,
    /// A look at the feed.
    pub look: Look,
}

/// A look: what is remembered, what the feed says, and when; what is remembered then, and what is posted.
pub type Look = fn(Memory, &Issue, Timestamp) -> (Memory, Vec<Post>);

/// What a consumer remembers of a feed between two looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    /// It has looked before.
    pub begun: bool,
    /// What it knows, by its own key; the value is what it keeps beside it, often nothing.
    pub known: BTreeMap<String, String>,
    /// An instant: of its last look, or the newest that it read.
    pub at: Option<Timestamp>,
}

/// Something that appears in the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post {
    /// Which item of the feed, from 0.
    pub item: usize,
    /// As what.
    pub how: How,
}

/// As what an item appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// As something new.
    New,
    /// What was posted is written anew; nobody is told.
    Revised,
}

impl Post {
    /// A new post of an item.
    pub fn new(item: usize) -> Self {
        Self {
            item,
            how: How::New,
        }
    }
}

impl Consumer {
    /// A look. Who reads only well-formed XML sees nothing in anything else, and remembers nothing of it.
    pub fn look(&self, memory: Memory, issue: &Issue, now: Timestamp) -> (Memory, Vec<Post>) {
        if self.strict && issue.broken.is_some() {
            return (memory, Vec::new());
        }
        let (mut memory, posts) = (self.look)(memory, issue, now);
        memory.begun = true;
        (memory, posts)
    }
}

/// Every consumer, in the order in which people ask for them.
pub static CONSUMERS: &[&Consumer] = &[
    &power_automate::ROW,
    &slack::ROW,
    &mattermost::ROW,
    &discourse::ROW,
    &zulip::ROW,
    &nodebb::ROW,
    &humhub::ROW,
    &buddypress::ROW,
    &hookshot::ROW,
    &monitorss::ROW,
    &n8n::ROW,
    &memoryless::ROW,
];

/// The consumer that `doctor` and the simulation expect to fail: there is no real one.
pub const HYPOTHETICAL: &str = memoryless::ROW.id;

/// Those that there are.
pub fn real() -> impl Iterator<Item = &'static Consumer> {
    let all = CONSUMERS.iter().copied();
    all.filter(|consumer| consumer.id != HYPOTHETICAL)
}

/// Posts of the items whose key is not known yet; all keys are known afterwards.
fn unknown<'i>(
    memory: &mut Memory,
    items: impl Iterator<Item = (usize, &'i Item)>,
    key: impl Fn(&Item) -> Option<String>,
) -> Vec<Post> {
    let mut posts = Vec::new();
    for (index, item) in items {
        if let Some(key) = key(item)
            && memory.known.insert(key, String::new()).is_none()
        {
            posts.push(Post::new(index));
        }
    }
    posts
}
