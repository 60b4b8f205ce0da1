//! Community of practice: a launch, and then rhythms without an end: questions drawn from a bank,
//! meetings, digests. A rhythm that meets a blackout drops the beat; the question stays for the next.

use super::draw::{Draw, date_repeats};
use super::duties;
use super::parts::part;
use super::rhythm::{RHYTHM_KEYS, read_rhythm};
use super::series::{beat_rule, with_released};
use super::timing::{TIMING_KEYS, read_timing};
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::document::audiences::run;
use crate::document::{Audience, Fields, Key};
use crate::model::{
    Aside, Beside, Design, Draft, Embed, Filling, Ground, Id, Kind, Part, Programme, Rules, Runway,
    Section, Timing, Words,
};
use crate::schedule::{Offset, OnSkip, Rhythm, Slot};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

const KEYS: &[Key] = &[
    Key::new("manager", Audience::Team),
    Key::new("deputy", Audience::Team),
    Key::fact("domain", Audience::Run).prose(),
    Key::fact("practice", Audience::Run).prose(),
    Key::fact("members", Audience::Run).of(&[run("who").prose(), run("join").prose()]),
    run("origin"),
    Key::new("purpose_agreed_with", Audience::Team).prose(),
    Key::new("stages", Audience::Team).of(&[
        Key::new("plan", Audience::Team),
        Key::new("launch", Audience::Team),
    ]),
    run("rhythm")
        .of(&[
            run("id"),
            run("title").prose(),
            run("type"),
            run("from"),
            run("repeat"),
            run("length"),
            run("on_skip"),
            Key::new("say", Audience::Released).prose(),
        ])
        .with(RHYTHM_KEYS),
    Key::fact("participation", Audience::Run).of(&[
        run("core").prose(),
        run("active").prose(),
        run("edge").prose(),
    ]),
    Key::fact("capture", Audience::Run).prose(),
    Key::new("health", Audience::Team).prose(),
    Key::fact("closing", Audience::Run).prose(),
];

/// The row of the table.
pub static KIND: Kind = Kind {
    name: "community",
    folder: "communities",
    summary: "a community of practice: a purpose, a launch, and a rhythm that keeps going",
    example: include_str!("examples/community.md"),
    run_example: include_str!("examples/community.run.md"),
    holds_sessions: false,
    asides: &[Aside::Today],
    embeds: &[Embed::Today, Embed::Week, Embed::Now, Embed::Upcoming],
    beside: &[Beside::Directory],
    lead_weeks: 1,
    on_skip: OnSkip::Drop,
    discussion_days: 7,
    keys: KEYS,
    activity_keys: &TIMING_KEYS,
    chores: duties::COMMUNITY,
    read,
};

#[derive(Debug)]
struct Community {
    has_deputy: bool,
    manager_at: Option<Place>,
    l_and_d: Option<Place>,
    agreed: bool,
    beats: Vec<Beat>,
    launch: Vec<Option<Timing>>,
    here: Place,
}

/// One rhythm of the community.
#[derive(Debug)]
struct Beat {
    id: Id,
    title: String,
    sort: Sort,
    rhythm: Rhythm,
    on_skip: Option<OnSkip>,
    say: Option<Part>,
}

#[derive(Debug)]
enum Sort {
    Prompt {
        bank: Id,
        at: Range<usize>,
        circular: bool,
    },
    Event {
        minutes: u32,
    },
    Digest,
}

fn read(fields: &Fields, steps: &[Fields], diags: &mut Diagnostics) -> Option<Arc<dyn Design>> {
    let origin = fields.choice(
        "origin",
        &[("self-organised", false), ("l-and-d", true)],
        diags,
    );
    if let Some(stages) = fields.map("stages", diags) {
        stages.parse::<Offset>("plan", diags);
        stages.parse::<Offset>("launch", diags);
    }
    let beats = fields
        .maps("rhythm", diags)
        .iter()
        .filter_map(|fields| beat(fields, diags))
        .collect();
    Some(Arc::new(Community {
        has_deputy: fields.has("deputy"),
        manager_at: fields.has("manager").then(|| fields.place("manager")),
        l_and_d: (origin == Some(true)).then(|| fields.place("origin")),
        agreed: !fields.list("purpose_agreed_with").is_empty(),
        beats,
        launch: steps
            .iter()
            .map(|fields| read_timing(fields, diags))
            .collect(),
        here: fields.here(),
    }))
}

