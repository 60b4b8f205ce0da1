//! Programmes in both authored forms. A heading's attributes, its `yaml activity` block and the front
//! matter of an activity's own file become the same mapping, so that all that follows is one code.

use super::bank::missing_id;
use super::content::Found;
use super::sections::{Headings, facts, same_heading, sections};
use super::translate;
use crate::diag::{Diagnostic, Diagnostics, Place, Severity, did_you_mean};
use crate::document::{self, Document, Entry, Fields, Key, Node, Source, Value, outline};
use crate::kinds::{ACTIVITY_KEYS, COMMON_KEYS, KINDS, kind, rules};
use crate::model::{Activity, Id, Kind, Markdown, Programme, Resource, Section, Tongue, Words};
use std::ops::Range;
use std::sync::Arc;

/// A programme before its keys are read: its mapping, its body, and what stands for its activities.
pub(super) struct Sheets {
    pub source: Arc<Source>,
    pub front: Node,
    pub body: Markdown,
    pub raws: Vec<Raw>,
    pub tongue: Tongue,
}

/// An activity before its keys are read: a mapping, and where its sections stand.
#[derive(Clone)]
pub(super) struct Raw {
    pub source: Arc<Source>,
    pub keys: Node,
    pub text: Range<usize>,
    pub level: u8,
    pub at: Range<usize>,
    pub tongue: Tongue,
}

/// A programme as it was written, and in every language in which something of it is translated.
pub type Read = (Option<Programme>, Vec<(String, Programme)>);

/// Reads one programme with its translations.
pub fn read(found: &Found, headings: &Headings, diags: &mut Diagnostics) -> Read {
    let Some(kind) = kind_of(found.index, diags) else {
        return (None, Vec::new());
    };
    let before = diags.count(Severity::Error);
    let sheets = match found.activities.is_empty() {
        true => one_file(found.index, headings.original(), diags),
        false => folder(found, diags),
    };
    refuse_dates(&sheets.source, &sheets.front, diags);
    for raw in &sheets.raws {
        refuse_dates(&raw.source, &raw.keys, diags);
    }
    let programme = build(kind, &sheets, headings, diags);
    if programme.is_none() || diags.count(Severity::Error) > before {
        return (None, Vec::new());
    }
    let translated = translate::programmes(kind, found, &sheets, headings, diags);
    (programme, translated)
}

/// Makes a programme of its sheets.
pub(super) fn build(
    kind: &'static Kind,
    sheets: &Sheets,
    headings: &Headings,
    diags: &mut Diagnostics,
) -> Option<Programme> {
    let tables: &[&[Key]] = &[COMMON_KEYS, kind.keys];
    let fields = Fields::of(&sheets.source, &sheets.front, tables, diags);
    let _ = fields.need("id", "missing-id", diags);
    let id: Option<Id> = fields.parse("id", diags);
    let title = fields.need("title", "missing-title", diags);
    let why = "it stands alone in feeds, lists and previews";
    let summary = fields.need_because("summary", "missing-summary", why, diags);
    rules::summary(&fields, summary.as_deref(), diags);
    let why = "people give their time to something that says what will be better afterwards";
    let purpose = fields.need_because("purpose", "missing-purpose", why, diags);
    fields.parse::<crate::schedule::Offset>("discussion", diags);
    let slug: Option<Id> = fields.parse("slug", diags);

    let activity_tables: &[&[Key]] = &[ACTIVITY_KEYS, kind.activity_keys];
    let opened: Vec<Fields> = sheets
        .raws
        .iter()
        .map(|raw| Fields::of(&raw.source, &raw.keys, activity_tables, diags))
        .collect();
    let mut activities: Vec<Activity> = Vec::new();
    for (raw, fields) in sheets.raws.iter().zip(&opened) {
        let Some(activity) = activity(raw, fields, headings, diags) else {
            continue;
        };
        if activities.iter().any(|first| first.id == activity.id) {
            diags.push(
                Diagnostic::error(
                    "duplicate-id",
                    format!("a second activity has the id `{}`", activity.id),
                )
                .at(fields.place("id"))
                .help("give one of them another id"),
            );
            continue;
        }
        if let Some(aside) = kind.asides.iter().find(|page| page.name() == &*activity.id) {
            diags.push(
                Diagnostic::error(
                    "duplicate-id",
                    format!("a page of every run is called `{}` already", aside.name()),
                )
                .at(fields.place("id"))
                .help("give the activity another id"),
            );
            continue;
        }
        activities.push(activity);
    }
    let design = (kind.read)(&fields, &opened, diags);
    let id = id?;
    Some(Programme {
        slug: slug.as_deref().unwrap_or(&id).to_owned(),
        id,
        kind,
        title: title?,
        summary: summary?,
        purpose: purpose?,
        aliases: fields
            .words("aliases", diags)
            .into_iter()
            .map(|(word, _)| word)
            .collect(),
        language: fields.text("language", diags),
        tongue: sheets.tongue.clone(),
        body: sheets.body.clone(),
        activities,
        design: design?,
        discussion: fields.parse("discussion", diags),
        facts: facts(&fields),
        purpose_at: fields.range("purpose").unwrap_or(0..3),
        origin: sheets.source.clone(),
    })
}

