//! `why`, `context`, `completions` and `man`, as people meet them.

use super::{NOW, Ran, golden, library, run, sound, two_sites};
use std::path::Path;

fn at_noon(dir: &Path, args: &[&str]) -> Ran {
    let args: Vec<&str> = args.iter().copied().chain(["--now", NOW]).collect();
    run(dir, &args)
}

const FILE: &str = "public/s/quiet-2026/choose/index.html";

#[test]
fn why_names_the_documents_behind_a_file() {
    let dir = library(&sound());
    let mut told = String::new();
    for file in [
        FILE,
        "public/s/index.html",
        "team/s/quiet-2026/index.html",
        "public/s/feed.xml",
        "team/s/style.css",
    ] {
        let ran = at_noon(dir.path(), &["why", file]).ends(0);
        assert_eq!(ran.err, format!("{file} comes from\n"));
        told.push_str(&format!("$ learnflow why {file}\n{}\n", ran.out));
    }
    golden("why.out", &told);
}

/// However somebody names it, it is the same file.
#[test]
fn a_file_has_many_names() {
    let dir = library(&sound());
    run(dir.path(), &["build", "--now", NOW]).ends(0);
    let expected = at_noon(dir.path(), &["why", FILE]).ends(0).out;
    let whole = dir.path().join("dist").join(FILE);
    for name in [
        whole.to_str().expect("UTF-8"),
        "dist/public/s/quiet-2026/choose/index.html",
        "./dist/public/s/quiet-2026/choose/",
        "public\\s\\quiet-2026\\choose\\index.html",
        "public/s/quiet-2026/choose",
        "quiet-2026/choose/",
        "/quiet-2026/choose",
        "quiet-2026/choose/index.html#main",
        "https://learn.example.org/quiet-2026/choose/",
    ] {
        let ran = at_noon(dir.path(), &["why", name]).ends(0);
        assert_eq!(ran.out, expected, "{name}");
    }
}

#[test]
fn why_tells_tools_the_same() {
    let dir = library(&sound());
    let ran = at_noon(dir.path(), &["why", FILE, "--format", "json"]).ends(0);
    assert_eq!(ran.err, "");
    let told: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(told["output"], FILE);
    assert_eq!(told["layout"], "occurrence.html");
    let first = &told["from"][0];
    assert_eq!(first["file"], "content/challenges/quiet.md");
    assert_eq!(first["line"], 13);
    assert_eq!(first["gives"], "the activity `choose`");
    assert_eq!(first["share"], "own");
    let layout = told["from"].as_array().expect("a list").iter();
    let layout = layout.filter(|row| row["file"] == "layouts/occurrence.html");
    assert_eq!(
        layout.map(|row| &row["built_in"]).collect::<Vec<_>>(),
        [true]
    );
}

/// A layout of the site's own is named in the place of the built-in one, and a decision about an
/// occurrence with its line.
#[test]
fn why_names_own_layouts_and_decisions() {
    let with = sound()
        + "overrides:\n  - {id: choose, on: 2026-02-20, reason: The hall is closed., move: 2026-02-27}\n---\n-- sites/s/layouts/occurrence.html --\n<p>{{ it.title }}</p>\n";
    let with = with.replacen("channels: [everyone]\n---\n", "channels: [everyone]\n", 1);
    let ran = at_noon(library(&with).path(), &["why", FILE]).ends(0);
    for line in [
        "sites/s/layouts/occurrence.html: the layout\n",
        "sites/s/runs/quiet-2026.md:8: the decision of `2026-02-20`\n",
        "content/challenges/quiet.md:13: the activity `choose`\n",
    ] {
        assert!(ran.out.contains(line), "no `{line}` in\n{}", ran.out);
    }
    assert!(
        !ran.out.contains("base.html"),
        "it extends nothing\n{}",
        ran.out
    );
}

