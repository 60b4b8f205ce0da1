//! The program: looks at the clock, the environment and the terminal, and says with which code it ends.
//! The only place that may.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the clock is read here and nowhere else"
)]

use clap::Parser;
use learnflow::cli::Cli;
use learnflow::command::{World, run};
use std::io::{IsTerminal, Read};
use std::process::ExitCode;
use xxhash_rust::xxh3::Xxh3Default;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let terminal = std::io::stderr().is_terminal();
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let word = |name: &str| {
        std::env::var(name)
            .ok()
            .filter(|text| !text.trim().is_empty())
    };
    let world = World {
        clock: jiff::Timestamp::now(),
        epoch: word("SOURCE_DATE_EPOCH"),
        program,
        colour: terminal && !no_colour,
        terminal,
        keys: terminal && std::io::stdin().is_terminal(),
        editor: word("VISUAL").or_else(|| word("EDITOR")),
        browser: word("BROWSER"),
    };
    ExitCode::from(run(cli, &world))
}

/// Version and fingerprint of this very program.
fn program() -> Option<String> {
    let mut file = std::fs::File::open(std::env::current_exe().ok()?).ok()?;
    let (mut sum, mut buffer) = (Xxh3Default::new(), vec![0; 256 * 1024]);
    loop {
        match file.read(&mut buffer).ok()? {
            0 => break,
            read => sum.update(&buffer[..read]),
        }
    }
    let version = env!("CARGO_PKG_VERSION");
    Some(format!("{version} {:032x}", sum.digest128()))
}
