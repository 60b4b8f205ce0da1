//! `init` and `new`: working texts to write over.

use super::{FINE, Fatal, World, say};
use crate::diag::{did_you_mean, way_out};
use crate::disk;
use crate::kinds::{KINDS, kind, scaffold};
use crate::model::{Id, Kind};
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};
use std::path::{Path, PathBuf};

/// Sets up a repository in a new or empty folder.
pub fn init(dir: &Path, now: Option<Timestamp>, world: &World) -> Result<u8, Fatal> {
    if !disk::is_free(dir) {
        return Err(format!(
            "{} is not empty\nName a new folder; nothing in an existing one is written over.",
            dir.display()
        ));
    }
    // Not a challenge: that is what most people add next, and the same example twice would clash.
    let first = kind("campaign").expect("the table has it");
    let starts = first_day(now.unwrap_or(world.clock), first);
    let mut files = scaffold::repository();
    files.extend(scaffold::programme(
        first,
        "shorter-meetings",
        "learning",
        "everyone",
        starts,
    ));
    write(dir, &files)?;
    let here = dir.display();
    say(&format!(
        "A small library with one site and one campaign is ready in {here}. Next:\n  cd {here}\n  learnflow check    # tells what is wrong: nothing yet\n  learnflow plan     # shows what comes out on which day\n  learnflow build    # makes the pages and feeds in dist/\nREADME.md there says what is where."
    ));
    Ok(FINE)
}

/// Writes a definition and a run of it.
pub fn new(
    name: &str,
    id: &str,
    site: Option<&str>,
    now: Option<Timestamp>,
    world: &World,
) -> Result<u8, Fatal> {
    let found = find(name)?;
    let id: Id = id
        .parse()
        .map_err(|help| format!("`{id}` is not an id\n{help}"))?;
    let sites = disk::folders(Path::new("sites"));
    let site = match (site, &sites[..]) {
        (Some(site), _) if sites.iter().any(|known| known == site) => site.to_owned(),
        (None, [only]) => only.clone(),
        (_, []) => {
            return Err("there is no folder below `sites/` here\nBegin with `learnflow init <folder>` and change into it.".to_owned());
        }
        (Some(site), _) => {
            let help = way_out(site, sites.iter().map(String::as_str), "Sites here");
            return Err(format!("there is no folder `sites/{site}`\n{help}"));
        }
        (None, _) => {
            return Err(format!(
                "there are several sites\nSay which with `--site`: {}.",
                sites.join(", ")
            ));
        }
    };
    let starts = first_day(now.unwrap_or(world.clock), found);
    let channel = first_channel(&site);
    let files = scaffold::programme(found, &id, &site, &channel, starts);
    write(Path::new("."), &files)?;
    let mut words =
        String::from("These files are written, with notes on every key. Put your own words in:\n");
    for (path, _) in &files {
        words.push_str(&format!("  {path}\n"));
    }
    words.push_str(
        "`learnflow check` tells what is wrong with them, `learnflow plan` shows the days.",
    );
    say(&words);
    Ok(FINE)
}

fn find(name: &str) -> Result<&'static Kind, Fatal> {
    kind(name).ok_or_else(|| {
        let names = || KINDS.iter().map(|kind| kind.name);
        let help = match did_you_mean(name, names()) {
            Some(near) => format!("Did you mean `{near}`?\n"),
            None => String::new(),
        };
        let list: Vec<String> = KINDS
            .iter()
            .map(|kind| format!("  {:14} {}", kind.name, kind.summary))
            .collect();
        format!(
            "there is no kind `{name}`\n{help}Kinds are:\n{}",
            list.join("\n")
        )
    })
}

/// The first Monday that leaves a kind the weeks it needs: time to change the texts, to invite, to prepare.
fn first_day(now: Timestamp, kind: &Kind) -> Date {
    let today = now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let soonest = today.saturating_add(kind.lead_weeks.weeks());
    soonest.nth_weekday(1, Weekday::Monday).unwrap_or(soonest)
}

/// The first channel of a site, for the run that is written; `everyone` if none can be read.
fn first_channel(site: &str) -> String {
    let file = PathBuf::from(format!("sites/{site}/site.yaml"));
    let text = disk::read_file(&file).ok().flatten().unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    let after = text.split("\nchannels:").nth(1).unwrap_or("");
    let id = after.split("id:").nth(1).map(|rest| {
        rest.trim_start()
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect::<String>()
    });
    id.filter(|id| !id.is_empty())
        .unwrap_or_else(|| "everyone".to_owned())
}

/// Writes files that are not there yet; if any is, none is written.
fn write(root: &Path, files: &[(String, String)]) -> Result<(), Fatal> {
    let there: Vec<&str> = files
        .iter()
        .filter(|(path, _)| root.join(path).exists())
        .map(|(path, _)| path.as_str())
        .collect();
    if !there.is_empty() {
        return Err(format!(
            "{} is there already\nChoose another id; nothing was written.",
            there.join(", ")
        ));
    }
    for (path, text) in files {
        disk::create(&root.join(path), text.as_bytes())
            .map_err(|error| format!("{path} cannot be written: {error}"))?;
    }
    Ok(())
}
