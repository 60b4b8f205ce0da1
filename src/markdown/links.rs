//! Links and images: which address is written, and when only the words are.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, OffsetIter};

use super::address::{self, Address};
use super::plain::Plain;
use super::writer::{END_OF_LINK, Writer};
use super::{Finding, Target, escape, finding};

impl Writer<'_> {
    pub(super) fn link(
        &mut self,
        kind: LinkType,
        href: &str,
        title: &str,
        at: Range<usize>,
    ) -> &'static str {
        // pulldown-cmark lets `<https://example.org>` stand inside a link, HTML does not.
        if self.in_link() {
            return "";
        }
        let href = address::bare(href);
        let sort = address::of(kind, href);
        let href = match self.link_address(sort, kind, href, at) {
            Ok(href) => href,
            Err(finding) => {
                self.findings.push(finding);
                return "";
            }
        };
        self.out.push_str("<a href=\"");
        escape::address(&mut self.out, &href);
        self.out.push('"');
        let sort = match &href {
            Cow::Borrowed(_) => sort,
            Cow::Owned(href) => address::of(kind, href),
        };
        if sort == Address::Web {
            self.out.push_str(" rel=\"noopener\"");
        }
        if !title.is_empty() {
            self.attribute("title", title);
        }
        self.inline(">", END_OF_LINK)
    }

    /// The address to write, or why there is none.
    fn link_address<'h>(
        &self,
        sort: Address,
        kind: LinkType,
        href: &'h str,
        at: Range<usize>,
    ) -> Result<Cow<'h, str>, Finding> {
        match sort {
            Address::Empty => Err(finding::no_address(at)),
            Address::NotWeb => Err(finding::not_web(href, at)),
            Address::Unsafe => Err(finding::unsafe_link(href, at)),
            Address::Mail if kind == LinkType::Email => Ok(Cow::Owned(format!("mailto:{href}"))),
            Address::Here | Address::Web | Address::Mail => Ok(Cow::Borrowed(href)),
            Address::Relative => written(self.links.link(href), href, at),
        }
    }

    /// Reads on to the end of the image, whose inside is its alternative text.
    pub(super) fn image(
        &mut self,
        kind: LinkType,
        src: &str,
        title: &str,
        at: Range<usize>,
        events: &mut OffsetIter,
    ) {
        let alt = alternative(events);
        if let Some((plain, _)) = &mut self.heard {
            plain.say(&alt);
        }
        let src = address::bare(src);
        if alt.is_empty() {
            self.findings.push(finding::without_alt(src, at.clone()));
        }
        match self.image_address(kind, src, at) {
            Ok(src) => {
                self.out.push_str("<img src=\"");
                escape::address(&mut self.out, &src);
                self.out.push('"');
                self.attribute("alt", &alt);
                if !title.is_empty() {
                    self.attribute("title", title);
                }
                self.out.push('>');
            }
            Err(finding) => {
                self.findings.push(finding);
                escape::text(&mut self.out, &alt);
            }
        }
    }

    fn image_address<'h>(
        &self,
        kind: LinkType,
        src: &'h str,
        at: Range<usize>,
    ) -> Result<Cow<'h, str>, Finding> {
        match address::of(kind, src) {
            Address::Empty => Err(finding::no_address(at)),
            Address::Web | Address::NotWeb => Err(finding::foreign_image(src, at)),
            Address::Unsafe | Address::Mail => Err(finding::unsafe_link(src, at)),
            Address::Here => Err(finding::broken(
                src,
                "an image is a file, not a place on this page",
                at,
            )),
            Address::Relative => written(self.links.image(src), src, at),
        }
    }
}

/// The address to write for what [`super::Links`] found.
fn written(target: Target, address: &str, at: Range<usize>) -> Result<Cow<'_, str>, Finding> {
    match target {
        Target::Keep => Ok(Cow::Borrowed(address)),
        Target::To(other) => Ok(Cow::Owned(other)),
        Target::Unreleased => Err(finding::unreleased(address, at)),
        Target::Missing { help } => Err(finding::broken(address, &help, at)),
    }
}

/// The plain text up to the end of the image that has just begun.
fn alternative(events: &mut OffsetIter) -> String {
    let mut plain = Plain::default();
    let mut depth = 1_usize;
    for (event, _) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => plain.hear(&event),
        }
        if depth == 0 {
            break;
        }
    }
    plain.text
}
