//! Modern social classroom: something to do before, a session that is mostly working and talking,
//! something to do after. Offsets count from the session's day.

use super::agenda::{AGENDA_KEYS, check_length, read_agenda};
use super::community::length;
use super::duties;
use super::timing::{TIMING_KEYS, around as rule, read_timing};
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::document::{Audience, Fields, Key};
use crate::model::{
    AgendaItem, Design, Draft, Embed, Ground, Kind, Part, Programme, Rules, Section, Timing, Words,
};
use crate::schedule::{Offset, OnSkip, Unit};
use std::sync::Arc;

const KEYS: &[Key] = &[
    Key::new("session", Audience::Run).of(&[Key::new("length", Audience::Run)]),
    Key::new("announce", Audience::Run),
    Key::new("facilitator", Audience::Team),
    Key::new("during", Audience::Released).of(AGENDA_KEYS),
    Key::new("materials", Audience::Team).prose(),
];

/// The row of the table.
pub static KIND: Kind = Kind {
    name: "classroom",
    folder: "classrooms",
    summary: "a flipped class: preparation, a session of work and talk, and what comes after",
    example: include_str!("examples/classroom.md"),
    run_example: include_str!("examples/classroom.run.md"),
    holds_sessions: false,
    asides: &[],
    embeds: &[Embed::Now, Embed::Upcoming],
    beside: &[],
    lead_weeks: 5,
    on_skip: OnSkip::Following,
    discussion_days: 14,
    keys: KEYS,
    activity_keys: &TIMING_KEYS,
    chores: duties::CLASSROOM,
    read,
};

/// Announced three weeks ahead unless somebody says otherwise: time for a manager to agree.
const ANNOUNCE: &str = "-15wd";

/// The keys of what a session generates.
const SESSION: &str = "session";
const INVITATION: &str = "invitation";

#[derive(Debug)]
struct Classroom {
    minutes: u32,
    length_at: Place,
    announce: Offset,
    agenda: Vec<AgendaItem>,
    around: Vec<Option<Around>>,
    here: Place,
}

/// An activity before or after the session.
#[derive(Debug)]
struct Around {
    timing: Timing,
    place: Place,
}

fn read(fields: &Fields, steps: &[Fields], diags: &mut Diagnostics) -> Option<Arc<dyn Design>> {
    let _ = fields.need("session", "missing-key", &mut Diagnostics::new());
    let session = fields.map("session", diags);
    if !fields.has("session") {
        diags.push(
            Diagnostic::error("missing-key", "`session` is missing")
                .at(fields.here())
                .help("say how long the class meets: `session: {length: 120m}`"),
        );
    }
    let announce = if fields.has("announce") {
        fields.parse("announce", diags)
    } else {
        ANNOUNCE.parse().ok()
    };
    let agenda = read_agenda(fields, "during", diags);
    let around = steps
        .iter()
        .map(|fields| {
            Some(Around {
                timing: read_timing(fields, diags)?,
                place: fields.here(),
            })
        })
        .collect();
    let session = session?;
    Some(Arc::new(Classroom {
        minutes: length(&session, "length", diags)?,
        length_at: session.place("length"),
        announce: announce?,
        agenda,
        around,
        here: fields.here(),
    }))
}

impl Classroom {
    fn check_agenda(&self, rules: &Rules, diags: &mut Diagnostics) {
        check_length(
            &self.agenda,
            self.minutes,
            "session",
            &self.length_at,
            diags,
        );
        let working: u32 = self.sum(|item| item.mode != "break");
        let present: u32 = self.sum(|item| item.mode == "present");
        let share = (present * 100).checked_div(working).unwrap_or(0);
        let told = format!("{present} of {working} working minutes are presented ({share} %)");
        if share > rules.present_refuse {
            diags.push(
                Diagnostic::error("broadcast-heavy", told)
                    .at(self.length_at.clone())
                    .why("people come together to talk and work; what is presented can be read before")
                    .help(format!("move it into the preparation: at most {} %", rules.present_refuse)),
            );
        } else if share > rules.present_warn {
            diags.push(
                Diagnostic::warning("broadcast-heavy", told)
                    .at(self.length_at.clone())
                    .why("people come together to talk and work")
                    .help("move some of it into the preparation"),
            );
        }
        let mut row = 0;
        for item in &self.agenda {
            row = if item.mode == "break" {
                0
            } else {
                row + item.minutes
            };
            if row > rules.break_after {
                diags.push(
                    Diagnostic::warning(
                        "no-break",
                        format!("{row} minutes without a break, up to `{}`", item.title),
                    )
                    .at(self.length_at.clone())
                    .help("add an item with `mode: break`"),
                );
                break;
            }
        }
    }

