//! What each role opens on Monday morning, from the sample library: its page, to the letter, in `tests/roles/`
//! (`UPDATE=1` writes them).
#![allow(
    clippy::disallowed_methods,
    reason = "the sample library and the pages of comparison lie on the disk"
)]

mod common;

use common::{Built, at, build_with};
use learnflow::kinds::{KINDS, USUAL};
use learnflow::model::{Folder, Kind, Plan, Programme};
use learnflow::pipeline::{self, Inputs};
use learnflow::plan;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

const NOW: &str = "2026-11-23T12:00:00Z";

/// The ten roles.
const ROLES: [&str; 10] = [
    "collaboration-consultant",
    "community-manager",
    "curator",
    "facilitator",
    "host",
    "learning-challenge-designer",
    "learning-guide",
    "learning-network-coordinator",
    "mentoring-coordinator",
    "onboarding-community-manager",
];

static FOLDER: LazyLock<Folder> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folder, problems) = learnflow::disk::read(root, &["content", "sites", "layouts"]);
    assert!(problems.is_empty(), "{problems:?}");
    folder
});

/// One of its sites, where all ten are at work.
fn inputs() -> Inputs {
    Inputs {
        folder: FOLDER.clone(),
        now: at(NOW),
        site: Some("larkfield".to_owned()),
        ..Inputs::default()
    }
}

static BUILT: LazyLock<Built> = LazyLock::new(|| build_with(inputs()));

/// The page of a role as lines of words.
fn lines(html: &str) -> String {
    let main = html.split("<main").nth(1).expect("a main part");
    let main = main.split("</main>").next().expect("an end");
    let mut text = String::new();
    let mut inside = true;
    for piece in main.split_inclusive(['<', '>']) {
        let words = piece.trim_end_matches(['<', '>']);
        if !inside {
            text.push_str(words);
        } else if ["/li", "/p", "/h1", "/h2", "/h3", "/ul"].contains(&words) {
            text.push('\n');
        }
        inside = piece.ends_with('<');
    }
    let text = text
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    let lines = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n") + "\n"
}

#[test]
fn each_role_has_the_page_that_it_had() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/roles");
    for role in ROLES {
        let page = lines(BUILT.text(&format!("team/larkfield/roles/{role}/index.html")));
        let path = folder.join(format!("{role}.txt"));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &page).expect("written");
            continue;
        }
        let before = std::fs::read_to_string(&path).expect("the page of comparison");
        assert!(before == page, "{role} is now:\n{page}");
    }
}

