//! What layouts see, version 1: the only types that a template ever meets. Addresses are relative to
//! the page, HTML and dates arrive finished, and nothing here can be asked for more.

mod across;
mod asides;
mod boards;
mod connect;
mod duties;
mod embeds;
mod event;
mod lines;
mod people;
mod week;

use serde::Serialize;
use std::collections::BTreeMap;

pub use across::*;
pub use asides::*;
pub use boards::*;
pub use connect::*;
pub use duties::*;
pub use embeds::*;
pub use event::{Asked, ScriptRow, ThereLine};
pub use lines::*;
pub use people::*;
pub use week::WeekPart;

/// The version of this shape; a breaking change is a new file beside this one.
pub const VERSION: u32 = 1;

/// An instant, ready to be shown.
#[derive(Debug, Clone, Serialize)]
pub struct When {
    /// RFC 3339 in UTC, for `<time datetime>`.
    pub iso: String,
    /// `Monday 2 March 2026`.
    pub date: String,
    /// `2 March`.
    pub day: String,
    /// `Mon`.
    pub weekday: String,
    /// `09:00`.
    pub time: String,
    /// `Europe/London`.
    pub zone: String,
    /// `Monday 2 March 2026, 09:00 (Europe/London)`.
    pub full: String,
}

/// A named address.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// The words.
    pub title: String,
    /// The address.
    pub href: String,
}

/// A feed, in each of its formats.
#[derive(Debug, Clone, Serialize)]
pub struct FeedLink {
    /// What it brings.
    pub title: String,
    /// The address of `feed.xml`, which every network reads.
    pub href: String,
    /// The same in other formats: `Atom`, `JSON Feed`.
    pub others: Vec<Link>,
    /// The same with whole texts, for readers: `RSS`, `Atom`, `JSON Feed`. None for roles and topics.
    pub full: Vec<Link>,
}

/// A calendar to subscribe to.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarLink {
    /// The file.
    pub href: String,
    /// The same for calendar programs: `webcal://…`.
    pub webcal: String,
    /// What adds it to a Google calendar.
    pub google: String,
}

/// A released item in a list.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// `Day 3: Say hello`.
    pub title: String,
    /// The title without the label.
    pub name: String,
    /// Its page.
    pub href: String,
    /// One or two plain sentences.
    pub summary: String,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// When it was due.
    pub when: When,
    /// Until when the discussion is hosted, while it is.
    pub closes: Option<When>,
    /// When the meeting ends, if it is one.
    pub ends: Option<When>,
    /// The meeting it announces.
    pub announces: Option<Meeting>,
    /// Who speaks.
    pub speaker: Option<String>,
    /// Their profile in the network.
    pub speaker_href: Option<String>,
    /// Why it does not happen, if it does not.
    pub cancelled: Option<String>,
    /// Its run.
    pub run: Link,
    /// BCP 47 tag of its words, if they are not in the page's language: for `lang`.
    pub lang: Option<String>,
}

/// What lies ahead: its number, day and hour, and no more, unless it was announced.
#[derive(Debug, Clone, Serialize)]
pub struct Coming {
    /// `Day 9`, or nothing.
    pub label: Option<String>,
    /// The title, once it was announced.
    pub title: Option<String>,
    /// Who speaks, once it was announced.
    pub speaker: Option<String>,
    /// Their profile in the network.
    pub speaker_href: Option<String>,
    /// The page of the announcement.
    pub href: Option<String>,
    /// When.
    pub when: When,
    /// When the meeting ends, if it is one.
    pub ends: Option<When>,
    /// Why it does not happen, once its announcement is out.
    pub cancelled: Option<String>,
    /// Its run.
    pub run: Link,
}

/// A run in a list.
#[derive(Debug, Clone, Serialize)]
pub struct RunCard {
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// The kind's word in the page's language: `Challenge`.
    pub kind: String,
    /// The programme's summary.
    pub summary: String,
    /// Whom it is for.
    pub cohort: Option<String>,
    /// Its first day.
    pub starts: When,
    /// Its last day, if there is one.
    pub ends: Option<When>,
    /// `coming`, `running` or `over`.
    pub state: &'static str,
    /// How many items are out.
    pub released: usize,
    /// How many there will be, if that is known.
    pub total: Option<usize>,
    /// BCP 47 tag of its summary, if that is not in the page's language: for `lang`.
    pub lang: Option<String>,
}

