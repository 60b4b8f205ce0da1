//! `review`: the desk on the terminal, and proposals for a pull request. Reads the shelf, asks nobody.

use super::candidates::{OnOffer, card, offered};
use super::fetch::{about_sources, shelf_folder};
use super::gather::{known_site, moment, read_folder};
use super::hand::{Hand, edit, open};
use super::{FINE, Fatal, MISTAKES, World, data, say, tell};
use crate::cli::Reviewing;
use crate::curate::{Basket, Deed, Desk, Draft, Ranked, propose};
use crate::diag::{Form, way_out};
use crate::disk;
use crate::fetch::Shelf;
use crate::formats;
use crate::model::{Folder, Id, Library, Moment, Sight, Site};
use crate::pipeline;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Shows what waits and keeps what is said about it, or proposes the best of it.
pub fn review(args: &Reviewing, world: &World) -> Result<u8, Fatal> {
    let (now, notes) = moment(args.now, world)?;
    let shelf = Shelf::at(&shelf_folder(&args.root, args.shelf.as_deref())?);
    let (files, _) = read_folder(&args.root)?;
    let loaded = pipeline::load(&files);
    let library = &loaded.library;
    known_site(args.site.as_deref(), library, &loaded.diags)?;
    let site = one_site(library, args.site.as_deref())?;
    let run = one_run(library, site, args.run.as_deref())?;
    for note in notes {
        say(&note);
    }
    let diags = loaded.diags.clone().retain(about_sources).sorted();
    tell(&diags, Form::Text, world);
    if diags.has_errors() {
        say("Nothing is judged while what was seen cannot be read.");
        return Ok(MISTAKES);
    }
    let on_offer = offered(library, site, &shelf, now);
    let basket = Basket {
        folder: site.folder(),
        run,
        sources: library.sources.get(&site.id).map_or(&[], |s| &s.list),
        today: Moment::new(now).today(&site.zone),
        taken: taken(library, site, &files),
    };
    match args.propose {
        Some(most) => proposal(&on_offer, most, basket, site, now, &args.root),
        None => sit(&on_offer.waiting, basket, site, now, args, world),
    }
}

/// The site that is meant: the one that is named, or the only one with sources.
fn one_site<'l>(library: &'l Library, wanted: Option<&str>) -> Result<&'l Site, Fatal> {
    let with_sources = library.sources.keys();
    let sites: Vec<&Site> = with_sources
        .filter_map(|id| library.sites.get(id))
        .filter(|site| wanted.is_none_or(|wanted| *wanted == *site.id))
        .collect();
    match sites[..] {
        [only] => Ok(only),
        [] => Err(
            "there are no sources here\nList them in sites/SITE/curation/sources.yaml, or begin with `learnflow opml import FILE`."
                .to_owned(),
        ),
        _ => {
            let names: Vec<&str> = sites.iter().map(|site| &*site.id).collect();
            Err(format!(
                "for which site?\nName it with `--site`: {}.",
                names.join(", ")
            ))
        }
    }
}

/// The run of a learning flow that picks are for: the one that is named, or the only one.
fn one_run(library: &Library, site: &Site, wanted: Option<&str>) -> Result<Id, Fatal> {
    let runs = library.runs.get(&site.id).into_iter().flatten();
    let flows: Vec<&Id> = runs
        .filter(|run| {
            let programme = library.programmes.get(&run.programme);
            programme.is_some_and(|programme| programme.kind.name == "learning-flow")
        })
        .map(|run| &run.id)
        .collect();
    let names = || flows.iter().map(|id| id.as_str());
    match (wanted, &flows[..]) {
        (None, [only]) => Ok((*only).clone()),
        (_, []) => Err(format!(
            "the site `{}` has no learning flow that picks could be for\n`learnflow new learning-flow ID` writes one with a run.",
            site.id
        )),
        (None, _) => Err(format!(
            "for which flow?\nName its run with `--run`: {}.",
            names().collect::<Vec<_>>().join(", ")
        )),
        (Some(wanted), _) => match flows.iter().find(|id| id.as_str() == wanted) {
            Some(found) => Ok((*found).clone()),
            None => Err(format!(
                "no learning flow here has a run `{wanted}`\n{}",
                way_out(wanted, names(), "These do")
            )),
        },
    }
}

/// Names of picks that are taken: ids, and files.
fn taken(library: &Library, site: &Site, files: &Folder) -> BTreeSet<String> {
    let picks = library.picks.get(&site.id).into_iter().flatten();
    let ids = picks.map(|pick| pick.id.to_string());
    let prefix = format!("{}curation/picks/", site.folder());
    let there = files.files.keys().filter(|path| path.starts_with(&prefix));
    let names = there.filter_map(|path| {
        let name = path.rsplit('/').next()?;
        Some(name.strip_suffix(".md").unwrap_or(name).to_owned())
    });
    ids.chain(names).collect()
}

