//! What the learning team may see: everything, at every moment.

use super::{Addresses, Rota, Stage, addresses, rota};
use crate::model::{
    AgendaItem, Card, Fact, Library, Moment, Occurrence, Part, Plan, PlannedRun, Programme,
    Resource, Run, ScriptLine, Session, Site,
};
use crate::plan;
use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;

/// Everything of a site.
#[derive(Debug)]
pub struct TeamView<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its runs, drafts too.
    pub runs: Vec<TeamRun<'a>>,
    /// Every programme of the library.
    pub programmes: Vec<TeamProgramme<'a>>,
    /// What is to be done, by role.
    pub roles: Vec<Rota<'a>>,
    /// What is to be done, by the handle of whoever does it.
    pub people: Vec<Rota<'a>>,
    /// The day on the site's clock.
    pub today: Date,
    /// Everything that was read.
    pub library: &'a Library,
    /// Where documents and images are.
    pub addresses: Addresses,
}

/// A run with everything that will happen.
#[derive(Debug)]
pub struct TeamRun<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its plan.
    pub planned: &'a PlannedRun<'a>,
    /// Its title.
    pub title: &'a str,
    /// Its programme.
    pub programme: &'a Programme,
    /// How far it has come.
    pub stage: Stage,
    /// When it begins and ends.
    pub span: (Timestamp, Option<Timestamp>),
    /// Every occurrence.
    pub rows: &'a [Occurrence],
    /// What the calendar dropped.
    pub dropped: &'a [(Date, String)],
    /// Ideas without a slot.
    pub ideas: Vec<TeamActivity<'a>>,
    /// The cards of the site, the next to lapse first, for runs that bring people together.
    pub cards: Vec<TeamCard<'a>>,
}

/// A card, and whether it is shown.
#[derive(Debug)]
pub struct TeamCard<'a> {
    /// The card.
    pub card: &'a Card,
    /// How long it is shown.
    pub state: CardState,
}

/// How long a card is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardState {
    /// It is not shown any more.
    Lapsed,
    /// It lapses within a month.
    Soon,
    /// It is shown.
    Valid,
}

/// A programme in full.
#[derive(Debug)]
pub struct TeamProgramme<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// Its activities in full.
    pub activities: Vec<TeamActivity<'a>>,
    /// Its agenda.
    pub agenda: &'a [AgendaItem],
    /// What its host posts.
    pub script: Vec<ScriptLine>,
}

/// An activity or idea in full.
#[derive(Debug)]
pub struct TeamActivity<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// Every section: what everybody reads, then what is the guide's.
    pub parts: [&'a [Part]; 2],
    /// Every key.
    pub facts: &'a [Fact],
    /// What it points to.
    pub resources: &'a [Resource],
    /// BCP 47 tag of its words, if they are not in the site's language.
    pub language: Option<String>,
}

/// The team's view of a site.
pub fn team<'a>(
    library: &'a Library,
    site: &'a Site,
    plan: &'a Plan<'a>,
    moment: &Moment,
) -> TeamView<'a> {
    let runs: Vec<TeamRun> = plan
        .runs
        .iter()
        .map(|run| team_run(run, library, site, moment))
        .collect();
    // All of them, with a run here or not: a text that waits for its run is looked after as well.
    let programmes = library
        .programmes
        .keys()
        .filter_map(|id| library.programme(id, &site.language))
        .map(|programme| TeamProgramme {
            programme,
            activities: programme
                .activities
                .iter()
                .map(|a| {
                    let written = site.language_of(&a.words.tongue, programme, &site.language);
                    TeamActivity {
                        id: &a.id,
                        title: &a.words.title,
                        minutes: a.words.minutes,
                        parts: a.words.sections(),
                        facts: a.words.every_fact(),
                        resources: &a.words.resources,
                        language: site.other_language(written),
                    }
                })
                .collect(),
            agenda: programme.design.agenda(),
            script: programme.design.script(),
        })
        .collect();
    let (roles, people) = rota::rotas(&runs, library, site, moment);
    let mut view = TeamView {
        site,
        runs,
        programmes,
        roles,
        people,
        today: moment.today(&site.zone),
        library,
        addresses: Addresses::default(),
    };
    view.addresses = addresses::team(library, &view);
    view
}

/// The cards of a site, the next to lapse first.
fn cards<'a>(library: &'a Library, site: &Site, moment: &Moment) -> Vec<TeamCard<'a>> {
    let today = moment.today(&site.zone);
    let state = |card: &Card| {
        if card.expires <= today {
            CardState::Lapsed
        } else if card.expires <= today.saturating_add(Card::RENEW.days()) {
            CardState::Soon
        } else {
            CardState::Valid
        }
    };
    let cards = library.people[&site.id].values();
    let mut cards: Vec<TeamCard> = cards
        .map(|card| TeamCard {
            card,
            state: state(card),
        })
        .collect();
    cards.sort_by_key(|seen| (seen.card.expires, &seen.card.handle));
    cards
}

fn team_run<'a>(
    planned: &'a PlannedRun<'a>,
    library: &'a Library,
    site: &Site,
    moment: &Moment,
) -> TeamRun<'a> {
    let span = plan::span(planned);
    let stage = if !moment.reached(span.0) {
        Stage::Coming
    } else if span.1.is_some_and(|ends| moment.reached(ends)) {
        Stage::Over
    } else {
        Stage::Running
    };
    let slotted = |drawn: &str| planned.occurrences.iter().any(|o| *o.drawn == *drawn);
    let ideas = planned
        .run
        .sessions
        .iter()
        .filter(|session| !slotted(&session.id))
        .map(idea)
        .collect();
    TeamRun {
        run: planned.run,
        planned,
        title: &planned.title,
        programme: planned.programme,
        stage,
        span,
        rows: &planned.occurrences,
        dropped: &planned.dropped,
        ideas,
        cards: match planned.programme.design.consent() {
            Some(_) => cards(library, site, moment),
            None => Vec::new(),
        },
    }
}

fn idea(session: &Session) -> TeamActivity<'_> {
    TeamActivity {
        id: &session.id,
        title: &session.title,
        minutes: None,
        parts: [&session.parts, &[]],
        facts: &session.facts,
        resources: &[],
        language: None,
    }
}
