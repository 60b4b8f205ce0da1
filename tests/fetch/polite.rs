//! What a source is asked the second time.

use crate::server::{Server, feed, lead, ok, reply};
use crate::{NOW, fetch, library, run, source};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};

const DAY_AFTER: &str = "2026-03-03T12:00:00Z";

fn paths(server: &Server) -> Vec<String> {
    server.asked().into_iter().map(|asked| asked.path).collect()
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = Server::start(|asked, _| {
        let known = |name: &str| asked.headers.get(name).map(String::as_str);
        match (
            asked.path.as_str(),
            known("if-none-match"),
            known("if-modified-since"),
        ) {
            ("/tag", Some("\"one\""), _) => reply("304 Not Modified", &[("ETag", "\"one\"")], b""),
            ("/tag", _, _) => reply("200 OK", &[("ETag", "\"one\"")], feed("tag", 3).as_bytes()),
            ("/day", _, Some("Sun, 01 Mar 2026 00:00:00 GMT")) => {
                reply("304 Not Modified", &[], b"")
            }
            ("/day", _, _) => reply(
                "200 OK",
                &[("Last-Modified", "Sun, 01 Mar 2026 00:00:00 GMT")],
                feed("day", 3).as_bytes(),
            ),
            ("/led", None, None) => lead("302 Found", "/tag"),
            ("/led", _, _) => reply("400 Bad Request", &[], b"a tag of somebody else's"),
            _ => ok(&feed("same", 3)),
        }
    });
    let names = ["tag", "day", "led", "same"];
    let sources = names.map(|name| source(name, &format!("http://{}/{name}", server.door())));
    let dir = library(&sources.concat());
    let first = fetch(&dir, &server, &["--strict"]).ends(0);
    assert_eq!(first.count("new"), 4, "{}", first.out);
    let kept = |name: &str| {
        std::fs::read(dir.path().join(format!(".learnflow/shelf/s/{name}.feed"))).expect("kept")
    };
    let before = names.map(kept);
    let second = fetch(&dir, &server, &["--strict", "--now", DAY_AFTER]).ends(0);
    assert_eq!(second.count("unchanged"), 4, "{}{}", second.out, second.err);
    assert_eq!(names.map(kept), before);
    // A shelf that was thrown away is filled again.
    std::fs::remove_dir_all(dir.path().join(".learnflow")).expect("thrown away");
    let third = fetch(&dir, &server, &["--strict"]).ends(0);
    assert_eq!(third.count("new"), 4, "{}", third.out);
    assert_eq!(names.map(kept), before);
}

#[test]
fn who_asks_says_who_it_is_and_nothing_else() {
    let server = Server::start(|asked, before| match (asked.path.as_str(), before) {
        ("/lead", _) => reply(
            "302 Found",
            &[("Location", "/feed"), ("Set-Cookie", "a=b")],
            b"",
        ),
        (_, n) => reply(
            "200 OK",
            &[("Set-Cookie", "a=b"), ("X-N", &n.to_string())],
            feed("f", 1).as_bytes(),
        ),
    });
    let dir = library(&source("lead", &format!("http://{}/lead", server.door())));
    fetch(&dir, &server, &[]).ends(0);
    fetch(&dir, &server, &["--now", DAY_AFTER]).ends(0);
    let version = env!("CARGO_PKG_VERSION");
    let asked = server.asked();
    assert_eq!(asked.len(), 4);
    for question in &asked {
        let names: Vec<&str> = question.headers.keys().map(String::as_str).collect();
        assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"]);
        assert_eq!(
            question.headers["user-agent"],
            format!("learnflow/{version} (+https://learn.example.org/)")
        );
    }
    let note = dir.path().join(".learnflow/shelf/s/lead.json");
    let note = std::fs::read_to_string(note).expect("a note");
    assert!(
        note.contains("\"x-n\"") && !note.to_lowercase().contains("cookie"),
        "{note}"
    );
}

