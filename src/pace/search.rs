//! What is best for one slot: every order of the next slots is tried in turn, the likeliest first, until none can be
//! better or the steps are used up. Steps are counted, so that the answer is the same on every machine.

use super::{Came, Filled, Item, Rules, Slot, WINDOW, Wants, fits, too_near};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What an order costs: slots that stay empty, then weeks that lack a challenging view, then weeks that lack our own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    empty: u32,
    challenging: u32,
    own: u32,
}

/// Settles one slot with what was known then.
pub fn settle(
    at: usize,
    slots: &[Slot],
    items: &[Item],
    dated: &BTreeMap<Date, usize>,
    before: &[Filled],
    rules: &Rules,
) -> Filled {
    if slots[at].wants == Wants::Nothing {
        return Filled::default();
    }
    let day = slots[at].settled;
    let window = WINDOW.max(rules.source_gap).max(rules.format_gap);
    let end = slots.len().min(at + window);
    let shown: Vec<Option<usize>> = before.iter().map(|filled| filled.known(day)).collect();
    let past = Past::of(&shown, slots, items);
    let mut search = Search {
        at,
        slots,
        items,
        rules,
        given: (at..end)
            .map(|slot| {
                let given = dated.get(&slots[slot].nominal).copied();
                given.filter(|item| items[*item].picked_on.is_none_or(|known| known < day))
            })
            .collect(),
        choices: choices(at, end, slots, items, &past, rules),
        shown,
        best: None,
        bound: Cost::default(),
        least: Vec::new(),
        steps: rules.steps,
    };
    search.bounds();
    search.visit(0, Cost::default());
    let found = search.best;
    Filled {
        item: found.and_then(|(_, item)| item),
        cut: search.steps == 0 && found.is_some_and(|(cost, _)| cost > search.bound),
        ..Filled::default()
    }
}

/// What was shown so far.
struct Past {
    /// How often each item was shown, or is elsewhere.
    times: Vec<u32>,
    /// The last slot in which it was.
    last: Vec<Option<usize>>,
}

impl Past {
    fn of(shown: &[Option<usize>], slots: &[Slot], items: &[Item]) -> Self {
        let mut past = Past {
            times: items.iter().map(|item| u32::from(item.gone)).collect(),
            last: vec![None; items.len()],
        };
        for (slot, item) in shown.iter().enumerate() {
            if let Some(item) = *item {
                past.times[item] += 1;
                past.last[item] = Some(slot);
            }
        }
        // What came out later is not there for a slot that was left behind. When a slot is asked what was to be in it
        // before somebody gave its day away, what came out later may have been just that.
        let behind = slots.iter().skip(shown.len());
        let left = !matches!(slots[shown.len()].came, Came::Item(_));
        for slot in behind.filter(|_| left) {
            if let Came::Item(item) = slot.came {
                past.times[item] += 1;
                past.last[item] = Some(shown.len());
            }
        }
        past
    }
}

/// For each slot of the window what may stand in it, the likeliest first.
fn choices(
    at: usize,
    end: usize,
    slots: &[Slot],
    items: &[Item],
    past: &Past,
    rules: &Rules,
) -> Vec<Vec<usize>> {
    let day = slots[at].settled;
    let known = |item: &Item| item.picked_on.is_none_or(|picked| picked < day);
    let fresh = |at: usize| past.times[at] == 0 && items[at].slot.is_none();
    let there: Vec<usize> = (0..items.len()).filter(|at| known(&items[*at])).collect();
    let mut of_source: BTreeMap<&str, usize> = BTreeMap::new();
    for item in there.iter().filter(|at| fresh(**at)) {
        if let Some(source) = items[*item].source {
            *of_source.entry(source).or_default() += 1;
        }
    }
    let last_day = slots[end - 1].date;
    let mut new: Vec<usize> = there.iter().copied().filter(|at| fresh(*at)).collect();
    new.sort_by_cached_key(|at| {
        let item = &items[*at];
        // Now or never.
        let urgent = item.expires.filter(|end| *end <= last_day);
        let many = item.source.and_then(|source| of_source.get(source));
        let many = many.filter(|_| rules.source_gap > 1).copied();
        let age = item.picked_on.unwrap_or(Date::MIN);
        let (newest, oldest) = match rules.newest_first {
            true => (Some(Reverse(age)), None),
            false => (None, Some(age)),
        };
        (
            (urgent.is_none(), urgent),
            Reverse(many),
            newest,
            oldest,
            item.id,
        )
    });
    let mut again: Vec<usize> = match rules.repeats {
        true => (there.iter().copied())
            .filter(|at| past.times[*at] > 0 && past.last[*at].is_some())
            .collect(),
        false => Vec::new(),
    };
    again.sort_by_key(|at| (past.times[*at], past.last[*at], items[*at].id));
    let of = |slot: usize| {
        let rested = |item: usize| {
            let last = past.last[item].map(|last| slots[last].week);
            last.is_none_or(|week| week != slots[slot].week)
        };
        let again = again.iter().filter(|item| rested(**item));
        let all = new.iter().chain(again).copied();
        all.filter(|item| {
            // As far as is known now: what comes later is not there for the slots behind either.
            fits(&items[*item], &slots[slot])
        })
        .collect()
    };
    (at..end).map(of).collect()
}

