//! Guided social learning experience: a few weeks with a theme each, in one's own time. A week opens on
//! its day, its activities come out in it, and all of it is talked about until its discussion closes,
//! which may be well into the next week.

use super::community::length;
use super::parts::part;
use super::rhythm::DAYS;
use super::series::{base_slots, place};
use crate::diag::{Diagnostic, Diagnostics, Place, did_you_mean};
use crate::document::audiences::{released, run};
use crate::document::{Audience, Fields, Key};
use crate::model::{
    Activity, Aside, Design, Draft, Embed, Ground, Id, Kind, Part, Programme, Rules, Section,
    Timing, Words,
};
use crate::schedule::{Cadence, Frame, Offset, OnSkip, Rhythm, Slot, Unit, Week as Days};
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use std::sync::Arc;

/// What nobody here is forced to: these keys are known only so that they can be refused with the reason.
const FORCED: [&str; 3] = ["required", "mandatory", "deadline"];

const KEYS: &[Key] = &[
    Key::fact("asynchronous", Audience::Run),
    Key::new("guide", Audience::Team),
    run("announce"),
    run("release").of(&[run("day"), run("at")]),
    run("weeks").of(&[
        run("id"),
        Key::new("theme", Audience::Announced).prose(),
        released("say").prose(),
        run("discussion"),
        run("wrap").of(&[run("day"), run("at"), released("say").prose()]),
    ]),
    run("catch_up").of(&[run("for"), released("say").prose()]),
    Key::new(FORCED[0], Audience::Team),
    Key::new(FORCED[1], Audience::Team),
    Key::new(FORCED[2], Audience::Team),
];

const ACTIVITY_KEYS: &[Key] = &[
    run("week"),
    run("day"),
    run("at"),
    run("live"),
    Key::new(FORCED[0], Audience::Team),
    Key::new(FORCED[1], Audience::Team),
    Key::new(FORCED[2], Audience::Team),
];

/// The row of the table.
pub static KIND: Kind = Kind {
    name: "guided",
    folder: "guided",
    summary: "a few weeks with a guide: a theme a week, in one's own time, with each other",
    example: include_str!("examples/guided.md"),
    run_example: include_str!("examples/guided.run.md"),
    holds_sessions: false,
    asides: &[Aside::Card],
    embeds: &[Embed::Week, Embed::Now, Embed::Upcoming],
    beside: &[],
    lead_weeks: 3,
    on_skip: OnSkip::Push,
    discussion_days: 7,
    keys: KEYS,
    activity_keys: ACTIVITY_KEYS,
    chores: super::duties::GUIDED,
    read,
};

/// Announced a week of work ahead unless somebody says otherwise.
const ANNOUNCE: &str = "-5wd";

/// The keys of what a run generates.
const INVITATION: &str = "invitation";
const CATCH_UP: &str = "catch-up";

#[derive(Debug)]
struct Guided {
    /// Minutes a week that the programme promises to take at most.
    effort: Option<u32>,
    announce: Offset,
    rhythm: Rhythm,
    weeks: Vec<Week>,
    catch_up: Option<CatchUp>,
    steps: Vec<Option<Step>>,
    here: Place,
}

/// A week with its theme.
#[derive(Debug)]
struct Week {
    id: Id,
    theme: String,
    say: Option<Part>,
    discussion: Option<Offset>,
    wrap: Option<Wrap>,
    place: Place,
}

/// The question at the end of a week.
#[derive(Debug)]
struct Wrap {
    day: Weekday,
    at: Option<Time>,
    say: Part,
}

/// Time after the last week for those who came late.
#[derive(Debug)]
struct CatchUp {
    length: Offset,
    say: Option<Part>,
}

/// What a guided experience knows of one activity.
#[derive(Debug)]
struct Step {
    week: String,
    day: Option<Weekday>,
    at: Option<Time>,
    live: Option<u32>,
    together: bool,
    place: Place,
    week_at: Place,
}