/// One occurrence in full.
#[derive(Debug, Clone, Serialize)]
pub struct OccurrencePage {
    /// `Day 3: Say hello`.
    pub title: String,
    /// `Day 3`.
    pub label: Option<String>,
    /// The title without the label.
    pub name: String,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// When it was due, or when the meeting begins.
    pub when: When,
    /// Until when the discussion is hosted.
    pub closes: When,
    /// Whether it is.
    pub open: bool,
    /// When the meeting ends, if it is one.
    pub ends: Option<When>,
    /// Who speaks.
    pub speaker: Option<String>,
    /// Their profile in the network.
    pub speaker_href: Option<String>,
    /// Its sections.
    pub sections: Vec<SectionHtml>,
    /// Its facts.
    pub facts: Vec<FactLine>,
    /// What it points to.
    pub resources: Vec<ResourceLine>,
    /// The curated item, if it is one.
    pub source: Option<SourceLink>,
    /// What a digest lists, or what is out of the week it opens.
    pub items: Vec<Item>,
    /// Whether it opens a week.
    pub opens: bool,
    /// What comes later in that week.
    pub later: Vec<Coming>,
    /// Whether its words are told, not a question to answer.
    pub told: bool,
    /// The meeting it announces.
    pub announces: Option<Meeting>,
    /// Whether it left the current lists.
    pub expired: bool,
    /// The agenda of a session.
    pub agenda: Vec<AgendaLine>,
    /// When the event begins at other places.
    pub elsewhere: Vec<ThereLine>,
    /// What was asked in an event that is over.
    pub asked: Vec<Asked>,
    /// What is particular to the run, on the pages of a meeting that has no words of its own; HTML.
    pub this_time: String,
    /// Why it was cancelled.
    pub cancelled: Option<String>,
    /// Decisions that moved it.
    pub moved: Vec<MovedLine>,
    /// What the calendar moved.
    pub why: Option<String>,
    /// Its run.
    pub run: Link,
    /// The channels it went to.
    pub channels: Vec<ChannelLink>,
    /// The run's and its own, without the sign.
    pub hashtags: Vec<String>,
    /// How a conversation about it is begun elsewhere, unless it was cancelled.
    pub share: Option<SharePart>,
    /// The released one before it.
    pub previous: Option<Link>,
    /// The released one after it.
    pub next: Option<Link>,
    /// What comes after it, while that is not released.
    pub coming: Option<Coming>,
    /// BCP 47 tag of its words, if they are not in the page's language: for `lang`.
    pub lang: Option<String>,
    /// The name of that language, where nobody has translated it for this run.
    pub untranslated: Option<String>,
}

/// A start date of a rolling intake.
#[derive(Debug, Clone, Serialize)]
pub struct IntakeCard {
    /// The day.
    pub starts: When,
    /// Its page.
    pub href: String,
    /// How many steps are out.
    pub released: usize,
    /// How many there are.
    pub total: usize,
    /// Whether all of it is over.
    pub over: bool,
}

/// One line of an intake's schedule: an item that is out, or a date.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// The item, once it is released.
    pub item: Option<Item>,
    /// The date, before that.
    pub coming: Option<Coming>,
}

/// A run's own page.
#[derive(Debug, Clone, Serialize)]
pub struct RunPage {
    /// Its title.
    pub title: String,
    /// The kind's word.
    pub kind: String,
    /// `coming`, `running` or `over`.
    pub state: &'static str,
    /// The programme's summary.
    pub summary: String,
    /// Why the programme exists.
    pub purpose: String,
    /// What the programme is; HTML.
    pub about: String,
    /// What is particular to this run; HTML.
    pub body: String,
    /// The programme's page.
    pub programme: Link,
    /// Facts of the programme and the run.
    pub facts: Vec<FactLine>,
    /// Whom it is for.
    pub cohort: Option<String>,
    /// Its first day.
    pub starts: When,
    /// Its last day.
    pub ends: Option<When>,
    /// Without the sign.
    pub hashtag: Option<String>,
    /// Where it flows.
    pub channels: Vec<ChannelLink>,
    /// Progress of a counted series.
    pub progress: Option<Progress>,
    /// The newest item that is still open, where no week is on.
    pub today: Option<Item>,
    /// The week that is on.
    pub week: Option<WeekPart>,
    /// Offers and asks.
    pub board: Option<Link>,
    /// Its other pages: what is on now, everything to catch up with, a card to print, what has changed, an archive.
    pub asides: Vec<AsideLink>,
    /// The page from which its frames are copied.
    pub embeds: String,
    /// The last week as text, of a learning flow.
    pub digest: Option<String>,
    /// What lies ahead, the nearest first, a few.
    pub coming: Vec<Coming>,
    /// What is out besides, newest first; a rolling intake's are on the pages of its start dates.
    pub items: Vec<Item>,
    /// Where everything stands that came out before those.
    pub older: Option<String>,
    /// Start dates of a rolling intake, newest first.
    pub intakes: Vec<IntakeCard>,
    /// Its feed.
    pub feed: Link,
    /// Its calendar.
    pub calendar: CalendarLink,
    /// BCP 47 tag of what is said of the programme, if that is not the page's language.
    pub lang: Option<String>,
}

