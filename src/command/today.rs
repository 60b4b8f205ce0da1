//! `today`: what is to be done on this day, over all runs.

use super::gather::{gather, read};
use super::{FINE, Fatal, MISTAKES, World, data};
use crate::cli::{Common, DataForm};
use crate::diag::way_out;
use crate::disk;
use crate::model::{Gives, Tree};
use crate::pipeline::Prepared;
use crate::visible::{Due, TeamRun, TeamView};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write;

/// What is said of a day on which nothing is due.
const NOTHING: &str = "nothing today\n";

/// Prints the duties of the day, of one role or of all.
pub fn today(
    role: Option<&str>,
    common: &Common,
    format: DataForm,
    world: &World,
) -> Result<u8, Fatal> {
    disk::recover(&common.out).map_err(|error| error.to_string())?;
    let gathered = gather(read(common, world)?, common)?;
    let Some(prepared) = gathered.prepare("the day is not shown", common, world) else {
        return Ok(MISTAKES);
    };
    let teams: Vec<TeamView> = prepared.iter().map(Prepared::team).collect();
    if let Some(wanted) = role {
        known_role(&teams, wanted)?;
    }
    let rows: Vec<Row> = teams.iter().flat_map(|team| rows(team, role)).collect();
    data(&match format {
        DataForm::Json => json(&rows),
        DataForm::Text if rows.is_empty() => NOTHING.to_owned(),
        DataForm::Text => text(&teams, &rows),
    });
    Ok(FINE)
}

/// Refuses a role that nobody has.
fn known_role(teams: &[TeamView], wanted: &str) -> Result<(), Fatal> {
    let roles = teams.iter().flat_map(|team| &team.roles);
    let known: BTreeSet<&str> = roles.map(|rota| rota.id).collect();
    let guides = teams.iter().flat_map(|team| team.library.roles.keys());
    let mut guides = guides.map(|role| role.as_str());
    if known.contains(wanted) || guides.any(|role| role == wanted) {
        return Ok(());
    }
    let help = way_out(wanted, known, "Roles here");
    Err(format!("there is no role `{wanted}`\n{help}"))
}

/// One duty, in words.
#[derive(Serialize)]
struct Row {
    site: String,
    run: String,
    run_title: String,
    /// Its name in the table of the kind, and what it is about.
    duty: String,
    about: String,
    what: String,
    /// When, if it has an hour.
    at: Option<String>,
    /// The hour on the run's clock.
    hour: Option<String>,
    zone: String,
    minutes: Option<u32>,
    roles: Vec<Who>,
    groups: Vec<Group>,
    /// The post, ready to be pasted.
    post: Option<String>,
    if_quiet: Option<String>,
    list: Vec<String>,
    /// The page with what is posted or done at which minute, below the output folder.
    minute_sheet: Option<String>,
    uid: String,
}

#[derive(Serialize)]
struct Who {
    role: String,
    title: String,
    handle: Option<String>,
}

#[derive(Serialize)]
struct Group {
    title: String,
    url: Option<String>,
}

fn rows(team: &TeamView, role: Option<&str>) -> Vec<Row> {
    let due = team.due_today(role).into_iter();
    due.flat_map(|(run, due)| {
        due.into_iter()
            .map(|due| row(team, run, &due))
            .collect::<Vec<_>>()
    })
    .collect()
}

