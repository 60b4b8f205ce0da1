//! Introductions: rounds that look ahead, and who could answer each ask.

use crate::common::{self, SITE, folder};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use learnflow::introduce::{self, Answer, Question, Reason, Unfit};
use learnflow::model::{Card, Id, Introduced, Library};
use learnflow::pipeline;
use proptest::prelude::*;
use std::collections::BTreeSet;

const FIRST: Date = date(2026, 3, 3);

/// A card with what is particular to it.
fn card(handle: &str, more: &str) -> String {
    format!(
        "-- sites/s/people/{handle}.md --\n---\nhandle: {handle}\nconsent: 2026-01-05\nexpires: 2028-01-05\n{more}\n---\n"
    )
}

fn library(cards: &str) -> Library {
    let loaded = pipeline::load(&folder(&format!("{SITE}{cards}")));
    let told = learnflow::diag::print(&loaded.diags, learnflow::diag::Form::Text, false);
    assert!(!loaded.diags.has_errors(), "{told}");
    loaded.library
}

fn names(people: usize) -> Vec<String> {
    (0..people).map(|n| format!("p{n:02}")).collect()
}

fn of(people: usize) -> Library {
    library(
        &names(people)
            .iter()
            .map(|name| card(name, ""))
            .collect::<String>(),
    )
}

fn cards(library: &Library) -> Vec<&Card> {
    library
        .people
        .values()
        .flat_map(|all| all.values())
        .collect()
}

fn days(rounds: usize) -> Vec<Date> {
    (0..rounds as i64)
        .map(|n| FIRST.saturating_add((n * 28).days()))
        .collect()
}

fn ask(library: &Library, past: &[Introduced], apart: usize, days: &[Date]) -> Answer {
    introduce::rounds(&Question {
        site: library.sites.values().next().expect("a site"),
        people: introduce::willing(cards(library), FIRST),
        past,
        apart,
        days,
    })
}

/// The sizes of the groups of a round, in order.
fn sizes(answer: &Answer, round: usize) -> Vec<usize> {
    let mut sizes: Vec<usize> = answer.rounds[round]
        .groups
        .iter()
        .map(|g| g.people.len())
        .collect();
    sizes.sort_unstable();
    sizes
}

fn pairs(people: &[Id]) -> Vec<(Id, Id)> {
    let mut pairs = Vec::new();
    for (n, one) in people.iter().enumerate() {
        for other in &people[n + 1..] {
            pairs.push((one.min(other).clone(), one.max(other).clone()));
        }
    }
    pairs
}

/// What is recorded of the first round of an answer.
fn record(answer: &Answer) -> Vec<Introduced> {
    let round = &answer.rounds[0];
    let row = |group: &introduce::Group| Introduced {
        on: round.on,
        run: "r".parse().expect("an id"),
        people: group.people.clone(),
    };
    round.groups.iter().map(row).collect()
}

/// The pairs who meet again, round after round, each recorded before the next is asked for.
fn repeated(library: &Library, rounds: usize, apart: usize) -> Vec<(usize, String)> {
    let all = days(rounds + apart);
    let (mut past, mut again): (Vec<Introduced>, Vec<(usize, String)>) = Default::default();
    for round in 0..rounds {
        let answer = ask(library, &past, apart, &all[round..]);
        let mut met: BTreeSet<(Id, Id)> = BTreeSet::new();
        let close = |row: &&Introduced| {
            row.on > all[round].saturating_sub((28 * (apart as i64 + 1)).days())
        };
        for row in past.iter().filter(close) {
            met.extend(pairs(&row.people));
        }
        for group in &answer.rounds[0].groups {
            for pair in pairs(&group.people)
                .into_iter()
                .filter(|pair| met.contains(pair))
            {
                let said = group.reasons.iter().any(|reason| {
                    matches!(reason, Reason::Again(one, other, _) if (one, other) == (&pair.0, &pair.1))
                });
                assert!(
                    said,
                    "round {round}: nobody is told that {pair:?} met before"
                );
                again.push((round + 1, format!("{} {}", pair.0, pair.1)));
            }
        }
        past.extend(record(&answer));
    }
    again
}

