//! The feeds of a site, before any format: cut out of the ledger, never out of the plan.

use super::evergreens;
use crate::model::{
    Aside, Channel, Entry, Library, Moment, News, Plan, PlannedRun, Site, Topic, base,
};
use crate::plan::{feed_path, feed_window, full_feed_path, has_full_feed, role_path};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A feed as we publish it.
#[derive(Debug, Clone)]
pub struct Feed {
    /// The file below the site's root.
    pub path: String,
    /// `tag:` URI: what it is known by for ever, wherever it is.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Absolute address of the page it belongs to.
    pub link: String,
    /// Absolute address of itself.
    pub url: String,
    /// What it brings, and where it is talked about.
    pub description: String,
    /// BCP 47.
    pub language: String,
    /// Who publishes it: the site.
    pub author: String,
    /// For readers: it reaches far back, and each entry brings its whole text, which follows the page.
    pub full: bool,
    /// Newest first.
    pub entries: Vec<FeedEntry>,
}

impl Feed {
    /// Where its files are, below the site's root.
    pub fn folder(&self) -> &str {
        let end = self.path.rfind('/').map_or(0, |at| at + 1);
        &self.path[..end]
    }

    /// Whether it is the site's feed cut down to one language or topic, which has no page of its own.
    pub fn is_a_cut(&self) -> bool {
        is_a_cut(&self.path)
    }
}

/// Below these folders stands a feed for each language, and for each topic.
const LANGUAGES: &str = "languages/";
const TOPICS: &str = "topics/";

fn is_a_cut(page: &str) -> bool {
    page.starts_with(LANGUAGES) || page.starts_with(TOPICS)
}

/// One entry, as frozen at its release.
#[derive(Debug, Clone)]
pub struct FeedEntry {
    /// `tag:` URI.
    pub guid: String,
    /// `<run>/<key>`, as the ledger calls it.
    pub id: String,
    /// The item in the ledger: its link, and title and summary in plain text.
    pub item: Arc<Entry>,
    /// When it was first published.
    pub stamp: Timestamp,
    /// When it was last published.
    pub updated: Timestamp,
    /// What it is about: the run's title.
    pub category: String,
    /// BCP 47 tag of its words.
    pub language: String,
}

/// How far a feed for readers reaches back from its newest entry: a year and a bit.
const FULL_WINDOW: SignedDuration = SignedDuration::from_hours(24 * 400);
/// How many stamps it reaches back at most. What was withdrawn is counted, so this bound moves on with every
/// release and never back, and nothing old slides in.
const FULL_STAMPS: usize = 200;

/// The feeds of a site: one for the site, one a channel, one a run, one for each role guide that looks after a run,
/// one for each of the site's topics, and one a language where there is more than one; each for networks, and most once
/// more for readers.
pub fn feeds(library: &Library, site: &Site, plan: &Plan, moment: &Moment) -> Vec<Feed> {
    let runs: Vec<&PlannedRun> = plan.runs.iter().filter(|run| !run.run.draft).collect();
    let whole = Place {
        page: String::new(),
        title: site.title.clone(),
        description: site.summary.clone(),
        language: &site.language,
        items: stamped(plan, moment, &runs),
        window: feed_window(&runs),
        evergreens: Vec::new(),
    };
    let languages = by_language(&whole, site);
    let topics: Vec<Place> = (site.topics.iter())
        .map(|topic| about_topic(topic, &whole, site))
        .collect();
    let roles = library.roles.values().filter_map(|role| {
        let after = runs.iter().copied();
        let after: Vec<&PlannedRun> = after.filter(|run| role.looks_after(run)).collect();
        let words = library.role(role, &site.language);
        (!after.is_empty()).then(|| Place {
            page: role_path(&role.id),
            title: format!("{} · {}", words.title, site.title),
            description: words.summary.clone(),
            language: &site.language,
            items: stamped(plan, moment, &after),
            window: feed_window(&after),
            evergreens: Vec::new(),
        })
    });
    let channels = site.channels.iter().map(|channel| {
        let flows = |run: &&PlannedRun| run.run.channels.contains(&channel.id);
        let into: Vec<&PlannedRun> = runs.iter().copied().filter(flows).collect();
        Place {
            page: format!("channels/{}/", channel.id),
            title: format!("{} · {}", channel.title, site.title),
            description: about(channel, site),
            language: &site.language,
            items: stamped(plan, moment, &into),
            window: feed_window(&into),
            evergreens: evergreens::of_channel(channel, site, moment),
        }
    });
    let of_changes = runs
        .iter()
        .filter_map(|run| changes(site, run, plan, moment));
    let own = runs.iter().map(|run| Place {
        page: format!("{}/", run.run.id),
        title: run.title.clone(),
        description: run.programme.summary.clone(),
        // A feed of one run speaks its language; those of several runs the site's.
        language: run.run.language(site),
        items: stamped(plan, moment, &[run]),
        window: feed_window(&[run]),
        evergreens: evergreens::of_run(run, site, moment),
    });
    let places = std::iter::once(whole)
        .chain(channels)
        .chain(own)
        .chain(of_changes)
        .chain(roles)
        .chain(topics)
        .chain(languages);
    let since = &plan.ledger.since;
    places.flat_map(|place| place.feeds(site, since)).collect()
}

