//! M1: the same input gives the same bytes, on whatever machine.

use super::{run_with, write};
use std::path::Path;

/// Every authored file of the sample library.
fn sample() -> Vec<(String, Vec<u8>)> {
    ["content", "sites", "layouts"]
        .iter()
        .flat_map(walkdir::WalkDir::new)
        .map(|entry| entry.expect("readable"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let bytes = std::fs::read(entry.path()).expect("bytes");
            (entry.path().to_string_lossy().into_owned(), bytes)
        })
        .collect()
}

fn built(at: &Path, files: &[(String, Vec<u8>)], env: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    for (path, bytes) in files {
        write(at, path, bytes);
    }
    let out = at.join("out");
    for now in ["2026-06-01T08:00:00Z", "2026-11-10T12:00:00Z"] {
        run_with(at, &["build", "--out", "out", "--now", now], env).ends(0);
    }
    super::files(&out)
        .into_iter()
        // Times stand in it.
        .filter(|(path, _)| path != ".learnflow/manifest")
        .map(|(path, (bytes, _))| (path, bytes))
        .collect()
}

#[test]
fn m1_zone_locale_cores_path_and_order_change_no_byte() {
    let mut sample = sample();
    let home = tempfile::tempdir().expect("a folder");
    let first = home.path().join("a");
    let far = home.path().join("some where/déjà/much/deeper/b");
    let one = built(
        &first,
        &sample,
        &[
            ("TZ", "Asia/Kolkata"),
            ("LANG", "de_DE.UTF-8"),
            ("LC_ALL", "de_DE.UTF-8"),
            ("RAYON_NUM_THREADS", "1"),
        ],
    );
    sample.reverse();
    let other = built(
        &far,
        &sample,
        &[
            ("TZ", "UTC"),
            ("LANG", "C"),
            ("RAYON_NUM_THREADS", "16"),
            ("HOME", "/nowhere"),
            ("USER", "someone"),
        ],
    );
    assert!(one.len() > 100, "{} files", one.len());
    let names = |tree: &[(String, Vec<u8>)]| {
        tree.iter()
            .map(|(path, _)| path.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&one), names(&other));
    for ((path, a), (_, b)) in one.iter().zip(&other) {
        assert!(a == b, "{path} differs");
    }
}
