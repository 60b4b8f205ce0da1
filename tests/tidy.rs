//! The walls of the house, as tests: who may import whom, where foreign types stop, which tables are
//! complete, how long a file may be. Clippy holds the rest (`clippy.toml`).
#![allow(clippy::disallowed_methods, reason = "reads the sources")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const LONGEST_FILE: usize = 600;

/// What each room may import of the house: the table of ARCHITECTURE.md.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("diag", &[]),
    ("document", &["diag"]),
    ("markdown", &[]),
    ("reader", &[]),
    ("schedule", &[]),
    ("model", &["diag", "document", "schedule"]),
    ("pace", &[]),
    ("kinds", &["diag", "document", "model", "pace", "schedule"]),
    ("introduce", &["model"]),
    (
        "load",
        &["curate", "diag", "document", "kinds", "model", "schedule"],
    ),
    ("plan", &["diag", "markdown", "model", "schedule"]),
    (
        "visible",
        &["document", "markdown", "model", "plan", "schedule"],
    ),
    ("formats", &["model", "plan", "visible"]),
    ("consumer", &["reader"]),
    ("curate", &["markdown", "model", "reader"]),
    (
        "render",
        &["diag", "document", "markdown", "model", "plan", "visible"],
    ),
    (
        "pipeline",
        &[
            "diag", "formats", "load", "model", "plan", "render", "visible",
        ],
    ),
    ("published", &["consumer", "diag", "formats", "model"]),
    ("disk", &["model"]),
    ("fetch", &["disk", "model"]),
    ("cli", &["diag", "document"]),
    (
        "command",
        &[
            "cli",
            "consumer",
            "curate",
            "diag",
            "disk",
            "fetch",
            "formats",
            "introduce",
            "kinds",
            "load",
            "model",
            "pipeline",
            "plan",
            "published",
            "reader",
            "render",
            "visible",
        ],
    ),
];

/// Rooms into which no file, clock, environment, output or thread may come.
const PURE: &[&str] = &[
    "consumer",
    "curate",
    "diag",
    "document",
    "markdown",
    "schedule",
    "model",
    "introduce",
    "kinds",
    "pace",
    "load",
    "plan",
    "visible",
    "formats",
    "reader",
    "render",
    "pipeline",
    "published",
];

/// Files of porches that decide and do not act: they are as pure as the rooms.
const PURE_FILES: &[&str] = &[
    "fetch/failure.rs",
    "fetch/guard.rs",
    "fetch/polite.rs",
    "fetch/visit.rs",
];

/// A crate, and the only files or folders of `src/` that may name it.
const HOSTS: &[(&str, &[&str])] = &[
    ("serde_yaml", &["document/yaml.rs"]),
    ("pulldown_cmark", &["document/outline.rs", "markdown/"]),
    ("ammonia", &["markdown/raw.rs"]),
    ("tera", &["render/templates.rs"]),
    // The table of formats has a module of the same name.
    ("rss", &["formats/rss.rs", "formats/mod.rs"]),
    ("console", &["command/hand.rs"]),
    ("encoding_rs", &["reader/decode.rs"]),
    ("feed_rs", &["reader/take.rs"]),
    ("icalendar", &["load/ics.rs"]),
    ("atom_syndication", &["formats/atom.rs"]),
    ("annotate_snippets", &["diag/text.rs"]),
    ("indicatif", &["command/build.rs", "command/fetch.rs"]),
    ("quick_xml", &["consumer/issue.rs", "formats/opml.rs"]),
    ("ureq", &["fetch/client.rs"]),
    ("flate2", &["fetch/unpack.rs"]),
    ("brotli_decompressor", &["fetch/unpack.rs"]),
    ("walkdir", &["disk/"]),
    ("clap", &["cli.rs", "cli/", "main.rs"]),
    ("clap_complete", &["cli.rs"]),
    ("clap_mangen", &["cli.rs"]),
    (
        "serde",
        &[
            "diag/json.rs",
            "document/yaml.rs",
            "fetch/polite.rs",
            "formats/board.rs",
            "formats/digest.rs",
            "formats/json_feed.rs",
            "formats/ledger.rs",
            "formats/oembed.rs",
            "formats/search.rs",
            "formats/status.rs",
            "render/",
            "command/candidates.rs",
            "command/diff.rs",
            "command/doctor.rs",
            "command/feeds.rs",
            "command/fetch.rs",
            "command/introductions.rs",
            "command/links.rs",
            "command/look.rs",
            "command/plan.rs",
            "command/standing.rs",
            "command/today.rs",
        ],
    ),
    (
        "serde_json",
        &[
            "diag/json.rs",
            "fetch/shelf.rs",
            "formats/board.rs",
            "formats/digest.rs",
            "formats/host.rs",
            "formats/json_feed.rs",
            "formats/ledger.rs",
            "formats/oembed.rs",
            "formats/search.rs",
            "reader/json.rs",
            "formats/status.rs",
            "render/look.rs",
            "render/templates.rs",
            "command/candidates.rs",
            "command/diff.rs",
            "command/doctor.rs",
            "command/feeds.rs",
            "command/fetch.rs",
            "command/introductions.rs",
            "command/links.rs",
            "command/look.rs",
            "command/plan.rs",
            "command/standing.rs",
            "command/today.rs",
        ],
    ),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file of `src/` by its path below it, with its text without comments and strings.
fn sources() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    walk(&root().join("src"), "rs", &mut |path, text| {
        found.insert(path, bare(text));
    });
    assert!(found.len() > 50, "the sources were not found");
    found
}