#[test]
fn w4_1_seven_people_are_two_pairs_and_a_trio() {
    let answer = ask(&of(7), &[], 12, &days(12));
    for round in 0..answer.rounds.len() {
        assert_eq!(sizes(&answer, round), [2, 2, 3]);
    }
    let people: BTreeSet<&Id> = answer.rounds[0]
        .groups
        .iter()
        .flat_map(|g| &g.people)
        .collect();
    assert_eq!(people.len(), 7, "nobody is left out");
    // Two are a pair, one alone is nobody to introduce, and three are one group.
    assert_eq!(sizes(&ask(&of(2), &[], 12, &days(3)), 0), [2]);
    assert_eq!(sizes(&ask(&of(3), &[], 12, &days(3)), 0), [3]);
    assert!(ask(&of(1), &[], 12, &days(3)).rounds.is_empty());
    assert!(ask(&of(4), &[], 12, &[]).rounds.is_empty());
}

#[test]
fn w4_2_eight_people_meet_nobody_twice_in_six_rounds() {
    assert_eq!(repeated(&of(8), 6, 12), []);
    // Seven rounds are all that eight people have, and all of them are found.
    assert_eq!(repeated(&of(8), 7, 12), []);
    assert_eq!(ask(&of(8), &[], 12, &days(12)).rounds.len(), 7);
    for (people, rounds) in [(6, 5), (10, 8), (12, 8), (20, 12), (9, 4), (13, 8)] {
        assert_eq!(
            repeated(&of(people), rounds, 12),
            [],
            "{people} people, {rounds} rounds"
        );
    }
}

#[test]
fn w4_2_four_people_meet_again_after_three_rounds_and_it_is_said() {
    let again = repeated(&of(4), 6, 12);
    let rounds: Vec<usize> = again.iter().map(|(round, _)| *round).collect();
    assert_eq!(rounds, [4, 4, 5, 5, 6, 6]);
    // Those who met longest ago come first: all six pairs once more before anybody meets a third time.
    let pairs: BTreeSet<&str> = again.iter().map(|(_, pair)| pair.as_str()).collect();
    assert_eq!(pairs.len(), 6, "{again:?}");
}

#[test]
fn w4_2_after_enough_rounds_they_may_meet_again() {
    assert_eq!(repeated(&of(4), 9, 2), []);
    let past = record(&ask(&of(2), &[], 1, &days(3)));
    let soon = ask(&of(2), &past, 1, &days(3)[1..]);
    assert!(matches!(
        soon.rounds[0].groups[0].reasons[..],
        [Reason::Again(..)]
    ));
}

#[test]
fn w4_3_the_same_question_has_the_same_answer_and_the_order_of_the_cards_is_nothing() {
    let library = of(11);
    let answer = ask(&library, &[], 12, &days(12));
    let mut people = introduce::willing(cards(&library), FIRST);
    people.reverse();
    let turned = introduce::rounds(&Question {
        site: library.sites.values().next().expect("a site"),
        people,
        past: &[],
        apart: 12,
        days: &days(12),
    });
    assert_eq!(turned, answer);
}

const ASKING: &[(&str, &str)] = &[
    (
        "ann",
        "asks: [Splicing rope, Budgets]\nlanguages: [en]\nzone: Europe/London",
    ),
    (
        "bo",
        "offers: [Splicing rope]\nlanguages: [en]\nzone: Asia/Singapore\ncapacity: 1",
    ),
    ("cy", "offers: [splicing rope]\nlanguages: [pt]"),
    (
        "di",
        "offers: [Splicing rope and wire]\nlanguages: [en, pt]\nzone: Europe/London",
    ),
    (
        "ed",
        "asks: [Splicing rope]\nlanguages: [en]\nconsent: 2026-02-01",
    ),
    ("flo", "offers: [Budgets]\ncapacity: 0"),
];

fn asking(without: &str) -> Vec<introduce::Ask> {
    let cards_: String = ASKING
        .iter()
        .filter(|(handle, _)| *handle != without)
        .map(|(handle, more)| match more.split_once("\nconsent") {
            Some((more, consent)) => {
                card(handle, more).replace("consent: 2026-01-05", &format!("consent{consent}"))
            }
            None => card(handle, more),
        })
        .collect();
    let library = library(&cards_);
    let site = library.sites.values().next().expect("a site");
    introduce::asks(&cards(&library), &[], site, FIRST)
}

