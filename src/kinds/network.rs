//! Learning network of events: a season of slots. Some slots are filled with sessions that somebody
//! holds, each announced before it takes place; others draw a question and simply happen.

use super::community::length;
use super::draw::{Draw, date_repeats};
use super::duties;
use super::mix;
use super::rhythm::{RHYTHM_KEYS, read_rhythm};
use super::series::with_released;
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::document::audiences::run;
use crate::document::{Audience, Fields, Key};
use crate::model::{
    Aside, Besides, CallForSessions, Design, Draft, Embed, Filling, Ground, Id, Kind, Mix,
    Programme, Rules, Runway, Season, Section, Session, Status, Timing, Tongue, Words,
};
use crate::schedule::{Offset, OnSkip, Rhythm, Slot, in_words};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

const KEYS: &[Key] = &[
    run("slots")
        .of(&[
            run("id"),
            run("title").prose(),
            run("from"),
            run("repeat"),
            run("length"),
            run("on_skip"),
        ])
        .with(RHYTHM_KEYS),
    Key::fact("call", Audience::Run).of(&[run("open").prose(), run("by")]),
    run("announce"),
    Key::new("mix", Audience::Team).of(&[
        Key::new("employee_led", Audience::Team),
        Key::new("departments", Audience::Team),
    ]),
    Key::new("timeline", Audience::Team).of(&[
        Key::new("offset", Audience::Team),
        Key::new("task", Audience::Team).prose(),
        Key::new("speaker", Audience::Team).prose(),
    ]),
    Key::new("coordinator", Audience::Team),
];

/// The row of the table.
pub static KIND: Kind = Kind {
    name: "network",
    folder: "networks",
    summary: "a season of talks and meetings, held by colleagues in a reliable rhythm",
    example: include_str!("examples/network.md"),
    run_example: include_str!("examples/network.run.md"),
    holds_sessions: true,
    asides: &[Aside::Propose, Aside::Changes],
    embeds: &[Embed::Now, Embed::Upcoming],
    beside: &[],
    lead_weeks: 4,
    on_skip: OnSkip::Following,
    discussion_days: 7,
    keys: KEYS,
    activity_keys: &[],
    chores: duties::NETWORK,
    read,
};

/// Two weeks before, unless somebody says otherwise.
const ANNOUNCE: &str = "-10wd";

#[derive(Debug)]
struct Network {
    rows: Vec<Row>,
    season: Season,
    timeline: Vec<(Offset, String)>,
    here: Place,
}

/// One rhythm of slots.
#[derive(Debug)]
struct Row {
    id: Id,
    title: String,
    rhythm: Rhythm,
    minutes: u32,
    on_skip: Option<OnSkip>,
    bank: Option<(Id, Range<usize>)>,
    circular: bool,
}

fn read(fields: &Fields, _: &[Fields], diags: &mut Diagnostics) -> Option<Arc<dyn Design>> {
    let rows = fields
        .maps("slots", diags)
        .iter()
        .filter_map(|fields| row(fields, diags))
        .collect();
    let mix = fields.map("mix", diags);
    let announce = if fields.has("announce") {
        fields.parse("announce", diags)
    } else {
        ANNOUNCE.parse().ok()
    };
    let call = fields.map("call", diags).and_then(|call| {
        let by = call.parse("by", diags);
        let open = call.text("open", diags)?;
        Some(CallForSessions { open, by })
    });
    let mut share = |key| {
        mix.and_then(|mix| mix.number(key, 0..=100, diags))
            .unwrap_or(0)
    };
    let mix = Mix {
        employee_led: share("employee_led"),
        departments: share("departments"),
    };
    let mut timeline = Vec::new();
    let mut speaker = Vec::new();
    for line in fields.maps("timeline", diags) {
        let theirs = line.text("speaker", diags);
        let task = match theirs {
            Some(_) => line.text("task", diags),
            None => line.need("task", "missing-key", diags),
        };
        let Some(offset) = line.parse("offset", diags) else {
            continue;
        };
        on_the_line(&mut timeline, offset, task);
        on_the_line(&mut speaker, offset, theirs);
    }
    let season = Season {
        mix,
        call,
        announce: announce?,
        speaker,
    };
    Some(Arc::new(Network {
        timeline,
        rows,
        season,
        here: fields.here(),
    }))
}

