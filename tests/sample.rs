//! The sample library: complete, written once, and sound on the first of every month.
#![allow(
    clippy::disallowed_methods,
    reason = "the sample library lies on the disk"
)]

mod common;

use common::{at, build};
use jiff::{Timestamp, ToSpan, civil, tz::TimeZone};
use learnflow::diag::Diagnostics;
use learnflow::kinds::KINDS;
use learnflow::markdown;
use learnflow::model::{Folder, Ledger, Library, Moment, Part, Section, Site, State};
use learnflow::pipeline::{self, Inputs, Loaded};
use learnflow::plan;
use learnflow::visible::Stage;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

const DEMONSTRATION: &str = "2026-11-23T12:00:00Z";

/// The library as it lies on the disk, read once.
static SAMPLE: LazyLock<(Folder, Loaded)> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folder, problems) = learnflow::disk::read(root, &["content", "sites", "layouts"]);
    assert!(problems.is_empty(), "{problems:?}");
    let loaded = pipeline::load(&folder);
    (folder, loaded)
});

fn library() -> &'static Library {
    &SAMPLE.1.library
}

/// Every text that people are asked to act on, with a name for messages.
fn texts() -> Vec<(String, Vec<Part>)> {
    let library = library();
    let mut texts = Vec::new();
    for programme in library.programmes.values() {
        for activity in &programme.activities {
            let name = format!("{}/{}", programme.id, activity.id);
            texts.push((name, activity.words.sections().concat()));
        }
    }
    for bank in library.banks.values() {
        let prompts = bank.prompts.iter();
        texts.extend(prompts.map(|p| (format!("{}/{}", bank.id, p.id), p.parts.to_vec())));
    }
    for pick in library.picks.values().flatten() {
        texts.push((pick.id.to_string(), pick.parts.to_vec()));
    }
    texts
}

fn said(parts: &[Part], section: Section) -> String {
    let part = parts.iter().find(|part| part.section == section);
    part.map_or(String::new(), |part| markdown::plain(part.text.as_str()))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[test]
fn every_activity_says_what_to_do_what_to_share_and_how_it_looks() {
    let needed = [
        Section::Do,
        Section::Share,
        Section::Example,
        Section::TenMinutes,
    ];
    let mut checked = 0;
    for programme in library().programmes.values() {
        for activity in &programme.activities {
            for section in needed {
                let text = said(&activity.words.parts, section);
                assert!(
                    words(&text) >= 8,
                    "{}/{}: {section:?}: {text}",
                    programme.id,
                    activity.id
                );
            }
            assert!(
                activity.words.minutes.is_some(),
                "{}/{}",
                programme.id,
                activity.id
            );
            checked += 1;
        }
    }
    assert!(checked >= 100, "{checked} activities");
}

/// A campaign is a challenge with a goal; the challenges stand for both.
#[test]
fn every_kind_has_a_text_and_a_run() {
    let runs: Vec<_> = library().runs.values().flatten().collect();
    for kind in KINDS.iter().filter(|kind| kind.name != "campaign") {
        let mut shown = library()
            .programmes
            .values()
            .filter(|p| p.kind.name == kind.name);
        let run = shown.any(|p| runs.iter().any(|run| run.programme == p.id));
        assert!(run, "no run of a {}", kind.name);
    }
}

#[test]
fn every_pick_says_why_what_to_do_and_what_to_share() {
    let picks: Vec<_> = library().picks.values().flatten().collect();
    for pick in &picks {
        for section in [Section::WhyThis, Section::Do, Section::Share] {
            let text = said(&pick.parts, section);
            assert!(words(&text) >= 8, "{}: {section:?}: {text}", pick.id);
        }
        assert!(pick.minutes.is_some(), "{}", pick.id);
    }
    assert!(picks.len() >= 20, "{} picks", picks.len());
}

#[test]
fn no_text_is_a_stub() {
    // A prompt is two to five sentences; an activity or a pick is more.
    for (name, parts) in texts() {
        let all: String = parts
            .iter()
            .map(|part| markdown::plain(part.text.as_str()) + " ")
            .collect();
        let prompt = parts.iter().any(|part| part.section == Section::Words);
        let least = if prompt { 30 } else { 60 };
        assert!(words(&all) >= least, "{name} has {} words", words(&all));
    }
}

#[test]
fn no_two_texts_share_a_sentence() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (name, parts) in texts() {
        for part in parts {
            let text = markdown::plain(part.text.as_str());
            for sentence in markdown::sentences(&text) {
                let bare: String = sentence
                    .to_lowercase()
                    .chars()
                    .filter(|c| c.is_alphanumeric() || *c == ' ')
                    .collect();
                // "Thank you." and "Any questions?" belong to everybody.
                if words(&bare) < 4 {
                    continue;
                }
                if let Some(other) = seen.insert(bare, name.clone()) {
                    panic!("{other} and {name} both say: {sentence}");
                }
            }
        }
    }
    assert!(seen.len() > 1600, "{} sentences", seen.len());
}