fn row(team: &TeamView, run: &TeamRun, due: &Due) -> Row {
    let (site, duty) = (team.site, &due.duty);
    let hour = |at: Timestamp| {
        let local = at.to_zoned_datetime(run.run.zone.clone());
        local.strftime("%H:%M").to_string()
    };
    let name = TeamRun::post_name(duty);
    let post = name.and_then(|name| run.post(duty, &name, site));
    let o = duty.occurrence();
    let with_minutes = o.filter(|o| duty.gives() == Gives::Minutes && TeamRun::has_minutes(o));
    Row {
        site: site.id.to_string(),
        run: run.run.id.to_string(),
        run_title: run.title.to_owned(),
        duty: duty.name(),
        about: duty.key(),
        what: duty.what(run.run, &site.words),
        at: duty.at.map(|at| at.to_string()),
        hour: duty.at.map(hour),
        zone: run.run.zone_name.clone(),
        minutes: duty.minutes().filter(|n| *n > 0),
        roles: (due.roles.iter())
            .map(|role| Who {
                role: (*role).to_owned(),
                title: team.role_title(role),
                handle: run.planned.handle(role).map(|handle| handle.to_string()),
            })
            .collect(),
        groups: run
            .channels(site)
            .map(|channel| Group {
                title: channel.title.clone(),
                url: channel.url.clone(),
            })
            .collect(),
        // What several starters share has the address of these ones.
        post: post.map(|post| match o.filter(|o| TeamRun::is_shared(o)) {
            Some(o) => format!("{}\n\n{}{}", post.text, site.base_url, o.path()),
            None => post.whole(),
        }),
        if_quiet: duty.if_quiet(),
        list: duty.list(run.programme),
        minute_sheet: with_minutes.map(|o| {
            let tree = Tree::Team.folder();
            format!("{tree}/{}/{}", site.id, run.minutes_path(o))
        }),
        uid: duty.uid(run.run, site),
    }
}

fn json(rows: &[Row]) -> String {
    let mut out = serde_json::to_string_pretty(rows).expect("text and numbers");
    out.push('\n');
    out
}

/// How far what belongs to a duty is moved in below it.
const MARGIN: &str = "         ";

fn text(teams: &[TeamView], rows: &[Row]) -> String {
    let mut out = String::new();
    for team in teams {
        let own: Vec<&Row> = rows
            .iter()
            .filter(|row| *team.site.id == *row.site)
            .collect();
        if own.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        let day = team.site.words.full_day(team.today);
        let _ = writeln!(out, "{}: {day} ({})", team.site.id, team.site.zone_name);
        let mut run = "";
        for row in own {
            if row.run != run {
                let _ = write!(out, "\n{}  {}", row.run, row.run_title);
                let zone = (row.zone != team.site.zone_name).then_some(&row.zone);
                out.push_str(&zone.map_or(String::new(), |zone| format!(" ({zone})")));
                out.push('\n');
                run = &row.run;
            }
            out.push_str(&duty(row, team.site.words.get("if_quiet")));
        }
    }
    out
}

fn duty(row: &Row, quiet_words: &str) -> String {
    let hour = row.hour.as_deref().unwrap_or("-");
    let mut out = format!("\n  {hour:<5}  {}\n", row.what);
    let who = row.roles.iter().map(|who| match &who.handle {
        Some(handle) => format!("{} ({handle})", who.title),
        None => who.title.clone(),
    });
    let mut about: Vec<String> = who.collect();
    about.extend(row.minutes.map(|n| format!("{n} min")));
    let _ = writeln!(out, "{MARGIN}{}", about.join(", "));
    if row.at.is_some() || row.if_quiet.is_some() {
        for group in &row.groups {
            let url = group.url.as_deref().unwrap_or_default();
            let _ = writeln!(out, "{MARGIN}{}", format!("{} {url}", group.title).trim());
        }
    }
    if let Some(sheet) = &row.minute_sheet {
        let _ = writeln!(out, "{MARGIN}{sheet}");
    }
    let list = row.list.iter().map(|line| format!("- {line}"));
    let list = list.collect::<Vec<_>>().join("\n");
    let quiet = row.if_quiet.as_ref();
    let texts = [
        row.post.clone(),
        quiet.map(|text| format!("{quiet_words}\n{text}")),
        Some(list).filter(|list| !list.is_empty()),
    ];
    for text in texts.into_iter().flatten() {
        out.push('\n');
        for line in text.lines() {
            let _ = writeln!(out, "{}", format!("{MARGIN}{line}").trim_end());
        }
    }
    out
}
