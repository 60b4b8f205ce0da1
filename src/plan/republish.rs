//! What is out is published anew only where somebody decided it, with a reason: with the words that it has by then,
//! and an instant of its own. Its id, link and first stamp stay, so readers that show it once show it once.

use super::{entry, release};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Action, Entry, Ledger, Moment, PlannedRun, Run, Site};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// How often it was decided up to now to publish an occurrence anew. Those decisions are in what it says when it
/// comes out.
pub fn decided(run: &Run, key: &str, now: Timestamp) -> u32 {
    let decided = run.republished(key).filter(|at| *at <= now);
    u32::try_from(decided.count()).unwrap_or(u32::MAX)
}

/// Publishes anew what was decided since it was last published.
pub fn republish(
    site: &Site,
    runs: &[PlannedRun],
    ledger: &mut Ledger,
    moment: &Moment,
    diags: &mut Diagnostics,
) {
    for run in runs.iter().filter(|run| !run.run.draft) {
        let decisions = run.run.overrides.iter();
        for decision in decisions.filter(|decision| decision.action == Action::Republish) {
            let key = decision.key.as_str();
            let Some(occurrence) = run.occurrence(key) else {
                continue;
            };
            for at in run.run.republished(key) {
                moment.released(at, || format!("{}: {key} is published anew", run.title));
            }
            let times = decided(run.run, key, moment.now());
            let last = ledger.last_stamp();
            let Some(entry) = ledger.entries.get_mut(occurrence.id()) else {
                if times > 0 {
                    diags.push(early(run, key).at(run.run.origin.place(decision.at.clone())));
                }
                continue;
            };
            let shown = entry.withdrawn.is_none() && entry.due <= moment.now();
            let Some(stamp) = entry.stamp.filter(|_| shown && times > entry.republished) else {
                continue;
            };
            let late = stamp.duration_since(entry.due) > release::LATE;
            let soonest = moment.now() + site.margin;
            let next = last.map(|last| last + SignedDuration::from_secs(1));
            *entry = Arc::new(Entry {
                frozen: entry::frozen(occurrence, run, site, late),
                updated: next.map(|next| next.max(soonest)),
                republished: times,
                ..Entry::clone(entry)
            });
        }
    }
}

fn early(run: &PlannedRun, key: &str) -> Diagnostic {
    Diagnostic::warning(
        "republish-early",
        format!(
            "`{key}` of `{}` is not out, so there is nothing to publish anew",
            run.run.id
        ),
    )
    .help("remove the override: it comes out with the words that it has then")
}
