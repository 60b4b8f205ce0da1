//! `plan`: every occurrence, or the next change.

use super::gather::{gather, read};
use super::summary::{self, Changes};
use super::{FINE, Fatal, MISTAKES, World, data};
use crate::cli::{Common, PlanForm};
use crate::diag::did_you_mean;
use crate::formats::ical;
use crate::model::{Edge, PlannedRun, Site};
use crate::pipeline::Prepared;
use crate::{disk, plan as room};
use jiff::tz::TimeZone;
use serde::Serialize;
use std::fmt::Write;

/// Prints the plan of every run, or when the output changes next.
pub fn plan(
    common: &Common,
    next: bool,
    run: Option<&str>,
    format: PlanForm,
    world: &World,
) -> Result<u8, Fatal> {
    if !next && matches!(format, PlanForm::Cron | PlanForm::Ics) {
        return Err("`--format cron` and `--format ics` tell one moment\nAdd `--next`.".to_owned());
    }
    disk::recover(&common.out).map_err(|error| error.to_string())?;
    let gathered = gather(read(common, world)?, common)?;
    let Some(prepared) = gathered.prepare("the plan is not shown", common, world) else {
        return Ok(MISTAKES);
    };
    if let Some(wanted) = run {
        known_run(&prepared, wanted)?;
    }
    let text = match (next, format) {
        (true, format) => next_change(&prepared, format),
        (false, PlanForm::Json) => json(&prepared, run),
        (false, _) => text(&prepared, run),
    };
    data(&text);
    Ok(FINE)
}

/// Refuses a run that no site has.
fn known_run(prepared: &[Prepared], wanted: &str) -> Result<(), Fatal> {
    let runs = || prepared.iter().flat_map(|site| &site.plan.runs);
    let mut names = runs().map(|run| run.run.id.as_str());
    if names.any(|name| name == wanted) {
        return Ok(());
    }
    let help = match did_you_mean(wanted, runs().map(|run| run.run.id.as_str())) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => "`learnflow plan` shows all runs.".to_owned(),
    };
    Err(format!("there is no run `{wanted}`\n{help}"))
}

fn text(prepared: &[Prepared], wanted: Option<&str>) -> String {
    let mut out = String::new();
    for site in prepared {
        let runs = site
            .plan
            .runs
            .iter()
            .filter(|run| wanted.is_none_or(|id| &*run.run.id == id));
        for run in runs {
            let _ = writeln!(
                out,
                "{}/{}  {} ({}, {}{})\n",
                site.site.id,
                run.run.id,
                run.title,
                run.programme.kind.name,
                run.run.zone_name,
                if run.run.draft { ", draft" } else { "" },
            );
            out.push_str(&room::text(run));
            out.push('\n');
        }
    }
    out
}

#[derive(Serialize)]
struct Row<'a> {
    site: &'a str,
    run: &'a str,
    kind: &'static str,
    key: &'a str,
    guid: String,
    nominal: String,
    local: String,
    zone: &'a str,
    due: String,
    closes: String,
    state: &'static str,
    title: String,
    minutes: Option<i64>,
}

fn json(prepared: &[Prepared], wanted: Option<&str>) -> String {
    let mut rows = Vec::new();
    for site in prepared {
        let runs = site
            .plan
            .runs
            .iter()
            .filter(|run| wanted.is_none_or(|id| &*run.run.id == id));
        for run in runs {
            rows.extend(run.occurrences.iter().map(|o| row(site, run, o)));
        }
    }
    let mut out = serde_json::to_string_pretty(&rows).expect("text and numbers");
    out.push('\n');
    out
}

fn row<'a>(site: &'a Prepared, run: &'a PlannedRun, o: &'a crate::model::Occurrence) -> Row<'a> {
    Row {
        site: &site.site.id,
        run: &run.run.id,
        kind: run.programme.kind.name,
        key: o.key(),
        guid: site.site.tag(o.id()),
        nominal: o.nominal.to_string(),
        local: o.local.strftime("%Y-%m-%dT%H:%M").to_string(),
        zone: &run.run.zone_name,
        due: o.due.to_string(),
        closes: o.closes.to_string(),
        state: o.state.name(),
        title: o.title(),
        minutes: o.event.map(|e| e.starts.duration_until(e.ends).as_mins()),
    }
}

#[derive(Serialize)]
struct Next<'a> {
    next: Option<Change<'a>>,
    next_feed: Option<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    at: String,
    site: &'a str,
    what: &'a str,
}

fn next_change(prepared: &[Prepared], format: PlanForm) -> String {
    let sites = prepared.iter().map(|prepared| Changes {
        site: prepared.site,
        edges: prepared.seen().1,
    });
    let sites: Vec<Changes> = sites.collect();
    let next = summary::next(&sites);
    let feed = summary::next_feed(&sites);
    match format {
        PlanForm::Text => next_text(next, feed),
        PlanForm::Json => {
            let change = |found: Option<(&Site, &Edge)>| {
                found.map(|(site, edge)| {
                    (edge.at.to_string(), site.id.to_string(), edge.what.clone())
                })
            };
            let (next, feed) = (change(next), change(feed));
            let shown = Next {
                next: next.as_ref().map(shown),
                next_feed: feed.as_ref().map(shown),
            };
            let mut out = serde_json::to_string_pretty(&shown).expect("text");
            out.push('\n');
            out
        }
        PlanForm::Cron => match next {
            None => String::new(),
            Some((_, edge)) => {
                // A crontab knows minutes: the first one that has begun when the change is due.
                let seconds = edge.at.as_second().rem_euclid(60);
                let at = edge.at + jiff::SignedDuration::from_secs((60 - seconds) % 60);
                let utc = at.to_zoned_datetime(TimeZone::UTC);
                format!("{}\n", utc.strftime("%-M %-H %-d %-m *"))
            }
        },
        PlanForm::Ics => next.map_or(String::new(), |(site, edge)| event(site, edge)),
    }
}

fn shown(change: &(String, String, String)) -> Change<'_> {
    Change {
        at: change.0.clone(),
        site: &change.1,
        what: &change.2,
    }
}

fn next_text(next: Option<(&Site, &Edge)>, feed: Option<(&Site, &Edge)>) -> String {
    let Some((site, edge)) = next else {
        return "Nothing lies ahead.\n".to_owned();
    };
    let mut out = format!("{}  {}\n", summary::at(edge.at, site), edge.what);
    if let Some((site, edge)) = feed {
        let _ = writeln!(
            out,
            "{}  next feed entry: {}",
            summary::at(edge.at, site),
            edge.what
        );
    }
    out
}

/// One event of no length: a reminder for people whose host has no scheduler.
fn event(site: &Site, edge: &Edge) -> String {
    let reminder = ical::Event {
        uid: format!("next-build.{}@{}", site.id, site.authority.host),
        stamp: edge.at,
        sequence: 0,
        span: ical::Span::Hours(edge.at, edge.at),
        summary: edge.what.clone(),
        description: String::new(),
        url: None,
        cancelled: false,
    };
    let calendar = ical::Calendar {
        name: site.title.clone(),
        events: vec![reminder],
    };
    String::from_utf8_lossy(&ical::write(&calendar)).into_owned()
}
