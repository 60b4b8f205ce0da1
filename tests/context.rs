//! What layouts see: `docs/context.md` is made from the source of `render/context.rs`, and every page
//! really gets what is written there, no more and no less.

#![allow(
    clippy::disallowed_methods,
    reason = "the sources, the sample library and the manual lie on the disk"
)]

mod common;

use common::{SITE, at, build, folder};
use jiff::civil::date;
use learnflow::kinds::{KINDS, scaffold};
use learnflow::model::Folder;
use learnflow::pipeline::{self, Inputs};
use learnflow::render::Share;
use learnflow::render::look::Looked;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

const MANUAL: &str = "docs/context.md";

/// A struct of `context.rs` and what its lines say of it.
struct Shape {
    name: String,
    doc: String,
    fields: Vec<Field>,
}

impl Shape {
    fn keys(&self) -> BTreeSet<&str> {
        self.fields
            .iter()
            .map(|field| field.name.as_str())
            .collect()
    }

    fn anchor(&self) -> String {
        self.name.to_lowercase()
    }
}

struct Field {
    name: String,
    doc: String,
    holds: String,
}

/// The structs of `context.rs` and of its parts, in their order. Their lines are few in sort, which is
/// asserted: a doc comment, the head of a struct, a field, a brace.
static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| {
    let whole = root().join("src/render/context.rs");
    let parts = std::fs::read_dir(root().join("src/render/context")).expect("its parts");
    let parts = parts.map(|part| part.expect("a file").path());
    let files: Vec<PathBuf> = [whole]
        .into_iter()
        .chain(parts.collect::<BTreeSet<_>>())
        .collect();
    let texts = files
        .iter()
        .map(|file| std::fs::read_to_string(file).expect("the source"));
    texts.flat_map(|text| shapes(&text)).collect()
});

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shapes(text: &str) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = Vec::new();
    let mut doc: Vec<&str> = Vec::new();
    let mut inside = false;
    for line in text.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            doc.push(words.trim());
        } else if let Some(name) = line.strip_prefix("pub struct ") {
            inside = true;
            shapes.push(Shape {
                name: name
                    .strip_suffix(" {")
                    .expect("a struct with fields")
                    .to_owned(),
                doc: std::mem::take(&mut doc).join(" "),
                fields: Vec::new(),
            });
        } else if inside && line == "}" {
            inside = false;
        } else if inside {
            let field = line
                .strip_prefix("pub ")
                .and_then(|line| line.strip_suffix(','));
            let field = field.and_then(|field| field.split_once(": "));
            let (name, holds) = field.unwrap_or_else(|| panic!("not a field: {line}"));
            shapes.last_mut().expect("a struct").fields.push(Field {
                name: name.trim_start_matches("r#").to_owned(),
                doc: std::mem::take(&mut doc).join(" "),
                holds: holds.to_owned(),
            });
        } else if !line.starts_with("#[derive(") {
            assert!(
                !line.starts_with("#["),
                "{line}: the names in Rust are those in JSON"
            );
            doc.clear();
        }
    }
    shapes
}

fn shape(name: &str) -> Option<&'static Shape> {
    SHAPES.iter().find(|shape| shape.name == name)
}

/// `Vec<When>` is `Vec` of `When`.
fn of<'a>(holds: &'a str, outer: &str) -> Option<&'a str> {
    holds
        .strip_prefix(outer)?
        .strip_prefix('<')?
        .strip_suffix('>')
}

/// A page of the output: its tree, its layout and what the layout sees.
struct Page {
    path: &'static str,
    layout: &'static str,
    sees: Value,
}

impl Page {
    fn tree(&self) -> &str {
        self.path.split('/').next().unwrap_or("")
    }

    fn kind(&self) -> &str {
        self.sees["page"]["kind"].as_str().expect("a kind")
    }

    /// The struct that `it` is: the one that has its keys.
    fn it(&self) -> Option<&'static Shape> {
        let keys = keys(&self.sees["it"])?;
        let mut pages = SHAPES.iter().filter(|shape| shape.name.ends_with("Page"));
        let found = pages.find(|shape| shape.keys() == keys);
        Some(found.unwrap_or_else(|| panic!("{}: no struct has the keys {keys:?}", self.path)))
    }
}

fn keys(value: &Value) -> Option<BTreeSet<&str>> {
    Some(value.as_object()?.keys().map(String::as_str).collect())
}