/// What is to be done so far from the hour; two things at one distance are one line.
fn on_the_line(line: &mut Vec<(Offset, String)>, offset: Offset, what: Option<String>) {
    let Some(what) = what else { return };
    match line.iter_mut().find(|(known, _)| *known == offset) {
        Some((_, known)) => *known = format!("{known}; {what}"),
        None => line.push((offset, what)),
    }
}

fn row(fields: &Fields, diags: &mut Diagnostics) -> Option<Row> {
    for key in ["id", "title"] {
        let _ = fields.need(key, "missing-key", diags);
    }
    let quiet = &mut Diagnostics::new();
    let rhythm = read_rhythm(fields, diags);
    let bank = match fields.has("from") {
        true => Some((fields.parse("from", diags)?, fields.range("from")?)),
        false => None,
    };
    let circular = fields.choice("repeat", &[("circular", true), ("once", false)], diags);
    Some(Row {
        id: fields.parse("id", diags)?,
        title: fields.text("title", quiet)?,
        minutes: length(fields, "length", diags)?,
        rhythm: rhythm?,
        on_skip: fields.parse("on_skip", diags),
        bank,
        circular: circular.unwrap_or(false),
    })
}

impl Network {
    fn talks(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.bank.is_none())
    }

    fn check_sessions(&self, ground: &Ground, diags: &mut Diagnostics) {
        let nominals: BTreeSet<Date> = self
            .talks()
            .flat_map(|row| row.slots(ground))
            .map(|slot| slot.nominal)
            .collect();
        let mut slots: BTreeMap<Date, &Session> = BTreeMap::new();
        for session in &ground.run.sessions {
            let place = || session.origin.place(0..3);
            if session.is_certain()
                && !session
                    .parts
                    .iter()
                    .any(|part| part.section == Section::Before)
            {
                diags.push(
                    Diagnostic::error(
                        "confirmed-without-prompt",
                        format!(
                            "`{}` is confirmed without a question for the room",
                            session.id
                        ),
                    )
                    .at(place())
                    .why("an event without a conversation is a broadcast")
                    .help("add `## Before` with what people should post or bring"),
                );
            }
            let Some(slot) = session.slot else {
                if session.status > Status::Agreed {
                    diags.push(
                        Diagnostic::error(
                            "no-slot",
                            format!(
                                "`{}` is {} and has no slot",
                                session.id,
                                word(session.status)
                            ),
                        )
                        .at(place())
                        .help("add `slot:` with the day of a slot of the season"),
                    );
                }
                continue;
            };
            let ends = ground.run.ends.unwrap_or(Date::MAX);
            if slot < ground.run.starts || slot > ends {
                diags.push(
                    Diagnostic::error(
                        "session-outside-season",
                        format!(
                            "the slot {slot} of `{}` lies outside the season",
                            session.id
                        ),
                    )
                    .at(place())
                    .help(format!(
                        "the season goes from {} to {ends}",
                        ground.run.starts
                    )),
                );
            } else if !nominals.contains(&slot) {
                let near = nominals
                    .iter()
                    .min_by_key(|day| (slot.until(**day).map_or(0, |span| span.get_days())).abs());
                let help = near.map_or("the network has no slots".to_owned(), |day| {
                    format!("the nearest slot is {day}")
                });
                diags.push(
                    Diagnostic::error(
                        "no-such-slot",
                        format!("there is no slot on {slot} for `{}`", session.id),
                    )
                    .at(place())
                    .help(help),
                );
            }
            if let Some(first) = slots.insert(slot, session) {
                diags.push(
                    Diagnostic::error(
                        "slot-clash",
                        format!("`{}` and `{}` are in one slot", first.id, session.id),
                    )
                    .at(place())
                    .help(format!("move one of them out of {slot}")),
                );
            }
        }
    }
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Idea => "an idea",
        Status::Agreed => "agreed",
        Status::Confirmed => "confirmed",
        Status::Done => "done",
        Status::Cancelled => "cancelled",
    }
}

impl Row {
    fn slots(&self, ground: &Ground) -> Vec<Slot> {
        let cadence = self.rhythm.in_week(ground.run.calendar.week);
        ground.slots(&cadence, ground.on_skip(self.on_skip)).slots
    }