/// Writes the drafts of a proposal and what the ledger says of them; its words go to whoever makes the request.
fn proposal(
    on_offer: &OnOffer,
    most: usize,
    basket: Basket,
    site: &Site,
    now: Timestamp,
    root: &Path,
) -> Result<u8, Fatal> {
    let made = propose(
        &on_offer.waiting,
        &on_offer.back,
        most,
        basket,
        &site.zone,
        now,
    );
    for draft in &made.drafts {
        write(draft, root)?;
    }
    Sitting::new(site, root).keep_all(made.sights, now)?;
    data(&made.text);
    say(&match made.drafts.len() {
        0 => "Nothing is proposed.".to_owned(),
        1 => "1 draft is written. Commit it on a branch, and let the text above be the request's."
            .to_owned(),
        n => format!(
            "{n} drafts are written. Commit them on a branch, and let the text above be the request's."
        ),
    });
    Ok(FINE)
}

/// One candidate after the other.
fn sit(
    waiting: &[Ranked],
    basket: Basket,
    site: &Site,
    now: Timestamp,
    args: &Reviewing,
    world: &World,
) -> Result<u8, Fatal> {
    if waiting.is_empty() {
        say("Nothing waits. `learnflow fetch` looks whether there is anything new.");
        return Ok(FINE);
    }
    let mut desk = Desk::new(waiting, basket, now);
    let mut sitting = Sitting::new(site, &args.root);
    let hand = Hand::new(world);
    let mut shown = None;
    loop {
        if let Some((number, ranked)) = desk.current().filter(|(n, _)| shown != Some(*n)) {
            shown = Some(number);
            let others = desk.others();
            let titles: Vec<&str> = others.iter().map(|o| &*o.candidate.title).collect();
            let note = (!titles.is_empty())
                .then(|| format!("nearly the same waits besides: {}", titles.join("; ")));
            let card = card(site, ranked, note.as_deref(), false);
            data(&format!("\n{number} of {}\n{card}", waiting.len()));
        }
        let answer = hand.ask(&desk.question(), desk.wants_words());
        let answer = answer.map_err(|error| format!("nothing can be typed here: {error}"))?;
        let Some(deeds) = answer.and_then(|answer| desk.told(&answer)) else {
            break;
        };
        let mut drafts = Vec::new();
        for deed in deeds {
            match deed {
                Deed::Say(words) => say(&words),
                Deed::Keep(sight) => sitting.keep(sight, now)?,
                Deed::Open(address) if open(&address, world) => {}
                Deed::Open(address) => say(&address),
                Deed::Write(draft) => {
                    write(&draft, &args.root)?;
                    drafts.push(draft);
                }
            }
        }
        // All that was said is kept before anybody writes, which may take an hour.
        for draft in drafts {
            fill_in(&draft, args, world)?;
        }
    }
    say(&desk.summary());
    Ok(FINE)
}

/// Writes a draft where there is none.
fn write(draft: &Draft, root: &Path) -> Result<(), Fatal> {
    let written = disk::create(&root.join(&draft.path), draft.text.as_bytes());
    written.map_err(|error| format!("{} cannot be written: {error}", draft.path))
}

/// Lets somebody write their words, and tells what is still lacking.
fn fill_in(draft: &Draft, args: &Reviewing, world: &World) -> Result<(), Fatal> {
    if !edit(&args.root.join(&draft.path), world) {
        say(&format!("Write your words into {}.", draft.path));
        return Ok(());
    }
    let (files, _) = read_folder(&args.root)?;
    let problems = pipeline::load(&files).diags.retain(|problem| {
        let place = problem.place.as_ref();
        place.is_some_and(|place| *place.file == *draft.path)
    });
    tell(&problems.sorted(), Form::Text, world);
    Ok(())
}

/// What was said in one sitting, in one file of the ledger of what was seen.
struct Sitting<'a> {
    root: &'a Path,
    site: &'a Site,
    said: Vec<Sight>,
    file: Option<PathBuf>,
}

impl<'a> Sitting<'a> {
    fn new(site: &'a Site, root: &'a Path) -> Self {
        Self {
            root,
            site,
            said: Vec::new(),
            file: None,
        }
    }

    fn keep(&mut self, sight: Sight, now: Timestamp) -> Result<(), Fatal> {
        self.keep_all(vec![sight], now)
    }

    /// Writes all that was said so far into a new file, and only then removes the one before: a file is named by its
    /// content, and both say the same.
    fn keep_all(&mut self, more: Vec<Sight>, now: Timestamp) -> Result<(), Fatal> {
        self.said.extend(more);
        let Some((file, text)) = formats::seen::write(&self.said, now) else {
            return Ok(());
        };
        let path = self.root.join(self.site.folder()).join(file);
        let refused = |error: std::io::Error| {
            format!(
                "what was said could not be written down in {}: {error}",
                path.display()
            )
        };
        disk::replace(&path, text.as_bytes()).map_err(refused)?;
        if let Some(before) = self
            .file
            .replace(path.clone())
            .filter(|before| *before != path)
        {
            disk::remove(&before).map_err(refused)?;
        }
        Ok(())
    }
}
