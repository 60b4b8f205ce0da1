//! HTML of feeds: as plain words, or reduced to a set that cannot do anything. One pass over the tags; what is
//! written is made anew, so nothing can hide in how it was written.

use super::address::{self, Base};
use super::entities::{Own, decode, escape, replaced};
use super::markup::{Token, Tokens, attributes};

/// Elements that may stand in content, and that HTML is known by.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "a", "abbr", "acronym", "address", "article", "aside", "audio", "b", "big", "blockquote", "br", "caption",
    "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
    "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins",
    "kbd", "li", "main", "mark", "nav", "ol", "p", "picture", "pre", "q", "s", "samp", "section", "small", "source", "span", "strike",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul",
    "var", "video", "wbr",
];
/// Elements that HTML is known by as well, though their tags are left out.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "area", "button", "canvas", "command", "datagrid", "datalist", "dialog", "dir", "event-source", "fieldset", "form",
    "input", "keygen", "label", "legend", "map", "menu", "meter", "multicol", "nextid", "noscript", "optgroup", "option", "output",
    "progress", "select", "sound", "spacer", "textarea",
];
/// Elements that hold no markup and nothing to read.
const SILENT: &[&str] = &[
    "script", "style", "applet", "iframe", "noembed", "noframes", "template", "xmp",
];
/// Elements that run something, or load it from elsewhere.
const RUNNING: &[&str] = &["script", "applet", "iframe", "object", "embed"];
/// Elements without an end.
const VOID: &[&str] = &["area", "br", "col", "hr", "img", "input", "source", "wbr"];
/// Elements within a line: they part no words.
#[rustfmt::skip]
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q",
    "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];
/// Attributes that may stand on any of them.
#[rustfmt::skip]
const ATTRIBUTES: &[&str] = &[
    "abbr", "align", "alt", "cite", "colspan", "controls", "datetime", "dir", "headers", "height", "href", "hreflang",
    "lang", "media", "poster", "preload", "rowspan", "scope", "span", "src", "start", "summary", "title", "type", "value", "width",
];
/// Attributes that are addresses.
const ADDRESSES: &[&str] = &["cite", "href", "poster", "src"];
/// How deep elements are kept.
const DEPTH: usize = 128;

/// Whether an element of HTML has no end.
pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Whether words that say they are plain are HTML all the same. Errs on the side of words, which are then kept as they
/// are: there must be an end tag or an entity, and nothing that HTML does not know.
pub(super) fn looks_like(text: &str) -> bool {
    let mut sign = false;
    if text.contains('<') {
        for (at, _) in text.match_indices('<') {
            let after = &text[at + 1..];
            let (end, after) = match after.strip_prefix('/') {
                Some(after) => (true, after),
                None => (false, after),
            };
            let name_ends = after
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(after.len());
            if name_ends == 0 {
                continue;
            }
            let name = after[..name_ends].to_ascii_lowercase();
            if !known(&name) && !SILENT.contains(&name.as_str()) {
                return false;
            }
            sign |= end && after[name_ends..].starts_with('>');
        }
    }
    for (at, _) in text.match_indices('&') {
        let after = &text[at + 1..];
        let number = after.strip_prefix('#').unwrap_or(after);
        let ends = number
            .bytes()
            .take(32)
            .position(|b| !b.is_ascii_alphanumeric());
        let Some(ends) = ends.filter(|ends| *ends > 0 && number[*ends..].starts_with(';')) else {
            continue;
        };
        let whole = &text[at..at + 1 + (after.len() - number.len()) + ends + 1];
        if !after.starts_with('#') && decode(whole) == whole {
            return false;
        }
        sign = true;
    }
    sign
}

/// The words of HTML: tags gone, entities decoded once, spaces folded.
pub(super) fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => out.push_str(&decode(text)),
            Token::Cdata(text) => out.push_str(text),
            Token::Start(name, _, empty) => {
                let name = name.to_ascii_lowercase();
                part(&name, &mut out);
                if SILENT.contains(&name.as_str()) && !empty {
                    tokens.pass_over(&name);
                }
            }
            Token::End(name) => part(&name.to_ascii_lowercase(), &mut out),
            Token::Doctype(_) => {}
        }
    }
    fold(&out)
}

