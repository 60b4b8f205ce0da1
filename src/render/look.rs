//! A look into pages instead of making them: what each page's layout sees, and which documents stand
//! behind it. The pages pass through the same makers as in a build, with templates that sketch.

use super::behind::{Behind, Origin, Share, once};
use super::templates::{Sketch, Templates};
use super::{layouts, output, pages, scripts, site_head, styles, team};
use crate::diag::Diagnostics;
use crate::model::Tree;
use crate::visible::{TeamView, View, resolve_address};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// What a page is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// The layout that renders it.
    pub layout: String,
    /// What the layout sees, as JSON: `site`, `page` and `it`.
    pub sees: String,
}

/// One file of the output, looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// `public/<site>/…` or `team/<site>/…`.
    pub path: String,
    /// What its layout sees, if it is a page.
    pub page: Option<Sight>,
    /// The documents behind it.
    pub from: Vec<Origin>,
}

/// The files of a site, and those that were asked for looked into.
#[derive(Debug, Default)]
pub struct Look {
    /// Every file that a build makes.
    pub paths: Vec<String>,
    /// The ones that were asked for.
    pub found: Vec<Looked>,
}

/// Which files are wanted, by their path below the output folder.
pub type Wanted<'w> = dyn Fn(&str) -> bool + Sync + 'w;

impl Look {
    /// Adds a file that is no page.
    pub fn file(&mut self, path: String, wanted: &Wanted, from: impl FnOnce() -> Vec<Origin>) {
        if wanted(&path) {
            self.found.push(Looked {
                path: path.clone(),
                page: None,
                from: from(),
            });
        }
        self.paths.push(path);
    }
}

/// Looks into the public tree.
pub fn public(view: &View, behind: &Behind, wanted: &Wanted, look: &mut Look) {
    let tree = Tree::Public;
    let templates = Templates::sketching(&site_head(view.site, tree));
    let make = |task: &_, out: &mut _| pages::make(task, view, &templates, out);
    let own = |task: &_| behind.page(task, view);
    each(tree, &pages::tasks(view), make, own, behind, wanted, look);
    assets(tree, &view.addresses.images, behind, wanted, look);
    for (name, _) in scripts(&layouts(behind.library, behind.site)) {
        look.file(named(tree, behind, name), wanted, || behind.layouts(name));
    }
    for (path, file) in &view.site.statics {
        let path = named(tree, behind, path);
        look.file(path, wanted, || {
            behind.copied(file, "file, copied as it is")
        });
    }
}

/// Looks into the team's tree.
pub fn for_team(view: &TeamView, behind: &Behind, wanted: &Wanted, look: &mut Look) {
    let tree = Tree::Team;
    let templates = Templates::sketching(&site_head(view.site, tree));
    let make = |task: &_, out: &mut _| team::make(task, view, &templates, out);
    let own = |task: &_| behind.team_page(task, view);
    each(tree, &team::tasks(view), make, own, behind, wanted, look);
    assets(tree, &view.addresses.images, behind, wanted, look);
}

fn named(tree: Tree, behind: &Behind, path: &str) -> String {
    output(tree, behind.site, path, Vec::new()).path
}

fn assets(
    tree: Tree,
    images: &BTreeMap<String, String>,
    behind: &Behind,
    wanted: &Wanted,
    look: &mut Look,
) {
    let shelf = layouts(behind.library, behind.site);
    for style in styles(tree)
        .iter()
        .filter(|style| shelf.contains_key(**style))
    {
        let path = named(tree, behind, style);
        look.file(path, wanted, || behind.layouts(style));
    }
    for (file, path) in images {
        let path = named(tree, behind, path);
        look.file(path, wanted, || behind.copied(file, "picture"));
    }
}

/// Sketches every task; what is wanted is told with its documents.
fn each<T: Sync>(
    tree: Tree,
    tasks: &[T],
    make: impl Fn(&T, &mut Vec<u8>) -> (String, Diagnostics) + Sync,
    own: impl Fn(&T) -> Vec<Origin>,
    behind: &Behind,
    wanted: &Wanted,
    look: &mut Look,
) {
    let sketched: Vec<(String, Option<Sight>)> = tasks
        .par_iter()
        .map_init(Vec::new, |buffer, task| {
            buffer.clear();
            let (path, _) = make(task, buffer);
            let path = named(tree, behind, &path);
            let sketch = Sketch::read(buffer);
            let sight = wanted(&path).then(|| Sight {
                layout: sketch.layout.to_owned(),
                sees: sketch.sees.to_owned(),
            });
            (path, sight)
        })
        .collect();
    let places: BTreeMap<&str, &T> = sketched
        .iter()
        .zip(tasks)
        .map(|((path, _), task)| (path.as_str(), task))
        .collect();
    let mut shaped: BTreeMap<&str, Vec<Origin>> = BTreeMap::new();
    for ((path, sight), task) in sketched.iter().zip(tasks) {
        let Some(sight) = sight else { continue };
        let layout = sight.layout.as_str();
        let layouts = shaped.entry(layout);
        let mut from = own(task);
        from.extend_from_slice(layouts.or_insert_with(|| behind.layouts(layout)));
        for page in leads(path, &sight.sees) {
            let about = places.get(page.as_str()).map(|task| own(task));
            let first = about.and_then(|about| about.into_iter().next());
            from.extend(first.map(|origin| Origin {
                share: Share::Listed,
                ..origin
            }));
        }
        look.found.push(Looked {
            path: path.clone(),
            page: Some(sight.clone()),
            from: once(from),
        });
    }
    look.paths
        .extend(sketched.into_iter().map(|(path, _)| path));
}

/// The pages to which what a page is about leads: those it lists by their titles.
fn leads(path: &str, sees: &str) -> Vec<String> {
    let sees: Value = serde_json::from_str(sees).expect("our own JSON");
    let mut hrefs = Vec::new();
    gather(&sees["it"], &mut hrefs);
    let pages = hrefs.into_iter().filter_map(|href| {
        let page = resolve_address(path, href)?;
        (!href.contains("//")).then(|| format!("{page}/index.html"))
    });
    pages.collect()
}

fn gather<'v>(value: &'v Value, hrefs: &mut Vec<&'v str>) {
    match value {
        Value::Object(map) => {
            hrefs.extend(map.get("href").and_then(Value::as_str));
            map.values().for_each(|value| gather(value, hrefs));
        }
        Value::Array(list) => list.iter().for_each(|value| gather(value, hrefs)),
        _ => {}
    }
}
