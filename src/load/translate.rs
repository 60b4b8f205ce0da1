//! Translations: `<name>.<language>.md` beside `<name>.md`. A translation holds words alone; days,
//! minutes, order and everything else that is counted stay in the original, in one place. What it does
//! not say in its language stays as it was written.

use super::content::Found;
use super::programme::{Raw, Sheets, build, index, one_file, sheet};
use super::sections::Headings;
use crate::diag::{Diagnostic, Diagnostics, Place, Severity, did_you_mean};
use crate::document::{Audience, Document, Entry, Fields, Key, Node, Source, Value, keys};
use crate::kinds::{ACTIVITY_KEYS, COMMON_KEYS};
use crate::model::{Kind, Programme, Section, Tongue};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The original's path and the language, if a path is named like a translation: `a/b.pt-PT.md` →
/// `a/b.md` and `pt-PT`.
pub fn named(path: &str) -> Option<(String, &str)> {
    let stem = path.strip_suffix(".md")?;
    let (original, tag) = stem.rsplit_once('.')?;
    let (language, region) = tag.split_once('-').unwrap_or((tag, "XX"));
    let good = (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && (2..=8).contains(&region.len())
        && region.bytes().all(|b| b.is_ascii_alphanumeric());
    (good && !original.ends_with('/')).then(|| (format!("{original}.md"), tag))
}

/// A programme in every language in which something of it is translated.
pub(super) fn programmes(
    kind: &'static Kind,
    found: &Found,
    original: &Sheets,
    headings: &Headings,
    diags: &mut Diagnostics,
) -> Vec<(String, Programme)> {
    let mut languages: BTreeMap<&str, Vec<(&str, &Document)>> = BTreeMap::new();
    for (file, tag, document) in &found.translations {
        languages.entry(tag).or_default().push((file, document));
    }
    let mut programmes = Vec::new();
    for (tag, documents) in languages {
        let before = diags.count(Severity::Error);
        let sheets = overlaid(kind, original, tag, &documents, headings, diags);
        let mut told = Diagnostics::new();
        let programme = build(kind, &sheets, headings, &mut told);
        // What is wrong with the original was told when it was read.
        let ours = |place: &Place| documents.iter().any(|(_, d)| d.source.file == place.file);
        for problem in told.iter().filter(|p| p.place.as_ref().is_some_and(ours)) {
            diags.push(problem.clone());
        }
        if let Some(programme) = programme.filter(|_| diags.count(Severity::Error) == before) {
            programmes.push((tag.to_owned(), programme));
        }
    }
    programmes
}

/// The original's sheets with the words of a language in their places.
fn overlaid(
    kind: &Kind,
    original: &Sheets,
    tag: &str,
    documents: &[(&str, &Document)],
    headings: &Headings,
    diags: &mut Diagnostics,
) -> Sheets {
    let tongue = Tongue::In(tag.into());
    let tables: &[&'static [Key]] = &[COMMON_KEYS, kind.keys];
    let activity_tables: &[&'static [Key]] = &[ACTIVITY_KEYS, kind.activity_keys];
    let mut sheets = Sheets {
        source: original.source.clone(),
        front: original.front.clone(),
        body: original.body.clone(),
        raws: original.raws.clone(),
        tongue: Tongue::Original,
    };
    let elsewhere = |raw: &Raw| raw.source.file != original.source.file;
    let in_folder = original.raws.iter().any(elsewhere);
    let mut words: Vec<Raw> = Vec::new();
    for (file, document) in documents {
        if **file != *original.source.file {
            let Some(first) = sheets.raws.iter().find(|raw| *raw.source.file == **file) else {
                continue;
            };
            let mut raw = sheet(document);
            let id = text_of(&first.keys, "id");
            match text_of(&raw.keys, "id") {
                None => put_id(&mut raw.keys, id.unwrap_or_default()),
                same if same == id => {}
                Some(_) => {
                    diags.push(other_id(document, id.unwrap_or_default()));
                    continue;
                }
            }
            words.push(raw);
            continue;
        }
        let own = match in_folder {
            true => index(document, Vec::new()),
            false => one_file(document, headings.of(&tongue), diags),
        };
        let source = &document.source;
        let fields = Fields::of(source, &document.front, tables, diags);
        only_words(&fields, diags);
        let _ = fields.need("title", "missing-title", diags);
        let _ = fields.need("summary", "missing-summary", diags);
        let _ = fields.need("purpose", "missing-purpose", diags);
        sheets.front = overlay(&original.front, &document.front, source, tables, diags);
        if !own.body.is_blank() {
            sheets.body = own.body;
        }
        sheets.tongue = tongue.clone();
        words.extend(own.raws);
    }
    for raw in words {
        let id = text_of(&raw.keys, "id").unwrap_or_default();
        let fields = Fields::of(&raw.source, &raw.keys, activity_tables, diags);
        let place = fields.here();
        only_words(&fields, diags);
        let Some(first) = sheets.raws.iter_mut().find(|first| {
            first.tongue == Tongue::Original && text_of(&first.keys, "id") == Some(id)
        }) else {
            let ids = original.raws.iter().filter_map(|r| text_of(&r.keys, "id"));
            diags.push(no_original(id, ids, place));
            continue;
        };
        let overlaid = overlay(&first.keys, &raw.keys, &raw.source, activity_tables, diags);
        missing_sections(first, &raw, headings, &tongue, diags);
        *first = Raw {
            keys: at_home(overlaid, &raw.keys, &first.source),
            tongue: tongue.clone(),
            ..raw
        };
    }
    sheets
}

fn other_id(document: &Document, id: &str) -> Diagnostic {
    let tables: &[&'static [Key]] = &[COMMON_KEYS];
    let quiet = &mut Diagnostics::new();
    let fields = Fields::of(&document.source, &document.front, tables, quiet);
    Diagnostic::error("other-id", format!("the original's id is `{id}`"))
        .at(fields.place("id"))
        .help(format!("write `id: {id}`, or leave the line out"))
}

/// A translation without some of the original's sections: its readers would miss them.
fn missing_sections(
    original: &Raw,
    words: &Raw,
    headings: &Headings,
    tongue: &Tongue,
    diags: &mut Diagnostics,
) {
    let quiet = &mut Diagnostics::new();
    let has = |raw: &Raw, names: &[(String, Section)], diags: &mut Diagnostics| {
        let (text, level) = (raw.text.clone(), raw.level);
        let parts = super::sections::sections(&raw.source, text, level, names, diags);
        parts
            .iter()
            .map(|part| part.section)
            .collect::<BTreeSet<_>>()
    };
    let (there, here) = (
        has(original, headings.original(), quiet),
        has(words, headings.of(tongue), quiet),
    );
    for section in there.difference(&here) {
        if section.audience() == Audience::Team {
            continue;
        }
        let named = |heading: &&(String, Section)| heading.1 == *section;
        let name = headings.of(tongue).iter().find(named);
        let name = name.map_or("", |(name, _)| name.as_str());
        diags.push(
            Diagnostic::warning(
                "section-not-translated",
                format!("the translation has no section `{name}`, the original has"),
            )
            .at(words.source.place(words.at.start..words.at.start + 1))
            .why("whoever reads the translation does not see it")
            .help(format!("add a heading `{name}` with its text")),
        );
    }
}

/// A mapping that stands in the translation now: what is not in its words names the original's file.
fn at_home(mut overlaid: Node, words: &Node, original: &Arc<Source>) -> Node {
    overlaid.at = words.at.clone();
    if let Value::Map(entries) = &mut overlaid.value {
        for entry in entries.iter_mut().filter(|entry| entry.from.is_none()) {
            entry.from = Some(original.clone());
        }
    }
    overlaid
}

fn text_of<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    let Value::Map(entries) = &node.value else {
        return None;
    };
    let entry = entries.iter().find(|entry| entry.key == key)?;
    match &entry.node.value {
        Value::Text(text) => Some(text.trim()),
        _ => None,
    }
}

fn put_id(node: &mut Node, id: &str) {
    if let Value::Map(entries) = &mut node.value {
        entries.push(Entry {
            key: "id".to_owned(),
            key_at: node.at.clone(),
            node: Node::text(id, node.at.clone()),
            from: None,
        });
    }
}

/// Something translated that the original does not have.
pub fn no_original<'a>(id: &str, ids: impl Iterator<Item = &'a str>, place: Place) -> Diagnostic {
    let help = match did_you_mean(id, ids) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write it in the original first; a translation keeps its ids".to_owned(),
    };
    Diagnostic::error(
        "no-original",
        format!("the original has nothing with the id `{id}`"),
    )
    .at(place)
    .help(help)
}

/// Keys by which a translation says whose words it holds.
const NAMES: &[&str] = &["id", "kind", "order"];

/// Refuses every key that is not words: two places for one date would come apart.
pub fn only_words(fields: &Fields, diags: &mut Diagnostics) {
    for (key, node) in fields.rows() {
        let nested = key.of.iter().any(|table| !table.is_empty());
        if key.prose || nested || NAMES.contains(&key.name) {
            if nested && !key.prose {
                let inside: Vec<Fields> = match node.value {
                    Value::Map(_) => fields.map(key.name, diags).into_iter().collect(),
                    _ => fields.maps(key.name, diags),
                };
                inside.iter().for_each(|fields| only_words(fields, diags));
            }
            continue;
        }
        diags.push(
            Diagnostic::error(
                "not-words",
                format!("`{}` does not belong into a translation", key.name),
            )
            .at(fields.place(key.name))
            .why("what is counted and dated stands in the original alone, so that the two cannot come apart")
            .help("remove the line; a translation holds titles and texts"),
        );
    }
}

/// The original's mapping with the words of a translation in their places. Members of lists are
/// matched by their `id`, and by their order where they have none.
fn overlay(
    original: &Node,
    words: &Node,
    source: &Arc<Source>,
    tables: &[&'static [Key]],
    diags: &mut Diagnostics,
) -> Node {
    let value = match (&original.value, &words.value) {
        (Value::Map(entries), Value::Map(own)) => {
            Value::Map(entries_of(entries, own, source, tables, diags))
        }
        (Value::List(list), Value::List(own)) => {
            Value::List(members_of(list, own, source, tables, diags))
        }
        _ => return original.clone(),
    };
    Node {
        at: original.at.clone(),
        value,
    }
}

fn entries_of(
    original: &[Entry],
    words: &[Entry],
    source: &Arc<Source>,
    tables: &[&'static [Key]],
    diags: &mut Diagnostics,
) -> Vec<Entry> {
    let row = |name: &str| keys(tables).find(|key| key.name == name);
    for own in words {
        let generated = NAMES.contains(&own.key.as_str());
        if !generated
            && !original.iter().any(|entry| entry.key == own.key)
            && row(&own.key).is_some()
        {
            diags.push(
                Diagnostic::error(
                    "no-original",
                    format!("the original says nothing under `{}`", own.key),
                )
                .at(source.place(own.key_at.clone()))
                .help("remove it, or write it in the original first"),
            );
        }
    }
    let overlaid = original.iter().map(|entry| {
        let own = words.iter().find(|own| own.key == entry.key);
        match (own, row(&entry.key)) {
            (Some(own), Some(key)) if key.prose && own.node.value != Value::Empty => Entry {
                from: Some(source.clone()),
                ..own.clone()
            },
            (Some(own), Some(key)) => Entry {
                node: overlay(&entry.node, &own.node, source, &key.of, diags),
                ..entry.clone()
            },
            _ => entry.clone(),
        }
    });
    overlaid.collect()
}

fn members_of(
    original: &[Node],
    words: &[Node],
    source: &Arc<Source>,
    tables: &[&'static [Key]],
    diags: &mut Diagnostics,
) -> Vec<Node> {
    let mut list = original.to_vec();
    for (position, own) in words.iter().enumerate() {
        let id = text_of(own, "id");
        let at = match id {
            Some(id) => original
                .iter()
                .position(|node| text_of(node, "id") == Some(id)),
            None => Some(position).filter(|at| *at < list.len()),
        };
        match at {
            Some(at) => list[at] = overlay(&original[at], own, source, tables, diags),
            None => {
                let ids = original.iter().filter_map(|node| text_of(node, "id"));
                let name = id.map_or_else(|| format!("number {}", position + 1), str::to_owned);
                diags.push(no_original(&name, ids, source.place(own.at.clone())));
            }
        }
    }
    list
}