#[test]
fn a_move_for_good_is_remembered_and_told() {
    let server = Server::start(|asked, _| match asked.path.as_str() {
        "/old" => lead("301 Moved Permanently", "/older"),
        "/older" => lead("308 Permanent Redirect", "/new"),
        "/today" => lead("302 Found", "/new"),
        "/half" => lead("301 Moved Permanently", "/today"),
        "/new" => ok(&feed("new", 2)),
        _ => reply("404 Not Found", &[], b""),
    });
    let names = ["old", "today", "half"];
    let sources = names.map(|name| source(name, &format!("http://{}/{name}", server.door())));
    let dir = library(&sources.concat());
    let ran = fetch(&dir, &server, &[]).ends(0);
    let new = format!("http://{}/new", server.door());
    let ran = ran.says(&format!(
        "warning[feed-moved]: `old` moved for good to {new}"
    ));
    assert!(
        ran.line("old")
            .ends_with(&format!("2 entries; moved to {new}"))
    );
    assert!(
        ran.line("half").ends_with("/today"),
        "as far as it holds for ever: {}",
        ran.out
    );
    assert!(ran.line("today").ends_with("2 entries"));
    server.asked();
    fetch(&dir, &server, &["--now", DAY_AFTER])
        .ends(0)
        .says("feed-moved");
    let mut asked = paths(&server);
    asked.sort();
    assert_eq!(asked, ["/new", "/new", "/new", "/today", "/today"]);
    // The curator follows: nothing is new, and nothing is told any more.
    let sources = dir.path().join("sites/s/curation/sources.yaml");
    let text = std::fs::read_to_string(&sources).expect("text");
    std::fs::write(&sources, text.replace("/old\"", "/new\"")).expect("written");
    let ran = fetch(&dir, &server, &[]).ends(0);
    assert_eq!(ran.state("old"), "unchanged");
    assert!(!ran.err.contains("`old`"), "{}", ran.err);
}

#[test]
fn a_new_home_that_fails_is_forgotten() {
    let server = Server::start(|asked, before| match (asked.path.as_str(), before) {
        ("/old", 0) => lead("301 Moved Permanently", "/trap"),
        ("/trap", 0) => ok(&feed("trap", 2)),
        ("/old", _) => ok(&feed("old", 5)),
        _ => reply("404 Not Found", &[], b""),
    });
    let dir = library(&source("old", &format!("http://{}/old", server.door())));
    fetch(&dir, &server, &[]).ends(0).says("moved for good");
    let ran = fetch(&dir, &server, &["--now", DAY_AFTER]).ends(0);
    assert_eq!(ran.state("old"), "failing");
    let ran = fetch(&dir, &server, &["--now", "2026-03-04T12:00:00Z"]).ends(0);
    assert!(ran.line("old").ends_with("5 entries"), "{}", ran.out);
}

#[test]
fn what_is_gone_is_asked_no_more_until_its_address_changes() {
    let server = Server::start(|asked, _| match asked.path.as_str() {
        "/gone" => reply("410 Gone", &[], b""),
        _ => ok(&feed("back", 2)),
    });
    let dir = library(&source("gone", &format!("http://{}/gone", server.door())));
    fetch(&dir, &server, &[])
        .ends(0)
        .says("`gone` is gone for good, said its server on 2026-03-02");
    let ran = fetch(&dir, &server, &["--now", DAY_AFTER]).ends(0);
    assert_eq!(
        ran.line("gone").split_whitespace().collect::<Vec<_>>(),
        ["gone", "gone", "since", "2026-03-02"]
    );
    assert_eq!(paths(&server), ["/gone"]);
    let sources = dir.path().join("sites/s/curation/sources.yaml");
    std::fs::write(
        &sources,
        format!(
            "sources:\n{}",
            source("gone", &format!("http://{}/back", server.door()))
        ),
    )
    .expect("written");
    assert_eq!(
        fetch(&dir, &server, &["--now", DAY_AFTER]).state("gone"),
        "new"
    );
}

#[test]
fn whoever_asks_to_be_left_alone_is() {
    let server = Server::start(|asked, before| match (asked.path.as_str(), before) {
        (_, 1..) => ok(&feed("again", 1)),
        ("/seconds", _) => reply("429 Too Many Requests", &[("Retry-After", "3600")], b""),
        ("/date", _) => reply(
            "503 Service Unavailable",
            &[("Retry-After", "Mon, 02 Mar 2026 14:00:00 GMT")],
            b"",
        ),
        ("/ages", _) => reply(
            "503 Service Unavailable",
            &[("Retry-After", "99999999999999999999")],
            b"",
        ),
        ("/past", _) => reply(
            "503 Service Unavailable",
            &[("Retry-After", "Mon, 02 Feb 2026 14:00:00 GMT")],
            b"",
        ),
        _ => reply("503 Service Unavailable", &[("Retry-After", "soon")], b""),
    });
    let names = ["seconds", "date", "ages", "past", "soon"];
    let sources = names.map(|name| source(name, &format!("http://{}/{name}", server.door())));
    let dir = library(&sources.concat());
    let ran = fetch(&dir, &server, &[]).ends(0);
    assert_eq!(ran.count("failing"), 5);
    ran.says("`seconds` could not be read: the server answers 429, you ask too often");
    server.asked();
    let soon = fetch(&dir, &server, &["--now", "2026-03-02T12:59:59Z"]).ends(0);
    assert_eq!(
        soon.state("soon"),
        "failing",
        "it was forgotten what was asked before"
    );
    assert!(
        soon.line("seconds")
            .ends_with("waiting    seconds  until 2026-03-02T13:00:00Z")
    );
    assert!(soon.line("date").ends_with("until 2026-03-02T14:00:00Z"));
    assert!(
        soon.line("ages").ends_with("until 2026-03-09T12:00:00Z"),
        "a week is the longest"
    );
    let mut asked = paths(&server);
    asked.sort();
    assert_eq!(asked, ["/past", "/soon"]);
    soon.says("warning[asked-to-wait]: `seconds` asks to be left alone until 2026-03-02T13:00:00Z");
    fetch(&dir, &server, &["--now", "2026-03-02T13:00:00Z"]).ends(0);
    let mut asked = paths(&server);
    asked.sort();
    assert_eq!(asked, ["/past", "/seconds", "/soon"]);
}

