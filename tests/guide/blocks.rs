//! The fenced blocks of a chapter, by what their info string says they are.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use std::ops::Range;

/// What a block is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sort {
    /// A whole file of the chapter's repository; `everywhere` makes it one of every chapter's.
    File { path: String, everywhere: bool },
    /// A file that is written in place of the one at this path until the next [`Sort::Told`].
    Instead(String),
    /// What `check` says of the repository with the files before it in place.
    Told,
    /// Lines of the plan of a run: the first and the last, from 1.
    Plan { run: String, lines: (usize, usize) },
    /// A part of the file at this path, to the letter.
    Lines(String),
    /// Each entry is put into the front matter of the file at this path, one at a time.
    Try(String),
    /// What is typed into a terminal.
    Typed,
    /// A sketch of folders, or words that nobody reads but people.
    Sketch,
}

/// A fenced block and where it stands.
#[derive(Debug, Clone)]
pub struct Block {
    pub sort: Sort,
    /// The line of its fence.
    pub line: usize,
    /// The lines between the fences.
    pub inside: Range<usize>,
}

/// Every fenced block of a text. One whose info string says nothing of this is a mistake of the chapter's.
pub fn blocks(name: &str, text: &str) -> Vec<Block> {
    let events = Parser::new(text).into_offset_iter();
    let fenced = events.filter_map(|(event, at)| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => Some((info.to_string(), at)),
        _ => None,
    });
    fenced
        .map(|(info, at)| {
            let line = text[..at.start].lines().count() + 1;
            let whole = text[at.clone()].trim_end();
            let first = whole.find('\n').map_or(whole.len(), |n| n + 1);
            let last = whole.rfind('\n').map_or(first, |n| n + 1).max(first);
            Block {
                sort: sort(&info).unwrap_or_else(|| panic!("{name}:{line}: what is `{info}`?")),
                line,
                inside: at.start + first..at.start + last,
            }
        })
        .collect()
}

fn sort(info: &str) -> Option<Sort> {
    let words: Vec<&str> = info.split_whitespace().collect();
    let value = |key: &str| {
        let word = words.iter().find_map(|word| word.strip_prefix(key));
        word.map(str::to_owned)
    };
    Some(match words[..] {
        ["yaml" | "markdown", file] | ["yaml" | "markdown", file, "everywhere"]
            if file.starts_with("file=") =>
        {
            Sort::File {
                path: value("file=")?,
                everywhere: words.len() == 3,
            }
        }
        ["yaml" | "markdown", file] if file.starts_with("instead=") => {
            Sort::Instead(value("instead=")?)
        }
        ["yaml" | "markdown", file] if file.starts_with("lines=") => Sort::Lines(value("lines=")?),
        ["yaml", file] if file.starts_with("try=") => Sort::Try(value("try=")?),
        ["text", "told"] => Sort::Told,
        ["text", plan, lines] if plan.starts_with("plan=") && lines.starts_with("lines=") => {
            let lines = value("lines=")?;
            let (from, to) = lines.split_once('-')?;
            Sort::Plan {
                run: value("plan=")?,
                lines: (from.parse().ok()?, to.parse().ok()?),
            }
        }
        ["sh"] => Sort::Typed,
        ["text", "sketch"] => Sort::Sketch,
        _ => return None,
    })
}
