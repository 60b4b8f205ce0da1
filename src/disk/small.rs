//! Single files and folders: what the commands need beside a whole tree.

use super::{Error, Quiet, Writer};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

/// The bytes of a file; none if there is no such file.
///
/// # Errors
/// It is there and cannot be read.
pub fn read_file(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == ErrorKind::NotADirectory => Ok(None),
        Err(error) => Err(error),
    }
}

/// The bytes of a file, and not more of them than asked for; none if there is no such file.
///
/// # Errors
/// It is there and cannot be read.
pub fn read_at_most(path: &Path, most: usize) -> io::Result<Option<Vec<u8>>> {
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == ErrorKind::NotADirectory => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    file.take(most as u64).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Writes a file that is not there yet, with the folders above it.
///
/// # Errors
/// It is there, or cannot be written.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)?;
    file.write_all(bytes)
}

/// Adds whole lines at the end of a file; begins a new one with a head.
///
/// # Errors
/// It cannot be read or written.
pub fn append(path: &Path, head: &str, lines: &str) -> io::Result<()> {
    let before = read_file(path)?;
    let start = match before.as_deref() {
        None => head,
        Some(before) if before.is_empty() || before.ends_with(b"\n") => "",
        Some(_) => "\n",
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)?;
    file.write_all(format!("{start}{lines}").as_bytes())
}

/// Writes a file, with the folders above it, so that whoever reads sees the old one or the new one whole.
/// A link in its place is replaced, not followed.
///
/// # Errors
/// It cannot be written; the old one is as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}", std::process::id()));
    if std::fs::symlink_metadata(&beside).is_ok() {
        // Left behind by a process that was ended and whose number is ours now.
        std::fs::remove_file(&beside)?;
    }
    let written = create(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written
}

/// Removes a file; one that is not there is fine.
///
/// # Errors
/// It is there and cannot be removed.
pub fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The names of the files in a folder, sorted; none if it cannot be read.
pub fn names(path: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}

/// The names of the folders in a folder, sorted; none if it cannot be read.
pub fn folders(path: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}

/// Whether a path is new, or an empty folder.
pub fn is_free(path: &Path) -> bool {
    match std::fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == ErrorKind::NotFound,
    }
}

/// Completes what a killed build left in an output folder; does nothing where there is none.
///
/// # Errors
/// As [`Writer::open`].
pub fn recover(out: &Path) -> Result<(), Error> {
    let home = super::Home {
        out: out.to_path_buf(),
    };
    if home.journal().exists() {
        Writer::open(out, &Quiet)?;
    }
    Ok(())
}
