//! A draft as well-formed Atom, for `feed-rs`.

use super::draft::Draft;
use super::entities::escape;
use super::entry::DraftEntry;
use super::text::Text;

/// Writes what `feed-rs` is to read: texts and people. What it would change is kept in the draft.
pub(super) fn atom(draft: &Draft) -> String {
    let mut out = String::from(r#"<feed xmlns="http://www.w3.org/2005/Atom">"#);
    construct("title", draft.title.as_ref(), &mut out);
    for entry in &draft.entries {
        out.push_str("<entry>");
        write(entry, &mut out);
        out.push_str("</entry>");
    }
    out.push_str("</feed>");
    out
}

fn write(entry: &DraftEntry, out: &mut String) {
    construct("title", entry.title.as_ref(), out);
    construct("summary", entry.summary.as_ref(), out);
    construct("content", entry.content.as_ref(), out);
    if let Some(author) = &entry.author {
        out.push_str("<author><name>");
        escape(author, out);
        out.push_str("</name></author>");
    }
    for tag in &entry.tags {
        out.push_str("<category term=\"");
        escape(tag, out);
        out.push_str("\"/>");
    }
}

fn construct(name: &str, text: Option<&Text>, out: &mut String) {
    if let Some(text) = text {
        let kind = if text.html { "html" } else { "text" };
        out.push_str(&format!("<{name} type=\"{kind}\">"));
        escape(&text.value, out);
        out.push_str(&format!("</{name}>"));
    }
}
