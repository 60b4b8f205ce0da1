//! A programme: what is learned, without dates; and what each kind must be able to do.

use super::{
    Aside, Bank, Beside, Chore, Consent, Embed, Entry, Fact, Id, Library, Markdown, Pacing, Pick,
    Rounds, Rules, Run, Runway, Season, Seat, Site, Texts, Tongue,
};
use crate::diag::Diagnostics;
use crate::document::{Fields, Key, Source, Value};
use crate::schedule::{Cadence, Frame, Offset, OnSkip, Rhythm, Slots};
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::ops::Range;
use std::sync::Arc;

/// Something on the web that an activity uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its title.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// Its kind, source and licence in one line.
    pub note: String,
    /// How long it takes.
    pub minutes: Option<u32>,
}

/// One thing to do, with a prompt to share.
#[derive(Debug, Clone)]
pub struct Activity {
    /// Its id, unique in the programme.
    pub id: Id,
    /// A spare activity is not scheduled; overrides insert it or put it in another's place.
    pub spare: bool,
    /// What is said in it.
    pub words: Texts,
    /// Its file.
    pub origin: Arc<Source>,
    /// Where its heading or its first key stands.
    pub at: Range<usize>,
}

impl Activity {
    /// The words of the activity, ready to be released.
    pub fn words(&self) -> Texts {
        self.words.clone()
    }
}

/// One item on the agenda of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaItem {
    /// Its title.
    pub title: String,
    /// Minutes from the start of the session.
    pub after: u32,
    /// How long it takes.
    pub minutes: u32,
    /// `discuss`, `work`, `present` or `break`.
    pub mode: &'static str,
    /// The hashtag of its own conversation, without the sign.
    pub tag: Option<String>,
    /// What the facilitator says or does; team tree only.
    pub say: Option<String>,
}

/// One line of what the host of an event posts; the team's alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptLine {
    /// Minutes from the start of the event.
    pub after: u32,
    /// `Q1`, or a session's title; nothing for words between.
    pub name: Option<String>,
    /// What is posted, ready to be copied.
    pub post: String,
    /// What the host does when nobody answers.
    pub if_quiet: Option<String>,
    /// Who answers first.
    pub seed: Option<String>,
}

/// When something happens relative to the start of a run or session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timing {
    /// How far from the start.
    pub offset: Offset,
    /// The hour, else the run's.
    pub at: Option<Time>,
    /// What happens on a blackout day, else the kind's rule.
    pub on_skip: Option<OnSkip>,
}

/// An undated, reusable definition.
#[derive(Debug, Clone)]
pub struct Programme {
    /// Its id.
    pub id: Id,
    /// Its kind: a row of the table.
    pub kind: &'static Kind,
    /// Its title.
    pub title: String,
    /// At most 200 characters that stand alone.
    pub summary: String,
    /// Why it exists.
    pub purpose: String,
    /// The last part of its address, else the id.
    pub slug: String,
    /// Former addresses.
    pub aliases: Vec<String>,
    /// BCP 47 tag of the language in which it was first written, if it says so.
    pub language: Option<String>,
    /// In which language its own words are written here.
    pub tongue: Tongue,
    /// What it is and how it works.
    pub body: Markdown,
    /// Its activities, in order.
    pub activities: Vec<Activity>,
    /// What is particular to its kind.
    pub design: Arc<dyn Design>,
    /// How many days a discussion stays open.
    pub discussion: Option<Offset>,
    /// Keys that pages list.
    pub facts: Vec<Fact>,
    /// Its file.
    pub origin: Arc<Source>,
    /// Where the value of `purpose` (or the front matter) stands.
    pub purpose_at: Range<usize>,
}

