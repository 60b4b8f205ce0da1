//! A site: one published place with its address, zone, language, channels and rules.

use super::{Id, Links, Markdown, Network, Ranking, Strings, Tongue, same_language};
use crate::document::Source;
use crate::schedule::Calendar;
use jiff::SignedDuration;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The naming authority of RFC 4151: who vouches for ids, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// A host name the organisation owns (it need not answer).
    pub host: String,
    /// The year from which it is meant, e.g. `2026`.
    pub year: String,
}

/// One destination in the organisation's network: a group, a team, a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// The name runs use.
    pub id: Id,
    /// The name people see.
    pub title: String,
    /// Where it is, if it has an address.
    pub url: Option<String>,
    /// What it is for.
    pub about: Option<String>,
}

/// A place in another zone, whose clock an event is told by besides its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The name people see: `New York`.
    pub name: String,
    /// IANA name of the zone.
    pub zone_name: String,
    /// The zone.
    pub zone: TimeZone,
}

impl Elsewhere {
    /// A zone called after the place in its name: `America/New_York` is New York.
    pub fn new(zone_name: &str, zone: TimeZone) -> Self {
        let place = zone_name.rsplit('/').next().unwrap_or(zone_name);
        Self {
            name: place.replace('_', " "),
            zone_name: zone_name.to_owned(),
            zone,
        }
    }
}

/// Thresholds of the rules on definitions; each may be set in `site.yaml` under `rules`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// A purpose has at least this many words.
    pub purpose_words: u32,
    /// Purposes that say nothing, compared without case and punctuation.
    pub cliches: Vec<String>,
    /// A daily activity takes at most this many minutes (a warning).
    pub daily_minutes: u32,
    /// More of a class than this per cent of working minutes in `present` is refused.
    pub present_refuse: u32,
    /// More than this per cent of working minutes in `present` is warned of.
    pub present_warn: u32,
    /// A class runs at most this many minutes without a break (a warning).
    pub break_after: u32,
    /// Pre-work takes at most this many minutes in all (a warning).
    pub prework_minutes: u32,
    /// Pre-work is out at least this many working days before the session.
    pub prework_days: u32,
    /// Onboarding leaves at most this many working days between two steps (a warning).
    pub onboarding_gap: u32,
    /// At most this many activities in a row on one step of the ramp (a warning).
    pub ramp_row: u32,
    /// A week of a guided experience has at most this many activities (a warning).
    pub week_activities: u32,
    /// An ask that nobody offers is told after this many days (a warning).
    pub ask_days: u32,
    /// Of the suggestions for asks so many per cent may name one person.
    pub one_person: u32,
    /// At most this many practices of a team begin in its first four weeks (a warning).
    pub practices: u32,
    /// A chat asks at least this many questions …
    pub questions: u32,
    /// … and leaves each at least this many minutes.
    pub question_minutes: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            purpose_words: 8,
            cliches: [
                "to share knowledge",
                "to share best practice",
                "to share best practices",
                "to learn from each other",
                "to connect people",
                "to break down silos",
                "to improve collaboration",
                "to foster a culture of learning",
            ]
            .map(str::to_owned)
            .to_vec(),
            daily_minutes: 20,
            present_refuse: 40,
            present_warn: 25,
            break_after: 90,
            prework_minutes: 45,
            prework_days: 3,
            onboarding_gap: 22,
            ramp_row: 4,
            week_activities: 3,
            ask_days: 30,
            one_person: 20,
            practices: 3,
            questions: 2,
            question_minutes: 5,
        }
    }
}

/// What something may be about, wherever it comes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The id that stands in the address of its feed.
    pub id: Id,
    /// What people call it.
    pub title: String,
}

impl Topic {
    /// Whether a tag of the author's means it: `near misses` and `Near-misses` are `near-misses`.
    pub fn is(&self, tag: &str) -> bool {
        tag.trim().to_lowercase().replace(' ', "-") == *self.id
    }
}

