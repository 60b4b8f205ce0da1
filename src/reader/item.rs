//! One entry of any format of XML: whose element says what. What an element means does not hang on where in the entry
//! it lies; of two that mean the same, the one further out counts, and of two as far out the last, but the first title.

use super::Kind;
use super::address::Base;
use super::draft::{Link, own_base};
use super::entry::{DraftEntry, Which};
use super::text::{Unsaid, text};
use super::tree::Element;

/// Reads an `item` or `entry`.
pub(super) fn item(element: &Element, base: &Base, kind: Kind) -> DraftEntry {
    let mut reading = Reading {
        entry: DraftEntry {
            base: base.clone(),
            ..DraftEntry::default()
        },
        says: kind == Kind::Atom,
        title: None,
        guid_link: None,
        has_content: false,
        summary_depth: usize::MAX,
        id_depth: usize::MAX,
    };
    if let Some(id) = element
        .attribute("rdf:about")
        .or(element.attribute("about"))
    {
        reading.entry.id(id);
    }
    if let Some(href) = element.attribute("href") {
        reading.entry.link(base.resolve(href));
    }
    if let Some(date) = element.attribute("lastmod") {
        reading.entry.date(Which::Updated, date);
    }
    reading.fields(element, base, 0);
    reading.finish()
}

struct Reading {
    entry: DraftEntry,
    /// The format says what is text and what is HTML.
    says: bool,
    /// How far out the title was, and whether it stays.
    title: Option<(usize, bool)>,
    /// An id that is a link.
    guid_link: Option<String>,
    has_content: bool,
    summary_depth: usize,
    id_depth: usize,
}

impl Reading {
    fn fields(&mut self, element: &Element, base: &Base, depth: usize) {
        for kid in element.elements().filter(|kid| !kid.cut || is_box(kid)) {
            let base = &match own_base(kid) {
                Some(own) => base.join(own),
                None => base.clone(),
            };
            self.field(kid, base, depth);
        }
    }

    fn field(&mut self, kid: &Element, base: &Base, depth: usize) {
        match kid.name.as_str() {
            "title" | "dc:title" | "media:title" => self.title(kid, depth),
            "link" => self.read_link(kid, base),
            "guid" | "id" if depth <= self.id_depth => {
                self.id_depth = depth;
                let id = kid.text();
                let said = kid.attribute("ispermalink");
                if said.is_none_or(|said| said == "true") {
                    self.guid_link = Some(base.resolve(&id));
                }
                self.entry.id(&id);
            }
            "guid" | "id" => {}
            "pubdate" | "published" | "issued" | "dcterms:issued" => {
                self.entry.date(Which::Published, &kid.text());
            }
            "updated" | "modified" | "lastbuilddate" | "dc:date" | "dcterms:modified" => {
                self.entry.date(Which::Updated, &kid.text());
            }
            "created" | "dcterms:created" => self.entry.date(Which::Created, &kid.text()),
            "description" | "dc:description" | "media:description" => {
                self.summary(kid, Unsaid::Html, depth, base);
            }
            "abstract" => self.summary(kid, Unsaid::Words, depth, base),
            "summary" | "itunes:summary" => self.summary(kid, Unsaid::Words, depth, base),
            "content" => self.content(kid, Unsaid::Words, base),
            "content:encoded" | "fullitem" => self.content(kid, Unsaid::Html, base),
            "body" | "xhtml:body" => self.content(kid, Unsaid::Xhtml, base),
            "author" | "dc:creator" | "dc:author" | "itunes:author" | "managingeditor" => {
                self.author(kid)
            }
            "category" | "dc:subject" | "keywords" | "itunes:category" => self.tag(kid),
            "enclosure" => self.entry.enclosure(Link::of(kid, base).enclosure()),
            "media:content" => {
                self.media(kid, base);
                self.fields(kid, base, depth + 1);
            }
            "media:thumbnail" | "itunes:image" => {
                let given = kid.attribute("url").or(kid.attribute("href"));
                self.entry.image(base.resolve(given.unwrap_or("")));
            }
            "source" | "image" | "textinput" | "comments" | "contributor" => {}
            _ => self.fields(kid, base, depth + 1),
        }
    }

