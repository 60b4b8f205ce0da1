//! Folders → [`Folder`]: path to bytes, sorted; and what could not be read, so that one bad file hides no other.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{is_link, slashed};
use crate::model::Folder;

/// Bytes of the largest file that is read: far above a large picture, far below what hurts a build machine.
pub const FILE_LIMIT: u64 = 32 * 1024 * 1024;

/// Why something was left out; the paths are relative to the root.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReadProblem {
    /// A link whose target is outside the root.
    LinkOut { path: PathBuf },
    /// A link to nothing, or round in a circle.
    DeadLink { path: PathBuf },
    /// A name that is not UTF-8.
    NotUtf8 { path: PathBuf },
    /// A device, a pipe or a socket.
    NotAFile { path: PathBuf },
    /// A file above [`FILE_LIMIT`].
    TooBig { path: PathBuf },
    /// The system refused.
    Unreadable { path: PathBuf, why: String },
}

impl ReadProblem {
    /// What was left out.
    pub fn path(&self) -> &Path {
        match self {
            ReadProblem::LinkOut { path }
            | ReadProblem::DeadLink { path }
            | ReadProblem::NotUtf8 { path }
            | ReadProblem::NotAFile { path }
            | ReadProblem::TooBig { path }
            | ReadProblem::Unreadable { path, .. } => path,
        }
    }
}

impl fmt::Display for ReadProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path().display();
        match self {
            ReadProblem::LinkOut { .. } => {
                write!(
                    f,
                    "{path} is a link out of this repository; put a copy of the file in its place"
                )
            }
            ReadProblem::DeadLink { .. } => {
                write!(
                    f,
                    "{path} is a link that leads nowhere, or back to where it stands; correct or remove it"
                )
            }
            ReadProblem::NotUtf8 { .. } => write!(f, "the name of {path} is not UTF-8; rename it"),
            ReadProblem::NotAFile { .. } => {
                write!(f, "{path} is neither a file nor a folder; remove it")
            }
            ReadProblem::TooBig { .. } => {
                let limit = FILE_LIMIT / 1024 / 1024;
                write!(
                    f,
                    "{path} is larger than {limit} MiB; make it smaller, or host it elsewhere and link to it"
                )
            }
            ReadProblem::Unreadable { path, why } => {
                write!(
                    f,
                    "{} cannot be read: {why}; let this user read it, or remove it",
                    path.display()
                )
            }
        }
    }
}

/// Reads all files in the folders `below` the root (`["content", "sites"]`); a folder that is not there is empty.
///
/// Names that begin with `.` or end with `~` are skipped. A link is followed if its target is below the root.
/// Problems are sorted.
pub fn read(root: &Path, below: &[&str]) -> (Folder, Vec<ReadProblem>) {
    let real_root = match fs::canonicalize(root) {
        Ok(real_root) => real_root,
        Err(error) => {
            let (path, why) = (root.to_path_buf(), error.to_string());
            return (
                Folder::default(),
                vec![ReadProblem::Unreadable { path, why }],
            );
        }
    };
    let root = Root {
        path: root,
        real: real_root,
    };
    let found = below
        .iter()
        .flat_map(|folder| root.walk(folder))
        .collect::<Vec<_>>();
    let read: Vec<_> = found
        .into_par_iter()
        .map(|found| found.and_then(|(path, file)| root.read(path, &file)))
        .collect();
    let mut folder = Folder::default();
    let mut problems = BTreeSet::new();
    for file in read {
        match file {
            Ok((path, bytes)) => drop(folder.files.insert(path, bytes.into())),
            Err(problem) => drop(problems.insert(problem)),
        }
    }
    (folder, problems.into_iter().collect())
}

struct Root<'a> {
    path: &'a Path,
    /// Without links, to compare with.
    real: PathBuf,
}

/// A file by the path it will have and the path to read it from.
type Found = Result<(String, PathBuf), ReadProblem>;

impl Root<'_> {
    fn walk(&self, folder: &str) -> Vec<Found> {
        let top = self.path.join(folder);
        if fs::symlink_metadata(&top).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            return Vec::new();
        }
        let mut refused = Vec::new();
        let entries = WalkDir::new(&top)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| {
                let skipped = entry.depth() > 0 && is_skipped(entry.path());
                let problem = if skipped { None } else { self.refusal(entry) };
                let taken = !skipped && problem.is_none();
                refused.extend(problem.map(Err));
                taken
            });
        let files: Vec<Found> = entries
            .filter_map(|entry| match entry {
                Ok(entry) if entry.file_type().is_dir() => None,
                Ok(entry) => {
                    let path = slashed(&self.relative(entry.path()))?;
                    Some(Ok((path, entry.into_path())))
                }
                // An editor's lock is a hidden link to nothing.
                Err(error) if error.path().is_some_and(is_skipped) => None,
                Err(error) => Some(Err(self.lost(&top, &error))),
            })
            .collect();
        files.into_iter().chain(refused).collect()
    }

    /// Why an entry is neither read nor entered.
    fn refusal(&self, entry: &DirEntry) -> Option<ReadProblem> {
        let path = self.relative(entry.path());
        let kind = entry.file_type();
        if entry.file_name().to_str().is_none() {
            return Some(ReadProblem::NotUtf8 { path });
        }
        if entry.depth() == 0 || entry.path_is_symlink() {
            match fs::canonicalize(entry.path()) {
                Ok(target) if target.starts_with(&self.real) => {}
                Ok(_) => return Some(ReadProblem::LinkOut { path }),
                Err(error) => {
                    return Some(ReadProblem::Unreadable {
                        path,
                        why: error.to_string(),
                    });
                }
            }
        }
        (!kind.is_dir() && !kind.is_file()).then_some(ReadProblem::NotAFile { path })
    }

    /// What the walk could not enter.
    fn lost(&self, top: &Path, error: &walkdir::Error) -> ReadProblem {
        let place = error.path().unwrap_or(top);
        let path = self.relative(place);
        let denied = error
            .io_error()
            .is_some_and(|error| error.kind() == ErrorKind::PermissionDenied);
        if is_link(place) && !denied {
            return ReadProblem::DeadLink { path };
        }
        let why = error
            .io_error()
            .map_or_else(|| error.to_string(), io::Error::to_string);
        ReadProblem::Unreadable { path, why }
    }

    fn read(&self, path: String, file: &Path) -> Result<(String, Vec<u8>), ReadProblem> {
        match read_limited(file) {
            Ok(bytes) if bytes.len() as u64 > FILE_LIMIT => {
                Err(ReadProblem::TooBig { path: path.into() })
            }
            Ok(bytes) => Ok((path, bytes)),
            Err(error) => Err(ReadProblem::Unreadable {
                path: path.into(),
                why: error.to_string(),
            }),
        }
    }

    fn relative(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.path).unwrap_or(path).to_path_buf()
    }
}

/// All bytes, or one more than the limit.
fn read_limited(file: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(file)?;
    let size = file.metadata()?.len().min(FILE_LIMIT);
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.take(FILE_LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn is_skipped(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name.starts_with(b".") || name.ends_with(b"~")
}
