//! What the sheets see that say how a channel is connected.

use super::Link;
use serde::Serialize;

/// Every channel with its sheets.
#[derive(Debug, Clone, Serialize)]
pub struct ConnectPage {
    /// Each.
    pub channels: Vec<ConnectChannel>,
}

/// A channel with its sheets.
#[derive(Debug, Clone, Serialize)]
pub struct ConnectChannel {
    /// Its name.
    pub title: String,
    /// The sheet of the site's own network, if there is one.
    pub own: Vec<Link>,
    /// The others.
    pub others: Vec<Link>,
}

/// How a channel is connected to a network.
#[derive(Debug, Clone, Serialize)]
pub struct ConnectSheetPage {
    /// The network: `Slack`.
    pub network: String,
    /// The channel's name.
    pub title: String,
    /// The channel's address in the network.
    pub url: Option<String>,
    /// What to do, in order.
    pub steps: Vec<ConnectStep>,
    /// What to expect in the first hour.
    pub first: String,
    /// What it never shows.
    pub never: String,
    /// The channel's feed.
    pub feed: String,
    /// The channel's calendar.
    pub calendar: String,
    /// A frame of the channel: what is open.
    pub frame: String,
    /// What was published last, to compare with.
    pub status: String,
}

/// A step.
#[derive(Debug, Clone, Serialize)]
pub struct ConnectStep {
    /// What to do.
    pub says: String,
    /// What is pasted.
    pub paste: Option<String>,
}
