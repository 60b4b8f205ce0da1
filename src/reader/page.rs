//! Bytes that are no feed: what they are instead, and which feeds a page names.

use super::address::{Base, runs};
use super::html;
use super::markup::{Token, Tokens, attributes};
use super::tree::Element;
use super::{Offered, Unreadable, What, limits};

/// Media types of feeds.
const FEEDS: &[&str] = &[
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
    "application/xml",
    "text/xml",
];

/// Whether an element belongs to a page for people.
pub(super) fn is_page(element: &Element) -> bool {
    let name = element.name.strip_prefix("xhtml:").unwrap_or(&element.name);
    matches!(name, "html" | "head" | "body" | "meta" | "title" | "script")
}

/// What a text without a feed is.
pub(super) fn instead(text: &str, root: &Element, base: &Base) -> Unreadable {
    let first = root.elements().next();
    let doctype = Tokens::new(text).take(3).any(|token| match token {
        Token::Doctype(inside) => inside
            .split_whitespace()
            .nth(1)
            .is_some_and(|name| name.eq_ignore_ascii_case("html")),
        _ => false,
    });
    let page = doctype || first.is_some_and(|first| is_page(first) || html::known(&first.name));
    let what = match first {
        _ if page => What::Page,
        Some(_) => What::OtherXml,
        None => What::Neither,
    };
    Unreadable {
        what,
        feeds: if page {
            offered(text, base)
        } else {
            Vec::new()
        },
    }
}

/// The feeds that a page names in `<link rel="alternate">`, in its order.
fn offered(text: &str, base: &Base) -> Vec<Offered> {
    let mut base = base.clone();
    let mut found: Vec<Offered> = Vec::new();
    let mut tokens = Tokens::new(text);
    while let Some(token) = tokens.next() {
        let Token::Start(name, raw, empty) = token else {
            continue;
        };
        let name = name.to_ascii_lowercase();
        let attributes = attributes(raw, &mut Default::default());
        let given = |key: &str| {
            let known = attributes.iter().find(|(known, _)| known == key);
            known.map_or("", |(_, value)| value.trim())
        };
        match name.as_str() {
            "script" | "style" if !empty => tokens.pass_over(&name),
            "base" if !given("href").is_empty() => base = base.join(given("href")),
            "link" if found.len() < limits::EACH => {
                let rel = given("rel").to_ascii_lowercase();
                let kind = given("type").to_ascii_lowercase();
                let kind = kind.split(';').next().unwrap_or("").trim();
                let feed = rel.split_whitespace().any(|rel| rel == "alternate")
                    && FEEDS.contains(&kind)
                    || rel.split_whitespace().any(|rel| rel == "feed");
                let address = base.resolve(given("href"));
                let known = found.iter().any(|known| known.address == address);
                if feed && !address.is_empty() && !known && !runs(&address) {
                    let title = html::fold(given("title"));
                    found.push(Offered { address, title });
                }
            }
            _ => {}
        }
    }
    found
}
