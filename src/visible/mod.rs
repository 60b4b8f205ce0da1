//! Room 3: what a tree may know at this moment. Runs before `render`, so a page, a feed or a list
//! cannot show what is not out: it never receives it.

mod addresses;
mod ahead;
mod archive;
mod calendar;
mod call;
mod communities;
mod diary;
mod embeds;
mod evergreens;
mod feeds;
mod guides;
mod people;
mod published;
mod rota;
mod shelves;
mod skeleton;
mod team;
mod weeks;

use crate::document::Audience;
use crate::markdown;
use crate::model::{
    Blank, Channel, Elsewhere, Event, Fact, Id, Kind, Library, Markdown, Moment, Moved, Name,
    Occurrence, Plan, PlannedRun, Rare, Run, Section, Site, State, Words, same_language,
};
use crate::plan;
use jiff::Timestamp;
use jiff::civil::Date;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

pub use addresses::{Addresses, To, resolve as resolve_address};
pub use ahead::{Ahead, Intake, Square, SquareState, Step, nearest};
pub use archive::{Archive, OfKind, Out, What};
pub use calendar::{Dated, Mark, Month, current as current_month};
pub use call::{Free, OpenCall};
pub use communities::{COMMUNITIES, Community, Standing};
pub use diary::{Appointment, Diary, Gone, Identity};
pub use embeds::{Around, newest_week};
pub use feeds::{Feed, FeedEntry};
pub use guides::SeenRole;
pub use people::{Board, People, Person, Spoken, Topic};
pub use published::Published;
pub use rota::{Due, Place, Post, Rota, Whose, week_of};
pub use shelves::{By, Shelf, Shelves, Week};
pub use skeleton::Skeleton;
pub use team::{CardState, TeamActivity, TeamCard, TeamProgramme, TeamRun, TeamView, team};

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Its first day lies ahead.
    Coming,
    /// It is on.
    Running,
    /// It is over; everything stays where it is.
    Over,
}

/// Everything the public tree of a site may show.
#[derive(Debug)]
pub struct View<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its runs, in the order of their ids.
    pub runs: Vec<SeenRun<'a>>,
    /// Its channels.
    pub channels: Vec<SeenChannel<'a>>,
    /// Programmes that have a run here.
    pub programmes: Vec<SeenProgramme<'a>>,
    /// The role guides.
    pub roles: Vec<SeenRole<'a>>,
    /// What is out, by month and kind.
    pub archive: Archive,
    /// The months of the calendar.
    pub months: Vec<Month>,
    /// The archives of its flows.
    pub shelves: Vec<Shelves>,
    /// Its communities.
    pub communities: Vec<Community>,
    /// What was published, and when; its feeds.
    pub published: Published,
    /// Pages of what was withdrawn: path, title, day.
    pub notices: Vec<(String, String, Date)>,
    /// Former addresses: path, and the path it leads to.
    pub redirects: Vec<(String, String)>,
    /// Where documents and images are.
    pub addresses: Addresses,
}

/// A run as the public may see it.
#[derive(Debug)]
pub struct SeenRun<'a> {
    /// Its id.
    pub id: &'a Id,
    /// Its page below the root, ends with `/`.
    pub path: String,
    /// Its title.
    pub title: &'a str,
    /// Its kind.
    pub kind: &'static Kind,
    /// Zone of its times.
    pub zone: (&'a jiff::tz::TimeZone, &'a str),
    /// The programme's address below the root.
    pub programme_path: String,
    /// The programme's title.
    pub programme_title: &'a str,
    /// The programme's summary.
    pub summary: &'a str,
    /// Why the programme exists.
    pub purpose: &'a str,
    /// What the programme is.
    pub about: &'a Markdown,
    /// What is particular to this run.
    pub body: &'a Markdown,
    /// Facts for everybody.
    pub facts: Vec<Fact>,
    /// Whom it is for.
    pub cohort: Option<&'a str>,
    /// Its hashtag.
    pub hashtag: Option<&'a str>,
    /// Zones in which its events are told besides.
    pub elsewhere: &'a [Elsewhere],
    /// Its channels.
    pub channels: Vec<&'a Channel>,
    /// When it begins and ends.
    pub span: (Timestamp, Option<Timestamp>),
    /// How far it has come.
    pub stage: Stage,
    /// What is out, oldest first.
    pub items: Vec<Seen>,
    /// What lies ahead, nearest first.
    pub ahead: Vec<Ahead>,
    /// What was announced, called off, and would be past.
    pub called_off: Vec<Ahead>,
    /// What was out and was withdrawn.
    pub gone: Vec<Gone>,
    /// A counted series, in order.
    pub squares: Vec<Square>,
    /// Start dates of a rolling intake.
    pub intakes: Vec<Intake>,
    /// BCP 47 tag of what is said of the programme, if that is not the site's language.
    pub language: Option<String>,
    /// Index of the item that opened the week that is on.
    pub week: Option<usize>,
    /// Offers and asks, if the run has a board.
    pub board: Option<Board<'a>>,
    /// How a session is offered, if the run calls for some.
    pub call: Option<OpenCall<'a>>,
    /// It follows a rhythm, has no last day and counts to no number.
    pub endless: bool,
    run: &'a Run,
}

