//! `look` at addresses: the same client, the same guard, the same limits.

use crate::hostile::gzip;
use crate::server::{Server, feed, lead, ok, reply, sixty_mb};
use crate::{NOW, run, write};

#[test]
fn addresses_and_files_are_shown_in_their_order() {
    let server = Server::start(|asked, _| match asked.path.as_str() {
        "/feed" => {
            let names: Vec<&str> = asked.headers.keys().map(String::as_str).collect();
            assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"]);
            assert_eq!(
                asked.headers["user-agent"],
                concat!("learnflow/", env!("CARGO_PKG_VERSION"))
            );
            let body = gzip(feed("One", 2).as_bytes());
            reply("200 OK", &[("Content-Encoding", "gzip")], &body)
        }
        "/old" => lead("301 Moved", "/sub/relative"),
        "/sub/relative" => ok(
            "<rss version=\"2.0\"><channel><title>Two</title><item><title>A</title><link>a.html</link></item></channel></rss>",
        ),
        _ => reply("404 Not Found", &[], b""),
    });
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), "three.xml", feed("Three", 1).as_bytes());
    let (one, two) = (
        format!("http://{}/feed", server.door()),
        format!("http://{}/old", server.door()),
    );
    let args = [
        "look",
        "--now",
        NOW,
        "--allow-host",
        &server.door(),
        &two,
        "three.xml",
        &one,
    ];
    let ran = run(dir.path(), &args).ends(0);
    let heads: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| line.contains(": T") || line.contains(": One"))
        .collect();
    assert_eq!(
        heads,
        [
            format!("{two}: Two"),
            "three.xml: Three".to_owned(),
            format!("{one}: One")
        ]
    );
    let missing = format!("http://{}/missing", server.door());
    let json = [
        "look",
        "--format",
        "json",
        "--allow-host",
        &server.door(),
        &two,
        &missing,
    ];
    let ran = run(dir.path(), &json).ends(1);
    let shown: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let entry = &shown[&two]["entries"][0];
    let relative = format!("http://{}/sub/a.html", server.door());
    assert_eq!(
        (&entry["title"], &entry["link"]),
        (&"A".into(), &relative.into()),
        "as it was given, where it ended"
    );
    assert_eq!(
        shown[&missing]["error"],
        "the server answers 404, not found"
    );
    assert!(!dir.path().join(".learnflow").exists(), "nothing is kept");
}

#[test]
fn nobody_is_led_inside_by_looking() {
    let inside = Server::start(|_, _| ok(&feed("inside", 1)));
    let port = inside.port();
    let outside =
        Server::start(move |_, _| lead("302 Found", &format!("http://localhost:{port}/")));
    let dir = tempfile::tempdir().expect("a folder");
    let (direct, led) = (
        format!("http://{}/", inside.door()),
        format!("http://{}/", outside.door()),
    );
    let args = ["look", "--allow-host", &outside.door(), &direct, &led];
    let ran = run(dir.path(), &args).ends(1);
    let told: Vec<&str> = ran.err.lines().collect();
    assert_eq!(
        told,
        [
            format!("{direct}: `127.0.0.1` is not on the internet, and was not asked"),
            format!("{led}: `localhost` is not on the internet, and was not asked"),
        ]
    );
    assert!(inside.asked().is_empty());
}

#[test]
fn a_page_offers_its_feeds_and_a_flood_is_stopped() {
    let server = Server::start(|asked, _| match asked.path.as_str() {
        "/" => reply(
            "200 OK",
            &[("Content-Type", "text/html")],
            b"<!doctype html><link rel=alternate type=application/rss+xml href=/feed.xml><p>Words",
        ),
        _ => sixty_mb(false),
    });
    let dir = tempfile::tempdir().expect("a folder");
    let addresses = ["", "flood"].map(|path| format!("http://{}/{path}", server.door()));
    let args = [
        "look",
        "--allow-host",
        &server.door(),
        &addresses[0],
        &addresses[1],
    ];
    let ran = run(dir.path(), &args).ends(1);
    ran.says(&format!("http://{}/feed.xml", server.door()))
        .says("it is larger than 10 MB");
}
