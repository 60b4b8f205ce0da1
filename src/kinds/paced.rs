//! The slots of a learning flow: what each takes, what came out in those that are over, and what fills the others.

use crate::diag::{Diagnostic, Diagnostics, did_you_mean};
use crate::document::audiences::{run, team};
use crate::document::{Fields, Key};
use crate::model::{Action, Ground, Holds, Pacing, Pick};
use crate::pace::{self, Came, Filled, Item, Paced, Wants, Why};
use crate::schedule::{Cadence, Frame, Offset, Slot, Unit, Week};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;
use std::str::FromStr;

/// The keys under `slots`.
pub const SLOT_KEYS: &[Key] = &[run("pattern")];

/// The keys under `variety`.
pub const VARIETY_KEYS: &[Key] = &[
    team("same_source_gap"),
    team("same_format_gap"),
    team("challenging_view"),
    team("own_people"),
];

/// A gap that nobody named is no gap.
const NO_GAP: u32 = 1;

/// How many working days ahead a slot is settled.
const FREEZE: i32 = 2;

/// At most so many slots are filled beyond what is out.
const REACH: usize = 120;

/// What a day of the pattern takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Takes {
    /// Everything.
    Any,
    /// What has one of these formats.
    Formats(Vec<&'static str>),
    /// A question to the group.
    Ask,
    /// A look back at the week.
    Wrap,
}

impl Takes {
    /// The word of the pattern for a look back.
    const WRAP: &str = "friday-wrap";

    /// As authors write it: `watch or listen`.
    pub fn words(&self) -> String {
        match self {
            Takes::Any => "any".to_owned(),
            Takes::Formats(formats) => formats.join(" or "),
            Takes::Ask => "ask".to_owned(),
            Takes::Wrap => Self::WRAP.to_owned(),
        }
    }
}

impl FromStr for Takes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split(" or ").map(str::trim).collect();
        match words[..] {
            ["any"] => return Ok(Takes::Any),
            ["ask"] => return Ok(Takes::Ask),
            [Self::WRAP] => return Ok(Takes::Wrap),
            _ => {}
        }
        let format = |word: &&str| Pick::FORMATS.iter().find(|known| *known == word).copied();
        let formats: Vec<&'static str> = words.iter().filter_map(format).collect();
        if formats.len() == words.len() {
            return Ok(Takes::Formats(formats));
        }
        let known = || {
            Pick::FORMATS
                .iter()
                .copied()
                .chain(["any", "ask", Self::WRAP])
        };
        let wrong = words.iter().find(|word| format(word).is_none());
        let near = wrong.and_then(|word| did_you_mean(word, known()));
        Err(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "a day takes one of: {}; or two of them, such as `watch or listen`",
                known().collect::<Vec<_>>().join(", ")
            ),
        })
    }
}

/// So many a week: `1/week`.
struct PerWeek(u32);

impl FromStr for PerWeek {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = text.strip_suffix("/week").unwrap_or(text).trim();
        let number = number.parse().ok().filter(|n| (1..=7).contains(n));
        let help = || "write how many a week, from 1 to 7: 1/week".to_owned();
        number.map(PerWeek).ok_or_else(help)
    }
}

/// How a flow is paced.
#[derive(Debug)]
pub struct Pace {
    /// What each day of the week takes; nothing where all take everything.
    pub pattern: Vec<Takes>,
    /// What holds for all slots.
    pub rules: pace::Rules,
    freeze: i32,
}

/// Reads how a flow is paced.
pub fn read(fields: &Fields, diags: &mut Diagnostics) -> Pace {
    let variety = fields.map("variety", diags);
    let gap = |name: &str, diags: &mut Diagnostics| {
        let variety = variety.as_ref();
        let gap = variety.and_then(|variety| variety.number(name, 1..=20, diags));
        gap.unwrap_or(NO_GAP) as usize
    };
    let (source_gap, format_gap) = (gap("same_source_gap", diags), gap("same_format_gap", diags));
    let weekly = |name: &str, diags: &mut Diagnostics| {
        let variety = variety.as_ref();
        let weekly: Option<PerWeek> = variety.and_then(|variety| variety.parse(name, diags));
        weekly.map_or(0, |weekly| weekly.0)
    };
    let (challenging, own) = (
        weekly("challenging_view", diags),
        weekly("own_people", diags),
    );
    let kind = fields.text("flow", &mut Diagnostics::new());
    Pace {
        pattern: pattern(fields, diags),
        rules: pace::Rules {
            source_gap,
            format_gap,
            challenging,
            own,
            repeats: kind.as_deref() == Some("circular"),
            newest_first: kind.as_deref() == Some("news"),
            ..pace::Rules::default()
        },
        freeze: freeze(fields, diags).unwrap_or(FREEZE),
    }
}

