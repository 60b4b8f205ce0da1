//! `cargo bench --bench feeds [-- <sources> <entries>]`: `fetch` beside others that read feeds, as ratios.
//!
//! Feeds are generated, and a server on the loopback gives them, each under a host of its own. `learnflow fetch` asks for
//! all of them; the others read the same bytes from files: `feed-rs` alone in one thread, which is the yardstick;
//! `sfeed` a process a feed, as it is meant to be used; Python's `feedparser` (whose Python is named by `PYTHON`). All
//! in turn, several times; of each figure the best run counts. Linux only: there all of 127.0.0.0/8 is the loopback.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a benchmark needs files, the clock and the environment"
)]

mod generate;
#[path = "../corridor/measure.rs"]
#[allow(dead_code, reason = "the other benchmark measures stages as well")]
mod measure;
mod server;

use measure::Cost;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, fs, io};

/// How often each program runs; one that takes far longer than the yardstick, less often.
const TURNS: usize = 3;
const FEW_TURNS: usize = 2;
const FAR: f64 = 10.0;
const SOURCES: usize = 1_000;
const ENTRIES: usize = 30;

/// Reads every file of a folder and counts the entries, in one process.
const FEEDPARSER: &str = "\
import feedparser, os, sys
count = 0
for name in sorted(os.listdir(sys.argv[1])):
    with open(os.path.join(sys.argv[1], name), 'rb') as file:
        count += len(feedparser.parse(file.read()).entries)
assert count == int(sys.argv[2]), count
";

/// A process a feed: that is what sfeed is.
const SFEED: &str = "for file in \"$0\"/*; do sfeed < \"$file\"; done";

fn main() -> io::Result<()> {
    // cargo adds `--bench`.
    let words: Vec<String> = env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["serve", feeds] => server::run(Path::new(feeds)),
        ["feed-rs", feeds, count] => feed_rs(Path::new(feeds), number(count)?),
        [] => compare(SOURCES, ENTRIES),
        [sources, entries] => compare(number(sources)?, number(entries)?),
        _ => Err(io::Error::other("how many sources, of how many entries?")),
    }
}

fn number(word: &str) -> io::Result<usize> {
    word.parse()
        .map_err(|_| io::Error::other(format!("`{word}` is not a number")))
}

/// The yardstick: one thread, one feed after the other, nothing kept.
fn feed_rs(feeds: &Path, wanted: usize) -> io::Result<()> {
    let mut count = 0;
    for entry in fs::read_dir(feeds)? {
        let bytes = fs::read(entry?.path())?;
        let feed = feed_rs::parser::parse(bytes.as_slice()).map_err(io::Error::other)?;
        count += feed.entries.len();
    }
    assert_eq!(count, wanted, "it reads every entry");
    Ok(())
}

/// The folder of one comparison, and its server; both go when this is dropped.
struct Bench {
    root: PathBuf,
    server: Child,
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.root);
    }
}

impl Bench {
    fn begin(sources: usize, entries: usize) -> io::Result<Self> {
        let memory = Path::new("/dev/shm");
        let place = match memory.is_dir() {
            true => memory.to_path_buf(),
            false => env::temp_dir(),
        };
        let root = place.join(format!("learnflow-feeds-{}", std::process::id()));
        let feeds = root.join("feeds");
        generate::feeds(&feeds, sources, entries)?;
        let mut server = Command::new(env::current_exe()?)
            .arg("serve")
            .arg(&feeds)
            .stdout(Stdio::piped())
            .spawn()?;
        let said = server.stdout.take().expect("a pipe");
        let mut port = String::new();
        BufReader::new(said).read_line(&mut port)?;
        generate::library(&root.join("library"), sources, port.trim())?;
        Ok(Self { root, server })
    }

    /// `fetch`, with or without a shelf from before.
    fn fetch(&self, afresh: bool) -> io::Result<Cost> {
        let library = self.root.join("library");
        if afresh {
            for left in [".learnflow", "sites/s/curation/seen"] {
                match fs::remove_dir_all(library.join(left)) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_learnflow"));
        // Strictly: a source that could not be read ends the measurement.
        let args = ["fetch", "--strict", "--now", generate::NOW, "--root"];
        measure::child(command.args(args).arg(library))
    }

    fn feeds(&self) -> PathBuf {
        self.root.join("feeds")
    }
}

fn compare(sources: usize, entries: usize) -> io::Result<()> {
    let bench = Bench::begin(sources, entries)?;
    let count = (sources * entries).to_string();
    let bytes: u64 = fs::read_dir(bench.feeds())?
        .flatten()
        .filter_map(|entry| entry.metadata().ok())
        .map(|metadata| metadata.len())
        .sum();
    let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let look = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_learnflow"));
        command.args(["look", "--format", "json"]);
        let files = fs::read_dir(bench.feeds())?.flatten();
        command.args(files.map(|file| file.path()));
        measure::child(&mut command)
    };
    type Run<'r> = Box<dyn Fn() -> io::Result<Cost> + 'r>;
    let runs: [(&str, Run); 6] = [
        (
            "`feed-rs` alone, one thread",
            Box::new(|| {
                let mut command = Command::new(env::current_exe()?);
                measure::child(command.arg("feed-rs").arg(bench.feeds()).arg(&count))
            }),
        ),
        ("`learnflow look`, the same files", Box::new(look)),
        (
            "`learnflow fetch`, everything new",
            Box::new(|| bench.fetch(true)),
        ),
        (
            "`learnflow fetch`, nothing changed",
            Box::new(|| bench.fetch(false)),
        ),
        (
            "`sfeed`, a process a feed",
            Box::new(|| measure::child(Command::new("sh").args(["-c", SFEED]).arg(bench.feeds()))),
        ),
        (
            "`feedparser`",
            Box::new(|| {
                let mut command = Command::new(&python);
                measure::child(
                    command
                        .args(["-c", FEEDPARSER])
                        .arg(bench.feeds())
                        .arg(&count),
                )
            }),
        ),
    ];
    let mut costs: Vec<Vec<Cost>> = runs.iter().map(|_| Vec::new()).collect();
    for turn in 0..TURNS {
        let yardstick = costs[0].first().map_or(f64::INFINITY, |cost| cost.cpu);
        for ((name, run), costs) in runs.iter().zip(&mut costs) {
            let is_slow = costs.first().is_some_and(|cost| cost.cpu > FAR * yardstick);
            if is_slow && turn >= FEW_TURNS {
                continue;
            }
            match run() {
                Ok(cost) => costs.push(cost),
                Err(error) => eprintln!("{name}: {error}"),
            }
        }
    }
    println!(
        "{sources} sources of {entries} entries, {} MiB\n\n| | wall | CPU | peak memory |\n| --- | --: | --: | --: |",
        bytes / 1024 / 1024
    );
    let yardstick = Cost::best(&costs[0]);
    for ((name, _), costs) in runs
        .iter()
        .zip(&costs)
        .filter(|(_, costs)| !costs.is_empty())
    {
        let best = Cost::best(costs);
        println!(
            "| {name} | {:.2} | {:.2} | {:.2} |",
            best.wall / yardstick.wall,
            best.cpu / yardstick.cpu,
            best.peak / yardstick.peak
        );
    }
    Ok(())
}
