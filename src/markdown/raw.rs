//! Raw HTML in Markdown, reduced to a small safe set in two steps. First each tag is read and written anew
//! from [`TAGS`] and [`ATTRIBUTES`], so that nothing of the author's own form reaches the page and each removal
//! has its place in the source. Then the page as a whole goes through ammonia, which reads it as a browser
//! would and holds the same walls a second time.

use std::borrow::Cow;
use std::ops::Range;

/// What an author may write as HTML: what Markdown has no form for, and what belongs inside it. Links, images,
/// headings, lists and tables are Markdown's, because there they are checked.
const TAGS: [&str; 18] = [
    "abbr", "br", "cite", "code", "del", "details", "em", "ins", "kbd", "mark", "q", "s", "small",
    "span", "strong", "sub", "summary", "sup",
];

/// Allowed on every one of [`TAGS`]; none of them can hold an address, a style or a script.
const ATTRIBUTES: [&str; 4] = ["dir", "lang", "open", "title"];

/// Elements whose text is not for readers and goes with them.
const SILENT: [&str; 2] = ["script", "style"];

/// Raw HTML whose lines are not neighbours in the source, such as those of a block in a quote.
#[derive(Default)]
pub struct RawText {
    pub text: String,
    lines: Vec<Line>,
}

struct Line {
    /// Where it begins in the text.
    begin: usize,
    /// Where it stands in the source.
    at: Range<usize>,
    /// Whether it stands there letter by letter; a tag that goes on in a quote's next line does not.
    verbatim: bool,
}

impl RawText {
    pub fn add(&mut self, line: &str, at: Range<usize>) {
        let verbatim = line.len() == at.len();
        self.lines.push(Line {
            begin: self.text.len(),
            at,
            verbatim,
        });
        self.text.push_str(line);
    }

    /// Where a part of the text stands in the source.
    pub fn place(&self, part: &Range<usize>) -> Range<usize> {
        self.byte(part.start).start..self.byte(part.end - 1).end
    }

    fn byte(&self, offset: usize) -> Range<usize> {
        let number = self.lines.partition_point(|line| line.begin <= offset) - 1;
        let line = &self.lines[number];
        if line.verbatim {
            let at = line.at.start + (offset - line.begin);
            at..at + 1
        } else {
            line.at.clone()
        }
    }
}

/// A part of a raw HTML text. Offsets count in that text.
pub enum Part<'t> {
    /// Between the tags, entities as written.
    Text(&'t str),
    Open {
        name: &'static str,
        attributes: Vec<(&'static str, &'t str)>,
        at: Range<usize>,
    },
    Close {
        name: &'static str,
        at: Range<usize>,
    },
    /// Not allowed and left out; `what` names it.
    Removed {
        what: String,
        help: String,
        at: Range<usize>,
    },
}

/// Whether an element has no end tag.
pub fn is_void(name: &str) -> bool {
    name == "br"
}

/// Takes a raw HTML text apart. What is no complete tag is text.
pub fn parts(html: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut text_from = 0;
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let Some(end) = markup(html, start, &mut parts, text_from) else {
            at = start + 1;
            continue;
        };
        (at, text_from) = (end, end);
    }
    push_text(&mut parts, &html[text_from..]);
    parts
}

/// Reads the tag, comment or declaration at `start`, and says where it ends; `None` if there is none.
fn markup<'t>(
    html: &'t str,
    start: usize,
    parts: &mut Vec<Part<'t>>,
    text_from: usize,
) -> Option<usize> {
    let rest = &html[start..];
    if rest.starts_with("<!--") {
        push_text(parts, &html[text_from..start]);
        // A comment is for other authors; nothing is lost that a reader would have seen. From the third character
        // on because `<!-->` is a whole comment.
        return Some(
            rest[2..]
                .find("-->")
                .map_or(html.len(), |end| start + 2 + end + 3),
        );
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        push_text(parts, &html[text_from..start]);
        let end = rest.find('>').map_or(html.len(), |end| start + end + 1);
        parts.push(removed(
            "this declaration".to_owned(),
            "pages have no use for it",
            start..end,
        ));
        return Some(end);
    }
    let tag = read_tag(html, start)?;
    push_text(parts, &html[text_from..start]);
    let at = start..tag.end;
    let end = match known(&SILENT, tag.name) {
        Some(name) if !tag.close => end_of(html, tag.end, name),
        _ => tag.end,
    };
    match known(&TAGS, tag.name) {
        Some(name) if tag.close => parts.push(Part::Close { name, at }),
        Some(name) => push_open(parts, name, tag.attributes, at),
        // Its opening tag has been reported.
        None if tag.close => {}
        None => parts.push(removed(
            format!("the tag `<{}>`", tag.name),
            &help(tag.name),
            at,
        )),
    }
    Some(end)
}

