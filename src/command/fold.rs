//! Old months of the ledger of what was seen, one file each: a year of mornings is twelve files.

use super::{Fatal, say};
use crate::disk;
use crate::formats;
use crate::load::seen;
use crate::model::{Folder, Library, Seen, Sight, Site};
use jiff::Timestamp;
use jiff::ToSpan;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::path::Path;

/// Folds the months of all sites over which a whole month has gone: by then what people worked at beside each other
/// has been merged.
pub fn fold(
    library: &Library,
    files: &Folder,
    wanted: Option<&str>,
    root: &Path,
    now: Timestamp,
) -> Result<(), Fatal> {
    let today = now.to_zoned_datetime(TimeZone::UTC).date();
    let last = today.first_of_month().saturating_sub(1.month());
    let before = last.strftime("%Y-%m").to_string();
    let sites = library.sites.values();
    for site in sites.filter(|site| wanted.is_none_or(|wanted| *wanted == *site.id)) {
        for (month, parts) in months(site, files) {
            if month < before.as_str() && parts.len() > 1 {
                fold_one(site, month, &parts, files, root)?;
            }
        }
    }
    Ok(())
}

/// The files of each month that were not folded yet.
fn months<'f>(site: &Site, files: &'f Folder) -> BTreeMap<&'f str, Vec<&'f str>> {
    let prefix = format!("{}curation/seen/", site.folder());
    let mut months: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let there = files.files.range(prefix.clone()..);
    for (path, _) in there.take_while(|(path, _)| path.starts_with(&prefix)) {
        let Some((month, name)) = path[prefix.len()..].split_once('/') else {
            continue;
        };
        if name.ends_with(".tsv")
            && !name.starts_with(Seen::FOLDED)
            && month.len() == "2026-01".len()
        {
            months.entry(month).or_default().push(path);
        }
    }
    months
}

fn fold_one(
    site: &Site,
    month: &str,
    parts: &[&str],
    files: &Folder,
    root: &Path,
) -> Result<(), Fatal> {
    let texts = parts.iter().filter_map(|path| {
        let text = std::str::from_utf8(&files.files[*path]).ok()?;
        Some((*path, text))
    });
    let texts: Vec<(&str, &str)> = texts.collect();
    let read = texts
        .iter()
        .flat_map(|(path, text)| seen::lines(path, text));
    let sights: Result<Vec<Sight>, &str> = read.map(|(_, read)| read).collect();
    // What cannot be read stays as it is, until somebody has mended it.
    let (Ok(sights), true) = (sights, texts.len() == parts.len()) else {
        return Ok(());
    };
    let (file, text) = formats::seen::fold(month, sights);
    let path = format!("{}{file}", site.folder());
    let refused =
        |error: std::io::Error| format!("{month} could not be folded into {path}: {error}");
    // The whole first: what is there twice is read once.
    disk::replace(&root.join(&path), text.as_bytes()).map_err(refused)?;
    for part in parts {
        disk::remove(&root.join(part)).map_err(refused)?;
    }
    say(&format!(
        "{} files of {month} are folded into {path}: commit all of it.",
        parts.len()
    ));
    Ok(())
}
