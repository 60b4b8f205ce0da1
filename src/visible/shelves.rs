//! The archive of a stream without an end, by week, theme, source and format. Made once a site. Each list leads to a page
//! of its own, so that years of it stay small.

use super::{Seen, SeenRun};
use crate::model::{Aside, Library, Pick, Site};
use crate::plan::shelf_path;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Where everything of one run stands.
#[derive(Debug)]
pub struct Shelves {
    /// Index of the run.
    pub run: usize,
    /// The weeks in which something came out, oldest first.
    pub weeks: Vec<Week>,
    /// Themes, sources and formats, each by name.
    pub shelves: Vec<Shelf>,
}

/// What came out in one week.
#[derive(Debug)]
pub struct Week {
    /// Its first day.
    pub first: Date,
    /// Indexes of the items, oldest first.
    pub items: Vec<usize>,
}

/// What came out of one theme or source, or in one format.
#[derive(Debug)]
pub struct Shelf {
    /// What brings them together.
    pub by: By,
    /// The id of the theme or source, or the word for the format.
    pub id: String,
    /// What it is called; a format by its word.
    pub title: String,
    /// Indexes of the items, oldest first.
    pub items: Vec<usize>,
}

/// What brings items together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// A theme of the flow.
    Theme,
    /// A source of the site.
    Source,
    /// What it is: to read, to watch.
    Format,
}

impl By {
    /// In this order pages show them.
    pub const ALL: [By; 3] = [By::Theme, By::Source, By::Format];

    /// Part of addresses.
    pub fn folder(self) -> &'static str {
        match self {
            By::Theme => "themes",
            By::Source => "sources",
            By::Format => "formats",
        }
    }

    /// The key of the fact that names it.
    fn key(self) -> &'static str {
        match self {
            By::Theme => "theme",
            By::Source => "source",
            By::Format => "format",
        }
    }
}

impl Shelf {
    /// Its page, below the root.
    pub fn path(&self, run: &SeenRun) -> String {
        shelf_path(run.id, self.by.folder(), &self.id)
    }
}

impl Week {
    /// Its page, below the root.
    pub fn path(&self, run: &SeenRun) -> String {
        shelf_path(run.id, "weeks", &self.first.to_string())
    }
}

impl Shelves {
    /// The newest year in which something came out: its weeks stand on the first page.
    pub fn newest(&self) -> Option<i16> {
        self.weeks.last().map(|week| week.first.year())
    }

    /// The years that have pages of their own, newest first: where there are several.
    pub fn years(&self) -> Vec<i16> {
        let mut years: Vec<i16> = self.weeks.iter().map(|week| week.first.year()).collect();
        years.dedup();
        years.reverse();
        if years.len() > 1 { years } else { Vec::new() }
    }

    /// The page with the weeks of a year, below the root.
    pub fn year_path(run: &SeenRun, year: i16) -> String {
        shelf_path(run.id, "years", &year.to_string())
    }

    /// The weeks of a year, newest first, each with its place among all.
    pub fn weeks_of(&self, year: i16) -> impl Iterator<Item = &Week> {
        let weeks = self.weeks.iter().rev();
        weeks.filter(move |week| week.first.year() == year)
    }

    /// The themes of a week.
    pub fn themes_of(&self, week: &Week) -> impl Iterator<Item = &Shelf> {
        let themes = self.shelves.iter().filter(|shelf| shelf.by == By::Theme);
        themes.filter(|shelf| {
            let on = |item: &usize| shelf.items.binary_search(item).is_ok();
            week.items.iter().any(on)
        })
    }
}

/// The archives of the runs that have one.
pub fn shelves(library: &Library, site: &Site, runs: &[SeenRun]) -> Vec<Shelves> {
    let with = runs.iter().enumerate();
    let with = with.filter(|(_, run)| run.kind.asides.contains(&Aside::Archive));
    with.map(|(index, run)| of_run(index, run, &library.picks[&site.id]))
        .collect()
}

fn of_run(index: usize, run: &SeenRun, picks: &[Pick]) -> Shelves {
    let picks = picks.iter().filter(|pick| pick.run == *run.id);
    let picks: BTreeMap<&str, &Pick> = picks.map(|pick| (pick.id.as_str(), pick)).collect();
    let mut weeks: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
    let mut shelves: BTreeMap<(By, String), Shelf> = BTreeMap::new();
    for (at, item) in run.items.iter().enumerate() {
        weeks.entry(run.week_of(item)).or_default().push(at);
        let Some(pick) = pick_of(item, &picks) else {
            continue;
        };
        for by in By::ALL {
            let Some((id, title)) = place(by, item, pick) else {
                continue;
            };
            let shelf = shelves.entry((by, id.clone())).or_insert(Shelf {
                by,
                id,
                title,
                items: Vec::new(),
            });
            shelf.items.push(at);
        }
    }
    let week = |(first, items)| Week { first, items };
    let mut shelves: Vec<Shelf> = shelves.into_values().collect();
    shelves.sort_by(|a, b| (a.by, &a.title, &a.id).cmp(&(b.by, &b.title, &b.id)));
    Shelves {
        run: index,
        weeks: weeks.into_iter().map(week).collect(),
        shelves,
    }
}

/// The pick that an item shows. What a bank gave where nobody chose leads nowhere outside.
fn pick_of<'p>(item: &Seen, picks: &BTreeMap<&str, &'p Pick>) -> Option<&'p Pick> {
    item.words.link.as_ref()?;
    let id = item.key().split('/').next()?;
    picks.get(id).copied()
}

/// The id and the name of what an item belongs to. A source that is on no list has no id, and so no page.
fn place(by: By, item: &Seen, pick: &Pick) -> Option<(String, String)> {
    let named = item.words.facts.iter().find(|fact| fact.key == by.key())?;
    let title = named.value.flat();
    let id = match by {
        By::Theme => pick.theme.clone()?,
        By::Source => pick.source.as_ref()?.to_string(),
        By::Format => title.clone(),
    };
    Some((id, title))
}

impl SeenRun<'_> {
    /// The first day of the week in which an item came out, as the run's people count weeks.
    fn week_of(&self, item: &Seen) -> Date {
        self.run.calendar.week.first_day(self.day(item.due))
    }
}