fn kind_of(document: &Document, diags: &mut Diagnostics) -> Option<&'static Kind> {
    let fields = Fields::of(
        &document.source,
        &document.front,
        &[COMMON_KEYS],
        &mut Diagnostics::new(),
    );
    let name = fields.text("kind", diags)?;
    let found = kind(&name);
    if found.is_none() {
        diags.push(unknown_kind(
            &name,
            fields.place("kind"),
            &["prompts", "role"],
        ));
    }
    found
}

/// A word that is no kind of programme, nor one of the `others` that may stand there.
pub fn unknown_kind(name: &str, place: Place, others: &[&str]) -> Diagnostic {
    let kinds = KINDS.iter().map(|kind| kind.name);
    let names: Vec<&str> = kinds.chain(others.iter().copied()).collect();
    let help = match did_you_mean(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("kinds are: {}", names.join(", ")),
    };
    Diagnostic::error("unknown-kind", format!("there is no kind `{name}`"))
        .at(place)
        .help(help)
}

/// Each `##` heading of the file is an activity; what stands before the first is the body.
pub(super) fn one_file(
    document: &Document,
    headings: &[(String, Section)],
    diags: &mut Diagnostics,
) -> Sheets {
    let source = &document.source;
    let (intro, blocks) = outline(source, document.body.clone(), 2, diags);
    let mut raws = Vec::new();
    for (order, block) in blocks.into_iter().enumerate() {
        let heading = block.heading;
        let named = |name: &&(String, Section)| same_heading(&name.0, &heading.title);
        if let Some((name, _)) = headings.iter().find(named) {
            diags.push(
                Diagnostic::error(
                    "section-as-activity",
                    format!("`## {name}` would be an activity called {name}"),
                )
                .at(source.place(heading.at.clone()))
                .why(
                    "in a programme in one file, `##` begins an activity and `###` a section of it",
                )
                .help(format!("write `### {name}`")),
            );
            continue;
        }
        let Value::Map(mut entries) = heading.attributes.value else {
            continue;
        };
        if !entries.iter().any(|entry| entry.key == "id") {
            diags.push(missing_id(source.place(heading.at.clone()), &heading.title));
            continue;
        }
        let from_block = match block.keys.map(|node| node.value) {
            Some(Value::Map(entries)) => entries,
            _ => Vec::new(),
        };
        let heading_keys = [
            ("title", heading.title.clone()),
            ("order", (order + 1).to_string()),
        ];
        for (key, value) in heading_keys {
            entries.push(Entry {
                key: key.to_owned(),
                key_at: heading.at.clone(),
                node: Node::text(value, heading.at.clone()),
                from: None,
            });
        }
        for entry in from_block {
            if entries.iter().any(|first| first.key == entry.key) {
                diags.push(
                    Diagnostic::error(
                        "duplicate-key",
                        format!("`{}` stands in the heading and in the block", entry.key),
                    )
                    .at(source.place(entry.key_at.clone()))
                    .help("keep one of the two"),
                );
            } else {
                entries.push(entry);
            }
        }
        raws.push(Raw {
            source: source.clone(),
            keys: Node {
                at: heading.at.clone(),
                value: Value::Map(entries),
            },
            text: block.text,
            level: 3,
            at: heading.at,
            tongue: Tongue::Original,
        });
    }
    sheets(document, intro, 2, raws)
}

/// `level` is that of the headings below which no heading of the body can stand: in one file `##` begins an
/// activity.
fn sheets(document: &Document, body: Range<usize>, level: u8, raws: Vec<Raw>) -> Sheets {
    Sheets {
        source: document.source.clone(),
        front: document.front.clone(),
        body: Markdown::slice(document.source.clone(), body, level),
        raws,
        tongue: Tongue::Original,
    }
}

/// The page of a folder: its headings are its own, the activities stand in their files.
pub(super) fn index(document: &Document, raws: Vec<Raw>) -> Sheets {
    sheets(document, document.body.clone(), 1, raws)
}

