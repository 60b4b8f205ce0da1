//! `opml`: lists of feeds from and for other readers.

use super::gather::{known_site, read_folder};
use super::{FINE, Fatal, MISTAKES, World, data, say, tell};
use crate::cli::Opml;
use crate::diag::{Form, Severity};
use crate::disk;
use crate::formats::{opml, sources};
use crate::model::outline::{Outline, Words};
use crate::model::{Id, LONGEST_ID, Library, Site, good_address, same_feed};
use crate::pipeline;
use std::collections::BTreeSet;
use std::path::Path;

/// The longest file that is read: larger than any list, smaller than what hurts.
const LARGEST: usize = 8 * 1024 * 1024;

/// Prints sources as OPML, or OPML as sources.
pub fn opml(what: &Opml, world: &World) -> Result<u8, Fatal> {
    let (Opml::Export { root, site } | Opml::Import { root, site, .. }) = what;
    let (files, _) = read_folder(root)?;
    let loaded = pipeline::load(&files);
    let library = &loaded.library;
    known_site(site.as_deref(), library, &loaded.diags)?;
    let diags = loaded
        .diags
        .clone()
        .retain(super::fetch::about_sources)
        .sorted();
    if diags.count(Severity::Error) > 0 {
        tell(&diags, Form::Text, world);
        say("nothing was printed: a list with errors would be half a list");
        return Ok(MISTAKES);
    }
    match what {
        Opml::Export { site, .. } => {
            let site = chosen(library, site.as_deref(), |site| {
                library.sources.contains_key(&site.id)
            })?;
            let list = library.sources.get(&site.id);
            let list = list.ok_or_else(|| format!("the site `{}` has no sources", site.id))?;
            data(&opml::write(
                &format!("Sources of {}", site.title),
                &list.list,
            ));
            Ok(FINE)
        }
        Opml::Import { file, site, .. } => {
            let site = chosen(library, site.as_deref(), |_| true)?;
            import(file, library, site)
        }
    }
}

/// The site that was named, or the only one that will do.
fn chosen<'l>(
    library: &'l Library,
    wanted: Option<&str>,
    will_do: impl Fn(&Site) -> bool,
) -> Result<&'l Site, Fatal> {
    let sites: Vec<&Site> = match wanted {
        Some(wanted) => library
            .sites
            .values()
            .filter(|site| &*site.id == wanted)
            .collect(),
        None => library
            .sites
            .values()
            .filter(|site| will_do(site))
            .collect(),
    };
    match sites.as_slice() {
        [site] => Ok(site),
        [] => Err("there are no sources here\nList them in sites/SITE/curation/sources.yaml, or begin with `learnflow opml import FILE`.".to_owned()),
        several => {
            let ids: Vec<&str> = several.iter().map(|site| site.id.as_str()).collect();
            Err(format!(
                "there are several sites\nSay which with `--site`: {}.",
                ids.join(", ")
            ))
        }
    }
}

/// Prints what is new in a file as entries of `sources.yaml`.
fn import(file: &Path, library: &Library, site: &Site) -> Result<u8, Fatal> {
    let named = file.display();
    let refuse = |why: String| format!("{named} cannot be imported: {why}");
    let bytes = disk::read_at_most(file, LARGEST + 1).map_err(|error| refuse(error.to_string()))?;
    let bytes = bytes.ok_or_else(|| refuse("there is no such file".to_owned()))?;
    if bytes.len() > LARGEST {
        return Err(refuse(format!(
            "it is larger than {} MB",
            LARGEST / 1024 / 1024
        )));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| refuse("it is not UTF-8; save it again with that encoding".to_owned()))?;
    let found = opml::read(text.trim_start_matches('\u{FEFF}')).map_err(refuse)?;
    let known = library.sources.get(&site.id);
    let list = known
        .map(|sources| sources.list.as_slice())
        .unwrap_or_default();
    let mut ids: BTreeSet<String> = list.iter().map(|source| source.id.to_string()).collect();
    let feeds = list.iter().filter_map(|source| source.feed.as_deref());
    let mut feeds: BTreeSet<String> = feeds.map(same_feed).collect();
    let (mut taken, mut twice, mut bad) = (Vec::new(), 0, 0);
    for mut outline in found {
        let feed = outline.get("feed").map(|words| words.joined(""));
        match feed {
            Some(feed) if !good_address(&feed) => {
                bad += 1;
                continue;
            }
            Some(feed) if !feeds.insert(same_feed(&feed)) => {
                twice += 1;
                continue;
            }
            _ => {}
        }
        if outline
            .get("site")
            .is_some_and(|site| !good_address(&site.joined("")))
        {
            outline.keys.retain(|(key, _)| *key != "site");
        }
        let id = free_id(&outline, &ids);
        ids.insert(id.clone());
        outline.set("id", Words::One(id));
        taken.push(outline);
    }
    data(&sources::write(&taken, known.is_none()));
    let lacking = taken
        .iter()
        .filter(|outline| outline.get("why_trusted").is_none())
        .count();
    let count = |n: usize, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    };
    let told: Vec<String> = [
        Some(count(taken.len(), "source", "sources").unwrap_or("no new source".into())),
        count(
            lacking,
            "is without `why_trusted`: say why",
            "are without `why_trusted`: say why",
        ),
        count(twice, "was listed already", "were listed already"),
        count(
            bad,
            "was left out: its address is not one that is asked",
            "were left out: their addresses are not ones that are asked",
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    say(&format!("{}.", told.join("; ")));
    Ok(FINE)
}

/// An id that nobody has: the one it had elsewhere, else out of its title or its host.
fn free_id(outline: &Outline, taken: &BTreeSet<String>) -> String {
    let text = |key: &str| {
        outline
            .get(key)
            .map(|words| words.joined(" "))
            .unwrap_or_default()
    };
    let host = url::Url::parse(&text("feed")).ok();
    let host = host
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default();
    let kebab = |text: &str| {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let long: String = words.join("-").to_ascii_lowercase();
        // Room for a number behind it.
        let short = &long[..long.len().min(LONGEST_ID - 6)];
        short.trim_end_matches('-').to_owned()
    };
    let own = text("id");
    let candidates = [
        own.clone(),
        kebab(&text("title")),
        kebab(&host),
        "source".to_owned(),
    ];
    let good = candidates.into_iter().find(|id| id.parse::<Id>().is_ok());
    let good = good.unwrap_or_else(|| "source".to_owned());
    let numbered = (2..).map(|n| format!("{good}-{n}"));
    let mut all = std::iter::once(good.clone()).chain(numbered);
    all.find(|id| !taken.contains(id)).unwrap_or(good)
}
