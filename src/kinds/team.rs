//! Social collaboration in a team: a few small routines that move the team's own work, an agreement,
//! and days on which its manager asks whether they do. The titles of the routines are public from the
//! start, as those of a community's rhythms are; their words come out on their days.

use super::duties;
use super::rhythm::{RHYTHM_KEYS, read_rhythm};
use super::series::{beat_rule, with_released};
use super::timing::{TIMING_KEYS, read_timing};
use crate::diag::{Diagnostic, Diagnostics, Place, did_you_mean};
use crate::document::audiences::run;
use crate::document::{Audience, Fields, Key};
use crate::model::{
    Activity, Aside, Beside, Design, Draft, Embed, Ground, Kind, Programme, Rules, Timing,
};
use crate::schedule::{Offset, OnSkip, Rhythm, Unit};
use jiff::civil::Date;
use std::sync::Arc;

const KEYS: &[Key] = &[
    Key::fact("work_outcomes", Audience::Run).prose(),
    Key::new("manager", Audience::Team),
    Key::new("consultant", Audience::Team),
    Key::fact("agreement", Audience::Run).of(&[
        run("write").prose(),
        run("answer").prose(),
        run("out").prose(),
    ]),
    Key::new("first_talk", Audience::Team).prose(),
];

const ACTIVITY_KEYS: &[Key] = &[
    TIMING_KEYS[0],
    TIMING_KEYS[1],
    TIMING_KEYS[2],
    Key::fact("moves", Audience::Run).prose(),
    run("cadence").of(RHYTHM_KEYS),
    run("begins"),
    run("review"),
];

/// The row of the table.
pub static KIND: Kind = Kind {
    name: "team-playbook",
    folder: "teams",
    summary: "a team's own routines for working in the open, with an agreement and reviews",
    example: include_str!("examples/team-playbook.md"),
    run_example: include_str!("examples/team-playbook.run.md"),
    holds_sessions: false,
    asides: &[Aside::Today],
    embeds: &[Embed::Today, Embed::Upcoming],
    beside: &[Beside::Brief],
    lead_weeks: 1,
    on_skip: OnSkip::Drop,
    discussion_days: 7,
    keys: KEYS,
    activity_keys: ACTIVITY_KEYS,
    chores: duties::TEAM_PLAYBOOK,
    read,
};

/// A practice that begins so soon counts among those that a team has to learn at once.
const AT_ONCE_DAYS: i32 = 28;

#[derive(Debug)]
struct Playbook {
    has_manager: bool,
    parts: Vec<Option<Sort>>,
    here: Place,
}

/// What an activity of a playbook is.
#[derive(Debug)]
enum Sort {
    Practice(Practice),
    Step(Timing),
    Review(Timing),
}

/// A routine.
#[derive(Debug)]
struct Practice {
    rhythm: Rhythm,
    begins: Offset,
    on_skip: Option<OnSkip>,
}

fn read(fields: &Fields, parts: &[Fields], diags: &mut Diagnostics) -> Option<Arc<dyn Design>> {
    let listed = fields.words("work_outcomes", diags);
    let outcomes: Vec<&str> = listed.iter().map(|(words, _)| words.as_str()).collect();
    if outcomes.is_empty() {
        diags.push(
            Diagnostic::error("missing-work-outcome", "no result of the team's work is named")
                .at(fields.here())
                .why("a team changes its habits for its own work, not to learn a tool")
                .help("add `work_outcomes:` with what will be better at work: `[Hand-over notes readable by every shift]`"),
        );
    }
    if let Some(agreement) = fields.map("agreement", diags) {
        for key in ["write", "answer", "out"] {
            agreement.text(key, diags);
        }
    }
    fields.words("first_talk", diags);
    Some(Arc::new(Playbook {
        has_manager: fields.has("manager"),
        parts: parts
            .iter()
            .map(|part| sort(part, &outcomes, diags))
            .collect(),
        here: fields.here(),
    }))
}

fn sort(fields: &Fields, outcomes: &[&str], diags: &mut Diagnostics) -> Option<Sort> {
    let review = fields.flag("review", diags).unwrap_or(false);
    match (fields.has("cadence"), fields.has("offset")) {
        (true, false) if !review => {
            moves(fields, outcomes, diags);
            practice(fields, diags).map(Sort::Practice)
        }
        (false, true) => {
            let timing = read_timing(fields, diags)?;
            Some(if review {
                Sort::Review(timing)
            } else {
                Sort::Step(timing)
            })
        }
        (with_cadence, _) => {
            let message = if with_cadence {
                "this is a routine and something that happens once"
            } else {
                "this is neither a routine nor something that happens once"
            };
            diags.push(
                Diagnostic::error("practice-or-step", message)
                    .at(fields.here())
                    .help("give a routine a `cadence:` and `moves:`; give what happens once an `offset=0wd`, and a review `review=yes` besides"),
            );
            None
        }
    }
}

fn practice(fields: &Fields, diags: &mut Diagnostics) -> Option<Practice> {
    let rhythm = fields.map("cadence", diags);
    let rhythm = rhythm.and_then(|cadence| read_rhythm(&cadence, diags));
    let begins = match fields.has("begins") {
        true => fields.parse("begins", diags),
        false => "0d".parse().ok(),
    };
    Some(Practice {
        rhythm: rhythm?,
        begins: begins?,
        on_skip: fields.parse("on_skip", diags),
    })
}

