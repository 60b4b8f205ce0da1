//! `look`: what learnflow reads in a feed, before anybody decides to follow it.

use super::fetch::doors;
use super::{FINE, Fatal, MISTAKES, World, data, say};
use crate::cli::DataForm;
use crate::disk::read_at_most;
use crate::fetch::{self, Door, Failure, Limits};
use crate::reader::{self, About, Entry, Feed, Odd, Unreadable, limits};
use jiff::Timestamp;
use rayon::prelude::*;
use serde::Serialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// How many files are held at once.
const AT_ONCE: usize = 64;

/// Shows feeds in the order in which they were named; says whether all could be read.
pub fn look(
    feeds: &[PathBuf],
    allowed: &[String],
    now: Option<Timestamp>,
    format: DataForm,
    world: &World,
) -> Result<u8, Fatal> {
    let doors = doors(allowed)?;
    let now = now.unwrap_or(world.clock);
    let mut code = FINE;
    let mut first = true;
    if format == DataForm::Json {
        data("{");
    }
    for some in feeds.chunks(AT_ONCE) {
        let show = |path: &Path, got: Result<Feed, String>| match (got, format) {
            (Ok(feed), DataForm::Text) => Ok(text(path, &feed, now)),
            (Err(why), DataForm::Text) => Err(format!("{}: {why}", path.display())),
            (Ok(feed), DataForm::Json) => Ok(json(path, &Told::Read(&feed))),
            (Err(why), DataForm::Json) => Err(json(path, &Told::Not(&why))),
        };
        let shown = shown(some, &doors, &show);
        for shown in shown {
            if shown.is_err() {
                code = MISTAKES;
            }
            match (format, shown) {
                (DataForm::Text, Ok(text)) => data(&text),
                (DataForm::Text, Err(why)) => say(&why),
                (DataForm::Json, Ok(row) | Err(row)) => {
                    data(if first { "\n" } else { ",\n" });
                    data(&row);
                }
            }
            first = false;
        }
    }
    if format == DataForm::Json {
        data("\n}\n");
    }
    Ok(code)
}

/// What is shown of a feed, or of why there is none.
type Shown = Result<String, String>;

/// Shows files and addresses, in their order.
fn shown(
    some: &[PathBuf],
    doors: &[Door],
    show: &(dyn Fn(&Path, Result<Feed, String>) -> Shown + Sync),
) -> Vec<Shown> {
    let addresses: Vec<&str> = some.iter().filter_map(|path| address(path)).collect();
    let files: Vec<&PathBuf> = some.iter().filter(|path| address(path).is_none()).collect();
    let read: Vec<Shown> = files
        .par_iter()
        .map(|path| show(path, read(path)))
        .collect();
    let asked = fetch::ask(&addresses, &Limits::default(), doors, &|at, got| {
        show(Path::new(addresses[at]), ask(got))
    });
    let (mut read, mut asked) = (read.into_iter(), asked.into_iter());
    let next = some.iter().map(|path| match address(path) {
        Some(_) => asked.next(),
        None => read.next(),
    });
    next.flatten().collect()
}

/// What is an address and not a file.
fn address(path: &Path) -> Option<&str> {
    let text = path.to_str()?;
    let scheme = text.split_once("://")?.0.to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https").then_some(text)
}

/// The feed in an answer, or why there is none.
fn ask(got: Result<fetch::Answer, Failure>) -> Result<Feed, String> {
    let answer = got.map_err(|failure| failure.to_string())?;
    let about = About {
        address: &answer.address,
        content_type: answer.header("content-type"),
    };
    reader::read(&answer.body, &about).map_err(|not| refusal(&not))
}

/// The feed in a file, or why there is none.
fn read(path: &Path) -> Result<Feed, String> {
    let bytes = read_at_most(path, limits::BYTES + 1);
    let bytes = bytes.map_err(|error| format!("it cannot be read: {error}"))?;
    let bytes = bytes.ok_or_else(|| "there is no such file".to_owned())?;
    let address = path.to_string_lossy();
    let about = About {
        address: &address,
        content_type: None,
    };
    reader::read(&bytes, &about).map_err(|not| refusal(&not))
}

