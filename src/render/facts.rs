//! Facts in words: keys become labels, and a value that is one of a few becomes a phrase.

use super::context::{FactLine, FactPart};
use super::shape::Shape;
use crate::document::{Node, Value};
use crate::model::Fact;

/// Beyond this many characters the members of a list stand below each other.
const LONG: usize = 30;

impl FactLine {
    /// A line without parts.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            parts: Vec::new(),
        }
    }
}

impl Shape<'_> {
    /// Facts under the words of the site's language.
    pub fn facts(&self, facts: &[Fact]) -> Vec<FactLine> {
        facts.iter().map(|fact| self.fact(fact)).collect()
    }

    fn fact(&self, fact: &Fact) -> FactLine {
        let parts = self.parts(fact);
        FactLine {
            label: self.label(fact.key, None),
            value: match parts.is_empty() {
                true => self.words(fact.key, &fact.value),
                false => String::new(),
            },
            parts,
        }
    }

    /// The parts of a value: its keys, or the sentences of a list.
    fn parts(&self, fact: &Fact) -> Vec<FactPart> {
        match &fact.value.value {
            Value::Map(entries) => entries
                .iter()
                .map(|entry| FactPart {
                    label: Some(self.label(&entry.key, Some(fact.key))).filter(|l| !l.is_empty()),
                    value: self.words(&entry.key, &entry.node),
                })
                .collect(),
            Value::List(list) if list.iter().any(is_long) => list
                .iter()
                .map(|node| self.member(fact.key, node))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// A member of a list. Of two keys the first is the label: when, and what is to be done then.
    fn member(&self, key: &str, node: &Node) -> FactPart {
        match &node.value {
            Value::Map(entries) if entries.len() == 2 => FactPart {
                label: Some(self.words(&entries[0].key, &entries[0].node)),
                value: self.words(&entries[1].key, &entries[1].node),
            },
            _ => FactPart {
                label: None,
                value: self.words(key, node),
            },
        }
    }

    /// The label of a key: its own below another key, else its own, else the key as it is.
    fn label(&self, key: &str, below: Option<&str>) -> String {
        let own = below.map(|above| format!("fact_{above}_{key}"));
        let words = &self.site.words.map;
        let known = own
            .and_then(|own| words.get(&own))
            .or_else(|| words.get(&format!("fact_{key}")));
        known
            .cloned()
            .unwrap_or_else(|| capital(&key.replace(['_', '-'], " ")))
    }

    /// A value in one line.
    fn words(&self, key: &str, node: &Node) -> String {
        match &node.value {
            Value::Empty => String::new(),
            Value::Text(text) => self.phrase(key, text.trim()),
            Value::List(list) if key == "size" && list.len() == 2 => {
                let [from, to] = [&list[0], &list[1]].map(|node| self.words(key, node));
                let words = &self.site.words;
                words.say("from_to", &[("from", &from), ("to", &to)])
            }
            Value::List(list) => {
                let words: Vec<String> = list.iter().map(|node| self.words(key, node)).collect();
                words.join(if list.iter().any(is_long) { "; " } else { ", " })
            }
            Value::Map(entries) => {
                let words = entries.iter().map(|entry| {
                    let label = self.label(&entry.key, Some(key));
                    format!("{label}: {}", self.words(&entry.key, &entry.node))
                });
                words.collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// One scalar: the phrase the language has for it, a role or a distance in words, else itself.
    fn phrase(&self, key: &str, text: &str) -> String {
        let words = &self.site.words;
        let own = words.map.get(&format!("value_{key}_{text}"));
        if let Some(phrase) = own.or_else(|| words.map.get(&format!("value_{text}"))) {
            return phrase.clone();
        }
        if let Some(role) = text.strip_prefix("role:") {
            return capital(&role.replace('-', " "));
        }
        let length = || match key {
            "effort" => self.length("effort_", text.strip_suffix("/week")?),
            "length" => self.length("length_", text),
            _ => self.distance(key, text),
        };
        match length() {
            Some(length) => length,
            None if key == "tags" || key == "topics" => text.replace('-', " "),
            None => text.to_owned(),
        }
    }

    /// `2 hours` for `2h`, in the words that begin so.
    fn length(&self, words: &str, text: &str) -> Option<String> {
        let (n, unit) = text.split_at(text.find(|c: char| c.is_ascii_lowercase())?);
        let amount: u32 = n.parse().ok()?;
        let one = if amount == 1 { "1" } else { "" };
        let word = format!("{words}{one}{unit}");
        let known = &self.site.words;
        let found = known.map.contains_key(&word);
        found.then(|| known.say(&word, &[("n", n)]))
    }

    /// `10 working days before` for `-10wd`; without a sign only where nothing but a distance stands.
    fn distance(&self, key: &str, text: &str) -> Option<String> {
        let (amount, unit) = text.split_at(text.find(|c: char| c.is_ascii_lowercase())?);
        let amount: i32 = amount.parse().ok()?;
        let side = match amount {
            ..0 => "before",
            _ if key == "offset" => "after",
            _ if key.ends_with("_within") => "within",
            _ => return None,
        };
        let word = match amount.unsigned_abs() {
            0 => "offset_0".to_owned(),
            1 => format!("offset_1{unit}_{side}"),
            _ => format!("offset_{unit}_{side}"),
        };
        let words = &self.site.words;
        let n = amount.unsigned_abs().to_string();
        words
            .map
            .contains_key(&word)
            .then(|| words.say(&word, &[("n", &n)]))
    }
}

fn is_long(node: &Node) -> bool {
    match &node.value {
        Value::Text(text) => text.chars().count() > LONG,
        Value::Map(_) | Value::List(_) => true,
        Value::Empty => false,
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
