//! The archive of a flow: its weeks, and what came out of each theme and source and in each format.

use super::aside::path;
use super::context::*;
use super::page_head;
use super::pages::{Made, Maker};
use super::shape::Shape;
use crate::diag::Diagnostics;
use crate::model::Aside;
use crate::visible::{By, Out, SeenRun, Shelf, Shelves, Week};
use jiff::ToSpan;

/// How many rows a page shows.
const NEWEST: usize = 100;

/// One page below the archive's own.
#[derive(Debug, Clone, Copy)]
pub enum Shelved {
    /// The weeks of a year.
    Year(i16),
    /// A theme, a source or a format, by index.
    Shelf(usize),
    /// A week, by index.
    Week(usize),
}

/// Where a page is, and of which kind.
type Place<'p> = (&'p str, &'static str);

impl Shelved {
    /// Every page of an archive but its own.
    pub fn all(shelves: &Shelves) -> impl Iterator<Item = Shelved> {
        let years = shelves.years().into_iter().map(Shelved::Year);
        let shelved = (0..shelves.shelves.len()).map(Shelved::Shelf);
        let weeks = (0..shelves.weeks.len()).map(Shelved::Week);
        years.chain(shelved).chain(weeks)
    }
}

impl Maker<'_> {
    /// The first page of a flow's archive.
    pub fn shelves(&self, run: &SeenRun, out: &mut Vec<u8>) -> Made {
        let own = |shelves: &&Shelves| self.view.runs[shelves.run].id == run.id;
        let Some(shelves) = self.view.shelves.iter().find(own) else {
            return (String::new(), Diagnostics::new());
        };
        let shape = self.shape(&path(run, Aside::Archive));
        let years = shelves.years();
        let shelved = |by: By| -> Vec<Counted> {
            let of = shelves.shelves.iter().filter(|shelf| shelf.by == by);
            of.map(|shelf| Counted {
                title: self.name_of(shelf),
                href: shape.href(&shelf.path(run)),
                note: None,
                count: shelf.items.len(),
            })
            .collect()
        };
        let it = ShelvesPage {
            run: shape.run_link(run),
            year: None,
            weeks: match shelves.newest() {
                Some(newest) => self.weeks(&shape, run, shelves, newest),
                None => Vec::new(),
            },
            years: years
                .iter()
                .map(|year| Counted {
                    title: year.to_string(),
                    href: shape.href(&Shelves::year_path(run, *year)),
                    note: None,
                    count: shelves.weeks_of(*year).map(|week| week.items.len()).sum(),
                })
                .collect(),
            themes: shelved(By::Theme),
            sources: shelved(By::Source),
            formats: shelved(By::Format),
        };
        self.made(run, Aside::Archive, "shelves", &it, shape, out)
    }

    /// A page below it.
    pub fn shelf(&self, shelves: &Shelves, page: Shelved, out: &mut Vec<u8>) -> Made {
        let run = &self.view.runs[shelves.run];
        match page {
            Shelved::Year(year) => self.year(run, shelves, year, out),
            Shelved::Shelf(index) => self.on_shelf(run, shelves, index, out),
            Shelved::Week(index) => self.week_of_flow(run, shelves, index, out),
        }
    }

    fn year(&self, run: &SeenRun, shelves: &Shelves, year: i16, out: &mut Vec<u8>) -> Made {
        let path = Shelves::year_path(run, year);
        let shape = self.shape(&path);
        let it = ShelvesPage {
            run: shape.run_link(run),
            year: Some(year.to_string()),
            weeks: self.weeks(&shape, run, shelves, year),
            years: Vec::new(),
            themes: Vec::new(),
            sources: Vec::new(),
            formats: Vec::new(),
        };
        let head = self.shelf_head(&shape, run, (&path, "shelves"), &year.to_string());
        let file = format!("{path}index.html");
        self.finish(&file, "shelves.html", head, &it, shape.diags, out)
    }

    fn on_shelf(&self, run: &SeenRun, shelves: &Shelves, index: usize, out: &mut Vec<u8>) -> Made {
        let shelf = &shelves.shelves[index];
        let path = shelf.path(run);
        let shape = self.shape(&path);
        let newest = shelf.items.iter().rev().take(NEWEST);
        let rows: Vec<Out> = newest
            .map(|item| Out::item(shelves.run, run, *item))
            .collect();
        let title = self.name_of(shelf);
        let it = ShelfPage {
            run: shape.run_link(run),
            archive: shape.href(&archive(run)),
            by: shelf.by.folder(),
            title: title.clone(),
            days: self.archive_days(&shape, &rows),
            older: shelf.items.len() - rows.len(),
        };
        let head = self.shelf_head(&shape, run, (&path, "shelf"), &title);
        let file = format!("{path}index.html");
        self.finish(&file, "shelf.html", head, &it, shape.diags, out)
    }

    fn week_of_flow(
        &self,
        run: &SeenRun,
        shelves: &Shelves,
        index: usize,
        out: &mut Vec<u8>,
    ) -> Made {
        let week = &shelves.weeks[index];
        let path = week.path(run);
        let shape = self.shape(&path);
        let other = |index: Option<usize>| {
            let week = shelves.weeks.get(index?)?;
            Some(Link {
                title: self.week_title(week),
                href: shape.href(&week.path(run)),
            })
        };
        let ends = week.first.saturating_add(7.days());
        let soon = run.soonest().into_iter().map(|index| &run.ahead[index]);
        let title = self.week_title(week);
        let it = ShelfWeekPage {
            run: shape.run_link(run),
            archive: shape.href(&archive(run)),
            title: title.clone(),
            themes: (shelves.themes_of(week))
                .map(|theme| Link {
                    title: theme.title.clone(),
                    href: shape.href(&theme.path(run)),
                })
                .collect(),
            items: (week.items.iter())
                .map(|item| shape.item(&run.items[*item], run))
                .collect(),
            coming: soon
                .filter(|ahead| (week.first..ends).contains(&run.day(ahead.due)))
                .map(|ahead| shape.coming(ahead, run))
                .collect(),
            channels: shape.channels(run),
            previous: other(index.checked_sub(1)),
            next: other(index.checked_add(1)),
        };
        let head = self.shelf_head(&shape, run, (&path, "shelf-week"), &title);
        let file = format!("{path}index.html");
        self.finish(&file, "shelf-week.html", head, &it, shape.diags, out)
    }

    /// What a page below the archive's own says of itself.
    fn shelf_head(
        &self,
        shape: &Shape,
        run: &SeenRun,
        (path, kind): Place,
        title: &str,
    ) -> PageHead {
        let title = format!("{}: {title}", run.title);
        let mut head = page_head(self.site(), kind, path, &title, run.summary);
        head.feeds = self.feeds(shape, &[(&run.path, run.title)]);
        head
    }

    /// The weeks of a year with their themes, newest first.
    fn weeks(&self, shape: &Shape, run: &SeenRun, shelves: &Shelves, year: i16) -> Vec<Counted> {
        let weeks = shelves.weeks_of(year);
        weeks
            .map(|week| {
                let themes: Vec<&str> = shelves.themes_of(week).map(|t| t.title.as_str()).collect();
                Counted {
                    title: self.week_title(week),
                    href: shape.href(&week.path(run)),
                    note: (!themes.is_empty()).then(|| themes.join(", ")),
                    count: week.items.len(),
                }
            })
            .collect()
    }

    fn week_title(&self, week: &Week) -> String {
        let words = &self.site().words;
        words.say("week_of", &[("day", &words.day(week.first))])
    }

    /// What a theme, source or format is called.
    fn name_of(&self, shelf: &Shelf) -> String {
        let named = format!("value_format_{}", shelf.title);
        let words = self.site().words.map.get(&named);
        match words.filter(|_| shelf.by == By::Format) {
            Some(words) => words.clone(),
            None => shelf.title.clone(),
        }
    }
}

fn archive(run: &SeenRun) -> String {
    path(run, Aside::Archive)
}
