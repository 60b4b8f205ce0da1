//! The corridor: the rooms in a row, pure. Files, ledgers and a moment go in; what is planned, what is
//! wrong and every output come out. `build`, `check`, `plan` and the tests all call this.

use crate::diag::{Diagnostic, Diagnostics};
use crate::formats::{self, FORMATS};
use crate::model::{Content, Edge, Folder, Id, Ledger, Library, Moment, Plan, Site, Tree};
use crate::render::look::{self, Look, Wanted};
use crate::render::{self, Behind, Sink};
use crate::visible::{self, Diary, Feed, Published, TeamView, View};
use crate::{load, plan};
use jiff::Timestamp;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::Write;

/// All that decides the output.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Every file of the repository.
    pub folder: Folder,
    /// Ledgers by site; a site without one starts afresh.
    pub ledgers: BTreeMap<Id, Ledger>,
    /// Now.
    pub now: Timestamp,
    /// Only this site.
    pub site: Option<String>,
    /// More than a few released items may disappear.
    pub withdraw: bool,
}

/// Room 1 alone: what was written.
#[derive(Debug)]
pub struct Loaded {
    /// All that could be read.
    pub library: Library,
    /// What is wrong with it.
    pub diags: Diagnostics,
}

/// Reads a folder.
pub fn load(folder: &Folder) -> Loaded {
    let (library, diags) = load::load(folder);
    Loaded { library, diags }
}

/// One site, planned.
#[derive(Debug)]
pub struct Prepared<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its plan, and its ledger afterwards.
    pub plan: Plan<'a>,
    library: &'a Library,
    moment: Moment,
}

/// Plans every site (or the one that was asked for). Problems of loading are not repeated.
pub fn prepare<'a>(loaded: &'a Loaded, inputs: &Inputs) -> (Vec<Prepared<'a>>, Diagnostics) {
    let library = &loaded.library;
    let mut diags = Diagnostics::new();
    let fresh = Ledger::default();
    let mut prepared = Vec::new();
    for site in library.sites.values() {
        if inputs
            .site
            .as_ref()
            .is_some_and(|wanted| *wanted != *site.id)
        {
            continue;
        }
        let ledger = inputs.ledgers.get(&site.id).unwrap_or(&fresh);
        clock_guard(site, ledger, inputs.now, &mut diags);
        let moment = Moment::new(inputs.now);
        let (plan, problems) = plan::plan(library, site, ledger, &moment, inputs.withdraw);
        // What is missing because it is broken comes back when it is mended.
        let broken = loaded.diags.has_errors();
        diags.append(problems.retain(|d| !broken || !plan::WITHDRAWALS.contains(&d.code)));
        prepared.push(Prepared {
            site,
            plan,
            library,
            moment,
        });
    }
    (prepared, diags)
}

/// "In the future" begins this far from now: clocks of build machines differ a little.
const CLOCK_TOLERANCE: jiff::SignedDuration = jiff::SignedDuration::from_mins(15);

/// A ledger from the future would give every item a stamp from the future.
fn clock_guard(site: &Site, ledger: &Ledger, now: Timestamp, diags: &mut Diagnostics) {
    if let Some(last) = ledger.last_stamp()
        && last > now + CLOCK_TOLERANCE
    {
        diags.push(
            Diagnostic::error(
                "ledger-ahead",
                format!("the ledger of `{}` was last stamped at {last}, which lies after {now}", site.id),
            )
            .at(site.origin.place(0..1))
            .why("what is released now would be stamped later than now, and some readers would fall silent until then")
            .help("correct the clock; for a look at another day use `--out` with a folder of its own"),
        );
    }
}

/// What remains of a site when its files are made.
#[derive(Debug)]
pub struct Made<'a> {
    /// The site.
    pub site: &'a Site,
    /// What was found in its texts.
    pub told: Diagnostics,
    /// Until when a build of the same inputs makes the same files and tells the same problems, but for those
    /// that are told once ([`plan::ONCE`]).
    pub holds_until: Option<Timestamp>,
    /// When its public tree changes next, earliest first.
    pub edges: Vec<Edge>,
    /// How many items are out, of how many runs, in how many feeds.
    pub count: Count,
}

/// How much there is of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// What is out.
    pub items: usize,
    /// Its runs.
    pub runs: usize,
    /// Its feeds.
    pub feeds: usize,
    /// What came out now.
    pub released: usize,
}

impl<'a> Prepared<'a> {
    /// The moment for which it was planned.
    pub fn now(&self) -> Timestamp {
        self.moment.now()
    }

    /// What its public tree may show, and when that changes next, earliest first: whoever looks asks, and what was
    /// asked is known.
    pub fn seen(&self) -> (View<'a>, Vec<Edge>) {
        let published = Published::of(self.library, self.site, &self.plan, &self.moment);
        let view = visible::public(self.library, self.site, &self.plan, published, &self.moment);
        (view, self.moment.edges())
    }

