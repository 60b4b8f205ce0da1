//! What is told at the end, and with which code the program ends.

use crate::server::{Reply, Server, feed, head, ok, reply, sixty_mb};
use crate::{NOW, fetch, library, run, run_as, source, write};
use std::collections::BTreeMap;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// Every file of a build's output, but for what the writer keeps for itself.
fn built(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(dir.join("dist")).into_iter();
    let files = files
        .map(|entry| entry.expect("readable"))
        .filter(|e| e.file_type().is_file());
    let read = files
        .filter(|e| !e.path().to_string_lossy().contains(".learnflow"))
        .map(|entry| {
            let name = entry
                .path()
                .strip_prefix(dir)
                .expect("below")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read(entry.path()).expect("bytes"))
        });
    let found: BTreeMap<_, _> = read.collect();
    assert!(found.len() > 10);
    found
}

/// The program without any network: not even the loopback, where the system lets us say so.
fn cut_off() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_learnflow"));
    // SAFETY: a system call that touches nothing of this process's memory.
    unsafe {
        command.pre_exec(|| {
            // Refused in some containers: there `tests/tidy.rs` alone holds that a build asks nobody.
            libc::unshare(libc::CLONE_NEWUSER | libc::CLONE_NEWNET);
            Ok(())
        });
    }
    command
}

#[test]
fn c7_of_20_sources_three_fail_17_are_read_and_a_build_needs_none_of_them() {
    let server = Server::start(|asked, _| {
        match asked.path.as_str() {
        "/s3" => Reply::Drip([head("200 OK", &[]), b"\r\n<rss>".to_vec()].concat(), b" "),
        "/s8" => reply(
            "200 OK",
            &[("Content-Type", "text/html")],
            b"<!doctype html><title>Shop</title><link rel=alternate type=\"application/rss+xml\" href=\"/rss\"><p>Buy",
        ),
        "/s15" => sixty_mb(true),
        path => ok(&feed(&path[1..], 30)),
    }
    });
    let sources =
        (1..=20).map(|n| source(&format!("s{n}"), &format!("http://{}/s{n}", server.door())));
    let dir = library(&sources.collect::<String>());
    let build = ["build", "--now", NOW];
    assert_eq!(run_as(cut_off(), dir.path(), &build).code, 0);
    let before = built(dir.path());
    let ran = fetch(&dir, &server, &["--time-limit", "4"]).ends(0);
    assert_eq!(
        (ran.count("new"), ran.count("failing")),
        (17, 3),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .lines()
            .all(|line| line.starts_with("failing") || line.ends_with("30 entries"))
    );
    let offered = format!(
        "write `feed: http://{}/rss`, which the page offers",
        server.door()
    );
    let ran = ran
        .says("warning[too-slow]: `s3` could not be read: it took more than 4 s")
        .says("warning[page-not-feed]: `s8` could not be read: this is a web page, not a feed")
        .says(&offered)
        .says("warning[too-large]: `s15` could not be read: it is larger than 10 MB")
        .says("20 sources: 17 new, 3 failing; 3 warnings. What came lies in .learnflow/shelf.");
    ran.stays_below(96);
    let strict = fetch(&dir, &server, &["--time-limit", "4", "--strict"]).ends(1);
    assert_eq!(strict.count("unchanged"), 17);
    std::fs::remove_dir_all(dir.path().join("dist")).expect("removed");
    assert_eq!(run_as(cut_off(), dir.path(), &build).code, 0);
    assert!(
        built(dir.path()) == before,
        "what was fetched changed the build"
    );
}

#[test]
fn a_mistake_in_the_list_is_told_and_the_others_are_read() {
    let server = Server::start(|_, _| ok(&feed("f", 1)));
    let good = source("good", &format!("http://{}/f", server.door()));
    let bad = "  - {id: bad, title: Bad, feed: \"http://bad.example.org/\"}\n";
    let dir = library(&(good + bad));
    let ran = fetch(&dir, &server, &[]).ends(1);
    assert_eq!(ran.out, "new        good  1 entry\n");
    ran.says("error[missing-why-trusted]: `Bad` has no `why_trusted`")
        .says("sites/s/curation/sources.yaml:3:5");
}

#[test]
fn the_report_for_tools_says_all_of_it() {
    let server = Server::start(|asked, _| match asked.path.as_str() {
        "/good" => ok(&feed("good", 2)),
        _ => reply("404 Not Found", &[], b""),
    });
    let names = ["good", "bad"];
    let sources = names.map(|name| source(name, &format!("http://{}/{name}", server.door())));
    let dir = library(&sources.concat());
    let ran = fetch(&dir, &server, &["--format", "json"]).ends(0);
    let report: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(report["now"], NOW);
    let good = serde_json::json!({
        "site": "s", "id": "good", "feed": format!("http://{}/good", server.door()), "state": "new",
        "since": null, "until": null, "moved_to": null, "entries": 2, "read": NOW, "problem": null,
    });
    let bad = serde_json::json!({
        "site": "s", "id": "bad", "feed": format!("http://{}/bad", server.door()), "state": "failing",
        "since": NOW, "until": null, "moved_to": null, "entries": null, "read": null,
        "problem": {
            "code": "bad-status",
            "message": "the server answers 404, not found",
            "help": "look on its site for the feed's new address, and write it into `feed`",
        },
    });
    assert_eq!(report["sources"], serde_json::json!([good, bad]));
}

