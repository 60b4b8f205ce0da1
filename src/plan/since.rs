//! From which stamp on a feed reaches. It never goes back: not when a run is cleared away that had the shortest
//! rhythm or the newest item, and not when a rhythm becomes slower. Else old items would stand in the feed once more,
//! and whoever remembers the last file alone would show them once more.

use super::{feed_path, feed_window, role_path};
use crate::model::{Aside, Entry, Ledger, Library, Moment, News, PlannedRun, Site, base};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The oldest stamp that may stand in each feed in which anything came out, by the feed's path.
pub fn since(
    library: &Library,
    site: &Site,
    runs: &[PlannedRun],
    ledger: &Ledger,
    moment: &Moment,
) -> BTreeMap<String, Timestamp> {
    let runs: Vec<&PlannedRun> = runs.iter().filter(|run| !run.run.draft).collect();
    let mut since = ledger.since.clone();
    let mut reaches = |path: String, newest: Option<Timestamp>, window: SignedDuration| {
        if let Some(newest) = newest {
            let from = newest - window;
            let known = since.entry(path).or_insert(from);
            *known = from.max(*known);
        }
    };
    let newest = |of: &[&PlannedRun], wanted: &dyn Fn(&str, &Entry) -> bool| {
        let all = of.iter().flat_map(|run| entries(run, ledger));
        let out = all.filter(|(id, entry)| entry.due <= moment.now() && wanted(id, entry));
        out.filter_map(|(_, entry)| entry.stamp).max()
    };
    let any = |_: &str, _: &Entry| true;
    let news = |id: &str, _: &Entry| id.split_once('/').is_some_and(|(_, key)| News::is(key));
    reaches(feed_path(""), newest(&runs, &any), feed_window(&runs));
    for channel in &site.channels {
        let into = runs.iter().copied();
        let into: Vec<_> = into
            .filter(|run| run.run.channels.contains(&channel.id))
            .collect();
        let path = feed_path(&format!("channels/{}/", channel.id));
        reaches(path, newest(&into, &any), feed_window(&into));
    }
    for run in &runs {
        let path = feed_path(&format!("{}/", run.run.id));
        reaches(path, newest(&[run], &any), feed_window(&[run]));
        if run.programme.kind.asides.contains(&Aside::Changes) {
            let page = format!("{}/{}/", run.run.id, Aside::Changes.name());
            reaches(feed_path(&page), newest(&[run], &news), feed_window(&[run]));
        }
    }
    for role in library.roles.values() {
        let after = runs.iter().copied();
        let after: Vec<_> = after.filter(|run| role.looks_after(run)).collect();
        let path = feed_path(&role_path(&role.id));
        reaches(path, newest(&after, &any), feed_window(&after));
    }
    for topic in &site.topics {
        let about = |_: &str, entry: &Entry| entry.frozen.topics.iter().any(|id| **id == *topic.id);
        let path = feed_path(&format!("topics/{}/", topic.id));
        reaches(path, newest(&runs, &about), feed_window(&runs));
    }
    let speaks = |entry: &Entry| {
        let own = entry.frozen.language.as_deref();
        base(own.unwrap_or(&site.language)).to_owned()
    };
    let all = runs.iter().flat_map(|run| entries(run, ledger));
    let languages: BTreeSet<String> = all.map(|(_, entry)| speaks(entry)).collect();
    for language in languages.iter().filter(|_| languages.len() > 1) {
        let own = |_: &str, entry: &Entry| speaks(entry) == *language;
        let path = feed_path(&format!("languages/{language}/"));
        reaches(path, newest(&runs, &own), feed_window(&runs));
    }
    since
}

/// What is out of a run.
fn entries<'l>(
    run: &PlannedRun,
    ledger: &'l Ledger,
) -> impl Iterator<Item = (&'l String, &'l Arc<Entry>)> {
    let prefix = format!("{}/", run.run.id);
    let all = ledger.entries.range(prefix.clone()..);
    all.take_while(move |(id, _)| id.starts_with(&prefix))
}
