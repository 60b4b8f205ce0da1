//! The pages of the team tree: everything, whenever it is due.

use super::board;
use super::brief;
use super::connect;
use super::context::*;
use super::overview::overview;
use super::pacing::pacing;
use super::page_head;
use super::runway::runways;
use super::season::{self, Spoken, season};
use super::shape::{Shape, stage};
use super::sheet::Sheets;
use super::speaker;
use super::templates::Templates;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Fact, Markdown, Occurrence, Programme, Season};
use crate::plan::connect_path;
use crate::visible::{Rota, TeamActivity, TeamProgramme, TeamRun, TeamView};

/// Where the sheets begin that say how channels are connected.
const CONNECT: &str = "connect/";

/// One page to be made.
pub enum Task<'v> {
    Team,
    Plan(usize),
    /// The sheet of a run.
    Sheet(usize),
    /// The minutes of an event of a run.
    Minutes(usize, usize),
    /// The brief for the manager of a team.
    Brief(usize),
    /// What somebody finishes by hand for a run.
    Skeleton(usize),
    /// What whoever speaks in a session of a run needs.
    Speaker(usize, &'v Season, Spoken<'v>),
    /// What a role does.
    Role(usize),
    /// What somebody does.
    Person(usize),
    Definition(usize),
    /// How the channels are connected.
    Connect,
    /// How a channel is connected to one of those that there are sheets for.
    ConnectSheet(usize, usize),
}

/// Every page of the tree.
pub fn tasks<'v>(view: &TeamView<'v>) -> Vec<Task<'v>> {
    let mut tasks = vec![Task::Team];
    for (index, run) in view.runs.iter().enumerate() {
        tasks.extend([Task::Plan(index), Task::Sheet(index)]);
        let rows = run.rows.iter().enumerate();
        let with_minutes = rows.filter(|(_, o)| TeamRun::has_minutes(o));
        tasks.extend(with_minutes.map(|(row, _)| Task::Minutes(index, row)));
        tasks.extend(brief::path(run).map(|_| Task::Brief(index)));
        let finished_by_hand = run.skeleton(view.site).map(|_| Task::Skeleton(index));
        tasks.extend(finished_by_hand);
        if let Some(season) = run.programme.design.season() {
            let spoken = season::spoken(run).into_iter();
            tasks.extend(spoken.map(|spoken| Task::Speaker(index, season, spoken)));
        }
    }
    tasks.extend((0..view.roles.len()).map(Task::Role));
    tasks.extend((0..view.people.len()).map(Task::Person));
    tasks.extend((0..view.programmes.len()).map(Task::Definition));
    let channels = 0..view.site.channels.len();
    tasks.extend(channels.clone().take(1).map(|_| Task::Connect));
    let sheets = |channel| (0..connect::SHEETS.len()).map(move |n| Task::ConnectSheet(channel, n));
    tasks.extend(channels.flat_map(sheets));
    tasks
}

/// Makes one page: its path below the root, its bytes into the buffer, and what was found.
pub fn make(
    task: &Task,
    view: &TeamView,
    templates: &Templates,
    out: &mut Vec<u8>,
) -> (String, Diagnostics) {
    let maker = Maker { view, templates };
    let (path, mut diags, rendered) = match task {
        Task::Team => maker.team(out),
        Task::Plan(index) => maker.plan(&view.runs[*index], out),
        Task::Sheet(index) => maker.sheet(&view.runs[*index], out),
        Task::Minutes(index, row) => maker.minutes(&view.runs[*index], *row, out),
        Task::Brief(index) => maker.brief(&view.runs[*index], out),
        Task::Skeleton(index) => maker.skeleton(&view.runs[*index], out),
        Task::Speaker(index, season, spoken) => {
            maker.speaker(&view.runs[*index], season, *spoken, out)
        }
        Task::Role(index) => maker.duties(&view.roles[*index], out),
        Task::Person(index) => maker.duties(&view.people[*index], out),
        Task::Definition(index) => maker.definition(&view.programmes[*index], out),
        Task::Connect => maker.connect(out),
        Task::ConnectSheet(channel, sheet) => maker.connect_sheet(*channel, *sheet, out),
    };
    if let Err(problem) = rendered {
        diags.push(*problem);
    }
    (format!("{path}index.html"), diags)
}

struct Maker<'v> {
    view: &'v TeamView<'v>,
    templates: &'v Templates,
}

/// A page's folder, what was found in its texts, and how its layout fared.
type Made = (String, Diagnostics, Result<(), Box<Diagnostic>>);