fn walk(folder: &Path, ending: &str, tell: &mut dyn FnMut(String, &str)) {
    fn inner(top: &Path, folder: &Path, ending: &str, tell: &mut dyn FnMut(String, &str)) {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                inner(top, &path, ending, tell);
            } else if path.extension().is_some_and(|e| e == ending) {
                let text = std::fs::read_to_string(&path).expect("text");
                let name = path.strip_prefix(top).expect("below").to_string_lossy();
                tell(name.replace('\\', "/"), &text);
            }
        }
    }
    inner(folder, folder, ending, tell);
}

/// The code alone: comment lines and the tests of a file are not its imports.
fn bare(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or("");
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect()
}

fn room(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap_or("")
}

/// Whether code names something as a path of its own: `tera::` but not `my_tera::`.
fn names(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + name.len()..];
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
            && (after.starts_with("::") || after.starts_with(';'))
    })
}

#[test]
fn a_room_imports_only_what_it_may() {
    let known: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut used: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let sources = sources();
    for (path, code) in &sources {
        let room = room(path);
        if matches!(room, "lib" | "main") {
            continue;
        }
        let may = known
            .get(room)
            .unwrap_or_else(|| panic!("{path} is in no room of the table"));
        for (at, _) in code.match_indices("crate::") {
            let after = &code[at + "crate::".len()..];
            let list = after.strip_prefix('{').map_or_else(
                || {
                    vec![
                        after
                            .split(|c: char| !c.is_alphanumeric() && c != '_')
                            .next()
                            .unwrap_or(""),
                    ]
                },
                |list| {
                    let list = list.split("};").next().unwrap_or("");
                    let mut depth = 0;
                    list.split(|c: char| {
                        depth += i32::from(c == '{') - i32::from(c == '}');
                        c == ',' && depth == 0
                    })
                    .map(|part| {
                        part.trim()
                            .split(|c: char| !c.is_alphanumeric() && c != '_')
                            .next()
                            .unwrap_or("")
                    })
                    .filter(|part| !part.is_empty())
                    .collect()
                },
            );
            for other in list {
                assert!(
                    other == room || may.contains(&other),
                    "{path} imports `{other}`, which the room `{room}` may not"
                );
                used.entry(room).or_default().insert(other.to_owned());
            }
        }
    }
    for (room, may) in MAY_IMPORT {
        for other in *may {
            assert!(
                used.get(room).is_some_and(|used| used.contains(*other)),
                "the table lets `{room}` import `{other}`, and it does not: take it out"
            );
        }
    }
}

#[test]
fn no_file_clock_or_output_in_the_rooms() {
    let banned = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "SystemTime",
        "Instant::",
        "Timestamp::now",
        "Zoned::now",
        "println!",
        "eprintln!",
        "print!(",
        "HashMap",
        "HashSet",
        "static mut",
        "Mutex",
        "RwLock",
        "rand::",
        // `Moment::today` knows that nothing holds beyond the day.
        "now().to_zoned_datetime",
    ];
    for (path, code) in sources() {
        if !PURE.contains(&room(&path)) && !PURE_FILES.contains(&path.as_str()) {
            continue;
        }
        for word in banned {
            assert!(!code.contains(word), "{path} names `{word}`");
        }
    }
}

#[test]
fn the_network_is_in_one_place() {
    let sources = sources();
    for file in PURE_FILES {
        assert!(sources.contains_key(*file), "there is no {file}");
    }
    for (path, code) in &sources {
        let may = path.starts_with("fetch/") && !PURE_FILES.contains(&path.as_str());
        for word in ["std::net", "TcpStream", "UdpSocket", "ToSocketAddrs"] {
            assert!(may || !code.contains(word), "{path} names `{word}`");
        }
    }
}

#[test]
fn foreign_types_stop_at_their_host() {
    let sources = sources();
    for (krate, hosts) in HOSTS {
        let mut named = false;
        for (path, code) in &sources {
            if names(code, krate) {
                named = true;
                assert!(
                    hosts.iter().any(|host| path.starts_with(host)),
                    "{path} names `{krate}`, whose host is {hosts:?}"
                );
            }
        }
        assert!(named, "nobody names `{krate}`: take it out of the table");
    }
}

