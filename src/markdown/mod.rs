//! Markdown in, safe HTML or plain text out. Pure: addresses are resolved by the caller through [`Links`].
//!
//! CommonMark with tables, footnotes, task lists, definition lists, heading anchors and callouts. What the
//! author should know comes back as [`Finding`]s, each with its place in the source. The text is treated as
//! hostile. This folder is the only place that names pulldown-cmark, and `raw.rs` the only one that names ammonia.

mod address;
mod escape;
mod finding;
mod links;
mod notes;
mod paragraphs;
mod plain;
mod raw;
mod reduced;
mod writer;

use std::ops::Range;

use pulldown_cmark::{Event, OffsetIter, Parser, Tag};

use address::Address;
pub use address::unmarked;
pub use finding::Finding;
pub use paragraphs::paragraphs;
pub use plain::{first_paragraph, plain, sentences, shorten};
pub use reduced::{reduced, words};

/// How many elements may lie inside each other: far more than a reader can follow, and few enough that no
/// HTML parser slows down (they search their whole stack at many tags).
pub const MAX_DEPTH: usize = 100;

/// What a link or image in the text points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Leave the address as it is.
    Keep,
    /// A document or file of this library: write this address instead.
    To(String),
    /// A document that is not public yet: only the words are rendered, with the warning `link-unreleased`.
    Unreleased,
    /// Nothing is there: the error `broken-link`, with this help.
    Missing { help: String },
}

/// Resolves relative addresses. Never asked about an address with a scheme, one that starts with `#` or `//`,
/// or an empty one.
pub trait Links {
    fn link(&self, href: &str) -> Target;
    fn image(&self, src: &str) -> Target;
}

/// How one text is to be rendered into its page.
#[derive(Debug, Clone, Default)]
pub struct Options<'a> {
    /// Added to every heading's level, so that the page has one outline; the result is kept within 2 to 6.
    pub shift: i8,
    /// Put before the ids of footnotes, so that several texts can stand on one page.
    pub id_prefix: &'a str,
    pub words: Words<'a>,
}

/// The words that the rendering itself adds, in the language of the page.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    pub note: &'a str,
    pub tip: &'a str,
    pub important: &'a str,
    pub warning: &'a str,
    pub caution: &'a str,
    /// Names a table's scrolling region; its column heads follow.
    pub table: &'a str,
    /// Names a ticked box of a task list.
    pub done: &'a str,
    /// Names an empty box of a task list.
    pub to_do: &'a str,
    /// Names the list of footnotes.
    pub footnotes: &'a str,
    /// Names a reference to a footnote; its number follows.
    pub footnote: &'a str,
    /// Names the way back from a footnote; its number follows.
    pub back: &'a str,
}

impl Default for Words<'_> {
    fn default() -> Self {
        Words {
            note: "Note",
            tip: "Tip",
            important: "Important",
            warning: "Warning",
            caution: "Caution",
            table: "Table",
            done: "Done",
            to_do: "To do",
            footnotes: "Footnotes",
            footnote: "Footnote",
            back: "Back to the text from footnote",
        }
    }
}

/// A rendered text, safe to put into a page as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html {
    pub html: String,
    /// In the order in which they were met.
    pub findings: Vec<Finding>,
}

/// Renders a text. Where it is nested deeper than [`MAX_DEPTH`] the HTML is one plain paragraph, with the
/// error `too-deep`.
pub fn html(source: &str, options: &Options, links: &dyn Links) -> Html {
    writer::write(source, options, links)
}

/// Every relative link and image, for checking without rendering: where it stands in the source, its address,
/// and whether it is an image.
pub fn links(source: &str) -> Vec<(Range<usize>, String, bool)> {
    events(source)
        .filter_map(|(event, at)| match event {
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => Some((link_type, dest_url, at, false)),
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                ..
            }) => Some((link_type, dest_url, at, true)),
            _ => None,
        })
        .filter(|(kind, address, ..)| address::of(*kind, address) == Address::Relative)
        .map(|(_, address, at, image)| (at, address::bare(&address).to_owned(), image))
        .collect()
}

/// The one reading of Markdown that rendering, summaries and checks share.
fn events(source: &str) -> OffsetIter<'_> {
    use pulldown_cmark::Options as Extension;
    // Smart punctuation stays off: what stands in the file is what stands on the page. Heading attributes are
    // read so that `{#id minutes=5}` is not shown.
    let extensions = Extension::ENABLE_TABLES
        | Extension::ENABLE_FOOTNOTES
        | Extension::ENABLE_TASKLISTS
        | Extension::ENABLE_DEFINITION_LIST
        | Extension::ENABLE_HEADING_ATTRIBUTES
        | Extension::ENABLE_GFM;
    Parser::new_ext(source, extensions).into_offset_iter()
}
