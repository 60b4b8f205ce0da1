//! What the public tree needs of the ledger, so that the ledger can go before the pages are made.

use super::addresses;
use super::feeds::{Feed, feeds};
use crate::model::{Entry, Ledger, Library, Moment, Name, Plan, PlannedRun, Site};
use jiff::Timestamp;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many of what was published last are named.
const LAST: usize = 20;

/// What was published, and when.
#[derive(Debug)]
pub struct Published {
    /// Counts the builds that changed the ledger.
    pub serial: u64,
    /// The newest of what is out, newest first.
    pub last: Vec<(Name, Arc<Entry>)>,
    /// The site's feeds.
    pub feeds: Vec<Feed>,
    /// Where items stood when they were published, and where they stand.
    pub(super) former: BTreeMap<String, String>,
    /// When each item that is out was last published, by its name.
    stamps: Vec<(Name, Timestamp)>,
}

impl Published {
    /// Reads the ledger of a plan.
    pub fn of(library: &Library, site: &Site, plan: &Plan, moment: &Moment) -> Self {
        let ledger = &plan.ledger;
        let mut stamps: Vec<(Name, Timestamp)> = out(plan)
            .filter_map(|name| {
                let entry = ledger.entries.get(name.id())?;
                Some((name.clone(), entry.updated.or(entry.stamp)?))
            })
            .collect();
        stamps.sort_unstable_by(|a, b| a.0.id().cmp(b.0.id()));
        Self {
            serial: ledger.serial,
            last: last(plan, ledger),
            feeds: feeds(library, site, plan, moment),
            former: addresses::former(site, plan),
            stamps,
        }
    }

    /// When the item of this name was last published; none if it never was announced.
    pub fn at(&self, id: &str) -> Option<Timestamp> {
        let found = self.stamps.binary_search_by(|(name, _)| name.id().cmp(id));
        found.ok().map(|index| self.stamps[index].1)
    }
}

/// What has a page now.
fn out<'p>(plan: &'p Plan) -> impl Iterator<Item = &'p Name> {
    let shown = |run: &&PlannedRun| !run.run.draft;
    let all = plan.runs.iter().filter(shown);
    let all = all.flat_map(|run| &run.occurrences);
    all.filter(|o| o.is_released()).map(|o| &o.name)
}

fn last(plan: &Plan, ledger: &Ledger) -> Vec<(Name, Arc<Entry>)> {
    let mut found: Vec<(Reverse<Timestamp>, &Name, &Arc<Entry>)> = out(plan)
        .filter_map(|name| {
            let entry = ledger.entries.get(name.id())?;
            let stamp = entry.stamp.filter(|_| entry.withdrawn.is_none())?;
            Some((Reverse(stamp), name, entry))
        })
        .collect();
    found.sort_unstable_by_key(|(stamp, name, _)| (*stamp, name.id()));
    let found = found.into_iter().take(LAST);
    found
        .map(|(_, name, entry)| (name.clone(), entry.clone()))
        .collect()
}
