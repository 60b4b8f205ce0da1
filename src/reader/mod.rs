//! Feeds as they come, read as well as they can be: bytes in, a [`Feed`] or the reason why not out.
//!
//! `feed-rs` is the reader. What comes is mended before it: decoded (`decode`), made a tree by a parser that
//! refuses nothing (`markup`, `tree`), and written down again as well-formed Atom (`draft`, `atom`), the one format
//! in which it is said what is text and what is HTML, which link is which and which date is which. Ids, dates and
//! links are kept beside it as they stood, because `feed-rs` makes up the first, loses the second and rewrites
//! the third.

mod address;
mod atom;
mod dates;
mod decode;
mod draft;
mod entities;
mod entry;
mod html;
mod item;
mod json;
mod markup;
mod names;
mod page;
mod take;
mod text;
mod tree;

use jiff::Timestamp;
use std::fmt;

/// Limits of what is read; beyond them the reader cuts or refuses, and says so.
pub mod limits {
    /// The longest feed, in bytes.
    pub const BYTES: usize = 32 * 1024 * 1024;
    /// How deep elements may lie in each other; deeper tags are passed over, their text is kept.
    pub const DEPTH: usize = 96;
    /// The most elements and attributes; tags after them are passed over, their text is kept.
    pub const NODES: usize = 500_000;
    /// The most values of JSON; items after them are left out.
    pub const VALUES: usize = 500_000;
    /// The most declarations of namespaces that hold at once.
    pub const NAMESPACES: usize = 128;
    /// The most entries of one feed; those after it are counted and left out.
    pub const ENTRIES: usize = 5_000;
    /// The most attributes of one element.
    pub const ATTRIBUTES: usize = 64;
    /// The most entities that a feed may declare for itself.
    pub const ENTITIES: usize = 64;
    /// The longest text that an entity of a feed's own may stand for, in bytes.
    pub const ENTITY: usize = 256;
    /// How much longer all entities of a feed's own together may make it, in bytes.
    pub const EXPANSION: usize = 256 * 1024;
    /// The longest title, author or tag, in bytes.
    pub const LINE: usize = 2_000;
    /// The longest address or id, in bytes; a longer one is none.
    pub const ADDRESS: usize = 8_000;
    /// How much longer all links of a feed together may become by being made whole, in bytes.
    pub const GROWTH: usize = 8 * 1024 * 1024;
    /// The longest summary or content, in bytes.
    pub const TEXT: usize = 2 * 1024 * 1024;
    /// The most authors, tags, enclosures or images of one entry, and the most feeds that one page offers.
    pub const EACH: usize = 50;
}

/// What is known of the bytes besides them.
#[derive(Debug, Clone, Copy, Default)]
pub struct About<'a> {
    /// Where they were got: relative links start there. May be the name of a file, which says nothing about links.
    pub address: &'a str,
    /// The HTTP header `Content-Type`, as it was sent.
    pub content_type: Option<&'a str>,
}

/// What a feed says of itself, and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its format.
    pub kind: Kind,
    /// Its title, as plain text.
    pub title: String,
    /// The site it belongs to.
    pub home: Option<String>,
    /// The language, as it is given: `en`, `pt-PT`.
    pub language: Option<String>,
    /// In the order of the feed.
    pub entries: Vec<Entry>,
    /// How many more entries there are beyond [`limits::ENTRIES`].
    pub left_out: usize,
    /// It ends in the middle; the last entry may lack something.
    pub cut_off: bool,
}

/// The format of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// RSS 0.9x and 2.0, and what calls itself so.
    Rss,
    /// RSS 0.90 and 1.0, which are RDF.
    Rdf,
    /// Atom 0.3 and 1.0.
    Atom,
    /// JSON Feed.
    Json,
    /// Microsoft's channels of 1997.
    Cdf,
}

impl Kind {
    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Rss => "RSS",
            Kind::Rdf => "RSS 1.0 (RDF)",
            Kind::Atom => "Atom",
            Kind::Json => "JSON Feed",
            Kind::Cdf => "CDF",
        }
    }
}

