//! The board of a flow: what fills the slots ahead and of the last weeks, whether it keeps what it promised, and what
//! waits for a slot.

use super::chart::{self, Caption, Meter};
use super::context::{FactLine, PacedLine, PacingPart, Picture};
use super::shape::Shape;
use crate::model::{Holds, PacedSlot, Promise, Strings};
use crate::visible::TeamRun;

/// The board of a run, if anything was chosen for it.
pub fn pacing(shape: &Shape, run: &TeamRun) -> Option<PacingPart> {
    let pacing = run.planned.pacing.as_ref();
    let pacing = pacing.filter(|pacing| pacing.is_used())?;
    let words = &shape.site.words;
    let mut meters: Vec<Picture> = pacing.promises.iter().map(|p| promise(words, p)).collect();
    let sources = pacing.often(|slot| slot.source.as_deref());
    let formats = pacing.often(|slot| slot.format);
    let named = |format: &str| words.get(&format!("value_format_{format}")).to_owned();
    meters.extend(spread(words, "sources", &sources, str::to_owned));
    meters.extend(spread(words, "formats", &formats, named));
    let slots = pacing.ahead().map(|slot| line(words, slot)).collect();
    let waiting = pacing.waiting.iter();
    Some(PacingPart {
        meters,
        slots,
        waiting: waiting
            .map(|(id, why)| FactLine::new(id.as_str(), why.clone()))
            .collect(),
    })
}

/// In how many weeks a promise is kept.
fn promise(words: &Strings, promise: &Promise) -> Picture {
    let all = promise.weeks.len() as u32;
    let missed: Vec<String> = promise.missed().map(|week| words.full_day(week)).collect();
    let kept = all - missed.len() as u32;
    let [n, weeks, wanted] = [kept, all, promise.wanted].map(|n| n.to_string());
    let which = missed.join("; ");
    let told = [
        ("n", n.as_str()),
        ("all", &weeks),
        ("wanted", &wanted),
        ("which", &which),
    ];
    let key = match missed.is_empty() {
        true => "variety_kept",
        false => "variety_missed",
    };
    let meter = Meter {
        value: kept,
        besides: 0,
        full: all,
        wanted: Some(all),
    };
    let title = words.say(&format!("variety_{}", promise.what), &[]);
    picture(promise.what, title, words.say(key, &told), meter)
}

/// From how many sources, or of how many formats, the picks are; the bar is the share of the most frequent.
fn spread(
    words: &Strings,
    what: &str,
    often: &[(&str, u32)],
    name: impl Fn(&str) -> String,
) -> Option<Picture> {
    let (first, times) = *often.first()?;
    let all: u32 = often.iter().map(|(_, times)| times).sum();
    let which = name(first);
    let [n, full, most] = [often.len() as u32, all, times].map(|n| n.to_string());
    let told = [
        ("n", n.as_str()),
        ("all", &full),
        ("times", &most),
        ("which", &which),
    ];
    let meter = Meter {
        value: times,
        besides: 0,
        full: all,
        wanted: None,
    };
    let title = words.say(&format!("variety_{what}"), &[]);
    let says = words.say(&format!("variety_{what}_says"), &told);
    Some(picture(what, title, says, meter))
}

fn picture(what: &str, title: String, says: String, meter: Meter) -> Picture {
    let id = format!("variety-{}", what.replace('_', "-"));
    let caption = Caption {
        id: &id,
        title: &title,
        says: &says,
    };
    Picture {
        svg: chart::meter(caption, meter),
        title,
        says,
    }
}

fn line(words: &Strings, slot: &PacedSlot) -> PacedLine {
    let mut notes = Vec::new();
    let mut note = |holds: bool, key: &str| {
        if holds {
            notes.push(words.get(key).to_owned());
        }
    };
    note(slot.settled, "slot_settled");
    note(matches!(slot.holds, Holds::Again(..)), "slot_again");
    note(slot.cut, "slot_cut");
    let takes = slot.wants.as_ref().map(|wants| {
        let day = wants.split(" or ");
        let day = day.map(|word| words.say(&format!("takes_{word}"), &[]));
        let day: Vec<String> = day.collect();
        day.join(", ")
    });
    PacedLine {
        day: words.full_day(slot.date),
        takes,
        theme: slot.theme.clone(),
        title: match &slot.holds {
            Holds::Pick(_, title) | Holds::Again(_, title) => title.clone(),
            other => words.get(&format!("slot_{}", other.name())).to_owned(),
        },
        holds: slot.holds.name(),
        source: slot.source.clone(),
        notes,
    }
}
