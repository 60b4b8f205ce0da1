//! OPML, in which feed readers hand lists of feeds to each other: sources out, and whatever comes in.
//!
//! Out goes what every reader understands, and beside it, in a namespace of our own, what only we do, so that
//! the list comes back as it went. What comes in is a stranger's.

use crate::model::Source;
use crate::model::outline::{Outline, Words};
use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use std::fmt::Write;

/// Attributes that readers understand, and the keys of ours that say the same.
const KNOWN: &[(&str, &str)] = &[
    ("title", "text"),
    ("feed", "xmlUrl"),
    ("site", "htmlUrl"),
    ("why_trusted", "description"),
    ("language", "language"),
    ("topics", "category"),
];

/// In front of our own attributes.
const PREFIX: &str = "learnflow:";

/// The most feeds that are taken from one file: ten times what anybody reads.
const MOST: usize = 10_000;
/// How deep folders may lie in each other; what is deeper lies in the last one.
const DEEPEST: usize = 32;
/// The longest value; the rest is cut off.
const LONGEST: usize = 4_000;

/// A list of sources as OPML.
pub fn write(title: &str, sources: &[Source]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = write!(
        out,
        "<opml version=\"2.0\" xmlns:learnflow=\"urn:x-learnflow:sources\">\n  <head>\n    <title>{}</title>\n  </head>\n  <body>\n",
        escaped(title)
    );
    for source in sources {
        out.push_str("    <outline");
        let outline = Outline::of(source);
        if source.feed.is_some() {
            out.push_str(" type=\"rss\"");
        }
        for (key, words) in &outline.keys {
            let known = KNOWN.iter().find(|(known, _)| known == key);
            let said = words.joined(if *key == "topics" { "," } else { "\n" });
            if let Some((_, name)) = known {
                let _ = write!(out, " {name}=\"{}\"", escaped(&said));
            }
            if known.is_none() || (*key == "topics" && topics(&said) != *words) {
                let said = words.joined("\n");
                let _ = write!(out, " {PREFIX}{key}=\"{}\"", escaped(&said));
            }
        }
        out.push_str("/>\n");
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

/// Text for an attribute or an element: what XML cannot hold is left out, and line breaks stay.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

/// The feeds of an OPML file, in its order: each with the keys of a source that it knows. The names of the
/// folders it lies in are its topics, if it names none itself.
///
/// # Errors
/// It is not OPML, in a sentence.
pub fn read(text: &str) -> Result<Vec<Outline>, String> {
    let mut reader = quick_xml::Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut found = Vec::new();
    let mut folders: Vec<Option<String>> = Vec::new();
    let mut depth = 0_usize;
    let mut is_opml = false;
    loop {
        let event = reader.read_event();
        let at = reader.buffer_position();
        let event = event.map_err(|error| {
            let line = 1 + text.as_bytes()[..text.len().min(at as usize)]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count();
            format!("it breaks in line {line}: {error}")
        })?;
        match event {
            Event::Start(tag) | Event::Empty(tag) if is(&tag, "opml") => is_opml = true,
            Event::Start(tag) if is(&tag, "outline") => {
                let outline = outline(&tag, &folders);
                let folder = match &outline {
                    Some(_) => None,
                    None => attribute(&tag, "text").or_else(|| attribute(&tag, "title")),
                };
                found.extend(outline);
                depth += 1;
                if depth <= DEEPEST {
                    folders.push(folder);
                }
            }
            Event::Empty(tag) if is(&tag, "outline") => found.extend(outline(&tag, &folders)),
            Event::End(tag) if tag.local_name().as_ref().eq_ignore_ascii_case(b"outline") => {
                if depth <= DEEPEST {
                    folders.pop();
                }
                depth = depth.saturating_sub(1);
            }
            Event::Eof => break,
            _ => {}
        }
        if found.len() > MOST {
            return Err(format!("it has more than {MOST} feeds"));
        }
    }
    match (is_opml, found.is_empty()) {
        (false, _) => Err("it is not OPML".to_owned()),
        (true, true) => Err("there are no feeds in it".to_owned()),
        (true, false) => Ok(found),
    }
}

fn is(tag: &BytesStart, name: &str) -> bool {
    tag.local_name()
        .as_ref()
        .eq_ignore_ascii_case(name.as_bytes())
}

/// One feed; none if it is a folder.
fn outline(tag: &BytesStart, folders: &[Option<String>]) -> Option<Outline> {
    let mut keys: Vec<(&'static str, Words)> = Vec::new();
    for key in Outline::KEYS {
        let own = attribute(tag, &format!("{PREFIX}{key}"));
        let own = own.map(|said| match Outline::is_list(key) {
            true => Outline::words(key, said.split('\n')),
            false => Outline::words(key, [said.as_str()]),
        });
        let common = || {
            let (_, name) = KNOWN.iter().find(|(known, _)| known == key)?;
            let said = attribute(tag, name)?;
            Some(match *key {
                "topics" => topics(&said),
                key => Outline::words(key, [said.as_str()]),
            })
        };
        let words = own.or_else(common).filter(|words| !words.is_empty());
        keys.extend(words.map(|words| (*key, words)));
    }
    let mut outline = Outline { keys };
    if outline.get("feed").is_none() && attribute(tag, &format!("{PREFIX}id")).is_none() {
        return None;
    }
    if outline.get("title").is_none()
        && let Some(title) = attribute(tag, "title")
    {
        outline.set("title", Outline::words("title", [title.as_str()]));
    }
    if outline.get("topics").is_none() {
        let named = folders.iter().flatten().map(String::as_str);
        outline.set("topics", Outline::words("topics", named));
    }
    Some(outline)
}

/// Topics out of categories: `/work/letters,plain words`.
fn topics(said: &str) -> Words {
    let each = said.split(',').map(|topic| topic.trim().trim_matches('/'));
    Outline::words("topics", each)
}

/// The value of an attribute, unescaped, without what no text of ours may hold.
fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut all = tag.attributes();
    let mut named = all
        .with_checks(false)
        .flatten()
        .filter(|attribute| attribute.key.as_ref().eq_ignore_ascii_case(name.as_bytes()));
    let value = unescaped(&named.next()?);
    let good = value.chars().filter(|c| !c.is_control() || *c == '\n');
    let value: String = good.take(LONGEST).collect();
    let value = value.trim().to_owned();
    (!value.is_empty()).then_some(value)
}

/// An entity that nobody knows stays as it stands.
fn unescaped(attribute: &Attribute) -> String {
    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
    value.map_or_else(
        |_| String::from_utf8_lossy(&attribute.value).into_owned(),
        |value| value.into_owned(),
    )
}
