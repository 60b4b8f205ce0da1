//! Lists of feeds, from and for other readers.

use crate::{common, library, run, source, write};
use learnflow::formats::{opml, sources};
use learnflow::model::outline::{Outline, Words};
use learnflow::model::{Id, Library, Source};
use proptest::prelude::*;
use std::path::Path;

/// A list with every key, and with what OPML and YAML each find hard.
const FULL: &str = r#"  - id: full
    title: "Quays & \"Piers\" <b>"
    feed: https://quay.example.org/feed.xml?a=1&b=2
    site: https://quay.example.org/
    why_trusted: "First line: a colon # and more\nsecond line - with 'quotes'"
    topics: [letters, "plain, short words", /odd/]
    language: pt-PT
    trust: 5
    kind: research
    stance: challenges
    max_per_run: 7
    max_age: 36h
    newest_on_first_sight: 1
    include: [no, "yes", "1.10", "[x]"]
    exclude: ["*", "&x", "a: b"]
    paywall: yes
    licence: CC BY 4.0
    paused_until: 2026-05-01
    owner: role:curator
    review_by: 2027-01-01
    internal: yes
  - {id: plain, title: Plain, feed: "http://plain.example.org", why_trusted: Plain words., topics: [a, b]}
  - {id: by-hand, title: Não tem, why_trusted: null words, max_age: 90m}
"#;

/// The library in a folder.
fn load(dir: &Path) -> Library {
    let (folder, _) = learnflow::disk::read(dir, &["content", "sites"]);
    let (library, diags) = learnflow::load::load(&folder);
    let told = learnflow::diag::print(&diags, learnflow::diag::Form::Text, false);
    assert!(!diags.has_errors(), "{told}");
    library
}

/// The sources of the only site, without their places.
fn listed(library: &Library) -> Vec<Source> {
    let all = library.sources.values().next().expect("sources");
    let bare = |source: &Source| Source {
        feed_at: 0..0,
        ..source.clone()
    };
    all.list.iter().map(bare).collect()
}

#[test]
fn c14_what_goes_out_as_opml_comes_back_as_the_same_list() {
    let dir = library(FULL);
    let before = listed(&load(dir.path()));
    assert_eq!(before.len(), 3);
    let exported = run(dir.path(), &["opml", "export"]).ends(0);
    assert_eq!(exported.err, "");
    // Somebody else's library has no list yet.
    let other = library("");
    std::fs::remove_file(other.path().join("sites/s/curation/sources.yaml")).expect("removed");
    write(other.path(), "feeds.opml", exported.out.as_bytes());
    let imported = run(other.path(), &["opml", "import", "feeds.opml"]).ends(0);
    assert_eq!(imported.err, "3 sources.\n");
    write(
        other.path(),
        "sites/s/curation/sources.yaml",
        imported.out.as_bytes(),
    );
    assert_eq!(listed(&load(other.path())), before);
    // And out again: the same bytes.
    assert_eq!(
        run(other.path(), &["opml", "export"]).ends(0).out,
        exported.out
    );
    // Nothing of it is new any more.
    let again = run(other.path(), &["opml", "import", "feeds.opml"]).ends(0);
    assert!(again.err.contains("were listed already"), "{}", again.err);
}

#[test]
fn every_reader_understands_what_goes_out() {
    let dir = library(FULL);
    let out = run(dir.path(), &["opml", "export"]).ends(0).out;
    assert!(out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\""));
    assert!(out.contains("<title>Sources of The site</title>"));
    let plain = out
        .lines()
        .find(|line| line.contains("\"Plain\""))
        .expect("plain");
    assert_eq!(
        plain.trim(),
        "<outline learnflow:id=\"plain\" text=\"Plain\" xmlUrl=\"http://plain.example.org\" description=\"Plain words.\" category=\"a,b\"/>"
            .replace("<outline ", "<outline type=\"rss\" ")
    );
}

