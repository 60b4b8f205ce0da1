//! What layouts see of duties: who does what when, with the post that is ready to be pasted. Team tree only.

use super::{AgendaLine, ChannelLink, Link, ScriptRow, ThereLine, When};
use serde::Serialize;

/// The sheet of a run: every dated duty, for whoever looks after it.
#[derive(Debug, Clone, Serialize)]
pub struct SheetPage {
    /// The run's title.
    pub title: String,
    /// The kind's word.
    pub kind: String,
    /// Whether the run is a draft.
    pub draft: bool,
    /// The run's plan, with every text in full.
    pub plan: Link,
    /// Where it happens.
    pub channels: Vec<ChannelLink>,
    /// Who does it.
    pub roles: Vec<RoleLine>,
    /// All its posts in one file of plain text; none where the run is over.
    pub pack: Option<Link>,
    /// The pages with what is posted or done at which minute.
    pub minutes: Vec<Link>,
    /// The zone of every time that names none.
    pub zone: String,
    /// This week's place on the page, if it has one.
    pub now: Option<Link>,
    /// The duties, week by week.
    pub weeks: Vec<DutyWeek>,
    /// The texts that come again for other starters, once each.
    pub texts: Vec<PostBlock>,
    /// BCP 47 tag of the run's title, if it is not in the page's language.
    pub lang: Option<String>,
}

/// What somebody does who has a role, or whoever is behind a handle, over all runs of the site: four weeks of it.
#[derive(Debug, Clone, Serialize)]
pub struct DutiesPage {
    /// The role, or the handle.
    pub title: String,
    /// The role's guide; its address is absolute.
    pub guide: Option<Link>,
    /// The same for a calendar.
    pub calendar: Link,
    /// From which day to which it shows them.
    pub span: String,
    /// The duties, week by week.
    pub weeks: Vec<DutyWeek>,
    /// In which runs, and what comes next in each.
    pub runs: Vec<DutyRun>,
}

/// What an event's host has before them: large, and nothing else.
#[derive(Debug, Clone, Serialize)]
pub struct MinutesPage {
    /// The event's title.
    pub title: String,
    /// The run's sheet.
    pub sheet: Link,
    /// When it begins.
    pub when: When,
    /// When it ends.
    pub ends: When,
    /// When it begins elsewhere, its own place first.
    pub there: Vec<ThereLine>,
    /// Where it happens.
    pub channels: Vec<ChannelLink>,
    /// What is posted, minute by minute.
    pub script: Vec<MinuteLine>,
    /// What happens, minute by minute, and what is said.
    pub agenda: Vec<AgendaLine>,
    /// BCP 47 tag of the texts, if they are not in the page's language.
    pub lang: Option<String>,
}

/// One post of a minute sheet.
#[derive(Debug, Clone, Serialize)]
pub struct MinuteLine {
    /// The post with its minute.
    pub line: ScriptRow,
    /// The same minute elsewhere, its own place first.
    pub there: Vec<ThereLine>,
}

/// Somebody's role in a run.
#[derive(Debug, Clone, Serialize)]
pub struct RoleLine {
    /// The role and its page.
    pub role: Link,
    /// The handle and its page.
    pub handle: Option<Link>,
}

/// A run in which somebody has a role.
#[derive(Debug, Clone, Serialize)]
pub struct DutyRun {
    /// The run's sheet.
    pub sheet: Link,
    /// The roles there.
    pub roles: Vec<RoleLine>,
    /// `coming`, `running` or `over`.
    pub state: &'static str,
    /// The day of the next duty.
    pub next: Option<When>,
    /// BCP 47 tag of the run's title, if it is not in the page's language.
    pub lang: Option<String>,
}

/// The duties of one week.
#[derive(Debug, Clone, Serialize)]
pub struct DutyWeek {
    /// Its name on the page.
    pub anchor: String,
    /// `Week of 2 March 2026`.
    pub title: String,
    /// Its days that have any.
    pub days: Vec<DutyDay>,
    /// In a rolling intake, who is at which step in that week.
    pub intakes: Vec<IntakeStep>,
}

/// Where the starters of one day are in a week.
#[derive(Debug, Clone, Serialize)]
pub struct IntakeStep {
    /// `Starters of 2 March`.
    pub whose: String,
    /// `step 3 of 9`: the last to which they have come.
    pub words: String,
    /// What that step is called.
    pub title: String,
    /// Their page, if it is public; the address is absolute.
    pub href: Option<String>,
    /// BCP 47 tag of the step's title, if it is not in the page's language.
    pub lang: Option<String>,
}

/// The duties of one day.
#[derive(Debug, Clone, Serialize)]
pub struct DutyDay {
    /// The day; its time means nothing.
    pub when: When,
    /// What is due at an hour first, then what can be done at any.
    pub duties: Vec<DutyLine>,
}

/// One duty.
#[derive(Debug, Clone, Serialize)]
pub struct DutyLine {
    /// Its name on the page of its run.
    pub anchor: String,
    /// Its hour; none for any time of the day.
    pub when: Option<When>,
    /// The same hour elsewhere.
    pub there: Vec<ThereLine>,
    /// What is to be done.
    pub what: String,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// Who does it, where several do different things.
    pub roles: Vec<String>,
    /// The run's sheet at this duty, where the page has more than one run.
    pub run: Option<Link>,
    /// Where to do it.
    pub channels: Vec<ChannelLink>,
    /// The post, ready to be pasted.
    pub post: Option<PostBlock>,
    /// Where the post stands that comes again for other starters.
    pub text: Option<Link>,
    /// The address to be posted with it then; it is absolute.
    pub link: Option<String>,
    /// What to post where nobody answers.
    pub if_quiet: Option<String>,
    /// What to ask or to take along.
    pub list: Vec<String>,
    /// The page with what is posted or done at which minute.
    pub minute_sheet: Option<Link>,
    /// Whether what it is about is called off.
    pub is_off: bool,
    /// Why it is.
    pub cancelled: Option<String>,
}

/// The cards of those who open an activity, to be cut apart or sent one by one.
#[derive(Debug, Clone, Serialize)]
pub struct PostersPage {
    /// The team's plan of the run.
    pub plan: Link,
    /// A card an activity, in the order of the days.
    pub cards: Vec<PosterCard>,
    /// Where it happens.
    pub channels: Vec<ChannelLink>,
}

/// The card of somebody who opens an activity.
#[derive(Debug, Clone, Serialize)]
pub struct PosterCard {
    /// Who opens it.
    pub whom: String,
    /// What is opened.
    pub title: String,
    /// When it comes out.
    pub when: When,
    /// The text, ready to be pasted, or to be bent until it sounds like them.
    pub post: PostBlock,
}

/// A post, ready to be pasted.
#[derive(Debug, Clone, Serialize)]
pub struct PostBlock {
    /// Its name on the page.
    pub anchor: String,
    /// What it is called, where it stands by itself.
    pub title: String,
    /// The text, with its address below it.
    pub text: String,
    /// `148 characters`.
    pub length: String,
    /// The same as a file; none where the run is over.
    pub file: Option<String>,
    /// BCP 47 tag of the text, if it is not in the page's language.
    pub lang: Option<String>,
}
