//! `curation/sources.yaml`: the sources of a site, each with the reason for listening to it.

use super::{Broken, site};
use crate::diag::{Diagnostic, Diagnostics, Place, did_you_mean};
use crate::document::audiences::team;
use crate::document::{self, Audience, Document, Fields, Key};
use crate::model::{self, Folder, Id, good_address, same_feed};
use std::collections::BTreeMap;

/// The keys of one source. Its title is told with a released pick that names it, and its id is the address of what a
/// flow had from it; all else is the team's.
pub const SOURCE_KEYS: &[Key] = &[
    Key::new("id", Audience::Released),
    Key::new("title", Audience::Released),
    team("feed"),
    team("site"),
    team("why_trusted"),
    team("topics"),
    team("language"),
    team("trust"),
    team("kind"),
    team("stance"),
    team("max_per_run"),
    team("max_age"),
    team("newest_on_first_sight"),
    team("include"),
    team("exclude"),
    team("paywall"),
    team("licence"),
    team("paused_until"),
    team("owner"),
    team("review_by"),
    team("internal"),
];

/// The keys of the file.
const FILE_KEYS: &[Key] = &[team("sources").of(SOURCE_KEYS)];

/// The longest address that is not a paste gone wrong; browsers and servers agree on less.
const LONGEST_ADDRESS: usize = 2000;

/// Reads the sources of a site, in the order of the file; none if it has no such file.
pub fn read(
    folder: &Folder,
    root: &str,
    broken: &mut Broken,
    diags: &mut Diagnostics,
) -> Option<model::Sources> {
    let file = format!("{root}curation/sources.yaml");
    let bytes = folder.files.get(&file)?;
    let source = document::text(&file, bytes, diags);
    let document = source.and_then(|source| Document::read_yaml(source, diags));
    let Some(document) = document else {
        broken.nameless.insert("source");
        return None;
    };
    let fields = Fields::of(&document.source, &document.front, &[FILE_KEYS], diags);
    let mut list: Vec<model::Source> = Vec::new();
    let mut ids: BTreeMap<Id, u32> = BTreeMap::new();
    let mut feeds: BTreeMap<String, Id> = BTreeMap::new();
    let written = fields.list("sources").len();
    let rows = fields.maps("sources", diags);
    if rows.len() < written {
        broken.nameless.insert("source");
    }
    for row in &rows {
        let id = row.text("id", &mut Diagnostics::new());
        let id: Option<Id> = id.and_then(|id| id.parse().ok());
        let here = row.place("id");
        if let Some(id) = &id
            && let Some(first) = ids.insert(id.clone(), here.line)
        {
            diags.push(
                Diagnostic::error("duplicate-id", format!("a second source has the id `{id}`"))
                    .at(here)
                    .help(format!(
                        "give one of them another id; the first stands in line {first}"
                    )),
            );
            continue;
        }
        let Some(source) = one(row, diags) else {
            match id {
                Some(id) => drop(broken.ids.insert(("source", id.to_string()))),
                None => drop(broken.nameless.insert("source")),
            }
            continue;
        };
        if let Some(feed) = &source.feed
            && let Some(first) = feeds.insert(same_feed(feed), source.id.clone())
        {
            diags.push(
                Diagnostic::error(
                    "same-feed",
                    format!("`{}` has the same feed as `{first}`", source.id),
                )
                .at(row.place("feed"))
                .why("every item would be offered twice")
                .help("remove one of them, or correct the address"),
            );
        }
        list.push(source);
    }
    Some(model::Sources {
        list,
        origin: document.source.clone(),
    })
}

fn one(row: &Fields, diags: &mut Diagnostics) -> Option<model::Source> {
    let id = row.need("id", "missing-key", &mut Diagnostics::new());
    let title = row.need("title", "missing-key", diags);
    if id.is_none() {
        row.need("id", "missing-key", diags);
    }
    let why_trusted = why_trusted(row, diags);
    let words = |list: &[&'static str]| -> Vec<(&'static str, &'static str)> {
        list.iter().map(|word| (*word, *word)).collect()
    };
    let list = |name: &str, diags: &mut Diagnostics| -> Vec<String> {
        let words = row.words(name, diags).into_iter().map(|(word, _)| word);
        words.filter(|word| !word.is_empty()).collect()
    };
    let feed = address(row, "feed", diags);
    let site = address(row, "site", diags);
    Some(model::Source {
        feed,
        site,
        topics: list("topics", diags),
        language: row.text("language", diags),
        trust: row
            .number("trust", 1..=5, diags)
            .unwrap_or(model::Source::TRUST),
        kind: row.choice("kind", &words(model::Source::KINDS), diags),
        stance: row.choice("stance", &words(model::Source::STANCES), diags),
        max_per_run: row
            .number("max_per_run", 1..=1000, diags)
            .unwrap_or(model::Source::MAX_PER_RUN),
        max_age: max_age(row, diags).unwrap_or(model::Source::MAX_AGE),
        newest_on_first_sight: row
            .number("newest_on_first_sight", 1..=100, diags)
            .unwrap_or(model::Source::FIRST_SIGHT),
        include: list("include", diags),
        exclude: list("exclude", diags),
        paywall: row.flag("paywall", diags).unwrap_or_default(),
        licence: row.text("licence", diags),
        paused_until: row.date("paused_until", diags),
        owner: row.text("owner", diags),
        review_by: row.date("review_by", diags),
        internal: row.flag("internal", diags).unwrap_or_default(),
        feed_at: row.range("feed").or_else(|| row.range("id"))?,
        id: id.and_then(|_| row.parse("id", diags))?,
        title: title?,
        why_trusted: why_trusted?,
    })
}

