//! `topics` in `site.yaml`: what has a feed of its own, out of whatever runs it comes.

use crate::diag::{Diagnostic, Diagnostics};
use crate::document::Fields;
use crate::model::{Id, Topic};

/// The topics of a site, in the order of its file.
pub fn read(fields: &Fields, diags: &mut Diagnostics) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for topic in fields.maps("topics", diags) {
        let _ = topic.need("id", "missing-key", diags);
        let title = topic.need("title", "missing-title", diags);
        let Some(id) = topic.parse::<Id>("id", diags) else {
            continue;
        };
        if topics.iter().any(|first| first.id == id) {
            diags.push(
                Diagnostic::error("duplicate-id", format!("a second topic has the id `{id}`"))
                    .at(topic.place("id"))
                    .help("give one of them another id"),
            );
            continue;
        }
        let title = title.unwrap_or_else(|| id.to_string());
        topics.push(Topic { id, title });
    }
    topics
}
