//! The shelf: what sources gave last, as it came. It can be thrown away; the next `fetch` fills it again.

use super::failure::Failure;
use super::polite::Known;
use crate::disk;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_128;

/// A folder with a file pair a source: `<site>/<source>.feed`, the feed, and `<site>/<source>.json`, what
/// is known of it.
#[derive(Debug, Clone)]
pub struct Shelf {
    folder: PathBuf,
}

/// More than any answer's headers and ours: a file this large is not one of ours.
const LARGEST_NOTE: usize = 1024 * 1024;

/// What tells backup programs and git to leave a folder alone.
const LABELS: &[(&str, &str)] = &[
    (
        "CACHEDIR.TAG",
        "Signature: 8a477f597d28d172789f06886806bc55\n# Made by learnflow fetch; it can be thrown away.\n",
    ),
    (".gitignore", "*\n"),
];

impl Shelf {
    /// The shelf in a folder, which is made.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn open(folder: &Path) -> Result<Self, String> {
        let shelf = Self {
            folder: folder.to_path_buf(),
        };
        for (name, text) in LABELS {
            let path = folder.join(name);
            let there = disk::read_file(&path);
            let there = there.map_err(|error| format!("{}: {error}", path.display()))?;
            if there.is_none() {
                disk::replace(&path, text.as_bytes())
                    .map_err(|error| format!("{}: {error}", path.display()))?;
            }
        }
        Ok(shelf)
    }

    /// The shelf in a folder, to be read; it need not be there.
    pub fn at(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
        }
    }

    fn path(&self, site: &str, source: &str, ending: &str) -> PathBuf {
        self.folder.join(site).join(format!("{source}.{ending}"))
    }

    /// What is known of a source; nothing, if the note cannot be read.
    pub fn known(&self, site: &str, source: &str) -> Known {
        let note = disk::read_at_most(&self.path(site, source, "json"), LARGEST_NOTE);
        let note = note.ok().flatten();
        let known = note.and_then(|note| serde_json::from_slice(&note).ok());
        let mut known: Known = known.unwrap_or_default();
        if known.sum.is_some() && !self.path(site, source, "feed").is_file() {
            known.sum = None;
        }
        known
    }

    /// Keeps what is known, and the feed if there is a new one: the feed first, so that a note never
    /// speaks of a feed that is not there.
    ///
    /// # Errors
    /// The system refuses.
    pub fn keep(
        &self,
        site: &str,
        source: &str,
        known: &Known,
        feed: Option<&[u8]>,
    ) -> Result<(), Failure> {
        let refused = |error: std::io::Error| Failure::Shelf(error.to_string());
        if let Some(feed) = feed {
            disk::replace(&self.path(site, source, "feed"), feed).map_err(refused)?;
        }
        let mut note =
            serde_json::to_vec_pretty(known).map_err(|error| Failure::Shelf(error.to_string()))?;
        note.push(b'\n');
        disk::replace(&self.path(site, source, "json"), &note).map_err(refused)
    }

    /// The last good copy of a source's feed.
    pub fn feed(&self, site: &str, source: &str) -> Option<Vec<u8>> {
        disk::read_file(&self.path(site, source, "feed"))
            .ok()
            .flatten()
    }
}

/// A sum over a feed, to know whether it is another one.
pub fn sum(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}

/// The saved feed of a source in a folder: a file with its id and any ending, in a folder of the site's
/// name if there is one.
///
/// # Errors
/// There is none, or it cannot be read, or it is larger than the limit.
pub fn saved(folder: &Path, site: &str, source: &str, limit: u64) -> Result<Vec<u8>, Failure> {
    let own = folder.join(site);
    let folder = if own.is_dir() {
        own
    } else {
        folder.to_path_buf()
    };
    let names = disk::names(&folder);
    let name = names.iter().find(|name| {
        let stem = name
            .rsplit_once('.')
            .map_or(name.as_str(), |(stem, _)| stem);
        stem == source
    });
    let Some(name) = name else {
        return Err(Failure::NotSaved {
            folder: folder.display().to_string(),
        });
    };
    let bytes = disk::read_at_most(&folder.join(name), limit as usize + 1)
        .map_err(|error| Failure::Shelf(error.to_string()))?;
    match bytes.filter(|bytes| bytes.len() as u64 <= limit) {
        Some(bytes) => Ok(bytes),
        None => Err(Failure::TooLarge { limit }),
    }
}
