//! Learning flow: a steady stream without an end. Each slot shows one judged pick; a slot that nobody
//! filled takes a prompt from the fallback bank, or stays silent.

use super::draw::Draw;
use super::duties;
use super::rhythm::{RHYTHM_KEYS, read_rhythm};
use crate::diag::{Diagnostic, Diagnostics, Place, did_you_mean};
use crate::document::audiences::run;
use crate::document::{Audience, Fields, Key, Node};
use crate::model::{
    Aside, Beside, Besides, Design, Draft, Embed, Fact, Filling, Ground, Id, Kind, Pick, Programme,
    Rules, Runway, Tongue, Words,
};
use crate::schedule::{Frame, OnSkip, Rhythm, Slot};
use jiff::civil::Date;
use std::ops::Range;
use std::sync::Arc;

const KEYS: &[Key] = &[
    run("flow"),
    Key::new("curator", Audience::Team),
    run("cadence").of(RHYTHM_KEYS),
    run("themes").of(&[run("id"), run("title").prose(), run("weeks")]),
    run("minutes_max"),
    run("fallback"),
];

/// The row of the table.
pub static KIND: Kind = Kind {
    name: "learning-flow",
    folder: "flows",
    summary: "a steady stream of small curated activities, without an end",
    example: include_str!("examples/learning-flow.md"),
    run_example: include_str!("examples/learning-flow.run.md"),
    holds_sessions: false,
    asides: &[Aside::Today, Aside::Archive],
    embeds: &[Embed::Today, Embed::Week, Embed::Upcoming],
    beside: &[Beside::Digest],
    lead_weeks: 1,
    on_skip: OnSkip::Drop,
    discussion_days: 5,
    keys: KEYS,
    activity_keys: &[],
    chores: duties::LEARNING_FLOW,
    read,
};

#[derive(Debug)]
struct Flow {
    rhythm: Rhythm,
    themes: Vec<Theme>,
    minutes_max: u32,
    fallback: Option<(Id, Range<usize>)>,
    here: Place,
}

#[derive(Debug)]
struct Theme {
    id: Id,
    title: String,
}

fn read(fields: &Fields, _: &[Fields], diags: &mut Diagnostics) -> Option<Arc<dyn Design>> {
    let _ = fields.need("flow", "missing-key", diags);
    if fields.has("flow") {
        fields.choice(
            "flow",
            &[("themed", ()), ("news", ()), ("circular", ())],
            diags,
        );
    }
    if !fields.has("cadence") {
        diags.push(
            Diagnostic::error("no-cadence", "this flow has no cadence")
                .at(fields.here())
                .why("a flow is steady: people know when the next item comes")
                .help("add `cadence: {every: day, days: weekdays, at: \"08:30\"}`"),
        );
    }
    let themes = fields
        .maps("themes", diags)
        .iter()
        .filter_map(|theme| {
            let _ = theme.need("id", "missing-id", diags);
            let title = theme.need("title", "missing-title", diags);
            theme.number("weeks", 1..=52, diags);
            Some(Theme {
                id: theme.parse("id", diags)?,
                title: title?,
            })
        })
        .collect();
    let fallback: Option<Id> = fields.parse("fallback", diags);
    let rhythm = fields
        .map("cadence", diags)
        .and_then(|c| read_rhythm(&c, diags));
    Some(Arc::new(Flow {
        themes,
        minutes_max: fields.number("minutes_max", 1..=480, diags).unwrap_or(20),
        fallback: fallback.zip(fields.range("fallback")),
        here: fields.here(),
        rhythm: rhythm?,
    }))
}

impl Flow {
    fn rhythm<'a>(&'a self, ground: &Ground<'a>) -> &'a Rhythm {
        ground.run.cadence.as_ref().unwrap_or(&self.rhythm)
    }

    fn slots(&self, ground: &Ground) -> Vec<Slot> {
        let cadence = self.rhythm(ground).in_week(ground.run.calendar.week);
        ground.slots(&cadence, ground.on_skip(None)).slots
    }

