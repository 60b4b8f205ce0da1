//! What sort of address a link or image has, and the ids that links within a page point to.

use std::collections::BTreeMap;

use pulldown_cmark::LinkType;
use url::Url;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    Empty,
    /// `#part`: a place on the same page.
    Here,
    /// A document or file of the library.
    Relative,
    /// `http`, `https`, or `//host`.
    Web,
    /// Meant as [`Address::Web`], but no browser could follow it.
    NotWeb,
    /// `mailto:`, written out or as `<name@example.org>`.
    Mail,
    /// `javascript:`, `data:`, `file:` and every other scheme.
    Unsafe,
}

/// Sorts the address of a link of that type.
pub fn of(kind: LinkType, address: &str) -> Address {
    if kind == LinkType::Email {
        return Address::Mail;
    }
    let address = bare(address);
    match scheme(address) {
        None if address.is_empty() => Address::Empty,
        None if address.starts_with('#') => Address::Here,
        None if address.starts_with("//") => web(&format!("https:{address}")),
        None => Address::Relative,
        Some("http" | "https") => web(address),
        Some("mailto") => Address::Mail,
        Some(_) => Address::Unsafe,
    }
}

/// Without the spaces and control characters around it, which browsers skip before they look at the scheme
/// (<https://url.spec.whatwg.org/#url-parsing>).
pub fn bare(address: &str) -> &str {
    address.trim_matches(|c: char| c <= ' ')
}

/// The scheme in lower case if it is one we know, `Some("")` for any other, `None` if there is none.
fn scheme(address: &str) -> Option<&'static str> {
    let end = address
        .find([':', '/', '?', '#'])
        .filter(|&end| address[end..].starts_with(':'))?;
    // Browsers drop tabs and line breaks anywhere in an address, so `java\nscript:` has a scheme too.
    let mut letters = address[..end].chars().filter(|c| !c.is_control());
    let first = letters.next()?;
    if !first.is_ascii_alphabetic()
        || !letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    {
        return None;
    }
    let known = ["http", "https", "mailto"];
    Some(
        known
            .into_iter()
            .find(|name| name.eq_ignore_ascii_case(&address[..end]))
            .unwrap_or(""),
    )
}

fn web(address: &str) -> Address {
    if Url::parse(address).is_ok() {
        Address::Web
    } else {
        Address::NotWeb
    }
}

/// The ids given out in one text.
#[derive(Default)]
pub struct Ids {
    /// Each id with the last number that was put behind it.
    taken: BTreeMap<String, usize>,
}

impl Ids {
    /// The wanted id, or with the first free number behind it.
    pub fn unique(&mut self, wanted: String) -> String {
        let mut id = wanted.clone();
        while self.taken.contains_key(&id) {
            let last = self.taken.entry(wanted.clone()).or_insert(1);
            *last += 1;
            id = format!("{wanted}-{last}");
        }
        self.taken.insert(id.clone(), 1);
        id
    }
}

/// An id as the author wrote it, if it may stand in an address as it is; else its slug.
pub fn written_id(id: &str) -> String {
    if id
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    {
        id.to_owned()
    } else {
        slug(id)
    }
}

/// Words as an ASCII id: `Über Fähren` becomes `uber-fahren`. Never empty.
pub fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for c in words.chars().flat_map(char::to_lowercase) {
        match unmarked(c) {
            Some(letters) => slug.push_str(letters),
            None if c.is_ascii_alphanumeric() => slug.push(c),
            // An apostrophe belongs to its word.
            None if c == '\'' || c == '’' => {}
            None if slug.is_empty() || slug.ends_with('-') => {}
            None => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        "section".to_owned()
    } else {
        slug
    }
}

/// The letters of Western European languages without their marks.
pub fn unmarked(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' => "a",
        'æ' => "ae",
        'ç' => "c",
        'è'..='ë' => "e",
        'ì'..='ï' => "i",
        'ñ' => "n",
        'ò'..='ö' | 'ø' => "o",
        'œ' => "oe",
        'ß' => "ss",
        'ù'..='ü' => "u",
        'ý' | 'ÿ' => "y",
        _ => return None,
    })
}
