//! What a feed says at a moment, as its readers take it: tolerant ones through [`reader`], strict ones by the rules
//! of XML, and one that is blind to namespaces. The only file of this room that names `quick_xml`.

use crate::reader::{self, About};
use jiff::Timestamp;
use quick_xml::Reader;
use quick_xml::events::Event;

/// A feed as it stands at an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Issue {
    /// In the order of the file.
    pub items: Vec<Item>,
    /// Why a strict reader sees nothing in it.
    pub broken: Option<String>,
    /// `Last-Modified`, if the host says it.
    pub modified: Option<Timestamp>,
}

/// One item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// `guid`.
    pub id: Option<String>,
    /// Where it leads.
    pub link: Option<String>,
    /// Plain text; may be empty.
    pub title: String,
    /// `description`.
    pub text: Option<String>,
    /// `pubDate`.
    pub at: Option<Timestamp>,
    /// `pubDate` as it is written.
    pub written: String,
    /// `atom:updated`, as it is written.
    pub updated: Option<String>,
    /// The same for whoever is blind to namespaces.
    pub blind: Blind,
    /// The names of its elements, as they are written, in order.
    pub elements: Vec<String>,
}

/// An item for a reader that looks at local names alone, of which the last counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blind {
    /// `guid`.
    pub id: String,
    /// `title`.
    pub title: String,
    /// `link`.
    pub link: String,
    /// `description`.
    pub text: String,
    /// `pubDate`, as it is written.
    pub date: String,
}

/// Reads RSS as its consumers do.
///
/// # Errors
/// A sentence: nobody sees a feed in it.
pub fn read(bytes: &[u8]) -> Result<Issue, String> {
    let feed = reader::read(bytes, &About::default()).map_err(|not| not.to_string())?;
    let (strict, broken) = match strict(bytes) {
        Ok(items) => (items, None),
        Err(why) => (Vec::new(), Some(why)),
    };
    let mut strict = strict.into_iter();
    let items = feed.entries.into_iter().map(|entry| {
        let raw: Vec<Element> = strict.next().unwrap_or_default();
        let of = |name: &str| raw.iter().rfind(|element| element.name == name);
        Item {
            id: entry.id,
            link: entry.link,
            title: entry.title,
            text: entry.summary,
            at: entry.date,
            written: of("pubDate").map_or_else(String::new, |date| date.text.clone()),
            updated: of("atom:updated").map(|date| date.text.clone()),
            blind: blind(&raw),
            elements: raw.into_iter().map(|element| element.name).collect(),
        }
    });
    Ok(Issue {
        items: items.collect(),
        broken,
        modified: None,
    })
}

/// A child of an item: its name as it is written, and its text.
struct Element {
    name: String,
    text: String,
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn blind(raw: &[Element]) -> Blind {
    let last = |name: &str| {
        let mut named = raw.iter().rev();
        let found = named.find(|element| local(&element.name) == name);
        found.map_or_else(String::new, |element| element.text.clone())
    };
    Blind {
        id: last("guid"),
        title: last("title"),
        link: last("link"),
        text: last("description"),
        date: last("pubDate"),
    }
}

/// The items by the rules of XML: their children, in order.
fn strict(bytes: &[u8]) -> Result<Vec<Vec<Element>>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    let said = |error: &dyn std::fmt::Display| format!("it is not well-formed XML: {error}");
    if !text.starts_with('<') {
        return Err(said(&"it does not begin with `<`"));
    }
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    if text.chars().any(control) {
        return Err(said(&"there is a control character in it"));
    }
    let mut reader = Reader::from_str(text);
    let mut items: Vec<Vec<Element>> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut inside = None;
    loop {
        match reader.read_event().map_err(|error| said(&error))? {
            Event::Eof if open.is_empty() => return Ok(items),
            Event::Eof => return Err(said(&"it ends in the middle")),
            Event::DocType(_) => return Err(said(&"it has a DOCTYPE")),
            event @ (Event::Start(_) | Event::Empty(_)) => {
                let empty = matches!(event, Event::Empty(_));
                let (Event::Start(tag) | Event::Empty(tag)) = &event else {
                    continue;
                };
                for attribute in tag.attributes() {
                    attribute.map_err(|error| said(&error))?;
                }
                let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
                if name == "item" {
                    items.push(Vec::new());
                    inside = Some(open.len());
                } else if inside == open.len().checked_sub(1)
                    && inside.is_some()
                    && let Some(item) = items.last_mut()
                {
                    item.push(Element {
                        name: name.clone(),
                        text: String::new(),
                    });
                }
                if !empty {
                    open.push(name);
                } else if name == "item" {
                    inside = None;
                }
            }
            Event::End(_) => {
                let closed = open.pop();
                inside = inside.filter(|_| closed.as_deref() != Some("item"));
            }
            event @ (Event::Text(_) | Event::CData(_) | Event::GeneralRef(_)) => {
                let words = words(&event).map_err(|why| said(&why))?;
                let deep = inside.is_some_and(|item| open.len() > item + 1);
                if let Some(element) = items.last_mut().and_then(|item| item.last_mut())
                    && deep
                {
                    element.text.push_str(&words);
                }
            }
            _ => {}
        }
    }
}

/// The text of an event. XML knows five names of characters, and no more.
fn words(event: &Event) -> Result<String, String> {
    match event {
        Event::Text(text) => text.decode().map(String::from).map_err(|e| e.to_string()),
        Event::CData(text) => text.decode().map(String::from).map_err(|e| e.to_string()),
        Event::GeneralRef(name) => {
            let number = name.resolve_char_ref().map_err(|error| error.to_string())?;
            if let Some(c) = number {
                return Ok(c.to_string());
            }
            let name = name.decode().map_err(|error| error.to_string())?;
            let known = quick_xml::escape::resolve_xml_entity(&name);
            known
                .map(str::to_owned)
                .ok_or_else(|| format!("it does not know `&{name};`"))
        }
        _ => Ok(String::new()),
    }
}
