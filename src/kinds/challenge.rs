//! Challenge and campaign: a counted series of activities over a defined period, one a slot. A blackout
//! pushes the rest on; what is out stays where it was, and the rest takes the cadence's next slots after it.

use super::duties;
use super::parts::part;
use super::rhythm::{RHYTHM_KEYS, read_rhythm};
use super::series::{base_slots, place};
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::document::{Audience, Fields, Key, Node, Spot};
use crate::model::{
    Activity, Aside, Beside, Design, Draft, Embed, Fact, Ground, Id, Kind, Part, Programme, Rules,
    Section, Words,
};
use crate::schedule::{Cadence, Offset, OnSkip, Rhythm};
use jiff::civil::Time;
use std::sync::Arc;

const KEYS: &[Key] = &[
    Key::new("count", Audience::Run),
    Key::new("cadence", Audience::Run).of(RHYTHM_KEYS),
    Key::new("numbering", Audience::Run).prose(),
    Key::new("hashtag", Audience::Run).of(&[
        Key::new("base", Audience::Run),
        Key::new("per_item", Audience::Run),
    ]),
    Key::new("ramp", Audience::Run),
    Key::new("milestones", Audience::Released).of(&[
        Key::new("id", Audience::Run),
        Key::new("after", Audience::Run),
        Key::new("title", Audience::Released).prose(),
        Key::new("say", Audience::Released).prose(),
    ]),
    Key::fact("goal", Audience::Run).prose(),
    Key::fact("ideas", Audience::Run).prose(),
    Key::new("designer", Audience::Team),
    Key::new("guide", Audience::Team),
    Key::new("posters", Audience::Team).prose(),
];

const STEP_KEYS: &[Key] = &[
    Key::new("ramp", Audience::Team),
    Key::new("milestone", Audience::Released),
    Key::new("also", Audience::Released).of(&[
        Key::new("id", Audience::Run),
        Key::new("offset", Audience::Run),
        Key::new("at", Audience::Run),
        Key::new("title", Audience::Released).prose(),
        Key::new("prompt", Audience::Released).prose(),
    ]),
];

/// What both have in common.
const SERIES: Kind = Kind {
    name: "challenge",
    folder: "challenges",
    summary: "a series of small activities over a defined period, each released on its day",
    example: include_str!("examples/challenge.md"),
    run_example: include_str!("examples/challenge.run.md"),
    holds_sessions: false,
    asides: &[Aside::Today, Aside::CatchUp, Aside::Card],
    embeds: &[Embed::Today, Embed::Week, Embed::Upcoming, Embed::Strip],
    beside: &[Beside::Report],
    lead_weeks: 1,
    on_skip: OnSkip::Push,
    discussion_days: 7,
    keys: KEYS,
    activity_keys: STEP_KEYS,
    chores: duties::CHALLENGE,
    read,
};

/// A challenge.
pub static CHALLENGE: Kind = SERIES;

/// A campaign: a challenge with a goal and an audience.
pub static CAMPAIGN: Kind = Kind {
    name: "campaign",
    summary: "a challenge with a goal for a named audience",
    example: include_str!("examples/campaign.md"),
    read: read_campaign,
    ..SERIES
};

#[derive(Debug)]
struct Challenge {
    count: u32,
    count_at: Place,
    rhythm: Option<Rhythm>,
    numbering: Option<String>,
    hashtag: Option<String>,
    per_item: bool,
    ramp: Vec<String>,
    milestones: Vec<Milestone>,
    steps: Vec<Step>,
}

/// A pause with words of its own, after so many activities.
#[derive(Debug)]
struct Milestone {
    id: Id,
    after: u32,
    title: String,
    say: Part,
}

/// What a challenge knows of one activity.
#[derive(Debug)]
struct Step {
    order: u32,
    spot: Spot,
    ramp: Option<String>,
    celebration: bool,
    also: Vec<Also>,
}

