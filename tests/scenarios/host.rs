//! R29: what hosts of static files are told.

use crate::common::{Built, build};
use crate::make::{challenge, edit_site, fine, run, site, told};
use learnflow::model::Folder;

fn repository() -> Folder {
    let days = "{every: day, days: weekdays, at: \"09:00\"}";
    site(&(challenge(&[1, 2], days) + &run("spring", "steps", "2026-03-02", "")))
}

const NOW: &str = "2026-03-02T12:00:00Z";

const FILES: [&str; 5] = [
    "public/s/_headers",
    "public/s/.htaccess",
    "public/s/web.config",
    "public/s/staticwebapp.config.json",
    "team/s/host/nginx.conf",
];

fn each(built: &Built, words: &[&str]) {
    for file in FILES {
        let text = built.text(file);
        for word in words {
            assert!(text.contains(word), "{file}: no {word} in\n{text}");
        }
    }
}

#[test]
fn r29_every_host_says_who_may_read_how_long_and_who_may_frame() {
    let built = build(&repository(), NOW);
    fine(&built);
    let common = [
        "Access-Control-Allow-Origin",
        "max-age=300",
        "Content-Security-Policy",
        "frame-ancestors https:",
    ];
    each(&built, &common);
    for file in FILES {
        let sets = |line: &&str| {
            line.contains("X-Frame-Options") && !line.contains("unset") && !line.contains("remove")
        };
        let text = built.text(file);
        assert_eq!(text.lines().find(sets), None, "{file}");
    }
    let headers = built.text("public/s/_headers");
    assert!(
        headers.starts_with("/*\n  Access-Control-Allow-Origin: *\n"),
        "{headers}"
    );
    assert!(
        headers.contains("\n/*/feed.xml\n  Content-Type: application/rss+xml; charset=utf-8\n"),
        "{headers}"
    );
    let azure: serde_json::Value =
        serde_json::from_str(built.text("public/s/staticwebapp.config.json")).expect("JSON");
    assert_eq!(azure["globalHeaders"]["Access-Control-Allow-Origin"], "*");
    assert_eq!(azure["mimeTypes"][".ics"], "text/calendar; charset=utf-8");
    // Nothing has moved yet.
    assert!(!built.files.contains_key("public/s/_redirects"));
}

#[test]
fn r29_the_site_says_who_may_hold_its_pages_in_a_frame() {
    let mut folder = repository();
    let key = "language: en-GB\nframe_ancestors: [\"'self'\", \"https://*.sharepoint.com\", teams.microsoft.com]\n";
    edit_site(&mut folder, "language: en-GB\n", key);
    let built = build(&folder, NOW);
    fine(&built);
    each(
        &built,
        &["frame-ancestors 'self' https://*.sharepoint.com teams.microsoft.com"],
    );
    for slip in ["https: ; script-src *", "'unsafe-inline'", "a, b", "\\\" x"] {
        let mut folder = repository();
        let key = format!("language: en-GB\nframe_ancestors: [\"{slip}\"]\n");
        edit_site(&mut folder, "language: en-GB\n", &key);
        let told = told(&build(&folder, NOW), "wrong-value");
        assert!(
            told.contains("may not hold a page in a frame"),
            "{slip}: {told}"
        );
    }
}

#[test]
fn r29_below_a_path_and_with_files_of_ones_own() {
    let mut folder = repository();
    edit_site(
        &mut folder,
        "https://learn.example.org",
        "https://example.org/learn",
    );
    folder.files.insert(
        "sites/s/static/.htaccess".into(),
        b"# ours\n".to_vec().into(),
    );
    let alias = folder.files["content/steps.md"].clone();
    let alias = std::str::from_utf8(&alias)
        .expect("UTF-8")
        .replace("kind: challenge\n", "kind: challenge\naliases: [of-old]\n");
    folder
        .files
        .insert("content/steps.md".into(), alias.into_bytes().into());
    let built = build(&folder, NOW);
    fine(&built);
    assert_eq!(built.text("public/s/.htaccess"), "# ours\n");
    assert_eq!(
        built.text("public/s/_redirects"),
        "/learn/of-old/ /learn/programmes/steps/ 301\n"
    );
    assert!(built.text("public/s/_headers").starts_with("/learn/*\n"));
    assert!(
        built
            .text("team/s/host/nginx.conf")
            .contains("location /learn/ {")
    );
}
