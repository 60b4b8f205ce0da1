//! What is refused, and in which words.

use std::os::unix::net::UnixListener;

use super::*;

#[derive(Default)]
struct Case {
    name: &'static str,
    /// Made by others before anything is built.
    before: &'static [(&'static str, &'static str)],
    /// Built first.
    listed: &'static [(&'static str, &'static str)],
    /// Files of ours that others then remove.
    lost: &'static [&'static str],
    /// Made by others after that.
    then: &'static [(&'static str, &'static str)],
    puts: &'static [(&'static str, &'static str)],
    /// The message and its lines, in which the output folder is called OUT.
    says: &'static str,
    of: &'static [&'static str],
}

fn check_refused(case: &Case) {
    let temp = TempDir::new().unwrap();
    let out = temp.path().join("out");
    make(temp.path(), &[("out/", "")]);
    make(&out, case.before);
    make(temp.path(), &[("elsewhere/secret.html", "not yours")]);
    if !case.listed.is_empty() {
        build(&out, &puts(case.listed)).unwrap();
    }
    case.lost
        .iter()
        .for_each(|path| fs::remove_file(out.join(path)).unwrap());
    make(&out, case.then);
    let (tree, own) = (tree_of(temp.path()), own_files(&out));
    let error = build(&out, &puts(case.puts)).expect_err(case.name);
    let message = error.to_string().replace(out.to_str().unwrap(), "OUT");
    let expected: String = [case.says]
        .iter()
        .chain(case.of)
        .copied()
        .collect::<Vec<_>>()
        .join("\n  ");
    assert_eq!(message, expected, "{}", case.name);
    assert_eq!(
        tree_of(temp.path()),
        tree,
        "{}: something was changed",
        case.name
    );
    assert_eq!(
        own_files(&out),
        own,
        "{}: something is left in .learnflow",
        case.name
    );
}

const NOT_OURS: &str = "learnflow did not write these, and something else has to stand in their place; \
    move or delete them, or choose another folder with --out. Nothing was changed.";
const LINKS: &str = "these are links, and learnflow writes through none; \
    replace them by real files or folders, or choose another folder with --out. Nothing was changed.";
const CLASHES: &str = "these paths are one file, at least where upper and lower case are the same; \
    give one of the two another id or slug. Nothing was changed.";
const FILE_AND_FOLDER: &str = "these files would have to be folders as well; \
    give one of the two another id or slug. Nothing was changed.";
const BAD_PATHS: &str = "these paths cannot be written; change the ids or slugs that they come from. \
    Nothing was changed.";

