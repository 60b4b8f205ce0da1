//! What a text of a feed is: plain words, or HTML.

use super::entities::{escape, meant};
use super::html;
use super::tree::{Element, Kid};

/// A text, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) value: String,
    pub(super) html: bool,
    /// It is words or HTML, not data of another sort.
    pub(super) readable: bool,
}

impl Text {
    /// Words, as they are.
    pub(super) fn words(value: String) -> Text {
        Text {
            value,
            html: false,
            readable: true,
        }
    }
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
    let readable = said.as_deref().is_none_or(|said| {
        let said = said.trim();
        !said.contains('/') || matches!(said, "text/plain" | "text/html" | "application/xhtml+xml")
    });
    // Some put a `div` around HTML that is escaped.
    let around = only_div(element).filter(|_| kind == Unsaid::Html);
    let element = around
        .filter(|div| div.elements().next().is_none())
        .unwrap_or(element);
    let marked = element.elements().next().is_some();
    if marked || kind == Unsaid::Xhtml {
        return Text {
            value: once(inside(element, kind == Unsaid::Html)),
            html: true,
            readable,
        };
    }
    let mut value = element.text();
    let base64 = element.attribute("mode") == Some("base64")
        || said.is_some_and(|said| is_encoded(said.trim()));
    if base64 && let Some(decoded) = base64_text(&value) {
        value = decoded;
    }
    let value = once(value.trim().to_owned());
    let html = kind == Unsaid::Html || !says && html::looks_like(&value);
    Text {
        value,
        html,
        readable,
    }
}

/// Media types whose content Atom has in base64.
fn is_encoded(said: &str) -> bool {
    said.contains('/') && !said.starts_with("text/") && !said.ends_with("xml")
}

/// What stands in an element as HTML; without the one `div` that Atom puts around it. Text before the first tag of
/// something that says it is HTML, and forgot to be escaped further on, is HTML already.
fn inside(element: &Element, html: bool) -> String {
    let element = only_div(element).unwrap_or(element);
    let mut out = String::new();
    match element.kids.split_first() {
        Some((Kid::Text(head), rest)) if html => {
            out.push_str(head);
            write(rest, &mut out);
        }
        _ => write(&element.kids, &mut out),
    }
    out.trim().to_owned()
}

/// The one `div` in which everything stands.
fn only_div(element: &Element) -> Option<&Element> {
    let mut elements = element.elements();
    let only = elements.next().filter(|_| elements.next().is_none())?;
    let div = matches!(only.name.as_str(), "div" | "xhtml:div");
    (div && element.text().trim().is_empty()).then_some(only)
}

/// Text that was UTF-8, was taken for Latin-1, and made UTF-8 again: the first of the two. Then the controls of
/// Latin-1 are what Windows means by them.
fn once(text: String) -> String {
    let high = text.chars().any(|c| c > '\u{7f}');
    let latin: Option<Vec<u8>> = high
        .then(|| text.chars().map(|c| u8::try_from(c).ok()).collect())
        .flatten();
    let text = match latin.map(String::from_utf8) {
        Some(Ok(first)) => first,
        _ => text,
    };
    match text.contains(|c| matches!(c, '\u{80}'..='\u{9f}')) {
        true => text.chars().map(meant).collect(),
        false => text,
    }
}

fn write(kids: &[Kid], out: &mut String) {
    for kid in kids {
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
                write(&element.kids, out);
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
