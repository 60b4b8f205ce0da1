//! Every refusal and warning has a case: a small repository that is right, an edit that makes it wrong,
//! and the code that it must give, alone. `every_code_has_a_case` reads the sources and fails when a
//! code has none.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests may touch files"
)]

#[path = "../common/mod.rs"]
mod common;

mod bases;
mod curation;
mod kinds;
mod picks;
mod programmes;
mod released;
mod runs;
mod sources;
mod teams;
mod texts;
mod together;
mod translations;

use common::{SITE, at, build, folder};
use learnflow::diag::{Diagnostics, Form, Severity};
use learnflow::model::Folder;
use learnflow::pipeline::{self, Inputs};
use std::collections::BTreeSet;

/// A small repository, and what is edited in it.
pub struct Case {
    /// The code that the edit must give.
    pub code: &'static str,
    /// The repository that is right.
    pub base: &'static str,
    /// Each text and what stands in its place; an empty text means the end of the repository.
    pub edits: &'static [(&'static str, &'static str)],
    /// What else follows from it, sorted: nothing, unless one slip cannot come alone.
    pub besides: &'static [&'static str],
}

/// A case whose code comes alone.
pub const fn case(
    code: &'static str,
    base: &'static str,
    edits: &'static [(&'static str, &'static str)],
) -> Case {
    let besides = &[];
    Case {
        code,
        base,
        edits,
        besides,
    }
}

/// The morning on which the runs of the bases begin, before anything is out.
pub const NOW: &str = "2026-03-02T07:00:00Z";

const ALL: &[&[Case]] = &[
    programmes::CASES,
    curation::CASES,
    kinds::CASES,
    picks::CASES,
    together::CASES,
    runs::CASES,
    texts::CASES,
    translations::CASES,
    teams::CASES,
    runs::CASES,
    texts::CASES,
];

const LEDGER_CHECK: &str = "`ledger check` tells it; tests/cli/ledger.rs, tests/ledger/descent.rs";

/// Codes that no repository gives, and why.
const UNREACHABLE: &[(&str, &str)] = &[
    (
        "unreadable-file",
        "the disk refuses a file; files of a repository as values are always read",
    ),
    ("link-gone", "`links` tells it; tests/fetch/links.rs"),
    ("link-moved", "`links` tells it; tests/fetch/links.rs"),
    ("link-paywalled", "`links` tells it; tests/fetch/links.rs"),
    (
        "review-overdue",
        "`fetch` and `links` tell it; tests/fetch/links.rs",
    ),
    (
        "one-person-everywhere",
        "`introductions` tells it; tests/cli/introductions.rs",
    ),
    ("ledger-behind", LEDGER_CHECK),
    ("ledger-changed", LEDGER_CHECK),
    ("ledger-early", LEDGER_CHECK),
    ("ledger-lost", LEDGER_CHECK),
];

/// A base with its edits.
pub fn edited(base: &str, edits: &[(&str, &str)]) -> String {
    let mut text = format!("{SITE}{base}");
    for (from, to) in edits {
        if from.is_empty() {
            text.push_str(to);
            continue;
        }
        assert!(text.contains(from), "the base has no `{from}`");
        text = text.replacen(from, to, 1);
    }
    text
}

/// Each code once, sorted.
pub fn codes(diags: &Diagnostics) -> Vec<&'static str> {
    diags
        .iter()
        .map(|d| d.code)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

/// Every problem is a sentence, and every error has a way out.
pub fn well_told(diags: &Diagnostics) {
    for d in diags.iter() {
        let code = d.code;
        assert!(!d.message.trim().is_empty(), "{code} says nothing");
        assert!(
            !d.message.ends_with('.'),
            "{code}: `{}` ends with a full stop",
            d.message
        );
        assert!(d.place.is_some(), "{code} is nowhere");
        let help = d.help.as_deref().unwrap_or("").trim();
        assert!(
            d.severity == Severity::Warning || !help.is_empty(),
            "{code} offers no way out"
        );
        assert!(
            d.why.as_deref().is_none_or(|why| !why.trim().is_empty()),
            "{code} has an empty reason"
        );
    }
}

#[test]
fn the_bases_have_no_problems() {
    for base in bases::ALL.iter().chain([&translations::BASE]) {
        let built = build(&folder(&edited(base, &[])), NOW);
        assert_eq!(codes(&built.diags), [""; 0], "{base}\n{}", built.told());
    }
}

/// All problems of a repository. Pages are made only when nothing stands in their way, as in a build.
fn problems(folder: &Folder) -> Diagnostics {
    let inputs = Inputs {
        folder: folder.clone(),
        now: at(NOW),
        ..Inputs::default()
    };
    let loaded = pipeline::load(folder);
    let (_, planned) = pipeline::prepare(&loaded, &inputs);
    let mut all = loaded.diags.clone();
    all.append(planned);
    if all.has_errors() {
        all.sorted()
    } else {
        build(folder, NOW).diags
    }
}

#[test]
fn every_case_gives_its_code_and_no_other() {
    let mut faults = Vec::new();
    let (mut errors, mut warnings) = (BTreeSet::new(), BTreeSet::new());
    for case in ALL.iter().copied().flatten() {
        let found = problems(&folder(&edited(case.base, case.edits)));
        well_told(&found);
        for d in found.iter() {
            match d.severity {
                Severity::Error => errors.insert(d.code),
                Severity::Warning => warnings.insert(d.code),
            };
        }
        let mut wanted: Vec<&str> = case.besides.to_vec();
        wanted.push(case.code);
        wanted.sort_unstable();
        if codes(&found) != wanted {
            let told = learnflow::diag::print(&found, Form::Text, false);
            faults.push(format!(
                "wanted {wanted:?} of {:?}, got\n{told}",
                case.edits
            ));
        }
    }
    assert!(
        faults.is_empty(),
        "{}\n{} cases",
        faults.join("\n\n"),
        faults.len()
    );
    // A code means the same severity everywhere, but for a rule with two thresholds.
    let both: Vec<_> = errors.intersection(&warnings).copied().collect();
    assert_eq!(both, ["broadcast-heavy"]);
}

#[test]
fn every_code_has_a_case() {
    let mut known: BTreeSet<String> = released::CODES
        .iter()
        .map(|code| (*code).to_owned())
        .collect();
    known.extend(
        ALL.iter()
            .copied()
            .flatten()
            .map(|case| case.code.to_owned()),
    );
    // `tests/fetch` has a server for each of these.
    known.extend(
        sources::fetched::CODES
            .iter()
            .map(|code| (*code).to_owned()),
    );
    known.extend(UNREACHABLE.iter().map(|(code, _)| (*code).to_owned()));
    let written = sources::codes();
    assert!(written.len() > 100, "the sources are read");
    let bare: Vec<_> = written.difference(&known).collect();
    assert!(bare.is_empty(), "codes without a case: {bare:?}");
    let gone: Vec<_> = known.difference(&written).collect();
    assert!(
        gone.is_empty(),
        "cases of codes that no source has: {gone:?}"
    );
}
