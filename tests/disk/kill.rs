//! A process that is killed after any operation.

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// Ends the process after the n-th change to the disk; counts them where n is never reached.
struct KillAfter {
    n: usize,
    done: AtomicUsize,
}

impl KillAfter {
    fn nth(n: usize) -> KillAfter {
        KillAfter {
            n,
            done: AtomicUsize::new(0),
        }
    }

    fn counting() -> KillAfter {
        KillAfter::nth(usize::MAX)
    }
}

impl Hook for KillAfter {
    fn after(&self, _op: &Op<'_>) {
        if self.done.fetch_add(1, Ordering::SeqCst) + 1 == self.n {
            std::process::abort();
        }
    }
}

/// In order and on one thread, so that the n-th change is the same one each time.
fn build_in_order(out: &Path, puts: &Puts, hook: &dyn Hook) {
    let writer = Writer::open(out, hook).unwrap();
    for (path, text) in puts {
        writer.put(path, text.as_bytes()).unwrap();
    }
    writer.commit_noting(note(puts).as_bytes()).unwrap();
}

fn note(puts: &Puts) -> String {
    format!("{} files", puts.len())
}

#[derive(Clone, Copy, PartialEq)]
enum Work {
    Build,
    OnlyOpen,
}

impl Work {
    fn carry_out(self, out: &Path, hook: &dyn Hook) {
        match self {
            Work::Build => build_in_order(out, &new_site(), hook),
            Work::OnlyOpen => drop(Writer::open(out, hook).unwrap()),
        }
    }
}

const KILL_TEST: &str =
    "kill::after_a_kill_the_tree_is_the_old_or_the_new_one_and_the_next_build_completes_it";

/// This test binary again, in which [`KILL_TEST`] sees these variables and works on `out` until it is killed.
fn killed_child(work: Work, out: &Path, n: usize) {
    let work = if work == Work::Build { "build" } else { "open" };
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", KILL_TEST])
        .envs([
            ("DISK_TEST_WORK", work),
            ("DISK_TEST_AFTER", &n.to_string()),
        ])
        .env("DISK_TEST_OUT", out)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    const SIGABRT: i32 = 6;
    assert_eq!(
        status.signal(),
        Some(SIGABRT),
        "the child was not killed at operation {n}: {status}"
    );
}

/// True in the child, after its work.
fn was_the_child() -> bool {
    let Some(out) = std::env::var_os("DISK_TEST_OUT") else {
        return false;
    };
    let n = std::env::var("DISK_TEST_AFTER").unwrap().parse().unwrap();
    let work = if std::env::var("DISK_TEST_WORK").unwrap() == "build" {
        Work::Build
    } else {
        Work::OnlyOpen
    };
    work.carry_out(Path::new(&out), &KillAfter::nth(n));
    true
}

/// The visible tree is hard links, as the writer never writes into a file that is there (and is seen, if it does).
fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir(target).unwrap();
        } else if entry.file_name() == "lock" {
            fs::copy(entry.path(), target).unwrap();
        } else {
            fs::hard_link(entry.path(), target).unwrap();
        }
    }
}

/// Kills `work`, begun on a copy of `base`, after each of its operations. Returns how many there are, and after how
/// many the new tree is decided.
fn check_kills(temp: &Path, work: Work, base: Option<&Path>, new: &Path) -> (usize, usize) {
    let begin = |name: &str| {
        let out = temp.join(name);
        if let Some(base) = base {
            copy(base, &out);
        }
        out
    };
    let old_tree = base.map(tree_of).unwrap_or_default();
    let (new_tree, new_own) = (tree_of(new), own_files(new));
    let counter = KillAfter::counting();
    let never_killed = begin("never-killed");
    work.carry_out(&never_killed, &counter);
    if work == Work::Build {
        assert_eq!(
            (tree_of(&never_killed), own_files(&never_killed)),
            (new_tree.clone(), new_own.clone())
        );
    }
    fs::remove_dir_all(never_killed).unwrap();
    let total = counter.done.into_inner();

    let check = |n: usize| {
        let out = begin(&format!("killed-{n}"));
        killed_child(work, &out, n);
        let writer = Writer::open(&out, &Quiet).unwrap();
        let tree = tree_of(&out);
        let is_new = tree == new_tree;
        let puts = if is_new { new_site() } else { old_site() };
        if let Some(known) = writer.note() {
            assert_eq!(known, note(&puts).as_bytes(), "after operation {n}");
            assert!(writer.stands(), "after operation {n}");
        }
        drop(writer);
        assert!(
            is_new || (work == Work::Build && tree == old_tree),
            "half a tree after operation {n}: {tree:#?}"
        );
        build_in_order(&out, &new_site(), &Quiet);
        assert_eq!(tree_of(&out), new_tree, "after operation {n} and a build");
        assert_eq!(own_files(&out), new_own, "after operation {n} and a build");
        fs::remove_dir_all(out).unwrap();
        is_new
    };
    let is_new: Vec<bool> = (1..=total).into_par_iter().map(check).collect();
    if let Some(base) = base.filter(|_| work == Work::Build) {
        assert_eq!(tree_of(base), old_tree, "a file was changed in place");
    }
    assert!(
        is_new.is_sorted(),
        "once it is decided, it is decided: {is_new:?}"
    );
    (total, is_new.iter().filter(|new| !**new).count())
}

#[test]
fn after_a_kill_the_tree_is_the_old_or_the_new_one_and_the_next_build_completes_it() {
    if was_the_child() {
        return;
    }
    // Fifteen hundred trees are made and removed here, which in memory takes a fraction of the time.
    let temp = TempDir::new_in("/dev/shm")
        .or_else(|_| TempDir::new())
        .unwrap();
    let temp = temp.path();
    let foreign = [
        ("CNAME", "learn.example.org"),
        ("team/flat-notes/", ""),
        ("public/.htaccess", "x"),
    ];
    let (base, new, fresh) = (temp.join("base"), temp.join("new"), temp.join("fresh"));
    make(&base, &foreign);
    build_in_order(&base, &old_site(), &Quiet);
    copy(&base, &new);
    build_in_order(&new, &new_site(), &Quiet);
    build_in_order(&fresh, &new_site(), &Quiet);

    let (total, decided) = check_kills(temp, Work::Build, Some(&base), &new);
    assert!(total > 500, "only {total} operations");
    assert!(0 < decided && decided < total, "{decided} of {total}");

    // A kill of the process that completes what a killed one began, amid its renames.
    let half = temp.join("half");
    copy(&base, &half);
    killed_child(Work::Build, &half, decided + 45);
    assert!(half.join(".learnflow/journal").exists());
    check_kills(temp, Work::OnlyOpen, Some(&half), &new);

    let (total, decided) = check_kills(temp, Work::Build, None, &fresh);
    assert!(0 < decided && decided < total, "{decided} of {total}");
}
