//! Room 1: files to a library. Every file is read, every problem told; a broken document is left
//! out and the others go on.

mod add;
mod bank;
mod builtin;
mod content;
mod frames;
pub mod ics;
pub mod introduced;
mod links;
mod person;
mod pick;
mod programme;
mod ranking;
mod records;
mod resolve;
mod role;
mod run;
mod sections;
pub mod seen;
mod site;
mod source;
mod strings;
mod topics;
mod translate;

use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::document::{self, Document};
use crate::document::{Bytes, Source};
use crate::model::{Card, Folder, Id, Library, Run, Whose};
use content::{Found, sort_content};
use rayon::prelude::*;
use sections::Headings;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use strings::Shelf;

pub use bank::{BANK_KEYS, PROMPT_KEYS};
pub use person::CARD_KEYS;
pub use pick::{PICK_KEYS, PICK_SECTIONS};
pub use role::ROLE_KEYS;
pub use run::{RUN_KEYS, SESSION_KEYS, SESSION_SECTIONS};
pub use site::{CALENDAR_KEYS, SITE_KEYS};
pub use source::SOURCE_KEYS;

/// Reads every document of a folder. What is broken is missing from the library and stands in the
/// problems.
pub fn load(folder: &Folder) -> (Library, Diagnostics) {
    let mut diags = Diagnostics::new();
    let mut library = Library::default();
    let mut broken = Broken::default();
    let documents = read_all(folder, &mut diags);

    let built_in = built_in();
    let shared = layouts(folder, "layouts/", &mut diags);
    let languages = strings::read(&[&built_in, &shared], &mut Diagnostics::new());
    let headings = Headings::new(&languages);
    let content = sort_content(&documents, &mut broken, &mut diags);
    let programmes: Vec<_> = content
        .programmes
        .par_iter()
        .map(|found| {
            let mut diags = Diagnostics::new();
            (programme::read(found, &headings, &mut diags), diags)
        })
        .collect();
    for (found, ((programme, translated), problems)) in content.programmes.iter().zip(programmes) {
        diags.append(problems);
        match programme {
            Some(programme) if !found.incomplete => {
                let all = library.programmes_in.entry(programme.id.clone());
                all.or_default().extend(translated);
                add::programme(&mut library, found, programme, &mut diags)
            }
            _ => broken.note("programme", found.index),
        }
    }
    for document in &content.banks {
        match bank::read(document, &headings, &mut diags) {
            Some(bank) => {
                for (tag, document) in content.translations_of(&document.source.file) {
                    let own = bank::translate(&bank, tag, document, &headings, &mut diags);
                    let all = library.banks_in.entry(bank.id.clone()).or_default();
                    all.insert(tag.to_owned(), own);
                }
                add::bank(&mut library, bank, &mut diags)
            }
            None => broken.note("bank", document),
        }
    }
    for document in &content.roles {
        if let Some(role) = role::read(document, &mut diags) {
            for (tag, document) in content.translations_of(&document.source.file) {
                let own = role::translate(&role, tag, document, &mut diags);
                let all = library.roles_in.entry(role.id.clone()).or_default();
                all.insert(tag.to_owned(), own);
            }
            add::role(&mut library, role, &mut diags);
        }
    }
    library.layouts.clone_from(&built_in);
    library.layouts.extend(shared.clone());
    let images = folder.files.iter().filter(|(path, _)| is_image(path));
    library.images = images
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect();
    for name in site_folders(folder) {
        load_site(
            folder,
            &documents,
            &name,
            &[&built_in, &shared],
            &mut library,
            &mut broken,
            &mut diags,
        );
    }
    unread(folder, &mut diags);
    resolve::resolve(&library, &broken, &mut diags);
    (library, diags)
}

/// Ids of documents that could not be read, so that what refers to them stays silent.
#[derive(Debug, Default)]
struct Broken {
    ids: BTreeSet<(&'static str, String)>,
    /// A document without a readable id: any reference may be to it.
    nameless: BTreeSet<&'static str>,
}

impl Broken {
    fn note(&mut self, sort: &'static str, document: &Document) {
        match document.get("id").filter(|id| id.parse::<Id>().is_ok()) {
            Some(id) => {
                self.ids.insert((sort, id.to_owned()));
            }
            None => {
                self.nameless.insert(sort);
            }
        }
    }