    fn title(&mut self, kid: &Element, depth: usize) {
        let stays = |(at, stays): (usize, bool)| stays && at <= depth;
        let nearer = |(at, _): (usize, bool)| at < depth;
        if self
            .title
            .is_some_and(|known| stays(known) || nearer(known))
        {
            return;
        }
        let title = text(kid, Unsaid::Words, self.says);
        if !title.value.is_empty() {
            self.title = Some((depth, kid.name != "media:title"));
            self.entry.title = Some(title);
        }
    }

    fn read_link(&mut self, kid: &Element, base: &Base) {
        let link = Link::of(kid, base);
        match link.alternate {
            true => self.entry.link(link.href),
            false if link.rel == "enclosure" => self.entry.enclosure(link.enclosure()),
            false => {}
        }
    }

    fn summary(&mut self, kid: &Element, unsaid: Unsaid, depth: usize, base: &Base) {
        // A second one, where there is no content, is the longer one.
        let known = self.entry.summary.is_some() || self.entry.content_is_summary;
        if known && !self.has_content {
            return self.content(kid, Unsaid::Words, base);
        }
        if depth > self.summary_depth {
            return;
        }
        let says = self.says || unsaid == Unsaid::Html;
        let summary = text(kid, unsaid, says);
        self.summary_depth = depth;
        self.entry.summary = Some(summary);
        self.entry.content_is_summary = false;
    }

    fn content(&mut self, kid: &Element, unsaid: Unsaid, base: &Base) {
        self.has_content |= unsaid != Unsaid::Xhtml;
        let says = self.says || unsaid != Unsaid::Words;
        let content = text(kid, unsaid, says);
        if self.entry.content.is_none() {
            self.entry.content_is_summary = self.entry.summary.is_none() && content.readable;
            self.entry.content = Some(content);
            self.entry.base = base.clone();
        }
    }

    fn author(&mut self, kid: &Element) {
        let part = |names: &[&str]| {
            let mut found = kid.elements().filter(|e| {
                let local = e.name.rsplit(':').next().unwrap_or("");
                names.contains(&local)
            });
            found.find_map(|e| Some(e.text().trim().to_owned()).filter(|t| !t.is_empty()))
        };
        let name = part(&["name"]).or_else(|| part(&["email"]));
        let said = name.unwrap_or_else(|| kid.text().trim().to_owned());
        if self.entry.author.is_none() && !said.is_empty() {
            self.entry.author = Some(person(&said).to_owned());
        }
    }

    fn tag(&mut self, kid: &Element) {
        let given = ["label", "term", "text"]
            .iter()
            .find_map(|name| kid.attribute(name));
        let said = given.map_or_else(|| kid.text(), str::to_owned);
        self.entry.tag(&said);
        // Apple nests them.
        for inner in kid
            .elements()
            .filter(|inner| inner.name == "itunes:category")
        {
            self.tag(inner);
        }
    }

    fn media(&mut self, kid: &Element, base: &Base) {
        let mut link = Link::of(kid, base);
        link.length = kid.attribute("filesize").and_then(|size| size.parse().ok());
        if kid.attribute("url").is_none() {
            return;
        }
        let picture = link
            .media_type
            .as_deref()
            .is_some_and(|kind| kind.starts_with("image/"))
            || kid.attribute("medium") == Some("image");
        match picture {
            true => self.entry.image(link.href),
            false => self.entry.enclosure(link.enclosure()),
        }
    }

    fn finish(mut self) -> DraftEntry {
        if self.entry.link.is_none()
            && let Some(link) = self.guid_link.take()
        {
            self.entry.link(link);
        }
        self.entry.done()
    }
}

/// Whether an element holds fields. A field that was cut off is not whole, but the fields in such a box are.
fn is_box(element: &Element) -> bool {
    element.name.starts_with("media:")
}

/// The name in `mail@host (Name)`, or what there is.
fn person(said: &str) -> &str {
    let parts = said.split_once('(').filter(|(mail, _)| mail.contains('@'));
    let name = parts.map(|(_, name)| name.trim_end_matches(')').trim());
    name.filter(|name| !name.is_empty()).unwrap_or(said)
}
