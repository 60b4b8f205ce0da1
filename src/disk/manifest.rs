//! What a build leaves behind so that the next one can know, without making a page, that nothing changed:
//! a note of whoever built, and of every file on our list its length, its time and a sum of its bytes.
//!
//! It is knowledge and no output: if it is missing, damaged or of another learnflow, everything is made afresh.

use std::fs::{self, Metadata};
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::UNIX_EPOCH;

use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use super::journal::List;
use crate::model::Content;

const HEAD: &[u8] = b"learnflow manifest 1\n";

/// How a file was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// How many bytes it has.
    pub length: u64,
    time: Time,
    sum: u64,
}

/// Nanoseconds since 1970.
pub type Time = i64;

/// No file has this time: it stands for one that proves nothing.
const NO_TIME: Time = Time::MIN;
/// No file has this length: it stands for one that the build was not asked about.
const NO_LENGTH: u64 = u64::MAX;

impl Mark {
    /// Of a file with this in it, at no time yet.
    pub fn of(content: &Content<'_>) -> Mark {
        let mut sum = Summed {
            sum: Xxh3Default::new(),
            length: 0,
        };
        content.write(&mut sum).expect("a sum takes all");
        Mark {
            length: sum.length,
            time: NO_TIME,
            sum: sum.sum.digest(),
        }
    }

    /// The same, left at a time.
    pub fn left_at(self, time: Option<Time>) -> Mark {
        let time = time.unwrap_or(NO_TIME);
        Mark { time, ..self }
    }

    /// Whoever changes a file in the very tick in which we looked leaves it with the same time. So a time proves
    /// something only if it is older than the moment from which others could come between.
    pub fn trusted_before(mut self, moment: Option<Time>) -> Mark {
        if moment.is_none_or(|moment| self.time >= moment) {
            self.time = NO_TIME;
        }
        self
    }

    /// Whether a file is as it was left. One with another time, copied or restored perhaps, is read.
    fn fits(&self, file: &Path) -> bool {
        let Ok(meta) = fs::symlink_metadata(file) else {
            return false;
        };
        meta.is_file()
            && meta.len() == self.length
            && (time(&meta).is_some_and(|time| time == self.time) || sum(file) == Some(self.sum))
    }
}

/// Sums up what is written into it.
struct Summed {
    sum: Xxh3Default,
    length: u64,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sum.update(bytes);
        self.length += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// When a file was last changed, as far as the system tells.
pub fn time(meta: &Metadata) -> Option<Time> {
    let since = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    since.as_nanos().try_into().ok()
}

fn sum(file: &Path) -> Option<u64> {
    let mut file = fs::File::open(file).ok()?;
    let (mut sum, mut buffer) = (Xxh3Default::new(), [0; 16 * 1024]);
    loop {
        match file.read(&mut buffer).ok()? {
            0 => return Some(sum.digest()),
            read => sum.update(&buffer[..read]),
        }
    }
}

/// What the last build left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Of the list that the marks belong to.
    list: u64,
    /// What whoever built wants to know again.
    pub note: Vec<u8>,
    /// One for each file of the list, in its order; none where the build was not asked about it.
    marks: Vec<Option<Mark>>,
}

impl Manifest {
    pub fn new(list: &List, note: &[u8], marks: Vec<Option<Mark>>) -> Manifest {
        Manifest {
            list: xxh3_64(list.text().as_bytes()),
            note: note.to_vec(),
            marks,
        }
    }

    /// The manifest in a file, if it can be understood and belongs to this list.
    pub fn read(file: &Path, list: &List) -> Option<Manifest> {
        let manifest = Manifest::parse(&fs::read(file).ok()?)?;
        let belongs = manifest.list == xxh3_64(list.text().as_bytes())
            && manifest.marks.len() == list.files().count();
        belongs.then_some(manifest)
    }

    /// For each file of the list, in its order: whether it is as it was left.
    pub fn fits<'a>(&self, files: impl IntoIterator<Item = &'a str>, out: &Path) -> bool {
        use rayon::prelude::*;
        let files: Vec<&str> = files.into_iter().collect();
        files
            .par_iter()
            .zip(&self.marks)
            .all(|(file, mark)| mark.is_none_or(|mark| mark.fits(&out.join(file))))
    }

    /// Numbers are little-endian: the sum of the list, the length of the note, the note, three numbers a mark, and a
    /// sum over all before it.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = HEAD.to_vec();
        out.extend(self.list.to_le_bytes());
        out.extend((self.note.len() as u64).to_le_bytes());
        out.extend(&self.note);
        for mark in &self.marks {
            let mark = mark.unwrap_or(Mark {
                length: NO_LENGTH,
                time: NO_TIME,
                sum: 0,
            });
            out.extend(mark.length.to_le_bytes());
            out.extend(mark.time.to_le_bytes());
            out.extend(mark.sum.to_le_bytes());
        }
        out.extend(xxh3_64(&out).to_le_bytes());
        out
    }

    fn parse(bytes: &[u8]) -> Option<Manifest> {
        let (whole, sum) = bytes.split_last_chunk::<8>()?;
        if xxh3_64(whole) != u64::from_le_bytes(*sum) {
            return None;
        }
        let mut rest = whole.strip_prefix(HEAD)?;
        let list = number(&mut rest)?;
        let length = number(&mut rest)?.try_into().ok()?;
        let (note, mut rows) = rest.split_at_checked(length)?;
        let mut marks = Vec::with_capacity(rows.len() / 24);
        while !rows.is_empty() {
            let mark = Mark {
                length: number(&mut rows)?,
                time: number(&mut rows)?.cast_signed(),
                sum: number(&mut rows)?,
            };
            marks.push((mark.length != NO_LENGTH).then_some(mark));
        }
        Some(Manifest {
            list,
            note: note.to_vec(),
            marks,
        })
    }
}

/// Takes a number off the front.
fn number(bytes: &mut &[u8]) -> Option<u64> {
    let (number, rest) = bytes.split_first_chunk::<8>()?;
    *bytes = rest;
    Some(u64::from_le_bytes(*number))
}
