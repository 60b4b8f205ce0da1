//! What is on our list, and the journal: the steps from the old tree to the new, in order.
//!
//! Each step may be taken again after it was taken, and after those behind it were. So a process that
//! finds a journal takes them all from the first, and need not know how far its predecessor came.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::{self, Write};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Error, Fault, Hands, Home, above, flaw, is_link};

/// The files we wrote and, with a `/` at the end, the folders we made: one path a line, sorted.
///
/// It is kept as its text, because it stays in memory for the whole build, and is long.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    text: String,
    starts: Vec<usize>,
}

impl List {
    pub fn new<'a>(
        files: impl Iterator<Item = &'a str>,
        folders: impl Iterator<Item = &'a str>,
    ) -> List {
        let folders = folders.map(|folder| Cow::from(format!("{folder}/")));
        let mut lines: Vec<Cow<'_, str>> = files.map(Cow::from).chain(folders).collect();
        lines.par_sort_unstable();
        let mut list = List::default();
        for line in &lines {
            list.starts.push(list.text.len());
            list.text.push_str(line);
            list.text.push('\n');
        }
        list
    }

    /// The list of the last build; the empty one where there was none.
    pub fn read(file: &Path) -> Result<List, Error> {
        let Some(text) = read_text(file)? else {
            return Ok(List::default());
        };
        if !(text.is_empty() || text.ends_with('\n')) {
            return Err(damaged(file, "its last line is not whole"));
        }
        if !text.split_terminator('\n').is_sorted() {
            return Err(damaged(file, "its lines are not sorted"));
        }
        for line in text.split_terminator('\n') {
            // A list that names something outside would have us delete it.
            check_path(file, line.strip_suffix('/').unwrap_or(line))?;
        }
        let ends = text.match_indices('\n').map(|(end, _)| end + 1);
        let mut starts: Vec<usize> = std::iter::once(0).chain(ends).collect();
        starts.pop();
        Ok(List { text, starts })
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn has_file(&self, path: &str) -> bool {
        self.starts
            .binary_search_by(|start| self.line(*start).cmp(path))
            .is_ok()
    }

    pub fn has_folder(&self, path: &str) -> bool {
        self.has_file(&format!("{path}/"))
    }

    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.text
            .split_terminator('\n')
            .filter(|path| !path.ends_with('/'))
    }

    /// The folders, those inside before those around them.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.text
            .split_terminator('\n')
            .rev()
            .filter_map(|path| path.strip_suffix('/'))
    }

    fn line(&self, start: usize) -> &str {
        let rest = &self.text[start..];
        rest.split_once('\n').map_or(rest, |(line, _)| line)
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Remove the file.
    Remove(String),
    /// Remove the folder, unless something is left in it.
    RemoveFolder(String),
    /// Move the staged file of this number to this path.
    Place(usize, String),
    /// Move the file or folder that stands at this path in the stage to the same path in the output.
    MoveIn(String),
}

impl Step {
    fn path(&self) -> &str {
        match self {
            Step::Remove(path)
            | Step::RemoveFolder(path)
            | Step::Place(_, path)
            | Step::MoveIn(path) => path,
        }
    }

    fn parse(line: &str) -> Option<Step> {
        let (verb, rest) = line.split_once(' ')?;
        match verb {
            "remove" => Some(Step::Remove(rest.into())),
            "remove-folder" => Some(Step::RemoveFolder(rest.into())),
            "move-in" => Some(Step::MoveIn(rest.into())),
            "place" => {
                let (number, path) = rest.split_once(' ')?;
                Some(Step::Place(number.parse().ok()?, path.into()))
            }
            _ => None,
        }
    }

    fn take(&self, home: &Home, hands: &Hands<'_>) -> Result<(), Fault> {
        let target = home.target(self.path());
        match self {
            // When the step was taken before, a folder or file of the new tree may stand here.
            Step::Remove(_) if is_folder(&target) => Ok(()),
            Step::Remove(_) => remove(hands, &target),
            Step::RemoveFolder(_) => unless(
                hands.remove_folder(&target),
                &[
                    ErrorKind::NotFound,
                    ErrorKind::NotADirectory,
                    ErrorKind::DirectoryNotEmpty,
                ],
            ),
            Step::Place(number, _) => move_in(hands, &home.numbered(*number), &target),
            Step::MoveIn(path) => move_in(hands, &home.standing(path), &target),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Remove(path) => write!(f, "remove {path}"),
            Step::RemoveFolder(path) => write!(f, "remove-folder {path}"),
            Step::Place(number, path) => write!(f, "place {number} {path}"),
            Step::MoveIn(path) => write!(f, "move-in {path}"),
        }
    }
}

