//! What a feed says at a moment, as its readers take it: tolerant ones through [`reader`], strict ones by the rules
//! of XML, and one that is blind to namespaces. The only file of this room that names `quick_xml`.

use crate::reader::{self, About};
use jiff::Timestamp;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A feed as it stands at an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Issue {
    /// In the order of the file.
    pub items: Vec<Item>,
    /// What the feed says of itself, in order.
    pub channel: Vec<Element>,
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
    /// Its elements, in order.
    pub elements: Vec<Element>,
}

/// An element of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// As it is written: `atom:updated`.
    pub name: String,
    /// What stands in it.
    pub text: String,
    /// Names and values.
    pub attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let mut known = self.attributes.iter();
        let found = known.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Its name for whoever is blind to namespaces.
    pub fn local(&self) -> &str {
        local(&self.name)
    }
}

impl Issue {
    /// What the feed says of itself under a name.
    pub fn says(&self, name: &str) -> Option<&Element> {
        self.channel.iter().find(|element| element.name == name)
    }
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
        Ok(strict) => (strict, None),
        Err(why) => (Strict::default(), Some(why)),
    };
    let is_strict = broken.is_none();
    let mut raw = strict.items.into_iter();
    let items = feed.entries.into_iter().map(|entry| {
        let elements: Vec<Element> = raw.next().unwrap_or_default();
        let of = |name: &str| elements.iter().rfind(|element| element.name == name);
        Item {
            id: entry.id,
            link: entry.link,
            title: entry.title,
            text: entry.summary,
            // The tolerant reader takes any date that it finds; who follows a feed takes `pubDate` alone.
            at: entry.date.filter(|_| of("pubDate").is_some() || !is_strict),
            written: of("pubDate").map_or_else(String::new, |date| date.text.clone()),
            updated: of("atom:updated").map(|date| date.text.clone()),
            blind: blind(&elements),
            elements,
        }
    });
    Ok(Issue {
        items: items.collect(),
        channel: strict.channel,
        broken,
        modified: None,
    })
}

/// The addresses of the feeds in a list (OPML), each with the page that it belongs to.
///
/// # Errors
/// A sentence: it is not well-formed.
pub fn list(bytes: &[u8]) -> Result<Vec<(String, String)>, String> {
    let outlines = strict(bytes)?.outlines;
    let pair = |outline: Element| {
        let of = |name| outline.attribute(name).unwrap_or_default().to_owned();
        (of("xmlUrl"), of("htmlUrl"))
    };
    Ok(outlines.into_iter().map(pair).collect())
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

/// What stands in a file by the rules of XML.
#[derive(Default)]
struct Strict {
    channel: Vec<Element>,
    items: Vec<Vec<Element>>,
    outlines: Vec<Element>,
}

impl Strict {
    /// The list to which a child of these elements belongs.
    fn children_of(&mut self, open: &[String]) -> Option<&mut Vec<Element>> {
        match open.last()?.as_str() {
            "channel" => Some(&mut self.channel),
            "item" => self.items.last_mut(),
            "body" => Some(&mut self.outlines),
            _ => None,
        }
    }
}

fn strict(bytes: &[u8]) -> Result<Strict, String> {
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
    let mut found = Strict::default();
    let mut open: Vec<String> = Vec::new();
    loop {
        let event = reader.read_event().map_err(|error| said(&error))?;
        match &event {
            Event::Eof if open.is_empty() => return Ok(found),
            Event::Eof => return Err(said(&"it ends in the middle")),
            Event::DocType(_) => return Err(said(&"it has a DOCTYPE")),
            Event::Start(tag) | Event::Empty(tag) => {
                let element = element(tag).map_err(|why| said(&why))?;
                let name = element.name.clone();
                if name == "item" {
                    found.items.push(Vec::new());
                } else if let Some(children) = found.children_of(&open) {
                    children.push(element);
                }
                if matches!(event, Event::Start(_)) {
                    open.push(name);
                }
            }
            Event::End(_) => drop(open.pop()),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                let words = words(&event).map_err(|why| said(&why))?;
                if let Some((_, above)) = open.split_last()
                    && let Some(children) = found.children_of(above)
                    && let Some(element) = children.last_mut()
                {
                    element.text.push_str(&words);
                }
            }
            _ => {}
        }
    }
}

fn element(tag: &BytesStart) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| error.to_string())?;
        let name = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        attributes.push((name, value.into_owned()));
    }
    Ok(Element {
        name: String::from_utf8_lossy(tag.name().as_ref()).into_owned(),
        text: String::new(),
        attributes,
    })
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
