//! The whole texts of a feed for readers: what stands on each item's page, in the few elements that every reader
//! shows. It follows the page; title and summary beside it are as they were released.

use super::shape::Shape;
use crate::markdown;
use crate::model::{ABOUT, Section};
use crate::visible::{Feed, FeedEntry, Seen, SeenRun, View, by_key};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The whole text of each entry, in their order; none in a feed for networks.
pub fn contents(feed: &Feed, view: &View) -> Vec<String> {
    if !feed.full {
        return Vec::new();
    }
    let mut shape = Shape::new(view.site, "", &view.addresses);
    // A feed is read elsewhere.
    shape.root.clone_from(&view.site.base_url);
    let mut known: BTreeMap<&str, BTreeMap<&str, &Seen>> = BTreeMap::new();
    let mut content = |entry: &FeedEntry| {
        // The first paragraph is what networks show, and long enough for those that cut after it.
        let mut html = format!("<p>{}</p>\n", markdown::words(&entry.item.frozen.summary));
        if let Some((id, key)) = entry.id.split_once('/')
            && let Ok(index) = view.runs.binary_search_by(|run| run.id.as_str().cmp(id))
        {
            let run = &view.runs[index];
            if key == ABOUT {
                html.push_str(&shape.reduced(run.about));
                html.push_str(&shape.reduced(run.body));
            }
            let items = known.entry(run.id).or_insert_with(|| by_key(run));
            if let Some(item) = items.get(key) {
                text(&shape, item, items, run, &mut html);
            }
        }
        html
    };
    feed.entries.iter().map(&mut content).collect()
}

fn text(
    shape: &Shape,
    item: &Seen,
    items: &BTreeMap<&str, &Seen>,
    run: &SeenRun,
    out: &mut String,
) {
    let site_words = &shape.site.words;
    let say = |key: &str| markdown::words(site_words.get(key));
    if let Some(why) = &item.cancelled {
        let (word, why) = (say("cancelled"), markdown::words(why));
        let _ = writeln!(out, "<p><strong>{word}</strong> {why}</p>");
    }
    let words = &item.words;
    if let Some(excerpt) = &words.excerpt {
        let excerpt = markdown::words(excerpt);
        let _ = writeln!(out, "<blockquote>\n<p>{excerpt}</p>\n</blockquote>");
    }
    let mut list = |heading: &str, rows: &mut dyn Iterator<Item = (String, String)>| {
        let rows: Vec<(String, String)> = rows.collect();
        if rows.is_empty() {
            return;
        }
        let _ = writeln!(out, "<h3>{}</h3>\n<ul>", say(heading));
        for (href, title) in rows {
            let (href, title) = (escaped(&href), markdown::words(&title));
            let _ = writeln!(out, "<li><a href=\"{href}\">{title}</a></li>");
        }
        out.push_str("</ul>\n");
    };
    let source = words.link.as_ref().map(|url| (url.clone(), url.clone()));
    list("source", &mut source.into_iter());
    let resources = words.resources.iter();
    list(
        "fact_resources",
        &mut resources.map(|resource| (resource.url.clone(), resource.title.clone())),
    );
    let gathered = item
        .gathers
        .iter()
        .filter_map(|key| items.get(key.as_str()));
    list(
        if item.opens { "week_out" } else { "listed" },
        &mut gathered.map(|item| (shape.href(item.path()), item.title())),
    );
    for part in words.parts.iter() {
        if part.section != Section::Words {
            let heading = say(&format!("section_{}", part.section.name()));
            let _ = writeln!(out, "<h3>{heading}</h3>");
        }
        out.push_str(&shape.reduced(&part.text));
    }
    if item.invites {
        out.push_str(&shape.reduced(run.body));
    }
}

/// An address within an attribute.
fn escaped(address: &str) -> String {
    address.replace('&', "&amp;").replace('"', "%22")
}
