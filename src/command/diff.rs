//! `diff`: what each subscriber would see if one state of the sites were published after another.

use super::published::{from_folder, only, sites};
use super::{FINE, Fatal, World, data};
use crate::cli::{Comparing, DiffForm};
use crate::consumer::CONSUMERS;
use crate::published::{Changed, Comparison, Moved, Published, Sees, compare};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Compares two folders.
pub fn diff(wanted: &Comparing, world: &World) -> Result<u8, Fatal> {
    let now = wanted.now.unwrap_or(world.clock);
    let new = only(sites(&wanted.new)?, wanted.site.as_deref())?;
    let old: BTreeMap<_, _> = sites(&wanted.old)?.into_iter().collect();
    // Two folders of one site each are compared, whatever they are called.
    let alone = (old.len() == 1 && new.len() == 1)
        .then(|| old.values().next())
        .flatten();
    let mut found = Vec::new();
    for (name, root) in &new {
        let before = match old.get(name).or(alone) {
            Some(before) => from_folder(before)?,
            None => Published::default(),
        };
        let after = from_folder(root)?;
        let name = match after.site.is_empty() {
            true => name.clone(),
            false => after.site.clone(),
        };
        found.push((name, compare(&before, &after, now)));
    }
    match wanted.format {
        DiffForm::Text => found
            .iter()
            .for_each(|(name, site)| data(&text(name, site))),
        DiffForm::Markdown => found
            .iter()
            .for_each(|(name, site)| data(&markdown(name, site))),
        DiffForm::Json => {
            let rows: Vec<Row> = found.iter().map(|(name, site)| row(name, site)).collect();
            let json = serde_json::to_string_pretty(&rows).expect("text");
            data(&format!("{json}\n"));
        }
    }
    Ok(FINE)
}

/// `2 new, 1 withdrawn`.
fn counted(site: &Comparison) -> String {
    let parts = Changed::ALL.into_iter().map(|how| {
        let count = site.items.iter().filter(|item| item.how == how).count();
        (count, how.name())
    });
    let moved = (site.moved.len(), "in calendars");
    let parts: Vec<String> = parts
        .chain([moved])
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    match parts.is_empty() {
        true => "nothing that a subscriber would see".to_owned(),
        false => parts.join(", "),
    }
}

fn name(consumer: &str) -> &'static str {
    let known = CONSUMERS.iter().find(|known| known.id == consumer);
    known.map_or("", |known| known.name)
}

/// What consumers do beside showing what is new once, in sentences; and whether everybody does no more than that.
fn odd(sees: &[Sees]) -> Vec<String> {
    let mut lines = Vec::new();
    for one in sees {
        let all = [
            ("skips", &one.skips),
            ("shows again", &one.repeats),
            ("rewrites without telling anybody", &one.revises),
        ];
        for (verb, titles) in all.into_iter().filter(|(_, titles)| !titles.is_empty()) {
            let titles: Vec<String> = titles.iter().map(|title| format!("\"{title}\"")).collect();
            lines.push(format!(
                "{} {verb} in {}: {}",
                name(one.consumer),
                one.feed,
                titles.join(", ")
            ));
        }
    }
    lines
}

/// What the networks make of it, a line each.
fn networks(site: &Comparison) -> Vec<String> {
    let odd = odd(&site.sees);
    let posts = site.sees.iter().any(|sees| !sees.posts.is_empty());
    let usual = match (odd.is_empty(), posts) {
        (true, true) => {
            Some("Every network shows each new item once, and nothing again.".to_owned())
        }
        (false, true) => Some("Every network shows each new item once, but for:".to_owned()),
        _ => None,
    };
    usual.into_iter().chain(odd).collect()
}

/// What moved, in a sentence.
fn moved(moved: &Moved) -> String {
    match (&moved.before, &moved.after) {
        (Some(before), Some(after)) if after.cancelled && !before.cancelled => {
            format!("{}, {}: called off", after.title, after.when())
        }
        (Some(before), Some(after)) => {
            format!(
                "{}: {}, no longer {}",
                after.title,
                after.when(),
                before.when()
            )
        }
        (None, Some(after)) => format!("{}: {}, new", after.title, after.when()),
        (Some(before), None) => format!("{}, {}: gone", before.title, before.when()),
        (None, None) => String::new(),
    }
}

