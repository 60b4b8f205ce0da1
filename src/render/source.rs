//! The curated item of a page: where it is, and whether it is still there.

use super::context::SourceLink;
use super::shape::Shape;
use crate::model::{Standing, Words};

/// The key of a copy that somebody keeps: it stands beside the item, not in the list of facts.
pub const ARCHIVED: &str = "archived";

impl Shape<'_> {
    /// The curated item, if there is one.
    pub fn source(&self, words: &Words) -> Option<SourceLink> {
        let url = words.link.as_ref()?;
        let archived = words.facts.iter().find(|fact| fact.key == ARCHIVED);
        Some(SourceLink {
            host: host(url),
            url: url.clone(),
            excerpt: words.excerpt.clone(),
            gone: self.gone(url),
            archived: archived.map(|fact| fact.value.flat()),
        })
    }

    /// Says of an address that it may no longer be there; none while it is.
    pub fn gone(&self, address: &str) -> Option<String> {
        let standing = self.site.links.standing(address);
        let gone = standing.filter(Standing::is_gone)?;
        let checked = gone
            .last
            .at
            .to_zoned_datetime(self.site.zone.clone())
            .date();
        let day = self.site.words.day(checked);
        Some(self.site.words.say("may_be_gone", &[("day", &day)]))
    }
}

/// The host of an address, for people.
fn host(url: &str) -> String {
    let parsed = url::Url::parse(url).ok();
    let host = parsed.as_ref().and_then(|url| url.host_str());
    host.unwrap_or(url).trim_start_matches("www.").to_owned()
}
