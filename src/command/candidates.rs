//! `candidates`: what the sources offer and nobody has looked at. Reads the shelf, asks nobody.

use super::fetch::{about_sources, feeds, given, name, shelf_folder, sources};
use super::gather::{known_site, moment, read_folder};
use super::{FINE, Fatal, MISTAKES, World, data, say, tell};
use crate::cli::{Choosing, DataForm};
use crate::curate::{self, Back, Part, Ranked, Yardstick};
use crate::diag::{Form, Severity};
use crate::fetch::Shelf;
use crate::model::{Library, Moment, Pick, Seen, Sight, Site, Verdict};
use crate::pipeline;
use jiff::{Timestamp, ToSpan};
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
    let sites = library.sites.values().filter(|site| {
        let wanted = args.site.as_deref();
        wanted.is_none_or(|wanted| *wanted == *site.id)
    });
    let found: Vec<(&Site, OnOffer)> = sites
        .map(|site| (site, offered(library, site, &shelf, now)))
        .collect();
    let several = library.sources.len() > 1;
    data(&match args.format {
        DataForm::Text => found
            .iter()
            .map(|(site, offered)| text(site, offered, several))
            .collect(),
        DataForm::Json => json(&found),
    });
    let waiting: usize = found.iter().map(|(_, offered)| offered.waiting.len()).sum();
    say(&match waiting {
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

/// What the sources of a site offer.
pub struct OnOffer {
    /// What waits, the best first.
    pub waiting: Vec<Ranked>,
    /// What was judged, and comes again.
    pub back: Vec<Back>,
}

/// What the sources of a site offer at a moment, by what lies on the shelf.
pub fn offered(library: &Library, site: &Site, shelf: &Shelf, now: Timestamp) -> OnOffer {
    let nothing = Seen::default();
    let seen = library.seen.get(&site.id).unwrap_or(&nothing);
    let sources = sources(library, |id| *id == *site.id);
    let feeds = feeds(&sources, shelf);
    let picks = library.picks.get(&site.id).map(Vec::as_slice);
    let picks = picks.unwrap_or_default();
    let picked: Vec<&str> = picks.iter().map(|pick| pick.url.as_str()).collect();
    let offered = curate::candidates(&given(&sources, &feeds), seen, &picked, now);
    let today = Moment::new(now).today(&site.zone);
    // What finds its day by itself has found it after two weeks, or never does.
    let last = |pick: &Pick| {
        Some(
            pick.slot
                .unwrap_or(pick.picked_on?.saturating_add(14.days())),
        )
    };
    let mut to_come = picks.iter().filter(|pick| last(pick) >= Some(today));
    let yardstick = Yardstick {
        ranking: &site.ranking,
        sources: library.sources.get(&site.id).map_or(&[], |s| &s.list),
        challenge_owed: !to_come.any(|pick| pick.challenges),
        now,
    };
    OnOffer {
        waiting: curate::rank(offered.waiting, &yardstick),
        back: offered.back,
    }
}

fn text(site: &Site, offered: &OnOffer, several: bool) -> String {
    let mut out = String::new();
    for ranked in &offered.waiting {
        let alike = ranked.candidate.group != ranked.candidate.key();
        let note = alike.then_some("says nearly the same as the one above");
        out.push_str(&card(site, ranked, note, several));
        out.push('\n');
    }
    if !offered.back.is_empty() {
        out.push_str("Seen before, and back again\n\n");
    }
    for back in &offered.back {
        let day = back.date.to_zoned_datetime(site.zone.clone()).date();
        let from = name(&site.id, &back.source, several);
        out.push_str(&format!("{day}  {}\n            {from}\n", back.title));
        if let Some(link) = &back.link {
            out.push_str(&format!("            {link}\n"));
        }
        out.push_str(&format!("            {}\n\n", back.said(&site.zone)));
    }
    out
}

/// A candidate as people see it, with a word about its company.
pub fn card(site: &Site, ranked: &Ranked, note: Option<&str>, several: bool) -> String {
    let candidate = &ranked.candidate;
    let day = |moment: Timestamp| moment.to_zoned_datetime(site.zone.clone()).date();
    let mut from = name(&site.id, &candidate.source, several);
    if let Some(author) = &candidate.author {
        from.push_str(&format!(" ({author})"));
    }
    if !candidate.also_in.is_empty() {
        let others: Vec<&str> = candidate.also_in.iter().map(|id| id.as_str()).collect();
        from.push_str(&format!("; also in {}", others.join(", ")));
    }
    let like = candidate.like.as_ref().map(|like| {
        let title = &like.title;
        format!(
            "says nearly the same as `{title}` ({})",
            like.said(&site.zone)
        )
    });
    let later = candidate.sight.judged.filter(|_| candidate.is_later());
    let later = later.map(|since| format!("kept for later on {}", day(since)));
    let sum = ranked.sum();
    let lines = [
        note,
        like.as_deref(),
        later.as_deref(),
        Some(&from),
        candidate.link.as_deref(),
        candidate.summary.as_deref(),
        Some(&sum),
    ];
    let mut out = format!("{}  {}\n", day(candidate.date), candidate.title);
    for line in lines.into_iter().flatten() {
        out.push_str(&format!("            {line}\n"));
    }
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
    words: Option<usize>,
    group: &'a str,
    score: Option<i64>,
    parts: Vec<ShownPart<'a>>,
    judged: Option<Judged<'a>>,
}

/// What one measure says, for tools.
#[derive(Serialize)]
struct ShownPart<'a> {
    part: &'a str,
    points: i64,
    why: &'a str,
}

/// What somebody said about it, for tools.
#[derive(Serialize)]
struct Judged<'a> {
    verdict: &'a str,
    on: Timestamp,
    reason: Option<&'a str>,
}

