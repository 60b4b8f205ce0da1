//! `plan`, the moment it is made for, and the ledgers it stands on.

use super::{NOW, files, golden, library, run, run_with, sound, two_sites, write};

#[test]
fn plan_has_four_forms_of_the_next_change() {
    let dir = library(&sound());
    let mut text = String::new();
    for args in [
        &["plan"][..],
        &["plan", "--run", "quiet-2026"],
        &["plan", "--format", "json"],
        &["plan", "--next"],
        &["plan", "--next", "--format", "json"],
        &["plan", "--next", "--format", "cron"],
        &["plan", "--next", "--format", "ics"],
    ] {
        let args = [args, &["--now", NOW]].concat();
        let ran = run(dir.path(), &args).ends(0);
        assert_eq!(ran.err, "");
        text.push_str(&format!("$ learnflow {}\n{}\n", args.join(" "), ran.out));
    }
    golden("plans.txt", &text.replace("\r\n", "\n"));
    let ics = run(
        dir.path(),
        &["plan", "--next", "--format", "ics", "--now", NOW],
    );
    assert!(ics.out.lines().count() > 5 && ics.out.ends_with("END:VCALENDAR\r\n"));
    let late = ["--now", "2036-01-01"];
    for (form, out) in [("text", "Nothing lies ahead.\n"), ("cron", ""), ("ics", "")] {
        let args = [&["plan", "--next", "--format", form][..], &late].concat();
        assert_eq!(run(dir.path(), &args).ends(0).out, out, "{form}");
    }
}

/// `--now` wins over the variable, the variable over the clock; if it is used and old, that is said.
#[test]
fn the_moment_may_come_from_source_date_epoch() {
    let dir = library(&sound());
    let by_flag = run(dir.path(), &["plan", "--next", "--now", NOW])
        .ends(0)
        .out;
    let epoch = [("SOURCE_DATE_EPOCH", "1772452800")];
    let ran = run_with(dir.path(), &["plan", "--next"], &epoch).ends(0);
    assert_eq!(ran.out, by_flag);
    let ran = ran.says("The moment is 2026-03-02T12:00:00Z, from SOURCE_DATE_EPOCH");
    // The clock of whoever runs this is more than a day later.
    ran.says("more than a day behind the clock");
    let ran = run_with(
        dir.path(),
        &["plan", "--next", "--now", NOW],
        &[("SOURCE_DATE_EPOCH", "0")],
    )
    .ends(0);
    assert_eq!((ran.out, ran.err.as_str()), (by_flag, ""));
    run_with(dir.path(), &["plan"], &[("SOURCE_DATE_EPOCH", "soon")])
        .ends(2)
        .says("not a number of seconds");
    run_with(dir.path(), &["plan"], &[("SOURCE_DATE_EPOCH", "")]).ends(0);
}

/// A folder of ledgers, one file with `--site`, none yet, and one that cannot be used.
#[test]
fn a_ledger_may_lie_elsewhere() {
    let dir = library(&sound());
    let at = dir.path();
    run(at, &["build", "--now", NOW]).ends(0);
    let ledger = std::fs::read(at.join("dist/public/s/ledger.json")).expect("a ledger");
    write(at, "ledgers/s.json", &ledger);
    let later = "2026-03-10T12:00:00Z";
    let feed = |out: &str, args: &[&str]| {
        let args = [&["build", "--out", out, "--now", later][..], args].concat();
        run(at, &args).ends(0);
        std::fs::read(at.join(out).join("public/s/feed.xml")).expect("a feed")
    };
    let fresh = feed("fresh", &[]);
    let by_folder = feed("by-folder", &["--ledger", "ledgers"]);
    let by_file = feed("by-file", &["--ledger", "ledgers/s.json", "--site", "s"]);
    let none_yet = feed("none-yet", &["--ledger", "nowhere.json", "--site", "s"]);
    let default = feed("dist", &[]);
    assert_eq!(by_folder, by_file);
    assert_eq!(by_folder, default);
    assert_eq!(none_yet, fresh);
    assert_ne!(
        by_folder, fresh,
        "a late item is stamped late where a ledger knows that it was not out"
    );
    run(at, &["check", "--ledger", "ledgers/s.json"])
        .ends(2)
        .says("say with `--site` whose ledger the file is");
    let cut = &ledger[..ledger.len() / 2];
    write(at, "ledgers/s.json", cut);
    write(at, "dist/public/s/ledger.json", cut);
    let before = files(&at.join("dist"));
    for args in [
        &["--ledger", "ledgers"][..],
        &["--ledger", "ledgers/s.json", "--site", "s"],
        &[],
    ] {
        for command in ["check", "build", "plan"] {
            let args = [&[command, "--now", later][..], args].concat();
            let ran = run(at, &args).ends(2).says("cannot be used");
            assert_eq!(ran.out, "");
        }
    }
    assert_eq!(files(&at.join("dist")), before);
}

#[test]
fn one_site_leaves_the_others_alone() {
    let dir = library(&two_sites());
    let at = dir.path();
    run(at, &["build", "--now", NOW]).ends(0);
    let dist = at.join("dist");
    let of = |site: &str| {
        let mut all = files(&dist);
        all.retain(|path, _| path.contains(&format!("/{site}/")));
        all
    };
    let (first, second) = (of("s"), of("second"));
    assert!(!first.is_empty() && first.len() == second.len());
    let later = "2026-03-03T12:00:00Z";
    run(at, &["build", "--now", later, "--site", "second"]).ends(0);
    assert_eq!(of("s"), first);
    assert_ne!(of("second"), second);
    run(at, &["build", "--now", later]).ends(0);
    assert_ne!(of("s"), first);
}