#[test]
fn saved_feeds_are_read_instead_and_nobody_is_asked() {
    let names = ["xml", "json", "none", "missing", "page"];
    // Nobody could be asked there.
    let sources = names.map(|name| source(name, &format!("https://{name}.example.invalid/feed")));
    let dir = library(&sources.concat());
    let save =
        |name: &str, text: &str| write(dir.path(), &format!("saved/{name}"), text.as_bytes());
    save("xml.xml", &feed("xml", 4));
    save(
        "json.json",
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","content_text":"One"}]}"#,
    );
    save("none", &feed("none", 2));
    save("page.html", "<!doctype html><title>P</title><p>Words");
    save("xm.xml", "not this one");
    let args = ["fetch", "--now", NOW, "--offline", "saved"];
    let ran = run_as(cut_off(), dir.path(), &args).ends(0);
    assert_eq!(ran.count("new"), 3, "{}{}", ran.out, ran.err);
    let ran = ran
        .says("warning[not-saved]: `missing` could not be read: there is no saved file of it")
        .says("warning[page-not-feed]: `page` could not be read: this is a web page, not a feed\n");
    assert!(ran.line("xml").ends_with("4 entries"));
    let again = run_as(cut_off(), dir.path(), &args).ends(0);
    assert_eq!(again.count("unchanged"), 3);
    // A folder of the site's own comes first.
    write(dir.path(), "saved/s/xml.atom", feed("xml", 9).as_bytes());
    let ran = run(dir.path(), &args).ends(0);
    assert!(ran.line("xml").starts_with("new") && ran.line("xml").ends_with("9 entries"));
    assert_eq!(ran.count("failing"), 4);
    run(dir.path(), &["fetch", "--offline", "nowhere"])
        .ends(2)
        .says("there is no folder nowhere");
}

#[test]
fn what_cannot_be_begun_says_how_it_could() {
    let dir = library(&source("a", "https://a.example.org/"));
    let told = |args: &[&str], words: &str| {
        let ran = run(dir.path(), &[&["fetch"], args].concat())
            .ends(2)
            .says(words);
        assert_eq!(ran.out, "");
    };
    told(&["--site", "x"], "there is no site `x`");
    told(
        &["--time-limit", "0"],
        "`--time-limit 0` is no length of time",
    );
    told(&["--time-limit=-1"], "is no length of time");
    told(&["--time-limit", "inf"], "is no length of time");
    told(&["--root", "nowhere"], "learnflow init <folder>");
    std::fs::remove_file(dir.path().join("sites/s/curation/sources.yaml")).expect("removed");
    told(&[], "there are no sources here");
    assert!(!dir.path().join(".learnflow").exists(), "nothing was kept");
}

#[test]
fn overdue_reviews_are_told() {
    let server = Server::start(|_, _| ok(&feed("f", 1)));
    let address = format!("http://{}/f", server.door());
    let dir = library(&source("f", &address).replace("}\n", ", review_by: 2026-03-01}\n"));
    fetch(&dir, &server, &[])
        .ends(0)
        .says("warning[review-overdue]: the review of `f` was due on 2026-03-01");
    let ran = fetch(&dir, &server, &["--now", "2026-03-01T12:00:00Z"]).ends(0);
    assert!(!ran.err.contains("review"), "{}", ran.err);
}

/// The guide shows a list of sources and what is told of it.
#[test]
fn the_guide_shows_what_is_told() {
    let guide = std::fs::read_to_string("docs/guide/sources.md").expect("the chapter");
    let block = |fence: &str| {
        let (_, after) = guide
            .split_once(fence)
            .unwrap_or_else(|| panic!("no {fence}"));
        after.split("```").next().expect("an end").to_owned()
    };
    let list = block("```yaml file=sites/learning/curation/sources.yaml\n");
    let dir = library(list.strip_prefix("sources:\n").expect("a list"));
    write(
        dir.path(),
        "saved/town-hall.xml",
        feed("town-hall", 12).as_bytes(),
    );
    let ran = run(
        dir.path(),
        &[
            "fetch",
            "--offline",
            "saved",
            "--now",
            "2026-01-12T12:00:00Z",
        ],
    );
    assert_eq!(ran.ends(0).out, block("```text sketch\n"));
}
