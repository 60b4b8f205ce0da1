//! What tells of a site as a whole: its pages, its feeds, what was published last.

use crate::common::{Built, SITE as SMALL, build, folder};
use crate::{BUILDS, SITES, Site, at_demonstration, feeds};
use quick_xml::events::Event;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn file<'b>(built: &'b Built, site: &Site, name: &str) -> &'b str {
    built.text(&format!("public/{}/{name}", site.id))
}

/// Every site at every moment.
fn every_site(check: impl Fn(&Site, &Built, jiff::Timestamp)) {
    for (now, built) in BUILDS.iter() {
        let now = now.parse().expect("an instant");
        SITES.iter().for_each(|site| check(site, built, now));
    }
}

/// The pages of a sitemap, and their instants, as an XML reader sees them.
fn listed(text: &str) -> BTreeMap<String, Option<String>> {
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut pages, mut name, mut page) = (BTreeMap::new(), String::new(), String::new());
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) => {
                name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
            }
            Event::Text(words) => {
                let words = words.decode().expect("UTF-8").into_owned();
                match name.as_str() {
                    "loc" => {
                        page.clone_from(&words);
                        let known = pages.insert(words, None);
                        assert!(known.is_none(), "{page} twice");
                    }
                    "lastmod" => drop(pages.insert(page.clone(), Some(words))),
                    _ => {}
                }
                name.clear();
            }
            Event::Eof => return pages,
            _ => {}
        }
    }
}

/// The pages that say themselves that they are at this address, and are neither about what is gone nor a search nor
/// about people who may leave.
fn own_pages(built: &Built, site: &Site) -> BTreeSet<String> {
    let prefix = format!("public/{}/", site.id);
    let mut found = BTreeSet::new();
    for path in built.files.keys() {
        let Some(below) = path
            .strip_prefix(&prefix)
            .and_then(|path| path.strip_suffix("index.html"))
        else {
            continue;
        };
        let html = built.text(path);
        let url = format!("{}{below}", site.base);
        let canonical = html.contains(&format!("<link rel=\"canonical\" href=\"{url}\">"));
        let left_out = ["notice", "redirect", "search", "board", "on-now"];
        let kind = left_out
            .iter()
            .any(|kind| html.contains(&format!("<body class=\"{kind}\">")));
        if canonical && !kind && !below.ends_with("/today/") {
            found.insert(url);
        }
    }
    found
}

#[test]
fn r7_the_sitemap_names_every_page_that_is_there_and_no_other() {
    every_site(|site, built, now| {
        let pages = listed(file(built, site, "sitemap.xml"));
        let named: BTreeSet<String> = pages.keys().cloned().collect();
        assert_eq!(named, own_pages(built, site), "{} at {now}", site.id);
        let entries = &built.ledger(site.id).entries;
        let stamps = entries.values().map(|entry| {
            let stamp = entry.updated.or(entry.stamp);
            (entry.link.as_str(), stamp.map(|at| at.to_string()))
        });
        let stamps: BTreeMap<_, _> = stamps.collect();
        let known: BTreeSet<&String> = stamps.values().flatten().collect();
        for (url, at) in &pages {
            if let Some(own) = stamps.get(url.as_str()) {
                assert_eq!(own, at, "{url}");
            }
            // Of a page with others' items the newest of them: never the hour of the build.
            assert!(at.as_ref().is_none_or(|at| known.contains(at)), "{url}");
        }
    });
    let built = at_demonstration();
    let pages = listed(file(built, &SITES[0], "sitemap.xml"));
    assert!(pages.len() > 400, "{} pages", pages.len());
    assert!(pages[SITES[0].base].is_some());
}

#[test]
fn r34_whoever_makes_previews_may_read_everything() {
    every_site(|site, built, _| {
        let text = file(built, site, "robots.txt");
        let wanted = format!(
            "User-agent: *\nAllow: /\n\nSitemap: {}sitemap.xml\n",
            site.base
        );
        assert_eq!(text, wanted);
    });
}