impl<'v> Maker<'v> {
    fn shape(&self, path: &str) -> Shape<'v> {
        Shape::new(self.view.site, path, &self.view.addresses)
    }

    fn team(&self, out: &mut Vec<u8>) -> Made {
        let (site, shape) = (self.view.site, self.shape(""));
        let sheet = |p: &TeamProgramme| Link {
            title: p.programme.title.clone(),
            href: shape.href(&definition_path(p)),
        };
        let it = TeamPage {
            runs: self.view.runs.iter().map(|run| card(&shape, run)).collect(),
            sheets: (self.view.runs.iter())
                .map(|run| Link {
                    title: run.title.to_owned(),
                    href: shape.href(&run.sheet_path()),
                })
                .collect(),
            roles: self.rotas(&shape, &self.view.roles),
            people: self.rotas(&shape, &self.view.people),
            programmes: self.view.programmes.iter().map(sheet).collect(),
            connect: (!site.channels.is_empty()).then(|| shape.href(CONNECT)),
        };
        let head = page_head(site, "team", "", site.words.get("team_title"), "");
        let rendered = self.templates.render("team.html", &head, &it, out);
        (String::new(), shape.diags, rendered)
    }

    fn connect(&self, out: &mut Vec<u8>) -> Made {
        let (site, shape) = (self.view.site, self.shape(CONNECT));
        let it = connect::list(&shape);
        let head = page_head(site, "connect", CONNECT, site.words.get("connect"), "");
        let rendered = self.templates.render("connect.html", &head, &it, out);
        (CONNECT.to_owned(), shape.diags, rendered)
    }

    fn connect_sheet(&self, channel: usize, sheet: usize, out: &mut Vec<u8>) -> Made {
        let site = self.view.site;
        let (channel, (name, network)) = (&site.channels[channel], connect::SHEETS[sheet]);
        let path = connect_path(&channel.id, name);
        let it = connect::sheet(site, channel, name, network);
        let values = [("channel", &*channel.title), ("network", network)];
        let title = site.words.say("connect_of", &values);
        let head = page_head(site, "connect-sheet", &path, &title, "");
        let rendered = self.templates.render("connect-sheet.html", &head, &it, out);
        (path, Diagnostics::new(), rendered)
    }

    fn plan(&self, run: &TeamRun, out: &mut Vec<u8>) -> Made {
        let path = run.path();
        let mut shape = self.shape(&path);
        let it = plan(&mut shape, run, self.view);
        let head = page_head(self.view.site, "plan", &path, run.title, "");
        let rendered = self.templates.render("plan.html", &head, &it, out);
        (path, shape.diags, rendered)
    }

    fn sheet(&self, run: &TeamRun<'v>, out: &mut Vec<u8>) -> Made {
        let path = run.sheet_path();
        let (shape, site) = (self.shape(&path), self.view.site);
        let it = self.sheets(&shape).sheet(run);
        let title = site.words.say("sheet_of", &[("run", run.title)]);
        let head = page_head(site, "run-sheet", &path, &title, "");
        let rendered = self.templates.render("sheet.html", &head, &it, out);
        (path, shape.diags, rendered)
    }

    fn minutes(&self, run: &TeamRun<'v>, row: usize, out: &mut Vec<u8>) -> Made {
        let path = run.minutes_path(&run.rows[row]);
        let shape = self.shape(&path);
        let it = self.sheets(&shape).minutes(run, &run.rows[row]);
        let head = page_head(self.view.site, "minute-sheet", &path, &it.title, "");
        let rendered = self.templates.render("minutes.html", &head, &it, out);
        (path, shape.diags, rendered)
    }

    fn brief(&self, run: &TeamRun<'v>, out: &mut Vec<u8>) -> Made {
        let path = brief::path(run).unwrap_or_default();
        let (shape, words) = (self.shape(&path), &self.view.site.words);
        let it = brief::brief(&shape, run, self.view);
        let title = words.say("brief_of", &[("run", run.title)]);
        let head = page_head(self.view.site, "manager-brief", &path, &title, "");
        let rendered = self.templates.render("brief.html", &head, &it, out);
        (path, shape.diags, rendered)
    }

    fn speaker(
        &self,
        run: &TeamRun<'v>,
        season: &Season,
        spoken: Spoken,
        out: &mut Vec<u8>,
    ) -> Made {
        let path = season::speaker_path(run, spoken.session);
        let mut shape = self.shape(&path);
        let it = speaker::card(&mut shape, run, self.view, season, spoken);
        let words = &self.view.site.words;
        let title = words.say("speaker_card_of", &[("title", &it.title)]);
        let head = page_head(self.view.site, "speaker-card", &path, &title, "");
        let rendered = self.templates.render("speaker-card.html", &head, &it, out);
        (path, shape.diags, rendered)
    }

    fn skeleton(&self, run: &TeamRun<'v>, out: &mut Vec<u8>) -> Made {
        let (site, words) = (self.view.site, &self.view.site.words);
        let Some(skeleton) = run.skeleton(site) else {
            return (String::new(), Diagnostics::new(), Ok(()));
        };
        let path = skeleton.path(run);
        let shape = self.shape(&path);
        let title = skeleton.title(site);
        let how = format!("skeleton_{}_how", skeleton.name);
        let it = SkeletonPage {
            title: title.clone(),
            plan: Link {
                title: run.title.to_owned(),
                href: shape.href(&run.path()),
            },
            how: words.say(&how, &[("file", &run.run.origin.file)]),
            file: shape.href(&skeleton.file(run)),
            text: skeleton.text,
        };
        let title = format!("{title}: {}", run.title);
        let head = page_head(site, "skeleton", &path, &title, "");
        let rendered = self.templates.render("skeleton.html", &head, &it, out);
        (path, shape.diags, rendered)
    }

    fn duties(&self, rota: &Rota<'v>, out: &mut Vec<u8>) -> Made {
        let path = rota.path();
        let shape = self.shape(&path);
        let it = self.sheets(&shape).duties(rota);
        let head = page_head(self.view.site, "role-sheet", &path, &it.title, "");
        let rendered = self.templates.render("duties.html", &head, &it, out);
        (path, shape.diags, rendered)
    }

    fn rotas(&self, shape: &Shape<'v>, rotas: &[Rota]) -> Vec<Link> {
        let link = |rota: &Rota| Link {
            title: self.sheets(shape).title(rota),
            href: shape.href(&rota.path()),
        };
        rotas.iter().map(link).collect()
    }

    fn sheets<'p>(&self, shape: &'p Shape<'v>) -> Sheets<'p, 'v> {
        Sheets {
            shape,
            view: self.view,
        }
    }

    fn definition(&self, programme: &TeamProgramme, out: &mut Vec<u8>) -> Made {
        let path = definition_path(programme);
        let mut shape = self.shape(&path);
        let it = definition(&mut shape, programme, self.view);
        let head = page_head(self.view.site, "definition", &path, &it.title, "");
        let rendered = self.templates.render("definition.html", &head, &it, out);
        (path, shape.diags, rendered)
    }
}

