//! `candidates`: what the sources offer and nobody has looked at. Reads the shelf, asks nobody.

use super::fetch::{about_sources, feeds, given, name, shelf_folder, sources};
use super::gather::{known_site, moment, read_folder};
use super::{FINE, Fatal, MISTAKES, World, data, say, tell};
use crate::cli::{Choosing, DataForm};
use crate::curate::{self, Candidate};
use crate::diag::{Form, Severity};
use crate::fetch::Shelf;
use crate::model::{Id, Library, Site};
use crate::pipeline;
use jiff::Timestamp;
use serde::Serialize;

/// Shows them, the newest first.
pub fn candidates(args: &Choosing, world: &World) -> Result<u8, Fatal> {
    let (now, notes) = moment(args.now, world)?;
    let folder = shelf_folder(&args.root, args.shelf.as_deref())?;
    let (files, _) = read_folder(&args.root)?;
    let loaded = pipeline::load(&files);
    let library = &loaded.library;
    known_site(args.site.as_deref(), library, &loaded.diags)?;
    for note in notes {
        say(&note);
    }
    let diags = loaded.diags.clone().retain(about_sources).sorted();
    tell(&diags, Form::Text, world);
    let shelf = Shelf::at(&folder);
    let mut found: Vec<(&Site, Candidate)> = Vec::new();
    for (id, site) in &library.sites {
        if args.site.as_deref().is_none_or(|wanted| *wanted == **id) {
            let offered = of(library, id, &shelf, now);
            found.extend(offered.into_iter().map(|candidate| (site, candidate)));
        }
    }
    let several = library.sources.len() > 1;
    match args.format {
        DataForm::Text => data(
            &found
                .iter()
                .map(|(site, c)| text(site, c, several))
                .collect::<String>(),
        ),
        DataForm::Json => data(&json(&found)),
    }
    say(&match found.len() {
        0 => "Nothing waits. `learnflow fetch` looks whether there is anything new.".to_owned(),
        1 => "1 item.".to_owned(),
        n => format!("{n} items."),
    });
    Ok(if diags.count(Severity::Error) > 0 {
        MISTAKES
    } else {
        FINE
    })
}

/// The candidates of a site.
fn of(library: &Library, site: &Id, shelf: &Shelf, now: Timestamp) -> Vec<Candidate> {
    let Some(seen) = library.seen.get(site) else {
        return Vec::new();
    };
    let sources = sources(library, |id| *id == **site);
    let feeds = feeds(&sources, shelf);
    let picks = library
        .picks
        .get(site)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let picked: Vec<&str> = picks.iter().map(|pick| pick.url.as_str()).collect();
    curate::candidates(&given(&sources, &feeds), seen, &picked, now)
}

fn text(site: &Site, candidate: &Candidate, several: bool) -> String {
    let day = candidate.date.to_zoned_datetime(site.zone.clone()).date();
    let mut from = name(&site.id, &candidate.source, several);
    if let Some(author) = &candidate.author {
        from.push_str(&format!(" ({author})"));
    }
    if !candidate.also_in.is_empty() {
        let others: Vec<&str> = candidate.also_in.iter().map(|id| id.as_str()).collect();
        from.push_str(&format!("; also in {}", others.join(", ")));
    }
    let mut out = format!("{day}  {}\n", candidate.title);
    if candidate.group != candidate.key {
        out.push_str("            says nearly the same as the one above\n");
    }
    out.push_str(&format!("            {from}\n"));
    for line in [&candidate.link, &candidate.summary].into_iter().flatten() {
        out.push_str(&format!("            {line}\n"));
    }
    out.push('\n');
    out
}

/// One candidate, for tools.
#[derive(Serialize)]
struct Row<'a> {
    site: &'a str,
    key: &'a str,
    title: &'a str,
    link: Option<&'a str>,
    source: &'a str,
    also_in: Vec<&'a str>,
    author: Option<&'a str>,
    summary: Option<&'a str>,
    date: Timestamp,
    first_seen: Timestamp,
    words: usize,
    group: &'a str,
}

fn json(found: &[(&Site, Candidate)]) -> String {
    let rows: Vec<Row> = found
        .iter()
        .map(|(site, candidate)| Row {
            site: &site.id,
            key: &candidate.key,
            title: &candidate.title,
            link: candidate.link.as_deref(),
            source: &candidate.source,
            also_in: candidate.also_in.iter().map(|id| id.as_str()).collect(),
            author: candidate.author.as_deref(),
            summary: candidate.summary.as_deref(),
            date: candidate.date,
            first_seen: candidate.first_seen,
            words: candidate.words,
            group: &candidate.group,
        })
        .collect();
    let text = serde_json::to_string_pretty(&rows).unwrap_or_default();
    format!("{text}\n")
}
