//! The documents behind what is made: for each page the authored files whose words stand on it, and the
//! layouts that shape it. Worked out only for who asks.

use super::pages;
use super::team;
use crate::document::Source;
use crate::model::{
    Activity, Card, Folder, Library, Occurrence, Pick, Plan, PlannedRun, Programme, Role, Run,
    Session, Site, Speaker, same_language,
};
use crate::visible::{
    Around, Board, Diary, Feed, Rota, Seen, SeenRun, TeamRun, TeamView, View, Whose,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// What a document has to do with a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Share {
    /// Its own words are on it, or decide about it.
    Own,
    /// It is the layout, a part of it, or holds its words.
    Layout,
    /// The page lists or links it by its title.
    Listed,
}

/// One document behind a page, and what it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file, from the root of the repository.
    pub file: String,
    /// The line where it begins, in a file that holds several.
    pub line: Option<u32>,
    /// What it is: `activity`.
    pub noun: &'static str,
    /// Its id, if it has one.
    pub name: Option<String>,
    /// What it has to do with the page.
    pub share: Share,
    /// It is not in the repository but in the program.
    pub built_in: bool,
}

/// All that is known of documents.
#[derive(Debug, Clone, Copy)]
pub struct Behind<'a> {
    /// What was read.
    pub library: &'a Library,
    /// The site.
    pub site: &'a Site,
    /// Its plan.
    pub plan: &'a Plan<'a>,
    /// Every file of the repository.
    pub folder: &'a Folder,
}

fn origin(file: &str, noun: &'static str, name: Option<&str>) -> Origin {
    Origin {
        file: file.to_owned(),
        line: None,
        noun,
        name: name.map(str::to_owned),
        share: Share::Own,
        built_in: false,
    }
}

fn at(source: &Source, at: &Range<usize>, noun: &'static str, name: &str) -> Origin {
    Origin {
        line: Some(source.place(at.clone()).line),
        ..origin(&source.file, noun, Some(name))
    }
}

impl<'a> Behind<'a> {
    /// The documents behind a public page, the one it is about first.
    pub(super) fn page(&self, task: &pages::Task, view: &View) -> Vec<Origin> {
        use pages::Task;
        let run = |index: usize| self.planned(view.runs[index].id.as_str());
        let mut found = match task {
            Task::Home => self.welcome(),
            Task::NotFound => Vec::new(),
            Task::Communities => self.runs(view),
            Task::Run(index) | Task::Intake(index, _) | Task::Aside(index, _) => {
                run(*index).map_or(Vec::new(), of_run)
            }
            Task::Shelf(index, _) => run(view.shelves[*index].run).map_or(Vec::new(), of_run),
            Task::Embed(around, _) | Task::Embeds(around) => match around {
                Around::Site => self.runs(view),
                Around::Channel(index) => self.channel(view.channels[*index].channel.id.as_str()),
                Around::Run(index) => run(*index).map_or(Vec::new(), of_run),
            },
            Task::Occurrence(index, item) | Task::Piece(index, item) => {
                let key = view.runs[*index].items[*item].key();
                let found = run(*index).and_then(|run| Some((run, run.occurrence(key)?)));
                found.map_or(Vec::new(), |(run, o)| self.occurrence(run, o))
            }
            Task::Board(index) => {
                let board = view.runs[*index].board.as_ref();
                let mut found = board.map_or(Vec::new(), |board| self.board(board));
                found.extend(run(*index).map_or(Vec::new(), of_run));
                found
            }
            Task::Channel(index) => self.channel(view.channels[*index].channel.id.as_str()),
            Task::Programme(index) => {
                let first = view.programmes[*index].runs.first();
                let run = first.and_then(|first| run(*first));
                run.map_or(Vec::new(), |run| vec![of_programme(run.programme)])
            }
            Task::Notice(index) | Task::LostPiece(index) => self.withdrawn(&view.notices[*index].0),
            Task::Redirect(index) => self.redirect(&view.redirects[*index].1, view),
            Task::Archive | Task::ArchiveMonth(_) | Task::ArchiveKind(_) => self.runs(view),
            Task::Calendar | Task::CalendarMonth(_) | Task::Search => self.runs(view),
            Task::Roles => view.roles.iter().map(|seen| of_role(seen.role)).collect(),
            Task::Role(index) => vec![of_role(view.roles[*index].role)],
        };
        found.push(self.of_site());
        found
    }