fn pattern(fields: &Fields, diags: &mut Diagnostics) -> Vec<Takes> {
    let Some(slots) = fields.map("slots", diags) else {
        return Vec::new();
    };
    let mut pattern = Vec::new();
    for (word, at) in slots.words("pattern", diags) {
        match word.parse() {
            Ok(takes) => pattern.push(takes),
            Err(help) => diags.push(
                Diagnostic::error(
                    "wrong-value",
                    format!("a day of the pattern cannot be `{word}`"),
                )
                .at(slots.at(at))
                .help(help),
            ),
        }
    }
    pattern
}

fn freeze(fields: &Fields, diags: &mut Diagnostics) -> Option<i32> {
    let offset: Offset = fields.parse("freeze", diags)?;
    if offset.unit == Unit::WorkingDays && (1..=20).contains(&offset.amount) {
        return Some(offset.amount);
    }
    diags.push(
        Diagnostic::error("wrong-value", "`freeze` is measured in working days")
            .at(fields.place("freeze"))
            .why("what comes next must stand when people prepare for it")
            .help("write 1wd to 20wd; 2wd is usual"),
    );
    None
}

/// A flow as far as its slots need it.
pub struct Flow<'a> {
    /// How it is paced.
    pub pace: &'a Pace,
    /// The cadence in the run's week.
    pub cadence: Cadence,
    /// The themes in turn: id, and how many weeks it lasts. None where all weeks are alike.
    pub themes: Vec<(&'a str, i64)>,
}

/// The slots of a run with what fills them.
pub struct Filling<'a> {
    /// The slots, from the first of the run on.
    pub slots: Vec<Slot>,
    /// What each takes and when it is settled.
    pub paced_slots: Vec<pace::Slot<'a>>,
    /// What fills them.
    pub paced: Paced,
}

impl<'a> Flow<'a> {
    /// Fills the slots of a run.
    pub fn fill(&self, ground: &Ground) -> Filling<'a> {
        let items: Vec<Item> = ground.picks.iter().map(|pick| item(pick, ground)).collect();
        let slots = self.slots(ground);
        let mut paced_slots: Vec<pace::Slot> =
            slots.iter().map(|slot| self.slot(slot, ground)).collect();
        let items = came(&mut paced_slots, items, ground);
        let paced = pace::fill(&paced_slots, &items, &self.pace.rules);
        Filling {
            slots,
            paced_slots,
            paced,
        }
    }

    /// As many slots as are looked at in any case, and as many as what waits could need. Counted from the newest pick
    /// and from what is out, and not from today: so nothing is filled or unfilled at midnight.
    fn slots(&self, ground: &Ground) -> Vec<Slot> {
        let on_skip = ground.on_skip(None);
        let usual = ground.slots(&self.cadence, on_skip).slots;
        let waits = |pick: &&Pick| pick.slot.is_none() && !ground.pinned.has(&pick.id);
        let waiting = ground.picks.iter().filter(waits);
        let Some(newest) = waiting.clone().map(|pick| pick.picked_on).max() else {
            return usual;
        };
        let first = waiting.clone().filter_map(|pick| pick.not_before).max();
        let out = ground.pinned.days.values().max().copied();
        let from = [newest, first, out, Some(ground.run.starts)];
        let from = from
            .into_iter()
            .flatten()
            .max()
            .unwrap_or(ground.run.starts);
        let turn: i64 = self.themes.iter().map(|(_, weeks)| weeks).sum();
        let need = (waiting.count() + 7 * turn.max(1) as usize).min(REACH);
        let frame = |days: i64| Frame {
            starts: ground.run.starts,
            until: from.saturating_add(days.days()),
            calendar: &ground.run.calendar,
            on_skip,
        };
        let mut slots = Vec::new();
        for days in [60, 500, 4_000] {
            slots = self.cadence.slots(&frame(days), None).slots;
            if slots.iter().filter(|slot| slot.date > from).count() >= need {
                break;
            }
        }
        let past = slots.iter().filter(|slot| slot.date <= from).count();
        slots.truncate(past + need);
        match slots.len() > usual.len() {
            true => slots,
            false => usual,
        }
    }

    fn slot(&self, slot: &Slot, ground: &Ground) -> pace::Slot<'a> {
        let calendar = &ground.run.calendar;
        let week = calendar.week.first_day(slot.nominal);
        pace::Slot {
            nominal: slot.nominal,
            date: slot.date,
            settled: calendar.working_days_after(slot.date, -self.pace.freeze),
            week,
            theme: self.theme(week, calendar.week.first_day(ground.run.starts)),
            wants: match self.takes(slot.nominal, calendar.week) {
                None | Some(Takes::Any) => Wants::Any,
                Some(Takes::Formats(formats)) => Wants::Formats(formats),
                Some(Takes::Ask) => Wants::Question,
                Some(Takes::Wrap) => Wants::Nothing,
            },
            came: Came::NotYet,
        }
    }

    /// The theme of a week: one after the other, and then from the beginning.
    pub fn theme(&self, week: Date, first: Date) -> Option<&'a str> {
        let turn: i64 = self.themes.iter().map(|(_, weeks)| weeks).sum();
        if turn == 0 {
            return None;
        }
        let days = week
            .since(first)
            .map_or(0, |span| i64::from(span.get_days()));
        let mut at = (days / 7).rem_euclid(turn);
        let theme = self.themes.iter().find(|(_, weeks)| {
            at -= weeks;
            at < 0
        });
        theme.map(|(id, _)| *id)
    }

    /// What a day takes, by its place among the days of the week.
    pub fn takes(&self, day: Date, week: Week) -> Option<&'a Takes> {
        let days = self.days(week)?;
        let at = days.iter().position(|known| *known == day.weekday())?;
        self.pace.pattern.get(at)
    }

    /// The days of each week, in order; none where weeks differ.
    pub fn days(&self, week: Week) -> Option<Vec<Weekday>> {
        let mut days: Vec<Weekday> = match &self.cadence {
            Cadence::Daily { every: 0 | 1, days } => days.days().collect(),
            Cadence::Weekly { every: 0 | 1, days } => days.clone(),
            _ => return None,
        };
        days.sort_by_key(|day| day.since(week.begins()));
        Some(days)
    }
}