const HEAD: &str = "learnflow journal 1";
const END: &str = "end";

/// Writes list and journal; with the rename at the end the new tree is decided.
pub fn write(home: &Home, hands: &Hands<'_>, steps: &[Step], list: &List) -> Result<(), Fault> {
    let mut text = format!("{HEAD}\n");
    for step in steps {
        writeln!(text, "{step}").expect("a string takes all");
    }
    writeln!(text, "{END}").expect("a string takes all");
    hands.make_folder(&home.stage())?;
    hands.create_synced(&home.next_files(), list.text().as_bytes())?;
    hands.create_synced(&home.next_journal(), text.as_bytes())?;
    hands.rename(&home.next_journal(), &home.journal())
}

/// Completes what a killed process began, or clears what it had not yet decided.
pub fn recover(home: &Home, hands: &Hands<'_>) -> Result<(), Error> {
    if let Some(steps) = read(&home.journal())? {
        let links = links(home, steps.iter().map(Step::path));
        if !links.is_empty() {
            return Err(Error::Links(links));
        }
        take(home, hands, &steps).map_err(Error::Halted)?;
    }
    Ok(hands.clear(&home.stage())?)
}

/// Takes all steps, then puts the list in place, then removes the journal.
pub fn take(home: &Home, hands: &Hands<'_>, steps: &[Step]) -> Result<(), Fault> {
    for step in steps {
        step.take(home, hands)?;
    }
    move_in(hands, &home.next_files(), &home.files())?;
    hands.remove(&home.journal())
}

/// The links on the way to these paths, themselves included.
pub fn links<'a>(home: &Home, paths: impl Iterator<Item = &'a str>) -> Vec<PathBuf> {
    let mut all = BTreeSet::new();
    for path in paths {
        all.insert(path);
        all.extend(above(path));
    }
    all.into_par_iter()
        .map(|path| home.target(path))
        .filter(|path| is_link(path))
        .collect()
}

fn read(file: &Path) -> Result<Option<Vec<Step>>, Error> {
    let Some(text) = read_text(file)? else {
        return Ok(None);
    };
    let inner = text
        .strip_prefix(&format!("{HEAD}\n"))
        .and_then(|text| text.strip_suffix(&format!("{END}\n")))
        .ok_or_else(|| damaged(file, "its first or its last line is missing"))?;
    let steps = inner
        .lines()
        .map(|line| {
            Step::parse(line).ok_or_else(|| damaged(file, &format!("no step is written {line:?}")))
        })
        .collect::<Result<Vec<_>, _>>()?;
    for step in &steps {
        check_path(file, step.path())?;
    }
    Ok(Some(steps))
}

fn read_text(file: &Path) -> Result<Option<String>, Error> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            Err(damaged(file, "it is not UTF-8"))
        }
        Err(error) => Err(Fault::new("read", file, &error).into()),
    }
}

fn check_path(file: &Path, path: &str) -> Result<(), Error> {
    match flaw(path) {
        Some(why) => Err(damaged(file, &format!("of the path {path:?}, {why}"))),
        None => Ok(()),
    }
}

fn damaged(file: &Path, why: &str) -> Error {
    Error::Damaged {
        file: file.to_path_buf(),
        why: why.to_string(),
    }
}

/// A source that is gone was moved before; a folder that is gone was removed since the journal was written.
fn move_in(hands: &Hands<'_>, from: &Path, to: &Path) -> Result<(), Fault> {
    match (hands.rename(from, to), to.parent()) {
        (Err(_), _) if !exists(from) => Ok(()),
        (Err(fault), Some(folder)) if fault.kind == ErrorKind::NotFound => {
            hands.make_folder(folder)?;
            hands.rename(from, to)
        }
        (moved, _) => moved,
    }
}

/// Removes a file; one that is not there is fine.
pub fn remove(hands: &Hands<'_>, file: &Path) -> Result<(), Fault> {
    unless(
        hands.remove(file),
        &[ErrorKind::NotFound, ErrorKind::NotADirectory],
    )
}

fn unless(done: Result<(), Fault>, gone: &[ErrorKind]) -> Result<(), Fault> {
    match done {
        Err(fault) if gone.contains(&fault.kind) => Ok(()),
        done => done,
    }
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|meta| meta.is_dir())
}
