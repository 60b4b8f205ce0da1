//! The bytes, and the values that readers with and without namespaces take from them.

use crate::{Read, every_feed};
use quick_xml::events::Event;
use std::collections::BTreeMap;

fn well_formed(feed: &Read) {
    let text = feed.text;
    assert!(
        text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss "),
        "{}",
        feed.path
    );
    assert!(
        text.ends_with("</rss>\n") && !text.contains("<!DOCTYPE"),
        "{}",
        feed.path
    );
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..);
    let bad = text.chars().find(|c| !allowed(*c) || *c == '\u{FEFF}');
    assert_eq!(bad, None, "{}", feed.path);
    for after in text.split('&').skip(1) {
        let name = after.split(';').next().unwrap_or_default();
        let known = ["amp", "lt", "gt", "quot", "apos"].contains(&name);
        let number = name.strip_prefix('#').is_some_and(|n| n.len() < 8);
        assert!(known || number, "&{name}; in {}", feed.path);
    }
}

/// The fields of an element, by local name.
type Fields = BTreeMap<String, String>;

/// What a reader takes who knows no namespaces: by local name, and the last one wins.
fn blind(text: &str) -> (Fields, Vec<Fields>) {
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut head, mut items) = (Fields::new(), Vec::<Fields>::new());
    let mut stack: Vec<String> = Vec::new();
    let mut said = String::new();
    loop {
        let mut ended = false;
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) => {
                stack.push(local(tag.name()));
                said.clear();
                if stack.len() == 3 && stack[2] == "item" {
                    items.push(Fields::new());
                }
            }
            Event::Empty(tag) => {
                stack.push(local(tag.name()));
                said.clear();
                ended = true;
            }
            Event::Text(words) => said.push_str(&words.decode().expect("UTF-8")),
            Event::GeneralRef(name) => {
                let entity = format!("&{};", name.decode().expect("UTF-8"));
                said.push_str(&quick_xml::escape::unescape(&entity).expect("a known entity"));
            }
            Event::End(_) => ended = true,
            Event::Eof => break,
            _ => {}
        }
        if ended {
            let name = stack.last().cloned().unwrap_or_default();
            match stack.len() {
                3 if name != "item" => drop(head.insert(name, said.clone())),
                4 => drop(
                    items
                        .last_mut()
                        .expect("an item")
                        .insert(name, said.clone()),
                ),
                _ => {}
            }
            stack.pop();
        }
    }
    (head, items)
}

fn local(name: quick_xml::name::QName) -> String {
    String::from_utf8_lossy(name.local_name().as_ref()).into_owned()
}

/// R16, R17, R18 and R20: the bytes, and the same values for readers with and without namespaces.
pub fn shape(feed: &Read) {
    well_formed(feed);
    let (head, items) = blind(feed.text);
    let (path, channel) = (feed.path, &feed.channel);
    let whole = [&*channel.title, &*channel.link, &*channel.description].map(Some);
    assert_eq!(
        ["title", "link", "description"].map(|key| head.get(key).map(|v| &**v)),
        whole
    );
    assert_eq!(items.len(), channel.items.len(), "{path}");
    for (item, blind) in channel.items.iter().zip(&items) {
        let value = |key: &str| blind.get(key).map(String::as_str);
        assert_eq!(value("title"), item.title(), "{path}");
        assert_eq!(value("link"), item.link(), "{path}");
        assert_eq!(value("guid"), item.guid().map(rss::Guid::value), "{path}");
        assert_eq!(value("pubDate"), item.pub_date(), "{path}");
        assert_eq!(value("description"), item.description(), "{path}");
        let category = item.categories().first().map(rss::Category::name);
        assert_eq!(
            (item.categories().len(), value("category")),
            (1, category),
            "{path}"
        );
        assert_eq!(
            (value("author"), value("comments"), value("source")),
            (None, None, None)
        );
        // Full text stands in another file, where R20 begins to matter.
        assert_eq!((item.content(), value("encoded")), (None, None), "{path}");
    }
    for item in feed.items() {
        let place = |name: &str| item.find(&format!("<{name}")).unwrap_or(usize::MAX);
        let order = [
            "title",
            "link",
            "guid",
            "pubDate",
            "atom:updated",
            "category",
            "description",
        ];
        assert!(order.map(place).is_sorted(), "{path}: {item}");
    }
}

#[test]
fn r16_r17_r18_r20_readers_with_and_without_namespaces_agree() {
    every_feed(|feed, _| shape(feed));
}
