//! A candidate as a file to be filled in: what is known of it stands there, the judgement does not.

use super::{Ranked, canonical};
use crate::markdown;
use crate::model::{Id, LONGEST_ID, Source};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Words of a text that is no more than a teaser: how long the piece takes they do not tell.
const TEASER: usize = 300;

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The pick's id.
    pub id: Id,
    /// Its path in the repository.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Where picks go, and what is there.
#[derive(Debug, Clone)]
pub struct Basket<'a> {
    /// The site's folder: `sites/<name>/`.
    pub folder: &'a str,
    /// The run of a learning flow that they are for.
    pub run: Id,
    /// The site's sources.
    pub sources: &'a [Source],
    /// Today, on the site's clock.
    pub today: Date,
    /// Ids that are taken.
    pub taken: BTreeSet<String>,
}

impl Basket<'_> {
    /// The file of a candidate; it finds its day by itself. Its id is taken from then on.
    ///
    /// # Errors
    /// It leads nowhere.
    pub fn draft(&mut self, ranked: &Ranked) -> Result<Draft, String> {
        let candidate = &ranked.candidate;
        let Some(link) = &candidate.link else {
            return Err(
                "It leads nowhere, so that nobody could follow it: reject it, or look for it by hand."
                    .to_owned(),
            );
        };
        let id = self.free(&slug(&candidate.title, link))?;
        let source = self.sources.iter().find(|s| s.id == candidate.source);
        let mut text = format!("---\nid: {id}\nrun: {}\n", self.run);
        let mut line = |key: &str, value: &str| {
            let _ = writeln!(text, "{key}: {value}");
        };
        line("url", &quoted(link));
        line("title", &quoted(&candidate.title));
        line("source", &candidate.source);
        if !candidate.also_in.is_empty() {
            let others: Vec<&str> = candidate.also_in.iter().map(|id| id.as_str()).collect();
            line("also_in", &format!("[{}]", others.join(", ")));
        }
        if let Some(author) = &candidate.author {
            line("author", &quoted(author));
        }
        line("format", candidate.format);
        if candidate.words >= TEASER {
            line("minutes", &candidate.minutes().min(480).to_string());
        }
        if let Some(stance) = source.and_then(|source| source.stance) {
            line("stance", stance);
        }
        line("picked_on", &self.today.to_string());
        if let Some(summary) = &candidate.summary {
            line("original_summary", &quoted(summary));
        }
        let _ = writeln!(text, "# why it was offered: {}", ranked.sum());
        text.push_str("---\n## Why this\n\n## Do\n\n## Share\n");
        let year = self.today.year();
        Ok(Draft {
            path: format!("{}curation/picks/{year}/{id}.md", self.folder),
            id,
            text,
        })
    }

    /// An id that nobody has.
    fn free(&mut self, wanted: &str) -> Result<Id, String> {
        let numbered = (2..).map(|n| format!("{wanted}-{n}"));
        let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
        let free = names.find(|name| !self.taken.contains(name));
        let free = free.unwrap_or_default();
        let id: Id = free.parse()?;
        self.taken.insert(free);
        Ok(id)
    }
}

/// Room for a number behind it.
const LONGEST_SLUG: usize = LONGEST_ID - 8;

/// A title as an id, as far as it has letters that ids have; else the host and a sum of its address.
fn slug(title: &str, link: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut length = 0;
    for word in title.split(|c: char| !c.is_alphanumeric()) {
        let word: String = word.to_lowercase().chars().map(plain_letter).collect();
        if word.is_empty() {
            continue;
        }
        length += word.len() + 1;
        if length > LONGEST_SLUG {
            break;
        }
        words.push(word);
    }
    match words.is_empty() {
        false => words.join("-"),
        true => {
            let address = canonical(link).unwrap_or_default();
            format!("pick-{}", &super::sum("address", "", &address)[..8])
        }
    }
}

/// A letter as ids have it; nothing if there is no such.
fn plain_letter(c: char) -> String {
    match c {
        'a'..='z' | '0'..='9' => c.to_string(),
        other => markdown::unmarked(other).unwrap_or_default().to_owned(),
    }
}

/// A text as YAML takes it, whatever is in it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            // Marks that no eye sees, and what YAML does not take as it is.
            '\0'..='\u{1F}'
            | '\u{7F}'..='\u{A0}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202F}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFFE}'
            | '\u{FFFF}' => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
