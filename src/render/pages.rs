//! The pages of the public tree.

use super::aside;
use super::context::*;
use super::embed::progress;
use super::page_head;
use super::shape::{Shape, stage};
use super::shelves::Shelved;
use super::source::ARCHIVED;
use super::templates::Templates;
use super::week;
use crate::diag::Diagnostics;
use crate::model::{Aside, Beside, Embed, Fact, Section, Site};
use crate::plan::{digest_path, embeds_path, feed_path, oembed_path};
use crate::visible::{Around, Seen, SeenRun, Stage, View, by_key, nearest};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// One page to be made.
pub enum Task {
    Home,
    NotFound,
    Run(usize),
    Occurrence(usize, usize),
    Piece(usize, usize),
    LostPiece(usize),
    Embed(Around, Embed),
    Embeds(Around),
    Intake(usize, usize),
    Board(usize),
    Aside(usize, Aside),
    /// A page of a flow's archive: whose archive, and which page of it.
    Shelf(usize, Shelved),
    Communities,
    Channel(usize),
    Programme(usize),
    Notice(usize),
    Redirect(usize),
    Archive,
    ArchiveMonth(usize),
    ArchiveKind(usize),
    Calendar,
    CalendarMonth(usize),
    Roles,
    Role(usize),
    Search,
}

/// How many rows the front page and a channel's page show of each list.
const NEXT: usize = 6;
const RECENT: usize = 8;

/// How many rows of a run without an end its page shows.
const IN_SHORT: usize = 30;

/// Every page of the tree.
pub fn tasks(view: &View) -> Vec<Task> {
    let mut tasks = vec![
        Task::Home,
        Task::NotFound,
        Task::Archive,
        Task::Calendar,
        Task::Search,
    ];
    tasks.extend((0..view.archive.months.len()).map(Task::ArchiveMonth));
    tasks.extend((0..view.archive.kinds.len()).map(Task::ArchiveKind));
    tasks.extend((0..view.months.len()).map(Task::CalendarMonth));
    if !view.roles.is_empty() {
        tasks.push(Task::Roles);
    }
    tasks.extend((0..view.roles.len()).map(Task::Role));
    for (run, seen) in view.runs.iter().enumerate() {
        tasks.push(Task::Run(run));
        tasks.extend((0..seen.items.len()).map(|item| Task::Occurrence(run, item)));
        tasks.extend((0..seen.items.len()).map(|item| Task::Piece(run, item)));
        tasks.extend((0..seen.intakes.len()).map(|intake| Task::Intake(run, intake)));
        tasks.extend(seen.board.iter().map(|_| Task::Board(run)));
        tasks.extend(seen.asides().map(|aside| Task::Aside(run, aside)));
    }
    for (index, shelves) in view.shelves.iter().enumerate() {
        let pages = Shelved::all(shelves);
        tasks.extend(pages.map(|page| Task::Shelf(index, page)));
    }
    if !view.communities.is_empty() {
        tasks.push(Task::Communities);
    }
    tasks.extend((0..view.channels.len()).map(Task::Channel));
    tasks.extend((0..view.programmes.len()).map(Task::Programme));
    for around in Around::all(view) {
        let embeds = around.embeds(view).into_iter();
        tasks.extend(embeds.map(|embed| Task::Embed(around, embed)));
        tasks.push(Task::Embeds(around));
    }
    tasks.extend((0..view.notices.len()).map(Task::Notice));
    tasks.extend((0..view.notices.len()).map(Task::LostPiece));
    tasks.extend((0..view.redirects.len()).map(Task::Redirect));
    tasks
}

