//! What is read from folders, and what is told of the rest.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::UnixListener;

use learnflow::disk::{self, FILE_LIMIT, ReadProblem};

use super::*;

/// Path to text, and the messages, in which the root is called ROOT.
fn read_all(root: &Path, below: &[&str]) -> (Puts, Vec<String>) {
    let (folder, problems) = disk::read(root, below);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let files = folder
        .files
        .iter()
        .map(|(path, bytes)| (path.clone(), text(bytes)))
        .collect();
    let say = |problem: &ReadProblem| problem.to_string().replace(root.to_str().unwrap(), "ROOT");
    (files, problems.iter().map(say).collect())
}

struct Case {
    name: &'static str,
    things: &'static [(&'static str, &'static str)],
    files: &'static [(&'static str, &'static str)],
    problems: &'static [&'static str],
}

/// Beside the root stands `elsewhere/secret.md`; `content` and `sites` are read.
fn check_read(case: &Case) {
    // The order of making decides the order in which most file systems list a folder.
    for backwards in [false, true] {
        let temp = TempDir::new().unwrap();
        let root = temp.path().join("root");
        make(
            temp.path(),
            &[("root/", ""), ("elsewhere/secret.md", "secret")],
        );
        let mut things = case.things.to_vec();
        if backwards {
            things.reverse();
        }
        make(&root, &things);
        let expected = (
            puts(case.files),
            case.problems.iter().map(|text| text.to_string()).collect(),
        );
        assert_eq!(
            read_all(&root, &["content", "sites"]),
            expected,
            "{}",
            case.name
        );
        assert_eq!(
            read_all(&root, &["sites", "content"]),
            expected,
            "{}, the other way round",
            case.name
        );
    }
}

#[test]
fn all_that_can_be_read_is_read_and_the_rest_is_told() {
    let cases = [
        Case {
            name: "sorted by the whole path, nothing from outside the folders",
            things: &[
                ("content/b/c.md", "1"),
                ("content/b.md", "2"),
                ("content/a.md", "3"),
                ("sites/x/site.yaml", "4"),
                ("README.md", "5"),
                ("content/empty/", ""),
            ],
            files: &[
                ("content/a.md", "3"),
                ("content/b.md", "2"),
                ("content/b/c.md", "1"),
                ("sites/x/site.yaml", "4"),
            ],
            problems: &[],
        },
        Case {
            name: "no folders at all",
            things: &[],
            files: &[],
            problems: &[],
        },
        Case {
            name: "hidden files, copies and locks of editors",
            things: &[
                ("content/.git/config", "1"),
                ("content/.hidden.md", "1"),
                ("content/a.md~", "1"),
                ("content/old~/a.md", "1"),
                ("content/.#a.md -> me@host.123:456", ""),
                ("content/a~b.md", "kept"),
            ],
            files: &[("content/a~b.md", "kept")],
            problems: &[],
        },
        Case {
            name: "links inside are followed",
            things: &[
                ("shared/c.md", "1"),
                ("content/file.md -> ../shared/c.md", ""),
                ("content/folder -> ../shared", ""),
            ],
            files: &[("content/file.md", "1"), ("content/folder/c.md", "1")],
            problems: &[],
        },
        Case {
            name: "links out, to nothing and round in circles",
            things: &[
                ("content/a.md", "1"),
                ("content/circle -> ../content", ""),
                ("content/dead.md -> nothing.md", ""),
                ("content/itself.md -> itself.md", ""),
                ("content/out -> ../../elsewhere", ""),
                ("content/out.md -> ../../elsewhere/secret.md", ""),
            ],
            files: &[("content/a.md", "1")],
            problems: &[
                "content/out is a link out of this repository; put a copy of the file in its place",
                "content/out.md is a link out of this repository; put a copy of the file in its place",
                "content/circle is a link that leads nowhere, or back to where it stands; correct or remove it",
                "content/dead.md is a link that leads nowhere, or back to where it stands; correct or remove it",
                "content/itself.md is a link that leads nowhere, or back to where it stands; correct or remove it",
            ],
        },
        Case {
            name: "one of the folders is itself a link out",
            things: &[("content -> ../elsewhere", ""), ("sites/site.yaml", "1")],
            files: &[("sites/site.yaml", "1")],
            problems: &[
                "content is a link out of this repository; put a copy of the file in its place",
            ],
        },
        Case {
            name: "one of the folders is a link inside",
            things: &[("content -> texts", ""), ("texts/a.md", "1")],
            files: &[("content/a.md", "1")],
            problems: &[],
        },
    ];
    cases.iter().for_each(check_read);
}

#[test]
fn a_name_that_is_not_utf8_is_told_and_its_neighbours_are_read() {
    let temp = TempDir::new().unwrap();
    make(temp.path(), &[("content/a.md", "1")]);
    for (name, is_folder) in [(&b"caf\xe9.md"[..], false), (&b"caf\xe9"[..], true)] {
        let path = temp.path().join("content").join(OsStr::from_bytes(name));
        if is_folder {
            fs::create_dir(&path).unwrap();
            fs::write(path.join("inside.md"), "1").unwrap();
        } else {
            fs::write(path, "1").unwrap();
        }
    }
    let (files, problems) = read_all(temp.path(), &["content"]);
    assert_eq!(files, puts(&[("content/a.md", "1")]));
    let told = [
        "the name of content/caf\u{fffd} is not UTF-8; rename it",
        "the name of content/caf\u{fffd}.md is not UTF-8; rename it",
    ];
    assert_eq!(problems, told);
}

#[test]
fn a_file_may_be_as_large_as_the_limit_and_not_a_byte_larger() {
    let temp = TempDir::new().unwrap();
    make(
        temp.path(),
        &[("content/fits", ""), ("content/too-big", "")],
    );
    for (name, size) in [("fits", FILE_LIMIT), ("too-big", FILE_LIMIT + 1)] {
        let file = fs::OpenOptions::new()
            .write(true)
            .open(temp.path().join("content").join(name))
            .unwrap();
        file.set_len(size).unwrap();
    }
    let (folder, problems) = disk::read(temp.path(), &["content"]);
    assert_eq!(folder.files["content/fits"].len() as u64, FILE_LIMIT);
    assert_eq!(
        problems,
        [ReadProblem::TooBig {
            path: "content/too-big".into()
        }]
    );
    assert_eq!(
        problems[0].to_string(),
        "content/too-big is larger than 32 MiB; make it smaller, or host it elsewhere and link to it"
    );
}

#[test]
fn a_socket_is_not_waited_for_and_a_missing_root_is_told() {
    let temp = TempDir::new().unwrap();
    make(temp.path(), &[("content/", "")]);
    let _socket = UnixListener::bind(temp.path().join("content/socket")).unwrap();
    let (files, problems) = read_all(temp.path(), &["content"]);
    assert_eq!(
        (files, problems),
        (
            vec![],
            vec!["content/socket is neither a file nor a folder; remove it".into()]
        )
    );

    let (files, problems) = read_all(&temp.path().join("missing"), &["content"]);
    let told = "ROOT cannot be read: No such file or directory (os error 2); let this user read it, or remove it";
    assert_eq!((files, problems), (vec![], vec![told.into()]));
}
