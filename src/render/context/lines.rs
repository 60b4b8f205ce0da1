//! The small pieces of which pages are made.

use super::{Link, When};
use serde::Serialize;

/// A line of a list of facts.
#[derive(Debug, Clone, Serialize)]
pub struct FactLine {
    /// `Effort`.
    pub label: String,
    /// Its value; empty where it has parts.
    pub value: String,
    /// The parts of a value that is a list of sentences, or has keys of its own.
    pub parts: Vec<FactPart>,
}

/// One part of a fact.
#[derive(Debug, Clone, Serialize)]
pub struct FactPart {
    /// `How to join`; none in a list.
    pub label: Option<String>,
    /// Its value.
    pub value: String,
}

/// The meeting that an item announces.
#[derive(Debug, Clone, Serialize)]
pub struct Meeting {
    /// When it begins.
    pub when: When,
    /// When it ends.
    pub ends: When,
}

/// A section of a text.
#[derive(Debug, Clone, Serialize)]
pub struct SectionHtml {
    /// `do`, `share`, `ten-minutes` …: for style sheets and anchors.
    pub name: &'static str,
    /// Its heading in the page's language; none for words without one.
    pub heading: Option<String>,
    /// Safe HTML.
    pub html: String,
    /// BCP 47 tag of the text, if it is not in the page's language: for `lang`.
    pub lang: Option<String>,
}

/// One square of a progress strip.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// `3`.
    pub number: u32,
    /// `Day 3`.
    pub label: String,
    /// `released`, `open`, `hidden` or `cancelled`.
    pub state: &'static str,
    /// Its page, once it is released.
    pub href: Option<String>,
    /// Its title, once it is released.
    pub title: Option<String>,
    /// `Mon 2 March`.
    pub day: String,
}

/// How far a counted series has come.
#[derive(Debug, Clone, Serialize)]
pub struct Progress {
    /// How many are out.
    pub released: usize,
    /// How many there are.
    pub total: usize,
    /// Every one, in order.
    pub steps: Vec<Step>,
}

/// One item of an agenda.
#[derive(Debug, Clone, Serialize)]
pub struct AgendaLine {
    /// `10:15` in a run, `0:15` in a definition.
    pub time: String,
    /// How long it takes.
    pub minutes: u32,
    /// Its title.
    pub title: String,
    /// `discuss`, `work`, `present` or `break`.
    pub mode: &'static str,
    /// The hashtag of its own conversation, without the sign.
    pub tag: Option<String>,
    /// What the facilitator says or does; team tree only.
    pub say: Option<String>,
}

/// Something on the web that an activity uses.
#[derive(Debug, Clone, Serialize)]
pub struct ResourceLine {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// Its kind, source and licence.
    pub note: String,
    /// How long it takes.
    pub minutes: Option<u32>,
}

/// Words of somebody else, with their source.
#[derive(Debug, Clone, Serialize)]
pub struct SourceLink {
    /// Where it is.
    pub url: String,
    /// The host alone, for people: `example.org`.
    pub host: String,
    /// A few of their words.
    pub excerpt: Option<String>,
    /// Says that it may no longer be there, and when somebody looked; nothing while it is.
    pub gone: Option<String>,
    /// The address of a copy that somebody keeps, if the curator gave one.
    pub archived: Option<String>,
}

/// How a conversation about an item is begun elsewhere.
#[derive(Debug, Clone, Serialize)]
pub struct SharePart {
    /// Addresses that begin one: in the network, if it has such, and by e-mail.
    pub links: Vec<Link>,
    /// The post as text, for networks that have none; the item's address stands on the last line.
    pub post: String,
}

/// A decision that moved something.
#[derive(Debug, Clone, Serialize)]
pub struct MovedLine {
    /// `28 October 2026`.
    pub on: String,
    /// Why.
    pub reason: String,
}

/// A channel as pages show it.
#[derive(Debug, Clone, Serialize)]
pub struct ChannelLink {
    /// Its name.
    pub title: String,
    /// Its page on this site.
    pub href: String,
    /// Its address in the network.
    pub url: Option<String>,
}