fn item<'a>(pick: &'a Pick, ground: &Ground) -> Item<'a> {
    let decided =
        |action: &Action| matches!(action, Action::Move(..) | Action::Hold(_) | Action::Cancel);
    let mut overrides = ground.run.overrides.iter();
    Item {
        id: &pick.id,
        source: pick.from.as_deref(),
        format: pick.format,
        theme: pick.theme.as_deref(),
        asks: pick.asks,
        challenges: pick.challenges,
        own: pick.own,
        slot: pick.slot,
        picked_on: pick.picked_on,
        not_before: pick.not_before,
        expires: pick.expires,
        by_hand: overrides.any(|o| o.key == *pick.id && decided(&o.action)),
        gone: false,
    }
}

/// Finds for what is out the slot that it took.
fn came<'a>(slots: &mut [pace::Slot], mut items: Vec<Item<'a>>, ground: &Ground) -> Vec<Item<'a>> {
    let by_id: BTreeMap<&str, usize> = items
        .iter()
        .enumerate()
        .map(|(at, item)| (item.id, at))
        .collect();
    let nominal: BTreeMap<Date, usize> = slots
        .iter()
        .enumerate()
        .map(|(at, slot)| (slot.nominal, at))
        .collect();
    // Whatever has its day in its key or in its file is sure of its slot.
    for key in ground.pinned.entries.keys() {
        let (id, day) = match key.rsplit_once('/') {
            Some((id, day)) => (id, day.parse().ok()),
            None => (
                key.as_str(),
                by_id.get(key.as_str()).and_then(|at| items[*at].slot),
            ),
        };
        if let Some(slot) = day.and_then(|day| nominal.get(&day)) {
            let item = by_id.get(id).map(|at| Came::Item(*at));
            slots[*slot].came = item.unwrap_or(Came::Other);
        }
    }
    // Then what is known, and last what is not: each goes by the day on which it came out.
    let inserted = |key: &str| {
        let mut overrides = ground.run.overrides.iter();
        overrides.any(|o| o.key == key && matches!(o.action, Action::Insert(..)))
    };
    for known in [true, false] {
        for (key, day) in &ground.pinned.days {
            let item = by_id.get(key.as_str()).copied();
            let sure = item.is_some_and(|at| items[at].slot.is_some() || items[at].by_hand);
            if key.contains('/') || item.is_some() != known || sure || inserted(key) {
                continue;
            }
            let mut free = slots.iter_mut();
            let free = free.find(|slot| slot.date == *day && slot.came == Came::NotYet);
            match (free, item) {
                (Some(slot), item) => slot.came = item.map_or(Came::Other, Came::Item),
                (None, Some(at)) => items[at].gone = true,
                (None, None) => {}
            }
        }
    }
    let last = last_out(ground, &items, &by_id, slots);
    for slot in slots.iter_mut() {
        let over = last.is_some_and(|(nominal, day)| slot.nominal <= nominal && slot.date < day);
        if over && slot.came == Came::NotYet {
            slot.came = Came::Silent;
        }
    }
    items
}

