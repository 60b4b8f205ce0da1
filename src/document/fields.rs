//! Typed reading of a mapping against its key table: every wrong value is told, none stops the rest.

use super::{Entry, Node, Source, Spot, Value};
use crate::diag::{Diagnostic, Diagnostics, Place, did_you_mean};
use jiff::civil::{Date, DateTime, Time};
use std::ops::{Range, RangeInclusive};
use std::str::FromStr;
use std::sync::Arc;

/// Who may know what stands under a key, and from when on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Everybody, as soon as the run stands on the site.
    Run,
    /// Everybody, once the announcement of the event is released.
    Announced,
    /// Everybody, once the occurrence is released.
    Released,
    /// The learning team alone: never in the public tree.
    Team,
}

/// One key that authors may write: a row of a key table.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The key as written.
    pub name: &'static str,
    /// Who may read its value.
    pub audience: Audience,
    /// Whether pages list it as a plain fact; other keys shape the page in their own way.
    pub fact: bool,
    /// Whether its value is words that a translation says in another language.
    pub prose: bool,
    /// The keys inside, when the value is a mapping or a list of mappings: its own, and a shared table.
    pub of: [&'static [Key]; 2],
}

impl Key {
    /// A key that shapes the plan or the page.
    pub const fn new(name: &'static str, audience: Audience) -> Self {
        Self {
            name,
            audience,
            fact: false,
            prose: false,
            of: [&[], &[]],
        }
    }

    /// A key that pages list as it is, under its own name.
    pub const fn fact(name: &'static str, audience: Audience) -> Self {
        Self {
            name,
            audience,
            fact: true,
            prose: false,
            of: [&[], &[]],
        }
    }

    /// The same key, whose value is words that a translation says in another language.
    pub const fn prose(mut self) -> Self {
        self.prose = true;
        self
    }

    /// The same key with keys inside.
    pub const fn of(mut self, of: &'static [Key]) -> Self {
        self.of[0] = of;
        self
    }

    /// The same key with a shared table of keys inside besides its own.
    pub const fn with(mut self, shared: &'static [Key]) -> Self {
        self.of[1] = shared;
        self
    }
}

/// The keys of several tables, in order.
pub fn keys<'a>(tables: &'a [&'static [Key]]) -> impl Iterator<Item = &'static Key> + 'a {
    tables.iter().flat_map(|table| table.iter())
}

/// Keys below this one are nobody's business but the author's.
const FREE: &str = "x";

/// A mapping that is being read. Asking for a key that no table knows is a mistake of ours and
/// panics; keys that no table knows are a mistake of the author's and are told by [`Fields::of`].
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    source: &'a Arc<Source>,
    entries: &'a [Entry],
    tables: &'a [&'static [Key]],
    at: (usize, usize),
}

