//! The search behind the rounds. It looks ahead: a round is only good if those after it can be filled as well.
//!
//! Person by person, the one with the fewest people left to meet first, it tries the best company first and takes
//! back what leads nowhere. It counts its steps and never the time; where it finds no way within them, it looks
//! less far ahead. When even one round cannot be filled without a repetition, the pairs who met longest ago meet again.

use super::{Fit, Group, Met, Person, Question, Reason, common, fitting, hours_apart};
use crate::model::Id;
use jiff::civil::Date;

/// So many comparisons of two people the search makes for each length of the look ahead.
const STEPS: usize = 200_000;

/// What counts for two people, in points.
const ALIKE: i64 = 100;
const NEARLY: i64 = 40;
const PER_HOUR: i64 = 3;
/// What counts against them where nothing better is left.
const AGAIN: i64 = 10_000;
const NO_LANGUAGE: i64 = 1_000_000;
const CROWDED: i64 = 500;

/// Who they are to each other.
pub struct Table<'q> {
    people: &'q [Person<'q>],
    question: &'q Question<'q>,
    met: &'q Met,
    on: Date,
    /// For each two: points, and how many rounds ago they met last.
    pairs: Vec<Pair>,
    /// How often each was one of three.
    threes: Vec<usize>,
}

#[derive(Clone, Copy)]
struct Pair {
    points: i64,
    speaks: bool,
    ago: Option<usize>,
}

impl<'q> Table<'q> {
    pub fn new(
        people: &'q [Person<'q>],
        met: &'q Met,
        question: &'q Question<'q>,
        on: Date,
    ) -> Self {
        let mut table = Self {
            people,
            question,
            met,
            on,
            pairs: Vec::new(),
            threes: people.iter().map(|p| threes(&p.handle, question)).collect(),
        };
        for one in 0..people.len() {
            let pairs = (0..people.len()).map(|other| table.judge(one, other));
            let pairs: Vec<Pair> = pairs.collect();
            table.pairs.extend(pairs);
        }
        table
    }

    fn judge(&self, one: usize, other: usize) -> Pair {
        let (a, b) = (&self.people[one], &self.people[other]);
        let fits = |asks: &Person, offers: &Person| -> i64 {
            let (Some(asks), Some(offers)) = (asks.card, offers.card) else {
                return 0;
            };
            let points = asks.asks.iter().map(|ask| match fitting(offers, ask) {
                Some((Fit::Alike, _)) => ALIKE,
                Some((Fit::Nearly, _)) => NEARLY,
                None => 0,
            });
            points.sum()
        };
        let hours = hours_apart(a.card, b.card, self.question.site, self.on);
        Pair {
            points: fits(a, b) + fits(b, a) - PER_HOUR * i64::from(hours),
            speaks: common(a.card, b.card).is_none_or(|both| !both.is_empty()),
            ago: self.met.last(&a.handle, &b.handle).map(|(_, ago)| ago),
        }
    }

    fn pair(&self, one: usize, other: usize) -> Pair {
        self.pairs[one * self.people.len() + other]
    }

    /// Whether two may meet so many rounds from this one.
    fn may(&self, one: usize, other: usize, round: usize) -> bool {
        let pair = self.pair(one, other);
        let fresh = pair.ago.is_none_or(|ago| ago + round > self.question.apart);
        pair.speaks && fresh
    }

    /// Three are harder on whoever talks with one person at a time, and it should not always be the same three.
    fn for_three(&self, person: usize) -> (bool, usize, usize) {
        let crowded = self.people[person].capacity() < 2;
        (crowded, self.threes[person], person)
    }

    /// A group with what speaks for it.
    pub fn group(&self, members: &[usize]) -> Group {
        let mut members = members.to_vec();
        members.sort_unstable();
        let mut reasons = Vec::new();
        for (n, one) in members.iter().enumerate() {
            for other in &members[n + 1..] {
                self.reasons(*one, *other, &mut reasons);
            }
        }
        let crowded = members
            .iter()
            .filter(|one| self.people[**one].capacity() < 2);
        if members.len() > 2 {
            reasons.extend(crowded.map(|one| Reason::Three(self.people[*one].handle.clone())));
        }
        let people = members.iter().map(|one| self.people[*one].handle.clone());
        Group {
            people: people.collect(),
            reasons,
        }
    }

    fn reasons(&self, one: usize, other: usize, reasons: &mut Vec<Reason>) {
        let (a, b) = (&self.people[one], &self.people[other]);
        let names = |x: &Person, y: &Person| (x.handle.clone(), y.handle.clone());
        for (asks, offers) in [(a, b), (b, a)] {
            let (Some(asking), Some(offering)) = (asks.card, offers.card) else {
                continue;
            };
            let (x, y) = names(asks, offers);
            for ask in &asking.asks {
                reasons.extend(fitting(offering, ask).map(|(fit, offer)| match fit {
                    Fit::Alike => Reason::Answers(x.clone(), y.clone(), ask.clone()),
                    Fit::Nearly => {
                        Reason::Nearly(x.clone(), y.clone(), ask.clone(), offer.to_owned())
                    }
                }));
            }
        }
        let (x, y) = names(a, b);
        match common(a.card, b.card) {
            Some(both) if both.is_empty() => reasons.push(Reason::NoLanguage(x.clone(), y.clone())),
            Some(both) => reasons.push(Reason::Speak(x.clone(), y.clone(), both)),
            None => {}
        }
        let hours = hours_apart(a.card, b.card, self.question.site, self.on);
        if hours > 0 {
            reasons.push(Reason::Hours(x.clone(), y.clone(), hours));
        }
        if let Some((day, ago)) = self.met.last(&x, &y)
            && ago <= self.question.apart
        {
            reasons.push(Reason::Again(x, y, day));
        }
    }
}

