//! `why` and `context`: a look into one file of the output.

use super::gather::{gather, read};
use super::{FINE, Fatal, MISTAKES, World, data, say};
use crate::cli::{Common, DataForm};
use crate::diag::near;
use crate::disk;
use crate::model::{Site, Tree};
use crate::pipeline::Prepared;
use crate::render::look::{Looked, Sight};
use crate::render::{Origin, Share};
use serde::Serialize;
use std::fmt::Write;

/// How many addresses are named when somebody may have meant one of them.
const NEAREST: usize = 3;
/// The file that an address of a folder means.
const INDEX: &str = "index.html";

/// Prints what the layout of one page sees.
pub fn context(page: &str, team: bool, common: &Common, world: &World) -> Result<u8, Fatal> {
    let asked = match team {
        true => format!("team:{}", page.trim_start_matches("team:")),
        false => page.to_owned(),
    };
    let Some(looked) = look("the page is not shown", &asked, common, world)? else {
        return Ok(MISTAKES);
    };
    let Some(Sight { layout, sees }) = looked.page else {
        return Err(format!(
            "{} is not a page\nNo layout makes it; `learnflow why` tells what does.",
            looked.path
        ));
    };
    say(&format!("{}, made by the layout {layout}", looked.path));
    data(&sees);
    Ok(FINE)
}

/// Prints the documents behind one file.
pub fn why(output: &str, common: &Common, format: DataForm, world: &World) -> Result<u8, Fatal> {
    let refusal = "the documents behind it are not shown";
    let Some(looked) = look(refusal, output, common, world)? else {
        return Ok(MISTAKES);
    };
    match format {
        DataForm::Text => {
            say(&format!("{} comes from", looked.path));
            data(&text(&looked.from));
        }
        DataForm::Json => data(&json(&looked)),
    }
    Ok(FINE)
}

/// The file that was asked for; none when there are mistakes in what was written.
fn look(
    refusal: &str,
    asked: &str,
    common: &Common,
    world: &World,
) -> Result<Option<Looked>, Fatal> {
    disk::recover(&common.out).map_err(|error| error.to_string())?;
    let gathered = gather(read(common, world)?, common)?;
    let Some(prepared) = gathered.prepare(refusal, common, world) else {
        return Ok(None);
    };
    let mut found: Vec<(&Site, Looked)> = Vec::new();
    let mut paths: Vec<String> = Vec::new();
    for one in &prepared {
        let meant = meant(asked, one.site);
        let looked = one.look(&gathered.inputs.folder, &|path| {
            meant.iter().any(|meant| meant == path)
        });
        found.extend(looked.found.into_iter().map(|looked| (one.site, looked)));
        paths.extend(looked.paths);
    }
    let mut sites: Vec<&str> = found.iter().map(|(site, _)| site.id.as_str()).collect();
    sites.dedup();
    if sites.len() > 1 {
        return Err(format!(
            "`{asked}` is on several sites\nSay which with `--site`: {}.",
            sites.join(", ")
        ));
    }
    match found.into_iter().next() {
        Some((_, looked)) => Ok(Some(looked)),
        None => Err(unknown(asked, &paths, &prepared)),
    }
}

/// The files of a site that somebody may mean: by a path of the output, however it begins, by an address
/// below the site, or by the whole address.
fn meant(asked: &str, site: &Site) -> Vec<String> {
    let asked = asked.replace('\\', "/");
    for tree in [Tree::Public, Tree::Team] {
        let root = format!("{}/{}", tree.folder(), site.id);
        let begins = asked.match_indices(&root).map(|(at, _)| at);
        let whole = |at: &usize| {
            let after = &asked[at + root.len()..];
            (*at == 0 || asked[..*at].ends_with('/'))
                && (after.is_empty() || after.starts_with('/'))
        };
        if let Some(at) = begins.filter(whole).last() {
            return below(&root, &asked[at + root.len()..]);
        }
    }
    let (tree, address) = match asked.strip_prefix("team:") {
        Some(address) => (Tree::Team, address),
        None => (Tree::Public, asked.as_str()),
    };
    let address = address.strip_prefix(&site.base_url).unwrap_or(address);
    below(&format!("{}/{}", tree.folder(), site.id), address)
}

/// A file below a root, or the page of a folder.
fn below(root: &str, address: &str) -> Vec<String> {
    let address = address.split(['#', '?']).next().unwrap_or("");
    let address = address.trim_start_matches("./").trim_matches('/');
    match address.is_empty() {
        true => vec![format!("{root}/{INDEX}")],
        false => vec![
            format!("{root}/{address}"),
            format!("{root}/{address}/{INDEX}"),
        ],
    }
}

