//! An entry, field by field, before `feed-rs` reads it. What comes in passes a door: what is empty, too long or
//! would run stays outside.

use super::address::{Base, runs, scheme};
use super::dates;
use super::text::Text;
use super::{Enclosure, Odd, limits};
use jiff::Timestamp;

/// An entry, field by field.
#[derive(Debug, Default)]
pub(super) struct DraftEntry {
    pub(super) title: Option<Text>,
    pub(super) link: Option<String>,
    pub(super) id: Option<String>,
    pub(super) published: Option<Timestamp>,
    pub(super) updated: Option<Timestamp>,
    pub(super) created: Option<Timestamp>,
    pub(super) author: Option<String>,
    pub(super) summary: Option<Text>,
    pub(super) content: Option<Text>,
    /// There is no other summary than the words of the content.
    pub(super) content_is_summary: bool,
    pub(super) tags: Vec<String>,
    pub(super) enclosures: Vec<Enclosure>,
    pub(super) images: Vec<String>,
    pub(super) odd: Vec<Odd>,
    /// Where relative links in its texts start.
    pub(super) base: Base,
}

impl DraftEntry {
    /// A date of the entry; one that nobody can read is told, and an earlier one stays.
    pub(super) fn date(&mut self, which: Which, text: &str) {
        match dates::read(text) {
            Some(date) => {
                *match which {
                    Which::Published => &mut self.published,
                    Which::Updated => &mut self.updated,
                    Which::Created => &mut self.created,
                } = Some(date);
            }
            None if text.trim().is_empty() => {}
            None => self.odd(Odd::UnreadableDate),
        }
    }

    /// The id, as it is given.
    pub(super) fn id(&mut self, id: &str) {
        let id = id.trim();
        if !id.is_empty() && id.len() <= limits::ADDRESS {
            self.id = Some(id.to_owned());
        }
    }

    /// What the entry leads to.
    pub(super) fn link(&mut self, link: String) {
        self.link = self.safe(link).or(self.link.take());
    }

    /// A category.
    pub(super) fn tag(&mut self, tag: &str) {
        let tag = tag.trim();
        let known = self.tags.iter().any(|known| known == tag);
        if !tag.is_empty() && !known && self.tags.len() < limits::EACH {
            self.tags.push(tag.to_owned());
        }
    }

    /// A picture named for the entry.
    pub(super) fn image(&mut self, address: String) {
        if let Some(address) = self.safe(address)
            && self.images.len() < limits::EACH
            && !self.images.contains(&address)
        {
            self.images.push(address);
        }
    }

    /// A file beside it.
    pub(super) fn enclosure(&mut self, enclosure: Enclosure) {
        let mut known = self.enclosures.iter();
        if known.any(|known| known.address == enclosure.address) {
            return;
        }
        if let Some(address) = self.safe(enclosure.address)
            && self.enclosures.len() < limits::EACH
        {
            self.enclosures.push(Enclosure {
                address,
                ..enclosure
            });
        }
    }

    /// An address that can be followed.
    fn safe(&mut self, address: String) -> Option<String> {
        if runs(&address) {
            self.odd(Odd::UnsafeLink);
            return None;
        }
        Some(address).filter(|a| !a.is_empty() && a.len() <= limits::ADDRESS)
    }

    /// Everything is in: what is empty is none.
    pub(super) fn done(mut self) -> Self {
        let link = self.link.as_deref();
        if link.is_some_and(|link| scheme(link).is_none()) {
            self.odd(Odd::RelativeLink);
        }
        let some = |text: &Text| !text.value.is_empty();
        self.summary = self.summary.filter(some);
        self.content = self.content.filter(some);
        self
    }

    /// Notes what is odd, once.
    pub(super) fn odd(&mut self, odd: Odd) {
        if !self.odd.contains(&odd) {
            self.odd.push(odd);
        }
    }
}

/// The dates of an entry.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which {
    Published,
    Updated,
    Created,
}
