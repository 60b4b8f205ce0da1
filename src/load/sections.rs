//! The sections of an activity, pick or session, and its facts.

use crate::diag::{Diagnostic, Diagnostics, did_you_mean};
use crate::document::{Audience, Fields, Source, outline};
use crate::model::{Fact, Markdown, Part, Section, Strings, Tongue, in_language};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// The headings of sections, by language: authors may write them in English or as pages show them.
#[derive(Debug, Default)]
pub struct Headings {
    original: Vec<(String, Section)>,
    languages: BTreeMap<String, Vec<(String, Section)>>,
}

impl Headings {
    /// The headings in every language that has interface words.
    pub fn new(languages: &BTreeMap<String, Strings>) -> Self {
        let english = || {
            Section::AUTHORED
                .iter()
                .map(|(name, s)| ((*name).to_owned(), *s))
        };
        let both = |words: &Strings| {
            let shown = Section::AUTHORED.iter().map(|(_, section)| {
                let key = format!("section_{}", section.name());
                (words.get(&key).to_owned(), *section)
            });
            shown.chain(english()).collect()
        };
        Self {
            original: english().collect(),
            languages: languages
                .iter()
                .map(|(tag, words)| (tag.clone(), both(words)))
                .collect(),
        }
    }

    /// As the shared texts have them.
    pub fn original(&self) -> &[(String, Section)] {
        &self.original
    }

    /// As texts of a language have them.
    pub fn of(&self, tongue: &Tongue) -> &[(String, Section)] {
        match tongue {
            Tongue::In(tag) => in_language(&self.languages, tag).unwrap_or(&self.original),
            _ => &self.original,
        }
    }
}

/// Whether a heading is the one that is meant, whatever its capitals.
pub fn same_heading(name: &str, title: &str) -> bool {
    name.to_lowercase() == title.to_lowercase()
}

/// Reads the sections at a heading level. Text before the first one belongs to nobody and is told.
pub fn sections(
    source: &Arc<Source>,
    range: Range<usize>,
    level: u8,
    known: &[(impl AsRef<str>, Section)],
    diags: &mut Diagnostics,
) -> Vec<Part> {
    let marks = "#".repeat(level as usize);
    let (intro, blocks) = outline(source, range, level, diags);
    let stray = source.text[intro.clone()].trim();
    if !stray.is_empty() {
        let start = intro.start + source.text[intro.clone()].find(stray).unwrap_or(0);
        let line = stray.lines().next().unwrap_or("").len();
        diags.push(
            Diagnostic::error(
                "text-before-section",
                "this text stands before the first section",
            )
            .at(source.place(start..start + line))
            .help(format!(
                "put it below a heading such as `{marks} {}`",
                known[0].0.as_ref()
            )),
        );
    }
    let mut parts: Vec<Part> = Vec::new();
    for block in blocks {
        let title = block.heading.title.as_str();
        let found = known
            .iter()
            .find(|(name, _)| same_heading(name.as_ref(), title));
        let Some((_, section)) = found else {
            let names = known.iter().map(|(name, _)| name.as_ref());
            let help = match did_you_mean(title, names.clone()) {
                Some(near) => format!("did you mean `{marks} {near}`?"),
                None => format!(
                    "sections are: {}; headings of your own are one level deeper: `{marks}# {title}`",
                    names.collect::<Vec<_>>().join(", ")
                ),
            };
            diags.push(
                Diagnostic::error("unknown-section", format!("there is no section `{title}`"))
                    .at(source.place(block.heading.at.clone()))
                    .help(help),
            );
            continue;
        };
        let text = Markdown::slice(source.clone(), block.text, level);
        if parts.iter().any(|part| part.section == *section) {
            diags.push(
                Diagnostic::error(
                    "duplicate-section",
                    format!("a second section `{title}` stands here"),
                )
                .at(source.place(block.heading.at))
                .help("join the two under one heading"),
            );
        } else if text.is_blank() {
            diags.push(
                Diagnostic::error("empty-section", format!("the section `{title}` is empty"))
                    .at(source.place(block.heading.at))
                    .help("write it, or remove the heading"),
            );
        } else {
            parts.push(Part {
                section: *section,
                text,
            });
        }
    }
    parts.sort_by_key(|part| part.section);
    parts
}

/// The lines of facts that a mapping gives: what pages list, and what the team alone may read.
pub fn facts(fields: &Fields) -> Vec<Fact> {
    let mut facts: Vec<Fact> = fields
        .rows()
        .filter(|(key, _)| key.fact || key.audience == Audience::Team)
        .map(|(key, node)| Fact {
            key: key.name,
            value: node.clone(),
            audience: key.audience,
            listed: key.fact,
        })
        .filter(|fact| !fact.value.flat().is_empty())
        .collect();
    // Most have one or none, and there is a list for every activity.
    facts.shrink_to_fit();
    facts
}