#[test]
fn context_prints_what_a_layout_sees() {
    let dir = library(&sound());
    for (args, file, kind) in [
        (
            &["/"][..],
            "public/s/index.html, made by the layout home.html",
            "home",
        ),
        (
            &["quiet-2026/choose/"],
            "public/s/quiet-2026/choose/index.html, made by",
            "occurrence",
        ),
        (
            &["404.html"],
            "public/s/404.html, made by the layout not-found.html",
            "not-found",
        ),
        (
            &["team:/"],
            "team/s/index.html, made by the layout team.html",
            "team",
        ),
        (
            &["--team", "quiet-2026/"],
            "team/s/quiet-2026/index.html, made by",
            "plan",
        ),
        (
            &["dist/team/s/programmes/quiet/"],
            "made by the layout definition.html",
            "definition",
        ),
    ] {
        let args: Vec<&str> = ["context"].iter().chain(args).copied().collect();
        let ran = at_noon(dir.path(), &args).ends(0).says(file);
        let sees: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
        let keys: Vec<&String> = sees.as_object().expect("keys").keys().collect();
        assert_eq!(keys.len(), 3, "{keys:?}");
        assert_eq!(sees["page"]["kind"], kind);
    }
    let ran = at_noon(dir.path(), &["context", "quiet-2026/choose/"]);
    let sees: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(sees["it"]["name"], "Choose your hour");
    assert_eq!(sees["site"]["title"], "The site");
}

/// Nothing is rendered: a layout that fails on a page is when somebody wants to see what it sees.
#[test]
fn context_needs_no_working_layout() {
    let with = sound() + "-- sites/s/layouts/home.html --\n{% for x in it.nothing.at.all %}\n";
    let dir = library(&with);
    at_noon(dir.path(), &["build"])
        .ends(1)
        .says("`learnflow context PAGE` prints what a page sees");
    let ran = at_noon(dir.path(), &["context", "/"]).ends(0);
    assert!(ran.out.contains("\"kind\": \"home\""));
}

#[test]
fn what_there_is_not_has_a_way_out() {
    let dir = library(&two_sites());
    for (args, code, words) in [
        (
            &["context", "quiet-2026/chose/", "--site", "s"][..],
            2,
            "Did you mean `quiet-2026/choose/` or",
        ),
        (
            &["context", "choose", "--site", "s"],
            2,
            "Did you mean `quiet-2026/choose/`",
        ),
        (
            &["context", "keep", "--site", "s"],
            2,
            "What is not out yet has none: `--now`",
        ),
        (
            &["why", "public/s/quiet-2026/chose/index.html"],
            2,
            "Did you mean `public/s/quiet-2026/choose/index.html`",
        ),
        (&["context", "elephants"], 2, "`/` is the front page"),
        (&["context", "/"], 2, "Say which with `--site`: s, second."),
        (
            &["context", "feed.xml", "--site", "s"],
            2,
            "public/s/feed.xml is not a page",
        ),
        (
            &["context", "/", "--site", "secnod"],
            2,
            "Did you mean `second`?",
        ),
        (&["man", "biuld"], 2, "Did you mean `build`?"),
        (&["man", "elephant"], 2, "Commands: init, new, check"),
        (&["completions", "fsh"], 2, "similar value exists: 'fish'"),
    ] {
        let mut args = args.to_vec();
        if matches!(args[0], "context" | "why") {
            args.extend(["--now", NOW]);
        }
        let ran = run(dir.path(), &args).ends(code).says(words);
        assert_eq!(ran.out, "", "{args:?}");
    }
    let wrong = library(&sound().replace("[everyone]", "[everyon]"));
    for command in ["why", "context"] {
        let ran = at_noon(wrong.path(), &[command, "/"])
            .ends(1)
            .says("did you mean `everyone`?");
        assert_eq!(ran.out, "");
    }
}

#[test]
fn every_shell_learns_every_command() {
    let dir = tempfile::tempdir().expect("a folder");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run(dir.path(), &["completions", shell]).ends(0);
        assert_eq!(ran.err, "");
        for word in ["init", "context", "why", "man", "--withdraw"] {
            let word = if shell == "fish" {
                word.trim_start_matches("--")
            } else {
                word
            };
            assert!(ran.out.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let dir = tempfile::tempdir().expect("a folder");
    let whole = run(dir.path(), &["man"]).ends(0).out;
    for command in [
        "init",
        "new",
        "check",
        "build",
        "plan",
        "why",
        "context",
        "completions",
        "man",
    ] {
        assert!(
            whole.contains(&format!("learnflow\\-{command}(1)")),
            "{command}"
        );
        let page = run(dir.path(), &["man", command]).ends(0);
        assert_eq!(page.err, "");
        let title = format!(
            ".TH learnflow-{command} 1  \"learnflow {}\"",
            env!("CARGO_PKG_VERSION")
        );
        assert!(page.out.contains(&title), "{}", page.out);
    }
}