    fn may_be(&self, sort: &'static str, id: &str) -> bool {
        self.nameless.contains(sort) || self.ids.contains(&(sort, id.to_owned()))
    }
}

/// Every Markdown document below `content/` and `sites/` by its path; `None` where it is broken.
type Documents = BTreeMap<String, Option<Document>>;

fn read_all(folder: &Folder, diags: &mut Diagnostics) -> Documents {
    let files: Vec<(&String, &Bytes)> = folder
        .files
        .iter()
        .filter(|(path, _)| {
            path.ends_with(".md")
                && (path.starts_with("content/") || path.starts_with("sites/"))
                && !path.contains("/static/")
                && !is_welcome(path)
        })
        .collect();
    let read: Vec<(Option<Document>, Diagnostics)> = files
        .par_iter()
        .map(|(path, bytes)| {
            let mut diags = Diagnostics::new();
            let document = document::text(path, bytes, &mut diags)
                .and_then(|source| Document::read(source, &mut diags));
            (document, diags)
        })
        .collect();
    files
        .into_iter()
        .zip(read)
        .map(|((path, _), (document, problems))| {
            diags.append(problems);
            (path.clone(), document)
        })
        .collect()
}

/// The layouts inside the binary.
fn built_in() -> Shelf {
    let source = |(name, text): &(&str, &str)| {
        let source = Source {
            file: format!("layouts/{name}").into(),
            text: (*text).into(),
        };
        ((*name).to_owned(), Arc::new(source))
    };
    builtin::LAYOUTS.iter().map(source).collect()
}

/// The layouts below a folder of the repository.
fn layouts(folder: &Folder, prefix: &str, diags: &mut Diagnostics) -> Shelf {
    let mut layouts = Shelf::new();
    for (path, bytes) in folder.files.range(prefix.to_owned()..) {
        let Some(name) = path.strip_prefix(prefix) else {
            break;
        };
        if let Some(source) = document::text(path, bytes, diags) {
            layouts.insert(name.to_owned(), source);
        }
    }
    layouts
}

/// Whether this is the home page's own text, which has no front matter.
fn is_welcome(path: &str) -> bool {
    let below = path.strip_prefix("sites/");
    let inside = below.and_then(|below| below.split_once('/'));
    inside.is_some_and(|(_, file)| file == "index.md")
}

fn orphan_session(document: &Document) -> Diagnostic {
    Diagnostic::error(
        "orphan-file",
        "this session belongs to no season: no `index.md` stands above its folder",
    )
    .at(document.source.place(0..3))
    .help("put the season's run into `runs/<run>/index.md` and its sessions into `runs/<run>/sessions/`")
}

/// The names of the folders below `sites/`.
fn site_folders(folder: &Folder) -> BTreeSet<String> {
    folder
        .files
        .keys()
        .filter_map(|path| path.strip_prefix("sites/")?.split_once('/'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

fn load_site(
    folder: &Folder,
    documents: &Documents,
    name: &str,
    shelves: &[&Shelf],
    library: &mut Library,
    broken: &mut Broken,
    diags: &mut Diagnostics,
) {
    let root = format!("sites/{name}/");
    let Some(site) = site::read(folder, &root, shelves, diags) else {
        return;
    };
    if let Some(first) = library.sites.get(&site.id) {
        diags.push(
            Diagnostic::error(
                "duplicate-id",
                format!("a second site has the id `{}`", site.id),
            )
            .at(site.origin.place(0..1))
            .help(format!("the first is {}", first.origin.file)),
        );
        return;
    }
    let below = |folder: &str| {
        let prefix = format!("{root}{folder}/");
        documents
            .iter()
            .filter(move |(path, _)| path.starts_with(&prefix))
    };
    let mut runs: Vec<Run> = Vec::new();
    for (path, document) in below("runs") {
        let Some(document) = document else {
            broken.nameless.insert("run");
            continue;
        };
        if let Some((season, _)) = path.split_once("/sessions/") {
            if !documents.contains_key(&format!("{season}/index.md")) {
                diags.push(orphan_session(document));
            }
            continue;
        }
        let sessions = path.strip_suffix("index.md").map(|folder| {
            let prefix = format!("{folder}sessions/");
            documents
                .range(prefix.clone()..)
                .take_while(move |(path, _)| path.starts_with(&prefix))
                .filter_map(|(_, document)| document.as_ref())
                .collect::<Vec<_>>()
        });
        let Some(run) = run::read(document, sessions.as_deref().unwrap_or(&[]), &site, diags)
        else {
            broken.note("run", document);
            continue;
        };
        if let Some(first) = runs.iter().find(|first| first.id == run.id) {
            diags.push(add::duplicate("run", &run.id, &first.origin.file, document));
            continue;
        }
        library
            .documents
            .insert(path.clone(), Whose::Run(site.id.clone(), run.id.clone()));
        for session in &run.sessions {
            library.documents.insert(
                session.origin.file.to_string(),
                Whose::Session(site.id.clone(), run.id.clone(), session.id.clone()),
            );
        }
        runs.push(run);
    }
    let sources = source::read(folder, &root, broken, diags);
    let seen = seen::read(folder, &root, diags);
    let mut picks = Vec::new();
    for (path, document) in below("curation/picks") {
        let Some(document) = document else { continue };
        let Some(pick) = pick::read(document, sources.as_ref(), broken, diags) else {
            continue;
        };
        library
            .documents
            .insert(path.clone(), Whose::Pick(site.id.clone(), pick.id.clone()));
        picks.push(pick);
    }
    let cards: Vec<_> = below("people").collect();
    let people = people(&cards, library, broken, diags);
    library.people.insert(site.id.clone(), people);
    let introduced = introduced::read(folder, &root, diags);
    library.introduced.insert(site.id.clone(), introduced);
    runs.sort_by(|a, b| a.id.cmp(&b.id));
    picks.sort_by(|a, b| (a.slot, &a.id).cmp(&(b.slot, &b.id)));
    library.runs.insert(site.id.clone(), runs);
    library.picks.insert(site.id.clone(), picks);
    library.seen.insert(site.id.clone(), seen);
    if let Some(sources) = sources {
        library.sources.insert(site.id.clone(), sources);
    }
    library.sites.insert(site.id.clone(), site);
}

/// The cards of a site by their handles.
fn people(
    documents: &[(&String, &Option<Document>)],
    library: &mut Library,
    broken: &mut Broken,
    diags: &mut Diagnostics,
) -> BTreeMap<Id, Card> {
    let mut people: BTreeMap<Id, Card> = BTreeMap::new();
    for (path, document) in documents {
        let Some(document) = document else {
            broken.nameless.insert("person");
            continue;
        };
        library.documents.insert((*path).clone(), Whose::Person);
        let Some(card) = person::read(document, diags) else {
            broken.nameless.insert("person");
            continue;
        };
        if let Some(first) = people.get(&card.handle) {
            diags.push(
                Diagnostic::error(
                    "duplicate-id",
                    format!("a second card has the handle `{}`", card.handle),
                )
                .at(card.origin.place(0..3))
                .help(format!(
                    "keep one of them; the first is {}",
                    first.origin.file
                )),
            );
            continue;
        }
        people.insert(card.handle.clone(), card);
    }
    people
}

/// What a site's folder may hold.
const IN_A_SITE: &[&str] = &[
    "site.yaml",
    "index.md",
    "runs",
    "calendars",
    "curation",
    "people",
    "layouts",
    "static",
];

/// Tells files that lie where nobody reads them: a slip in a folder's name must not make a run vanish.
fn unread(folder: &Folder, diags: &mut Diagnostics) {
    for path in folder.files.keys() {
        let help = if path.starts_with("content/") {
            if path.ends_with(".md") || is_image(path) {
                continue;
            }
            "below `content/` stand Markdown files and the pictures they use".to_owned()
        } else if let Some((_, rest)) = path.strip_prefix("sites/").and_then(|p| p.split_once('/'))
        {
            let top = rest.split('/').next().unwrap_or("");
            let documents = ["runs", "curation", "people"].contains(&top);
            let kept = ["curation/seen/", "curation/links/"];
            let seen = kept.iter().any(|kept| rest.starts_with(kept)) && rest.ends_with(".tsv");
            if rest == introduced::FILE || rest == "curation/sources.yaml" || seen {
                continue;
            }
            let picks = !rest.starts_with("curation/") || rest.starts_with("curation/picks/");
            if IN_A_SITE.contains(&top)
                && picks
                && (!documents || path.ends_with(".md") || is_image(path))
            {
                continue;
            }
            match crate::diag::did_you_mean(top, IN_A_SITE.iter().copied().filter(|w| *w != top)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("a site's folder holds: {}", IN_A_SITE.join(", ")),
            }
        } else {
            continue;
        };
        diags.push(
            Diagnostic::warning("unread-file", format!("nobody reads {path}"))
                .at(whole_file(path))
                .help(help),
        );
    }
}

/// The folder of a path, without the slash.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn is_image(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or("");
    (path.starts_with("content/") || path.starts_with("sites/"))
        && !path.contains("/static/")
        && matches!(
            ending,
            "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg"
        )
}

/// A problem with a file as a whole.
fn whole_file(file: &str) -> Place {
    Place {
        file: file.into(),
        line: 1,
        column: 1,
        width: 1,
        text: String::new(),
    }
}