impl Programme {
    /// The roles that have a seat: those that the definition names, else the usual one. A seat without a name
    /// belongs to whoever looks after programmes of this kind.
    pub fn holders<'a>(&'a self, seat: &Seat, library: &'a Library) -> Vec<&'a str> {
        if seat.key.is_empty() {
            let roles = library.roles.values();
            let own = roles.filter(|role| role.ways.iter().any(|way| way.name == self.kind.name));
            let found: Vec<&str> = own.map(|role| role.id.as_str()).collect();
            return if found.is_empty() {
                vec![self.kind.name]
            } else {
                found
            };
        }
        let fact = self.facts.iter().find(|fact| fact.key == seat.key);
        let named: Vec<&str> = match fact.map(|fact| &fact.value.value) {
            Some(Value::Text(text)) => role_in(text).into_iter().collect(),
            Some(Value::List(list)) => list
                .iter()
                .filter_map(|node| match &node.value {
                    Value::Text(text) => role_in(text),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        match (named.is_empty(), seat.usual) {
            (true, Some(usual)) => vec![usual],
            _ => named,
        }
    }

    /// The activity of this id.
    pub fn activity(&self, id: &str) -> Option<&Activity> {
        self.activities.iter().find(|activity| &*activity.id == id)
    }
}

/// The role that words such as `role:curator` name.
fn role_in(text: &str) -> Option<&str> {
    let role = text.trim().strip_prefix("role:")?;
    role.parse::<Id>().is_ok().then_some(role)
}

/// Reads what is particular to a kind: its keys, and those of each activity in order.
pub type Read = fn(&Fields, &[Fields], &mut Diagnostics) -> Option<Arc<dyn Design>>;

/// A row of the table of kinds: what `new`, the reader, the manual and the tests know of a kind.
#[derive(Debug)]
pub struct Kind {
    /// The word after `kind:`.
    pub name: &'static str,
    /// The folder below `content/` in which `new` puts one.
    pub folder: &'static str,
    /// One line for people who choose a kind.
    pub summary: &'static str,
    /// A complete, commented definition; `{id}` stands for its id.
    pub example: &'static str,
    /// The keys of a run that make sense for it, as `new` writes them; `{id}` and `{starts}` stand
    /// for the programme's id and a first day.
    pub run_example: &'static str,
    /// Whether its runs are folders with sessions.
    pub holds_sessions: bool,
    /// The pages that a run has besides its own.
    pub asides: &'static [Aside],
    /// What other pages may hold of its runs in a frame.
    pub embeds: &'static [Embed],
    /// What else is made of its runs.
    pub beside: &'static [Beside],
    /// How many weeks before its first day a run is set up at the latest: time for what comes before.
    pub lead_weeks: i32,
    /// What happens on a blackout day unless somebody says otherwise.
    pub on_skip: OnSkip,
    /// How many days a discussion is hosted unless somebody says otherwise.
    pub discussion_days: i32,
    /// Its keys besides the common ones, with their audiences.
    pub keys: &'static [Key],
    /// The keys of its activities besides the common ones.
    pub activity_keys: &'static [Key],
    /// What those who look after its runs do, and when.
    pub chores: &'static [Chore],
    /// Reads what is particular to it: the front matter, and each activity's keys in order.
    pub read: Read,
}

/// What a kind can do. Implemented once a kind, in the kind's own file.
pub trait Design: Debug + Send + Sync {
    /// What this kind refuses or warns of in a definition, beyond what every programme must have.
    fn check(&self, programme: &Programme, rules: &Rules, diags: &mut Diagnostics);

    /// What this kind refuses or warns of in a run. Depends on content alone, never on the clock.
    fn check_run(&self, ground: &Ground, diags: &mut Diagnostics);

    /// What happens when, for one run, with what is released left as it was.
    fn occurrences(&self, ground: &Ground, diags: &mut Diagnostics) -> Vec<Draft>;

    /// The run's cadences: they decide how far back a feed reaches.
    fn rhythms(&self) -> Vec<&Rhythm> {
        Vec::new()
    }

    /// The cadences that a run keeps, each with what happens to it on a blackout day.
    fn kept<'a>(&'a self, ground: &Ground<'a>) -> Vec<(&'a Rhythm, OnSkip)> {
        let rhythms = match &ground.run.cadence {
            Some(own) => vec![own],
            None => self.rhythms(),
        };
        let rule = ground.on_skip(None);
        rhythms.into_iter().map(|rhythm| (rhythm, rule)).collect()
    }

    /// The agenda of a session, for kinds that have one.
    fn agenda(&self) -> &[AgendaItem] {
        &[]
    }

    /// What people agree to who put up a card, for kinds that bring them together.
    fn consent(&self) -> Option<&Consent> {
        None
    }

    /// How it introduces people to each other, for kinds that do.
    fn introductions(&self) -> Option<Rounds> {
        None
    }

    /// What the calendar leaves out of the cadences.
    fn dropped(&self, ground: &Ground) -> Vec<(Date, String)> {
        let kept = self.kept(ground).into_iter();
        kept.flat_map(|(rhythm, rule)| {
            let cadence = rhythm.in_week(ground.run.calendar.week);
            ground.slots(&cadence, rule).dropped
        })
        .collect()
    }

    /// What it promises about who speaks, and how people offer to, for kinds that are a season of sessions.
    fn season(&self) -> Option<&Season> {
        None
    }

    /// How far ahead its rhythms are filled, for kinds that are filled as they go along. What fills slots says so itself
    /// ([`Design::pacing`]).
    fn runways(&self, _: &Ground) -> Vec<Runway> {
        Vec::new()
    }

    /// What fills its slots, for kinds whose slots are filled with what was picked.
    fn pacing(&self, _: &Ground) -> Option<Pacing> {
        None
    }

    /// The steps of its ramp, the easiest first, for kinds that count; there may be none.
    fn ramp(&self) -> Option<&[String]> {
        None
    }

    /// What the host of an event posts, for kinds that have one.
    fn script(&self) -> Vec<ScriptLine> {
        Vec::new()
    }

    /// What is to be done so far from each event that somebody holds, for kinds whose definition says so.
    fn timeline(&self) -> &[(Offset, String)] {
        &[]
    }

    /// The hashtag of every run that has none of its own, without the sign.
    fn hashtag(&self) -> Option<&str> {
        None
    }

    /// The prompt banks the definition draws from, with the place of their names.
    fn banks(&self) -> Vec<(&Id, Range<usize>)> {
        Vec::new()
    }
}

/// How many occurrences ahead an endless rhythm is planned: enough for every list, and counted, not
/// timed, so that nothing enters a list except when something is released.
const AHEAD: usize = 12;

/// What a kind stands on when it plans a run.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The definition.
    pub programme: &'a Programme,
    /// The delivery.
    pub run: &'a Run,
    /// The site it is on.
    pub site: &'a Site,
    /// Everything that was read: for prompt banks.
    pub library: &'a Library,
    /// The picks for this run, in the order of their slots.
    pub picks: &'a [Pick],
    /// What is released.
    pub pinned: &'a Pinned,
    /// How far to look.
    pub horizon: Horizon,
}

/// Today in the run's zone: an endless rhythm is planned a few occurrences beyond it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// The day.
    pub today: Date,
}