    /// Whether the flow has a slot on a day: asked for every pick, however far away.
    fn has_slot(&self, day: Date, ground: &Ground) -> bool {
        let cadence = self.rhythm(ground).in_week(ground.run.calendar.week);
        let frame = Frame {
            starts: ground.run.starts,
            until: day,
            calendar: &ground.run.calendar,
            // A day somebody wrote into a pick stands, holiday or not: that is warned of.
            on_skip: OnSkip::Keep,
        };
        let slots = cadence.slots(&frame, None).slots;
        slots.last().is_some_and(|slot| slot.nominal == day)
    }

    fn check_pick(&self, pick: &Pick, ground: &Ground, diags: &mut Diagnostics) {
        let place = || pick.origin.place(pick.slot_at.clone());
        if !self.has_slot(pick.slot, ground) {
            diags.push(
                Diagnostic::error(
                    "no-such-slot",
                    format!("the flow has no slot on {}", pick.slot),
                )
                .at(place())
                .help("choose a day on which the flow releases"),
            );
        }
        if let Some(why) = ground.run.calendar.is_blackout(pick.slot) {
            diags.push(
                Diagnostic::warning(
                    "slot-on-blackout",
                    format!("this pick is shown on a day without work ({why})"),
                )
                .at(place())
                .why("few are there to answer, and the day after brings the next item")
                .help("move it to a working day, unless it is out already or meant for this day"),
            );
        }
        if pick.expires.is_some_and(|expires| expires <= pick.slot) {
            diags.push(
                Diagnostic::error(
                    "expired-before-slot",
                    "this pick expires before it would be shown",
                )
                .at(place())
                .help("give it an earlier slot or a later `expires`"),
            );
        }
        if pick
            .minutes
            .is_some_and(|minutes| minutes > self.minutes_max)
        {
            diags.push(
                Diagnostic::warning(
                    "over-20-minutes",
                    format!("this pick takes more than {} minutes", self.minutes_max),
                )
                .at(place())
                .why("a flow is made of what fits between two pieces of work")
                .help("point at the part that matters, or leave it out"),
            );
        }
        if let Some(theme) = &pick.theme
            && !self.themes.iter().any(|known| *known.id == **theme)
        {
            let names = self.themes.iter().map(|theme| theme.id.as_str());
            let help = match did_you_mean(theme, names.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "themes of this flow: {}",
                    names.collect::<Vec<_>>().join(", ")
                ),
            };
            diags.push(
                Diagnostic::error("unknown-theme", format!("the flow has no theme `{theme}`"))
                    .at(place())
                    .help(help),
            );
        }
    }

    fn pick(&self, pick: &Pick, ground: &Ground) -> Draft {
        let theme = pick
            .theme
            .as_ref()
            .and_then(|id| self.themes.iter().find(|t| *t.id == **id));
        let theme = theme.map(|theme| Fact {
            key: "theme",
            value: Node::text(&*theme.title, 0..0),
            audience: Audience::Released,
            listed: true,
        });
        let time = self.rhythm(ground).at.unwrap_or(ground.hour());
        let words = Words {
            title: pick.title.clone(),
            minutes: pick.minutes,
            parts: pick.parts.clone(),
            facts: pick.facts.iter().cloned().chain(theme).collect(),
            tongue: Tongue::Run,
            besides: Besides {
                link: Some(pick.url.clone()),
                excerpt: pick.excerpt.clone(),
                ..Besides::default()
            }
            .into(),
            ..Words::default()
        };
        let mut draft = Draft::new(&*pick.id, pick.slot, time, words);
        draft.drawn = pick.id.to_string();
        draft.expires = pick.expires;
        draft
    }

    /// The last slot that is out, and the last day on which one came out: blackouts may put several on
    /// one day, of which some still wait. A pick that was brought forward closes no slot after its day.
    fn last_out(&self, ground: &Ground) -> Option<(Date, Date)> {
        let nominal = |key: &str| match ground.picks.iter().find(|pick| *pick.id == *key) {
            Some(pick) => Some(pick.slot),
            None => key.rsplit_once('/')?.1.parse().ok(),
        };
        let days = ground.pinned.days.iter();
        let out = days.filter_map(|(key, day)| Some((nominal(key)?.min(*day), *day)));
        out.reduce(|a, b| (a.0.max(b.0), a.1.max(b.1)))
    }

    /// The slots that nobody filled, with a prompt each. What is out is drawn again as it was; slots
    /// before it stay as silent as they were.
    fn fallbacks(&self, ground: &Ground) -> Vec<Draft> {
        let Some(bank) = self.fallback.as_ref().and_then(|(id, _)| ground.bank(id)) else {
            return Vec::new();
        };
        let time = self.rhythm(ground).at.unwrap_or(ground.hour());
        let before = ground.pinned.entries.values().map(|entry| &*entry.drawn);
        let mut draw = Draw::new(bank, before, true);
        let last = self.last_out(ground);
        let is_over = |slot: &Slot| {
            last.is_some_and(|(nominal, day)| slot.nominal <= nominal && slot.date < day)
        };
        let mut drafts = Vec::new();
        for slot in self.slots(ground) {
            if ground.picks.iter().any(|pick| pick.slot == slot.nominal) {
                continue;
            }
            let suffix = format!("/{}", slot.nominal);
            let released = ground
                .pinned
                .entries
                .keys()
                .find_map(|key| key.strip_suffix(&suffix));
            let mut decided = ground.run.overrides.iter();
            let by_hand = decided.any(|o| o.key.ends_with(&suffix));
            let prompt = match released {
                Some(id) => draw.again(id),
                None if !by_hand && is_over(&slot) => None,
                None => draw.next(),
            };
            let Some(prompt) = prompt else { continue };
            let mut words = prompt.words();
            words.title = format!("{}, {}", prompt.title, ground.day(slot.nominal));
            let mut draft = Draft::new(format!("{}{suffix}", prompt.id), slot.date, time, words);
            draft.nominal = slot.nominal;
            draft.drawn = prompt.id.to_string();
            drafts.push(draft);
        }
        drafts
    }
}

