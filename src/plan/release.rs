//! What is due becomes released, once, with a stamp of its own; what is released and no longer
//! planned is withdrawn. The ledger goes in and comes out.

use super::places::since;
use super::{entry, republish};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Call, Entry, Frozen, Id, Ledger, Library, Moment, PlannedRun, Site, State};
use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An item that comes out more than a day after it was due says so.
pub const LATE: SignedDuration = SignedDuration::from_hours(24);

/// As many released items may disappear at once without being asked for: more is rather a renamed run.
const MAY_WITHDRAW: usize = 3;

/// How many items' words are read at once: enough to share the work, few enough to lie about.
const AT_ONCE: usize = 1024;

/// What a release brings about.
pub struct Released {
    pub ledger: Ledger,
    pub stamped: usize,
    pub withdrawn: Vec<Call>,
}

/// Stamps what is due, in the order of (due, id).
pub fn release(
    library: &Library,
    site: &Site,
    runs: &mut [PlannedRun],
    before: &Ledger,
    moment: &Moment,
    withdraw: bool,
    diags: &mut Diagnostics,
) -> Released {
    let mut ledger = before.clone();
    let fresh = before.is_fresh();
    let backlogs = backlogs(site, runs, before, moment, diags);
    let mut throttle = Throttle::new(site, runs, before);
    let mut last = before.last_stamp();
    let mut stamped = 0;
    let mut waiting: Vec<(usize, usize, Timestamp)> = Vec::new();
    let mut given = 0;
    let now = moment.now();
    let (found, ahead) = to_come(runs, before, now);
    let is_late = |due| !fresh && now.duration_since(due) > LATE;
    for some in found.chunks(AT_ONCE) {
        // The only dear part of a release, and the same in any order: the words are read.
        let frozen: Vec<Frozen> = some
            .par_iter()
            .map(|(due, run, index)| {
                let run = &runs[*run];
                entry::frozen(&run.occurrences[*index], run, site, is_late(*due))
            })
            .collect();
        for (&(due, run_index, index), frozen) in some.iter().zip(frozen) {
            let run = &runs[run_index];
            let occurrence = &run.occurrences[index];
            let late = is_late(due);
            let quiet = occurrence.quiet || backlogs.contains(&run.run.id);
            let stamp = if quiet {
                None
            } else if fresh {
                Some(last.map_or(due, |last| due.max(last + SignedDuration::from_secs(1))))
            } else {
                let soonest = moment.now() + site.margin;
                let stamp = last.map_or(soonest, |last| {
                    soonest.max(last + SignedDuration::from_secs(1))
                });
                // Counted from now, not from the stamp: a second build at the same moment brings no more.
                // Nothing overtakes what waits in its own run, where the order has a meaning.
                let soonest = soonest + SignedDuration::from_secs(given);
                let behind = waiting.iter().any(|(other, ..)| *other == run_index);
                if behind || throttle.wait(run, soonest).is_some() {
                    waiting.push((run_index, index, soonest));
                    runs[run_index].occurrences[index].state = State::Waiting;
                    continue;
                }
                throttle.count(run, stamp);
                given += 1;
                Some(stamp)
            };
            if late && !quiet {
                diags.push(
                    Diagnostic::warning(
                        "late",
                        format!(
                            "`{}` was due on {} and comes out now",
                            occurrence.id(),
                            occurrence.local.date()
                        ),
                    )
                    .at(run.run.origin.place(run.run.programme_at.clone()))
                    .help("nothing is lost: it is shown as new and says for when it was planned"),
                );
            }
            last = stamp.or(last);
            ledger.entries.insert(
                occurrence.id().to_owned(),
                Arc::new(Entry {
                    due,
                    stamp,
                    updated: stamp,
                    republished: republish::decided(run.run, occurrence.key(), now),
                    link: format!("{}{}", site.base_url, occurrence.path()),
                    drawn: occurrence.drawn.clone(),
                    frozen,
                    withdrawn: None,
                }),
            );
            stamped += 1;
            runs[run_index].occurrences[index].state = State::Released;
        }
    }
    let mut first_out: BTreeMap<usize, Timestamp> = BTreeMap::new();
    let mut comes = |run: usize, at: Timestamp| {
        let first = first_out.entry(run).or_insert(at);
        *first = at.min(*first);
    };
    // Asked when all is counted: what came out after it in another channel may keep an item longer.
    for (run_index, index, soonest) in waiting {
        let run = &runs[run_index];
        if let Some(until) = throttle.wait(run, soonest) {
            comes(run_index, until);
            let key = run.occurrences[index].key();
            moment.released(until, || format!("{}: {key} is released", run.title));
        }
    }
    // What lies ahead comes out when it is due, or when its feeds have room again after what came out now.
    for (due, run_index, index) in ahead {
        let run = &runs[run_index];
        let occurrence = &run.occurrences[index];
        let free = ledger.entries.contains_key(occurrence.id()) || occurrence.quiet;
        let room = throttle.wait(run, due + site.margin).filter(|_| !free);
        let key = occurrence.key();
        let out = room.map_or(due, |room| room.max(due));
        comes(run_index, out);
        // The team sees that it waits.
        moment.reached(due);
        moment.released(out, || format!("{}: {key} is released", run.title));
    }
    for (run_index, first) in first_out {
        let run = &runs[run_index];
        let joins = joins_late(site, run, &ledger, fresh);
        if let Some(at) = joins.filter(|at| *at > now && *at < first) {
            moment.passed(at, || format!("{}: its past gets pages", run.title));
        }
    }
    republish::republish(site, runs, &mut ledger, moment, diags);
    let withdrawn = withdrawals(site, runs, &mut ledger, moment, withdraw, diags);
    // A first build counts even if nothing is due: its empty feeds are published, and what follows is new.
    ledger.since = since(library, site, runs, &ledger, moment);
    if fresh || (&ledger.entries, &ledger.since) != (&before.entries, &before.since) {
        ledger.serial = before.serial + 1;
    }
    Released {
        ledger,
        stamped,
        withdrawn,
    }
}

