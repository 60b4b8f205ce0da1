//! What lies below `content/`: programmes, prompt banks, and what belongs to each.

use super::{Broken, Documents, parent, translate, whole_file};
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::Document;
use std::collections::{BTreeMap, BTreeSet};

/// A programme's own document and, in the folder form, those of its activities.
pub(super) struct Found<'a> {
    pub index: &'a Document,
    pub activities: Vec<&'a Document>,
    /// Translations of these files: the original's path, the language, the document.
    pub translations: Vec<(String, &'a str, &'a Document)>,
    /// A file beside `index.md` could not be read: what is said about the whole would be wrong.
    pub incomplete: bool,
}

#[derive(Default)]
pub(super) struct Content<'a> {
    pub programmes: Vec<Found<'a>>,
    pub banks: Vec<&'a Document>,
    pub roles: Vec<&'a Document>,
    /// Translations by their original's path, each with its language.
    translations: BTreeMap<String, Vec<(&'a str, &'a Document)>>,
}

impl<'a> Content<'a> {
    /// The translations of a file, each with its language.
    pub fn translations_of(&self, file: &str) -> impl Iterator<Item = (&'a str, &'a Document)> {
        self.translations.get(file).into_iter().flatten().copied()
    }
}

/// Tells programmes, prompt banks, role guides and activities apart (by `kind`, and by their neighbours).
pub(super) fn sort_content<'a>(
    documents: &'a Documents,
    broken: &mut Broken,
    diags: &mut Diagnostics,
) -> Content<'a> {
    let mut content = Content::default();
    let in_content = || {
        documents
            .iter()
            .filter(|(path, _)| path.starts_with("content/") && translate::named(path).is_none())
    };
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unreadable: BTreeSet<&str> = BTreeSet::new();
    for (path, document) in in_content() {
        let Some(document) = document else {
            unreadable.insert(parent(path));
            broken.nameless.insert("programme");
            broken.nameless.insert("bank");
            continue;
        };
        match document.get("kind") {
            Some("prompts") => content.banks.push(document),
            Some("role") => content.roles.push(document),
            Some(_) => {
                if path.ends_with("/index.md") {
                    folders.insert(parent(path), content.programmes.len());
                }
                content.programmes.push(Found {
                    index: document,
                    activities: Vec::new(),
                    translations: Vec::new(),
                    incomplete: false,
                });
            }
            None => {}
        }
    }
    for (folder, index) in &folders {
        content.programmes[*index].incomplete = unreadable.contains(folder);
    }
    for (path, document) in in_content() {
        let Some(document) = document else { continue };
        if document.has("kind") {
            continue;
        }
        match folders.get(parent(path)) {
            Some(index) => content.programmes[*index].activities.push(document),
            None if unreadable.contains(parent(path)) => {}
            None => diags.push(
                Diagnostic::error(
                    "orphan-file",
                    "this file has no `kind`, and no `index.md` with a `kind` lies beside it",
                )
                .at(document.source.place(document.front.at.clone()))
                .why("every file below `content/` is a programme, a prompt bank, a role guide, or an activity of the programme in its folder")
                .help("add `kind:`, or move the file into its programme's folder"),
            ),
        }
    }
    translations(documents, &mut content, diags);
    content
}

/// Puts every translation beside its original.
fn translations<'a>(documents: &'a Documents, content: &mut Content<'a>, diags: &mut Diagnostics) {
    for (path, document) in documents
        .iter()
        .filter(|(path, _)| path.starts_with("content/"))
    {
        let Some((original, tag)) = translate::named(path) else {
            continue;
        };
        if !documents.contains_key(&original) {
            diags.push(
                Diagnostic::error(
                    "orphan-translation",
                    format!("there is no {original} that this could translate"),
                )
                .at(whole_file(path))
                .help("a translation stands beside its original, under the same name"),
            );
        } else if let Some(document) = document {
            let all = content.translations.entry(original).or_default();
            all.push((tag, document));
        }
    }
    for found in &mut content.programmes {
        let files = found.activities.iter().chain([&found.index]);
        for file in files.map(|document| &*document.source.file) {
            let all = content.translations.get(file).into_iter().flatten();
            let own = all.map(|(tag, document)| (file.to_owned(), *tag, *document));
            found.translations.extend(own);
        }
    }
}
