//! What stands where something is to be put.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use super::Fault;
use super::manifest::{self, Time};

/// What stands where a file has to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Nothing, in a folder that is there.
    Nothing,
    /// Nothing, and its folder is not there either.
    NoFolder,
    /// A file with these bytes.
    Same,
    /// A file with other bytes.
    Different,
    Folder,
    Link,
    /// A device, a pipe, a socket.
    Odd,
}

/// What stands where a folder has to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    Missing,
    Folder,
    Link,
    Other,
}

pub fn stand(path: &Path) -> Stand {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_dir() => Stand::Folder,
        Ok(meta) if meta.is_symlink() => Stand::Link,
        Ok(_) => Stand::Other,
        Err(_) => Stand::Missing,
    }
}

/// What stands there, and the time it had before it was read.
pub fn find(target: &Path, bytes: &[u8]) -> Result<(Found, Option<Time>), Fault> {
    let meta = match fs::symlink_metadata(target) {
        Ok(meta) => meta,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            let folder = target
                .parent()
                .is_some_and(|folder| stand(folder) == Stand::Folder);
            let found = if folder {
                Found::Nothing
            } else {
                Found::NoFolder
            };
            return Ok((found, None));
        }
        Err(error) => return Err(Fault::new("look at", target, &error)),
    };
    let kind = meta.file_type();
    let found = if kind.is_symlink() {
        Found::Link
    } else if kind.is_dir() {
        Found::Folder
    } else if !kind.is_file() {
        Found::Odd
    } else if meta.len() == bytes.len() as u64
        && holds(target, bytes).map_err(|error| Fault::new("read", target, &error))?
    {
        Found::Same
    } else {
        Found::Different
    };
    Ok((found, manifest::time(&meta)))
}

/// Whether a file of the right length has these bytes.
fn holds(file: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(file)?;
    let mut buffer = [0; 16 * 1024];
    for expected in bytes.chunks(buffer.len()) {
        let read = &mut buffer[..expected.len()];
        match file.read_exact(read) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(false),
            done => done?,
        }
        if read != expected {
            return Ok(false);
        }
    }
    Ok(true)
}
