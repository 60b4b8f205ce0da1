//! YAML text to [`Node`]s. The only file that names serde_yaml.
//!
//! Values are read untyped with their place, and a scalar that YAML 1.1 would turn into a boolean or
//! a number is taken back to what the author wrote, so that no later room has to undo a guess.

use super::{Entry, Node, Value};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Location, Spanned};
use std::fmt;
use std::ops::Range;

/// What is wrong with a YAML text: where (bytes of the file), what, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    /// Byte range in the file.
    pub at: Range<usize>,
    /// One sentence without a full stop.
    pub message: String,
    /// The way out.
    pub help: String,
}

/// Nodes and aliases that one text may unfold to: enough for any site, too few for a bomb.
const MAX_NODES: usize = 50_000;
const MAX_ALIASES: usize = 100;
/// Lists and mappings inside each other: four times what anybody writes, and each level costs stack.
const MAX_DEPTH: usize = 24;

/// Reads a YAML text; `offset` is where it begins in its file, and all places count from there.
pub fn parse(text: &str, offset: usize) -> Result<Node, Problem> {
    let options = serde_yaml::options! {
        non_finite_float_policy: serde_yaml::options::NonFiniteFloatPolicy::PassThrough,
        budget: serde_yaml::budget! {
            max_nodes: MAX_NODES,
            max_aliases: MAX_ALIASES,
            max_depth: MAX_DEPTH,
        }
    };
    let raw: Raw = serde_yaml::from_str_with_options(text, options)
        .map_err(|error| problem(&error, text, offset))?;
    Ok(raw.resolve(text, offset))
}

/// A value as the reader hands it over, before guessed scalars are taken back to their text.
struct Raw {
    referenced: Location,
    defined: Location,
    value: RawValue,
}

enum RawValue {
    Empty,
    Text(String),
    /// A boolean or number: its text is what stands at its place.
    Guessed,
    List(Vec<Raw>),
    Map(Vec<(Spanned<String>, Raw)>),
}

impl Raw {
    fn resolve(self, text: &str, offset: usize) -> Node {
        let at = range(&self.referenced, text);
        let value = match self.value {
            RawValue::Empty => Value::Empty,
            RawValue::Text(text) => Value::Text(text),
            RawValue::Guessed => Value::Text(text[range(&self.defined, text)].trim().to_owned()),
            RawValue::List(list) => {
                Value::List(list.into_iter().map(|n| n.resolve(text, offset)).collect())
            }
            RawValue::Map(map) => Value::Map(
                map.into_iter()
                    .map(|(key, node)| {
                        let key_at = range(&key.referenced, text);
                        Entry {
                            key: key.value,
                            key_at: key_at.start + offset..key_at.end + offset,
                            node: node.resolve(text, offset),
                            from: None,
                        }
                    })
                    .collect(),
            ),
        };
        Node {
            at: at.start + offset..at.end + offset,
            value,
        }
    }
}

