//! What a text of a feed is: plain words, or HTML.

use super::entities::escape;
use super::html;
use super::tree::{Element, Kid};

/// A text, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) value: String,
    pub(super) html: bool,
}

/// What a text is that does not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unsaid {
    /// Words, and in RSS often HTML all the same: what looks like it is.
    Words,
    /// HTML.
    Html,
    /// Elements of XHTML.
    Xhtml,
}

/// The text in an element. `says` is whether this format says what its texts are: then nothing is guessed.
pub(super) fn text(element: &Element, unsaid: Unsaid, says: bool) -> Text {
    let said = element.attribute("type").map(str::to_ascii_lowercase);
    let kind = match said.as_deref().map(str::trim) {
        None | Some("") => unsaid,
        Some("text" | "plain" | "text/plain") => Unsaid::Words,
        Some("html" | "text/html") => Unsaid::Html,
        Some("xhtml" | "application/xhtml+xml") => Unsaid::Xhtml,
        Some(kind) if kind.ends_with("xml") => Unsaid::Xhtml,
        Some(_) => Unsaid::Words,
    };
    let marked = element.elements().next().is_some();
    if marked || kind == Unsaid::Xhtml {
        return Text {
            value: inside(element),
            html: true,
        };
    }
    let mut value = element.text();
    let base64 = element.attribute("mode") == Some("base64")
        || said.is_some_and(|said| is_encoded(said.trim()));
    if base64 && let Some(decoded) = base64_text(&value) {
        value = decoded;
    }
    let value = value.trim().to_owned();
    let html = kind == Unsaid::Html || !says && html::looks_like(&value);
    Text { value, html }
}

/// Media types whose content Atom has in base64.
fn is_encoded(said: &str) -> bool {
    said.contains('/') && !said.starts_with("text/") && !said.ends_with("xml")
}

/// What stands in an element as HTML; without the one `div` that Atom puts around it.
fn inside(element: &Element) -> String {
    let mut elements = element.elements();
    let only = elements.next().filter(|_| elements.next().is_none());
    let wrapped = only.filter(|only| {
        matches!(only.name.as_str(), "div" | "xhtml:div") && element.text().trim().is_empty()
    });
    let mut out = String::new();
    write(wrapped.unwrap_or(element), &mut out);
    out.trim().to_owned()
}

fn write(element: &Element, out: &mut String) {
    for kid in &element.kids {
        match kid {
            Kid::Text(text) => escape(text, out),
            Kid::Element(element) => {
                let name = element.name.strip_prefix("xhtml:").unwrap_or(&element.name);
                out.push('<');
                out.push_str(name);
                for (key, value) in &element.attributes {
                    out.push(' ');
                    out.push_str(key);
                    out.push_str("=\"");
                    escape(value, out);
                    out.push('"');
                }
                out.push('>');
                if element.kids.is_empty() && html::is_void(name) {
                    continue;
                }
                write(element, out);
                out.push_str("</");
                out.push_str(name);
                out.push('>');
            }
        }
    }
}

/// Text that was in base64; none when it was not, or is no text.
fn base64_text(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0u32, 0);
    for byte in text.bytes().filter(|b| !b.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xFF_FFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xFF) as u8);
        }
    }
    String::from_utf8(bytes).ok()
}