struct Search<'s, 'i> {
    at: usize,
    slots: &'s [Slot<'i>],
    items: &'s [Item<'i>],
    rules: &'s Rules,
    /// What somebody gave the slots of the window.
    given: Vec<Option<usize>>,
    choices: Vec<Vec<usize>>,
    /// What stands in the slots before, and in the order that is tried.
    shown: Vec<Option<usize>>,
    best: Option<(Cost, Option<usize>)>,
    /// No order costs less.
    bound: Cost,
    /// So many slots stay empty from each of the window on, whatever is tried.
    least: Vec<u32>,
    steps: u32,
}

impl Search<'_, '_> {
    fn len(&self) -> usize {
        self.choices.len()
    }

    /// Whether the slot of the window is the last of its week.
    fn ends_week(&self, k: usize) -> bool {
        let slot = self.at + k;
        let next = self.slots.get(slot + 1);
        next.is_some_and(|next| next.week != self.slots[slot].week)
    }

    fn is_open(&self, k: usize) -> bool {
        self.given[k].is_none() && self.slots[self.at + k].wants != Wants::Nothing
    }

    /// What no order can do better.
    fn bounds(&mut self) {
        let mut least = vec![0; self.len() + 1];
        for k in (0..self.len()).rev() {
            let bare = self.is_open(k) && self.choices[k].is_empty();
            least[k] = least[k + 1] + u32::from(bare);
        }
        let open = (0..self.len()).filter(|k| self.is_open(*k) && !self.choices[*k].is_empty());
        let open = open.count();
        let all: BTreeSet<usize> = self.choices.iter().flatten().copied().collect();
        let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
        let mut most = 0;
        for item in &all {
            match self.items[*item].source {
                Some(source) => *sources.entry(source).or_default() += 1,
                None => most += 1,
            }
        }
        let each = self.len().div_ceil(self.rules.source_gap.max(1));
        most += sources.values().map(|n| (*n).min(each)).sum::<usize>();
        let short = match self.rules.repeats {
            true => 0,
            false => open.saturating_sub(most),
        };
        self.bound = Cost {
            empty: least[0] + short as u32,
            challenging: self.misses(&all, self.rules.challenging, |item| item.challenges),
            own: self.misses(&all, self.rules.own, |item| item.own),
        };
        self.least = least;
    }

    /// How often a promise is missed in the weeks that end in the window, whatever is tried.
    fn misses(&self, all: &BTreeSet<usize>, wanted: u32, keeps: impl Fn(&Item) -> bool) -> u32 {
        let mut owed = 0;
        let mut missed = 0;
        for k in (0..self.len()).filter(|k| self.ends_week(*k)) {
            let week = self.slots[self.at + k].week;
            let of_week = |k: &usize| self.slots[self.at + k].week == week;
            let given = (0..self.len())
                .filter(of_week)
                .filter_map(|k| self.given[k]);
            let given = given.filter(|item| keeps(&self.items[*item])).count() as u32;
            let lacks = wanted.saturating_sub(self.kept(self.at, week, &keeps) + given);
            let open: BTreeSet<usize> = (0..self.len())
                .filter(of_week)
                .flat_map(|k| self.choices[k].iter().copied())
                .filter(|item| keeps(&self.items[*item]))
                .collect();
            missed += lacks.saturating_sub(open.len() as u32);
            owed += lacks;
        }
        let there = all.iter().filter(|item| keeps(&self.items[**item])).count();
        match self.rules.repeats {
            true => missed,
            false => missed.max(owed.saturating_sub(there as u32)),
        }
    }