/// Every file of the sample, of a site with what `new` writes of each kind, and of one with a former
/// address, something withdrawn and a resource.
static LOOKED: LazyLock<Vec<Looked>> = LazyLock::new(|| {
    let (sample, problems) = learnflow::disk::read(root(), &["content", "sites", "layouts"]);
    assert!(problems.is_empty(), "{problems:?}");
    let mut looked = look(&Inputs {
        folder: sample,
        now: at("2026-11-23T12:00:00Z"),
        ..Inputs::default()
    });
    looked.extend(look(&Inputs {
        folder: of_each_kind(),
        now: at("2026-03-10T12:00:00Z"),
        ..Inputs::default()
    }));
    let now = "2026-03-02T12:00:00Z";
    let before = SITE.to_owned() + include_str!("cli/challenge.repo");
    let after = before
        .replace("kind: challenge\n", "kind: challenge\naliases: [of-old]\n")
        .replace("{#choose minutes=5}\n", RESOURCE)
        .replace("id: quiet-2026\n", "id: renamed\n");
    looked.extend(look(&Inputs {
        folder: folder(&after),
        ledgers: build(&folder(&before), now).ledgers,
        now: at(now),
        ..Inputs::default()
    }));
    looked
});

/// What `new` writes of each kind, and somebody's card.
fn of_each_kind() -> Folder {
    let mut all = folder(&(SITE.to_owned() + CARD));
    for kind in KINDS {
        let starts = date(2026, 3, 2);
        for (path, text) in scaffold::programme(kind, kind.name, "s", "everyone", starts) {
            all.files.insert(path, text.into_bytes().into());
        }
    }
    all
}

const CARD: &str = "-- sites/s/people/harbour-01.md --
---
handle: harbour-01
consent: 2026-02-01
expires: 2026-12-01
offers: [Reading the sea]
asks: [Rosters]
languages: [en]
---
";

const RESOURCE: &str = "{#choose minutes=5}

```yaml activity
resource: {title: A quiet hour, url: \"https://read.example.org/quiet\", minutes: 3}
```
";

/// A look into every file, after which the list of files is that of a build.
fn look(inputs: &Inputs) -> Vec<Looked> {
    let loaded = pipeline::load(&inputs.folder);
    let (prepared, _) = pipeline::prepare(&loaded, inputs);
    let mut all = Vec::new();
    for site in prepared {
        let look = site.look(&inputs.folder, &|_| true);
        let made = Mutex::new(BTreeSet::new());
        site.outputs(&inputs.folder, &|output| {
            made.lock().expect("no panic").insert(output.path);
        });
        let found: BTreeSet<String> = look.paths.into_iter().collect();
        assert_eq!(
            found,
            made.into_inner().expect("no panic"),
            "the files of a build"
        );
        all.extend(look.found);
    }
    all
}

static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
    let pages = LOOKED.iter().filter_map(|file| {
        let sight = file.page.as_ref()?;
        let sees = serde_json::from_str(&sight.sees).expect("JSON");
        Some(Page {
            path: &file.path,
            layout: &sight.layout,
            sees,
        })
    });
    pages.collect()
});

/// Whatever a build makes, `why` names what somebody wrote for it, in files that there are.
#[test]
fn every_file_of_a_build_has_documents_behind_it() {
    for file in LOOKED.iter() {
        assert!(!file.from.is_empty(), "{} comes from nowhere", file.path);
        let own = file.from.iter().any(|origin| origin.share != Share::Listed);
        assert!(own, "{}: {:?}", file.path, file.from);
        for origin in &file.from {
            let on_disk = root().join(&origin.file).is_file();
            let in_a_string = file.path.contains("/s/") && !origin.built_in;
            assert!(
                origin.built_in || on_disk || in_a_string,
                "{}: {}",
                file.path,
                origin.file
            );
        }
        if let Some(page) = &file.page {
            let layout = format!("layouts/{}", page.layout);
            let shaped = file.from.iter().any(|origin| origin.file == layout);
            assert!(shaped, "{}: not even its layout", file.path);
        }
    }
}

#[test]
fn every_struct_and_every_field_says_what_it_is() {
    assert!(SHAPES.len() > 20, "the structs were not found");
    for shape in SHAPES.iter() {
        assert!(!shape.doc.is_empty(), "{} has no doc comment", shape.name);
        for field in &shape.fields {
            let doc = &field.doc;
            assert!(
                !doc.is_empty(),
                "{}.{} has no doc comment",
                shape.name,
                field.name
            );
        }
    }
}

