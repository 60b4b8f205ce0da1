//! JSON Feed 1.0 and 1.1, and what comes near: ids that are numbers, dates as Unix numbers, raw line breaks in texts.

use super::address::Base;
use super::draft::Draft;
use super::entry::{DraftEntry, Which};
use super::text::Text;
use super::{About, Enclosure, Kind, Odd, Unreadable, What, limits};
use jiff::Timestamp;
use serde_json::{Map, Value};

/// Beyond it, a number is in milliseconds.
const MILLISECONDS: i64 = 100_000_000_000;

/// Reads what begins like JSON.
pub(super) fn draft(text: &str, about: &About) -> Result<Draft, Unreadable> {
    let (feed, cut_off) = match parse(text) {
        Some((Value::Object(feed), cut_off)) => (feed, cut_off),
        Some(_) => return Err(What::OtherJson.into()),
        None => return Err(What::BrokenJson.into()),
    };
    let version = string(&feed, &["version"]).unwrap_or_default();
    let items = match feed.get("items") {
        Some(Value::Array(items)) => items.as_slice(),
        _ if version.contains("jsonfeed.org") => &[],
        _ => return Err(What::OtherJson.into()),
    };
    let base = Base::new(about.address);
    let home = string(&feed, &["home_page_url"]).map(|home| base.resolve(&home));
    let base = match (&home, base.known()) {
        (Some(home), false) => Base::new(home),
        _ => base,
    };
    let items: Vec<&Map<String, Value>> = items.iter().filter_map(Value::as_object).collect();
    let author = author(&feed);
    let entries = items.iter().take(limits::ENTRIES).map(|item| {
        let mut entry = entry(item, &base);
        entry.author = entry.author.or_else(|| author.clone());
        entry
    });
    Ok(Draft {
        kind: Some(Kind::Json),
        title: string(&feed, &["title"]).map(Text::words),
        language: string(&feed, &["language"]),
        entries: entries.collect(),
        left_out: items.len().saturating_sub(limits::ENTRIES),
        cut_off,
        home,
    })
}

/// The value, and whether its end is missing. Line breaks and tabs stand raw in the texts of careless programs; between
/// values a space is as good.
fn parse(text: &str) -> Option<(Value, bool)> {
    let whole = scan(text);
    if whole.values <= limits::VALUES {
        if let Ok(value) = serde_json::from_str(text) {
            return Some((value, false));
        }
        if let Ok(value) = serde_json::from_str(&spaced(text)) {
            return Some((value, false));
        }
    }
    // Closed after its last item that is whole.
    let cut = format!("{}]}}", spaced(&text[..=whole.last_item?]));
    Some((serde_json::from_str(&cut).ok()?, true))
}

fn spaced(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}

/// What a text of JSON looks like from far.
#[derive(Default)]
struct Scan {
    values: usize,
    /// The end of the last item that is whole, within the limit.
    last_item: Option<usize>,
}

fn scan(text: &str) -> Scan {
    let mut scan = Scan::default();
    let mut open: Vec<u8> = Vec::new();
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b',' | b':' => scan.values += 1,
            b'{' | b'[' => {
                scan.values += 1;
                open.push(byte);
            }
            b'}' | b']' => {
                open.pop();
                if open == b"{[" && scan.values <= limits::VALUES {
                    scan.last_item = Some(at);
                }
            }
            _ => {}
        }
    }
    scan
}

/// The first of some keys that holds words or a number, as text.
fn string(map: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    let text = keys.iter().find_map(|key| match map.get(*key)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    text.map(|text| {
        text.chars()
            .filter(|c| super::entities::allowed(*c))
            .collect()
    })
}

fn entry(item: &Map<String, Value>, base: &Base) -> DraftEntry {
    let mut entry = DraftEntry {
        base: base.clone(),
        title: string(item, &["title"]).map(Text::words),
        author: author(item),
        ..DraftEntry::default()
    };
    let address = |map: &Map<String, Value>, keys: &[&str]| {
        let address = string(map, keys);
        address.map(|address| base.resolve(&address))
    };
    entry.id(&string(item, &["id"]).unwrap_or_default());
    entry.link(address(item, &["url", "external_url"]).unwrap_or_default());
    for (key, which) in [
        ("date_published", Which::Published),
        ("date_modified", Which::Updated),
    ] {
        match item.get(key) {
            Some(Value::Number(number)) => match unix(number) {
                Some(date) => entry.date(which, &date.to_string()),
                None => entry.odd(Odd::UnreadableDate),
            },
            Some(Value::String(text)) => entry.date(which, text),
            _ => {}
        }
    }
    let html = string(item, &["content_html"]).map(|value| Text {
        html: true,
        ..Text::words(value)
    });
    entry.content = html.or_else(|| string(item, &["content_text"]).map(Text::words));
    entry.summary = string(item, &["summary"]).map(Text::words);
    entry.content_is_summary = entry.summary.is_none();
    for tag in list(item, "tags").filter_map(Value::as_str) {
        entry.tag(tag);
    }
    for key in ["image", "banner_image"] {
        entry.image(address(item, &[key]).unwrap_or_default());
    }
    for attachment in list(item, "attachments").filter_map(Value::as_object) {
        entry.enclosure(Enclosure {
            address: address(attachment, &["url"]).unwrap_or_default(),
            media_type: string(attachment, &["mime_type"]),
            length: attachment.get("size_in_bytes").and_then(Value::as_u64),
        });
    }
    entry.done()
}

fn list<'a>(map: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a Value> {
    let list = map.get(key).and_then(Value::as_array);
    list.into_iter().flatten().take(limits::EACH)
}

fn author(map: &Map<String, Value>) -> Option<String> {
    let authors = list(map, "authors").chain(map.get("author"));
    authors
        .filter_map(|author| match author {
            Value::Object(author) => string(author, &["name", "url"]),
            Value::String(name) => Some(name.trim().to_owned()),
            _ => None,
        })
        .find(|name| !name.is_empty())
}

fn unix(number: &serde_json::Number) -> Option<Timestamp> {
    let whole = number
        .as_i64()
        .or_else(|| number.as_f64().filter(|n| n.abs() < 1e15).map(|n| n as i64))?;
    match whole.abs() >= MILLISECONDS {
        true => Timestamp::from_millisecond(whole).ok(),
        false => Timestamp::from_second(whole).ok(),
    }
}
