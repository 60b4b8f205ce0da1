//! A month of a curator's life, day by day: feeds that change, proposals, judgements, builds.

use crate::candidates::{item, save};
use crate::common::{Built, build_on};
use crate::{library, run, write};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use learnflow::diag::Severity;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use tempfile::TempDir;

const FIRST: Date = date(2026, 3, 2);

/// Sources and how often each brings something: one is loud, one argues against everything, one is our own.
const SOURCES: &str = "  - {id: loud, title: Loud, feed: \"https://loud.example.org/feed\", why_trusted: It never sleeps., trust: 4}
  - {id: other, title: Other, feed: \"https://other.example.org/feed\", why_trusted: It disagrees., stance: challenges}
  - {id: house, title: House, feed: \"https://house.example.org/feed\", why_trusted: We write it., kind: internal}
";

const FLOW: &str = "---\nkind: learning-flow\nid: minutes\ntitle: Ten minutes\nsummary: One small thing each working day.\n\
purpose: So that people who lead a team get better at the awkward parts of it.\nflow: themed\n\
cadence: {every: day, days: weekdays, at: \"08:30\"}\nvariety: {same_source_gap: 2, challenging_view: 1/week}\n---\nWhat it is.\n";

const RUN: &str = "---\nid: daily\nprogramme: minutes\ncreated: 2026-01-01\nstarts: 2026-03-02\nchannels: [everyone]\n---\nThis time.\n";

/// The weekdays of a month and a half.
fn days() -> Vec<Date> {
    let days = (0..52i64).map(|n| FIRST.saturating_add(n.days()));
    let weekend = |day: &Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    days.filter(|day| !weekend(day)).collect()
}

/// What the sources give on a day: the last items of each, the newest first.
fn feeds(dir: &TempDir, today: usize, days: &[Date]) {
    for (id, every) in [("loud", 1), ("other", 3), ("house", 4)] {
        let mut items = String::new();
        for n in (0..=today).rev().filter(|n| n % every == 0).take(6) {
            let when = days[n].at(6, 0, 0, 0).strftime("%d %b %Y %H:%M:%S GMT");
            let title = format!("What {id} saw on {}", days[n]);
            let link = format!("https://{id}.example.org/{n}?utm_source=feed");
            items += &item(&title, &link, &format!("{id}-{n}"), &when.to_string());
        }
        save(dir, id, &items);
    }
}

fn picks(dir: &TempDir) -> Vec<PathBuf> {
    let folder = dir.path().join("sites/s/curation/picks/2026");
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = files.map(|file| file.path()).collect();
    files.sort();
    files
}

/// Fills in what was proposed, or deletes it: that is to reject it.
fn judge(path: &PathBuf, keep: bool) {
    if !keep {
        std::fs::remove_file(path).expect("it was there");
        return;
    }
    let text = std::fs::read_to_string(path).expect("a draft");
    let name = path.file_stem().expect("a name").to_string_lossy();
    let lines = text.lines().filter(|line| !line.starts_with("slot:"));
    let text: Vec<&str> = lines.collect();
    let text = text
        .join("\n")
        .replace(
            "## Why this",
            &format!("## Why this\nNobody here knew that of {name}."),
        )
        .replace("## Do", &format!("## Do\nTry what {name} tried."))
        .replace("## Share", &format!("## Share\nWhat came of {name}?"));
    std::fs::write(path, text + "\n").expect("written");
}

/// What the feed shows: id and stamp of each entry.
fn shown(built: &Built) -> BTreeMap<String, String> {
    let feed = built.text("public/s/daily/feed.xml");
    let part = |item: &str, name: &str| {
        let part = item.split(&format!("<{name}")).nth(1).expect("it has one");
        let part = part.split('>').nth(1).expect("its text");
        part.split('<').next().expect("its end").to_owned()
    };
    let items = feed.split("<item>").skip(1);
    let entries = items.map(|item| (part(item, "guid"), part(item, "pubDate")));
    entries
        .filter_map(|(guid, stamp)| {
            let key = guid.rsplit('/').next()?;
            (!key.starts_with('_')).then(|| (key.to_owned(), stamp))
        })
        .collect()
}

/// The slots that the plan says are settled: day and pick.
fn settled(built: &Built) -> BTreeMap<Date, String> {
    let lines = built.plans["s/daily"]
        .lines()
        .filter(|line| line.ends_with(", settled"));
    let slots = lines.filter_map(|line| {
        let day = line.get(4..14)?.parse().ok()?;
        let holds = line.split("  slot ").nth(1)?;
        Some((day, holds.trim_end_matches(", settled").to_owned()))
    });
    slots.collect()
}

#[test]
fn a_month_of_a_curators_life() {
    let dir = library(SOURCES);
    write(dir.path(), "content/minutes.md", FLOW.as_bytes());
    write(dir.path(), "sites/s/runs/daily.md", RUN.as_bytes());
    let days = days();
    let mut ledgers = BTreeMap::new();
    let mut settled_before: BTreeMap<Date, String> = BTreeMap::new();
    let mut out: BTreeMap<String, String> = BTreeMap::new();
    let mut order: Vec<(Date, String)> = Vec::new();
    let mut judged = 0;
    for (n, today) in days.iter().enumerate() {
        let morning = format!("{today}T07:00:00Z");
        let noon = format!("{today}T12:00:00Z");
        // For four weeks the curator is there; then the flow lives on what was chosen.
        if n < 20 {
            feeds(&dir, n, &days);
            run(
                dir.path(),
                &["fetch", "--offline", "saved", "--now", &morning],
            )
            .ends(0);
            let before = picks(&dir);
            run(
                dir.path(),
                &[
                    "review",
                    "--propose",
                    "2",
                    "--run",
                    "daily",
                    "--now",
                    &morning,
                ],
            )
            .ends(0);
            for path in picks(&dir).iter().filter(|path| !before.contains(path)) {
                judge(path, judged % 4 != 3);
                judged += 1;
            }
        }
        let (folder, _) = learnflow::disk::read(dir.path(), &["content", "sites"]);
        let built = build_on(&folder, &noon, &ledgers);
        assert_eq!(built.diags.count(Severity::Error), 0, "{}", built.told());
        // What was shown once is shown with the same stamp; what is new is new once.
        for (key, stamp) in shown(&built) {
            match out.get(&key) {
                Some(known) => assert_eq!(*known, stamp, "{key} on {today}"),
                None => {
                    out.insert(key.clone(), stamp);
                    order.push((*today, key));
                }
            }
        }
        // What was settled came, and what is settled stays.
        if let Some(was) = settled_before.get(today).filter(|was| *was != "nothing") {
            let (day, key) = order.last().expect("something is out");
            assert_eq!((day, key), (today, was), "settled before");
        }
        for (day, holds) in settled(&built) {
            if let Some(was) = settled_before.insert(day, holds.clone()) {
                assert_eq!(was, holds, "{day} as seen on {today}");
            }
        }
        ledgers = built.ledgers;
    }
    // Each pick came out once, and on a day of its own.
    let names = picks(&dir);
    let names: BTreeSet<String> = names
        .iter()
        .map(|path| {
            path.file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert!(names.len() >= 20, "{names:?}");
    let keys: BTreeSet<String> = order.iter().map(|(_, key)| key.clone()).collect();
    assert_eq!(keys.len(), order.len());
    let distinct: BTreeSet<&Date> = order.iter().map(|(day, _)| day).collect();
    assert_eq!(distinct.len(), order.len());
    let waits: BTreeSet<&String> = names.difference(&keys).collect();
    assert!(keys.is_subset(&names), "{keys:?}");
    assert!(waits.is_empty(), "{waits:?}");
    // Two in a row never have one source, and whole weeks have a view that disagrees.
    let source = |key: &str| key.split('-').nth(1).expect("its source").to_owned();
    let beside = order.windows(2).filter(|two| {
        let at = |day: Date| days.iter().position(|known| *known == day);
        at(two[0].0).map(|at| at + 1) == at(two[1].0)
    });
    for two in beside {
        assert_ne!(source(&two[0].1), source(&two[1].1), "{two:?}");
    }
    let mut weeks: BTreeMap<i8, Vec<String>> = BTreeMap::new();
    for (day, key) in &order {
        let week = day.iso_week_date().week();
        weeks.entry(week).or_default().push(source(key));
    }
    let whole = weeks.values().filter(|week| week.len() >= 4);
    assert!(whole.clone().count() >= 2, "{weeks:?}");
    for week in whole {
        assert!(week.iter().any(|source| source == "other"), "{weeks:?}");
    }
}
