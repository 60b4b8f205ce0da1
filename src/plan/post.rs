//! What somebody posts by hand: the words of an occurrence for everybody, as plain text that is ready to be
//! pasted, with its hashtag and its address. Nothing that is the team's is in it.

use super::entry::when;
use crate::markdown;
use crate::model::{Occurrence, PlannedRun, Section, Site};

/// The text, without the address.
pub fn text(o: &Occurrence, run: &PlannedRun, site: &Site) -> String {
    let mut parts = vec![o.title()];
    parts.extend(when(o, run, site));
    if o.invites.is_some() && o.words.summary.is_none() {
        parts.push(run.programme.summary.clone());
    }
    parts.extend(o.words.summary.clone());
    let order: &[Section] = match o.invites {
        Some(_) => &[Section::Before],
        None => &[
            Section::WhyThis,
            Section::Words,
            Section::Do,
            Section::Share,
            Section::Notes,
        ],
    };
    parts.extend(order.iter().filter_map(|section| words(o, *section)));
    parts.extend(o.words.link.clone());
    parts.extend(hashtag(o, run));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// What is posted once an event is over, without its address.
pub fn after(o: &Occurrence, run: &PlannedRun) -> Option<String> {
    let parts = [words(o, Section::After), hashtag(o, run)];
    parts[0].as_ref()?;
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n"))
}

fn words(o: &Occurrence, section: Section) -> Option<String> {
    let part = o.words.parts.iter().find(|part| part.section == section)?;
    Some(markdown::paragraphs(part.text.as_str()))
}

/// The hashtag of the item itself, else of its run.
fn hashtag(o: &Occurrence, run: &PlannedRun) -> Option<String> {
    let own = o.words.facts.iter().find(|fact| fact.key == "hashtag");
    let of_run = || run.hashtag().map(|tag| format!("#{tag}"));
    own.map(|fact| fact.value.flat()).or_else(of_run)
}
