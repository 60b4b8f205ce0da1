//! The two entries that stand in the feed of a run and of a channel from its first build on: what it is, and how to
//! join. Some readers show nothing of a feed with one entry, or leave out the first of a feed that was empty.

use super::feeds::FeedEntry;
use crate::markdown;
use crate::model::{ABOUT, Channel, Entry, Frozen, JOIN, Moment, PlannedRun, Site};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Readers cut longer ones.
const LONGEST_TITLE: usize = 60;
const LONGEST_SUMMARY: usize = 480;

/// What the two entries are about.
struct Subject<'a> {
    /// `<run>`, or `channels/<channel>`.
    id: String,
    title: &'a str,
    about: String,
    /// The pages of the two, below the root.
    pages: [String; 2],
    /// They are older than this day.
    day: Date,
    language: &'a str,
}

/// Of a run, as old as the run.
pub fn of_run(run: &PlannedRun, site: &Site, moment: &Moment) -> Vec<FeedEntry> {
    let programme = run.programme;
    let subject = Subject {
        id: run.run.id.to_string(),
        title: &run.title,
        about: format!("{} {}", programme.summary, programme.purpose),
        pages: [
            super::programme_path(&programme.slug),
            format!("{}/", run.run.id),
        ],
        day: run.run.created,
        language: run.run.language(site),
    };
    subject.entries(site, moment)
}

/// Of a channel, as old as the name that vouches for the ids: it must not be younger tomorrow.
pub fn of_channel(channel: &Channel, site: &Site, moment: &Moment) -> Vec<FeedEntry> {
    let about = channel.about.as_ref().unwrap_or(&site.summary);
    let year = site.authority.year.parse().unwrap_or(2000);
    let subject = Subject {
        id: format!("channels/{}", channel.id),
        title: &channel.title,
        about: format!("{about} {}", site.summary),
        pages: [format!("channels/{}/", channel.id), String::new()],
        day: Date::new(year, 1, 1).unwrap_or(Date::constant(2000, 1, 1)),
        language: &site.language,
    };
    subject.entries(site, moment)
}

impl Subject<'_> {
    fn entries(&self, site: &Site, moment: &Moment) -> Vec<FeedEntry> {
        let words = &site.words;
        // A title that is too long stands at the head of the feed.
        let named = |key: &str| {
            let whole = words.say(key, &[("title", self.title)]);
            let bare = || words.say(key, &[("title", "")]);
            match whole.chars().count() > LONGEST_TITLE {
                true => bare().trim_end_matches([':', ' ']).to_owned(),
                false => whole,
            }
        };
        let said = [
            (
                JOIN,
                named("feed_join"),
                words.get("feed_join_text").to_owned(),
                1,
            ),
            (ABOUT, named("feed_about"), self.about.clone(), 0),
        ];
        let entries = said.into_iter().filter_map(|(name, title, summary, page)| {
            self.entry(name, &title, &summary, page, site, moment)
        });
        entries.collect()
    }

    fn entry(
        &self,
        name: &str,
        title: &str,
        summary: &str,
        page: usize,
        site: &Site,
        moment: &Moment,
    ) -> Option<FeedEntry> {
        let id = format!("{}/{name}", self.id);
        // A second of the day before, by its name: no two feeds of a site have one in common.
        let second = xxh3_64(self.id.as_bytes()) % (12 * 60 * 60) * 2;
        let second = SignedDuration::from_secs(i64::try_from(second).ok()? + i64::from(page == 1));
        let day = self.day.checked_sub(1.day()).ok()?;
        let stamp = day.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp() + second;
        moment
            .released(stamp, || format!("{}: its feed begins", self.title))
            .then(|| FeedEntry {
                guid: site.tag(&id),
                item: Arc::new(Entry {
                    due: stamp,
                    stamp: Some(stamp),
                    updated: Some(stamp),
                    republished: 0,
                    link: format!("{}{}", site.base_url, self.pages[page]),
                    drawn: name.into(),
                    frozen: Frozen {
                        title: title.to_owned(),
                        summary: markdown::shorten(summary, LONGEST_SUMMARY),
                        ..Frozen::default()
                    },
                    withdrawn: None,
                }),
                id,
                stamp,
                updated: stamp,
                category: self.title.to_owned(),
                language: self.language.to_owned(),
            })
    }
}
