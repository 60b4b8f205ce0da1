//! The calendar: a month of what came out and of what lies ahead. It marks no day as today.

use super::context::*;
use super::page_head;
use super::pages::{Made, Maker};
use super::shape::Shape;
use crate::plan::{archive_path, calendar_path};
use crate::visible::{self, Dated, Mark, current_month};
use jiff::ToSpan;
use jiff::civil::Date;

/// The month that people meet first.
pub const CALENDAR: &str = "calendar/";

/// How many entries a day shows.
const A_DAY: usize = 4;

impl Maker<'_> {
    /// The calendar's own page: the month of the newest item.
    pub fn calendar(&self, out: &mut Vec<u8>) -> Made {
        self.calendar_page(CALENDAR, current_month(self.view), out)
    }

    pub fn calendar_month(&self, index: usize, out: &mut Vec<u8>) -> Made {
        let path = calendar_path(self.view.months[index].first);
        self.calendar_page(&path, Some(index), out)
    }

    fn calendar_page(&self, path: &str, index: Option<usize>, out: &mut Vec<u8>) -> Made {
        let shape = self.shape(path);
        let words = &self.site().words;
        let month = index.map(|index| self.month(&shape, index));
        let (title, about) = match &month {
            Some(month) => {
                let filled = [("month", month.title.as_str())];
                (
                    words.say("calendar_of", &filled),
                    words.say("calendar_about", &filled),
                )
            }
            None => (
                words.get("calendar").to_owned(),
                words.get("calendar_empty").to_owned(),
            ),
        };
        let mut head = page_head(self.site(), "calendar", path, &title, &about);
        head.feeds = self.feeds(&shape, &[]);
        let it = CalendarPage {
            month,
            subscribe: shape.calendar(""),
        };
        let file = format!("{path}index.html");
        self.finish(&file, "calendar.html", head, &it, shape.diags, out)
    }

    fn month(&self, shape: &Shape, index: usize) -> CalendarMonth {
        let (site, month) = (self.site(), &self.view.months[index]);
        let first = site.calendar.week.first_day(month.first);
        let week = |from: Date| (0..7i64).map(move |n| from.saturating_add(n.days()));
        let weeks = (0..6i64)
            .map(|n| first.saturating_add(n.weeks()))
            .filter(|from| *from <= month.first.last_of_month());
        let other = |index: Option<usize>| {
            let month = self.view.months.get(index?)?;
            Some(Link {
                title: site.words.month(month.first),
                href: shape.href(&calendar_path(month.first)),
            })
        };
        CalendarMonth {
            title: site.words.month(month.first),
            zone: site.zone_name.clone(),
            weekdays: week(first)
                .map(|day| site.words.weekday(day).to_owned())
                .collect(),
            weeks: weeks
                .map(|from| week(from).map(|day| self.day(shape, month, day)).collect())
                .collect(),
            previous: other(index.checked_sub(1)),
            next: other(index.checked_add(1)),
        }
    }

    /// One cell; none for a day of another month.
    fn day(&self, shape: &Shape, month: &visible::Month, day: Date) -> Option<CalendarDay> {
        if day.first_of_month() != month.first {
            return None;
        }
        let site = self.site();
        let all = month.days.get(&day).map_or(&[][..], Vec::as_slice);
        // One too many is shown: a line that says so would be as long.
        let shown = if all.len() > A_DAY + 1 {
            A_DAY
        } else {
            all.len()
        };
        let archived = self
            .view
            .archive
            .months
            .iter()
            .any(|(known, _)| *known == month.first);
        let more = match archived {
            true => archive_path(month.first),
            false => super::archive::ARCHIVE.to_owned(),
        };
        let left = all.len() - shown;
        Some(CalendarDay {
            iso: day.to_string(),
            number: day.day(),
            date: site.words.full_day(day),
            working: site.calendar.is_working(day),
            holiday: site.calendar.is_blackout(day).map(str::to_owned),
            entries: all[..shown]
                .iter()
                .map(|dated| self.entry(shape, dated))
                .collect(),
            more: (left > 0).then(|| Link {
                title: site.words.say("calendar_more", &[("n", &left.to_string())]),
                href: shape.href(&more),
            }),
        })
    }

    fn entry(&self, shape: &Shape, dated: &Dated) -> CalendarEntry {
        let run = &self.view.runs[dated.run];
        let link = shape.run_link(run);
        match dated.what {
            Mark::Out(item) => {
                let item = &run.items[item];
                let starts = item.event.map_or(item.due, |event| event.starts);
                CalendarEntry {
                    title: Some(item.title()),
                    href: Some(shape.href(item.path())),
                    when: shape.when(starts, run.zone),
                    ends: item.event.map(|event| shape.when(event.ends, run.zone)),
                    state: "out",
                    cancelled: item.cancelled.is_some(),
                    run: link,
                    lang: item.language.clone(),
                }
            }
            Mark::Ahead(ahead) => {
                let coming = shape.coming(&run.ahead[ahead], run);
                CalendarEntry {
                    title: coming.title.or(coming.label),
                    href: coming.href,
                    when: coming.when,
                    ends: coming.ends,
                    state: "ahead",
                    cancelled: coming.cancelled.is_some(),
                    run: link,
                    lang: None,
                }
            }
            Mark::Starts(intake) => {
                let intake = &run.intakes[intake];
                CalendarEntry {
                    title: Some(shape.starters(intake)),
                    href: Some(shape.href(&intake.path)),
                    when: shape.day(intake.starts, run.zone),
                    ends: None,
                    state: "starts",
                    cancelled: false,
                    run: link,
                    lang: None,
                }
            }
        }
    }
}
