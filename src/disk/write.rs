//! Outputs → folders, all or nothing.
//!
//! A file that differs from what stands in the output is written to `.learnflow/stage` first. Where its
//! folder is there already it gets a number, and is renamed over the old file or beside it; where its
//! folder is new it is staged as it will stand, and the uppermost new folder is renamed in as a whole.
//! In memory that takes half the time of a first build's writing; on a disk, with a folder a page, it is no slower.
//! [`Writer::commit`] looks for everything that forbids the new tree, writes the journal, and takes its steps.
//!
//! The promise holds against a crash, a kill and a full disk, not against a power cut: forcing every page to
//! the disk would cost more than making it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use rayon::prelude::*;

use super::journal::{self, List, Step};
use super::{Error, Fault, Hands, Home, Hook, Op, above, flaw, is_link, slashed};

/// What a commit did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that are new or have other bytes.
    pub written: usize,
    /// Files that were left alone.
    pub unchanged: usize,
    /// Files of the build before that are in this one no more.
    pub removed: usize,
    /// Bytes in the written files.
    pub bytes: u64,
}

/// One build into one output folder, which is locked until the writer is dropped.
pub struct Writer<'h> {
    hands: Hands<'h>,
    home: Home,
    list: List,
    session: Mutex<Session>,
    /// From when the journal decides, the stage is no longer ours to clear.
    decided: bool,
    _lock: Lock,
}

#[derive(Default)]
struct Session {
    puts: Vec<Put>,
    numbered: usize,
    bad: Vec<(String, &'static str)>,
    fault: Option<Fault>,
}

struct Put {
    path: String,
    found: Found,
    staged: Option<Staged>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
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

struct Staged {
    /// None: it stands in the stage as it will stand in the output.
    number: Option<usize>,
    bytes: u64,
}

/// What there is to do, seen at one moment.
struct Survey<'a> {
    /// Sorted by path.
    puts: &'a [Put],
    /// Files on our list that were not put.
    removed: Vec<&'a str>,
    /// All folders that the new tree needs.
    folders: BTreeMap<&'a str, Stand>,
}

/// What stands where a folder has to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    Missing,
    Folder,
    Link,
    Other,
}

impl<'a> Survey<'a> {
    fn staged(&self) -> impl Iterator<Item = (&'a Put, &'a Staged)> {
        self.puts
            .iter()
            .filter_map(|put| Some((put, put.staged.as_ref()?)))
    }

    fn folders_that_are(&self, stand: Stand) -> impl Iterator<Item = &'a str> {
        self.folders
            .iter()
            .filter(move |(_, other)| **other == stand)
            .map(|(folder, _)| *folder)
    }

    fn new_folders(&self) -> impl Iterator<Item = &'a str> {
        self.folders
            .iter()
            .filter(|(_, stand)| **stand != Stand::Folder)
            .map(|(folder, _)| *folder)
    }

    fn has_folder_above(&self, path: &str) -> bool {
        above(path)
            .next()
            .is_none_or(|folder| self.folders[folder] == Stand::Folder)
    }

    /// Paths whose folder came or went since they were staged, so that they were staged in the wrong manner.
    fn disturbed(&self) -> impl Iterator<Item = &'a str> {
        let wrong = |(put, staged): &(&Put, &Staged)| {
            staged.number.is_some() != self.has_folder_above(&put.path)
        };
        self.staged()
            .filter(wrong)
            .map(|(put, _)| put.path.as_str())
    }

    fn report(&self) -> Report {
        let written = self.staged().count();
        Report {
            written,
            unchanged: self.puts.len() - written,
            removed: self.removed.len(),
            bytes: self.staged().map(|(_, staged)| staged.bytes).sum(),
        }
    }
}

