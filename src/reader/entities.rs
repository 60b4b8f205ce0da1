//! `&amp;`, `&#233;`, `&eacute;`: decoded once. What is no entity stays as it stands, a bare `&` too.

use super::limits;
use std::borrow::Cow;

/// The longest name that is looked up.
const LONGEST: usize = 32;

/// Entities that a feed declares for itself, and how much they may still add.
#[derive(Debug, Default)]
pub(super) struct Own {
    declared: Vec<(String, String)>,
    spent: usize,
}

impl Own {
    /// Reads the declarations of a document type. Only plain text counts: an entity that names others, or a file,
    /// stays what it is, six or more letters that mean nothing.
    pub(super) fn declare(&mut self, doctype: &str) {
        for declaration in doctype.split("<!ENTITY").skip(1) {
            let mut words = declaration.trim_start().splitn(2, char::is_whitespace);
            let (Some(name), Some(rest)) = (words.next(), words.next()) else {
                continue;
            };
            let rest = rest.trim_start();
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
                continue;
            };
            let value = rest[1..].split(quote).next().unwrap_or("");
            let value = decode(value);
            let plain = !value.contains(['&', '%', '<']) && value.len() <= limits::ENTITY;
            if plain && self.declared.len() < limits::ENTITIES && name.len() <= LONGEST {
                self.declared.push((name.to_owned(), value.into_owned()));
            }
        }
    }

    /// Decodes with the feed's own entities besides.
    pub(super) fn decode<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        decode_with(text, false, |name, out| {
            let Some((_, value)) = self.declared.iter().find(|(own, _)| own == name) else {
                return false;
            };
            if self.spent + value.len() > limits::EXPANSION {
                return false;
            }
            self.spent += value.len();
            out.push_str(value);
            true
        })
    }
}

/// Decodes the entities of HTML.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    decode_with(text, true, |_, _| false)
}

fn decode_with<'t>(
    text: &'t str,
    html: bool,
    mut own: impl FnMut(&str, &mut String) -> bool,
) -> Cow<'t, str> {
    let Some(first) = text.find('&') else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(after) = rest.strip_prefix('&') {
        let number = after.starts_with('#');
        let name_ends = after.bytes().take(LONGEST + 1).position(|b| match b {
            b'#' => false,
            b'.' | b'_' => number,
            b => !b.is_ascii_alphanumeric(),
        });
        let name = name_ends.map(|at| &after[..at]);
        let closed = name_ends.is_some_and(|at| after[at..].starts_with(';'));
        let known = name.filter(|name| match name.strip_prefix('#') {
            Some(number) => numbered(number, html, &mut out),
            None => closed && (own(name, &mut out) || push(named(name), &mut out)),
        });
        rest = match known {
            Some(name) => &after[name.len() + usize::from(closed)..],
            None => {
                out.push('&');
                after
            }
        };
        let next = rest.find('&').unwrap_or(rest.len());
        out.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(out)
}

fn push(letter: Option<char>, out: &mut String) -> bool {
    out.extend(letter);
    letter.is_some()
}

/// `233` or `xE9`. What XML forbids is passed over; in HTML 128 to 159 are what Windows means by them.
fn numbered(number: &str, html: bool, out: &mut String) -> bool {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    let Ok(code) = code else { return false };
    let letter = match code {
        0x80..=0x9F if html => Some(WINDOWS[code as usize - 0x80]),
        _ => char::from_u32(code),
    };
    out.extend(letter.filter(|c| allowed(*c)));
    true
}

/// The characters of XML 1.0.
pub(super) fn allowed(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// What people mean by the controls of Latin-1.
pub(super) fn meant(c: char) -> char {
    match c {
        '\u{80}'..='\u{9f}' => WINDOWS[c as usize - 0x80],
        _ => c,
    }
}

fn named(name: &str) -> Option<char> {
    if name == "apos" {
        return Some('\'');
    }
    let at = NAMED.binary_search_by_key(&name, |(name, _)| name).ok()?;
    char::from_u32(NAMED[at].1)
}

/// Adds what XML allows of a text. Nearly always that is all of it.
pub(super) fn push_allowed(text: &str, out: &mut String) {
    let plain = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..=0xee | 0xf0..);
    match text.as_bytes().iter().all(plain) {
        true => out.push_str(text),
        false => out.extend(text.chars().filter(|c| allowed(*c))),
    }
}

/// Text for inside an element or a quoted attribute, which XML allows.
pub(super) fn escape(text: &str, out: &mut String) {
    replaced(text, out, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        // A reader would make it a line feed.
        b'\r' => Some("&#13;"),
        _ => None,
    });
}

/// Text with other words for some of its bytes of ASCII.
pub(super) fn replaced(text: &str, out: &mut String, other: impl Fn(u8) -> Option<&'static str>) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(other) = other(byte) {
            out.push_str(&text[from..at]);
            out.push_str(other);
            from = at + 1;
        }
    }
    out.push_str(&text[from..]);
}