#[test]
fn what_cannot_be_written_is_refused_at_once_and_changes_nothing() {
    let cases = [
        Case {
            name: "files of others, all of them",
            before: &[
                ("public/a.html", "theirs"),
                ("public/b.html", "theirs"),
                ("public/same.html", "same"),
            ],
            puts: &[
                ("public/a.html", "ours"),
                ("public/b.html", "ours"),
                ("public/same.html", "same"),
                ("new", ""),
            ],
            says: NOT_OURS,
            of: &["OUT/public/a.html", "OUT/public/b.html"],
            ..Case::default()
        },
        Case {
            name: "the same length, other bytes",
            before: &[("a", "theirs")],
            puts: &[("a", "there!")],
            says: NOT_OURS,
            of: &["OUT/a"],
            ..Case::default()
        },
        Case {
            name: "a file of others where a folder has to be",
            before: &[("public", "theirs")],
            puts: &[("public/a.html", "ours")],
            says: NOT_OURS,
            of: &["OUT/public"],
            ..Case::default()
        },
        Case {
            name: "an empty folder of others where a file has to be",
            before: &[("a/", "")],
            puts: &[("a", "ours")],
            says: NOT_OURS,
            of: &["OUT/a"],
            ..Case::default()
        },
        Case {
            name: "in our folder, where a file has to be, things of others",
            listed: &[("a/ours.html", "1"), ("a/b/ours.html", "1")],
            then: &[("a/theirs.html", ""), ("a/b/theirs/", "")],
            puts: &[("a", "2")],
            says: NOT_OURS,
            of: &["OUT/a/b/theirs", "OUT/a/theirs.html"],
            ..Case::default()
        },
        Case {
            name: "the only difference to a file of ours is case, so it may be the same file",
            listed: &[("About.html", "text")],
            then: &[("about.html", "text")],
            puts: &[("about.html", "text")],
            says: NOT_OURS,
            of: &["OUT/about.html"],
            ..Case::default()
        },
        Case {
            name: "links to a file, to a folder, to nothing",
            before: &[
                ("file -> ../elsewhere/secret.html", ""),
                ("folder -> ../elsewhere", ""),
                ("x/dead -> no", ""),
            ],
            puts: &[
                ("file", "not yours"),
                ("folder/secret.html", "1"),
                ("folder/new/a.html", "1"),
                ("x/dead", "1"),
            ],
            says: LINKS,
            of: &["OUT/file", "OUT/folder", "OUT/x/dead"],
            ..Case::default()
        },
        Case {
            name: "a link where our file was that has to go",
            listed: &[("a/old.html", "1"), ("b.html", "1")],
            lost: &["a/old.html"],
            then: &[("a/old.html -> ../../elsewhere/secret.html", "")],
            puts: &[("b.html", "2")],
            says: LINKS,
            of: &["OUT/a/old.html"],
            ..Case::default()
        },
        Case {
            name: "our own folder is a link",
            before: &[(".learnflow -> ../elsewhere", "")],
            puts: &[("a", "1")],
            says: LINKS,
            of: &["OUT/.learnflow"],
            ..Case::default()
        },
        Case {
            name: "our list is a link",
            before: &[(".learnflow/files -> ../../elsewhere/secret.html", "")],
            puts: &[("a", "1")],
            says: LINKS,
            of: &["OUT/.learnflow/files"],
            ..Case::default()
        },
        Case {
            name: "case",
            puts: &[
                ("public/Über/a.html", "1"),
                ("public/über/A.html", "2"),
                ("public/b.html", "1"),
            ],
            says: CLASHES,
            of: &["public/Über/a.html and public/über/A.html"],
            ..Case::default()
        },
        Case {
            name: "twice",
            puts: &[("a", "1"), ("a", "1")],
            says: CLASHES,
            of: &["a and a"],
            ..Case::default()
        },
        Case {
            name: "file and folder in new folders",
            puts: &[
                ("p/a", "1"),
                ("p/a-b", "1"),
                ("p/a.b", "1"),
                ("p/a/b/c", "1"),
                ("q/d/e", "1"),
                ("q/D", "1"),
            ],
            says: FILE_AND_FOLDER,
            of: &["p/a and p/a/b/c", "q/D and q/d/e"],
            ..Case::default()
        },
        Case {
            name: "file and folder in one that is there",
            listed: &[("p/x", "1")],
            puts: &[("p/a/b", "1"), ("p/a", "1"), ("p/x", "2")],
            says: FILE_AND_FOLDER,
            of: &["p/a and p/a/b"],
            ..Case::default()
        },
        Case {
            name: "paths",
            listed: &[("good", "1")],
            puts: &[
                ("", ""),
                ("../a", ""),
                ("a/../b", ""),
                ("a/.", ""),
                ("/a", ""),
                ("C:/a", ""),
                ("good", "2"),
            ],
            says: BAD_PATHS,
            of: &[
                "\"\": it is empty",
                "\"../a\": it has a part that is `.` or `..`",
                "\"/a\": it is absolute",
                "\"C:/a\": it is absolute",
                "\"a/.\": it has a part that is `.` or `..`",
                "\"a/../b\": it has a part that is `.` or `..`",
            ],
            ..Case::default()
        },
        Case {
            name: "more paths",
            puts: &[
                ("a//b", ""),
                ("a/", ""),
                ("a\\b", ""),
                ("a\0", ""),
                ("a\nb", ""),
                (".Learnflow/files", ""),
            ],
            says: BAD_PATHS,
            of: &[
                "\".Learnflow/files\": the folder `.learnflow` is the writer's own",
                "\"a\\0\": it has a NUL character",
                "\"a\\nb\": it has a control character",
                "\"a/\": a part of it is empty",
                "\"a//b\": a part of it is empty",
                "\"a\\\\b\": it has a backslash; parts are divided by `/`",
            ],
            ..Case::default()
        },
        Case {
            name: "a list that names something outside",
            before: &[(".learnflow/files", "../elsewhere/secret.html\n")],
            puts: &[("a", "1")],
            says: "OUT/.learnflow/files cannot be understood: of the path \"../elsewhere/secret.html\", it has a part \
                   that is `.` or `..`. Delete the whole output folder, if it holds nothing but what learnflow wrote, \
                   or choose another one with --out, then run the command again.",
            ..Case::default()
        },
        Case {
            name: "a journal that names something outside",
            before: &[(
                ".learnflow/journal",
                "learnflow journal 1\nremove ../elsewhere/secret.html\nend\n",
            )],
            puts: &[("a", "1")],
            says: "OUT/.learnflow/journal cannot be understood: of the path \"../elsewhere/secret.html\", it has a \
                   part that is `.` or `..`. Delete the whole output folder, if it holds nothing but what learnflow \
                   wrote, or choose another one with --out, then run the command again.",
            ..Case::default()
        },
        Case {
            name: "a journal that goes through a link",
            before: &[
                (
                    ".learnflow/journal",
                    "learnflow journal 1\nremove theirs/secret.html\nend\n",
                ),
                ("theirs -> ../elsewhere", ""),
            ],
            puts: &[("a", "1")],
            says: LINKS,
            of: &["OUT/theirs"],
            ..Case::default()
        },
        Case {
            name: "half a journal",
            before: &[(
                ".learnflow/journal",
                "learnflow journal 1\nremove public/a.ht",
            )],
            puts: &[("a", "1")],
            says: "OUT/.learnflow/journal cannot be understood: its first or its last line is missing. Delete the \
                   whole output folder, if it holds nothing but what learnflow wrote, or choose another one with \
                   --out, then run the command again.",
            ..Case::default()
        },
    ];
    cases.iter().for_each(check_refused);
}

