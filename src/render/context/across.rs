//! What the pages across runs see: archive, calendar, role guides, search.

use super::{CalendarLink, ChannelLink, Coming, Item, Link, RunCard, When};
use serde::Serialize;

/// A page of the archive, with how much is on it.
#[derive(Debug, Clone, Serialize)]
pub struct Counted {
    /// `March 2026`, `Challenge`, or a run's title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// What tells it from others of that title: whom a run is for.
    pub note: Option<String>,
    /// How many rows it has.
    pub count: usize,
}

/// The front page of the archive.
#[derive(Debug, Clone, Serialize)]
pub struct ArchivePage {
    /// Each kind that has a run.
    pub kinds: Vec<Counted>,
    /// Each run; its own page is its archive.
    pub runs: Vec<Counted>,
    /// Each month in which something came out, newest first.
    pub months: Vec<Counted>,
}

/// Something that came out, in the archive: its title and where it belongs.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveRow {
    /// `Day 3: Say hello`, or `Starters of 2 March 2026`.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Of a start date, how many of its steps came out.
    pub steps: Option<usize>,
    /// Whether it was cancelled.
    pub cancelled: bool,
    /// Its run.
    pub run: Link,
    /// BCP 47 tag of its title, if that is not the site's language.
    pub lang: Option<String>,
}

/// A day of the archive.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveDay {
    /// `2026-03-02`, for `<time datetime>`.
    pub iso: String,
    /// `Monday 2 March 2026`.
    pub date: String,
    /// What came out, the newest first.
    pub rows: Vec<ArchiveRow>,
}

/// The archive of a month.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveMonthPage {
    /// `March 2026`.
    pub title: String,
    /// Its days on which something came out, newest first.
    pub days: Vec<ArchiveDay>,
    /// The month before it that has something.
    pub previous: Option<Link>,
    /// The month after it that has something.
    pub next: Option<Link>,
    /// The same month in the calendar.
    pub calendar: Option<Link>,
}

/// The archive of a kind.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveKindPage {
    /// The kind's word: `Challenge`.
    pub title: String,
    /// Every run of the kind.
    pub runs: Vec<RunCard>,
    /// The newest of what came out, by day.
    pub days: Vec<ArchiveDay>,
    /// How many older rows stand on the pages of the runs and months alone.
    pub older: usize,
}

/// The archive of a flow, or the weeks of one of its years.
#[derive(Debug, Clone, Serialize)]
pub struct ShelvesPage {
    /// The run.
    pub run: Link,
    /// `2026`; nothing on the first page.
    pub year: Option<String>,
    /// The weeks of the newest year, or of this one, newest first.
    pub weeks: Vec<Counted>,
    /// Every year, newest first, where there are several.
    pub years: Vec<Counted>,
    /// Every theme.
    pub themes: Vec<Counted>,
    /// Every source that the site has on its list.
    pub sources: Vec<Counted>,
    /// Every format.
    pub formats: Vec<Counted>,
}

/// What a flow brought of one theme or source, or in one format.
#[derive(Debug, Clone, Serialize)]
pub struct ShelfPage {
    /// The run.
    pub run: Link,
    /// The archive of the run.
    pub archive: String,
    /// `themes`, `sources` or `formats`.
    pub by: &'static str,
    /// Its name.
    pub title: String,
    /// The newest of what came out, by day.
    pub days: Vec<ArchiveDay>,
    /// How many older rows stand on the pages of the weeks alone.
    pub older: usize,
}

/// A week of a flow.
#[derive(Debug, Clone, Serialize)]
pub struct ShelfWeekPage {
    /// The run.
    pub run: Link,
    /// The archive of the run.
    pub archive: String,
    /// `Week of 2 March 2026`.
    pub title: String,
    /// Its themes.
    pub themes: Vec<Link>,
    /// What came out in it, in order.
    pub items: Vec<Item>,
    /// What of it lies ahead.
    pub coming: Vec<Coming>,
    /// Where the flow is talked about.
    pub channels: Vec<ChannelLink>,
    /// The week before it that has something.
    pub previous: Option<Link>,
    /// The week after it that has something.
    pub next: Option<Link>,
}

/// A month of the calendar.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarPage {
    /// The month; nothing while the site has neither released nor announced anything.
    pub month: Option<CalendarMonth>,
    /// All of it, to subscribe to.
    pub subscribe: CalendarLink,
}

/// The month itself.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarMonth {
    /// `March 2026`.
    pub title: String,
    /// The zone of every hour that names none.
    pub zone: String,
    /// `Monday` and so on: the seven days in the order of the site's week.
    pub weekdays: Vec<String>,
    /// Its weeks of seven cells each; a cell without a day belongs to another month.
    pub weeks: Vec<Vec<Option<CalendarDay>>>,
    /// The month before it that has something.
    pub previous: Option<Link>,
    /// The month after it that has something.
    pub next: Option<Link>,
}

/// A day of the calendar.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarDay {
    /// `2026-03-02`, for `<time datetime>`.
    pub iso: String,
    /// `2`.
    pub number: i8,
    /// `Monday 2 March 2026`.
    pub date: String,
    /// Whether people work on it: not on a holiday, nor outside the site's week.
    pub working: bool,
    /// The holiday's name.
    pub holiday: Option<String>,
    /// What is on it, in the order of the hours, a few.
    pub entries: Vec<CalendarEntry>,
    /// How many more there are; the title says so, the address is the archive's.
    pub more: Option<Link>,
}

/// Something on a day of the calendar.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarEntry {
    /// The title of what is out or announced, `Day 9` of what is not, or nothing.
    pub title: Option<String>,
    /// Its page, once there is one.
    pub href: Option<String>,
    /// When; of a start date, the day.
    pub when: When,
    /// When the meeting ends, if it is one.
    pub ends: Option<When>,
    /// `out`, `ahead` or `starts`.
    pub state: &'static str,
    /// Whether it does not happen.
    pub cancelled: bool,
    /// Its run.
    pub run: Link,
    /// BCP 47 tag of its title, if that is not the site's language.
    pub lang: Option<String>,
}

/// The list of role guides.
#[derive(Debug, Clone, Serialize)]
pub struct RolesPage {
    /// Every guide.
    pub roles: Vec<RoleCard>,
}

/// A role guide in a list.
#[derive(Debug, Clone, Serialize)]
pub struct RoleCard {
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Its summary.
    pub summary: String,
    /// The words of the kinds it looks after.
    pub ways: Vec<String>,
    /// BCP 47, where it differs from the page's.
    pub language: Option<String>,
}

/// A role guide.
#[derive(Debug, Clone, Serialize)]
pub struct RolePage {
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// The guide; HTML.
    pub guide: String,
    /// The words of the kinds it looks after.
    pub ways: Vec<String>,
    /// The programmes of those kinds that run here.
    pub programmes: Vec<Link>,
    /// BCP 47, where it differs from the page's.
    pub language: Option<String>,
}

/// The page of the search. What it finds, `search.js` reads from the files in `search/`.
#[derive(Debug, Clone, Serialize)]
pub struct SearchPage {
    /// The address of the script.
    pub script: String,
    /// The months of the archive, newest first, for whoever searches without a script.
    pub months: Vec<Counted>,
}