fn part(name: &str, out: &mut String) {
    if !INLINE.contains(&name) {
        out.push(' ');
    }
}

/// Words with one space between them, and nothing that a terminal would obey.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let parts = |c: char| c.is_whitespace() || c.is_control();
    for word in text.split(parts).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Plain words as HTML.
pub(super) fn words(text: &str) -> Safe {
    let mut safe = Safe::default();
    escape_text(text, &mut safe.html);
    safe
}

/// Whether HTML knows an element of this name.
pub(super) fn known(name: &str) -> bool {
    ELEMENTS.contains(&name) || OTHERS.contains(&name)
}

/// Whether something in it would run.
pub(super) fn runs(html: &str) -> bool {
    html.contains('<')
        && Tokens::new(html).any(|token| match token {
            Token::Start(name, raw, _) => {
                let name = name.to_ascii_lowercase();
                RUNNING.contains(&name.as_str())
                    || attributes(raw, &mut Own::default())
                        .iter()
                        .any(runs_something)
            }
            _ => false,
        })
}

/// HTML that can be shown, and what was wrong with it.
#[derive(Debug, Default)]
pub(super) struct Safe {
    pub(super) html: String,
    /// Something in it would have run.
    pub(super) ran: bool,
    /// A link in it was relative, and nothing says to what.
    pub(super) relative: bool,
}

/// Reduces HTML to the safe set, with absolute links.
pub(super) fn safe(html: &str, base: &Base) -> Safe {
    let mut safe = Safe::default();
    let mut open: Vec<String> = Vec::new();
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => escape_text(&decode(text), &mut safe.html),
            Token::Cdata(text) => escape_text(text, &mut safe.html),
            Token::Start(name, raw, empty) => {
                let name = name.to_ascii_lowercase();
                safe.ran |= RUNNING.contains(&name.as_str());
                if SILENT.contains(&name.as_str()) && !empty {
                    tokens.pass_over(&name);
                } else if ELEMENTS.contains(&name.as_str()) && open.len() < DEPTH {
                    start(&name, raw, base, &mut safe);
                    if !is_void(&name) {
                        open.push(name);
                    }
                } else {
                    safe.ran |= attributes(raw, &mut Own::default())
                        .iter()
                        .any(runs_something);
                }
            }
            Token::End(name) => {
                let name = name.to_ascii_lowercase();
                if let Some(at) = open.iter().rposition(|known| *known == name) {
                    for name in open.drain(at..).rev() {
                        end(&name, &mut safe.html);
                    }
                }
            }
            Token::Doctype(_) => {}
        }
    }
    for name in open.iter().rev() {
        end(name, &mut safe.html);
    }
    safe.html = safe.html.trim().to_owned();
    safe
}

fn runs_something((key, value): &(String, String)) -> bool {
    key.starts_with("on") || ADDRESSES.contains(&key.as_str()) && address::runs(value)
}

fn start(name: &str, raw: &str, base: &Base, safe: &mut Safe) {
    safe.html.push('<');
    safe.html.push_str(name);
    for attribute in attributes(raw, &mut Own::default()) {
        if runs_something(&attribute) {
            safe.ran = true;
            continue;
        }
        let (key, mut value) = attribute;
        if !ATTRIBUTES.contains(&key.as_str()) {
            continue;
        }
        if ADDRESSES.contains(&key.as_str()) {
            value = base.resolve(&value);
            let leads = address::scheme(&value).is_some() || value.starts_with("//");
            safe.relative |= !leads && !value.is_empty() && !value.starts_with('#');
        }
        safe.html.push(' ');
        safe.html.push_str(&key);
        safe.html.push_str("=\"");
        escape(&value, &mut safe.html);
        safe.html.push('"');
    }
    safe.html.push('>');
}

fn end(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn escape_text(text: &str, out: &mut String) {
    replaced(text, out, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    });
}