fn push_open<'t>(
    parts: &mut Vec<Part<'t>>,
    name: &'static str,
    written: Vec<Attribute<'t>>,
    at: Range<usize>,
) {
    let mut attributes = Vec::new();
    for attribute in written {
        match known(&ATTRIBUTES, attribute.name) {
            Some(name) => attributes.push((name, attribute.value)),
            None => {
                let what = format!("the attribute `{}`", attribute.name);
                parts.push(removed(
                    what,
                    "looks and behaviour belong to the layout",
                    attribute.at,
                ));
            }
        }
    }
    parts.push(Part::Open {
        name,
        attributes,
        at,
    });
}

fn push_text<'t>(parts: &mut Vec<Part<'t>>, text: &'t str) {
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
}

fn removed<'t>(what: String, help: &str, at: Range<usize>) -> Part<'t> {
    let help = help.to_owned();
    Part::Removed { what, help, at }
}

fn help(name: &str) -> String {
    let instead = match name.to_ascii_lowercase().as_str() {
        "a" => "write a link as `[words](address)`, so that it is checked",
        "img" => "write an image as `![what it shows](address)`, so that it is checked",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            "write a heading with `#`, so that it gets its place in the page"
        }
        "ul" | "ol" | "li" => "write a list with `-` or `1.`",
        "table" | "thead" | "tbody" | "tr" | "td" | "th" => "write a table with `|`",
        "b" => "write `**strong**`",
        "i" => "write `*emphasis*`",
        "p" | "div" => "leave a blank line between paragraphs",
        "script" | "style" => "scripts and styles belong to the layout",
        _ => {
            return format!(
                "its text stays; the tags that may be written are {}",
                TAGS.join(", ")
            );
        }
    };
    instead.to_owned()
}

/// Where the end tag of a silent element ends, from `from` on; the end of the text if it is never closed.
fn end_of(html: &str, from: usize, name: &str) -> usize {
    html[from..]
        .match_indices("</")
        .map(|(at, _)| from + at)
        .find_map(|at| read_tag(html, at).filter(|tag| tag.name.eq_ignore_ascii_case(name)))
        .map_or(html.len(), |tag| tag.end)
}

fn known<const N: usize>(names: &[&'static str; N], name: &str) -> Option<&'static str> {
    names
        .iter()
        .copied()
        .find(|known| known.eq_ignore_ascii_case(name))
}

struct RawTag<'t> {
    close: bool,
    name: &'t str,
    attributes: Vec<Attribute<'t>>,
    end: usize,
}

struct Attribute<'t> {
    at: Range<usize>,
    name: &'t str,
    /// Without its quotes, entities as written; empty where there is none.
    value: &'t str,
}

/// Reads an open or closing tag by the grammar of CommonMark 0.31 §6.6, which is stricter than a browser's: what
/// it refuses becomes text. It stops at the first character that does not fit, so that the whole stays linear.
fn read_tag(html: &str, start: usize) -> Option<RawTag<'_>> {
    let bytes = html.as_bytes();
    let close = bytes.get(start + 1) == Some(&b'/');
    let name_at = start + 1 + usize::from(close);
    let mut at = span(bytes, name_at, |b| b.is_ascii_alphanumeric() || b == b'-');
    let name = &html[name_at..at];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut attributes = Vec::new();
    loop {
        let next = span(bytes, at, |b| b.is_ascii_whitespace());
        match *bytes.get(next)? {
            b'>' => {
                return Some(RawTag {
                    close,
                    name,
                    attributes,
                    end: next + 1,
                });
            }
            b'/' if bytes.get(next + 1) == Some(&b'>') => {
                return Some(RawTag {
                    close,
                    name,
                    attributes,
                    end: next + 2,
                });
            }
            b if next > at && (b.is_ascii_alphabetic() || b == b'_' || b == b':') => {
                let attribute = read_attribute(html, next)?;
                at = attribute.at.end;
                attributes.push(attribute);
            }
            _ => return None,
        }
    }
}