impl<'a> Ground<'a> {
    /// The hour at which this run releases, unless a cadence or activity says otherwise.
    pub fn hour(&self) -> Time {
        self.run.at.or(self.site.at).unwrap_or(Time::midnight())
    }

    /// The rule for blackouts: the run's, else `own`, else the kind's.
    pub fn on_skip(&self, own: Option<OnSkip>) -> OnSkip {
        self.run
            .on_skip
            .or(own)
            .unwrap_or(self.programme.kind.on_skip)
    }

    /// The slots of a rhythm up to the run's end, or a few beyond today where there is none.
    pub fn slots(&self, cadence: &Cadence, on_skip: OnSkip) -> Slots {
        self.slots_from(self.run.starts, cadence, on_skip)
    }

    /// The slots of a rhythm that begins some time after the run does.
    pub fn slots_from(&self, starts: Date, cadence: &Cadence, on_skip: OnSkip) -> Slots {
        let frame = |until| Frame {
            starts,
            until,
            calendar: &self.run.calendar,
            on_skip,
        };
        if let Some(ends) = self.run.ends {
            return cadence.slots(&frame(ends), None);
        }
        let from = self.horizon.today.max(starts);
        let mut slots = Slots::default();
        for days in [60, 500, 4_000, 20_000] {
            let until = from.saturating_add(days.days());
            slots = cadence.slots(&frame(until), None);
            if slots.slots.iter().filter(|s| s.date > from).count() >= AHEAD {
                break;
            }
        }
        let past = slots.slots.iter().filter(|s| s.date <= from).count();
        if let Some(beyond) = slots.slots.get(past + AHEAD) {
            let beyond = beyond.nominal;
            slots.dropped.retain(|(date, _)| *date < beyond);
        }
        slots.slots.truncate(past + AHEAD);
        slots
    }

    /// Puts a draft some way from another day. `rule` is for blackouts unless the activity has its
    /// own; a run's own rule is for its cadence.
    pub fn timed(&self, timing: &Timing, start: Date, rule: OnSkip, draft: &mut Draft) {
        let rule = timing.on_skip.unwrap_or(rule);
        let (nominal, date, why) = timing.offset.date(start, &self.run.calendar, rule);
        draft.nominal = nominal;
        draft.date = date;
        draft.time = timing.at.unwrap_or(self.hour());
        draft.why = why;
    }

