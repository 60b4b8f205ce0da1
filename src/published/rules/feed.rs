//! What a feed must be, item by item.

use super::super::{Feed, Published};
use super::{Found, found};
use crate::consumer::{Issue, Item, link_key};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Looks into each feed that can be read.
fn each(site: &Published, look: impl Fn(&Issue) -> Vec<String>) -> Vec<Found> {
    let feeds = site.readable();
    feeds
        .flat_map(|(path, issue)| look(issue).into_iter().map(move |what| found(path, what)))
        .collect()
}

/// Looks at each item, and says of those that are wrong what is.
fn items(site: &Published, look: impl Fn(&Item) -> Option<String>) -> Vec<Found> {
    each(site, |issue| {
        let wrong = issue.items.iter().filter_map(|item| {
            let what = look(item)?;
            Some(format!("`{}` {what}", item.title))
        });
        wrong.collect()
    })
}

/// What of the rules stands in the elements alone, which strict readers see.
fn strict_items(site: &Published, look: impl Fn(&Item) -> Option<String>) -> Vec<Found> {
    items(site, |item| match item.elements.is_empty() {
        true => None,
        false => look(item),
    })
}

pub fn bytes(site: &Published, _now: Timestamp) -> Vec<Found> {
    let wrong = |feed: &Feed| {
        let why = match &feed.issue {
            Err(why) => Some(why.clone()),
            Ok(issue) => issue.broken.clone(),
        };
        let begins = site.files[&feed.path].bytes.starts_with(b"<?xml ");
        let why = why.or_else(|| (!begins).then(|| "it does not begin with `<?xml`".to_owned()));
        why.map(|why| found(&feed.path, why))
    };
    site.feeds.iter().filter_map(wrong).collect()
}

const LONGEST_FEED: usize = 512 * 1024;

pub fn length(site: &Published, _now: Timestamp) -> Vec<Found> {
    let long = site.feeds.iter().filter_map(|feed| {
        let bytes = site.files[&feed.path].bytes.len();
        (bytes > LONGEST_FEED).then(|| found(&feed.path, format!("it has {} KiB", bytes / 1024)))
    });
    long.collect()
}

pub fn ids(site: &Published, _now: Timestamp) -> Vec<Found> {
    let mut all = strict_items(site, |item| {
        let id = item.elements.iter().find(|element| element.name == "guid");
        match id {
            None => Some("has no id".to_owned()),
            Some(id) if id.text.trim().is_empty() => Some("has no id".to_owned()),
            Some(id) if id.attribute("isPermaLink") != Some("false") => {
                Some("has an id that readers take for an address".to_owned())
            }
            Some(_) => None,
        }
    });
    all.extend(each(site, |issue| {
        let mut known = BTreeSet::new();
        let twice = issue
            .items
            .iter()
            .filter(|item| item.id.is_some() && !known.insert(&item.id));
        let what = |item: &Item| {
            let id = item.id.as_deref().unwrap_or("");
            format!("`{}` has the id of another item: {id}", item.title)
        };
        twice.map(what).collect()
    }));
    all
}

const LONGEST_LINK: usize = 255;

pub fn links(site: &Published, _now: Timestamp) -> Vec<Found> {
    let mut all = items(site, |item| {
        let Some(link) = &item.link else {
            return Some("leads nowhere".to_owned());
        };
        let absolute = link.starts_with("https://") || link.starts_with("http://");
        let plain = link.is_ascii() && !link.bytes().any(|b| b.is_ascii_uppercase());
        let bare = !link.contains(['?', '#', ' ']);
        let good = absolute && plain && bare && link.len() <= LONGEST_LINK;
        (!good).then(|| format!("leads to {link}"))
    });
    all.extend(each(site, |issue| {
        let mut known: BTreeMap<String, &Item> = BTreeMap::new();
        let mut twice = Vec::new();
        for item in &issue.items {
            if let Some(link) = &item.link
                && let Some(other) = known.insert(link_key(link), item)
                && other.id != item.id
            {
                twice.push(format!(
                    "`{}` and `{}` lead to one page",
                    other.title, item.title
                ));
            }
        }
        twice
    }));
    all
}

