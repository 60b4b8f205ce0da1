//! The board of a season: every slot with who fills it and how far, and whether the season keeps what it promised.

use super::chart::{self, Caption, Meter};
use super::context::{Picture, SeasonPart, SlotLine};
use super::shape::Shape;
use crate::model::{
    Event, Mix, Occurrence, Season, Section, Session, Speaker, Speaking, State, Status, Strings,
};
use crate::visible::{TeamRun, TeamView};
use jiff::SignedDuration;

/// No event is longer than this: so far back somebody may have begun who is still at it.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// The board of a run, if it is a season of sessions.
pub fn season(shape: &Shape, run: &TeamRun, view: &TeamView) -> Option<SeasonPart> {
    let season = run.programme.design.season()?;
    let speaking = Speaking::of(&run.run.sessions);
    let slots: Vec<(&Occurrence, Option<&Session>)> = run
        .rows
        .iter()
        .filter(|o| is_slot(o, run))
        .map(|o| (o, session(o, run)))
        .collect();
    let words = &shape.site.words;
    let mut meters = vec![filled(words, &slots)];
    meters.extend(mix(words, season.mix, &speaking));
    let board = Board {
        shape,
        run,
        view,
        speaking: &speaking,
        departments: season.mix.departments > 0,
    };
    Some(SeasonPart {
        meters,
        slots: slots
            .iter()
            .filter_map(|(o, session)| Some(board.line(o, o.event?, *session)))
            .collect(),
    })
}

/// A session that somebody holds or may hold, in its slot.
#[derive(Debug, Clone, Copy)]
pub struct Spoken<'a> {
    pub session: &'a Session,
    pub of: &'a Occurrence,
    pub event: Event,
}

/// The sessions of a run that are not called off.
pub fn spoken<'a>(run: &TeamRun<'a>) -> Vec<Spoken<'a>> {
    let slots = run.rows.iter().filter(|o| is_slot(o, run));
    let spoken = slots.filter_map(|of| {
        let (session, event) = (session(of, run)?, of.event?);
        let stands = standing(of, Some(session)) != "cancelled";
        stands.then_some(Spoken { session, of, event })
    });
    spoken.collect()
}

/// The page for whoever speaks in a session.
pub fn speaker_path(run: &TeamRun, session: &Session) -> String {
    format!("{}speakers/{}/", run.path(), session.id)
}

/// A session as it stands on the board.
pub fn slot(
    shape: &Shape,
    run: &TeamRun,
    view: &TeamView,
    season: &Season,
    spoken: Spoken,
) -> SlotLine {
    let board = Board {
        shape,
        run,
        view,
        speaking: &Speaking::of(&run.run.sessions),
        departments: season.mix.departments > 0,
    };
    board.line(spoken.of, spoken.event, Some(spoken.session))
}

/// A slot that somebody holds or may hold, and not one that draws a question.
fn is_slot(o: &Occurrence, run: &TeamRun) -> bool {
    let held = || run.run.sessions.iter().any(|s| *s.id == *o.drawn);
    o.event.is_some() && (o.drawn.is_empty() || held())
}

fn session<'a>(o: &Occurrence, run: &TeamRun<'a>) -> Option<&'a Session> {
    let mut sessions = run.run.sessions.iter();
    sessions.find(|session| session.slot == Some(o.nominal))
}

fn standing(o: &Occurrence, session: Option<&Session>) -> &'static str {
    match session.map(|session| session.status) {
        _ if o.cancelled.is_some() || o.state == State::Cancelled => "cancelled",
        Some(Status::Idea) => "idea",
        Some(Status::Agreed) => "agreed",
        Some(Status::Confirmed) => "confirmed",
        Some(Status::Done) => "done",
        Some(Status::Cancelled) => "cancelled",
        None => "free",
    }
}

/// How many slots are filled, and how many nearly.
fn filled(words: &Strings, slots: &[(&Occurrence, Option<&Session>)]) -> Picture {
    let of = |wanted: &[&str]| {
        let found = slots.iter().map(|(o, session)| standing(o, *session));
        found.filter(|found| wanted.contains(found)).count() as u32
    };
    let (certain, nearly) = (of(&["confirmed", "done"]), of(&["agreed"]));
    let full = slots.len() as u32 - of(&["cancelled"]);
    let told = [certain, full, nearly, of(&["idea"]), of(&["free"])];
    let [n, all, agreed, ideas, free] = told.map(|n| n.to_string());
    let filled = [
        ("n", n.as_str()),
        ("all", &all),
        ("agreed", &agreed),
        ("ideas", &ideas),
        ("free", &free),
    ];
    let meter = Meter {
        value: certain,
        besides: nearly,
        full,
        wanted: None,
    };
    let says = words.say("season_filled_says", &filled);
    picture("season-filled", words.get("season_filled"), says, meter)
}