    /// An interface word in the site's language, its `{name}`s filled.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.site.words.say(key, values)
    }

    /// A day of this year in the site's language: `2 March`.
    pub fn short_day(&self, date: Date) -> String {
        self.site.words.short_day(date)
    }

    /// A day in the site's language: `2 March 2026`.
    pub fn day(&self, date: Date) -> String {
        self.site.words.day(date)
    }

    /// The bank of this id; the loader has checked that it is there.
    pub fn bank(&self, id: &Id) -> Option<&'a Bank> {
        self.library.bank(id, self.language())
    }

    /// The language that this run speaks: its own, else the site's.
    pub fn language(&self) -> &'a str {
        self.run.language(self.site)
    }

    /// The words of an activity or prompt by its id, for overrides.
    pub fn words(&self, id: &str) -> Option<Texts> {
        self.programme
            .activity(id)
            .map(Activity::words)
            .or_else(|| {
                let banks = self.programme.design.banks();
                let mut prompts = banks
                    .into_iter()
                    .filter_map(|(bank, _)| self.bank(bank))
                    .flat_map(|bank| &bank.prompts);
                prompts.find(|prompt| &*prompt.id == id).map(|p| p.words())
            })
    }
}

/// What the ledger says of one run: everything that is released, by key.
#[derive(Debug, Clone, Default)]
pub struct Pinned {
    /// The entries: key to the nominal day's entry.
    pub entries: BTreeMap<String, Arc<Entry>>,
    /// The civil day on which each was due, in the run's zone.
    pub days: BTreeMap<String, Date>,
}

impl Pinned {
    /// Whether the occurrence is released.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// What was drawn for it.
    pub fn drawn(&self, key: &str) -> Option<&str> {
        self.entries.get(key).map(|entry| &*entry.drawn)
    }

    /// The nominal days of one rhythm, in order: the second half of `<rhythm>/<day>`.
    pub fn nominals(&self, rhythm: &str) -> Vec<Date> {
        self.entries
            .keys()
            .filter_map(|key| key.strip_prefix(rhythm)?.strip_prefix('/')?.parse().ok())
            .collect()
    }
}

/// An occurrence as a kind makes it: civil day and hour, words, and no address yet.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The last part of its GUID, unique in the run.
    pub key: String,
    /// The day before skips and overrides.
    pub nominal: Date,
    /// The day on which it is due.
    pub date: Date,
    /// The hour.
    pub time: Time,
    /// What supplies its words: an activity's, prompt's, pick's or session's id.
    pub drawn: String,
    /// Its words.
    pub words: Texts,
    /// `Day 3`: what stands before the title, and all that is known of it before its release.
    pub label: Option<String>,
    /// Its place in a counted series, from 1.
    pub number: Option<u32>,
    /// How many minutes the event takes that begins when it is due.
    pub event_minutes: Option<u32>,
    /// The key of the occurrence that announces it.
    pub announced_by: Option<String>,
    /// The day on which it leaves the current lists.
    pub expires: Option<Date>,
    /// What was moved by the calendar, and why.
    pub why: Option<String>,
    /// The start day of the intake it belongs to.
    pub intake: Option<Date>,
    /// It does not happen.
    pub cancelled: Option<String>,
    /// It waits for a decision.
    pub held: Option<String>,
    /// Nobody fills it yet: only the team sees it.
    pub empty: bool,
    /// It has a page and no entry in feeds.
    pub quiet: bool,
    /// The key of the event it announces.
    pub invites: Option<String>,
    /// The key of the occurrence it belongs to: it closes with that one.
    pub within: Option<String>,
    /// It opens a part of its run: a week, or the time after the last one.
    pub opens: bool,
    /// How long its discussion is hosted, else the programme's length.
    pub discussion: Option<Offset>,
    /// The key of the event without which it does not happen.
    pub part_of: Option<String>,
}

impl Draft {
    /// A draft on a day; the rest as the words say.
    pub fn new(key: impl Into<String>, date: Date, time: Time, words: impl Into<Texts>) -> Self {
        Self {
            key: key.into(),
            nominal: date,
            date,
            time,
            drawn: String::new(),
            words: words.into(),
            label: None,
            number: None,
            event_minutes: None,
            announced_by: None,
            expires: None,
            why: None,
            intake: None,
            cancelled: None,
            held: None,
            empty: false,
            quiet: false,
            invites: None,
            within: None,
            opens: false,
            discussion: None,
            part_of: None,
        }
    }
}