/// A prompt some time after an activity, not counted.
#[derive(Debug)]
struct Also {
    id: Id,
    offset: Offset,
    at: Option<Time>,
    title: String,
    prompt: Part,
}

fn read(fields: &Fields, steps: &[Fields], diags: &mut Diagnostics) -> Option<Arc<dyn Design>> {
    if !fields.has("count") {
        diags.push(
            Diagnostic::error(
                "no-end",
                "this challenge does not say how many activities it has",
            )
            .at(fields.here())
            .why("a challenge runs over a defined period; people join because they can see its end")
            .help("add `count:`, or make it a `learning-flow`, which has no end"),
        );
    }
    let count = fields.number("count", 1..=400, diags);
    let rhythm = fields
        .map("cadence", diags)
        .and_then(|c| read_rhythm(&c, diags));
    let hashtag = fields.map("hashtag", diags);
    let milestones = fields
        .maps("milestones", diags)
        .iter()
        .filter_map(|fields| milestone(fields, diags))
        .collect();
    let steps = steps.iter().map(|fields| step(fields, diags)).collect();
    Some(Arc::new(Challenge {
        count: count?,
        count_at: fields.place("count"),
        rhythm,
        numbering: fields.text("numbering", diags),
        hashtag: hashtag.and_then(|h| h.text("base", diags)),
        per_item: hashtag
            .and_then(|h| h.flag("per_item", diags))
            .unwrap_or(false),
        ramp: fields
            .words("ramp", diags)
            .into_iter()
            .map(|(word, _)| word)
            .collect(),
        milestones,
        steps,
    }))
}

fn read_campaign(
    fields: &Fields,
    steps: &[Fields],
    diags: &mut Diagnostics,
) -> Option<Arc<dyn Design>> {
    for (key, code) in [("goal", "missing-goal"), ("audience", "missing-audience")] {
        let _ = fields.need(key, code, diags);
    }
    read(fields, steps, diags)
}

fn milestone(fields: &Fields, diags: &mut Diagnostics) -> Option<Milestone> {
    let _ = fields.need("id", "missing-id", diags);
    let title = fields.need("title", "missing-title", diags);
    let _ = fields.need("say", "missing-key", diags);
    let _ = fields.need("after", "missing-key", diags);
    let quiet = &mut Diagnostics::new();
    Some(Milestone {
        id: fields.parse("id", diags)?,
        after: fields.number("after", 1..=400, quiet)?,
        title: title?,
        say: part(fields, "say", Section::Words, quiet)?,
    })
}

fn step(fields: &Fields, diags: &mut Diagnostics) -> Step {
    let celebration = fields.choice(
        "milestone",
        &[("yes", false), ("true", false), ("celebration", true)],
        diags,
    );
    Step {
        order: fields.number("order", 1..=9999, diags).unwrap_or(0),
        spot: fields.spot(),
        ramp: fields.text("ramp", diags),
        celebration: celebration.unwrap_or(false),
        also: fields
            .maps("also", diags)
            .iter()
            .filter_map(|fields| also(fields, diags))
            .collect(),
    }
}

fn also(fields: &Fields, diags: &mut Diagnostics) -> Option<Also> {
    for key in ["id", "offset", "title", "prompt"] {
        let _ = fields.need(key, "missing-key", diags);
    }
    let quiet = &mut Diagnostics::new();
    Some(Also {
        id: fields.parse("id", quiet)?,
        offset: fields.parse("offset", diags)?,
        at: fields.time("at", diags),
        title: fields.text("title", quiet)?,
        prompt: part(fields, "prompt", Section::Words, quiet)?,
    })
}