#[test]
fn what_another_reader_wrote_becomes_entries_to_be_looked_through() {
    let dir = library(&source("old", "https://old.example.org/feed/"));
    let theirs = r#"<?xml version="1.0" encoding="utf-8"?>
<!-- written by something else -->
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Work"><outline title="Letters &amp; Lists" text="Letters &amp; Lists" type="rss" xmlUrl="https://letters.example.org/rss" htmlUrl="https://letters.example.org/"/>
  <outline text="Deep"><outline text="Letters / Lists!" xmlURL="http://lists.example.org/a?b=c&d=e"></outline></outline>
</outline>
<outline text="Old" xmlUrl="http://OLD.example.org/feed"/>
<outline text="Twice" xmlUrl="https://letters.example.org/rss/"/>
<outline text="Secret" xmlUrl="https://me:secret@secret.example.org/"/>
<outline text="Files" xmlUrl="file:///etc/passwd"/>
<outline text="Script" xmlUrl="javascript:alert(1)"/>
<outline text="日本" xmlUrl="https://nihon.example.org/feed" htmlUrl="javascript:alert(1)" category="/x/y, z"/>
<outline text="日本語" xmlUrl="https://nihongo.example.org/feed" description="Say &lt;b&gt;&#10;why&bogus;"/>
<outline text="Folder with nothing in it"/>
</body></opml>"#;
    write(dir.path(), "theirs.opml", theirs.as_bytes());
    let ran = run(dir.path(), &["opml", "import", "theirs.opml"]).ends(0);
    assert_eq!(
        ran.out,
        r#"  - id: letters-lists
    title: "Letters & Lists"
    feed: https://letters.example.org/rss
    site: https://letters.example.org/
    why_trusted:
    topics: [Work]
  - id: letters-lists-2
    title: "Letters / Lists!"
    feed: "http://lists.example.org/a?b=c&d=e"
    why_trusted:
    topics: [Work, Deep]
  - id: nihon-example-org
    title: 日本
    feed: https://nihon.example.org/feed
    why_trusted:
    topics: [x/y, z]
  - id: nihongo-example-org
    title: 日本語
    feed: https://nihongo.example.org/feed
    why_trusted: "Say &lt;b&gt;&#10;why&bogus;"
"#
    );
    assert_eq!(
        ran.err,
        "4 sources; 3 are without `why_trusted`: say why; 2 were listed already; 3 were left out: their addresses are not ones that are asked.\n"
    );
    // Added to the list, each without a reason is named.
    let path = dir.path().join("sites/s/curation/sources.yaml");
    let text = std::fs::read_to_string(&path).expect("text") + &ran.out;
    std::fs::write(&path, text).expect("written");
    let check = run(dir.path(), &["check", "--now", crate::NOW]).ends(1);
    assert_eq!(
        check.err.matches("error[missing-why-trusted]").count(),
        3,
        "{}",
        check.err
    );
    assert_eq!(check.err.matches("error[").count(), 3, "{}", check.err);
}

#[test]
fn a_hostile_list_is_refused_or_does_no_harm() {
    let dir = library(&source("old", "https://old.example.org/feed/"));
    let mut bomb = String::from("<!DOCTYPE opml [<!ENTITY a0 \"ha\">");
    for n in 1..12 {
        bomb.push_str(&format!(
            "<!ENTITY a{n} \"{}\">",
            format!("&a{};", n - 1).repeat(10)
        ));
    }
    bomb.push_str("<!ENTITY file SYSTEM \"file:///etc/passwd\">]><opml><body><outline text=\"&a11;&file;\" xmlUrl=\"https://bomb.example.org/\"/></body></opml>");
    let deep = format!(
        "<opml>{}<outline text=\"x\" xmlUrl=\"https://deep.example.org/\"/>",
        "<outline text=\"a\">".repeat(20_000)
    );
    let many = format!(
        "<opml>{}</opml>",
        "<outline xmlUrl=\"https://a.example.org/\"/>".repeat(10_001)
    );
    let long = format!(
        "<opml><outline text=\"{}\" xmlUrl=\"https://long.example.org/\"/></opml>",
        "long ".repeat(200_000)
    );
    let control =
        "<opml><outline text=\"a&#27;[31mb\u{1b}\" xmlUrl=\"https://c.example.org/\"/></opml>";
    let path = "<opml xmlns:learnflow=\"x\"><outline learnflow:id=\"../../x\" text=\"../..\" xmlUrl=\"https://p.example.org/\"/></opml>";
    for (name, text, code, words) in [
        ("bomb", bomb.as_str(), 0, "1 source"),
        ("deep", &deep, 0, "1 source"),
        ("many", &many, 2, "it has more than 10000 feeds"),
        ("long", &long, 0, "1 source"),
        ("control", control, 0, "1 source"),
        ("path", path, 0, "1 source"),
        (
            "html",
            "<html><body>Hello</body></html>",
            2,
            "it is not OPML",
        ),
        ("empty", "", 2, "it is not OPML"),
        (
            "nothing",
            "<opml><body/></opml>",
            2,
            "there are no feeds in it",
        ),
        (
            "broken",
            "<opml>\n<outline xmlUrl=\"https://a.example.org/\n",
            2,
            "it breaks in line",
        ),
    ] {
        write(dir.path(), "theirs.opml", text.as_bytes());
        let ran = run(dir.path(), &["opml", "import", "theirs.opml"])
            .ends(code)
            .says(words);
        ran.stays_below(128);
        assert!(ran.out.len() < 20_000, "{name}: {} bytes", ran.out.len());
        assert!(
            !ran.out.contains('\u{1b}') && !ran.out.contains("root:"),
            "{name}"
        );
        if name == "path" {
            assert!(
                ran.out.starts_with("  - id: p-example-org\n"),
                "{}",
                ran.out
            );
        }
    }
    write(dir.path(), "theirs.opml", &[b' '; (8 << 20) + 1]);
    run(dir.path(), &["opml", "import", "theirs.opml"])
        .ends(2)
        .says("it is larger than 8 MB");
    write(dir.path(), "theirs.opml", b"<opml>\xff</opml>");
    run(dir.path(), &["opml", "import", "theirs.opml"])
        .ends(2)
        .says("it is not UTF-8");
    run(dir.path(), &["opml", "import", "nowhere"])
        .ends(2)
        .says("there is no such file");
}

