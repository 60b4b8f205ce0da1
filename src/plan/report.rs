//! The end report of a counted series, as far as learnflow knows it: what ran, what became of the plan, day by day. What
//! people answered stands in the network, so there are blanks for it.

use crate::model::{Occurrence, PlannedRun, Site, State, Strings};
use std::fmt::Write;

/// What is to be asked and answered by hand, in this order.
const BY_HAND: &[&str] = &["people", "posts", "quiet", "helpers", "work", "next"];

/// What stands where somebody writes.
pub const BLANK: &str = "…";

/// The report as Markdown.
pub fn text(run: &PlannedRun, site: &Site) -> String {
    let words = &site.words;
    let mut out = format!("# {}\n", words.say("report_of", &[("run", &run.title)]));
    let _ = writeln!(out, "\n{}", run.programme.purpose);
    heading(&mut out, words.get("report_ran"));
    for line in ran(run, site) {
        let _ = writeln!(out, "- {line}");
    }
    heading(&mut out, words.get("report_decided"));
    let decided = decided(run, words);
    if decided.is_empty() {
        let _ = writeln!(out, "{}", words.get("report_as_planned"));
    }
    for line in decided {
        let _ = writeln!(out, "- {line}");
    }
    heading(&mut out, words.get("report_by_hand"));
    for question in BY_HAND {
        let question = words.get(&format!("report_{question}")).to_owned();
        let _ = writeln!(out, "- {question}\n  {BLANK}");
    }
    heading(&mut out, words.get("report_days"));
    days(&mut out, run, site);
    heading(&mut out, words.get("report_again"));
    let _ = write!(out, "```markdown\n{}```\n", next(run, site));
    out
}

fn heading(out: &mut String, title: &str) {
    let _ = write!(out, "\n## {title}\n\n");
}

/// What is part of the series or belongs to it, and takes place.
fn out<'a>(run: &'a PlannedRun) -> impl Iterator<Item = &'a Occurrence> {
    let all = run.occurrences.iter();
    all.filter(|o| o.is_released() && o.cancelled.is_none())
}

fn ran(run: &PlannedRun, site: &Site) -> Vec<String> {
    let words = &site.words;
    let all = run.occurrences.iter().filter(|o| o.number.is_some());
    let all = all.count().to_string();
    let counted = || out(run).filter(|o| o.number.is_some());
    let days = || counted().map(|o| o.local.date());
    let mut lines = Vec::new();
    if let (Some(first), Some(last)) = (days().min(), days().max()) {
        let n = counted().count().to_string();
        let (from, to) = (words.full_day(first), words.full_day(last));
        let filled = [("n", &*n), ("all", &all), ("from", &from), ("to", &to)];
        lines.push(words.say("report_came_out", &filled));
    }
    let minutes: Vec<u32> = counted().filter_map(|o| o.words.minutes).collect();
    if !minutes.is_empty() {
        let sum: u32 = minutes.iter().sum();
        let count = minutes.len() as u32;
        let [sum, average] = [sum, (sum + count / 2) / count].map(|n| n.to_string());
        let filled = [("n", sum.as_str()), ("average", &average)];
        lines.push(words.say("report_minutes", &filled));
    }
    lines.extend(run.run.cohort.clone());
    let channels = run.run.channels.iter();
    let channels = channels.filter_map(|id| site.channel(id));
    lines.extend(channels.map(|channel| match &channel.url {
        Some(url) => format!("[{}]({url})", in_link(&channel.title)),
        None => channel.title.clone(),
    }));
    lines.extend(run.hashtag().map(|tag| format!("\\#{tag}")));
    lines
}

/// What the calendar and people moved, held back or called off, and why.
fn decided(run: &PlannedRun, words: &Strings) -> Vec<String> {
    let dropped = run.dropped.iter();
    let dropped = dropped.map(|(day, why)| format!("{}: {why}", words.full_day(*day)));
    let decided = run.occurrences.iter().filter_map(|o| {
        let moved = o.moved.iter().map(|moved| moved.reason.as_str());
        let others = [&o.why, &o.cancelled, &o.held].into_iter().flatten();
        let why: Vec<&str> = others
            .map(String::as_str)
            .chain(moved)
            .filter(|why| !why.is_empty())
            .collect();
        let became = match o.state {
            _ if o.cancelled.is_some() => words.get("state_cancelled").to_owned(),
            State::Held => words.get("state_held").to_owned(),
            _ => words.full_day(o.local.date()),
        };
        (!why.is_empty()).then(|| format!("{} ({became}): {}", o.title(), why.join("; ")))
    });
    dropped.chain(decided).collect()
}

/// Each day with its page, and room for what came of it.
fn days(out_text: &mut String, run: &PlannedRun, site: &Site) {
    let words = &site.words;
    let heads = ["day", "title", "minutes", "answers", "remarks"];
    let heads = heads.map(|head| words.get(&format!("report_col_{head}")).to_owned());
    let _ = writeln!(out_text, "| {} |", heads.join(" | "));
    let _ = writeln!(out_text, "| --- | --- | ---: | ---: | --- |");
    for o in out(run) {
        let day = o.local.date();
        let minutes = o.words.minutes.map(|n| n.to_string()).unwrap_or_default();
        let _ = writeln!(
            out_text,
            "| {} {} | [{}]({}{}) | {minutes} | {BLANK} | {BLANK} |",
            words.weekday_short(day),
            words.short_day(day),
            in_link(&o.title()).replace('|', "\\|"),
            site.base_url,
            o.path(),
        );
    }
}

/// The file of another run of the same, of which only the days are missing.
fn next(run: &PlannedRun, site: &Site) -> String {
    let (own, words) = (run.run, &site.words);
    let mut out = format!("---\nid: {}-{}\n", own.id, words.get("report_again_id"));
    let _ = writeln!(out, "programme: {}", own.programme);
    out.push_str("created: YYYY-MM-DD\nstarts: YYYY-MM-DD\n");
    if own.zone_name != site.zone_name {
        let _ = writeln!(out, "zone: {}", own.zone_name);
    }
    let _ = writeln!(out, "channels: [{}]", joined(own.channels.iter()));
    if let Some(hashtag) = &own.hashtag {
        let _ = writeln!(out, "hashtag: {hashtag}");
    }
    if !own.roles.is_empty() {
        let roles = own.roles.iter();
        let roles = roles.map(|(role, (handle, _))| format!("{role}: {handle}"));
        let _ = writeln!(out, "roles: {{{}}}", joined(roles));
    }
    let _ = writeln!(out, "---\n{}", words.get("report_again_body"));
    out
}

fn joined(all: impl Iterator<Item = impl ToString>) -> String {
    all.map(|one| one.to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Words that stand inside the brackets of a link.
pub fn in_link(words: &str) -> String {
    words.replace('[', "\\[").replace(']', "\\]")
}

/// Whether anything of the series can be reported.
pub fn has_begun(run: &PlannedRun) -> bool {
    out(run).next().is_some()
}
