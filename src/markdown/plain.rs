//! Text without any markup, for feeds, summaries, ids and alternative texts.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events;

/// The text without markup: whitespace collapsed, blocks separated by one space, code as its text, an image as
/// its alternative text; footnotes and raw HTML are left out.
pub fn plain(source: &str) -> String {
    let mut plain = Plain::default();
    events(source).for_each(|(event, _)| plain.hear(&event));
    plain.text
}

/// The plain text of the first paragraph that has any and stands by itself, not in a list, quote or callout.
/// Empty where there is none.
pub fn first_paragraph(source: &str) -> String {
    let mut plain = Plain::default();
    let mut depth = 0_usize;
    let mut inside = false;
    for (event, _) in events(source) {
        match event {
            Event::Start(ref tag) => {
                inside |= depth == 0 && *tag == Tag::Paragraph;
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if inside {
            plain.hear(&event);
        }
        if depth == 0 {
            inside = false;
            if !plain.text.is_empty() {
                break;
            }
        }
    }
    plain.text
}

/// At most `max` characters of a plain text: cut after a sentence if that keeps half of them or more, else after
/// a word, with "…" (which counts).
pub fn shorten(text: &str, max: usize) -> String {
    let text = text.trim();
    let Some(limit) = offset(text, max) else {
        return text.to_owned();
    };
    if max == 0 {
        return String::new();
    }
    if let Some(end) = sentence_end(text, limit).filter(|&end| end * 2 >= limit) {
        return text[..end].to_owned();
    }
    let room = offset(text, max - 1).unwrap_or(limit);
    let between_words = text[room..].starts_with(char::is_whitespace);
    let end = if between_words {
        room
    } else {
        text[..room].rfind(char::is_whitespace).unwrap_or(room)
    };
    let words = text[..end].trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-".contains(c));
    // With room for no more: this is kept for every item there is.
    [words, "…"].concat()
}

/// The sentences of a plain text, in order. A colon does not end one, nor does an abbreviation.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut rest = text.trim();
    while let Some(end) = first_end(rest) {
        sentences.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    if !rest.is_empty() {
        sentences.push(rest);
    }
    sentences
}

/// Where the first sentence ends, if another follows.
fn first_end(text: &str) -> Option<usize> {
    text.char_indices()
        .find_map(|(at, stop)| ends_with(text, at, stop))
}

/// Where the character with that number begins, if the text has so many.
fn offset(text: &str, number: usize) -> Option<usize> {
    text.char_indices().nth(number).map(|(at, _)| at)
}

/// Where the last sentence that fits below `limit` ends.
fn sentence_end(text: &str, limit: usize) -> Option<usize> {
    let mut stops = text[..limit].char_indices().rev();
    stops.find_map(|(at, stop)| ends_with(text, at, stop).filter(|end| *end <= limit))
}

/// Where the sentence ends, with its closing quotes, if it ends with this character of the text.
fn ends_with(text: &str, at: usize, stop: char) -> Option<usize> {
    let rest = &text[at + stop.len_utf8()..];
    let rest = rest.trim_start_matches(['"', '\'', '”', '’', '»', ')']);
    let ends = match stop {
        '。' | '！' | '？' => true,
        '.' => begins_anew(rest) && !is_initial(&text[..at]),
        '!' | '?' | '…' => begins_anew(rest),
        _ => false,
    };
    ends.then(|| text.len() - rest.len())
}

/// Whether what follows a full stop can be a new sentence.
fn begins_anew(rest: &str) -> bool {
    rest.starts_with(char::is_whitespace) && !rest.trim_start().starts_with(char::is_lowercase)
}

/// Whether a text ends in a single letter, as in "J. Hart", "z. B." and "e.g.".
fn is_initial(before: &str) -> bool {
    let mut back = before.chars().rev();
    back.next().is_some_and(char::is_alphabetic) && !back.next().is_some_and(char::is_alphanumeric)
}

/// Collects the plain text of the events it hears.
#[derive(Default)]
pub struct Plain {
    pub text: String,
    /// Whether a space is due before the next word.
    gap: bool,
    /// How many footnote definitions we are in.
    notes: usize,
}

impl Plain {
    pub fn hear(&mut self, event: &Event) {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => self.notes += 1,
            Event::End(TagEnd::FootnoteDefinition) => self.notes -= 1,
            _ if self.notes > 0 => {}
            Event::Text(text) | Event::Code(text) => self.say(text),
            Event::InlineHtml(tag) => self.gap |= tag.starts_with("<br"),
            Event::SoftBreak | Event::HardBreak => self.gap = true,
            Event::Start(tag) => self.gap |= is_block(tag.to_end()),
            Event::End(tag) => self.gap |= is_block(*tag),
            _ => {}
        }
    }

    pub fn say(&mut self, text: &str) {
        for (number, word) in text.split(is_gap).enumerate() {
            self.gap |= number > 0;
            if word.is_empty() {
                continue;
            }
            if self.gap && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.gap = false;
            self.text.push_str(word);
        }
    }
}

/// A space that may be collapsed, or a control character; spaces that do not break stay, they are meant.
fn is_gap(c: char) -> bool {
    c.is_control() || c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

fn is_block(tag: TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image
    )
}
