//! Who may hold pages in a frame.

use crate::diag::{Diagnostic, Diagnostics};
use crate::document::Fields;

/// Who may hold a page in a frame: any page that is encrypted, unless somebody says otherwise.
pub fn ancestors(fields: &Fields, diags: &mut Diagnostics) -> Vec<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._:/*".contains(c);
    let mut sources = Vec::new();
    for (word, at) in fields.words("frame_ancestors", diags) {
        if matches!(word.as_str(), "'self'" | "'none'")
            || !word.is_empty() && word.chars().all(plain)
        {
            sources.push(word);
            continue;
        }
        diags.push(
            Diagnostic::error(
                "wrong-value",
                format!("`{word}` may not hold a page in a frame: it is no source"),
            )
            .at(fields.at(at))
            .why("browsers leave out the whole line when they cannot read a word of it")
            .help("write hosts and schemes as in `https://*.sharepoint.com`, `https:` or `'self'`"),
        );
    }
    if sources.is_empty() {
        sources.push("https:".to_owned());
    }
    sources
}
