//! Who could meet whom: the rounds of introductions, looking ahead, and who could answer each ask. What comes out is
//! a proposal for the coordinator, who decides; it is on no page, for everybody or for the team.

mod asks;
mod rounds;

use crate::model::{Card, Id, Introduced, Site, same_language, same_topic};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

pub use asks::{Ask, Offer, Out, Unfit, asks};

/// Somebody who takes part.
#[derive(Debug, Clone)]
pub struct Person<'a> {
    /// The handle.
    pub handle: Id,
    /// The card; whoever asked to be introduced under the post needs none.
    pub card: Option<&'a Card>,
}

impl Person<'_> {
    /// With how many people they talk at a time; without a card nobody knows.
    fn capacity(&self) -> u32 {
        let capacity = self.card.and_then(|card| card.capacity);
        capacity.unwrap_or(u32::MAX)
    }
}

/// All that decides the rounds.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// The site: its zone is that of whoever names none.
    pub site: &'a Site,
    /// Who takes part, each once.
    pub people: Vec<Person<'a>>,
    /// Who has met already, on this site.
    pub past: &'a [Introduced],
    /// Within so many rounds no two people meet again.
    pub apart: usize,
    /// The day of this round and of those after it, in order.
    pub days: &'a [Date],
}

/// One round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Its day.
    pub on: Date,
    /// Pairs, and one trio where the number is odd.
    pub groups: Vec<Group>,
}

/// People who are introduced to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Their handles, in order.
    pub people: Vec<Id>,
    /// What speaks for it, or against.
    pub reasons: Vec<Reason>,
}

/// What speaks for two people, or against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The first asks for what the second offers.
    Answers(Id, Id, String),
    /// The first asks for nearly what the second offers: the ask, and the offer.
    Nearly(Id, Id, String, String),
    /// They speak these, besides the site's language or without it.
    Speak(Id, Id, Vec<String>),
    /// They live so many hours apart.
    Hours(Id, Id, u32),
    /// They met on that day, and everybody else they could meet is as recent or speaks no language of theirs.
    Again(Id, Id, Date),
    /// Their cards name no language that both speak.
    NoLanguage(Id, Id),
    /// They talk with one person at a time, and are three.
    Three(Id),
}

/// What comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// This round, and those after it in which nobody need meet again; none where fewer than two take part.
    pub rounds: Vec<Round>,
    /// Who takes nobody on at the moment.
    pub resting: Vec<Id>,
}

/// The rounds, as far ahead as nobody need meet again. The same question has the same answer.
pub fn rounds(question: &Question) -> Answer {
    let mut people = question.people.clone();
    people.sort_by(|a, b| a.handle.cmp(&b.handle));
    people.dedup_by(|a, b| a.handle == b.handle);
    let (people, resting): (Vec<_>, Vec<_>) = people.into_iter().partition(|p| p.capacity() > 0);
    let resting = resting.into_iter().map(|person| person.handle).collect();
    let Some(first) = question.days.first().filter(|_| people.len() > 1) else {
        return Answer {
            rounds: Vec::new(),
            resting,
        };
    };
    let met = Met::before(question.past, *first);
    let table = rounds::Table::new(&people, &met, question, *first);
    let found = rounds::arrange(&table, question.days.len());
    let named = |(on, groups): (&Date, Vec<Vec<usize>>)| {
        let mut groups: Vec<Group> = groups
            .into_iter()
            .map(|group| table.group(&group))
            .collect();
        groups.sort_by(|a, b| a.people.cmp(&b.people));
        Round { on: *on, groups }
    };
    Answer {
        rounds: question.days.iter().zip(found).map(named).collect(),
        resting,
    }
}

/// The cards of whoever agreed to be shown, and still does on a day.
pub fn valid<'a>(
    cards: impl IntoIterator<Item = &'a Card>,
    on: Date,
) -> impl Iterator<Item = &'a Card> {
    let valid = move |card: &&Card| card.consent <= on && on < card.expires;
    cards.into_iter().filter(valid)
}

/// Who takes part by their cards on a day.
pub fn willing<'a>(cards: impl IntoIterator<Item = &'a Card>, on: Date) -> Vec<Person<'a>> {
    let person = |card: &'a Card| Person {
        handle: card.handle.clone(),
        card: Some(card),
    };
    valid(cards, on).map(person).collect()
}

/// When pairs last met: the day, and how many rounds ago it is at the round that is asked for.
struct Met(BTreeMap<(Id, Id), (Date, usize)>);

impl Met {
    fn before(past: &[Introduced], on: Date) -> Self {
        let past = || past.iter().filter(|row| row.on < on);
        let days: BTreeSet<Date> = past().map(|row| row.on).collect();
        let ago: BTreeMap<Date, usize> = days.into_iter().rev().zip(1..).collect();
        let mut met = BTreeMap::new();
        for row in past() {
            for (n, one) in row.people.iter().enumerate() {
                for other in &row.people[n + 1..] {
                    let pair = (one.min(other).clone(), one.max(other).clone());
                    let last = met.entry(pair).or_insert((row.on, ago[&row.on]));
                    *last = (*last).max((row.on, ago[&row.on]));
                }
            }
        }
        Self(met)
    }

    fn last(&self, one: &Id, other: &Id) -> Option<(Date, usize)> {
        let pair = (one.min(other).clone(), one.max(other).clone());
        self.0.get(&pair).copied()
    }
}

/// The languages that both speak; nothing is known of whoever has no card, or names none on it.
fn common(one: Option<&Card>, other: Option<&Card>) -> Option<Vec<String>> {
    let (one, other) = (one?, other?);
    if one.languages.is_empty() || other.languages.is_empty() {
        return None;
    }
    let both = |tag: &&String| other.languages.iter().any(|own| same_language(own, tag));
    Some(one.languages.iter().filter(both).cloned().collect())
}

/// How well an offer fits an ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Half of the ask's words or more are in it.
    Nearly,
    /// Written alike.
    Alike,
}

/// The offer of a card that fits an ask best.
fn fitting<'c>(card: &'c Card, ask: &str) -> Option<(Fit, &'c str)> {
    let fit = |offer: &str| {
        if same_topic(offer, ask) {
            return Some(Fit::Alike);
        }
        let (asked, offered) = (words(ask), words(offer));
        let shared = asked.intersection(&offered).count();
        (shared > 0 && shared * 2 >= asked.len()).then_some(Fit::Nearly)
    };
    let fits = card.offers.iter().map(String::as_str);
    let fits = fits.filter_map(|offer| Some((fit(offer)?, offer)));
    fits.max_by_key(|(fit, offer)| (*fit, std::cmp::Reverse(*offer)))
}

/// The words of a topic that say something: five letters and more.
fn words(topic: &str) -> BTreeSet<String> {
    let words = topic.split(|c: char| !c.is_alphanumeric());
    let long = words.filter(|word| word.chars().count() > 4);
    long.map(str::to_lowercase).collect()
}

/// How many hours apart two zones are at noon of a day.
fn hours_apart(one: Option<&Card>, other: Option<&Card>, site: &Site, on: Date) -> u32 {
    let offset = |card: Option<&Card>| {
        let named = card.and_then(|card| card.zone.as_deref());
        let zone = named.and_then(|name| jiff::tz::TimeZone::get(name).ok());
        let zone = zone.unwrap_or_else(|| site.zone.clone());
        let noon = on.at(12, 0, 0, 0).to_zoned_datetime(zone);
        noon.map_or(0, |noon| noon.offset().seconds())
    };
    offset(one).abs_diff(offset(other)).div_ceil(3600)
}
