//! Whatever the bytes: no panic, no more than the limits, the same twice.

use super::bounds::kept;
use super::here;
use learnflow::reader::{About, Feed, limits, read};
use proptest::prelude::*;
use std::sync::OnceLock;

fn all_traps() -> &'static [Vec<u8>] {
    static TRAPS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    TRAPS.get_or_init(|| {
        let files = std::fs::read_dir(here().join("traps")).expect("traps");
        let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
        paths.sort();
        let bytes = paths
            .iter()
            .map(|path| std::fs::read(path).expect("a trap"));
        bytes.collect()
    })
}

/// Reads bytes and holds what must hold for all of them.
fn hold(bytes: &[u8]) -> Option<Feed> {
    let about = About {
        address: "https://ferry.example/feed",
        content_type: Some("text/xml"),
    };
    let first = read(bytes, &about);
    assert_eq!(first, read(bytes, &about), "the same twice");
    let feed = first.ok()?;
    assert!(feed.entries.len() <= limits::ENTRIES);
    assert!(
        kept(&feed) <= 40 * bytes.len() + 10_000,
        "{} of {}",
        kept(&feed),
        bytes.len()
    );
    for entry in &feed.entries {
        let plain = [
            Some(&entry.title),
            entry.summary.as_ref(),
            entry.author.as_ref(),
        ];
        for text in plain.into_iter().flatten().chain(&entry.tags) {
            assert!(!text.contains(char::is_control), "{text:?}");
            assert!(!text.contains("  ") && text.trim() == text, "{text:?}");
        }
        let addresses = entry.link.iter().chain(&entry.images);
        for address in addresses.chain(entry.enclosures.iter().map(|e| &e.address)) {
            let low = address.to_lowercase();
            assert!(!low.trim_start().starts_with("javascript:"), "{address:?}");
            assert!(address.len() <= 2 * limits::ADDRESS);
        }
        if let Some(html) = &entry.content {
            assert_harmless(html);
        }
    }
    Some(feed)
}

/// In what is written, every `<` begins a tag of the safe set, and no attribute is a handler.
fn assert_harmless(html: &str) {
    for (at, _) in html.match_indices('<') {
        let tag = &html[at + 1..];
        let tag = &tag[..tag.find('>').expect("a tag ends")];
        let name: &str = tag.trim_start_matches('/').split(' ').next().unwrap_or("");
        let letters = name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        assert!(!name.is_empty() && letters, "{tag:?}");
        for bad in [
            "script", "style", "iframe", "object", "embed", "svg", "math", "form", "base", "meta",
        ] {
            assert_ne!(name, bad);
        }
        for attribute in tag.split('"').step_by(2) {
            assert!(!attribute.trim_start().starts_with("on"), "{tag:?}");
        }
    }
}

/// A change to some bytes.
#[derive(Debug, Clone)]
enum Change {
    Cut(usize),
    Drop(usize, usize),
    Put(usize, Vec<u8>),
    Twice(usize, usize),
    Swap(usize, u8),
}

fn change() -> impl Strategy<Value = Change> {
    let pieces = prop::sample::select(vec![
        "<",
        ">",
        "&",
        "\"",
        "'",
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "<?",
        "<!DOCTYPE x [",
        "</item>",
        "<item>",
        "<entry>",
        "&lt;script&gt;",
        "<script>",
        "&#0;",
        "&#x80;",
        " onclick=",
        "javascript:",
        "xml:base='//x/'",
        "\u{1}",
        "\u{fffe}",
        "{",
        "[",
    ]);
    prop_oneof![
        any::<usize>().prop_map(Change::Cut),
        (any::<usize>(), 1usize..200).prop_map(|(at, n)| Change::Drop(at, n)),
        (any::<usize>(), pieces).prop_map(|(at, piece)| Change::Put(at, piece.as_bytes().to_vec())),
        (any::<usize>(), prop::collection::vec(any::<u8>(), 1..8))
            .prop_map(|(at, b)| Change::Put(at, b)),
        (any::<usize>(), 1usize..400).prop_map(|(at, n)| Change::Twice(at, n)),
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Change::Swap(at, byte)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let long = bytes.len().max(1);
    match change {
        Change::Cut(at) => bytes.truncate(at % long),
        Change::Drop(at, n) => {
            let at = (at % long).min(bytes.len());
            bytes.drain(at..(at + n).min(bytes.len()));
        }
        Change::Put(at, piece) => {
            let at = (at % long).min(bytes.len());
            bytes.splice(at..at, piece.iter().copied());
        }
        Change::Twice(at, n) => {
            let at = (at % long).min(bytes.len());
            let again = bytes[at..(at + n).min(bytes.len())].to_vec();
            bytes.splice(at..at, again);
        }
        Change::Swap(at, byte) => {
            if let Some(b) = bytes.get_mut(at % long) {
                *b = *byte;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_bytes_end_well(bytes in prop::collection::vec(any::<u8>(), 0..3_000)) {
        hold(&bytes);
    }

    #[test]
    fn any_text_in_a_feed_ends_well(text in "\\PC{0,400}") {
        hold(format!("<rss><channel><item><description>{text}</description></item></channel></rss>").as_bytes());
        hold(format!("<feed><entry><content type='html'>{text}</content></entry></feed>").as_bytes());
    }

    #[test]
    fn any_date_ends_well(date in "[0-9:TZz+ ,./년월일오전후\u{a0}›ΚυρΜαjanmuspw-]{0,40}", year in "(2026)?[-년/ ]?") {
        hold(format!("<rss><channel><item><pubDate>{year}{date}</pubDate></item></channel></rss>").as_bytes());
    }

    #[test]
    fn changed_traps_end_well(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let mut bytes = which.get(all_traps()).clone();
        for change in &changes {
            apply(&mut bytes, change);
        }
        hold(&bytes);
    }

    /// Words in, words out: whatever is written into a feed as it should be is read back.
    #[test]
    fn what_is_written_well_is_read_back(title in "[^\\p{C}]{0,60}", summary in "[^\\p{C}]{0,200}") {
        let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let text = format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>{}</title><summary>{}</summary></entry></feed>",
            escape(&title),
            escape(&summary),
        );
        let feed = hold(text.as_bytes()).expect("a feed");
        let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let high = |text: &str| text.chars().any(|c| c > '\u{ff}') || text.is_ascii();
        // Text of Latin-1 alone may look as if it were UTF-8 that was encoded twice.
        if high(&title) {
            prop_assert_eq!(&feed.entries[0].title, &fold(&title));
        }
        if high(&summary) {
            prop_assert_eq!(feed.entries[0].summary.clone().unwrap_or_default(), fold(&summary));
        }
    }
}
