//! Keys by who may read their values: what key tables are written with.

use super::{Audience, Key};

/// A key for everybody, from the run's first page on.
pub const fn run(name: &'static str) -> Key {
    Key::new(name, Audience::Run)
}

/// A key that may be known once its item was announced.
pub const fn announced(name: &'static str) -> Key {
    Key::new(name, Audience::Announced)
}

/// A key that may be known once its item is out.
pub const fn released(name: &'static str) -> Key {
    Key::new(name, Audience::Released)
}

/// A key of the team's.
pub const fn team(name: &'static str) -> Key {
    Key::new(name, Audience::Team)
}