fn read(fields: &Fields, steps: &[Fields], diags: &mut Diagnostics) -> Option<Arc<dyn Design>> {
    for mapping in steps.iter().chain([fields]) {
        refuse_forced(mapping, diags);
    }
    let asynchronous = fields.flag("asynchronous", diags).unwrap_or(true);
    let announce = if fields.has("announce") {
        fields.parse("announce", diags)
    } else {
        ANNOUNCE.parse().ok()
    };
    let release = fields.map("release", diags);
    let day = release.and_then(|release| release.choice("day", DAYS, diags));
    let rhythm = Rhythm {
        // Without a day of its own it keeps the weekday on which the run begins.
        cadence: match day {
            Some(day) => Cadence::Weekly {
                every: 1,
                days: vec![day],
            },
            None => Cadence::Daily {
                every: 7,
                days: Days::of(&DAYS.iter().map(|(_, day)| *day).collect::<Vec<_>>()),
            },
        },
        weekdays: false,
        at: release.and_then(|release| release.time("at", diags)),
    };
    let weeks: Vec<Week> = fields
        .maps("weeks", diags)
        .iter()
        .filter_map(|fields| week(fields, diags))
        .collect();
    let catch_up = fields
        .map("catch_up", diags)
        .and_then(|fields| catch_up(&fields, diags));
    let effort = effort(fields, diags);
    let steps: Vec<Option<Step>> = steps
        .iter()
        .map(|fields| step(fields, asynchronous, diags))
        .collect();
    Some(Arc::new(Guided {
        effort,
        announce: announce?,
        rhythm,
        weeks,
        catch_up,
        steps,
        here: fields.place("weeks"),
    }))
}

/// People take part because they want to, or it is a course.
fn refuse_forced(fields: &Fields, diags: &mut Diagnostics) {
    for key in FORCED.into_iter().filter(|key| fields.has(key)) {
        diags.push(
            Diagnostic::error("forced", format!("`{key}` forces people to take part"))
                .at(fields.place(key))
                .why("a guide assists people on their way and does not drive them; what is forced is done for the sake of being done")
                .help("take it out; `discussion: 10d` says how long the conversation is open, and late answers stay welcome"),
        );
    }
}

/// `2h/week` or `90m/week`, in minutes.
fn effort(fields: &Fields, diags: &mut Diagnostics) -> Option<u32> {
    let text = fields.text("effort", diags)?;
    let minutes = text.strip_suffix("/week").and_then(|amount| {
        let offset: Offset = amount.trim().parse().ok()?;
        let minutes = match offset.unit {
            Unit::Minutes => offset.amount,
            Unit::Hours => offset.amount.checked_mul(60)?,
            Unit::Days | Unit::WorkingDays | Unit::Weeks => 0,
        };
        u32::try_from(minutes).ok().filter(|minutes| *minutes > 0)
    });
    if minutes.is_none() {
        diags.push(
            Diagnostic::error(
                "wrong-value",
                format!("`effort: {text}` is not an effort a week"),
            )
            .at(fields.place("effort"))
            .help("write hours or minutes a week: `2h/week`, `90m/week`"),
        );
    }
    minutes
}

fn week(fields: &Fields, diags: &mut Diagnostics) -> Option<Week> {
    for key in ["id", "theme"] {
        let _ = fields.need(key, "missing-key", diags);
    }
    let wrap = fields.map("wrap", diags);
    Some(Week {
        id: fields.parse("id", diags)?,
        theme: fields.text("theme", &mut Diagnostics::new())?,
        say: part(fields, "say", Section::Words, diags),
        discussion: fields.parse("discussion", diags),
        wrap: match wrap {
            Some(wrap) => Some(wrap_of(&wrap, diags)?),
            None => None,
        },
        place: fields.place("id"),
    })
}

fn wrap_of(fields: &Fields, diags: &mut Diagnostics) -> Option<Wrap> {
    for key in ["day", "say"] {
        let _ = fields.need(key, "missing-key", diags);
    }
    let at = fields.time("at", diags);
    Some(Wrap {
        day: fields.choice("day", DAYS, diags)?,
        at,
        say: part(fields, "say", Section::Words, &mut Diagnostics::new())?,
    })
}