#[test]
fn a_paused_source_and_one_without_a_feed_are_left_alone() {
    let server = Server::start(|_, _| ok(&feed("f", 1)));
    let address = format!("http://{}/feed", server.door());
    let paused = source("paused", &address).replace("}\n", ", paused_until: 2026-03-03}\n");
    let dir = library(&format!(
        "{paused}  - {{id: paper, title: Paper, why_trusted: On the table.}}\n"
    ));
    let ran = fetch(&dir, &server, &["--strict"]).ends(0);
    assert_eq!(
        ran.out,
        "paused     paused  until 2026-03-03\nby-hand    paper   it has no feed\n"
    );
    assert!(server.asked().is_empty());
    // On the day itself, in the site's zone, it is asked again.
    let ran = fetch(&dir, &server, &["--now", "2026-03-03T00:00:00Z"]).ends(0);
    assert_eq!(ran.state("paused"), "new");
}

#[test]
fn it_is_told_for_how_long_a_source_has_been_failing_and_its_copy_is_kept() {
    let well = Arc::new(AtomicUsize::new(1));
    let answers = well.clone();
    let server = Server::start(move |_, _| match answers.load(Ordering::SeqCst) {
        0 => reply("500 Oops", &[], b""),
        2 => ok("<html><p>We are moving house"),
        _ => ok(&feed("f", 7)),
    });
    let dir = library(&source("f", &format!("http://{}/f", server.door())));
    let at = |day: &str| {
        fetch(
            &dir,
            &server,
            &["--now", &format!("2026-03-{day}T12:00:00Z")],
        )
    };
    at("02").ends(0);
    well.store(0, Ordering::SeqCst);
    let ran = at("03").says("`f` could not be read: the server answers 500, an error of its own");
    assert!(
        ran.line("f")
            .ends_with("since 2026-03-03 (bad-status); the copy of 2026-03-02 is kept")
    );
    well.store(2, Ordering::SeqCst);
    let ran = at("09").says("`f` could not be read since 2026-03-03: this is ");
    assert!(
        ran.line("f").contains("since 2026-03-03")
            && ran.line("f").ends_with("the copy of 2026-03-02 is kept")
    );
    let kept = std::fs::read(dir.path().join(".learnflow/shelf/s/f.feed")).expect("kept");
    assert_eq!(kept, feed("f", 7).into_bytes());
    well.store(1, Ordering::SeqCst);
    let ran = at("10");
    assert_eq!(
        ran.line("f").split_whitespace().collect::<Vec<_>>(),
        ["unchanged", "f", "7", "entries"]
    );
    well.store(0, Ordering::SeqCst);
    at("11").says("`f` could not be read: ");
}

#[test]
fn many_are_asked_at_once_and_few_at_one_host() {
    // Nobody answers before two have asked: one after the other would never end.
    let both = Arc::new(Barrier::new(2));
    let server = {
        let both = both.clone();
        Server::start(move |_, _| {
            both.wait();
            ok(&feed("f", 1))
        })
    };
    let names: Vec<String> = (0..20).map(|n| format!("f{n}")).collect();
    let sources = names
        .iter()
        .map(|name| source(name, &format!("http://{}/{name}", server.door())));
    let dir = library(&sources.collect::<String>());
    let ran = run(
        dir.path(),
        &["fetch", "--now", NOW, "--allow-host", &server.door()],
    )
    .ends(0);
    assert_eq!(ran.count("new"), 20);
    // The server still counts an answer that is on its way when the next question comes.
    let most = server.most_at_once();
    assert!((2..=4).contains(&most), "{most} at once");
}
