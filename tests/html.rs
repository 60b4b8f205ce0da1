//! Every page of the sample site, as browsers and link previews read it.

mod common;

use learnflow::disk;
use learnflow::model::Folder;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;
use std::sync::OnceLock;

/// What is published of a site of the sample: for everybody, or for the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Tree {
    name: &'static str,
    site: &'static str,
}

const TREES: [Tree; 4] = [
    Tree::of("public", "larkfield"),
    Tree::of("public", "larkfield-pt"),
    Tree::of("team", "larkfield"),
    Tree::of("team", "larkfield-pt"),
];

impl Tree {
    const fn of(name: &'static str, site: &'static str) -> Self {
        Self { name, site }
    }

    /// Where the site is served.
    fn base(self) -> &'static str {
        match self.site {
            "larkfield" => "https://learn.larkfield.example/",
            _ => "https://aprender.larkfield.example/",
        }
    }

    /// The language of its pages.
    fn language(self) -> &'static str {
        match self.site {
            "larkfield" => "en-GB",
            _ => "pt-PT",
        }
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}/{}", self.name, self.site)
    }
}

/// One start tag and the text up to the next tag.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    text: &'a str,
}

impl<'a> Tag<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| *value)
    }

    fn is(&self, name: &str, key: &str, value: &str) -> bool {
        self.name == name && self.get(key) == Some(value)
    }
}

/// The start tags of a page. The pages escape `<` and `"` and quote every value, which is asserted.
fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    for piece in html.split('<').skip(1) {
        let (tag, text) = piece
            .split_once('>')
            .unwrap_or_else(|| panic!("an open tag: <{piece}"));
        if tag.starts_with(['/', '!']) {
            continue;
        }
        let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let mut attributes = Vec::new();
        while !rest.trim().is_empty() {
            let (key, after) = rest.split_once("=\"").unwrap_or((rest, "\""));
            let (value, after) = after.split_once('"').unwrap_or_else(|| panic!("<{tag}>"));
            assert!(!key.contains('='), "every value has double quotes: <{tag}>");
            attributes.push((key.trim(), value));
            rest = after;
        }
        tags.push(Tag {
            name,
            attributes,
            text,
        });
    }
    tags
}

/// Files by tree and path below its root.
type Files = BTreeMap<(Tree, String), Vec<u8>>;

/// Both trees of both sites of the sample, built once for all tests.
fn sample() -> &'static Files {
    static SAMPLE: OnceLock<Files> = OnceLock::new();
    SAMPLE.get_or_init(build)
}

/// The library as it lies on the disk.
fn library() -> Folder {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folder, problems) = disk::read(root, &["content", "layouts", "sites"]);
    assert!(problems.is_empty(), "{problems:?}");
    folder
}

fn build() -> Files {
    let folder = library();
    let built = common::build(&folder, "2026-11-23T12:00:00Z");
    assert!(!built.diags.has_errors(), "{}", built.told());
    let split = |(path, bytes): (String, Vec<u8>)| {
        let mut found = TREES.into_iter().filter_map(|tree| {
            let below = path.strip_prefix(&format!("{tree}/"))?;
            Some((tree, below.to_owned()))
        });
        found.next().map(|key| (key, bytes.clone()))
    };
    built.files.into_iter().filter_map(split).collect()
}

/// Calls for every page: tree, path below the root, text, tags.
fn each_page(check: impl Fn(Tree, &str, &str, &[Tag])) {
    let files = sample();
    let pages = || {
        files
            .iter()
            .filter(|((_, path), _)| path.ends_with(".html"))
    };
    for ((tree, path), bytes) in pages() {
        let html = std::str::from_utf8(bytes).expect("UTF-8");
        check(*tree, path, html, &tags(html));
    }
    assert!(
        pages().count() > 300,
        "the sample has more pages than {}",
        pages().count()
    );
}

/// The one content of a `meta`; more or none is a failure.
fn meta<'a>(tags: &[Tag<'a>], key: &str, name: &str, path: &str) -> &'a str {
    let found: Vec<&Tag> = tags
        .iter()
        .filter(|tag| tag.is("meta", key, name))
        .collect();
    assert_eq!(found.len(), 1, "{path}: one {name}");
    found[0].get("content").unwrap_or("")
}

/// Pages that stand for another one or for nothing have no preview.
fn is_bare(path: &str, tags: &[Tag]) -> bool {
    path == "404.html"
        || tags
            .iter()
            .any(|tag| tag.is("meta", "http-equiv", "refresh"))
        || tags.iter().any(|tag| tag.is("meta", "content", "noindex"))
}