/// A routine that moves no result of the work is training for a tool.
fn moves(fields: &Fields, outcomes: &[&str], diags: &mut Diagnostics) {
    let named = fields.text("moves", diags);
    if outcomes.is_empty()
        || named
            .as_deref()
            .is_some_and(|named| outcomes.contains(&named))
    {
        return;
    }
    let (place, message, help) = match &named {
        None => (
            fields.here(),
            "this practice says nothing of what it moves at work".to_owned(),
            format!("add `moves: {}`, or leave the practice out", outcomes[0]),
        ),
        Some(named) => (
            fields.place("moves"),
            format!("no work outcome is called `{named}`"),
            match did_you_mean(named, outcomes.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "write one of `work_outcomes`, to the letter: {}",
                    outcomes.join("; ")
                ),
            },
        ),
    };
    diags.push(
        Diagnostic::error("practice-without-outcome", message)
            .at(place)
            .why("a routine that moves no result of the work is training for a tool, and stops when the trainer leaves")
            .help(help),
    );
}

impl Playbook {
    /// The activities that happen, with what they are.
    fn parts<'a>(
        &'a self,
        programme: &'a Programme,
    ) -> impl Iterator<Item = (&'a Activity, &'a Sort)> {
        let parts = programme.activities.iter().zip(&self.parts);
        parts.filter_map(|(activity, sort)| {
            let sort = sort.as_ref().filter(|_| !activity.spare)?;
            Some((activity, sort))
        })
    }

    fn practices(&self) -> impl Iterator<Item = &Practice> {
        self.parts.iter().flatten().filter_map(|part| match part {
            Sort::Practice(practice) => Some(practice),
            Sort::Step(_) | Sort::Review(_) => None,
        })
    }
}

impl Design for Playbook {
    fn check(&self, programme: &Programme, rules: &Rules, diags: &mut Diagnostics) {
        if !self.has_manager {
            diags.push(
                Diagnostic::error("no-manager", "no manager stands behind this")
                    .at(self.here.clone())
                    .why("a team keeps the routines that its manager keeps")
                    .help("add `manager: role:team-manager`"),
            );
        }
        if !self
            .parts(programme)
            .any(|(_, sort)| matches!(sort, Sort::Review(_)))
        {
            diags.push(
                Diagnostic::error("no-review", "nobody asks later whether this was any use")
                    .at(self.here.clone())
                    .why("a start without a review is a push that fades within weeks")
                    .help("add an activity with `offset=4w review=yes` and its questions"),
            );
        }
        let at_once = self.parts(programme).filter(|(_, sort)| {
            matches!(sort, Sort::Practice(practice) if practice.begins_within(AT_ONCE_DAYS))
        });
        let at_once = at_once.count();
        if at_once > rules.practices as usize {
            diags.push(
                Diagnostic::warning(
                    "too-many-practices",
                    format!("{at_once} practices begin within the first four weeks"),
                )
                .at(self.here.clone())
                .why("habits are learned one after the other, beside the work")
                .help(format!(
                    "begin with {} and let the others follow: `begins: 4w`",
                    rules.practices
                )),
            );
        }
    }

    fn check_run(&self, _: &Ground, _: &mut Diagnostics) {}

    fn rhythms(&self) -> Vec<&Rhythm> {
        self.practices().map(|practice| &practice.rhythm).collect()
    }

    fn dropped(&self, ground: &Ground) -> Vec<(Date, String)> {
        self.practices()
            .flat_map(|practice| practice.slots(ground).dropped)
            .collect()
    }

    fn occurrences(&self, ground: &Ground, _: &mut Diagnostics) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for (activity, sort) in self.parts(ground.programme) {
            match sort {
                Sort::Practice(practice) => drafts.extend(practice.drafts(activity, ground)),
                Sort::Step(timing) => drafts.push(once(activity, timing, ground)),
                Sort::Review(timing) => {
                    let mut review = once(activity, timing, ground);
                    review.label = Some(ground.say("review", &[]));
                    review.quiet = true;
                    drafts.push(review);
                }
            }
        }
        drafts
    }
}

/// Something that happens once, counted from the start.
fn once(activity: &Activity, timing: &Timing, ground: &Ground) -> Draft {
    let start = ground.run.starts;
    let mut draft = Draft::new(&*activity.id, start, ground.hour(), activity.words());
    ground.timed(timing, start, OnSkip::Following, &mut draft);
    draft.drawn = activity.id.to_string();
    draft
}

impl Practice {
    fn begins_within(&self, days: i32) -> bool {
        let amount = self.begins.amount;
        match self.begins.unit {
            Unit::Minutes | Unit::Hours => true,
            Unit::Days => amount < days,
            Unit::WorkingDays => amount < days * 5 / 7,
            Unit::Weeks => amount < days / 7,
        }
    }

    fn slots(&self, ground: &Ground) -> crate::schedule::Slots {
        let calendar = &ground.run.calendar;
        let (first, _, _) = self.begins.date(ground.run.starts, calendar, OnSkip::Keep);
        let rule = beat_rule(&self.rhythm, self.on_skip, ground);
        ground.slots_from(first, &self.rhythm.in_week(calendar.week), rule)
    }

    /// Its days. What happens again and again carries its day in the title, so that no two are called
    /// the same.
    fn drafts(&self, activity: &Activity, ground: &Ground) -> Vec<Draft> {
        let slots = self.slots(ground).slots;
        let all = with_released(&activity.id, &slots, ground).into_iter();
        all.map(|slot| {
            let time = slot.time.or(self.rhythm.at).unwrap_or(ground.hour());
            let key = format!("{}/{}", activity.id, slot.nominal);
            let mut draft = Draft::new(key, slot.date, time, activity.words());
            draft.nominal = slot.nominal;
            draft.why = slot.why;
            draft.label = Some(activity.words.title.clone());
            draft.words.title = ground.day(slot.nominal);
            draft.drawn = activity.id.to_string();
            draft
        })
        .collect()
    }
}