impl<'h> Writer<'h> {
    /// Makes and locks the output folder, and completes or clears what a killed process left there.
    ///
    /// # Errors
    /// [`Error::Locked`] while another writer is at work; [`Error::Links`] if our own folder or one of its files is
    /// a link; [`Error::Damaged`] if they cannot be understood; [`Error::Halted`] if a journal cannot be completed.
    pub fn open(out: &Path, hook: &'h dyn Hook) -> Result<Writer<'h>, Error> {
        let (hands, home) = (
            Hands { hook },
            Home {
                out: out.to_path_buf(),
            },
        );
        hands.make_folder(&home.private())?;
        let own = [
            home.private(),
            home.lock(),
            home.files(),
            home.journal(),
            home.stage(),
        ];
        let links: Vec<_> = own.into_iter().filter(|path| is_link(path)).collect();
        if !links.is_empty() {
            return Err(Error::Links(links));
        }
        let lock = Lock::take(&home, hook)?;
        journal::recover(&home, &hands)?;
        let list = List::read(&home.files())?;
        Ok(Writer {
            hands,
            home,
            list,
            session: Mutex::default(),
            decided: false,
            _lock: lock,
        })
    }

    /// This build makes only what lies below these folders; what is on our list elsewhere stays as it is.
    pub fn only(&mut self, folders: &[String]) {
        let elsewhere = |path: &&str| !folders.iter().any(|folder| path.starts_with(folder));
        let kept = self.list.files().filter(elsewhere).map(|path| Put {
            path: path.to_owned(),
            found: Found::Same,
            staged: None,
        });
        let kept: Vec<Put> = kept.collect();
        self.session().puts.extend(kept);
    }

    /// One file of the new tree, as `public/larkfield/index.html`; from any thread, in any order.
    ///
    /// A path that may not be written is no error here: [`Writer::commit`] tells all of them at once.
    ///
    /// # Errors
    /// Reading what is there, or staging, failed. The commit will then fail too.
    pub fn put(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        if let Some(why) = flaw(path) {
            self.session().bad.push((path.to_string(), why));
            return Ok(());
        }
        let (found, staged) = match self.compare_or_stage(path, bytes) {
            Ok(put) => put,
            Err(fault) => {
                // In the standing stage, two paths that clash meet before the commit can tell of both.
                let clash = matches!(
                    fault.kind,
                    ErrorKind::AlreadyExists | ErrorKind::NotADirectory
                );
                self.session().fault.get_or_insert_with(|| fault.clone());
                if !clash {
                    return Err(Error::Refused(fault).into());
                }
                (Found::NoFolder, None)
            }
        };
        self.session().puts.push(Put {
            path: path.to_string(),
            found,
            staged,
        });
        Ok(())
    }

    /// What was put becomes the whole tree: it is moved in, and what is left of the build before is removed, with
    /// the folders that were made for it. If nothing differs, nothing is touched.
    ///
    /// # Errors
    /// All but [`Error::Halted`] leave the old tree as it was.
    pub fn commit(mut self) -> Result<Report, Error> {
        let mut session = std::mem::take(self.session.get_mut().expect(LOCKED));
        session.bad.sort_unstable();
        let mut puts = session.puts;
        puts.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        refuse(session.bad, Error::BadPaths)?;
        refuse_clashes(&puts)?;
        if let Some(fault) = session.fault {
            return Err(fault.into());
        }
        let survey = self.survey(&puts);
        self.refuse_obstacles(&survey)?;
        let (steps, list, report) = (
            self.steps(&survey),
            self.next_list(&survey),
            survey.report(),
        );
        if steps.is_empty() && list == self.list {
            return Ok(report);
        }
        journal::write(&self.home, &self.hands, &steps, &list)?;
        self.decided = true;
        journal::take(&self.home, &self.hands, &steps).map_err(Error::Halted)?;
        // All is in place; what cannot be cleared now is cleared by the next open.
        let _ = self.hands.clear(&self.home.stage());
        Ok(report)
    }

    fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().expect(LOCKED)
    }

    fn compare_or_stage(&self, path: &str, bytes: &[u8]) -> Result<(Found, Option<Staged>), Fault> {
        let found = find(&self.home.target(path), bytes)?;
        let number = match found {
            Found::Same | Found::Link | Found::Odd => return Ok((found, None)),
            Found::Different if !self.list.has_file(path) => return Ok((found, None)),
            Found::NoFolder => None,
            Found::Nothing | Found::Different | Found::Folder => Some(self.next_number()?),
        };
        let file = match number {
            Some(number) => self.home.numbered(number),
            None => self.home.standing(path),
        };
        if let (None, Some(folder)) = (number, file.parent()) {
            self.hands.make_folder(folder)?;
        }
        self.hands.create(&file, bytes)?;
        let bytes = bytes.len() as u64;
        Ok((found, Some(Staged { number, bytes })))
    }

