//! Social mentoring: people find each other. A board of offers and asks, introductions without names, a
//! circle that meets in a rhythm, and texts on how to ask somebody. Nobody is assigned to anybody.

use super::agenda::{AGENDA_KEYS, check_length, read_agenda};
use super::community::length;
use super::duties;
use super::parts::part;
use super::rhythm::{RHYTHM_KEYS, read_rhythm};
use super::series::{base_slots, place, with_released};
use super::timing::{TIMING_KEYS, read_timing};
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::document::audiences::{run, team};
use crate::document::{Audience, Fields, Key};
use crate::model::{
    AgendaItem, Consent, Design, Draft, Embed, Ground, Kind, Part, Programme, Rounds, Rules,
    Section, Timing, Words,
};
use crate::schedule::{OnSkip, Rhythm};
use std::sync::Arc;

/// These keys are known only so that they can be refused with the reason.
const ASSIGNED: [&str; 3] = ["assigned", "mentor", "mentee"];

const KEYS: &[Key] = &[
    Key::fact("modes", Audience::Run),
    team("coordinator"),
    Key::fact("consent", Audience::Run).of(&[run("statement").prose(), run("withdraw").prose()]),
    run("board"),
    team("introductions")
        .of(&[
            // It is the label, which is all that is known beforehand.
            run("title").prose(),
            Key::new("say", Audience::Released).prose(),
            team("avoid_repeats"),
            team("odd"),
        ])
        .with(RHYTHM_KEYS),
    Key::fact("circle", Audience::Run)
        .of(&[run("size"), run("length")])
        .with(RHYTHM_KEYS),
    team(ASSIGNED[0]),
    team(ASSIGNED[1]),
    team(ASSIGNED[2]),
];

const ACTIVITY_KEYS: &[Key] = &[
    TIMING_KEYS[0],
    TIMING_KEYS[1],
    TIMING_KEYS[2],
    Key::new("agenda", Audience::Released).of(AGENDA_KEYS),
];

/// The row of the table.
pub static KIND: Kind = Kind {
    name: "mentoring",
    folder: "mentoring",
    summary: "people find each other: offers and asks, introductions, a circle that meets",
    example: include_str!("examples/mentoring.md"),
    run_example: include_str!("examples/mentoring.run.md"),
    holds_sessions: false,
    asides: &[],
    embeds: &[Embed::Now, Embed::Upcoming],
    beside: &[],
    lead_weeks: 2,
    on_skip: OnSkip::Push,
    discussion_days: 14,
    keys: KEYS,
    activity_keys: ACTIVITY_KEYS,
    chores: duties::MENTORING,
    read,
};

/// The key of the introductions, and the last part of the board's address.
const INTRODUCTIONS: &str = "introductions";
const BOARD: &str = "board";

/// Within so many rounds no two people meet again, unless the definition says otherwise.
const APART: usize = 12;

#[derive(Debug)]
struct Mentoring {
    has_modes: bool,
    has_coordinator: bool,
    consent: Option<Consent>,
    /// Something shows or brings together people, and so needs their consent.
    needs_consent: Option<Place>,
    introductions: Option<Introductions>,
    circle: Option<Circle>,
    steps: Vec<Step>,
    here: Place,
}

/// The item that brings people together, again and again.
#[derive(Debug)]
struct Introductions {
    rhythm: Rhythm,
    apart: usize,
    title: Option<String>,
    say: Part,
}

/// A few people who meet in a rhythm.
#[derive(Debug)]
struct Circle {
    minutes: u32,
    rhythm: Rhythm,
}

/// What mentoring knows of one activity: a meeting of the circle, or something in its own time.
#[derive(Debug)]
struct Step {
    timing: Option<Timing>,
    agenda: Vec<AgendaItem>,
    place: Place,
    agenda_at: Place,
}

