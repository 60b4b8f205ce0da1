//! What an entry and a feed say beside the fields of the table.

use learnflow::reader::{About, Entry, Feed, Kind, Odd, What, limits, read};

pub fn feed(text: &str) -> Feed {
    let about = About::default();
    read(text.as_bytes(), &about).unwrap_or_else(|not| panic!("{not}\n{text}"))
}

fn rss(item: &str) -> Entry {
    let text = format!("<rss><channel><item>{item}</item></channel></rss>");
    feed(&text).entries.remove(0)
}

#[test]
fn a_feed_says_where_it_is_at_home_and_in_which_language() {
    let rss = feed(
        "<rss version='2.0'><channel><image><title>Logo</title><link>https://logo.example/</link></image>\
         <title>Ferry &amp;amp; <![CDATA[notes]]></title><language>pt-PT</language>\
         <atom:link rel='self' href='https://ferry.example/feed.xml'/><link> https://ferry.example/ </link>\
         <item><title>Not this one</title><link>https://ferry.example/ropes</link></item></channel></rss>",
    );
    assert_eq!(rss.kind, Kind::Rss);
    assert_eq!(rss.title, "Ferry & notes");
    assert_eq!(rss.home.as_deref(), Some("https://ferry.example/"));
    assert_eq!(rss.language.as_deref(), Some("pt-PT"));
    let atom = feed(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title type='html'>&lt;b&gt;Ferry&lt;/b&gt;</title>\
         <link rel='self' href='https://ferry.example/atom'/><link href='https://ferry.example/'/>\
         <author><name>Somebody</name></author></feed>",
    );
    assert_eq!(atom.kind, Kind::Atom);
    assert_eq!(atom.title, "Ferry");
    assert_eq!(atom.home.as_deref(), Some("https://ferry.example/"));
    assert_eq!(atom.language.as_deref(), Some("en"));
    assert!(atom.entries.is_empty() && !atom.cut_off);
}

#[test]
fn an_entry_says_who_wrote_it_about_what_and_what_lies_beside_it() {
    let entry = rss(
        "<title>Ropes</title><author>crew@ferry.example (The deck)</author><dc:creator>Bridge</dc:creator>\
         <category>knots</category><category>knots</category><dc:subject>deck</dc:subject>\
         <enclosure url='https://ferry.example/r.mp3' type='audio/mpeg' length='1200'/>\
         <media:group><media:content url='https://ferry.example/r.mp4' type='video/mp4'/>\
         <media:thumbnail url='https://ferry.example/r.jpg'/></media:group>\
         <media:content url='https://ferry.example/s.png' medium='image'/>",
    );
    assert_eq!(entry.author.as_deref(), Some("The deck"));
    assert_eq!(entry.tags, ["knots", "deck"]);
    assert_eq!(
        entry.images,
        ["https://ferry.example/r.jpg", "https://ferry.example/s.png"]
    );
    let addresses: Vec<&str> = entry
        .enclosures
        .iter()
        .map(|e| e.address.as_str())
        .collect();
    assert_eq!(
        addresses,
        ["https://ferry.example/r.mp3", "https://ferry.example/r.mp4"]
    );
    assert_eq!(
        entry.enclosures[0].media_type.as_deref(),
        Some("audio/mpeg")
    );
    assert_eq!(entry.enclosures[0].length, Some(1200));
    let atom = feed(
        "<feed><entry><author><name>Bridge</name><uri>https://ferry.example/bridge</uri></author>\
         <category term='k' label='Knots'/><link rel='enclosure' href='https://ferry.example/r.mp3'/></entry></feed>",
    );
    assert_eq!(atom.entries[0].author.as_deref(), Some("Bridge"));
    assert_eq!(atom.entries[0].tags, ["Knots"]);
    assert_eq!(atom.entries[0].enclosures.len(), 1);
    assert_eq!(atom.entries[0].link, None, "an enclosure is no page");
}

#[test]
fn words_are_counted_in_the_longer_text() {
    let text = "<description>three short words</description>\
                <content:encoded>&lt;p&gt;five words in the &lt;b&gt;content&lt;/b&gt;&lt;/p&gt;</content:encoded>";
    assert_eq!(rss(text).words, 5);
    assert_eq!(rss("<description>three short words</description>").words, 3);
    assert_eq!(rss("<title>none here</title>").words, 0);
}

