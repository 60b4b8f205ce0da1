//! People with a card, and the board of their offers and asks.

use super::{ChannelLink, Link};
use serde::Serialize;

/// Somebody on a board.
#[derive(Debug, Clone, Serialize)]
pub struct PersonLine {
    /// The handle.
    pub handle: String,
    /// Their profile in the network.
    pub href: Option<String>,
    /// Languages and time zone in one line; may be empty.
    pub note: String,
}

/// What some offer and others ask for.
#[derive(Debug, Clone, Serialize)]
pub struct TopicLine {
    /// The topic.
    pub title: String,
    /// Who offers it.
    pub offers: Vec<PersonLine>,
    /// Who asks for it.
    pub asks: Vec<PersonLine>,
}

/// The page of offers and asks.
#[derive(Debug, Clone, Serialize)]
pub struct BoardPage {
    /// Its title.
    pub title: String,
    /// Its run.
    pub run: Link,
    /// What everybody on it has agreed to.
    pub statement: String,
    /// How to be taken off it.
    pub withdraw: String,
    /// By title.
    pub topics: Vec<TopicLine>,
    /// The same for programs.
    pub json: String,
    /// Where it is talked about.
    pub channels: Vec<ChannelLink>,
}

/// A card as the coordinator sees it.
#[derive(Debug, Clone, Serialize)]
pub struct CardLine {
    /// The handle.
    pub handle: String,
    /// Their profile in the network.
    pub href: Option<String>,
    /// The day on which they agreed.
    pub consent: String,
    /// The day from which it is not shown.
    pub expires: String,
    /// `lapsed`, `soon` or `valid`.
    pub state: &'static str,
    /// With how many people they talk at a time.
    pub capacity: Option<u32>,
}
