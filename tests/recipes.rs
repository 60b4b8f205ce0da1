//! The recipes in `docs/ci/`: what they promise is in their files, and the scripts do what they say, with a stand-in for
//! `curl` that answers from a folder and one for `learnflow` that writes down how it was called.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the recipes are files, and scripts are programs"
)]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn recipes() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci")
}

fn yaml(name: &str) -> Value {
    let text = fs::read_to_string(recipes().join(name)).expect("a recipe");
    serde_yaml::from_str(&text).unwrap_or_else(|slip| panic!("{name}: {slip}"))
}

#[test]
fn github_reads_the_repository_and_writes_only_pages() {
    let recipe = yaml("github-pages.yml");
    let granted = recipe["permissions"].as_object().expect("permissions");
    let writes: Vec<&String> = granted
        .iter()
        .filter(|(_, right)| *right != "read")
        .map(|(name, _)| name)
        .collect();
    assert_eq!(granted["contents"], "read");
    assert_eq!(writes, ["id-token", "pages"]);
    assert_eq!(recipe["concurrency"]["cancel-in-progress"], false);
    assert!(recipe["concurrency"]["group"].is_string());
    // A second run is the net of the first, and neither is at the full hour, when everybody's are.
    let crons = recipe["on"]["schedule"].as_array().expect("a schedule");
    let minutes: Vec<u32> = crons
        .iter()
        .map(|cron| {
            let line = cron["cron"].as_str().expect("a line");
            assert_eq!(line.split(' ').count(), 5, "{line}");
            line.split(' ')
                .next()
                .expect("minutes")
                .parse()
                .expect("a number")
        })
        .collect();
    assert_eq!(minutes, [2, 32]);
    let steps = recipe["jobs"]["publish"]["steps"]
        .as_array()
        .expect("steps");
    let runs: Vec<&str> = steps
        .iter()
        .filter_map(|step| step["run"].as_str())
        .collect();
    assert!(
        runs.iter().any(|run| run.starts_with("ci/build.sh ")),
        "{runs:?}"
    );
    let text = fs::read_to_string(recipes().join("github-pages.yml")).expect("a recipe");
    assert!(
        !text.contains("git push") && !text.contains("secrets."),
        "it needs neither"
    );
}

#[test]
fn gitlab_builds_one_at_a_time_and_breaks_none_off() {
    let recipe = yaml("gitlab-pages.yml");
    let job = &recipe["pages"];
    assert!(job["resource_group"].is_string());
    assert_eq!(job["interruptible"], false);
    assert_eq!(job["artifacts"]["paths"], serde_json::json!(["public"]));
    let script = job["script"].as_array().expect("a script");
    assert!(
        script
            .iter()
            .any(|line| line.as_str().is_some_and(|l| l.starts_with("ci/build.sh ")))
    );
    let text = fs::read_to_string(recipes().join("gitlab-pages.yml")).expect("a recipe");
    assert!(
        text.contains("\"2 * * * *\"") && text.contains("\"32 * * * *\""),
        "two schedules"
    );
    assert!(!text.contains("git push"), "it never writes");
}

#[test]
fn every_script_can_be_read_by_a_plain_shell_and_stops_at_the_first_slip() {
    let mut read = 0;
    for entry in fs::read_dir(recipes()).expect("recipes") {
        let path = entry.expect("a file").path();
        if path.extension().is_none_or(|ending| ending != "sh") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("text");
        assert!(
            text.starts_with("#!/bin/sh\n") && text.contains("\nset -eu\n"),
            "{path:?}"
        );
        let told = Command::new("sh")
            .arg("-n")
            .arg(&path)
            .output()
            .expect("a shell");
        assert!(told.status.success(), "{path:?}: {told:?}");
        read += 1;
    }
    assert_eq!(read, 5);
}

/// A library of one site, with a stand-in for the web and for the program.
struct Desk {
    root: PathBuf,
}

impl Desk {
    fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("recipes-{name}"));
        let _ = fs::remove_dir_all(&root);
        for folder in ["sites/learning", "bin", "web", "ci"] {
            fs::create_dir_all(root.join(folder)).expect("a folder");
        }
        let desk = Self { root };
        desk.write(
            "sites/learning/site.yaml",
            "id: learning # for ever\ntitle: Learning\nbase_url: \"https://learn.example.org/\"\n",
        );
        for script in ["ledger.sh", "build.sh", "drop-folder.sh"] {
            let to = desk.root.join("ci").join(script);
            fs::copy(recipes().join(script), to).expect("a copy");
        }
        // Answers with what lies in web/ under the last part of the address: a code, or a body.
        desk.program(
            "curl",
            "while [ $# -gt 1 ]; do if [ \"$1\" = --output ]; then out=$2; fi; last=$2; shift; done\n\
             case $last in https://learn.example.org/*) ;; *) exit 7 ;; esac\n\
             name=${last##*/}\n\
             if [ -f \"$ROOT/web/$name.code\" ]; then cat \"$ROOT/web/$name.code\"; exit 0; fi\n\
             if [ -f \"$ROOT/web/$name\" ]; then cat \"$ROOT/web/$name\" > \"$out\"; printf 200; else printf 404; fi\n",
        );
        desk.program(
            "learnflow",
            "echo \"$@\" >> \"$ROOT/called\"\nif [ -f \"$ROOT/during\" ]; then sh \"$ROOT/during\"; fi\n\
             mkdir -p dist/public/learning/day\necho page > dist/public/learning/day/index.html\n\
             echo feed > dist/public/learning/feed.xml\necho after > dist/public/learning/ledger.json\n",
        );
        desk
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.root.join(file), text).expect("written");
    }

    fn program(&self, name: &str, text: &str) {
        let path = self.root.join("bin").join(name);
        fs::write(&path, format!("#!/bin/sh\n{text}")).expect("written");
        let told = Command::new("chmod").arg("+x").arg(&path).status();
        assert!(told.expect("chmod").success());
    }

    fn run(&self, script: &str, values: &[&str]) -> Output {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new("sh");
        command.arg(self.root.join("ci").join(script)).args(values);
        command.env("ROOT", &self.root).current_dir(&self.root);
        command.env(
            "PATH",
            format!("{}:{path}", self.root.join("bin").display()),
        );
        command.output().expect("a shell")
    }

    fn read(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.root.join(file)).ok()
    }
}