#[test]
fn what_is_odd_is_said() {
    let odd = |item: &str| rss(item).odd;
    assert_eq!(
        odd("<link>https://ferry.example/</link><pubDate>Sun, 01 Mar 2026 09:30 GMT</pubDate>"),
        []
    );
    assert_eq!(odd("<pubDate>soon</pubDate>"), [Odd::UnreadableDate]);
    assert_eq!(odd("<link>/ropes</link>"), [Odd::RelativeLink]);
    assert_eq!(
        odd("<description>&lt;img src=\"a.png\"></description>"),
        [],
        "a summary has no links"
    );
    assert_eq!(
        odd("<content:encoded>&lt;img src=\"a.png\"></content:encoded>"),
        [Odd::RelativeLink]
    );
    assert_eq!(odd("<link>javascript:alert(1)</link>"), [Odd::UnsafeLink]);
    for runs in [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&lt;img src=x onerror=alert(1)&gt;",
        "&lt;a href=\" java\nscript:alert(1)\"&gt;x&lt;/a&gt;",
        "&lt;form onsubmit=alert(1)&gt;x&lt;/form&gt;",
        "&lt;object data=x&gt;x&lt;/object&gt;",
    ] {
        assert_eq!(
            odd(&format!("<description>{runs}</description>")),
            [Odd::Script],
            "{runs}"
        );
        let content = format!("<content:encoded>{runs}</content:encoded>");
        assert!(odd(&content).contains(&Odd::Script), "{runs}");
    }
    let long = "x".repeat(limits::LINE + 1);
    assert_eq!(odd(&format!("<title>{long}</title>")), [Odd::Cut]);
}

/// C6, the reader's half: what has no date that can be read has none.
#[test]
fn c6_dates_that_nobody_can_read_are_none() {
    assert_eq!(rss("<title>x</title>").date, None);
    assert_eq!(
        rss("<pubDate>Mo, 25 Jun 2018 11:41:36</pubDate>").date,
        None
    );
    assert!(
        rss("<pubDate>Sat, 01 Jan 2125 00:00:00 GMT</pubDate>")
            .date
            .is_some()
    );
}

#[test]
fn links_start_where_the_feed_was_got() {
    let text = "<rss><channel><link>https://other.example/</link><item><link>ropes</link></item></channel></rss>";
    let about = About {
        address: "https://ferry.example/feeds/all.xml",
        content_type: None,
    };
    let got = read(text.as_bytes(), &about).expect("a feed");
    assert_eq!(
        got.entries[0].link.as_deref(),
        Some("https://ferry.example/feeds/ropes")
    );
    let from_file = About {
        address: "saved/all.xml",
        ..about
    };
    let got = read(text.as_bytes(), &from_file).expect("a feed");
    assert_eq!(
        got.entries[0].link.as_deref(),
        Some("https://other.example/ropes")
    );
}

#[test]
fn the_header_says_how_bytes_are_meant_where_they_do_not() {
    let bytes = b"<rss><channel><title>\xcb\xcf\xd2\xc1\xc2\xcc\xd8</title></channel></rss>";
    let about = |content_type| About {
        address: "",
        content_type,
    };
    let title = |header| read(bytes, &about(header)).expect("a feed").title;
    assert_eq!(title(Some("text/xml; charset=\"KOI8-R\"")), "корабль");
    assert_eq!(title(Some("text/xml")), "ËÏÒÁÂÌØ");
}

#[test]
fn a_page_offers_its_feeds() {
    let page = "<!doctype html><title>Ferry</title><base href='/blog/'>\
        <script>'<link rel=alternate type=application/rss+xml href=/no.xml>'</script>\
        <link rel='alternate stylesheet' href='/other.css'>\
        <LINK REL=Alternate TYPE='application/atom+xml' HREF='feed.atom' TITLE='News &amp; more'>\
        <link rel=alternate type='application/feed+json; charset=utf-8' href='https://ferry.example/feed.json'>\
        <link rel=alternate type='application/rss+xml' href='javascript:alert(1)'>\
        <link rel=alternate type='application/atom+xml' href='feed.atom'>";
    let about = About {
        address: "https://ferry.example/",
        content_type: None,
    };
    let not = read(page.as_bytes(), &about).expect_err("a page");
    assert_eq!(not.what, What::Page);
    let offered: Vec<(&str, &str)> = not
        .feeds
        .iter()
        .map(|f| (f.address.as_str(), f.title.as_str()))
        .collect();
    assert_eq!(
        offered,
        [
            ("https://ferry.example/blog/feed.atom", "News & more"),
            ("https://ferry.example/feed.json", ""),
        ]
    );
    let bare = read(b"<html><body>Hello</body></html>", &about).expect_err("a page");
    assert_eq!(
        bare.to_string(),
        "it is a page for people, and it names no feed"
    );
}
