//! Picks: one judged choice a file.

use super::sections::{facts, sections};
use super::{Broken, source};
use crate::curate::{clean, is_tracked};
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::audiences::{released, team};
use crate::document::{Audience, Document, Fields, Key, Node};
use crate::model::{Fact, Part, Pick, Section, Source, Sources, good_address};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The keys of a pick.
pub const PICK_KEYS: &[Key] = &[
    released("id"),
    released("run"),
    released("slot"),
    released("url"),
    released("title"),
    Key::fact("original_title", Audience::Released),
    Key::fact("source", Audience::Released),
    team("also_in"),
    Key::fact("author", Audience::Released),
    Key::fact("format", Audience::Released),
    released("minutes"),
    released("long_read"),
    released("ask"),
    Key::fact("for", Audience::Released),
    Key::fact("topics", Audience::Released),
    Key::fact("stance", Audience::Released),
    Key::fact("paywall", Audience::Released),
    released("theme"),
    released("not_before"),
    released("expires"),
    Key::fact("archived", Audience::Released),
    released("evergreen"),
    team("review_by"),
    released("excerpt"),
    team("original_summary"),
    team("picked_by"),
    team("picked_on"),
    team("note"),
];

/// The sections of a pick, by heading.
pub const PICK_SECTIONS: &[(&str, Section)] = &[
    ("Why this", Section::WhyThis),
    ("Do", Section::Do),
    ("Share", Section::Share),
    ("If you have ten minutes", Section::TenMinutes),
    ("Example", Section::Example),
    ("For the guide", Section::ForTheGuide),
];

/// The most words of theirs that a pick may quote: enough to judge by, too few to replace the piece.
const EXCERPT_WORDS: usize = 55;

/// Of a hundred rows of three words so many may be theirs: a phrase is taken up, a summary is not.
const BORROWED: usize = 50;

/// Reads one pick. Where the site keeps a list of sources, `source` is the id of one, and its title is shown.
pub fn read(
    document: &Document,
    sources: Option<&Sources>,
    broken: &Broken,
    diags: &mut Diagnostics,
) -> Option<Pick> {
    let file = &document.source;
    let fields = Fields::of(file, &document.front, &[PICK_KEYS], diags);
    for key in ["id", "run", "url", "title"] {
        let _ = fields.need(key, "missing-key", diags);
    }
    let words = |list: &[&'static str]| -> Vec<(&'static str, &'static str)> {
        list.iter().map(|word| (*word, *word)).collect()
    };
    let format = fields.choice("format", &words(Pick::FORMATS), diags);
    let stance = fields.choice("stance", &words(Source::STANCES), diags);
    let source = sources.and_then(|sources| source::of_pick(sources, broken, &fields, diags));
    also_in(&fields, sources, broken, diags);
    let url = url(&fields, diags);
    let slot = slot(&fields, diags);
    let expires = expires(&fields, diags);
    let not_before = fields.date("not_before", diags);
    if let (Some(from), Some(until)) = (not_before, expires)
        && until <= from
    {
        diags.push(
            Diagnostic::error("never-shown", "this pick expires before it may be shown")
                .at(fields.place("expires"))
                .why("no day lies between `not_before` and `expires`")
                .help("correct one of the two days"),
        );
    }
    let parts = sections(file, document.body.clone(), 2, PICK_SECTIONS, diags);
    own_words(&fields, &parts, diags);
    let excerpt = excerpt(&fields, diags);
    copied(&fields, &parts, diags);
    let paywall = fields.flag("paywall", diags);
    let mut facts = facts(&fields);
    if let Some(source) = source {
        told_of_source(&mut facts, source, paywall);
    }
    Some(Pick {
        id: fields.parse("id", diags)?,
        run: fields.parse("run", diags)?,
        slot: slot?,
        slot_at: fields.range("slot").or(fields.range("url"))?,
        url: url?,
        title: fields.text("title", diags)?,
        format,
        minutes: fields.number("minutes", 1..=480, diags),
        long_read: fields.flag("long_read", diags).unwrap_or_default(),
        asks: fields.flag("ask", diags).unwrap_or_default(),
        topics: fields
            .words("topics", diags)
            .into_iter()
            .map(|(word, _)| word)
            .collect(),
        challenges: stance.or(source.and_then(|source| source.stance)) == Some("challenges"),
        own: format == Some("internal") || source.is_some_and(Source::is_own),
        theme: fields.text("theme", diags),
        not_before,
        expires,
        picked_on: fields.date("picked_on", diags),
        facts,
        excerpt,
        source: source.map(|source| source.id.clone()),
        from: fields.text("source", &mut Diagnostics::new()),
        parts: parts.into(),
        origin: file.clone(),
    })
}

/// Where it is, as it is published: without what only tells who sent the reader.
fn url(fields: &Fields, diags: &mut Diagnostics) -> Option<String> {
    let url = fields.text("url", &mut Diagnostics::new())?;
    let Some(clean) = clean(&url).filter(|_| good_address(&url)) else {
        diags.push(
            Diagnostic::error("bad-address", format!("`{url}` is not a web address"))
                .at(fields.place("url"))
                .help("write the whole address, beginning with https:// or http://"),
        );
        return Some(url);
    };
    if is_tracked(&url) {
        diags.push(
            Diagnostic::warning(
                "tracked-address",
                "this address tells its owner who sent the reader",
            )
            .at(fields.place("url"))
            .why("people who follow a pick are nobody's figures, so it is published without that")
            .help(format!("write {clean}")),
        );
        return Some(clean);
    }
    if let Some(copy) = fields.text("archived", diags)
        && !good_address(&copy)
    {
        diags.push(
            Diagnostic::error("bad-address", format!("`{copy}` is not a web address"))
                .at(fields.place("archived"))
                .help("write the whole address of the copy, beginning with https:// or http://"),
        );
    }
    Some(url)
}

