//! Which candidates say nearly the same: they are shown together, and nothing is decided for anybody.

use super::Candidate;
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64;

/// How much of all that two items say has to be common to both, of one hundred. Less groups what shares a phrase,
/// more loses what somebody gave another title.
const ALIKE: usize = 60;
/// Fewer rows of words than this say too little to be compared: two weekly updates are two.
const ENOUGH: usize = 8;

/// For each candidate the first one that says nearly the same, itself if there is none before it.
pub fn groups(candidates: &[Candidate]) -> Vec<usize> {
    let said: Vec<BTreeSet<u64>> = candidates.iter().map(rows).collect();
    // Who has a row: most share none, and need not be compared.
    let mut having: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut first: Vec<usize> = Vec::new();
    for (at, own) in said.iter().enumerate() {
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for row in own {
            let here = having.entry(*row).or_default();
            for before in here.iter() {
                *common.entry(*before).or_default() += 1;
            }
            here.push(at);
        }
        let alike = common
            .into_iter()
            .find(|(before, common)| alike(*common, said[*before].len(), own.len()));
        first.push(alike.map_or(at, |(before, _)| first[before]));
    }
    first
}

/// Every row of two words in title and summary, without what differs by taste, as a sum.
fn rows(candidate: &Candidate) -> BTreeSet<u64> {
    let summary = candidate.summary.as_deref().unwrap_or("");
    let text = format!("{} {summary}", candidate.title).to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let rows = words.windows(2);
    rows.map(|row| xxh3_64(row.join(" ").as_bytes())).collect()
}

fn alike(common: usize, a: usize, b: usize) -> bool {
    a.min(b) >= ENOUGH && common * 100 >= (a + b - common) * ALIKE
}
