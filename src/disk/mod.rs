//! Porch: folders come in through [`read`], outputs go out through [`Writer`], all or nothing.
//!
//! This is one of the three places that may touch files, because somebody has to: everything else is
//! values. Every change to the disk passes through `Hands`, which tells a [`Hook`], so that a test can
//! end the process after any one of them.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a porch: touching files is its work"
)]

mod journal;
mod lock;
mod look;
mod manifest;
mod read;
mod small;
mod write;

use crate::model::Content;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

pub use read::{FILE_LIMIT, ReadProblem, read};
pub use small::{
    append, create, folders, is_free, names, read_at_most, read_file, recover, remove, replace,
};
pub use write::{Report, Writer};

/// Told of every change to the disk, right after it; may be called from several threads at once.
pub trait Hook: Sync {
    /// `op` has just been done.
    fn after(&self, op: &Op<'_>);
}

/// The hook that does nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Hook for Quiet {
    fn after(&self, _op: &Op<'_>) {}
}

/// One change to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op<'a> {
    /// A folder was made.
    MakeFolder(&'a Path),
    /// A file was opened for writing; it was new, or it is the lock.
    Create(&'a Path),
    /// Its bytes were written.
    Write(&'a Path),
    /// Its bytes were forced to the disk.
    Sync(&'a Path),
    /// A file or folder was moved from the first path to the second.
    Rename(&'a Path, &'a Path),
    /// A file was removed.
    Remove(&'a Path),
    /// An empty folder was removed.
    RemoveFolder(&'a Path),
}

/// What the system refused to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What was tried, as in "could not `write`".
    pub action: &'static str,
    /// With what.
    pub path: PathBuf,
    /// Which sort of refusal.
    pub kind: ErrorKind,
    /// The system's words.
    pub why: String,
}

impl Fault {
    fn new(action: &'static str, path: &Path, error: &io::Error) -> Fault {
        let (path, kind, why) = (path.to_path_buf(), error.kind(), error.to_string());
        Fault {
            action,
            path,
            kind,
            why,
        }
    }

    fn way_out(&self) -> &'static str {
        match self.kind {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "Free some space",
            ErrorKind::PermissionDenied => {
                "Let this user write there, or choose another folder with --out"
            }
            ErrorKind::ReadOnlyFilesystem => "Choose another folder with --out",
            _ => "Put that right",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "could not {} {}: {}",
            self.action,
            self.path.display(),
            self.why
        )
    }
}

/// Why a build was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The system refused; the old tree is whole.
    Refused(Fault),
    /// The system refused after the journal was written: the next [`Writer::open`] goes on from there.
    Halted(Fault),
    /// Another process is writing here; its id, where it can be read.
    Locked { out: PathBuf, holder: Option<u32> },
    /// A file of our own cannot be understood.
    Damaged { file: PathBuf, why: String },
    /// Paths that may not be written, each with the reason.
    BadPaths(Vec<(String, &'static str)>),
    /// Pairs of paths that are one file: the same, or differing only in upper and lower case.
    Clashes(Vec<(String, String)>),
    /// Pairs of a file and a path that needs it to be a folder.
    FileAndFolder(Vec<(String, String)>),
    /// Links in the way.
    Links(Vec<PathBuf>),
    /// What stands in the way and is not on our list.
    NotOurs(Vec<PathBuf>),
    /// What came to have a folder, or lost it, while we were at work.
    Disturbed(Vec<PathBuf>),
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Error {
        Error::Refused(fault)
    }
}

impl From<Error> for io::Error {
    fn from(error: Error) -> io::Error {
        let kind = match &error {
            Error::Refused(fault) | Error::Halted(fault) => fault.kind,
            Error::Locked { .. } => ErrorKind::ResourceBusy,
            Error::Damaged { .. } => ErrorKind::InvalidData,
            _ => ErrorKind::InvalidInput,
        };
        io::Error::new(kind, error)
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Refused(fault) => {
                let way_out = fault.way_out();
                write!(
                    f,
                    "{fault}. The previous output is as it was. {way_out}, then run the command again."
                )
            }
            Error::Halted(fault) => {
                let way_out = fault.way_out();
                write!(
                    f,
                    "{fault}. The output is half-way to its new state. {way_out}, then run \
                     the command again: it first completes what was begun."
                )
            }
            Error::Locked { out, holder } => {
                let who = holder.map_or(String::new(), |pid| format!(" (process {pid})"));
                let out = out.display();
                write!(
                    f,
                    "another learnflow{who} is writing to {out}. Wait until it has finished, \
                     or end it, then run the command again."
                )
            }
            Error::Damaged { file, why } => {
                let file = file.display();
                write!(
                    f,
                    "{file} cannot be understood: {why}. Delete the whole output folder, if \
                     it holds nothing but what learnflow wrote, or choose another one with \
                     --out, then run the command again."
                )
            }
            Error::BadPaths(paths) => {
                let lines = paths.iter().map(|(path, why)| format!("{path:?}: {why}"));
                list(
                    f,
                    "these paths cannot be written; change the ids or slugs that they come \
                     from. Nothing was changed.",
                    lines,
                )
            }
            Error::Clashes(pairs) => {
                let lines = pairs.iter().map(|(a, b)| format!("{a} and {b}"));
                list(
                    f,
                    "these paths are one file, at least where upper and lower case are the \
                     same; give one of the two another id or slug. Nothing was changed.",
                    lines,
                )
            }
            Error::FileAndFolder(pairs) => {
                let lines = pairs
                    .iter()
                    .map(|(file, inside)| format!("{file} and {inside}"));
                list(
                    f,
                    "these files would have to be folders as well; give one of the two \
                     another id or slug. Nothing was changed.",
                    lines,
                )
            }
            Error::Links(paths) => {
                let lines = paths.iter().map(|path| path.display().to_string());
                list(
                    f,
                    "these are links, and learnflow writes through none; replace them by real \
                     files or folders, or choose another folder with --out. Nothing was \
                     changed.",
                    lines,
                )
            }
            Error::Disturbed(paths) => {
                let lines = paths.iter().map(|path| path.display().to_string());
                list(
                    f,
                    "the folders of these were made or removed by something else while \
                     learnflow was at work; run the command again. Nothing was changed.",
                    lines,
                )
            }
            Error::NotOurs(paths) => {
                let lines = paths.iter().map(|path| path.display().to_string());
                list(
                    f,
                    "learnflow did not write these, and something else has to stand in their \
                     place; move or delete them, or choose another folder with --out. Nothing \
                     was changed.",
                    lines,
                )
            }
        }
    }
}

fn list(
    f: &mut fmt::Formatter<'_>,
    head: &str,
    lines: impl ExactSizeIterator<Item = String>,
) -> fmt::Result {
    // More than a screenful hides the sentence above it.
    const SHOWN: usize = 20;
    let rest = lines.len().saturating_sub(SHOWN);
    f.write_str(head)?;
    for line in lines.take(SHOWN) {
        write!(f, "\n  {line}")?;
    }
    if rest > 0 {
        write!(f, "\n  and {rest} more")?;
    }
    Ok(())
}

/// The only hands that change the disk.
struct Hands<'h> {
    hook: &'h dyn Hook,
}

impl Hands<'_> {
    /// Makes a folder and those above it; one that is there is left as it is.
    fn make_folder(&self, path: &Path) -> Result<(), Fault> {
        let mut made = fs::create_dir(path);
        if let (Err(error), Some(above)) = (&made, path.parent())
            && error.kind() == ErrorKind::NotFound
        {
            self.make_folder(above)?;
            made = fs::create_dir(path);
        }
        match made {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            made => self.told(made, "make the folder", path, Op::MakeFolder(path)),
        }
    }

    /// Writes a file that must not be there yet, so that no link can lead it elsewhere.
    fn create(&self, path: &Path, content: &Content<'_>) -> Result<File, Fault> {
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path)
            .map_err(|error| Fault::new("create", path, &error))?;
        self.hook.after(&Op::Create(path));
        self.told(content.write(&mut file), "write", path, Op::Write(path))?;
        Ok(file)
    }

    /// As `create`, and on the disk before it returns.
    fn create_synced(&self, path: &Path, bytes: &[u8]) -> Result<(), Fault> {
        let file = self.create(path, &bytes.into())?;
        self.told(file.sync_all(), "write", path, Op::Sync(path))
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), Fault> {
        self.told(
            fs::rename(from, to),
            "put in place",
            to,
            Op::Rename(from, to),
        )
    }

    fn remove(&self, path: &Path) -> Result<(), Fault> {
        self.told(fs::remove_file(path), "remove", path, Op::Remove(path))
    }

    fn remove_folder(&self, path: &Path) -> Result<(), Fault> {
        self.told(
            fs::remove_dir(path),
            "remove the folder",
            path,
            Op::RemoveFolder(path),
        )
    }

    /// Removes a folder with all that is in it, links themselves included, not what they point at.
    fn clear(&self, folder: &Path) -> Result<(), Fault> {
        if matches!(fs::symlink_metadata(folder), Err(error) if error.kind() == ErrorKind::NotFound)
        {
            return Ok(());
        }
        for entry in walkdir::WalkDir::new(folder).contents_first(true) {
            let entry = entry.map_err(|error| Fault::new("clear", folder, &error.into()))?;
            if entry.file_type().is_dir() {
                self.remove_folder(entry.path())?;
            } else {
                self.remove(entry.path())?;
            }
        }
        Ok(())
    }

    fn told(
        &self,
        done: io::Result<()>,
        action: &'static str,
        path: &Path,
        op: Op<'_>,
    ) -> Result<(), Fault> {
        done.map_err(|error| Fault::new(action, path, &error))?;
        self.hook.after(&op);
        Ok(())
    }
}

/// Where things stand in and beside an output folder.
struct Home {
    out: PathBuf,
}

/// Our own folder in the output folder.
const PRIVATE: &str = ".learnflow";

impl Home {
    fn target(&self, path: &str) -> PathBuf {
        self.out.join(path)
    }