impl Challenge {
    /// The activities that are counted, each with what the challenge knows of it.
    fn counted<'a>(
        &'a self,
        programme: &'a Programme,
    ) -> impl Iterator<Item = (&'a Activity, &'a Step)> {
        programme
            .activities
            .iter()
            .zip(&self.steps)
            .filter(|(activity, _)| !activity.spare)
    }

    fn rhythm<'a>(&'a self, ground: &Ground<'a>) -> Option<&'a Rhythm> {
        ground.run.cadence.as_ref().or(self.rhythm.as_ref())
    }

    fn check_count(&self, programme: &Programme, diags: &mut Diagnostics) {
        let orders: Vec<u32> = self
            .counted(programme)
            .map(|(_, step)| step.order)
            .collect();
        if orders.len() as u32 != self.count {
            let last = orders.iter().max().copied().unwrap_or(0);
            let gaps = (1..last).filter(|order| !orders.contains(order));
            let gaps: Vec<String> = gaps.map(|order| order.to_string()).collect();
            let there = match orders.len() {
                1 => "there is 1 activity".to_owned(),
                n => format!("there are {n} activities"),
            };
            let gaps = match &gaps[..] {
                [] => String::new(),
                gaps => format!("; none has the order {}", gaps.join(" or ")),
            };
            diags.push(
                Diagnostic::error(
                    "count-mismatch",
                    format!("`count` says {}, {there}{gaps}", self.count),
                )
                .at(self.count_at.clone())
                .why("the number is what people are promised on the first page")
                .help("write what is missing, or correct `count`; `spare: yes` takes an activity out of the count"),
            );
        } else if let Some(gap) = (1..=self.count).find(|order| !orders.contains(order)) {
            let place = self.steps.iter().find(|step| step.order > gap);
            diags.push(
                Diagnostic::error("order-gap", format!("no activity has the order {gap}"))
                    .at(place.map_or(self.count_at.clone(), |step| step.spot.place()))
                    .help(format!(
                        "number the activities from 1 to {} without a gap",
                        self.count
                    )),
            );
        }
    }

    fn check_ramp(&self, programme: &Programme, rules: &Rules, diags: &mut Diagnostics) {
        let rung = |step: &Step| {
            let name = step.ramp.as_ref()?;
            self.ramp.iter().position(|rung| rung == name)
        };
        let mut row = 0;
        let mut last: Option<usize> = None;
        for (activity, step) in self.counted(programme) {
            if let Some(name) = &step.ramp
                && rung(step).is_none()
            {
                let help =
                    match crate::diag::did_you_mean(name, self.ramp.iter().map(String::as_str)) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("the ramp has: {}", self.ramp.join(", ")),
                    };
                diags.push(
                    Diagnostic::error("unknown-ramp", format!("the ramp has no step `{name}`"))
                        .at(step.spot.place())
                        .help(help),
                );
            }
            let now = rung(step);
            if let (Some(before), Some(now)) = (last, now)
                && now > before + 1
            {
                diags.push(
                    Diagnostic::warning(
                        "ramp-jump",
                        format!("`{}` goes up two steps of the ramp at once", activity.id),
                    )
                    .at(step.spot.place())
                    .why("people follow when each step is a little harder than the last")
                    .help("put an easier activity before it"),
                );
            }
            row = if now.is_some() && now == last {
                row + 1
            } else {
                1
            };
            if row == rules.ramp_row + 1 {
                diags.push(
                    Diagnostic::warning(
                        "unbalanced",
                        format!(
                            "`{}` is number {row} in a row on one step of the ramp",
                            activity.id
                        ),
                    )
                    .at(step.spot.place())
                    .why("variety keeps people coming back")
                    .help("mix in another step"),
                );
            }
            last = now;
        }
    }
}

/// Words that begin a description rather than an activity.
const NOT_VERBS: &[&str] = &[
    "a", "an", "the", "this", "that", "these", "it", "you", "your", "we", "our", "there", "here",
    "tip",
];