    /// The documents behind a page of the team's tree, the one it is about first.
    pub(super) fn team_page(&self, task: &team::Task, view: &TeamView) -> Vec<Origin> {
        let mut found = match task {
            team::Task::Team | team::Task::Connect => Vec::new(),
            team::Task::ConnectSheet(index, _) => {
                let channel = &self.site.channels[*index];
                vec![origin(&self.site.origin.file, "channel", Some(&channel.id))]
            }
            team::Task::Plan(index) => {
                let seen = &view.runs[*index];
                let run = self.planned(seen.run.id.as_str());
                let rows = || {
                    run.into_iter()
                        .flat_map(|run| seen.rows.iter().map(move |o| (run, o)))
                };
                let own = rows().flat_map(|(run, o)| self.occurrence(run, o));
                let mut found: Vec<Origin> = run.map_or(Vec::new(), of_run);
                found.extend(own);
                found.extend(seen.run.sessions.iter().map(of_session));
                found.extend(seen.cards.iter().map(|seen| of_card(seen.card)));
                found
            }
            team::Task::Brief(index) => of_run(view.runs[*index].planned),
            team::Task::Skeleton(index) => self.sheet(&view.runs[*index]),
            team::Task::Speaker(index, _, spoken) => {
                let mut found = vec![of_session(spoken.session)];
                found.extend(self.occurrence(view.runs[*index].planned, spoken.of));
                found
            }
            team::Task::Sheet(index) => self.sheet(&view.runs[*index]),
            team::Task::Minutes(index, row) => {
                let seen = &view.runs[*index];
                self.occurrence(seen.planned, &seen.rows[*row])
            }
            team::Task::Role(index) => self.rota(&view.roles[*index], view),
            team::Task::Person(index) => self.rota(&view.people[*index], view),
            team::Task::Definition(index) => {
                let programme = view.programmes[*index].programme;
                let mut found = vec![of_programme(programme)];
                found.extend(programme.activities.iter().map(of_activity));
                found
            }
        };
        found.push(self.of_site());
        found
    }

    /// The documents behind a run's sheet and its posts.
    fn sheet(&self, seen: &TeamRun) -> Vec<Origin> {
        let mut found = of_run(seen.planned);
        let all = seen.rows.iter();
        found.extend(all.filter_map(|o| self.drawn(seen.planned, o)));
        found
    }

    /// The documents behind what a role or somebody does: its guide and the runs.
    fn rota(&self, rota: &Rota, view: &TeamView) -> Vec<Origin> {
        let guide = self
            .library
            .roles
            .get(rota.id)
            .filter(|_| rota.whose != Whose::Handle);
        let mut found: Vec<Origin> = guide.map(of_role).into_iter().collect();
        let runs = rota.places.iter().map(|place| view.runs[place.run].planned);
        found.extend(runs.flat_map(of_run));
        found
    }

    /// The documents behind a file of the team's tree that is no page: a calendar, or a post.
    pub fn team_file(&self, path: &str, view: &TeamView) -> Vec<Origin> {
        let rotas = || view.roles.iter().chain(&view.people);
        let rota = rotas().find(|rota| rota.calendar() == path);
        let run = || view.runs.iter().find(|run| path.starts_with(&run.path()));
        let of_run = || run().map(|run| self.sheet(run));
        let found = rota.map(|rota| self.rota(rota, view)).or_else(of_run);
        let mut found = found.unwrap_or_default();
        found.push(self.of_site());
        once(found)
    }