/// What is not out yet, as (due, run, occurrence), in the order in which it is stamped: what is due,
/// and what lies ahead.
fn to_come(runs: &[PlannedRun], ledger: &Ledger, now: Timestamp) -> (Vec<Item>, Vec<Item>) {
    let mut found = Vec::new();
    for (run_index, run) in runs.iter().enumerate().filter(|(_, run)| !run.run.draft) {
        for (index, occurrence) in run.occurrences.iter().enumerate() {
            let out = occurrence.due <= now && ledger.entries.contains_key(occurrence.id());
            if occurrence.state == State::Planned && !out {
                found.push((occurrence.due, run_index, index));
            }
        }
    }
    found.sort_by(|a: &Item, b: &Item| {
        let id = |x: &Item| runs[x.1].occurrences[x.2].id();
        (a.0, id(a)).cmp(&(b.0, id(b)))
    });
    found.into_iter().partition(|(due, ..)| *due <= now)
}

/// When a run of which nothing is out has more past items than a feed may bring at once.
fn joins_late(site: &Site, run: &PlannedRun, ledger: &Ledger, fresh: bool) -> Option<Timestamp> {
    if fresh || is_known(run, ledger) {
        return None;
    }
    let waits = |o: &&crate::model::Occurrence| matches!(o.state, State::Planned | State::Waiting);
    let mut dues = run.occurrences.iter().filter(waits).map(|o| o.due);
    dues.nth(site.burst as usize)
}

/// Whether anything of a run is out.
fn is_known(run: &PlannedRun, ledger: &Ledger) -> bool {
    let prefix = format!("{}/", run.run.id);
    let mut known = ledger.entries.range(prefix.clone()..);
    known.next().is_some_and(|(id, _)| id.starts_with(&prefix))
}

/// When it is due, and where it stands: run and occurrence.
type Item = (Timestamp, usize, usize);

/// The runs that join a site that is already published with more past items than a feed may bring at
/// once: their past gets pages and no entries.
fn backlogs(
    site: &Site,
    runs: &[PlannedRun],
    ledger: &Ledger,
    moment: &Moment,
    diags: &mut Diagnostics,
) -> BTreeSet<Id> {
    let mut backlogs = BTreeSet::new();
    if ledger.is_fresh() {
        return backlogs;
    }
    for run in runs.iter().filter(|run| !run.run.draft) {
        if is_known(run, ledger) {
            continue;
        }
        let past = run
            .occurrences
            .iter()
            .filter(|o| o.state == State::Planned && o.due <= moment.now())
            .count();
        if past > site.burst as usize {
            diags.push(
                Diagnostic::warning(
                    "backlog",
                    format!(
                        "{past} past items of `{}` get pages and no feed entries",
                        run.run.id
                    ),
                )
                .at(run.run.origin.place(run.run.programme_at.clone()))
                .why("a channel that is flooded on the first day is muted on the second")
                .help("nothing to do; what comes next appears in the feeds"),
            );
            backlogs.insert(run.run.id.clone());
        }
    }
    backlogs
}