fn read(fields: &Fields, steps: &[Fields], diags: &mut Diagnostics) -> Option<Arc<dyn Design>> {
    refuse_assigned(fields, diags);
    let modes = fields.words("modes", diags);
    for (mode, at) in &modes {
        if !["one-conversation", "short-project", "circle"].contains(&mode.as_str()) {
            diags.push(
                Diagnostic::error("wrong-value", format!("`{mode}` is not a way to meet"))
                    .at(fields.at(at.clone()))
                    .help("write one-conversation, short-project or circle"),
            );
        }
    }
    let board = fields.flag("board", diags).unwrap_or(false);
    let consent = match fields.map("consent", diags) {
        Some(consent) => Some(Consent {
            statement: consent.need("statement", "missing-key", diags)?,
            withdraw: consent.need("withdraw", "missing-key", diags)?,
            board,
        }),
        None => None,
    };
    let introductions = match fields.map("introductions", diags) {
        Some(introductions) => Some(read_introductions(&introductions, diags)?),
        None => None,
    };
    let circle = match fields.map("circle", diags) {
        Some(circle) => Some(read_circle(&circle, diags)?),
        None => None,
    };
    let steps = steps
        .iter()
        .map(|fields| step(fields, circle.is_some(), diags))
        .collect();
    let shows = [(board, "board"), (introductions.is_some(), "introductions")];
    Some(Arc::new(Mentoring {
        has_modes: !modes.is_empty(),
        has_coordinator: fields.has("coordinator"),
        needs_consent: shows
            .into_iter()
            .find_map(|(shown, key)| shown.then(|| fields.place(key))),
        consent,
        introductions,
        circle,
        steps,
        here: fields.here(),
    }))
}

/// Formal mentoring, in which somebody is given somebody, is another thing.
pub fn refuse_assigned(fields: &Fields, diags: &mut Diagnostics) {
    for key in ASSIGNED.into_iter().filter(|key| fields.has(key)) {
        diags.push(
            Diagnostic::error(
                "assigned-mentoring",
                format!("`{key}` gives one person to another"),
            )
            .at(fields.place(key))
            .why("here people find each other; whoever is assigned waits to be mentored")
            .help(
                "take it out; say what people offer and ask for on their cards, and introduce them",
            ),
        );
    }
}

fn read_introductions(fields: &Fields, diags: &mut Diagnostics) -> Option<Introductions> {
    let _ = fields.need("say", "missing-key", diags);
    let rhythm = read_rhythm(fields, diags);
    let apart = fields.number("avoid_repeats", 0..=60, diags);
    fields.choice("odd", &[("trio", ())], diags);
    let title = fields.text("title", diags);
    Some(Introductions {
        rhythm: rhythm?,
        apart: apart.map_or(APART, |rounds| rounds as usize),
        title,
        say: part(fields, "say", Section::Words, &mut Diagnostics::new())?,
    })
}

fn read_circle(fields: &Fields, diags: &mut Diagnostics) -> Option<Circle> {
    let rhythm = read_rhythm(fields, diags);
    let size: Vec<Option<u32>> = fields
        .words("size", diags)
        .iter()
        .map(|(word, _)| word.parse().ok())
        .collect();
    let good = match size[..] {
        [Some(least), Some(most)] => (2..=12).contains(&least) && (least..=12).contains(&most),
        _ => false,
    };
    if !good {
        diags.push(
            Diagnostic::error("wrong-value", "a circle says how many people it has")
                .at(fields.place("size"))
                .help("write the least and the most, from 2 to 12: `size: [3, 5]`"),
        );
    }
    let minutes = length(fields, "length", diags);
    Some(Circle {
        minutes: minutes?,
        rhythm: rhythm?,
    })
}

fn step(fields: &Fields, in_circle: bool, diags: &mut Diagnostics) -> Step {
    let spare = fields
        .flag("spare", &mut Diagnostics::new())
        .unwrap_or(false);
    let (unused, why) = if in_circle {
        (
            "offset",
            "a meeting of a circle takes the circle's next slot",
        )
    } else {
        ("agenda", "only the meetings of a circle have an agenda")
    };
    if fields.has(unused) {
        diags.push(
            Diagnostic::error("unused-key", format!("`{unused}` does nothing here"))
                .at(fields.place(unused))
                .why(why)
                .help("take it out; with `circle:` every activity is a meeting, without it each has an `offset`"),
        );
    }
    Step {
        timing: (!in_circle && !spare)
            .then(|| read_timing(fields, diags))
            .flatten(),
        agenda: read_agenda(fields, "agenda", diags),
        place: fields.here(),
        agenda_at: fields.place("agenda"),
    }
}