    fn next_number(&self) -> Result<usize, Fault> {
        let mut session = self.session();
        let number = session.numbered;
        if let (0, Some(folder)) = (number % Home::SHARD, self.home.numbered(number).parent()) {
            self.hands.make_folder(folder)?;
        }
        session.numbered += 1;
        Ok(number)
    }

    fn survey<'a>(&'a self, puts: &'a [Put]) -> Survey<'a> {
        let is_put = |path: &str| {
            puts.binary_search_by(|put| put.path.as_str().cmp(path))
                .is_ok()
        };
        let removed = self.list.files().filter(|path| !is_put(path)).collect();
        let folders: BTreeSet<&str> = puts.iter().flat_map(|put| above(&put.path)).collect();
        let folders = folders
            .into_par_iter()
            .map(|folder| (folder, stand(&self.home.target(folder))));
        Survey {
            puts,
            removed,
            folders: folders.collect(),
        }
    }

    fn refuse_obstacles(&self, survey: &Survey<'_>) -> Result<(), Error> {
        refuse(self.links(survey), Error::Links)?;
        refuse(self.not_ours(survey), Error::NotOurs)?;
        let disturbed = survey.disturbed().map(|path| self.home.target(path));
        refuse(disturbed.collect(), Error::Disturbed)
    }

    fn steps(&self, survey: &Survey<'_>) -> Vec<Step> {
        let removals = survey
            .removed
            .iter()
            .map(|path| Step::Remove((*path).into()));
        let unused = self
            .list
            .folders()
            .filter(|folder| !survey.folders.contains_key(folder));
        let clearings = unused.map(|folder| Step::RemoveFolder(folder.into()));
        let new = survey
            .new_folders()
            .filter(|folder| survey.has_folder_above(folder));
        let moves = new.map(|folder| Step::MoveIn(folder.into()));
        let places = survey
            .staged()
            .filter_map(|(put, staged)| Some(Step::Place(staged.number?, put.path.clone())));
        removals
            .chain(clearings)
            .chain(moves)
            .chain(places)
            .collect()
    }

    fn next_list(&self, survey: &Survey<'_>) -> List {
        let made = survey
            .folders
            .iter()
            .filter(|(folder, stand)| **stand != Stand::Folder || self.list.has_folder(folder));
        List::new(
            survey.puts.iter().map(|put| put.path.as_str()),
            made.map(|(folder, _)| *folder),
        )
    }

    /// The links on the way to what is put or removed, themselves included.
    fn links(&self, survey: &Survey<'_>) -> Vec<PathBuf> {
        let files = survey
            .puts
            .iter()
            .filter(|put| put.found == Found::Link)
            .map(|put| put.path.as_str());
        let on_the_way = files
            .chain(survey.folders_that_are(Stand::Link))
            .map(|path| self.home.target(path));
        let removed = journal::links(&self.home, survey.removed.iter().copied());
        let links: BTreeSet<PathBuf> = on_the_way.chain(removed).collect();
        links.into_iter().collect()
    }

    /// What others put where a file or folder of the new tree has to stand.
    fn not_ours(&self, survey: &Survey<'_>) -> Vec<PathBuf> {
        let going: BTreeSet<String> = survey
            .removed
            .iter()
            .map(|path| path.to_lowercase())
            .collect();
        let files = survey.puts.iter().filter(|put| match put.found {
            Found::Nothing | Found::NoFolder | Found::Folder | Found::Link => false,
            Found::Odd => true,
            Found::Different => put.staged.is_none(),
            // Where case does not count, this is the very file that is about to be removed.
            Found::Same => {
                !self.list.has_file(&put.path) && going.contains(&put.path.to_lowercase())
            }
        });
        let folders = survey
            .folders_that_are(Stand::Other)
            .filter(|path| !self.list.has_file(path));
        let paths = files.map(|put| put.path.as_str()).chain(folders);
        let in_folders = survey.puts.iter().filter(|put| put.found == Found::Folder);
        let inside = in_folders.flat_map(|put| self.others_in(&put.path));
        paths
            .map(|path| self.home.target(path))
            .chain(inside)
            .collect()
    }

