//! Markdown as HTML for feeds: the few elements that every network and reader shows, and none of the author's own.

use pulldown_cmark::{Event, LinkType, OffsetIter, Tag, TagEnd};

use super::address::{self, Address};
use super::{Links, MAX_DEPTH, Target, escape, events, plain};

/// The text in `p a strong em ul ol li blockquote h3 img br` alone. It says the same when a reader unescapes it
/// once more, as Discourse does.
pub fn reduced(source: &str, links: &dyn Links) -> String {
    let mut writer = Reduced {
        out: String::with_capacity(source.len() + source.len() / 4),
        links,
        open: Vec::new(),
    };
    let mut events = events(source);
    while let Some((event, _)) = events.next() {
        writer.event(event, &mut events);
        if writer.open.len() > MAX_DEPTH {
            return format!("<p>{}</p>\n", words(&plain(source)));
        }
    }
    writer.out
}

/// Words between tags that mean the same when they are unescaped twice: what would become a tag or an entity is
/// written with a character that looks alike.
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        match c {
            '<' => out.push('‹'),
            '>' => out.push('›'),
            '&' if stays_itself(&text[at + 1..]) => out.push_str("&amp;"),
            '&' => out.push('＆'),
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

/// Whether an ampersand before this begins no entity: `this & that`, `Q&A`.
fn stays_itself(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        Some(first) if first.is_ascii_uppercase() => chars
            .next()
            .is_none_or(|second| !second.is_alphanumeric() && second != ';'),
        first => first.is_some_and(char::is_whitespace),
    }
}

struct Reduced<'a> {
    out: String,
    links: &'a dyn Links,
    /// What ends each element that is open.
    open: Vec<&'static str>,
}

impl Reduced<'_> {
    fn event(&mut self, event: Event, events: &mut OffsetIter) {
        match event {
            Event::Start(tag) => self.start(tag, events),
            Event::End(TagEnd::TableCell) => {
                self.out.push_str(" · ");
                self.close();
            }
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                self.out.truncate(self.out.trim_end_matches(" · ").len());
                self.close();
            }
            Event::End(_) => self.close(),
            Event::Text(text) if self.open.last() == Some(&END_OF_CODE) => {
                let lines: Vec<String> = text.trim_end().lines().map(words).collect();
                self.out.push_str(&lines.join("<br>\n"));
            }
            Event::Text(text) | Event::Code(text) => self.out.push_str(&words(&text)),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::TaskListMarker(done) => self.out.push_str(if done { "☑ " } else { "☐ " }),
            // HTML of the author's own, the line between two parts, and the numbers of footnotes.
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Rule
            | Event::FootnoteReference(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag, events: &mut OffsetIter) {
        let (begins, ends) = match tag {
            Tag::Paragraph => ("<p>", "</p>\n"),
            Tag::Heading { .. } => ("<h3>", "</h3>\n"),
            Tag::BlockQuote(_) => ("<blockquote>\n", "</blockquote>\n"),
            Tag::CodeBlock(_) => ("<p>", END_OF_CODE),
            Tag::List(Some(_)) => ("<ol>\n", "</ol>\n"),
            Tag::List(None) | Tag::DefinitionList | Tag::Table(_) => ("<ul>\n", "</ul>\n"),
            Tag::Item | Tag::DefinitionListDefinition | Tag::TableRow => ("<li>", "</li>\n"),
            Tag::DefinitionListTitle | Tag::TableHead => ("<li><strong>", "</strong></li>\n"),
            Tag::Emphasis => ("<em>", "</em>"),
            Tag::Strong => ("<strong>", "</strong>"),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => return self.link(link_type, &dest_url),
            Tag::Image {
                link_type,
                dest_url,
                ..
            } => return self.image(link_type, &dest_url, events),
            Tag::FootnoteDefinition(_) => return skip(events),
            _ => ("", ""),
        };
        self.out.push_str(begins);
        self.open.push(ends);
    }

    fn close(&mut self) {
        self.out.push_str(self.open.pop().unwrap_or_default());
    }

    fn link(&mut self, kind: LinkType, href: &str) {
        let href = address::bare(href);
        let known = match address::of(kind, href) {
            Address::Web if !href.starts_with("//") => Some(href.to_owned()),
            Address::Mail if kind == LinkType::Email => Some(format!("mailto:{href}")),
            Address::Mail => Some(href.to_owned()),
            Address::Relative => whole(self.links.link(href)),
            _ => None,
        };
        let inside = self.open.contains(&END_OF_LINK);
        match known.filter(|_| !inside) {
            Some(href) => {
                self.out.push_str("<a href=\"");
                escape::address(&mut self.out, &href);
                self.out.push_str("\">");
                self.open.push(END_OF_LINK);
            }
            // Where nothing is to be followed, the words stay.
            None => self.open.push(""),
        }
    }

    /// Reads on to the end of the image, whose inside is its alternative text.
    fn image(&mut self, kind: LinkType, src: &str, events: &mut OffsetIter) {
        let mut alt = String::new();
        within(events, |event| match event {
            Event::Text(text) | Event::Code(text) => alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        });
        let src = address::bare(src);
        let known = match address::of(kind, src) {
            Address::Web if src.starts_with("https:") => Some(src.to_owned()),
            Address::Relative => whole(self.links.image(src)),
            _ => None,
        };
        match known {
            Some(src) => {
                self.out.push_str("<img src=\"");
                escape::address(&mut self.out, &src);
                let alt = words(&alt).replace('"', "”");
                self.out.push_str(&format!("\" alt=\"{alt}\">"));
            }
            None => self.out.push_str(&words(&alt)),
        }
    }
}

/// Told apart from what ends a paragraph, so that lines of code stay lines.
const END_OF_CODE: &str = "</p>\n\n";
const END_OF_LINK: &str = "</a>";

/// An address that can be followed from anywhere.
fn whole(target: Target) -> Option<String> {
    match target {
        Target::To(address) if address.contains("://") => Some(address),
        _ => None,
    }
}

fn skip(events: &mut OffsetIter) {
    within(events, |_| {});
}

/// Hands on what stands within the element that has begun.
fn within(events: &mut OffsetIter, mut each: impl FnMut(Event)) {
    let mut depth = 1_usize;
    for (event, _) in events.by_ref() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            event => each(event),
        }
        if depth == 0 {
            break;
        }
    }
}