/// Something that is out.
#[derive(Debug)]
pub struct Seen {
    name: Name,
    /// `Day 3`.
    pub label: Option<Arc<str>>,
    /// Its words.
    pub words: Arc<Words>,
    /// When it was due.
    pub due: Timestamp,
    /// When the discussion ends.
    pub closes: Timestamp,
    /// Whether it is still hosted.
    pub open: bool,
    /// Whether it left the current lists.
    pub expired: bool,
    /// Whether its event is on, where a frame shows that.
    pub under_way: bool,
    /// Whether it was announced itself.
    pub announced: bool,
    /// Its place in a counted series.
    pub number: Option<u32>,
    /// It opens a part of its run, such as a week.
    pub opens: bool,
    /// It invites to something: what it says is no question.
    pub invites: bool,
    /// Whether it stands in calendars that people subscribe to.
    pub in_diary: bool,
    /// Whether its run speaks another language: nobody has translated it.
    pub untranslated: bool,
    besides: Rare<SeenBesides>,
}

/// What only some of what is out has. Each reads it like its own fields.
#[derive(Debug, Default, PartialEq)]
pub struct SeenBesides {
    /// The meeting.
    pub event: Option<Event>,
    /// The meeting it announces.
    pub announces: Option<Event>,
    /// Why it is cancelled.
    pub cancelled: Option<String>,
    /// What people moved.
    pub moved: Vec<Moved>,
    /// What the calendar moved.
    pub why: Option<String>,
    /// The start day of its intake.
    pub intake: Option<Date>,
    /// For a digest or the opening of a week: the keys of what it lists.
    pub gathers: Vec<String>,
    /// What belongs to that part and is not out yet.
    pub later: Vec<Ahead>,
    /// Who speaks.
    pub speaker: Option<Spoken>,
    /// BCP 47 tag of its words, if that is not the site's language.
    pub language: Option<String>,
}

impl Blank for SeenBesides {
    fn blank() -> &'static Self {
        static BLANK: SeenBesides = SeenBesides {
            event: None,
            announces: None,
            cancelled: None,
            moved: Vec::new(),
            why: None,
            intake: None,
            gathers: Vec::new(),
            later: Vec::new(),
            speaker: None,
            language: None,
        };
        &BLANK
    }
}

impl Deref for Seen {
    type Target = SeenBesides;

    fn deref(&self) -> &SeenBesides {
        &self.besides
    }
}

impl Seen {
    /// The last part of its GUID.
    pub fn key(&self) -> &str {
        self.name.key()
    }

    /// Its page below the root.
    pub fn path(&self) -> &str {
        self.name.path()
    }

    /// `<run>/<key>`: its name in the ledger.
    pub fn id(&self) -> &str {
        self.name.id()
    }

    /// Its full title.
    pub fn title(&self) -> String {
        self.words.under(self.label.as_deref())
    }

    /// One or two plain sentences for lists: the author's, else the first of the text, which is read for it.
    pub fn summary(&self) -> Cow<'_, str> {
        if let Some(summary) = &self.words.summary {
            return summary.into();
        }
        let order = [
            Section::WhyThis,
            Section::Do,
            Section::Words,
            Section::Share,
        ];
        let part = |section: &Section| {
            let mut parts = self.words.parts.iter();
            parts.find(|part| part.section == *section)
        };
        let first = order.iter().find_map(part);
        first.map_or(Cow::default(), |part| {
            markdown::shorten(&markdown::first_paragraph(part.text.as_str()), 240).into()
        })
    }
}

/// A channel as the public may see it.
#[derive(Debug)]
pub struct SeenChannel<'a> {
    /// The channel.
    pub channel: &'a Channel,
    /// Its page below the root.
    pub path: String,
    /// Indexes of the runs that flow into it.
    pub runs: Vec<usize>,
}

/// An undated definition as the public may see it.
#[derive(Debug)]
pub struct SeenProgramme<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its kind.
    pub kind: &'static Kind,
    /// Its page below the root.
    pub path: String,
    /// Its summary.
    pub summary: &'a str,
    /// Why it exists.
    pub purpose: &'a str,
    /// What it is.
    pub about: &'a Markdown,
    /// How many activities it has.
    pub count: usize,
    /// Facts for everybody.
    pub facts: Vec<Fact>,
    /// Indexes of its runs.
    pub runs: Vec<usize>,
    /// BCP 47 tag of its words, if that is not the site's language.
    pub language: Option<String>,
}

