//! In which order candidates are looked at, and why: a score that is the sum of its parts.

use super::Candidate;
use crate::model::{Measure, Ranking, Source};
use jiff::Timestamp;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Words that somebody reads in a minute.
const WORDS_A_MINUTE: usize = 200;
/// So many items of one source in one list are nobody's flood.
const QUIET: usize = 3;
/// So many more are as loud as it gets.
const LOUD: usize = 12;
/// So many other sources are as good as all.
const ENOUGH_OTHERS: usize = 3;

/// What a measure says about one candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The measure.
    pub measure: Measure,
    /// What it gives, or takes.
    pub points: i64,
    /// Why, in words.
    pub why: String,
}

/// A candidate with its place in the order explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// The candidate. Its group is the one of its group that is shown first.
    pub candidate: Candidate,
    /// The sum of the parts.
    pub score: i64,
    /// Every measure, in the order of [`Measure::ALL`].
    pub parts: Vec<Part>,
}

impl Ranked {
    /// `62 points: topic 30 (its title names `letters`), fresh 19 (it is a day old), …`.
    pub fn sum(&self) -> String {
        let counting = self.parts.iter().filter(|part| part.points != 0);
        let parts: Vec<String> = counting
            .map(|part| format!("{} {} ({})", part.measure.word(), part.points, part.why))
            .collect();
        let points = match self.score {
            1 => "1 point".to_owned(),
            n => format!("{n} points"),
        };
        match parts.is_empty() {
            true => points,
            false => format!("{points}: {}", parts.join(", ")),
        }
    }
}

/// What candidates are measured by.
#[derive(Debug, Clone, Copy)]
pub struct Yardstick<'a> {
    /// The site's settings.
    pub ranking: &'a Ranking,
    /// The site's sources.
    pub sources: &'a [Source],
    /// Whether nothing that is to come disagrees with anybody.
    pub challenge_owed: bool,
    /// The moment.
    pub now: Timestamp,
}

/// Puts candidates in order, the best first, and what somebody keeps for later last. What says nearly the same stays
/// together, where the best of it stands; of one score, as they came.
pub fn rank(candidates: Vec<Candidate>, by: &Yardstick) -> Vec<Ranked> {
    let topics = by.topics();
    let mut from: BTreeMap<String, usize> = BTreeMap::new();
    for candidate in &candidates {
        *from.entry(candidate.source.to_string()).or_default() += 1;
    }
    let measured = candidates.into_iter().map(|candidate| {
        let beside = from.get(&*candidate.source).copied().unwrap_or_default();
        measured(candidate, by, &topics, beside)
    });
    let mut all: Vec<Ranked> = measured.collect();
    all.sort_by_key(|one| (one.candidate.is_later(), Reverse(one.score)));
    // Of each group the first in this order: its place, and its key.
    let mut groups: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for (at, one) in all.iter().enumerate() {
        groups
            .entry(one.candidate.group.clone())
            .or_insert_with(|| (at, one.candidate.key().to_owned()));
    }
    all.sort_by_key(|one| groups.get(&one.candidate.group).map(|(at, _)| *at));
    for one in &mut all {
        if let Some((_, key)) = groups.get(&one.candidate.group) {
            one.candidate.group.clone_from(key);
        }
    }
    all
}

impl Yardstick<'_> {
    fn topics(&self) -> Vec<&str> {
        let named = self.ranking.topics.iter();
        let mut topics: Vec<&str> = match self.ranking.topics.is_empty() {
            false => named.map(String::as_str).collect(),
            true => {
                let sources = self.sources.iter().flat_map(|source| &source.topics);
                sources.map(String::as_str).collect()
            }
        };
        topics.sort_unstable();
        topics.dedup();
        topics
    }
}

fn measured(candidate: Candidate, by: &Yardstick, topics: &[&str], beside: usize) -> Ranked {
    let source = by.sources.iter().find(|s| s.id == candidate.source);
    let parts: Vec<Part> = Measure::ALL
        .iter()
        .map(|(_, measure, _)| {
            let (share, why) = match measure {
                Measure::Topic => topic(&candidate, topics),
                Measure::Fresh => fresh(&candidate, source, by.now),
                Measure::Trust => trust(source),
                Measure::Others => others(&candidate),
                Measure::Challenge => challenge(source, by.challenge_owed),
                Measure::Loud => loud(beside),
                Measure::Long => long(&candidate, by.ranking.minutes_max),
            };
            let points = (i64::from(by.ranking.weight(*measure)) * share as i64 + 50) / 100;
            let points = if measure.is_against() {
                -points
            } else {
                points
            };
            Part {
                measure: *measure,
                points,
                why,
            }
        })
        .collect();
    Ranked {
        score: parts.iter().map(|part| part.points).sum(),
        candidate,
        parts,
    }
}

