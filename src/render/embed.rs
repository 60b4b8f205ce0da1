//! Frames for other pages, and the page from which they are copied. A frame stands alone: without our frame around
//! it, without cookies, and without a script if need be.

use super::context::*;
use super::page_head;
use super::pages::{Made, Maker};
use super::shape::Shape;
use super::week;
use crate::model::{Embed, frame};
use crate::plan::{embed_path, embeds_path, piece_path};
use crate::visible::{Around, Intake, SeenRun, SquareState, Stage, by_key, nearest, newest_week};

/// How many rows a frame has of each list: it is a window, and the page behind it has all.
const ROWS: usize = 8;
const NEXT: usize = 5;
const NEXT_BELOW: usize = 2;

impl Maker<'_> {
    pub fn embed(&self, around: Around, embed: Embed, out: &mut Vec<u8>) -> Made {
        let path = embed_path(around.path(self.view), embed);
        let mut shape = self.shape(&path);
        let blank = self.frame(around);
        let page = EmbedPage {
            name: embed.name(),
            heading: self.heading(embed),
            ..blank
        };
        let it = match embed {
            Embed::Today => self.open_now(around, &shape, page),
            Embed::Week => self.this_week(around, &mut shape, page),
            Embed::Upcoming => EmbedPage {
                coming: self.ahead(around, &shape, |_| true, NEXT),
                ..page
            },
            Embed::Now => self.under_way(around, &shape, page),
            Embed::Strip => self.strip(around, &shape, page),
            Embed::Welcome => self.welcome(around, &shape, page),
        };
        let title = format!("{}: {}", it.heading, it.of.title);
        self.framed(&path, &title, &it, shape, out)
    }

    /// One item, for those who paste the address of its page.
    pub fn piece(&self, run: &SeenRun, index: usize, out: &mut Vec<u8>) -> Made {
        let item = &run.items[index];
        let path = piece_path(item.path());
        let shape = self.shape(&path);
        let line = shape.item(item, run);
        let it = EmbedPage {
            name: "activity",
            heading: line.title.clone(),
            of: self.of(&line.title, item.path()),
            mixed: true,
            items: vec![line],
            ..empty()
        };
        self.framed(&path, &it.heading, &it, shape, out)
    }

    /// What stands in the frame of an item that was withdrawn.
    pub fn lost_piece(&self, notice: usize, out: &mut Vec<u8>) -> Made {
        let (page, title, day) = &self.view.notices[notice];
        let path = piece_path(page);
        let shape = self.shape(&path);
        let it = EmbedPage {
            name: "withdrawn",
            heading: title.clone(),
            of: self.of(title, page),
            withdrawn: Some(self.site().words.day(*day)),
            ..empty()
        };
        self.framed(&path, title, &it, shape, out)
    }

    /// The frames of something, ready to be copied.
    pub fn embeds(&self, around: Around, out: &mut Vec<u8>) -> Made {
        let page = around.path(self.view);
        let path = embeds_path(page);
        let shape = self.shape(&path);
        let title = around.title(self.view);
        let lines = around.embeds(self.view).into_iter().map(|embed| {
            let file = embed_path(page, embed);
            let heading = self.heading(embed);
            EmbedLine {
                name: embed.name(),
                href: shape.href(&file),
                height: embed.height(),
                snippet: frame(
                    &format!("{}{file}", self.site().base_url),
                    "100%",
                    embed.height(),
                    &format!("{heading}: {title}"),
                ),
                title: heading,
            }
        });
        let others = Around::all(self.view).filter(|other| match other {
            Around::Site => false,
            Around::Channel(_) => true,
            Around::Run(index) => self.view.runs[*index].stage != Stage::Over,
        });
        let it = EmbedsPage {
            of: Link {
                title: title.to_owned(),
                href: shape.href(page),
            },
            embeds: lines.collect(),
            others: others
                .filter(|_| around == Around::Site)
                .map(|other| Link {
                    title: other.title(self.view).to_owned(),
                    href: shape.href(&embeds_path(other.path(self.view))),
                })
                .collect(),
        };
        let words = &self.site().words;
        let named = words.say("embeds_of", &[("title", title)]);
        let head = page_head(
            self.site(),
            "embeds",
            &path,
            &named,
            words.get("embeds_more"),
        );
        self.finish(&path, "embeds.html", head, &it, shape.diags, out)
    }

    fn framed(
        &self,
        path: &str,
        title: &str,
        it: &EmbedPage,
        shape: Shape,
        out: &mut Vec<u8>,
    ) -> Made {
        let head = page_head(self.site(), "embed", path, title, title);
        self.finish(path, "embed.html", head, it, shape.diags, out)
    }

    fn heading(&self, embed: Embed) -> String {
        let key = format!("embed_{}", embed.name().replace('-', "_"));
        self.site().words.get(&key).to_owned()
    }

    fn of(&self, title: &str, path: &str) -> Link {
        Link {
            title: title.to_owned(),
            href: format!("{}{path}", self.site().base_url),
        }
    }

    fn frame(&self, around: Around) -> EmbedPage {
        EmbedPage {
            of: self.of(around.title(self.view), around.path(self.view)),
            mixed: !matches!(around, Around::Run(_)),
            ..empty()
        }
    }

    /// What lies ahead of those runs that are for everybody.
    fn ahead(
        &self,
        around: Around,
        shape: &Shape,
        wanted: impl Fn(&crate::visible::Ahead) -> bool,
        most: usize,
    ) -> Vec<Coming> {
        let runs = around.runs(self.view).into_iter();
        let ahead = nearest(runs.filter(|run| run.intakes.is_empty()));
        let ahead = ahead.into_iter().filter(|(ahead, _)| wanted(ahead));
        ahead
            .take(most)
            .map(|(ahead, run)| shape.coming(ahead, run))
            .collect()
    }

    /// The newest open item of each run; what comes next where nothing is open.
    fn open_now(&self, around: Around, shape: &Shape, page: EmbedPage) -> EmbedPage {
        let runs = around.runs(self.view).into_iter();
        let mut open: Vec<_> = runs
            .filter(|run| run.intakes.is_empty())
            .filter_map(|run| Some((run.newest_open()?, run)))
            .collect();
        open.sort_by_key(|(item, _)| std::cmp::Reverse((item.due, item.path())));
        let items: Vec<Item> = open
            .into_iter()
            .take(ROWS)
            .map(|(item, run)| shape.item(item, run))
            .collect();
        EmbedPage {
            coming: self.ahead(around, shape, |_| true, NEXT_BELOW),
            items,
            ..page
        }
    }

    fn this_week(&self, around: Around, shape: &mut Shape, page: EmbedPage) -> EmbedPage {
        let runs = around.runs(self.view);
        if let [run] = runs[..]
            && let Some(week) = week::week(shape, run)
        {
            return EmbedPage {
                items: week.first.into_iter().chain(week.items).collect(),
                coming: week.later,
                opening: Some(week.opening),
                ..page
            };
        }
        let Some((monday, items)) = newest_week(&runs) else {
            return EmbedPage {
                coming: self.ahead(around, shape, |_| true, NEXT_BELOW),
                ..page
            };
        };
        let words = &self.site().words;
        let items = items.into_iter().take(ROWS);
        EmbedPage {
            heading: words.say("week_of", &[("day", &words.day(monday))]),
            items: items.map(|(item, run)| shape.item(item, run)).collect(),
            ..page
        }
    }

    /// Every event that is on, and the next ones.
    fn under_way(&self, around: Around, shape: &Shape, page: EmbedPage) -> EmbedPage {
        let runs = around.runs(self.view);
        let on = runs.iter().flat_map(|run| {
            let on = run.items.iter().filter(|item| item.under_way);
            on.map(|item| shape.item(item, run))
        });
        EmbedPage {
            items: on.collect(),
            coming: self.ahead(around, shape, |ahead| ahead.event.is_some(), NEXT_BELOW),
            ..page
        }
    }

    fn strip(&self, around: Around, shape: &Shape, page: EmbedPage) -> EmbedPage {
        let runs = around.runs(self.view);
        let open = runs.iter().filter_map(|run| {
            let item = run.newest_open()?;
            Some(shape.item(item, run))
        });
        EmbedPage {
            items: open.collect(),
            progress: runs.first().and_then(|run| progress(shape, run)),
            ..page
        }
    }

    /// Those who began and are not through, by the day on which they began.
    fn welcome(&self, around: Around, shape: &Shape, page: EmbedPage) -> EmbedPage {
        let runs = around.runs(self.view);
        let mut starters: Vec<(&Intake, &SeenRun)> = runs
            .iter()
            .flat_map(|run| run.live_intakes().map(move |intake| (intake, *run)))
            .collect();
        starters.sort_by_key(|(intake, _)| std::cmp::Reverse(intake.starts));
        let next = runs
            .iter()
            .filter_map(|run| Some((run.next_intake()?.starts, run.zone)));
        let next = next.min_by_key(|(day, _)| *day);
        EmbedPage {
            starters: starters
                .into_iter()
                .map(|(intake, run)| starters_line(shape, intake, run))
                .collect(),
            next_start: next.map(|(day, zone)| shape.day(day, zone)),
            ..page
        }
    }
}

