//! People cards: one file each, `people/<handle>.md`, keys and no text.

use super::site::zone;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::audiences::{run, team};
use crate::document::{Document, Fields, Key};
use crate::kinds::refuse_assigned;
use crate::model::Card;

/// The keys of a card.
pub const CARD_KEYS: &[Key] = &[
    run("handle"),
    team("consent"),
    team("expires"),
    run("offers").prose(),
    run("asks").prose(),
    run("languages"),
    run("zone"),
    team("capacity"),
    run("link"),
    team("assigned"),
    team("mentor"),
    team("mentee"),
];

/// Reads one card.
pub fn read(document: &Document, diags: &mut Diagnostics) -> Option<Card> {
    let source = &document.source;
    let fields = Fields::of(source, &document.front, &[CARD_KEYS], diags);
    for key in ["handle", "expires"] {
        let _ = fields.need(key, "missing-key", diags);
    }
    refuse_assigned(&fields, diags);
    if !fields.has("consent") {
        diags.push(
            Diagnostic::error(
                "no-consent",
                "nobody says when this person agreed to be shown",
            )
            .at(fields.here())
            .why("a card is shown because somebody said yes, on a day one can name")
            .help("ask them, and add `consent:` with the day on which they agreed"),
        );
    }
    let text = source.text[document.body.clone()].trim();
    if !text.is_empty() {
        let start =
            document.body.start + source.text[document.body.clone()].find(text).unwrap_or(0);
        let line = text.lines().next().unwrap_or("").len();
        diags.push(
            Diagnostic::error("card-with-text", "a card has keys and no text below them")
                .at(source.place(start..start + line))
                .why("what somebody has done and who they are belongs on their own profile, in their hands")
                .help("take the text out, and name the profile under `link:`"),
        );
    }
    let list = |name: &str, diags: &mut Diagnostics| -> Vec<String> {
        let words = fields.words(name, diags).into_iter();
        words
            .map(|(word, _)| word)
            .filter(|word| !word.is_empty())
            .collect()
    };
    let (offers, asks) = (list("offers", diags), list("asks", diags));
    let languages = list("languages", diags);
    let zone = zone(&fields, diags).map(|(name, _)| name);
    let link = fields.text("link", diags);
    if let Some(link) = &link
        && !crate::model::good_address(link)
    {
        diags.push(
            Diagnostic::error("bad-address", format!("`{link}` is not a web address"))
                .at(fields.place("link"))
                .help("write the whole address of their profile, beginning with https://"),
        );
    }
    Some(Card {
        handle: fields.parse("handle", diags)?,
        consent: fields.date("consent", diags)?,
        expires: fields.date("expires", diags)?,
        offers,
        asks,
        languages,
        zone,
        capacity: fields.number("capacity", 0..=50, diags),
        link,
        expires_at: fields.range("expires").unwrap_or(0..3),
        asks_at: fields.range("asks").unwrap_or(0..3),
        origin: source.clone(),
    })
}