    /// Of a folder that has to give way to a file: itself and all in it, as far as it is not ours.
    fn others_in(&self, folder: &str) -> Vec<PathBuf> {
        let is_ours = |path: &Path, is_folder: bool| {
            let path = path.strip_prefix(&self.home.out).ok().and_then(slashed);
            path.is_some_and(|path| {
                if is_folder {
                    self.list.has_folder(&path)
                } else {
                    self.list.has_file(&path)
                }
            })
        };
        let top = self.home.target(folder);
        let entries = walkdir::WalkDir::new(&top).sort_by_file_name().into_iter();
        let others = entries.filter_map(|entry| match entry {
            Ok(entry) if is_ours(entry.path(), entry.file_type().is_dir()) => None,
            Ok(entry) => Some(entry.into_path()),
            Err(error) => Some(error.path().unwrap_or(&top).to_path_buf()),
        });
        others.collect()
    }
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        if !self.decided {
            // What cannot be cleared now is cleared by the next open.
            let _ = self.hands.clear(&self.home.stage());
        }
    }
}

const LOCKED: &str = "no thread panics while it holds the session";

fn stand(path: &Path) -> Stand {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_dir() => Stand::Folder,
        Ok(meta) if meta.is_symlink() => Stand::Link,
        Ok(_) => Stand::Other,
        Err(_) => Stand::Missing,
    }
}

fn find(target: &Path, bytes: &[u8]) -> Result<Found, Fault> {
    let meta = match fs::symlink_metadata(target) {
        Ok(meta) => meta,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            let folder = target
                .parent()
                .is_some_and(|folder| stand(folder) == Stand::Folder);
            return Ok(if folder {
                Found::Nothing
            } else {
                Found::NoFolder
            });
        }
        Err(error) => return Err(Fault::new("look at", target, &error)),
    };
    let kind = meta.file_type();
    Ok(if kind.is_symlink() {
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
    })
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

fn refuse<T>(found: Vec<T>, error: fn(Vec<T>) -> Error) -> Result<(), Error> {
    if found.is_empty() {
        Ok(())
    } else {
        Err(error(found))
    }
}

/// Two paths that are one file, and files that would have to be folders, also where case does not count.
fn refuse_clashes(puts: &[Put]) -> Result<(), Error> {
    // NUL is in no path and sorts before all that is: what is below a path comes right behind it.
    let mut keys: Vec<(String, &str)> = puts
        .par_iter()
        .map(|put| {
            (
                put.path.to_lowercase().replace('/', "\0"),
                put.path.as_str(),
            )
        })
        .collect();
    keys.par_sort_unstable();
    let pairs = |clash: fn(&str, &str) -> bool| -> Vec<(String, String)> {
        let neighbours = keys.windows(2).filter(|pair| clash(&pair[0].0, &pair[1].0));
        neighbours
            .map(|pair| (pair[0].1.to_string(), pair[1].1.to_string()))
            .collect()
    };
    refuse(pairs(|a, b| a == b), Error::Clashes)?;
    let inside = |a: &str, b: &str| b.strip_prefix(a).is_some_and(|rest| rest.starts_with('\0'));
    refuse(pairs(inside), Error::FileAndFolder)
}

/// The system's own lock, which ends with the process however it ends, so none is ever left behind by a dead one.
struct Lock(File);

impl Lock {
    fn take(home: &Home, hook: &dyn Hook) -> Result<Lock, Error> {
        let path = home.lock();
        let fault = |error: &io::Error| Error::Refused(Fault::new("lock", &path, error));
        let opened = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path);
        let mut file = opened.map_err(|error| fault(&error))?;
        hook.after(&Op::Create(&path));
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = fs::read_to_string(&path)
                    .ok()
                    .and_then(|pid| pid.trim().parse().ok());
                return Err(Error::Locked {
                    out: home.out.clone(),
                    holder,
                });
            }
            Err(TryLockError::Error(error)) => return Err(fault(&error)),
        }
        // Only for the message above, so a full disk may refuse it: what was begun can still be completed.
        let pid = format!("{}\n", std::process::id());
        let _ = file
            .rewind()
            .and_then(|()| file.set_len(0))
            .and_then(|()| file.write_all(pid.as_bytes()));
        hook.after(&Op::Write(&path));
        Ok(Lock(file))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough while a process that is just being started still has a copy of the handle.
        let _ = self.0.unlock();
    }
}
