//! Who does what over all runs of a site: by role, and by the handle of whoever has one or several.

use super::{TeamRun, TeamView};
use crate::model::{About, Channel, Duty, Gives, Library, Moment, Occurrence, Role, Site};
use crate::plan;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Calendars keep what was done so many days ago.
const KEPT: i64 = 60;

/// So many days after its last occurrence a run has no duty of its own any more.
const AFTERMATH: i64 = 120;

/// The duties of one role or one handle, in the order of their days.
#[derive(Debug)]
pub struct Rota<'a> {
    /// The role or the handle.
    pub id: &'a str,
    /// Whose it is.
    pub whose: Whose<'a>,
    /// In which runs, each with the role and the handle of whoever has it.
    pub places: Vec<Place<'a>>,
    /// What is to be done, each thing once, with the index of its run.
    pub duties: Vec<(usize, Duty<'a>)>,
}

/// Whose duties they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose<'a> {
    /// A role's, with its guide if there is one.
    Role(Option<&'a str>),
    /// Somebody's.
    Handle,
}

/// A role in a run.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Index of the run.
    pub run: usize,
    /// The role.
    pub role: &'a str,
    /// Who has it.
    pub handle: Option<&'a str>,
}

impl Rota<'_> {
    /// Its page below the root of the team's tree, ends with `/`.
    pub fn path(&self) -> String {
        match self.whose {
            Whose::Role(_) => plan::duties_of_role_path(self.id),
            Whose::Handle => plan::duties_of_handle_path(self.id),
        }
    }

    /// Its calendar below the root of the team's tree.
    pub fn calendar(&self) -> String {
        format!("{}.ics", self.path().trim_end_matches('/'))
    }
}

/// Rotas by role, and by handle. A draft gives nobody anything to do.
pub fn rotas<'a>(
    runs: &[TeamRun<'a>],
    library: &'a Library,
    site: &'a Site,
    moment: &Moment,
) -> (Vec<Rota<'a>>, Vec<Rota<'a>>) {
    let from = moment.today(&site.zone).saturating_sub(KEPT.days());
    let mut roles: BTreeMap<&'a str, Rota<'a>> = BTreeMap::new();
    let mut people: BTreeMap<&'a str, Rota<'a>> = BTreeMap::new();
    for (index, run) in runs.iter().enumerate().filter(|(_, run)| !run.run.draft) {
        for role in run.roles(library) {
            let handle = run.planned.handle(role).map(|handle| handle.as_str());
            let place = Place {
                run: index,
                role,
                handle,
            };
            let of_role = roles.entry(role).or_insert_with(|| {
                let guide = library.roles.get(role).map(|role| role.id.as_str());
                Rota::new(role, Whose::Role(guide))
            });
            of_role.places.push(place);
            if let Some(handle) = handle {
                let own = people.entry(handle);
                let own = own.or_insert_with(|| Rota::new(handle, Whose::Handle));
                own.places.push(place);
            }
        }
        if run.is_long_past(from) {
            continue;
        }
        for duty in plan::duties(run.planned, library, site) {
            if duty.day < from {
                continue;
            }
            let handle = run.planned.handle(duty.role).map(|handle| handle.as_str());
            let own = handle.and_then(|handle| people.get_mut(handle));
            for rota in roles.get_mut(duty.role).into_iter().chain(own) {
                rota.add(index, duty);
            }
        }
    }
    let in_order = |rotas: BTreeMap<&'a str, Rota<'a>>| {
        let mut rotas: Vec<Rota<'a>> = rotas.into_values().collect();
        for rota in &mut rotas {
            rota.duties
                .sort_by_key(|(_, duty)| (duty.day, duty.at.is_none(), duty.at));
        }
        rotas
    };
    (in_order(roles), in_order(people))
}

impl<'a> Rota<'a> {
    fn new(id: &'a str, whose: Whose<'a>) -> Self {
        Self {
            id,
            whose,
            places: Vec::new(),
            duties: Vec::new(),
        }
    }

    /// Several roles of one handle may have the same thing to do: that is one duty. It was added just before, or not
    /// long before: all of one run come together, in the order of their days.
    fn add(&mut self, run: usize, duty: Duty<'a>) {
        let mut near = self
            .duties
            .iter()
            .rev()
            .take_while(|(known, other)| *known == run && other.day == duty.day);
        if !near.any(|(_, other)| other.is_same(&duty)) {
            self.duties.push((run, duty));
        }
    }
}

impl<'a> TeamView<'a> {
    /// What a role is called: as its guide is, else by its id in words.
    pub fn role_title(&self, role: &str) -> String {
        let (library, site) = (self.library, self.site);
        if let Some(guide) = library.roles.get(role) {
            let guide: &Role = library.role(guide, &site.language);
            return guide.title.clone();
        }
        if let Some(title) = site.words.map.get(&format!("role_{role}")) {
            return title.clone();
        }
        let words = role.replace('-', " ");
        let mut letters = words.chars();
        match letters.next() {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => words,
        }
    }

    /// What is due on this day of the site, by run: each thing once, with the roles that do it. Of one role alone,
    /// where one is asked for.
    pub fn due_today(&self, role: Option<&str>) -> Vec<(&TeamRun<'a>, Vec<Due<'a>>)> {
        let runs = self.runs.iter().filter(|run| !run.run.draft);
        let due = runs.map(|run| {
            let mut due: Vec<Due> = Vec::new();
            for duty in plan::duties(run.planned, self.library, self.site) {
                let wanted = role.is_none_or(|role| role == duty.role);
                if !wanted || duty.is_off() || duty.day_in(&self.site.zone) != self.today {
                    continue;
                }
                match due.iter_mut().find(|known| known.duty.is_same(&duty)) {
                    Some(known) => known.roles.push(duty.role),
                    None => due.push(Due {
                        duty,
                        roles: vec![duty.role],
                    }),
                }
            }
            // Elsewhere it may be another day, so those of two days may meet here.
            due.sort_by_key(|due| (due.duty.at.is_none(), due.duty.at));
            (run, due)
        });
        due.filter(|(_, due)| !due.is_empty()).collect()
    }
}

