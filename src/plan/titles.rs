//! No two items of a feed may be called the same while both stand in it: people cannot tell them apart,
//! and readers that know an item by its title show one of them only.

use super::entry;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Occurrence, PlannedRun, Site, State};
use jiff::SignedDuration;
use std::collections::{BTreeMap, BTreeSet};

/// A feed reaches back this many times the shortest gap between two items …
const WINDOW_GAPS: i64 = 14;
/// … but never less or more than this many days, and this many where there is no rhythm.
const SHORTEST: i64 = 14;
const LONGEST: i64 = 400;
const WITHOUT_RHYTHM: i64 = 30;

/// How far a feed of these runs reaches back from its newest entry.
pub fn feed_window(runs: &[&PlannedRun]) -> SignedDuration {
    let shortest = runs.iter().filter_map(|run| run.gap_days).min();
    let days = shortest.map_or(WITHOUT_RHYTHM, |gap| {
        (i64::from(gap) * WINDOW_GAPS).clamp(SHORTEST, LONGEST)
    });
    SignedDuration::from_hours(24 * days)
}

/// Warns of each title that comes twice within the window of a run's or a channel's feed. The site's own
/// feed brings everything together, and its entries say which run they are of.
pub fn check(site: &Site, runs: &[PlannedRun], diags: &mut Diagnostics) {
    let public: Vec<&PlannedRun> = runs.iter().filter(|run| !run.run.draft).collect();
    let of_channels = site.channels.iter().map(|channel| {
        let into = |run: &&PlannedRun| run.run.channels.contains(&channel.id);
        public.iter().copied().filter(into).collect()
    });
    let of_runs = public.iter().map(|run| vec![*run]);
    let feeds: Vec<Vec<&PlannedRun>> = of_runs.chain(of_channels).collect();
    let mut told = BTreeSet::new();
    for feed in feeds {
        for [(first_run, first), (run, second)] in twice(&feed, site) {
            let pair = (first.id().to_owned(), second.id().to_owned());
            if !told.insert(pair) {
                continue;
            }
            diags.push(
                Diagnostic::warning(
                    "same-title",
                    format!(
                        "`{}` and `{}` stand in one feed with the same title, \"{}\"",
                        first.id(),
                        second.id(),
                        entry::title(second, site)
                    ),
                )
                .at(run.run.origin.place(run.run.programme_at.clone()))
                .why("people cannot tell them apart, and some readers show only one of them")
                .help(if first_run.run.id == run.run.id {
                    "give one of the two a title of its own"
                } else {
                    "let one of the two runs flow into another channel, or begin when the other is over"
                }),
            );
        }
    }
}

type Item<'a> = (&'a PlannedRun<'a>, &'a Occurrence);

/// Neighbours of one title that stand in a feed together.
fn twice<'a>(feed: &[&'a PlannedRun<'a>], site: &Site) -> Vec<[Item<'a>; 2]> {
    let mut titles: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for run in feed {
        let shown = |o: &&Occurrence| {
            let out = matches!(o.state, State::Planned | State::Waiting | State::Released);
            out && !o.quiet
        };
        for occurrence in run.occurrences.iter().filter(shown) {
            let title = entry::title(occurrence, site);
            titles.entry(title).or_default().push((run, occurrence));
        }
    }
    let window = feed_window(feed);
    let mut found = Vec::new();
    for mut items in titles.into_values() {
        items.sort_by_key(|(_, occurrence)| occurrence.due);
        for pair in items.windows(2) {
            if pair[1].1.due.duration_since(pair[0].1.due) <= window {
                found.push([pair[0], pair[1]]);
            }
        }
    }
    found
}
