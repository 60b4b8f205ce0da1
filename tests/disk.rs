//! The porch to the disk: what it reads, what it refuses, what it leaves alone, and what a kill leaves behind.
#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests of the porch that touches files"
)]

#[path = "disk/kill.rs"]
mod kill;
#[path = "disk/manifest.rs"]
mod manifest;
#[path = "disk/read.rs"]
mod read;
#[path = "disk/refuse.rs"]
mod refuse;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use learnflow::disk::{Error, Hook, Op, Quiet, Report, Writer};
use proptest::prelude::*;
use rayon::prelude::*;
use tempfile::TempDir;

type Puts = Vec<(String, String)>;

/// Path to content; None is a folder. A link is its target after an arrow.
type Tree = BTreeMap<String, Option<String>>;

fn puts(list: &[(&str, &str)]) -> Puts {
    list.iter()
        .map(|(path, text)| (path.to_string(), text.to_string()))
        .collect()
}

fn build(out: &Path, puts: &Puts) -> Result<Report, Error> {
    build_with(out, puts, &Quiet)
}

fn build_with(out: &Path, puts: &Puts, hook: &dyn Hook) -> Result<Report, Error> {
    let writer = Writer::open(out, hook)?;
    puts.par_iter()
        .for_each(|(path, text)| writer.put(path, text.as_bytes()).expect("staging works"));
    writer.commit()
}

/// All below a folder but what is the writer's own.
fn visible(folder: &Path) -> impl Iterator<Item = walkdir::Result<walkdir::DirEntry>> {
    let entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter();
    entries.filter_entry(|entry| entry.file_name() != ".learnflow")
}

fn tree_of(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    for entry in visible(folder) {
        let entry = entry.expect("the tree can be walked");
        let path = entry
            .path()
            .strip_prefix(folder)
            .expect("it is inside")
            .to_str()
            .expect("UTF-8")
            .to_string();
        let text = match entry.file_type() {
            kind if kind.is_dir() => None,
            kind if kind.is_symlink() => Some(format!(
                "-> {}",
                fs::read_link(entry.path()).unwrap().display()
            )),
            _ if entry.file_name() == "manifest" => continue,
            _ => Some(fs::read_to_string(entry.path()).unwrap()),
        };
        tree.insert(path, text);
    }
    tree
}

/// What the writer keeps for itself, but for the lock, in which the process is named, and the manifest, in which
/// times stand.
fn own_files(out: &Path) -> Tree {
    let folder = out.join(".learnflow");
    let mut own = if folder.exists() {
        tree_of(&folder)
    } else {
        Tree::new()
    };
    own.remove("lock");
    own
}

/// The tree that these files and the folders around them are.
fn tree_with(files: impl IntoIterator<Item = (String, String)>) -> Tree {
    let mut tree = Tree::new();
    for (path, text) in files {
        let folders = Path::new(&path)
            .ancestors()
            .skip(1)
            .filter(|folder| *folder != Path::new(""));
        tree.extend(folders.map(|folder| (folder.to_str().unwrap().to_string(), None)));
        tree.insert(path, Some(text));
    }
    tree
}

/// Things that others make: `path` a file, `path/` a folder, `path -> target` a link.
fn make(root: &Path, things: &[(&str, &str)]) {
    for (path, text) in things {
        let (path, target) = path
            .split_once(" -> ")
            .map_or((*path, None), |(path, target)| (path, Some(target)));
        let full = root.join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        match target {
            Some(target) => symlink(target, full).unwrap(),
            None if path.ends_with('/') => fs::create_dir_all(full).unwrap(),
            None => fs::write(full, text).unwrap(),
        }
    }
}

fn page(path: String, version: u32) -> (String, String) {
    let text = format!("<h1>{path}</h1><p>version {version}</p>");
    (path, text)
}

/// 124 files, ten a folder; the first 60 will change, the next 30 will go, two will turn from file to folder or back.
fn old_site() -> Puts {
    let pages = (0..120).map(|i| {
        page(
            format!("public/larkfield/week-{}/day-{i:03}.html", i / 10),
            1,
        )
    });
    let rest = [
        "team/run.html",
        "team/turns",
        "team/flat/a.html",
        "team/flat/deep/b.html",
    ];
    pages.chain(rest.map(|path| page(path.into(), 1))).collect()
}

