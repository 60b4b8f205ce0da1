//! `docs/rules.md`: every rule is held by a test that bears its number, or says why not.

use std::collections::BTreeMap;
use std::path::Path;

const RULES: usize = 45;

/// The numbers in the names of all tests: `r5_r6_…`.
fn tested() -> BTreeMap<usize, Vec<String>> {
    let mut found: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in walkdir::WalkDir::new(root.join("tests")) {
        let path = entry.expect("readable").into_path();
        if path.extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("text");
        let tests = text
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("fn "));
        for name in tests.filter_map(|rest| rest.split('(').next()) {
            let numbers = name
                .split('_')
                .filter_map(|part| part.strip_prefix('r')?.parse().ok());
            for number in numbers {
                found.entry(number).or_default().push(name.to_owned());
            }
        }
    }
    found
}

#[test]
fn each_of_the_rules_is_tested_or_has_its_line() {
    let page = include_str!("../../docs/rules.md");
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| R"))
        .map(|line| line.trim_matches('|').split(" |").map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), RULES);
    let tested = tested();
    for (number, row) in (1..).zip(&rows) {
        assert_eq!(row[0], format!("R{number}"));
        assert!(row[1].ends_with('.'), "R{number}: {}", row[1]);
        let reason = row.get(2).copied().unwrap_or_default();
        match tested.get(&number) {
            None => assert!(reason.ends_with('.'), "R{number} has no test and no reason"),
            Some(tests) => assert_eq!(reason, "", "R{number} is tested: {tests:?}"),
        }
    }
    assert!(
        tested.keys().all(|number| (1..=RULES).contains(number)),
        "{tested:?}"
    );
}
