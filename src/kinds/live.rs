//! Live event: a chat for an hour in the network, or the conversation beside an event. No static site
//! posts to the minute, so the host has a script; the feed carries the invitation, reminders, the start
//! and the wrap-up.

use super::community::length;
use super::duties;
use super::parts::read_hashtag;
use super::script::{Script, clock_minutes};
use super::timing::{TIMING_KEYS, around, read_timing};
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::document::audiences::team;
use crate::document::{Audience, Fields, Key};
use crate::model::{
    Action, Beside, Besides, Design, Draft, Embed, Fact, Ground, Kind, Part, Programme, Rules,
    ScriptLine, Section, Timing, Tongue, Words, same_language,
};
use crate::schedule::{Offset, OnSkip, Unit, instant};
use jiff::SignedDuration;
use jiff::civil::{Date, Time};
use std::sync::Arc;

const KEYS: &[Key] = &[
    Key::new("mode", Audience::Run),
    Key::new("hashtag", Audience::Run),
    Key::new("length", Audience::Run),
    team("host"),
    team("co_hosts"),
    Key::fact("collect", Audience::Run).prose(),
    Key::new("announce", Audience::Run),
    Key::new("questions", Audience::Released).of(&[
        Key::new("at", Audience::Released),
        Key::new("q", Audience::Released),
        Key::new("ask", Audience::Released).prose(),
        team("say").prose(),
        team("if_quiet").prose(),
        team("seed").prose(),
    ]),
    Key::new("sessions", Audience::Announced).of(&[
        Key::new("at", Audience::Announced),
        Key::new("length", Audience::Announced),
        Key::new("title", Audience::Announced).prose(),
        Key::new("tag", Audience::Announced),
        Key::new("ask", Audience::Released).prose(),
        team("if_quiet").prose(),
    ]),
    Key::fact("afterwards", Audience::Run).of(&[
        Key::new("summary_within", Audience::Run),
        Key::new("space", Audience::Run).prose(),
    ]),
];

/// The row of the table.
pub static KIND: Kind = Kind {
    name: "live-event",
    folder: "events",
    summary: "a chat for an hour, or the conversation beside an event, with a script for its host",
    example: include_str!("examples/live-event.md"),
    run_example: include_str!("examples/live-event.run.md"),
    holds_sessions: false,
    asides: &[],
    embeds: &[Embed::Now, Embed::Upcoming],
    beside: &[Beside::Notes],
    lead_weeks: 3,
    on_skip: OnSkip::Keep,
    discussion_days: 7,
    keys: KEYS,
    activity_keys: &TIMING_KEYS,
    chores: duties::LIVE_EVENT,
    read,
};

/// Two weeks to put it into calendars, and a word on the day before.
const ANNOUNCE: [&str; 2] = ["-10wd", "-1wd"];

/// The keys of what an event generates.
const EVENT: &str = "event";
const INVITATION: &str = "invitation";
const REMINDER: &str = "reminder";
const WRAP_UP: &str = "wrap-up";

/// What the pages around the event say of it.
const COLLECT: &str = "collect";
const AFTERWARDS: &str = "afterwards";

/// How English questions begin that a yes or a no answers.
const CLOSED: &[&str] = &[
    "do", "does", "did", "is", "are", "can", "could", "will", "would", "have", "has", "should",
];

#[derive(Debug)]
struct Live {
    chat: bool,
    hashtag: Option<String>,
    minutes: u32,
    announce: Vec<(Offset, Place)>,
    script: Script,
    summary_within: Option<Offset>,
    around: Vec<Option<Timing>>,
    here: Place,
}

fn read(fields: &Fields, steps: &[Fields], diags: &mut Diagnostics) -> Option<Arc<dyn Design>> {
    let _ = fields.need("mode", "missing-key", diags);
    let quiet = &mut Diagnostics::new();
    let chat = match fields.has("mode") {
        true => fields.choice("mode", &[("chat", true), ("backchannel", false)], diags),
        false => None,
    };
    let minutes = length(fields, "length", diags);
    let hashtag = read_hashtag(fields, "hashtag", diags);
    let announce = announce(fields, diags);
    let script = Script::read(fields, diags);
    let summary_within = match fields.map(AFTERWARDS, diags) {
        Some(afterwards) => {
            for key in ["summary_within", "space"] {
                let _ = afterwards.need(key, "missing-key", diags);
            }
            afterwards.parse("summary_within", quiet)
        }
        None => None,
    };
    if !fields.has(AFTERWARDS) {
        diags.push(
            Diagnostic::error("no-afterwards", "nobody says what comes after the event")
                .at(fields.here())
                .why("those who could not come look for what was said, and those who did want to know where to go on")
                .help("add `afterwards: {summary_within: 2wd, space: stays open}`"),
        );
    }
    let around = steps.iter().map(|step| read_timing(step, diags)).collect();
    let minutes = minutes?;
    script.check_times(minutes, diags);
    Some(Arc::new(Live {
        chat: chat?,
        hashtag,
        minutes,
        announce,
        script,
        summary_within,
        around,
        here: fields.here(),
    }))
}

