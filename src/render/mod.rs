//! Room 4: what is visible to files. Every page, feed and asset is one task; tasks are made in
//! parallel and each file is handed on at once, so that memory does not grow with the HTML.

mod archive;
mod aside;
mod behind;
mod board;
mod brief;
mod calendar;
mod channel;
mod chart;
mod communities;
mod connect;
mod contents;
pub mod context;
mod embed;
mod facts;
mod intake;
pub mod look;
mod overview;
mod pacing;
mod pages;
mod programme;
mod propose;
mod roles;
mod runway;
mod season;
mod shape;
mod share;
mod sheet;
mod shelves;
mod source;
mod speaker;
mod team;
mod templates;
mod week;

use crate::diag::Diagnostics;
use crate::document::Source;
use crate::model::{Content, Folder, Library, Output, Site, Tree};
use crate::visible::{TeamView, View};
use context::{ChannelLink, PageHead, SiteHead};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use templates::Templates;

pub use behind::{Behind, Origin, Share};
pub use contents::contents;

/// What receives files, from several threads.
pub type Sink<'s> = dyn Fn(Output) + Sync + 's;

/// The style sheets of a tree: their names below the root, and in the folder of layouts.
fn styles(tree: Tree) -> &'static [&'static str] {
    match tree {
        Tree::Public => &["style.css", "embed.css"],
        Tree::Team => &["style.css", "team.css"],
    }
}

/// Scripts are layouts too, and stand below the root of the public tree.
fn scripts(
    layouts: &BTreeMap<String, Arc<Source>>,
) -> impl Iterator<Item = (&String, &Arc<Source>)> {
    layouts.iter().filter(|(name, _)| name.ends_with(".js"))
}

/// Makes every file of a site's public tree but its feeds, its ledger and the index of its search.
pub fn public(view: &View, library: &Library, folder: &Folder, sink: &Sink) -> Diagnostics {
    let mut diags = Diagnostics::new();
    let layouts = layouts(library, view.site);
    let head = SiteHead {
        roles: !view.roles.is_empty(),
        communities: !view.communities.is_empty(),
        ..site_head(view.site, Tree::Public)
    };
    let Some(templates) = Templates::new(&layouts, &head, &mut diags) else {
        return diags;
    };
    let tasks = pages::tasks(view);
    let made = each(
        &tasks,
        |task, out| pages::make(task, view, &templates, out),
        Tree::Public,
        view.site,
        sink,
    );
    diags.append(made);
    let send = |path: &str, bytes: &[u8]| sink(output(Tree::Public, view.site, path, bytes));
    assets(
        Tree::Public,
        &layouts,
        &view.addresses.images,
        folder,
        &send,
    );
    for (name, script) in scripts(&layouts) {
        send(name, script.text.as_bytes());
    }
    for (path, file) in &view.site.statics {
        if let Some(bytes) = folder.files.get(file) {
            send(path, bytes);
        }
    }
    diags
}

/// Makes every file of a site's team tree.
pub fn for_team(view: &TeamView, library: &Library, folder: &Folder, sink: &Sink) -> Diagnostics {
    let mut diags = Diagnostics::new();
    let layouts = layouts(library, view.site);
    let head = site_head(view.site, Tree::Team);
    let Some(templates) = Templates::new(&layouts, &head, &mut diags) else {
        return diags;
    };
    let tasks = team::tasks(view);
    let made = each(
        &tasks,
        |task, out| team::make(task, view, &templates, out),
        Tree::Team,
        view.site,
        sink,
    );
    diags.append(made);
    let send = |path: &str, bytes: &[u8]| sink(output(Tree::Team, view.site, path, bytes));
    assets(Tree::Team, &layouts, &view.addresses.images, folder, &send);
    diags
}

/// The layouts of a site: its own before the shared ones.
fn layouts(library: &Library, site: &Site) -> BTreeMap<String, Arc<Source>> {
    let mut layouts = library.layouts.clone();
    layouts.extend(site.layouts.clone());
    layouts
}

/// A file of a tree.
pub fn output<'a>(
    tree: Tree,
    site: &Site,
    path: &str,
    content: impl Into<Content<'a>>,
) -> Output<'a> {
    Output {
        path: format!("{}/{}/{path}", tree.folder(), site.id),
        content: content.into(),
    }
}

/// Makes all tasks in parallel; problems keep the order of the tasks.
fn each<T: Sync>(
    tasks: &[T],
    make: impl Fn(&T, &mut Vec<u8>) -> (String, Diagnostics) + Sync,
    tree: Tree,
    site: &Site,
    sink: &Sink,
) -> Diagnostics {
    let told: Vec<Diagnostics> = tasks
        .par_iter()
        .map_init(Vec::new, |buffer, task| {
            buffer.clear();
            let (path, diags) = make(task, buffer);
            sink(output(tree, site, &path, &buffer[..]));
            diags
        })
        .collect();
    let mut diags = Diagnostics::new();
    for one in told {
        diags.append(one);
    }
    diags
}

fn assets(
    tree: Tree,
    layouts: &BTreeMap<String, Arc<Source>>,
    images: &BTreeMap<String, String>,
    folder: &Folder,
    send: &dyn Fn(&str, &[u8]),
) {
    for name in styles(tree) {
        if let Some(style) = layouts.get(*name) {
            send(name, style.text.as_bytes());
        }
    }
    for (file, path) in images {
        if let Some(bytes) = folder.files.get(file) {
            send(path, bytes);
        }
    }
}

fn site_head(site: &Site, tree: Tree) -> SiteHead {
    SiteHead {
        title: site.title.clone(),
        summary: site.summary.clone(),
        base_url: site.base_url.clone(),
        tree: tree.folder(),
        network_home: site.network_home.clone(),
        channels: site
            .channels
            .iter()
            .map(|channel| ChannelLink {
                title: channel.title.clone(),
                href: format!("channels/{}/", channel.id),
                url: channel.url.clone(),
            })
            .collect(),
        roles: false,
        communities: false,
        t: site.words.map.clone(),
        generator: format!("learnflow {}", env!("CARGO_PKG_VERSION")),
        version: context::VERSION,
    }
}

/// Previews cut longer descriptions.
const LONGEST_DESCRIPTION: usize = 250;

/// What every page has.
fn page_head(
    site: &Site,
    kind: &'static str,
    path: &str,
    title: &str,
    description: &str,
) -> PageHead {
    PageHead {
        kind,
        title: title.to_owned(),
        description: crate::markdown::shorten(description, LONGEST_DESCRIPTION),
        url: format!("{}{path}", site.base_url),
        root: "../".repeat(path.matches('/').count()),
        language: site.language.clone(),
        feeds: Vec::new(),
        oembed: None,
        to: None,
    }
}
