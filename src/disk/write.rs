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
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use rayon::prelude::*;

use super::journal::{self, List, Step};
use super::lock::Lock;
use super::look::{Found, Stand, find, stand};
use super::manifest::{self, Manifest, Mark, Time};
use super::{Error, Fault, Hands, Home, Hook, above, flaw, is_link, slashed};
use crate::model::Content;

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
    manifest: Option<Manifest>,
    session: Mutex<Session>,
    /// From when the journal decides, the stage is no longer ours to clear.
    decided: bool,
    lock: Lock,
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
    /// How the file is left; none if this build says nothing of it.
    mark: Option<Mark>,
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
            home.manifest(),
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
            manifest: Manifest::read(&home.manifest(), &list),
            hands,
            home,
            list,
            session: Mutex::default(),
            decided: false,
            lock,
        })
    }

    /// What the last build noted in [`Writer::commit_noting`].
    pub fn note(&self) -> Option<&[u8]> {
        self.manifest.as_ref().map(|manifest| &manifest.note[..])
    }

    /// Whether every file of the last build is still as that build left it.
    pub fn stands(&self) -> bool {
        let manifest = self.manifest.as_ref();
        manifest.is_some_and(|manifest| manifest.fits(self.list.files(), &self.home.out))
    }

    /// This build makes only what lies below these folders; what is on our list elsewhere stays as it is.
    pub fn only(&mut self, folders: &[String]) {
        let elsewhere = |path: &&str| !folders.iter().any(|folder| path.starts_with(folder));
        let kept = self.list.files().filter(elsewhere).map(|path| Put {
            path: path.to_owned(),
            found: Found::Same,
            staged: None,
            mark: None,
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
        self.put_content(path, &bytes.into())
    }

    /// As [`Writer::put`], of what need not be held whole.
    ///
    /// # Errors
    /// As [`Writer::put`].
    pub fn put_content(&self, path: &str, content: &Content<'_>) -> io::Result<()> {
        if let Some(why) = flaw(path) {
            self.session().bad.push((path.to_string(), why));
            return Ok(());
        }
        let put = match self.compare_or_stage(path, content) {
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
                Put {
                    path: path.to_string(),
                    found: Found::NoFolder,
                    staged: None,
                    mark: None,
                }
            }
        };
        self.session().puts.push(put);
        Ok(())
    }

    /// What was put becomes the whole tree: it is moved in, and what is left of the build before is removed, with
    /// the folders that were made for it. If nothing differs, nothing is touched.
    ///
    /// # Errors
    /// All but [`Error::Halted`] leave the old tree as it was.
    pub fn commit(self) -> Result<Report, Error> {
        self.finish(None)
    }

    /// As [`Writer::commit`], and the next writer gets the note, and can ask whether all still [`Writer::stands`].
    ///
    /// # Errors
    /// As [`Writer::commit`]. That nothing could be noted is none: the tree is whole.
    pub fn commit_noting(self, note: &[u8]) -> Result<Report, Error> {
        self.finish(Some(note))
    }

    fn finish(mut self, note: Option<&[u8]>) -> Result<Report, Error> {
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
        let (mut since, mut there) = (None, self.manifest.as_ref());
        if !steps.is_empty() || list != self.list {
            // A manifest must not outlive the tree that it tells of.
            journal::remove(&self.hands, &self.home.manifest())?;
            there = None;
            journal::write(&self.home, &self.hands, &steps, &list)?;
            self.decided = true;
            since = time_of(&self.home.journal());
            journal::take(&self.home, &self.hands, &steps).map_err(Error::Halted)?;
        }
        if let Some(note) = note {
            let marks = puts.iter().map(|put| self.left(put, since)).collect();
            let manifest = Manifest::new(&list, note, marks);
            if there != Some(&manifest) {
                let _ = self.write_manifest(&manifest);
            }
        }
        // All is in place; what cannot be cleared now is cleared by the next open.
        let _ = self.hands.clear(&self.home.stage());
        Ok(report)
    }

    /// Others can reach what is staged from when the journal is written, and what was there already at any time.
    fn left(&self, put: &Put, journal: Option<Time>) -> Option<Mark> {
        let since = match put.staged {
            Some(_) => journal,
            None => self.lock.since,
        };
        put.mark.map(|mark| mark.trusted_before(since))
    }

    fn write_manifest(&self, manifest: &Manifest) -> Result<(), Fault> {
        let next = self.home.next_manifest();
        self.hands.make_folder(&self.home.stage())?;
        self.hands.create(&next, &manifest.bytes().into())?;
        self.hands.rename(&next, &self.home.manifest())
    }

    fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().expect(LOCKED)
    }

    fn compare_or_stage(&self, path: &str, content: &Content<'_>) -> Result<Put, Fault> {
        let mark = Mark::of(content);
        let (found, time) = find(&self.home.target(path), content, mark.length)?;
        let put = |staged, time| Put {
            path: path.to_string(),
            found,
            staged,
            mark: Some(mark.left_at(time)),
        };
        let number = match found {
            Found::Same | Found::Link | Found::Odd => return Ok(put(None, time)),
            Found::Different if !self.list.has_file(path) => return Ok(put(None, time)),
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
        let file = self.hands.create(&file, content)?;
        let time = file.metadata().ok().as_ref().and_then(manifest::time);
        let bytes = mark.length;
        Ok(put(Some(Staged { number, bytes }), time))
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

fn time_of(file: &Path) -> Option<Time> {
    fs::symlink_metadata(file)
        .ok()
        .as_ref()
        .and_then(manifest::time)
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
