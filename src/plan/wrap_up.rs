//! The notes of an event, to be finished by whoever held it: each question with its minute and room for what was said,
//! what was not reached, and where it goes on. It is pasted at the end of the run's file.

use super::report::{BLANK, in_link};
use crate::model::{Occurrence, PlannedRun, Site};
use jiff::SignedDuration;
use std::fmt::Write;

/// The notes as Markdown; nothing without an event, or where it is called off.
pub fn text(run: &PlannedRun, site: &Site) -> Option<String> {
    let mut all = run.occurrences.iter();
    let event = all.find(|o| !o.words.script().is_empty() && o.cancelled.is_none())?;
    let starts = event.event?.starts;
    let asked = &run
        .occurrences
        .iter()
        .find(|o| !o.words.asked.is_empty())?
        .words
        .asked;
    let words = &site.words;
    let mut out = format!("## Notes\n\n{}\n{BLANK}\n", words.get("wrap_people"));
    let lines = event.words.script().iter();
    let named = lines.filter_map(|line| Some((line, line.name.as_ref()?)));
    for (line, name) in named {
        let Some((_, ask)) = asked.iter().find(|(known, _)| known == name) else {
            continue;
        };
        let at = starts + SignedDuration::from_mins(line.after.into());
        let clock = at.to_zoned_datetime(run.run.zone.clone()).strftime("%H:%M");
        let _ = write!(
            out,
            "\n### {name} ({clock})\n\n{ask}\n\n- {BLANK}\n- {BLANK}\n"
        );
    }
    let _ = write!(out, "\n### {}\n\n- {BLANK}\n", words.get("wrap_open"));
    let _ = write!(out, "\n### {}\n\n", words.get("wrap_links"));
    for link in links(run, event, site) {
        let _ = writeln!(out, "- {link}");
    }
    Some(out)
}

/// Where it was talked about and goes on.
fn links(run: &PlannedRun, event: &Occurrence, site: &Site) -> Vec<String> {
    let channels = run.run.channels.iter();
    let channels = channels.filter_map(|id| site.channel(id));
    let mut links: Vec<String> = channels
        .filter_map(|channel| {
            let url = channel.url.as_ref()?;
            Some(format!("[{}]({url})", in_link(&channel.title)))
        })
        .collect();
    let page = format!("{}{}", site.base_url, event.path());
    links.push(format!("[{}]({page})", in_link(&event.title())));
    links.extend(run.hashtag().map(|tag| format!("\\#{tag}")));
    links
}