/// The day somebody wrote, or none: then it takes a slot when there is room. For that it must be known
/// since when it was there.
fn slot(fields: &Fields, diags: &mut Diagnostics) -> Option<Option<Date>> {
    let auto = |text: String| text.trim() == "auto";
    let written = fields.text("slot", &mut Diagnostics::new());
    if fields.has("slot") && !written.is_some_and(auto) {
        return fields.date("slot", diags).map(Some);
    }
    fields.need_because(
        "picked_on",
        "missing-key",
        "a pick without a day of its own takes none of the slots that were settled before it was there",
        diags,
    )?;
    Some(None)
}

/// The day from which on it is not current any more; what has none says for how long it is good.
fn expires(fields: &Fields, diags: &mut Diagnostics) -> Option<Date> {
    let evergreen = fields.flag("evergreen", diags).unwrap_or_default();
    let expires = fields.date("expires", diags);
    let _ = fields.date("review_by", diags);
    if evergreen && expires.is_some() {
        diags.push(
            Diagnostic::error("evergreen-expires", "this pick is evergreen and expires")
                .at(fields.place("evergreen"))
                .help("keep one of the two lines"),
        );
    } else if evergreen && !fields.has("review_by") {
        diags.push(
            Diagnostic::error("missing-review-by", "an evergreen pick has no `review_by`")
                .at(fields.place("evergreen"))
                .why("what is always true is so until nobody looks any more")
                .help("add `review_by:` with the day on which somebody asks whether it still is"),
        );
    }
    expires
}

/// The other sources that brought it.
fn also_in(fields: &Fields, sources: Option<&Sources>, broken: &Broken, diags: &mut Diagnostics) {
    for (named, at) in fields.words("also_in", diags) {
        if let Some(sources) = sources {
            source::named(sources, broken, &named, fields.at(at), diags);
        }
    }
}

/// What a source says of all its items: its name, and whether readers have to pay.
fn told_of_source(facts: &mut Vec<Fact>, source: &Source, paywall: Option<bool>) {
    let named = facts.iter_mut().find(|fact| fact.key == "source");
    if let Some(fact) = named {
        fact.value = Node::text(&*source.title, fact.value.at.clone());
    }
    if source.paywall && paywall.is_none() {
        facts.push(Fact {
            key: "paywall",
            value: Node::text("yes", 0..0),
            audience: Audience::Released,
            listed: true,
        });
    }
    facts.retain(|fact| fact.key != "paywall" || paywall != Some(false));
}

/// A few of their words, quoted.
fn excerpt(fields: &Fields, diags: &mut Diagnostics) -> Option<String> {
    let excerpt = fields.text("excerpt", diags)?;
    let words = excerpt.split_whitespace().count();
    if words > EXCERPT_WORDS {
        diags.push(
            Diagnostic::error(
                "excerpt-too-long",
                format!("the excerpt has {words} words, the limit is {EXCERPT_WORDS}"),
            )
            .at(fields.place("excerpt"))
            .why("a short quotation leads to the piece, a long one replaces it")
            .help("keep the sentence that made you choose it"),
        );
    }
    Some(excerpt)
}

/// What nobody can write for the curator.
fn own_words(fields: &Fields, parts: &[Part], diags: &mut Diagnostics) {
    let mut need = |section: Section, code: &'static str, why: &str, help: &str| {
        if !parts.iter().any(|part| part.section == section) {
            diags.push(
                Diagnostic::error(code, format!("this pick has no section `{help}`"))
                    .at(fields.here())
                    .why(why)
                    .help(format!(
                        "add `## {help}` with one to three sentences of your own"
                    )),
            );
        }
    };
    need(
        Section::WhyThis,
        "pick-without-commentary",
        "a link without a judgement is what everybody already has too many of",
        "Why this",
    );
    need(
        Section::Do,
        "item-without-do",
        "a learning flow is made of activities: read something and do something",
        "Do",
    );
    need(
        Section::Share,
        "no-share",
        "people learn from each other's answers",
        "Share",
    );
}

/// Refuses a judgement that is the publisher's own summary.
fn copied(fields: &Fields, parts: &[Part], diags: &mut Diagnostics) {
    let Some(why) = parts.iter().find(|part| part.section == Section::WhyThis) else {
        return;
    };
    let own = why.text.as_str();
    for key in ["original_summary", "excerpt"] {
        let theirs = fields.text(key, &mut Diagnostics::new());
        if theirs.is_none_or(|theirs| !is_copy(own, &theirs)) {
            continue;
        }
        let whole = 0..why.text.as_str().len();
        diags.push(
            Diagnostic::error(
                "commentary-is-copy",
                format!("`Why this` repeats the `{key}`"),
            )
            .at(fields.source().place(why.text.at(&whole)))
            .why("people can read what a publisher says of itself; a colleague's judgement is what they come for")
            .help("say in your own words what is in it for them, and why just now"),
        );
        return;
    }
}

/// Whether most of what somebody says was said by them.
fn is_copy(own: &str, theirs: &str) -> bool {
    let [own, theirs] = [own, theirs].map(|text| {
        let text = text.to_lowercase();
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_owned).collect::<Vec<_>>()
    });
    if own.len() < 3 {
        return own == theirs;
    }
    let theirs: BTreeSet<&[String]> = theirs.windows(3).collect();
    let rows = own.windows(3);
    let all = rows.len();
    let taken = rows.filter(|row| theirs.contains(row)).count();
    taken * 100 > all * BORROWED
}
