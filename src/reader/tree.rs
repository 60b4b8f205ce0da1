//! A tree of whatever looks like XML. Tags that nobody closed are closed, ends without a beginning are passed over, and
//! what lies too deep is kept as text.

use super::entities::{Own, push_allowed};
use super::limits;
use super::markup::{Token, Tokens, attributes};
use super::names::Names;

/// An element, with our name for it.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) kids: Vec<Kid>,
    /// The text ended before it did.
    pub(super) cut: bool,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Kid {
    Text(String),
    Element(Box<Element>),
}

impl Element {
    /// The elements in it, one level down.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.kids.iter().filter_map(|kid| match kid {
            Kid::Element(element) => Some(&**element),
            Kid::Text(_) => None,
        })
    }

    /// The value of an attribute, by its name in small letters.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The text directly in it.
    pub(super) fn text(&self) -> String {
        let texts = self.kids.iter().map(|kid| match kid {
            Kid::Text(text) => text.as_str(),
            Kid::Element(_) => "",
        });
        texts.collect()
    }
}

/// Fields that hold no other field: one inside means that somebody forgot to close it.
#[rustfmt::skip]
const CLOSED: &[&str] = &[
    "title", "link", "guid", "id", "pubdate", "published", "updated", "dc:date", "dc:creator", "author", "contributor",
    "name", "uri", "email", "category", "comments",
];
/// What begins another field.
#[rustfmt::skip]
const FIELDS: &[&str] = &[
    "title", "link", "guid", "id", "pubdate", "published", "updated", "dc:date", "dc:creator", "author", "contributor",
    "category", "comments", "description", "summary", "content", "content:encoded", "enclosure", "item", "entry",
];

/// What a whole text holds, below a root without a name; whether it was cut off, or has more than is kept.
pub(super) fn tree(text: &str) -> (Element, bool) {
    let mut builder = Builder {
        open: vec![Open::default()],
        names: Names::default(),
        own: Own::default(),
        nodes: 0,
        passed: 0,
    };
    for token in Tokens::new(text) {
        match token {
            Token::Start(name, raw, empty) => builder.start(name, raw, empty),
            Token::End(name) => builder.end(name),
            Token::Text(text) => {
                let text = builder.own.decode(text).into_owned();
                builder.text(&text);
            }
            Token::Cdata(text) => builder.text(text),
            Token::Doctype(inside) => builder.own.declare(inside),
        }
    }
    builder.finish()
}

#[derive(Default)]
struct Open {
    element: Element,
    /// The name as it was written: what its end says.
    written: String,
}

struct Builder {
    open: Vec<Open>,
    names: Names,
    own: Own,
    /// How many elements and attributes were kept.
    nodes: usize,
    /// How many elements are open that are not kept.
    passed: usize,
}

impl Builder {
    fn start(&mut self, written: &str, raw: &str, empty: bool) {
        if self.open.len() > limits::DEPTH || self.nodes > limits::NODES {
            self.passed += usize::from(!empty);
            return;
        }
        let attributes = attributes(raw, &mut self.own);
        self.nodes += 1 + attributes.len();
        let mut name = self.named(written, &attributes);
        if self.closes(&name) {
            self.names.leave(self.open.len());
            name = self.named(written, &attributes);
        }
        let element = Element {
            name,
            attributes,
            ..Element::default()
        };
        self.open.push(Open {
            element,
            written: written.to_ascii_lowercase(),
        });
        if empty {
            self.close();
        }
    }

    fn named(&mut self, written: &str, attributes: &[(String, String)]) -> String {
        self.names.declare(self.open.len(), attributes);
        self.names.ours(written)
    }

    /// Closes what cannot hold an element of this name; whether there was anything.
    fn closes(&mut self, name: &str) -> bool {
        let before = self.open.len();
        while FIELDS.contains(&name) && CLOSED.contains(&self.top()) {
            self.close();
        }
        let entry = |name: &str| matches!(name, "item" | "entry");
        let inside = entry(name).then(|| {
            let names = self
                .open
                .iter()
                .rev()
                .map(|open| open.element.name.as_str());
            names.take_while(|name| *name != "content").position(entry)
        });
        if let Some(up) = inside.flatten() {
            for _ in 0..=up {
                self.close();
            }
        }
        self.open.len() < before
    }

    fn top(&self) -> &str {
        self.open.last().map_or("", |open| &open.element.name)
    }

    fn end(&mut self, written: &str) {
        if self.passed > 0 {
            self.passed -= 1;
            return;
        }
        let written = written.to_ascii_lowercase();
        let found = self.open[1..]
            .iter()
            .rposition(|open| open.written == written);
        if let Some(at) = found {
            while self.open.len() > at + 1 {
                self.close();
            }
        }
    }

    fn close(&mut self) {
        if self.open.len() > 1
            && let Some(done) = self.open.pop()
        {
            self.names.leave(self.open.len());
            if let Some(above) = self.open.last_mut() {
                above
                    .element
                    .kids
                    .push(Kid::Element(Box::new(done.element)));
            }
        }
    }

    fn text(&mut self, text: &str) {
        let Some(top) = self.open.last_mut() else {
            return;
        };
        let kids = &mut top.element.kids;
        if !matches!(kids.last(), Some(Kid::Text(_))) {
            kids.push(Kid::Text(String::with_capacity(text.len())));
        }
        if let Some(Kid::Text(before)) = kids.last_mut() {
            push_allowed(text, before);
        }
    }

    fn finish(mut self) -> (Element, bool) {
        let cut = self.open.len() > 1 || self.nodes > limits::NODES;
        while self.open.len() > 1 {
            if let Some(open) = self.open.last_mut() {
                open.element.cut = true;
            }
            self.close();
        }
        let root = self.open.pop().unwrap_or_default().element;
        (root, cut)
    }
}
