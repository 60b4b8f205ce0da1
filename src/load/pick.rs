//! Picks: one judged choice a file.

use super::sections::{facts, sections};
use super::{Broken, source};
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::audiences::released;
use crate::document::{Audience, Document, Fields, Key, Node};
use crate::model::{Pick, Section, Source, Sources, good_address};

/// The keys of a pick.
pub const PICK_KEYS: &[Key] = &[
    released("id"),
    released("run"),
    released("slot"),
    released("url"),
    released("title"),
    Key::fact("original_title", Audience::Released),
    Key::fact("source", Audience::Released),
    Key::fact("author", Audience::Released),
    Key::fact("format", Audience::Released),
    released("minutes"),
    Key::fact("topics", Audience::Released),
    Key::fact("stance", Audience::Released),
    released("theme"),
    released("expires"),
    Key::fact("archived", Audience::Released),
    released("excerpt"),
    Key::new("picked_by", Audience::Team),
    Key::new("picked_on", Audience::Team),
    Key::new("note", Audience::Team),
];

/// The sections of a pick, by heading.
pub const PICK_SECTIONS: &[(&str, Section)] = &[
    ("Why this", Section::WhyThis),
    ("Do", Section::Do),
    ("Share", Section::Share),
    ("If you have ten minutes", Section::TenMinutes),
    ("Example", Section::Example),
    ("For the guide", Section::ForTheGuide),
];

const FORMATS: &[&str] = &[
    "read", "watch", "listen", "tool", "do", "person", "data", "internal",
];

/// The most words of theirs that a pick may quote: enough to judge by, too few to replace the piece.
const EXCERPT_WORDS: usize = 55;

/// Reads one pick. Where the site keeps a list of sources, `source` is the id of one, and its title is shown.
pub fn read(
    document: &Document,
    sources: Option<&Sources>,
    broken: &Broken,
    diags: &mut Diagnostics,
) -> Option<Pick> {
    let file = &document.source;
    let fields = Fields::of(file, &document.front, &[PICK_KEYS], diags);
    for key in ["id", "run", "slot", "url", "title"] {
        let _ = fields.need(key, "missing-key", diags);
    }
    let words = |list: &[&'static str]| -> Vec<(&'static str, ())> {
        list.iter().map(|word| (*word, ())).collect()
    };
    fields.choice("format", &words(FORMATS), diags);
    fields.choice("stance", &words(Source::STANCES), diags);
    fields.date("picked_on", diags);
    let url = fields.text("url", &mut Diagnostics::new());
    if let Some(url) = &url
        && !good_address(url)
    {
        diags.push(
            Diagnostic::error("bad-address", format!("`{url}` is not a web address"))
                .at(fields.place("url"))
                .help("write the whole address, beginning with https:// or http://"),
        );
    }
    if let Some(copy) = fields.text("archived", diags)
        && !good_address(&copy)
    {
        diags.push(
            Diagnostic::error("bad-address", format!("`{copy}` is not a web address"))
                .at(fields.place("archived"))
                .help("write the whole address of the copy, beginning with https:// or http://"),
        );
    }
    let excerpt = fields.text("excerpt", diags);
    if let Some(excerpt) = &excerpt
        && excerpt.split_whitespace().count() > EXCERPT_WORDS
    {
        diags.push(
            Diagnostic::error(
                "excerpt-too-long",
                format!(
                    "the excerpt has {} words, the limit is {EXCERPT_WORDS}",
                    excerpt.split_whitespace().count()
                ),
            )
            .at(fields.place("excerpt"))
            .why("a short quotation leads to the piece, a long one replaces it")
            .help("keep the sentence that made you choose it"),
        );
    }
    let mut facts = facts(&fields);
    let source = sources.and_then(|sources| source::of_pick(sources, broken, &fields, diags));
    if let Some(fact) = facts.iter_mut().find(|fact| fact.key == "source")
        && let Some(source) = source
    {
        fact.value = Node::text(&*source.title, fact.value.at.clone());
    }
    let parts = sections(file, document.body.clone(), 2, PICK_SECTIONS, diags);
    let mut need = |section: Section, code: &'static str, why: &str, help: &str| {
        if !parts.iter().any(|part| part.section == section) {
            diags.push(
                Diagnostic::error(code, format!("this pick has no section `{help}`"))
                    .at(fields.here())
                    .why(why)
                    .help(format!(
                        "add `## {help}` with one to three sentences of your own"
                    )),
            );
        }
    };
    need(
        Section::WhyThis,
        "pick-without-commentary",
        "a link without a judgement is what everybody already has too many of",
        "Why this",
    );
    need(
        Section::Do,
        "item-without-do",
        "a learning flow is made of activities: read something and do something",
        "Do",
    );
    need(
        Section::Share,
        "no-share",
        "people learn from each other's answers",
        "Share",
    );
    Some(Pick {
        id: fields.parse("id", diags)?,
        run: fields.parse("run", diags)?,
        slot: fields.date("slot", diags)?,
        slot_at: fields.range("slot")?,
        url: url?,
        title: fields.text("title", diags)?,
        minutes: fields.number("minutes", 1..=480, diags),
        theme: fields.text("theme", diags),
        expires: fields.date("expires", diags),
        facts,
        excerpt,
        source: source.map(|source| source.id.clone()),
        parts: parts.into(),
        origin: file.clone(),
    })
}
