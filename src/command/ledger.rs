//! `ledger`: whether a ledger may be published after another, and one that was lost made again.

use super::gather::{known_site, moment, read_folder};
use super::{FINE, Fatal, MISTAKES, World, counted, data, say, tell};
use crate::cli::LedgerTask;
use crate::diag::{Diagnostic, Diagnostics, Form, Place};
use crate::formats::{ledger, read_feed};
use crate::model::{Entry, Ledger, Site, Slip};
use crate::pipeline::{self, Inputs};
use crate::{disk, plan};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Looks after a ledger.
pub fn ledger(what: &LedgerTask, world: &World) -> Result<u8, Fatal> {
    match what {
        LedgerTask::Check { old, new, format } => check(old, new, *format, world),
        LedgerTask::Recover {
            feeds,
            root,
            site,
            now,
        } => recover(feeds, root, site.as_deref(), *now, world),
    }
}

/// So many ids are named; the others are counted.
const NAMED: usize = 5;

fn check(old: &Path, new: &Path, format: Form, world: &World) -> Result<u8, Fatal> {
    let (old_site, published) = read(old)?;
    let (new_site, next) = read(new)?;
    if old_site != new_site {
        return Err(format!(
            "{} belongs to the site `{old_site}` and {} to `{new_site}`\nCompare the two ledgers of one site.",
            old.display(),
            new.display()
        ));
    }
    let mut diags = Diagnostics::new();
    for slip in next.slips_after(&published) {
        diags.push(told(&slip).at(Place {
            file: new.to_string_lossy().replace('\\', "/").into(),
            line: 1,
            column: 1,
            width: 1,
            text: String::new(),
        }));
    }
    tell(&diags, format, world);
    let count = counted(&diags);
    say(&match (&count, next == published) {
        (Some(count), _) => format!("{count}; do not publish this"),
        (None, true) => format!("Nothing came out since: serial {}", next.serial),
        (None, false) => {
            let new = next.entries.len() - published.entries.len();
            format!(
                "Serial {} follows {}: {new} new in the ledger of `{new_site}`",
                next.serial, published.serial
            )
        }
    });
    Ok(if count.is_some() { MISTAKES } else { FINE })
}

fn told(slip: &Slip) -> Diagnostic {
    let named = |ids: &[&str]| {
        let named = ids.iter().take(NAMED).map(|id| format!("`{id}`"));
        let more = ids.len().saturating_sub(NAMED);
        let mut named = named.collect::<Vec<_>>().join(", ");
        if more > 0 {
            named.push_str(&format!(" and {more} more"));
        }
        named
    };
    const REBUILD: &str = "fetch the published ledger and build again on top of it";
    match slip {
        Slip::Behind(is, was) => Diagnostic::error(
            "ledger-behind",
            format!("the ledger has serial {is}, and {was} is published already"),
        )
        .why("two builds that began with the same ledger give an item two stamps, and it is shown twice")
        .help(format!("{REBUILD}; let only one build run at a time")),
        Slip::Lost(ids) => Diagnostic::error(
            "ledger-lost",
            format!("the ledger does not know what is out: {}", named(ids)),
        )
        .why("the next build would show it once more as new")
        .help(REBUILD),
        Slip::Changed(ids) => Diagnostic::error(
            "ledger-changed",
            format!("the ledger says something else of what is out: {}", named(ids)),
        )
        .why("some networks show an item again when its date, link or text changes")
        .help(format!("{REBUILD}; `republish: yes` in a run is the way to tell people of a correction")),
        Slip::Early(ids) => Diagnostic::error(
            "ledger-early",
            format!("what is new was stamped before the newest that is out: {}", named(ids)),
        )
        .why("a network that remembers the newest date would never show it")
        .help(format!("{REBUILD}, with a clock that is right")),
    }
}

fn read(file: &Path) -> Result<(String, Ledger), Fatal> {
    let bytes = bytes(file)?;
    ledger::read_any(&bytes)
        .map_err(|why| format!("the ledger {} cannot be used: {why}", file.display()))
}

fn bytes(file: &Path) -> Result<Vec<u8>, Fatal> {
    match disk::read_file(file) {
        Ok(Some(bytes)) => Ok(bytes.to_vec()),
        Ok(None) => Err(format!(
            "there is no {}\nFetch it from the published site.",
            file.display()
        )),
        Err(why) => Err(format!("{} cannot be read: {why}", file.display())),
    }
}

fn recover(
    feeds: &[PathBuf],
    root: &Path,
    site: Option<&str>,
    now: Option<Timestamp>,
    world: &World,
) -> Result<u8, Fatal> {
    let (folder, problems) = read_folder(root)?;
    let (now, notes) = moment(now, world)?;
    let loaded = pipeline::load(&folder);
    let mut told = problems;
    told.append(loaded.diags.clone());
    known_site(site, &loaded.library, &told)?;
    if told.has_errors() {
        tell(&told.sorted(), Form::Text, world);
        say("Nothing is recovered while there are errors");
        return Ok(MISTAKES);
    }
    let sites: Vec<&Site> = loaded.library.sites.values().collect();
    let site = match (site, &sites[..]) {
        (Some(wanted), _) => sites.iter().find(|site| *site.id == *wanted),
        (None, [_]) => sites.first(),
        (None, _) => None,
    };
    let Some(site) = site else {
        return Err("there are several sites\nSay with `--site` whose feeds these are.".to_owned());
    };
    let mut shown: BTreeMap<String, Entry> = BTreeMap::new();
    for feed in feeds {
        let read = read_feed(site, &bytes(feed)?)
            .map_err(|why| format!("{} cannot be used: {why}", feed.display()))?;
        shown.extend(read);
    }
    let inputs = Inputs {
        folder,
        now,
        site: Some(site.id.to_string()),
        ..Inputs::default()
    };
    let (prepared, _) = pipeline::prepare(&loaded, &inputs);
    let Some(afresh) = prepared.first() else {
        return Err(format!("the site `{}` cannot be planned", site.id));
    };
    let recovered = plan::recover(&afresh.plan, shown);
    for note in notes {
        say(&note);
    }
    data(&String::from_utf8_lossy(&ledger::write(
        &site.id,
        &recovered.ledger,
    )));
    say(&format!(
        "{}: {} as subscribers saw them, {} older with pages alone, {} due that the next build releases",
        site.id, recovered.stamped, recovered.silent, recovered.due
    ));
    Ok(FINE)
}