/// The last slot that is out, and the last day on which one came out: blackouts may put several on
/// one day, of which some still wait. A pick that was brought forward closes no slot after its day.
fn last_out(
    ground: &Ground,
    items: &[Item],
    by_id: &BTreeMap<&str, usize>,
    slots: &[pace::Slot],
) -> Option<(Date, Date)> {
    let nominal = |key: &str| match by_id.get(key) {
        Some(at) => items[*at].slot.or_else(|| {
            let mut slots = slots.iter();
            let took = slots.find(|slot| slot.came == Came::Item(*at));
            took.map(|slot| slot.nominal)
        }),
        None => key.rsplit_once('/')?.1.parse().ok(),
    };
    let days = ground.pinned.days.iter();
    let out = days.filter_map(|(key, day)| Some((nominal(key)?.min(*day), *day)));
    out.reduce(|a, b| (a.0.max(b.0), a.1.max(b.1)))
}

impl Filling<'_> {
    /// Every slot with what fills it.
    pub fn each(&self) -> impl Iterator<Item = (&Slot, &pace::Slot<'_>, &Filled)> {
        let slots = self.slots.iter().zip(&self.paced_slots);
        let filled = slots.zip(&self.paced.slots);
        filled.map(|((slot, paced), filled)| (slot, paced, filled))
    }

    /// Tells what a curator should do something about.
    pub fn tell(
        &self,
        standing: &Pacing,
        warn_below: Option<u32>,
        ground: &Ground,
        diags: &mut Diagnostics,
    ) {
        for (id, why) in &standing.waiting {
            let mut picks = ground.picks.iter();
            // What can never be shown is told already.
            let never = |pick: &Pick| pick.expires.is_some() && pick.expires <= pick.not_before;
            let Some(pick) = picks.find(|pick| pick.id == *id && !never(pick)) else {
                continue;
            };
            diags.push(
                Diagnostic::warning("pick-waits", format!("`{id}` finds no slot: {why}"))
                    .at(pick.origin.place(pick.slot_at.clone()))
                    .help("give it a day with `slot:`, change what keeps it, or let it wait; `learnflow plan` shows all slots"),
            );
        }
        for (item, other, why) in &self.paced.clashes {
            let (pick, other) = (&ground.picks[*item], &ground.picks[*other]);
            // The one whose day somebody wrote.
            let (pick, other) = if pick.slot.is_some() {
                (pick, other)
            } else {
                (other, pick)
            };
            let shared = match why {
                Why::Source => "source",
                _ => "format",
            };
            diags.push(
                Diagnostic::warning(
                    "too-near",
                    format!(
                        "`{}` has the {shared} of `{}`, which is near",
                        pick.id, other.id
                    ),
                )
                .at(pick.origin.place(pick.slot_at.clone()))
                .why("the flow promises variety, and a day written by hand goes before that")
                .help("give it another day, or write `slot: auto`"),
            );
        }
        let here = || ground.run.origin.place(ground.run.programme_at.clone());
        let ahead = standing
            .ahead()
            .take_while(|slot| slot.holds.is_own())
            .count() as u32;
        // A flow for which nobody has chosen anything yet has not begun.
        let Some(warn_below) = warn_below.filter(|_| !ground.picks.is_empty()) else {
            return;
        };
        let Some(dry) = standing.dry.filter(|_| ahead < warn_below) else {
            return;
        };
        let silent = standing
            .ahead()
            .next()
            .is_some_and(|slot| slot.holds == Holds::Nothing);
        let problem = match silent {
            true => Diagnostic::warning(
                "runway-empty",
                format!("nothing comes out on {dry}, the next day of this flow"),
            ),
            false => Diagnostic::warning(
                "runway-low",
                format!("this flow runs dry on {dry}, after {ahead} more picks"),
            ),
        };
        diags.push(
            problem
                .at(here())
                .why("people come back as long as something is there")
                .help("judge some candidates, or bring picks of other themes and formats that fit the days"),
        );
    }
}
