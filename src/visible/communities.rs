//! The directory of communities: what each is for, how it stands, and what comes next in it.

use super::{SeenRun, Stage};
use crate::model::{Beside, Moment, Plan, PlannedRun};
use crate::schedule::instant;
use jiff::ToSpan;
use jiff::civil::{Date, Time};

/// The folder of the directory below the root.
pub const COMMUNITIES: &str = "communities/";

/// How a community stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Its first day lies ahead.
    Planning,
    /// It meets in its rhythm.
    Active,
    /// Its rhythm pauses: the day on which it goes on, and why it rests.
    Resting(Date, String),
    /// It has ended; what it wrote stays where it is.
    Closed,
}

/// One community.
#[derive(Debug)]
pub struct Community {
    /// Index of its run.
    pub run: usize,
    /// How it stands.
    pub standing: Standing,
}

/// A pause of so many days in a row is a rest, and no holiday.
const REST_DAYS: i32 = 14;

/// The communities of a site: those that are on first, those that have ended last, in the order of their titles.
pub fn communities(runs: &[SeenRun], plan: &Plan, moment: &Moment) -> Vec<Community> {
    let planned = plan.runs.iter().filter(|planned| !planned.run.draft);
    let both = runs.iter().zip(planned).enumerate();
    let mut found: Vec<Community> = both
        .filter(|(_, (seen, _))| seen.kind.beside.contains(&Beside::Directory))
        .map(|(run, (seen, planned))| Community {
            run,
            standing: standing(seen, planned, moment),
        })
        .collect();
    let order = |standing: &Standing| match standing {
        Standing::Active => 0,
        Standing::Resting(..) => 1,
        Standing::Planning => 2,
        Standing::Closed => 3,
    };
    found.sort_by_key(|one| {
        (
            order(&one.standing),
            runs[one.run].title.to_lowercase(),
            one.run,
        )
    });
    found
}

fn standing(seen: &SeenRun, planned: &PlannedRun, moment: &Moment) -> Standing {
    match seen.stage {
        Stage::Coming => Standing::Planning,
        Stage::Over => Standing::Closed,
        Stage::Running => rest(planned, moment).unwrap_or(Standing::Active),
    }
}

/// The rest that is on, if one is.
fn rest(planned: &PlannedRun, moment: &Moment) -> Option<Standing> {
    let midnight = |day: Date| instant(day, Time::midnight(), &planned.run.zone).0;
    let title = &planned.title;
    rests(planned).into_iter().find_map(|(from, back, why)| {
        let begun = moment.passed(midnight(from), || format!("{title} rests"));
        let over = moment.passed(midnight(back), || format!("{title} goes on after its rest"));
        (begun && !over).then_some(Standing::Resting(back, why))
    })
}

/// Each rest of a run: its first day, the day on which it goes on, and why.
fn rests(planned: &PlannedRun) -> Vec<(Date, Date, String)> {
    let mut rests: Vec<(Date, Date, String)> = Vec::new();
    for (day, why) in &planned.run.calendar.blackouts {
        match rests.last_mut() {
            Some((_, back, _)) if *back == *day => *back = day.saturating_add(1.day()),
            _ => rests.push((*day, day.saturating_add(1.day()), why.clone())),
        }
    }
    let long = |(from, back, _): &(Date, Date, String)| {
        from.until(*back)
            .is_ok_and(|span| span.get_days() >= REST_DAYS)
    };
    rests.into_iter().filter(long).collect()
}
