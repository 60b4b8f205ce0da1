//! `doctor` at an address: the files and what their host says of them, through the same client and guard.

use crate::common::{SITE, build, folder};
use crate::run;
use crate::server::{Reply, Server, reply};
use std::collections::BTreeMap;

const LIBRARY: &str = include_str!("../ledger/library.txt");
const NOW: &str = "2026-03-11T12:10:00Z";

/// A host of a site: it adds headers to every feed, and has no file at some paths.
fn host(headers: &'static [(&str, &str)], without: &'static str) -> Server {
    let built = build(&folder(&format!("{SITE}{LIBRARY}")), "2026-03-11T12:00:00Z");
    let files: BTreeMap<String, Vec<u8>> = built
        .files
        .into_iter()
        .filter_map(|(path, bytes)| {
            Some((path.strip_prefix("public/s").map(str::to_owned)?, bytes))
        })
        .collect();
    Server::start(move |asked, _| -> Reply {
        let path = match asked.path.as_str() {
            "/" => "/index.html",
            path => path,
        };
        match files.get(path).filter(|_| path != without) {
            Some(bytes) => reply("200 OK", headers, bytes),
            None => reply("404 Not Found", &[], b"nothing"),
        }
    })
}

fn doctor(server: &Server, allowed: bool) -> crate::Ran {
    let dir = tempfile::tempdir().expect("a folder");
    let (door, address) = (server.door(), format!("http://{}/", server.door()));
    let mut args = vec!["doctor", &address, "--now", NOW];
    if allowed {
        args.extend(["--allow-host", &door]);
    }
    run(dir.path(), &args)
}

const GOOD: &[(&str, &str)] = &[
    ("Access-Control-Allow-Origin", "*"),
    ("Cache-Control", "max-age=300"),
    ("Last-Modified", "Wed, 11 Mar 2026 12:01:00 GMT"),
];

#[test]
fn r45_a_good_host_breaks_no_rule() {
    let ran = doctor(&host(GOOD, ""), true).ends(0);
    assert!(ran.out.starts_with("s: 8 feeds, "), "{}", ran.out);
    assert!(ran.out.contains("No rule is broken"), "{}", ran.out);
    assert_eq!(ran.out.matches("shows every item once").count(), 11);
}

#[test]
fn r28_r29_r36_what_the_host_says_is_read() {
    let bad = &[
        ("Cache-Control", "public, max-age=86400"),
        ("Last-Modified", "Wed, 04 Mar 2026 12:01:00 GMT"),
        ("X-Frame-Options", "DENY"),
    ];
    let ran = doctor(&host(bad, ""), true).ends(1);
    for rule in ["! R28 ", "! R29 ", "! R36 "] {
        assert!(ran.out.contains(rule), "{rule}: {}", ran.out);
    }
    assert_eq!(ran.out.matches("\n! ").count(), 3, "{}", ran.out);
}

#[test]
fn r27_a_feed_that_is_missing_is_named() {
    let ran = doctor(&host(GOOD, "/spring/feed.xml"), true).ends(1);
    assert!(
        ran.out.contains("spring/feed.xml: it is not there"),
        "{}",
        ran.out
    );
}

#[test]
fn a_host_of_the_house_is_asked_only_when_it_is_allowed() {
    let server = host(GOOD, "");
    let ran = doctor(&server, false).ends(2);
    assert!(ran.err.contains("cannot be read"), "{}", ran.err);
    assert!(server.asked().is_empty());
}