/// What every layout of the team's tree sees, by path.
fn seen() -> BTreeMap<String, Value> {
    let inputs = inputs();
    let loaded = pipeline::load(&inputs.folder);
    let (prepared, _) = pipeline::prepare(&loaded, &inputs);
    let mut seen = BTreeMap::new();
    for site in &prepared {
        let look = site.look(&inputs.folder, &|path| path.starts_with("team/"));
        let pages = look.found.into_iter().filter_map(|file| {
            let sees = serde_json::from_str(&file.page?.sees).expect("JSON");
            Some((file.path, sees))
        });
        seen.extend(pages);
    }
    seen
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

/// The days of a page with their duties.
fn days(page: &Value) -> Vec<&Value> {
    let weeks = list(&page["it"], "weeks").iter();
    weeks.flat_map(|week| list(week, "days")).collect()
}

#[test]
fn role1_ten_roles_ten_sheets_in_order_with_text_group_and_time() {
    let seen = seen();
    let mut posts = 0;
    for (path, page) in &seen {
        let kind = text(&page["page"], "kind");
        if !["run-sheet", "role-sheet"].contains(&kind) {
            continue;
        }
        let days = days(page);
        let dates: Vec<&str> = days.iter().map(|day| text(&day["when"], "iso")).collect();
        assert!(dates.is_sorted_by(|a, b| a < b), "{path}: {dates:?}");
        for day in days {
            let mut last = String::new();
            for duty in list(day, "duties") {
                let hour = text(&duty["when"], "iso").to_owned();
                assert!(hour.is_empty() || last <= hour, "{path}: {duty}");
                assert!(!text(duty, "what").is_empty() && !text(duty, "what").starts_with("duty_"));
                if !hour.is_empty() {
                    last = hour.clone();
                }
                let post = !duty["post"].is_null() || !duty["link"].is_null();
                if !post {
                    continue;
                }
                posts += 1;
                assert!(!hour.is_empty(), "{path}: no time in {duty}");
                let groups = list(duty, "channels");
                assert!(
                    !groups.is_empty()
                        && groups
                            .iter()
                            .all(|g| text(g, "url").starts_with("https://")),
                    "{path}: no group in {duty}"
                );
                let words = text(&duty["post"], "text");
                let shared = text(&duty["text"], "href").contains("#text-");
                assert!(
                    words.contains("https://") || shared,
                    "{path}: no text in {duty}"
                );
            }
        }
    }
    assert!(posts > 500, "only {posts} posts");
    for role in ROLES {
        let page = &seen[&format!("team/larkfield/roles/{role}/index.html")];
        assert!(!days(page).is_empty(), "{role} has nothing to do");
    }
}

/// What each role does, by the names in the tables.
fn chores(plans: &[&Plan]) -> BTreeMap<String, BTreeSet<String>> {
    let loaded = pipeline::load(&FOLDER);
    let mut chores: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for plan in plans {
        let site = &loaded.library.sites[&plan.site];
        for run in &plan.runs {
            for duty in plan::duties(run, &loaded.library, site) {
                let own = chores.entry(duty.role.to_owned()).or_default();
                own.insert(duty.name());
            }
        }
    }
    chores
}

#[test]
fn role1_each_role_has_a_duty_that_no_other_has() {
    let inputs = inputs();
    let loaded = pipeline::load(&inputs.folder);
    let (prepared, _) = pipeline::prepare(&loaded, &inputs);
    let plans: Vec<&Plan> = prepared.iter().map(|site| &site.plan).collect();
    let chores = chores(&plans);
    for role in ROLES {
        let others = chores.iter().filter(|(other, _)| *other != role);
        let shared: BTreeSet<&String> = others.flat_map(|(_, names)| names).collect();
        let own: Vec<&String> = chores[role]
            .iter()
            .filter(|name| !shared.contains(name))
            .collect();
        assert!(
            !own.is_empty(),
            "{role} has only what others have: {:?}",
            chores[role]
        );
    }
}

/// Every chore of every kind has a sentence in each language, and every role of the tables can be called.
#[test]
fn every_chore_has_its_words() {
    let loaded = pipeline::load(&FOLDER);
    let tables = KINDS.iter().map(|kind| kind.chores).chain([USUAL]);
    for chore in tables.flatten() {
        for site in loaded.library.sites.values() {
            let key = format!("duty_{}", chore.name);
            assert!(
                site.words.map.contains_key(&key),
                "{}: {key}",
                site.language
            );
        }
    }
}

/// A kind whose author has written no table yet begins with the usual one.
#[test]
fn a_new_kind_has_duties_at_once() {
    let inputs = inputs();
    let loaded = pipeline::load(&inputs.folder);
    let (prepared, _) = pipeline::prepare(&loaded, &inputs);
    let site = &prepared[0];
    let run = site
        .plan
        .runs
        .iter()
        .find(|run| *run.run.id == *"larkchat-12")
        .expect("the chat");
    let kind: &'static Kind = Box::leak(Box::new(Kind {
        chores: USUAL,
        ..*run.programme.kind
    }));
    let programme: Programme = Programme {
        kind,
        ..run.programme.clone()
    };
    let mut run = run.clone();
    run.programme = &programme;
    let names: BTreeSet<String> = plan::duties(&run, &loaded.library, site.site)
        .iter()
        .map(|duty| {
            assert_eq!(duty.role, "host", "the guide of this kind");
            duty.name()
        })
        .collect();
    let usual: BTreeSet<String> = USUAL.iter().map(|chore| chore.name.to_owned()).collect();
    assert_eq!(names, usual);
}

/// No sheet, no post, no calendar of a role and no handle of whoever has one is in the public tree.
#[test]
fn role4_sheets_are_in_the_teams_tree_alone() {
    let loaded = pipeline::load(&FOLDER);
    let runs = loaded.library.runs.values().flatten();
    let handles: BTreeSet<&str> = runs
        .flat_map(|run| run.roles.values())
        .map(|(handle, _)| handle.as_str())
        .collect();
    assert!(handles.len() > 10);
    for (path, bytes) in BUILT.tree("public") {
        for name in ["/sheet/", "/minutes/", "/posts", "/people/"] {
            assert!(!path.contains(name), "{path}");
        }
        let page = String::from_utf8_lossy(bytes);
        for handle in &handles {
            assert!(!page.contains(handle), "{handle} is in {path}");
        }
    }
    let team = BUILT.tree("team");
    for name in [
        "/sheet/index.html",
        "/posts.txt",
        "/minutes/",
        ".ics",
        "/people/",
    ] {
        assert!(team.keys().any(|path| path.contains(name)), "{name}");
    }
}
