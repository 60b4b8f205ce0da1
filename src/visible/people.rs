//! Who is shown: speakers with a card, and the board of offers and asks. A card that is not valid any more
//! is not here.

use crate::model::{Card, Consent, Id, Library, Moment, Site, Speaker, same_topic};
use std::collections::BTreeMap;

/// The cards of a site, and what decides whether they are shown.
#[derive(Clone, Copy)]
pub struct People<'a> {
    site: &'a Site,
    cards: &'a BTreeMap<Id, Card>,
}

/// Who speaks, as pages name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The name or the handle.
    pub name: String,
    /// Their profile in the network.
    pub link: Option<String>,
}

/// What everybody may know of somebody with a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The handle.
    pub handle: String,
    /// Their profile in the network.
    pub link: Option<String>,
    /// The languages they speak.
    pub languages: Vec<String>,
    /// Their time zone.
    pub zone: Option<String>,
}

/// What some offer and others ask for.
#[derive(Debug)]
pub struct Topic {
    /// As the first of them wrote it.
    pub title: String,
    /// Who offers it.
    pub offers: Vec<Person>,
    /// Who asks for it.
    pub asks: Vec<Person>,
}

/// The offers and asks of a site, on the pages of a run.
#[derive(Debug)]
pub struct Board<'a> {
    /// Its page below the root, ends with `/`.
    pub path: String,
    /// What people have agreed to, and how they take it back.
    pub consent: &'a Consent,
    /// By title.
    pub topics: Vec<Topic>,
}

impl Board<'_> {
    /// The same for programs: a file below the root.
    pub fn json(&self) -> String {
        format!("{}.json", self.path.trim_end_matches('/'))
    }
}

impl<'a> People<'a> {
    /// The people of a site.
    pub fn of(library: &'a Library, site: &'a Site) -> Self {
        Self {
            site,
            cards: &library.people[&site.id],
        }
    }

    fn is_shown(&self, card: &Card, moment: &Moment) -> bool {
        !moment.passed(card.gone(self.site), || {
            format!("the card of {} is taken down", card.handle)
        })
    }

    /// A speaker by name; one with a card only while it is valid.
    pub fn speaker(&self, speaker: &Speaker, moment: &Moment) -> Option<Spoken> {
        match speaker {
            Speaker::Named(name) => Some(Spoken {
                name: name.clone(),
                link: None,
            }),
            Speaker::Card(handle) => {
                let card = self.cards.get(handle)?;
                self.is_shown(card, moment).then(|| Spoken {
                    name: handle.to_string(),
                    link: card.link.clone(),
                })
            }
        }
    }

    /// The board of a run.
    pub fn board(&self, run: &Id, consent: &'a Consent, moment: &Moment) -> Board<'a> {
        let mut topics: Vec<Topic> = Vec::new();
        for card in self.cards.values() {
            // A card that stands on no list changes nothing when it lapses.
            let empty = card.offers.is_empty() && card.asks.is_empty();
            if empty || !self.is_shown(card, moment) {
                continue;
            }
            for title in &card.offers {
                topic(&mut topics, title).offers.push(person(card));
            }
            for title in &card.asks {
                topic(&mut topics, title).asks.push(person(card));
            }
        }
        topics.sort_by_key(|topic| topic.title.to_lowercase());
        Board {
            path: format!("{run}/board/"),
            consent,
            topics,
        }
    }
}

fn topic<'t>(topics: &'t mut Vec<Topic>, title: &str) -> &'t mut Topic {
    let known = topics
        .iter()
        .position(|topic| same_topic(&topic.title, title));
    let at = known.unwrap_or_else(|| {
        topics.push(Topic {
            title: title.to_owned(),
            offers: Vec::new(),
            asks: Vec::new(),
        });
        topics.len() - 1
    });
    &mut topics[at]
}

fn person(card: &Card) -> Person {
    Person {
        handle: card.handle.to_string(),
        link: card.link.clone(),
        languages: card.languages.clone(),
        zone: card.zone.clone(),
    }
}