impl<'a> Fields<'a> {
    /// Opens a mapping against its key tables and tells every unknown key.
    pub fn of(
        source: &'a Arc<Source>,
        node: &'a Node,
        tables: &'a [&'static [Key]],
        diags: &mut Diagnostics,
    ) -> Self {
        let entries = match &node.value {
            Value::Map(entries) => entries.as_slice(),
            _ => &[],
        };
        let fields = Self {
            source,
            entries,
            tables,
            at: (node.at.start, node.at.end),
        };
        for entry in entries {
            if !fields.is_known(entry) {
                fields.tell_unknown(entry, diags);
            }
        }
        fields
    }

    /// The known key that an unknown one was probably meant to be.
    fn meant(&self, entry: &Entry) -> Option<&'static str> {
        did_you_mean(&entry.key, keys(self.tables).map(|key| key.name))
    }

    fn is_known(&self, entry: &Entry) -> bool {
        entry.key == FREE || keys(self.tables).any(|key| key.name == entry.key)
    }

    fn misspelt(&self, name: &str) -> bool {
        self.entries
            .iter()
            .any(|entry| !self.is_known(entry) && self.meant(entry) == Some(name))
    }

    fn tell_unknown(&self, entry: &'a Entry, diags: &mut Diagnostics) {
        let help = match self.meant(entry) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let mut all: Vec<&str> = keys(self.tables).map(|key| key.name).collect();
                all.sort_unstable();
                format!(
                    "keys known here: {}; notes of your own go under `x:`",
                    all.join(", ")
                )
            }
        };
        diags.push(
            Diagnostic::error(
                "unknown-key",
                format!("the key `{}` is not known here", entry.key),
            )
            .at(self.file(entry).place(entry.key_at.clone()))
            .help(help),
        );
    }

    fn entry(&self, name: &str) -> Option<&'a Entry> {
        assert!(
            keys(self.tables).any(|key| key.name == name),
            "the key table has no row for `{name}`"
        );
        self.entries.iter().find(|entry| entry.key == name)
    }

    /// The file that is being read.
    pub fn source(&self) -> &'a Arc<Source> {
        self.source
    }

    /// The file in which a key stands: the one that is being read, or its translation.
    pub fn source_of(&self, name: &str) -> &'a Arc<Source> {
        self.entry(name)
            .map_or(self.source, |entry| self.file(entry))
    }

    fn file(&self, entry: &'a Entry) -> &'a Arc<Source> {
        entry.from.as_ref().unwrap_or(self.source)
    }

    /// Where the mapping begins: for problems about what is not there.
    pub fn here(&self) -> Place {
        self.spot().place()
    }

    /// As [`Fields::here`], to be kept until there is such a problem.
    pub fn spot(&self) -> Spot {
        let end = self.source.text[self.at.0..]
            .find('\n')
            .map_or(self.at.1, |n| self.at.0 + n);
        Spot {
            source: self.source.clone(),
            at: self.at.0..end.max(self.at.0),
        }
    }

    /// Where the value of a key stands, or the mapping if the key is absent.
    pub fn place(&self, name: &str) -> Place {
        match self.range(name) {
            Some(range) => self.source_of(name).place(range),
            None => self.here(),
        }
    }

    /// Where the word itself stands in the file: its value, or the key when the value is empty.
    pub fn range(&self, name: &str) -> Option<Range<usize>> {
        self.entry(name).map(|entry| match entry.node.value {
            Value::Empty => entry.key_at.clone(),
            _ => entry.node.at.clone(),
        })
    }

    /// Whether the author wrote the key at all.
    pub fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// The value under a key; absent and empty are the same.
    pub fn node(&self, name: &str) -> Option<&'a Node> {
        self.entry(name)
            .map(|entry| &entry.node)
            .filter(|node| node.value != Value::Empty)
    }

    /// The words under a key. An empty value, a list or a mapping is told.
    pub fn text(&self, name: &str, diags: &mut Diagnostics) -> Option<String> {
        self.scalar(name, diags)
            .map(|(text, _)| text.trim().to_owned())
    }

    /// The words under a key that must be there. If it is there under a misspelt name, that is told
    /// already, and once is enough.
    pub fn need(&self, name: &str, code: &'static str, diags: &mut Diagnostics) -> Option<String> {
        if !self.has(name) {
            if !self.misspelt(name) {
                diags.push(
                    Diagnostic::error(code, format!("`{name}` is missing"))
                        .at(self.here())
                        .help(format!("add a line `{name}: …`")),
                );
            }
            return None;
        }
        self.text(name, diags)
    }

    /// The words under a key that must be there, with the reason for whoever left them out.
    pub fn need_because(
        &self,
        name: &str,
        code: &'static str,
        why: &str,
        diags: &mut Diagnostics,
    ) -> Option<String> {
        let mut told = Diagnostics::new();
        let text = self.need(name, code, &mut told);
        for problem in told.iter() {
            diags.push(problem.clone().why(why));
        }
        text
    }

    fn scalar(&self, name: &str, diags: &mut Diagnostics) -> Option<(&'a str, Range<usize>)> {
        let entry = self.entry(name)?;
        match &entry.node.value {
            Value::Text(text) if !text.trim().is_empty() => Some((text, entry.node.at.clone())),
            Value::Text(_) | Value::Empty => {
                diags.push(
                    Diagnostic::error("empty-value", format!("`{name}` has no value"))
                        .at(self.file(entry).place(entry.key_at.clone()))
                        .help("write one, or remove the line"),
                );
                None
            }
            Value::List(_) | Value::Map(_) => {
                diags.push(
                    Diagnostic::error("wrong-shape", format!("`{name}` takes one value"))
                        .at(self.file(entry).place(entry.node.at.clone()))
                        .help(format!("write `{name}: …` on one line")),
                );
                None
            }
        }
    }

    fn tell(
        &self,
        name: &str,
        at: Range<usize>,
        message: String,
        help: String,
        diags: &mut Diagnostics,
    ) {
        diags.push(
            Diagnostic::error("wrong-value", message)
                .at(self.source_of(name).place(at))
                .help(help),
        );
    }

    /// A value with a grammar of its own; its error is the help.
    pub fn parse<T: FromStr<Err = String>>(
        &self,
        name: &str,
        diags: &mut Diagnostics,
    ) -> Option<T> {
        let (text, at) = self.scalar(name, diags)?;
        match text.trim().parse() {
            Ok(value) => Some(value),
            Err(help) => {
                let message = format!("`{name}: {}` is not understood", text.trim());
                self.tell(name, at, message, help, diags);
                None
            }
        }
    }

    /// A whole number within a range.
    pub fn number(
        &self,
        name: &str,
        range: RangeInclusive<u32>,
        diags: &mut Diagnostics,
    ) -> Option<u32> {
        let (text, at) = self.scalar(name, diags)?;
        match text.trim().parse::<u32>() {
            Ok(value) if range.contains(&value) => Some(value),
            _ => {
                self.tell(
                    name,
                    at,
                    format!("`{name}` takes a whole number, not `{}`", text.trim()),
                    format!("write a number from {} to {}", range.start(), range.end()),
                    diags,
                );
                None
            }
        }
    }

    /// Yes or no.
    pub fn flag(&self, name: &str, diags: &mut Diagnostics) -> Option<bool> {
        let (text, at) = self.scalar(name, diags)?;
        match text.trim().to_ascii_lowercase().as_str() {
            "yes" | "true" | "on" => Some(true),
            "no" | "false" | "off" => Some(false),
            _ => {
                self.tell(
                    name,
                    at,
                    format!("`{name}` takes yes or no, not `{}`", text.trim()),
                    format!("write `{name}: yes` or leave the line out"),
                    diags,
                );
                None
            }
        }
    }

    /// One of a closed list of words.
    pub fn choice<T: Clone>(
        &self,
        name: &str,
        words: &[(&str, T)],
        diags: &mut Diagnostics,
    ) -> Option<T> {
        let (text, at) = self.scalar(name, diags)?;
        let found = words.iter().find(|(word, _)| *word == text.trim());
        if found.is_none() {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let help = match did_you_mean(text.trim(), all.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it takes one of: {}", all.join(", ")),
            };
            self.tell(
                name,
                at,
                format!("`{name}` cannot be `{}`", text.trim()),
                help,
                diags,
            );
        }
        found.map(|(_, value)| value.clone())
    }

    /// A day, `2026-03-02`.
    pub fn date(&self, name: &str, diags: &mut Diagnostics) -> Option<Date> {
        let (text, at) = self.scalar(name, diags)?;
        date(text).or_else(|| {
            let text = text.trim();
            let message = format!("`{name}` takes a day of the calendar, not `{text}`");
            let help = if digits(text, "0000-00-00") {
                "the calendar has no such day; write one that it has, year first: 2026-03-02"
            } else {
                "write the year with four digits, month and day with two: 2026-03-02"
            };
            self.tell(name, at, message, help.into(), diags);
            None
        })
    }

    /// A time of day, `09:00`.
    pub fn time(&self, name: &str, diags: &mut Diagnostics) -> Option<Time> {
        let (text, at) = self.scalar(name, diags)?;
        time(text).or_else(|| {
            self.tell(
                name,
                at,
                format!("`{name}` takes a time of day, not `{}`", text.trim()),
                "write hours and minutes with two digits, from 00:00 to 23:59: \"09:00\"".into(),
                diags,
            );
            None
        })
    }

    /// A day with or without a time, `2026-03-02` or `2026-03-02T14:00`.
    pub fn day_time(&self, name: &str, diags: &mut Diagnostics) -> Option<(Date, Option<Time>)> {
        let (text, at) = self.scalar(name, diags)?;
        day_time(text).or_else(|| {
            self.tell(
                name,
                at,
                format!(
                    "`{name}` takes a day, with or without a time, not `{}`",
                    text.trim()
                ),
                "write 2026-03-02 or 2026-03-02T14:00".into(),
                diags,
            );
            None
        })
    }

    /// The items of a list; a single value counts as a list of one, an empty value as none.
    pub fn list(&self, name: &str) -> Vec<&'a Node> {
        match self.node(name) {
            None => Vec::new(),
            Some(node) => match &node.value {
                Value::List(list) => list.iter().filter(|n| n.value != Value::Empty).collect(),
                _ => vec![node],
            },
        }
    }

    /// A list of words, each with its place.
    pub fn words(&self, name: &str, diags: &mut Diagnostics) -> Vec<(String, Range<usize>)> {
        let mut words = Vec::new();
        for node in self.list(name) {
            match &node.value {
                Value::Text(text) => words.push((text.trim().to_owned(), node.at.clone())),
                _ => self.tell(
                    name,
                    node.at.clone(),
                    format!("`{name}` takes a list of words"),
                    format!("write `{name}: [one, two]`"),
                    diags,
                ),
            }
        }
        words
    }

    /// The mapping under a key, opened against the keys inside it.
    pub fn map(&self, name: &str, diags: &mut Diagnostics) -> Option<Fields<'a>> {
        let node = self.node(name)?;
        self.open(name, node, diags)
    }

    /// The mappings of a list under a key.
    pub fn maps(&self, name: &str, diags: &mut Diagnostics) -> Vec<Fields<'a>> {
        self.list(name)
            .into_iter()
            .filter_map(|node| self.open(name, node, diags))
            .collect()
    }

    fn open(&self, name: &str, node: &'a Node, diags: &mut Diagnostics) -> Option<Fields<'a>> {
        if !matches!(node.value, Value::Map(_)) {
            self.tell(
                name,
                node.at.clone(),
                format!("`{name}` takes keys with values"),
                format!("write `{name}: {{key: value, …}}`"),
                diags,
            );
            return None;
        }
        let key = keys(self.tables).find(|key| key.name == name)?;
        Some(Fields::of(self.source_of(name), node, &key.of, diags))
    }

    /// The place of a byte range in this file.
    pub fn at(&self, range: Range<usize>) -> Place {
        self.source.place(range)
    }

    /// Every entry with its row, for lists of facts.
    pub fn rows(&self) -> impl Iterator<Item = (&'static Key, &'a Node)> + '_ {
        self.entries.iter().filter_map(|entry| {
            keys(self.tables)
                .find(|key| key.name == entry.key)
                .map(|key| (key, &entry.node))
        })
    }
}

fn digits(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(c, s)| match s {
            b'0' => c.is_ascii_digit(),
            other => c == other,
        })
}

/// `2026-03-02` and nothing else.
pub fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    digits(text, "0000-00-00").then(|| text.parse().ok())?
}

/// `09:00` and nothing else.
fn time(text: &str) -> Option<Time> {
    let text = text.trim();
    if !digits(text, "00:00") {
        return None;
    }
    Time::new(text[..2].parse().ok()?, text[3..].parse().ok()?, 0, 0).ok()
}

/// `2026-03-02` or `2026-03-02T14:00` and nothing else.
pub fn day_time(text: &str) -> Option<(Date, Option<Time>)> {
    let text = text.trim();
    match text.split_once(['T', ' ']) {
        None => Some((date(text)?, None)),
        Some((day, clock)) => {
            let both: DateTime = date(day)?.to_datetime(time(clock)?);
            Some((both.date(), Some(both.time())))
        }
    }
}