fn said(told: &Output) -> String {
    let both = [&told.stdout[..], &told.stderr[..]].concat();
    String::from_utf8(both).expect("UTF-8")
}

#[test]
fn a_build_begins_with_what_is_published() {
    let desk = Desk::new("published");
    desk.write("web/ledger.json", "before\n");
    let told = desk.run("build.sh", &["--site", "learning"]);
    assert!(told.status.success(), "{}", said(&told));
    assert_eq!(
        desk.read("ledgers/learning.json").as_deref(),
        Some("before\n")
    );
    let called = desk.read("called").expect("it was called");
    assert_eq!(
        called,
        "build --ledger ledgers --out dist --site learning\n"
    );
}

#[test]
fn a_first_build_needs_two_answers_that_nothing_is_there() {
    let desk = Desk::new("first");
    let told = desk.run("build.sh", &[]);
    assert!(told.status.success(), "{}", said(&told));
    assert!(said(&told).contains("learning: nothing is published yet"));
    assert_eq!(desk.read("ledgers/learning.json"), None);
    // A ledger of an earlier build on this machine is not what is published.
    desk.write("ledgers/learning.json", "of old\n");
    assert!(desk.run("build.sh", &[]).status.success());
    assert_eq!(desk.read("ledgers/learning.json"), None);
}

#[test]
fn whatever_is_not_clear_stops_the_publishing() {
    for (name, file, text, wanted) in [
        (
            "feed",
            "web/feed.xml",
            "a feed",
            "there is no ledger, but https://learn.example.org/feed.xml answered 200",
        ),
        (
            "down",
            "web/ledger.json.code",
            "503",
            "https://learn.example.org/ledger.json answered 503",
        ),
        (
            "gone",
            "web/ledger.json.code",
            "000",
            "https://learn.example.org/ledger.json answered 000",
        ),
        (
            "feed-down",
            "web/feed.xml.code",
            "500",
            "there is no ledger, but https://learn.example.org/feed.xml answered 500",
        ),
    ] {
        let desk = Desk::new(name);
        desk.write(file, text);
        let told = desk.run("build.sh", &[]);
        assert!(!told.status.success(), "{name}");
        assert!(said(&told).contains(wanted), "{name}: {}", said(&told));
        assert_eq!(desk.read("called"), None, "{name}: nothing was built");
    }
}

#[test]
fn what_was_published_during_a_build_is_not_overwritten() {
    let other = [
        ("newer", "echo newer > \"$ROOT/web/ledger.json\""),
        ("removed", "rm \"$ROOT/web/ledger.json\""),
    ];
    for (name, during) in other {
        let desk = Desk::new(name);
        desk.write("web/ledger.json", "before\n");
        desk.write("during", during);
        let told = desk.run("drop-folder.sh", &["learning", "target"]);
        assert!(!told.status.success(), "{name}");
        assert!(
            said(&told).contains("something else was published in the meantime"),
            "{name}: {}",
            said(&told)
        );
        assert_eq!(desk.read("target/ledger.json"), None, "{name}");
        assert!(
            !desk.root.join("dist/at-work").exists(),
            "{name}: the next one may begin"
        );
    }
}

#[test]
fn a_drop_folder_gets_the_site_and_one_build_at_a_time() {
    let desk = Desk::new("drop");
    desk.write("web/ledger.json", "before\n");
    let told = desk.run("drop-folder.sh", &["learning", "target"]);
    assert!(told.status.success(), "{}", said(&told));
    for (file, text) in [
        ("day/index.html", "page\n"),
        ("feed.xml", "feed\n"),
        ("ledger.json", "after\n"),
    ] {
        assert_eq!(
            desk.read(&format!("target/{file}")).as_deref(),
            Some(text),
            "{file}"
        );
    }
    // While another is at work nothing happens, and that is no mistake.
    fs::create_dir(desk.root.join("dist/at-work")).expect("a folder");
    let told = desk.run("drop-folder.sh", &["learning", "target"]);
    assert!(
        told.status.success() && said(&told).contains("another build is at work"),
        "{}",
        said(&told)
    );
    assert_eq!(desk.read("called").expect("once").lines().count(), 1);
}
