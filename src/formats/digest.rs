//! The last week of a channel or a learning flow as plain text, ready for an e-mail or a newsletter.
//!
//! The week is the seven days up to the newest item, not up to now: so the file changes with a release and with
//! nothing else, and whoever sends it on Friday sends what came out since Saturday.

use crate::model::{Beside, Site};
use crate::plan::digest_path;
use crate::visible::{Ahead, Seen, SeenRun, View, nearest};
use jiff::ToSpan;
use std::fmt::Write;

/// Mail programs leave lines of this length alone (RFC 5322, 2.1.1 recommends 78 at most).
const WIDTH: usize = 72;

/// How many lines of what comes next.
const NEXT: usize = 3;

/// The digests of a site: path below the root, and bytes.
pub fn write<'v>(view: &'v View) -> impl Iterator<Item = (String, Vec<u8>)> + 'v {
    let channels = view.channels.iter().map(|seen| {
        let runs: Vec<&SeenRun> = seen.runs.iter().map(|run| &view.runs[*run]).collect();
        let text = text(view.site, &seen.channel.title, &seen.path, &runs);
        (digest_path(&seen.path), text.into_bytes())
    });
    let flows = view
        .runs
        .iter()
        .filter(|run| run.kind.beside.contains(&Beside::Digest));
    let flows = flows.map(|run| {
        let text = text(view.site, run.title, &run.path, &[run]);
        (digest_path(&run.path), text.into_bytes())
    });
    channels.chain(flows)
}

fn text(site: &Site, title: &str, path: &str, runs: &[&SeenRun]) -> String {
    let words = &site.words;
    let items = || {
        let all = runs
            .iter()
            .flat_map(|run| run.items.iter().map(move |item| (item, *run)));
        all.filter(|(item, _)| item.cancelled.is_none() && !item.expired)
    };
    let mut out = String::new();
    let _ = writeln!(out, "{title}\n{}", "=".repeat(title.chars().count()));
    let newest = items().max_by_key(|(item, _)| (item.due, item.path()));
    match newest {
        None => {
            let _ = writeln!(out, "\n{}", wrapped(words.get("nothing_yet"), ""));
        }
        Some((newest, run)) => {
            let last = run.day(newest.due);
            let first = last.saturating_sub(6.days());
            let (from, to) = (words.day(first), words.day(last));
            let span = words.say("digest_span", &[("from", &from), ("to", &to)]);
            let _ = writeln!(out, "{span}");
            let mut week: Vec<(&Seen, &SeenRun)> = items()
                .filter(|(item, run)| run.day(item.due) >= first)
                .collect();
            week.sort_by_key(|(item, _)| (item.due, item.path()));
            for (item, run) in week {
                out.push_str(&entry(site, item, run));
            }
        }
    }
    let ahead = nearest(runs.iter().copied());
    if !ahead.is_empty() {
        let _ = writeln!(out, "\n{}\n", words.get("next_up"));
    }
    for (ahead, run) in ahead.into_iter().take(NEXT) {
        let _ = writeln!(out, "{}", wrapped(&coming(site, ahead, run), "  "));
    }
    let home = format!("{}{path}", site.base_url);
    let _ = writeln!(out, "\n{}\n{home}", words.get("digest_all"));
    out
}

/// An item: its day and title, what it says, where it is.
fn entry(site: &Site, item: &Seen, run: &SeenRun) -> String {
    let words = &site.words;
    let day = run.day(item.event.map_or(item.due, |event| event.starts));
    let minutes = item.words.minutes.map(|n| match n {
        1 => format!(" (1 {})", words.get("minute")),
        n => format!(" ({n} {})", words.get("minutes")),
    });
    let head = format!(
        "{} {}: {}{}",
        words.weekday_short(day),
        words.short_day(day),
        item.title(),
        minutes.unwrap_or_default()
    );
    let mut out = format!("\n{}\n", wrapped(&head, "  "));
    let summary = item.summary();
    if !summary.is_empty() {
        let said = format!("  {summary}");
        out.push_str(&wrapped(&said, "  "));
        out.push('\n');
    }
    let _ = writeln!(out, "  {}{}", site.base_url, item.path());
    out
}

/// What may be said of something that lies ahead, with its day and hour.
fn coming(site: &Site, ahead: &Ahead, run: &SeenRun) -> String {
    let local = ahead.due.to_zoned_datetime(run.zone.0.clone());
    let words = &site.words;
    let what = match (&ahead.title, &ahead.label) {
        (Some(title), _) => title.as_str(),
        (None, Some(label)) => label.as_str(),
        (None, None) => run.title,
    };
    format!(
        "{} {}, {} ({}): {what}",
        words.weekday_short(local.date()),
        words.short_day(local.date()),
        local.strftime("%H:%M"),
        run.zone.1
    )
}

/// Lines of at most the width, broken at spaces; a longer word, such as an address, stays whole.
fn wrapped(text: &str, indent: &str) -> String {
    let start = &text[..text.len() - text.trim_start().len()];
    let mut lines = vec![start.to_owned()];
    let mut is_new = true;
    for word in text.split_whitespace() {
        let line = lines.last().map_or(0, |line| line.chars().count());
        if !is_new && line + 1 + word.chars().count() > WIDTH {
            lines.push(indent.to_owned());
            is_new = true;
        }
        if let Some(line) = lines.last_mut() {
            if !is_new {
                line.push(' ');
            }
            line.push_str(word);
        }
        is_new = false;
    }
    lines.join("\n")
}
