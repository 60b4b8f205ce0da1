//! `curation/links/`: what was found at the addresses of a site, one file a check, read as a union.

use super::records::records;
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::model::{Check, Folder, Found, Links};

/// Reads the history of a site. What cannot be read is told and left out.
pub fn read(folder: &Folder, root: &str, diags: &mut Diagnostics) -> Links {
    let mut links = Links::default();
    for (path, source) in records(folder, &format!("{root}curation/links/"), diags) {
        let lines = source.text.lines().zip(1..);
        for (line, number) in lines.filter(|(line, _)| !line.is_empty()) {
            match check(line) {
                Some(check) => links.add(check),
                None => diags.push(bad_line(path, number, line)),
            }
        }
    }
    links
}

fn check(line: &str) -> Option<Check> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [address, at, found, detail] = fields.as_slice() else {
        return None;
    };
    let (_, found) = Found::WORDS.iter().find(|(word, _)| word == found)?;
    Some(Check {
        at: at.parse().ok()?,
        address: (*address).to_owned(),
        found: *found,
        detail: (*detail != "-").then(|| (*detail).to_owned()),
    })
}

fn bad_line(path: &str, line: u32, text: &str) -> Diagnostic {
    Diagnostic::error("links-line", "this is no line of the history of links")
        .at(Place {
            file: path.into(),
            line,
            column: 1,
            width: 1.max(text.chars().count() as u32),
            text: text.to_owned(),
        })
        .why("without it nobody knows for how long something has not been there")
        .help("restore the file from git; nobody writes in it by hand")
}
