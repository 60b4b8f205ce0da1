//! Bytes to text, whatever the header, the byte order mark and the declaration say: what is UTF-8 is read so, and
//! otherwise the first of them that fits.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// How far a declaration may reach.
const DECLARATION: usize = 512;

/// The text, without the byte order mark.
pub(super) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes)
        && !bytes.starts_with(&[0xFF, 0xFE, 0, 0])
    {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Some(text) = wide(bytes) {
        return Cow::Owned(text);
    }
    match bytes {
        [0, b'<', 0, ..] => return UTF_16BE.decode_without_bom_handling(bytes).0,
        [b'<', 0, _, 0, ..] => return UTF_16LE.decode_without_bom_handling(bytes).0,
        _ => {}
    }
    let sent = content_type.and_then(charset);
    let declared = declaration(bytes);
    let given = [sent.as_deref(), declared.as_deref()];
    let named = given.into_iter().flatten().filter_map(named);
    if let Ok(text) = std::str::from_utf8(bytes)
        && !named.clone().any(shifts)
    {
        return Cow::Borrowed(text);
    }
    for encoding in named.filter(|encoding| *encoding != UTF_8) {
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            return text;
        }
    }
    mixed(bytes)
}

/// UTF-32, which browsers do not read.
fn wide(bytes: &[u8]) -> Option<String> {
    let (little, begins) = match bytes {
        [0xFF, 0xFE, 0, 0, ..] => (true, 4),
        [0, 0, 0xFE, 0xFF, ..] => (false, 4),
        [b'<', 0, 0, 0, ..] => (true, 0),
        [0, 0, 0, b'<', ..] => (false, 0),
        _ => return None,
    };
    let letter = |four: &[u8]| {
        let four: [u8; 4] = four.try_into().unwrap_or_default();
        let code = match little {
            true => u32::from_le_bytes(four),
            false => u32::from_be_bytes(four),
        };
        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    Some(bytes[begins..].chunks_exact(4).map(letter).collect())
}

/// Encodings whose bytes are ASCII and mean something else.
fn shifts(encoding: &'static Encoding) -> bool {
    !encoding.is_ascii_compatible() && encoding != UTF_16LE && encoding != UTF_16BE
}

fn named(label: &str) -> Option<&'static Encoding> {
    let label = label.trim();
    Encoding::for_label(label.as_bytes()).or_else(|| {
        let bare = label.to_ascii_lowercase().replace('_', "-");
        let known = match bare.strip_prefix("cp").or(bare.strip_prefix("windows")) {
            Some(number) => format!("windows-{}", number.trim_matches('-')),
            None => bare,
        };
        Encoding::for_label(known.as_bytes())
    })
}

/// The encoding in a header such as `text/xml; charset="utf-8"`.
fn charset(header: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        key.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.to_owned())
    })
}

/// The encoding in `<?xml … encoding="…"?>`.
fn declaration(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(DECLARATION)];
    let head = String::from_utf8_lossy(head);
    let (_, after) = head.split_once("<?xml")?;
    let (inside, _) = after.split_once('>')?;
    let (_, value) = inside.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(value[1..].split(quote).next()?.to_owned())
}

/// Mostly UTF-8 with foreign bytes in between, or Windows-1252 without a word: where most of what is not ASCII is
/// valid, that is UTF-8, and each other byte is what Windows means by it.
fn mixed(bytes: &[u8]) -> Cow<'_, str> {
    let foreign: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if foreign * 2 > high {
        return WINDOWS_1252.decode_without_bom_handling(bytes).0;
    }
    let mut out = String::with_capacity(bytes.len() + bytes.len() / 8);
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        out.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    Cow::Owned(out)
}
