//! The pages of the team tree that say who does what when: the sheet of a run, the page of a role and of a
//! handle, and the minutes of an event.

use super::context::*;
use super::shape::{Shape, Zone, stage};
use crate::model::{Duty, Elsewhere, Gives, Occurrence, Site};
use crate::plan;
use crate::visible::{Place, Post, Rota, Stage, TeamRun, TeamView, Whose, week_of};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::{BTreeMap, BTreeSet};

/// How many days the page of a role looks ahead, from the Monday of this week on.
const AHEAD: i64 = 28;

/// What a page of duties is made of.
pub struct Sheets<'p, 'v> {
    /// How nouns become words.
    pub shape: &'p Shape<'v>,
    /// Everything of the site.
    pub view: &'v TeamView<'v>,
}

impl<'v> Sheets<'_, 'v> {
    fn site(&self) -> &'v Site {
        self.view.site
    }

    /// The sheet of a run.
    pub fn sheet(&self, run: &TeamRun<'v>) -> SheetPage {
        let duties = plan::duties(run.planned, self.view.library, self.site());
        let mut texts: Vec<PostBlock> = Vec::new();
        let mut named: BTreeSet<String> = BTreeSet::new();
        let shared = |duty: &&Duty| duty.occurrence().is_some_and(TeamRun::is_shared);
        for duty in duties.iter().filter(shared).filter(|duty| !duty.is_off()) {
            let Some(name) = TeamRun::post_name(duty) else {
                continue;
            };
            if named.insert(name.clone())
                && let Some(post) = run.post(duty, &name, self.site())
            {
                texts.push(PostBlock {
                    title: post.of.words.title.clone(),
                    ..self.block(&post, run, &post.text)
                });
            }
        }
        let lines = duties.iter().map(|duty| (run, *duty)).collect();
        let mut weeks = self.weeks(lines, true);
        for (week, monday) in weeks.iter_mut() {
            week.intakes = self.intakes(run, *monday);
        }
        let with_minutes = run.rows.iter().filter(|o| TeamRun::has_minutes(o));
        let pack =
            !texts.is_empty() || duties.iter().any(|duty| TeamRun::post_name(duty).is_some());
        SheetPage {
            title: run.title.to_owned(),
            kind: self.shape.kind(run.programme.kind.name),
            draft: run.run.draft,
            plan: self.link(run.title, &run.path()),
            channels: self.channels(run),
            roles: (run.roles(self.view.library).into_iter())
                .map(|role| self.role(role, run))
                .collect(),
            pack: (pack && run.stage != Stage::Over)
                .then(|| self.link(run.title, &run.pack_file())),
            minutes: with_minutes.map(|o| self.minutes_link(o, run)).collect(),
            zone: run.run.zone_name.clone(),
            now: weeks
                .iter()
                .find(|(_, monday)| *monday == week_of(self.view.today))
                .map(|(week, _)| Link {
                    title: week.title.clone(),
                    href: format!("#{}", week.anchor),
                }),
            weeks: weeks.into_iter().map(|(week, _)| week).collect(),
            texts,
            lang: self.lang(run),
        }
    }

    /// The page of a role or of a handle.
    pub fn duties(&self, rota: &Rota<'v>) -> DutiesPage {
        let site = self.site();
        let from = week_of(self.view.today);
        let to = from.saturating_add((AHEAD - 1).days());
        let shown = rota
            .duties
            .iter()
            .filter(|(_, duty)| (from..=to).contains(&duty.day));
        let lines = shown
            .map(|(run, duty)| (&self.view.runs[*run], *duty))
            .collect();
        let guide = match rota.whose {
            Whose::Role(Some(guide)) => self.view.library.roles.get(guide),
            _ => None,
        };
        let mut runs: BTreeMap<usize, Vec<&Place>> = BTreeMap::new();
        for place in &rota.places {
            runs.entry(place.run).or_default().push(place);
        }
        let runs = runs.into_iter().map(|(index, places)| {
            let run = &self.view.runs[index];
            let mut own = rota.duties.iter().filter(|(run, _)| *run == index);
            let next = own.find(|(_, duty)| duty.day >= self.view.today && !duty.is_off());
            DutyRun {
                sheet: self.link(run.title, &run.sheet_path()),
                roles: places
                    .iter()
                    .map(|place| self.role(place.role, run))
                    .collect(),
                state: stage(run.stage),
                next: next.map(|(_, duty)| self.shape.day(duty.day, zone(run))),
                lang: self.lang(run),
            }
        });
        let mut runs: Vec<DutyRun> = runs.collect();
        runs.sort_by(|a, b| {
            let key =
                |run: &DutyRun| (run.next.is_none(), run.next.as_ref().map(|w| w.iso.clone()));
            key(a).cmp(&key(b))
        });
        DutiesPage {
            title: self.title(rota),
            guide: guide.map(|guide| Link {
                title: self.view.role_title(rota.id),
                href: format!("{}{}", site.base_url, plan::role_path(&guide.id)),
            }),
            calendar: self.link(&self.title(rota), &rota.calendar()),
            span: site.words.say(
                "duties_from",
                &[
                    ("from", &site.words.full_day(from)),
                    ("to", &site.words.full_day(to)),
                ],
            ),
            weeks: self
                .weeks(lines, false)
                .into_iter()
                .map(|(week, _)| week)
                .collect(),
            runs,
        }
    }

    /// The minutes of an event.
    pub fn minutes(&self, run: &TeamRun<'v>, o: &Occurrence) -> MinutesPage {
        let (zone, starts) = (zone(run), o.event.map_or(o.due, |event| event.starts));
        let script = self.shape.script(o.words.script(), Some((starts, zone)));
        let lines = script.into_iter().zip(o.words.script());
        MinutesPage {
            title: o.title(),
            sheet: self.link(run.title, &run.sheet_path()),
            when: self.shape.when(starts, zone),
            ends: self
                .shape
                .when(o.event.map_or(starts, |event| event.ends), zone),
            there: self.there(starts, run, elsewhere(run, self.site())),
            channels: self.channels(run),
            script: lines
                .map(|(line, written)| {
                    let at = starts + SignedDuration::from_mins(written.after.into());
                    MinuteLine {
                        line,
                        there: self.there(at, run, elsewhere(run, self.site())),
                    }
                })
                .collect(),
            agenda: self
                .shape
                .agenda(o.words.whole_agenda(), Some((starts, zone))),
            lang: self.site().other_language(o.language(self.site())),
        }
    }

    /// What a rota is called.
    pub fn title(&self, rota: &Rota) -> String {
        match rota.whose {
            Whose::Role(_) => self.view.role_title(rota.id),
            Whose::Handle => rota.id.to_owned(),
        }
    }

    /// Duties by week and day; on the page of their run, or among those of others.
    fn weeks(&self, duties: Vec<(&TeamRun<'v>, Duty<'v>)>, own: bool) -> Vec<(DutyWeek, Date)> {
        let mut weeks: Vec<(DutyWeek, Date)> = Vec::new();
        let mut before: Vec<(&str, Duty<'v>)> = Vec::new();
        let mut shown: BTreeSet<(&str, String)> = BTreeSet::new();
        for (run, duty) in duties {
            if duty.is_off() && !duty.is_main() {
                continue;
            }
            let monday = week_of(duty.day);
            if weeks.last().is_none_or(|(_, last)| *last != monday) {
                let day = self.site().words.day(monday);
                let title = self.site().words.say("week_of", &[("day", &day)]);
                let week = DutyWeek {
                    anchor: format!("week-{monday}"),
                    title,
                    days: Vec::new(),
                    intakes: Vec::new(),
                };
                weeks.push((week, monday));
            }
            let Some((week, _)) = weeks.last_mut() else {
                continue;
            };
            let when = self.shape.day(duty.day, zone(run));
            if week
                .days
                .last()
                .is_none_or(|last| last.when.iso != when.iso)
            {
                before.clear();
                let duties = Vec::new();
                week.days.push(DutyDay { when, duties });
            }
            let Some(day) = week.days.last_mut() else {
                continue;
            };
            let known = before
                .iter()
                .position(|(id, other)| *id == run.run.id.as_str() && other.is_same(&duty));
            let role = self.view.role_title(duty.role);
            match known {
                Some(index) => day.duties[index].roles.push(role),
                None => {
                    let id = run.run.id.as_str();
                    before.push((id, duty));
                    let mut line = self.line(run, &duty, role, own);
                    // Who leads and who sees to it have the same text: it stands once.
                    if let Some(post) = &line.post
                        && !shown.insert((id, post.anchor.clone()))
                    {
                        line.text = Some(Link {
                            title: post.title.clone(),
                            href: format!("#{}", post.anchor),
                        });
                        line.post = None;
                    }
                    day.duties.push(line);
                }
            }
        }
        weeks
    }

    fn line(&self, run: &TeamRun<'v>, duty: &Duty<'v>, role: String, own: bool) -> DutyLine {
        let site = self.site();
        let anchor = anchor(duty);
        let o = duty.occurrence();
        let posted = TeamRun::post_name(duty).filter(|_| !duty.is_off());
        let shared = o.is_some_and(TeamRun::is_shared);
        let gives = duty.gives();
        let elsewhere_text = shared || gives == Gives::WayToPost;
        let post = posted.as_deref().filter(|_| !elsewhere_text);
        let post = post.and_then(|name| run.post(duty, name, site));
        let text = posted.as_deref().filter(|_| elsewhere_text).map(|name| {
            let title = match o {
                Some(o) if shared => o.words.title.clone(),
                Some(o) => o.title(),
                None => String::new(),
            };
            let sheet = if own {
                String::new()
            } else {
                self.shape.href(&run.sheet_path())
            };
            Link {
                title,
                href: format!("{sheet}#text-{}-{name}", run.run.id),
            }
        });
        let others: &[Elsewhere] = match o.and_then(|o| o.event) {
            Some(_) => elsewhere(run, site),
            None => run.run.zones.as_deref().unwrap_or(&[]),
        };
        let if_quiet = duty.if_quiet().filter(|_| !shared);
        let meets = o.filter(|o| gives == Gives::Minutes && TeamRun::has_minutes(o));
        DutyLine {
            when: duty.at.map(|at| self.shape.when(at, zone(run))),
            there: match duty.at.filter(|_| !duty.is_off()) {
                Some(at) => self.there(at, run, others),
                None => Vec::new(),
            },
            what: duty.what(run.run, &site.words),
            minutes: duty.minutes().filter(|n| *n > 0),
            roles: vec![role],
            run: (!own).then(|| {
                let mut link = self.link(run.title, &run.sheet_path());
                link.href = format!("{}#{anchor}", link.href);
                link
            }),
            channels: match duty.at.is_some() || if_quiet.is_some() {
                true => self.channels(run),
                false => Vec::new(),
            },
            link: text
                .as_ref()
                .and(o)
                .filter(|_| shared)
                .map(|o| format!("{}{}", site.base_url, o.path())),
            post: post.map(|post| self.block(&post, run, &post.whole())),
            text,
            if_quiet,
            list: duty.list(run.programme),
            minute_sheet: meets.map(|o| self.minutes_link(o, run)),
            is_off: duty.is_off(),
            cancelled: o
                .and_then(|o| o.cancelled.clone())
                .filter(|why| !why.is_empty()),
            anchor,
        }
    }

    /// The cards of those who open an activity: each with its day and its text.
    pub fn posters(&self, run: &TeamRun<'v>) -> PostersPage {
        let posts = run.posts(self.view).into_iter();
        let cards = posts.filter_map(|post| {
            Some(PosterCard {
                whom: poster(post.of)?,
                title: post.of.title(),
                when: self.shape.when(post.of.due, zone(run)),
                post: self.block(&post, run, &post.whole()),
            })
        });
        PostersPage {
            plan: self.link(run.title, &run.path()),
            cards: cards.collect(),
            channels: self.channels(run),
        }
    }

    fn block(&self, post: &Post, run: &TeamRun, text: &str) -> PostBlock {
        let length = text.chars().count().to_string();
        PostBlock {
            anchor: format!("text-{}-{}", run.run.id, post.name),
            title: post.of.title(),
            text: text.to_owned(),
            length: self.site().words.say("characters", &[("n", &length)]),
            file: (run.stage != Stage::Over).then(|| self.shape.href(&run.post_file(&post.name))),
            lang: self.site().other_language(post.of.language(self.site())),
        }
    }

    /// In a rolling intake, who is at which step in a week: those who have begun and are not through.
    fn intakes(&self, run: &TeamRun, monday: Date) -> Vec<IntakeStep> {
        let sunday = monday.saturating_add(6.days());
        let mut days: BTreeMap<Date, Vec<&Occurrence>> = BTreeMap::new();
        for o in run.rows {
            if let Some(day) = o.intake.filter(|_| o.state.has_page()) {
                days.entry(day).or_default().push(o);
            }
        }
        let live = days.into_iter().filter_map(|(starts, steps)| {
            let day = |o: &Occurrence| o.local.date();
            let through = steps.iter().all(|o| day(o) < monday);
            let now = steps
                .iter()
                .filter(|o| day(o) <= sunday)
                .max_by_key(|o| o.due)?;
            (!through).then(|| IntakeStep {
                whose: now.label.as_deref().unwrap_or_default().to_owned(),
                words: self.site().words.say(
                    "intakes_step",
                    &[
                        ("n", &now.number.unwrap_or(1).to_string()),
                        ("all", &steps.len().to_string()),
                    ],
                ),
                title: now.words.title.clone(),
                href: (!run.run.draft)
                    .then(|| format!("{}{}/start/{starts}/", self.site().base_url, run.run.id)),
                lang: self.site().other_language(now.language(self.site())),
            })
        });
        live.collect()
    }

    /// An instant elsewhere.
    pub fn there(&self, at: Timestamp, run: &TeamRun, others: &[Elsewhere]) -> Vec<ThereLine> {
        self.shape.there(at, zone(run), others)
    }

    fn link(&self, title: &str, path: &str) -> Link {
        Link {
            title: title.to_owned(),
            href: self.shape.href(path),
        }
    }

    fn minutes_link(&self, o: &Occurrence, run: &TeamRun) -> Link {
        self.link(&o.title(), &run.minutes_path(o))
    }

    fn role(&self, role: &str, run: &TeamRun) -> RoleLine {
        let title = self.view.role_title(role);
        // A draft has no part in the pages of roles; that somebody has one elsewhere is not known here.
        let known = self.view.roles.iter().any(|rota| rota.id == role);
        let href = |path: String, known: bool| match known {
            true => self.shape.href(&path),
            false => String::new(),
        };
        let handle = run.planned.handle(role);
        RoleLine {
            role: Link {
                title,
                href: href(plan::duties_of_role_path(role), known),
            },
            handle: handle.map(|handle| Link {
                title: handle.to_string(),
                href: href(
                    plan::duties_of_handle_path(handle),
                    self.view.people.iter().any(|rota| *rota.id == **handle),
                ),
            }),
        }
    }

    /// Where a run is talked about, on pages of the team.
    pub fn channels(&self, run: &TeamRun) -> Vec<ChannelLink> {
        let channels = run.channels(self.site()).map(|channel| ChannelLink {
            title: channel.title.clone(),
            href: format!("{}channels/{}/", self.site().base_url, channel.id),
            url: channel.url.clone(),
        });
        channels.collect()
    }

    fn lang(&self, run: &TeamRun) -> Option<String> {
        match run.run.title {
            Some(_) => self.site().other_language(run.run.language(self.site())),
            None => super::team::of_programme(self.shape, run.programme),
        }
    }
}

fn zone<'a>(run: &'a TeamRun) -> Zone<'a> {
    (&run.run.zone, &run.run.zone_name)
}

/// Who opens an occurrence, where its author says so.
pub fn poster(o: &Occurrence) -> Option<String> {
    let mut facts = o.words.every_fact().iter();
    let fact = facts.find(|fact| fact.key == "poster")?;
    Some(fact.value.flat()).filter(|whom| !whom.is_empty())
}

/// The page with the cards of those who open an activity, where there are some.
pub fn posters_path(run: &TeamRun) -> Option<String> {
    let named = run.rows.iter().any(|o| poster(o).is_some());
    named.then(|| format!("{}posters/", run.path()))
}

/// Where an event's people are.
pub fn elsewhere<'a>(run: &'a TeamRun, site: &'a Site) -> &'a [Elsewhere] {
    run.run.zones.as_deref().unwrap_or(&site.zones)
}

/// The name of a duty on the page of its run.
fn anchor(duty: &Duty) -> String {
    format!("{}-{}", duty.key().replace('/', "-"), duty.name())
}
