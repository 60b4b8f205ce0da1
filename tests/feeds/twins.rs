//! `atom.xml` and `feed.json` say what `feed.xml` says, read by others' programs.

use crate::common::Built;
use crate::{BUILDS, Read, at_demonstration, every_feed, feeds};
use atom_syndication::{Feed as Atom, Text, TextType};
use serde_json::Value;

/// The languages of whose words an item is said to be, and what it says: id, link, title, summary, both instants,
/// the run.
type Said = [String; 7];

fn beside<'b>(built: &'b Built, feed: &Read, file: &str) -> &'b str {
    built.text(&feed.path.replace("feed.xml", file))
}

fn atom(built: &Built, feed: &Read) -> Atom {
    Atom::read_from(beside(built, feed, "atom.xml").as_bytes()).expect(feed.path)
}

fn json(built: &Built, feed: &Read) -> Value {
    serde_json::from_str(beside(built, feed, "feed.json")).expect(feed.path)
}

/// A feed with its twins, at every moment.
fn every_twin(check: impl Fn(&Read, &Built)) {
    for (_, built) in BUILDS.iter() {
        feeds(built).iter().for_each(|feed| check(feed, built));
    }
}

fn in_rss(feed: &Read) -> Vec<Said> {
    let items = feed.channel.items.iter().zip(feed.items());
    let items = items.map(|(item, written)| {
        let text = |value: Option<&str>| value.expect(feed.path).to_owned();
        let published = jiff::fmt::rfc2822::parse(item.pub_date().expect("a date"));
        let updated = written.split("<atom:updated>").nth(1);
        let updated = updated.and_then(|text| text.split('<').next());
        [
            text(item.guid().map(rss::Guid::value)),
            text(item.link()),
            text(item.title()),
            text(item.description()),
            published.expect("RFC 2822").timestamp().to_string(),
            text(updated),
            item.categories()[0].name.clone(),
        ]
    });
    items.collect()
}

fn in_atom(atom: &Atom) -> Vec<Said> {
    let instant = |at: &atom_syndication::FixedDateTime| {
        let at: jiff::Timestamp = at.to_rfc3339().parse().expect("RFC 3339");
        at.to_string()
    };
    let entries = atom.entries.iter().map(|entry| {
        [
            entry.id.clone(),
            entry.links[0].href.clone(),
            entry.title.value.clone(),
            entry.summary.as_ref().expect("a summary").value.clone(),
            instant(entry.published.as_ref().expect("an instant")),
            instant(&entry.updated),
            entry.categories[0].term.clone(),
        ]
    });
    entries.collect()
}

fn in_json(json: &Value) -> Vec<Said> {
    let items = json["items"].as_array().expect("a list").iter();
    let keys = [
        "/id",
        "/url",
        "/title",
        "/summary",
        "/date_published",
        "/date_modified",
        "/tags/0",
    ];
    items
        .map(|item| {
            keys.map(|key| {
                let value = item.pointer(key).and_then(Value::as_str);
                value.expect(key).to_owned()
            })
        })
        .collect()
}

/// R1, R6 and R10 hold for `feed.xml`, so they hold for what says the same in the same order.
#[test]
fn r1_r6_r10_all_three_say_the_same() {
    let mut said = 0;
    every_twin(|feed, built| {
        let rss = in_rss(feed);
        let (atom, json) = (atom(built, feed), json(built, feed));
        assert_eq!(rss, in_atom(&atom), "{}", feed.path);
        assert_eq!(rss, in_json(&json), "{}", feed.path);
        let head = [
            &feed.channel.title,
            &feed.channel.link,
            &feed.channel.description,
        ];
        let subtitle = atom.subtitle.as_ref().map(|text| &text.value);
        assert_eq!(
            head.map(Some),
            [Some(&atom.title.value), Some(&atom.links[0].href), subtitle]
        );
        let of = |key: &str| json[key].as_str().expect("text");
        assert_eq!(
            head,
            ["title", "home_page_url", "description"].map(of),
            "{}",
            feed.path
        );
        for item in json["items"].as_array().expect("a list") {
            assert_eq!(item["content_text"], item["summary"]);
        }
    });
    for feed in feeds(at_demonstration()) {
        said += in_rss(&feed).len();
    }
    assert!(said > 100, "{said} items");
}

#[test]
fn r8_an_atom_feed_is_as_new_as_its_newest_entry() {
    every_twin(|feed, built| {
        let atom = atom(built, feed);
        let newest = atom.entries.iter().map(|entry| entry.updated).max();
        let seconds = newest.map_or(0, |at| at.timestamp());
        assert_eq!(atom.updated.timestamp(), seconds, "{}", feed.path);
    });
}

