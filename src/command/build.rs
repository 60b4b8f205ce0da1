//! `build` and `check`: the same corridor; only one of them writes.

use super::gather::{Gathered, gather};
use super::{FINE, Fatal, MISTAKES, World, counted, say, summary, tell};
use crate::cli::Common;
use crate::diag::{Diagnostics, Form};
use crate::disk::{self, Quiet, Writer};
use crate::model::Output;
use crate::pipeline::{self, Prepared};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Mutex;

/// Tells everything that is wrong.
pub fn check(common: &Common, format: Form, world: &World) -> Result<u8, Fatal> {
    disk::recover(&common.out).map_err(|error| error.to_string())?;
    let gathered = gather(common, world)?;
    let (prepared, diags) = pipeline::prepare(&gathered.loaded, &gathered.inputs);
    let diags = all(&gathered, &prepared, diags, common, &|_| {});
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
    let gathered = gather(common, world)?;
    let (prepared, diags) = pipeline::prepare(&gathered.loaded, &gathered.inputs);
    if let Some(site) = &common.site {
        writer.only(&[format!("public/{site}/"), format!("team/{site}/")]);
    }
    let bar = progress(&prepared, world);
    let failed: Mutex<Option<String>> = Mutex::new(None);
    let diags = all(&gathered, &prepared, diags, common, &|output: Output| {
        bar.inc(1);
        if let Err(error) = writer.put(&output.path, &output.bytes) {
            let mut failed = failed
                .lock()
                .unwrap_or_else(|poisoned| poisoned.into_inner());
            failed.get_or_insert(error.to_string());
        }
    });
    bar.finish_and_clear();
    tell(&diags, format, world);
    for note in &gathered.notes {
        say(note);
    }
    if diags.has_errors() {
        let count = counted(&diags).unwrap_or_default();
        say(&format!("{count}; nothing was written"));
        return Ok(MISTAKES);
    }
    if let Some(why) = failed
        .into_inner()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
    {
        return Err(format!(
            "{why}\nNothing was changed in {}.",
            common.out.display()
        ));
    }
    let report = writer.commit().map_err(|error| error.to_string())?;
    say(&summary::built(&prepared, &report, &diags, common));
    Ok(FINE)
}

/// Every problem of loading, planning and rendering, sorted; every file goes to the sink.
fn all(
    gathered: &Gathered,
    prepared: &[Prepared],
    planned: Diagnostics,
    common: &Common,
    sink: &(dyn Fn(Output) + Sync),
) -> Diagnostics {
    let mut diags = gathered.loaded.diags.clone();
    diags.append(planned);
    for site in prepared {
        diags.append(site.outputs(&gathered.inputs.folder, sink));
    }
    let diags = diags.sorted();
    if common.strict { diags.strict() } else { diags }
}

/// A bar over the files, for people who watch.
fn progress(prepared: &[Prepared], world: &World) -> ProgressBar {
    let files: usize = prepared
        .iter()
        .map(|site| {
            site.view
                .runs
                .iter()
                .map(|run| run.items.len())
                .sum::<usize>()
        })
        .sum();
    let bar = ProgressBar::new(files as u64);
    if !world.terminal {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} files") {
        bar.set_style(style);
    }
    bar
}
