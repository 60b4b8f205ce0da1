//! Whatever comes, it ends, and what is kept is bounded. No clock: if one of these were read in more than a straight
//! line, it would not end while somebody waits.

use super::entry::feed;
use learnflow::reader::{About, Feed, What, limits, read};

/// How much text of a feed is kept.
pub fn kept(feed: &Feed) -> usize {
    let some = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let entries = feed.entries.iter().map(|entry| {
        let beside: usize = entry.enclosures.iter().map(|e| e.address.len()).sum();
        let lists = entry.tags.iter().chain(&entry.images).map(String::len);
        entry.title.len()
            + some(&entry.link)
            + some(&entry.id)
            + some(&entry.author)
            + some(&entry.summary)
            + some(&entry.summary_html)
            + some(&entry.content)
            + beside
            + lists.sum::<usize>()
    });
    feed.title.len() + some(&feed.home) + some(&feed.language) + entries.sum::<usize>()
}

#[test]
fn entries_beyond_the_limit_are_counted_and_left_out() {
    let items = "<item><title>x</title></item>".repeat(limits::ENTRIES + 7);
    let got = feed(&format!("<rss><channel>{items}</channel></rss>"));
    assert_eq!((got.entries.len(), got.left_out), (limits::ENTRIES, 7));
    let items = vec!["{\"id\":1}"; limits::ENTRIES + 7].join(",");
    let got = feed(&format!("{{\"items\":[{items}]}}"));
    assert_eq!((got.entries.len(), got.left_out), (limits::ENTRIES, 7));
}

#[test]
fn what_is_too_long_is_refused_or_cut() {
    let long = vec![b' '; limits::BYTES + 1];
    let not = read(&long, &About::default()).expect_err("too long");
    assert_eq!(not.what, What::TooLong);
    let address = "x".repeat(limits::ADDRESS);
    let text = "y".repeat(limits::TEXT + 5);
    let got = feed(&format!(
        "<rss><channel><item><link>https://ferry.example/{address}</link><guid>{address}x</guid>\
         <description>{text}</description></item></channel></rss>"
    ));
    let entry = &got.entries[0];
    assert_eq!(
        (&entry.link, &entry.id),
        (&None, &None),
        "half an address is none"
    );
    assert_eq!(entry.summary.as_ref().map(String::len), Some(limits::TEXT));
}

#[test]
fn a_feeds_own_entities_cannot_blow_it_up() {
    let value = "z".repeat(limits::ENTITY);
    let calls = "&z;".repeat(200_000);
    let got = feed(&format!(
        "<!DOCTYPE rss [<!ENTITY z \"{value}\">]><rss><channel><item><description>{calls}</description></item></channel></rss>"
    ));
    assert!(
        kept(&got) < 4 * (limits::EXPANSION + calls.len()),
        "{}",
        kept(&got)
    );
}

#[test]
fn a_long_base_cannot_blow_it_up() {
    let base = format!(
        "https://ferry.example/{}/",
        "d".repeat(limits::ADDRESS - 100)
    );
    let links = "&lt;a href=x>y&lt;/a>".repeat(100_000);
    let got = feed(&format!(
        "<feed xml:base='{base}'><entry><content type='html'>{links}</content></entry></feed>"
    ));
    assert!(
        kept(&got) < limits::GROWTH + 4 * links.len(),
        "{}",
        kept(&got)
    );
}

#[test]
fn much_of_anything_ends() {
    const MUCH: usize = 40_000;
    let head = "<rss version=\"2.0\"><channel><item><title>";
    for piece in [
        "<",
        "<a",
        "<a ",
        "<a>",
        "</a",
        "</a>",
        "<a x=\"",
        "<a x='>\"",
        "<a x=y z",
        "<!--",
        "<!-- -",
        "<![CDATA[",
        "]]>",
        "<?",
        "<?x>",
        "<!x",
        "<!DOCTYPE [",
        "&",
        "&#",
        "&#x",
        "&a",
        "&amp;",
        "<item>",
        "<title>",
        "</item>",
        "<entry>",
        "<x:y>",
        "<a xmlns='u'>",
        "<a xmlns:b='u'>",
        "<rss>",
        "<channel>",
        "<source>",
        "<author>",
        "<content>",
        "&lt;",
        "&lt;script>",
        "&lt;a href=x>",
        "&lt;b>&lt;/i>",
        "&lt;!--",
        "&lt;a x=\"",
        "<link href='x'/>",
        "<guid>x</guid>",
        "<category>x</category>",
        "<a xml:base='b/'>",
        "\u{1}",
        "\u{e9}",
        "\u{85}",
    ] {
        let text = piece.repeat(MUCH);
        for begins in [head, "<feed><entry><content type='html'>", "<html>", ""] {
            let text = format!("{begins}{text}");
            if let Ok(feed) = read(text.as_bytes(), &About::default()) {
                assert!(feed.entries.len() <= limits::ENTRIES);
                assert!(
                    kept(&feed) <= 12 * text.len() + limits::GROWTH,
                    "{piece}: {}",
                    kept(&feed)
                );
            }
        }
    }
}

#[test]
fn json_of_more_values_than_the_limit_is_read_as_far_as_it() {
    let items = vec!["{\"id\":1}"; limits::VALUES / 2].join(",");
    let got = feed(&format!("{{\"items\":[{items}]}}"));
    assert_eq!(got.entries.len(), limits::ENTRIES);
    assert!(got.cut_off && got.left_out < limits::VALUES / 3);
}

#[test]
fn deep_json_is_refused_and_not_followed() {
    let deep = "[".repeat(500_000);
    let not = read(format!("{{\"items\":{deep}").as_bytes(), &About::default());
    assert_eq!(not.expect_err("broken").what, What::BrokenJson);
}