    /// What the learning team may see.
    pub fn team(&self) -> TeamView<'_> {
        visible::team(self.library, self.site, &self.plan, &self.moment)
    }

    /// Makes every file of both trees and hands each to the sink, in no particular order. What is not needed any
    /// more is let go on the way: the ledger before the public tree is seen, and that before the team's.
    pub fn outputs(self, folder: &Folder, sink: &Sink) -> Made<'a> {
        let Prepared {
            site,
            mut plan,
            library,
            moment,
        } = self;
        let send =
            |path: &str, bytes: Vec<u8>| sink(render::output(Tree::Public, site, path, bytes));
        write_ledger(site, &plan.ledger, sink);
        let mut published = Published::of(library, site, &plan, &moment);
        plan.ledger = Ledger::default();
        let write = |feed: &Feed, contents: &[String]| {
            for format in FORMATS {
                send(&formats::path(feed, format), (format.write)(feed, contents));
            }
        };
        published.feeds.par_iter_mut().for_each(|feed| {
            if !feed.full {
                write(feed, &[]);
                feed.entries = Vec::new();
            }
        });
        let mut view = visible::public(library, site, &plan, published, &moment);
        view.published.feeds.par_iter().for_each(|feed| {
            if feed.full {
                write(feed, &render::contents(feed, &view));
            }
        });
        for feed in &mut view.published.feeds {
            feed.entries = Vec::new();
        }
        let count = Count {
            items: view.runs.iter().map(|run| run.items.len()).sum(),
            runs: view.runs.len(),
            feeds: (view.published.feeds.iter().filter(|feed| !feed.full)).count(),
            released: plan.released,
        };
        let edges = moment.edges();
        for (path, bytes) in formats::of_site(&view, &edges) {
            send(&path, bytes);
        }
        let mut told = render::public(&view, library, folder, sink);
        for board in view.runs.iter().filter_map(|run| run.board.as_ref()) {
            send(&board.json(), formats::board::write(board));
        }
        for (path, bytes) in formats::search::write(&view) {
            send(&path, bytes);
        }
        for (path, bytes) in formats::digest::write(&view) {
            send(&path, bytes);
        }
        view.runs.par_iter().for_each(|run| {
            for item in &run.items {
                let (path, bytes) = formats::oembed::write(site, run, item);
                send(&path, bytes);
            }
        });
        Diary::all(&view).into_par_iter().for_each(|diary| {
            let write = |out: &mut dyn Write| formats::calendar::write(diary, &view, out);
            let content = Content::Written(&write);
            let path = diary.path(&view);
            sink(render::output(Tree::Public, site, &path, content));
        });
        drop(view);
        let team: TeamView = visible::team(library, site, &plan, &moment);
        told.append(render::for_team(&team, library, folder, sink));
        for (path, bytes) in formats::for_team(&team) {
            sink(render::output(Tree::Team, site, &path, bytes));
        }
        drop(team);
        Made {
            site,
            told,
            holds_until: moment.holds_until(),
            edges,
            count,
        }
    }

    /// Looks into the files of both trees instead of making them: which there are, what the layout of
    /// each wanted page sees, and which documents stand behind each wanted file.
    pub fn look(&self, folder: &Folder, wanted: &Wanted) -> Look {
        let behind = Behind {
            library: self.library,
            site: self.site,
            plan: &self.plan,
            folder,
        };
        let (view, edges) = self.seen();
        let mut look = Look::default();
        look::public(&view, &behind, wanted, &mut look);
        let named = |path: &str| render::output(Tree::Public, self.site, path, Vec::new()).path;
        for feed in &view.published.feeds {
            for format in FORMATS {
                let path = named(&formats::path(feed, format));
                look.file(path, wanted, || behind.feed(feed));
            }
        }
        for board in view.runs.iter().filter_map(|run| run.board.as_ref()) {
            look.file(named(&board.json()), wanted, || behind.board(board));
        }
        for (path, _) in formats::search::write(&view) {
            look.file(named(&path), wanted, || behind.runs(&view));
        }
        for (path, _) in formats::digest::write(&view) {
            look.file(named(&path), wanted, || behind.runs(&view));
        }
        for (path, _) in formats::of_site(&view, &edges) {
            look.file(named(&path), wanted, || behind.runs(&view));
        }
        for run in &view.runs {
            for item in &run.items {
                let (path, _) = formats::oembed::write(self.site, run, item);
                look.file(named(&path), wanted, || behind.item(run, item));
            }
        }
        for diary in Diary::all(&view) {
            let path = named(&diary.path(&view));
            look.file(path, wanted, || behind.diary(diary, &view));
        }
        look.file(named(formats::ledger::FILE), wanted, || behind.ledger());
        let team = self.team();
        look::for_team(&team, &behind, wanted, &mut look);
        for (path, _) in formats::for_team(&team) {
            let named = render::output(Tree::Team, self.site, &path, Vec::new()).path;
            look.file(named, wanted, || behind.team_file(&path, &team));
        }
        look
    }
}

/// The largest file of all, which nobody holds whole.
fn write_ledger(site: &Site, ledger: &Ledger, sink: &Sink) {
    let written = formats::ledger::written(&site.id, ledger);
    let (path, content) = (formats::ledger::FILE, Content::Written(&written));
    sink(render::output(Tree::Public, site, path, content));
}