fn definition_path(programme: &TeamProgramme) -> String {
    format!("programmes/{}/", programme.programme.id)
}

fn card(shape: &Shape, run: &TeamRun) -> RunCard {
    let zone = (&run.run.zone, run.run.zone_name.as_str());
    let out = run.rows.iter().filter(|o| o.is_released()).count();
    RunCard {
        title: run.title.to_owned(),
        href: shape.href(&run.path()),
        kind: shape.kind(run.programme.kind.name),
        summary: run.programme.summary.clone(),
        cohort: run.run.cohort.clone(),
        starts: shape.when(run.span.0, zone),
        ends: run.span.1.map(|ends| shape.last_day(ends, zone)),
        state: stage(run.stage),
        released: out,
        total: run.span.1.map(|_| run.rows.len()),
        lang: of_programme(shape, run.programme),
    }
}

/// The language of a programme's own words, if it is not the site's.
pub fn of_programme(shape: &Shape, programme: &Programme) -> Option<String> {
    let site = shape.site;
    site.other_language(site.language_of(&programme.tongue, programme, &site.language))
}

fn plan(shape: &mut Shape, run: &TeamRun, view: &TeamView) -> PlanPage {
    let zone = (&run.run.zone, run.run.zone_name.as_str());
    let rows = run.rows.iter().map(|o| row(shape, o, run)).collect();
    // The day of review has a line of its own, in words.
    let keys = run.run.facts.iter().filter(|fact| fact.key != "review_by");
    let mut facts = shape.facts(&keys.cloned().collect::<Vec<_>>());
    facts.extend(run.run.review_by.map(|day| {
        let label = shape.site.words.get("fact_review_by");
        FactLine::new(label, shape.day(day, zone).date)
    }));
    let shown = |text: &&Markdown| {
        let parts = run.rows.iter().flat_map(|o| &o.words.parts);
        parts.map(|part| &part.text).any(|part| part == *text)
    };
    let notes = match run.run.notes.as_ref().filter(|notes| !shown(notes)) {
        Some(notes) => shape.body(notes, "notes-"),
        None => String::new(),
    };
    PlanPage {
        title: run.title.to_owned(),
        kind: shape.kind(run.programme.kind.name),
        programme: Link {
            title: run.programme.title.clone(),
            href: shape.href(&format!("programmes/{}/", run.programme.id)),
        },
        sheet: Link {
            title: run.title.to_owned(),
            href: shape.href(&run.sheet_path()),
        },
        brief: brief::path(run).map(|path| shape.href(&path)),
        skeleton: run.skeleton(view.site).map(|skeleton| Link {
            title: skeleton.title(view.site),
            href: shape.href(&skeleton.path(run)),
        }),
        draft: run.run.draft,
        facts,
        body: shape.body(&run.run.body, "run-"),
        notes,
        season: season(shape, run, view),
        runways: runways(shape, run),
        pacing: pacing(shape, run),
        rows,
        dropped: run
            .dropped
            .iter()
            .map(|(day, why)| FactLine::new(shape.site.words.full_day(*day), why.clone()))
            .collect(),
        ideas: run.ideas.iter().map(|idea| activity(shape, idea)).collect(),
        cards: run
            .cards
            .iter()
            .map(|seen| board::card(shape, seen))
            .collect(),
    }
}

