//! Prompt banks: `kind: prompts`, one `##` heading a question.

use super::sections::{Headings, sections};
use super::translate;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{Audience, Document, Fields, Key, outline};
use crate::model::{Bank, Id, Markdown, Part, Prompt, Section, Tongue};

/// The keys of a prompt bank.
pub const BANK_KEYS: &[Key] = &[
    Key::new("kind", Audience::Run),
    Key::new("id", Audience::Run),
    Key::new("title", Audience::Team).prose(),
    Key::new("summary", Audience::Team).prose(),
    Key::new("language", Audience::Run),
    Key::new("changed", Audience::Team),
];

/// The keys of a prompt.
pub const PROMPT_KEYS: &[Key] = &[
    Key::new("id", Audience::Run),
    Key::new("minutes", Audience::Released),
];

/// Reads one bank.
pub fn read(document: &Document, headings: &Headings, diags: &mut Diagnostics) -> Option<Bank> {
    let source = &document.source;
    let fields = Fields::of(source, &document.front, &[BANK_KEYS], diags);
    let _ = fields.need("id", "missing-id", diags);
    let id: Option<Id> = fields.parse("id", diags);
    let title = fields.need("title", "missing-title", diags);
    let language = fields.text("language", diags);
    let tongue = language
        .as_deref()
        .map_or(Tongue::Original, |tag| Tongue::In(tag.into()));
    let prompts = prompts(document, &tongue, headings, diags);
    if prompts.is_empty() {
        diags.push(
            Diagnostic::error("prompt-bank-empty", "this bank has no prompts")
                .at(fields.here())
                .help("add one below a heading: `## The forecast that fooled you {#fooled}`"),
        );
        return None;
    }
    Some(Bank {
        id: id?,
        title: title?,
        language,
        prompts,
        origin: source.clone(),
    })
}

/// The questions of a document: one a heading of the second level.
fn prompts(
    document: &Document,
    tongue: &Tongue,
    headings: &Headings,
    diags: &mut Diagnostics,
) -> Vec<Prompt> {
    let source = &document.source;
    let (_, blocks) = outline(source, document.body.clone(), 2, diags);
    let mut prompts: Vec<Prompt> = Vec::new();
    for block in blocks {
        let fields = Fields::of(source, &block.heading.attributes, &[PROMPT_KEYS], diags);
        let Some(id): Option<Id> = fields.parse("id", diags) else {
            if !fields.has("id") {
                diags.push(missing_id(
                    source.place(block.heading.at),
                    &block.heading.title,
                ));
            }
            continue;
        };
        if prompts.iter().any(|prompt| prompt.id == id) {
            diags.push(
                Diagnostic::error("duplicate-id", format!("a second prompt has the id `{id}`"))
                    .at(fields.place("id"))
                    .help("give one of them another id"),
            );
            continue;
        }
        let (words, _) = outline(source, block.text.clone(), 3, &mut Diagnostics::new());
        let guide = words.end..block.text.end;
        let text = Markdown::slice(source.clone(), words, 2);
        if text.is_blank() {
            diags.push(
                Diagnostic::error("empty-prompt", format!("the prompt `{id}` has no words"))
                    .at(source.place(block.heading.at.clone()))
                    .help("write the question below its heading"),
            );
            continue;
        }
        let mut parts = vec![Part {
            section: Section::Words,
            text,
        }];
        let guides = |heading: &&(String, Section)| heading.1 == Section::ForTheGuide;
        let known: Vec<_> = headings.of(tongue).iter().filter(guides).cloned().collect();
        parts.extend(sections(source, guide, 3, &known, diags));
        prompts.push(Prompt {
            id,
            title: block.heading.title,
            minutes: fields.number("minutes", 1..=480, diags),
            parts: parts.into(),
            tongue: tongue.clone(),
            at: block.heading.at,
        });
    }
    prompts
}

/// A bank in another language: the original's questions, those that are translated in their new words.
pub fn translate(
    original: &Bank,
    tag: &str,
    document: &Document,
    headings: &Headings,
    diags: &mut Diagnostics,
) -> Bank {
    let source = &document.source;
    let words = Fields::of(source, &document.front, &[BANK_KEYS], diags);
    translate::only_words(&words, diags);
    let tongue = Tongue::In(tag.into());
    let mut bank = original.clone();
    bank.title = words.text("title", diags).unwrap_or(bank.title);
    for prompt in prompts(document, &tongue, headings, diags) {
        match bank.prompts.iter_mut().find(|first| first.id == prompt.id) {
            Some(first) => {
                *first = Prompt {
                    minutes: first.minutes,
                    ..prompt
                }
            }
            None => {
                let ids = original.prompts.iter().map(|prompt| prompt.id.as_str());
                diags.push(translate::no_original(
                    &prompt.id,
                    ids,
                    source.place(prompt.at.clone()),
                ));
            }
        }
    }
    bank
}

/// A heading without `{#id}`, with the id that would suit it.
pub fn missing_id(place: crate::diag::Place, title: &str) -> Diagnostic {
    let mut slug = String::new();
    for c in title.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    Diagnostic::error("missing-id", format!("the heading `{title}` has no id"))
        .at(place)
        .why("an id made from a title would change when the title is corrected, and readers would show the item again")
        .help(format!("write `## {title} {{#{slug}}}`"))
}
