//! What is published, fetched: from the folders of a build, or from a host.

use super::Fatal;
use crate::disk::{self, read_at_most};
use crate::fetch::{self, Answer, Door, Failure, Limits};
use crate::model::Tree;
use crate::published::{FIRST, Files, Got, LIST, Published, named};
use std::path::{Path, PathBuf};

/// The largest file that is looked into.
const LARGEST: usize = 64 * 1024 * 1024;

/// What is an address and not a folder.
pub fn address(path: &Path) -> Option<&str> {
    let text = path.to_str()?;
    let scheme = text.split_once("://")?.0.to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https").then_some(text)
}

/// The sites below a folder, by name: the folder of a build, the public tree in it, or one site of that.
pub fn sites(folder: &Path) -> Result<Vec<(String, PathBuf)>, Fatal> {
    let is_site = |path: &Path| FIRST.iter().take(3).any(|file| path.join(file).is_file());
    if is_site(folder) {
        let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
        let name = whole.file_name().unwrap_or_default();
        return Ok(vec![(
            name.to_string_lossy().into_owned(),
            folder.to_path_buf(),
        )]);
    }
    let public = folder.join(Tree::Public.folder());
    let public = if public.is_dir() {
        public
    } else {
        folder.to_path_buf()
    };
    let names = disk::folders(&public).into_iter();
    let found = names.map(|name| (name.clone(), public.join(name)));
    let found: Vec<_> = found.filter(|(_, path)| is_site(path)).collect();
    match found.is_empty() {
        false => Ok(found),
        true => Err(format!(
            "there is no published site in {}\nName the folder of a build, such as dist, or the folder of one site, such as dist/public/SITE.",
            folder.display()
        )),
    }
}

/// Only the site that was asked for.
pub fn only<T>(found: Vec<(String, T)>, wanted: Option<&str>) -> Result<Vec<(String, T)>, Fatal> {
    let Some(wanted) = wanted else {
        return Ok(found);
    };
    let names: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
    let found: Vec<_> = found
        .into_iter()
        .filter(|(name, _)| name == wanted)
        .collect();
    match found.is_empty() {
        false => Ok(found),
        true => {
            let names = names.iter().map(String::as_str);
            let help = crate::diag::way_out(wanted, names, "Sites here");
            Err(format!("there is no site `{wanted}`\n{help}"))
        }
    }
}

/// What is got first.
fn first() -> Vec<String> {
    FIRST.iter().map(|path| (*path).to_owned()).collect()
}

/// A site out of its folder.
pub fn from_folder(root: &Path) -> Result<Published, Fatal> {
    let take = |paths: Vec<String>, files: &mut Files| -> Result<(), Fatal> {
        for path in paths {
            let whole = root.join(&path);
            let bytes = read_at_most(&whole, LARGEST)
                .map_err(|error| format!("{} cannot be read: {error}", whole.display()))?;
            if let Some(bytes) = bytes {
                let headers = None;
                files.insert(path, Got { bytes, headers });
            }
        }
        Ok(())
    };
    let mut files = Files::new();
    take(first(), &mut files)?;
    take(named(files.get(LIST)), &mut files)?;
    Ok(Published::read(files))
}

/// A site out of its host.
pub fn from_host(address: &str, doors: &[Door]) -> Result<Published, Fatal> {
    let root = format!("{}/", address.trim_end_matches('/'));
    let ask = |paths: &[String]| -> Vec<Result<Got, Failure>> {
        let addresses: Vec<String> = paths.iter().map(|path| format!("{root}{path}")).collect();
        let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
        let limits = Limits::default();
        fetch::ask(&addresses, &limits, doors, &|_, got| got.map(got_of))
    };
    let first = first();
    let got = ask(&first);
    // Whoever refuses one file may have the others; whoever cannot be reached has none.
    if let Some(Err(failure)) = got.first()
        && !matches!(failure, Failure::Status(_))
        && got.iter().all(Result::is_err)
    {
        return Err(format!("{root} cannot be read: {failure}"));
    }
    let mut files = Files::new();
    files.extend(good(first, got));
    let more = named(files.get(LIST));
    let got = ask(&more);
    files.extend(good(more, got));
    Ok(Published::read(files))
}

/// The files that came.
fn good(paths: Vec<String>, got: Vec<Result<Got, Failure>>) -> impl Iterator<Item = (String, Got)> {
    let pairs = paths.into_iter().zip(got);
    pairs.filter_map(|(path, got)| Some((path, got.ok()?)))
}

fn got_of(answer: Answer) -> Got {
    Got {
        bytes: answer.body,
        headers: Some(answer.headers),
    }
}
