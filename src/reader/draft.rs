//! What a feed says, before `feed-rs` reads it: the fields of every format by one name.

use super::address::Base;
use super::entry::DraftEntry;
use super::item::item;
use super::text::{Text, Unsaid, text};
use super::tree::{Element, tree};
use super::{About, Enclosure, Kind, Unreadable, limits, page};

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
    let page = root.elements().next().is_some_and(page::is_page);
    let Some(kind) = kind(&root, page) else {
        return Err(page::instead(text_of_feed, &root, &base));
    };
    let mut draft = Draft {
        kind: Some(kind),
        cut_off,
        ..Draft::default()
    };
    let mut no_title_yet = usize::MAX;
    head(&root, &base, 0, &mut no_title_yet, &mut draft);
    // What is read from a file knows at least where its feed is at home.
    let base = match (&draft.home, base.known()) {
        (Some(home), false) => Base::new(home),
        _ => base,
    };
    items(&root, &base, kind, &mut draft);
    Ok(draft)
}

/// The format, by the first element that says it, wherever it stands: programs put warnings before a feed. In a page,
/// only what can be nothing else counts.
fn kind(element: &Element, page: bool) -> Option<Kind> {
    element.elements().find_map(|kid| match kid.name.as_str() {
        "rss" => Some(Kind::Rss),
        "rdf:rdf" | "rdf" => Some(Kind::Rdf),
        "feed" => Some(Kind::Atom),
        "channel" if !page && is_cdf(kid) => Some(Kind::Cdf),
        "channel" | "item" if !page => Some(Kind::Rss),
        "entry" if !page => Some(Kind::Atom),
        _ => kind(kid, page),
    })
}

/// The items of CDF have their links in attributes.
fn is_cdf(channel: &Element) -> bool {
    let mut items = channel.elements().filter(|kid| kid.name == "item");
    items.any(|item| item.attribute("href").is_some())
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
            "rss" | "rdf:rdf" | "rdf" | "feed" | "channel" => {
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
    /// As a file beside the entry.
    pub(super) fn enclosure(self) -> Enclosure {
        Enclosure {
            address: self.href,
            media_type: self.media_type,
            length: self.length,
        }
    }

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
