//! Drawing prompts from a bank: in order, each once; then, if the bank is circular, again from the
//! start. What was drawn and released is counted, so nothing that is out can change.

use crate::model::{Bank, Draft, Ground, Pinned, Prompt};
use std::collections::{BTreeMap, BTreeSet};

/// A hand that draws from one bank.
pub struct Draw<'a> {
    bank: &'a Bank,
    drawn: BTreeMap<&'a str, u32>,
    circular: bool,
}

impl<'a> Draw<'a> {
    /// The hand of one rhythm, which knows what this rhythm has released. What another rhythm of the
    /// run draws does not count: a release there must not change what is planned here.
    pub fn of_rhythm(id: &str, bank: &'a Bank, pinned: &'a Pinned, circular: bool) -> Self {
        let own = |key: &str| {
            key.strip_prefix(id)
                .is_some_and(|rest| rest.starts_with('/'))
        };
        let entries = pinned.entries.iter().filter(|(key, _)| own(key));
        Self::new(bank, entries.map(|(_, entry)| &*entry.drawn), circular)
    }

    /// A hand that knows what was drawn before.
    pub fn new(bank: &'a Bank, before: impl Iterator<Item = &'a str>, circular: bool) -> Self {
        let mut drawn = BTreeMap::new();
        for id in before {
            *drawn.entry(id).or_insert(0) += 1;
        }
        Self {
            bank,
            drawn,
            circular,
        }
    }

    /// The prompt of this id: for what is released.
    pub fn again(&self, id: &str) -> Option<&'a Prompt> {
        self.bank.prompts.iter().find(|prompt| &*prompt.id == id)
    }

    /// Takes a draw back: it was drawn for a slot that something else took.
    pub fn put_back(&mut self, prompt: &'a Prompt) {
        if let Some(times) = self.drawn.get_mut(&*prompt.id) {
            *times = times.saturating_sub(1);
        }
    }

    /// The next prompt: the first of those drawn least often; none when each was drawn once and the
    /// bank is not circular.
    pub fn next(&mut self) -> Option<&'a Prompt> {
        let times = |prompt: &Prompt| self.drawn.get(&*prompt.id).copied().unwrap_or(0);
        let prompt = self
            .bank
            .prompts
            .iter()
            .min_by_key(|prompt| times(prompt))?;
        if times(prompt) > 0 && !self.circular {
            return None;
        }
        *self.drawn.entry(&*prompt.id).or_insert(0) += 1;
        Some(prompt)
    }
}

/// A question that comes round again carries its day in the title, so that no two are called the same.
pub fn date_repeats(drafts: &mut [Draft], ground: &Ground) {
    let mut seen = BTreeSet::new();
    for draft in drafts {
        if !seen.insert(draft.words.title.clone()) {
            let day = ground.day(draft.nominal);
            draft.words.title = format!("{}, {day}", draft.words.title);
        }
    }
}
