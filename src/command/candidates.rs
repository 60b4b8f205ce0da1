//! `candidates`: what the sources offer and nobody has looked at. Reads the shelf, asks nobody.

use super::fetch::{about_sources, feeds, given, name, shelf_folder, sources};
use super::gather::{known_site, moment, read_folder};
use super::{FINE, Fatal, MISTAKES, World, data, say, tell};
use crate::cli::{Choosing, DataForm};
use crate::curate::{self, Candidate, Part, Ranked, Yardstick};
use crate::diag::{Form, Severity};
use crate::fetch::Shelf;
use crate::model::{Library, Moment, Pick, Site};
use crate::pipeline;
use jiff::Timestamp;
use serde::Serialize;

/// Shows them, the best first.
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
    let mut found: Vec<(&Site, Ranked)> = Vec::new();
    for (id, site) in &library.sites {
        if args.site.as_deref().is_none_or(|wanted| *wanted == **id) {
            let offered = of(library, site, &shelf, now);
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

/// The candidates of a site, the best first.
fn of(library: &Library, site: &Site, shelf: &Shelf, now: Timestamp) -> Vec<Ranked> {
    let Some(seen) = library.seen.get(&site.id) else {
        return Vec::new();
    };
    let sources = sources(library, |id| *id == *site.id);
    let feeds = feeds(&sources, shelf);
    let picks = library.picks.get(&site.id).map(Vec::as_slice);
    let picks = picks.unwrap_or_default();
    let picked: Vec<&str> = picks.iter().map(|pick| pick.url.as_str()).collect();
    let offered = curate::candidates(&given(&sources, &feeds), seen, &picked, now);
    let today = Moment::new(now).today(&site.zone);
    let to_come = picks.iter().filter(|pick| pick.slot >= today);
    let yardstick = Yardstick {
        ranking: &site.ranking,
        sources: library.sources.get(&site.id).map_or(&[], |s| &s.list),
        challenge_owed: !to_come.into_iter().any(Pick::challenges),
        now,
    };
    curate::rank(offered, &yardstick)
}

fn text(site: &Site, ranked: &Ranked, several: bool) -> String {
    let candidate = &ranked.candidate;
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
    out.push_str(&format!("            {}\n\n", sum(ranked)));
    out
}

/// `62 points: topic 30 (its title names `letters`), fresh 19 (it is a day old), …`.
pub fn sum(ranked: &Ranked) -> String {
    let counting = ranked.parts.iter().filter(|part| part.points != 0);
    let parts: Vec<String> = counting
        .map(|part| format!("{} {} ({})", part.measure.word(), part.points, part.why))
        .collect();
    let points = match ranked.score {
        1 => "1 point".to_owned(),
        n => format!("{n} points"),
    };
    match parts.is_empty() {
        true => points,
        false => format!("{points}: {}", parts.join(", ")),
    }
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
    score: i64,
    parts: Vec<Shown<'a>>,
}

/// What one measure says, for tools.
#[derive(Serialize)]
struct Shown<'a> {
    part: &'a str,
    points: i64,
    why: &'a str,
}

fn json(found: &[(&Site, Ranked)]) -> String {
    let rows: Vec<Row> = found
        .iter()
        .map(|(site, ranked)| row(site, ranked))
        .collect();
    let text = serde_json::to_string_pretty(&rows).unwrap_or_default();
    format!("{text}\n")
}

fn row<'a>(site: &'a Site, ranked: &'a Ranked) -> Row<'a> {
    let candidate: &Candidate = &ranked.candidate;
    let shown = |part: &'a Part| Shown {
        part: part.measure.word(),
        points: part.points,
        why: &part.why,
    };
    Row {
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
        score: ranked.score,
        parts: ranked.parts.iter().map(shown).collect(),
    }
}