#[test]
fn w4_3_an_ask_has_offers_with_reasons_and_what_was_ruled_out() {
    let asks = asking("");
    let told: Vec<_> = asks
        .iter()
        .map(|ask| {
            let offers: Vec<&str> = ask.offers.iter().map(|offer| &*offer.handle).collect();
            let out: Vec<(&str, Unfit)> =
                ask.out.iter().map(|out| (&*out.handle, out.why)).collect();
            (&*ask.handle, ask.topic.as_str(), offers, out)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("ann", "Budgets", vec![], vec![("flo", Unfit::Full(0))]),
            // Written alike comes before nearly so, however far away.
            (
                "ann",
                "Splicing rope",
                vec!["bo", "di"],
                vec![("cy", Unfit::Language)]
            ),
            // bo has room for one, and ann agreed to be shown before ed did.
            (
                "ed",
                "Splicing rope",
                vec!["di"],
                vec![("cy", Unfit::Language), ("bo", Unfit::Full(1))]
            ),
        ]
    );
    let offer = &asks[1].offers[0];
    assert_eq!((offer.languages.join(" ").as_str(), offer.hours), ("en", 8));
    assert_eq!(
        asks[1].offers[1].topic.as_deref(),
        Some("Splicing rope and wire")
    );
}

#[test]
fn w4_3_one_card_less_changes_only_what_depends_on_it() {
    let all = asking("");
    // Nobody is shown to ann any more; whoever was ruled out for ed because of her has room again.
    let without = asking("ann");
    let offers: Vec<&str> = without[0]
        .offers
        .iter()
        .map(|offer| &*offer.handle)
        .collect();
    assert_eq!(offers, ["bo", "di"]);
    // di was on no list for budgets, cy on none at all.
    assert_eq!(asking("di")[0], all[0]);
    let mut same = asking("cy");
    for (less, whole) in same.iter_mut().zip(&all) {
        let out = whole.out.iter().filter(|out| &*out.handle != "cy").count();
        assert_eq!((&less.offers, less.out.len()), (&whole.offers, out));
    }
}

#[test]
fn w4_1_languages_capacity_and_asks_decide_who_meets() {
    let library = library(
        &[
            card("ana", "languages: [pt]\nasks: [Knots]"),
            card("ben", "languages: [en]"),
            card("cai", "languages: [en, pt]\noffers: [Knots]"),
            card("dee", "languages: [en-GB]\ncapacity: 1"),
            card("eva", "languages: [en]"),
            card("off", "languages: [en]\ncapacity: 0"),
        ]
        .concat(),
    );
    let answer = ask(&library, &[], 12, &days(1));
    let groups: Vec<Vec<&str>> = answer.rounds[0]
        .groups
        .iter()
        .map(|group| group.people.iter().map(|handle| &**handle).collect())
        .collect();
    // ana can talk with cai alone, so that is her pair; dee talks with one person at a time, and the three who are
    // left all speak English.
    assert_eq!(groups, [vec!["ana", "cai"], vec!["ben", "dee", "eva"]]);
    assert_eq!(
        answer.resting.len(),
        1,
        "whoever takes nobody on is not introduced"
    );
    let said = &answer.rounds[0].groups[0].reasons;
    assert!(
        matches!(&said[0], Reason::Answers(asks, offers, _) if (&**asks, &**offers) == ("ana", "cai"))
    );
    let crowded = &answer.rounds[0].groups[1].reasons;
    assert!(
        crowded
            .iter()
            .any(|reason| matches!(reason, Reason::Three(who) if &**who == "dee"))
    );
}

#[test]
fn w4_1_a_card_takes_part_while_it_is_valid() {
    let valid = card("ann", "");
    let lapsed = card("bo", "").replace("2028-01-05", "2026-03-03");
    let later = card("cy", "").replace("2026-01-05", "2026-03-04");
    let library = library(&format!("{valid}{lapsed}{later}"));
    let people = introduce::willing(cards(&library), FIRST);
    let handles: Vec<&str> = people.iter().map(|person| &*person.handle).collect();
    assert_eq!(handles, ["ann"]);
}

#[test]
fn w4_5_no_row_of_the_introductions_is_in_either_tree() {
    let rows = "# day\n2026-03-03\tr\thidden-one hidden-two\n";
    let cards = format!("{}{}", card("ann", ""), card("bo", ""));
    let text = format!("{SITE}{cards}-- sites/s/people/introductions.tsv --\n{rows}");
    let built = common::build(&folder(&text), "2026-03-05T12:00:00Z");
    assert_eq!(built.codes(), [""; 0], "{}", built.told());
    for (path, bytes) in &built.files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("hidden-"), "{path}");
    }
    let library = library(&format!(
        "{cards}-- sites/s/people/introductions.tsv --\n{rows}"
    ));
    assert_eq!(library.introduced.values().flatten().count(), 1);
}

