//! The week that is on, and those before it.

use super::context::WeekPart;
use super::shape::Shape;
use crate::visible::{Seen, SeenRun, by_key};

/// What a run's page shows of the week that is on.
pub fn week(shape: &mut Shape, run: &SeenRun) -> Option<WeekPart> {
    let at = run.week?;
    let opening = &run.items[at];
    let known = by_key(run);
    let members: Vec<&Seen> = opening
        .gathers
        .iter()
        .filter_map(|key| known.get(key.as_str()).copied())
        .filter(|item| item.cancelled.is_none())
        .collect();
    let words = match members.is_empty() && opening.later.is_empty() {
        true => opening.words.parts.first().cloned(),
        false => None,
    };
    let mut items = members.into_iter().map(|item| shape.item(item, run));
    let first = items.next();
    Some(WeekPart {
        first,
        items: items.collect(),
        counted: opening.number.is_some(),
        later: opening
            .later
            .iter()
            .map(|ahead| shape.coming(ahead, run))
            .collect(),
        earlier: run.items[..at]
            .iter()
            .rev()
            .filter(|item| item.opens && item.cancelled.is_none())
            .map(|item| shape.item(item, run))
            .collect(),
        opening: shape.item(opening, run),
        words: words.map_or(String::new(), |part| shape.body(&part.text, "week-")),
    })
}

/// Whether the part of the page about the week that is on shows an item already.
pub fn shows(run: &SeenRun, item: &Seen) -> bool {
    run.week.is_some_and(|at| {
        let opening = &run.items[at];
        let gathered =
            item.cancelled.is_none() && opening.gathers.iter().any(|key| key == item.key());
        let opened = item.opens && item.cancelled.is_none();
        gathered || opened
    })
}
