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
mod guard;
mod hostile;
mod look;
mod opml;
mod polite;
mod report;
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
    /// The most memory it held, in MiB; never less than the tests held when they began it.
    pub peak: i64,
}

impl Ran {
    /// Asserts that the child's memory stayed below so many MiB, or below what this process had when it began the
    /// child: a child's peak is never told lower than that, and other tests run in this process at the same time.
    pub fn stays_below(&self, most: i64) {
        let mut usage = MaybeUninit::<libc::rusage>::zeroed();
        // SAFETY: the pointer is to a value of ours of the right type, and zeroes are a valid rusage.
        let own = unsafe {
            assert_eq!(libc::getrusage(libc::RUSAGE_SELF, usage.as_mut_ptr()), 0);
            usage.assume_init().ru_maxrss / 1024
        };
        assert!(self.peak < most.max(own + 1), "{} MiB", self.peak);
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

/// Runs the program in a folder; how much memory it held comes from the system.
pub fn run(dir: &Path, args: &[&str]) -> Ran {
    run_as(Command::new(env!("CARGO_BIN_EXE_learnflow")), dir, args)
}

/// The same with a command that was prepared.
#[allow(
    clippy::zombie_processes,
    reason = "it is waited for by the call that knows its memory"
)]
pub fn run_as(mut command: Command, dir: &Path, args: &[&str]) -> Ran {
    let said = tempfile::tempdir().expect("a folder");
    let file = |name: &str| File::create(said.path().join(name)).expect("a file");
    let child = command
        .args(args)
        .current_dir(dir)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(file("out"))
        .stderr(file("err"))
        .spawn()
        .expect("the program runs");
    let (mut status, mut usage) = (0, MaybeUninit::<libc::rusage>::zeroed());
    // SAFETY: both pointers are to values of ours of the right types, and zeroes are a valid rusage.
    let usage = unsafe {
        let waited = libc::wait4(
            child.id() as libc::pid_t,
            &mut status,
            0,
            usage.as_mut_ptr(),
        );
        assert!(waited > 0, "the child was waited for");
        usage.assume_init()
    };
    assert!(libc::WIFEXITED(status), "it ended by itself: {status}");
    let read = |name: &str| std::fs::read_to_string(said.path().join(name)).expect("UTF-8");
    Ran {
        code: libc::WEXITSTATUS(status),
        out: read("out"),
        err: read("err"),
        peak: usage.ru_maxrss / 1024,
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
