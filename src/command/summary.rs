//! What a build says at its end: what was made, what comes next, when to build again.

use super::counted;
use super::standing::Standing;
use crate::cli::Common;
use crate::diag::Diagnostics;
use crate::disk::Report;
use crate::model::{Edge, Library};
use crate::pipeline::Prepared;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::fmt::Write;

/// `10 programmes, 14 runs, 1 site`.
pub fn library(library: &Library) -> String {
    let runs = library.runs.values().map(Vec::len).sum();
    [
        some(library.programmes.len(), "programme"),
        some(runs, "run"),
        some(library.sites.len(), "site"),
    ]
    .join(", ")
}

fn some(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

/// What the summary of a build says of each site.
pub fn sites(prepared: &[Prepared]) -> String {
    let mut out = String::new();
    for site in prepared {
        let out_now: usize = site.view.runs.iter().map(|run| run.items.len()).sum();
        let _ = writeln!(
            out,
            "{}: {} of {}, {}, {} released now",
            site.site.id,
            some(out_now, "item"),
            some(site.view.runs.len(), "run"),
            some(site.view.feeds.len(), "feed"),
            site.plan.released.len(),
        );
    }
    out
}

/// What it says of the files.
pub fn written(report: &Report, diags: &Diagnostics, common: &Common) -> String {
    let mut out = format!(
        "{}: {} written, {} unchanged, {} removed\n",
        common.out.display(),
        some(report.written, "file"),
        report.unchanged,
        report.removed
    );
    if let Some(count) = counted(diags) {
        let _ = writeln!(out, "{count}");
    }
    out
}

/// The summary of a build that had nothing to do.
pub fn unchanged(standing: &Standing, diags: &Diagnostics, common: &Common) -> String {
    let mut out = format!(
        "{}: nothing changed since {}: 0 files written\n",
        common.out.display(),
        standing.built
    );
    if let Some(count) = counted(diags) {
        let _ = writeln!(out, "{count}");
    }
    out + &standing.next
}

/// When to build again.
pub fn again(prepared: &[Prepared]) -> String {
    match next(prepared) {
        Some((site, edge)) => format!(
            "Build again at {}: {}{}\n",
            at(edge.at, site),
            edge.what,
            late(site)
        ),
        None => "Nothing lies ahead: no build is needed until something is written.\n".to_owned(),
    }
}

/// The earliest change over all sites, and whose it is.
pub fn next<'p, 'a>(prepared: &'p [Prepared<'a>]) -> Option<(&'p Prepared<'a>, &'p Edge)> {
    earliest(prepared, |_| true)
}

/// The earliest change of a feed over all sites.
pub fn next_feed<'p, 'a>(prepared: &'p [Prepared<'a>]) -> Option<(&'p Prepared<'a>, &'p Edge)> {
    earliest(prepared, |edge| edge.feed)
}

fn earliest<'p, 'a>(
    prepared: &'p [Prepared<'a>],
    wanted: impl Fn(&Edge) -> bool,
) -> Option<(&'p Prepared<'a>, &'p Edge)> {
    prepared
        .iter()
        .filter_map(|site| Some((site, site.edges.iter().find(|edge| wanted(edge))?)))
        .min_by_key(|(_, edge)| edge.at)
}

/// An instant in UTC and on the site's clock.
pub fn at(at: Timestamp, site: &Prepared) -> String {
    let local = at.to_zoned_datetime(site.site.zone.clone());
    let utc = at.to_zoned_datetime(TimeZone::UTC);
    format!(
        "{} ({} in {})",
        utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
        local.strftime("%a %d %b %H:%M"),
        site.site.zone_name
    )
}

/// How late a change may be where builds come at intervals (`build_every`).
fn late(site: &Prepared) -> String {
    match site.site.build_every {
        Some(every) => format!(" (built every {every:#}, so at the latest {every:#} later)"),
        None => String::new(),
    }
}
