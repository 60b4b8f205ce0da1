//! Learning flow: a steady stream without an end. Each slot shows one judged pick; a slot that nobody
//! filled takes a prompt from the fallback bank, or stays silent.

use super::draw::Draw;
use super::duties;
use super::paced::{self, Pace, SLOT_KEYS, Takes, VARIETY_KEYS};
use super::rhythm::{RHYTHM_KEYS, read_rhythm};
use crate::diag::{Diagnostic, Diagnostics, Place, did_you_mean};
use crate::document::audiences::{run, team};
use crate::document::{Audience, Fields, Key, Node};
use crate::model::{
    Aside, Bank, Beside, Besides, Design, Draft, Embed, Fact, Ground, Holds, Id, Kind, Markdown,
    PacedSlot, Pacing, Part, Pick, Programme, Promise, Prompt, Rules, Section, Tongue, Words,
    same_topic,
};
use crate::pace::{Came, Filled, Wants};
use crate::schedule::{Frame, OnSkip, Rhythm, Slot};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

const KEYS: &[Key] = &[
    run("flow"),
    team("curator"),
    run("cadence").of(RHYTHM_KEYS),
    run("themes").of(&[
        run("id"),
        run("title").prose(),
        run("weeks"),
        run("topics").prose(),
    ]),
    run("slots").of(SLOT_KEYS),
    team("variety").of(VARIETY_KEYS),
    team("freeze"),
    team("runway").of(&[team("warn_below")]),
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
    /// Whether each week has a theme.
    by_theme: bool,
    pace: Pace,
    /// With fewer slots ahead that are filled it is told.
    warn_below: Option<u32>,
    minutes_max: u32,
    fallback: Option<(Id, Range<usize>)>,
    here: Place,
}