/// A part of a whole, of one hundred.
fn share(part: usize, whole: usize) -> usize {
    part.min(whole) * 100 / whole.max(1)
}

/// All of it for a topic in the title, half for one in what it says of itself.
fn topic(candidate: &Candidate, topics: &[&str]) -> (usize, String) {
    let about = |text: &str| {
        let words = folded(text);
        topics.iter().find(|topic| {
            let topic = folded(topic);
            !topic.is_empty() && words.windows(topic.len()).any(|row| row == topic)
        })
    };
    if let Some(topic) = about(&candidate.title) {
        return (100, format!("its title names `{topic}`"));
    }
    let rest = candidate.summary.iter().chain(&candidate.tags);
    match rest.into_iter().find_map(|text| about(text)) {
        Some(topic) => (50, format!("it speaks of `{topic}`")),
        None => (0, "it names none of the topics".to_owned()),
    }
}

/// Words as they are compared: in small letters, one or many.
fn folded(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(|word| one_of(&word.to_lowercase())).collect()
}

/// Misses are a miss, and replies a reply.
fn one_of(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let stem = match word.strip_suffix("es").filter(|stem| stem.ends_with("ss")) {
        Some(stem) => stem,
        None if word.ends_with("ss") => word,
        None => word.strip_suffix('s').unwrap_or(word),
    };
    stem.to_owned()
}

fn fresh(candidate: &Candidate, source: Option<&Source>, now: Timestamp) -> (usize, String) {
    let most = source.map_or(Source::MAX_AGE, |source| source.max_age);
    let whole = most.as_hours().max(1) as usize;
    let age = now.duration_since(candidate.date).as_hours().max(0) as usize;
    let why = match age / 24 {
        0 => "it is of today".to_owned(),
        1 => "it is a day old".to_owned(),
        days => format!("it is {days} days old"),
    };
    (100 - share(age, whole), why)
}

fn trust(source: Option<&Source>) -> (usize, String) {
    let trust = source.map_or(Source::TRUST, |source| source.trust);
    let why = format!("its source has trust {trust} of 5");
    (share(trust.saturating_sub(1) as usize, 4), why)
}

fn others(candidate: &Candidate) -> (usize, String) {
    let count = candidate.also_in.len();
    let why = match count {
        0 => "nobody else has it".to_owned(),
        1 => "another source has it, too".to_owned(),
        n => format!("{n} other sources have it, too"),
    };
    (share(count, ENOUGH_OTHERS), why)
}

fn challenge(source: Option<&Source>, owed: bool) -> (usize, String) {
    let disagrees = source.is_some_and(|source| source.stance == Some("challenges"));
    match (disagrees, owed) {
        (true, true) => (
            100,
            "its source disagrees, and nothing to come does".to_owned(),
        ),
        (true, false) => (
            0,
            "its source disagrees, and so does something to come".to_owned(),
        ),
        (false, _) => (0, "its source mostly agrees".to_owned()),
    }
}

fn loud(beside: usize) -> (usize, String) {
    let why = match beside {
        1 => "it is the only one of its source here".to_owned(),
        n => format!("{n} of these are from its source"),
    };
    (share(beside.saturating_sub(QUIET), LOUD), why)
}

fn long(candidate: &Candidate, most: u32) -> (usize, String) {
    let minutes = candidate.minutes();
    let why = match minutes {
        1 => "what came of it is read in a minute".to_owned(),
        n => format!("it takes about {n} minutes"),
    };
    let most = most as usize;
    (share(minutes.saturating_sub(most), most), why)
}

impl Candidate {
    /// About how long somebody reads what came with it.
    pub fn minutes(&self) -> usize {
        self.words.div_ceil(WORDS_A_MINUTE).max(1)
    }
}
