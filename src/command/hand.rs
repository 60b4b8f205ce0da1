//! Porch: whoever sits at the terminal. On a terminal a key is enough; else a line is read.

use super::{World, say};
use console::{Key, Term};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::process::{Command, Stdio};

/// Asks, and waits for the answer.
pub struct Hand {
    keys: Option<Term>,
}

impl Hand {
    /// Somebody at a terminal, or a script.
    pub fn new(world: &World) -> Self {
        Self {
            keys: world.keys.then(Term::stderr),
        }
    }

    /// The answer to a question: a key, or words; none at the end of what is typed.
    ///
    /// # Errors
    /// The terminal cannot be read.
    pub fn ask(&self, question: &str, wants_words: bool) -> io::Result<Option<String>> {
        say(question);
        let Some(term) = &self.keys else {
            return line();
        };
        if wants_words {
            return term.read_line().map(Some);
        }
        loop {
            let key = match term.read_key() {
                Ok(key) => key,
                Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(None),
                Err(error) => return Err(error),
            };
            return Ok(Some(match key {
                Key::Char(c) => c.to_string(),
                Key::Enter | Key::ArrowRight | Key::ArrowDown => "n".to_owned(),
                Key::ArrowLeft | Key::ArrowUp => "b".to_owned(),
                Key::Escape | Key::CtrlC => return Ok(None),
                _ => continue,
            }));
        }
    }
}

fn line() -> io::Result<Option<String>> {
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line)?;
    Ok((read > 0).then_some(line))
}

/// Opens a file in somebody's editor and waits until it is closed; whether there is one that could.
pub fn edit(path: &Path, world: &World) -> bool {
    let Some(editor) = &world.editor else {
        return false;
    };
    let mut words = editor.split_whitespace();
    let Some(program) = words.next() else {
        return false;
    };
    let done = Command::new(program).args(words).arg(path).status();
    done.is_ok_and(|status| status.success())
}

/// What opens an address where nobody says otherwise.
const OPENER: &str = if cfg!(target_os = "macos") {
    "open"
} else if cfg!(windows) {
    "explorer"
} else {
    "xdg-open"
};

/// Opens an address in somebody's browser, and does not wait; whether there is one that could.
pub fn open(address: &str, world: &World) -> bool {
    let browser = world.browser.as_deref().unwrap_or(OPENER);
    let begun = Command::new(browser)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    begun.is_ok()
}
