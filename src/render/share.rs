//! How a conversation about an item is begun elsewhere: an address for networks that have one, an e-mail, and the post as
//! text for all others. Plain addresses, and nobody's script.

use super::context::{Link, SharePart};
use super::shape::Shape;
use crate::markdown;
use crate::model::{MAIL, Section, Site};
use crate::visible::Seen;
use std::fmt::Write;

impl Shape<'_> {
    /// How to begin a conversation about an item; nothing about one that does not happen.
    pub fn share(&self, item: &Seen, hashtags: &[String]) -> Option<SharePart> {
        if item.cancelled.is_some() {
            return None;
        }
        let (site, words) = (self.site, &self.site.words);
        let tags: Vec<String> = hashtags.iter().map(|tag| format!("#{tag}")).collect();
        let said = [question(item), tags.join(" ")];
        let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
        let post = Post {
            title: item.title(),
            text: said.join("\n\n"),
            url: format!("{}{}", site.base_url, item.path()),
        };
        let network = site.network.and_then(|network| {
            let pattern = network.share?;
            let title = words.say("share_in", &[("network", network.title)]);
            Some(Link {
                title,
                href: post.begun(pattern, site)?,
            })
        });
        let mail = post.begun(MAIL, site).map(|href| Link {
            title: words.get("share_mail").to_owned(),
            href,
        });
        Some(SharePart {
            links: network.into_iter().chain(mail).collect(),
            // Some networks make a preview of the first address that stands alone.
            post: format!("{}\n\n{}", post.text, post.url),
        })
    }
}

/// What people are asked: the question of an item, else what it says in short.
fn question(item: &Seen) -> String {
    let told = item.opens || item.invites || item.event.is_some() || !item.gathers.is_empty();
    let part = |section: Section| item.words.parts.iter().find(|p| p.section == section);
    let words = part(Section::Words).filter(|_| !told);
    match part(Section::Share).or(words) {
        Some(part) => markdown::paragraphs(part.text.as_str()),
        None => match item.summary() {
            summary if summary.is_empty() => item.title(),
            summary => summary.into_owned(),
        },
    }
}

/// A post, as it is begun elsewhere.
struct Post {
    title: String,
    text: String,
    url: String,
}

impl Post {
    /// The address that begins it; none where it needs to know where the network is, and nobody said.
    fn begun(&self, pattern: &str, site: &Site) -> Option<String> {
        let home = site.network_home.as_deref();
        if pattern.contains("{home}") && home.is_none() {
            return None;
        }
        let home = format!("{}/", home.unwrap_or("").trim_end_matches('/'));
        let line = if pattern == MAIL { "\r\n" } else { "\n" };
        let text = self.text.replace('\n', line);
        Some(
            pattern
                .replace("{home}", &home)
                .replace("{url}", &encoded(&self.url))
                .replace("{title}", &encoded(&self.title))
                .replace("{text}", &encoded(&text)),
        )
    }
}

/// Everything but the unreserved characters of RFC 3986 as `%XX`.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(byte.into());
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
