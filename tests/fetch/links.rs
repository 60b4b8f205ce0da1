//! Whether what people are led to is still there, and since when not.

use crate::server::{Server, lead, reply};
use crate::{Ran, library, run, write};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;

/// A library with a learning flow and a pick for each name, which leads to `/name`.
fn picks(server: &Server, names: &[&str], sources: &str) -> TempDir {
    let dir = library(sources);
    crate::review::flow(&dir);
    for (name, day) in names.iter().zip(2..) {
        let text = format!(
            "---\nid: {name}\nrun: minutes\nslot: 2026-03-{day:02}\nurl: http://{}/{name}\ntitle: About {name}\n---\n## Why this\n\nIt works.\n\n## Do\n\nTry it.\n\n## Share\n\nWhat?\n",
            server.door()
        );
        write(
            dir.path(),
            &format!("sites/s/curation/picks/2026/{name}.md"),
            text.as_bytes(),
        );
    }
    dir
}

fn links(dir: &TempDir, server: &Server, day: &str, more: &[&str]) -> Ran {
    let (door, now) = (server.door(), format!("{day}T12:00:00Z"));
    let args = ["links", "--allow-host", &door, "--now", &now];
    run(dir.path(), &[&args, more].concat())
}

/// The files of the history with their texts.
fn history(dir: &Path) -> BTreeMap<String, String> {
    let files = std::fs::read_dir(dir.join("sites/s/curation/links"));
    let files = files.into_iter().flatten().flatten();
    files
        .map(|file| {
            let text = std::fs::read_to_string(file.path()).expect("text");
            (file.file_name().into_string().expect("UTF-8"), text)
        })
        .collect()
}

fn all_sorts(asked: &crate::server::Asked, _: usize) -> crate::server::Reply {
    let page = |body: &str| reply("200 OK", &[("Content-Type", "text/html")], body.as_bytes());
    match asked.path.as_str() {
        "/moved" => lead("301 Moved Permanently", "/new"),
        "/for-now" => lead("302 Found", "/new"),
        "/missing" => reply("404 Not Found", &[], b""),
        "/paid" => reply("402 Payment Required", &[], b""),
        "/says-so" => page(
            "<script type=\"application/ld+json\">{\"@type\": \"Article\", \"isAccessibleForFree\" : \"False\"}</script>",
        ),
        "/free" => page("{\"isAccessibleForFree\": true}"),
        "/closed" => reply("403 Forbidden", &[], b""),
        "/large" => crate::server::sixty_mb(true),
        _ => page("Here it is."),
    }
}

#[test]
fn what_is_not_as_it_was_is_told_and_what_is_well_leaves_no_trace() {
    let server = Server::start(all_sorts);
    let names = [
        "well", "moved", "for-now", "missing", "paid", "says-so", "free", "closed", "large",
    ];
    let sources = format!(
        "  - {{id: home, title: Home, site: \"http://{}/well\", why_trusted: The tests need it., review_by: 2026-02-01}}\n",
        server.door()
    );
    let dir = picks(&server, &names, &sources);
    let ran = links(&dir, &server, "2026-03-02", &[]).ends(0);
    let door = server.door();
    for line in [
        format!("moved      http://{door}/moved  to http://{door}/new\n"),
        format!("failing    http://{door}/missing  since 2026-03-02 (404), 1 times\n"),
        format!("paywalled  http://{door}/paid  since 2026-03-02\n"),
        format!("paywalled  http://{door}/says-so  since 2026-03-02\n"),
        format!("closed     http://{door}/closed  it turns programs away (403): look yourself\n"),
    ] {
        assert!(ran.out.contains(&line), "no `{line}` in {}", ran.out);
    }
    assert_eq!(ran.out.lines().count(), 5, "{}", ran.out);
    let ran = ran
        .says("warning[link-moved]: `About moved` moved for good to")
        .says("sites/s/curation/picks/2026/moved.md:5:6")
        .says("warning[link-paywalled]: readers have to pay for `About paid` since 2026-03-02")
        .says("warning[review-overdue]: the review of `Home` was due on 2026-02-01")
        .says("9 links: 4 well, 1 moved, 2 paywalled, 1 closed, 1 failing; 4 warnings.");
    assert!(
        !ran.err.contains("missing"),
        "one failure is nothing yet: {}",
        ran.err
    );
    // Each address once, also where two lead there.
    assert_eq!(
        server
            .asked()
            .iter()
            .filter(|asked| asked.path == "/well")
            .count(),
        1
    );
    let before = history(dir.path());
    assert_eq!(before.len(), 1);
    let text = before.values().next().expect("a file");
    assert_eq!(text.lines().count(), 5, "{text}");
    // The same again is no news, but for the failure.
    links(&dir, &server, "2026-03-03", &["--strict"]).ends(1);
    let after = history(dir.path());
    assert_eq!(after.len(), 2);
    let new = after
        .iter()
        .find(|(name, _)| !before.contains_key(*name))
        .expect("a file");
    assert_eq!(new.1.lines().count(), 1, "{}", new.1);
    let json = links(&dir, &server, "2026-03-03", &["--format", "json"])
        .ends(0)
        .out;
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(report["links"].as_array().map(Vec::len), Some(9));
    assert_eq!(history(dir.path()), after, "twice on one day is once");
}

