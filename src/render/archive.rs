//! The archive: what is out, by kind, by run and by month.

use super::context::*;
use super::page_head;
use super::pages::{Made, Maker};
use super::shape::Shape;
use crate::plan::{archive_kind_path, archive_path, calendar_path};
use crate::visible::{OfKind, Out, What};
use jiff::civil::Date;

/// Where the archive begins.
pub const ARCHIVE: &str = "archive/";

impl Maker<'_> {
    pub fn archive(&self, out: &mut Vec<u8>) -> Made {
        let shape = self.shape(ARCHIVE);
        let kinds = self.view.archive.kinds.iter();
        let runs = self.view.runs.iter().zip(&self.view.archive.counts);
        let it = ArchivePage {
            kinds: kinds
                .map(|of| Counted {
                    title: shape.kind(of.kind.name),
                    href: shape.href(&archive_kind_path(of.kind)),
                    note: None,
                    count: of.count,
                })
                .collect(),
            runs: runs
                .map(|(run, count)| Counted {
                    title: run.title.to_owned(),
                    href: shape.href(&run.path),
                    note: run.cohort.map(str::to_owned),
                    count: *count,
                })
                .collect(),
            months: self.archive_months(&shape),
        };
        let words = &self.site().words;
        let (title, about) = (words.get("archive"), words.get("archive_about"));
        let mut head = page_head(self.site(), "archive", ARCHIVE, title, about);
        head.feeds = self.feeds(&shape, &[]);
        self.finish(
            "archive/index.html",
            "archive.html",
            head,
            &it,
            shape.diags,
            out,
        )
    }

    /// Every month in which something came out, newest first.
    pub fn archive_months(&self, shape: &Shape) -> Vec<Counted> {
        let months = self.view.archive.months.iter();
        months
            .map(|(month, rows)| Counted {
                title: self.site().words.month(*month),
                href: shape.href(&archive_path(*month)),
                note: None,
                count: rows.len(),
            })
            .collect()
    }

    pub fn archive_month(&self, index: usize, out: &mut Vec<u8>) -> Made {
        let (month, rows) = &self.view.archive.months[index];
        let path = archive_path(*month);
        let shape = self.shape(&path);
        let title = self.site().words.month(*month);
        let link = |month: Date, path: String| Link {
            title: self.site().words.month(month),
            href: shape.href(&path),
        };
        let other = |index: Option<usize>| {
            let (month, _) = self.view.archive.months.get(index?)?;
            Some(link(*month, archive_path(*month)))
        };
        let in_calendar = self.view.months.iter().any(|known| known.first == *month);
        let it = ArchiveMonthPage {
            title: title.clone(),
            days: self.archive_days(&shape, rows),
            previous: other(index.checked_add(1)),
            next: other(index.checked_sub(1)),
            calendar: in_calendar.then(|| link(*month, calendar_path(*month))),
        };
        let about = self
            .site()
            .words
            .say("archive_month_about", &[("month", &title)]);
        let mut head = page_head(self.site(), "archive-month", &path, &title, &about);
        head.feeds = self.feeds(&shape, &[]);
        let file = format!("{path}index.html");
        self.finish(&file, "archive-month.html", head, &it, shape.diags, out)
    }

    pub fn archive_kind(&self, index: usize, out: &mut Vec<u8>) -> Made {
        let OfKind {
            kind,
            newest,
            count,
        } = &self.view.archive.kinds[index];
        let path = archive_kind_path(kind);
        let shape = self.shape(&path);
        let title = shape.kind(kind.name);
        let runs = self.view.runs.iter();
        let it = ArchiveKindPage {
            title: title.clone(),
            runs: runs
                .filter(|run| run.kind.name == kind.name)
                .map(|run| shape.card(run))
                .collect(),
            days: self.archive_days(&shape, newest),
            older: count - newest.len(),
        };
        let about = self
            .site()
            .words
            .say("archive_kind_about", &[("kind", &title)]);
        let mut head = page_head(self.site(), "archive-kind", &path, &title, &about);
        head.feeds = self.feeds(&shape, &[]);
        let file = format!("{path}index.html");
        self.finish(&file, "archive-kind.html", head, &it, shape.diags, out)
    }

    /// Rows that are in order, under their days.
    pub fn archive_days(&self, shape: &Shape, rows: &[Out]) -> Vec<ArchiveDay> {
        let days = rows.chunk_by(|a, b| a.day == b.day);
        days.map(|rows| ArchiveDay {
            iso: rows[0].day.to_string(),
            date: self.site().words.full_day(rows[0].day),
            rows: rows
                .iter()
                .map(|row| self.archive_row(shape, row))
                .collect(),
        })
        .collect()
    }

    fn archive_row(&self, shape: &Shape, row: &Out) -> ArchiveRow {
        let run = &self.view.runs[row.run];
        let (title, path, steps, cancelled, lang) = match row.what {
            What::Item(item) => {
                let item = &run.items[item];
                (
                    item.title(),
                    item.path(),
                    None,
                    item.cancelled.is_some(),
                    item.language.clone(),
                )
            }
            What::Steps(intake, count) => {
                let intake = &run.intakes[intake];
                (
                    shape.starters(intake),
                    intake.path.as_str(),
                    Some(count),
                    false,
                    None,
                )
            }
        };
        ArchiveRow {
            title,
            href: shape.href(path),
            steps,
            cancelled,
            run: shape.run_link(run),
            lang,
        }
    }
}
