//! Where the documents and images of the library are in a tree. What is not visible has no address.

use super::{Published, SeenRun, TeamView, View};
use crate::markdown;
use crate::model::{Library, Markdown, Occurrence, Plan, Site, Whose};
use crate::plan::{base_path, role_path};
use std::collections::{BTreeMap, BTreeSet};

/// What a link to a document of the library becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// Its page below the root.
    Page(String),
    /// Its page in the public tree, as seen from the team's: the whole address.
    Web(String),
    /// It has no page in this tree at this moment.
    Nowhere,
}

/// Where documents and images are.
#[derive(Debug, Default)]
pub struct Addresses {
    /// A document's file to its page.
    pub documents: BTreeMap<String, To>,
    /// An image's file to its path below the root: only those that a visible text uses.
    pub images: BTreeMap<String, String>,
    /// Every image of the library, visible or not.
    pub known_images: BTreeSet<String>,
}

/// The file that a relative address in a document means.
pub fn resolve(document: &str, href: &str) -> Option<String> {
    let path = href.split(['#', '?']).next().unwrap_or("");
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The public tree: what is released.
pub(super) fn public(library: &Library, plan: &Plan, view: &View) -> Addresses {
    let documents = library.documents.values();
    let in_files: BTreeSet<&str> = documents
        .filter_map(|whose| match whose {
            Whose::Activity(_, id) | Whose::Session(_, _, id) | Whose::Pick(_, id) => Some(&**id),
            _ => None,
        })
        .collect();
    let mut newest: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for (run, planned) in view
        .runs
        .iter()
        .zip(plan.runs.iter().filter(|run| !run.run.draft))
    {
        let in_file = |o: &&Occurrence| o.is_released() && in_files.contains(&*o.drawn);
        for o in planned.occurrences.iter().filter(in_file) {
            let programme: &str = &planned.programme.id;
            newest.insert((programme, &o.drawn), o.path());
            newest.insert((run.id, &o.drawn), o.path());
        }
    }
    let page = |scope: &str, id: &str| match newest.get(&(scope, id)) {
        Some(path) => To::Page((*path).to_owned()),
        None => To::Nowhere,
    };
    let documents = library.documents.iter().map(|(file, whose)| {
        let to = match whose {
            Whose::Programme(id) => {
                let slug = library.programmes.get(id).map(|p| p.slug.as_str());
                let path = slug.map(super::programme_path);
                let seen = path.filter(|path| view.programmes.iter().any(|p| p.path == *path));
                seen.map_or(To::Nowhere, To::Page)
            }
            Whose::Activity(programme, activity) => page(programme, activity),
            Whose::Bank(_) | Whose::Person => To::Nowhere,
            Whose::Role(id) => To::Page(role_path(id)),
            Whose::Run(site, run) if *site == view.site.id => {
                let seen = view.runs.iter().find(|seen| seen.id == run);
                seen.map_or(To::Nowhere, |seen| To::Page(seen.path.clone()))
            }
            Whose::Session(site, run, session) if *site == view.site.id => page(run, session),
            Whose::Pick(site, pick) if *site == view.site.id => {
                let flows = view.runs.iter().map(|run| page(run.id, pick));
                flows
                    .into_iter()
                    .find(|to| *to != To::Nowhere)
                    .unwrap_or(To::Nowhere)
            }
            Whose::Run(..) | Whose::Session(..) | Whose::Pick(..) => To::Nowhere,
        };
        (file.clone(), to)
    });
    let documents = documents.collect();
    let of_roles = view.roles.iter().map(|seen| &seen.role.body);
    let of_runs = view.runs.iter().flat_map(|run| {
        let parts = run.items.iter().flat_map(|item| &item.words.parts);
        [run.about, run.body]
            .into_iter()
            .chain(parts.map(|part| &part.text))
    });
    let texts = view.site.welcome.iter().chain(of_roles).chain(of_runs);
    Addresses {
        documents,
        images: images(library, texts),
        known_images: library.images.keys().cloned().collect(),
    }
}

/// The team tree: everything has a page.
pub(super) fn team(library: &Library, view: &TeamView) -> Addresses {
    let documents = library.documents.iter().map(|(file, whose)| {
        let run_path = |site: &str, run: &str| {
            let ours = *site == *view.site.id;
            if ours {
                To::Page(format!("{run}/"))
            } else {
                To::Nowhere
            }
        };
        let to = match whose {
            Whose::Programme(id) => To::Page(format!("programmes/{id}/")),
            Whose::Activity(id, activity) => To::Page(format!("programmes/{id}/#{activity}")),
            Whose::Bank(_) | Whose::Person => To::Nowhere,
            Whose::Role(id) => To::Web(format!("{}{}", view.site.base_url, role_path(id))),
            Whose::Run(site, run) | Whose::Session(site, run, _) => run_path(site, run),
            Whose::Pick(site, pick) => {
                let of = |run: &&super::TeamRun| run.rows.iter().any(|row| *row.key() == **pick);
                let run = view.runs.iter().find(of).map(|run| run.run.id.as_str());
                run.map_or(To::Nowhere, |run| run_path(site, run))
            }
        };
        (file.clone(), to)
    });
    let documents = documents.collect();
    let of_runs = view.runs.iter().flat_map(|run| {
        let rows = run.rows.iter().flat_map(|row| row.words.sections());
        let ideas = run.ideas.iter().flat_map(|idea| idea.parts);
        let parts = rows.chain(ideas).flatten();
        [&run.run.body]
            .into_iter()
            .chain(parts.map(|part| &part.text))
    });
    let of_programmes = view.programmes.iter().flat_map(|seen| {
        let parts = seen.activities.iter().flat_map(|a| a.parts).flatten();
        [&seen.programme.body]
            .into_iter()
            .chain(parts.map(|part| &part.text))
    });
    let texts = of_runs.chain(of_programmes);
    Addresses {
        documents,
        images: images(library, texts),
        known_images: library.images.keys().cloned().collect(),
    }
}

/// The images that texts use, under names that change with the picture.
fn images<'a>(
    library: &Library,
    texts: impl Iterator<Item = &'a Markdown>,
) -> BTreeMap<String, String> {
    let mut used = BTreeMap::new();
    for text in texts.filter(|text| text.as_str().contains("![")) {
        for (_, address, is_image) in markdown::links(text.as_str()) {
            let file = resolve(&text.source.file, &address).filter(|_| is_image);
            if let Some(file) = file
                && let Some(bytes) = library.images.get(&file)
            {
                let name = file.rsplit('/').next().unwrap_or(&file);
                let hash = xxhash_rust::xxh3::xxh3_64(bytes);
                let path = format!("assets/{hash:016x}-{}", name.to_lowercase());
                used.insert(file, path);
            }
        }
    }
    used
}