/// Makes one page: its path below the root, its bytes into the buffer, and what was found.
pub fn make(task: &Task, view: &View, templates: &Templates, out: &mut Vec<u8>) -> Made {
    let site = view.site;
    let maker = Maker { view, templates };
    match task {
        Task::Home => maker.home(out),
        Task::NotFound => {
            let title = site.words.get("not_found").to_owned();
            let head = page_head(site, "not-found", "", &title, &site.summary);
            maker.finish(
                "404.html",
                "not-found.html",
                head,
                &(),
                Diagnostics::new(),
                out,
            )
        }
        Task::Run(run) => maker.run(&view.runs[*run], out),
        Task::Occurrence(run, item) => maker.occurrence(&view.runs[*run], *item, out),
        Task::Piece(run, item) => maker.piece(&view.runs[*run], *item, out),
        Task::LostPiece(notice) => maker.lost_piece(*notice, out),
        Task::Embed(around, embed) => maker.embed(*around, *embed, out),
        Task::Embeds(around) => maker.embeds(*around, out),
        Task::Intake(run, intake) => {
            let run = &view.runs[*run];
            maker.intake(run, &run.intakes[*intake], out)
        }
        Task::Board(run) => maker.board(&view.runs[*run], out),
        Task::Aside(run, aside) => maker.aside(&view.runs[*run], *aside, out),
        Task::Shelf(index, page) => maker.shelf(&view.shelves[*index], *page, out),
        Task::Communities => maker.communities(out),
        Task::Archive => maker.archive(out),
        Task::ArchiveMonth(month) => maker.archive_month(*month, out),
        Task::ArchiveKind(kind) => maker.archive_kind(*kind, out),
        Task::Calendar => maker.calendar(out),
        Task::CalendarMonth(month) => maker.calendar_month(*month, out),
        Task::Roles => maker.roles(out),
        Task::Role(role) => maker.role(*role, out),
        Task::Search => maker.search(out),
        Task::Channel(channel) => maker.channel(*channel, out),
        Task::Programme(programme) => maker.programme(*programme, out),
        Task::Notice(notice) => {
            let (path, title, day) = &view.notices[*notice];
            let head = page_head(site, "notice", path, title, title);
            let it = NoticePage {
                title: title.clone(),
                withdrawn: site.words.day(*day),
            };
            let file = format!("{path}index.html");
            maker.finish(&file, "notice.html", head, &it, Diagnostics::new(), out)
        }
        Task::Redirect(redirect) => {
            let (path, to) = &view.redirects[*redirect];
            let mut head = page_head(site, "redirect", path, to, &site.summary);
            head.to = Some(format!("{}{to}", site.base_url));
            let file = format!("{path}index.html");
            maker.finish(&file, "redirect.html", head, &(), Diagnostics::new(), out)
        }
    }
}

/// Makes the pages of one site; those across runs in files of their own.
pub struct Maker<'v> {
    pub view: &'v View<'v>,
    templates: &'v Templates,
}

/// A page's file, and what was found in its texts.
pub type Made = (String, Diagnostics);

