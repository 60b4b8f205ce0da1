//! Text and addresses as HTML, in the very form in which an HTML serialiser would write them.

/// Writes text between tags. Control characters are left out: HTML forbids them and XML feeds break on them.
pub fn text(out: &mut String, text: &str) {
    write(out, text, |byte| {
        matches!(byte, b'&' | b'<' | b'>') || is_control(byte)
    });
}

/// Writes the value of an attribute in double quotes.
pub fn attribute(out: &mut String, value: &str) {
    write(out, value, |byte| {
        matches!(byte, b'&' | b'<' | b'>' | b'"') || is_control(byte)
    });
}

/// Writes text or a value that is HTML already, so that its entities stay what they are.
pub fn entities(out: &mut String, html: &str) {
    write(out, html, |byte| {
        matches!(byte, b'<' | b'>' | b'"') || is_control(byte)
    });
}

/// Writes an address into an attribute: what a URL cannot contain is percent-encoded, `%` stays as it is.
pub fn address(out: &mut String, address: &str) {
    for &byte in address.as_bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            byte if byte.is_ascii_alphanumeric() || b"!#$%'()*+,-./:;=?@_~".contains(&byte) => {
                out.push(char::from(byte));
            }
            byte => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}

fn is_control(byte: u8) -> bool {
    byte.is_ascii_control() && byte != b'\n' && byte != b'\t'
}

/// Only ASCII may be `special`, so that the cuts lie between characters.
fn write(out: &mut String, text: &str, special: impl Fn(u8) -> bool) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(&special) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}
