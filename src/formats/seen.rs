//! The ledger of what was seen: one file a sitting, whose name is made of its content. So two branches never
//! write to one file, and the same sitting twice is one file. Old months are folded into one file each.

use crate::model::{Seen, Sight};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// The file of a sitting: its path below the site's folder, and its text. None if nothing was seen.
pub fn write(sights: &[Sight], now: Timestamp) -> Option<(String, String)> {
    if sights.is_empty() {
        return None;
    }
    let text = text(sights.iter().map(line));
    let day = now.to_zoned_datetime(TimeZone::UTC).date();
    let month = day.strftime("%Y-%m");
    let name = sum(&text);
    Some((format!("curation/seen/{month}/{day}-{name}.tsv"), text))
}

/// The file into which the lines of a month are folded: its path below the site's folder, and its text. What was said
/// several times about one item of one source is said once.
pub fn fold(month: &str, sights: Vec<Sight>) -> (String, String) {
    let mut lines: BTreeMap<_, Sight> = BTreeMap::new();
    for sight in sights {
        let whose = (sight.key.clone(), sight.id.clone(), sight.source.clone());
        match lines.get_mut(&whose) {
            Some(known) => known.join(sight),
            None => drop(lines.insert(whose, sight)),
        }
    }
    let text = text(lines.values().map(|sight| turned(&line(sight))));
    let name = sum(&text);
    let begin = Seen::FOLDED;
    (format!("curation/seen/{month}/{begin}{name}.tsv"), text)
}

/// A line of a folded file, the other way round. Else git takes the file for one of those it was made of, under another
/// name; and where two branches fold, it sees one file renamed twice, and nobody can merge them.
pub fn turned(line: &str) -> String {
    let fields: Vec<&str> = line.trim_end_matches('\n').rsplit('\t').collect();
    fields.join("\t") + "\n"
}

fn text(lines: impl Iterator<Item = String>) -> String {
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    lines.concat()
}

fn sum(text: &str) -> String {
    format!("{:08x}", xxh3_64(text.as_bytes()) as u32)
}

fn line(sight: &Sight) -> String {
    let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let judged = sight.judged.map(|judged| format!("\t{judged}"));
    format!(
        "{}\t{}\t{}\t{}\t{}\t{}{}\n",
        sight.key,
        or(&sight.id),
        sight.first_seen,
        sight.source,
        sight.verdict.word(),
        or(&sight.reason),
        judged.unwrap_or_default()
    )
}