/// Words for a page that there is not, with the nearest that there are.
fn unknown(asked: &str, paths: &[String], prepared: &[Prepared]) -> Fatal {
    let addresses: Vec<String> = paths.iter().map(|path| address(path)).collect();
    let asked_path = paths.iter().find_map(|path| {
        let root = path.splitn(3, '/').take(2).collect::<Vec<_>>().join("/");
        asked.find(&root).map(|at| &asked[at..])
    });
    let tidy = asked.trim_start_matches('/').trim_end_matches(INDEX);
    let last = format!("/{}", tidy.trim_start_matches("team:").trim_matches('/'));
    let ends = |address: &&str| address.trim_end_matches('/').ends_with(&last);
    let known = || addresses.iter().map(String::as_str);
    let meant: Vec<&str> = match asked_path {
        Some(path) => near(path, paths.iter().map(String::as_str)),
        None => known().filter(ends).chain(near(tidy, known())).collect(),
    };
    let mut nearest: Vec<&str> = Vec::new();
    for near in meant {
        if nearest.len() < NEAREST && !nearest.contains(&near) {
            nearest.push(near);
        }
    }
    let help = match nearest[..] {
        [] => {
            "Name an address below the site, such as `channels/everyone/`; `/` is the front page."
                .to_owned()
        }
        _ => format!("Did you mean `{}`?", nearest.join("` or `")),
    };
    let now = prepared.iter().map(|one| one.now()).max();
    let now = now.map(|now| format!(" at {now}")).unwrap_or_default();
    format!(
        "there is no page or file `{asked}`{now}\n{help}\nWhat is not out yet has none: `--now` looks at another day."
    )
}

/// How people name a file: its address below the site.
fn address(path: &str) -> String {
    let mut parts = path.splitn(3, '/');
    let team = parts.next() == Some(Tree::Team.folder());
    let below = parts.nth(1).unwrap_or(path);
    let below = below.strip_suffix(INDEX).unwrap_or(below);
    let below = if below.is_empty() { "/" } else { below };
    format!("{}{below}", if team { "team:" } else { "" })
}

/// A line a document; many of one sort in one file share a line.
fn text(from: &[Origin]) -> String {
    let same = |a: &Origin, b: &Origin| (&a.file, a.noun, a.share) == (&b.file, b.noun, b.share);
    let mut out = String::new();
    for group in from.chunk_by(same) {
        if let [first, .., last] = group
            && group.len() > NEAREST
            && let (Some(from), Some(to)) = (&first.name, &last.name)
        {
            let (file, noun, more) = (&first.file, first.noun, more(first));
            let count = group.len();
            let _ = writeln!(
                out,
                "{file}: {noun} `{from}` to `{to}`, {count} in all{more}"
            );
            continue;
        }
        for origin in group {
            let line = origin.line.map_or(String::new(), |line| format!(":{line}"));
            let (file, gives, more) = (&origin.file, gives(origin), more(origin));
            let _ = writeln!(out, "{file}{line}: {gives}{more}");
        }
    }
    out
}

/// `the activity `hello``, `the layout`.
fn gives(origin: &Origin) -> String {
    match &origin.name {
        Some(name) => format!("the {} `{name}`", origin.noun),
        None => format!("the {}", origin.noun),
    }
}

/// What is to be said besides.
fn more(origin: &Origin) -> &'static str {
    match (origin.built_in, origin.share) {
        (true, _) => " (built in)",
        (false, Share::Listed) => ", listed there",
        (false, _) => "",
    }
}

#[derive(Serialize)]
struct Told<'a> {
    output: &'a str,
    layout: Option<&'a str>,
    from: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    line: Option<u32>,
    gives: String,
    share: &'static str,
    built_in: bool,
}

fn json(looked: &Looked) -> String {
    let told = Told {
        output: &looked.path,
        layout: looked.page.as_ref().map(|page| page.layout.as_str()),
        from: looked.from.iter().map(row).collect(),
    };
    let mut out = serde_json::to_string_pretty(&told).expect("text and numbers");
    out.push('\n');
    out
}

fn row(origin: &Origin) -> Row<'_> {
    Row {
        file: &origin.file,
        line: origin.line,
        gives: gives(origin),
        share: match origin.share {
            Share::Own => "own",
            Share::Layout => "layout",
            Share::Listed => "listed",
        },
        built_in: origin.built_in,
    }
}
