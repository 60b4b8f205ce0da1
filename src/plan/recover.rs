//! A ledger that was lost, made again from what is published. What the feeds still show keeps its stamp; what they do
//! not show any more, or never showed, keeps its page and is not shown as new.

use crate::model::{Entry, Frozen, Ledger, Plan};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A ledger from feeds, and how much of it is.
#[derive(Debug)]
pub struct Recovered {
    /// The ledger.
    pub ledger: Ledger,
    /// How many entries have the stamp that subscribers saw.
    pub stamped: usize,
    /// How many are past and stand in none of the feeds: they have pages alone.
    pub silent: usize,
    /// How many are due and not out; the next build releases them.
    pub due: usize,
}

/// Makes the ledger again: from a plan that begins afresh, and the entries of published feeds by their names in the
/// ledger, of which due instant and what was drawn are not known.
pub fn recover(plan: &Plan, shown: BTreeMap<String, Entry>) -> Recovered {
    let oldest = shown.values().filter_map(|entry| entry.stamp).min();
    let mut recovered = Recovered {
        stamped: shown.len(),
        silent: 0,
        due: 0,
        ledger: Ledger {
            serial: 1,
            ..Ledger::default()
        },
    };
    let entries = &mut recovered.ledger.entries;
    for run in plan.runs.iter().filter(|run| !run.run.draft) {
        // A run comes out in its order: what lies before the last that is shown is out, what lies after it waits.
        let past = run.occurrences.iter().filter_map(|occurrence| {
            let entry = plan.ledger.entries.get(occurrence.id())?;
            Some((occurrence.id(), entry))
        });
        let mut past: Vec<(&str, &Arc<Entry>)> = past.collect();
        past.sort_by_key(|(id, entry)| (entry.due, *id));
        let last = past.iter().rposition(|(id, _)| shown.contains_key(*id));
        for (place, (id, planned)) in past.into_iter().enumerate() {
            if let Some(known) = shown.get(id) {
                let entry = Entry {
                    due: planned.due,
                    drawn: planned.drawn.clone(),
                    republished: planned.republished,
                    frozen: Frozen {
                        topics: planned.frozen.topics.clone(),
                        ..known.frozen.clone()
                    },
                    ..known.clone()
                };
                entries.insert(id.to_owned(), Arc::new(entry));
            } else if last.map_or_else(|| is_older(planned, oldest), |last| place < last) {
                recovered.silent += 1;
                entries.insert(id.to_owned(), Arc::new(silent(planned)));
            } else {
                recovered.due += 1;
            }
        }
    }
    // What is published and no longer planned: the next build withdraws it.
    for (id, entry) in shown {
        entries.entry(id).or_insert_with(|| Arc::new(entry));
    }
    recovered
}

/// Whether it was due before the oldest that the feeds show.
fn is_older(planned: &Entry, oldest: Option<Timestamp>) -> bool {
    oldest.is_some_and(|oldest| planned.due < oldest)
}

fn silent(planned: &Entry) -> Entry {
    Entry {
        stamp: None,
        updated: None,
        frozen: Frozen::clone(&planned.frozen),
        ..planned.clone()
    }
}