#[test]
fn a_pipe_or_socket_in_the_way_is_not_ours() {
    let temp = TempDir::new().unwrap();
    let _socket = UnixListener::bind(temp.path().join("a")).unwrap();
    let error = build(temp.path(), &puts(&[("a", "1")])).unwrap_err();
    assert_eq!(error, Error::NotOurs(vec![temp.path().join("a")]));
}

#[test]
fn a_long_list_is_cut_in_the_message_only() {
    let temp = TempDir::new().unwrap();
    let names: Vec<String> = (10..35).map(|i| format!("page-{i}")).collect();
    names
        .iter()
        .for_each(|name| fs::write(temp.path().join(name), "theirs").unwrap());
    let ours: Puts = names
        .iter()
        .map(|name| (name.clone(), "ours".into()))
        .collect();
    let error = build(temp.path(), &ours).unwrap_err();
    assert_eq!(
        error,
        Error::NotOurs(names.iter().map(|name| temp.path().join(name)).collect())
    );
    let text = error.to_string();
    assert!(
        text.contains("page-29") && !text.contains("page-30") && text.ends_with("\n  and 5 more"),
        "{text}"
    );
}

#[test]
fn a_second_writer_is_refused_while_the_first_is_open_and_a_dead_ones_lock_is_not_minded() {
    let temp = TempDir::new().unwrap();
    make(temp.path(), &[(".learnflow/lock", "1\n")]);
    let first = Writer::open(temp.path(), &Quiet).unwrap();
    let second = Writer::open(temp.path(), &Quiet).err().unwrap();
    let (out, holder) = (temp.path().to_path_buf(), Some(std::process::id()));
    assert_eq!(second, Error::Locked { out, holder });
    assert_eq!(
        second
            .to_string()
            .replace(temp.path().to_str().unwrap(), "OUT"),
        format!(
            "another learnflow (process {}) is writing to OUT. Wait until it has finished, or end it, then run the \
             command again.",
            std::process::id()
        )
    );
    drop(first);
    assert!(Writer::open(temp.path(), &Quiet).is_ok());
}