    /// The documents behind a feed: its entries are what these said when each was released.
    pub fn feed(&self, feed: &Feed) -> Vec<Origin> {
        let all = self.plan.runs.iter();
        let occurrences: BTreeMap<String, (&PlannedRun, &Occurrence)> = all
            .flat_map(|run| run.occurrences.iter().map(move |o| (run, o)))
            .map(|(run, o)| (self.site.tag(o.id()), (run, o)))
            .collect();
        let entries = feed.entries.iter();
        let known = entries.filter_map(|entry| occurrences.get(&entry.guid));
        let mut found: Vec<Origin> = known.flat_map(|(run, o)| self.occurrence(run, o)).collect();
        found.push(self.of_site());
        once(found)
    }

    /// The documents behind what is said of an item in another file than its page.
    pub fn item(&self, seen: &SeenRun, item: &Seen) -> Vec<Origin> {
        let run = self.planned(seen.id.as_str());
        let found = run.and_then(|run| Some((run, run.occurrence(item.key())?)));
        let mut found = found.map_or(Vec::new(), |(run, o)| self.occurrence(run, o));
        found.push(self.of_site());
        found
    }

    /// The documents behind a calendar: those of its runs.
    pub fn diary(&self, diary: Diary, view: &View) -> Vec<Origin> {
        let mut found = match diary {
            Diary::Site => self.runs(view),
            Diary::Channel(index) => self.channel(&view.channels[index].channel.id),
            Diary::Run(index) | Diary::Starters(index, _) => {
                let run = self.planned(view.runs[index].id);
                run.map_or(Vec::new(), of_run)
            }
        };
        found.push(self.of_site());
        found
    }

    /// The documents behind a board of offers and asks: the cards of those who are on it.
    pub fn board(&self, board: &Board) -> Vec<Origin> {
        let cards = &self.library.people[&self.site.id];
        let topics = board.topics.iter();
        let people = topics.flat_map(|topic| topic.offers.iter().chain(&topic.asks));
        let handles: BTreeSet<&str> = people.map(|person| person.handle.as_str()).collect();
        let shown = cards
            .values()
            .filter(|card| handles.contains(&*card.handle));
        let mut found: Vec<Origin> = shown.map(of_card).collect();
        found.push(self.of_site());
        found
    }

    /// The documents behind the ledger: every run.
    pub fn ledger(&self) -> Vec<Origin> {
        let runs = self.plan.runs.iter();
        let mut found: Vec<Origin> = runs.map(|run| origin_of_run(run.run)).collect();
        found.push(self.of_site());
        found
    }

    /// A file that is copied as it is.
    pub fn copied(&self, file: &str, noun: &'static str) -> Vec<Origin> {
        vec![origin(file, noun, None)]
    }

    /// The layout of a page, what it draws from, and the interface words.
    pub fn layouts(&self, name: &str) -> Vec<Origin> {
        let shelf = super::layouts(self.library, self.site);
        let mut found: Vec<Origin> = drawn(&shelf, name)
            .iter()
            .filter_map(|drawn| {
                let noun = match drawn == name {
                    true if name.ends_with(".css") => "style sheet",
                    true => "layout",
                    false => "layout it draws from",
                };
                self.of_layout(shelf.get(drawn)?, noun)
            })
            .collect();
        let words = shelf.iter().filter(|(strings, _)| {
            let tag = strings
                .strip_prefix("strings/")
                .and_then(|s| s.strip_suffix(".yaml"));
            tag.is_some_and(|tag| speaks(&self.site.language, tag)) && name.ends_with(".html")
        });
        found.extend(words.filter_map(|(_, source)| self.of_layout(source, "interface words")));
        found
    }

    fn of_layout(&self, source: &Source, noun: &'static str) -> Option<Origin> {
        Some(Origin {
            share: Share::Layout,
            built_in: !self.folder.files.contains_key(&*source.file),
            ..origin(&source.file, noun, None)
        })
    }

