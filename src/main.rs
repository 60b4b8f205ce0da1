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

fn main() -> ExitCode {
    let cli = Cli::parse();
    let terminal = std::io::stderr().is_terminal();
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let world = World {
        clock: jiff::Timestamp::now(),
        epoch: std::env::var("SOURCE_DATE_EPOCH")
            .ok()
            .filter(|text| !text.is_empty()),
        colour: terminal && !no_colour,
        terminal,
    };
    ExitCode::from(run(cli, &world))
}
