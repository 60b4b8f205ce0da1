//! The kinds of programme: one file each, and the table.
//!
//! To add a kind: write `kinds/<name>.rs` with its keys, its example, its rules and its plan; add
//! one `mod` line and one word in [`KINDS`]. What whoever looks after its runs does is a table in `duties.rs`;
//! [`USUAL`] is one to begin with. The reader, `new`, the manual and the tests come from the table.

mod agenda;
mod challenge;
mod classroom;
mod community;
mod draw;
mod duties;
mod flow;
mod guided;
mod live;
mod mentoring;
mod mix;
mod network;
mod onboarding;
mod paced;
mod parts;
mod rhythm;
pub mod rules;
pub mod scaffold;
mod script;
mod series;
mod team;
mod timing;

use crate::document::{Audience, Key};
use crate::model::Kind;

pub use duties::USUAL;
pub use mentoring::refuse_assigned;
pub use parts::read_hashtag;
pub use rhythm::{DAYS, RHYTHM_KEYS, read_rhythm};

/// Every kind, in the order in which people meet them.
pub static KINDS: &[&Kind] = &[
    &challenge::CHALLENGE,
    &challenge::CAMPAIGN,
    &community::KIND,
    &onboarding::KIND,
    &mentoring::KIND,
    &guided::KIND,
    &classroom::KIND,
    &live::KIND,
    &network::KIND,
    &team::KIND,
    &flow::KIND,
];

/// The kind of this name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}

/// The keys that every programme may have.
pub const COMMON_KEYS: &[Key] = &[
    Key::new("kind", Audience::Run),
    Key::new("id", Audience::Run),
    Key::new("title", Audience::Run).prose(),
    Key::new("summary", Audience::Run).prose(),
    Key::new("purpose", Audience::Run).prose(),
    Key::fact("audience", Audience::Run).prose(),
    Key::fact("effort", Audience::Run).prose(),
    Key::new("language", Audience::Run),
    Key::fact("licence", Audience::Run).prose(),
    Key::fact("credits", Audience::Run).prose(),
    Key::new("version", Audience::Team),
    Key::new("changed", Audience::Team).prose(),
    Key::fact("tags", Audience::Run).prose(),
    Key::new("slug", Audience::Run),
    Key::new("aliases", Audience::Run),
    Key::new("discussion", Audience::Run),
];

/// The keys that every activity may have.
pub const ACTIVITY_KEYS: &[Key] = &[
    Key::new("id", Audience::Released),
    Key::new("title", Audience::Released).prose(),
    Key::new("order", Audience::Released),
    Key::new("minutes", Audience::Released),
    Key::new("spare", Audience::Team),
    Key::fact("together", Audience::Released),
    Key::new("resource", Audience::Released).of(&[
        Key::new("title", Audience::Released).prose(),
        Key::new("url", Audience::Released),
        Key::new("kind", Audience::Released),
        Key::new("minutes", Audience::Released),
        Key::new("source", Audience::Released).prose(),
        Key::new("licence", Audience::Released).prose(),
    ]),
    Key::fact("variants", Audience::Released).prose(),
    Key::fact("tags", Audience::Released).prose(),
    Key::new("if_quiet", Audience::Team).prose(),
    Key::new("poster", Audience::Team).prose(),
];