/// One entry of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Plain text; empty when the entry has none.
    pub title: String,
    /// What it leads to. Absolute where anything says from where.
    pub link: Option<String>,
    /// As the feed gives it; none when it gives none.
    pub id: Option<String>,
    /// When it was published; else when it was changed; else when it was made.
    pub date: Option<Timestamp>,
    /// The first author, as plain text.
    pub author: Option<String>,
    /// Plain text: the summary, or else the whole content.
    pub summary: Option<String>,
    /// The same as HTML of a safe set, links absolute; none when it is the content's.
    pub summary_html: Option<String>,
    /// HTML of a safe set, links absolute; none when there is nothing but a summary.
    pub content: Option<String>,
    /// How many words the longer of them has.
    pub words: usize,
    /// Categories, as plain text.
    pub tags: Vec<String>,
    /// Files to listen to, to watch or to load.
    pub enclosures: Vec<Enclosure>,
    /// Pictures named for the entry.
    pub images: Vec<String>,
    /// What is odd about it.
    pub odd: Vec<Odd>,
}

/// A file beside an entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Enclosure {
    /// Where it is.
    pub address: String,
    /// Its media type, as it is given.
    pub media_type: Option<String>,
    /// How long it says it is, in bytes.
    pub length: Option<u64>,
}

/// What a curator should know about an entry. That a date lies ahead is for whoever has a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Odd {
    /// There is a date that nobody can read.
    UnreadableDate,
    /// A link was relative, and nothing says to what.
    RelativeLink,
    /// A link that runs something was left out.
    UnsafeLink,
    /// Its HTML had script, or something else that runs; it was taken out.
    Script,
    /// A text was longer than [`limits`] allow, and was cut.
    Cut,
}

/// Why bytes are not a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// What they are instead.
    pub what: What,
    /// Feeds that an HTML page names.
    pub feeds: Vec<Offered>,
}

/// What bytes are that are no feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Nothing, or only spaces.
    Empty,
    /// A page for people.
    Page,
    /// XML of another sort.
    OtherXml,
    /// JSON of another sort.
    OtherJson,
    /// JSON that is broken.
    BrokenJson,
    /// Neither XML nor JSON.
    Neither,
    /// More than [`limits::BYTES`].
    TooLong,
    /// A feed, by its beginning, that `feed-rs` refused even after it was mended.
    Refused,
}

/// A feed that a page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Where it is; absolute where the page's address is known.
    pub address: String,
    /// What the page calls it.
    pub title: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.what {
            What::Empty => "there is nothing in it",
            What::Page if self.feeds.is_empty() => "it is a page for people, and it names no feed",
            What::Page => "it is a page for people, not a feed",
            What::OtherXml => "it is XML, but not RSS, RDF or Atom",
            What::OtherJson => "it is JSON, but not JSON Feed",
            What::BrokenJson => "it begins like JSON Feed, and breaks off or has a slip in it",
            What::Neither => "it is neither XML nor JSON",
            What::TooLong => "it is longer than 32 MiB",
            What::Refused => "it begins like a feed, but cannot be read",
        })
    }
}

impl std::error::Error for Unreadable {}

impl From<What> for Unreadable {
    fn from(what: What) -> Self {
        Unreadable {
            what,
            feeds: Vec::new(),
        }
    }
}

/// Reads a feed. Never panics, never follows anything, and takes time in proportion to the bytes.
pub fn read(bytes: &[u8], about: &About) -> Result<Feed, Unreadable> {
    if bytes.len() > limits::BYTES {
        return Err(What::TooLong.into());
    }
    let text = decode::decode(bytes, about.content_type);
    let begins = text.trim_start();
    if begins.is_empty() {
        return Err(What::Empty.into());
    }
    let draft = match begins.starts_with(['{', '[']) {
        true => json::draft(begins, about)?,
        false => draft::draft(&text, about)?,
    };
    take::take(draft).ok_or_else(|| What::Refused.into())
}
