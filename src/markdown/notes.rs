//! Footnotes: definitions stand anywhere in the source, and at the end of the text on the page, in the order in
//! which they are first referred to.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Finding, Words, escape, finding};

pub struct Notes {
    /// Put before every id, escaped.
    prefix: String,
    by_label: BTreeMap<String, Note>,
    /// How many have been referred to.
    referred: usize,
    /// The definitions that we are in.
    open: Vec<Opened>,
}

#[derive(Default)]
struct Note {
    /// From 1; 0 until it is referred to.
    number: usize,
    references: usize,
    definition: Option<(Range<usize>, String)>,
}

struct Opened {
    label: String,
    at: Range<usize>,
    /// What had been written before the definition began.
    before: String,
}

impl Notes {
    pub fn new(id_prefix: &str) -> Self {
        let mut prefix = String::new();
        escape::attribute(&mut prefix, id_prefix);
        Notes {
            prefix,
            by_label: BTreeMap::new(),
            referred: 0,
            open: Vec::new(),
        }
    }

    pub fn refer(&mut self, out: &mut String, label: &str, words: &Words) {
        let note = self.by_label.entry(fold(label)).or_default();
        if note.number == 0 {
            self.referred += 1;
            note.number = self.referred;
        }
        note.references += 1;
        let (prefix, number) = (&self.prefix, note.number);
        let id = reference_id(prefix, number, note.references);
        out.push_str(&format!(
            "<sup class=\"footnote-reference\" id=\"{id}\"><a href=\"#{prefix}fn:{number}\" aria-label=\""
        ));
        escape::attribute(out, words.footnote);
        out.push_str(&format!(" {number}\">{number}</a></sup>"));
    }

    /// From here on `out` holds the definition alone.
    pub fn begin(&mut self, out: &mut String, label: &str, at: Range<usize>) {
        self.open.push(Opened {
            label: fold(label),
            at,
            before: std::mem::take(out),
        });
    }

    /// `out` is again what it was before the definition.
    pub fn end(&mut self, out: &mut String) -> Option<Finding> {
        let Opened { label, at, before } = self.open.pop()?;
        let body = std::mem::replace(out, before);
        let note = self.by_label.entry(label).or_default();
        match &mut note.definition {
            Some((_, first)) => {
                // Not dropped, because other footnotes may be referred to in it.
                first.push_str(&body);
                Some(finding::footnote_twice(at))
            }
            none => {
                *none = Some((at, body));
                None
            }
        }
    }

    pub fn write(self, out: &mut String, words: &Words) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut notes: Vec<Note> = self.by_label.into_values().collect();
        if notes.is_empty() {
            return findings;
        }
        notes.sort_by_key(|note| {
            (
                note.number == 0,
                note.number,
                note.definition.as_ref().map(|(at, _)| at.start),
            )
        });
        out.push_str("<section class=\"footnotes\" aria-label=\"");
        escape::attribute(out, words.footnotes);
        out.push_str("\">\n<ol>\n");
        for (note, number) in notes.into_iter().zip(1..) {
            let (at, body) = note.definition.unwrap_or_default();
            out.push_str(&format!("<li id=\"{}fn:{number}\">", self.prefix));
            let last_paragraph = body.strip_suffix("</p>\n");
            out.push_str(last_paragraph.unwrap_or(&body));
            for reference in 1..=note.references {
                let id = reference_id(&self.prefix, number, reference);
                out.push_str(&format!(
                    " <a class=\"footnote-back\" href=\"#{id}\" aria-label=\""
                ));
                escape::attribute(out, words.back);
                // The sign after the arrow keeps it a letter where it would be shown as a picture.
                out.push_str(&format!(" {number}\">↩\u{fe0e}</a>"));
            }
            out.push_str(if last_paragraph.is_some() {
                "</p>\n</li>\n"
            } else {
                "</li>\n"
            });
            if note.references == 0 {
                findings.push(finding::footnote_unused(at));
            }
        }
        out.push_str("</ol>\n</section>\n");
        findings
    }
}

/// A label as pulldown-cmark compares it, without regard to case; there and back so that `ẞ`, `ß` and `SS` agree.
fn fold(label: &str) -> String {
    label.to_lowercase().to_uppercase()
}

fn reference_id(prefix: &str, number: usize, reference: usize) -> String {
    match reference {
        1 => format!("{prefix}fnref:{number}"),
        _ => format!("{prefix}fnref:{number}:{reference}"),
    }
}