/// What happens to a text that is not translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fallback {
    /// It is shown as it was written, with a note.
    ShowWithNote,
    /// It waits for its translation.
    Hide,
    /// The site is not built without it.
    Refuse,
}

/// One site.
#[derive(Debug, Clone)]
pub struct Site {
    /// The id that stands in every GUID.
    pub id: Id,
    /// The name people see.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Absolute address with a slash at the end.
    pub base_url: String,
    /// Who vouches for ids.
    pub authority: Authority,
    /// IANA name of the zone, e.g. `Europe/London`.
    pub zone_name: String,
    /// The zone.
    pub zone: TimeZone,
    /// Zones in which events are told besides.
    pub zones: Vec<Elsewhere>,
    /// BCP 47 tag, e.g. `en-GB`.
    pub language: String,
    /// The language in which the shared texts were first written, unless they say so themselves.
    pub written_in: String,
    /// What happens to a text that is not translated into the language of its run.
    pub fallback: Fallback,
    /// The hour of release where a run names none.
    pub at: Option<Time>,
    /// Working week and holidays where a run names none.
    pub calendar: Calendar,
    /// All calendars of the site by name: day to name of the day.
    pub calendars: BTreeMap<String, BTreeMap<jiff::civil::Date, String>>,
    /// What the network is, if it was said.
    pub network: Option<&'static Network>,
    /// Where the network is.
    pub network_home: Option<String>,
    /// What has a feed of its own, in the order of `site.yaml`.
    pub topics: Vec<Topic>,
    /// Who may hold a page in a frame, as the sources of `frame-ancestors`.
    pub frame_ancestors: Vec<String>,
    /// The destinations, in the order of `site.yaml`.
    pub channels: Vec<Channel>,
    /// How often CI builds, if it was said.
    pub build_every: Option<SignedDuration>,
    /// At most this many new entries of a run or channel …
    pub burst: u32,
    /// … in this time.
    pub burst_gap: SignedDuration,
    /// From the start of a build until its files can be fetched.
    pub margin: SignedDuration,
    /// Thresholds of the rules.
    pub rules: Rules,
    /// How its candidates are put in order.
    pub ranking: Ranking,
    /// What was found at the addresses it leads to.
    pub links: Links,
    /// Interface words in the site's language.
    pub words: Strings,
    /// The body of the home page, if the site has an `index.md`.
    pub welcome: Option<Markdown>,
    /// Files of `static/`: path below the public tree to path in the folder.
    pub statics: BTreeMap<String, String>,
    /// Layouts of the site's own, by name: they replace the shared ones.
    pub layouts: BTreeMap<String, Arc<Source>>,
    /// Where the site is written: `site.yaml`.
    pub origin: Arc<Source>,
}

impl Site {
    /// The folder in which it stands: `sites/<name>/`.
    pub fn folder(&self) -> &str {
        let file = &self.origin.file;
        file.strip_suffix("site.yaml").unwrap_or(file)
    }

    /// The channel of this id.
    pub fn channel(&self, id: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| &*channel.id == id)
    }

    /// The language in which words are written, for a run that speaks `wanted`.
    pub fn language_of<'a>(
        &'a self,
        tongue: &'a Tongue,
        programme: &'a super::Programme,
        wanted: &'a str,
    ) -> &'a str {
        match tongue {
            Tongue::Definition if programme.tongue != Tongue::Definition => {
                self.language_of(&programme.tongue, programme, wanted)
            }
            Tongue::Definition | Tongue::Original => {
                programme.language.as_deref().unwrap_or(&self.written_in)
            }
            Tongue::In(tag) => tag,
            Tongue::Run => wanted,
        }
    }

    /// The tag of a language, if it is not the site's.
    pub fn other_language(&self, tag: &str) -> Option<String> {
        (!same_language(tag, &self.language)).then(|| tag.to_owned())
    }

    /// `tag:<authority>:<site>/<rest>`, the identity of entries (RFC 4151).
    pub fn tag(&self, rest: &str) -> String {
        format!(
            "tag:{},{}:{}/{rest}",
            self.authority.host, self.authority.year, self.id
        )
    }
}
