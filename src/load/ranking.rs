//! `ranking` in `site.yaml`: what counts how much when candidates are put in order.

use crate::diag::Diagnostics;
use crate::document::audiences::team;
use crate::document::{Fields, Key};
use crate::model::{Measure, Ranking};

/// The points of each measure.
const WEIGHTS: &[Key] = &[
    team("topic"),
    team("fresh"),
    team("trust"),
    team("others"),
    team("challenge"),
    team("loud"),
    team("long"),
];

/// The keys of `ranking`.
pub(super) const RANKING_KEYS: &[Key] = &[
    team("topics"),
    team("minutes_max"),
    team("weights").of(WEIGHTS),
];

/// Reads it; what is not said is as usual.
pub(super) fn read(site: &Fields, diags: &mut Diagnostics) -> Ranking {
    let mut ranking = Ranking::default();
    let Some(written) = site.map("ranking", diags) else {
        return ranking;
    };
    let topics = written.words("topics", diags).into_iter();
    ranking.topics = topics.map(|(topic, _)| topic).collect();
    if let Some(minutes) = written.number("minutes_max", 1..=480, diags) {
        ranking.minutes_max = minutes;
    }
    if let Some(weights) = written.map("weights", diags) {
        for ((word, ..), points) in Measure::ALL.iter().zip(&mut ranking.weights) {
            if let Some(number) = weights.number(word, 0..=1000, diags) {
                *points = number;
            }
        }
    }
    ranking
}
