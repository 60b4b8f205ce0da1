//! What other pages hold in a frame: whose frames there are, and what those see that no other page does.

use super::{Intake, Seen, SeenRun, View};
use crate::model::{Embed, Moment, Occurrence, PlannedRun};
use crate::plan::monday;
use jiff::civil::Date;
use std::cmp::Reverse;

/// What frames are about: indexes of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Around {
    /// Everything.
    Site,
    /// What flows into a channel.
    Channel(usize),
    /// A run.
    Run(usize),
}

impl Around {
    /// Everything that frames are about.
    pub fn all(view: &View) -> impl Iterator<Item = Around> {
        let channels = (0..view.channels.len()).map(Around::Channel);
        let runs = (0..view.runs.len()).map(Around::Run);
        [Around::Site].into_iter().chain(channels).chain(runs)
    }

    /// Its page below the root.
    pub fn path<'v>(self, view: &'v View) -> &'v str {
        match self {
            Around::Site => "",
            Around::Channel(index) => &view.channels[index].path,
            Around::Run(index) => &view.runs[index].path,
        }
    }

    /// What it is called.
    pub fn title<'v>(self, view: &'v View) -> &'v str {
        match self {
            Around::Site => &view.site.title,
            Around::Channel(index) => &view.channels[index].channel.title,
            Around::Run(index) => view.runs[index].title,
        }
    }

    /// The runs whose items it brings.
    pub fn runs<'v>(self, view: &'v View<'v>) -> Vec<&'v SeenRun<'v>> {
        match self {
            Around::Site => view.runs.iter().collect(),
            Around::Channel(index) => {
                let runs = view.channels[index].runs.iter();
                runs.map(|run| &view.runs[*run]).collect()
            }
            Around::Run(index) => vec![&view.runs[index]],
        }
    }

    /// The frames that there are of it: those of the kinds that flow into it. A strip is one run's, and whoever puts
    /// a frame on a page before anything flows finds the two that every channel has sooner or later.
    pub fn embeds(self, view: &View) -> Vec<Embed> {
        let runs = self.runs(view);
        let alone = matches!(self, Around::Run(_));
        let has = |embed: Embed| {
            let common = !alone && matches!(embed, Embed::Today | Embed::Upcoming);
            let own = alone || embed != Embed::Strip;
            common || own && runs.iter().any(|run| run.kind.embeds.contains(&embed))
        };
        Embed::ALL.into_iter().filter(|embed| has(*embed)).collect()
    }
}

/// Whether the event of an occurrence is on. Asked about only where a frame shows it.
pub(super) fn under_way(o: &Occurrence, run: &PlannedRun, moment: &Moment) -> bool {
    let shown = run.programme.kind.embeds.contains(&Embed::Now) && o.cancelled.is_none();
    let about = |what: &str| format!("{}: {} {what}", run.title, o.key());
    o.event.filter(|_| shown).is_some_and(|event| {
        moment.passed(event.starts, || about("begins"))
            && !moment.passed(event.ends, || about("ends"))
    })
}

/// What came out in the week of the newest item, newest first, and the Monday of that week. It changes with a release
/// and never on a Monday. Steps of those who began on one day are left out.
pub fn newest_week<'v>(
    runs: &[&'v SeenRun<'v>],
) -> Option<(Date, Vec<(&'v Seen, &'v SeenRun<'v>)>)> {
    let all = runs
        .iter()
        .flat_map(|run| run.items.iter().map(move |item| (item, *run)));
    let mut items: Vec<(&Seen, &SeenRun)> = all
        .filter(|(item, _)| item.intake.is_none() && item.cancelled.is_none() && !item.expired)
        .collect();
    items.sort_by_key(|(item, _)| Reverse((item.due, item.path())));
    let (newest, run) = items.first()?;
    let from = monday(run.day(newest.due));
    items.retain(|(item, run)| run.day(item.due) >= from);
    Some((from, items))
}

impl SeenRun<'_> {
    /// The newest item that is open.
    pub fn newest_open(&self) -> Option<&Seen> {
        let open = |item: &&Seen| item.open && !item.expired && item.cancelled.is_none();
        self.items.iter().rev().find(open)
    }

    /// The start dates that have begun and are not over, newest first.
    pub fn live_intakes(&self) -> impl Iterator<Item = &Intake> {
        let begun = |intake: &&Intake| intake.released() > 0 && !intake.over;
        self.intakes.iter().rev().filter(begun)
    }

    /// The next start date.
    pub fn next_intake(&self) -> Option<&Intake> {
        let ahead = |intake: &&Intake| intake.released() == 0 && !intake.over;
        self.intakes.iter().find(ahead)
    }
}
