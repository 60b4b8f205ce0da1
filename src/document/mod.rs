//! One authored file: its text, its front matter with a place for every key, and its headings.
//!
//! A file comes in as bytes and goes out as a [`Document`] or as problems; every value that a later
//! room reads through [`Fields`] can say where it stands.

pub mod audiences;
mod fields;
mod outline;
mod yaml;

use crate::diag::{Diagnostic, Diagnostics, Place};
use std::ops::{Deref, Range};
use std::sync::Arc;

pub use fields::{Audience, Fields, Key, date, day_time, keys};
pub use outline::{Block, Heading, outline};

/// The most bytes one authored file may have. A chapter of a book has a tenth of this.
pub const MAX_FILE: usize = 2 * 1024 * 1024;
/// The most bytes a front matter (or a YAML file) may have; more is a paste that went wrong.
pub const MAX_YAML: usize = 256 * 1024;

/// The bytes of one file. A text is kept as one, so that it need not be copied to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bytes {
    /// UTF-8.
    Text(Arc<str>),
    /// Anything else.
    Other(Arc<[u8]>),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Text(text) => text.as_bytes(),
            Bytes::Other(bytes) => bytes,
        }
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Bytes::Text(text.into()),
            Err(other) => Bytes::Other(other.into_bytes().into()),
        }
    }
}

/// The text of one file, shared by all that points into it.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Path from the root of the repository, with `/`.
    pub file: Arc<str>,
    /// The whole text.
    pub text: Arc<str>,
}

impl Source {
    /// Where a byte range of the text stands, for a problem.
    pub fn place(&self, range: Range<usize>) -> Place {
        let start = floor(&self.text, range.start);
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[start..]
            .find('\n')
            .map_or(self.text.len(), |at| start + at);
        let end = floor(&self.text, range.end.clamp(start, line_end));
        let before = &self.text.as_bytes()[..line_start];
        let breaks = before.iter().filter(|byte| **byte == b'\n').count();
        Place {
            file: self.file.clone(),
            line: 1 + breaks as u32,
            column: 1 + self.text[line_start..start].chars().count() as u32,
            width: 1.max(self.text[start..end].trim_end().chars().count() as u32),
            text: self.text[line_start..line_end]
                .trim_end_matches('\r')
                .to_owned(),
        }
    }
}

/// A place that is looked for only when there is a problem: finding its line takes the whole file.
#[derive(Debug, Clone)]
pub struct Spot {
    source: Arc<Source>,
    at: Range<usize>,
}

impl Spot {
    /// Line and column.
    pub fn place(&self) -> Place {
        self.source.place(self.at.clone())
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A YAML value with its place: text as the author wrote it, never guessed into another type, so
/// that `no`, `12:30` and `1.10` arrive as meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Byte range in the file.
    pub at: Range<usize>,
    /// What stands there.
    pub value: Value,
}

/// The four things a YAML value can be to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Empty,
    /// A scalar, as written (quotes and folding resolved).
    Text(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the author's order.
    Map(Vec<Entry>),
}

/// One `key: value` of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Byte range of the key in the file.
    pub key_at: Range<usize>,
    /// The value.
    pub node: Node,
    /// The file both stand in, where that is not the mapping's own: a translation's words.
    pub from: Option<Arc<Source>>,
}

impl Node {
    /// A scalar that stands at `at`.
    pub fn text(text: impl Into<String>, at: Range<usize>) -> Self {
        Self {
            at,
            value: Value::Text(text.into()),
        }
    }

    /// The words of each entry of a list, in one line each; of anything else its own.
    pub fn entries(&self) -> Vec<String> {
        match &self.value {
            Value::List(list) => list.iter().map(Node::flat).collect(),
            _ => vec![self.flat()],
        }
    }

    /// All words of the value in one line, for lists of facts: `a, b` or `key: a; key: b`.
    pub fn flat(&self) -> String {
        match &self.value {
            Value::Empty => String::new(),
            Value::Text(text) => text.trim().to_owned(),
            Value::List(list) => {
                let inner = list.iter().any(|n| matches!(n.value, Value::Map(_)));
                let parts: Vec<String> = list.iter().map(Node::flat).collect();
                parts.join(if inner { " · " } else { ", " })
            }
            Value::Map(map) => {
                let parts: Vec<String> = map
                    .iter()
                    .map(|e| format!("{}: {}", e.key.replace('_', " "), e.node.flat()))
                    .collect();
                parts.join("; ")
            }
        }
    }
}

/// One authored file with front matter.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file.
    pub source: Arc<Source>,
    /// The front matter, always a mapping.
    pub front: Node,
    /// Byte range of what follows the front matter.
    pub body: Range<usize>,
}

/// Bytes to text: UTF-8 (a byte order mark is dropped), no NUL, not too long.
///
/// # Errors
/// Pushes one problem with its place and returns `None`.
pub fn text(file: &str, whole: &Bytes, diags: &mut Diagnostics) -> Option<Arc<Source>> {
    text_up_to(MAX_FILE, file, whole, diags)
}

/// As [`text`], of a file that learnflow itself writes: it may be as long as it becomes.
///
/// # Errors
/// As [`text`].
pub fn record(file: &str, whole: &Bytes, diags: &mut Diagnostics) -> Option<Arc<Source>> {
    text_up_to(usize::MAX, file, whole, diags)
}