/// What was written and what a page got, struct by struct; returns the names of those that it got.
fn compare(path: &str, value: &Value, shape: &'static Shape, met: &mut BTreeSet<&'static str>) {
    let found = keys(value).unwrap_or_else(|| panic!("{path}: {} is {value}", shape.name));
    assert_eq!(found, shape.keys(), "{path}: the keys of {}", shape.name);
    met.insert(&shape.name);
    for field in &shape.fields {
        let value = &value[&field.name];
        let place = format!("{path}: {}.{}", shape.name, field.name);
        held(&place, value, &field.holds, met);
    }
}

fn held(place: &str, value: &Value, holds: &'static str, met: &mut BTreeSet<&'static str>) {
    if let Some(inside) = of(holds, "Option") {
        if !value.is_null() {
            held(place, value, inside, met);
        }
    } else if let Some(inside) = of(holds, "Vec") {
        let list = value
            .as_array()
            .unwrap_or_else(|| panic!("{place} is {value}"));
        list.iter()
            .for_each(|value| held(place, value, inside, met));
    } else if let Some(shape) = shape(holds) {
        compare(place, value, shape, met);
    } else {
        let fits = match words(holds) {
            "text" => value.is_string(),
            "number" => value.is_u64(),
            "true or false" => value.is_boolean(),
            _ => value.is_object(),
        };
        assert!(fits, "{place} is {value}, and not {holds}");
    }
}

#[test]
fn every_page_gets_exactly_what_is_written() {
    let mut met = BTreeSet::new();
    for page in PAGES.iter() {
        assert_eq!(
            keys(&page.sees),
            Some(BTreeSet::from(["site", "page", "it"]))
        );
        let heads = [("site", "SiteHead"), ("page", "PageHead")];
        for (key, name) in heads {
            compare(
                page.path,
                &page.sees[key],
                shape(name).expect("a head"),
                &mut met,
            );
        }
        match page.it() {
            Some(shape) => compare(page.path, &page.sees["it"], shape, &mut met),
            None => assert!(page.sees["it"].is_null(), "{}", page.path),
        }
        assert_eq!(page.sees["site"]["tree"], page.tree());
        assert_eq!(
            page.sees["site"]["version"],
            learnflow::render::context::VERSION
        );
    }
    let all: BTreeSet<&str> = SHAPES.iter().map(|shape| shape.name.as_str()).collect();
    assert_eq!(
        met, all,
        "the pages of this test have each struct somewhere"
    );
}

#[test]
fn every_kind_and_every_layout_is_among_the_pages() {
    let kinds: BTreeSet<&str> = PAGES.iter().map(Page::kind).collect();
    let head = shape("PageHead").expect("the head");
    let written = &head
        .fields
        .iter()
        .find(|f| f.name == "kind")
        .expect("its kind")
        .doc;
    let written: BTreeSet<&str> = written.split('`').skip(1).step_by(2).collect();
    assert_eq!(kinds, written, "what `page.kind` may be");
    let layouts: BTreeSet<String> = PAGES.iter().map(|p| p.layout.to_owned()).collect();
    let files = std::fs::read_dir(root().join("layouts")).expect("the layouts");
    let files = files.map(|file| {
        file.expect("a file")
            .file_name()
            .to_string_lossy()
            .into_owned()
    });
    let whole = files.filter(|name| name.ends_with(".html") && name != "base.html");
    assert_eq!(layouts, whole.collect(), "the layouts that make a page");
}

/// A type in words.
fn words(holds: &str) -> &'static str {
    match holds {
        "String" | "&'static str" => "text",
        "u32" | "usize" | "i8" => "number",
        "bool" => "true or false",
        "BTreeMap<String, String>" => "texts by name",
        other => panic!("no word for the type {other}"),
    }
}