/// The reason. An empty one is as good as none: it is what an import leaves for the curator to fill in.
fn why_trusted(row: &Fields, diags: &mut Diagnostics) -> Option<String> {
    let mut told = Diagnostics::new();
    let text = row.need("why_trusted", "missing-why-trusted", &mut told);
    if text.is_some() || told.iter().any(|problem| problem.code == "wrong-shape") {
        diags.append(told);
    } else if told.count(crate::diag::Severity::Error) > 0 {
        let title = row.text("title", &mut Diagnostics::new());
        let name = title.map_or("this source".to_owned(), |title| format!("`{title}`"));
        diags.push(
            Diagnostic::error(
                "missing-why-trusted",
                format!("{name} has no `why_trusted`"),
            )
            .at(row.place("why_trusted"))
            .why("a list of sources is itself a judgement, and whoever takes it over should know the reasons")
            .help("add `why_trusted:` with one sentence: who they are, and what they are good for here"),
        );
    }
    text
}

fn max_age(row: &Fields, diags: &mut Diagnostics) -> Option<jiff::SignedDuration> {
    let age = site::duration(row, "max_age", diags)?;
    if age.is_zero() {
        diags.push(
            Diagnostic::error("wrong-value", "`max_age` is nothing at all")
                .at(row.place("max_age"))
                .help("write how old an item may be: 21d"),
        );
        return None;
    }
    Some(age)
}

/// An address that may be asked: http or https, and nothing secret in it.
fn address(row: &Fields, name: &str, diags: &mut Diagnostics) -> Option<String> {
    let text = row.text(name, diags)?;
    if good_address(&text) && text.len() <= LONGEST_ADDRESS {
        return Some(text);
    }
    let secret = url::Url::parse(&text)
        .is_ok_and(|url| !url.username().is_empty() || url.password().is_some());
    let problem = if secret {
        Diagnostic::error(
            "bad-address",
            format!("`{name}` holds a user name or a password"),
        )
        .why("everybody who can read this library could read it, and learnflow sends none")
        .help("write the address without it; a feed that needs a sign-in cannot be a source")
    } else {
        let short: String = text.chars().take(80).collect();
        Diagnostic::error("bad-address", format!("`{short}` is not a web address"))
            .help("write the whole address, beginning with https:// or http://")
    };
    diags.push(problem.at(row.place(name)));
    None
}

/// The source that a pick names, or the problem.
pub fn of_pick<'a>(
    sources: &'a model::Sources,
    broken: &Broken,
    fields: &Fields,
    diags: &mut Diagnostics,
) -> Option<&'a model::Source> {
    let id = fields.text("source", &mut Diagnostics::new())?;
    named(sources, broken, &id, fields.place("source"), diags)
}

/// The source of this id, or the problem.
pub fn named<'a>(
    sources: &'a model::Sources,
    broken: &Broken,
    id: &str,
    place: Place,
    diags: &mut Diagnostics,
) -> Option<&'a model::Source> {
    if let Some(found) = sources.list.iter().find(|source| *source.id == *id) {
        return Some(found);
    }
    if broken.may_be("source", id) {
        return None;
    }
    let ids = sources.list.iter().map(|source| source.id.as_str());
    let titled = sources.list.iter().find(|source| source.title == id);
    let file = &sources.origin.file;
    let help = match (titled, did_you_mean(id, ids)) {
        (Some(source), _) => format!("write its id: `{}`", source.id),
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) => format!("add it to {file}, with the reason for trusting it"),
    };
    diags.push(
        Diagnostic::error("unknown-source", format!("there is no source `{id}`"))
            .at(place)
            .why("a pick stands on its source, and the site keeps a list of those with reasons")
            .help(help),
    );
    None
}
