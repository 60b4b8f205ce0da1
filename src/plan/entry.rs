//! What subscribers will see of an item: made once, at its release, and frozen.

use crate::markdown;
use crate::model::{Frozen, Occurrence, PlannedRun, Section, Site, Words};

/// Readers cut longer titles.
const LONGEST_TITLE: usize = 60;
/// Readers cut longer summaries; shorter ones do not stand alone.
const LONGEST_SUMMARY: usize = 480;
const SHORTEST_SUMMARY: usize = 60;

/// The title and text of an item.
pub fn frozen(occurrence: &Occurrence, run: &PlannedRun, site: &Site, late: bool) -> Frozen {
    Frozen {
        title: title(occurrence, site),
        summary: summary(occurrence, run, site, late),
        image: None,
        language: occurrence.language.clone(),
        topics: topics(occurrence, run, site),
    }
}

/// Those topics of the site that its tags, or those of its programme, name.
fn topics(occurrence: &Occurrence, run: &PlannedRun, site: &Site) -> Vec<String> {
    let facts = occurrence.words.facts.iter().chain(&run.programme.facts);
    let tags: Vec<String> = facts
        .filter(|fact| matches!(fact.key, "tags" | "topics"))
        .map(|fact| fact.value.flat())
        .collect();
    let tags: Vec<&str> = tags.iter().flat_map(|tags| tags.split(", ")).collect();
    let meant = site
        .topics
        .iter()
        .filter(|topic| tags.iter().any(|tag| topic.is(tag)));
    meant.map(|topic| topic.id.to_string()).collect()
}

/// The title of an entry within its length. A label that does not fit goes, unless it is all that tells items of
/// one name apart: then the intake's becomes its bare day, and a number stays.
pub fn title(occurrence: &Occurrence, site: &Site) -> String {
    let full = occurrence.title();
    let words = &occurrence.words.title;
    if full.chars().count() <= LONGEST_TITLE || words.is_empty() {
        return markdown::shorten(&full, LONGEST_TITLE);
    }
    let shorter = match (occurrence.intake, occurrence.number) {
        (Some(day), _) => format!("{}: {words}", site.words.short_day(day)),
        (None, Some(_)) => full,
        // An invitation, a move or a cancellation is called after its event: what it is stays.
        (None, None) if occurrence.invites.is_some() => full,
        (None, None) => words.clone(),
    };
    markdown::shorten(&shorter, LONGEST_TITLE)
}

/// A message that stands alone: when it is or how long it takes, what to do, and the question.
fn summary(occurrence: &Occurrence, run: &PlannedRun, site: &Site, late: bool) -> String {
    let mut text = String::new();
    if late {
        let day = site.words.day(occurrence.local.date());
        text.push_str(&site.words.say("planned_for", &[("day", &day)]));
        text.push(' ');
    }
    if let Some(lead) = when(occurrence, run, site).or_else(|| effort(&occurrence.words, site)) {
        text.push_str(&lead);
        text.push_str(": ");
    }
    let said = Said::of(occurrence, run);
    let room = LONGEST_SUMMARY.saturating_sub(text.chars().count());
    text.push_str(&said.within(room));
    if text.chars().count() < SHORTEST_SUMMARY && said.what != run.programme.summary {
        text.push(' ');
        text.push_str(&run.programme.summary);
    }
    markdown::shorten(text.trim(), LONGEST_SUMMARY)
}

/// What an item says, in reading order.
struct Said {
    why: String,
    what: String,
    question: String,
}

impl Said {
    fn of(occurrence: &Occurrence, run: &PlannedRun) -> Self {
        let words = &occurrence.words;
        let of = |section: Section| words.parts.iter().find(|part| part.section == section);
        let first = |section: Section| {
            of(section)
                .map(|part| markdown::first_paragraph(part.text.as_str()))
                .filter(|text| !text.is_empty())
        };
        let whole = |section: Section| of(section).map(|p| markdown::plain(p.text.as_str()));
        let invitation = occurrence.invites.as_ref().map(|_| &run.programme.summary);
        let (what, question) = match words.summary.as_ref().or(invitation) {
            Some(summary) => (Some(summary.clone()), first(Section::Before)),
            None => {
                let what = first(Section::Do).or_else(|| whole(Section::Do));
                let words = || whole(Section::Words);
                (what.or_else(words), first(Section::Share))
            }
        };
        Self {
            why: first(Section::WhyThis).unwrap_or_default(),
            what: what.unwrap_or_else(|| run.programme.summary.clone()),
            question: question.unwrap_or_default(),
        }
    }

    /// Whole sentences that fit: the question and the first thing to do before anything else, then the
    /// first reason, then more of each.
    fn within(&self, room: usize) -> String {
        let [why, what, question] =
            [&self.why, &self.what, &self.question].map(|text| markdown::sentences(text));
        let mut taken = [0; 3];
        let text = |taken: [usize; 3]| {
            let parts = [&why[..taken[0]], &what[..taken[1]], &question[..taken[2]]];
            parts.concat().join(" ")
        };
        let fits = |taken: [usize; 3]| text(taken).chars().count() <= room;
        for want in [
            [0, 1, 0],
            [0, 1, question.len()],
            [1, 1, question.len()],
            [1, what.len(), question.len()],
            [why.len(), what.len(), question.len()],
        ] {
            for part in 0..3 {
                let most = [why.len(), what.len(), question.len()][part];
                while taken[part] < want[part].min(most) {
                    let mut more = taken;
                    more[part] += 1;
                    if !fits(more) {
                        break;
                    }
                    taken = more;
                }
            }
        }
        if taken == [0; 3] {
            return text([why.len(), what.len(), question.len()]);
        }
        text(taken)
    }
}

/// `5 minutes`, or `5 minutes to read` for a find of that format.
fn effort(words: &Words, site: &Site) -> Option<String> {
    let minutes = words.minutes?;
    let format = words.facts.iter().find(|fact| fact.key == "format");
    let key = match format.map(|fact| fact.value.flat()).as_deref() {
        Some("read") => "takes_minutes_read",
        Some("watch") => "takes_minutes_watch",
        Some("listen") => "takes_minutes_listen",
        _ if minutes == 1 => "takes_minute",
        _ => "takes_minutes",
    };
    Some(site.words.say(key, &[("n", &minutes.to_string())]))
}

/// `Thursday 8 October 2026, 12:30 (Europe/London), 45 minutes` for an event, or for the one that is
/// announced.
pub fn when(occurrence: &Occurrence, run: &PlannedRun, site: &Site) -> Option<String> {
    let event = match &occurrence.invites {
        Some(key) => {
            let begins = run.occurrence(key)?;
            match begins.event {
                Some(event) => event,
                None => {
                    let day = site.words.full_day(begins.local.date());
                    return Some(site.words.say("begins_on", &[("day", &day)]));
                }
            }
        }
        None => occurrence.event?,
    };
    let local = event.starts.to_zoned_datetime(run.run.zone.clone());
    let minutes = event.ends.duration_since(event.starts).as_mins();
    Some(format!(
        "{}, {} ({}), {}",
        site.words.full_day(local.date()),
        local.strftime("%H:%M"),
        run.run.zone_name,
        site.words
            .say("takes_minutes", &[("n", &minutes.to_string())])
    ))
}
