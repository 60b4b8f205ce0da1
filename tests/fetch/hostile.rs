//! Sources that are broken, flood or attack: each ends in a named warning within its limits, and the others
//! are read.

use crate::codes::CODES;
use crate::server::{Asked, Reply, Server, feed, head, lead, ok, reply, sixty_mb};
use crate::{NOW, fetch, library, run, source};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::{Arc, OnceLock};

/// 64 MiB of spaces, as Google's brotli packs them.
const BROTLI_BOMB: &str = "cbffff3f002440e2b14072effff8ffff078004401c1680eefd1fffffff00900088c302d0bdffe3ffff1f001200715800baf77ffcffff034002200e0b40f7fe8fffff7f004800c46101e8defff1ffff0f000980382c00ddfb3ffeffff012001108705a07bff37";

fn bytes(hex: &str) -> Vec<u8> {
    let digit = |c: u8| char::from(c).to_digit(16).expect("hex") as u8;
    let pairs = hex.as_bytes().chunks(2);
    pairs
        .map(|pair| digit(pair[0]) << 4 | digit(pair[1]))
        .collect()
}

pub fn gzip(body: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(body).expect("packed");
    packed.finish().expect("packed")
}

/// Brotli that stores and does not pack: all of the format that a test needs.
pub fn brotli(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut first = true;
    for piece in body.chunks(1 << 16) {
        // The window's bit in front of the first piece; not the last, four digits of length, stored.
        let shift = usize::from(first);
        let header = ((piece.len() - 1) << (3 + shift)) | 1 << (19 + shift);
        out.extend_from_slice(&header.to_le_bytes()[..3]);
        out.extend_from_slice(piece);
        first = false;
    }
    out.push(3);
    out
}

/// A feed that unfolds to a billion words, if anybody unfolds it.
fn laughs() -> String {
    let mut text = String::from("<?xml version=\"1.0\"?>\n<!DOCTYPE rss [<!ENTITY a0 \"ha\">\n");
    for n in 1..12 {
        let ten = format!("&a{};", n - 1).repeat(10);
        text.push_str(&format!("<!ENTITY a{n} \"{ten}\">\n"));
    }
    text.push_str("]>\n");
    let feed = feed("laughs", 1).replace("<?xml version=\"1.0\"?>\n", "");
    text + &feed.replace("laughs 1<", "&a11;<")
}