fn threes(handle: &Id, question: &Question) -> usize {
    let of_three = question.past.iter().filter(|row| row.people.len() > 2);
    of_three.filter(|row| row.people.contains(handle)).count()
}

type Groups = Vec<Vec<usize>>;

/// The rounds, at most so many: as many as can be filled without a repetition, else one with the fewest.
pub fn arrange(table: &Table, most: usize) -> Vec<Groups> {
    let people = table.people.len();
    // In each round everybody meets one person at least, so there are no more rounds than others to meet.
    let most = most.min(table.question.apart.max(1)).min(people - 1);
    let found = (1..=most)
        .rev()
        .find_map(|ahead| Search::new(table, ahead).run());
    found.unwrap_or_else(|| vec![least_bad(table)])
}

struct Search<'t> {
    table: &'t Table<'t>,
    ahead: usize,
    steps: usize,
    /// Who meets whom in a round of this plan.
    planned: Vec<bool>,
    rounds: Vec<Groups>,
}

impl<'t> Search<'t> {
    fn new(table: &'t Table<'t>, ahead: usize) -> Self {
        let people = table.people.len();
        Self {
            table,
            ahead,
            steps: STEPS,
            planned: vec![false; people * people],
            rounds: Vec::new(),
        }
    }

    fn run(mut self) -> Option<Vec<Groups>> {
        self.round().then_some(self.rounds)
    }

    fn may(&mut self, one: usize, other: usize) -> bool {
        self.steps = self.steps.saturating_sub(1);
        let round = self.rounds.len();
        one != other
            && !self.planned[one * self.table.people.len() + other]
            && self.table.may(one, other, round)
    }

    fn mark(&mut self, group: &[usize], planned: bool) {
        let people = self.table.people.len();
        for one in group {
            for other in group.iter().filter(|other| *other != one) {
                self.planned[one * people + other] = planned;
            }
        }
    }