fn catch_up(fields: &Fields, diags: &mut Diagnostics) -> Option<CatchUp> {
    if !fields.has("for") {
        let _ = fields.need("for", "missing-key", diags);
    }
    let say = part(fields, "say", Section::Words, diags);
    let length = fields.has("for").then(|| fields.parse("for", diags))?;
    Some(CatchUp {
        length: length?,
        say,
    })
}

fn step(fields: &Fields, asynchronous: bool, diags: &mut Diagnostics) -> Option<Step> {
    let quiet = &mut Diagnostics::new();
    let spare = fields.flag("spare", quiet).unwrap_or(false);
    if !spare {
        let _ = fields.need("week", "missing-key", diags);
    }
    if fields.has("live") && asynchronous {
        diags.push(
            Diagnostic::error("fixed-clock", "this activity needs everybody at one hour")
                .at(fields.place("live"))
                .why("people were promised that they can take part in their own time, wherever they are")
                .help("turn it into something to do within the week, or write `asynchronous: no`"),
        );
    }
    let live = match fields.has("live") {
        true => Some(length(fields, "live", diags)?),
        false => None,
    };
    Some(Step {
        week: fields.text("week", quiet).unwrap_or_default(),
        day: match fields.has("day") {
            true => Some(fields.choice("day", DAYS, diags)?),
            false => None,
        },
        at: fields.time("at", diags),
        live,
        together: fields.flag("together", quiet).unwrap_or(false),
        place: fields.here(),
        week_at: fields.place("week"),
    })
}