/// The attacks: what the path answers, and the name that it must get; none where it is harmless.
fn attacks(port: u16) -> Vec<(&'static str, &'static str, Reply)> {
    let packed =
        |encoding: &str, body: Vec<u8>| reply("200 OK", &[("Content-Encoding", encoding)], &body);
    let mebibyte = gzip(&[b' '; 1 << 20]);
    let flood = (0..10_000)
        .map(|n| (format!("X-{n}"), "flood".to_owned()))
        .collect::<Vec<_>>();
    let flood: Vec<(&str, &str)> = flood.iter().map(|(n, v)| (&**n, &**v)).collect();
    let long = "a".repeat(200_000);
    let mut many = head("200 OK", &[]);
    many.extend(b"X-A: 1\r\n".repeat(200));
    many.extend(b"\r\n<rss/>");
    let whole_feed = feed("feed", 3);
    let mut cut = gzip(whole_feed.as_bytes());
    cut.truncate(cut.len() / 2);
    let mut short = head("200 OK", &[("Content-Length", "100000")]);
    short.extend(b"\r\n<rss version=\"2.0\"><channel>");
    let mut chunked = head("200 OK", &[("Transfer-Encoding", "chunked")]);
    chunked.extend(b"\r\nnonsense\r\n");
    let page = "<!doctype html><title>Hello</title><link rel=alternate type=application/rss+xml href=/feed.xml><link rel=alternate type='application/atom+xml' href='javascript:alert(1)'><p>Hello";
    vec![
        (
            "gzip-bomb",
            "too-large",
            packed("gzip", mebibyte.repeat(1024)),
        ),
        ("brotli-bomb", "too-large", packed("br", bytes(BROTLI_BOMB))),
        // A window of a gigabyte: bits of a format that is no part of HTTP.
        (
            "brotli-window",
            "bad-packing",
            packed("br", vec![0x11, 0x1E, 0, 0, 0, 0]),
        ),
        (
            "gzip-twice",
            "bad-packing",
            packed("gzip, gzip", gzip(&mebibyte)),
        ),
        (
            "zstd",
            "bad-packing",
            packed("zstd", vec![0x28, 0xB5, 0x2F, 0xFD]),
        ),
        (
            "gzip-not",
            "bad-packing",
            packed("gzip", b"this is not gzip at all".to_vec()),
        ),
        ("gzip-cut", "broken-answer", packed("gzip", cut)),
        ("sixty-mb", "too-large", sixty_mb(false)),
        (
            "endless",
            "too-large",
            Reply::Endless(
                [head("200 OK", &[]), b"\r\n".to_vec()].concat(),
                feed("endless", 100).into_bytes(),
            ),
        ),
        (
            "header-flood",
            "headers-too-large",
            reply("200 OK", &flood, b""),
        ),
        (
            "header-long",
            "headers-too-large",
            reply("200 OK", &[("X-Long", &long)], b""),
        ),
        ("header-many", "headers-too-large", Reply::Whole(many)),
        (
            "header-endless",
            "headers-too-large",
            Reply::Endless(head("200 OK", &[]), b"X-Again: and again\r\n".repeat(100)),
        ),
        (
            "no-http",
            "broken-answer",
            Reply::Whole(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec()),
        ),
        ("hangs-up", "broken-answer", Reply::Whole(Vec::new())),
        ("cut-off", "broken-answer", Reply::Whole(short)),
        ("chunks", "broken-answer", Reply::Whole(chunked)),
        ("loop", "redirect-loop", lead("302 Found", "/loop")),
        ("chain", "too-many-redirects", Reply::Whole(Vec::new())),
        (
            "to-file",
            "bad-redirect",
            lead("302 Found", "file:///etc/passwd"),
        ),
        (
            "to-data",
            "bad-redirect",
            lead("301 Moved", "data:text/xml,<rss/>"),
        ),
        (
            "to-ftp",
            "bad-redirect",
            lead("301 Moved", "ftp://127.0.0.1/feed"),
        ),
        (
            "to-secret",
            "bad-redirect",
            lead("307 Temporary", "http://me:secret@127.0.0.1/"),
        ),
        ("to-nowhere", "bad-redirect", reply("302 Found", &[], b"")),
        (
            "to-garbage",
            "bad-redirect",
            lead("302 Found", "http://[::bad/"),
        ),
        (
            "to-long",
            "bad-redirect",
            lead("302 Found", &format!("/{}", "a".repeat(3000))),
        ),
        (
            "to-inside",
            "inside-address",
            lead("302 Found", &format!("http://127.0.0.2:{port}/good")),
        ),
        (
            "to-localhost",
            "inside-address",
            lead("302 Found", &format!("http://localhost:{port}/good")),
        ),
        (
            "to-number",
            "inside-address",
            lead("302 Found", "http://2130706433/"),
        ),
        (
            "to-metadata",
            "inside-address",
            lead("302 Found", "http://169.254.169.254/latest/meta-data/"),
        ),
        (
            "to-unknown",
            "unknown-host",
            lead("302 Found", "http://nowhere.invalid/feed"),
        ),
        ("to-closed", "no-connection", lead("302 Found", "/closed")),
        (
            "page",
            "page-not-feed",
            reply("200 OK", &[("Content-Type", "text/html")], page.as_bytes()),
        ),
        ("empty", "not-a-feed", reply("200 OK", &[], b"")),
        (
            "words",
            "not-a-feed",
            reply("200 OK", &[], b"Just some words."),
        ),
        ("nulls", "not-a-feed", reply("200 OK", &[], &[0; 5000])),
        ("missing", "bad-status", reply("404 Not Found", &[], b"")),
        ("forbidden", "bad-status", reply("403 Forbidden", &[], b"")),
        ("broken", "bad-status", reply("500 Oops", &[], b"")),
        ("teapot", "bad-status", reply("418 I'm a teapot", &[], b"")),
        (
            "partial",
            "bad-status",
            reply("206 Partial Content", &[], b"<rss/>"),
        ),
        ("unasked", "no-copy", reply("304 Not Modified", &[], b"")),
        ("gone", "feed-gone", reply("410 Gone", &[], b"")),
        ("laughs", "", ok(&laughs())),
        (
            "deep",
            "",
            ok(&feed("deep", 2).replace("Words about 1.", &"<b>".repeat(100_000))),
        ),
        ("good", "", ok(&whole_feed)),
    ]
}

/// Nobody listens there on any machine.
const NOBODY: &str = "127.0.0.1:1";

/// The most memory that the program may hold while all of them attack at once, in MiB. A feed may have 10,
/// four large ones are held at once, and reading one takes some more; a bomb would be 1024.
const MOST_MEMORY: i64 = 128;