#[test]
fn what_fails_three_times_over_two_weeks_is_gone_and_its_page_says_so() {
    let back = Arc::new(AtomicBool::new(false));
    let server = {
        let back = back.clone();
        Server::start(move |asked, _| match asked.path.as_str() {
            "/piece" if !back.load(Ordering::SeqCst) => reply("404 Not Found", &[], b""),
            _ => reply("200 OK", &[], b"Here it is."),
        })
    };
    let dir = picks(&server, &["piece"], "");
    let page = |day: &str| {
        let now = format!("{day}T12:00:00Z");
        run(dir.path(), &["build", "--now", &now]).ends(0);
        let path = dir.path().join("dist/public/s/minutes/piece/index.html");
        std::fs::read_to_string(path).expect("a page")
    };
    for (day, state) in [
        ("2026-03-02", "failing"),
        ("2026-03-05", "failing"),
        ("2026-03-15", "failing"),
        ("2026-03-16", "gone"),
    ] {
        let ran = links(&dir, &server, day, &[]).ends(0);
        assert!(ran.out.starts_with(state), "{day}: {}", ran.out);
        assert!(ran.out.contains("since 2026-03-02 (404)"), "{}", ran.out);
        assert_eq!(ran.err.contains("warning[link-gone]: `About piece` is gone: since 2026-03-02 it could not be reached (404, 4 times)"), state == "gone", "{}", ran.err);
        let says = page(day).contains("may no longer be there");
        assert_eq!(says, state == "gone", "{day}");
    }
    assert!(page("2026-03-17").contains("It may no longer be there (checked on 16 March 2026)."));
    // It is written down again only now and then.
    let known = history(dir.path());
    links(&dir, &server, "2026-03-23", &[])
        .ends(0)
        .says("link-gone");
    assert_eq!(history(dir.path()), known);
    links(&dir, &server, "2026-04-13", &[]).ends(0);
    assert_eq!(history(dir.path()).len(), known.len() + 1);
    assert!(page("2026-04-14").contains("(checked on 13 April 2026)"));
    // Somebody kept a copy.
    let pick = dir.path().join("sites/s/curation/picks/2026/piece.md");
    let text = std::fs::read_to_string(&pick).expect("text");
    std::fs::write(
        &pick,
        text.replace(
            "title: About",
            "archived: https://copies.example.org/1\ntitle: About",
        ),
    )
    .expect("written");
    let with_copy = page("2026-04-14");
    assert!(
        with_copy.contains(
            "<a href=\"https://copies.example.org/1\" rel=\"noopener\">A copy that was kept</a>"
        ),
        "{with_copy}"
    );
    assert_eq!(with_copy.matches("copies.example.org").count(), 1, "once");
    // And it came back.
    back.store(true, Ordering::SeqCst);
    let ran = links(&dir, &server, "2026-04-20", &[]).ends(0);
    assert_eq!(ran.out, "");
    assert!(!page("2026-04-20").contains("no longer"));
    links(&dir, &server, "2026-04-21", &[])
        .ends(0)
        .says("1 link: 1 well.");
}