/// What a channel is for, and where it is.
fn about(channel: &Channel, site: &Site) -> String {
    let about = channel.about.as_ref().unwrap_or(&site.summary);
    match &channel.url {
        Some(url) => {
            let place = [("channel", channel.title.as_str()), ("url", url.as_str())];
            format!("{about} {}", site.words.say("talk_about_it", &place))
        }
        None => about.clone(),
    }
}

/// What was moved, called off or is different in a season: nothing else, and each thing once.
fn changes<'a>(
    site: &'a Site,
    run: &'a PlannedRun,
    plan: &'a Plan,
    moment: &Moment,
) -> Option<Place<'a>> {
    let told = run.programme.kind.asides.contains(&Aside::Changes);
    let mut items = stamped(plan, moment, &[run]);
    items.retain(|item| item.is_news());
    told.then(|| Place {
        page: format!("{}/{}/", run.run.id, Aside::Changes.name()),
        title: format!("{}: {}", site.words.get("aside_changes"), run.title),
        description: site.words.get("changes_about").to_owned(),
        language: run.run.language(site),
        items,
        window: feed_window(&[run]),
        evergreens: Vec::new(),
    })
}

/// The site's feed once a language, none of which holds a word of another. Each has a window of its own, and
/// stays for good once something came out in its language: whoever subscribed to it reads on.
fn by_language<'a>(all: &Place<'a>, site: &'a Site) -> Vec<Place<'a>> {
    let languages = all.items.iter().map(|item| base(item.language(site)));
    let languages: BTreeSet<&str> = languages.collect();
    if languages.len() < 2 {
        return Vec::new();
    }
    let one = |language: &'a str| {
        let own = all.items.iter().copied();
        let own = own.filter(|item| base(item.language(site)) == language);
        Place {
            page: format!("{LANGUAGES}{language}/"),
            title: format!("{} · {}", all.title, site.words.language(language)),
            description: all.description.clone(),
            language,
            items: own.collect(),
            window: all.window,
            evergreens: Vec::new(),
        }
    };
    languages.into_iter().map(one).collect()
}

/// Whatever of a site was about a topic when it came out.
fn about_topic<'a>(topic: &Topic, all: &Place<'a>, site: &'a Site) -> Place<'a> {
    let own = all.items.iter().copied();
    let own = own.filter(|item| item.entry.frozen.topics.iter().any(|id| **id == *topic.id));
    Place {
        page: format!("{TOPICS}{}/", topic.id),
        title: format!("{} · {}", topic.title, site.title),
        description: all.description.clone(),
        language: &site.language,
        items: own.collect(),
        window: all.window,
        evergreens: Vec::new(),
    }
}

/// What is published at one place, in a feed for networks and in one for readers.
struct Place<'a> {
    /// Below the site's root; ends with `/`.
    page: String,
    title: String,
    description: String,
    language: &'a str,
    items: Vec<Stamped<'a>>,
    /// How far back networks are shown.
    window: SignedDuration,
    /// What stands in it for ever.
    evergreens: Vec<FeedEntry>,
}

