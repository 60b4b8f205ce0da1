//! Onboarding community: a rolling intake. Each start date has its own row of steps, and nobody's name
//! is anywhere.

use super::duties;
use super::rhythm::{RHYTHM_KEYS, read_rhythm};
use super::timing::{TIMING_KEYS, read_timing};
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::document::audiences::run;
use crate::document::{Audience, Fields, Key, Source};
use crate::model::{Design, Draft, Embed, Ground, Kind, Programme, Rules, Timing};
use crate::schedule::{Calendar, Frame, Offset, OnSkip, Rhythm, Slot, Unit, Week};
use jiff::ToSpan;
use jiff::civil::date;
use std::collections::BTreeMap;
use std::sync::Arc;

const KEYS: &[Key] = &[
    run("intake").of(&[run("window")]).with(RHYTHM_KEYS),
    Key::new("host", Audience::Team),
    Key::fact("buddies", Audience::Run).of(&[run("how").prose()]),
    Key::new("name", Audience::Team),
    Key::new("email", Audience::Team),
    Key::new("phone", Audience::Team),
];

const STEP_KEYS: &[Key] = &[
    TIMING_KEYS[0],
    TIMING_KEYS[1],
    TIMING_KEYS[2],
    Key::new("connects", Audience::Team),
    Key::new("type", Audience::Team),
    Key::new("name", Audience::Team),
    Key::new("email", Audience::Team),
    Key::new("phone", Audience::Team),
];

/// The row of the table.
pub static KIND: Kind = Kind {
    name: "onboarding",
    folder: "onboarding",
    summary: "a welcome for new starters: the same steps from every start date, without names",
    example: include_str!("examples/onboarding.md"),
    run_example: include_str!("examples/onboarding.run.md"),
    holds_sessions: false,
    asides: &[],
    embeds: &[Embed::Welcome],
    beside: &[],
    lead_weeks: 1,
    on_skip: OnSkip::Following,
    discussion_days: 14,
    keys: KEYS,
    activity_keys: STEP_KEYS,
    chores: duties::ONBOARDING,
    read,
};

#[derive(Debug)]
struct Onboarding {
    intake: Rhythm,
    window: Offset,
    steps: Vec<Option<Step>>,
    here: Place,
}

#[derive(Debug)]
struct Step {
    timing: Timing,
    cross: bool,
    reading: bool,
    place: Place,
}

fn read(fields: &Fields, steps: &[Fields], diags: &mut Diagnostics) -> Option<Arc<dyn Design>> {
    let _ = fields.need("intake", "missing-key", &mut Diagnostics::new());
    let intake = fields.map("intake", diags);
    if intake.is_none() && !fields.has("intake") {
        diags.push(
            Diagnostic::error("missing-key", "`intake` is missing")
                .at(fields.here())
                .help(
                    "say when people may start: `intake: {every: week, days: [mon], window: 26w}`",
                ),
        );
    }
    let intake = intake?;
    let rhythm = read_rhythm(&intake, diags);
    let _ = intake.need("window", "missing-key", diags);
    let window: Option<Offset> = intake.parse("window", &mut Diagnostics::new());
    if intake.has("window")
        && !window.as_ref().is_some_and(|w| {
            matches!(w.unit, Unit::Weeks | Unit::Days) && (1..=800).contains(&w.amount)
        })
    {
        diags.push(
            Diagnostic::error(
                "wrong-value",
                "the window of an intake is counted in weeks or days",
            )
            .at(intake.place("window"))
            .help("write `window: 26w`"),
        );
        return None;
    }
    personal_data(fields, steps, diags);
    let steps = steps.iter().map(|fields| step(fields, diags)).collect();
    Some(Arc::new(Onboarding {
        intake: rhythm?,
        window: window?,
        steps,
        here: fields.here(),
    }))
}

fn step(fields: &Fields, diags: &mut Diagnostics) -> Option<Step> {
    let timing = read_timing(fields, diags);
    let cross = fields.choice(
        "connects",
        &[("team", false), ("peers", false), ("cross-org", true)],
        diags,
    );
    let reading = fields.choice(
        "type",
        &[
            ("meet", false),
            ("try", false),
            ("reflect", false),
            ("give-back", false),
            ("read", true),
        ],
        diags,
    );
    Some(Step {
        timing: timing?,
        cross: cross.unwrap_or(false),
        reading: reading.unwrap_or(false),
        place: fields.here(),
    })
}

