//! The index of the search: what is visible, in files that `search.js` reads in the visitor's browser.
//!
//! `search/index.json` names the runs and the parts; each part holds a bounded number of entries. Items
//! fill the parts from the oldest on, so a release changes the last part alone, and are read from the
//! newest on. A rolling intake has each step once: the same text for each start date would be all that
//! anybody finds.

use crate::model::{Fact, Kind, Site};
use crate::visible::{Seen, SeenRun, View};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The folder of the index below the root.
const FOLDER: &str = "search/";

/// The shape of the files; a new shape has a new number.
const VERSION: u32 = 1;

/// How many entries a part holds.
pub const PART: usize = 1_500;

#[derive(Serialize)]
struct Index {
    version: u32,
    /// The parts in this folder, in the order in which they are read.
    parts: Vec<String>,
    runs: Vec<Run>,
}

#[derive(Serialize)]
struct Run {
    title: String,
    kind: String,
}

#[derive(Serialize)]
struct Entry<'a> {
    title: Cow<'a, str>,
    path: &'a str,
    /// Index of an item's run.
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<usize>,
    /// What any other page is: `Challenge`, `Channel`.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    summary: Cow<'a, str>,
}

/// The files of the index, one after the other: path below the root, and bytes.
pub fn write<'v>(view: &'v View) -> impl Iterator<Item = (String, Vec<u8>)> + 'v {
    let (pages, items) = (pages(view), items(view));
    let names = |name: &str, count: usize| -> Vec<String> {
        let parts = 1..=count.div_ceil(PART);
        parts.map(|n| format!("{name}-{n}.json")).collect()
    };
    let (of_pages, of_items) = (names("pages", pages.len()), names("items", items.len()));
    let index = Index {
        version: VERSION,
        parts: of_pages
            .iter()
            .chain(of_items.iter().rev())
            .cloned()
            .collect(),
        runs: view
            .runs
            .iter()
            .map(|run| Run {
                title: run.title.to_owned(),
                kind: word(view.site, run.kind),
            })
            .collect(),
    };
    let index = ("index.json".to_owned(), json(&index));
    let pages = of_pages.into_iter().enumerate().map(move |(n, name)| {
        let part = part(&pages, n).iter();
        (name, lines(part.map(json)))
    });
    let items = of_items.into_iter().enumerate().map(move |(n, name)| {
        let part = part(&items, n).iter();
        (
            name,
            lines(part.map(|(run, item)| json(&entry(view, *run, item)))),
        )
    });
    let files = pages.chain(items).chain([index]);
    files.map(|(name, bytes)| (format!("{FOLDER}{name}"), bytes))
}

fn part<T>(all: &[T], n: usize) -> &[T] {
    &all[n * PART..all.len().min((n + 1) * PART)]
}

/// A list with an entry a line, so that people can read what changed.
fn lines(entries: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let entries: Vec<Vec<u8>> = entries.collect();
    [b"[\n", entries.join(&b",\n"[..]).as_slice(), b"\n]\n"].concat()
}

fn json<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("text and numbers")
}

fn word(site: &Site, kind: &Kind) -> String {
    site.words.get(&format!("kind_{}", kind.name)).to_owned()
}

/// What is out, oldest first, each with the index of its run.
fn items<'v>(view: &'v View) -> Vec<(usize, &'v Seen)> {
    let runs = view.runs.iter().enumerate();
    let mut items: Vec<(usize, &Seen)> = runs
        .flat_map(|(index, run)| findable(run).into_iter().map(move |item| (index, item)))
        .collect();
    items.sort_by_key(|(_, item)| (item.due, item.path()));
    items
}

fn entry<'v>(view: &'v View, run: usize, item: &'v Seen) -> Entry<'v> {
    let day = || view.site.words.day(view.runs[run].day(item.due));
    Entry {
        title: match item.intake {
            Some(_) => item.words.title.as_str().into(),
            None => item.title().into(),
        },
        path: item.path(),
        run: Some(run),
        kind: None,
        date: item.intake.is_none().then(day),
        tags: tags(&item.words.facts),
        summary: item.summary(),
    }
}

/// The items of a run; of a rolling intake each step once, the newest.
fn findable<'a>(run: &'a SeenRun) -> Vec<&'a Seen> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let items = run.items.iter().rev();
    let fresh = items.filter(|item| match (item.intake, item.key().split_once('/')) {
        (Some(_), Some((_, step))) => known.insert(step),
        _ => true,
    });
    fresh.collect()
}

/// The pages that are no items.
fn pages<'a>(view: &'a View) -> Vec<Entry<'a>> {
    let words = &view.site.words;
    let page = |title, path, kind, facts, summary: &'a str| Entry {
        title: Cow::Borrowed(title),
        path,
        run: None,
        kind: Some(kind),
        date: None,
        tags: tags(facts),
        summary: summary.into(),
    };
    let runs = view.runs.iter().map(|run| {
        let kind = word(view.site, run.kind);
        page(
            run.title,
            run.path.as_str(),
            kind,
            &run.facts[..],
            run.summary,
        )
    });
    let programmes = view.programmes.iter().map(|seen| {
        let kind = words.get("programme").to_owned();
        page(
            seen.title,
            seen.path.as_str(),
            kind,
            &seen.facts[..],
            seen.summary,
        )
    });
    let roles = view.roles.iter().map(|seen| {
        let kind = words.get("role").to_owned();
        let (title, summary) = (seen.role.title.as_str(), seen.role.summary.as_str());
        page(title, seen.path.as_str(), kind, &[], summary)
    });
    let channels = view.channels.iter().map(|seen| {
        let kind = words.get("channel").to_owned();
        let about = seen.channel.about.as_deref().unwrap_or("");
        page(
            seen.channel.title.as_str(),
            seen.path.as_str(),
            kind,
            &[],
            about,
        )
    });
    runs.chain(programmes)
        .chain(roles)
        .chain(channels)
        .collect()
}

/// Topics in words, as pages show them.
fn tags(facts: &[Fact]) -> Vec<String> {
    let topics = facts
        .iter()
        .filter(|fact| matches!(fact.key, "tags" | "topics"));
    let words = topics.map(|fact| fact.value.flat().replace('-', " "));
    words
        .flat_map(|words| words.split(", ").map(str::to_owned).collect::<Vec<_>>())
        .collect()
}