    /// What an occurrence is made of: its words, the decisions about it, its run and its programme.
    fn occurrence(&self, run: &PlannedRun, o: &Occurrence) -> Vec<Origin> {
        let mut found: Vec<Origin> = self.drawn(run, o).into_iter().collect();
        if found.is_empty() {
            let files: BTreeSet<&str> = o
                .words
                .sections()
                .into_iter()
                .flatten()
                .map(|p| &*p.text.source.file)
                .collect();
            found.extend(files.into_iter().map(|file| origin(file, "text", None)));
        }
        found.extend(self.source(run, o));
        if let Some(Speaker::Card(handle)) = &o.words.speaker {
            let card = self.library.people[&self.site.id].get(handle);
            found.extend(card.map(of_card));
        }
        let decisions = run.run.overrides.iter().filter(|d| d.key == o.key());
        found.extend(decisions.map(|d| {
            let day = d.on.to_string();
            at(&run.run.origin, &d.at, "decision of", &day)
        }));
        found.extend(of_run(run));
        found
    }

    /// The document that supplies an occurrence's words.
    fn drawn(&self, run: &PlannedRun, o: &Occurrence) -> Option<Origin> {
        let id = &*o.drawn;
        let session = || {
            run.run
                .sessions
                .iter()
                .find(|s| &*s.id == id)
                .map(of_session)
        };
        let activity = || run.programme.activity(id).map(of_activity);
        let pick = || {
            let pick = self.pick(run, id)?;
            Some(origin(&pick.origin.file, "pick", Some(id)))
        };
        let question = || {
            let language = run.run.language(self.site);
            let names = run.programme.design.banks();
            let banks = names
                .into_iter()
                .filter_map(|(bank, _)| self.library.bank(bank, language));
            let mut all = banks.flat_map(|bank| &bank.prompts);
            let prompt = all.find(|prompt| &*prompt.id == id)?;
            let words = prompt.parts.first()?;
            Some(at(&words.text.source, &prompt.at, "question", id))
        };
        session().or_else(activity).or_else(pick).or_else(question)
    }

    fn pick(&self, run: &PlannedRun, id: &str) -> Option<&Pick> {
        let mut picks = self.library.picks.get(&self.site.id)?.iter();
        picks.find(|pick| &*pick.id == id && pick.run == run.run.id)
    }

    /// The source whose name stands beside a pick.
    fn source(&self, run: &PlannedRun, o: &Occurrence) -> Option<Origin> {
        let named = self.pick(run, &o.drawn)?.source.as_ref()?;
        let sources = self.library.sources.get(&self.site.id)?;
        let source = sources.list.iter().find(|source| source.id == *named)?;
        Some(at(&sources.origin, &source.feed_at, "source", named))
    }

    /// The runs whose items stand in the lists across all of them.
    pub fn runs(&self, view: &View) -> Vec<Origin> {
        let planned = view.runs.iter().filter_map(|run| self.planned(run.id));
        planned.map(|run| origin_of_run(run.run)).collect()
    }

    fn planned(&self, id: &str) -> Option<&'a PlannedRun<'a>> {
        self.plan.runs.iter().find(|run| &*run.run.id == id)
    }

    fn of_site(&self) -> Origin {
        origin(&self.site.origin.file, "site", Some(&self.site.id))
    }

    fn welcome(&self) -> Vec<Origin> {
        let text = self.site.welcome.as_ref();
        let file = text.map(|text| origin(&text.source.file, "welcome", None));
        file.into_iter().collect()
    }

    fn channel(&self, id: &str) -> Vec<Origin> {
        let own = origin(&self.site.origin.file, "channel", Some(id));
        let into = self.plan.runs.iter().filter(|run| {
            let mut channels = run.run.channels.iter();
            !run.run.draft && channels.any(|channel| &**channel == id)
        });
        let runs = into.map(|run| origin_of_run(run.run));
        [own].into_iter().chain(runs).collect()
    }

