//! In which language words are written.

use std::sync::Arc;

/// Whose language a text speaks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Tongue {
    /// That of the definition's own words: its title, its purpose, what its keys say.
    #[default]
    Definition,
    /// The language in which the shared text was first written.
    Original,
    /// The language of a translation: a BCP 47 tag.
    In(Arc<str>),
    /// That of the run: words that were written for this delivery or this site.
    Run,
}

/// Whether two BCP 47 tags mean one language: `pt` and `pt-PT` do.
pub fn same_language(one: &str, other: &str) -> bool {
    base(one).eq_ignore_ascii_case(base(other))
}

/// The language of a tag, without region or script.
pub fn base(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// What stands under a tag: the very one, else one of the same language.
pub fn in_language<'a, T>(
    all: &'a std::collections::BTreeMap<String, T>,
    tag: &str,
) -> Option<&'a T> {
    all.get(tag).or_else(|| {
        let same = all.iter().find(|(other, _)| same_language(other, tag));
        same.map(|(_, found)| found)
    })
}
