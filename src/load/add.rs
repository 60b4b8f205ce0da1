//! What was read goes into the library, each id once.

use super::Found;
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{self, Document, Source};
use crate::model::{Bank, Id, Library, Programme, Role, Whose};

/// Puts a programme and its activities into the library; a second one of its id is told.
pub fn programme(
    library: &mut Library,
    found: &Found,
    programme: Programme,
    diags: &mut Diagnostics,
) {
    library.documents.insert(
        programme.origin.file.to_string(),
        Whose::Programme(programme.id.clone()),
    );
    for (document, activity) in found.activities.iter().filter_map(|document| {
        let id = document.get("id")?;
        programme
            .activity(id)
            .map(|activity| (document, activity.id.clone()))
    }) {
        library.documents.insert(
            document.source.file.to_string(),
            Whose::Activity(programme.id.clone(), activity),
        );
    }
    for (original, _, document) in &found.translations {
        if let Some(whose) = library.documents.get(original).cloned() {
            library
                .documents
                .insert(document.source.file.to_string(), whose);
        }
    }
    if let Some(first) = library.programmes.get(&programme.id) {
        diags.push(duplicate(
            "programme",
            &programme.id,
            &first.origin.file,
            found.index,
        ));
        return;
    }
    library.programmes.insert(programme.id.clone(), programme);
}

/// Puts a prompt bank into the library.
pub fn bank(library: &mut Library, bank: Bank, diags: &mut Diagnostics) {
    library
        .documents
        .insert(bank.origin.file.to_string(), Whose::Bank(bank.id.clone()));
    if let Some(first) = library.banks.get(&bank.id) {
        diags.push(second("prompt bank", &bank.id, &bank.origin, &first.origin));
        return;
    }
    library.banks.insert(bank.id.clone(), bank);
}

/// Puts a role guide into the library.
pub fn role(library: &mut Library, role: Role, diags: &mut Diagnostics) {
    library
        .documents
        .insert(role.origin.file.to_string(), Whose::Role(role.id.clone()));
    if let Some(first) = library.roles.get(&role.id) {
        diags.push(second("role guide", &role.id, &role.origin, &first.origin));
        return;
    }
    library.roles.insert(role.id.clone(), role);
}

fn second(sort: &str, id: &Id, origin: &Source, first: &Source) -> Diagnostic {
    let help = format!("give one of them another id; the first is {}", first.file);
    Diagnostic::error("duplicate-id", format!("a second {sort} has the id `{id}`"))
        .at(origin.place(0..3))
        .help(help)
}

/// A second document of an id.
pub fn duplicate(sort: &str, id: &Id, first: &str, document: &Document) -> Diagnostic {
    let at = match &document.front.value {
        document::Value::Map(entries) => entries
            .iter()
            .find(|entry| entry.key == "id")
            .map(|entry| entry.node.at.clone()),
        _ => None,
    };
    Diagnostic::error("duplicate-id", format!("a second {sort} has the id `{id}`"))
        .at(document
            .source
            .place(at.unwrap_or(document.front.at.clone())))
        .why("ids stand in addresses and in what subscribers' readers remember")
        .help(format!("give one of them another id; the first is {first}"))
}