#[test]
fn whoever_attacks_gets_a_name_and_the_others_are_read() {
    let answers: Arc<OnceLock<BTreeMap<&str, Reply>>> = Arc::default();
    let known = answers.clone();
    let server = Server::start(move |asked: &Asked, _| {
        let name = asked.path.trim_start_matches('/');
        let (name, rest) = name.split_once('/').unwrap_or((name, ""));
        match name {
            "chain" => lead("302 Found", &format!("/chain/{rest}x")),
            "to-closed" => lead("302 Found", &format!("http://{NOBODY}/")),
            name => known.get().expect("set")[name].clone(),
        }
    });
    let attacks = attacks(server.port());
    let _ = answers.set(
        attacks
            .iter()
            .map(|(name, _, reply)| (*name, reply.clone()))
            .collect(),
    );
    let sources: String = attacks
        .iter()
        .map(|(name, _, _)| source(name, &format!("http://{}/{name}", server.door())))
        .collect();
    let dir = library(&sources);
    let ran = fetch(&dir, &server, &["--allow-host", NOBODY]).ends(0);
    let mut wrong = Vec::new();
    for (name, code, _) in &attacks {
        let said = format!("`{name}` ");
        let warned = ran
            .err
            .lines()
            .find(|line| line.starts_with("warning[") && line.contains(&said));
        let got = warned.map_or("", |line| {
            let inside = line.trim_start_matches("warning[");
            inside.split(']').next().unwrap_or("")
        });
        if got != *code {
            wrong.push(format!(
                "{name}: wanted `{code}`, got {warned:?}; {}",
                ran.line(name)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(ran.state("good"), "new");
    assert!(!ran.err.contains('\u{1b}'), "nothing a terminal would obey");
    assert!(
        ran.err
            .contains(&format!("feed: http://{}/feed.xml", server.door())),
        "the page's feed is offered"
    );
    assert!(!ran.err.contains("javascript:"), "{}", ran.err);
    ran.stays_below(MOST_MEMORY);
    // Every name but those that come another day, from the disk or from the tests below is among them.
    let shown: BTreeSet<&str> = attacks
        .iter()
        .map(|(_, code, _)| *code)
        .filter(|c| !c.is_empty())
        .collect();
    let elsewhere = [
        "asked-to-wait",
        "feed-moved",
        "no-trust",
        "not-saved",
        "shelf",
        "too-slow",
    ];
    let all: BTreeSet<&str> = CODES
        .iter()
        .copied()
        .filter(|c| !elsewhere.contains(c))
        .collect();
    assert_eq!(shown, all);
}

#[test]
fn whoever_is_slow_is_left_within_the_limit() {
    let slow = || {
        [
            (
                "drip",
                "too-slow",
                Reply::Drip([head("200 OK", &[]), b"\r\n<rss>".to_vec()].concat(), b" "),
            ),
            (
                "drip-headers",
                "too-slow",
                Reply::Drip(head("200 OK", &[]), b"X-Drip: a\r\n"),
            ),
            ("silent", "too-slow", Reply::Drip(Vec::new(), b"")),
        ]
    };
    let server = Server::start(move |asked: &Asked, _| {
        let name = asked.path.trim_start_matches('/');
        let found = slow().into_iter().find(|(known, _, _)| *known == name);
        found.map_or_else(|| ok(&feed("good", 3)), |(_, _, reply)| reply)
    });
    let names = ["drip", "good", "drip-headers", "silent"];
    let sources = names.map(|name| source(name, &format!("http://{}/{name}", server.door())));
    let dir = library(&sources.concat());
    let ran = fetch(&dir, &server, &["--time-limit", "4"]).ends(0);
    assert_eq!(ran.state("good"), "new", "{}", ran.err);
    assert_eq!(
        ran.err.matches("warning[too-slow]").count(),
        3,
        "{}",
        ran.err
    );
    ran.says("it took more than 4 s");
}

#[test]
fn a_line_that_is_not_to_be_trusted_is_not_used() {
    // It speaks without TLS, where TLS was asked for.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let door = listener.local_addr().expect("an address").to_string();
    let plain = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("somebody");
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    let dir = library(&source("tls", &format!("https://{door}/")));
    let ran = run(dir.path(), &["fetch", "--now", NOW, "--allow-host", &door]).ends(0);
    ran.says("warning[no-trust]: `tls` could not be read: the line is not to be trusted");
    plain.join().expect("no panic");
}

#[test]
fn what_is_packed_is_unpacked() {
    let text = feed("packed", 40);
    let server = Server::start(move |asked, _| {
        let body = text.as_bytes();
        let accepted = &asked.headers["accept-encoding"];
        assert_eq!(accepted, "gzip, br");
        match asked.path.as_str() {
            "/gzip" => reply("200 OK", &[("Content-Encoding", "gzip")], &gzip(body)),
            "/x-gzip" => reply("200 OK", &[("Content-Encoding", "X-GZIP")], &gzip(body)),
            "/two" => {
                let (a, b) = body.split_at(100);
                let members = [gzip(a), gzip(b)].concat();
                reply("200 OK", &[("Content-Encoding", "gzip")], &members)
            }
            "/br" => reply("200 OK", &[("Content-Encoding", "br")], &brotli(body)),
            _ => reply("200 OK", &[("Content-Encoding", "identity")], body),
        }
    });
    let names = ["gzip", "x-gzip", "two", "br", "plain"];
    let sources = names.map(|name| source(name, &format!("http://{}/{name}", server.door())));
    let dir = library(&sources.concat());
    let ran = fetch(&dir, &server, &["--strict"]).ends(0);
    for name in names {
        assert_eq!(
            ran.line(name).split_whitespace().collect::<Vec<_>>(),
            ["new", name, "40", "entries"]
        );
        let kept = dir.path().join(format!(".learnflow/shelf/s/{name}.feed"));
        assert_eq!(
            std::fs::read(kept).expect("kept"),
            feed("packed", 40).into_bytes()
        );
    }
}