fn beat(fields: &Fields, diags: &mut Diagnostics) -> Option<Beat> {
    for key in ["id", "title", "type"] {
        let _ = fields.need(key, "missing-key", diags);
    }
    let rhythm = read_rhythm(fields, diags);
    let quiet = &mut Diagnostics::new();
    let sort = match fields.choice("type", &[("prompt", 0), ("event", 1), ("digest", 2)], diags)? {
        0 => {
            let _ = fields.need("from", "missing-key", diags);
            let circular = fields.choice("repeat", &[("circular", true), ("once", false)], diags);
            fields.parse("from", quiet).map(|bank| Sort::Prompt {
                bank,
                at: fields.range("from").unwrap_or(0..0),
                circular: circular.unwrap_or(false),
            })?
        }
        1 => Sort::Event {
            minutes: length(fields, "length", diags)?,
        },
        _ => Sort::Digest,
    };
    Some(Beat {
        id: fields.parse("id", diags)?,
        title: fields.text("title", quiet)?,
        sort,
        rhythm: rhythm?,
        on_skip: fields.parse("on_skip", diags),
        say: part(fields, "say", Section::Words, diags),
    })
}

/// Reads how long a meeting is: `length: 45m` or `length: 2h`, under this key.
pub fn length(fields: &Fields, key: &str, diags: &mut Diagnostics) -> Option<u32> {
    let _ = fields.need(key, "missing-key", diags);
    let offset: Offset = fields.parse(key, &mut Diagnostics::new())?;
    let minutes = match offset.unit {
        crate::schedule::Unit::Minutes => offset.amount,
        crate::schedule::Unit::Hours => offset.amount.saturating_mul(60),
        _ => 0,
    };
    if !(1..=24 * 60).contains(&minutes) {
        diags.push(
            Diagnostic::error("wrong-value", "a meeting lasts minutes or hours")
                .at(fields.place(key))
                .help(format!("write `{key}: 45m` or `{key}: 2h`")),
        );
        return None;
    }
    Some(minutes as u32)
}

impl Design for Community {
    fn check(&self, _: &Programme, _: &Rules, diags: &mut Diagnostics) {
        if let Some(place) = &self.l_and_d
            && !self.agreed
        {
            diags.push(
                Diagnostic::error(
                    "l-and-d-without-agreement",
                    "nobody has agreed to this purpose",
                )
                .at(place.clone())
                .why("a community that learning and development sets up alone stays a mailing list")
                .help("talk with those it is for and add `purpose_agreed_with: [who]`"),
            );
        }
        if self.beats.is_empty() {
            diags.push(
                Diagnostic::error("no-rhythm", "this community has no rhythm")
                    .at(self.here.clone())
                    .why("people return to what they can expect")
                    .help("add at least one entry under `rhythm:`, such as a question of the week"),
            );
        }
        if let Some(place) = &self.manager_at
            && !self.has_deputy
        {
            diags.push(
                Diagnostic::warning(
                    "single-manager",
                    "one person alone keeps this community going",
                )
                .at(place.clone())
                .why("holidays and new jobs are how communities fall silent")
                .help("add `deputy: role:…`"),
            );
        }
        if self.manager_at.is_none() {
            diags.push(
                Diagnostic::error("no-manager", "nobody keeps this community going")
                    .at(self.here.clone())
                    .why("keeping a conversation flowing is a job")
                    .help("add `manager: role:community-manager`"),
            );
        }
    }

    fn check_run(&self, ground: &Ground, diags: &mut Diagnostics) {
        if ground.run.review_by.is_none() {
            diags.push(
                Diagnostic::error(
                    "no-review-date",
                    "nobody asks whether this community should go on",
                )
                .at(ground.run.origin.place(ground.run.programme_at.clone()))
                .why("communities that are never reviewed are never closed either, only deserted")
                .help("add `review_by:` with a day within the year"),
            );
        }
    }

    fn rhythms(&self) -> Vec<&Rhythm> {
        self.beats.iter().map(|beat| &beat.rhythm).collect()
    }

    fn kept<'a>(&'a self, ground: &Ground<'a>) -> Vec<(&'a Rhythm, OnSkip)> {
        let beats = self.beats.iter();
        beats
            .map(|beat| (&beat.rhythm, beat.rule(ground)))
            .collect()
    }

    fn banks(&self) -> Vec<(&Id, Range<usize>)> {
        self.beats
            .iter()
            .filter_map(|beat| match &beat.sort {
                Sort::Prompt { bank, at, .. } => Some((bank, at.clone())),
                _ => None,
            })
            .collect()
    }

    fn runways(&self, ground: &Ground) -> Vec<Runway> {
        let beats = self.beats.iter();
        beats.filter_map(|beat| beat.runway(ground)).collect()
    }

    fn occurrences(&self, ground: &Ground, diags: &mut Diagnostics) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for (activity, timing) in ground.programme.activities.iter().zip(&self.launch) {
            let Some(timing) = timing.as_ref().filter(|_| !activity.spare) else {
                continue;
            };
            let mut draft = Draft::new(
                &*activity.id,
                ground.run.starts,
                ground.hour(),
                activity.words(),
            );
            ground.timed(timing, ground.run.starts, OnSkip::Following, &mut draft);
            draft.drawn = activity.id.to_string();
            drafts.push(draft);
        }
        for beat in &self.beats {
            drafts.extend(beat.drafts(ground, diags));
        }
        if let Some(review) = ground.run.review_by
            && review < ground.horizon.today
            && ground
                .run
                .ends
                .is_none_or(|ends| ends >= ground.horizon.today)
        {
            diags.push(
                Diagnostic::warning(
                    "review-overdue",
                    format!("the review of {review} is overdue"),
                )
                .at(ground.run.origin.place(ground.run.programme_at.clone()))
                .help("hold it, and set the next `review_by` or an `ends`"),
            );
        }
        drafts
    }
}

