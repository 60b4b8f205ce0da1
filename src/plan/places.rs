//! Where feeds are published, and what of the ledger each brings. One list: whoever keeps how far feeds reach back
//! and whoever makes them walk over the same.

use super::{feed_path, feed_window, role_path};
use crate::model::{
    Aside, Channel, Entry, Ledger, Library, Moment, News, PlannedRun, Role, Site, Topic, base,
};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a feed is about.
#[derive(Debug, Clone, Copy)]
pub enum About<'p> {
    /// The site.
    Site,
    /// A channel: what flows into it.
    Channel(&'p Channel),
    /// A run.
    Run(&'p PlannedRun<'p>),
    /// What was moved, called off or is different in a season: nothing else.
    Changes(&'p PlannedRun<'p>),
    /// The runs that a role looks after.
    Role(&'p Role),
    /// Whatever of the site was about a topic when it came out.
    Topic(&'p Topic),
    /// Whatever of the site is in a language; none of these feeds holds a word of another.
    Language(&'p str),
}

/// One place at which a feed is published.
#[derive(Debug, Clone)]
pub struct Place<'p> {
    /// What it is about.
    pub about: About<'p>,
    /// The page it belongs to, below the site's root; ends with `/`.
    pub page: String,
    /// The runs out of which it comes.
    runs: Vec<&'p PlannedRun<'p>>,
}

/// What was stamped: when, under which name, and in which run.
#[derive(Debug, Clone, Copy)]
pub struct Stamped<'p> {
    /// When it was first published.
    pub stamp: Timestamp,
    /// Its name in the ledger.
    pub id: &'p str,
    /// Its entry.
    pub entry: &'p Arc<Entry>,
    /// Its run.
    pub run: &'p PlannedRun<'p>,
}

/// Below these folders stands a feed for each language, and for each topic.
const LANGUAGES: &str = "languages/";
const TOPICS: &str = "topics/";

/// Whether this is the site's feed cut down to one language or topic, which has no page of its own.
pub fn is_a_cut(page: &str) -> bool {
    page.starts_with(LANGUAGES) || page.starts_with(TOPICS)
}

/// Every place: the site, each channel, each run and the changes of each season, each role guide that looks after a run,
/// each topic, and each language in which something came out, where there are several. A language stays for good:
/// whoever subscribed to it reads on.
pub fn places<'p>(
    library: &'p Library,
    site: &'p Site,
    runs: &'p [PlannedRun<'p>],
    ledger: &'p Ledger,
    moment: &Moment,
) -> Vec<Place<'p>> {
    let runs: Vec<&PlannedRun> = runs.iter().filter(|run| !run.run.draft).collect();
    let all = |about, page| Place {
        about,
        page,
        runs: runs.clone(),
    };
    let those = |about, page, wanted: &dyn Fn(&PlannedRun) -> bool| Place {
        about,
        page,
        runs: runs.iter().copied().filter(|run| wanted(run)).collect(),
    };
    let whole = all(About::Site, String::new());
    let languages = whole.stamped(site, ledger, moment);
    let languages: BTreeSet<&str> = languages.map(|item| base(item.language(site))).collect();
    let several = languages.len() > 1;
    let mut places = vec![whole];
    places.extend(site.channels.iter().map(|channel| {
        those(
            About::Channel(channel),
            format!("channels/{}/", channel.id),
            &|run| run.run.channels.contains(&channel.id),
        )
    }));
    places.extend(runs.iter().map(|run| Place {
        about: About::Run(run),
        page: format!("{}/", run.run.id),
        runs: vec![run],
    }));
    let seasons = runs.iter();
    let seasons = seasons.filter(|run| run.programme.kind.asides.contains(&Aside::Changes));
    places.extend(seasons.map(|run| Place {
        about: About::Changes(run),
        page: format!("{}/{}/", run.run.id, Aside::Changes.name()),
        runs: vec![run],
    }));
    let roles = library.roles.values();
    let roles = roles.map(|role| {
        those(About::Role(role), role_path(&role.id), &|run| {
            role.looks_after(run)
        })
    });
    places.extend(roles.filter(|place| !place.runs.is_empty()));
    places.extend(
        site.topics
            .iter()
            .map(|topic| all(About::Topic(topic), format!("{TOPICS}{}/", topic.id))),
    );
    let languages = languages.into_iter().filter(|_| several);
    places.extend(
        languages.map(|language| all(About::Language(language), format!("{LANGUAGES}{language}/"))),
    );
    places
}

impl<'p> Place<'p> {
    /// How far back networks are shown, from the newest stamp.
    pub fn window(&self) -> SignedDuration {
        feed_window(&self.runs)
    }

    /// Everything ever stamped that belongs here and is due, withdrawn or not.
    pub fn stamped(
        &self,
        site: &'p Site,
        ledger: &'p Ledger,
        moment: &Moment,
    ) -> impl Iterator<Item = Stamped<'p>> {
        let now = moment.now();
        let all = self.runs.iter().flat_map(move |run| entries(run, ledger));
        all.filter(move |item| item.entry.due <= now && self.takes(item, site))
    }

    fn takes(&self, item: &Stamped, site: &Site) -> bool {
        match self.about {
            About::Site | About::Channel(_) | About::Run(_) | About::Role(_) => true,
            About::Changes(_) => item
                .id
                .split_once('/')
                .is_some_and(|(_, key)| News::is(key)),
            About::Topic(topic) => item.entry.frozen.topics.iter().any(|id| **id == *topic.id),
            About::Language(language) => base(item.language(site)) == language,
        }
    }
}

impl<'p> Stamped<'p> {
    /// BCP 47 tag of its words.
    pub fn language(&self, site: &'p Site) -> &'p str {
        let own = self.entry.frozen.language.as_deref();
        own.unwrap_or(&site.language)
    }
}

/// What was ever stamped of a run.
fn entries<'p>(run: &'p PlannedRun<'p>, ledger: &'p Ledger) -> impl Iterator<Item = Stamped<'p>> {
    let prefix = format!("{}/", run.run.id);
    let all = ledger.entries.range(prefix.clone()..);
    let all = all.take_while(move |(id, _)| id.starts_with(&prefix));
    all.filter_map(move |(id, entry)| {
        Some(Stamped {
            stamp: entry.stamp?,
            id,
            entry,
            run,
        })
    })
}

/// The oldest stamp that may stand in each feed in which anything came out, by the feed's path. It never goes back: not
/// when a run is cleared away that had the shortest rhythm or the newest item, and not when a rhythm becomes slower.
/// Else old items would stand in the feed once more, and whoever remembers the last file alone would show them once
/// more.
pub fn since(
    library: &Library,
    site: &Site,
    runs: &[PlannedRun],
    ledger: &Ledger,
    moment: &Moment,
) -> BTreeMap<String, Timestamp> {
    let mut since = ledger.since.clone();
    for place in places(library, site, runs, ledger, moment) {
        let stamped = place.stamped(site, ledger, moment);
        if let Some(newest) = stamped.map(|item| item.stamp).max() {
            let from = newest - place.window();
            let known = since.entry(feed_path(&place.page)).or_insert(from);
            *known = from.max(*known);
        }
    }
    since
}