/// Counts the stamps of each run's and channel's feed.
struct Throttle<'a> {
    site: &'a Site,
    stamps: BTreeMap<String, Vec<Timestamp>>,
}

impl<'a> Throttle<'a> {
    fn new(site: &'a Site, runs: &[PlannedRun], ledger: &Ledger) -> Self {
        let mut throttle = Self {
            site,
            stamps: BTreeMap::new(),
        };
        let by_id: BTreeMap<&str, &PlannedRun> =
            runs.iter().map(|run| (run.run.id.as_str(), run)).collect();
        for (id, entry) in &ledger.entries {
            let run = id.split('/').next().unwrap_or("");
            if let Some(run) = by_id.get(run)
                && let Some(stamp) = entry.stamp
            {
                throttle.count(run, stamp);
            }
        }
        throttle
    }

    fn feeds(run: &PlannedRun) -> impl Iterator<Item = String> {
        let own = format!("run {}", run.run.id);
        let channels = run.run.channels.iter().map(|id| format!("channel {id}"));
        channels.chain([own]).collect::<Vec<_>>().into_iter()
    }

    fn count(&mut self, run: &PlannedRun, stamp: Timestamp) {
        for feed in Self::feeds(run) {
            let stamps = self.stamps.entry(feed).or_default();
            let at = stamps.partition_point(|known| *known <= stamp);
            stamps.insert(at, stamp);
        }
    }

    /// Until when an item of this run must wait, if it may not be stamped so soon: the moment at which
    /// the oldest of the last `burst` stamps in one of its feeds is `burst_gap` away.
    fn wait(&self, run: &PlannedRun, soonest: Timestamp) -> Option<Timestamp> {
        let burst = self.site.burst as usize;
        Self::feeds(run)
            .filter_map(|feed| {
                let stamps = self.stamps.get(&feed)?;
                let nth = stamps.len().checked_sub(burst).map(|at| stamps[at])?;
                (nth > soonest - self.site.burst_gap)
                    .then_some(nth + self.site.burst_gap - self.site.margin)
            })
            .max()
    }
}

/// The codes of what is told about items that were released and are no longer planned.
pub const WITHDRAWALS: &[&str] = &["withdrawn", "withdraws-many"];

/// The codes of what is told when the ledger changes, and by no later build.
pub const ONCE: &[&str] = &["backlog", "late", "withdrawn"];

/// Marks what is out and no longer planned.
fn withdrawals(
    site: &Site,
    runs: &[PlannedRun],
    ledger: &mut Ledger,
    moment: &Moment,
    withdraw: bool,
    diags: &mut Diagnostics,
) -> Vec<Call> {
    let planned: BTreeSet<&str> = runs
        .iter()
        .filter(|run| !run.run.draft)
        .flat_map(|run| run.occurrences.iter().map(|o| o.id()))
        .collect();
    let today = moment.today(&site.zone);
    let gone: Vec<String> = ledger
        .entries
        .keys()
        .filter(|id| !planned.contains(id.as_str()))
        .cloned()
        .collect();
    let new: Vec<&String> = gone
        .iter()
        .filter(|id| ledger.entries[*id].withdrawn.is_none())
        .collect();
    if new.len() > MAY_WITHDRAW && !withdraw {
        let names: Vec<&str> = new.iter().take(5).map(|id| id.as_str()).collect();
        diags.push(
            Diagnostic::error(
                "withdraws-many",
                format!("{} released items are no longer there: {} …", new.len(), names.join(", ")),
            )
            .at(site.origin.place(0..1))
            .why("a renamed run or activity id looks like this, and everything would be posted a second time")
            .help("bring the old ids back, or say `--withdraw` if they are meant to disappear"),
        );
    } else {
        for id in &new {
            diags.push(
                Diagnostic::warning(
                    "withdrawn",
                    format!("`{id}` was released and is no longer there"),
                )
                .at(site.origin.place(0..1))
                .help("its page becomes a short notice; bring it back if that was a mistake"),
            );
        }
    }
    gone.into_iter()
        .filter_map(|id| {
            let entry = ledger.entries.get_mut(&id)?;
            if entry.withdrawn.is_none() {
                Arc::make_mut(entry).withdrawn = Some(today);
            }
            Some(Call {
                id,
                entry: entry.clone(),
            })
        })
        .collect()
}