/// When the event is announced, each with its place.
fn announce(fields: &Fields, diags: &mut Diagnostics) -> Vec<(Offset, Place)> {
    if !fields.has("announce") {
        let usual = ANNOUNCE.iter().filter_map(|text| text.parse().ok());
        return usual.map(|offset| (offset, fields.here())).collect();
    }
    let mut found = Vec::new();
    for (text, at) in fields.words("announce", diags) {
        let place = fields.at(at);
        let problem = match text.parse::<Offset>() {
            Ok(offset) if offset.is_before() => {
                found.push((offset, place));
                continue;
            }
            Ok(_) => format!("`{text}` does not come before the event"),
            Err(problem) => problem,
        };
        diags.push(Diagnostic::error("wrong-value", problem).at(place).help(
            "write how long before the event each one comes: `announce: [-10wd, -1wd, -30m]`",
        ));
    }
    found
}

impl Live {
    fn check_count(&self, rules: &Rules, diags: &mut Diagnostics) {
        let asked = self.script.questions();
        let most = (self.minutes / rules.question_minutes.max(1)) as usize;
        let least = rules.questions as usize;
        let (what, why, help) = if asked < least {
            (
                "too few",
                "one question is a post, not a chat",
                format!("ask at least {least}, each with its minute under `questions:`"),
            )
        } else if asked > most {
            (
                "too many",
                "people read, think and type; what comes faster is not answered",
                format!(
                    "ask at most {most}, one for each {} minutes, and keep the others for afterwards",
                    rules.question_minutes
                ),
            )
        } else {
            return;
        };
        diags.push(
            Diagnostic::error(
                "question-count",
                format!("{asked} questions are {what} for {} minutes", self.minutes),
            )
            .at(self.here.clone())
            .why(why)
            .help(help),
        );
    }

    /// Questions that a yes ends. Other languages have other words for it.
    fn check_open(&self, ground: &Ground, diags: &mut Diagnostics) {
        let spoken = ground.language();
        let written = (ground.site).language_of(&Tongue::Definition, ground.programme, spoken);
        if !same_language(written, "en") {
            return;
        }
        for (name, ask, place) in self.script.asked() {
            let letter = |c: char| !c.is_alphabetic();
            let first = ask.trim_start_matches(letter).split(letter).next();
            let first = first.unwrap_or("").to_lowercase();
            if CLOSED.contains(&first.as_str()) {
                diags.push(
                    Diagnostic::warning(
                        "closed-question",
                        format!("a yes or a no answers `{name}`"),
                    )
                    .at(place.clone())
                    .why("a chat lives on what people tell after the yes")
                    .help("begin with what, how, when or which"),
                );
            }
        }
    }

    /// Announcements that the builds of this site may bring when the event has begun.
    fn check_minutes(&self, ground: &Ground, diags: &mut Diagnostics) {
        let Some(every) = ground.site.build_every else {
            return;
        };
        let event = self.event(ground);
        let every = every.as_mins();
        for (offset, place) in &self.announce {
            let Some(before) = clock_minutes(*offset).map(|minutes| i64::from(-minutes)) else {
                continue;
            };
            if before > every {
                continue;
            }
            let (_, time) = earlier(event.date, event.time, before, ground);
            let due = time.strftime("%H:%M");
            let late = match every {
                60 => "an hour".to_owned(),
                minutes if minutes % 60 == 0 => format!("{} hours", minutes / 60),
                minutes => format!("{minutes} minutes"),
            };
            diags.push(
                Diagnostic::warning(
                    "minute-release",
                    format!("what is due at {due} (`{offset}`) can be up to {late} late"),
                )
                .at(place.clone())
                .why("this site says that it is built no more often (`build_every`), and the event begins meanwhile")
                .help(format!("write `-{}m`: it is then out at {due} at the latest", before + every)),
            );
        }
    }