#[test]
fn every_broken_row_is_told_with_its_place() {
    let rows = "2026-03-03\tr\tann bo\n2026-13-03\tr\tann bo\n2026-03-03\tr\tann\n2026-03-03 r ann bo\n2026-03-03\tr\tAnn bo\n";
    let built = common::build(
        &folder(&format!(
            "{SITE}-- sites/s/people/introductions.tsv --\n{rows}"
        )),
        "2026-03-05T12:00:00Z",
    );
    assert_eq!(built.codes(), ["broken-row"; 4]);
    assert!(
        built.told().contains("introductions.tsv:5:1"),
        "{}",
        built.told()
    );
}

/// The fewest pairs who must meet again in one round, found by trying everything.
fn fewest(free: &[Id], met: &BTreeSet<(Id, Id)>) -> usize {
    let again = |group: &[Id]| {
        pairs(group)
            .iter()
            .filter(|pair| met.contains(pair))
            .count()
    };
    match free {
        [] => 0,
        [_, _] | [_, _, _] => again(free),
        [one, ..] => {
            let mut best = usize::MAX;
            let mut with = |group: Vec<Id>| {
                let rest: Vec<Id> = free
                    .iter()
                    .filter(|p| !group.contains(p))
                    .cloned()
                    .collect();
                if rest.len() != 1 {
                    best = best.min(again(&group) + fewest(&rest, met));
                }
            };
            for (n, two) in free.iter().enumerate().skip(1) {
                with(vec![one.clone(), two.clone()]);
                for three in free.iter().skip(n + 1).filter(|_| free.len() % 2 == 1) {
                    with(vec![one.clone(), two.clone(), three.clone()]);
                }
            }
            best
        }
    }
}

proptest! {
    #[test]
    fn everybody_has_company_and_nobody_meets_again_without_need(
        people in 2usize..8,
        apart in 1usize..9,
        met in proptest::collection::vec((0usize..8, 0usize..8, 0i64..9), 0..14),
    ) {
        let library = of(people);
        let handles: Vec<Id> = names(people).iter().map(|n| n.parse().expect("an id")).collect();
        let past: Vec<Introduced> = met
            .iter()
            .filter(|(one, other, _)| one != other && *one < people && *other < people)
            .map(|(one, other, ago)| Introduced {
                on: FIRST.saturating_sub(((ago + 1) * 28).days()),
                run: "r".parse().expect("an id"),
                people: vec![handles[*one].clone(), handles[*other].clone()],
            })
            .collect();
        let answer = ask(&library, &past, apart, &days(9));
        for round in &answer.rounds {
            let mut all: Vec<&Id> = round.groups.iter().flat_map(|group| &group.people).collect();
            all.sort();
            prop_assert_eq!(all, handles.iter().collect::<Vec<_>>());
            let trios = round.groups.iter().filter(|group| group.people.len() == 3).count();
            let pairs = round.groups.iter().filter(|group| group.people.len() == 2).count();
            prop_assert_eq!((trios, trios + pairs), (people % 2, round.groups.len()));
        }
        let recent: BTreeSet<Date> = past.iter().map(|row| row.on).collect();
        let recent: BTreeSet<Date> = recent.into_iter().rev().take(apart).collect();
        let close: BTreeSet<(Id, Id)> = past
            .iter()
            .filter(|row| recent.contains(&row.on))
            .flat_map(|row| pairs(&row.people))
            .collect();
        let again = |round: &introduce::Round| -> usize {
            let all = round.groups.iter().flat_map(|group| pairs(&group.people));
            all.filter(|pair| close.contains(pair)).count()
        };
        let need = fewest(&handles, &close);
        let first = again(&answer.rounds[0]);
        // Without need nobody meets again; where some must, a round looks for those who met longest ago.
        prop_assert!(need > 0 || first == 0, "{:?}", answer.rounds[0]);
        if need == 0 {
            let mut planned: BTreeSet<(Id, Id)> = BTreeSet::new();
            for round in &answer.rounds {
                for pair in round.groups.iter().flat_map(|group| pairs(&group.people)) {
                    prop_assert!(planned.insert(pair.clone()), "{pair:?} twice in the look ahead");
                }
            }
        } else {
            prop_assert_eq!(answer.rounds.len(), 1);
        }
    }
}
