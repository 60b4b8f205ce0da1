//! Feeds and a library that follows them, seeded: the same every time.

use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

/// The moment at which they are read.
pub const NOW: &str = "2026-03-02T12:00:00Z";

/// Words of a summary, and of the whole piece.
const SUMMARY: usize = 40;
const CONTENT: usize = 250;

const WORDS: &[&str] = &[
    "ferry",
    "clerk",
    "letter",
    "crew",
    "deck",
    "question",
    "answer",
    "shift",
    "watch",
    "morning",
    "harbour",
    "engine",
    "signal",
    "weather",
    "rope",
    "passenger",
    "manager",
    "meeting",
    "reply",
    "the",
    "a",
    "of",
    "and",
    "to",
    "in",
    "that",
    "is",
    "was",
    "for",
    "with",
    "caf\u{e9}",
    "na\u{ef}ve",
];

/// A row of numbers that is the same every time (SplitMix64).
struct Row(u64);

impl Row {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn words(&mut self, count: usize) -> String {
        let mut out = String::new();
        for n in 0..count {
            let word = WORDS[self.next() as usize % WORDS.len()];
            let _ = write!(out, "{}{word}", if n == 0 { "" } else { " " });
        }
        out
    }
}

/// Writes so many feeds, half of them RSS, half of them Atom.
pub fn feeds(folder: &Path, sources: usize, entries: usize) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for n in 0..sources {
        let mut row = Row(n as u64);
        let text = match n % 2 {
            0 => rss(n, entries, &mut row),
            _ => atom(n, entries, &mut row),
        };
        fs::write(folder.join(format!("{n}.xml")), text)?;
    }
    Ok(())
}

fn paragraphs(row: &mut Row) -> String {
    let parts = (0..5).map(|_| {
        let words = row.words(CONTENT / 5);
        format!(
            "<p>{words} <a href=\"https://example.org/{}\">more</a>.</p>",
            row.next()
        )
    });
    parts.collect()
}

fn rss(n: usize, entries: usize, row: &mut Row) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Source {n}</title><link>https://s{n}.example.org/</link><description>Of {n}</description>\n"
    );
    for e in 0..entries {
        let (title, summary, content) = (row.words(8), row.words(SUMMARY), paragraphs(row));
        let _ = writeln!(
            out,
            "<item><title>{title}</title><link>https://s{n}.example.org/{e}</link><guid isPermaLink=\"false\">{n}-{e}</guid><pubDate>{:02} Feb 2026 {:02}:00:00 GMT</pubDate><description>{summary}</description><content:encoded><![CDATA[{content}]]></content:encoded></item>",
            28 - e % 28,
            e % 24
        );
    }
    out + "</channel></rss>\n"
}

fn atom(n: usize, entries: usize, row: &mut Row) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Source {n}</title><id>https://s{n}.example.org/</id><updated>2026-03-01T00:00:00Z</updated>\n"
    );
    for e in 0..entries {
        let (title, summary) = (row.words(8), row.words(SUMMARY));
        let content = paragraphs(row).replace('<', "&lt;").replace('>', "&gt;");
        let _ = writeln!(
            out,
            "<entry><title>{title}</title><link href=\"https://s{n}.example.org/{e}\"/><id>tag:s{n}.example.org,2026:{e}</id><published>2026-02-{:02}T{:02}:00:00Z</published><updated>2026-02-28T00:00:00Z</updated><summary>{summary}</summary><content type=\"html\">{content}</content></entry>",
            28 - e % 28,
            e % 24
        );
    }
    out + "</feed>\n"
}

/// Writes a library whose sources are these feeds, each under a host of its own on the loopback.
pub fn library(root: &Path, sources: usize, port: &str) -> io::Result<()> {
    let site = root.join("sites/s");
    fs::create_dir_all(site.join("curation"))?;
    fs::write(
        site.join("site.yaml"),
        "id: s\ntitle: The site\nsummary: Where feeds are read.\nbase_url: https://learn.example.org\nauthority: learn.example.org,2026\nzone: Europe/London\nlanguage: en-GB\n",
    )?;
    let mut list = String::from("sources:\n");
    for n in 0..sources {
        let host = format!("127.0.{}.{}", 1 + n / 250, 1 + n % 250);
        let _ = writeln!(
            list,
            "  - {{id: s{n}, title: Source {n}, feed: \"http://{host}:{port}/{n}.xml\", why_trusted: It is ours., internal: yes}}"
        );
    }
    fs::write(site.join("curation/sources.yaml"), list)
}
