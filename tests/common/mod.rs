//! What the tests share: whole repositories in one string, and the corridor in one call.
//!
//! A repository is written as `-- path --` lines with the file's text below each. A `{site}` line of
//! its own is not needed: [`SITE`] is a small working site to begin with.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests may touch files"
)]

use jiff::Timestamp;
use learnflow::diag::Diagnostics;
use learnflow::model::{Edge, Folder, Id, Ledger, Output};
use learnflow::pipeline::{self, Inputs};
use learnflow::plan;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// A site in London with England's holidays of spring and summer 2026 and one channel.
pub const SITE: &str = r#"
-- sites/s/site.yaml --
id: s
title: The site
summary: Where the tests learn together.
base_url: https://learn.example.org
authority: learn.example.org,2026
zone: Europe/London
language: en-GB
at: "09:00"
calendars: [england]
channels:
  - {id: everyone, title: Everyone, url: "https://network.example.org/everyone"}
-- sites/s/calendars/england.yaml --
title: England
days:
  - {date: 2026-01-01, name: New Year's Day}
  - {date: 2026-04-03, name: Good Friday}
  - {date: 2026-04-06, name: Easter Monday}
  - {date: 2026-05-04, name: Early May bank holiday}
  - {date: 2026-05-25, name: Spring bank holiday}
  - {date: 2026-08-31, name: Summer bank holiday}
  - {date: 2026-12-25, name: Christmas Day}
  - {date: 2026-12-28, name: Boxing Day}
"#;

/// The files of a repository written as `-- path --` sections.
pub fn folder(text: &str) -> Folder {
    let mut folder = Folder::default();
    let mut current: Option<(String, String)> = None;
    let mut keep = |current: &mut Option<(String, String)>| {
        if let Some((path, text)) = current.take() {
            folder.files.insert(path, text.into_bytes().into());
        }
    };
    for line in text.lines() {
        let path = line
            .strip_prefix("-- ")
            .and_then(|rest| rest.strip_suffix(" --"));
        if let Some(path) = path {
            keep(&mut current);
            current = Some((path.to_owned(), String::new()));
        } else if let Some((_, text)) = &mut current {
            text.push_str(line);
            text.push('\n');
        }
    }
    keep(&mut current);
    folder
}

/// An instant, `2026-03-02T09:00:00Z`.
pub fn at(text: &str) -> Timestamp {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// What a build makes of a folder at a moment.
pub struct Built {
    /// Every file of both trees: `public/s/index.html` and so on.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Every problem, sorted.
    pub diags: Diagnostics,
    /// The ledgers afterwards, by site.
    pub ledgers: BTreeMap<Id, Ledger>,
    /// Every edge ahead, by site, earliest first.
    pub edges: Vec<Edge>,
    /// Until when all of this stays the same.
    pub holds_until: Option<Timestamp>,
    /// The text of `plan` of each run, by `<site>/<run>`.
    pub plans: BTreeMap<String, String>,
}

impl Built {
    /// A file as text.
    pub fn text(&self, path: &str) -> &str {
        let known = || self.files.keys().cloned().collect::<Vec<_>>().join("\n");
        let bytes = self
            .files
            .get(path)
            .unwrap_or_else(|| panic!("no {path} among\n{}", known()));
        std::str::from_utf8(bytes).expect("UTF-8")
    }

    /// The files of one tree.
    pub fn tree(&self, tree: &str) -> BTreeMap<&str, &[u8]> {
        let prefix = format!("{tree}/");
        self.files
            .iter()
            .filter(|(path, _)| path.starts_with(&prefix))
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
            .collect()
    }

    /// The codes of the problems, in order.
    pub fn codes(&self) -> Vec<&'static str> {
        self.diags.iter().map(|d| d.code).collect()
    }

    /// All problems as people see them.
    pub fn told(&self) -> String {
        learnflow::diag::print(&self.diags, learnflow::diag::Form::Text, false)
    }

    /// The ledger of a site.
    pub fn ledger(&self, site: &str) -> &Ledger {
        self.ledgers
            .iter()
            .find(|(id, _)| id.as_str() == site)
            .map(|(_, l)| l)
            .expect("a site")
    }
}

/// Builds a folder afresh.
pub fn build(folder: &Folder, now: &str) -> Built {
    build_on(folder, now, &BTreeMap::new())
}

/// Builds a folder on top of what is released.
pub fn build_on(folder: &Folder, now: &str, ledgers: &BTreeMap<Id, Ledger>) -> Built {
    build_with(Inputs {
        folder: folder.clone(),
        ledgers: ledgers.clone(),
        now: at(now),
        ..Inputs::default()
    })
}

/// Builds from all that decides.
pub fn build_with(inputs: Inputs) -> Built {
    let loaded = pipeline::load(&inputs.folder);
    let (prepared, diags) = pipeline::prepare(&loaded, &inputs);
    let files = Mutex::new(BTreeMap::new());
    let mut all = loaded.diags.clone();
    all.append(diags);
    let mut ledgers = BTreeMap::new();
    let mut edges = Vec::new();
    let mut plans = BTreeMap::new();
    let mut holds_until: Option<Timestamp> = None;
    for site in prepared {
        ledgers.insert(site.site.id.clone(), site.plan.ledger.clone());
        edges.extend(site.seen().1);
        for run in &site.plan.runs {
            plans.insert(format!("{}/{}", site.site.id, run.run.id), plan::text(run));
        }
        let made = site.outputs(&inputs.folder, &|output: Output| {
            let twice = files
                .lock()
                .expect("no panic")
                .insert(output.path.clone(), output.content.into_bytes());
            assert!(twice.is_none(), "{} was made twice", output.path);
        });
        all.append(made.told);
        holds_until = holds_until.into_iter().chain(made.holds_until).min();
    }
    edges.sort();
    Built {
        files: files.into_inner().expect("no panic"),
        diags: all.sorted(),
        ledgers,
        edges,
        holds_until,
        plans,
    }
}
