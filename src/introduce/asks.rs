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
    let mut found: Vec<(Ask, Option<Id>)> = Vec::new();
    let mut first: BTreeMap<Id, u32> = BTreeMap::new();
    let full = |handle: &Id, first: &BTreeMap<Id, u32>| {
        let card = cards.iter().find(|card| card.handle == *handle);
        let room = card.and_then(|card| card.capacity).unwrap_or(u32::MAX);
        let named = first.get(handle).copied().unwrap_or(0);
        (named >= room).then_some(Unfit::Full(named))
    };
    for card in &asking {
        for topic in &card.asks {
            let (offers, out) = fits(card, topic, cards, past, site, on);
            let mut free = offers.iter().map(|offer| &offer.handle);
            let best = free.find(|handle| full(handle, &first).is_none()).cloned();
            if let Some(best) = &best {
                *first.entry(best.clone()).or_default() += 1;
            }
            let (handle, topic) = (card.handle.clone(), topic.clone());
            let ask = Ask {
                handle,
                topic,
                offers,
                out,
            };
            found.push((ask, best));
        }
    }
    // Whoever is named first to as many as they have room for is nobody's second choice either.
    let narrowed = found.into_iter().map(|(mut ask, best)| {
        let mut kept: Vec<Offer> = Vec::new();
        for offer in ask.offers {
            let why = match kept.len() {
                _ if best.as_ref() == Some(&offer.handle) => None,
                OFFERS.. => Some(Unfit::Behind),
                _ => full(&offer.handle, &first),
            };
            match why {
                Some(why) => ask.out.push(Out {
                    handle: offer.handle,
                    why,
                }),
                None => kept.push(offer),
            }
        }
        Ask {
            offers: kept,
            ..ask
        }
    });
    let mut asks: Vec<Ask> = narrowed.collect();
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