/// A site that keeps visitors from elsewhere out has a file of its own.
#[test]
fn r34_a_site_may_have_rules_of_its_own_for_robots() {
    let own = "-- sites/s/static/robots.txt --\nUser-agent: *\nDisallow: /\n";
    let built = build(&folder(&format!("{SMALL}\n{own}")), "2026-03-02T12:00:00Z");
    assert!(!built.diags.has_errors(), "{}", built.told());
    assert!(built.text("public/s/robots.txt").contains("Disallow: /"));
    for taken in [
        "sitemap.xml",
        "feeds.opml",
        "status.json",
        "calendar.ics",
        "atom.xml",
    ] {
        let own = format!("-- sites/s/static/{taken} --\nours\n");
        let loaded = learnflow::pipeline::load(&folder(&format!("{SMALL}\n{own}")));
        let told = loaded.diags.iter().any(|d| d.code == "same-address");
        assert!(told, "{taken}");
    }
}

#[test]
fn one_file_names_every_feed() {
    every_site(|site, built, _| {
        let text = file(built, site, "feeds.opml");
        let mut reader = quick_xml::Reader::from_str(text);
        let mut told = BTreeSet::new();
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Empty(tag) => {
                    let of = |key: &str| {
                        let value = tag.try_get_attribute(key).expect("well-formed").expect(key);
                        let value = std::str::from_utf8(&value.value).expect("UTF-8").to_owned();
                        quick_xml::escape::unescape(&value)
                            .expect("ours")
                            .into_owned()
                    };
                    assert_eq!(of("type"), "rss");
                    told.insert((of("xmlUrl"), of("htmlUrl"), of("text"), of("description")));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let feeds = feeds(built);
        let ours = feeds.iter().filter(|feed| feed.site().0.id == site.id);
        let full = built
            .files
            .keys()
            .filter(|path| path.ends_with("/full.xml"));
        let full: Vec<_> = full.map(|path| crate::read(built, path)).collect();
        let full = full.iter().filter(|feed| feed.site().0.id == site.id);
        let wanted: BTreeSet<_> = ours
            .chain(full)
            .map(|feed| {
                let (url, channel) = (format!("{}{}", site.base, feed.site().1), &feed.channel);
                let text = (channel.title.clone(), channel.description.clone());
                (url, channel.link.clone(), text.0, text.1)
            })
            .collect();
        assert_eq!(told, wanted);
    });
}

#[test]
fn r7_the_status_names_the_last_twenty_with_their_stamps() {
    every_site(|site, built, now| {
        let status: Value = serde_json::from_str(file(built, site, "status.json")).expect("JSON");
        let ledger: Value = serde_json::from_str(file(built, site, "ledger.json")).expect("JSON");
        assert_eq!(status["serial"], ledger["serial"]);
        assert_eq!(
            (&status["version"], &status["site"]),
            (&1.into(), &site.id.into())
        );
        let entries = ledger["entries"].as_array().expect("a list").iter();
        let stamped =
            entries.filter(|entry| entry["stamp"].is_string() && entry.get("withdrawn").is_none());
        let mut wanted: Vec<_> = stamped
            .map(|e| (&e["stamp"], &e["link"], &e["title"]))
            .map(|of| [of.0, of.1, of.2].map(|v| v.as_str().expect("text").to_owned()))
            .collect();
        wanted.sort_by(|a, b| b.cmp(a));
        wanted.truncate(20);
        let published = status["published"].as_array().expect("a list").iter();
        let told: Vec<_> = published
            .map(|row| ["stamp", "url", "title"].map(|k| row[k].as_str().expect("text").to_owned()))
            .collect();
        assert!(told.iter().map(|row| &row[0]).is_sorted_by(|a, b| a >= b));
        let stamps =
            |rows: &[[String; 3]]| -> BTreeSet<[String; 3]> { rows.iter().cloned().collect() };
        assert_eq!(stamps(&told), stamps(&wanted), "{} at {now}", site.id);
    });
}
