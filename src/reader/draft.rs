//! What a feed says, before `feed-rs` reads it: the fields of every format by one name.

use super::address::Base;
use super::dates;
use super::item::item;
use super::text::{Text, Unsaid, text};
use super::tree::{Element, tree};
use super::{About, Enclosure, Kind, Odd, Unreadable, limits, page};
use jiff::Timestamp;

/// A feed, field by field.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) kind: Option<Kind>,
    pub(super) title: Option<Text>,
    pub(super) home: Option<String>,
    pub(super) language: Option<String>,
    pub(super) entries: Vec<DraftEntry>,
    pub(super) left_out: usize,
    pub(super) cut_off: bool,
}

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

/// Elements of a feed in which none of its own fields lie.
const ASIDE: &[&str] = &[
    "image",
    "textinput",
    "source",
    "item",
    "entry",
    "author",
    "itunes:owner",
];

/// Reads what looks like XML.
pub(super) fn draft(text_of_feed: &str, about: &About) -> Result<Draft, Unreadable> {
    let (root, cut_off) = tree(text_of_feed);
    let base = Base::new(about.address);
    let Some(Begin { feed, kind, base }) = begin(&root, &base) else {
        return Err(page::instead(text_of_feed, &root, &base));
    };
    let mut draft = Draft {
        kind: Some(kind),
        cut_off,
        ..Draft::default()
    };
    let mut title_depth = usize::MAX;
    head(feed, &base, 0, &mut title_depth, &mut draft);
    draft.language = draft.language.or_else(|| lang(feed));
    // What is read from a file knows at least where its feed is at home.
    let base = match (&draft.home, base.known()) {
        (Some(home), false) => Base::new(home),
        _ => base,
    };
    items(feed, &base, kind, &mut draft);
    Ok(draft)
}

struct Begin<'a> {
    feed: &'a Element,
    kind: Kind,
    base: Base,
}

/// The element that is the feed, wherever it stands: programs put warnings before it. In a page, only what can be
/// nothing else counts.
fn begin<'a>(root: &'a Element, base: &Base) -> Option<Begin<'a>> {
    let page = root.elements().next().is_some_and(page::is_page);
    let mut bases = vec![base.clone()];
    let mut found = None;
    walk(root, &mut |element, depth| {
        bases.truncate(depth + 1);
        let above = bases.last().cloned().unwrap_or_default();
        let base = match own_base(element) {
            Some(own) => above.join(own),
            None => above,
        };
        bases.push(base.clone());
        let kind = match element.name.as_str() {
            "rss" => Kind::Rss,
            "rdf:rdf" | "rdf" => Kind::Rdf,
            "feed" => Kind::Atom,
            _ if page => return false,
            "channel"
                if element
                    .elements()
                    .any(|kid| kid.attribute("href").is_some() && kid.name == "item") =>
            {
                Kind::Cdf
            }
            "channel" | "item" => Kind::Rss,
            "entry" => Kind::Atom,
            _ => return false,
        };
        // A lone entry is a feed of one.
        let feed = match element.name.as_str() {
            "item" | "entry" => root,
            _ => element,
        };
        found = Some(Begin { feed, kind, base });
        true
    });
    found
}

/// Visits elements in order until one is what was looked for.
fn walk<'a>(root: &'a Element, visit: &mut dyn FnMut(&'a Element, usize) -> bool) -> bool {
    fn inner<'a>(
        element: &'a Element,
        depth: usize,
        visit: &mut dyn FnMut(&'a Element, usize) -> bool,
    ) -> bool {
        element
            .elements()
            .any(|kid| visit(kid, depth) || inner(kid, depth + 1, visit))
    }
    inner(root, 0, visit)
}

/// What an element says about where its links start.
pub(super) fn own_base(element: &Element) -> Option<&str> {
    element.attribute("xml:base").or(element.attribute("base"))
}

fn lang(element: &Element) -> Option<String> {
    let said = element
        .attribute("xml:lang")
        .or(element.attribute("lang"))?;
    Some(said.trim().to_owned()).filter(|said| !said.is_empty())
}

/// The feed's own fields, wherever they lie between its entries.
fn head(element: &Element, base: &Base, depth: usize, title_depth: &mut usize, draft: &mut Draft) {
    for kid in element.elements() {
        let base = &match own_base(kid) {
            Some(own) => base.join(own),
            None => base.clone(),
        };
        match kid.name.as_str() {
            name if ASIDE.contains(&name) => {}
            "title" | "dc:title" => {
                let says = draft.kind == Some(Kind::Atom);
                let title = text(kid, Unsaid::Words, says);
                if depth < *title_depth && !title.value.is_empty() {
                    *title_depth = depth;
                    draft.title = Some(title);
                }
            }
            "link" => {
                let link = Link::of(kid, base);
                if link.alternate && !link.href.is_empty() {
                    draft.home = Some(link.href);
                }
            }
            "language" | "dc:language" => {
                let said = kid.text().trim().to_owned();
                draft.language = Some(said).filter(|said| !said.is_empty());
            }
            "channel" => {
                if let Some(href) = kid.attribute("href") {
                    draft.home = Some(base.resolve(href));
                }
                draft.language = lang(kid).or(draft.language.take());
                head(kid, base, depth, title_depth, draft);
            }
            _ => head(kid, base, depth + 1, title_depth, draft),
        }
    }
}

/// The entries, wherever they lie.
fn items(element: &Element, base: &Base, kind: Kind, draft: &mut Draft) {
    for kid in element.elements() {
        let base = &match own_base(kid) {
            Some(own) => base.join(own),
            None => base.clone(),
        };
        match kid.name.as_str() {
            "item" | "entry" if draft.entries.len() >= limits::ENTRIES => draft.left_out += 1,
            "item" | "entry" => draft.entries.push(item(kid, base, kind)),
            _ => items(kid, base, kind, draft),
        }
    }
}

/// A link of a feed or an entry.
pub(super) struct Link {
    /// Absolute where it can be.
    pub(super) href: String,
    pub(super) rel: String,
    pub(super) media_type: Option<String>,
    pub(super) length: Option<u64>,
    /// It leads to the page for people.
    pub(super) alternate: bool,
}

impl Link {
    /// Reads both forms: with an address in an attribute, and as text.
    pub(super) fn of(element: &Element, base: &Base) -> Link {
        let given = |name: &str| element.attribute(name).map(|v| v.trim().to_owned());
        let low = |name: &str| given(name).map(|value| value.to_ascii_lowercase());
        let href = ["url", "uri", "href"].into_iter().find_map(given);
        let rel = low("rel").unwrap_or_else(|| "alternate".to_owned());
        let media_type = low("type").filter(|kind| !kind.is_empty());
        let html = media_type.as_deref().is_none_or(|kind| {
            matches!(
                kind,
                "html" | "text/html" | "xhtml" | "application/xhtml+xml"
            )
        });
        let alternate = href.is_none() || rel == "alternate" && html;
        // Text is often escaped twice.
        let href = href.unwrap_or_else(|| element.text().replace("&amp;", "&"));
        Link {
            href: base.resolve(&href),
            rel,
            media_type,
            length: given("length").and_then(|length| length.parse().ok()),
            alternate,
        }
    }
}