    /// The run in which something withdrawn no longer stands, while there is one.
    fn withdrawn(&self, path: &str) -> Vec<Origin> {
        let mut calls = self.plan.withdrawn.iter();
        let call = calls.find(|call| call.entry.link.ends_with(path));
        let run = call.and_then(|call| self.planned(call.id.split('/').next()?));
        run.map(|run| origin_of_run(run.run)).into_iter().collect()
    }

    /// What stands where a former address leads.
    fn redirect(&self, to: &str, view: &View) -> Vec<Origin> {
        if let Some(index) = view.programmes.iter().position(|p| p.path == to) {
            return self.page(&pages::Task::Programme(index), view);
        }
        let all = self.plan.runs.iter();
        let mut all = all.flat_map(|run| run.occurrences.iter().map(move |o| (run, o)));
        let found = all.find(|(_, o)| o.path() == to);
        found.map_or(Vec::new(), |(run, o)| self.occurrence(run, o))
    }
}

/// A run and the programme that it delivers.
fn of_run(run: &PlannedRun) -> Vec<Origin> {
    vec![origin_of_run(run.run), of_programme(run.programme)]
}

fn origin_of_run(run: &Run) -> Origin {
    origin(&run.origin.file, "run", Some(&run.id))
}

fn of_programme(programme: &Programme) -> Origin {
    origin(&programme.origin.file, "programme", Some(&programme.id))
}

fn of_activity(activity: &Activity) -> Origin {
    at(&activity.origin, &activity.at, "activity", &activity.id)
}

fn of_session(session: &Session) -> Origin {
    origin(&session.origin.file, "session", Some(&session.id))
}

fn of_role(role: &Role) -> Origin {
    origin(&role.body.source.file, "role guide", Some(&role.id))
}

fn of_card(card: &Card) -> Origin {
    origin(&card.origin.file, "card", Some(&card.handle))
}

/// Whether a site in this language takes words from this file: its own, and from English what that lacks.
fn speaks(language: &str, tag: &str) -> bool {
    tag == "en" || same_language(language, tag)
}

/// Each origin once, in the order in which it came first.
pub fn once(origins: Vec<Origin>) -> Vec<Origin> {
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for origin in origins {
        let key = (
            origin.file.clone(),
            origin.line,
            origin.noun,
            origin.name.clone(),
        );
        if seen.insert(key) {
            kept.push(origin);
        }
    }
    kept
}

/// A layout and every layout it draws from: what it extends, includes, and the files of its components.
fn drawn(shelf: &BTreeMap<String, Arc<Source>>, name: &str) -> Vec<String> {
    let mut found: Vec<String> = vec![name.to_owned()];
    let mut next = 0;
    while let Some(source) = found.get(next).and_then(|name| shelf.get(name)) {
        let named = named(&source.text)
            .into_iter()
            .filter(|n| shelf.contains_key(n));
        let parts = components(&source.text)
            .into_iter()
            .filter_map(|component| {
                let defined = format!("component {component}(");
                let mut files = shelf
                    .iter()
                    .filter(|(_, source)| source.text.contains(&defined));
                files.next().map(|(file, _)| file.clone())
            });
        for other in named.chain(parts).collect::<Vec<_>>() {
            if !found.contains(&other) {
                found.push(other);
            }
        }
        next += 1;
    }
    found
}

/// The names after `extends` and `include`.
fn named(text: &str) -> Vec<String> {
    let names = ["extends \"", "include \""].into_iter().flat_map(|word| {
        let found = text.match_indices(word);
        found.filter_map(move |(at, _)| text[at + word.len()..].split('"').next())
    });
    names.map(str::to_owned).collect()
}

/// The components a layout calls: `{{ <entry … /> }}`.
fn components(text: &str) -> BTreeSet<&str> {
    let calls = text.split("{{").chain(text.split("{%")).skip(1);
    calls
        .filter_map(|call| call.trim_start_matches(['-', ' ']).strip_prefix('<'))
        .filter_map(|call| {
            call.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
        })
        .collect()
}