    /// Fills this round and all after it.
    fn round(&mut self) -> bool {
        if self.rounds.len() == self.ahead {
            return true;
        }
        let everybody: Vec<usize> = (0..self.table.people.len()).collect();
        if everybody.len().is_multiple_of(2) {
            return self.pairs(&everybody, &mut Vec::new());
        }
        let mut order = everybody.clone();
        order.sort_by_key(|person| self.table.for_three(*person));
        for (a, one) in order.iter().enumerate() {
            for (b, two) in order.iter().enumerate().skip(a + 1) {
                if !self.may(*one, *two) {
                    continue;
                }
                for three in &order[b + 1..] {
                    if self.steps == 0 {
                        return false;
                    }
                    if !self.may(*one, *three) || !self.may(*two, *three) {
                        continue;
                    }
                    let trio = vec![*one, *two, *three];
                    let rest: Vec<usize> = everybody
                        .iter()
                        .copied()
                        .filter(|p| !trio.contains(p))
                        .collect();
                    if self.with(trio, &rest, &mut Vec::new()) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Puts a group into this round and goes on; takes it back if that leads nowhere.
    fn with(&mut self, group: Vec<usize>, rest: &[usize], groups: &mut Groups) -> bool {
        self.mark(&group, true);
        groups.push(group.clone());
        let good = self.pairs(rest, groups);
        if !good {
            groups.pop();
            self.mark(&group, false);
        }
        good
    }

    fn pairs(&mut self, free: &[usize], groups: &mut Groups) -> bool {
        if free.is_empty() {
            self.rounds.push(groups.clone());
            let good = self.round();
            if !good {
                self.rounds.pop();
            }
            return good;
        }
        let Some((one, partners)) = self.next(free) else {
            return false;
        };
        for other in partners {
            if self.steps == 0 {
                return false;
            }
            let rest: Vec<usize> = free
                .iter()
                .copied()
                .filter(|p| *p != one && *p != other)
                .collect();
            if self.with(vec![one, other], &rest, groups) {
                return true;
            }
        }
        false
    }

    /// Who is placed next, and with whom, the best first: whoever has hardly anybody left to meet, else whoever has
    /// the best company to hope for.
    fn next(&mut self, free: &[usize]) -> Option<(usize, Vec<usize>)> {
        const HARDLY_ANYBODY: usize = 2;
        let mut best: Option<((usize, i64), usize, Vec<usize>)> = None;
        for one in free {
            let mut partners: Vec<usize> = free
                .iter()
                .copied()
                .filter(|other| self.may(*one, *other))
                .collect();
            let points = |other: &usize| -self.table.pair(*one, *other).points;
            partners.sort_by_key(|other| (points(other), *other));
            let first = partners.first()?;
            let urgent = match partners.len() {
                few @ ..=HARDLY_ANYBODY => few,
                _ => HARDLY_ANYBODY + 1,
            };
            let rank = (urgent, points(first));
            if best.as_ref().is_none_or(|(known, ..)| rank < *known) {
                best = Some((rank, *one, partners));
            }
        }
        best.map(|(_, one, partners)| (one, partners))
    }
}

/// One round in which the fewest meet again, and those who met longest ago: pairs in the order of what speaks
/// against them, then members of two groups change places while that makes it better.
fn least_bad(table: &Table) -> Groups {
    let mut free: Vec<usize> = (0..table.people.len()).collect();
    let mut groups: Groups = Vec::new();
    while free.len() > 3 || free.len() == 2 {
        let pairs = free.iter().enumerate();
        let pairs =
            pairs.flat_map(|(n, one)| free[n + 1..].iter().map(move |other| [*one, *other]));
        let Some(pair) = pairs.min_by_key(|pair| (against(table, pair), *pair)) else {
            break;
        };
        free.retain(|person| !pair.contains(person));
        groups.push(pair.to_vec());
    }
    if !free.is_empty() {
        groups.push(free);
    }
    while exchange(table, &mut groups) {}
    groups
}

/// Makes two groups better by exchanging members; whether there was anything to gain.
fn exchange(table: &Table, groups: &mut Groups) -> bool {
    for a in 0..groups.len() {
        for b in a + 1..groups.len() {
            for i in 0..groups[a].len() {
                for j in 0..groups[b].len() {
                    let (mut one, mut other) = (groups[a].clone(), groups[b].clone());
                    let before = against(table, &one) + against(table, &other);
                    std::mem::swap(&mut one[i], &mut other[j]);
                    if against(table, &one) + against(table, &other) < before {
                        (groups[a], groups[b]) = (one, other);
                        return true;
                    }
                }
            }
        }
    }
    false
}

/// What speaks against a group.
fn against(table: &Table, group: &[usize]) -> i64 {
    let mut sum = 0;
    for (n, one) in group.iter().enumerate() {
        for other in &group[n + 1..] {
            let pair = table.pair(*one, *other);
            let again = pair.ago.map_or(0, |ago| {
                let close = (table.question.apart + 1).saturating_sub(ago);
                AGAIN * i64::try_from(close).unwrap_or(i64::MAX / AGAIN)
            });
            sum += again - pair.points + if pair.speaks { 0 } else { NO_LANGUAGE };
        }
    }
    let crowded = group
        .iter()
        .filter(|one| table.people[**one].capacity() < 2);
    match group.len() {
        2 => sum,
        _ => sum + CROWDED * crowded.count() as i64,
    }
}
