//! `fetch`: brings the shelf up to date with every source, and tells how each of them is.

use super::gather::{moment, read_folder};
use super::{FINE, Fatal, MISTAKES, World, counted, data, say, tell};
use crate::cli::{DataForm, Fetching};
use crate::curate::{self, Given};
use crate::diag::{Diagnostic, Diagnostics, Form};
use crate::disk;
use crate::fetch::{self, Door, Failure, Limits, Outcome, Setup, Shelf, polite::State};
use crate::formats;
use crate::model::{Folder, Id, Library, Sight, Site, Source, Verdict};
use crate::pipeline;
use crate::reader::{self, Feed};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;
use rayon::prelude::*;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Reads every source.
pub fn fetch(args: &Fetching, world: &World) -> Result<u8, Fatal> {
    let (now, notes) = moment(args.now, world)?;
    let limits = limits(args.time_limit)?;
    let doors = doors(&args.allow_host)?;
    if let Some(folder) = &args.offline
        && !folder.is_dir()
    {
        return Err(format!(
            "there is no folder {}\n`--offline` names a folder of saved feeds, each called by the id of its source.",
            folder.display()
        ));
    }
    let folder = shelf_folder(&args.root, args.shelf.as_deref())?;
    let (files, problems) = read_folder(&args.root)?;
    let loaded = pipeline::load(&files);
    let library = &loaded.library;
    super::gather::known_site(args.site.as_deref(), library, &loaded.diags)?;
    let wanted = |site: &str| args.site.as_deref().is_none_or(|wanted| wanted == site);
    let sources = sources(library, wanted);
    let mut diags = problems;
    diags.append(loaded.diags.clone());
    let mut diags = diags.retain(about_sources);
    for note in notes {
        say(&note);
    }
    if sources.is_empty() && diags.count(crate::diag::Severity::Error) == 0 {
        return Err(
            "there are no sources here\nList them in sites/SITE/curation/sources.yaml, or begin with `learnflow opml import FILE`."
                .to_owned(),
        );
    }
    let shelf = Shelf::open(&folder).map_err(|why| {
        format!("the shelf cannot be used: {why}\nChoose another folder with `--shelf`.")
    })?;
    let setup = Setup {
        now,
        shelf: &shelf,
        offline: args.offline.clone(),
        limits,
        doors,
        look: &look,
    };
    let bar = progress(sources.len(), "sources", world);
    let outcomes = fetch::fetch(&sources, &setup, &|| bar.inc(1));
    bar.finish_and_clear();
    let offered = remember(&sources, &outcomes, &shelf, (library, &files), now, args)?;
    super::fold::fold(library, &files, args.site.as_deref(), &args.root, now)?;
    for ((site, source), outcome) in sources.iter().zip(&outcomes) {
        problems_of(site, source, outcome, library, now, &mut diags);
    }
    let diags = diags.sorted();
    let diags = if args.strict { diags.strict() } else { diags };
    tell(&diags, Form::Text, world);
    let several = library.sources.len() > 1;
    data(&match args.format {
        DataForm::Text => text(&sources, &outcomes, several),
        DataForm::Json => json(&sources, &outcomes, now),
    });
    say(&summary(&outcomes, &diags, &folder, offered));
    Ok(if diags.has_errors() { MISTAKES } else { FINE })
}

/// Writes down what is new, a file a site; how many of the new items are offered.
fn remember(
    sources: &[(&Site, &Source)],
    outcomes: &[Outcome],
    shelf: &Shelf,
    (library, files): (&Library, &Folder),
    now: Timestamp,
    args: &Fetching,
) -> Result<usize, Fatal> {
    let mut offered = 0;
    for (id, seen) in &library.seen {
        // What a source gave before is in the ledger, unless nothing of it is.
        let may_be_new = |(_, outcome): &(&(&Site, &Source), &Outcome)| {
            outcome.state == State::New || !seen.knows(&outcome.source)
        };
        let changed: Vec<(&Site, &Source)> = sources
            .iter()
            .zip(outcomes)
            .filter(|((site, _), _)| site.id == *id)
            .filter(may_be_new)
            .map(|(source, _)| *source)
            .collect();
        let feeds = feeds(&changed, shelf);
        let mut lines = curate::see(&given(&changed, &feeds), seen, now);
        offered += lines
            .iter()
            .filter(|line| line.verdict == Verdict::Offered)
            .count();
        lines.extend(gone_drafts(id, library, files, now));
        let Some((file, text)) = formats::seen::write(&lines, now) else {
            continue;
        };
        let Some(folder) = library.sites.get(id).map(Site::folder) else {
            continue;
        };
        let path = args.root.join(folder).join(file);
        disk::replace(&path, text.as_bytes()).map_err(|error| {
            format!(
                "what is new could not be written down in {}: {error}",
                path.display()
            )
        })?;
    }
    Ok(offered)
}

