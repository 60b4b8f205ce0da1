//! The only file that names `feed_rs`: it reads the mended feed, and what it would have changed is put back.

use super::atom::atom;
use super::draft::Draft;
use super::entry::DraftEntry;
use super::{Entry, Feed, Kind, Odd, html, limits};
use feed_rs::model;

/// Reads a draft; none when `feed-rs` refuses it, or sees another number of entries.
pub(super) fn take(draft: Draft) -> Option<Feed> {
    let parser = feed_rs::parser::Builder::new()
        .id_generator(|_, _, _| String::new())
        .sanitize_content(false)
        .build();
    let read = parser.parse(atom(&draft).as_bytes()).ok()?;
    if read.entries.len() != draft.entries.len() {
        return None;
    }
    let entries = read.entries.into_iter().zip(draft.entries);
    Some(Feed {
        kind: draft.kind.unwrap_or(Kind::Rss),
        title: words(read.title.as_ref(), limits::LINE)
            .0
            .unwrap_or_default(),
        home: draft
            .home
            .filter(|home| home.len() <= limits::ADDRESS && !super::address::runs(home)),
        language: draft.language.map(|said| cut(said, limits::LINE).0),
        entries: entries.map(|(read, kept)| entry(read, kept)).collect(),
        left_out: draft.left_out,
        cut_off: draft.cut_off,
    })
}

fn entry(read: model::Entry, mut kept: DraftEntry) -> Entry {
    let (title, cut_title) = words(read.title.as_ref(), limits::LINE);
    let (summary, cut_summary) = words(read.summary.as_ref(), limits::TEXT);
    let mut marked = [&read.title, &read.summary].into_iter().flatten();
    let mut ran = marked.any(|text| is_html(text) && html::runs(&text.content));
    let body = read.content.and_then(|content| {
        let html = content.content_type.subty() == "html";
        Some((content.body?, html)).filter(|(body, _)| !body.is_empty())
    });
    let mut content = None;
    let mut all = String::new();
    let mut cut_content = false;
    if let Some((body, html)) = body {
        let (body, was_cut) = cut(body, limits::TEXT);
        cut_content = was_cut;
        let safe = match html {
            true => html::safe(&body, &kept.base),
            false => html::words(&body),
        };
        ran |= safe.ran;
        if safe.relative {
            kept.odd(Odd::RelativeLink);
        }
        all = html::plain(&safe.html);
        content = Some(safe.html);
    }
    let count = |text: &str| text.split(' ').filter(|word| !word.is_empty()).count();
    let words = count(&all).max(summary.as_deref().map_or(0, count));
    let summary_html = read.summary.as_ref().map(|text| {
        let (body, _) = cut(text.content.clone(), limits::TEXT);
        match is_html(text) {
            true => html::safe(&body, &kept.base).html,
            false => html::words(&body).html,
        }
    });
    let summary_html = summary_html.filter(|html| summary.is_some() && !html.is_empty());
    let own = Some(all).filter(|all| kept.content_is_summary && !all.is_empty());
    if ran {
        kept.odd(Odd::Script);
    }
    if cut_title || cut_summary || cut_content {
        kept.odd(Odd::Cut);
    }
    kept.odd.sort();
    let name = |person: model::Person| person.name.or(person.email);
    let author = read.authors.into_iter().find_map(name);
    Entry {
        title: title.unwrap_or_default(),
        link: kept.link,
        id: kept.id,
        date: kept.published.or(kept.updated).or(kept.created),
        author: author.map(|author| line(&author)),
        summary_html,
        summary: summary.or(own),
        words,
        content: content.filter(|html| !html.is_empty()),
        tags: read.categories.iter().map(|tag| line(&tag.term)).collect(),
        enclosures: kept.enclosures,
        images: kept.images,
        odd: kept.odd,
    }
}

fn is_html(text: &model::Text) -> bool {
    text.content_type.subty() == "html"
}

/// A text as plain words, and whether it had to be cut; none when there are no words.
fn words(text: Option<&model::Text>, most: usize) -> (Option<String>, bool) {
    let Some(text) = text else {
        return (None, false);
    };
    let plain = match is_html(text) {
        true => html::plain(&text.content),
        false => html::fold(&text.content),
    };
    let (plain, was_cut) = cut(plain, most);
    (Some(plain).filter(|plain| !plain.is_empty()), was_cut)
}

/// A short text in one line.
fn line(text: &str) -> String {
    cut(html::fold(text), limits::LINE).0
}

/// Not longer than so many bytes, ending with a whole character.
fn cut(mut text: String, most: usize) -> (String, bool) {
    if text.len() <= most {
        return (text, false);
    }
    let ends = (0..=most).rev().find(|at| text.is_char_boundary(*at));
    text.truncate(ends.unwrap_or(0));
    text.truncate(text.trim_end().len());
    (text, true)
}
