//! What a build leaves behind for the next one, and what of it is believed.

use std::time::{Duration, SystemTime};

use super::*;
use xxhash_rust::xxh3::xxh3_64;

/// What somebody does to a file.
type Change = fn(&Path);

const MANIFEST: &str = ".learnflow/manifest";
const NOTE: &[u8] = b"of this and that";

fn build_noting(out: &Path, puts: &Puts) {
    let writer = Writer::open(out, &Quiet).unwrap();
    for (path, text) in puts {
        writer.put(path, text.as_bytes()).unwrap();
    }
    writer.commit_noting(NOTE).unwrap();
}

fn small() -> Puts {
    puts(&[
        ("public/a/index.html", "one"),
        ("public/b/index.html", "two"),
        ("team/c.html", "three"),
    ])
}

/// What the next writer knows: the note, and whether all stands.
fn known(out: &Path) -> (Option<Vec<u8>>, bool) {
    let writer = Writer::open(out, &Quiet).unwrap();
    (writer.note().map(<[u8]>::to_vec), writer.stands())
}

fn set_time(file: &Path, time: SystemTime) {
    let file = fs::File::options().write(true).open(file).unwrap();
    file.set_modified(time).unwrap();
}

#[test]
fn what_was_noted_stands_until_a_file_differs() {
    let temp = TempDir::new().unwrap();
    let out = temp.path();
    assert_eq!(known(out), (None, false));
    build_noting(out, &small());
    assert_eq!(known(out), (Some(NOTE.to_vec()), true));
    let file = out.join("public/b/index.html");
    let changes: [(&str, Change); 6] = [
        ("longer", |file| fs::write(file, "twoo").unwrap()),
        ("as long", |file| fs::write(file, "owt").unwrap()),
        ("gone", |file| fs::remove_file(file).unwrap()),
        ("a folder", |file| {
            fs::remove_file(file).unwrap();
            fs::create_dir(file).unwrap();
        }),
        ("a link", |file| {
            fs::remove_file(file).unwrap();
            symlink("../a/index.html", file).unwrap();
        }),
        ("its folder gone", |file| {
            fs::remove_dir_all(file.parent().unwrap()).unwrap();
        }),
    ];
    for (name, change) in changes {
        change(&file);
        assert_eq!(known(out), (Some(NOTE.to_vec()), false), "{name}");
        if fs::symlink_metadata(&file).is_ok_and(|meta| !meta.is_file()) {
            fs::remove_dir(&file)
                .or_else(|_| fs::remove_file(&file))
                .unwrap();
        }
        build_noting(out, &small());
        assert!(known(out).1, "{name}: mended");
    }
}

#[test]
fn another_time_alone_changes_nothing() {
    let temp = TempDir::new().unwrap();
    let out = temp.path();
    build_noting(out, &small());
    for (path, _) in small() {
        set_time(
            &out.join(path),
            SystemTime::UNIX_EPOCH + Duration::from_secs(1),
        );
    }
    assert!(known(out).1, "as after a copy or a restored cache");
}

/// A clock ticks a few hundred times a second: who writes in the tick in which we look leaves no trace in the time.
#[test]
fn a_file_changed_in_the_very_moment_of_the_build_is_read() {
    let temp = TempDir::new().unwrap();
    let out = temp.path();
    let file = out.join("public/b/index.html");
    // Put by this build, and by one that found it there.
    for before in [None, Some("two")] {
        if let Some(text) = before {
            fs::write(&file, text).unwrap();
        }
        // Later than every moment at which this build looks.
        let tick = SystemTime::now() + Duration::from_secs(3600);
        let late = Then(|op: &Op<'_>| {
            if let Op::Write(path) = op
                && !path.ends_with("lock")
                && fs::read(path).is_ok_and(|bytes| bytes == b"two")
            {
                set_time(path, tick);
            }
        });
        if before.is_some() {
            set_time(&file, tick);
        }
        let writer = Writer::open(out, &late).unwrap();
        for (path, text) in small() {
            writer.put(&path, text.as_bytes()).unwrap();
        }
        writer.commit_noting(NOTE).unwrap();
        assert!(known(out).1, "{before:?}: its bytes are right");
        let time = fs::metadata(&file).unwrap().modified().unwrap();
        fs::write(&file, "owt").unwrap();
        set_time(&file, time);
        assert!(!known(out).1, "{before:?}: its time proves nothing");
    }
}

#[test]
fn a_build_that_notes_nothing_leaves_no_older_note() {
    let temp = TempDir::new().unwrap();
    let out = temp.path();
    build_noting(out, &small());
    build(out, &puts(&[("public/a/index.html", "one")])).unwrap();
    assert_eq!(known(out), (None, false));
}

#[test]
fn without_its_list_a_manifest_is_nothing() {
    let temp = TempDir::new().unwrap();
    let out = temp.path();
    build_noting(out, &small());
    fs::remove_file(out.join(".learnflow/files")).unwrap();
    assert_eq!(known(out), (None, false));
    fs::write(out.join(".learnflow/files"), "public/a/index.html\n").unwrap();
    assert_eq!(known(out), (None, false));
}

#[test]
fn a_build_of_a_part_says_nothing_of_the_rest() {
    let temp = TempDir::new().unwrap();
    let out = temp.path();
    build_noting(out, &small());
    let mut writer = Writer::open(out, &Quiet).unwrap();
    writer.only(&["public/a/".to_owned()]);
    writer.put("public/a/index.html", b"one").unwrap();
    writer.commit_noting(b"a part").unwrap();
    fs::write(out.join("team/c.html"), "touched").unwrap();
    assert_eq!(known(out), (Some(b"a part".to_vec()), true));
    fs::write(out.join("public/a/index.html"), "touched").unwrap();
    assert_eq!(known(out), (Some(b"a part".to_vec()), false));
}

#[test]
fn a_damaged_manifest_is_no_manifest() {
    let temp = TempDir::new().unwrap();
    let out = temp.path();
    build_noting(out, &small());
    let whole = fs::read(out.join(MANIFEST)).unwrap();
    for n in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[n] ^= 1;
        for bytes in [&damaged[..], &whole[..n]] {
            fs::write(out.join(MANIFEST), bytes).unwrap();
            assert_eq!(known(out), (None, false), "byte {n}");
        }
    }
    fs::remove_file(out.join(MANIFEST)).unwrap();
    fs::create_dir(out.join(MANIFEST)).unwrap();
    assert_eq!(known(out), (None, false));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    /// Whole as far as its last sum can tell, and anything inside.
    #[test]
    fn a_hostile_manifest_is_no_manifest(
        head in proptest::sample::select(&["learnflow manifest 1\n", "learnflow manifest 2\n", ""][..]),
        numbers in prop::collection::vec(prop_oneof![any::<u64>(), 0u64..64], 0..8),
        rest in prop::collection::vec(any::<u8>(), 0..80),
    ) {
        let temp = TempDir::new().unwrap();
        let out = temp.path();
        build(out, &small()).unwrap();
        let mut bytes = head.as_bytes().to_vec();
        bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        bytes.extend(rest);
        bytes.extend(xxh3_64(&bytes).to_le_bytes());
        fs::write(out.join(MANIFEST), bytes).unwrap();
        prop_assert_eq!(known(out), (None, false));
        build_noting(out, &small());
        prop_assert!(known(out).1);
    }
}
