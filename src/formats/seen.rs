//! The ledger of what was seen: one file a sitting, whose name is made of its content. So two branches never
//! write to one file, and the same sitting twice is one file.

use crate::model::Sight;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use xxhash_rust::xxh3::xxh3_64;

/// The file of a sitting: its path below the site's folder, and its text. None if nothing was seen.
pub fn write(sights: &[Sight], now: Timestamp) -> Option<(String, String)> {
    if sights.is_empty() {
        return None;
    }
    let mut lines: Vec<String> = sights.iter().map(line).collect();
    lines.sort();
    let text = lines.concat();
    let day = now.to_zoned_datetime(TimeZone::UTC).date();
    let sum = xxh3_64(text.as_bytes()) as u32;
    let month = day.strftime("%Y-%m");
    Some((format!("curation/seen/{month}/{day}-{sum:08x}.tsv"), text))
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