#[test]
fn a_list_with_errors_is_not_handed_on_by_halves() {
    let dir =
        library(&(source("good", "https://good.example.org/") + "  - {id: bad, title: Bad}\n"));
    let ran = run(dir.path(), &["opml", "export"]).ends(1);
    assert_eq!(ran.out, "");
    ran.says("error[missing-why-trusted]")
        .says("nothing was printed");
}

#[test]
fn the_keys_are_those_of_the_table() {
    let table: Vec<&str> = learnflow::load::SOURCE_KEYS
        .iter()
        .map(|key| key.name)
        .collect();
    assert_eq!(Outline::KEYS, table);
}

/// Words as people and machines write them; none at the edges that would be trimmed.
fn text() -> impl Strategy<Value = String> {
    let odd = prop_oneof![
        any::<char>(),
        prop::sample::select(vec![
            '"', '\'', '\\', ':', '#', '-', '&', '<', '>', ',', '[', '{', '%', '@', '\n', ' ', '~',
            '|'
        ]),
        prop::char::range('a', 'z'),
    ];
    let words = prop::collection::vec(odd, 1..30).prop_map(|chars| {
        let text: String = chars
            .into_iter()
            .filter(|c| !c.is_control() || *c == '\n')
            .collect();
        // XML cannot hold these, and reads them as nothing.
        let text = text.replace(['\u{FFFE}', '\u{FFFF}', '\r'], "");
        text.trim().to_owned()
    });
    words.prop_filter("says something", |text| !text.is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever the words are.
    #[test]
    fn c14_holds_for_any_words(title in text(), why in text(), topics in prop::collection::vec(text(), 0..4), owner in prop::option::of(text())) {
        let one_line = |text: &String| text.replace('\n', " ");
        let source = Source {
            id: "a".parse::<Id>().expect("an id"),
            title,
            feed: Some("https://a.example.org/".to_owned()),
            site: None,
            why_trusted: why,
            topics: topics.iter().map(one_line).collect(),
            language: None,
            trust: Source::TRUST,
            kind: None,
            stance: None,
            max_per_run: Source::MAX_PER_RUN,
            max_age: Source::MAX_AGE,
            newest_on_first_sight: Source::FIRST_SIGHT,
            include: Vec::new(),
            exclude: topics.iter().map(one_line).collect(),
            paywall: false,
            licence: None,
            paused_until: None,
            owner,
            review_by: None,
            internal: false,
            feed_at: 0..0,
        };
        let out = opml::write("Sources", std::slice::from_ref(&source));
        let read = opml::read(&out).expect("it is ours");
        prop_assert_eq!(read[0].get("title"), Some(&Words::One(source.title.clone())));
        let yaml = sources::write(&read, true);
        let mut folder = common::folder(common::SITE);
        let bytes = yaml.clone().into_bytes();
        folder.files.insert("sites/s/curation/sources.yaml".to_owned(), bytes.into());
        let (library, diags) = learnflow::load::load(&folder);
        let told = learnflow::diag::print(&diags, learnflow::diag::Form::Text, false);
        prop_assert!(!diags.has_errors(), "{}\n{}", yaml, told);
        prop_assert_eq!(listed(&library), vec![source]);
    }
}