impl Maker<'_> {
    pub fn finish<T: serde::Serialize>(
        &self,
        file: &str,
        layout: &str,
        head: PageHead,
        it: &T,
        mut diags: Diagnostics,
        out: &mut Vec<u8>,
    ) -> Made {
        if let Err(problem) = self.templates.render(layout, &head, it, out) {
            diags.push(*problem);
        }
        (file.to_owned(), diags)
    }

    pub fn shape(&self, path: &str) -> Shape<'_> {
        Shape::new(self.view.site, path, &self.view.addresses)
    }

    pub fn site(&self) -> &Site {
        self.view.site
    }

    /// Every item of every run, newest first.
    pub fn newest<'a>(
        &'a self,
        runs: impl Iterator<Item = &'a SeenRun<'a>>,
    ) -> Vec<(&'a Seen, &'a SeenRun<'a>)> {
        let mut items: Vec<(&Seen, &SeenRun)> = runs
            .flat_map(|run| run.items.iter().map(move |item| (item, run)))
            .collect();
        items.sort_by(|a, b| (b.0.due, b.0.path()).cmp(&(a.0.due, a.0.path())));
        items
    }

    /// What lies ahead of several runs, nearest first.
    pub fn next<'a>(
        &'a self,
        shape: &Shape,
        runs: impl Iterator<Item = &'a SeenRun<'a>>,
    ) -> Vec<Coming> {
        let mut ahead = nearest(runs);
        ahead.truncate(NEXT);
        ahead
            .into_iter()
            .map(|(ahead, run)| shape.coming(ahead, run))
            .collect()
    }

    fn home(&self, out: &mut Vec<u8>) -> Made {
        let mut shape = self.shape("");
        let runs = &self.view.runs;
        let newest = self.newest(runs.iter());
        let current = |item: &&(&Seen, &SeenRun)| {
            item.0.open && !item.0.expired && item.0.cancelled.is_none()
        };
        let mut first: BTreeMap<&str, &(&Seen, &SeenRun)> = BTreeMap::new();
        for item in newest.iter().filter(current) {
            first.entry(&item.1.path).or_insert(item);
        }
        let mut open: Vec<&(&Seen, &SeenRun)> = first.into_values().collect();
        // What is for those who began on one day stands behind what is for everybody.
        open.sort_by_key(|(item, _)| {
            (
                item.intake.is_some(),
                Reverse(item.due),
                Reverse(item.path()),
            )
        });
        let now: Vec<Item> = open
            .into_iter()
            .map(|(item, run)| shape.item(item, run))
            .collect();
        let recent = newest
            .iter()
            .filter(|(item, _)| !item.expired && item.intake.is_none())
            .map(|(item, run)| shape.item(item, run))
            .filter(|item| !now.iter().any(|other| other.href == item.href))
            .take(RECENT)
            .collect();
        let cards = |wanted: Stage, shape: &Shape| -> Vec<RunCard> {
            let found = runs.iter().filter(|run| run.stage == wanted);
            found.map(|run| shape.card(run)).collect()
        };
        let it = HomePage {
            welcome: match &self.site().welcome {
                Some(text) => shape.body(text, "welcome-"),
                None => String::new(),
            },
            now,
            next: self.next(&shape, runs.iter().filter(|run| run.intakes.is_empty())),
            recent,
            running: cards(Stage::Running, &shape),
            coming: cards(Stage::Coming, &shape),
            over: cards(Stage::Over, &shape),
        };
        let mut head = page_head(
            self.site(),
            "home",
            "",
            &self.site().title,
            &self.site().summary,
        );
        let cuts = self
            .view
            .published
            .feeds
            .iter()
            .filter(|feed| feed.is_a_cut() && !feed.full);
        let cuts = cuts.map(|feed| shape.feed(feed.folder(), &feed.title));
        head.feeds = self.feeds(&shape, &[]).into_iter().chain(cuts).collect();
        self.finish("index.html", "home.html", head, &it, shape.diags, out)
    }

    /// The feeds of a page, the narrowest first, the site's last.
    pub fn feeds(&self, shape: &Shape, own: &[(&str, &str)]) -> Vec<FeedLink> {
        let site = ("", self.site().title.as_str());
        own.iter()
            .chain([&site])
            .map(|(page, title)| shape.feed(page, title))
            .collect()
    }

    fn run(&self, run: &SeenRun, out: &mut Vec<u8>) -> Made {
        let mut shape = self.shape(&run.path);
        let open = |item: &&Seen| item.open && !item.expired && item.cancelled.is_none();
        let rolling = !run.intakes.is_empty();
        let released = || run.items.iter().rev().filter(|_| !rolling);
        let week = week::week(&mut shape, run);
        let today = released().find(|item| week.is_none() && open(item));
        let shown = || {
            released()
                .filter(|item| today.is_none_or(|today| today.key() != item.key()))
                .filter(|item| !week::shows(run, item))
        };
        // Of what has no end the newest are enough: everything stands in the archive of its own.
        let archived = run.kind.asides.contains(&Aside::Archive);
        let most = if archived { IN_SHORT } else { usize::MAX };
        let it = RunPage {
            title: run.title.to_owned(),
            kind: shape.kind(run.kind.name),
            state: stage(run.stage),
            summary: run.summary.to_owned(),
            purpose: run.purpose.to_owned(),
            about: shape.body(run.about, "about-"),
            body: shape.body(run.body, "run-"),
            programme: Link {
                title: run.programme_title.to_owned(),
                href: shape.href(&run.programme_path),
            },
            facts: shape.facts(&run.facts),
            cohort: run.cohort.map(str::to_owned),
            starts: shape.when(run.span.0, run.zone),
            ends: run.span.1.map(|ends| shape.last_day(ends, run.zone)),
            hashtag: run.hashtag.map(str::to_owned),
            channels: shape.channels(run),
            progress: progress(&shape, run),
            asides: shape.asides(run),
            embeds: shape.href(&embeds_path(&run.path)),
            digest: digest(&shape, run),
            week,
            today: today.map(|item| shape.item(item, run)),
            board: run.board.as_ref().map(|board| Link {
                title: self.site().words.get("board").to_owned(),
                href: shape.href(&board.path),
            }),
            coming: run
                .soonest()
                .into_iter()
                .filter(|_| !rolling)
                .map(|index| shape.coming(&run.ahead[index], run))
                .collect(),
            items: shown()
                .take(most)
                .map(|item| shape.item(item, run))
                .collect(),
            older: shown()
                .nth(most)
                .map(|_| shape.href(&aside::path(run, Aside::Archive))),
            intakes: run
                .intakes
                .iter()
                .rev()
                .map(|intake| IntakeCard {
                    starts: shape.day(intake.starts, run.zone),
                    href: shape.href(&intake.path),
                    released: intake.released(),
                    total: intake.steps.len(),
                    over: intake.over,
                })
                .collect(),
            feed: Link {
                title: run.title.to_owned(),
                href: shape.href(&feed_path(&run.path)),
            },
            calendar: shape.calendar(&run.path),
            lang: run.language.clone(),
        };
        let mut head = page_head(self.site(), "run", &run.path, run.title, run.summary);
        head.feeds = self.feeds(&shape, &[(&run.path, run.title)]);
        let file = format!("{}index.html", run.path);
        self.finish(&file, "run.html", head, &it, shape.diags, out)
    }

    fn occurrence(&self, run: &SeenRun, index: usize, out: &mut Vec<u8>) -> Made {
        self.occurrence_at(run, index, run.items[index].path(), out)
    }

    /// The page of an item, at its own address or at another that shows it for a while.
    pub fn occurrence_at(
        &self,
        run: &SeenRun,
        index: usize,
        path: &str,
        out: &mut Vec<u8>,
    ) -> Made {
        let item = &run.items[index];
        let mut shape = self.shape(path);
        let starts = item.event.map_or(item.due, |event| event.starts);
        let neighbour = |other: &Seen| Link {
            title: other.title(),
            href: shape.href(other.path()),
        };
        let same_row = |other: &&Seen| other.intake == item.intake;
        let previous = run.items[..index]
            .iter()
            .rev()
            .find(same_row)
            .map(neighbour);
        let next = run.items[index + 1..].iter().find(same_row).map(neighbour);
        let coming = match (&next, item.intake) {
            (None, None) => run.ahead.first().map(|ahead| shape.coming(ahead, run)),
            _ => None,
        };
        let items = if item.gathers.is_empty() {
            Vec::new()
        } else {
            let known = by_key(run);
            let listed = item
                .gathers
                .iter()
                .filter_map(|key| known.get(key.as_str()));
            listed.map(|item| shape.item(item, run)).collect()
        };
        let words = &item.words;
        let (tags, facts): (Vec<Fact>, Vec<Fact>) = words
            .facts
            .iter()
            .filter(|fact| fact.key != ARCHIVED)
            .cloned()
            .partition(|fact| fact.key == "hashtag");
        let own = words
            .parts
            .iter()
            .any(|part| part.section == Section::About);
        let words_alone = words
            .parts
            .iter()
            .all(|part| part.section == Section::Words);
        let met = item.announced && item.event.is_some() && words_alone;
        let of_class = !own && (item.invites || met);
        let meeting = item.event.or(item.announces);
        let mut hashtags: Vec<String> = run.hashtag.map(str::to_owned).into_iter().collect();
        hashtags.extend(
            tags.iter()
                .map(|tag| tag.value.flat().trim_start_matches('#').to_owned()),
        );
        hashtags.dedup();
        let it = OccurrencePage {
            title: item.title(),
            label: item.label.as_deref().map(str::to_owned),
            name: words.title.clone(),
            minutes: words.minutes,
            when: shape.when(starts, run.zone),
            closes: shape.when(item.closes, run.zone),
            open: item.open,
            ends: item.event.map(|event| shape.when(event.ends, run.zone)),
            speaker: item.speaker.as_ref().map(|s| s.name.clone()),
            speaker_href: item.speaker.as_ref().and_then(|s| s.link.clone()),
            sections: shape.sections(&words.parts, "", item.language.as_deref()),
            facts: shape.facts(&facts),
            resources: shape.resources(&words.resources),
            source: shape.source(words),
            items,
            opens: item.opens,
            later: item
                .later
                .iter()
                .map(|ahead| shape.coming(ahead, run))
                .collect(),
            told: item.opens || item.invites,
            announces: shape.announces(item, run),
            expired: item.expired,
            agenda: shape.agenda(&words.agenda, meeting.map(|event| (event.starts, run.zone))),
            elsewhere: match meeting.filter(|_| item.cancelled.is_none()) {
                Some(event) => shape.elsewhere(event.starts, run),
                None => Vec::new(),
            },
            asked: shape.asked(&words.asked),
            this_time: match of_class {
                true => shape.body(run.body, "run-"),
                false => String::new(),
            },
            cancelled: item.cancelled.clone(),
            moved: item
                .moved
                .iter()
                .map(|moved| MovedLine {
                    on: self.site().words.day(moved.on),
                    reason: moved.reason.clone(),
                })
                .collect(),
            why: item.why.clone(),
            run: shape.run_link(run),
            channels: shape.channels(run),
            share: shape.share(item, &hashtags),
            hashtags,
            previous,
            next,
            coming,
            lang: item.language.clone(),
            untranslated: item.untranslated.then(|| {
                let site = self.site();
                let tag = item.language.as_deref().unwrap_or(&site.language);
                site.words.language(tag).to_owned()
            }),
        };
        let summary = item.summary();
        let description = if summary.is_empty() {
            run.summary
        } else {
            &summary
        };
        let mut head = page_head(self.site(), "occurrence", path, &item.title(), description);
        // Wherever it is shown, this is where it stays.
        head.url = format!("{}{}", self.site().base_url, item.path());
        head.oembed = Some(format!(
            "{}{}",
            self.site().base_url,
            oembed_path(item.path())
        ));
        head.feeds = self.feeds(&shape, &[(&run.path, run.title)]);
        let file = format!("{path}index.html");
        self.finish(&file, "occurrence.html", head, &it, shape.diags, out)
    }
}

/// The week of a flow as text, in the words of its page.
fn digest(shape: &Shape, run: &SeenRun) -> Option<String> {
    let digests = run.kind.beside.contains(&Beside::Digest);
    digests.then(|| shape.href(&digest_path(&run.path)))
}
