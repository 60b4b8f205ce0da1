//! The nouns: plain data with public fields. No I/O, no clock, no serde, no templates.

mod aside;
mod duty;
mod embed;
mod language;
mod ledger;
mod library;
mod link;
mod moment;
mod network;
mod news;
mod occurrence;
pub mod outline;
mod output;
mod pacing;
mod person;
mod programme;
mod ranking;
mod rare;
mod run;
mod runway;
mod season;
mod seen;
mod shared;
mod site;
mod source;
mod strings;
mod text;
mod words;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

pub use crate::document::Bytes;
pub use aside::{Aside, Beside};
pub use duty::{About, Anchor, Chore, Duty, Gives, Seat, Task};
pub use embed::{Embed, frame};
pub use language::{Tongue, base, in_language, same_language};
pub use ledger::{ABOUT, Entry, Frozen, JOIN, Ledger, Slip, is_evergreen};
pub use library::{Bank, Library, Pick, Prompt, Role, Whose};
pub use link::{Check, Found, Links, Standing};
pub use moment::{Edge, Moment};
pub use network::{MAIL, NETWORKS, Network};
pub use news::News;
pub use occurrence::{
    Call, Event, Moved, Name, Occurrence, Particulars, Plan, PlannedRun, Speaker, State,
};
pub use output::{Content, Output, Written};
pub use pacing::{Holds, PacedSlot, Pacing, Promise};
pub use person::{Card, Consent, Introduced, Rounds, same_topic};
pub use programme::{
    Activity, AgendaItem, Design, Draft, Ground, Horizon, Kind, Pinned, Programme, Resource,
    ScriptLine, Timing,
};
pub use ranking::{Measure, Ranking};
pub use rare::{Blank, Rare};
pub use run::{Action, Override, Run, Session, Status};
pub use runway::{Filling, Runway};
pub use season::{CallForSessions, Mix, Season, Speaking};
pub use seen::{Seen, Sight, Verdict};
pub use shared::Shared;
pub use site::{Authority, Channel, Elsewhere, Fallback, Rules, Site, Topic};
pub use source::{Source, Sources, good_address, same_feed};
pub use strings::Strings;
pub use text::{Fact, Markdown, Part, Section};
pub use words::{Besides, Guide, Texts, Words};

/// A name that is written once and never changes: kebab-case, ASCII.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

/// The longest id: addresses stay below 255 characters with three of them.
pub const LONGEST_ID: usize = 60;

impl Id {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::ops::Deref for Id {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for Id {
    type Err = String;

    /// # Errors
    /// A sentence that says how an id is written.
    fn from_str(text: &str) -> Result<Self, String> {
        let good = !text.is_empty()
            && text.len() <= LONGEST_ID
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--");
        if good {
            Ok(Self(text.into()))
        } else {
            Err(format!(
                "an id has small letters a-z, digits and single hyphens between them, at most {LONGEST_ID} characters: `first-week`"
            ))
        }
    }
}

/// Files as values: path from the root of the repository (with `/`) to bytes.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// Every file, sorted by path.
    pub files: BTreeMap<String, Bytes>,
}

/// The two trees of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tree {
    /// What the host serves to everybody.
    Public,
    /// What only the learning team may see.
    Team,
}

impl Tree {
    /// The folder's name below the output folder.
    pub fn folder(self) -> &'static str {
        match self {
            Tree::Public => "public",
            Tree::Team => "team",
        }
    }
}
