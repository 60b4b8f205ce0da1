//! The feeds of a site, before any format: cut out of the ledger, never out of the plan.

use crate::model::{Aside, Entry, Moment, News, Plan, PlannedRun, Site, base};
use crate::plan::{feed_path, feed_window};
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
    /// Newest first.
    pub entries: Vec<FeedEntry>,
}

impl Feed {
    /// Where its files are, below the site's root.
    pub fn folder(&self) -> &str {
        self.path.strip_suffix("feed.xml").unwrap_or(&self.path)
    }

    /// Whether it is the site's feed cut down to one language.
    pub fn is_of_a_language(&self) -> bool {
        self.path.starts_with(LANGUAGES)
    }
}

/// Below this folder stands a feed for each language.
const LANGUAGES: &str = "languages/";

/// One entry, as frozen at its release.
#[derive(Debug, Clone)]
pub struct FeedEntry {
    /// `tag:` URI.
    pub guid: String,
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

/// The feeds of a site: one for the site, one a channel, one a run, and one a language where there is more
/// than one.
pub fn feeds(site: &Site, plan: &Plan, moment: &Moment) -> Vec<Feed> {
    let runs: Vec<&PlannedRun> = plan.runs.iter().filter(|run| !run.run.draft).collect();
    let feed = |page: &str, title: String, description: String, runs: &[&PlannedRun]| Feed {
        path: feed_path(page),
        id: site.tag(&format!("{page}_feed")),
        title,
        link: format!("{}{page}", site.base_url),
        url: format!("{}{}", site.base_url, feed_path(page)),
        description,
        language: site.language.clone(),
        author: site.title.clone(),
        entries: newest(
            site,
            stamped(plan, moment, runs),
            feed_window(runs),
            plan.ledger.since.get(&feed_path(page)),
        ),
    };
    let mut feeds = vec![feed("", site.title.clone(), site.summary.clone(), &runs)];
    for channel in &site.channels {
        let into: Vec<&PlannedRun> = runs
            .iter()
            .copied()
            .filter(|run| run.run.channels.contains(&channel.id))
            .collect();
        let about = channel
            .about
            .clone()
            .unwrap_or_else(|| site.summary.clone());
        let description = match &channel.url {
            Some(url) => {
                let place = [("channel", channel.title.as_str()), ("url", url.as_str())];
                format!("{about} {}", site.words.say("talk_about_it", &place))
            }
            None => about,
        };
        let title = format!("{} · {}", channel.title, site.title);
        feeds.push(feed(
            &format!("channels/{}/", channel.id),
            title,
            description,
            &into,
        ));
    }
    for run in &runs {
        let title = run.title.clone();
        let summary = run.programme.summary.clone();
        let mut own = feed(&format!("{}/", run.run.id), title, summary, &[run]);
        // A feed of one run speaks its language; those of several runs the site's.
        own.language = run.run.language(site).to_owned();
        let since = &plan.ledger.since;
        feeds.extend(changes(
            &own,
            site,
            run,
            stamped(plan, moment, &[run]),
            since,
        ));
        feeds.push(own);
    }
    let all = stamped(plan, moment, &runs);
    let since = &plan.ledger.since;
    feeds.extend(by_language(
        &feeds[0],
        site,
        &all,
        feed_window(&runs),
        since,
    ));
    feeds
}

/// What was moved, called off or is different in a season: nothing else, and each thing once.
fn changes(
    own: &Feed,
    site: &Site,
    run: &PlannedRun,
    mut items: Vec<Stamped>,
    since: &BTreeMap<String, Timestamp>,
) -> Option<Feed> {
    let told = run.programme.kind.asides.contains(&Aside::Changes);
    let page = format!("{}/{}/", run.run.id, Aside::Changes.name());
    items.retain(|item| item.is_news());
    told.then(|| Feed {
        path: feed_path(&page),
        id: site.tag(&format!("{page}_feed")),
        title: format!("{}: {}", site.words.get("aside_changes"), run.title),
        link: format!("{}{page}", site.base_url),
        url: format!("{}{}", site.base_url, feed_path(&page)),
        description: site.words.get("changes_about").to_owned(),
        entries: newest(
            site,
            items,
            feed_window(&[run]),
            since.get(&feed_path(&page)),
        ),
        ..own.clone()
    })
}

/// The site's feed once a language, none of which holds a word of another. Each has a window of its own, and
/// stays for good once something came out in its language: whoever subscribed to it reads on.
fn by_language(
    all: &Feed,
    site: &Site,
    items: &[Stamped],
    window: SignedDuration,
    since: &BTreeMap<String, Timestamp>,
) -> Vec<Feed> {
    let languages: BTreeSet<&str> = items.iter().map(|item| base(item.language(site))).collect();
    if languages.len() < 2 {
        return Vec::new();
    }
    let one = |language: &str| {
        let path = feed_path(&format!("{LANGUAGES}{language}/"));
        let own = items.iter().copied();
        let own = own.filter(|item| base(item.language(site)) == language);
        Feed {
            url: format!("{}{path}", site.base_url),
            id: site.tag(&format!("{LANGUAGES}{language}/_feed")),
            title: format!("{} · {}", all.title, site.words.language(language)),
            language: language.to_owned(),
            entries: newest(site, own.collect(), window, since.get(&path)),
            path,
            ..all.clone()
        }
    };
    languages.into_iter().map(one).collect()
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

/// The entries of a feed, newest first. The window is measured from the newest stamp ever given here,
/// withdrawn or not, so that nothing old slides back in and a finished feed does not empty itself; and it never
/// begins earlier than it did.
fn newest(
    site: &Site,
    mut found: Vec<Stamped>,
    window: SignedDuration,
    since: Option<&Timestamp>,
) -> Vec<FeedEntry> {
    let Some(newest) = found.iter().map(|item| item.stamp).max() else {
        return Vec::new();
    };
    let from = since.copied().max(Some(newest - window));
    found.retain(|item| Some(item.stamp) >= from && item.entry.withdrawn.is_none());
    found.sort_by(|a, b| (b.stamp, b.id).cmp(&(a.stamp, a.id)));
    found
        .into_iter()
        .map(|item| FeedEntry {
            guid: site.tag(item.id),
            item: item.entry.clone(),
            stamp: item.stamp,
            updated: item.entry.updated.unwrap_or(item.stamp),
            category: item.run.title.clone(),
            language: item.language(site).to_owned(),
        })
        .collect()
}
