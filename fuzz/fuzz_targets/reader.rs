//! Whatever bytes come as a feed: the reader ends, keeps its limits, and what it gives is harmless.
#![no_main]

use learnflow::reader::{About, limits, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let about = About {
        address: "https://ferry.example/feed",
        content_type: Some("text/xml"),
    };
    let Ok(feed) = read(bytes, &about) else {
        return;
    };
    assert!(feed.entries.len() <= limits::ENTRIES);
    for entry in &feed.entries {
        assert!(!entry.title.contains(char::is_control));
        for text in entry.summary.iter().chain(&entry.author).chain(&entry.tags) {
            assert!(!text.contains(char::is_control));
        }
        if let Some(html) = &entry.content {
            for (at, _) in html.match_indices('<') {
                let name = html[at + 1..].trim_start_matches('/');
                let ends = name.find([' ', '>']).expect("a tag ends");
                let known = ["script", "style", "iframe", "object", "svg", "math"];
                assert!(!known.contains(&&name[..ends]));
                assert!(name[..ends].bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
            }
        }
        if let Some(link) = &entry.link {
            assert!(!link.to_ascii_lowercase().starts_with("javascript:"));
        }
    }
});