#[test]
fn three_failures_on_one_day_are_one() {
    let server = Server::start(|_, _| reply("500 Internal Server Error", &[], b""));
    let dir = picks(&server, &["piece"], "");
    for _ in 0..3 {
        links(&dir, &server, "2026-03-02", &[]).ends(0);
    }
    let ran = links(&dir, &server, "2026-04-02", &[]).ends(0);
    assert!(ran.out.starts_with("failing"), "two checks: {}", ran.out);
}

#[test]
fn nobody_is_led_into_the_house_and_a_build_asks_nobody() {
    let server = Server::start(all_sorts);
    let dir = picks(&server, &["well"], "");
    // Without a door.
    let ran = run(dir.path(), &["links", "--now", "2026-03-02T12:00:00Z"]).ends(0);
    assert!(ran.out.contains("(inside-address)"), "{}", ran.out);
    run(dir.path(), &["build", "--now", "2026-03-04T12:00:00Z"]).ends(0);
    run(dir.path(), &["check", "--now", "2026-03-04T12:00:00Z"]).ends(0);
    assert!(server.asked().is_empty());
    // A source of the house may be asked, and what is picked from it.
    let source = "  - {id: home, title: Home, why_trusted: It is ours., internal: yes}\n";
    write(
        dir.path(),
        "sites/s/curation/sources.yaml",
        format!("sources:\n{source}").as_bytes(),
    );
    let pick = dir.path().join("sites/s/curation/picks/2026/well.md");
    let text = std::fs::read_to_string(&pick).expect("text");
    std::fs::write(
        &pick,
        text.replace("title: About", "source: home\ntitle: About"),
    )
    .expect("written");
    let ran = run(dir.path(), &["links", "--now", "2026-03-03T12:00:00Z"]).ends(0);
    assert_eq!(ran.out, "");
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_history_in_disorder_is_told_and_nobody_is_asked() {
    let server = Server::start(all_sorts);
    let dir = picks(&server, &["missing"], "");
    write(dir.path(), "sites/s/curation/links/x.tsv", b"=======\n");
    links(&dir, &server, "2026-03-02", &[])
        .ends(1)
        .says("error[links-line]")
        .says("x.tsv:1:1");
    assert!(server.asked().is_empty());
}

#[test]
fn two_branches_that_check_links_merge_to_the_same_history() {
    let check = |at: &str, found: &str| {
        format!("https://a.example.org/\t2026-03-{at}T12:00:00Z\t{found}\t404\n")
    };
    let lines = [
        check("02", "failing"),
        check("09", "failing"),
        check("20", "failing"),
    ];
    let standing = |files: &[String]| {
        let mut folder = learnflow::model::Folder::default();
        for (n, file) in files.iter().enumerate() {
            let path = format!("sites/s/curation/links/{n}.tsv");
            folder.files.insert(path, file.clone().into_bytes().into());
        }
        let text = format!(
            "{}{}",
            crate::common::SITE,
            include_str!("../cli/challenge.repo")
        );
        folder.files.extend(crate::common::folder(&text).files);
        let loaded = learnflow::pipeline::load(&folder);
        let site = loaded
            .library
            .sites
            .values()
            .next()
            .expect("a site")
            .clone();
        site.links
    };
    let there = standing(&lines);
    let turned: Vec<String> = lines.iter().rev().cloned().collect();
    assert_eq!(there, standing(&turned));
    assert_eq!(there, standing(&[lines.concat(), lines[1].clone()]));
    assert!(
        there
            .standing("https://a.example.org/")
            .expect("known")
            .is_gone()
    );
}