#[test]
fn when_staging_fails_the_stage_is_cleared_and_the_old_tree_is_whole() {
    let temp = TempDir::new().unwrap();
    build(temp.path(), &puts(&[("a", "1"), ("b", "1"), ("c", "1")])).unwrap();
    let (tree, own) = (tree_of(temp.path()), own_files(temp.path()));
    // The second file is refused, as there is no folder for it any more.
    let hook = Then(|op: &Op<'_>| {
        if let Op::Write(path) = op
            && path.ends_with("stage/numbered/0/0")
        {
            fs::remove_dir_all(path.parent().unwrap()).unwrap();
        }
    });
    let writer = Writer::open(temp.path(), &hook).unwrap();
    writer.put("a", b"2").unwrap();
    let error = writer.put("b", b"2").unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
    assert_eq!(
        error
            .to_string()
            .replace(temp.path().to_str().unwrap(), "OUT"),
        "could not create OUT/.learnflow/stage/numbered/0/1: No such file or directory (os error 2). The previous \
         output is as it was. Put that right, then run the command again."
    );
    assert!(matches!(writer.commit(), Err(Error::Refused(fault)) if fault.kind == error.kind()));
    assert_eq!((tree_of(temp.path()), own_files(temp.path())), (tree, own));
}

#[test]
fn a_commit_that_halts_is_completed_by_the_next_command() {
    let temp = TempDir::new().unwrap();
    let (old, new) = (
        puts(&[("a", "1"), ("b", "1"), ("c", "1")]),
        puts(&[("a", "2"), ("b", "2"), ("d", "1")]),
    );
    build(temp.path(), &old).unwrap();
    let in_the_way = temp.path().join("b");
    let hook = Then(|op: &Op<'_>| {
        if matches!(op, Op::Rename(_, to) if to.ends_with(".learnflow/journal")) {
            fs::remove_file(&in_the_way).unwrap();
            make(temp.path(), &[("b/theirs", "")]);
        }
    });
    let error = build_with(temp.path(), &new, &hook).unwrap_err();
    assert_eq!(
        error
            .to_string()
            .replace(temp.path().to_str().unwrap(), "OUT"),
        "could not put in place OUT/b: Is a directory (os error 21). The output is half-way to its new state. Put \
         that right, then run the command again: it first completes what was begun."
    );
    fs::remove_dir_all(&in_the_way).unwrap();
    drop(Writer::open(temp.path(), &Quiet).unwrap());
    assert_eq!(tree_of(temp.path()), tree_with(new));
}

#[test]
fn a_journal_is_completed_though_folders_have_been_removed_since() {
    let temp = TempDir::new().unwrap();
    let (old, new) = (
        puts(&[("a", "1"), ("p/b", "1"), ("p/c", "1")]),
        puts(&[("a", "2"), ("p/b", "2"), ("p/c", "1")]),
    );
    build(temp.path(), &old).unwrap();
    let in_the_way = temp.path().join("a");
    let hook = Then(|op: &Op<'_>| {
        if matches!(op, Op::Rename(_, to) if to.ends_with(".learnflow/journal")) {
            fs::remove_file(&in_the_way).unwrap();
            fs::create_dir(&in_the_way).unwrap();
        }
    });
    assert!(matches!(
        build_with(temp.path(), &new, &hook),
        Err(Error::Halted(_))
    ));
    fs::remove_dir(&in_the_way).unwrap();
    fs::remove_dir_all(temp.path().join("p")).unwrap();
    drop(Writer::open(temp.path(), &Quiet).unwrap());
    assert_eq!(
        tree_of(temp.path()),
        tree_with(puts(&[("a", "2"), ("p/b", "2")]))
    );
    build(temp.path(), &new).unwrap();
    assert_eq!(tree_of(temp.path()), tree_with(new));
}

#[test]
fn folders_that_come_and_go_during_a_build_are_noticed_before_anything_is_changed() {
    let temp = TempDir::new().unwrap();
    build(temp.path(), &puts(&[("gone/a", "1"), ("b", "1")])).unwrap();
    let writer = Writer::open(temp.path(), &Quiet).unwrap();
    for path in ["gone/a", "came/a", "b"] {
        writer.put(path, b"2").unwrap();
    }
    fs::remove_dir_all(temp.path().join("gone")).unwrap();
    fs::create_dir(temp.path().join("came")).unwrap();
    let tree = tree_of(temp.path());
    let error = writer.commit().unwrap_err();
    assert_eq!(
        error
            .to_string()
            .replace(temp.path().to_str().unwrap(), "OUT"),
        "the folders of these were made or removed by something else while learnflow was at work; run the command \
         again. Nothing was changed.\n  OUT/came/a\n  OUT/gone/a"
    );
    assert_eq!(tree_of(temp.path()), tree);
    assert!(
        build(
            temp.path(),
            &puts(&[("gone/a", "2"), ("came/a", "2"), ("b", "2")])
        )
        .is_ok()
    );
}