#[test]
fn r4_r16_the_bytes_of_the_twins() {
    every_twin(|feed, built| {
        let text = beside(built, feed, "atom.xml");
        let begins = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed ";
        assert!(text.starts_with(begins) && text.ends_with("</feed>\n"));
        assert!(!text.contains("<!") && !text.contains("+00:00<"), "{text}");
        for after in text.split('&').skip(1) {
            let name = after.split(';').next().unwrap_or_default();
            assert!(
                ["amp", "lt", "gt", "quot", "apos"].contains(&name),
                "&{name};"
            );
        }
        for tag in ["<updated>", "<published>"] {
            for part in text.split(tag).skip(1) {
                let at = part.split('<').next().expect("text");
                assert!(at.len() == 20 && at.ends_with('Z'), "{at}");
            }
        }
        let json = beside(built, feed, "feed.json");
        assert!(json.starts_with("{\n") && json.ends_with("}\n"));
        for text in [text, json] {
            let bad = |c: &char| c.is_control() && *c != '\n';
            assert_eq!(text.chars().find(bad), None);
        }
    });
}

#[test]
fn r25_each_twin_says_where_it_is() {
    every_feed(|feed, now| {
        let built = &BUILDS.iter().find(|(at, _)| *at == now).expect("built").1;
        let (site, below) = feed.site();
        let own = |file: &str| format!("{}{}", site.base, below.replace("feed.xml", file));
        let atom = atom(built, feed);
        let links: Vec<_> = atom.links.iter().map(|l| (l.rel(), l.href())).collect();
        let itself = own("atom.xml");
        assert_eq!(links[1], ("self", itself.as_str()));
        let json = json(built, feed);
        assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(json["feed_url"], own("feed.json"));
        let language = feed.channel.language();
        assert_eq!(
            (atom.lang(), json["language"].as_str()),
            (language, language)
        );
        let tag = feed.tag();
        assert!(
            atom.id.starts_with(&tag) && atom.id.ends_with("_feed"),
            "{}",
            atom.id
        );
        assert!(!feed.guids().contains(&&*atom.id));
    });
}

#[test]
fn r26_an_atom_entry_has_what_readers_look_for() {
    every_twin(|feed, built| {
        for entry in &atom(built, feed).entries {
            let link = &entry.links[0];
            let told = (link.rel(), link.mime_type(), entry.links.len());
            assert_eq!(told, ("alternate", Some("text/html"), 1));
            let plain = |text: &Text| text.r#type == TextType::Text;
            let summary = entry.summary.as_ref().expect("a summary");
            assert!(plain(summary) && plain(&entry.title));
            let content = entry.content.as_ref().expect("content");
            assert_eq!(content.content_type(), Some("html"));
            let html = content.value().expect("HTML");
            let text = html
                .strip_prefix("<p>")
                .and_then(|p| p.strip_suffix("</p>"));
            let text = text.map(|text| quick_xml::escape::unescape(text).expect("our own"));
            assert_eq!(text.as_deref(), Some(&*summary.value));
            assert!(!entry.authors[0].name.is_empty());
            assert_eq!(summary.lang, entry.title.lang);
        }
    });
}

/// An item in another language than its feed's says so in all three.
#[test]
fn an_item_in_another_language_says_so_everywhere() {
    let mut others = 0;
    let built = at_demonstration();
    for feed in feeds(built) {
        let rss = feed.text.split("<item").skip(1).map(|item| {
            let tag = item.strip_prefix(" xml:lang=\"")?;
            Some(tag.split('"').next()?.to_owned())
        });
        let rss: Vec<_> = rss.collect();
        let (atom, json) = (atom(built, &feed), json(built, &feed));
        let in_atom: Vec<_> = atom.entries.iter().map(|e| e.title.lang.clone()).collect();
        let items = json["items"].as_array().expect("a list").iter();
        let in_json: Vec<_> = items
            .map(|item| item["language"].as_str().map(str::to_owned))
            .collect();
        assert_eq!((&rss, &rss), (&in_atom, &in_json), "{}", feed.path);
        others += rss.iter().flatten().count();
    }
    assert!(others > 0);
}

#[test]
fn r34_every_page_with_a_feed_names_all_three() {
    let built = at_demonstration();
    let mut pages = 0;
    for (path, _) in built.tree("public") {
        if !path.ends_with("index.html") {
            continue;
        }
        let html = built.text(path);
        let count = |kind: &str| {
            html.matches(&format!("rel=\"alternate\" type=\"{kind}\""))
                .count()
        };
        let full = html.matches("full.xml\">").count();
        // The one for readers is named beside it, in the head and at the foot of the page.
        let all = count("application/rss+xml");
        let rss = all - html.matches("RSS)\" href=").count();
        assert_eq!(full, 2 * (all - rss), "{path}");
        assert_eq!(rss, count("application/atom+xml"), "{path}");
        assert_eq!(rss, count("application/feed+json"), "{path}");
        pages += usize::from(rss > 0);
    }
    assert!(pages > 100, "{pages} pages");
}