impl Guided {
    /// The activities that take place, each with what is known of it.
    fn scheduled<'a>(
        &'a self,
        programme: &'a Programme,
    ) -> impl Iterator<Item = (&'a Activity, &'a Step)> {
        let steps = programme.activities.iter().zip(&self.steps);
        steps
            .filter_map(|(activity, step)| Some((activity, step.as_ref()?)))
            .filter(|(activity, _)| !activity.spare)
    }

    /// Week ids and activity ids are names of occurrences of one run: each stands once.
    fn check_names(&self, programme: &Programme, diags: &mut Diagnostics) {
        let mut taken = vec![INVITATION, CATCH_UP];
        let weeks = self.weeks.iter().map(|week| (&week.id, &week.place));
        let steps = programme.activities.iter().zip(&self.steps);
        let steps = steps.filter_map(|(a, step)| Some((&a.id, &step.as_ref()?.place)));
        for (id, place) in weeks.chain(steps) {
            if taken.contains(&id.as_str()) {
                diags.push(
                    Diagnostic::error(
                        "duplicate-id",
                        format!("something in this programme is called `{id}` already"),
                    )
                    .at(place.clone())
                    .why("weeks, activities, the invitation and the time to catch up each have an address of their own")
                    .help("give it another id"),
                );
            }
            taken.push(id);
        }
    }

    fn check_week(
        &self,
        week: &Week,
        programme: &Programme,
        rules: &Rules,
        diags: &mut Diagnostics,
    ) {
        let members: Vec<(&Activity, &Step)> = self
            .scheduled(programme)
            .filter(|(_, step)| step.week == *week.id)
            .collect();
        let id = &week.id;
        if members.is_empty() {
            diags.push(
                Diagnostic::error(
                    "empty-week",
                    format!("nothing is to be done in the week `{id}`"),
                )
                .at(week.place.clone())
                .why("a theme alone is an announcement")
                .help(format!(
                    "add an activity with `week={id}`, or take the week out"
                )),
            );
            return;
        }
        if !members.iter().any(|(_, step)| step.together) {
            diags.push(
                Diagnostic::error(
                    "week-without-together",
                    format!("in the week `{id}` everybody works alone"),
                )
                .at(week.place.clone())
                .why("what people learn from each other happens where they react to each other")
                .help("let one activity ask for an answer to somebody else, and mark it `together=yes`"),
            );
        }
        if members.len() > rules.week_activities as usize {
            diags.push(
                Diagnostic::warning(
                    "week-too-many-activities",
                    format!("the week `{id}` has {} activities", members.len()),
                )
                .at(week.place.clone())
                .why("whoever falls behind in one week is seldom seen again in the next")
                .help(format!(
                    "keep it to {}, or add a week",
                    rules.week_activities
                )),
            );
        }
        let minutes: u32 = members.iter().filter_map(|(a, _)| a.words.minutes).sum();
        if let Some(effort) = self.effort.filter(|effort| minutes > *effort) {
            diags.push(
                Diagnostic::warning(
                    "effort-over",
                    format!("the week `{id}` takes {minutes} minutes, {effort} are promised"),
                )
                .at(week.place.clone())
                .why("people make room for what they were told, and no more")
                .help("make an activity smaller, or be honest in `effort`"),
            );
        }
    }

    fn rhythm<'a>(&'a self, ground: &Ground<'a>) -> &'a Rhythm {
        ground.run.cadence.as_ref().unwrap_or(&self.rhythm)
    }

    /// The openings: each week's slot, and the one after the last for the time to catch up.
    fn openings(&self, ground: &Ground) -> Vec<(usize, Slot)> {
        let mut keys: Vec<&str> = self.weeks.iter().map(|week| week.id.as_str()).collect();
        keys.extend(self.catch_up.as_ref().map(|_| CATCH_UP));
        place(self.rhythm(ground), ground, &keys)
    }

    fn hour(&self, slot: &Slot, ground: &Ground) -> Time {
        let time = slot.time.or(self.rhythm(ground).at);
        time.unwrap_or(ground.hour())
    }

    fn invitation(&self, ground: &Ground) -> Draft {
        let (day, hour) = (ground.run.starts, ground.hour());
        let words = Words {
            title: ground.programme.title.clone(),
            parts: vec![Part {
                section: Section::Words,
                text: ground.programme.body.clone(),
            }]
            .into(),
            ..Words::default()
        };
        let mut draft = Draft::new(INVITATION, day, hour, words);
        let announce = Timing {
            offset: self.announce,
            at: None,
            on_skip: None,
        };
        ground.timed(&announce, day, OnSkip::Preceding, &mut draft);
        draft.label = Some(ground.say("invitation", &[]));
        draft.drawn = INVITATION.to_owned();
        draft.invites = self.weeks.first().map(|week| week.id.to_string());
        draft
    }

    /// A week: its opening, its activities and its last question.
    fn week(&self, index: usize, slot: &Slot, ground: &Ground) -> Vec<Draft> {
        let week = &self.weeks[index];
        let hour = self.hour(slot, ground);
        let n = index as u32 + 1;
        let label = ground.say("week_n", &[("n", &n.to_string())]);
        let words = Words {
            title: week.theme.clone(),
            parts: week.say.iter().cloned().collect(),
            ..Words::default()
        };
        let mut opening = Draft::new(&*week.id, slot.date, hour, words);
        opening.nominal = slot.nominal;
        opening.why.clone_from(&slot.why);
        opening.drawn = week.id.to_string();
        opening.number = Some(n);
        opening.opens = true;
        opening.announced_by = Some(INVITATION.to_owned());
        opening.discussion = week.discussion;
        let member = |key: String, drawn: &str, day, at: Option<Time>, rule, words| {
            let slot = within(day, slot.date, rule, ground);
            let mut draft = Draft::new(key, slot.date, at.unwrap_or(hour), words);
            draft.nominal = slot.nominal;
            draft.why = slot.why;
            draft.drawn = drawn.to_owned();
            draft.within = Some(week.id.to_string());
            draft
        };
        let mut drafts: Vec<Draft> = self
            .scheduled(ground.programme)
            .filter(|(_, step)| step.week == *week.id)
            .map(|(activity, step)| {
                let (id, words) = (activity.id.to_string(), activity.words());
                let rule = OnSkip::Following;
                let mut draft = member(id, &activity.id, step.day, step.at, rule, words);
                draft.event_minutes = step.live;
                draft
            })
            .collect();
        drafts.extend(week.wrap.as_ref().map(|wrap| {
            let words = Words {
                title: ground.say("week_wrap", &[]),
                parts: vec![wrap.say.clone()].into(),
                ..Words::default()
            };
            let (key, rule) = (format!("{}/wrap", week.id), OnSkip::Preceding);
            member(key, &week.id, Some(wrap.day), wrap.at, rule, words.into())
        }));
        drafts.push(opening);
        for draft in &mut drafts {
            draft.label = Some(label.clone());
        }
        drafts
    }
}

