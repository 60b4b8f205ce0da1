//! `look`, as curators and scripts meet it.

use super::{NOW, golden, run, write};
use std::path::Path;
use tempfile::TempDir;

const GOOD: &str = "<rss version=\"2.0\"><channel><title>Ferry &amp; harbour notes</title>
<item><title>Ropes &amp; knots</title><link>https://ferry.example/ropes</link><guid isPermaLink=\"false\">ropes-1</guid>
<pubDate>Sun, 01 Mar 2026 09:30:00 +0000</pubDate><description>&lt;p&gt;How we coil &amp;amp; stow them.&lt;/p&gt;</description></item>
<item><title>Tides</title><link>/tides</link><pubDate>1 April 2031</pubDate>
<content:encoded>&lt;p onclick='x()'&gt;When to &lt;a href='/go'&gt;leave&lt;/a&gt;.&lt;/p&gt;</content:encoded></item>
<item><pubDate>soon</pubDate></item></channel></rss>";

const PAGE: &str = "<!doctype html><title>Ferry</title>
<link rel=alternate type=application/rss+xml href=https://ferry.example/feed.xml>";

fn shelf() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, text) in [("good.xml", GOOD), ("page.html", PAGE), ("empty.xml", "")] {
        write(dir.path(), name, text.as_bytes());
    }
    dir
}

fn look(dir: &Path, args: &[&str]) -> super::Ran {
    let args: Vec<&str> = ["look", "--now", NOW]
        .into_iter()
        .chain(args.iter().copied())
        .collect();
    run(dir, &args)
}

#[test]
fn a_curator_sees_what_is_read_and_what_is_odd() {
    let dir = shelf();
    let ran = look(dir.path(), &["good.xml"]).ends(0);
    assert_eq!(ran.err, "");
    golden("look.out", &ran.out);
}

#[test]
fn what_cannot_be_read_is_told_and_the_others_are_shown() {
    let dir = shelf();
    let ran = look(
        dir.path(),
        &["nowhere.xml", "page.html", "good.xml", "empty.xml"],
    )
    .ends(1);
    assert!(
        ran.out.starts_with("good.xml: Ferry & harbour notes\n"),
        "{}",
        ran.out
    );
    assert_eq!(
        ran.err,
        "nowhere.xml: there is no such file\n\
         page.html: it is a page for people, not a feed; it names https://ferry.example/feed.xml\n\
         empty.xml: there is nothing in it\n"
    );
    look(dir.path(), &["."])
        .ends(1)
        .says(".: it cannot be read");
    run(dir.path(), &["look"]).ends(2).says("<FEED>...");
}

#[test]
fn tools_get_the_entries_in_the_order_that_was_asked() {
    let dir = shelf();
    let ran = look(
        dir.path(),
        &["--format", "json", "page.html", "good.xml", "nowhere.xml"],
    )
    .ends(1);
    assert_eq!(ran.err, "");
    let asked = ["page.html", "good.xml", "nowhere.xml"];
    let mut places = asked.map(|name| ran.out.find(&format!("\"{name}\":")).expect("its row"));
    assert!(places.is_sorted(), "{}", ran.out);
    places.sort_unstable();
    let told: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let expected = serde_json::json!({
        "page.html": {"error": "it is a page for people, not a feed; it names https://ferry.example/feed.xml"},
        "good.xml": {"entries": [
            {
                "title": "Ropes & knots", "link": "https://ferry.example/ropes", "id": "ropes-1",
                "date": "2026-03-01T09:30:00Z", "summary": "<p>How we coil &amp; stow them.</p>", "content": null
            },
            {
                "title": "Tides", "link": "/tides", "id": null, "date": "2031-04-01T00:00:00Z",
                "summary": "<p>When to <a href=\"/go\">leave</a>.</p>", "content": "<p>When to <a href=\"/go\">leave</a>.</p>"
            },
            {"title": null, "link": null, "id": null, "date": null, "summary": null, "content": null}
        ]},
        "nowhere.xml": {"error": "there is no such file"}
    });
    assert_eq!(told, expected);
    look(dir.path(), &["--format", "json", "good.xml"]).ends(0);
}

#[test]
fn thousands_of_files_are_shown_in_order() {
    let dir = tempfile::tempdir().expect("a folder");
    let names: Vec<String> = (0..2_500).map(|n| format!("{n}.xml")).collect();
    for name in &names {
        let text = format!("<rss><channel><item><title>{name}</title></item></channel></rss>");
        write(dir.path(), name, text.as_bytes());
    }
    let mut args = vec!["--format", "json"];
    args.extend(names.iter().map(String::as_str));
    let ran = look(dir.path(), &args).ends(0);
    let mut at = 0;
    for name in &names {
        let row = format!("\"{name}\": {{\"entries\":[{{\"title\":\"{name}\"");
        let found = ran.out[at..]
            .find(&row)
            .unwrap_or_else(|| panic!("{name} is not after the one before"));
        at += found + 1;
    }
}