/// Both sites, each with a number of items that it has more than in the end.
fn sites(least: [usize; 2]) -> [(&'static Site, usize); 2] {
    let sites = &library().sites;
    assert_eq!(sites.len(), 2);
    let of = |n: usize| (["larkfield", "larkfield-pt"][n], least[n]);
    [of(0), of(1)].map(|(id, least)| {
        let site = sites.values().find(|site| site.id.as_str() == id);
        (site.expect(id), least)
    })
}

/// The first of every month, 2025 to 2035, at a minute past midnight in London.
fn months() -> Vec<Timestamp> {
    let first = civil::date(2025, 1, 1).at(0, 1, 0, 0);
    let zone = TimeZone::get("Europe/London").expect("a zone");
    let of = |n: i32| first + n.months();
    let instants = (0..132).map(|n| zone.to_timestamp(of(n)).expect("an instant"));
    instants.collect()
}

/// Plans without views and pages: enough for every error that depends on a moment, and quick.
fn plan(site: &Site, now: Timestamp, ledger: &Ledger) -> (Ledger, Diagnostics) {
    let (plan, diags) = plan::plan(library(), site, ledger, &Moment::new(now), false);
    (plan.ledger, diags)
}

fn told(diags: &Diagnostics) -> String {
    learnflow::diag::print(diags, learnflow::diag::Form::Text, false)
}

/// A fresh ledger releases everything at once, which takes the longer the later it is. After 2028 only the
/// endless rhythms go on, so every third month will do; the carried ledger passes through all of them.
#[test]
fn every_month_plans_without_an_error_from_a_fresh_ledger() {
    assert!(!SAMPLE.1.diags.has_errors(), "{}", told(&SAMPLE.1.diags));
    for (site, least) in sites([3000, 200]) {
        let mut before = 0;
        for (_, now) in (0..).zip(months()).filter(|(n, _)| *n < 48 || n % 3 == 0) {
            let (ledger, diags) = plan(site, now, &Ledger::default());
            assert!(!diags.has_errors(), "{now}: {}", told(&diags));
            assert!(
                ledger.entries.len() >= before,
                "{now}: something released is gone"
            );
            before = ledger.entries.len();
        }
        assert!(before > least, "{}: {before} items in the end", site.id);
    }
}

#[test]
fn every_month_plans_without_an_error_on_the_ledger_of_the_month_before() {
    for (site, least) in sites([1000, 200]) {
        let mut before = Ledger::default();
        for now in months() {
            let (ledger, diags) = plan(site, now, &before);
            assert!(!diags.has_errors(), "{now}: {}", told(&diags));
            let withdrawn = ledger
                .entries
                .values()
                .filter(|e| e.withdrawn.is_some())
                .count();
            assert_eq!(withdrawn, 0, "{now}: {}", told(&diags));
            before = ledger;
        }
        // Who builds once a month brings out fewer: a rhythm without an end does not make up for what it missed.
        let count = before.entries.len();
        assert!(count > least, "{}: {count} items in the end", site.id);
    }
}

/// Pages take most of a build's time, so twelve months of the 132 are built whole: one of each name, in
/// different years.
#[test]
fn twelve_months_build_whole() {
    for now in months().iter().step_by(11) {
        let built = build(&SAMPLE.0, &now.to_string());
        assert!(!built.diags.has_errors(), "{now}: {}", built.told());
        assert!(built.files.len() > 80, "{now}: {} files", built.files.len());
    }
}

#[test]
fn the_day_of_the_demonstration_has_nothing_to_complain_of_and_everything_to_show() {
    let built = build(&SAMPLE.0, DEMONSTRATION);
    assert!(built.codes().is_empty(), "{}", built.told());
    let inputs = Inputs {
        now: at(DEMONSTRATION),
        ..Inputs::default()
    };
    let (prepared, _) = pipeline::prepare(&SAMPLE.1, &inputs);
    let runs = &prepared[0].plan.runs;
    let all: Vec<_> = runs.iter().flat_map(|run| &run.occurrences).collect();
    for state in [
        State::Planned,
        State::Released,
        State::Cancelled,
        State::Empty,
    ] {
        assert!(all.iter().any(|o| o.state == state), "nothing is {state:?}");
    }
    assert!(all.iter().any(|o| !o.moved.is_empty()), "nothing was moved");
    for stage in [Stage::Coming, Stage::Running, Stage::Over] {
        let shown = prepared[0]
            .seen()
            .0
            .runs
            .iter()
            .any(|run| run.stage == stage);
        assert!(shown, "no run is {stage:?}");
    }
}

#[test]
fn a_card_that_nobody_renewed_leaves_the_board_on_its_day() {
    let cards: usize = library().people.values().map(|cards| cards.len()).sum();
    assert_eq!(cards, 12);
    let board = "public/larkfield/borrow-a-brain-2026/board/index.html";
    let before = build(&SAMPLE.0, "2026-11-30T23:59:59Z");
    assert!(
        !before.codes().contains(&"consent-expired"),
        "{}",
        before.told()
    );
    assert!(before.text(board).contains("harbour-02"));
    let after = build(&SAMPLE.0, "2026-12-01T00:00:00Z");
    assert!(
        after.codes().contains(&"consent-expired"),
        "{}",
        after.told()
    );
    assert!(!after.text(board).contains("harbour-02"));
}

/// Easter Sunday by the rule of Oudin, which needs the years 1583 and later.
fn easter(year: i16) -> civil::Date {
    let year = i32::from(year);
    let (golden, century) = (year % 19, year / 100);
    let moon = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    let full = moon - (moon / 28) * (1 - (29 / (moon + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + full + 2 - century + century / 4) % 7;
    let march = full - weekday + 28;
    civil::date(year as i16, 3, 1) + (march - 1).days()
}

#[test]
fn the_holidays_in_lisbon_follow_easter_and_the_calendar() {
    let known = [(2025, 4, 20), (2027, 3, 28), (2030, 4, 21), (2035, 3, 25)];
    for (year, month, day) in known {
        assert_eq!(easter(year), civil::date(year, month, day));
    }
    let calendar = &library().sites["larkfield-pt"].calendar;
    for year in 2025..=2035 {
        let day = |month, day| civil::date(year, month, day);
        let sunday = easter(year);
        let mut holidays = vec![
            day(1, 1),
            sunday - 2.days(),
            sunday,
            day(4, 25),
            day(5, 1),
            sunday + 60.days(),
            day(6, 10),
            day(6, 13),
            day(8, 15),
            day(10, 5),
            day(11, 1),
            day(12, 1),
            day(12, 8),
            day(12, 25),
        ];
        holidays.sort();
        let told: Vec<_> = (0..366)
            .map(|n| day(1, 1) + n.days())
            .filter(|day| day.year() == year && calendar.is_blackout(*day).is_some())
            .collect();
        assert_eq!(told, holidays);
    }
}
