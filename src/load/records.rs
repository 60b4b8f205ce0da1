//! Histories: folders of tab-separated files that are only ever added to, and read as one.

use crate::diag::Diagnostics;
use crate::document::{self, Source};
use crate::model::Folder;
use std::sync::Arc;

/// The files of a history below a folder, which ends with `/`, by path. What cannot be read is told and left out.
pub fn records<'f>(
    folder: &'f Folder,
    prefix: &str,
    diags: &mut Diagnostics,
) -> Vec<(&'f String, Arc<Source>)> {
    let files = folder.files.range(prefix.to_owned()..);
    let files = files.take_while(|(path, _)| path.starts_with(prefix));
    let tables = files.filter(|(path, _)| path.ends_with(".tsv"));
    tables
        .filter_map(|(path, bytes)| Some((path, document::record(path, bytes, diags)?)))
        .collect()
}