    /// The event before anybody moved it.
    fn event(&self, ground: &Ground) -> Draft {
        let day = ground.run.starts;
        let mut event = Draft::new(EVENT, day, ground.hour(), self.words(ground));
        let on_the_day = Timing {
            offset: Offset {
                amount: 0,
                unit: Unit::Days,
            },
            at: None,
            on_skip: None,
        };
        ground.timed(&on_the_day, day, ground.on_skip(None), &mut event);
        event.label = Some(ground.say("live", &[]));
        event.event_minutes = Some(self.minutes);
        event.announced_by = Some(INVITATION.to_owned());
        event.words.summary = Some(ground.programme.summary.clone());
        let hashtag = ground.run.hashtag.as_ref().or(self.hashtag.as_ref());
        let script = self.script.lines(hashtag.map(String::as_str));
        event.words.set_script(script);
        event.drawn = EVENT.to_owned();
        event
    }

    /// What the invitation and the event say: what it is, and what is on.
    fn words(&self, ground: &Ground) -> Words {
        let body = Part {
            section: Section::Words,
            text: ground.programme.body.clone(),
        };
        Words {
            parts: Some(body)
                .into_iter()
                .filter(|p| !p.text.is_blank())
                .collect(),
            ..self.bare(ground, &[COLLECT, AFTERWARDS])
        }
    }

    fn bare(&self, ground: &Ground, facts: &[&str]) -> Words {
        let facts = |fact: &&Fact| facts.contains(&fact.key);
        Words {
            title: title(ground),
            facts: ground
                .programme
                .facts
                .iter()
                .filter(facts)
                .cloned()
                .collect(),
            besides: Besides {
                agenda: self.script.agenda(),
                ..Besides::default()
            }
            .into(),
            ..Words::default()
        }
    }

    /// The invitation, which stands where it was planned, and reminders, which go with the event.
    fn announcements(
        &self,
        event: &Draft,
        takes_place: (Date, Time),
        ground: &Ground,
    ) -> Vec<Draft> {
        let planned = (event.date, event.time);
        let mut offsets: Vec<Offset> = self.announce.iter().map(|(offset, _)| *offset).collect();
        offsets.sort_by_key(|offset| before(*offset, planned, ground).0);
        let calendar = |offset: &&Offset| clock_minutes(**offset).is_none();
        let days = offsets.iter().skip(1).filter(calendar).count();
        let drafts = offsets.iter().zip(0u32..).map(|(offset, n)| {
            let first = n == 0;
            let from = if first {
                planned.min(takes_place)
            } else {
                takes_place
            };
            let ((date, time), why) = before(*offset, from, ground);
            let key = if first {
                INVITATION.to_owned()
            } else {
                format!("{REMINDER}/{n}")
            };
            let words = if first {
                self.words(ground)
            } else {
                self.bare(ground, &[COLLECT])
            };
            let mut draft = Draft::new(key, date, time, words);
            draft.why = why;
            draft.drawn = if first { INVITATION } else { REMINDER }.to_owned();
            draft.invites = Some(EVENT.to_owned());
            draft.part_of = (!first).then(|| EVENT.to_owned());
            draft.label = Some(if first {
                ground.say("invitation", &[])
            } else if clock_minutes(*offset).is_some() {
                let begins = takes_place.1.strftime("%H:%M").to_string();
                ground.say("starts_at", &[("time", &begins)])
            } else if days > 1 {
                ground.say("reminder_n", &[("n", &n.to_string())])
            } else {
                ground.say("reminder", &[])
            });
            draft
        });
        drafts.collect()
    }

    fn wrap_up(&self, takes_place: (Date, Time), ground: &Ground) -> Option<Draft> {
        let notes = ground.run.notes.clone().map(|text| Part {
            section: Section::Notes,
            text,
        });
        let asked = self.script.asked();
        let words = Words {
            parts: notes.into_iter().collect(),
            besides: Besides {
                summary: Some(ground.say("wrap_up_says", &[])),
                asked: asked
                    .map(|(name, ask, _)| (name.to_owned(), ask.to_owned()))
                    .collect(),
                ..Besides::default()
            }
            .into(),
            ..self.bare(ground, &[])
        };
        let mut draft = Draft::new(WRAP_UP, takes_place.0, ground.hour(), words);
        let within = Timing {
            offset: self.summary_within?,
            at: None,
            on_skip: None,
        };
        ground.timed(&within, takes_place.0, OnSkip::Following, &mut draft);
        draft.label = Some(ground.say("wrap_up", &[]));
        draft.drawn = WRAP_UP.to_owned();
        draft.part_of = Some(EVENT.to_owned());
        Some(draft)
    }
}

/// What this delivery is called.
fn title(ground: &Ground) -> String {
    let own = ground.run.title.as_ref();
    own.unwrap_or(&ground.programme.title).clone()
}

