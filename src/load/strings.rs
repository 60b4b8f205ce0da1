//! Interface words: `layouts/strings/<language>.yaml`, one flat mapping a language. What a language
//! lacks it takes from English, so that a new key never breaks a translation.

use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{Document, Source, Value};
use crate::model::Strings;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The language that is complete.
const COMPLETE: &str = "en";

/// The layouts of one place: the binary's, the repository's, a site's.
pub type Shelf = BTreeMap<String, Arc<Source>>;

/// The words of every language by its tag; a later shelf has the last word on a key.
pub fn read(shelves: &[&Shelf], diags: &mut Diagnostics) -> BTreeMap<String, Strings> {
    let mut languages: BTreeMap<String, Strings> = BTreeMap::new();
    for (name, source) in shelves.iter().flat_map(|shelf| shelf.iter()) {
        let tag = name
            .strip_prefix("strings/")
            .and_then(|name| name.strip_suffix(".yaml"));
        if let Some(tag) = tag {
            let words = languages.entry(tag.to_owned()).or_default();
            words.map.extend(one(source, diags).map);
        }
    }
    let complete = languages.get(COMPLETE).cloned().unwrap_or_default();
    for words in languages.values_mut() {
        for (key, value) in &complete.map {
            words
                .map
                .entry(key.clone())
                .or_insert_with(|| value.clone());
        }
    }
    languages
}

fn one(source: &Arc<Source>, diags: &mut Diagnostics) -> Strings {
    let mut words = Strings::default();
    let Some(document) = Document::read_yaml(source.clone(), diags) else {
        return words;
    };
    let Value::Map(entries) = document.front.value else {
        return words;
    };
    for entry in entries {
        match entry.node.value {
            Value::Text(text) => {
                words.map.insert(entry.key, text);
            }
            _ => diags.push(
                Diagnostic::error("wrong-shape", format!("`{}` takes words", entry.key))
                    .at(source.place(entry.key_at))
                    .help("write `key: \"words\"` on one line"),
            ),
        }
    }
    words
}