    fn sum(&self, of: impl Fn(&AgendaItem) -> bool) -> u32 {
        self.agenda
            .iter()
            .filter(|item| of(item))
            .map(|item| item.minutes)
            .sum()
    }

    fn sections(part: &str, words: &mut Words, ground: &Ground) {
        words.title.clone_from(&ground.programme.title);
        if part == INVITATION {
            words.parts = vec![Part {
                section: Section::Words,
                text: ground.programme.body.clone(),
            }]
            .into();
        }
    }
}

impl Design for Classroom {
    fn check(&self, programme: &Programme, rules: &Rules, diags: &mut Diagnostics) {
        self.check_agenda(rules, diags);
        let mut preparation = 0;
        let mut after = false;
        for (activity, around) in programme.activities.iter().zip(&self.around) {
            let Some(around) = around else { continue };
            let offset = &around.timing.offset;
            if !offset.is_before() {
                after = true;
                continue;
            }
            preparation += activity.words.minutes.unwrap_or(0);
            let late = match offset.unit {
                Unit::WorkingDays => offset.amount.unsigned_abs() < rules.prework_days,
                Unit::Days => offset.amount.unsigned_abs() < rules.prework_days + 2,
                Unit::Weeks => false,
                Unit::Minutes | Unit::Hours => true,
            };
            if late {
                diags.push(
                    Diagnostic::error("prework-too-late", format!("`{}` leaves too little time", activity.id))
                        .at(around.place.clone())
                        .why("preparation that arrives the day before is not done, and the class starts with telling")
                        .help(format!("give it at least {} working days: `offset=-7wd`", rules.prework_days)),
                );
            }
        }
        if preparation > rules.prework_minutes {
            diags.push(
                Diagnostic::warning(
                    "prework-long",
                    format!("the preparation takes {preparation} minutes"),
                )
                .at(self.here.clone())
                .why("people do what fits beside their work")
                .help(format!(
                    "keep it to {} minutes in all",
                    rules.prework_minutes
                )),
            );
        }
        if !after {
            diags.push(
                Diagnostic::error("no-after", "nothing happens after the session")
                    .at(self.here.clone())
                    .why("what is not tried within days is forgotten")
                    .help("add an activity with `offset=+2wd` that asks what people tried"),
            );
        }
    }

    fn check_run(&self, _: &Ground, _: &mut Diagnostics) {}

    fn agenda(&self) -> &[AgendaItem] {
        &self.agenda
    }

    fn occurrences(&self, ground: &Ground, _: &mut Diagnostics) -> Vec<Draft> {
        let (day, hour) = (ground.run.starts, ground.hour());
        let mut session = Draft::new(SESSION, day, hour, Words::default());
        Self::sections(SESSION, &mut session.words, ground);
        session.words.set_agenda(&self.agenda);
        session.label = Some(ground.say("session", &[]));
        session.drawn = SESSION.to_owned();
        session.event_minutes = Some(self.minutes);
        session.announced_by = Some(INVITATION.to_owned());

        let mut invitation = Draft::new(INVITATION, day, hour, Words::default());
        let announce = Timing {
            offset: self.announce,
            at: None,
            on_skip: None,
        };
        ground.timed(&announce, day, OnSkip::Preceding, &mut invitation);
        Self::sections(INVITATION, &mut invitation.words, ground);
        invitation.label = Some(ground.say("invitation", &[]));
        invitation.drawn = INVITATION.to_owned();
        invitation.invites = Some(SESSION.to_owned());

        let activities = ground.programme.activities.iter().zip(&self.around);
        let around = activities.filter_map(|(activity, around)| {
            let around = around.as_ref().filter(|_| !activity.spare)?;
            let mut draft = Draft::new(&*activity.id, day, hour, activity.words());
            ground.timed(&around.timing, day, rule(&around.timing), &mut draft);
            draft.drawn = activity.id.to_string();
            Some(draft)
        });
        around.chain([invitation, session]).collect()
    }
}
