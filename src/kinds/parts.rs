//! Words that stand in a key instead of below a heading.

use crate::diag::{Diagnostic, Diagnostics};
use crate::document::Fields;
use crate::model::{Markdown, Part, Section};

/// The Markdown under a key.
pub fn markdown(fields: &Fields, name: &str, diags: &mut Diagnostics) -> Option<Markdown> {
    let text = fields.text(name, diags)?;
    let source = fields.source_of(name).clone();
    Some(Markdown::own(source, fields.range(name)?, text))
}

/// The hashtag under a key, without the sign.
pub fn read_hashtag(fields: &Fields, name: &str, diags: &mut Diagnostics) -> Option<String> {
    let tag = fields.text(name, diags)?;
    if !tag.chars().all(|c| c.is_alphanumeric() || c == '_') {
        diags.push(
            Diagnostic::error("wrong-value", format!("`{tag}` is not a hashtag"))
                .at(fields.place(name))
                .help("letters and digits only, without the # sign"),
        );
    }
    Some(tag)
}

/// The Markdown under a key, as a section.
pub fn part(
    fields: &Fields,
    name: &str,
    section: Section,
    diags: &mut Diagnostics,
) -> Option<Part> {
    markdown(fields, name, diags).map(|text| Part { section, text })
}