    fn draft(&self, slot: &Slot, ground: &Ground, words: Words) -> Draft {
        let time = slot.time.or(self.rhythm.at).unwrap_or(ground.hour());
        let mut draft = Draft::new(
            format!("{}/{}", self.id, slot.nominal),
            slot.date,
            time,
            words,
        );
        draft.nominal = slot.nominal;
        draft.why = slot.why.clone();
        draft.label = Some(self.title.clone());
        draft.event_minutes = Some(self.minutes);
        draft
    }

    /// How many of its next questions were not asked before, if it draws some. A slot whose bank is empty takes place
    /// without one.
    fn runway(&self, ground: &Ground) -> Option<Runway> {
        let (bank, _) = self.bank.as_ref()?;
        let mut asked = BTreeSet::new();
        let slots = self.questions(bank, ground).into_iter().map(|draft| {
            let filling = if *draft.drawn == *self.id {
                Filling::Nothing
            } else if asked.insert(draft.drawn) {
                Filling::Own
            } else {
                Filling::Bank
            };
            (draft.date, filling)
        });
        let title = Some(self.title.clone());
        Some(Runway::after(ground.horizon.today, title, slots))
    }

    /// A slot that draws a question: it takes place whoever comes.
    fn questions(&self, bank: &Id, ground: &Ground) -> Vec<Draft> {
        let Some(bank) = ground.bank(bank) else {
            return Vec::new();
        };
        let mut draw = Draw::of_rhythm(&self.id, bank, ground.pinned, self.circular);
        let mut drafts = Vec::new();
        for slot in with_released(&self.id, &self.slots(ground), ground) {
            let mut draft = self.draft(&slot, ground, Words::default());
            let prompt = match ground.pinned.drawn(&draft.key) {
                Some(id) => draw.again(id),
                None => draw.next(),
            };
            match prompt {
                Some(prompt) => {
                    draft.words = prompt.words();
                    draft.drawn = prompt.id.to_string();
                }
                None => {
                    draft.words.title = ground.day(slot.nominal);
                    draft.drawn = self.id.to_string();
                }
            }
            drafts.push(draft);
        }
        date_repeats(&mut drafts, ground);
        drafts
    }
}

impl Design for Network {
    fn check(&self, _: &Programme, _: &Rules, diags: &mut Diagnostics) {
        if self.rows.is_empty() {
            diags.push(
                Diagnostic::error("no-rhythm", "this network has no slots")
                    .at(self.here.clone())
                    .why("a reliable short rhythm beats an occasional grand event")
                    .help("add at least one entry under `slots:`"),
            );
        }
    }

    fn check_run(&self, ground: &Ground, diags: &mut Diagnostics) {
        if ground.run.ends.is_none() {
            diags.push(
                Diagnostic::error("no-season", "this season does not end")
                    .at(ground.run.origin.place(ground.run.programme_at.clone()))
                    .why("a season with an end can be filled, and looked back at")
                    .help("add `ends:` with the season's last day"),
            );
            return;
        }
        self.check_sessions(ground, diags);
        mix::check(self.season.mix, ground.run, diags);
    }

    fn runways(&self, ground: &Ground) -> Vec<Runway> {
        let rows = self.rows.iter();
        rows.filter_map(|row| row.runway(ground)).collect()
    }

    fn timeline(&self) -> &[(Offset, String)] {
        &self.timeline
    }

    fn season(&self) -> Option<&Season> {
        Some(&self.season)
    }

    fn rhythms(&self) -> Vec<&Rhythm> {
        self.rows.iter().map(|row| &row.rhythm).collect()
    }

    fn kept<'a>(&'a self, ground: &Ground<'a>) -> Vec<(&'a Rhythm, OnSkip)> {
        let rows = self.rows.iter();
        rows.map(|row| (&row.rhythm, ground.on_skip(row.on_skip)))
            .collect()
    }

    fn banks(&self) -> Vec<(&Id, Range<usize>)> {
        self.rows
            .iter()
            .filter_map(|row| row.bank.as_ref().map(|(id, at)| (id, at.clone())))
            .collect()
    }

    fn occurrences(&self, ground: &Ground, diags: &mut Diagnostics) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for row in &self.rows {
            if let Some((bank, _)) = &row.bank {
                drafts.extend(row.questions(bank, ground));
                continue;
            }
            for slot in row.slots(ground) {
                let session = ground
                    .run
                    .sessions
                    .iter()
                    .find(|s| s.slot == Some(slot.nominal));
                if let Some(session) = session {
                    without_notes(session, &slot, ground, diags);
                }
                match session.filter(|s| s.status > Status::Agreed) {
                    Some(session) => drafts.extend(self.session(row, &slot, session, ground)),
                    None => drafts.push(empty(row, &slot, session, ground, diags)),
                }
            }
        }
        drafts
    }
}