/// Proposals of a site whose drafts are gone; none while a pick cannot be read, which might be one of them.
fn gone_drafts(id: &Id, library: &Library, files: &Folder, now: Timestamp) -> Vec<Sight> {
    let (Some(site), Some(seen)) = (library.sites.get(id), library.seen.get(id)) else {
        return Vec::new();
    };
    let prefix = format!("{}curation/picks/", site.folder());
    let mut there = files.files.range(prefix.clone()..).map(|(path, _)| path);
    let unread = there
        .by_ref()
        .take_while(|path| path.starts_with(&prefix))
        .any(|path| path.ends_with(".md") && !library.documents.contains_key(path));
    if unread {
        return Vec::new();
    }
    let picks = library.picks.get(id).map(Vec::as_slice).unwrap_or_default();
    let picks: Vec<(&Id, &str)> = picks.iter().map(|pick| (&pick.id, &*pick.url)).collect();
    curate::dropped(seen, &picks, now)
}

/// The feeds on the shelf, each beside its source; none where there is no copy that can be read.
pub fn feeds(sources: &[(&Site, &Source)], shelf: &Shelf) -> Vec<Option<Feed>> {
    let read = sources.par_iter().map(|(site, source)| {
        let known = shelf.known(&site.id, &source.id).of(source);
        let bytes = shelf.feed(&site.id, &source.id)?;
        let about = reader::About {
            address: known.address.as_deref().or(source.feed.as_deref())?,
            content_type: known.header("content-type"),
        };
        reader::read(&bytes, &about).ok()
    });
    read.collect()
}

/// The sources that have a feed, with it.
pub fn given<'a>(sources: &[(&Site, &'a Source)], feeds: &'a [Option<Feed>]) -> Vec<Given<'a>> {
    let both = sources.iter().zip(feeds);
    let given = both.filter_map(|((_, source), feed)| {
        let feed = feed.as_ref()?;
        Some(Given { source, feed })
    });
    given.collect()
}

/// The limits, with what was typed.
pub fn limits(seconds: Option<f64>) -> Result<Limits, Fatal> {
    let usual = Limits::default();
    let Some(seconds) = seconds else {
        return Ok(usual);
    };
    let whole = Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|whole| !whole.is_zero());
    let whole = whole.ok_or_else(|| {
        format!("`--time-limit {seconds}` is no length of time\nWrite seconds, such as 20 or 0.5.")
    })?;
    Ok(Limits {
        whole,
        connect: usual.connect.min(whole),
        ..usual
    })
}

/// What was typed after `--allow-host`.
pub fn doors(typed: &[String]) -> Result<Vec<Door>, Fatal> {
    typed.iter().map(|text| text.parse()).collect()
}

/// Where the shelf is: never where it would be published or read as content.
pub fn shelf_folder(root: &Path, shelf: Option<&Path>) -> Result<PathBuf, Fatal> {
    let Some(folder) = shelf else {
        let root = root.strip_prefix(".").unwrap_or(root);
        return Ok(root.join(".learnflow/shelf"));
    };
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let plain = |path: &Path| {
        let mut plain = PathBuf::new();
        for part in whole(path).components() {
            match part {
                std::path::Component::ParentDir => drop(plain.pop()),
                part => plain.push(part),
            }
        }
        plain
    };
    for taken in ["content", "sites", "layouts", "dist"] {
        if plain(folder).starts_with(plain(&root.join(taken))) {
            return Err(format!(
                "the shelf cannot lie in {taken}/\nWhat strangers send is neither content nor to be published; without `--shelf` it lies in .learnflow/shelf."
            ));
        }
    }
    Ok(folder.to_path_buf())
}