/// Byte range of a place. Scanner errors carry lines and characters only, so those are counted off.
fn range(location: &Location, text: &str) -> Range<usize> {
    let span = location.span();
    if let (Some(start), Some(len)) = (span.byte_offset(), span.byte_len()) {
        let (start, end) = (start as usize, (start + len) as usize);
        if text.get(start..end).is_some() {
            return start..end;
        }
    }
    let line_start: usize = text
        .split_inclusive('\n')
        .take((location.line() as usize).saturating_sub(1))
        .map(str::len)
        .sum();
    let start = text[line_start..]
        .char_indices()
        .nth((location.column() as usize).saturating_sub(1))
        .map_or(text.len(), |(at, _)| line_start + at);
    let width = text[start..].chars().next().map_or(0, char::len_utf8);
    start..start + width
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<RawValue>::deserialize(deserializer)?;
        Ok(Raw {
            referenced: spanned.referenced,
            defined: spanned.defined,
            value: spanned.value,
        })
    }
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = RawValue;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Empty)
    }

    fn visit_none<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Empty)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawValue, D::Error> {
        RawValue::deserialize(deserializer)
    }

    fn visit_bool<E>(self, _: bool) -> Result<RawValue, E> {
        Ok(RawValue::Guessed)
    }

    fn visit_i64<E>(self, _: i64) -> Result<RawValue, E> {
        Ok(RawValue::Guessed)
    }

    fn visit_u64<E>(self, _: u64) -> Result<RawValue, E> {
        Ok(RawValue::Guessed)
    }

    fn visit_i128<E>(self, _: i128) -> Result<RawValue, E> {
        Ok(RawValue::Guessed)
    }

    fn visit_u128<E>(self, _: u128) -> Result<RawValue, E> {
        Ok(RawValue::Guessed)
    }

    fn visit_f64<E>(self, _: f64) -> Result<RawValue, E> {
        Ok(RawValue::Guessed)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<RawValue, E> {
        Ok(RawValue::Text(text.to_owned()))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<RawValue, E> {
        Ok(RawValue::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<RawValue, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = seq.next_element()? {
            list.push(node);
        }
        Ok(RawValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawValue, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<Spanned<String>>()? {
            entries.push((key, map.next_value()?));
        }
        Ok(RawValue::Map(entries))
    }
}

/// The reader's error in our words, with the help that fits what authors really trip over.
fn problem(error: &serde_yaml::Error, text: &str, offset: usize) -> Problem {
    let at = error
        .location()
        .map_or(0..0, |location| range(&location, text));
    let told = error.without_snippet().to_string();
    let told = told.split(" at line ").next().unwrap_or(&told);
    let line_start = text[..at.start].rfind('\n').map_or(0, |n| n + 1);
    let line = text[line_start..].lines().next().unwrap_or("");
    let (message, help) = explain(told, line);
    Problem {
        at: at.start + offset..at.end + offset,
        message,
        help,
    }
}

fn explain(told: &str, line: &str) -> (String, String) {
    let say = |message: &str, help: &str| (message.to_owned(), help.to_owned());
    if let Some(key) = told.strip_prefix("duplicate mapping key: ") {
        let key = key.split(',').next().unwrap_or(key);
        return (
            format!("the key `{key}` stands here a second time"),
            "keep one of the two".to_owned(),
        );
    }
    if told.contains("unknown anchor") {
        return say(
            "`*` at the beginning of a value refers to something marked `&`, and nothing here is",
            "put the value in quotes: `title: \"*bold*\"`",
        );
    }
    if told.contains("recursion") || told.contains("Depth") {
        return say(
            "lists or keys lie inside each other more deeply here than anybody writes",
            "close the brackets that are open, or use less indentation",
        );
    }
    if told.contains("budget") || told.contains("alias") {
        return say(
            "these keys unfold to far more than anybody writes",
            "write the values out instead of repeating them with `&` and `*`",
        );
    }
    if told.contains("mapping values are not allowed") {
        return say(
            "a second colon stands in this line, so YAML cannot tell the key from the value",
            "put the value in quotes: `title: \"Tools: a list\"`; or mend the indentation",
        );
    }
    if told.contains("unexpected character") {
        return say(
            "a value cannot begin with this character",
            "put the value in quotes",
        );
    }
    if told.contains("!!") {
        return say(
            "an exclamation mark at the beginning of a value makes it something else in YAML",
            "put the value in quotes: `title: \"!important\"`",
        );
    }
    if told.contains("block sequence entries") {
        return say(
            "a list with hyphens cannot begin behind a key",
            "give each item a line of its own below the key, or write `tags: [one, two]`",
        );
    }
    if told.contains("expected ':'") {
        return say(
            "this line has no colon, so YAML cannot tell the key from the value",
            "write `key: value`, or indent the line if it goes on with the one above",
        );
    }
    if told.contains("quote") {
        return say(
            "this quotation mark is never closed",
            "close it on the same line, or remove it",
        );
    }
    if told.contains("tab") || line.starts_with('\t') {
        return say(
            "a tab stands here, YAML is indented with spaces",
            "replace the tab by spaces",
        );
    }
    if told.contains("multiple YAML documents") {
        return say(
            "a second `---` begins another document here",
            "keep one set of keys",
        );
    }
    if told.contains("expected string scalar") {
        return say("a key must be a plain word", "write `key: value`");
    }
    (
        format!("this is not YAML: {told}"),
        "look at the line and the one above: indentation, brackets and quotes".to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(text: &str) -> String {
        match parse(text, 0) {
            Ok(node) => node.flat(),
            Err(p) => format!("{}..{} {}", p.at.start, p.at.end, p.message),
        }
    }

    #[test]
    fn what_yaml_would_twist_arrives_as_written() {
        for (text, expected) in [
            ("draft: no", "draft: no"),
            ("at: 12:30", "at: 12:30"),
            ("version: 1.10", "version: 1.10"),
            ("tags:", "tags: "),
            ("starts: 2026-03-02", "starts: 2026-03-02"),
            ("order: 010", "order: 010"),
            ("n: 1e3", "n: 1e3"),
            ("a: &x no\nb: *x", "a: no; b: no"),
            ("a: [yes, 'no', ~]", "a: yes, no, "),
            ("no: 1", "no: 1"),
            ("a: >-\n  folded\n  text", "a: folded text"),
        ] {
            assert_eq!(flat(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_has_a_place() {
        for (text, expected) in [
            ("a: 1\na: 2", "5..6 the key `a` stands here a second time"),
            (
                "title: Tools: a list",
                "12..13 a second colon stands in this line, so YAML cannot tell the key from the value",
            ),
            ("a: @b", "3..4 a value cannot begin with this character"),
            ("é: \"b", "4..5 this quotation mark is never closed"),
        ] {
            assert_eq!(flat(text), expected, "{text}");
        }
    }

    #[test]
    fn a_bomb_is_refused() {
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for i in 1..9 {
            let inner = vec![format!("*a{}", i - 1); 9].join(",");
            bomb.push_str(&format!("a{i}: &a{i} [{inner}]\n"));
        }
        assert!(
            flat(&bomb).contains("unfold to far more"),
            "{}",
            flat(&bomb)
        );
        assert!(flat(&"[".repeat(20_000)).contains("inside each other"));
    }
}
