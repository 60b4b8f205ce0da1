//! What frames on other pages see, and the page from which they are copied.

use super::{Coming, Item, Link, Progress, When};
use serde::Serialize;

/// A small page for a frame on somebody else's page. Its addresses are relative, and lead out of the frame.
#[derive(Debug, Clone, Serialize)]
pub struct EmbedPage {
    /// `today`, `week`, `upcoming`, `now`, `challenge-strip` or `welcome`; `activity` for one item, `withdrawn` for
    /// one that is no longer there.
    pub name: &'static str,
    /// What it shows, in words: `Open now`.
    pub heading: String,
    /// What it is about, with the whole address of its page.
    pub of: Link,
    /// Whether its items belong to several runs.
    pub mixed: bool,
    /// What is out: open, of the week, on at this hour, or the item itself.
    pub items: Vec<Item>,
    /// The opening of the week that is on.
    pub opening: Option<Item>,
    /// How far a counted series has come.
    pub progress: Option<Progress>,
    /// Those who began on one day, newest first.
    pub starters: Vec<StartersLine>,
    /// The next start date.
    pub next_start: Option<When>,
    /// What lies ahead, the nearest first, a few.
    pub coming: Vec<Coming>,
    /// The day on which the item was withdrawn.
    pub withdrawn: Option<String>,
}

/// Those who began on one day: how far they are, and never who.
#[derive(Debug, Clone, Serialize)]
pub struct StartersLine {
    /// The day.
    pub starts: When,
    /// Their page.
    pub href: String,
    /// How many steps are out.
    pub released: usize,
    /// How many there are.
    pub total: usize,
    /// The newest step.
    pub step: Option<Item>,
}

/// The frames of a run, a channel or the site, ready to be copied.
#[derive(Debug, Clone, Serialize)]
pub struct EmbedsPage {
    /// What they are about.
    pub of: Link,
    /// Each.
    pub embeds: Vec<EmbedLine>,
    /// Pages like this one for the channels and for the runs that are not over; the site's alone has them.
    pub others: Vec<Link>,
}

/// A frame, ready to be copied.
#[derive(Debug, Clone, Serialize)]
pub struct EmbedLine {
    /// `today`, `week` …
    pub name: &'static str,
    /// What it shows: `Open now`.
    pub title: String,
    /// The frame itself.
    pub href: String,
    /// The height with which it begins, in pixels.
    pub height: u32,
    /// One line of HTML.
    pub snippet: String,
}
