//! Role guides, as the public may see them.

use crate::model::Role;

/// A role guide as the public may see it.
#[derive(Debug)]
pub struct SeenRole<'a> {
    /// The guide.
    pub role: &'a Role,
    /// Its page below the root.
    pub path: String,
    /// Indexes of the programmes that it looks after.
    pub programmes: Vec<usize>,
}