impl Design for Flow {
    fn check(&self, programme: &Programme, _: &Rules, diags: &mut Diagnostics) {
        if !programme.activities.is_empty() {
            diags.push(
                Diagnostic::error("flow-with-activities", "a flow has no activities of its own")
                    .at(self.here.clone())
                    .why("its items are picks, chosen as it goes along")
                    .help("write each as a file below `sites/<site>/curation/picks/`, or make it a `challenge`"),
            );
        }
    }

    fn check_run(&self, ground: &Ground, diags: &mut Diagnostics) {
        if let Some(ends) = ground.run.ends {
            diags.push(
                Diagnostic::error("flow-with-end", format!("this flow would end on {ends}"))
                    .at(ground.run.origin.place(ground.run.programme_at.clone()))
                    .why("a learning flow is continuous; a series with an end is a challenge")
                    .help("remove `ends`, or make the programme a `challenge`"),
            );
            return;
        }
        for pick in ground.picks {
            self.check_pick(pick, ground, diags);
        }
    }

    fn rhythms(&self) -> Vec<&Rhythm> {
        vec![&self.rhythm]
    }

    fn banks(&self) -> Vec<(&Id, Range<usize>)> {
        self.fallback
            .iter()
            .map(|(id, at)| (id, at.clone()))
            .collect()
    }

    fn runways(&self, ground: &Ground) -> Vec<Runway> {
        let bank = self.fallback.as_ref().and_then(|(id, _)| ground.bank(id));
        let otherwise = match bank.is_some_and(|bank| !bank.prompts.is_empty()) {
            true => Filling::Bank,
            false => Filling::Nothing,
        };
        let filling = |slot: Slot| {
            let chosen = ground.picks.iter().any(|pick| pick.slot == slot.nominal);
            (slot.date, if chosen { Filling::Own } else { otherwise })
        };
        let slots = self.slots(ground).into_iter().map(filling);
        vec![Runway::after(ground.horizon.today, None, slots)]
    }

    fn occurrences(&self, ground: &Ground, _: &mut Diagnostics) -> Vec<Draft> {
        let picks = ground.picks.iter().map(|pick| self.pick(pick, ground));
        let fallbacks = self.fallbacks(ground);
        picks.chain(fallbacks).collect()
    }
}
