//! What is kept, where, and what a shelf in disorder does.

use crate::server::{Server, feed, reply};
use crate::{fetch, library, run, source, write};

fn server() -> Server {
    Server::start(|asked, _| match asked.headers.get("if-none-match") {
        Some(_) => reply("304 Not Modified", &[], b""),
        None => reply("200 OK", &[("ETag", "\"a\"")], feed("f", 3).as_bytes()),
    })
}

#[test]
fn the_shelf_is_labelled_so_that_nobody_keeps_it() {
    let server = server();
    let dir = library(&source("f", &format!("http://{}/f", server.door())));
    fetch(&dir, &server, &[]).ends(0);
    let read = |name: &str| {
        std::fs::read_to_string(dir.path().join(".learnflow/shelf").join(name)).expect(name)
    };
    assert_eq!(read(".gitignore"), "*\n");
    assert!(read("CACHEDIR.TAG").starts_with("Signature: 8a477f597d28d172789f06886806bc55\n"));
    assert_eq!(read("s/f.feed"), feed("f", 3));
    let mut names: Vec<String> = std::fs::read_dir(dir.path().join(".learnflow/shelf/s"))
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("UTF-8")
        })
        .collect();
    names.sort();
    assert_eq!(names, ["f.feed", "f.json"], "nothing half-written is left");
}

#[test]
fn the_shelf_is_never_where_it_would_be_published_or_read() {
    let server = server();
    let dir = library(&source("f", &format!("http://{}/f", server.door())));
    for shelf in [
        "dist/public/s",
        "dist",
        "sites/s/static/shelf",
        "./x/../sites/s",
        "content/x",
        "layouts",
    ] {
        let ran = fetch(&dir, &server, &["--shelf", shelf]).ends(2);
        ran.says("the shelf cannot lie in ");
    }
    assert!(server.asked().is_empty());
    assert!(!dir.path().join("dist").exists());
    fetch(&dir, &server, &["--shelf", "elsewhere/shelf"])
        .ends(0)
        .says("lies in elsewhere/shelf.");
    assert!(dir.path().join("elsewhere/shelf/s/f.feed").is_file());
}

#[test]
fn a_shelf_in_disorder_is_put_in_order() {
    let server = server();
    let dir = library(&source("f", &format!("http://{}/f", server.door())));
    let disorder: &[&dyn Fn()] = &[
        &|| write(dir.path(), ".learnflow/shelf/s/f.json", b"{ not json"),
        &|| {
            write(
                dir.path(),
                ".learnflow/shelf/s/f.json",
                &vec![b'['; 2 << 20],
            )
        },
        &|| write(dir.path(), ".learnflow/shelf/s/f.json", b"{\"etag\": 5}"),
        // A note without its feed: the server must not be asked whether that has changed.
        &|| std::fs::remove_file(dir.path().join(".learnflow/shelf/s/f.feed")).expect("removed"),
    ];
    for put in disorder {
        assert_eq!(fetch(&dir, &server, &[]).ends(0).count("failing"), 0);
        put();
        let ran = fetch(&dir, &server, &["--strict"]).ends(0);
        assert_eq!(ran.state("f"), "new", "{}{}", ran.out, ran.err);
        assert_eq!(fetch(&dir, &server, &[]).state("f"), "unchanged");
    }
}

#[test]
fn a_link_on_the_shelf_leads_no_writer_out_of_it() {
    let server = server();
    let dir = library(&source("f", &format!("http://{}/f", server.door())));
    write(dir.path(), "mine.txt", b"mine");
    std::fs::create_dir_all(dir.path().join(".learnflow/shelf/s")).expect("made");
    for name in ["f.feed", "f.json"] {
        let link = dir.path().join(".learnflow/shelf/s").join(name);
        std::os::unix::fs::symlink("../../../mine.txt", link).expect("a link");
    }
    fetch(&dir, &server, &[]).ends(0);
    assert_eq!(
        std::fs::read(dir.path().join("mine.txt")).expect("mine"),
        b"mine"
    );
}

#[test]
fn a_shelf_that_cannot_be_written_is_told() {
    let server = server();
    let dir = library(&source("f", &format!("http://{}/f", server.door())));
    // A folder where a file should be: refused to everybody, root too.
    std::fs::create_dir_all(dir.path().join(".learnflow/shelf/s/f.feed/x")).expect("made");
    fetch(&dir, &server, &[])
        .ends(0)
        .says("warning[shelf]: `f` could not be read: it could not be kept: ");
    write(dir.path(), "file", b"");
    fetch(&dir, &server, &["--shelf", "file"])
        .ends(2)
        .says("the shelf cannot be used: ");
}

#[test]
fn an_id_is_no_path() {
    let server = server();
    for id in [
        "../../x",
        "a/b",
        "..",
        "C:x",
        "a\\\\b",
        ".learnflow",
        "a%2fb",
        "é",
    ] {
        let dir =
            library(&source("\"ID\"", &format!("http://{}/f", server.door())).replace("ID", id));
        let ran = run(dir.path(), &["fetch", "--allow-host", &server.door()]).ends(1);
        ran.says("error[wrong-value]: `id: ");
        assert!(!dir.path().join(".learnflow/shelf/s").exists(), "{id}");
    }
    assert!(server.asked().is_empty());
}