impl Network {
    /// A session that is certain, and the item that announces it.
    fn session(&self, row: &Row, slot: &Slot, session: &Session, ground: &Ground) -> [Draft; 2] {
        let mut event = row.draft(slot, ground, words(session));
        event.drawn = session.id.to_string();
        let key = format!("{}/announce", event.key);
        event.announced_by = Some(key.clone());
        if session.status == Status::Cancelled {
            event.cancelled = Some(String::new());
        }
        let mut announcement = row.draft(slot, ground, words(session));
        announcement.key = key;
        announcement.event_minutes = None;
        announcement.label = Some(ground.say("invitation", &[]));
        announcement.words.keep(&[Section::About, Section::Before]);
        let timing = Timing {
            offset: self.season.announce,
            at: None,
            on_skip: None,
        };
        ground.timed(&timing, slot.date, OnSkip::Preceding, &mut announcement);
        announcement.nominal = slot.nominal;
        announcement.drawn = session.id.to_string();
        announcement.invites = Some(event.key.clone());
        let decided = ground.run.overrides.iter().any(|o| o.key == event.key);
        if event.cancelled.is_some() && !decided && !ground.pinned.has(&announcement.key) {
            announcement.cancelled.clone_from(&event.cancelled);
        }
        [announcement, event]
    }
}

/// A week of work: later, nobody remembers what was said.
const NOTES_WITHIN: &str = "5wd";

/// Reminds of notes that those who could not come are waiting for.
fn without_notes(session: &Session, slot: &Slot, ground: &Ground, diags: &mut Diagnostics) {
    let noted = session
        .parts
        .iter()
        .any(|part| part.section == Section::Notes);
    if noted || !session.is_certain() {
        return;
    }
    let last = NOTES_WITHIN.parse::<Offset>().map(|offset| {
        offset
            .date(slot.date, &ground.run.calendar, OnSkip::Following)
            .1
    });
    if last.is_ok_and(|last| last < ground.horizon.today) {
        diags.push(
            Diagnostic::warning(
                "no-notes",
                format!("`{}` took place and has no notes", session.id),
            )
            .at(session.origin.place(0..3))
            .help("add `## Notes` with what was said, for those who could not come"),
        );
    }
}

/// What can be said of a session.
fn words(session: &Session) -> Words {
    Words {
        title: session.title.clone(),
        parts: session.parts.clone(),
        facts: session.facts.clone().into(),
        tongue: Tongue::Run,
        besides: Besides {
            summary: Some(session.summary.clone()),
            speaker: session.speaker.clone(),
            ..Besides::default()
        }
        .into(),
        ..Words::default()
    }
}

/// Three weeks: what is not agreed by then will not be announced in time.
const EMPTY_SLOT_WARNING: &str = "15wd";

/// A slot that nobody fills yet: its day is known, no more.
fn empty(
    row: &Row,
    slot: &Slot,
    session: Option<&Session>,
    ground: &Ground,
    diags: &mut Diagnostics,
) -> Draft {
    let mut draft = row.draft(slot, ground, session.map(words).unwrap_or_default());
    draft.empty = true;
    let today = ground.horizon.today;
    let soon = EMPTY_SLOT_WARNING.parse::<Offset>().map(|offset| {
        offset
            .date(today, &ground.run.calendar, OnSkip::Following)
            .1
    });
    if slot.date >= today && soon.is_ok_and(|soon| slot.date <= soon) {
        diags.push(
            Diagnostic::warning(
                "empty-slot",
                format!("nobody fills the slot of {}", in_words(slot.date)),
            )
            .at(ground.run.origin.place(ground.run.programme_at.clone()))
            .help("confirm a session for it, or cancel the slot with an override"),
        );
    }
    draft
}