/// A start date's own page.
#[derive(Debug, Clone, Serialize)]
pub struct IntakePage {
    /// The day.
    pub starts: When,
    /// Its run.
    pub run: Link,
    /// What the programme is for.
    pub purpose: String,
    /// Its steps in order.
    pub lines: Vec<Line>,
    /// The same as a calendar.
    pub calendar: CalendarLink,
    /// Where it flows.
    pub channels: Vec<ChannelLink>,
}

/// The front page.
#[derive(Debug, Clone, Serialize)]
pub struct HomePage {
    /// Words of welcome; HTML, may be empty.
    pub welcome: String,
    /// Open now, newest first.
    pub now: Vec<Item>,
    /// What lies ahead, the nearest first.
    pub next: Vec<Coming>,
    /// Recently released and closed again.
    pub recent: Vec<Item>,
    /// Runs that are on.
    pub running: Vec<RunCard>,
    /// Runs that have not begun.
    pub coming: Vec<RunCard>,
    /// Runs that are over.
    pub over: Vec<RunCard>,
}

/// A channel's page.
#[derive(Debug, Clone, Serialize)]
pub struct ChannelPage {
    /// Its name.
    pub title: String,
    /// What it is for.
    pub about: Option<String>,
    /// Its address in the network.
    pub url: Option<String>,
    /// Its feed.
    pub feed: Link,
    /// Its calendar.
    pub calendar: CalendarLink,
    /// The runs that flow into it.
    pub runs: Vec<RunCard>,
    /// What lies ahead.
    pub next: Vec<Coming>,
    /// The last week as text.
    pub digest: String,
    /// The page from which its frames are copied.
    pub embeds: String,
    /// What is out, newest first.
    pub items: Vec<Item>,
}

/// A programme's page: the undated definition. It never shows a clock.
#[derive(Debug, Clone, Serialize)]
pub struct ProgrammePage {
    /// Its title.
    pub title: String,
    /// The kind's word.
    pub kind: String,
    /// Its summary.
    pub summary: String,
    /// Why it exists.
    pub purpose: String,
    /// What it is; HTML.
    pub about: String,
    /// How many activities it has.
    pub count: usize,
    /// Its facts; in the team tree every key.
    pub facts: Vec<FactLine>,
    /// Its runs on this site.
    pub runs: Vec<RunCard>,
    /// The guides for whoever looks after it; public tree only.
    pub roles: Vec<Link>,
    /// Its agenda in elapsed time; team tree only.
    pub agenda: Vec<AgendaLine>,
    /// What its host posts, in elapsed time; team tree only.
    pub script: Vec<ScriptRow>,
    /// What its designer wants to know, for kinds that count; team tree only.
    pub overview: Option<OverviewPart>,
    /// Its activities in full; team tree only.
    pub activities: Vec<ActivityPart>,
    /// BCP 47 tag of its words, if they are not in the page's language: for `lang`.
    pub lang: Option<String>,
}

/// An activity on the team's page of a programme.
#[derive(Debug, Clone, Serialize)]
pub struct ActivityPart {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// Every key.
    pub facts: Vec<FactLine>,
    /// Every section.
    pub sections: Vec<SectionHtml>,
    /// BCP 47 tag of its words, if they are not in the page's language: for `lang`.
    pub lang: Option<String>,
}

/// One row of the team's plan of a run.
#[derive(Debug, Clone, Serialize)]
pub struct PlanRow {
    /// Its id below the run.
    pub key: String,
    /// Anchor on the page.
    pub anchor: String,
    /// Its full title.
    pub title: String,
    /// When.
    pub when: When,
    /// When the meeting ends, if it is one.
    pub ends: Option<When>,
    /// Until when the discussion is hosted.
    pub closes: When,
    /// `planned`, `waiting`, `released`, `cancelled`, `held` or `empty`.
    pub state: &'static str,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// Who speaks.
    pub speaker: Option<String>,
    /// What the calendar moved, what people moved, why it is cancelled or held.
    pub notes: Vec<String>,
    /// Every key.
    pub facts: Vec<FactLine>,
    /// The sheet on the programme's page that has the whole text, if the text is the programme's.
    pub sheet: Option<Link>,
    /// Every section that stands on no sheet, and the guide's.
    pub sections: Vec<SectionHtml>,
    /// The agenda on the clock.
    pub agenda: Vec<AgendaLine>,
    /// BCP 47 tag of its words, if they are not in the page's language: for `lang`.
    pub lang: Option<String>,
    /// What the host posts, on the clock.
    pub script: Vec<ScriptRow>,
    /// What was asked in an event.
    pub asked: Vec<Asked>,
}