/// One duty, with everybody who does it.
#[derive(Debug)]
pub struct Due<'a> {
    /// The duty.
    pub duty: Duty<'a>,
    /// The roles that do it.
    pub roles: Vec<&'a str>,
}

impl<'a> TeamRun<'a> {
    /// The roles of this run, each once, in the order of the kind's table.
    pub fn roles(&self, library: &'a Library) -> Vec<&'a str> {
        let programme = self.programme;
        let mut roles: Vec<&'a str> = Vec::new();
        for chore in programme.kind.chores {
            for role in programme.holders(&chore.seat, library) {
                if !roles.contains(&role) {
                    roles.push(role);
                }
            }
        }
        roles
    }

    /// Whether nothing is to be done for it from a day on, told without working out its duties.
    fn is_long_past(&self, from: Date) -> bool {
        let days = self.rows.iter().map(|o| o.local.date());
        let others = [self.run.review_by, Some(self.run.starts)];
        let last = days.chain(others.into_iter().flatten()).max();
        let over = last.is_some_and(|last| last.saturating_add(AFTERMATH.days()) < from);
        over && self.cards.is_empty()
    }

    /// The channels into which it flows.
    pub fn channels<'s>(&'s self, site: &'s Site) -> impl Iterator<Item = &'s Channel> {
        let ids = self.run.channels.iter();
        ids.filter_map(|id| site.channel(id))
    }

    /// Whether the words of an occurrence come again for other starters: they stand once, for all of them.
    pub fn is_shared(o: &Occurrence) -> bool {
        o.intake.is_some()
    }

    /// The name of what is handed out with a duty, unique in the run.
    pub fn post_name(duty: &Duty) -> Option<String> {
        let o = duty.occurrence()?;
        let ending = match duty.gives() {
            Gives::Post | Gives::WayToPost => "",
            Gives::After => "-after",
            _ => return None,
        };
        let name = match Self::is_shared(o) {
            true => o.drawn.to_string(),
            false => o.key().replace('/', "-"),
        };
        Some(format!("{name}{ending}"))
    }

    /// What is posted by hand in this run, in the order of its days, each text once.
    pub fn posts(&self, view: &TeamView<'a>) -> Vec<Post<'a>> {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut posts = Vec::new();
        for duty in plan::duties(self.planned, view.library, view.site) {
            let posted = !duty.is_off() && duty.gives() != Gives::WayToPost;
            let fresh = Self::post_name(&duty).filter(|_| posted);
            let Some(name) = fresh.filter(|name| !seen.contains(name)) else {
                continue;
            };
            if let Some(post) = self.post(&duty, &name, view.site) {
                posts.push(post);
                seen.insert(name);
            }
        }
        posts
    }

    /// The post of a duty that has this name.
    pub fn post(&self, duty: &Duty<'a>, name: &str, site: &Site) -> Option<Post<'a>> {
        let About::Occurrence(of) = duty.about else {
            return None;
        };
        let text = match duty.gives() {
            Gives::After => plan::post::after(of, self.planned)?,
            _ => plan::post::text(of, self.planned, site),
        };
        let path = match Self::is_shared(of) {
            true => format!("{}/", self.run.id),
            false => of.path().to_owned(),
        };
        Some(Post {
            name: name.to_owned(),
            text,
            link: format!("{}{path}", site.base_url),
            of,
        })
    }

    /// Where the text of a post stands as a file, below the root of the team's tree.
    pub fn post_file(&self, name: &str) -> String {
        format!("{}posts/{name}.txt", self.path())
    }

    /// All of them in one file.
    pub fn pack_file(&self) -> String {
        format!("{}posts.txt", self.path())
    }

    /// Its plan below the root of the team's tree, ends with `/`.
    pub fn path(&self) -> String {
        format!("{}/", self.run.id)
    }

    /// Its run sheet, likewise.
    pub fn sheet_path(&self) -> String {
        format!("{}sheet/", self.path())
    }

    /// The page with the minutes of one of its events, likewise.
    pub fn minutes_path(&self, o: &Occurrence) -> String {
        format!("{}minutes/{}/", self.path(), o.key().replace('/', "-"))
    }

    /// Whether the team has minutes for an occurrence: what is posted or done at which of them.
    pub fn has_minutes(o: &Occurrence) -> bool {
        let minutes = !o.words.script().is_empty() || !o.words.agenda.is_empty();
        o.event.is_some() && minutes
    }
}

/// What somebody posts by hand.
#[derive(Debug)]
pub struct Post<'a> {
    /// Its name, unique in the run.
    pub name: String,
    /// The text, without its address.
    pub text: String,
    /// The address of what it is about.
    pub link: String,
    /// What it is about; where several starters share it, the first of them.
    pub of: &'a Occurrence,
}

impl Post<'_> {
    /// The text with its address, as it is pasted.
    pub fn whole(&self) -> String {
        format!("{}\n\n{}", self.text, self.link)
    }
}

/// The first day of the week of a day.
pub fn week_of(day: Date) -> Date {
    plan::monday(day)
}
