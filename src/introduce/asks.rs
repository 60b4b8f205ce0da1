//! Who could answer each ask: up to three offers, with what speaks for them and why the others are out.
//!
//! The first offer of each ask is found in the order in which people agreed to be shown, so that a card that goes
//! changes nothing for those before it; nobody is named first more often than they have room for.

use super::{Fit, common, fitting, hours_apart};
use crate::model::{Card, Id, Introduced, Site};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many offers an ask is shown.
const OFFERS: usize = 3;

/// An ask, and who could answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Who asks.
    pub handle: Id,
    /// For what.
    pub topic: String,
    /// The best first, three at most.
    pub offers: Vec<Offer>,
    /// Who offers it and is out.
    pub out: Vec<Out>,
}

/// An offer that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Who offers.
    pub handle: Id,
    /// What, if it is not written like the ask.
    pub topic: Option<String>,
    /// The languages that both speak, where both cards name some.
    pub languages: Vec<String>,
    /// How many hours apart they live.
    pub hours: u32,
    /// They were introduced on that day.
    pub met: Option<Date>,
}

/// An offer that fits and is out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Out {
    /// Who offers.
    pub handle: Id,
    /// Why it is out.
    pub why: Unfit,
}

/// Why an offer is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// No language that both speak.
    Language,
    /// So many are named first to them already, and that is all they have room for.
    Full(u32),
    /// Three others fit better.
    Behind,
}

/// Every ask of these cards.
pub fn asks(cards: &[&Card], past: &[Introduced], site: &Site, on: Date) -> Vec<Ask> {
    let mut asking: Vec<&Card> = cards.to_vec();
    asking.sort_by_key(|card| (card.consent, card.handle.clone()));
    let mut found: Vec<(&Card, &str, Vec<Offer>, Vec<Out>)> = Vec::new();
    let mut first: BTreeMap<Id, u32> = BTreeMap::new();
    let full = |card: &Card, first: &BTreeMap<Id, u32>| {
        let room = card.capacity.unwrap_or(u32::MAX);
        let named = first.get(&card.handle).copied().unwrap_or(0);
        (named >= room).then_some(Unfit::Full(named))
    };
    let by_handle = |handle: &Id| cards.iter().find(|card| card.handle == *handle);
    for card in &asking {
        for topic in &card.asks {
            let (offers, out) = fits(card, topic, cards, past, site, on);
            let best = offers.iter().filter_map(|offer| by_handle(&offer.handle));
            let mut best = best.filter(|card| full(card, &first).is_none());
            if let Some(best) = best.next() {
                *first.entry(best.handle.clone()).or_default() += 1;
            }
            found.push((card, topic, offers, out));
        }
    }
    // Whoever is named first to as many as they have room for is nobody's second choice either.
    let mut named: BTreeMap<Id, u32> = BTreeMap::new();
    let mut asks: Vec<Ask> = Vec::new();
    for (card, topic, offers, mut out) in found {
        let mut kept: Vec<Offer> = Vec::new();
        for offer in offers {
            let Some(card) = by_handle(&offer.handle) else {
                continue;
            };
            let why = match kept.len() {
                0 => full(card, &named),
                OFFERS.. => Some(Unfit::Behind),
                _ => full(card, &first),
            };
            match why {
                Some(why) => out.push(Out {
                    handle: offer.handle,
                    why,
                }),
                None => {
                    if kept.is_empty() {
                        *named.entry(offer.handle.clone()).or_default() += 1;
                    }
                    kept.push(offer);
                }
            }
        }
        asks.push(Ask {
            handle: card.handle.clone(),
            topic: topic.to_owned(),
            offers: kept,
            out,
        });
    }
    asks.sort_by(|a, b| (&a.handle, &a.topic).cmp(&(&b.handle, &b.topic)));
    asks
}

/// All offers that fit an ask, the best first, and those that are out whatever else is asked.
fn fits(
    asking: &Card,
    topic: &str,
    cards: &[&Card],
    past: &[Introduced],
    site: &Site,
    on: Date,
) -> (Vec<Offer>, Vec<Out>) {
    let mut offers: Vec<(Fit, Offer)> = Vec::new();
    let mut out = Vec::new();
    for card in cards.iter().filter(|card| card.handle != asking.handle) {
        let Some((fit, offered)) = fitting(card, topic) else {
            continue;
        };
        let languages = common(Some(asking), Some(card));
        let handle = card.handle.clone();
        if card.capacity == Some(0) {
            let why = Unfit::Full(0);
            out.push(Out { handle, why });
        } else if languages.as_ref().is_some_and(Vec::is_empty) {
            let why = Unfit::Language;
            out.push(Out { handle, why });
        } else {
            let together = |row: &&Introduced| {
                row.people.contains(&asking.handle) && row.people.contains(&card.handle)
            };
            let offer = Offer {
                handle,
                topic: (fit == Fit::Nearly).then(|| offered.to_owned()),
                languages: languages.unwrap_or_default(),
                hours: hours_apart(Some(asking), Some(card), site, on),
                met: past.iter().filter(together).map(|row| row.on).max(),
            };
            offers.push((fit, offer));
        }
    }
    offers.sort_by_key(|(fit, o)| (Reverse(*fit), o.met.is_some(), o.hours, o.handle.clone()));
    (offers.into_iter().map(|(_, offer)| offer).collect(), out)
}