/// What the public tree may show. Of the ledger it needs no more than what is published.
pub fn public<'a>(
    library: &'a Library,
    site: &'a Site,
    plan: &Plan<'a>,
    published: Published,
    moment: &Moment,
) -> View<'a> {
    let now = moment.now();
    let people = People::of(library, site);
    let (runs, moments): (Vec<SeenRun>, Vec<Moment>) = plan
        .runs
        .par_iter()
        .filter(|run| !run.run.draft)
        .map(|run| {
            let moment = Moment::new(now);
            (seen_run(run, plan, people, site, &moment), moment)
        })
        .unzip();
    for other in moments {
        moment.absorb(other);
    }
    let with = |wanted: &dyn Fn(&PlannedRun) -> bool| -> Vec<usize> {
        let planned = plan.runs.iter().filter(|run| !run.run.draft);
        let found = planned.enumerate().filter(|(_, run)| wanted(run));
        found.map(|(index, _)| index).collect()
    };
    let channels = site
        .channels
        .iter()
        .map(|channel| SeenChannel {
            channel,
            path: format!("channels/{}/", channel.id),
            runs: with(&|run| run.run.channels.contains(&channel.id)),
        })
        .collect();
    let programmes: Vec<SeenProgramme> = plan::programmes(plan)
        .into_iter()
        .filter_map(|programme| {
            let runs = with(&|run| run.programme.id == programme.id);
            let written = site.language_of(&programme.tongue, programme, &site.language);
            (!runs.is_empty()).then(|| SeenProgramme {
                title: &programme.title,
                kind: programme.kind,
                path: programme_path(&programme.slug),
                summary: &programme.summary,
                purpose: &programme.purpose,
                about: &programme.body,
                count: programme.activities.iter().filter(|a| !a.spare).count(),
                facts: for_everybody(&programme.facts, Audience::Run),
                runs,
                language: site.other_language(written),
            })
        })
        .collect();
    let roles = library.roles.values().map(|role| {
        let looks_after = |(_, programme): &(usize, &SeenProgramme)| {
            let kind = programme.kind.name;
            role.ways.iter().any(|way| way.name == kind)
        };
        let found = programmes.iter().enumerate().filter(looks_after);
        SeenRole {
            role: library.role(role, &site.language),
            path: plan::role_path(&role.id),
            programmes: found.map(|(index, _)| index).collect(),
        }
    });
    let roles = roles.collect();
    let notices = plan
        .withdrawn
        .iter()
        .filter_map(|call| {
            let path = call.entry.link.strip_prefix(&site.base_url)?;
            let day = call.entry.withdrawn?;
            Some((path.to_owned(), call.entry.frozen.title.clone(), day))
        })
        .collect();
    let mut view = View {
        site,
        notices,
        redirects: addresses::redirects(plan, &published, &runs),
        published,
        addresses: Addresses::default(),
        archive: archive::archive(&runs),
        months: calendar::months(&runs),
        shelves: shelves::shelves(library, site, &runs),
        communities: communities::communities(&runs, plan, moment),
        runs,
        channels,
        programmes,
        roles,
    };
    view.addresses = addresses::public(library, plan, &view);
    view
}

/// The page of a programme.
fn programme_path(slug: &str) -> String {
    format!("programmes/{slug}/")
}

/// The facts that pages list for everybody up to an audience.
fn for_everybody(facts: &[Fact], up_to: Audience) -> Vec<Fact> {
    facts
        .iter()
        .filter(|fact| fact.listed && fact.audience <= up_to)
        .cloned()
        .collect()
}