/// A type in words, with the way to its struct.
fn linked(holds: &str) -> String {
    if let Some(inside) = of(holds, "Option") {
        format!("{}, or nothing", linked(inside))
    } else if let Some(inside) = of(holds, "Vec") {
        format!("list of {}", linked(inside))
    } else {
        match shape(holds) {
            Some(shape) => format!("[{}](#{})", shape.name, shape.anchor()),
            None => words(holds).to_owned(),
        }
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn table(shape: &Shape) -> String {
    let mut out = String::from("| field | holds | |\n| --- | --- | --- |\n");
    for Field { name, doc, holds } in &shape.fields {
        let _ = writeln!(out, "| `{name}` | {} | {} |", linked(holds), cell(doc));
    }
    out
}

const OPENING: &str = "# What layouts see

This page is made from `src/render/context.rs`, and every page of the sample is compared with it.

A layout is a [Tera](https://keats.github.io/tera/) template that turns what it sees into HTML. The built-in ones lie
in `layouts/`. A file of the same name in `layouts/` of your library takes the place of the built-in one for all sites,
one in `sites/<site>/layouts/` for that site alone. `style.css`, `team.css` and `strings/<language>.yaml` may be replaced the
same way; of strings write only the keys that you change.

Each page gets three things: `site`, `page` and `it`. That is all: a layout calls nothing back, and whatever is not
out yet is not there. `learnflow context PAGE` prints the JSON that one page sees, from the same code as the
build: begin a layout by looking at it. For example `learnflow context /` is the front page, and
`learnflow context team:/` the team's.

- Text is escaped as it is written: `{{ it.title }}`. What is described as HTML is safe already:
  `{{ it.about | safe }}`.
- What may be *nothing* is asked for first: `{% if it.closes %}{{ it.closes.full }}{% endif %}`.
- Addresses of pages are relative to the page and ready for `href`.
- Dates and numbers are in words of the site's language already; `iso` is for `<time datetime>`.
- Interface words come from `site.t`, never from the layout, so that a site in another language needs no layout.

VERSION A layout that works with it goes on working: fields are added to it, and
none is renamed or removed before there is another number.
";

fn manual() -> String {
    let version = learnflow::render::context::VERSION;
    let version = format!("This is version {version} (`site.version`).");
    let mut out = OPENING.replace("VERSION", &version);
    out.push_str(
        "\n## Pages\n\n`page.kind` says what a page is; it is also the class of `<body>`.\n\n",
    );
    out.push_str("| `page.kind` | tree | layout | `it` is |\n| --- | --- | --- | --- |\n");
    let mut rows: BTreeMap<(&str, &str), BTreeSet<(&str, String)>> = BTreeMap::new();
    let mut whole: BTreeSet<&str> = BTreeSet::new();
    for page in PAGES.iter() {
        let it = page
            .it()
            .map_or("nothing".to_owned(), |it| linked(&it.name));
        whole.extend(page.it().map(|it| it.name.as_str()));
        let kind = rows.entry((page.tree(), page.kind())).or_default();
        kind.insert((page.layout, it));
    }
    for ((tree, kind), made) in &rows {
        for (layout, it) in made {
            let _ = writeln!(out, "| `{kind}` | {tree} | `{layout}` | {it} |");
        }
    }
    let mut chapter = |title: &str, wanted: &dyn Fn(&Shape) -> bool| {
        let _ = writeln!(out, "\n## {title}");
        for shape in SHAPES.iter().filter(|shape| wanted(shape)) {
            let name = match shape.name.as_str() {
                "SiteHead" => "SiteHead: `site`",
                "PageHead" => "PageHead: `page`",
                name => name,
            };
            let _ = write!(out, "\n### {name}\n\n{}\n\n{}", shape.doc, table(shape));
        }
    };
    let head = |shape: &Shape| shape.name.ends_with("Head");
    let page = |shape: &Shape| whole.contains(shape.name.as_str());
    chapter("On every page", &head);
    chapter("What `it` is", &page);
    chapter("Parts", &|shape| !head(shape) && !page(shape));
    out
}

#[test]
fn the_manual_is_made_from_the_source() {
    let made = manual();
    let path = root().join(MANUAL);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &made).expect("written");
        return;
    }
    let written = std::fs::read_to_string(&path).expect("the manual");
    assert!(
        written == made,
        "{MANUAL} is out of date: run this test with UPDATE=1"
    );
}

/// The parser sees what is missing; else the tests above could not fail.
#[test]
fn a_field_without_words_is_seen() {
    let text = "/// A thing.\n#[derive(Debug)]\npub struct Thing {\n    /// Said.\n    pub said: String,\n    pub unsaid: u32,\n}\n";
    let shapes = shapes(text);
    let docs: Vec<&str> = shapes[0]
        .fields
        .iter()
        .map(|field| field.doc.as_str())
        .collect();
    assert_eq!(
        (shapes[0].doc.as_str(), docs),
        ("A thing.", vec!["Said.", ""])
    );
}
