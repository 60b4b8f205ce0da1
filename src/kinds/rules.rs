//! The rules that hold for every kind. What only one kind refuses stands in that kind's file.

use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::document::Fields;
use crate::model::{Ground, Programme, Rules, Section};
use std::ops::Range;

/// A summary stands in feeds, lists and previews, where longer ones are cut.
const LONGEST_SUMMARY: usize = 200;

/// Refuses a summary that would be cut.
pub fn summary(fields: &Fields, text: Option<&str>, diags: &mut Diagnostics) {
    let Some(length) = text.map(|text| text.chars().count()) else {
        return;
    };
    if length > LONGEST_SUMMARY {
        diags.push(
            Diagnostic::error(
                "summary-too-long",
                format!("the summary has {length} characters, the limit is {LONGEST_SUMMARY}"),
            )
            .at(fields.place("summary"))
            .why("it stands alone in feeds and previews, which cut longer ones")
            .help("keep the one or two sentences that make somebody want to open it"),
        );
    }
}

/// What every programme must have.
pub fn every_kind(programme: &Programme, rules: &Rules, diags: &mut Diagnostics) {
    purpose(programme, rules, diags);
    for activity in &programme.activities {
        let has = |section: Section| {
            activity
                .words
                .parts
                .iter()
                .any(|part| part.section == section)
        };
        let mut lacks = |section: &str, code: &'static str, message: String, why: &str| {
            diags.push(
                Diagnostic::error(code, message)
                    .at(first_line(&activity.origin, &activity.at))
                    .why(why)
                    .help(format!("add a heading `{section}` with its text")),
            );
        };
        let id = &activity.id;
        if !has(Section::Do) {
            let message = format!("the activity `{id}` has no section Do");
            lacks("Do", "no-do", message, "an activity is something to do");
        }
        if !has(Section::Share) && activity.words.resources.is_empty() {
            let message = format!("the activity `{id}` has no section Share");
            let why = "people learn from each other's answers, so every activity asks for one";
            lacks("Share", "no-share", message, why);
        } else if !has(Section::Share) {
            let message = format!("`{id}` has something to read or watch and asks for no answer");
            let why = "content supports a conversation; without a question it is a link that nobody talks about";
            lacks("Share", "content-without-share", message, why);
        }
        if activity.words.minutes.unwrap_or(0) > 10 && !has(Section::TenMinutes) {
            diags.push(
                Diagnostic::warning(
                    "no-ten-minute-version",
                    format!("the activity `{}` has no smaller version", activity.id),
                )
                .at(first_line(&activity.origin, &activity.at))
                .why("on a full day people do the small version or nothing")
                .help("add a section `If you have ten minutes`"),
            );
        }
    }
}

/// The first line of a place in a file.
pub fn first_line(source: &crate::document::Source, at: &Range<usize>) -> Place {
    let end = source.text[at.start..]
        .find('\n')
        .map_or(at.end, |n| at.start + n);
    source.place(at.start..end.min(at.end))
}

fn purpose(programme: &Programme, rules: &Rules, diags: &mut Diagnostics) {
    let words = programme.purpose.split_whitespace().count();
    let plain = |text: &str| -> String {
        text.to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric() || *c == ' ')
            .collect::<String>()
            .trim()
            .to_owned()
    };
    let purpose = plain(&programme.purpose);
    let fault = if purpose == plain(&programme.title) {
        Some("it repeats the title".to_owned())
    } else if rules.cliches.iter().any(|cliche| plain(cliche) == purpose) {
        Some("one could write it under anything".to_owned())
    } else if words < rules.purpose_words as usize {
        Some(format!(
            "it has {words} words, the least is {}",
            rules.purpose_words
        ))
    } else {
        None
    };
    if let Some(fault) = fault {
        diags.push(
            Diagnostic::error(
                "purpose-too-vague",
                format!("the purpose says too little: {fault}"),
            )
            .at(programme.origin.place(programme.purpose_at.clone()))
            .why("people give their time to something that says what will be better afterwards")
            .help("say who will be able to do what afterwards: `So that people who … can …` (what counts as empty is set in site.yaml under `rules`)"),
        );
    }
}

/// What every run must have.
pub fn every_run(ground: &Ground, diags: &mut Diagnostics) {
    let run = ground.run;
    if run.at.is_none()
        && ground.site.at.is_none()
        && run.cadence.as_ref().and_then(|c| c.at).is_none()
    {
        let own = ground.programme.design.rhythms();
        if own.is_empty() || own.iter().any(|rhythm| rhythm.at.is_none()) {
            diags.push(
                Diagnostic::error("no-hour", "nobody says at what time this run releases")
                    .at(run.origin.place(run.programme_at.clone()))
                    .help("add `at: \"09:00\"` to the run, or to site.yaml for all runs"),
            );
        }
    }
    if run.channels.is_empty() {
        diags.push(
            Diagnostic::warning("no-channel", "this run flows into no channel")
                .at(run.origin.place(run.programme_at.clone()))
                .why("the conversation is in the network: without a channel people read alone")
                .help("add `channels: [<id>]` with a channel of site.yaml"),
        );
    }
}
