//! The feeds of a site, before any format: cut out of the ledger, never out of the plan.

use super::evergreens;
use crate::model::{Channel, Entry, Library, Moment, Plan, Site};
use crate::plan::{
    About, Place, Stamped, feed_path, full_feed_path, has_full_feed, is_a_cut, places,
};
use jiff::{SignedDuration, Timestamp};
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

/// The feeds of a site, one at each place for networks, and at most places once more for readers.
pub fn feeds(library: &Library, site: &Site, plan: &Plan, moment: &Moment) -> Vec<Feed> {
    let places = places(library, site, &plan.runs, &plan.ledger, moment);
    let feeds = places.iter().flat_map(|place| {
        let stamped = place.stamped(site, &plan.ledger, moment).collect();
        published(place, stamped, library, site, plan, moment)
    });
    feeds.collect()
}

/// What the head of a feed says.
struct Head<'a> {
    title: String,
    description: String,
    language: &'a str,
    /// What stands in it for ever.
    evergreens: Vec<FeedEntry>,
}

fn head<'a>(place: &Place<'a>, library: &'a Library, site: &'a Site, moment: &Moment) -> Head<'a> {
    let of_site = |title: &str| format!("{title} · {}", site.title);
    let plain = |title: String, description: &str| Head {
        title,
        description: description.to_owned(),
        language: &site.language,
        evergreens: Vec::new(),
    };
    match place.about {
        About::Site => plain(site.title.clone(), &site.summary),
        About::Channel(channel) => Head {
            evergreens: evergreens::of_channel(channel, site, moment),
            ..plain(of_site(&channel.title), &about(channel, site))
        },
        // A feed of one run speaks its language; those of several runs the site's.
        About::Run(run) => Head {
            language: run.run.language(site),
            evergreens: evergreens::of_run(run, site, moment),
            ..plain(run.title.clone(), &run.programme.summary)
        },
        About::Changes(run) => Head {
            language: run.run.language(site),
            ..plain(
                format!("{}: {}", site.words.get("aside_changes"), run.title),
                site.words.get("changes_about"),
            )
        },
        About::Role(role) => {
            let words = library.role(role, &site.language);
            plain(of_site(&words.title), &words.summary)
        }
        About::Topic(topic) => plain(format!("{} · {}", topic.title, site.title), &site.summary),
        About::Language(language) => Head {
            language,
            ..plain(
                format!("{} · {}", site.title, site.words.language(language)),
                &site.summary,
            )
        },
    }
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

/// The feed of a place for networks, and the one for readers if there is one.
fn published(
    place: &Place,
    mut stamped: Vec<Stamped>,
    library: &Library,
    site: &Site,
    plan: &Plan,
    moment: &Moment,
) -> Vec<Feed> {
    stamped.sort_by(|a, b| (b.stamp, b.id).cmp(&(a.stamp, a.id)));
    let page = &place.page;
    let head = head(place, library, site, moment);
    // Where the site's feed is cut down, the site's own page belongs to it.
    let link = match is_a_cut(page) {
        true => site.base_url.clone(),
        false => format!("{}{page}", site.base_url),
    };
    let reach = Reach {
        window: place.window(),
        most: usize::MAX,
        since: plan.ledger.since.get(&feed_path(page)).copied(),
    };
    let far = Reach {
        window: FULL_WINDOW.max(reach.window),
        most: FULL_STAMPS,
        since: None,
    };
    let blank = Feed {
        path: feed_path(page),
        id: site.tag(&format!("{page}_feed")),
        title: head.title,
        link,
        url: format!("{}{}", site.base_url, feed_path(page)),
        description: head.description,
        language: head.language.to_owned(),
        author: site.title.clone(),
        full: false,
        entries: Vec::new(),
    };
    let full = has_full_feed(page).then(|| Feed {
        path: full_feed_path(page),
        id: site.tag(&format!("{page}_full")),
        title: site.words.say("feed_full", &[("title", &blank.title)]),
        url: format!("{}{}", site.base_url, full_feed_path(page)),
        full: true,
        entries: with(&head.evergreens, newest(site, &stamped, &far)),
        ..blank.clone()
    });
    let brief = Feed {
        entries: with(&head.evergreens, newest(site, &stamped, &reach)),
        ..blank
    };
    [brief].into_iter().chain(full).collect()
}

/// Entries of both sorts, newest first.
fn with(evergreens: &[FeedEntry], mut entries: Vec<FeedEntry>) -> Vec<FeedEntry> {
    entries.extend_from_slice(evergreens);
    entries.sort_by(|a, b| (b.stamp, &b.id).cmp(&(a.stamp, &a.id)));
    entries
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

/// The entries of a feed out of all that was stamped, newest first. Its reach is measured from the newest stamp ever
/// given here, withdrawn or not, so that nothing old slides back in and a finished feed does not empty itself; and for
/// networks it never begins earlier than it did.
fn newest(site: &Site, stamped: &[Stamped], reach: &Reach) -> Vec<FeedEntry> {
    let Some(newest) = stamped.first().map(|newest| newest.stamp) else {
        return Vec::new();
    };
    let from = reach.since.max(Some(newest - reach.window));
    let within = stamped.iter().take(reach.most);
    within
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
