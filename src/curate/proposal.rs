//! A proposal: the best candidates as drafts for a pull request, and the words of the request.

use super::{Back, Basket, Draft, Ranked};
use crate::model::{Sight, Verdict};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use std::fmt::Write;

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The files, the best first.
    pub drafts: Vec<Draft>,
    /// The lines of the ledger that say so.
    pub sights: Vec<Sight>,
    /// The text of the request, in Markdown.
    pub text: String,
}

/// The best candidates, of what says nearly the same only one, and nothing like what was judged already. What was kept
/// for later waits for whoever kept it.
pub fn propose(
    ranked: &[Ranked],
    back: &[Back],
    most: usize,
    mut basket: Basket,
    zone: &TimeZone,
    now: Timestamp,
) -> Proposal {
    let mut groups: BTreeSet<&str> = BTreeSet::new();
    let mut drafts: Vec<Draft> = Vec::new();
    let mut sights = Vec::new();
    let mut parts = String::new();
    for one in ranked {
        let candidate = &one.candidate;
        let waits = candidate.sight.verdict == Verdict::Offered && candidate.like.is_none();
        if drafts.len() == most || !waits || groups.contains(&*candidate.group) {
            continue;
        }
        // What leads nowhere cannot be followed: whoever sits at the desk sees it.
        let Ok(draft) = basket.draft(one) else {
            continue;
        };
        groups.insert(&candidate.group);
        let alike = ranked.iter().filter(|other| {
            other.candidate.group == candidate.group && other.candidate.key() != candidate.key()
        });
        told(one, alike, &draft, drafts.len() + 1, zone, &mut parts);
        sights.push(
            candidate
                .sight
                .judged(Verdict::Proposed, Some(&*draft.id), now),
        );
        drafts.push(draft);
    }
    let count = match drafts.len() {
        0 => "Nothing is worth a look today".to_owned(),
        1 => "1 candidate worth a look".to_owned(),
        n => format!("{n} candidates worth a look"),
    };
    let mut text = format!("# {count}\n");
    if !drafts.is_empty() {
        text.push_str("\nEach is a file of this request. In those that you keep, write *Why this*, *Do* and *Share* in your own words. Delete the others: that rejects them, and they are not proposed again.\n");
    }
    text.push_str(&parts);
    if !back.is_empty() {
        text.push_str("\n## Seen before, and back again\n\n");
    }
    for one in back {
        let _ = writeln!(
            text,
            "- {}, in {}: {}",
            plain(&one.title),
            one.source,
            plain(&one.said(zone))
        );
    }
    Proposal {
        drafts,
        sights,
        text,
    }
}

fn told<'r>(
    one: &Ranked,
    alike: impl Iterator<Item = &'r Ranked>,
    draft: &Draft,
    number: usize,
    zone: &TimeZone,
    out: &mut String,
) {
    let candidate = &one.candidate;
    let day = candidate.date.to_zoned_datetime(zone.clone()).date();
    let _ = write!(out, "\n## {number}. {}\n\n", plain(&candidate.title));
    let mut from = candidate.source.to_string();
    if let Some(author) = &candidate.author {
        let _ = write!(from, " ({})", plain(author));
    }
    if !candidate.also_in.is_empty() {
        let others: Vec<&str> = candidate.also_in.iter().map(|id| id.as_str()).collect();
        let _ = write!(from, "; also in {}", others.join(", "));
    }
    let _ = writeln!(out, "{day}, {from}");
    if let Some(link) = &candidate.link {
        let _ = writeln!(out, "<{link}>");
    }
    if let Some(summary) = &candidate.summary {
        let _ = write!(out, "\n> {}\n", plain(summary));
    }
    let _ = write!(out, "\n{} points:\n\n", one.score);
    for part in one.parts.iter().filter(|part| part.points != 0) {
        let _ = writeln!(
            out,
            "- {} {}: {}",
            part.measure.word(),
            part.points,
            plain(&part.why)
        );
    }
    for other in alike {
        let _ = writeln!(
            out,
            "- says nearly the same: {}, in {}",
            plain(&other.candidate.title),
            other.candidate.source
        );
    }
    let _ = write!(out, "\nThe file: `{}`\n", draft.path);
}

/// A stranger's words as Markdown that is only words: no link, no picture, nobody called, no issue named.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '@' | '#' => {
                out.push(c);
                // Hosts call people and issues by these; a joiner that nobody sees keeps them words.
                out.push('\u{2060}');
            }
            // A bare address would become a link to wherever it leads.
            ':' => out.push_str(":\u{2060}"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '!' | '|' | '~' | '$'
            | '+' | '-' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    // GitHub makes links of these without a scheme.
    out.replace("www.", "www\u{2060}.")
}
