//! Cards that lapse, and asks that nobody answers: what the coordinator is told.

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Card, Library, Moment, Site, same_topic};
use crate::schedule::in_words;
use jiff::ToSpan;

/// Warns of what the clock brings about; it never stops a build.
pub fn check(library: &Library, site: &Site, moment: &Moment, diags: &mut Diagnostics) {
    let today = moment.today(&site.zone);
    let people = library.people[&site.id].values();
    let (lapsed, live): (Vec<&Card>, Vec<&Card>) = people.partition(|card| card.expires <= today);
    for card in lapsed {
        diags.push(
            Diagnostic::warning(
                "consent-expired",
                format!(
                    "the card of `{}` is no longer shown since {}",
                    card.handle,
                    in_words(card.expires)
                ),
            )
            .at(card.origin.place(card.expires_at.clone()))
            .help("ask whether they want to go on: then write the new days, else delete the file"),
        );
    }
    for card in &live {
        let long = card
            .consent
            .saturating_add(i64::from(site.rules.ask_days).days());
        for ask in card.asks.iter().filter(|_| long <= today) {
            let offered = |other: &&&Card| {
                other.handle != card.handle
                    && other.offers.iter().any(|offer| same_topic(offer, ask))
            };
            if live.iter().find(offered).is_none() {
                diags.push(
                    Diagnostic::warning(
                        "ask-unanswered",
                        format!("nobody offers what `{}` asks for: {ask}", card.handle),
                    )
                    .at(card.origin.place(card.asks_at.clone()))
                    .why("an ask that hangs there for weeks tells everybody that asking is no use")
                    .help(
                        "ask somebody who could; offers and asks meet when they are written alike",
                    ),
                );
            }
        }
    }
}