/// Pages for frames on other pages.
fn is_framed(path: &str) -> bool {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    file == "embed.html" || (folder == "embed" || folder.ends_with("/embed")) && file != "copy.html"
}

#[test]
fn every_page_has_a_frame() {
    each_page(|tree, path, html, tags| {
        let start = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n",
            tree.language()
        );
        assert!(html.starts_with(&start), "{tree}/{path}");
        let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
        for name in ["h1", "main", "head", "body"] {
            assert_eq!(count(name), 1, "{tree}/{path}: one {name}");
        }
        // A picture has a title too.
        let head = html.split("</head>").next().unwrap_or(html);
        assert_eq!(
            head.matches("<title>").count(),
            1,
            "{tree}/{path}: one title"
        );
        let title = tags
            .iter()
            .find(|tag| tag.name == "title")
            .map(|tag| tag.text);
        assert!(
            title.is_some_and(|title| title.trim().len() > 8),
            "{tree}/{path}: {title:?}"
        );
        // In a frame nothing stands before the content.
        assert!(
            is_framed(path) || tags.iter().any(|tag| tag.is("a", "href", "#main")),
            "{tree}/{path}: a skip link"
        );
        assert!(
            !html.contains("{{") && !html.contains("{%"),
            "{tree}/{path}: a template shows"
        );
    });
}

#[test]
fn headings_leave_no_level_out() {
    each_page(|tree, path, _, tags| {
        let mut last = 0;
        for tag in tags {
            let level = tag
                .name
                .strip_prefix('h')
                .and_then(|level| level.parse::<u32>().ok());
            if let Some(level) = level {
                assert!(
                    level <= last + 1,
                    "{tree}/{path}: <h{level}> below <h{last}>"
                );
                last = level;
            }
        }
    });
}

#[test]
fn every_public_page_says_what_it_is() {
    each_page(|tree, path, _, tags| {
        let robots = tags.iter().any(|tag| tag.is("meta", "content", "noindex"));
        if tree.name == "team" {
            assert!(robots, "{path}: the team's pages ask not to be indexed");
            return;
        }
        if is_bare(path, tags) {
            return;
        }
        let address = format!(
            "{}{}",
            tree.base(),
            path.strip_suffix("index.html").unwrap_or(path)
        );
        let canonical: Vec<_> = tags
            .iter()
            .filter(|t| t.is("link", "rel", "canonical"))
            .map(|t| t.get("href"))
            .collect();
        // What is on now has a page of its own, which stays.
        let address = match path.strip_suffix("/today/index.html") {
            Some(run) if tags.iter().any(|t| t.is("body", "class", "occurrence")) => {
                let own = canonical[0].expect("an address");
                let below = own.strip_prefix(tree.base()).expect("of this site");
                assert!(below.starts_with(&format!("{run}/")), "{path}: {own}");
                own.to_owned()
            }
            _ => address,
        };
        assert_eq!(canonical, [Some(address.as_str())], "{path}");
        assert_eq!(meta(tags, "property", "og:url", path), address, "{path}");
        assert!(
            meta(tags, "name", "description", path).len() > 20,
            "{path}: a description"
        );
        let feeds = tags
            .iter()
            .filter(|tag| tag.is("link", "type", "application/rss+xml"));
        let named = ["channels/", "programmes/"]
            .iter()
            .any(|start| path.starts_with(start));
        assert!(
            named || path.contains("/start/") || feeds.count() > 0,
            "{path}: no feed"
        );
    });
}

/// R30 and R31: previews read the first bytes with regular expressions, property before content.
#[test]
fn r30_r31_previews_find_what_they_read() {
    each_page(|tree, path, html, tags| {
        assert_eq!(
            tags[2].get("charset"),
            Some("utf-8"),
            "{tree}/{path}: the charset is first"
        );
        if tree.name == "team" || is_bare(path, tags) {
            return;
        }
        for property in ["title", "description", "url", "type", "site_name", "locale"] {
            let content = meta(tags, "property", &format!("og:{property}"), path);
            assert!(!content.is_empty(), "{path}: og:{property}");
            let written = format!("<meta property=\"og:{property}\" content=\"");
            assert!(html.contains(&written), "{path}: property before content");
        }
        assert_eq!(
            meta(tags, "property", "og:title", path),
            meta(tags, "name", "title", path),
            "{path}"
        );
        assert!(
            meta(tags, "property", "og:description", path)
                .chars()
                .count()
                <= 300,
            "{path}"
        );
        let style = html.find("rel=\"stylesheet\"").expect("a style sheet");
        assert!(
            html.rfind("property=\"og:").is_some_and(|at| at < style),
            "{path}: R30"
        );
    });
}