impl Mentoring {
    /// The activities that take place, each with what is known of it.
    fn scheduled<'a>(
        &'a self,
        programme: &'a Programme,
    ) -> impl Iterator<Item = (&'a crate::model::Activity, &'a Step)> {
        let steps = programme.activities.iter().zip(&self.steps);
        steps.filter(|(activity, _)| !activity.spare)
    }

    fn rhythm<'a>(circle: &'a Circle, ground: &Ground<'a>) -> &'a Rhythm {
        ground.run.cadence.as_ref().unwrap_or(&circle.rhythm)
    }

    fn meetings(&self, circle: &Circle, ground: &Ground) -> Vec<Draft> {
        let activities: Vec<_> = self.scheduled(ground.programme).collect();
        let keys: Vec<&str> = activities.iter().map(|(a, _)| a.id.as_str()).collect();
        let rhythm = Self::rhythm(circle, ground);
        let mut placed = place(rhythm, ground, &keys);
        placed.sort_by_key(|(index, slot)| (slot.date, *index));
        let meeting = |((index, slot), n): ((usize, crate::schedule::Slot), u32)| {
            let (activity, step) = activities[index];
            let time = slot.time.or(rhythm.at).unwrap_or(ground.hour());
            let mut draft = Draft::new(&*activity.id, slot.date, time, activity.words());
            draft.words.set_agenda(&step.agenda);
            draft.nominal = slot.nominal;
            draft.why = slot.why;
            draft.drawn = activity.id.to_string();
            draft.number = Some(n);
            draft.label = Some(ground.say("meeting_n", &[("n", &n.to_string())]));
            draft.event_minutes = Some(circle.minutes);
            draft
        };
        placed.into_iter().zip(1..).map(meeting).collect()
    }

    fn steps(&self, ground: &Ground) -> Vec<Draft> {
        let timed = self.scheduled(ground.programme);
        timed
            .filter_map(|(activity, step)| {
                let timing = step.timing.as_ref()?;
                let (day, hour) = (ground.run.starts, ground.hour());
                let mut draft = Draft::new(&*activity.id, day, hour, activity.words());
                ground.timed(timing, day, OnSkip::Following, &mut draft);
                draft.drawn = activity.id.to_string();
                Some(draft)
            })
            .collect()
    }
}

impl Introductions {
    /// A month is too long to wait for the next ones.
    fn rule(ground: &Ground) -> OnSkip {
        ground.run.on_skip.unwrap_or(OnSkip::Following)
    }

    fn drafts(&self, ground: &Ground) -> Vec<Draft> {
        let cadence = self.rhythm.in_week(ground.run.calendar.week);
        let slots = ground.slots(&cadence, Self::rule(ground)).slots;
        let own = || ground.say("introductions", &[]);
        let label = self.title.clone().unwrap_or_else(own);
        let draft = |slot: crate::schedule::Slot| {
            let time = slot.time.or(self.rhythm.at).unwrap_or(ground.hour());
            let words = Words {
                title: ground.day(slot.nominal),
                parts: vec![self.say.clone()].into(),
                ..Words::default()
            };
            let key = format!("{INTRODUCTIONS}/{}", slot.nominal);
            let mut draft = Draft::new(key, slot.date, time, words);
            draft.nominal = slot.nominal;
            draft.why = slot.why;
            draft.label = Some(label.clone());
            draft.drawn = INTRODUCTIONS.to_owned();
            draft
        };
        let slots = with_released(INTRODUCTIONS, &slots, ground).into_iter();
        slots.map(draft).collect()
    }
}

