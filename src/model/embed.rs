//! What other pages may hold of a site in a frame.

/// A small page for a frame on somebody else's page: an intranet's front page, a group, a wiki.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Embed {
    /// The newest item that is open.
    Today,
    /// The week that is on, or what came out in the week of the newest item.
    Week,
    /// What lies ahead.
    Upcoming,
    /// The event that is on, and the next one.
    Now,
    /// How far a counted series has come.
    Strip,
    /// Who began when, by start date and never by name, and at which step they are.
    Welcome,
}

impl Embed {
    /// Every one, in the order in which pages list them.
    pub const ALL: [Embed; 6] = [
        Embed::Today,
        Embed::Week,
        Embed::Now,
        Embed::Upcoming,
        Embed::Strip,
        Embed::Welcome,
    ];

    /// The name of its file, without the ending.
    pub fn name(self) -> &'static str {
        match self {
            Embed::Today => "today",
            Embed::Week => "week",
            Embed::Upcoming => "upcoming",
            Embed::Now => "now",
            Embed::Strip => "challenge-strip",
            Embed::Welcome => "welcome",
        }
    }

    /// The height in pixels with which a frame begins; what is longer has a scroll bar, unless the page around
    /// listens.
    pub fn height(self) -> u32 {
        match self {
            Embed::Today | Embed::Now => 300,
            Embed::Strip => 280,
            Embed::Week | Embed::Upcoming | Embed::Welcome => 460,
        }
    }
}

/// One line of HTML for somebody else's page: a frame and no script, as every network lets through.
pub fn frame(address: &str, width: &str, height: u32, title: &str) -> String {
    let title = title
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!(
        "<iframe src=\"{address}\" width=\"{width}\" height=\"{height}\" title=\"{title}\"></iframe>"
    )
}
