//! `doctor`: what is wrong with what is published, and what each network makes of it.

use super::fetch::doors;
use super::published::{address, from_folder, from_host, only, sites};
use super::{FINE, Fatal, MISTAKES, World, data};
use crate::cli::{DataForm, Examining};
use crate::consumer::{self, Consumer};
use crate::diag::Severity;
use crate::published::{Found, Published, RULES, Rule};
use jiff::Timestamp;
use serde::Serialize;
use std::fmt::Write;

/// A broken rule, and where.
type Broken = (&'static Rule, Found);

/// What one consumer makes of a site.
struct Takes {
    consumer: &'static Consumer,
    /// How many items it shows once, over all feeds.
    shows: usize,
    /// Feed and title of those that it never shows.
    skips: Vec<(String, String)>,
    /// Feed and title of those that it shows again.
    repeats: Vec<(String, String)>,
}

/// Examines what is in a folder or on a host; 1 when anything is wrong.
pub fn doctor(wanted: &Examining, world: &World) -> Result<u8, Fatal> {
    let doors = doors(&wanted.allow_host)?;
    let now = wanted.now.unwrap_or(world.clock);
    let published: Vec<(String, Published)> = match address(&wanted.what) {
        Some(address) => {
            let site = from_host(address, &doors)?;
            let name = match site.site.is_empty() {
                true => address.to_owned(),
                false => site.site.clone(),
            };
            vec![(name, site)]
        }
        None => {
            let folders = only(sites(&wanted.what)?, wanted.site.as_deref())?;
            let read = folders
                .into_iter()
                .map(|(name, root)| Ok((name, from_folder(&root)?)));
            read.collect::<Result<_, Fatal>>()?
        }
    };
    let examined: Vec<Examined> = published
        .iter()
        .map(|(name, site)| examine(name, site, now))
        .collect();
    match wanted.format {
        DataForm::Text => examined.iter().for_each(|one| data(&text(one))),
        DataForm::Json => {
            let rows: Vec<Row> = examined.iter().map(row).collect();
            let json = serde_json::to_string_pretty(&rows).expect("text and numbers");
            data(&format!("{json}\n"));
        }
    }
    let mut broken = examined.iter().flat_map(|one| &one.broken);
    let wrong = broken.any(|(rule, _)| rule.severity == Severity::Error);
    Ok(if wrong { MISTAKES } else { FINE })
}

/// A site, and what was found.
struct Examined<'a> {
    name: &'a str,
    site: &'a Published,
    broken: Vec<Broken>,
    takes: Vec<Takes>,
}

fn examine<'a>(name: &'a str, site: &'a Published, now: Timestamp) -> Examined<'a> {
    Examined {
        name,
        site,
        broken: broken(site, now),
        takes: consumer::real()
            .map(|consumer| takes(consumer, site))
            .collect(),
    }
}

fn broken(site: &Published, now: Timestamp) -> Vec<Broken> {
    let all = RULES.iter();
    all.flat_map(|rule| {
        (rule.check)(site, now)
            .into_iter()
            .map(move |found| (rule, found))
    })
    .collect()
}

fn takes(consumer: &'static Consumer, site: &Published) -> Takes {
    let mut takes = Takes {
        consumer,
        shows: 0,
        skips: Vec::new(),
        repeats: Vec::new(),
    };
    for (path, issue) in site.readable() {
        let forecast = consumer::alone(consumer, issue);
        let named = |of: Vec<usize>| {
            let names = of.into_iter().map(|index| issue.items[index].title.clone());
            names
                .map(|title| (path.to_owned(), title))
                .collect::<Vec<_>>()
        };
        takes.shows += forecast.posts.len();
        takes.skips.extend(named(forecast.skips));
        takes.repeats.extend(named(forecast.repeats));
    }
    takes
}

/// How many findings of one rule, and how many titles, are told one by one.
const EACH: usize = 3;