impl Design for Challenge {
    fn check(&self, programme: &Programme, rules: &Rules, diags: &mut Diagnostics) {
        self.check_count(programme, diags);
        self.check_ramp(programme, rules, diags);
        let daily = matches!(&self.rhythm, Some(r) if matches!(r.cadence, Cadence::Daily { .. }));
        for (activity, step) in self.counted(programme) {
            let minutes = activity.words.minutes.unwrap_or(0);
            if daily && minutes > rules.daily_minutes {
                diags.push(
                    Diagnostic::warning(
                        "too-long",
                        format!(
                            "`{}` takes {minutes} minutes, daily ones take at most {}",
                            activity.id, rules.daily_minutes
                        ),
                    )
                    .at(step.spot.place())
                    .why("what does not fit into a working day is put off and then dropped")
                    .help("make it smaller, or spread the series out"),
                );
            }
            let first = activity
                .words
                .parts
                .iter()
                .find(|part| part.section == Section::Do)
                .and_then(|part| part.text.as_str().split_whitespace().next())
                .map(|word| {
                    word.trim_matches(|c: char| !c.is_alphanumeric())
                        .to_lowercase()
                });
            if let Some(word) = first
                && NOT_VERBS.contains(&word.as_str())
            {
                diags.push(
                    Diagnostic::warning(
                        "tip-not-activity",
                        format!("the Do of `{}` begins with `{word}`", activity.id),
                    )
                    .at(step.spot.place())
                    .why("a tip is read; an activity is done")
                    .help("begin with what to do: a verb"),
                );
            }
        }
        if !self.counted(programme).any(|(_, step)| step.celebration) {
            diags.push(
                Diagnostic::warning(
                    "no-celebration",
                    "this challenge ends without a celebration",
                )
                .at(self.count_at.clone())
                .why("an end that nobody marks leaves people wondering whether it was worth it")
                .help("mark the last activity `milestone=celebration`"),
            );
        }
        for milestone in &self.milestones {
            if milestone.after > self.count {
                diags.push(
                    Diagnostic::error(
                        "milestone-after-end",
                        format!("the milestone `{}` lies beyond the end", milestone.id),
                    )
                    .at(self.count_at.clone())
                    .help(format!("`after` goes up to {}", self.count)),
                );
            }
        }
    }

    fn check_run(&self, ground: &Ground, diags: &mut Diagnostics) {
        let run = ground.run;
        let here = || run.origin.place(run.programme_at.clone());
        let Some(rhythm) = self.rhythm(ground) else {
            diags.push(
                Diagnostic::error(
                    "no-cadence",
                    "neither the programme nor the run has a cadence",
                )
                .at(here())
                .help("add `cadence: {every: day, days: weekdays}` to one of them"),
            );
            return;
        };
        if let Cadence::Dates(dates) = &rhythm.cadence
            && run.on_skip.is_none()
            && let Some((date, why)) = dates
                .iter()
                .find_map(|(date, _)| run.calendar.is_blackout(*date).map(|why| (date, why)))
        {
            diags.push(
                Diagnostic::error(
                    "release-on-blackout",
                    format!("{date} is a blackout day ({why})"),
                )
                .at(here())
                .why("dates that somebody wrote are not moved by guessing")
                .help("choose another day, or say what happens with `on_skip:`"),
            );
        }
        let activities = self.counted(ground.programme).count();
        let slots = base_slots(rhythm, ground, activities).len();
        if rhythm.cadence != Cadence::SelfPaced && slots < activities {
            diags.push(
                Diagnostic::error(
                    "no-slot",
                    format!("there are {activities} activities and only {slots} slots"),
                )
                .at(here())
                .help("move `ends`, add dates, or change the cadence"),
            );
        }
    }

    fn ramp(&self) -> Option<&[String]> {
        Some(&self.ramp)
    }

    fn rhythms(&self) -> Vec<&Rhythm> {
        self.rhythm.iter().collect()
    }