fn json(found: &[(&Site, OnOffer)]) -> String {
    let mut rows: Vec<Row> = Vec::new();
    for (site, offered) in found {
        rows.extend(offered.waiting.iter().map(|ranked| waiting(site, ranked)));
        rows.extend(offered.back.iter().map(|again| back(site, again)));
    }
    let text = serde_json::to_string_pretty(&rows).unwrap_or_default();
    format!("{text}\n")
}

fn waiting<'a>(site: &'a Site, ranked: &'a Ranked) -> Row<'a> {
    let candidate = &ranked.candidate;
    let part = |part: &'a Part| ShownPart {
        part: part.measure.word(),
        points: part.points,
        why: &part.why,
    };
    Row {
        site: &site.id,
        key: candidate.key(),
        title: &candidate.title,
        link: candidate.link.as_deref(),
        source: &candidate.source,
        also_in: candidate.also_in.iter().map(|id| id.as_str()).collect(),
        author: candidate.author.as_deref(),
        summary: candidate.summary.as_deref(),
        date: candidate.date,
        first_seen: candidate.sight.first_seen,
        words: Some(candidate.words),
        group: &candidate.group,
        score: Some(ranked.score),
        parts: ranked.parts.iter().map(part).collect(),
        judged: judged(&candidate.sight),
    }
}

fn back<'a>(site: &'a Site, again: &'a Back) -> Row<'a> {
    Row {
        site: &site.id,
        key: &again.sight.key,
        title: &again.title,
        link: again.link.as_deref(),
        source: &again.source,
        also_in: Vec::new(),
        author: None,
        summary: None,
        date: again.date,
        first_seen: again.sight.first_seen,
        words: None,
        group: &again.sight.key,
        score: None,
        parts: Vec::new(),
        judged: judged(&again.sight),
    }
}

fn judged(sight: &Sight) -> Option<Judged<'_>> {
    (sight.verdict != Verdict::Offered).then_some(())?;
    Some(Judged {
        verdict: sight.verdict.word(),
        on: sight.judged?,
        reason: sight.reason.as_deref(),
    })
}