fn text(one: &Examined) -> String {
    let Examined {
        name,
        site,
        broken,
        takes,
    } = one;
    let feeds = match site.feeds.len() {
        1 => "1 feed".to_owned(),
        n => format!("{n} feeds"),
    };
    let newest = site
        .readable()
        .flat_map(|(_, issue)| issue.items.iter().filter_map(|item| item.at))
        .max();
    let newest = newest.map_or_else(
        || "nothing is out yet".to_owned(),
        |at| format!("the newest item is of {at}"),
    );
    let mut out = format!("{name}: {feeds}, {newest}\n\n");
    for group in broken.chunk_by(|a, b| a.0.number == b.0.number) {
        let rule = group[0].0;
        let mark = match rule.severity {
            Severity::Error => "!",
            Severity::Warning => "-",
        };
        let _ = writeln!(out, "{mark} {}  {}", rule.number, rule.demands);
        for (_, found) in group.iter().take(EACH) {
            let _ = writeln!(out, "    {}: {}", found.file, found.what);
        }
        if group.len() > EACH {
            let _ = writeln!(out, "    and {} more", group.len() - EACH);
        }
        let _ = writeln!(out, "    why: {}\n    help: {}", rule.why, rule.help);
    }
    if broken.is_empty() {
        let _ = writeln!(out, "No rule is broken ({} were looked at).", RULES.len());
    }
    out.push('\n');
    let widest = takes
        .iter()
        .map(|takes| takes.consumer.name.chars().count())
        .max();
    for takes in takes {
        let name = takes.consumer.name;
        let _ = writeln!(
            out,
            "{name:<width$}  {}",
            words(takes),
            width = widest.unwrap_or(0)
        );
    }
    out.push('\n');
    out
}

/// What a consumer makes of a site, in a sentence.
fn words(takes: &Takes) -> String {
    let mut parts = Vec::new();
    for (verb, items) in [("skips", &takes.skips), ("repeats", &takes.repeats)] {
        if items.is_empty() {
            continue;
        }
        let named = items.iter().take(EACH);
        let named: Vec<String> = named
            .map(|(feed, title)| format!("\"{title}\" in {feed}"))
            .collect();
        let more = match items.len() - named.len() {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        parts.push(format!("{verb} {}{more}", named.join(", ")));
    }
    match parts.is_empty() {
        true => format!("shows every item once, {}", latest(takes.consumer)),
        false => parts.join("; "),
    }
}

/// When it has looked at the latest, once an item is there.
fn latest(consumer: &Consumer) -> String {
    let minutes = consumer.minutes.1;
    let time = match minutes % 60 {
        0 if minutes > 60 => format!("{} h", minutes / 60),
        _ => format!("{minutes} min"),
    };
    let beyond = consumer
        .beyond
        .map(|beyond| format!("; beyond its reach: {beyond}"));
    format!(
        "at most {time} after it is there{}",
        beyond.unwrap_or_default()
    )
}

#[derive(Serialize)]
struct Row<'a> {
    site: &'a str,
    feeds: usize,
    broken: Vec<BrokenRow<'a>>,
    consumers: Vec<TakesRow<'a>>,
}

#[derive(Serialize)]
struct BrokenRow<'a> {
    rule: &'a str,
    severity: &'static str,
    demands: &'a str,
    file: &'a str,
    what: &'a str,
    why: &'a str,
    help: &'a str,
}

#[derive(Serialize)]
struct TakesRow<'a> {
    consumer: &'a str,
    shows: usize,
    skips: Vec<ItemRow<'a>>,
    repeats: Vec<ItemRow<'a>>,
}

#[derive(Serialize)]
struct ItemRow<'a> {
    feed: &'a str,
    title: &'a str,
}

fn row<'a>(one: &'a Examined) -> Row<'a> {
    let items = |of: &'a [(String, String)]| {
        let rows = of.iter().map(|(feed, title)| ItemRow { feed, title });
        rows.collect()
    };
    let broken = |(rule, found): &'a Broken| BrokenRow {
        rule: rule.number,
        severity: match rule.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        demands: rule.demands,
        file: &found.file,
        what: &found.what,
        why: rule.why,
        help: rule.help,
    };
    let takes = |takes: &'a Takes| TakesRow {
        consumer: takes.consumer.id,
        shows: takes.shows,
        skips: items(&takes.skips),
        repeats: items(&takes.repeats),
    };
    Row {
        site: one.name,
        feeds: one.site.feeds.len(),
        broken: one.broken.iter().map(broken).collect(),
        consumers: one.takes.iter().map(takes).collect(),
    }
}
