//! `build` and `check`: the same corridor; only one of them writes.

use super::gather::{Gathered, gather, read};
use super::standing::{self, Standing, Sum};
use super::summary::{self, Changes};
use super::{FINE, Fatal, MISTAKES, World, counted, say, tell};
use crate::cli::Common;
use crate::diag::{Diagnostics, Form};
use crate::disk::{self, Quiet, Writer};
use crate::model::Output;
use crate::pipeline::{self, Prepared};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

/// Tells everything that is wrong.
pub fn check(common: &Common, format: Form, world: &World) -> Result<u8, Fatal> {
    disk::recover(&common.out).map_err(|error| error.to_string())?;
    let gathered = gather(read(common, world)?, common)?;
    let (prepared, diags) = pipeline::prepare(&gathered.loaded, &gathered.inputs);
    let diags = all(&gathered, prepared, diags, &|_| {}).told;
    let diags = if common.strict { diags.strict() } else { diags };
    tell(&diags, format, world);
    for note in &gathered.notes {
        say(note);
    }
    say(&match counted(&diags) {
        Some(count) => format!("{count} in {}", summary::library(&gathered.loaded.library)),
        None => format!(
            "Everything is fine: {}",
            summary::library(&gathered.loaded.library)
        ),
    });
    Ok(if diags.has_errors() { MISTAKES } else { FINE })
}

/// Writes both trees of every site, all or nothing.
pub fn build(common: &Common, format: Form, world: &World) -> Result<u8, Fatal> {
    // Opening completes what a killed build left behind, before anything (the ledger too) is read.
    let mut writer = Writer::open(&common.out, &Quiet).map_err(|error| error.to_string())?;
    let read = read(common, world)?;
    let inputs = standing::inputs(&read, common, world);
    let last = || {
        let standing = Standing::read(writer.note()?)?;
        let same = standing.holds(inputs.as_ref()?, read.now, common) && writer.stands();
        same.then_some(standing)
    };
    if let Some(standing) = last() {
        return Ok(unchanged(standing, &read.notes, common, format, world));
    }
    let gathered = gather(read, common)?;
    let (prepared, diags) = pipeline::prepare(&gathered.loaded, &gathered.inputs);
    if let Some(site) = &common.site {
        writer.only(&[format!("public/{site}/"), format!("team/{site}/")]);
    }
    let bar = progress(&prepared, world);
    let failed: Mutex<Option<String>> = Mutex::new(None);
    let ledgers: BTreeMap<String, &str> = prepared
        .iter()
        .map(|site| (standing::ledger_path(&site.site.id), &*site.site.id))
        .collect();
    let left: Mutex<BTreeMap<String, Sum>> = Mutex::default();
    let made = all(&gathered, prepared, diags, &|output: Output| {
        bar.inc(1);
        if let Some(site) = ledgers.get(&output.path) {
            held(&left).insert((*site).to_owned(), Sum::written(&output.content));
        }
        if let Err(error) = writer.put_content(&output.path, &output.content) {
            held(&failed).get_or_insert(error.to_string());
        }
    });
    bar.finish_and_clear();
    let note = inputs.map(|inputs| {
        let left = std::mem::take(&mut *held(&left));
        let until = made.holds_until;
        Standing::new(
            inputs,
            left,
            gathered.inputs.now,
            until,
            &made.next,
            &made.told,
        )
        .note()
    });
    let All {
        told, sites, next, ..
    } = made;
    let notes = gathered.notes;
    // All is made; what it was made of gives room to the writer's own lists.
    drop((gathered.loaded, gathered.inputs));
    let diags = if common.strict { told.strict() } else { told };
    if tell_all(&diags, &notes, format, world) == MISTAKES {
        return Ok(MISTAKES);
    }
    if let Some(why) = held(&failed).take() {
        return Err(format!(
            "{why}\nNothing was changed in {}.",
            common.out.display()
        ));
    }
    let report = match note {
        Some(note) => writer.commit_noting(&note),
        None => writer.commit(),
    };
    let report = report.map_err(|error| error.to_string())?;
    let written = summary::written(&report, &diags, common);
    say(&format!("{sites}{written}{next}"));
    Ok(FINE)
}

/// Tells again what the build told that stands.
fn unchanged(
    standing: Standing,
    notes: &[String],
    common: &Common,
    format: Form,
    world: &World,
) -> u8 {
    let told = standing.problems();
    let diags = if common.strict { told.strict() } else { told };
    let code = tell_all(&diags, notes, format, world);
    if code == FINE {
        say(&summary::unchanged(&standing, &diags, common));
    }
    code
}

/// Tells problems and notes, and whether a build is written.
fn tell_all(diags: &Diagnostics, notes: &[String], format: Form, world: &World) -> u8 {
    tell(diags, format, world);
    for note in notes {
        say(note);
    }
    if !diags.has_errors() {
        return FINE;
    }
    let count = counted(diags).unwrap_or_default();
    say(&format!("{count}; nothing was written"));
    MISTAKES
}

fn held<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// What is told of all sites when their files are made.
struct All {
    /// Every problem of loading, planning and rendering, sorted.
    told: Diagnostics,
    /// Until when the files and problems stay the same.
    holds_until: Option<Timestamp>,
    /// What there is of each site, in words.
    sites: String,
    /// When to build again, in words.
    next: String,
}

/// Makes all sites, one after the other; every file goes to the sink.
fn all(
    gathered: &Gathered,
    prepared: Vec<Prepared>,
    planned: Diagnostics,
    sink: &(dyn Fn(Output) + Sync),
) -> All {
    let mut told = gathered.loaded.diags.clone();
    told.append(planned);
    let (mut holds_until, mut sites, mut changes) = (None, String::new(), Vec::new());
    for site in prepared {
        let made = site.outputs(&gathered.inputs.folder, sink);
        sites.push_str(&summary::site(&made));
        told.append(made.told);
        holds_until = holds_until.into_iter().chain(made.holds_until).min();
        changes.push(Changes {
            site: made.site,
            edges: made.edges,
        });
    }
    All {
        told: told.sorted(),
        holds_until,
        sites,
        next: summary::again(&changes),
    }
}

/// A bar over the files, for people who watch.
fn progress(prepared: &[Prepared], world: &World) -> ProgressBar {
    let runs = prepared.iter().flat_map(|site| &site.plan.runs);
    let files = runs.flat_map(|run| &run.occurrences);
    let bar = ProgressBar::new(files.filter(|o| o.is_released()).count() as u64);
    if !world.terminal {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} files") {
        bar.set_style(style);
    }
    bar
}