#[test]
fn every_kind_and_format_stands_in_its_table() {
    // Files of these folders that are not a kind or a format, but what they share.
    let shared = [
        "kinds/mod.rs",
        "kinds/agenda.rs",
        "kinds/draw.rs",
        "kinds/duties.rs",
        "kinds/mix.rs",
        "kinds/paced.rs",
        "kinds/parts.rs",
        "kinds/rhythm.rs",
        "kinds/rules.rs",
        "kinds/scaffold.rs",
        "kinds/script.rs",
        "kinds/series.rs",
        "kinds/timing.rs",
        "formats/mod.rs",
        "formats/board.rs",
        "formats/calendar.rs",
        "formats/digest.rs",
        "formats/feeds.rs",
        "formats/host.rs",
        "formats/ical.rs",
        "formats/ledger.rs",
        "formats/oembed.rs",
        "formats/links.rs",
        "formats/opml.rs",
        "formats/pack.rs",
        "formats/robots.rs",
        "formats/rota.rs",
        "formats/search.rs",
        "formats/seen.rs",
        "formats/sources.rs",
        "formats/sitemap.rs",
        "formats/status.rs",
        "formats/text.rs",
    ];
    let sources = sources();
    let kinds = &sources["kinds/mod.rs"];
    let formats = &sources["formats/mod.rs"];
    for path in sources
        .keys()
        .filter(|path| !shared.contains(&path.as_str()))
    {
        let name = path
            .rsplit('/')
            .next()
            .unwrap_or("")
            .trim_end_matches(".rs");
        let table = match room(path) {
            "kinds" => kinds,
            "formats" => formats,
            _ => continue,
        };
        assert!(
            table.contains(&format!("{name}::")),
            "{path} stands in no table"
        );
    }
    assert_eq!(learnflow::kinds::KINDS.len(), 11);
    assert_eq!(learnflow::formats::FORMATS.len(), 3);
}

#[test]
fn no_two_kinds_share_the_body_of_what_makes_their_occurrences() {
    let mut bodies: BTreeMap<String, String> = BTreeMap::new();
    for (path, code) in sources()
        .iter()
        .filter(|(path, _)| path.starts_with("kinds/"))
    {
        let Some(at) = code.find("fn occurrences(") else {
            continue;
        };
        let body: String = code[at..]
            .split("\n    }\n")
            .next()
            .unwrap_or("")
            .split_whitespace()
            .collect();
        if let Some(first) = bodies.insert(body, path.clone()) {
            panic!("{first} and {path} share a body");
        }
    }
    assert_eq!(bodies.len(), 10, "each file of a kind has one");
}

#[test]
fn no_file_is_too_long() {
    for folder in ["src", "tests", "benches"] {
        let path = root().join(folder);
        if path.is_dir() {
            walk(&path, "rs", &mut |name, text| {
                let lines = text.lines().count();
                assert!(lines <= LONGEST_FILE, "{folder}/{name} has {lines} lines");
            });
        }
    }
}

#[test]
fn every_layout_is_in_the_binary() {
    let code = &sources()["load/builtin.rs"];
    let mut files = 0;
    for ending in ["html", "css", "js", "yaml"] {
        walk(&root().join("layouts"), ending, &mut |name, _| {
            files += 1;
            assert!(
                code.contains(&format!("\"{name}\"")),
                "layouts/{name} is not in builtin.rs"
            );
        });
    }
    assert!(files > 10);
    assert_eq!(code.matches("include_str!").count(), files);
}

#[test]
fn every_module_says_what_it_is_for() {
    walk(&root().join("src"), "rs", &mut |name, text| {
        assert!(
            text.starts_with("//!"),
            "src/{name} does not begin with a `//!` paragraph"
        );
    });
}

#[test]
fn dependencies_come_from_the_registry_and_are_explained() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    assert!(!manifest.contains("git ="), "nothing is pinned to git");
    let map = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let dependencies = manifest.split("[dependencies]").nth(1).expect("a list");
    for line in dependencies.split("\n[").next().unwrap_or("").lines() {
        if let Some((name, _)) = line.split_once(" = ") {
            assert!(
                map.contains(&format!("`{name}`")),
                "ARCHITECTURE.md does not say why `{name}`"
            );
        }
    }
}

/// Papers that send people to files send them to files that are there.
#[test]
fn the_papers_name_what_there_is() {
    let mut followed = 0;
    for paper in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(root().join(paper)).expect("a paper");
        for path in text.split('`').skip(1).step_by(2) {
            let begins = ["src/", "tests/", "docs/", "layouts/", "benches/", ".ci/"];
            let whole = !path.contains(['<', ' ', '*']);
            if whole && begins.iter().any(|begin| path.starts_with(begin)) {
                assert!(root().join(path).exists(), "{paper} names `{path}`");
                followed += 1;
            }
        }
    }
    assert!(followed > 30, "only {followed} paths were followed");
}
