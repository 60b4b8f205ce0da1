//! What every format does with a line of text.

/// Only characters that XML 1.0 allows (section 2.2), and no line breaks inside a line of text.
pub fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\t' | '\n' | '\r' => Some(' '),
            '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}' => Some(c),
            _ => None,
        })
        .collect()
}