fn new_site() -> Puts {
    let changed = (0..60).map(|i| {
        page(
            format!("public/larkfield/week-{}/day-{i:03}.html", i / 10),
            2,
        )
    });
    let kept = (90..120).map(|i| {
        page(
            format!("public/larkfield/week-{}/day-{i:03}.html", i / 10),
            1,
        )
    });
    let added =
        (0..140).map(|i| page(format!("public/harbour/week-{}/day-{i:03}.html", i / 20), 1));
    let rest = [
        "team/run.html",
        "team/turns/into/a-folder.html",
        "team/flat",
        "top.html",
    ];
    changed
        .chain(kept)
        .chain(added)
        .chain(rest.map(|path| page(path.into(), 1)))
        .collect()
}

/// Does something of its own after the operations that it is asked about.
struct Then<F: Fn(&Op<'_>) + Sync>(F);

impl<F: Fn(&Op<'_>) + Sync> Hook for Then<F> {
    fn after(&self, op: &Op<'_>) {
        (self.0)(op);
    }
}

// ---- what is left alone ----

fn inodes(out: &Path) -> BTreeMap<PathBuf, (u64, i64, i64)> {
    let entries = visible(out).map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let identity = files.map(|entry| {
        let meta = entry.metadata().unwrap();
        (
            entry.into_path(),
            (meta.ino(), meta.mtime(), meta.mtime_nsec()),
        )
    });
    identity.collect()
}

#[test]
fn what_has_not_changed_keeps_its_inode_and_time_and_costs_no_operation() {
    let temp = TempDir::new().unwrap();
    let out = temp.path();
    build(out, &old_site()).unwrap();
    let before = inodes(out);
    let ops = Mutex::new(Vec::new());
    let hook = Then(|op: &Op<'_>| ops.lock().unwrap().push(format!("{op:?}")));
    let report = build_with(out, &old_site(), &hook).unwrap();
    assert_eq!(
        report,
        Report {
            written: 0,
            unchanged: 124,
            removed: 0,
            bytes: 0
        }
    );
    assert_eq!(inodes(out), before);
    let lock = out.join(".learnflow/lock");
    assert_eq!(
        ops.into_inner().unwrap(),
        [format!("Create({lock:?})"), format!("Write({lock:?})")]
    );

    let mut puts = old_site();
    puts[7].1.push('!');
    let report = build(out, &puts).unwrap();
    assert_eq!(
        report,
        Report {
            written: 1,
            unchanged: 123,
            removed: 0,
            bytes: puts[7].1.len() as u64
        }
    );
    let after = inodes(out);
    let changed = before
        .iter()
        .filter(|(path, identity)| after[*path] != **identity);
    assert_eq!(
        changed.map(|(path, _)| path).collect::<Vec<_>>(),
        [&out.join(&puts[7].0)]
    );
}

#[test]
fn what_others_made_survives_and_what_is_equal_is_adopted() {
    let temp = TempDir::new().unwrap();
    let out = temp.path();
    let theirs = [
        ("CNAME", "x"),
        ("public/theirs/", ""),
        ("public/ours/same.html", "same"),
        ("link -> CNAME", ""),
    ];
    make(out, &theirs);
    let before = inodes(out);
    let report = build(
        out,
        &puts(&[
            ("public/ours/same.html", "same"),
            ("public/ours/deep/a.html", "1"),
        ]),
    )
    .unwrap();
    assert_eq!(
        report,
        Report {
            written: 1,
            unchanged: 1,
            removed: 0,
            bytes: 1
        }
    );
    let same = out.join("public/ours/same.html");
    assert_eq!(inodes(out)[&same], before[&same]);
    make(out, &[("public/ours/deep/theirs.html", "2")]);

    // The file is on our list now and goes; the folders that others made, or use, stay.
    let report = build(out, &puts(&[("public/new/b.html", "1")])).unwrap();
    assert_eq!(
        report,
        Report {
            written: 1,
            unchanged: 0,
            removed: 2,
            bytes: 1
        }
    );
    let mut expected = tree_with(puts(&[
        ("CNAME", "x"),
        ("link", "-> CNAME"),
        ("public/new/b.html", "1"),
        ("public/ours/deep/theirs.html", "2"),
    ]));
    expected.insert("public/theirs".into(), None);
    assert_eq!(tree_of(out), expected);

    let report = build(out, &Puts::new()).unwrap();
    assert_eq!(
        report,
        Report {
            written: 0,
            unchanged: 0,
            removed: 1,
            bytes: 0
        }
    );
    expected.retain(|path, _| !path.starts_with("public/new"));
    assert_eq!(tree_of(out), expected);
}

#[test]
fn the_list_names_files_and_the_folders_that_were_made() {
    let temp = TempDir::new().unwrap();
    make(temp.path(), &[("public/", "")]);
    build(
        temp.path(),
        &puts(&[
            ("public/a-b.html", "1"),
            ("public/a/b c.html", "1"),
            ("top.html", "1"),
        ]),
    )
    .unwrap();
    let list = fs::read_to_string(temp.path().join(".learnflow/files")).unwrap();
    assert_eq!(
        list,
        "public/a-b.html\npublic/a/\npublic/a/b c.html\ntop.html\n"
    );
}

#[test]
fn what_others_remove_is_written_again_and_what_they_change_too() {
    let temp = TempDir::new().unwrap();
    let ours = puts(&[("a/b/c.html", "1"), ("a/d.html", "1"), ("e.html", "1")]);
    build(temp.path(), &ours).unwrap();
    fs::remove_dir_all(temp.path().join("a/b")).unwrap();
    fs::write(temp.path().join("e.html"), "changed").unwrap();
    let report = build(temp.path(), &ours).unwrap();
    assert_eq!(
        report,
        Report {
            written: 2,
            unchanged: 1,
            removed: 0,
            bytes: 2
        }
    );
    assert_eq!(tree_of(temp.path()), tree_with(ours));
}

#[test]
fn more_files_than_one_folder_of_the_stage_holds() {
    let temp = TempDir::new().unwrap();
    for version in 1..3 {
        let ours: Puts = (0..2_500)
            .map(|i| page(format!("all/{i}.html"), version))
            .collect();
        assert_eq!(build(temp.path(), &ours).unwrap().written, ours.len());
        assert_eq!(tree_of(temp.path()), tree_with(ours));
        assert_eq!(own_files(temp.path()).len(), 1);
    }
}

// ---- any sequence of builds ----

/// Paths with few names, so that files turn into folders and back, and meet what others made.
fn any_puts() -> impl Strategy<Value = Puts> {
    let path = proptest::collection::vec("[abc]", 1..4).prop_map(|parts| parts.join("/"));
    proptest::collection::btree_map(path, "[xy]{0,2}", 0..12).prop_map(|files| {
        let is_folder = |path: &str| files.keys().any(|other| is_inside(other, path));
        files
            .iter()
            .filter(|(path, _)| !is_folder(path))
            .map(|(path, text)| (path.clone(), text.clone()))
            .collect()
    })
}

fn is_inside(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.starts_with('/'))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn any_builds_end_with_the_last_one_and_the_files_of_others(
        first in any_puts(),
        others in proptest::collection::btree_set(proptest::sample::select(vec!["a/t", "a/b/t", "b/c/t", "t"]), 0..4),
        builds in proptest::collection::vec(any_puts(), 1..6),
    ) {
        let temp = TempDir::new().unwrap();
        let out = temp.path();
        build(out, &first).unwrap();
        let mut ours = first;
        let fits = |other: &str, puts: &Puts| !puts.iter().any(|(path, _)| is_inside(other, path));
        let others: Vec<&str> = others.into_iter().filter(|other| fits(other, &ours)).collect();
        others.iter().for_each(|other| make(out, &[(other, "theirs")]));
        for puts in builds {
            let built = build(out, &puts);
            if others.iter().all(|other| fits(other, &puts)) {
                prop_assert!(built.is_ok(), "{built:?}");
                ours = puts;
            } else {
                prop_assert!(matches!(built, Err(Error::NotOurs(_))), "{built:?}");
            }
            let theirs = others.iter().map(|other| (other.to_string(), "theirs".to_string()));
            prop_assert_eq!(tree_of(out), tree_with(ours.iter().cloned().chain(theirs)));
        }
    }
}
