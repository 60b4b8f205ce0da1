//! What the other pages of a run see, and the directory of communities.

use super::{ChannelLink, Coming, FactLine, Item, Link, When};
use serde::Serialize;

/// A page of a run besides its own.
#[derive(Debug, Clone, Serialize)]
pub struct AsideLink {
    /// `today`, `catch-up`, `card`, `propose`, `changes` or `archive`.
    pub name: &'static str,
    /// Its page.
    pub href: String,
}

/// What is on now, where nothing is; else the page is that of the item itself.
#[derive(Debug, Clone, Serialize)]
pub struct TodayPage {
    /// The run.
    pub run: Link,
    /// What lies ahead, the nearest first, a few.
    pub coming: Vec<Coming>,
    /// The newest that is out, closed or not.
    pub last: Option<Item>,
}

/// Everything of a run that is out, oldest first.
#[derive(Debug, Clone, Serialize)]
pub struct CatchUpPage {
    /// The run.
    pub run: Link,
    /// What is out.
    pub items: Vec<Item>,
    /// What comes next.
    pub coming: Option<Coming>,
    /// Where it flows.
    pub channels: Vec<ChannelLink>,
}

/// A sheet of paper for those who take part.
#[derive(Debug, Clone, Serialize)]
pub struct CardPage {
    /// The run.
    pub run: Link,
    /// The kind's word.
    pub kind: String,
    /// What the programme is for.
    pub purpose: String,
    /// For whom, how much time: the facts that fit on a card.
    pub facts: Vec<FactLine>,
    /// Its first day.
    pub starts: When,
    /// Its last day, if there is one.
    pub ends: Option<When>,
    /// Each day with what may be said of it.
    pub days: Vec<CardDay>,
    /// Without the sign.
    pub hashtag: Option<String>,
    /// Where it flows.
    pub channels: Vec<ChannelLink>,
    /// The run's page in full, for paper.
    pub url: String,
    /// BCP 47 tag of the purpose, if that is not the page's language.
    pub lang: Option<String>,
}

/// One day of a card.
#[derive(Debug, Clone, Serialize)]
pub struct CardDay {
    /// `Day 3`, `Week 2`.
    pub label: Option<String>,
    /// The title, once it may be known.
    pub title: Option<String>,
    /// When.
    pub when: When,
}

/// The directory of communities.
#[derive(Debug, Clone, Serialize)]
pub struct CommunitiesPage {
    /// Those that are on first.
    pub communities: Vec<CommunityLine>,
}

/// A community in the directory.
#[derive(Debug, Clone, Serialize)]
pub struct CommunityLine {
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// What it is for.
    pub purpose: String,
    /// `planning`, `active`, `resting` or `closed`.
    pub standing: &'static str,
    /// The day on which it begins, goes on or ended, if that is to be said.
    pub on: Option<When>,
    /// Why it rests.
    pub why: Option<String>,
    /// What comes next in it.
    pub next: Option<Coming>,
    /// Who belongs to it, and how to join.
    pub members: Option<FactLine>,
    /// Where it meets.
    pub channels: Vec<ChannelLink>,
    /// BCP 47 tag of the purpose, if that is not the page's language.
    pub lang: Option<String>,
}

/// What was moved, called off or is different in a season.
#[derive(Debug, Clone, Serialize)]
pub struct ChangesPage {
    /// The run.
    pub run: Link,
    /// What those who were invited were told, the newest first.
    pub items: Vec<Item>,
    /// Where the season is talked about.
    pub channels: Vec<ChannelLink>,
}

/// How a session of a season is offered.
#[derive(Debug, Clone, Serialize)]
pub struct ProposePage {
    /// The run.
    pub run: Link,
    /// How one is offered.
    pub how: String,
    /// The dates for which nothing is settled, the nearest first.
    pub free: Vec<FreeLine>,
    /// A file of a session, ready to be copied and filled in.
    pub file: String,
    /// Where the season is talked about.
    pub channels: Vec<ChannelLink>,
    /// BCP 47 tag of how one is offered, if that is not the page's language.
    pub lang: Option<String>,
}

/// A date for which nothing is settled.
#[derive(Debug, Clone, Serialize)]
pub struct FreeLine {
    /// What takes place on it: `Talk of the month`.
    pub label: Option<String>,
    /// When it begins.
    pub when: When,
    /// When it ends.
    pub ends: When,
    /// The last day on which a session may be offered, if there is one.
    pub until: Option<When>,
}
