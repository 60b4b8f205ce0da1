//! The pages that a run has besides its own: what is on now, everything to catch up with, a card to print.

use super::context::{AsideLink, CardDay, CardPage, CatchUpPage, ChangesPage, TodayPage};
use super::page_head;
use super::pages::{Made, Maker};
use super::shape::Shape;
use crate::model::{Aside, Fact, News};
use crate::visible::{Seen, SeenRun};

/// The facts that fit on a card.
const ON_A_CARD: [&str; 2] = ["audience", "effort"];

impl Shape<'_> {
    /// The links from a run's page.
    pub fn asides(&self, run: &SeenRun) -> Vec<AsideLink> {
        let link = |aside: Aside| AsideLink {
            name: aside.name(),
            href: self.href(&path(run, aside)),
        };
        run.asides().map(link).collect()
    }
}

pub fn path(run: &SeenRun, aside: Aside) -> String {
    format!("{}{}/", run.path, aside.name())
}

impl Maker<'_> {
    pub fn aside(&self, run: &SeenRun, aside: Aside, out: &mut Vec<u8>) -> Made {
        match aside {
            Aside::Today => self.today(run, out),
            Aside::CatchUp => self.catch_up(run, out),
            Aside::Card => self.card(run, out),
            Aside::Propose => self.propose(run, out),
            Aside::Changes => self.changes(run, out),
            Aside::Archive => self.shelves(run, out),
        }
    }

    /// The newest item that is open, in full: whoever pinned this address sees it at once.
    fn today(&self, run: &SeenRun, out: &mut Vec<u8>) -> Made {
        let path = path(run, Aside::Today);
        let open = |item: &Seen| item.open && !item.expired && item.cancelled.is_none();
        if let Some(index) = run.items.iter().rposition(open) {
            return self.occurrence_at(run, index, &path, out);
        }
        let shape = self.shape(&path);
        let it = TodayPage {
            run: shape.run_link(run),
            coming: run
                .soonest()
                .into_iter()
                .map(|index| shape.coming(&run.ahead[index], run))
                .collect(),
            last: run.items.last().map(|item| shape.item(item, run)),
        };
        self.made(run, Aside::Today, "on-now", &it, shape, out)
    }

    fn catch_up(&self, run: &SeenRun, out: &mut Vec<u8>) -> Made {
        let path = path(run, Aside::CatchUp);
        let shape = self.shape(&path);
        let stands = |item: &&Seen| item.cancelled.is_none() && !item.expired;
        let it = CatchUpPage {
            run: shape.run_link(run),
            items: run
                .items
                .iter()
                .filter(stands)
                .map(|item| shape.item(item, run))
                .collect(),
            coming: run.ahead.first().map(|ahead| shape.coming(ahead, run)),
            channels: shape.channels(run),
        };
        self.made(run, Aside::CatchUp, "catch-up", &it, shape, out)
    }

    fn card(&self, run: &SeenRun, out: &mut Vec<u8>) -> Made {
        let path = path(run, Aside::Card);
        let shape = self.shape(&path);
        let facts: Vec<Fact> = ON_A_CARD
            .iter()
            .filter_map(|key| run.facts.iter().find(|fact| fact.key == *key).cloned())
            .collect();
        let it = CardPage {
            run: shape.run_link(run),
            kind: shape.kind(run.kind.name),
            purpose: run.purpose.to_owned(),
            facts: shape.facts(&facts),
            starts: shape.when(run.span.0, run.zone),
            ends: run.span.1.map(|ends| shape.last_day(ends, run.zone)),
            days: days(&shape, run),
            hashtag: run.hashtag.map(str::to_owned),
            channels: shape.channels(run),
            url: format!("{}{}", self.site().base_url, run.path),
            lang: run.language.clone(),
        };
        self.made(run, Aside::Card, "participant-card", &it, shape, out)
    }

    /// What people were told of events to which they are invited, the newest first.
    fn changes(&self, run: &SeenRun, out: &mut Vec<u8>) -> Made {
        let path = path(run, Aside::Changes);
        let shape = self.shape(&path);
        let news = run.items.iter().rev().filter(|item| News::is(item.key()));
        let it = ChangesPage {
            run: shape.run_link(run),
            items: news.map(|item| shape.item(item, run)).collect(),
            channels: shape.channels(run),
        };
        self.made(run, Aside::Changes, "changes", &it, shape, out)
    }

    pub fn made<T: serde::Serialize>(
        &self,
        run: &SeenRun,
        aside: Aside,
        kind: &'static str,
        it: &T,
        shape: Shape,
        out: &mut Vec<u8>,
    ) -> Made {
        let path = &path(run, aside);
        let key = format!("aside_{}", aside.name().replace('-', "_"));
        let title = format!("{}: {}", self.site().words.get(&key), run.title);
        let mut head = page_head(self.site(), kind, path, &title, run.summary);
        let own = (path.as_str(), title.as_str());
        let own = (aside == Aside::Changes).then_some(own);
        let feeds: Vec<_> = own.into_iter().chain([(&*run.path, run.title)]).collect();
        head.feeds = self.feeds(&shape, &feeds);
        let file = format!("{path}index.html");
        self.finish(&file, &format!("{kind}.html"), head, it, shape.diags, out)
    }
}

/// The days of a card: of a counted series each number, else what is out and what lies ahead.
fn days(shape: &Shape, run: &SeenRun) -> Vec<CardDay> {
    if !run.squares.is_empty() {
        let day = |square: &crate::visible::Square| CardDay {
            label: Some(square.label.to_string()),
            title: square.item.map(|item| run.items[item].words.title.clone()),
            when: shape.when(square.due, run.zone),
        };
        return run.squares.iter().map(day).collect();
    }
    let out = run.items.iter().map(|item| CardDay {
        label: item.label.as_deref().map(str::to_owned),
        title: Some(item.words.title.clone()),
        when: shape.when(item.due, run.zone),
    });
    let ahead = run.ahead.iter().filter(|ahead| !ahead.within);
    let ahead = ahead.map(|ahead| CardDay {
        label: ahead.label.clone(),
        title: ahead.title.clone(),
        when: shape.when(ahead.due, run.zone),
    });
    out.chain(ahead).collect()
}
