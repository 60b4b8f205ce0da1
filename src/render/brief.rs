//! The brief for a team's manager: one sheet of paper. It names the routines and the days, and not a word of what the
//! team will be asked on them.

use super::context::{BriefDay, BriefPage, FactLine, Link, RoutineLine};
use super::shape::Shape;
use crate::model::{Beside, Fact, Occurrence};
use crate::visible::{TeamRun, TeamView};

/// What the manager reads of the definition.
const TOLD: [&str; 2] = ["work_outcomes", "agreement"];

/// What is asked of the manager in the first talk.
const FIRST_TALK: &str = "first_talk";

/// Where the brief of a run is, if it has one.
pub fn path(run: &TeamRun) -> Option<String> {
    let briefed = run.programme.kind.beside.contains(&Beside::Brief);
    briefed.then(|| format!("{}brief/", run.path()))
}

/// The brief of a run.
pub fn brief(shape: &Shape, run: &TeamRun, view: &TeamView) -> BriefPage {
    let zone = (&run.run.zone, run.run.zone_name.as_str());
    let programme = run.programme;
    let fact = |key: &str| programme.facts.iter().find(|fact| fact.key == key);
    let told: Vec<Fact> = TOLD.iter().filter_map(|key| fact(key).cloned()).collect();
    let again = |o: &Occurrence| o.key().contains('/');
    let routines = programme.activities.iter().filter_map(|activity| {
        let days = run.rows.iter();
        let days: Vec<&Occurrence> = days
            .filter(|o| *o.drawn == *activity.id && again(o))
            .collect();
        let first = days.first()?;
        let moves = activity.words.every_fact().iter();
        Some(RoutineLine {
            title: activity.words.title.clone(),
            minutes: activity.words.minutes,
            first: shape.when(first.due, zone),
            moves: moves
                .filter(|fact| fact.key == "moves")
                .map(|fact| fact.value.flat())
                .next(),
        })
    });
    let steps = run.rows.iter().filter(|o| !again(o));
    let roles = run.roles(view.library).into_iter().map(|role| {
        let handle = run.planned.handle(role).map(|handle| handle.to_string());
        (view.role_title(role), handle)
    });
    BriefPage {
        title: run.title.to_owned(),
        kind: shape.kind(programme.kind.name),
        plan: Link {
            title: run.title.to_owned(),
            href: shape.href(&run.path()),
        },
        purpose: programme.purpose.clone(),
        cohort: run.run.cohort.clone(),
        starts: shape.when(run.span.0, zone),
        ends: run.span.1.map(|ends| shape.last_day(ends, zone)),
        facts: shape.facts(&told),
        routines: routines.collect(),
        days: steps
            .map(|o| BriefDay {
                title: o.title(),
                minutes: o.words.minutes,
                when: shape.when(o.due, zone),
            })
            .collect(),
        first_talk: fact(FIRST_TALK).map_or(Vec::new(), |fact| fact.value.entries()),
        roles: roles
            .map(|(title, handle)| FactLine::new(title, handle.unwrap_or_default()))
            .filter(|line| !line.value.is_empty())
            .collect(),
        lang: super::team::of_programme(shape, programme),
    }
}
