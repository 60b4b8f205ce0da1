//! `curation/seen/`: what was seen of the sources, one file a sitting, read as a union.

use super::records::records;
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::model::{Folder, Seen, Sight, Verdict};

/// Reads the ledger of a site. What cannot be read is told and left out.
pub fn read(folder: &Folder, root: &str, diags: &mut Diagnostics) -> Seen {
    let mut seen = Seen::default();
    for (path, source) in records(folder, &format!("{root}curation/seen/"), diags) {
        for (number, read) in lines(path, &source.text) {
            match read {
                Ok(sight) => seen.add(sight),
                Err(line) => diags.push(bad_line(path, number, line)),
            }
        }
    }
    seen
}

/// The lines of a file with their numbers, each read or as it stands.
pub fn lines<'t>(
    path: &str,
    text: &'t str,
) -> impl Iterator<Item = (u32, Result<Sight, &'t str>)> + use<'t> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let folded = name.starts_with(Seen::FOLDED);
    let lines = (1..).zip(text.lines());
    let lines = lines.filter(|(_, line)| !line.is_empty());
    lines.map(move |(number, line)| {
        let mut fields: Vec<&str> = line.split('\t').collect();
        if folded {
            fields.reverse();
        }
        (number, sight(&fields).ok_or(line))
    })
}

fn sight(fields: &[&str]) -> Option<Sight> {
    let [key, id, first_seen, source, verdict, reason, judged @ ..] = fields else {
        return None;
    };
    let judged = match judged {
        [] => None,
        [judged] => Some(judged.parse().ok()?),
        _ => return None,
    };
    let is_sum = |text: &str| text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let some = |text: &str| (text != "-").then(|| text.to_owned());
    let (_, verdict) = Verdict::WORDS.iter().find(|(word, _)| word == verdict)?;
    (is_sum(key) && (*id == "-" || is_sum(id))).then_some(())?;
    Some(Sight {
        key: (*key).to_owned(),
        id: some(id),
        first_seen: first_seen.parse().ok()?,
        source: source.parse().ok()?,
        verdict: *verdict,
        reason: some(reason),
        judged,
    })
}

fn bad_line(path: &str, line: u32, text: &str) -> Diagnostic {
    let merging = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"];
    let help = match merging.iter().any(|mark| text.starts_with(mark)) {
        true => "two branches met here: keep all lines of both, and remove the marks",
        false => "restore the file from git; nobody writes in it by hand",
    };
    Diagnostic::error(
        "seen-line",
        "this is no line of the ledger of what was seen",
    )
    .at(Place {
        file: path.into(),
        line,
        column: 1,
        width: 1.max(text.chars().count() as u32),
        text: text.to_owned(),
    })
    .why("without it, items that were judged come back as new")
    .help(help)
}
