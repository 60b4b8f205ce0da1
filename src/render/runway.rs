//! How far ahead a rhythm is filled, as a bar and in words.

use super::chart::{self, Caption, Meter};
use super::context::Picture;
use super::shape::Shape;
use crate::model::{Filling, Runway, Strings};
use crate::visible::TeamRun;

/// The runways of a run; one that is over has none.
pub fn runways(shape: &Shape, run: &TeamRun) -> Vec<Picture> {
    let kind = run.programme.kind.name;
    let ahead = run.planned.runways.iter();
    let ahead = ahead.filter(|runway| !runway.slots.is_empty());
    let drawn = ahead.zip(1..);
    drawn
        .map(|(runway, n)| picture(&shape.site.words, kind, runway, n))
        .collect()
}

fn picture(words: &Strings, kind: &str, runway: &Runway, n: usize) -> Picture {
    let count = |filling| runway.count(filling);
    let (own, bank) = (count(Filling::Own), count(Filling::Bank));
    let full = runway.slots.len() as u32;
    let told = [full, own, bank, count(Filling::Nothing)];
    let [all, filled, from_bank, empty] = told.map(|n| n.to_string());
    let filled = [
        ("all", all.as_str()),
        ("own", &filled),
        ("bank", &from_bank),
        ("empty", &empty),
    ];
    let mut says = words.say(&format!("runway_{kind}"), &filled);
    if let Some(day) = runway.ends() {
        let ends = words.say("runway_ends", &[("day", &words.full_day(day))]);
        says = format!("{says} {ends}");
    }
    let title = match &runway.title {
        Some(title) => format!("{}: {title}", words.get("runway")),
        None => words.get("runway").to_owned(),
    };
    let caption = Caption {
        id: &format!("runway-{n}"),
        title: &title,
        says: &says,
    };
    let meter = Meter {
        value: own,
        besides: bank,
        full,
        wanted: None,
    };
    Picture {
        svg: chart::meter(caption, meter),
        title,
        says,
    }
}
