//! Authored text that keeps its place in the author's file.

use crate::document::{Audience, MAX_FILE, Node, Source};
use std::ops::Range;
use std::sync::Arc;

/// A piece of Markdown: a slice of an author's file, or words that stand in a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markdown {
    /// The file it comes from; links in it are relative to this file.
    pub source: Arc<Source>,
    place: Place,
}

/// Where a text stands. A file has at most [`MAX_FILE`] bytes, so its places are small.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// It is the slice, below a heading of this level.
    Slice { level: u8, from: u32, to: u32 },
    /// It was made of what stands there (folded YAML text).
    Own(Arc<(Range<usize>, String)>),
}

const _: () = assert!(MAX_FILE <= u32::MAX as usize);

impl Markdown {
    /// A slice of a file. `level` is that of the heading above it, 1 to 3; headings inside are deeper.
    pub fn slice(source: Arc<Source>, at: Range<usize>, level: u8) -> Self {
        let (from, to) = (at.start as u32, at.end as u32);
        let place = Place::Slice { level, from, to };
        Self { source, place }
    }

    /// Words that are not simply what stands at their place.
    pub fn own(source: Arc<Source>, at: Range<usize>, words: String) -> Self {
        let place = Place::Own((at, words).into());
        Self { source, place }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        match &self.place {
            Place::Own(own) => &own.1,
            Place::Slice { from, to, .. } => &self.source.text[*from as usize..*to as usize],
        }
    }

    /// The level of the heading above it in the file.
    pub fn level(&self) -> u8 {
        match self.place {
            Place::Own(_) => 1,
            Place::Slice { level, .. } => level,
        }
    }

    /// Where a piece of the text stands in the file; of words of their own, where all of them do.
    pub fn at(&self, piece: &Range<usize>) -> Range<usize> {
        match &self.place {
            Place::Own(own) => own.0.clone(),
            Place::Slice { from, .. } => {
                let from = *from as usize;
                from + piece.start..from + piece.end
            }
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
