//! Tags and text of whatever looks like markup, XML and HTML alike. Nothing is refused, nothing is read twice: every
//! search ends at the next `<`, or is not begun again once it has found nothing.

use super::entities::{Own, push_allowed};
use super::limits;

/// A piece of markup.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `<name attributes>`, with the attributes as they stand; whether it ends in `/>`.
    Start(&'a str, &'a str, bool),
    /// `</name>`
    End(&'a str),
    /// Text in which entities are still to be decoded.
    Text(&'a str),
    /// Text in which there are none.
    Cdata(&'a str),
    /// `<!DOCTYPE …>`, with what stands inside.
    Doctype(&'a str),
}

const CDATA: &str = "<![CDATA[";

/// The pieces of a text, one after another.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// There is no end of a comment from here on.
    no_comment: bool,
    /// There is no end of an instruction from here on.
    no_instruction: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Tokens {
            text,
            at: 0,
            no_comment: false,
            no_instruction: false,
        }
    }

    /// Passes over what stands in an element of HTML that holds no markup, such as `script`.
    pub(super) fn pass_over(&mut self, name: &str) {
        let rest = &self.text[self.at..];
        let mut from = 0;
        while let Some(found) = rest[from..].find("</") {
            let after = &rest.as_bytes()[from + found + 2..];
            if after.len() >= name.len()
                && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
            {
                self.at += from + found;
                return;
            }
            from += found + 2;
        }
        self.at = self.text.len();
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// What `<!` begins; none when it was passed over.
    fn declared(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        if let Some(inside) = rest.strip_prefix(CDATA) {
            let end = inside.find("]]>");
            let text = &inside[..end.unwrap_or(inside.len())];
            self.at += CDATA.len() + text.len() + end.map_or(0, |_| 3);
            return Some(Token::Cdata(text));
        }
        if let Some(inside) = rest.strip_prefix("<!--") {
            let end = (!self.no_comment).then(|| inside.find("-->")).flatten();
            self.no_comment = end.is_none();
            self.at += end.map_or(4, |end| 4 + end + 3);
            return None;
        }
        let inside = &rest[2..];
        let doctype = inside
            .get(..7)
            .is_some_and(|word| word.eq_ignore_ascii_case("doctype"));
        let end = inside.find(['>', '[', '<']).unwrap_or(inside.len());
        if doctype && inside[end..].starts_with('[') {
            // The declarations inside end at `]`, which stands in none that is read.
            let end = inside.find(']').unwrap_or(inside.len());
            let close = inside[end..]
                .find('>')
                .map_or(inside.len(), |at| end + at + 1);
            self.at += 2 + close;
            return Some(Token::Doctype(&inside[..end]));
        }
        self.at += 2 + end + usize::from(inside[end..].starts_with('>'));
        doctype.then(|| Token::Doctype(&inside[..end]))
    }

    fn instruction(&mut self) {
        let rest = self.rest();
        let end = (!self.no_instruction).then(|| rest.find("?>")).flatten();
        self.no_instruction = end.is_none();
        self.at += match end {
            Some(end) => end + 2,
            None => rest.find('>').map_or(rest.len(), |end| end + 1),
        };
    }

    fn end(&mut self) -> Token<'a> {
        let inside = &self.rest()[2..];
        let end = inside.find(['>', '<']).unwrap_or(inside.len());
        self.at += 2 + end + usize::from(inside[end..].starts_with('>'));
        let name = inside[..end].split_whitespace().next().unwrap_or("");
        Token::End(name)
    }

    fn start(&mut self) -> Token<'a> {
        let inside = &self.rest()[1..];
        let name_ends = inside
            .find(|c: char| c.is_whitespace() || matches!(c, '>' | '<' | '/'))
            .unwrap_or(inside.len());
        let end = name_ends + tag_ends(&inside[name_ends..]);
        self.at += 1 + end + usize::from(inside[end..].starts_with('>'));
        let attributes = &inside[name_ends..end];
        let empty = attributes.ends_with('/');
        let attributes = attributes.trim_end_matches('/');
        Token::Start(&inside[..name_ends], attributes, empty)
    }
}

/// Where a tag ends: at the `>` outside quotes, or before the next `<`. A quote that is not closed before that is none.
fn tag_ends(attributes: &str) -> usize {
    let bytes = attributes.as_bytes();
    let mut first_close = None;
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in bytes.iter().copied().enumerate() {
        match (quote, byte) {
            (_, b'<') => return first_close.unwrap_or(at),
            (Some(open), _) if byte == open => {
                quote = None;
                first_close = None;
            }
            (Some(_), b'>') => first_close = first_close.or(Some(at)),
            (None, b'>') => return at,
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    first_close.unwrap_or(bytes.len())
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                return None;
            }
            let bytes = rest.as_bytes();
            if bytes[0] == b'<' {
                match bytes.get(1) {
                    Some(b'!') => match self.declared() {
                        Some(token) => return Some(token),
                        None => continue,
                    },
                    Some(b'?') => {
                        self.instruction();
                        continue;
                    }
                    Some(b'/') if bytes.get(2).is_some_and(|b| begins_name(*b)) => {
                        return Some(self.end());
                    }
                    Some(b) if begins_name(*b) => return Some(self.start()),
                    _ => {}
                }
            }
            // A `<` that begins nothing is text.
            let from = usize::from(bytes[0] == b'<');
            let end = rest[from..].find('<').map_or(rest.len(), |at| from + at);
            self.at += end;
            return Some(Token::Text(&rest[..end]));
        }
    }
}

fn begins_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte == b':' || byte >= 0x80
}

/// The attributes of a tag: names in small letters, values decoded. The first of a name counts.
pub(super) fn attributes(raw: &str, own: &mut Own) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut rest = raw.trim_start_matches(separates);
    while !rest.is_empty() && found.len() < limits::ATTRIBUTES {
        let name_ends = rest
            .find(|c: char| c == '=' || separates(c))
            .unwrap_or(rest.len());
        let name = rest[..name_ends].to_ascii_lowercase();
        let after = rest[name_ends..].trim_start();
        let value = match after.strip_prefix('=') {
            None => {
                rest = after.trim_start_matches(separates);
                ""
            }
            Some(value) => {
                let value = value.trim_start();
                let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
                let quoted = quote.and_then(|q| value[1..].split_once(q));
                let (value, left) = quoted.unwrap_or_else(|| {
                    let value = value.trim_start_matches(['"', '\'']);
                    value.split_at(value.find(char::is_whitespace).unwrap_or(value.len()))
                });
                rest = left.trim_start_matches(separates);
                value
            }
        };
        if !name.is_empty() && !found.iter().any(|(known, _)| *known == name) {
            let mut clean = String::with_capacity(value.len());
            push_allowed(&own.decode(value), &mut clean);
            found.push((name, clean));
        }
    }
    found
}

fn separates(c: char) -> bool {
    c.is_whitespace() || matches!(c, '/' | '"' | '\'')
}
