//! `cargo bench --bench corridor [-- <activities> …]`: learnflow beside the floor, as ratios.
//!
//! A library is generated, and both programs build it in turn, several times; of each figure the best run
//! counts. Then the corridor is walked room by room in one process. Everything happens in memory
//! (`/dev/shm`) where there is such a place, so that no disk is measured. Unix only.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a benchmark needs files and the clock"
)]

mod floor;
mod generate;
mod measure;
mod stages;

use measure::Cost;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// How often each program runs; a large library, which takes minutes, less often.
const TURNS: usize = 7;
const FEW_TURNS: usize = 3;
const LARGE: usize = 50_000;
/// How many activities, where none are named.
const SIZES: &[usize] = &[1_000, 10_000];
/// Of the bytes written, so much may the floor differ.
const TOLERANCE: f64 = 0.02;

fn main() -> io::Result<()> {
    // cargo adds `--bench`.
    let words: Vec<String> = env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["generate", root, count] => generate::write(Path::new(root), number(count)?),
        ["floor", root, listing, out] => {
            floor::run(Path::new(root), Path::new(listing), Path::new(out));
            Ok(())
        }
        ["stages", root, out, floor_wall, floor_cpu, turns] => {
            let floor = Cost {
                wall: number(floor_wall)?,
                cpu: number(floor_cpu)?,
                peak: 0.0,
            };
            stages::run(Path::new(root), Path::new(out), floor, number(turns)?)
        }
        [] => SIZES.iter().try_for_each(|size| compare(*size)),
        _ => words.iter().try_for_each(|size| compare(number(size)?)),
    }
}

fn number<T: std::str::FromStr>(word: &str) -> io::Result<T> {
    word.parse()
        .map_err(|_| io::Error::other(format!("`{word}` is not a number")))
}

/// The folder of one comparison; it goes when this is dropped.
struct Bench(PathBuf);

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Bench {
    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// This program in another part; in a process of its own, so that its memory does not count here.
    fn again(&self, part: &str, names: &[&str]) -> io::Result<Command> {
        let mut command = Command::new(env::current_exe()?);
        command
            .arg(part)
            .args(names.iter().map(|name| self.at(name)));
        Ok(command)
    }

    fn floor(&self) -> io::Result<Cost> {
        remove(&self.at("floor"))?;
        measure::child(&mut self.again("floor", &["library", "listing", "floor"])?)
    }

    /// As `floor`, and its files go at once: of a large library one tree fills memory enough.
    fn floor_and_gone(&self) -> io::Result<Cost> {
        let cost = self.floor()?;
        remove(&self.at("floor"))?;
        Ok(cost)
    }

    fn build(&self, out: &str) -> io::Result<Cost> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_learnflow"));
        let (root, out) = (self.at("library"), self.at(out));
        command.args(["build", "--now", generate::NOW]);
        measure::child(command.arg("--root").arg(root).arg("--out").arg(out))
    }

    fn first(&self) -> io::Result<Cost> {
        remove(&self.at("out"))?;
        self.build("out")
    }
}

fn compare(activities: usize) -> io::Result<()> {
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() {
        memory.to_path_buf()
    } else {
        env::temp_dir()
    };
    let bench = Bench(place.join(format!("learnflow-bench-{}", std::process::id())));
    fs::create_dir_all(&bench.0)?;
    measure::child(
        bench
            .again("generate", &["library"])?
            .arg(activities.to_string()),
    )?;
    let sources = list(&bench.at("library"), &bench.at("beside"))?.1;
    bench.first()?;
    let (files, bytes) = list(&bench.at("out"), &bench.at("listing"))?;
    remove(&bench.at("out"))?;
    bench.floor()?;
    let beside = list(&bench.at("floor"), &bench.at("beside"))?;
    remove(&bench.at("floor"))?;
    assert_eq!(files, beside.0, "the floor writes as many files");
    let ratio = beside.1 as f64 / bytes as f64;
    assert!(
        (ratio - 1.0).abs() <= TOLERANCE,
        "the floor writes {ratio} times the bytes"
    );

    let (mut floors, mut firsts, mut agains) = (Vec::new(), Vec::new(), Vec::new());
    let turns = if activities < LARGE { TURNS } else { FEW_TURNS };
    for _ in 0..turns {
        floors.push(bench.floor_and_gone()?);
        firsts.push(bench.first()?);
        agains.push(bench.build("out")?);
        remove(&bench.at("out"))?;
    }
    let (floor, first, again) = (
        Cost::best(&floors),
        Cost::best(&firsts),
        Cost::best(&agains),
    );
    println!("## {activities} activities: {files} files\n");
    println!(
        "| beside the floor's full build | CPU | wall | memory beyond the sources, MiB |\n| --- | --: | --: | --: |"
    );
    println!("{}", row("floor", floor, floor, sources));
    println!("{}", row("first build", first, floor, sources));
    println!(
        "{}\n",
        row("build again, nothing changed", again, floor, sources)
    );
    let mut stages = bench.again("stages", &["library", "staged"])?;
    let status = stages
        .args([
            floor.wall.to_string(),
            floor.cpu.to_string(),
            turns.to_string(),
        ])
        .status()?;
    assert!(status.success(), "the stages can be walked");
    Ok(())
}

/// The floor keeps no sources, so its memory may lie below theirs.
fn row(name: &str, cost: Cost, floor: Cost, sources: u64) -> String {
    let (cpu, wall) = (cost.cpu / floor.cpu, cost.wall / floor.wall);
    let beyond = cost.peak / 1024.0 - sources as f64 / 1024.0 / 1024.0;
    format!("| {name} | {cpu:.2} | {wall:.2} | {beyond:.0} |")
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Writes down size and path of every file of both trees; how many, and how many bytes.
fn list(out: &Path, listing: &Path) -> io::Result<(usize, u64)> {
    let (mut text, mut files, mut bytes) = (String::new(), 0, 0);
    for entry in walkdir::WalkDir::new(out).sort_by_file_name() {
        let entry = entry.map_err(io::Error::from)?;
        let path = entry.path().strip_prefix(out).expect("it is below");
        if entry.file_type().is_file() && !path.starts_with(".learnflow") {
            let size = entry.metadata().map_err(io::Error::from)?.len();
            let _ = writeln!(text, "{size} {}", path.display());
            files += 1;
            bytes += size;
        }
    }
    fs::write(listing, text)?;
    Ok((files, bytes))
}
