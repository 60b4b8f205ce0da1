//! The sources of the sample flow, read from saved feeds: one is dead, one floods, one article is told three times, one
//! source has no dates, one writes Portuguese, one means harm. What is told of all that stands in `sample.txt`.

use crate::{run, write};
use std::path::Path;
use tempfile::TempDir;

const NOW: &str = "2026-11-23T12:00:00Z";

/// The sample library in a folder of its own, because `fetch` notes what it saw.
fn sample() -> TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dir = tempfile::tempdir().expect("a folder");
    let (folder, _) = learnflow::disk::read(root, &["content", "sites", "layouts"]);
    for (path, bytes) in folder.files {
        write(dir.path(), &path, &bytes);
    }
    dir
}

#[test]
fn f_9_the_sample_reads_a_dead_a_flooding_a_repeated_an_undated_and_a_hostile_source() {
    let dir = sample();
    let saved = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/saved");
    let saved = saved.to_str().expect("UTF-8");
    let fetched = run(dir.path(), &["fetch", "--offline", saved, "--now", NOW]).ends(0);
    let offered = run(dir.path(), &["candidates", "--now", NOW]).ends(0);
    let told = format!("{}{}\n{}", fetched.out, fetched.err, offered.out);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fetch/sample.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &told).expect("written");
    }
    let wanted = std::fs::read_to_string(&file).expect("what is told");
    assert_eq!(told, wanted, "if this is right, UPDATE=1 writes it");
    // The dead one is told of, and the others are read.
    assert_eq!(fetched.state("harbour-light"), "failing");
    assert_eq!(fetched.count("new"), 13);
    // The flood is two drills; nothing of it is lost for the ledger.
    assert_eq!(
        fetched.line("small-crews"),
        "new        small-crews     120 entries"
    );
    assert_eq!(offered.out.matches("            small-crews\n").count(), 2);
    // Told three times, shown once.
    assert_eq!(offered.out.matches("A meeting without a chair").count(), 1);
    assert!(
        offered
            .out
            .contains("ropewalk; also in tannery-street, plain-shift\n")
    );
    // What harms is text, or nothing.
    for bad in [
        "<script",
        "onerror",
        "javascript:",
        "aaaaaaaaaa",
        "root:",
        "Sponsored",
        "utm_",
    ] {
        assert!(!told.contains(bad), "{bad} in {told}");
    }
    // Without a date, with an odd one, with one of next year: each is of the day on which it was seen first, for good.
    let later = "2026-11-25T12:00:00Z";
    run(dir.path(), &["fetch", "--offline", saved, "--now", later]).ends(0);
    let again = run(dir.path(), &["candidates", "--now", later]).ends(0).out;
    for title in [
        "A lock keeper and her last boat of the day",
        "A referee in the village league",
        "An auctioneer who listens",
    ] {
        let line = format!("2026-11-23  {title}\n");
        assert!(
            offered.out.contains(&line) && again.contains(&line),
            "{again}"
        );
    }
}