/// What else is to be said of feeds and ends.
fn besides(site: &Comparison) -> Vec<String> {
    let new = site
        .new_feeds
        .iter()
        .map(|path| format!("{path} is a new feed"));
    let gone = site.gone_feeds.iter();
    let gone = gone.map(|path| {
        format!("{path} would be gone: whoever subscribed to it gets nothing any more")
    });
    let ends = site.ends.iter().map(|(path, before, after)| {
        let run = path.split('/').next().unwrap_or(path);
        format!("{run} ends on {after}, no longer on {before}")
    });
    gone.chain(new).chain(ends).collect()
}

fn text(name: &str, site: &Comparison) -> String {
    let mut out = format!("{name}: {}\n", counted(site));
    for item in &site.items {
        let feeds = item.feeds.join(", ");
        let _ = writeln!(
            out,
            "  {:<21} {}\n  {:<21} in {feeds}",
            item.how.name(),
            item.title,
            ""
        );
    }
    for line in networks(site) {
        let _ = writeln!(out, "  {line}");
    }
    for line in site.moved.iter().map(moved).chain(besides(site)) {
        let _ = writeln!(out, "  {line}");
    }
    out.push('\n');
    out
}

/// What would be markup is none.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '\\'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn markdown(name: &str, site: &Comparison) -> String {
    let mut out = format!("### {}: {}\n\n", plain(name), counted(site));
    if !site.items.is_empty() {
        out.push_str("| | item | feeds |\n| --- | --- | --- |\n");
        for item in &site.items {
            let feeds: Vec<String> = item.feeds.iter().map(|feed| format!("`{feed}`")).collect();
            let _ = writeln!(
                out,
                "| {} | {} | {} |",
                item.how.name(),
                plain(&item.title),
                feeds.join(" ")
            );
        }
        out.push('\n');
    }
    let lines = networks(site)
        .into_iter()
        .chain(site.moved.iter().map(moved))
        .chain(besides(site));
    for line in lines {
        let _ = writeln!(out, "- {}", plain(&line));
    }
    out.push('\n');
    out
}

#[derive(Serialize)]
struct Row<'a> {
    site: &'a str,
    items: Vec<ItemRow<'a>>,
    consumers: Vec<SeesRow<'a>>,
    calendars: Vec<MovedRow<'a>>,
    ends: Vec<EndRow<'a>>,
    new_feeds: &'a [String],
    gone_feeds: &'a [String],
}

#[derive(Serialize)]
struct ItemRow<'a> {
    how: &'a str,
    id: &'a str,
    title: &'a str,
    feeds: &'a [String],
}

#[derive(Serialize)]
struct SeesRow<'a> {
    consumer: &'a str,
    feed: &'a str,
    posts: &'a [String],
    skips: &'a [String],
    repeats: &'a [String],
    revises: &'a [String],
}

#[derive(Serialize)]
struct MovedRow<'a> {
    title: &'a str,
    before: Option<String>,
    after: Option<String>,
    cancelled: bool,
}

#[derive(Serialize)]
struct EndRow<'a> {
    feed: &'a str,
    before: &'a str,
    after: &'a str,
}

fn row<'a>(name: &'a str, site: &'a Comparison) -> Row<'a> {
    let item = |item: &'a crate::published::Item| ItemRow {
        how: item.how.name(),
        id: &item.id,
        title: &item.title,
        feeds: &item.feeds,
    };
    let sees = |sees: &'a Sees| SeesRow {
        consumer: sees.consumer,
        feed: &sees.feed,
        posts: &sees.posts,
        skips: &sees.skips,
        repeats: &sees.repeats,
        revises: &sees.revises,
    };
    let moved = |moved: &'a Moved| MovedRow {
        title: moved
            .after
            .as_ref()
            .or(moved.before.as_ref())
            .map_or("", |entry| &entry.title),
        before: moved.before.as_ref().map(|entry| entry.when()),
        after: moved.after.as_ref().map(|entry| entry.when()),
        cancelled: moved.after.as_ref().is_some_and(|entry| entry.cancelled),
    };
    let end = |(feed, before, after): &'a (String, String, String)| EndRow {
        feed,
        before,
        after,
    };
    Row {
        site: name,
        items: site.items.iter().map(item).collect(),
        consumers: site.sees.iter().map(sees).collect(),
        calendars: site.moved.iter().map(moved).collect(),
        ends: site.ends.iter().map(end).collect(),
        new_feeds: &site.new_feeds,
        gone_feeds: &site.gone_feeds,
    }
}