fn starters_line(shape: &Shape, intake: &Intake, run: &SeenRun) -> StartersLine {
    let known = by_key(run);
    let mut newest = intake.steps.iter().filter_map(|step| match step {
        crate::visible::Step::Out(key) => known.get(key.as_str()),
        crate::visible::Step::Ahead(_) => None,
    });
    StartersLine {
        starts: shape.day(intake.starts, run.zone),
        href: shape.href(&intake.path),
        released: intake.released(),
        total: intake.steps.len(),
        step: newest.next_back().map(|item| shape.item(item, run)),
    }
}

/// A frame without anything in it.
fn empty() -> EmbedPage {
    EmbedPage {
        name: "",
        heading: String::new(),
        of: Link {
            title: String::new(),
            href: String::new(),
        },
        mixed: false,
        items: Vec::new(),
        opening: None,
        progress: None,
        starters: Vec::new(),
        next_start: None,
        coming: Vec::new(),
        withdrawn: None,
    }
}

/// How far a counted series has come.
pub fn progress(shape: &Shape, run: &SeenRun) -> Option<Progress> {
    let steps: Vec<Step> = run
        .squares
        .iter()
        .map(|square| {
            let item = square.item.map(|index| &run.items[index]);
            let when = shape.when(square.due, run.zone);
            Step {
                number: square.number,
                label: square.label.to_string(),
                state: match square.state {
                    SquareState::Hidden => "hidden",
                    SquareState::Open => "open",
                    SquareState::Released => "released",
                    SquareState::Cancelled => "cancelled",
                },
                href: item.map(|item| shape.href(item.path())),
                title: item.map(|item| item.words.title.clone()),
                day: format!("{} {}", when.weekday, when.day),
            }
        })
        .collect();
    (!steps.is_empty()).then(|| Progress {
        released: steps.iter().filter(|step| step.href.is_some()).count(),
        total: steps.len(),
        steps,
    })
}