/// What was promised, and what is kept.
fn mix(words: &Strings, mix: Mix, speaking: &Speaking) -> Vec<Picture> {
    let certain = speaking.sessions.to_string();
    let mut meters = Vec::new();
    if mix.employee_led > 0 {
        let share = speaking.share();
        let [led, percent, wanted] =
            [speaking.led as u32, share.unwrap_or(0), mix.employee_led].map(|n| n.to_string());
        let filled = [
            ("n", led.as_str()),
            ("all", &certain),
            ("share", &percent),
            ("wanted", &wanted),
        ];
        let says = match share {
            Some(_) => words.say("season_led_says", &filled),
            None => words.say("season_led_none", &filled),
        };
        let meter = Meter {
            value: share.unwrap_or(0),
            besides: 0,
            full: 100,
            wanted: Some(mix.employee_led),
        };
        meters.push(picture("season-led", words.get("season_led"), says, meter));
    }
    if mix.departments > 0 {
        let found = speaking.departments.len() as u32;
        let [n, wanted] = [found, mix.departments].map(|n| n.to_string());
        let names: Vec<&str> = speaking.departments.iter().copied().collect();
        let names = match names.is_empty() {
            true => words.get("nothing_on_step").to_owned(),
            false => names.join(", "),
        };
        let filled = [("n", n.as_str()), ("wanted", &wanted), ("which", &names)];
        let says = words.say("season_departments_says", &filled);
        let meter = Meter {
            value: found,
            besides: 0,
            full: found.max(mix.departments),
            wanted: Some(mix.departments),
        };
        let title = words.get("season_departments");
        meters.push(picture("season-departments", title, says, meter));
    }
    meters
}

fn picture(id: &str, title: &str, says: String, meter: Meter) -> Picture {
    let caption = Caption {
        id,
        title,
        says: &says,
    };
    Picture {
        svg: chart::meter(caption, meter),
        title: title.to_owned(),
        says,
    }
}

struct Board<'p, 'v> {
    shape: &'p Shape<'v>,
    run: &'p TeamRun<'v>,
    view: &'p TeamView<'v>,
    speaking: &'p Speaking<'p>,
    departments: bool,
}

impl Board<'_, '_> {
    fn line(&self, o: &Occurrence, event: Event, session: Option<&Session>) -> SlotLine {
        let zone = (&self.run.run.zone, self.run.run.zone_name.as_str());
        let standing = standing(o, session);
        SlotLine {
            anchor: o.key().replace('/', "-"),
            when: self.shape.when(event.starts, zone),
            ends: self.shape.when(event.ends, zone),
            card: session
                .filter(|_| standing != "cancelled")
                .map(|session| self.shape.href(&speaker_path(self.run, session))),
            session: session.map(|session| session.title.clone()),
            speaker: session
                .and_then(|session| session.speaker.as_ref())
                .map(|speaker| speaker.name().to_owned()),
            department: session.and_then(|session| session.department.clone()),
            standing,
            lacks: match standing {
                "cancelled" => Vec::new(),
                _ => self.lacks(o, event, session),
            },
        }
    }

    /// What is still to be seen to.
    fn lacks(&self, o: &Occurrence, event: Event, session: Option<&Session>) -> Vec<String> {
        let words = &self.shape.site.words;
        let mut lacks = Vec::new();
        if let Some(session) = session {
            let has = |section| session.parts.iter().any(|part| part.section == section);
            let name = session.speaker.as_ref().map(Speaker::name);
            let times = name.and_then(|name| self.speaking.times.get(name));
            let missing = [
                (name.is_none(), "lack_speaker"),
                (!has(Section::Before), "lack_before"),
                (
                    self.departments && session.department.is_none(),
                    "lack_department",
                ),
                (
                    session.is_certain() && o.is_released() && !has(Section::Notes),
                    "lack_notes",
                ),
            ];
            let missing = missing.iter().filter(|(lacks, _)| *lacks);
            lacks.extend(missing.map(|(_, key)| words.get(key).to_owned()));
            let again = name.zip(times.filter(|times| **times > 1));
            lacks.extend(again.map(|(name, times)| {
                let times = times.to_string();
                words.say("lack_other", &[("who", name), ("n", &times)])
            }));
        }
        if o.local.date() >= self.view.today {
            lacks.extend(self.clashes(event));
        }
        lacks
    }

    /// What else takes place at the same time in one of the run's channels.
    fn clashes(&self, event: Event) -> Vec<String> {
        let ours = &self.run.run.channels;
        let others = self.view.runs.iter().filter(|other| {
            let here = other.run.channels.iter().any(|c| ours.contains(c));
            here && !other.run.draft && other.run.id != self.run.run.id
        });
        let mut clashes = Vec::new();
        for other in others {
            let from = other
                .rows
                .partition_point(|o| o.due < event.starts - LONGEST);
            let near = other.rows[from..].iter();
            let near = near.take_while(|o| o.due < event.ends);
            let at_once = near.filter(|o| {
                let overlaps = |e: Event| e.starts < event.ends && event.starts < e.ends;
                o.event.is_some_and(overlaps) && o.state.has_page()
            });
            clashes.extend(at_once.map(|o| {
                let title = match o.title() {
                    own if own == other.title => own,
                    own => format!("{}, {own}", other.title),
                };
                let words = &self.shape.site.words;
                words.say("lack_clash", &[("title", &title)])
            }));
        }
        clashes
    }
}
