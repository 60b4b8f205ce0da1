//! Authored text that keeps its place in the author's file.

use crate::document::{Audience, Node, Source};
use std::ops::Range;
use std::sync::Arc;

/// A piece of Markdown: a slice of an author's file, or words that stand in a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markdown {
    /// The file it comes from; links in it are relative to this file.
    pub source: Arc<Source>,
    /// Byte range in the file.
    pub range: Range<usize>,
    /// The words, when they are not simply the slice (folded YAML text).
    pub own: Option<Arc<str>>,
    /// The level of the heading above it in the file, 1 to 3; headings inside are deeper.
    pub level: u8,
}

impl Markdown {
    /// The text.
    pub fn as_str(&self) -> &str {
        match &self.own {
            Some(own) => own,
            None => &self.source.text[self.range.clone()],
        }
    }

    /// Whether there is nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.as_str().trim().is_empty()
    }
}

/// The sections that templates know, in the order in which pages show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Why it is worth the time.
    Why,
    /// Why the curator chose it.
    WhyThis,
    /// What a session is about.
    About,
    /// What to do.
    Do,
    /// What to post.
    Share,
    /// A smaller version.
    TenMinutes,
    /// What an answer may look like.
    Example,
    /// The prompt before a session.
    Before,
    /// The prompt after a session.
    After,
    /// What was said.
    Notes,
    /// Words of a prompt, or of a generated item.
    Words,
    /// For those who run it; team tree only.
    ForTheGuide,
}

impl Section {
    /// The sections authors may write, by heading.
    pub const AUTHORED: &'static [(&'static str, Section)] = &[
        ("Why", Section::Why),
        ("Do", Section::Do),
        ("Share", Section::Share),
        ("If you have ten minutes", Section::TenMinutes),
        ("Example", Section::Example),
        ("For the guide", Section::ForTheGuide),
    ];

    /// The name in strings files and style sheets.
    pub fn name(self) -> &'static str {
        match self {
            Section::Why => "why",
            Section::WhyThis => "why-this",
            Section::About => "about",
            Section::Do => "do",
            Section::Share => "share",
            Section::TenMinutes => "ten-minutes",
            Section::Example => "example",
            Section::Before => "before",
            Section::After => "after",
            Section::Notes => "notes",
            Section::Words => "words",
            Section::ForTheGuide => "for-the-guide",
        }
    }

    /// Who may read it.
    pub fn audience(self) -> Audience {
        match self {
            Section::ForTheGuide => Audience::Team,
            _ => Audience::Released,
        }
    }
}

/// A section with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which section.
    pub section: Section,
    /// Its text.
    pub text: Markdown,
}

/// A key that pages list as it is: `effort: 5 minutes a day`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The key, e.g. `effort`.
    pub key: &'static str,
    /// Its value as the author wrote it.
    pub value: Node,
    /// Who may read it.
    pub audience: Audience,
    /// Whether pages for everybody list it; others appear in the team tree alone.
    pub listed: bool,
}