/// Why, and the feeds to take instead.
fn refusal(not: &Unreadable) -> String {
    let mut why = not.to_string();
    if !not.feeds.is_empty() {
        let feeds = not.feeds.iter().map(|feed| feed.address.as_str());
        let feeds: Vec<&str> = feeds.collect();
        let _ = write!(why, "; it names {}", feeds.join(", "));
    }
    why
}

fn text(path: &Path, feed: &Feed, now: Timestamp) -> String {
    let title = match feed.title.as_str() {
        "" => "no title",
        title => title,
    };
    let count = match feed.entries.len() {
        1 => "1 entry".to_owned(),
        n => format!("{n} entries"),
    };
    let mut out = format!("{}: {title}\n", path.display());
    let _ = writeln!(out, "{}, {count}{}", feed.kind.name(), besides(feed));
    for entry in &feed.entries {
        let date = match entry.date {
            Some(date) => date.strftime("%Y-%m-%d %H:%M").to_string(),
            None => "no date".to_owned(),
        };
        let title = match entry.title.as_str() {
            "" => "(no title)",
            title => title,
        };
        let link = entry.link.as_deref().unwrap_or("(no link)");
        let words = match entry.words {
            1 => "1 word".to_owned(),
            n => format!("{n} words"),
        };
        let _ = writeln!(
            out,
            "\n{date:<17} {title}\n{:<17} {link}\n{:<17} {words}",
            "", ""
        );
        for odd in odd(entry, now) {
            let _ = writeln!(out, "{:<17} ! {odd}", "");
        }
    }
    out.push('\n');
    out
}

fn besides(feed: &Feed) -> String {
    let mut out = String::new();
    if feed.left_out > 0 {
        let _ = write!(out, " and {} more that are left out", feed.left_out);
    }
    if feed.cut_off {
        out.push_str("; it ends in the middle, so the last one may lack something");
    }
    out
}

/// What a curator should know before following the feed.
fn odd(entry: &Entry, now: Timestamp) -> Vec<&'static str> {
    let unreadable = entry.odd.contains(&Odd::UnreadableDate);
    let missing = [
        (
            entry.date.is_none() && !unreadable,
            "no date: it will count from when it is first seen",
        ),
        (
            entry.date.is_some_and(|date| date > now),
            "its date lies ahead",
        ),
        (
            entry.id.is_none() && entry.link.is_some(),
            "no id: it is known again by its link alone",
        ),
        (
            entry.id.is_none() && entry.link.is_none(),
            "neither id nor link: it is known again by its title alone",
        ),
    ];
    let missing = missing.into_iter().filter(|(is, _)| *is);
    let told = entry.odd.iter().map(|odd| match odd {
        Odd::UnreadableDate => "a date that cannot be read",
        Odd::RelativeLink => "a link that is not whole, and nothing says what it belongs to",
        Odd::UnsafeLink => "a link that would run something was left out",
        Odd::Script => "script in it was removed",
        Odd::Cut => "it is too long, and was cut",
    });
    missing.map(|(_, words)| words).chain(told).collect()
}

/// What is told of one file.
enum Told<'a> {
    Read(&'a Feed),
    Not(&'a str),
}

#[derive(Serialize)]
struct Entries<'a> {
    entries: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    title: Option<&'a str>,
    link: Option<&'a str>,
    id: Option<&'a str>,
    date: Option<String>,
    summary: Option<&'a str>,
    content: Option<&'a str>,
}

#[derive(Serialize)]
struct Failed<'a> {
    error: &'a str,
}

fn json(path: &Path, told: &Told) -> String {
    let name = serde_json::to_string(&path.to_string_lossy()).expect("text");
    let told = match told {
        Told::Not(error) => serde_json::to_string(&Failed { error }),
        Told::Read(feed) => serde_json::to_string(&Entries {
            entries: feed.entries.iter().map(row).collect(),
        }),
    };
    format!("{name}: {}", told.expect("text"))
}

fn row(entry: &Entry) -> Row<'_> {
    Row {
        title: Some(entry.title.as_str()).filter(|title| !title.is_empty()),
        link: entry.link.as_deref(),
        id: entry.id.as_deref(),
        date: entry
            .date
            .map(|date| date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
        summary: entry
            .summary_html
            .as_deref()
            .or_else(|| entry.summary.as_ref().and(entry.content.as_deref())),
        content: entry.content.as_deref(),
    }
}