fn text_up_to(
    most: usize,
    file: &str,
    whole: &Bytes,
    diags: &mut Diagnostics,
) -> Option<Arc<Source>> {
    let bytes: &[u8] = whole;
    let mut fail = |diagnostic: Diagnostic| {
        diags.push(diagnostic.at(Place {
            file: file.into(),
            line: 1,
            column: 1,
            width: 1,
            text: String::new(),
        }));
        None
    };
    if bytes.len() > most {
        return fail(
            Diagnostic::error(
                "file-too-large",
                format!(
                    "this file has {} KiB, the limit is {} KiB",
                    bytes.len() / 1024,
                    MAX_FILE / 1024
                ),
            )
            .help("split it, or keep large material elsewhere and link to it"),
        );
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return fail(
            Diagnostic::error("not-utf-8", "this file is UTF-16, learnflow reads UTF-8")
                .help("save it again with the encoding UTF-8"),
        );
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Err(error) => {
            let good = error.valid_up_to();
            let line = 1 + bytes[..good].iter().filter(|b| **b == b'\n').count();
            fail(
                Diagnostic::error(
                    "not-utf-8",
                    format!(
                        "line {line} holds the byte 0x{:02X}, which is not UTF-8",
                        bytes[good]
                    ),
                )
                .help("save the file again with the encoding UTF-8"),
            )
        }
        Ok(text) if text.contains('\0') => {
            let line = 1 + text[..text.find('\0').unwrap_or(0)].matches('\n').count();
            fail(
                Diagnostic::error("nul-byte", format!("line {line} holds a NUL byte"))
                    .help("the file was probably damaged or is not a text: restore it from git"),
            )
        }
        Ok(text) => Some(Arc::new(Source {
            file: file.into(),
            text: match whole {
                Bytes::Text(whole) if whole.len() == text.len() => whole.clone(),
                _ => text.into(),
            },
        })),
    }
}

impl Document {
    /// Splits a Markdown file into front matter and body and reads the front matter.
    ///
    /// # Errors
    /// Pushes every problem with its place and returns `None`.
    pub fn read(source: Arc<Source>, diags: &mut Diagnostics) -> Option<Document> {
        let text = &source.text;
        let Some((yaml, body)) = split(text) else {
            let opened = text.starts_with("---");
            let first = text.lines().next().unwrap_or("");
            diags.push(if opened {
                Diagnostic::error("front-matter", "the front matter is never closed")
                    .at(source.place(0..first.len()))
                    .help("end it with a line of three hyphens: ---")
            } else {
                Diagnostic::error("front-matter", "this file does not begin with front matter")
                    .at(source.place(0..first.len()))
                    .help("put the keys between two lines of three hyphens at the very top: ---")
            });
            return None;
        };
        let front = mapping(&source, yaml, diags)?;
        Some(Document {
            body,
            front,
            source,
        })
    }

    /// Reads a file that is all YAML, such as `site.yaml`.
    ///
    /// # Errors
    /// Pushes every problem with its place and returns `None`.
    pub fn read_yaml(source: Arc<Source>, diags: &mut Diagnostics) -> Option<Document> {
        let whole = 0..source.text.len();
        let front = mapping(&source, whole.clone(), diags)?;
        Some(Document {
            body: whole.end..whole.end,
            front,
            source,
        })
    }

    /// Whether the front matter has this key; for telling sorts of documents apart.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The scalar under a key, if there is one.
    pub fn get(&self, key: &str) -> Option<&str> {
        let Value::Map(entries) = &self.front.value else {
            return None;
        };
        entries
            .iter()
            .find(|e| e.key == key)
            .and_then(|e| match &e.node.value {
                Value::Text(text) => Some(text.as_str()),
                _ => None,
            })
    }
}

/// Byte ranges of the YAML between the two `---` lines and of all that follows them.
fn split(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let first = text.split_inclusive('\n').next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut at = first.len();
    for line in text[at..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((first.len()..at, at + line.len()..text.len()));
        }
        at += line.len();
    }
    None
}

/// Reads a byte range of a file as a YAML mapping (an empty one counts as `{}`).
pub fn mapping(source: &Source, range: Range<usize>, diags: &mut Diagnostics) -> Option<Node> {
    if range.len() > MAX_YAML {
        diags.push(
            Diagnostic::error(
                "yaml-too-large",
                format!(
                    "these keys have {} KiB, the limit is {} KiB",
                    range.len() / 1024,
                    MAX_YAML / 1024
                ),
            )
            .at(source.place(range.start..range.start + 1))
            .help("longer text belongs below the front matter, as Markdown"),
        );
        return None;
    }
    match yaml::parse(&source.text[range.clone()], range.start) {
        Err(problem) => {
            diags.push(
                Diagnostic::error("yaml", problem.message)
                    .at(source.place(problem.at))
                    .help(problem.help),
            );
            None
        }
        Ok(node) => match node.value {
            Value::Map(_) => Some(node),
            Value::Empty => Some(Node {
                at: range.start..range.start,
                value: Value::Map(Vec::new()),
            }),
            Value::List(_) | Value::Text(_) => {
                diags.push(
                    Diagnostic::error("yaml", "here should stand keys with values")
                        .at(source.place(node.at))
                        .help("write one `key: value` a line"),
                );
                None
            }
        },
    }
}