fn read_attribute(html: &str, start: usize) -> Option<Attribute<'_>> {
    let bytes = html.as_bytes();
    let name_end = span(bytes, start, |b| {
        b.is_ascii_alphanumeric() || b"_.:-".contains(&b)
    });
    let name = &html[start..name_end];
    let equals = span(bytes, name_end, |b| b.is_ascii_whitespace());
    if bytes.get(equals) != Some(&b'=') {
        return Some(Attribute {
            at: start..name_end,
            name,
            value: "",
        });
    }
    let from = span(bytes, equals + 1, |b| b.is_ascii_whitespace());
    let (value, end) = match *bytes.get(from)? {
        quote @ (b'"' | b'\'') => {
            let to = span(bytes, from + 1, |b| b != quote);
            bytes.get(to)?;
            (&html[from + 1..to], to + 1)
        }
        _ => {
            let to = span(bytes, from, |b| {
                !b.is_ascii_whitespace() && !b"\"'=<>`".contains(&b)
            });
            (to > from).then_some((&html[from..to], to))?
        }
    };
    Some(Attribute {
        at: start..end,
        name,
        value,
    })
}

/// The end of the run of bytes from `at` on that fit.
fn span(bytes: &[u8], at: usize, fits: impl Fn(u8) -> bool) -> usize {
    at + bytes[at..].iter().take_while(|&&byte| fits(byte)).count()
}

/// The whole rendered text as a browser would read it, with nothing but what this folder writes.
pub fn sanitise(html: &str) -> String {
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(OURS.iter().map(|&(tag, _)| tag).chain(TAGS).collect())
        .tag_attributes(
            OURS.iter()
                .map(|&(tag, attributes)| (tag, attributes.iter().copied().collect()))
                .collect(),
        )
        .generic_attributes(ATTRIBUTES.into())
        .url_schemes(["http", "https", "mailto"].into())
        .link_rel(None)
        .attribute_filter(keep_attribute);
    // Both roads to a page write this space as itself: the XML of a feed knows no `&nbsp;`.
    builder.clean(html).to_string().replace("&nbsp;", "\u{a0}")
}

/// The elements that `writer.rs` writes, with their attributes beside [`ATTRIBUTES`].
const OURS: [(&str, &[&str]); 29] = [
    ("a", &["aria-label", "class", "href", "rel"]),
    ("aside", &["class", "role"]),
    ("blockquote", &[]),
    ("code", &["class"]),
    ("dd", &[]),
    ("div", &["aria-label", "class", "role", "tabindex"]),
    ("dl", &[]),
    ("dt", &[]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("hr", &[]),
    ("img", &["alt", "src"]),
    ("input", &["aria-label", "checked", "disabled", "type"]),
    ("li", &["id"]),
    ("ol", &["start"]),
    ("p", &["class"]),
    ("pre", &[]),
    ("section", &["aria-label", "class"]),
    ("sup", &["class", "id"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["class"]),
    ("th", &["class", "scope"]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &[]),
];

fn keep_attribute<'v>(tag: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let keep = match (tag, name) {
        (_, "class") => value.split_ascii_whitespace().all(is_our_class),
        ("input", "type") => value == "checkbox",
        _ => true,
    };
    keep.then_some(Cow::Borrowed(value))
}

fn is_our_class(class: &str) -> bool {
    ["align-", "callout", "footnote", "language-", "table"]
        .iter()
        .any(|ours| class.starts_with(ours))
}
