//! The commands: they read folders, call the pipeline, write and print. The only place besides `main`
//! that knows a terminal.

mod build;
mod candidates;
mod diff;
mod doctor;
mod feeds;
mod fetch;
mod fold;
mod gather;
mod hand;
mod init;
mod introductions;
mod ledger;
mod links;
mod look;
mod opml;
mod plan;
mod published;
mod review;
mod standing;
mod summary;
mod today;

use crate::cli::{self, Cli, Command};
use crate::diag::{Diagnostics, Form, Severity, print};
use jiff::Timestamp;

/// What the outside world is at this moment; `main` looks, nobody else does.
#[derive(Debug, Clone)]
pub struct World {
    /// The clock.
    pub clock: Timestamp,
    /// `SOURCE_DATE_EPOCH`, if it is set.
    pub epoch: Option<String>,
    /// Looks which program this is, to the byte: the layouts inside it decide the output as well.
    pub program: fn() -> Option<String>,
    /// Whether problems may be coloured.
    pub colour: bool,
    /// Whether somebody watches: progress is shown to people only.
    pub terminal: bool,
    /// Whether somebody types: then a key is an answer.
    pub keys: bool,
    /// What somebody writes with, and its options.
    pub editor: Option<String>,
    /// What opens an address, if somebody said so.
    pub browser: Option<String>,
}

/// Why a command could not run at all: a sentence for people.
pub type Fatal = String;

/// Everything was fine.
pub const FINE: u8 = 0;
/// There are mistakes in what was written.
pub const MISTAKES: u8 = 1;
/// The program could not run.
pub const COULD_NOT: u8 = 2;

/// Runs a command and says with which code the program ends.
pub fn run(cli: Cli, world: &World) -> u8 {
    let done = match cli.command {
        Command::Init { dir, now } => init::init(&dir, now, world),
        Command::New {
            kind,
            id,
            site,
            now,
        } => init::new(&kind, &id, site.as_deref(), now, world),
        Command::Check { common, format } => build::check(&common, format, world),
        Command::Build { common, format } => build::build(&common, format, world),
        Command::Plan {
            common,
            next,
            run,
            format,
        } => plan::plan(&common, next, run.as_deref(), format, world),
        Command::Today {
            role,
            common,
            format,
        } => today::today(role.as_deref(), &common, format, world),
        Command::Introductions {
            wanted,
            common,
            format,
        } => introductions::introductions(&wanted, &common, format, world),
        Command::Ledger { what } => ledger::ledger(&what, world),
        Command::Opml { what } => opml::opml(&what, world),
        Command::Review(args) => review::review(&args, world),
        Command::Candidates(args) => candidates::candidates(&args, world),
        Command::Fetch(args) => fetch::fetch(&args, world),
        Command::Diff(args) => diff::diff(&args, world),
        Command::Doctor(args) => doctor::doctor(&args, world),
        Command::Links(args) => links::links(&args, world),
        Command::Why {
            output,
            common,
            format,
        } => look::why(&output, &common, format, world),
        Command::Context { page, team, common } => look::context(&page, team, &common, world),
        Command::Look {
            feeds,
            allow_host,
            now,
            format,
        } => feeds::look(&feeds, &allow_host, now, format, world),
        Command::Completions { shell } => {
            data(&String::from_utf8_lossy(&cli::completions(shell)));
            Ok(FINE)
        }
        Command::Man { command } => cli::manual(command.as_deref()).map(|roff| {
            data(&String::from_utf8_lossy(&roff));
            FINE
        }),
    };
    done.unwrap_or_else(|fatal| {
        say(&format!("learnflow: {fatal}"));
        COULD_NOT
    })
}

/// Words for people.
fn say(words: &str) {
    anstream::eprintln!("{}", words.trim_end());
}

/// Data for whoever reads it. A closed pipe ends the reading, not the program.
fn data(text: &str) {
    use std::io::Write;
    let _ = anstream::stdout().write_all(text.as_bytes());
}

/// Prints problems in a form: for people beside the data, for tools as the data.
fn tell(diags: &Diagnostics, form: Form, world: &World) {
    let text = print(diags, form, world.colour);
    match form {
        Form::Text => {
            if !text.is_empty() {
                say(&text);
                say("");
            }
        }
        Form::Json | Form::Github => data(&text),
    }
}

/// `2 errors and 1 warning`, or nothing.
fn counted(diags: &Diagnostics) -> Option<String> {
    let errors = diags.count(Severity::Error);
    let warnings = diags.count(Severity::Warning);
    let some = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    let parts: Vec<String> = [some(errors, "error"), some(warnings, "warning")]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}
