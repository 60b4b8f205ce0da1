//! `fetch` over real HTTP on the loopback: what it asks, what it keeps, what it refuses.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests run the program in folders of their own, against servers of their own"
)]

#[path = "../common/mod.rs"]
mod common;

mod candidates;
mod codes;
mod doctor;
mod guard;
mod hostile;
mod links;
mod look;
mod month;
mod opml;
mod polite;
mod ranking;
mod report;
mod review;
mod seen;
mod server;
mod shelf;

use std::fs::File;
use std::mem::MaybeUninit;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The moment of most tests.
pub const NOW: &str = "2026-03-02T12:00:00Z";

/// What the program did.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
    /// The most memory it held, in MiB, where that was measured.
    pub peak: Option<i64>,
}

impl Ran {
    /// Asserts that it held less memory than so many MiB.
    pub fn stays_below(&self, most: i64) {
        let peak = self.peak.expect("it was measured");
        assert!(peak < most, "{peak} MiB");
    }

    /// The line of a source in the report.
    pub fn line(&self, source: &str) -> &str {
        let line = self
            .out
            .lines()
            .find(|line| line.split_whitespace().nth(1) == Some(source));
        line.unwrap_or_else(|| panic!("no {source} in\n{}{}", self.out, self.err))
    }

    /// The state of a source in the report.
    pub fn state(&self, source: &str) -> &str {
        self.line(source).split_whitespace().next().unwrap_or("")
    }

    /// The sources in this state.
    pub fn count(&self, state: &str) -> usize {
        let lines = self.out.lines();
        lines
            .filter(|line| line.split_whitespace().next() == Some(state))
            .count()
    }

    /// Asserts the exit code.
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }

    /// Asserts words on stderr.
    pub fn says(self, words: &str) -> Self {
        assert!(self.err.contains(words), "no `{words}` in\n{}", self.err);
        self
    }
}

/// A library with a site whose sources are these lines.
pub fn library(sources: &str) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let text = format!(
        "{}{}-- sites/s/curation/sources.yaml --\nsources:\n{sources}",
        common::SITE,
        include_str!("../cli/challenge.repo")
    );
    for (path, bytes) in common::folder(&text).files {
        write(dir.path(), &path, &bytes);
    }
    dir
}

/// A source with an id and the address of its feed.
pub fn source(id: &str, feed: &str) -> String {
    format!("  - {{id: {id}, title: {id}, feed: \"{feed}\", why_trusted: The tests need it.}}\n")
}

/// Writes a file below a folder.
pub fn write(dir: &Path, path: &str, bytes: &[u8]) {
    let path = dir.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, bytes).expect("written");
}

/// Runs the program in a folder, and measures how much memory it holds. A child's peak is never told lower than its
/// parent's, and the tests of this process hold a lot at the same time; so a small process of its own begins it.
pub fn run(dir: &Path, args: &[&str]) -> Ran {
    let said = tempfile::tempdir().expect("a folder");
    let mut told = vec![
        dir.to_str().expect("UTF-8"),
        said.path().to_str().expect("UTF-8"),
    ];
    told.extend(args);
    let done = Command::new(std::env::current_exe().expect("this program"))
        .args(["--ignored", "--exact", "runner"])
        .env(RUNS, told.join("\n"))
        .stdout(Stdio::null())
        .status();
    assert!(done.expect("the runner runs").success(), "{args:?}");
    let end = std::fs::read_to_string(said.path().join(END)).expect("it came to an end");
    let (code, peak) = end.split_once(' ').expect("two numbers");
    ran(
        said.path(),
        code.parse().expect("a code"),
        peak.parse().ok(),
    )
}

/// The folder, where to say what, and the words, a line each.
const RUNS: &str = "LEARNFLOW_TEST_RUNS";

/// Where the runner notes the exit code and the peak.
const END: &str = "end";

#[test]
#[ignore = "`run` begins it, in a process of its own"]
#[allow(clippy::zombie_processes, reason = "wait4 waits for it")]
fn runner() {
    let Ok(told) = std::env::var(RUNS) else {
        return;
    };
    let mut told = told.split('\n').map(Path::new);
    let (dir, said) = (
        told.next().expect("a folder"),
        told.next().expect("another"),
    );
    let mut command = Command::new(env!("CARGO_BIN_EXE_learnflow"));
    let child = prepared(command.args(told), dir, said).spawn();
    let pid = child.expect("the program runs").id() as libc::pid_t;
    let (mut status, mut usage) = (0, MaybeUninit::<libc::rusage>::zeroed());
    // SAFETY: both pointers are to values of ours of the right types, and zeroes are a valid rusage.
    let usage = unsafe {
        let waited = libc::wait4(pid, &mut status, 0, usage.as_mut_ptr());
        assert_eq!(waited, pid, "the child was waited for");
        usage.assume_init()
    };
    assert!(libc::WIFEXITED(status), "it ended by itself: {status}");
    let end = format!("{} {}", libc::WEXITSTATUS(status), usage.ru_maxrss / 1024);
    std::fs::write(said.join(END), end).expect("noted");
}

/// Runs a command that was prepared; nobody measures its memory.
pub fn run_as(mut command: Command, dir: &Path, args: &[&str]) -> Ran {
    let said = tempfile::tempdir().expect("a folder");
    let status = prepared(command.args(args), dir, said.path()).status();
    let code = status.expect("the program runs").code();
    ran(said.path(), code.expect("it ended by itself"), None)
}

/// A command in a folder, without anything of ours that it could notice.
fn prepared<'c>(command: &'c mut Command, dir: &Path, said: &Path) -> &'c mut Command {
    let file = |name: &str| File::create(said.join(name)).expect("a file");
    command
        .current_dir(dir)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(file("out"))
        .stderr(file("err"))
}

fn ran(said: &Path, code: i32, peak: Option<i64>) -> Ran {
    let read = |name: &str| std::fs::read_to_string(said.join(name)).expect("UTF-8");
    Ran {
        code,
        out: read("out"),
        err: read("err"),
        peak,
    }
}

/// `fetch` at [`NOW`] with a server that may be reached.
pub fn fetch(dir: &TempDir, server: &server::Server, more: &[&str]) -> Ran {
    let door = server.door();
    let mut args = vec!["fetch", "--allow-host", &door];
    if !more.contains(&"--now") {
        args.extend(["--now", NOW]);
    }
    args.extend(more);
    run(dir.path(), &args)
}