    fn occurrences(&self, ground: &Ground, _: &mut Diagnostics) -> Vec<Draft> {
        let Some(rhythm) = self.rhythm(ground) else {
            return Vec::new();
        };
        if rhythm.cadence == Cadence::SelfPaced {
            return self.self_paced(ground);
        }
        let time = rhythm.at.unwrap_or(ground.hour());
        let counted: Vec<(&Activity, &Step)> = self.counted(ground.programme).collect();
        let keys: Vec<&str> = counted
            .iter()
            .map(|(activity, _)| activity.id.as_str())
            .collect();
        let mut placed = place(rhythm, ground, &keys);
        placed.sort_by_key(|(index, slot)| (slot.date, *index));
        let mut drafts = Vec::new();
        for (position, (index, slot)) in placed.iter().enumerate() {
            let number = position as u32 + 1;
            let (activity, step) = counted[*index];
            let mut draft = Draft::new(
                &*activity.id,
                slot.date,
                slot.time.unwrap_or(time),
                activity.words(),
            );
            draft.nominal = slot.nominal;
            draft.why = slot.why.clone();
            draft.drawn = activity.id.to_string();
            draft.number = Some(number);
            draft.label = self.label(number);
            if let Some(tag) = self.tag(ground, number) {
                draft.words.list(tag);
            }
            for also in &step.also {
                drafts.push(also.draft(activity, &draft, ground));
            }
            for milestone in self.milestones.iter().filter(|m| m.after == number) {
                drafts.push(milestone.draft(&draft, ground));
            }
            drafts.push(draft);
        }
        drafts
    }
}

impl Challenge {
    fn label(&self, number: u32) -> Option<String> {
        let pattern = self.numbering.as_ref()?;
        Some(pattern.replace("{n}", &number.to_string()))
    }

    fn tag(&self, ground: &Ground, number: u32) -> Option<Fact> {
        let base = ground.run.hashtag.as_ref().or(self.hashtag.as_ref())?;
        let value = if self.per_item {
            format!("#{base}d{number}")
        } else {
            format!("#{base}")
        };
        Some(Fact {
            key: "hashtag",
            value: Node::text(value, 0..0),
            audience: Audience::Released,
            listed: true,
        })
    }

    /// No dates: every page from the first day on, and one item that says so.
    fn self_paced(&self, ground: &Ground) -> Vec<Draft> {
        let (starts, time) = (ground.run.starts, ground.hour());
        let activities =
            self.counted(ground.programme)
                .zip(1u32..)
                .map(|((activity, _), number)| {
                    let mut draft = Draft::new(&*activity.id, starts, time, activity.words());
                    draft.drawn = activity.id.to_string();
                    draft.number = Some(number);
                    draft.label = self.label(number);
                    draft.quiet = true;
                    draft
                });
        let programme = ground.programme;
        let body = Part {
            section: Section::Words,
            text: programme.body.clone(),
        };
        let mut words = Words::of(&programme.title, body);
        words.summary = Some(programme.summary.clone());
        let mut start = Draft::new("start", starts, time, words);
        start.drawn = programme.id.to_string();
        activities.chain([start]).collect()
    }
}

impl Also {
    fn draft(&self, activity: &Activity, main: &Draft, ground: &Ground) -> Draft {
        let rule = ground.programme.kind.on_skip;
        let (nominal, date, why) = self.offset.date(main.date, &ground.run.calendar, rule);
        let mut draft = Draft::new(
            format!("{}/{}", activity.id, self.id),
            date,
            self.at.unwrap_or(main.time),
            Words::of(&self.title, self.prompt.clone()),
        );
        draft.nominal = nominal;
        draft.why = why;
        draft.drawn = activity.id.to_string();
        draft
    }
}

impl Milestone {
    fn draft(&self, main: &Draft, ground: &Ground) -> Draft {
        let released = ground.pinned.nominals(&self.id).first().copied();
        let nominal = released.unwrap_or(main.nominal);
        let mut draft = Draft::new(
            format!("{}/{nominal}", self.id),
            main.date,
            main.time,
            Words::of(&self.title, self.say.clone()),
        );
        draft.nominal = nominal;
        draft.drawn = self.id.to_string();
        draft
    }
}
