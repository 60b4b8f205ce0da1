//! Sources as YAML, to be put into `curation/sources.yaml` by a curator who has looked through them.

use crate::model::outline::{Outline, Words};

/// The entries of a list; with `head`, the line above it too. Keys that a source needs and that are not known
/// stand there empty, so that `check` asks for them.
pub fn write(outlines: &[Outline], head: bool) -> String {
    let mut out = String::new();
    if head {
        out.push_str("sources:\n");
    }
    for outline in outlines {
        let mut begin = "  - ";
        for key in Outline::KEYS {
            let needed = matches!(*key, "id" | "title" | "why_trusted");
            let said = match outline.get(key) {
                Some(Words::One(text)) => format!(" {}", scalar(text)),
                Some(Words::Many(texts)) => {
                    let texts: Vec<String> = texts.iter().map(|text| scalar(text)).collect();
                    format!(" [{}]", texts.join(", "))
                }
                None if needed => String::new(),
                None => continue,
            };
            out.push_str(&format!("{begin}{key}:{said}\n"));
            begin = "    ";
        }
    }
    out
}

/// A text as YAML reads it back: bare where nothing in it means anything, else in quotation marks.
fn scalar(text: &str) -> String {
    let letter = |c: char| c.is_alphanumeric();
    let plain = text.starts_with(letter)
        && text.ends_with(|c: char| letter(c) || c == '.' || c == '/')
        && text.chars().all(|c| letter(c) || " -_./".contains(c))
        && !["null", "Null", "NULL"].contains(&text);
    // An address holds a colon, and after it no space.
    let address = text.starts_with("https://")
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_./:".contains(c));
    if plain || (address && !text.ends_with(':')) {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // Breaks of lines that YAML would fold, and what it does not let through.
            c if c.is_control()
                || matches!(
                    c,
                    '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
                ) =>
            {
                quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