/// The team's page of a run: everything, whenever it is due.
#[derive(Debug, Clone, Serialize)]
pub struct PlanPage {
    /// Its title.
    pub title: String,
    /// The kind's word.
    pub kind: String,
    /// The programme's page in the team tree.
    pub programme: Link,
    /// The run's sheet: who does what on which day.
    pub sheet: Link,
    /// The brief for the manager of a team.
    pub brief: Option<String>,
    /// The end report or the notes, to be finished by hand.
    pub skeleton: Option<Link>,
    /// Whether it is a draft.
    pub draft: bool,
    /// Every key of the run.
    pub facts: Vec<FactLine>,
    /// What is particular to this run; HTML.
    pub body: String,
    /// What came of it, where no occurrence shows it; HTML.
    pub notes: String,
    /// The board of a season of sessions.
    pub season: Option<SeasonPart>,
    /// How far ahead a flow is filled, or each rhythm of a community that draws questions.
    pub runways: Vec<Picture>,
    /// What fills the slots of a flow.
    pub pacing: Option<PacingPart>,
    /// Every occurrence in order.
    pub rows: Vec<PlanRow>,
    /// What the calendar dropped.
    pub dropped: Vec<FactLine>,
    /// Ideas that have no slot yet.
    pub ideas: Vec<ActivityPart>,
    /// The cards of those who are brought together, the next to lapse first.
    pub cards: Vec<CardLine>,
}

/// The team's front page.
#[derive(Debug, Clone, Serialize)]
pub struct TeamPage {
    /// Every run.
    pub runs: Vec<RunCard>,
    /// The run sheets, in the order of the runs.
    pub sheets: Vec<Link>,
    /// What each role does.
    pub roles: Vec<Link>,
    /// What everybody does who has a role, by handle.
    pub people: Vec<Link>,
    /// Every programme.
    pub programmes: Vec<Link>,
    /// How each channel is connected, if there are channels.
    pub connect: Option<String>,
}

/// The short notice where something withdrawn used to be.
#[derive(Debug, Clone, Serialize)]
pub struct NoticePage {
    /// What it was called.
    pub title: String,
    /// `12 March 2026`.
    pub withdrawn: String,
}

/// What a page says of itself, whatever it is.
#[derive(Debug, Clone, Serialize)]
pub struct PageHead {
    /// `home`, `run`, `occurrence`, `on-now`, `catch-up`, `participant-card`, `propose`, `changes`, `shelves`, `shelf`, `shelf-week`, `communities`, `intake`, `board`, `channel`, `programme`, `notice`, `redirect`, `not-found`,
    /// `archive`, `archive-month`, `archive-kind`, `calendar`, `roles`, `role`, `search`, `embed`, `embeds`, `team`, `plan`,
    /// `definition`, `manager-brief`, `speaker-card`, `skeleton`, `run-sheet`, `minute-sheet`, `role-sheet`, `connect`, `connect-sheet`.
    pub kind: &'static str,
    /// The title, without the site's.
    pub title: String,
    /// At most 250 characters.
    pub description: String,
    /// Absolute address.
    pub url: String,
    /// What leads from the page to the site's root: `../../`.
    pub root: String,
    /// BCP 47.
    pub language: String,
    /// Feeds of this page, the narrowest first.
    pub feeds: Vec<FeedLink>,
    /// What tells how to embed the page: the whole address of its `oembed.json`.
    pub oembed: Option<String>,
    /// Where a redirect leads.
    pub to: Option<String>,
}

/// What every page knows of the site.
#[derive(Debug, Clone, Serialize)]
pub struct SiteHead {
    /// Its name.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Absolute address with a slash at the end.
    pub base_url: String,
    /// `public` or `team`.
    pub tree: &'static str,
    /// Where the network is.
    pub network_home: Option<String>,
    /// Channels: `href` is relative to the site's root, so write `{{ page.root }}{{ c.href }}`.
    pub channels: Vec<ChannelLink>,
    /// Whether there are role guides.
    pub roles: bool,
    /// Whether there is a directory of communities; public tree only.
    pub communities: bool,
    /// Interface words: `t.minutes`, `t.section_do` … from `layouts/strings/<language>.yaml`.
    pub t: BTreeMap<String, String>,
    /// `learnflow 0.1.0`.
    pub generator: String,
    /// The version of all this: `1`.
    pub version: u32,
}