/// Folders in which no former address can be, because every page in them is the site's own.
const OURS: &[&str] = &["archive/", "calendar/", "embed/", "roles/", "search/"];

/// Where items stood when they were published, if that was elsewhere, and where they stand.
pub(super) fn former(site: &Site, plan: &Plan) -> BTreeMap<String, String> {
    let planned = plan.runs.iter().filter(|run| !run.run.draft);
    let released = |id: &str| {
        let (run, key) = id.split_once('/')?;
        let run = planned.clone().find(|planned| *planned.run.id == *run)?;
        run.occurrence(key).filter(|o| o.is_released())
    };
    let mut former = BTreeMap::new();
    for (id, entry) in &plan.ledger.entries {
        // Almost all stand where they always stood.
        let moved = old_path(site, &entry.link)
            .filter(|path| path.strip_suffix('/').is_none_or(|path| path != id));
        if let Some(path) = moved
            && let Some(o) = released(id)
        {
            former.insert(path, o.path().to_owned());
        }
    }
    former
}

/// Former addresses of what is visible: of items, and `aliases` of programmes.
pub(super) fn redirects(
    plan: &Plan,
    published: &Published,
    runs: &[SeenRun],
) -> Vec<(String, String)> {
    let mut redirects = published.former.clone();
    for run in plan.runs.iter().filter(|run| !run.run.draft) {
        for alias in &run.programme.aliases {
            let path = format!("{}/", alias.trim_matches('/'));
            redirects.insert(path, super::programme_path(&run.programme.slug));
        }
    }
    redirects.retain(|path, _| {
        let ours = OURS.iter().any(|page| path.starts_with(page));
        !ours && !runs.iter().any(|run| run.path == *path)
    });
    redirects.into_iter().collect()
}

/// The path of a link below the site's root: on this host, or under the same path on a former one.
fn old_path(site: &Site, link: &str) -> Option<String> {
    let below = link.strip_prefix(&site.base_url).or_else(|| {
        let path = base_path(link);
        path.strip_prefix(base_path(&site.base_url))
    })?;
    let clean = !below.is_empty() && below.ends_with('/') && !below.contains("..");
    clean.then(|| below.to_owned())
}