/// The first such day on or after another, or that day itself; a holiday moves it alone.
fn within(day: Option<Weekday>, from: Date, on_skip: OnSkip, ground: &Ground) -> Slot {
    let days = match day {
        Some(day) => vec![day],
        None => vec![from.weekday()],
    };
    let frame = Frame {
        starts: from,
        until: from.saturating_add(6.days()),
        calendar: &ground.run.calendar,
        on_skip,
    };
    let cadence = Cadence::Weekly { every: 1, days };
    let found = cadence.slots(&frame, Some(1)).slots.pop();
    // What was moved before the week began comes out with its opening.
    found.filter(|slot| slot.date >= from).unwrap_or(Slot {
        nominal: from,
        date: from,
        time: None,
        why: None,
    })
}

impl CatchUp {
    fn draft(&self, slot: &Slot, hour: Time, ground: &Ground) -> Draft {
        let words = Words {
            parts: self.say.iter().cloned().collect(),
            ..Words::default()
        };
        let mut draft = Draft::new(CATCH_UP, slot.date, hour, words);
        draft.nominal = slot.nominal;
        draft.why.clone_from(&slot.why);
        draft.label = Some(ground.say("catch_up", &[]));
        draft.drawn = CATCH_UP.to_owned();
        draft.opens = true;
        draft.discussion = Some(self.length);
        draft
    }
}

impl Design for Guided {
    fn check(&self, programme: &Programme, rules: &Rules, diags: &mut Diagnostics) {
        if self.weeks.is_empty() {
            diags.push(
                Diagnostic::error("no-weeks", "this experience has no weeks")
                    .at(self.here.clone())
                    .why("a theme a week is what people hold on to")
                    .help("add at least one entry under `weeks:`"),
            );
            return;
        }
        self.check_names(programme, diags);
        let known = || self.weeks.iter().map(|week| week.id.as_str());
        for (activity, step) in self.scheduled(programme) {
            if known().any(|week| week == step.week) {
                continue;
            }
            let help = match did_you_mean(&step.week, known()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("weeks are: {}", known().collect::<Vec<_>>().join(", ")),
            };
            diags.push(
                Diagnostic::error(
                    "unknown-week",
                    format!(
                        "`{}` belongs to a week `{}` that is not there",
                        activity.id, step.week
                    ),
                )
                .at(step.week_at.clone())
                .help(help),
            );
        }
        for week in &self.weeks {
            self.check_week(week, programme, rules, diags);
        }
    }

    fn check_run(&self, ground: &Ground, diags: &mut Diagnostics) {
        let wanted = self.weeks.len() + usize::from(self.catch_up.is_some());
        let slots = base_slots(self.rhythm(ground), ground, wanted).len();
        if slots < wanted {
            diags.push(
                Diagnostic::error(
                    "no-slot",
                    format!("there are {wanted} weeks and only {slots} slots"),
                )
                .at(ground.run.origin.place(ground.run.programme_at.clone()))
                .help("move `ends`, or take it out: the run ends when its last discussion closes"),
            );
        }
    }

    fn rhythms(&self) -> Vec<&Rhythm> {
        vec![&self.rhythm]
    }

    fn occurrences(&self, ground: &Ground, _: &mut Diagnostics) -> Vec<Draft> {
        let mut drafts = vec![self.invitation(ground)];
        for (index, slot) in self.openings(ground) {
            match &self.catch_up {
                Some(catch_up) if index == self.weeks.len() => {
                    drafts.push(catch_up.draft(&slot, self.hour(&slot, ground), ground));
                }
                _ => drafts.extend(self.week(index, &slot, ground)),
            }
        }
        drafts
    }
}