impl Beat {
    /// What happens on a blackout day.
    fn rule(&self, ground: &Ground) -> OnSkip {
        beat_rule(&self.rhythm, self.on_skip, ground)
    }

    /// How many of its next questions were not asked before, if it draws some.
    fn runway(&self, ground: &Ground) -> Option<Runway> {
        let Sort::Prompt { .. } = &self.sort else {
            return None;
        };
        let mut asked = BTreeSet::new();
        let drafts = self.drafts(ground, &mut Diagnostics::new()).into_iter();
        let has: BTreeMap<Date, Filling> = drafts
            .map(|draft| match asked.insert(draft.drawn) {
                true => (draft.nominal, Filling::Own),
                false => (draft.nominal, Filling::Bank),
            })
            .collect();
        let cadence = self.rhythm.in_week(ground.run.calendar.week);
        let slots = ground.slots(&cadence, self.rule(ground)).slots;
        let slots = slots.iter().map(|slot| {
            let filling = has.get(&slot.nominal).copied();
            (slot.date, filling.unwrap_or(Filling::Nothing))
        });
        let title = Some(self.title.clone());
        Some(Runway::after(ground.horizon.today, title, slots))
    }

    /// The slots that may still change, after what is out, and those somebody decided about by hand.
    fn drafts(&self, ground: &Ground, diags: &mut Diagnostics) -> Vec<Draft> {
        let cadence = self.rhythm.in_week(ground.run.calendar.week);
        let slots = ground.slots(&cadence, self.rule(ground)).slots;
        let all = with_released(&self.id, &slots, ground);
        match &self.sort {
            Sort::Prompt { bank, circular, .. } => {
                let Some(bank) = ground.bank(bank) else {
                    return Vec::new();
                };
                let mut draw = Draw::of_rhythm(&self.id, bank, ground.pinned, *circular);
                let mut dry = None;
                let mut drafts: Vec<Draft> = all
                    .iter()
                    .filter_map(|slot| {
                        let mut draft = self.draft(slot, ground);
                        let prompt = match ground.pinned.drawn(&draft.key) {
                            Some(id) => draw.again(id),
                            None => draw.next(),
                        };
                        if prompt.is_none() && !ground.pinned.has(&draft.key) {
                            dry = dry.or(Some(slot.date));
                        }
                        let prompt = prompt?;
                        draft.words = prompt.words();
                        draft.drawn = prompt.id.to_string();
                        Some(draft)
                    })
                    .collect();
                date_repeats(&mut drafts, ground);
                if let Some(day) = dry {
                    diags.push(
                        Diagnostic::warning(
                            "prompt-bank-runs-dry",
                            format!("`{}` has no question left for {day} and later", bank.id),
                        )
                        .at(ground.run.origin.place(ground.run.programme_at.clone()))
                        .help("add prompts to the bank, or write `repeat: circular`"),
                    );
                }
                drafts
            }
            Sort::Event { minutes } => all
                .iter()
                .map(|slot| {
                    let mut draft = self.draft(slot, ground);
                    draft.event_minutes = Some(*minutes);
                    self.repeat(&mut draft, ground);
                    draft
                })
                .collect(),
            Sort::Digest => {
                let mut before = ground.run.starts;
                all.iter()
                    .map(|slot| {
                        let mut draft = self.draft(slot, ground);
                        self.repeat(&mut draft, ground);
                        draft.words.digest_from = Some(before);
                        before = slot.date;
                        draft
                    })
                    .collect()
            }
        }
    }

    fn draft(&self, slot: &Slot, ground: &Ground) -> Draft {
        let time = slot.time.or(self.rhythm.at).unwrap_or(ground.hour());
        let mut draft = Draft::new(
            format!("{}/{}", self.id, slot.nominal),
            slot.date,
            time,
            Words::default(),
        );
        draft.nominal = slot.nominal;
        draft.why = slot.why.clone();
        draft.label = Some(self.title.clone());
        draft.drawn = self.id.to_string();
        draft
    }

    /// What happens again and again carries its day in the title, so that no two are called the same.
    fn repeat(&self, draft: &mut Draft, ground: &Ground) {
        draft.words.title = ground.day(draft.nominal);
        draft.words.parts = self.say.iter().cloned().collect();
    }
}