const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The entities of HTML 4, by name.
#[rustfmt::skip]
const NAMED: &[(&str, u32)] = &[
    ("AElig", 198), ("Aacute", 193), ("Acirc", 194), ("Agrave", 192), ("Alpha", 913), ("Aring", 197),
    ("Atilde", 195), ("Auml", 196), ("Beta", 914), ("Ccedil", 199), ("Chi", 935), ("Dagger", 8225),
    ("Delta", 916), ("ETH", 208), ("Eacute", 201), ("Ecirc", 202), ("Egrave", 200), ("Epsilon", 917),
    ("Eta", 919), ("Euml", 203), ("Gamma", 915), ("Iacute", 205), ("Icirc", 206), ("Igrave", 204),
    ("Iota", 921), ("Iuml", 207), ("Kappa", 922), ("Lambda", 923), ("Mu", 924), ("Ntilde", 209), ("Nu", 925),
    ("OElig", 338), ("Oacute", 211), ("Ocirc", 212), ("Ograve", 210), ("Omega", 937), ("Omicron", 927),
    ("Oslash", 216), ("Otilde", 213), ("Ouml", 214), ("Phi", 934), ("Pi", 928), ("Prime", 8243), ("Psi", 936),
    ("Rho", 929), ("Scaron", 352), ("Sigma", 931), ("THORN", 222), ("Tau", 932), ("Theta", 920),
    ("Uacute", 218), ("Ucirc", 219), ("Ugrave", 217), ("Upsilon", 933), ("Uuml", 220), ("Xi", 926),
    ("Yacute", 221), ("Yuml", 376), ("Zeta", 918), ("aacute", 225), ("acirc", 226), ("acute", 180),
    ("aelig", 230), ("agrave", 224), ("alefsym", 8501), ("alpha", 945), ("amp", 38), ("and", 8743),
    ("ang", 8736), ("aring", 229), ("asymp", 8776), ("atilde", 227), ("auml", 228), ("bdquo", 8222),
    ("beta", 946), ("brvbar", 166), ("bull", 8226), ("cap", 8745), ("ccedil", 231), ("cedil", 184),
    ("cent", 162), ("chi", 967), ("circ", 710), ("clubs", 9827), ("cong", 8773), ("copy", 169),
    ("crarr", 8629), ("cup", 8746), ("curren", 164), ("dArr", 8659), ("dagger", 8224), ("darr", 8595),
    ("deg", 176), ("delta", 948), ("diams", 9830), ("divide", 247), ("eacute", 233), ("ecirc", 234),
    ("egrave", 232), ("empty", 8709), ("emsp", 8195), ("ensp", 8194), ("epsilon", 949), ("equiv", 8801),
    ("eta", 951), ("eth", 240), ("euml", 235), ("euro", 8364), ("exist", 8707), ("fnof", 402),
    ("forall", 8704), ("frac12", 189), ("frac14", 188), ("frac34", 190), ("frasl", 8260), ("gamma", 947),
    ("ge", 8805), ("gt", 62), ("hArr", 8660), ("harr", 8596), ("hearts", 9829), ("hellip", 8230),
    ("iacute", 237), ("icirc", 238), ("iexcl", 161), ("igrave", 236), ("image", 8465), ("infin", 8734),
    ("int", 8747), ("iota", 953), ("iquest", 191), ("isin", 8712), ("iuml", 239), ("kappa", 954),
    ("lArr", 8656), ("lambda", 955), ("lang", 9001), ("laquo", 171), ("larr", 8592), ("lceil", 8968),
    ("ldquo", 8220), ("le", 8804), ("lfloor", 8970), ("lowast", 8727), ("loz", 9674), ("lrm", 8206),
    ("lsaquo", 8249), ("lsquo", 8216), ("lt", 60), ("macr", 175), ("mdash", 8212), ("micro", 181),
    ("middot", 183), ("minus", 8722), ("mu", 956), ("nabla", 8711), ("nbsp", 160), ("ndash", 8211),
    ("ne", 8800), ("ni", 8715), ("not", 172), ("notin", 8713), ("nsub", 8836), ("ntilde", 241), ("nu", 957),
    ("oacute", 243), ("ocirc", 244), ("oelig", 339), ("ograve", 242), ("oline", 8254), ("omega", 969),
    ("omicron", 959), ("oplus", 8853), ("or", 8744), ("ordf", 170), ("ordm", 186), ("oslash", 248),
    ("otilde", 245), ("otimes", 8855), ("ouml", 246), ("para", 182), ("part", 8706), ("permil", 8240),
    ("perp", 8869), ("phi", 966), ("pi", 960), ("piv", 982), ("plusmn", 177), ("pound", 163), ("prime", 8242),
    ("prod", 8719), ("prop", 8733), ("psi", 968), ("quot", 34), ("rArr", 8658), ("radic", 8730),
    ("rang", 9002), ("raquo", 187), ("rarr", 8594), ("rceil", 8969), ("rdquo", 8221), ("real", 8476),
    ("reg", 174), ("rfloor", 8971), ("rho", 961), ("rlm", 8207), ("rsaquo", 8250), ("rsquo", 8217),
    ("sbquo", 8218), ("scaron", 353), ("sdot", 8901), ("sect", 167), ("shy", 173), ("sigma", 963),
    ("sigmaf", 962), ("sim", 8764), ("spades", 9824), ("sub", 8834), ("sube", 8838), ("sum", 8721),
    ("sup", 8835), ("sup1", 185), ("sup2", 178), ("sup3", 179), ("supe", 8839), ("szlig", 223), ("tau", 964),
    ("there4", 8756), ("theta", 952), ("thetasym", 977), ("thinsp", 8201), ("thorn", 254), ("tilde", 732),
    ("times", 215), ("trade", 8482), ("uArr", 8657), ("uacute", 250), ("uarr", 8593), ("ucirc", 251),
    ("ugrave", 249), ("uml", 168), ("upsih", 978), ("upsilon", 965), ("uuml", 252), ("weierp", 8472),
    ("xi", 958), ("yacute", 253), ("yen", 165), ("yuml", 255), ("zeta", 950), ("zwj", 8205), ("zwnj", 8204),];