/// A date as every reader takes it.
fn written(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

pub fn dates(site: &Published, _now: Timestamp) -> Vec<Found> {
    strict_items(site, |item| match item.at {
        _ if item.written.is_empty() => Some("has no date".to_owned()),
        Some(at) if written(at) == item.written => None,
        _ => Some(format!("has the date `{}`", item.written)),
    })
}

pub fn order(site: &Published, _now: Timestamp) -> Vec<Found> {
    each(site, |issue| {
        let pairs = issue.items.windows(2);
        let wrong = pairs.filter(|pair| pair[0].at.is_some() && pair[0].at < pair[1].at);
        let what = |pair: &[Item]| format!("`{}` stands below `{}`", pair[1].title, pair[0].title);
        wrong.map(what).collect()
    })
}

/// Clocks differ a little, and stamps reach ahead by the time until a file is live.
const AHEAD: SignedDuration = SignedDuration::from_mins(15);

pub fn future(site: &Published, now: Timestamp) -> Vec<Found> {
    items(site, |item| {
        let at = item.at.filter(|at| *at > now + AHEAD)?;
        Some(format!("has the date {at}"))
    })
}

pub fn last_build(site: &Published, _now: Timestamp) -> Vec<Found> {
    each(site, |issue| {
        let newest = issue.items.iter().filter_map(|item| item.at).max();
        let says = issue
            .says("lastBuildDate")
            .map(|element| element.text.as_str());
        let good = match newest {
            Some(newest) => says == Some(written(newest).as_str()) || issue.channel.is_empty(),
            None => true,
        };
        let what = || format!("it says `{}`", says.unwrap_or("nothing"));
        (!good).then(what).into_iter().collect()
    })
}

pub fn updated(site: &Published, _now: Timestamp) -> Vec<Found> {
    strict_items(site, |item| {
        let updated = item
            .updated
            .as_ref()
            .and_then(|text| text.parse::<Timestamp>().ok());
        match (updated, item.at) {
            (None, _) => Some("does not say when".to_owned()),
            (Some(updated), Some(at)) if updated < at => {
                Some("was updated before it was out".to_owned())
            }
            _ => None,
        }
    })
}

pub fn empty(site: &Published, _now: Timestamp) -> Vec<Found> {
    each(site, |issue| match issue.items.is_empty() {
        true => vec!["nothing is in it yet".to_owned()],
        false => Vec::new(),
    })
}

/// What an item of RSS has of its own.
const OF_RSS: &[&str] = &[
    "title",
    "link",
    "description",
    "author",
    "category",
    "guid",
    "pubDate",
    "comments",
    "enclosure",
    "source",
];

pub fn blind(site: &Published, _now: Timestamp) -> Vec<Found> {
    let mut all = strict_items(site, |item| {
        let other = item
            .elements
            .iter()
            .find(|element| element.name.contains(':') && OF_RSS.contains(&element.local()))?;
        Some(format!("has a `{}`", other.name))
    });
    all.extend(each(site, |issue| {
        let at = |name: &str| {
            issue
                .channel
                .iter()
                .rposition(|element| element.name == name)
        };
        match (at("atom:link"), at("link")) {
            (Some(atom), Some(link)) if atom > link => {
                vec!["`atom:link` stands after `link`".to_owned()]
            }
            _ => Vec::new(),
        }
    }));
    all
}

pub fn children(site: &Published, _now: Timestamp) -> Vec<Found> {
    strict_items(site, |item| {
        let at = |name: &str| {
            item.elements
                .iter()
                .position(|element| element.name == name)
        };
        let after = at("enclosure")? < at("link").unwrap_or(usize::MAX);
        after.then(|| "has its link after its enclosure".to_owned())
    })
}

const LONGEST_SUMMARY: usize = 480;

pub fn summaries(site: &Published, _now: Timestamp) -> Vec<Found> {
    strict_items(site, |item| {
        let text = item
            .elements
            .iter()
            .find(|element| element.name == "description");
        let text = text.map_or("", |element| element.text.trim());
        match text.chars().count() {
            0 => Some("has no summary".to_owned()),
            n if n > LONGEST_SUMMARY => Some(format!("has a summary of {n} characters")),
            _ if ["</", "<p>", "<br"].iter().any(|tag| text.contains(tag)) => {
                Some("has tags in its summary".to_owned())
            }
            _ => None,
        }
    })
}

const LONGEST_TITLE: usize = 60;

pub fn titles(site: &Published, _now: Timestamp) -> Vec<Found> {
    items(site, |item| match item.title.chars().count() {
        0 => Some("has no title".to_owned()),
        n if n > LONGEST_TITLE => Some(format!("has {n} characters")),
        _ => None,
    })
}

pub fn skips(site: &Published, _now: Timestamp) -> Vec<Found> {
    each(site, |issue| {
        let skips = ["skipHours", "skipDays"]
            .into_iter()
            .filter(|name| issue.says(name).is_some());
        skips.map(|name| format!("it has `{name}`")).collect()
    })
}

pub fn itself(site: &Published, _now: Timestamp) -> Vec<Found> {
    let feeds = site
        .readable()
        .filter(|(_, issue)| !issue.channel.is_empty());
    let wrong = feeds.filter_map(|(path, issue)| {
        let own = issue.channel.iter().find(|element| {
            element.name == "atom:link" && element.attribute("rel") == Some("self")
        });
        let says = own
            .and_then(|element| element.attribute("href"))
            .unwrap_or("nothing");
        let address = format!("{}{path}", site.base);
        (says != address).then(|| found(path, format!("it says {says}, and is at {address}")))
    });
    wrong.collect()
}