fn seen_run<'a>(
    planned: &PlannedRun<'a>,
    plan: &Plan,
    people: People<'a>,
    site: &'a Site,
    moment: &Moment,
) -> SeenRun<'a> {
    let (run, programme) = (planned.run, planned.programme);
    let span = plan::span(planned);
    let stage = if !moment.passed(span.0, || format!("{} begins", planned.title)) {
        Stage::Coming
    } else if span
        .1
        .is_some_and(|ends| moment.passed(ends, || format!("{} is over", planned.title)))
    {
        Stage::Over
    } else {
        Stage::Running
    };
    let released = planned.occurrences.iter().filter(|o| o.is_released());
    let mut items: Vec<Seen> = Vec::with_capacity(released.clone().count());
    for occurrence in released {
        let seen = seen(occurrence, planned, people, site, moment, &items);
        items.push(seen);
    }
    weeks::gather(planned, &mut items, &|o| {
        ahead::one(o, planned, people, moment)
    });
    let written = site.language_of(&programme.tongue, programme, &site.language);
    let consent = programme.design.consent().filter(|consent| consent.board);
    let counted = planned.occurrences.iter().any(|o| o.number.is_some());
    let title: &'a str = run.title.as_deref().unwrap_or(&programme.title);
    SeenRun {
        id: &run.id,
        path: format!("{}/", run.id),
        title,
        kind: programme.kind,
        zone: (&run.zone, &run.zone_name),
        programme_path: programme_path(&programme.slug),
        programme_title: &programme.title,
        summary: &programme.summary,
        purpose: &programme.purpose,
        about: &programme.body,
        body: &run.body,
        facts: for_everybody(&programme.facts, Audience::Run),
        cohort: run.cohort.as_deref(),
        hashtag: planned.hashtag(),
        elsewhere: run.zones.as_deref().unwrap_or(&site.zones),
        channels: run
            .channels
            .iter()
            .filter_map(|id| site.channel(id))
            .collect(),
        span,
        stage,
        ahead: ahead::ahead(planned, people, moment),
        called_off: ahead::called_off(planned, people, moment),
        gone: Gone::of(plan, run),
        squares: ahead::squares(planned, &items),
        intakes: ahead::intakes(planned, people, moment),
        week: weeks::current(&items, stage),
        board: consent.map(|consent| people.board(&run.id, consent, moment)),
        call: call::call(planned, moment),
        endless: run.ends.is_none() && planned.gap_days.is_some() && !counted,
        items,
        language: site.other_language(written),
        run,
    }
}

fn seen(
    occurrence: &Occurrence,
    run: &PlannedRun,
    people: People,
    site: &Site,
    moment: &Moment,
    before: &[Seen],
) -> Seen {
    let expired = occurrence.expires.is_some_and(|at| {
        moment.passed(at, || {
            format!("{}: {} expires", run.title, occurrence.key())
        })
    });
    let event = occurrence
        .invites
        .as_ref()
        .and_then(|key| run.occurrence(key));
    // Who follows an invitation to an event that is called off reads it there.
    let called_off = event
        .filter(|event| {
            let announces = event.announced_by.as_deref() == Some(occurrence.key());
            event.event.is_some() && (announces || occurrence.part_of.is_some())
        })
        .and_then(|event| event.cancelled.clone());
    let cancelled = occurrence.cancelled.clone().or(called_off);
    let invited = event
        // Nobody knows when an event takes place that is held.
        .filter(|event| event.state != State::Held)
        .and_then(|event| event.event);
    // An instant is asked about only where the answer is shown: what is called off or out of date says
    // nothing of its discussion, and an invitation is current until its event begins.
    let open = cancelled.is_none()
        && !expired
        && match invited {
            Some(event) => !moment.passed(event.starts, || {
                format!("{}: {} is no longer ahead", run.title, occurrence.key())
            }),
            None => !moment.passed(occurrence.closes, || {
                format!("{}: the discussion of {} ends", run.title, occurrence.key())
            }),
        };
    let words = occurrence.words.public().clone();
    let gathers = match occurrence.words.digest_from {
        Some(from) => before
            .iter()
            .filter(|item| {
                let day = item.due.to_zoned_datetime(run.run.zone.clone()).date();
                item.words.digest_from.is_none() && day >= from && item.due < occurrence.due
            })
            .map(|item| item.key().to_owned())
            .collect(),
        None => Vec::new(),
    };
    let besides = SeenBesides {
        event: occurrence.event,
        announces: invited,
        cancelled,
        moved: occurrence.moved.clone(),
        why: occurrence.why.clone(),
        intake: occurrence.intake,
        gathers,
        later: Vec::new(),
        speaker: occurrence
            .words
            .speaker
            .as_ref()
            .and_then(|speaker| people.speaker(speaker, moment)),
        language: occurrence.language.clone(),
    };
    Seen {
        name: occurrence.name.clone(),
        label: occurrence.label.clone(),
        words,
        due: occurrence.due,
        closes: occurrence.closes,
        open,
        expired,
        under_way: embeds::under_way(occurrence, run, moment),
        announced: occurrence.announced_by.is_some(),
        number: occurrence.number,
        opens: occurrence.opens,
        invites: occurrence.invites.is_some(),
        in_diary: diary::takes(occurrence),
        untranslated: !same_language(occurrence.language(site), run.run.language(site)),
        besides: besides.into(),
    }
}

/// A table of the items of a run by key.
pub fn by_key<'v>(run: &'v SeenRun) -> BTreeMap<&'v str, &'v Seen> {
    run.items.iter().map(|item| (item.key(), item)).collect()
}
