//! Role guides: `kind: role`, a text for whoever looks after programmes of some kinds.

use super::programme::unknown_kind;
use super::translate;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::document::{Audience, Document, Fields, Key};
use crate::kinds::{kind, rules};
use crate::model::{Id, Kind, Markdown, Role};

/// The keys of a role guide.
pub const ROLE_KEYS: &[Key] = &[
    Key::new("kind", Audience::Run),
    Key::new("id", Audience::Run),
    Key::new("title", Audience::Run).prose(),
    Key::new("summary", Audience::Run).prose(),
    Key::new("ways", Audience::Run),
    Key::new("language", Audience::Run),
];

/// Reads one guide.
pub fn read(document: &Document, diags: &mut Diagnostics) -> Option<Role> {
    let source = &document.source;
    let before = diags.count(Severity::Error);
    let fields = Fields::of(source, &document.front, &[ROLE_KEYS], diags);
    let _ = fields.need("id", "missing-id", diags);
    let id: Option<Id> = fields.parse("id", diags);
    let title = fields.need("title", "missing-title", diags);
    let why = "it stands alone in lists and previews";
    let summary = fields.need_because("summary", "missing-summary", why, diags);
    rules::summary(&fields, summary.as_deref(), diags);
    let ways = ways(&fields, diags);
    let body = body(document);
    if body.is_blank() {
        diags.push(
            Diagnostic::error("empty-role", "this guide has no text")
                .at(fields.here())
                .help("write below the front matter what whoever has this role does, under `##` headings"),
        );
    }
    if diags.count(Severity::Error) > before {
        return None;
    }
    Some(Role {
        id: id?,
        title: title?,
        summary: summary?,
        ways,
        language: fields.text("language", diags),
        body,
        origin: source.clone(),
    })
}

/// A guide in another language, as far as it is translated.
pub fn translate(original: &Role, tag: &str, document: &Document, diags: &mut Diagnostics) -> Role {
    let words = Fields::of(&document.source, &document.front, &[ROLE_KEYS], diags);
    translate::only_words(&words, diags);
    let mut role = original.clone();
    role.language = Some(tag.to_owned());
    role.title = words.text("title", diags).unwrap_or(role.title);
    role.summary = words.text("summary", diags).unwrap_or(role.summary);
    let body = body(document);
    if !body.is_blank() {
        role.body = body;
    }
    role
}

fn body(document: &Document) -> Markdown {
    Markdown::slice(document.source.clone(), document.body.clone(), 1)
}

fn ways(fields: &Fields, diags: &mut Diagnostics) -> Vec<&'static Kind> {
    let mut ways: Vec<&'static Kind> = Vec::new();
    for (name, at) in fields.words("ways", diags) {
        match kind(&name) {
            Some(kind) if !ways.iter().any(|known| known.name == kind.name) => ways.push(kind),
            Some(_) => {}
            None => diags.push(unknown_kind(&name, fields.at(at), &[])),
        }
    }
    ways
}