fn row(shape: &mut Shape, o: &Occurrence, run: &TeamRun) -> PlanRow {
    let zone = (&run.run.zone, run.run.zone_name.as_str());
    let starts = o.event.map_or(o.due, |event| event.starts);
    let anchor = o.key().replace('/', "-");
    let moved = o.moved.iter().map(|moved| moved.reason.clone());
    let notes = [&o.why, &o.cancelled, &o.held]
        .into_iter()
        .flatten()
        .cloned();
    let sheet = run
        .programme
        .activity(&o.drawn)
        .filter(|activity| activity.words.sections() == o.words.sections());
    // The programme's page has the text once; here stands what the guide needs beside it.
    let [parts, guide] = o.words.sections();
    let parts = match sheet {
        Some(_) => &[],
        None => parts,
    };
    let lang = o.language.clone();
    PlanRow {
        sheet: sheet.map(|activity| Link {
            title: activity.words.title.clone(),
            href: shape.href(&format!("programmes/{}/#{}", run.programme.id, activity.id)),
        }),
        key: o.key().to_owned(),
        title: o.title(),
        when: shape.when(starts, zone),
        ends: o.event.map(|event| shape.when(event.ends, zone)),
        closes: shape.when(o.closes, zone),
        state: o.state.name(),
        minutes: o.words.minutes,
        speaker: o.words.speaker.as_ref().map(|s| s.name().to_owned()),
        notes: notes.chain(moved).filter(|note| !note.is_empty()).collect(),
        facts: every_fact(shape, o.words.every_fact(), &o.words.resources),
        sections: shape.sections(
            parts.iter().chain(guide),
            &format!("{anchor}-"),
            lang.as_deref(),
        ),
        agenda: match o.event {
            Some(event) => shape.agenda(o.words.whole_agenda(), Some((event.starts, zone))),
            // An invitation's is that of its event, which stands there.
            None => Vec::new(),
        },
        script: shape.script(o.words.script(), Some((starts, zone))),
        asked: shape.asked(&o.words.asked),
        anchor,
        lang,
    }
}

fn every_fact(
    shape: &Shape,
    facts: &[Fact],
    resources: &[crate::model::Resource],
) -> Vec<FactLine> {
    let mut lines = shape.facts(facts);
    lines.extend(resources.iter().map(|resource| {
        let where_to = format!("{} {}", resource.url, resource.note);
        FactLine::new(resource.title.clone(), where_to.trim())
    }));
    lines
}

fn activity(shape: &mut Shape, activity: &TeamActivity) -> ActivityPart {
    ActivityPart {
        id: activity.id.to_owned(),
        title: activity.title.to_owned(),
        minutes: activity.minutes,
        facts: every_fact(shape, activity.facts, activity.resources),
        sections: shape.sections(
            activity.parts.into_iter().flatten(),
            &format!("{}-", activity.id),
            activity.language.as_deref(),
        ),
        lang: activity.language.clone(),
    }
}

fn definition(shape: &mut Shape, seen: &TeamProgramme, view: &TeamView) -> ProgrammePage {
    let programme = seen.programme;
    ProgrammePage {
        title: programme.title.clone(),
        kind: shape.kind(programme.kind.name),
        summary: programme.summary.clone(),
        purpose: programme.purpose.clone(),
        about: shape.body(&programme.body, "about-"),
        count: programme.activities.iter().filter(|a| !a.spare).count(),
        facts: shape.facts(&programme.facts),
        runs: view
            .runs
            .iter()
            .filter(|run| run.programme.id == programme.id)
            .map(|run| card(shape, run))
            .collect(),
        roles: Vec::new(),
        agenda: shape.agenda(seen.agenda, None),
        script: shape.script(&seen.script, None),
        overview: overview(shape, seen, view),
        activities: seen.activities.iter().map(|a| activity(shape, a)).collect(),
        lang: of_programme(shape, programme),
    }
}