/// The sources of the wanted sites, in the order of their files.
pub fn sources(library: &Library, wanted: impl Fn(&str) -> bool) -> Vec<(&Site, &Source)> {
    let sites = library.sources.iter().filter(|(site, _)| wanted(site));
    let known = sites.filter_map(|(id, sources)| Some((library.sites.get(id)?, sources)));
    known
        .flat_map(|(site, sources)| sources.list.iter().map(move |source| (site, source)))
        .collect()
}

/// Whether a problem of the library stands in the way of its sources.
pub fn about_sources(problem: &Diagnostic) -> bool {
    let file = problem.place.as_ref().map(|place| &*place.file);
    let files = ["/curation/sources.yaml", "/site.yaml", ".tsv"];
    file.is_some_and(|file| files.iter().any(|name| file.ends_with(name)))
}

/// Looks into a feed.
fn look(bytes: &[u8], address: &str, content_type: Option<&str>) -> Result<usize, Failure> {
    let about = reader::About {
        address,
        content_type,
    };
    match reader::read(bytes, &about) {
        Ok(feed) => Ok(feed.entries.len()),
        Err(unreadable) if unreadable.what == reader::What::Page => {
            let offered = unreadable.feeds.into_iter().map(|feed| feed.address);
            Err(Failure::page(offered))
        }
        Err(unreadable) => Err(Failure::NotAFeed(unreadable.to_string())),
    }
}

/// What the curator should know about a source.
fn problems_of(
    site: &Site,
    source: &Source,
    outcome: &Outcome,
    library: &Library,
    now: Timestamp,
    diags: &mut Diagnostics,
) {
    let Some(origin) = library.sources.get(&site.id).map(|sources| &sources.origin) else {
        return;
    };
    let mut push = |code: &'static str, message: String, help: String| {
        let place = origin.place(source.feed_at.clone());
        diags.push(Diagnostic::warning(code, message).at(place).help(help));
    };
    let (id, zone) = (&source.id, &site.zone);
    let day = |moment: Timestamp| moment.to_zoned_datetime(zone.clone()).date();
    match &outcome.state {
        State::Failing { since, failure } => {
            let how_long = match day(*since) == day(now) {
                true => String::new(),
                false => format!(" since {}", day(*since)),
            };
            let message = format!("`{id}` could not be read{how_long}: {failure}");
            push(failure.code(), message, failure.help());
        }
        State::Gone { since } => push(
            "feed-gone",
            format!(
                "`{id}` is gone for good, said its server on {}",
                day(*since)
            ),
            "take it out, or write its new address into `feed`; it is asked no more".into(),
        ),
        State::Waiting { until } => push(
            "asked-to-wait",
            format!("`{id}` asks to be left alone until {until}"),
            "it is asked again after that".into(),
        ),
        State::New | State::Unchanged | State::Paused { .. } | State::ByHand => {}
    }
    if let Some(new) = &outcome.moved_to {
        push(
            "feed-moved",
            format!("`{id}` moved for good to {new}"),
            format!("write `feed: {new}`; until then it is asked there all the same"),
        );
    }
    if let Some(review) = source.review_by.filter(|review| *review < day(now)) {
        push(
            "review-overdue",
            format!("the review of `{id}` was due on {review}"),
            "ask whether it is still worth it, and set the next `review_by`".into(),
        );
    }
}

/// The state in one word.
fn word(state: &State) -> &'static str {
    match state {
        State::New => "new",
        State::Unchanged => "unchanged",
        State::Gone { .. } => "gone",
        State::Failing { .. } => "failing",
        State::Waiting { .. } => "waiting",
        State::Paused { .. } => "paused",
        State::ByHand => "by-hand",
    }
}

pub fn name(site: &Id, source: &Id, several: bool) -> String {
    match several {
        true => format!("{site}/{source}"),
        false => source.to_string(),
    }
}

