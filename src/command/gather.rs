//! What a build stands on: the repository's files, the ledgers, the moment.

use super::{Fatal, World, say, tell};
use crate::cli::Common;
use crate::diag::{Diagnostic, Diagnostics, Form, Place};
use crate::disk;
use crate::formats::ledger;
use crate::model::{Folder, Id, Ledger, Library, Tree};
use crate::pipeline::{self, Inputs, Loaded, Prepared};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The repository's files and the moment.
pub struct Read {
    /// Every file.
    pub folder: Folder,
    /// Now.
    pub now: Timestamp,
    /// What people should know about the moment.
    pub notes: Vec<String>,
    /// What could not be read.
    pub problems: Diagnostics,
}

/// Everything read and understood.
pub struct Gathered {
    /// What was written.
    pub loaded: Loaded,
    /// All that decides the output.
    pub inputs: Inputs,
    /// What people should know about the moment.
    pub notes: Vec<String>,
}

impl Gathered {
    /// Plans every site. With mistakes there is nothing to show: they are told, and what comes of it.
    pub fn prepare(
        &self,
        refusal: &str,
        common: &Common,
        world: &World,
    ) -> Option<Vec<Prepared<'_>>> {
        let (prepared, diags) = pipeline::prepare(&self.loaded, &self.inputs);
        let mut all = self.loaded.diags.clone();
        all.append(diags);
        let all = all.sorted();
        let all = if common.strict { all.strict() } else { all };
        if all.has_errors() {
            tell(&all, Form::Text, world);
            say(&format!("{refusal} while there are errors"));
            return None;
        }
        for note in &self.notes {
            say(note);
        }
        Some(prepared)
    }
}

/// The folders of a repository that matter.
const FOLDERS: &[&str] = &["content", "sites", "layouts"];

/// A build date this old is rather a left-over of another tool.
const OLD_EPOCH: SignedDuration = SignedDuration::from_hours(24);

/// Reads a repository's files, and the moment.
pub fn read(common: &Common, world: &World) -> Result<Read, Fatal> {
    let (folder, problems) = read_folder(&common.root)?;
    let (now, notes) = moment(common.now, world)?;
    Ok(Read {
        folder,
        now,
        notes,
        problems,
    })
}

/// Reads a repository's files.
pub fn read_folder(root: &Path) -> Result<(Folder, Diagnostics), Fatal> {
    let here = root.display();
    if !FOLDERS.iter().any(|folder| root.join(folder).is_dir()) {
        return Err(format!(
            "there is no `content/` and no `sites/` in {here}\nBegin with `learnflow init <folder>`, or name the repository with `--root <folder>`."
        ));
    }
    let (folder, unreadable) = disk::read(root, FOLDERS);
    let mut problems = Diagnostics::new();
    for problem in unreadable {
        problems.push(read_problem(&problem, root));
    }
    Ok((folder, problems))
}

/// Understands what was read, and reads the ledgers.
pub fn gather(read: Read, common: &Common) -> Result<Gathered, Fatal> {
    let mut loaded = pipeline::load(&read.folder);
    let mut diags = read.problems;
    diags.append(loaded.diags);
    loaded.diags = diags;
    known_site(common.site.as_deref(), &loaded.library, &loaded.diags)?;
    let mut ledgers = BTreeMap::new();
    for site in loaded.library.sites.keys() {
        if let Some(ledger) = ledger_of(site, common)? {
            ledgers.insert(site.clone(), ledger);
        }
    }
    Ok(Gathered {
        inputs: Inputs {
            folder: read.folder,
            ledgers,
            now: read.now,
            site: common.site.clone(),
            withdraw: common.withdraw,
        },
        loaded,
        notes: read.notes,
    })
}

/// Whether there is the site that somebody asked for. With errors it may be the broken one.
pub fn known_site(
    wanted: Option<&str>,
    library: &Library,
    diags: &Diagnostics,
) -> Result<(), Fatal> {
    let sites = || library.sites.keys().map(|site| site.as_str());
    match wanted {
        Some(wanted) if !sites().any(|site| site == wanted) && !diags.has_errors() => {
            let help = crate::diag::way_out(wanted, sites(), "Sites here");
            Err(format!("there is no site `{wanted}`\n{help}"))
        }
        _ => Ok(()),
    }
}

fn read_problem(problem: &disk::ReadProblem, root: &Path) -> Diagnostic {
    let path = problem.path();
    let path = path.strip_prefix(root).unwrap_or(path);
    Diagnostic::error("unreadable-file", problem.to_string())
        .at(Place {
            file: path.to_string_lossy().replace('\\', "/").into(),
            line: 1,
            column: 1,
            width: 1,
            text: String::new(),
        })
        .help("remove it from the repository, or replace it by the file it stands for")
}

/// `--now`, else `SOURCE_DATE_EPOCH`, else the clock.
pub fn moment(now: Option<Timestamp>, world: &World) -> Result<(Timestamp, Vec<String>), Fatal> {
    if let Some(now) = now {
        return Ok((now, Vec::new()));
    }
    let Some(epoch) = &world.epoch else {
        return Ok((world.clock, Vec::new()));
    };
    let seconds = epoch.trim().parse().ok();
    let Some(now) = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()) else {
        return Err(format!(
            "SOURCE_DATE_EPOCH is `{epoch}`, which is not a number of seconds\nUnset it, or use `--now`."
        ));
    };
    let mut notes = vec![format!("The moment is {now}, from SOURCE_DATE_EPOCH.")];
    if world.clock.duration_since(now) > OLD_EPOCH {
        notes.push(
            "That is more than a day behind the clock: what fell due since is not released. Unset it, or use `--now`.".to_owned(),
        );
    }
    Ok((now, notes))
}

/// The ledger of a site; none there is a first build.
fn ledger_of(site: &Id, common: &Common) -> Result<Option<Ledger>, Fatal> {
    let Some(file) = ledger_file(site, common)? else {
        return Ok(None);
    };
    match disk::read_file(&file) {
        Ok(None) => Ok(None),
        Ok(Some(bytes)) => ledger::read(site, &bytes)
            .map(Some)
            .map_err(|why| format!("the ledger {} cannot be used: {why}", file.display())),
        Err(why) => Err(format!(
            "the ledger {} cannot be read: {why}",
            file.display()
        )),
    }
}

/// Where the ledger of a site is: where `--ledger` says, else in the output folder.
pub fn ledger_file(site: &str, common: &Common) -> Result<Option<PathBuf>, Fatal> {
    Ok(Some(match &common.ledger {
        Some(path) if path.is_dir() => path.join(format!("{site}.json")),
        Some(path) => match &common.site {
            Some(wanted) if *wanted == *site => path.clone(),
            Some(_) => return Ok(None),
            None => {
                return Err(format!(
                    "`--ledger {}` is not a folder\nName a folder that holds <site>.json, or say with `--site` whose ledger the file is.",
                    path.display()
                ));
            }
        },
        None => common
            .out
            .join(Tree::Public.folder())
            .join(site)
            .join(ledger::FILE),
    }))
}