/// So many minutes before a time of a day, by the clock of the run.
fn earlier(date: Date, time: Time, minutes: i64, ground: &Ground) -> (Date, Time) {
    let zone = &ground.run.zone;
    let at = instant(date, time, zone).0 - SignedDuration::from_mins(minutes);
    let local = at.to_zoned_datetime(zone.clone());
    (local.date(), local.time())
}

/// When something comes that is so far before an event, and why not on its day.
fn before(offset: Offset, event: (Date, Time), ground: &Ground) -> ((Date, Time), Option<String>) {
    match clock_minutes(offset) {
        Some(minutes) => {
            let when = earlier(event.0, event.1, i64::from(-minutes), ground);
            (when, None)
        }
        None => {
            let calendar = &ground.run.calendar;
            let (_, date, why) = offset.date(event.0, calendar, OnSkip::Preceding);
            ((date, ground.hour()), why)
        }
    }
}

/// When the event takes place after all that was decided about it.
fn moved(event: &Draft, ground: &Ground) -> (Date, Time) {
    let mut when = (event.date, event.time);
    for decision in ground.run.overrides.iter().filter(|o| o.key == EVENT) {
        match decision.action {
            Action::Move(date, time) => when = (date, time.unwrap_or(when.1)),
            Action::Hold(Some(until)) => when.0 = when.0.max(until),
            _ => {}
        }
    }
    when
}

impl Design for Live {
    fn check(&self, _: &Programme, rules: &Rules, diags: &mut Diagnostics) {
        if self.chat {
            self.check_count(rules, diags);
        } else if self.script.has_no_sessions() {
            diags.push(
                Diagnostic::error("missing-key", "`sessions` is missing")
                    .at(self.here.clone())
                    .why("a backchannel runs beside something: people want to know what is on when they join")
                    .help("add at least one: `sessions: [{at: 0m, length: 40m, title: …, tag: …, ask: …}]`"),
            );
        }
    }

    fn check_run(&self, ground: &Ground, diags: &mut Diagnostics) {
        let here = || ground.run.origin.place(ground.run.programme_at.clone());
        if ground.run.hashtag.is_none() && self.hashtag.is_none() {
            diags.push(
                Diagnostic::error("hashtag-missing", "this event has no hashtag")
                    .at(here())
                    .why("a hashtag is how people find the conversation, and each other's answers in it")
                    .help("add `hashtag:` to the run, or to the definition for all its runs"),
            );
        }
        let (day, _) = moved(&self.event(ground), ground);
        if let Some(holiday) = ground.run.calendar.is_blackout(day) {
            diags.push(
                Diagnostic::warning(
                    "event-on-holiday",
                    format!("{day} is no working day ({holiday})"),
                )
                .at(here())
                .help("choose another day, unless those whom you invite work on it"),
            );
        }
        self.check_open(ground, diags);
        self.check_minutes(ground, diags);
    }

    fn script(&self) -> Vec<ScriptLine> {
        self.script.lines(self.hashtag.as_deref())
    }

    fn hashtag(&self) -> Option<&str> {
        self.hashtag.as_deref()
    }

    fn occurrences(&self, ground: &Ground, diags: &mut Diagnostics) -> Vec<Draft> {
        let event = self.event(ground);
        let takes_place = moved(&event, ground);
        let wrap_up = self.wrap_up(takes_place, ground);
        let cancelled =
            (ground.run.overrides.iter()).any(|o| o.key == EVENT && o.action == Action::Cancel);
        if let Some(wrap_up) = &wrap_up
            && wrap_up.date < ground.horizon.today
            && ground.run.notes.is_none()
            && !cancelled
        {
            diags.push(
                Diagnostic::warning(
                    "no-notes",
                    format!("`{}` took place and has no notes", ground.run.id),
                )
                .at(ground.run.origin.place(ground.run.programme_at.clone()))
                .help("end the run's file with `## Notes` and what was said, for those who could not come"),
            );
        }
        let activities = ground.programme.activities.iter().zip(&self.around);
        let activities = activities.filter_map(|(activity, timing)| {
            let timing = timing.as_ref().filter(|_| !activity.spare)?;
            let mut draft = Draft::new(&*activity.id, event.date, ground.hour(), activity.words());
            ground.timed(timing, event.date, around(timing), &mut draft);
            draft.drawn = activity.id.to_string();
            Some(draft)
        });
        let mut drafts: Vec<Draft> = activities.collect();
        drafts.extend(self.announcements(&event, takes_place, ground));
        drafts.extend(wrap_up);
        drafts.push(event);
        drafts
    }
}