    fn private(&self) -> PathBuf {
        self.out.join(PRIVATE)
    }

    fn lock(&self) -> PathBuf {
        self.private().join("lock")
    }

    fn files(&self) -> PathBuf {
        self.private().join("files")
    }

    fn journal(&self) -> PathBuf {
        self.private().join("journal")
    }

    fn manifest(&self) -> PathBuf {
        self.private().join("manifest")
    }

    fn stage(&self) -> PathBuf {
        self.private().join("stage")
    }

    /// The list that becomes `files` when all is in place.
    fn next_files(&self) -> PathBuf {
        self.stage().join("files")
    }

    fn next_journal(&self) -> PathBuf {
        self.stage().join("journal")
    }

    fn next_manifest(&self) -> PathBuf {
        self.stage().join("manifest")
    }

    /// How many numbered files share a folder; some file systems slow down with more.
    const SHARD: usize = 1000;

    /// A staged file by its number.
    fn numbered(&self, number: usize) -> PathBuf {
        let shard = number / Home::SHARD;
        self.stage().join(format!("numbered/{shard}/{number}"))
    }

    /// A staged file or folder that stands as it will stand in the output.
    fn standing(&self, path: &str) -> PathBuf {
        self.stage().join("standing").join(path)
    }
}

/// Why a path may not be written, if so: it must stay below the output folder on every system, and on one line.
fn flaw(path: &str) -> Option<&'static str> {
    let drive = path.as_bytes().get(1) == Some(&b':');
    let first = path.split('/').next().unwrap_or_default();
    if path.is_empty() {
        Some("it is empty")
    } else if path.contains('\0') {
        Some("it has a NUL character")
    } else if path.contains(char::is_control) {
        Some("it has a control character")
    } else if path.contains('\\') {
        Some("it has a backslash; parts are divided by `/`")
    } else if path.starts_with('/') || drive {
        Some("it is absolute")
    } else if path.split('/').any(str::is_empty) {
        Some("a part of it is empty")
    } else if path.split('/').any(|part| part == "." || part == "..") {
        Some("it has a part that is `.` or `..`")
    } else if first.eq_ignore_ascii_case(PRIVATE) {
        Some("the folder `.learnflow` is the writer's own")
    } else {
        None
    }
}

/// The folders above a path, nearest first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/'))
        .map(|(folder, _)| folder)
}

/// Whether something is a link itself; what is not there is none.
fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|meta| meta.is_symlink())
}

/// A relative path with `/` between its parts, if it is UTF-8.
fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}
