//! The first quarter of an hour, and every kind that can be begun with.

use super::{NOW, files, run};
use learnflow::kinds::KINDS;

#[test]
fn a_newcomer_gets_from_nothing_to_a_site() {
    let home = tempfile::tempdir().expect("a folder");
    run(home.path(), &["init", "library", "--now", NOW])
        .ends(0)
        .says("learnflow check");
    let at = home.path().join("library");
    run(&at, &["check", "--now", NOW])
        .ends(0)
        .says("Everything is fine: 1 programme, 1 run, 1 site");
    run(&at, &["new", "challenge", "ten-days", "--now", NOW])
        .ends(0)
        .says("content/challenges/ten-days.md");
    run(&at, &["check", "--strict", "--now", NOW])
        .ends(0)
        .says("Everything is fine: 2 programmes, 2 runs, 1 site");
    run(&at, &["plan", "--run", "ten-days-2026", "--now", NOW]).ends(0);
    let built = run(&at, &["build", "--now", NOW]).ends(0);
    assert!(built.err.contains("Build again at 2026-"), "{}", built.err);
    let first = files(&at);
    for path in [
        "dist/public/learning/index.html",
        "dist/public/learning/feed.xml",
        "dist/team/learning/index.html",
    ] {
        assert!(first.contains_key(path), "no {path}");
    }
    run(&at, &["build", "--now", NOW])
        .ends(0)
        .says("0 files written");
    let second = files(&at);
    for (path, file) in &first {
        assert!(second.get(path) == Some(file), "{path} was written again");
    }
    assert_eq!(first.len(), second.len());
    let again = run(&at, &["new", "challenge", "ten-days", "--now", NOW])
        .ends(2)
        .says("there already");
    assert!(again.err.contains("Choose another id"));
    assert_eq!(files(&at), second);
}

#[test]
fn every_kind_begins_without_errors_and_warnings() {
    let home = tempfile::tempdir().expect("a folder");
    for now in [NOW, "2026-12-20T12:00:00Z"] {
        let name = &now[..10];
        run(home.path(), &["init", name, "--now", now]).ends(0);
        let at = home.path().join(name);
        // Its own campaign would clash with the second one of the same example.
        std::fs::remove_dir_all(at.join("content")).expect("removed");
        std::fs::remove_dir_all(at.join("sites/learning/runs")).expect("removed");
        for kind in KINDS {
            run(
                &at,
                &[
                    "new",
                    kind.name,
                    &format!("our-{}", kind.name),
                    "--now",
                    now,
                ],
            )
            .ends(0);
            run(&at, &["check", "--now", now])
                .ends(0)
                .says("Everything is fine");
        }
        run(&at, &["build", "--strict", "--now", now]).ends(0);
        let years = format!(
            "--now={}-09-01",
            &now[..4].parse::<u32>().expect("a year") + 1
        );
        run(&at, &["build", &years]).ends(0);
    }
}