/// A line a source.
fn text(sources: &[(&Site, &Source)], outcomes: &[Outcome], several: bool) -> String {
    let names: Vec<String> = outcomes
        .iter()
        .map(|o| name(&o.site, &o.source, several))
        .collect();
    let wide = names.iter().map(String::len).max().unwrap_or_default();
    let mut out = String::new();
    for ((outcome, name), (site, _)) in outcomes.iter().zip(&names).zip(sources) {
        let day = |moment: Timestamp| moment.to_zoned_datetime(site.zone.clone()).date();
        let mut said = match &outcome.state {
            State::New | State::Unchanged => match outcome.entries {
                Some(1) => "1 entry".to_owned(),
                n => format!("{} entries", n.unwrap_or_default()),
            },
            State::Gone { since } => format!("since {}", day(*since)),
            State::Failing { since, failure } => {
                let copy = outcome
                    .read
                    .map(|read| format!("; the copy of {} is kept", day(read)));
                format!(
                    "since {} ({}){}",
                    day(*since),
                    failure.code(),
                    copy.unwrap_or_default()
                )
            }
            State::Waiting { until } => format!("until {until}"),
            State::Paused { until } => format!("until {until}"),
            State::ByHand => "it has no feed".to_owned(),
        };
        if let Some(new) = &outcome.moved_to {
            said.push_str(&format!("; moved to {new}"));
        }
        out.push_str(&format!(
            "{:<9}  {name:<wide$}  {said}\n",
            word(&outcome.state)
        ));
    }
    out
}

/// `14 sources: 2 new, 11 unchanged, 1 failing`.
fn summary(outcomes: &[Outcome], diags: &Diagnostics, shelf: &Path, offered: usize) -> String {
    let order = [
        "new",
        "unchanged",
        "failing",
        "gone",
        "waiting",
        "paused",
        "by-hand",
    ];
    let counts: Vec<String> = order
        .iter()
        .map(|wanted| {
            (
                wanted,
                outcomes
                    .iter()
                    .filter(|o| word(&o.state) == *wanted)
                    .count(),
            )
        })
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| match *word {
            "by-hand" => format!("{count} without a feed"),
            word => format!("{count} {word}"),
        })
        .collect();
    let sources = match outcomes.len() {
        1 => "1 source".to_owned(),
        n => format!("{n} sources"),
    };
    let told = counted(diags).map_or(String::new(), |count| format!("; {count}"));
    let counts = match counts.is_empty() {
        true => String::new(),
        false => format!(": {}", counts.join(", ")),
    };
    let offered = match offered {
        0 => String::new(),
        1 => "\n1 new item is worth a look: `learnflow candidates` shows it.".to_owned(),
        n => format!("\n{n} new items are worth a look: `learnflow candidates` shows them."),
    };
    let shelf = shelf.display();
    format!("{sources}{counts}{told}. What came lies in {shelf}.{offered}")
}

/// One source, for tools.
#[derive(Serialize)]
struct Row<'a> {
    site: &'a str,
    id: &'a str,
    feed: Option<&'a str>,
    state: &'static str,
    since: Option<Timestamp>,
    until: Option<String>,
    moved_to: Option<&'a str>,
    entries: Option<usize>,
    read: Option<Timestamp>,
    problem: Option<Problem>,
}

/// Why it could not be read, for tools.
#[derive(Serialize)]
struct Problem {
    code: &'static str,
    message: String,
    help: String,
}

#[derive(Serialize)]
struct Report<'a> {
    now: Timestamp,
    sources: Vec<Row<'a>>,
}

fn json(sources: &[(&Site, &Source)], outcomes: &[Outcome], now: Timestamp) -> String {
    let rows = sources
        .iter()
        .zip(outcomes)
        .map(|((_, source), outcome)| Row {
            site: &outcome.site,
            id: &outcome.source,
            feed: source.feed.as_deref(),
            state: word(&outcome.state),
            since: match &outcome.state {
                State::Failing { since, .. } | State::Gone { since } => Some(*since),
                _ => None,
            },
            until: match &outcome.state {
                State::Waiting { until } => Some(until.to_string()),
                State::Paused { until } => Some(until.to_string()),
                _ => None,
            },
            moved_to: outcome.moved_to.as_deref(),
            entries: outcome.entries,
            read: outcome.read,
            problem: match &outcome.state {
                State::Failing { failure, .. } => Some(Problem {
                    code: failure.code(),
                    message: failure.to_string(),
                    help: failure.help(),
                }),
                _ => None,
            },
        });
    let report = Report {
        now,
        sources: rows.collect(),
    };
    let text = serde_json::to_string_pretty(&report).unwrap_or_default();
    format!("{text}\n")
}

/// A bar over so many things, for people who watch.
pub fn progress(count: usize, things: &str, world: &World) -> ProgressBar {
    let bar = ProgressBar::new(count as u64);
    if !world.terminal {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) =
        ProgressStyle::with_template(&format!("{{bar:30}} {{pos}} of {{len}} {things}"))
    {
        bar.set_style(style);
    }
    bar
}