/// One file an activity; `order` puts them in a row.
fn folder(found: &Found, diags: &mut Diagnostics) -> Sheets {
    let mut raws: Vec<(u32, Raw)> = Vec::new();
    for document in &found.activities {
        let fields = Fields::of(
            &document.source,
            &document.front,
            &[ACTIVITY_KEYS],
            &mut Diagnostics::new(),
        );
        if !fields.has("order") {
            diags.push(
                Diagnostic::error(
                    "missing-order",
                    "this activity does not say its place in the row",
                )
                .at(fields.here())
                .help("add `order: 1` (the file's name says nothing, so that it can change)"),
            );
        }
        let order = fields
            .number("order", 1..=9999, &mut Diagnostics::new())
            .unwrap_or(0);
        if let Some((_, first)) = raws.iter().find(|(other, _)| *other == order && order > 0) {
            diags.push(
                Diagnostic::error(
                    "order-duplicate",
                    format!("two activities have the order {order}"),
                )
                .at(fields.place("order"))
                .help(format!("the other is {}", first.source.file)),
            );
        }
        raws.push((order, sheet(document)));
    }
    raws.sort_by(|a, b| (a.0, &a.1.source.file).cmp(&(b.0, &b.1.source.file)));
    let raws = raws.into_iter().map(|(_, raw)| raw).collect();
    index(found.index, raws)
}

/// An activity in a file of its own.
pub(super) fn sheet(document: &Document) -> Raw {
    Raw {
        source: document.source.clone(),
        keys: document.front.clone(),
        text: document.body.clone(),
        level: 2,
        at: document.front.at.clone(),
        tongue: Tongue::Original,
    }
}

fn activity(
    raw: &Raw,
    fields: &Fields,
    headings: &Headings,
    diags: &mut Diagnostics,
) -> Option<Activity> {
    let _ = fields.need("id", "missing-id", diags);
    let title = fields.need("title", "missing-title", diags);
    fields.number("order", 1..=9999, diags);
    fields.flag("together", diags);
    let parts = sections(
        &raw.source,
        raw.text.clone(),
        raw.level,
        headings.of(&raw.tongue),
        diags,
    );
    let resources = fields
        .maps("resource", diags)
        .iter()
        .filter_map(|fields| resource(fields, diags))
        .collect();
    let id = fields.parse("id", diags)?;
    let words = Words {
        title: title?,
        minutes: fields.number("minutes", 1..=480, diags),
        parts: parts.into(),
        resources,
        facts: facts(fields).into(),
        tongue: raw.tongue.clone(),
        ..Words::default()
    };
    Some(Activity {
        id,
        spare: fields.flag("spare", diags).unwrap_or(false),
        words: words.into(),
        origin: raw.source.clone(),
        at: raw.at.clone(),
    })
}

fn resource(fields: &Fields, diags: &mut Diagnostics) -> Option<Resource> {
    let title = fields.need("title", "missing-title", diags);
    let url = fields.need("url", "missing-key", diags)?;
    if !crate::model::good_address(&url) {
        diags.push(
            Diagnostic::error("bad-address", format!("`{url}` is not a web address"))
                .at(fields.place("url"))
                .help("write the whole address, beginning with https:// or http://"),
        );
        return None;
    }
    let notes = ["kind", "source", "licence"]
        .into_iter()
        .filter_map(|key| fields.text(key, diags));
    Some(Resource {
        title: title?,
        url,
        note: notes.collect::<Vec<_>>().join(", "),
        minutes: fields.number("minutes", 1..=480, diags),
    })
}

/// Keys in which a day is history or free, not a plan; a deadline is refused for what it is.
const MAY_HOLD_DATES: &[&str] = &["x", "changed", "version", "credits", "deadline"];

/// A definition is used again and again: days and groups belong to its runs.
fn refuse_dates(source: &Source, node: &Node, diags: &mut Diagnostics) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                if !MAY_HOLD_DATES.contains(&entry.key.as_str()) {
                    refuse_dates(source, &entry.node, diags);
                }
            }
        }
        Value::List(list) => list
            .iter()
            .for_each(|node| refuse_dates(source, node, diags)),
        Value::Text(text) => {
            let dated = document::day_time(text).is_some();
            let group = text.starts_with("channel:") || text.starts_with("esn:");
            if dated || group {
                let what = if dated { "a day" } else { "a group" };
                diags.push(
                    Diagnostic::error("dated-definition", format!("{what} stands in a definition: `{text}`"))
                        .at(source.place(node.at.clone()))
                        .why("a definition is used again for the next group; its days and channels belong to the run")
                        .help("move it to the run's file below `sites/<site>/runs/`"),
                );
            }
        }
        Value::Empty => {}
    }
}