#[derive(Debug)]
struct Theme {
    id: Id,
    title: String,
    weeks: u32,
    topics: Vec<String>,
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
            let weeks = theme.number("weeks", 1..=52, diags).unwrap_or(1);
            let topics = theme.words("topics", diags).into_iter();
            let topics = topics.map(|(topic, _)| topic).collect();
            Some(Theme {
                id: theme.parse("id", diags)?,
                title: title?,
                weeks,
                topics,
            })
        })
        .collect();
    let fallback: Option<Id> = fields.parse("fallback", diags);
    let rhythm = fields
        .map("cadence", diags)
        .and_then(|c| read_rhythm(&c, diags));
    let kind = fields.text("flow", &mut Diagnostics::new());
    let runway = fields.map("runway", diags);
    Some(Arc::new(Flow {
        themes,
        by_theme: kind.as_deref() != Some("news"),
        pace: paced::read(fields, diags),
        warn_below: runway.and_then(|runway| runway.number("warn_below", 1..=60, diags)),
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
        if let Some(slot) = pick.slot {
            self.check_slot(pick, slot, ground, diags);
        }
        let too_long = pick
            .minutes
            .is_some_and(|minutes| minutes > self.minutes_max);
        if too_long && !pick.long_read {
            diags.push(
                Diagnostic::error(
                    "over-20-minutes",
                    format!("this pick takes more than {} minutes", self.minutes_max),
                )
                .at(place())
                .why("a flow is made of what fits between two pieces of work")
                .help("point at the part that matters, or say `long_read: yes`"),
            );
        }
        let theme = pick.theme.as_ref();
        let theme = theme.and_then(|id| self.themes.iter().find(|known| *known.id == **id));
        let meets = |theme: &Theme| {
            let near = |topic: &String| theme.topics.iter().any(|own| same_topic(own, topic));
            theme.topics.is_empty() || pick.topics.is_empty() || pick.topics.iter().any(near)
        };
        if let Some(theme) = theme.filter(|theme| !meets(theme)) {
            diags.push(
                Diagnostic::warning(
                    "theme-drift",
                    format!("none of the pick's topics is one of `{}`", theme.id),
                )
                .at(place())
                .why("a week with a theme is about one thing")
                .help(format!("topics of the theme: {}", theme.topics.join(", "))),
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

    /// A pattern says something of each day of the week, and of nothing else.
    fn check_pattern(&self, ground: &Ground, diags: &mut Diagnostics) {
        let pattern = self.pace.pattern.len();
        if pattern == 0 {
            return;
        }
        let days = self.paced(ground).days(ground.run.calendar.week);
        let days = days.map_or(0, |days| days.len());
        if days == pattern {
            return;
        }
        let message = match days {
            0 => "a pattern is for a flow with the same days every week".to_owned(),
            _ => format!("the pattern has {pattern} days, the flow has {days} a week"),
        };
        diags.push(
            Diagnostic::error("pattern-length", message)
                .at(ground.run.origin.place(ground.run.programme_at.clone()))
                .why("each day of the pattern belongs to one day of the week")
                .help("write one word for each day, `any` where everything fits, or leave `pattern` out"),
        );
    }

    /// What a day that somebody wrote into a pick may be.
    fn check_slot(&self, pick: &Pick, slot: Date, ground: &Ground, diags: &mut Diagnostics) {
        let place = || pick.origin.place(pick.slot_at.clone());
        if !self.has_slot(slot, ground) {
            diags.push(
                Diagnostic::error("no-such-slot", format!("the flow has no slot on {slot}"))
                    .at(place())
                    .help("choose a day on which the flow releases"),
            );
        }
        if let Some(why) = ground.run.calendar.is_blackout(slot) {
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
        if pick.expires.is_some_and(|expires| expires <= slot) {
            diags.push(
                Diagnostic::error(
                    "expired-before-slot",
                    "this pick expires before it would be shown",
                )
                .at(place())
                .help("give it an earlier slot or a later `expires`"),
            );
        }
        if pick.not_before.is_some_and(|first| slot < first) {
            diags.push(
                Diagnostic::error(
                    "slot-too-early",
                    "this pick would be shown before its `not_before`",
                )
                .at(place())
                .help("give it a later slot, or leave one of the two lines out"),
            );
        }
    }

    fn paced<'a>(&'a self, ground: &Ground<'a>) -> paced::Flow<'a> {
        let rhythm = self.rhythm(ground);
        let themes = self.themes.iter().filter(|_| self.by_theme);
        paced::Flow {
            pace: &self.pace,
            cadence: rhythm.in_week(ground.run.calendar.week),
            themes: themes
                .map(|theme| (&*theme.id, theme.weeks.into()))
                .collect(),
        }
    }

    fn title_of(&self, theme: &str) -> Option<&str> {
        let theme = self.themes.iter().find(|known| *known.id == *theme);
        theme.map(|theme| &*theme.title)
    }

    fn time(&self, ground: &Ground) -> jiff::civil::Time {
        self.rhythm(ground).at.unwrap_or(ground.hour())
    }

    fn pick(&self, pick: &Pick, day: Date, ground: &Ground) -> Draft {
        let theme = pick.theme.as_ref().and_then(|id| self.title_of(id));
        let theme = theme.map(|title| Fact {
            key: "theme",
            value: Node::text(title, 0..0),
            audience: Audience::Released,
            listed: true,
        });
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
        let mut draft = Draft::new(&*pick.id, day, self.time(ground), words);
        draft.drawn = pick.id.to_string();
        draft.expires = pick.expires;
        draft
    }

    /// A pick in its slot; one that comes round again has a day of its own in key and title.
    fn placed(&self, pick: &Pick, slot: &Slot, again: bool, ground: &Ground) -> Draft {
        let mut draft = self.pick(pick, slot.date, ground);
        draft.nominal = slot.nominal;
        draft.why = slot.why.clone();
        if again {
            draft.key = format!("{}/{}", pick.id, slot.nominal);
            draft.words.title = format!("{}, {}", pick.title, ground.day(slot.nominal));
        }
        draft
    }

    /// A look back at the week, in which at least one pick comes out.
    fn wrap(&self, slot: &Slot, week: Date, ground: &Ground) -> Draft {
        let text = ground.say("wrap_text", &[]);
        let text = Part {
            section: Section::Words,
            text: Markdown::own(ground.run.origin.clone(), 0..0, text),
        };
        let mut words = Words::of(
            ground.say("wrap_title", &[("day", &ground.day(week))]),
            text,
        );
        words.tongue = Tongue::Run;
        words.digest_from = Some(week);
        let key = format!("wrap/{}", slot.nominal);
        let mut draft = Draft::new(key, slot.date, self.time(ground), words);
        draft.nominal = slot.nominal;
        draft
    }

    fn question(&self, prompt: &Prompt, slot: &Slot, ground: &Ground) -> Draft {
        let mut words = prompt.words();
        words.title = format!("{}, {}", prompt.title, ground.day(slot.nominal));
        let key = format!("{}/{}", prompt.id, slot.nominal);
        let mut draft = Draft::new(key, slot.date, self.time(ground), words);
        draft.nominal = slot.nominal;
        draft.drawn = prompt.id.to_string();
        draft
    }

    fn bank<'a>(&self, ground: &Ground<'a>) -> Option<&'a Bank> {
        self.fallback.as_ref().and_then(|(id, _)| ground.bank(id))
    }

    /// What comes out in every slot. What is out comes out as it did; slots before it that stayed silent stay so.
    fn drafts(&self, filling: &paced::Filling, ground: &Ground) -> Vec<Draft> {
        let beyond = ground.slots(&self.paced(ground).cadence, ground.on_skip(None));
        let beyond = beyond.slots.last().map(|slot| slot.nominal);
        let bank = self.bank(ground);
        let before = ground.pinned.entries.values().map(|entry| &*entry.drawn);
        let mut draw = bank.map(|bank| Draw::new(bank, before, true));
        // Drawn for a slot that a pick took after it was settled: until that was known, nobody else had it.
        let mut aside: Vec<(Date, &Prompt)> = Vec::new();
        let mut drafts = Vec::new();
        let mut weeks: BTreeSet<Date> = BTreeSet::new();
        for (slot, paced, filled) in filling.each() {
            if let Some(draw) = &mut draw {
                let back = aside.extract_if(.., |(day, _)| *day < paced.settled);
                back.for_each(|(_, prompt)| draw.put_back(prompt));
            }
            if paced.wants == Wants::Nothing && filled.item.is_none() {
                let key = format!("wrap/{}", slot.nominal);
                if weeks.contains(&paced.week) || ground.pinned.has(&key) {
                    drafts.push(self.wrap(slot, paced.week, ground));
                }
                continue;
            }
            if let Some(item) = filled.item {
                weeks.insert(paced.week);
                let pick = &ground.picks[item];
                if pick.slot != Some(slot.nominal) {
                    drafts.push(self.placed(pick, slot, filled.again, ground));
                }
                if let (Some(changed), None) = (filled.changed, filled.before)
                    && let Some(prompt) = draw.as_mut().and_then(Draw::next)
                {
                    aside.push((changed, prompt));
                }
                continue;
            }
            if beyond.is_some_and(|last| slot.nominal > last) {
                continue;
            }
            let suffix = format!("/{}", slot.nominal);
            let mut out = ground.pinned.entries.keys();
            let released = out.find_map(|key| key.strip_suffix(&suffix));
            let mut decided = ground.run.overrides.iter();
            let by_hand = decided.any(|o| o.key.ends_with(&suffix));
            let prompt = draw.as_mut().and_then(|draw| match released {
                Some(id) => draw.again(id),
                None if !by_hand && paced.came == Came::Silent => None,
                None => draw.next(),
            });
            drafts.extend(prompt.map(|prompt| self.question(prompt, slot, ground)));
        }
        let dated = ground.picks.iter();
        let dated = dated.filter_map(|pick| Some(self.pick(pick, pick.slot?, ground)));
        drafts.extend(dated);
        let placed: BTreeSet<String> = drafts.iter().map(|draft| draft.key.clone()).collect();
        // What came out in a slot that the calendar does not have any more.
        let lost = ground
            .picks
            .iter()
            .filter(|pick| !placed.contains(pick.id.as_str()));
        let lost = lost.filter_map(|pick| {
            let day = ground.pinned.days.get(pick.id.as_str())?;
            Some(self.pick(pick, *day, ground))
        });
        let lost: Vec<Draft> = lost.collect();
        drafts.extend(lost);
        drafts
    }

    fn holds(
        &self,
        slot: &Slot,
        paced: &crate::pace::Slot,
        filled: &Filled,
        ground: &Ground,
    ) -> Holds {
        let pick = filled.item.map(|item| &ground.picks[item]);
        let bank = self
            .bank(ground)
            .is_some_and(|bank| !bank.prompts.is_empty());
        let suffix = format!("/{}", slot.nominal);
        let out = || {
            ground
                .pinned
                .entries
                .keys()
                .any(|key| key.ends_with(&suffix))
        };
        match pick {
            Some(pick) if filled.again => Holds::Again(pick.id.clone(), pick.title.clone()),
            Some(pick) => Holds::Pick(pick.id.clone(), pick.title.clone()),
            None if paced.wants == Wants::Nothing => Holds::Wrap,
            None if paced.came == Came::Silent || !bank && !out() => Holds::Nothing,
            None if paced.wants == Wants::Question => Holds::Question,
            None => Holds::Bank,
        }
    }

    /// What the curator wants to know of the slots ahead and of the last weeks.
    fn standing(&self, filling: &paced::Filling, ground: &Ground) -> Pacing {
        let today = ground.horizon.today;
        let since = ground
            .run
            .calendar
            .week
            .first_day(today)
            .saturating_sub(14.days());
        let paced = self.paced(ground);
        let mut promises: Vec<Promise> = [
            ("challenging_view", self.pace.rules.challenging),
            ("own_people", self.pace.rules.own),
        ]
        .into_iter()
        .filter(|(_, wanted)| *wanted > 0)
        .map(|(what, wanted)| Promise {
            what,
            wanted,
            weeks: BTreeMap::new(),
        })
        .collect();
        let mut standing = Pacing::default();
        // Of the last week not all slots are looked at.
        let cut = filling.paced_slots.last().map(|slot| slot.week);
        for (slot, at, filled) in filling.each().filter(|(slot, ..)| slot.date >= since) {
            let pick = filled.item.map(|item| &ground.picks[item]);
            let holds = self.holds(slot, at, filled, ground);
            let ahead = slot.date > today;
            if ahead && !holds.is_own() && standing.dry.is_none() {
                standing.dry = Some(slot.date);
            }
            for promise in promises.iter_mut().filter(|_| Some(at.week) != cut) {
                let kept = pick.is_some_and(|pick| match promise.what {
                    "own_people" => pick.own,
                    _ => pick.challenges,
                });
                *promise.weeks.entry(at.week).or_default() += u32::from(kept);
            }
            let takes = paced.takes(slot.nominal, ground.run.calendar.week);
            standing.slots.push(PacedSlot {
                date: slot.date,
                ahead,
                settled: at.settled <= today,
                theme: at.theme.and_then(|id| self.title_of(id)).map(str::to_owned),
                wants: takes.map(Takes::words),
                holds,
                source: pick.and_then(|pick| pick.from.clone()),
                format: pick.and_then(|pick| pick.format),
                cut: filled.cut,
            });
        }
        standing.promises = promises;
        let waiting = filling.paced.waiting.iter();
        standing.waiting = waiting
            .map(|(item, why)| {
                let why = ground.say(&format!("waits_{}", why.name()), &[]);
                (ground.picks[*item].id.clone(), why)
            })
            .collect();
        standing
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
        self.check_pattern(ground, diags);
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

    fn pacing(&self, ground: &Ground) -> Option<Pacing> {
        let filling = self.paced(ground).fill(ground);
        Some(self.standing(&filling, ground))
    }

    fn occurrences(&self, ground: &Ground, diags: &mut Diagnostics) -> Vec<Draft> {
        let filling = self.paced(ground).fill(ground);
        let standing = self.standing(&filling, ground);
        filling.tell(&standing, self.warn_below, ground, diags);
        self.drafts(&filling, ground)
    }
}
