//! What stands where something is to be put.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use super::Fault;
use super::manifest::{self, Time};
use crate::model::Content;

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
pub fn find(
    target: &Path,
    content: &Content<'_>,
    length: u64,
) -> Result<(Found, Option<Time>), Fault> {
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
    } else if meta.len() == length
        && holds(target, content).map_err(|error| Fault::new("read", target, &error))?
    {
        Found::Same
    } else {
        Found::Different
    };
    Ok((found, manifest::time(&meta)))
}

/// Whether a file of the right length has this in it.
fn holds(file: &Path, content: &Content<'_>) -> io::Result<bool> {
    let mut beside = Beside {
        file: File::open(file)?,
        differs: false,
    };
    match content.write(&mut beside) {
        Err(_) if beside.differs => Ok(false),
        done => done.map(|()| true),
    }
}

/// Reads a file beside what is written, up to where they differ.
struct Beside {
    file: File,
    differs: bool,
}

impl Write for Beside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut buffer = [0; 16 * 1024];
        let expected = &bytes[..bytes.len().min(buffer.len())];
        let read = &mut buffer[..expected.len()];
        self.differs = match self.file.read_exact(read) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => true,
            done => done.map(|()| read != expected)?,
        };
        match self.differs {
            true => Err(ErrorKind::InvalidData.into()),
            false => Ok(expected.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