/// New starters' names and addresses must not be in git, where they would stay for ever.
fn personal_data(fields: &Fields, steps: &[Fields], diags: &mut Diagnostics) {
    let mut tell = |place: Place, what: &str| {
        diags.push(
            Diagnostic::error(
                "personal-data",
                format!("{what} stands in an onboarding file"),
            )
            .at(place)
            .why("what is committed to git stays there, and nobody was asked")
            .help("take it out; a new starter needs only the link of their start date"),
        );
    };
    let mut files: BTreeMap<&str, &Source> = BTreeMap::new();
    for mapping in steps.iter().chain([fields]) {
        files.insert(&mapping.source().file, mapping.source());
        for key in ["name", "email", "phone"] {
            if mapping.has(key) {
                tell(mapping.place(key), &format!("a person's {key}"));
            }
        }
    }
    for source in files.values() {
        let mut at = 0;
        for word in source.text.split_inclusive(char::is_whitespace) {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if is_mail(bare) {
                let start = at + word.find(bare).unwrap_or(0);
                tell(source.place(start..start + bare.len()), "an e-mail address");
            }
            at += word.len();
        }
    }
}

fn is_mail(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.contains('@')
    })
}

impl Design for Onboarding {
    fn check(&self, programme: &Programme, rules: &Rules, diags: &mut Diagnostics) {
        let steps: Vec<&Step> = self.steps.iter().flatten().collect();
        if !steps.iter().any(|step| step.cross) {
            diags.push(
                Diagnostic::error(
                    "no-connection-step",
                    "no step connects people beyond their team",
                )
                .at(self.here.clone())
                .why("the people one meets in the first weeks are those one asks for years")
                .help("give at least one step `connects=cross-org`"),
            );
        }
        let reading = steps.iter().filter(|step| step.reading).count();
        if reading * 2 > steps.len() {
            diags.push(
                Diagnostic::error(
                    "broadcast-onboarding",
                    format!("{reading} of {} steps are reading", steps.len()),
                )
                .at(self.here.clone())
                .why("a welcome that only tells teaches newcomers to be silent")
                .help("turn readings into something to do with somebody"),
            );
        }
        let calendar = Calendar {
            week: Week::MON_FRI,
            blackouts: BTreeMap::new(),
        };
        let monday = date(2026, 1, 5);
        let mut days: Vec<(i32, &Step)> = steps
            .iter()
            .map(|step| {
                let (_, day, _) = step
                    .timing
                    .offset
                    .date(monday, &calendar, OnSkip::Following);
                let working = (monday.until(day).map_or(0, |span| span.get_days()) + 1) * 5 / 7;
                (working, *step)
            })
            .collect();
        days.sort_by_key(|(day, _)| *day);
        if let Some((day, step)) = days.first()
            && *day > 1
        {
            diags.push(
                Diagnostic::warning(
                    "first-contact-late",
                    "nothing happens on the first working day or the next",
                )
                .at(step.place.clone())
                .why("the first hours decide whether somebody dares to write")
                .help("begin with a hello at `offset=0wd`"),
            );
        }
        for pair in days.windows(2) {
            let gap = pair[1].0 - pair[0].0;
            if gap > rules.onboarding_gap as i32 && pair[0].0 < 64 && programme.activities.len() > 1
            {
                diags.push(
                    Diagnostic::warning("gap", format!("{gap} working days pass before this step"))
                        .at(pair[1].1.place.clone())
                        .why("a silence in the first ninety days reads as indifference")
                        .help("add a small step between"),
                );
            }
        }
    }

    fn check_run(&self, _: &Ground, _: &mut Diagnostics) {}

    fn rhythms(&self) -> Vec<&Rhythm> {
        vec![&self.intake]
    }

    fn occurrences(&self, ground: &Ground, _: &mut Diagnostics) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for intake in self.intakes(ground) {
            let activities = ground.programme.activities.iter();
            let steps = activities
                .zip(&self.steps)
                .filter(|(activity, _)| !activity.spare);
            for ((activity, step), number) in steps.zip(1u32..) {
                let Some(step) = step else { continue };
                let mut draft = Draft::new(
                    format!("{}/{}", intake.nominal, activity.id),
                    intake.date,
                    ground.hour(),
                    activity.words(),
                );
                ground.timed(&step.timing, intake.date, OnSkip::Following, &mut draft);
                if draft.date == intake.date {
                    draft.why = draft.why.or_else(|| intake.why.clone());
                }
                draft.drawn = activity.id.to_string();
                draft.number = Some(number);
                draft.label =
                    Some(ground.say("starters", &[("day", &ground.short_day(intake.date))]));
                draft.intake = Some(intake.date);
                drafts.push(draft);
            }
        }
        drafts
    }
}

impl Onboarding {
    /// The start dates in the window, which counts from the run's first day.
    fn intakes(&self, ground: &Ground) -> Vec<Slot> {
        let days = match self.window.unit {
            Unit::Weeks => self.window.amount * 7,
            _ => self.window.amount,
        };
        let last = ground.run.starts.saturating_add((days - 1).days());
        let frame = Frame {
            starts: ground.run.starts,
            until: ground.run.ends.map_or(last, |ends| ends.min(last)),
            calendar: &ground.run.calendar,
            on_skip: ground.on_skip(None),
        };
        let rhythm = ground.run.cadence.as_ref().unwrap_or(&self.intake);
        rhythm
            .in_week(ground.run.calendar.week)
            .slots(&frame, None)
            .slots
    }
}