impl Design for Mentoring {
    fn check(&self, programme: &Programme, _: &Rules, diags: &mut Diagnostics) {
        if !self.has_modes {
            diags.push(
                Diagnostic::error("missing-key", "`modes` is missing")
                    .at(self.here.clone())
                    .why("whoever offers an hour wants to know that it will not become a year")
                    .help("say how people may meet: `modes: [one-conversation, short-project, circle]`"),
            );
        }
        if !self.has_coordinator {
            diags.push(
                Diagnostic::error("no-coordinator", "nobody brings people together here")
                    .at(self.here.clone())
                    .why("a board that nobody looks after fills with old offers and open asks")
                    .help("add `coordinator: role:mentoring-coordinator`"),
            );
        }
        if let Some(place) = self
            .needs_consent
            .as_ref()
            .filter(|_| self.consent.is_none())
        {
            diags.push(
                Diagnostic::error("no-consent", "nobody is told what they agree to")
                    .at(place.clone())
                    .why("people are shown and brought together, so they must be able to say yes, and no again")
                    .help("add `consent: {statement: …, withdraw: …}`"),
            );
        }
        for (activity, step) in programme.activities.iter().zip(&self.steps) {
            if [INTRODUCTIONS, BOARD].contains(&activity.id.as_str()) {
                diags.push(
                    Diagnostic::error(
                        "duplicate-id",
                        format!("something in every run is called `{}` already", activity.id),
                    )
                    .at(step.place.clone())
                    .why("the board and the introductions have addresses of their own")
                    .help("give the activity another id"),
                );
            }
            if let Some(circle) = self.circle.as_ref().filter(|_| !step.agenda.is_empty()) {
                check_length(
                    &step.agenda,
                    circle.minutes,
                    "meeting",
                    &step.agenda_at,
                    diags,
                );
            }
        }
    }

    fn check_run(&self, ground: &Ground, diags: &mut Diagnostics) {
        let Some(circle) = &self.circle else { return };
        let wanted = self.scheduled(ground.programme).count();
        let slots = base_slots(Self::rhythm(circle, ground), ground, wanted).len();
        if slots < wanted {
            diags.push(
                Diagnostic::error(
                    "no-slot",
                    format!("there are {wanted} meetings and only {slots} slots"),
                )
                .at(ground.run.origin.place(ground.run.programme_at.clone()))
                .help("move `ends`, or let the circle meet more often"),
            );
        }
    }

    fn rhythms(&self) -> Vec<&Rhythm> {
        let circle = self.circle.iter().map(|circle| &circle.rhythm);
        circle
            .chain(self.introductions.iter().map(|i| &i.rhythm))
            .collect()
    }

    fn kept<'a>(&'a self, ground: &Ground<'a>) -> Vec<(&'a Rhythm, OnSkip)> {
        let circle = self.circle.iter();
        let circle = circle.map(|c| (Self::rhythm(c, ground), ground.on_skip(None)));
        let introductions = self.introductions.iter();
        circle
            .chain(introductions.map(|i| (&i.rhythm, Introductions::rule(ground))))
            .collect()
    }

    fn consent(&self) -> Option<&Consent> {
        self.consent.as_ref()
    }

    fn introductions(&self) -> Option<Rounds> {
        let introductions = self.introductions.as_ref()?;
        Some(Rounds {
            drawn: INTRODUCTIONS,
            apart: introductions.apart,
        })
    }

    fn occurrences(&self, ground: &Ground, _: &mut Diagnostics) -> Vec<Draft> {
        let mut drafts = match &self.circle {
            Some(circle) => self.meetings(circle, ground),
            None => self.steps(ground),
        };
        // Beside a circle the introductions end with it, so that the run has an end.
        let last = drafts.iter().map(|draft| draft.date).max();
        let last = last.filter(|_| self.circle.is_some());
        if let Some(introductions) = &self.introductions {
            let more = introductions.drafts(ground).into_iter();
            drafts.extend(more.filter(|d| {
                last.is_none_or(|last| d.nominal <= last) || ground.pinned.has(&d.key)
            }));
        }
        drafts
    }
}
