//! Who was introduced to whom: `people/introductions.tsv`, a row a group. `learnflow introductions --record`
//! appends to it; people may mend it by hand.

use crate::diag::{Diagnostic, Diagnostics};
use crate::document;
use crate::model::{Folder, Introduced};

/// The file below a site's folder.
pub const FILE: &str = "people/introductions.tsv";

/// What the first line says, for whoever opens the file.
pub const HEAD: &str = "# day\trun\thandles; private to the team\n";

/// One row.
pub fn row(group: &Introduced) -> String {
    let people: Vec<&str> = group.people.iter().map(|handle| &**handle).collect();
    format!("{}\t{}\t{}\n", group.on, group.run, people.join(" "))
}

/// Reads the rows of a site; a site without the file has introduced nobody yet.
pub fn read(folder: &Folder, root: &str, diags: &mut Diagnostics) -> Vec<Introduced> {
    let file = format!("{root}{FILE}");
    let Some(bytes) = folder.files.get(&file) else {
        return Vec::new();
    };
    let Some(source) = document::text(&file, bytes, diags) else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let range = start..start + line.trim_end().len();
        start += line.len();
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match parse(line) {
            Some(row) => rows.push(row),
            None => diags.push(
                Diagnostic::error("broken-row", "this is no row of introductions")
                    .at(source.place(range))
                    .why("who has met already would be forgotten, and introduced again")
                    .help("write the day, the run and the handles, with a tab between: `2026-03-03`, `borrow-a-brain-2026`, `bridge-07 galley-01`"),
            ),
        }
    }
    rows
}

fn parse(line: &str) -> Option<Introduced> {
    let [on, run, people] = line.split('\t').collect::<Vec<_>>()[..] else {
        return None;
    };
    let people: Option<Vec<_>> = people
        .split_whitespace()
        .map(|handle| handle.parse().ok())
        .collect();
    Some(Introduced {
        on: document::date(on)?,
        run: run.parse().ok()?,
        people: people.filter(|people| people.len() > 1)?,
    })
}
