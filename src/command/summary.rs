//! What a build says at its end: what was made, what comes next, when to build again.

use super::counted;
use super::standing::Standing;
use crate::cli::Common;
use crate::diag::Diagnostics;
use crate::disk::Report;
use crate::model::{Edge, Library, Site};
use crate::pipeline::Made;
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

/// What the summary of a build says of a site.
pub fn site(made: &Made) -> String {
    format!(
        "{}: {} of {}, {}, {} released now\n",
        made.site.id,
        some(made.count.items, "item"),
        some(made.count.runs, "run"),
        some(made.count.feeds, "feed"),
        made.count.released,
    )
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

/// When the public tree of a site changes.
pub struct Changes<'a> {
    /// The site.
    pub site: &'a Site,
    /// Earliest first.
    pub edges: Vec<Edge>,
}

/// When to build again.
pub fn again(sites: &[Changes]) -> String {
    match next(sites) {
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
pub fn next<'c>(sites: &'c [Changes]) -> Option<(&'c Site, &'c Edge)> {
    earliest(sites, |_| true)
}

/// The earliest change of a feed over all sites.
pub fn next_feed<'c>(sites: &'c [Changes]) -> Option<(&'c Site, &'c Edge)> {
    earliest(sites, |edge| edge.feed)
}

fn earliest<'c>(
    sites: &'c [Changes],
    wanted: impl Fn(&Edge) -> bool,
) -> Option<(&'c Site, &'c Edge)> {
    sites
        .iter()
        .filter_map(|of| Some((of.site, of.edges.iter().find(|edge| wanted(edge))?)))
        .min_by_key(|(_, edge)| edge.at)
}

/// An instant in UTC and on the site's clock.
pub fn at(at: Timestamp, site: &Site) -> String {
    let local = at.to_zoned_datetime(site.zone.clone());
    let utc = at.to_zoned_datetime(TimeZone::UTC);
    format!(
        "{} ({} in {})",
        utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
        local.strftime("%a %d %b %H:%M"),
        site.zone_name
    )
}

/// How late a change may be where builds come at intervals (`build_every`).
fn late(site: &Site) -> String {
    match site.build_every {
        Some(every) => format!(" (built every {every:#}, so at the latest {every:#} later)"),
        None => String::new(),
    }
}