#[test]
fn no_id_stands_twice() {
    each_page(|tree, path, _, tags| {
        let mut seen = BTreeSet::new();
        for id in tags.iter().filter_map(|tag| tag.get("id")) {
            assert!(seen.insert(id), "{tree}/{path}: #{id} twice");
        }
        for tag in tags {
            let anchor = tag.get("href").and_then(|href| href.strip_prefix('#'));
            assert!(
                anchor.is_none_or(|a| seen.contains(a)),
                "{tree}/{path}: #{anchor:?} is nowhere"
            );
        }
    });
}

#[test]
fn nothing_comes_from_elsewhere() {
    each_page(|tree, path, _, tags| {
        for tag in tags {
            let script = tag.name == "script";
            let root = "../".repeat(path.matches('/').count());
            let own = match (tree.name, path) {
                ("public", "search/index.html") => Some("search.js"),
                ("public", path) if path.ends_with("/catch-up/index.html") => Some("any.js"),
                ("public", path) if is_framed(path) => Some("embed.js"),
                _ => None,
            };
            assert!(!script || own.is_some(), "{tree}/{path}: a script");
            let own = own.map(|own| format!("{root}{own}"));
            assert!(!script || tag.get("src") == own.as_deref(), "{path}");
            assert!(
                tag.get("style").is_none(),
                "{tree}/{path}: <{} style>",
                tag.name
            );
            let handler = tag.attributes.iter().find(|(key, _)| key.starts_with("on"));
            assert!(handler.is_none(), "{tree}/{path}: {handler:?}");
            let loads = match (tag.name, tag.get("rel")) {
                ("link", Some("canonical")) => None,
                ("link", _) => tag.get("href"),
                _ => tag.get("src"),
            };
            let ours = |address: &str| !address.contains("//") || address.starts_with(tree.base());
            assert!(loads.is_none_or(ours), "{tree}/{path}: loads {loads:?}");
        }
    });
}

#[test]
fn every_link_inside_leads_to_a_file() {
    let files = sample();
    let mut followed = 0;
    for ((tree, path), bytes) in files {
        if !path.ends_with(".html") {
            continue;
        }
        let html = std::str::from_utf8(bytes).expect("UTF-8");
        for href in tags(html).iter().filter_map(|tag| tag.get("href")) {
            let page = format!("{}{path}", tree.base());
            let here = url::Url::parse(&page).expect("an address");
            // A calendar to subscribe to is the same file under another name.
            let href = href.replacen("webcal://", "https://", 1);
            let there = here
                .join(&href)
                .unwrap_or_else(|error| panic!("{path}: {href}: {error}"));
            let Some(below) = there.as_str().strip_prefix(tree.base()) else {
                let mail = there.scheme() == "mailto";
                let away = mail || there.scheme() == "https" && there.domain() != here.domain();
                assert!(away, "{tree}/{path}: {href}");
                continue;
            };
            let file = below.split(['#', '?']).next().unwrap_or("");
            let file = match file.is_empty() || file.ends_with('/') {
                true => format!("{file}index.html"),
                false => file.to_owned(),
            };
            // An address in full leads to the site itself, also from the team's pages.
            let public = Tree::of("public", tree.site);
            let there = if href.contains("//") { public } else { *tree };
            assert!(
                files.contains_key(&(there, file)),
                "{tree}/{path}: {href} leads nowhere"
            );
            followed += 1;
        }
    }
    assert!(followed > 5_000, "only {followed} links were followed");
}

/// Keys and values as authors write them are not for readers.
#[test]
fn facts_read_as_words() {
    each_page(|tree, path, _, tags| {
        for tag in tags
            .iter()
            .filter(|tag| matches!(tag.name, "dt" | "dd" | "b"))
        {
            let raw = ["role:", "_", "0wd", "5wd", "who:", "self-organised"];
            let shown = raw.iter().find(|raw| tag.text.contains(*raw));
            assert!(
                shown.is_none(),
                "{tree}/{path}: {shown:?} in “{}”",
                tag.text
            );
        }
    });
}