    /// How many of a week's slots before this one keep a promise.
    fn kept(&self, before: usize, week: Date, keeps: &impl Fn(&Item) -> bool) -> u32 {
        let of_week = (0..before)
            .rev()
            .take_while(|slot| self.slots[*slot].week == week);
        let shown = of_week.filter_map(|slot| self.shown[slot]);
        shown.filter(|item| keeps(&self.items[*item])).count() as u32
    }

    fn is_best(&self) -> bool {
        self.best.is_some_and(|(cost, _)| cost <= self.bound)
    }

    fn visit(&mut self, k: usize, cost: Cost) {
        let least = Cost {
            empty: cost.empty + self.least[k],
            ..cost
        };
        if self.best.is_some_and(|(best, _)| least >= best) {
            return;
        }
        if k == self.len() {
            self.best = Some((cost, self.shown[self.at]));
            return;
        }
        if !self.is_open(k) {
            return self.step(k, self.given[k], cost);
        }
        let choices = self.choices[k].iter();
        let mut turns: Vec<(u32, usize)> =
            choices.map(|item| (self.turn(k, *item), *item)).collect();
        // The likeliest stays first within a turn.
        turns.sort_by_key(|(turn, _)| *turn);
        let mut empty = true;
        for (_, item) in turns {
            // The first order is gone through to its end.
            if self.best.is_some() {
                self.steps = self.steps.saturating_sub(1);
            }
            if self.may(k, item) {
                empty = false;
                self.step(k, Some(item), cost);
            }
            if self.best.is_some() && (self.steps == 0 || self.is_best()) {
                return;
            }
        }
        if empty {
            let empty = cost.empty + 1;
            self.step(k, None, Cost { empty, ..cost });
        }
    }

    /// Puts something into a slot of the window, and goes on behind it.
    fn step(&mut self, k: usize, item: Option<usize>, mut cost: Cost) {
        self.shown.push(item);
        if self.ends_week(k) {
            let slot = self.at + k;
            let week = self.slots[slot].week;
            let lacks = |wanted: u32, kept: u32| wanted.saturating_sub(kept);
            cost.challenging += lacks(
                self.rules.challenging,
                self.kept(slot + 1, week, &|item: &Item| item.challenges),
            );
            cost.own += lacks(
                self.rules.own,
                self.kept(slot + 1, week, &|item: &Item| item.own),
            );
        }
        self.visit(k + 1, cost);
        self.shown.pop();
    }

    /// When an item's turn is: what the week still owes goes first, what it has had enough of waits for another week.
    fn turn(&self, k: usize, item: usize) -> u32 {
        let (slot, item) = (self.at + k, &self.items[item]);
        let week = self.slots[slot].week;
        let amiss = |wanted: u32, has: bool, kept: u32| wanted > 0 && has != (kept < wanted);
        let challenging = self.kept(slot, week, &|item: &Item| item.challenges);
        let own = self.kept(slot, week, &|item: &Item| item.own);
        2 * u32::from(amiss(self.rules.challenging, item.challenges, challenging))
            + u32::from(amiss(self.rules.own, item.own, own))
    }

    /// Whether an item may stand here, seen from what stands around.
    fn may(&self, k: usize, item: usize) -> bool {
        let slot = self.at + k;
        let far = self.rules.source_gap.max(self.rules.format_gap);
        let own = &self.items[item];
        let before = (1..far).filter_map(|apart| Some((apart, slot.checked_sub(apart)?)));
        let mut before = before.filter_map(|(apart, slot)| Some((apart, self.shown[slot]?)));
        let behind = (1..far).map(|apart| (apart, k + apart));
        let mut behind = behind.filter_map(|(apart, k)| Some((apart, (*self.given.get(k)?)?)));
        let near = |(apart, other): (usize, usize)| {
            other == item || too_near(own, &self.items[other], apart, self.rules).is_some()
        };
        let window = self.shown[self.at..].iter();
        let used = window.clone().any(|shown| *shown == Some(item));
        !used && !before.any(near) && !behind.any(near)
    }
}
