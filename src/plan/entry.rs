//! What subscribers will see of an item: made once, at its release, and frozen.

use crate::markdown;
use crate::model::{Frozen, Occurrence, PlannedRun, Section, Site};

/// Readers cut longer titles.
const LONGEST_TITLE: usize = 60;
/// Readers cut longer summaries; shorter ones do not stand alone.
const LONGEST_SUMMARY: usize = 480;
const SHORTEST_SUMMARY: usize = 60;

/// The title and text of an item.
pub fn frozen(occurrence: &Occurrence, run: &PlannedRun, site: &Site, late: bool) -> Frozen {
    Frozen {
        title: title(occurrence),
        summary: summary(occurrence, run, site, late),
        image: None,
    }
}

fn title(occurrence: &Occurrence) -> String {
    let full = occurrence.title();
    if full.chars().count() <= LONGEST_TITLE || occurrence.words.title.is_empty() {
        return markdown::shorten(&full, LONGEST_TITLE);
    }
    let plain = occurrence.number.is_none() && occurrence.intake.is_none();
    if plain {
        markdown::shorten(&occurrence.words.title, LONGEST_TITLE)
    } else {
        markdown::shorten(&full, LONGEST_TITLE)
    }
}

/// Plain words that stand alone as a message: what to do first, with the minutes it takes.
fn summary(occurrence: &Occurrence, run: &PlannedRun, site: &Site, late: bool) -> String {
    let words = &occurrence.words;
    let mut text = String::new();
    if late {
        let day = site.words.day(occurrence.local.date());
        text.push_str(&site.words.say("planned_for", &[("day", &day)]));
        text.push(' ');
    }
    if let Some(when) = when(occurrence, run, site) {
        text.push_str(&when);
        text.push_str(": ");
    } else if let Some(minutes) = words.minutes {
        let minutes = minutes.to_string();
        text.push_str(&site.words.say("takes_minutes", &[("n", &minutes)]));
        text.push_str(": ");
    }
    let of = |section: Section| words.parts.iter().find(|part| part.section == section);
    let first =
        |section: Section| of(section).map(|part| markdown::first_paragraph(part.text.as_str()));
    let pieces: Vec<String> = match &words.summary {
        Some(summary) => [Some(summary.clone()), first(Section::Before)]
            .into_iter()
            .flatten()
            .collect(),
        None => [
            first(Section::WhyThis),
            first(Section::Do),
            of(Section::Words).map(|part| markdown::plain(part.text.as_str())),
            first(Section::Share),
        ]
        .into_iter()
        .flatten()
        .collect(),
    };
    text.push_str(&pieces.join(" "));
    if text.chars().count() < SHORTEST_SUMMARY {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&run.programme.summary);
    }
    markdown::shorten(&text, LONGEST_SUMMARY)
}

/// `Thursday 8 October 2026, 12:30 (Europe/London)` for an event, or for the one that is announced.
fn when(occurrence: &Occurrence, run: &PlannedRun, site: &Site) -> Option<String> {
    let event = match &occurrence.invites {
        Some(key) => run.occurrence(key)?.event?,
        None => occurrence.event?,
    };
    let local = event.starts.to_zoned_datetime(run.run.zone.clone());
    Some(format!(
        "{}, {} ({})",
        site.words.full_day(local.date()),
        local.strftime("%H:%M"),
        run.run.zone_name
    ))
}