#[test]
fn pages_say_what_their_readers_came_for() {
    let cases = [
        (
            "difficult-conversation-lisbon/invitation/",
            "<span>When</span>",
            "an invitation",
        ),
        (
            "difficult-conversation-lisbon/invitation/",
            ">Wednesday 2 December 2026</time>",
            "its day",
        ),
        (
            "difficult-conversation-lisbon/invitation/",
            ">14:00</time>",
            "its hour",
        ),
        (
            "difficult-conversation-lisbon/invitation/",
            "(Europe/Lisbon)",
            "its zone",
        ),
        (
            "difficult-conversation-lisbon/invitation/",
            "behind check-in",
            "its place",
        ),
        (
            "difficult-conversation-london/session/",
            "long room above",
            "where it was",
        ),
        (
            "ferry-tales-2026/talk/2026-11-12/announce/",
            ">Thursday 19 November 2026</time>",
            "as moved",
        ),
        (
            "ferry-tales-2026/talk/2026-11-12/",
            "every agent is needed",
            "why it was moved",
        ),
        (
            "weather-calls-2026/digest/2026-10-30/",
            "A decision you changed late",
            "what it lists",
        ),
        (
            "thirty-days-autumn-2026/work-in-progress/",
            "#esn30autumn #esn30autumnd13",
            "both tags",
        ),
        (
            "first-ninety-days-2026/start/2026-11-16/",
            "Step 5",
            "a step ahead by its number",
        ),
        (
            "calendar/2026-12/",
            "Handling a difficult passenger conversation",
            "what was announced",
        ),
        (
            "archive/2026-11/",
            "Starters of 16 November 2026",
            "a start date",
        ),
        (
            "ten-minutes-2026/say-what-you-saw/",
            "Open it at harbourlight.example.org",
            "where it leads",
        ),
    ];
    for (path, words, what) in cases {
        let bytes = &sample()[&(TREES[0], format!("{path}index.html"))];
        let html = std::str::from_utf8(bytes).expect("UTF-8");
        assert!(html.contains(words), "{path}: {what}: {words}");
    }
}

/// What nobody translated yet is in English and says so; everything round it is in Portuguese.
#[test]
fn portuguese_pages_speak_portuguese() {
    let lisbon = TREES[1];
    let page = |path: &str| {
        let bytes = &sample()[&(lisbon, format!("{path}index.html"))];
        std::str::from_utf8(bytes).expect("UTF-8")
    };
    let translated = page("trinta-dias-2026/point-two-people/");
    for words in [
        " Pôr duas pessoas em contacto</h1>",
        ">Fazer</h2>",
        ">Publicar em Lisboa</a>",
        ">quinta-feira, 12 de novembro de 2026</time>",
    ] {
        assert!(translated.contains(words), "{words}");
    }
    assert!(!translated.contains("lang=\"en"));
    let english = page("trinta-dias-2026/work-in-progress/");
    assert!(english.contains("Este texto ainda não foi traduzido. Está em inglês."));
    assert!(english.contains("<h1 lang=\"en"));
    let folder = library();
    let words = |language: &str| -> BTreeMap<String, String> {
        let file = format!("layouts/strings/{language}.yaml");
        let text = std::str::from_utf8(&folder.files[&file]).expect("UTF-8");
        serde_yaml::from_str(text).expect("words")
    };
    let (ours, theirs) = (words("pt"), words("en"));
    let english: BTreeSet<&str> = theirs
        .iter()
        .filter(|(key, words)| ours[*key] != **words && !words.is_empty())
        .map(|(_, words)| words.as_str())
        .filter(|words| !ours.values().any(|same| same == words))
        .collect();
    each_page(|tree, path, _, tags| {
        if tree.site != lisbon.site {
            return;
        }
        // Titles, facts, headings with an anchor and what is stressed are authors', and may be the same as our words.
        let authors = |tag: &Tag| {
            matches!(tag.name, "a" | "dd" | "em" | "h1" | "strong")
                || tag.get("id").is_some()
                || tag.get("lang").is_some()
        };
        for tag in tags.iter().filter(|tag| !authors(tag)) {
            let text = tag.text.trim();
            assert!(!english.contains(text), "{tree}/{path}: “{text}”");
        }
    });
}

/// Who begins on one day has a page for it; the front page is for everybody.
#[test]
fn one_intake_does_not_flood_the_front_page() {
    let bytes = &sample()[&(TREES[0], "index.html".to_owned())];
    let html = std::str::from_utf8(bytes).expect("UTF-8");
    assert_eq!(html.matches("Starters of").count(), 1);
}

#[test]
fn the_style_sheet_stays_small() {
    let files = sample();
    for tree in TREES {
        let size = files[&(tree, "style.css".to_owned())].len();
        assert!(size < 18 * 1024, "{tree}: {size} bytes");
    }
}
