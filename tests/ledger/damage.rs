//! Whatever happens to a ledger's file: it is refused, in a sentence with a way out, and never believed.

use crate::common::build;
use crate::library;
use learnflow::formats::ledger::read;

#[test]
fn every_kind_of_damage_is_refused_with_a_way_out() {
    let built = build(&library(&[]), "2026-03-03T12:00:00Z");
    let good = built.text("public/s/ledger.json").to_owned();
    assert_eq!(read("s", good.as_bytes()).as_ref(), Ok(built.ledger("s")));
    let row = good.lines().nth(1).expect("an entry").trim_end_matches(',');
    let change = |from: &str, to: &str| good.replacen(from, to, 1).into_bytes();
    let lines = |keep: &dyn Fn(usize) -> bool| {
        let kept = good.lines().enumerate().filter(|(at, _)| keep(*at));
        kept.map(|(_, line)| format!("{line}\n"))
            .collect::<String>()
            .into_bytes()
    };
    let conflict = format!("<<<<<<< HEAD\n{good}=======\n{good}>>>>>>> main\n");
    let within = good.replacen(
        row,
        &format!("<<<<<<< HEAD\n{row}\n=======\n{row}\n>>>>>>> main"),
        1,
    );
    let again = "learnflow ledger recover";
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        (
            "cut in the middle",
            good.as_bytes()[..good.len() / 2].to_vec(),
            "cut off",
            again,
        ),
        ("cut at a line", lines(&|at| at < 2), "cut off", again),
        ("empty", Vec::new(), "is empty", again),
        ("blank", b" \n\n".to_vec(), "is empty", again),
        (
            "a page for people",
            b"<!doctype html><title>Not found</title>".to_vec(),
            "a web page",
            again,
        ),
        (
            "another page",
            b"<html><body>Log in</body></html>".to_vec(),
            "a web page",
            again,
        ),
        ("packed", vec![0x1f, 0x8b, 8, 0, 0], "packed", "unpack it"),
        ("not text", vec![0xFF, 0xFE, b'{', 0], "damaged", again),
        ("null", b"null".to_vec(), "damaged", again),
        ("a list", b"[]".to_vec(), "damaged", again),
        (
            "merged by git",
            conflict.into_bytes(),
            "could not merge it (line 1)",
            again,
        ),
        (
            "merged by git within",
            within.into_bytes(),
            "could not merge it (line 2)",
            again,
        ),
        (
            "a changed word",
            change("Do one", "Do ten"),
            "changed by hand",
            again,
        ),
        (
            "a changed serial",
            change("\"serial\": 1", "\"serial\": 7"),
            "changed by hand",
            again,
        ),
        (
            "a changed stamp",
            change("T09:00:00Z", "T09:00:01Z"),
            "changed by hand",
            again,
        ),
        (
            "a changed checksum",
            change("\"checksum\": \"", "\"checksum\": \"0"),
            "changed by hand",
            again,
        ),
        (
            "a line less",
            change(&format!("{row},\n"), ""),
            "changed by hand",
            again,
        ),
        (
            "a line twice",
            change(row, &format!("{row},\n{row}")),
            "stands in it twice",
            again,
        ),
        (
            "another version",
            change("\"version\": 1", "\"version\": 2"),
            "version 2",
            "a newer one",
        ),
        (
            "another site",
            change("\"site\": \"s\"", "\"site\": \"t\""),
            "the site `t`",
            "its own",
        ),
        (
            "an unknown key",
            change("\"due\"", "\"duo\""),
            "damaged",
            again,
        ),
        (
            "a bad instant",
            change("2026-03-02T09", "2026-03-32T09"),
            "damaged",
            again,
        ),
        (
            "text after it",
            format!("{good}{{}}").into_bytes(),
            "damaged",
            again,
        ),
    ];
    for (name, damaged, what, way_out) in cases {
        assert_ne!(damaged, good.as_bytes(), "{name}");
        let error = read("s", &damaged).expect_err(name);
        assert!(
            error.contains(what) && error.contains(way_out),
            "{name}: {error}"
        );
    }
    // Line breaks of another system and another order of keys are no damage.
    let windows = good.replace('\n', "\r\n");
    assert_eq!(
        read("s", windows.as_bytes()).as_ref(),
        Ok(built.ledger("s"))
    );
}
