//! Names of elements: by the address of their namespace where there is one, and otherwise by the prefix that people
//! use for it, declared or not.

use super::limits;

/// Namespaces by their address, in small letters and without the last slash. The formats themselves have no prefix.
const NAMESPACES: &[(&str, &str)] = &[
    ("http://www.w3.org/2005/atom", ""),
    ("https://www.w3.org/2005/atom", ""),
    ("http://purl.org/atom/ns#", ""),
    ("http://purl.org/rss/1.0", ""),
    ("http://purl.org/rss/2.0", ""),
    ("http://purl.org/net/rss1.1#", ""),
    ("http://my.netscape.com/rdf/simple/0.9", ""),
    ("http://channel.netscape.com/rdf/simple/0.9", ""),
    ("http://backend.userland.com/rss", ""),
    ("http://backend.userland.com/rss2", ""),
    ("http://blogs.law.harvard.edu/tech/rss", ""),
    ("http://cyber.law.harvard.edu/rss/rss.html", ""),
    ("http://example.com/newformat#", ""),
    ("http://example.com/necho", ""),
    ("http://purl.org/echo", ""),
    ("uri/of/echo/namespace#", ""),
    ("http://purl.org/pie", ""),
    ("http://purl.org/rss/1.0/modules/rss091#", ""),
    ("http://purl.org/rss/1.0/modules/content", "content"),
    ("http://purl.org/dc/elements/1.1", "dc"),
    ("http://purl.org/dc/elements/1.0", "dc"),
    ("http://purl.org/dc/terms", "dcterms"),
    ("http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"),
    ("http://example.com/dtds/podcast-1.0.dtd", "itunes"),
    ("http://search.yahoo.com/mrss", "media"),
    ("https://search.yahoo.com/mrss", "media"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"),
    ("http://www.w3.org/1999/xhtml", "xhtml"),
    ("http://www.w3.org/xml/1998/namespace", "xml"),
    ("http://rssnamespace.org/feedburner/ext/1.0", "feedburner"),
];

/// Which prefixes are declared, and how deep.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Depth of the element, its prefix, ours.
    declared: Vec<(usize, String, String)>,
}

impl Names {
    /// What an element at a depth declares. A default namespace that nobody knows has no prefix either.
    pub(super) fn declare(&mut self, depth: usize, attributes: &[(String, String)]) {
        for (name, value) in attributes {
            let prefix = match name.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) if rest.starts_with(':') => &rest[1..],
                _ => continue,
            };
            if self.declared.len() >= limits::NAMESPACES {
                return;
            }
            let address = value.trim().to_ascii_lowercase();
            let address = address.trim_end_matches('/');
            let known = NAMESPACES.iter().find(|(known, _)| *known == address);
            let ours = known.map_or(prefix, |(_, ours)| ours);
            self.declared
                .push((depth, prefix.to_owned(), ours.to_owned()));
        }
    }

    /// An element has ended.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.declared.last().is_some_and(|(at, ..)| *at >= depth) {
            self.declared.pop();
        }
    }

    /// Our name for an element, in small letters: `title`, `dc:date`, `xhtml:div`.
    pub(super) fn ours(&self, written: &str) -> String {
        let written = written.to_ascii_lowercase();
        let (prefix, local) = written.split_once(':').unwrap_or(("", &written));
        let declared = self.declared.iter().rev();
        let ours = declared
            .clone()
            .find(|(_, known, _)| known == prefix)
            .map_or(prefix, |(.., ours)| ours.as_str());
        // Without a declaration, people mean what the prefix mostly means.
        let ours = match ours {
            "atom" | "atom10" | "rss" => "",
            ours => ours,
        };
        match ours {
            "" => local.to_owned(),
            ours => format!("{ours}:{local}"),
        }
    }
}