impl Place<'_> {
    fn feeds(self, site: &Site, since: &BTreeMap<String, Timestamp>) -> Vec<Feed> {
        let page = &self.page;
        // Where the site's feed is cut down, the site's own page belongs to it.
        let link = match is_a_cut(page) {
            true => site.base_url.clone(),
            false => format!("{}{page}", site.base_url),
        };
        let reach = Reach {
            window: self.window,
            most: usize::MAX,
            since: since.get(&feed_path(page)).copied(),
        };
        let far = Reach {
            window: FULL_WINDOW.max(self.window),
            most: FULL_STAMPS,
            since: None,
        };
        let brief = Feed {
            path: feed_path(page),
            id: site.tag(&format!("{page}_feed")),
            title: self.title.clone(),
            link,
            url: format!("{}{}", site.base_url, feed_path(page)),
            description: self.description.clone(),
            language: self.language.to_owned(),
            author: site.title.clone(),
            full: false,
            entries: with(&self.evergreens, newest(site, self.items.clone(), &reach)),
        };
        if !has_full_feed(page) {
            return vec![brief];
        }
        let full = Feed {
            path: full_feed_path(page),
            id: site.tag(&format!("{page}_full")),
            title: site.words.say("feed_full", &[("title", &self.title)]),
            url: format!("{}{}", site.base_url, full_feed_path(page)),
            full: true,
            entries: with(&self.evergreens, newest(site, self.items, &far)),
            ..brief.clone()
        };
        vec![brief, full]
    }
}

/// Entries of both sorts, newest first.
fn with(evergreens: &[FeedEntry], mut entries: Vec<FeedEntry>) -> Vec<FeedEntry> {
    entries.extend_from_slice(evergreens);
    entries.sort_by(|a, b| (b.stamp, &b.id).cmp(&(a.stamp, &a.id)));
    entries
}

/// What was stamped: when, under which name, and in which run.
#[derive(Clone, Copy)]
struct Stamped<'a> {
    stamp: Timestamp,
    id: &'a str,
    entry: &'a Arc<Entry>,
    run: &'a PlannedRun<'a>,
}

impl<'a> Stamped<'a> {
    fn language(&self, site: &'a Site) -> &'a str {
        let own = self.entry.frozen.language.as_deref();
        own.unwrap_or(&site.language)
    }

    fn is_news(&self) -> bool {
        let key = self.id.split_once('/').map(|(_, key)| key);
        key.is_some_and(News::is)
    }
}

/// Everything ever stamped of some runs, withdrawn or not.
fn stamped<'a>(plan: &'a Plan, moment: &Moment, runs: &[&'a PlannedRun]) -> Vec<Stamped<'a>> {
    let mut found = Vec::new();
    for run in runs {
        let prefix = format!("{}/", run.run.id);
        let all = plan.ledger.entries.range(prefix.clone()..);
        for (id, entry) in all.take_while(|(id, _)| id.starts_with(&prefix)) {
            if let Some(stamp) = entry.stamp
                && entry.due <= moment.now()
            {
                found.push(Stamped {
                    stamp,
                    id,
                    entry,
                    run,
                });
            }
        }
    }
    found
}

/// How far back a feed reaches.
struct Reach {
    /// From its newest stamp.
    window: SignedDuration,
    /// So many stamps.
    most: usize,
    /// Never earlier than it did.
    since: Option<Timestamp>,
}

/// The entries of a feed, newest first. Its reach is measured from the newest stamp ever given here, withdrawn or
/// not, so that nothing old slides back in and a finished feed does not empty itself; and for networks it never
/// begins earlier than it did.
fn newest(site: &Site, mut found: Vec<Stamped>, reach: &Reach) -> Vec<FeedEntry> {
    found.sort_by(|a, b| (b.stamp, b.id).cmp(&(a.stamp, a.id)));
    found.truncate(reach.most);
    let Some(newest) = found.first().map(|newest| newest.stamp) else {
        return Vec::new();
    };
    let from = reach.since.max(Some(newest - reach.window));
    found
        .into_iter()
        .filter(|item| Some(item.stamp) >= from && item.entry.withdrawn.is_none())
        .map(|item| FeedEntry {
            guid: site.tag(item.id),
            id: item.id.to_owned(),
            item: item.entry.clone(),
            stamp: item.stamp,
            updated: item.entry.updated.unwrap_or(item.stamp),
            category: item.run.title.clone(),
            language: item.language(site).to_owned(),
        })
        .collect()
}
