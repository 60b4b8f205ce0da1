//! The history of links: one file a check, whose name is made of its content, as with what was seen.

use crate::model::Check;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use xxhash_rust::xxh3::xxh3_64;

/// The file of a check: its path below the site's folder, and its text. None if there is no news.
pub fn write(checks: &[Check], now: Timestamp) -> Option<(String, String)> {
    if checks.is_empty() {
        return None;
    }
    let mut lines: Vec<String> = checks.iter().map(line).collect();
    lines.sort();
    let text = lines.concat();
    let day = now.to_zoned_datetime(TimeZone::UTC).date();
    let sum = xxh3_64(text.as_bytes()) as u32;
    Some((format!("curation/links/{day}-{sum:08x}.tsv"), text))
}

fn line(check: &Check) -> String {
    format!(
        "{}\t{}\t{}\t{}\n",
        check.address,
        check.at,
        check.found.word(),
        check.detail.as_deref().unwrap_or("-")
    )
}
