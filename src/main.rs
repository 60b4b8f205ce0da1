//! The program: looks at the clock, the environment and the terminal, and says with which code it ends.
//! The only place that may.

#![allow(
    clippy::disallowed_methods,
    reason = "the clock is read here and nowhere else"
)]

use clap::Parser;
use learnflow::cli::Cli;
use learnflow::command::{World, run};
use std::io::IsTerminal;
use std::process::ExitCode;
use xxhash_rust::xxh3::xxh3_128;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let terminal = std::io::stderr().is_terminal();
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let world = World {
        clock: jiff::Timestamp::now(),
        epoch: std::env::var("SOURCE_DATE_EPOCH")
            .ok()
            .filter(|text| !text.is_empty()),
        program,
        colour: terminal && !no_colour,
        terminal,
    };
    ExitCode::from(run(cli, &world))
}

/// Version and fingerprint of this very program.
fn program() -> Option<String> {
    let bytes = std::fs::read(std::env::current_exe().ok()?).ok()?;
    let version = env!("CARGO_PKG_VERSION");
    Some(format!("{version} {:032x}", xxh3_128(&bytes)))
}
