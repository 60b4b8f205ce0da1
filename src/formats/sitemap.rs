//! `sitemap.xml`: the pages of a site that say something of their own, and since when they stand. A long list is
//! cut into parts, which its first file names.
//!
//! The board of offers and asks is not in it: what a search engine has copied outlives a card. Nor is what shows
//! another page for a while, the search, or what says that something is gone.

use super::text::escaped;
use crate::model::Aside;
use crate::plan::{archive_kind_path, archive_path, calendar_path};
use crate::visible::{COMMUNITIES, Published, SeenRun, Shelves, View};
use jiff::Timestamp;
use std::borrow::Cow;
use std::fmt::Write;

/// The file's name.
pub const FILE: &str = "sitemap.xml";

/// How many pages a part holds (50,000 are allowed).
const PART: usize = 10_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// A page below the root, and when something last came out on it.
type Page<'v> = (Cow<'v, str>, Option<Timestamp>);

/// The files, one after the other: path below the root, and bytes.
pub fn write<'v>(view: &'v View) -> impl Iterator<Item = (String, Vec<u8>)> + 'v {
    cut(&view.site.base_url, pages(view), PART)
}

/// The list in parts of this size; one that is no longer stands in the first file itself.
fn cut<'v>(
    base: &'v str,
    pages: Vec<Page<'v>>,
    size: usize,
) -> impl Iterator<Item = (String, Vec<u8>)> + 'v {
    let count = pages.len().div_ceil(size);
    let name = move |part: usize| match count {
        1 => FILE.to_owned(),
        _ => format!("sitemap-{}.xml", part + 1),
    };
    let index = (count > 1).then(|| {
        let parts = (0..count).map(|part| {
            let address = escaped(&format!("{base}{}", name(part)));
            format!("<sitemap><loc>{address}</loc></sitemap>\n")
        });
        let parts: String = parts.collect();
        let text = format!("{HEAD}<sitemapindex {SPACE}>\n{parts}</sitemapindex>\n");
        (FILE.to_owned(), text.into_bytes())
    });
    let parts = (0..count).map(move |part| {
        let end = pages.len().min((part + 1) * size);
        (name(part), list(base, &pages[part * size..end]))
    });
    index.into_iter().chain(parts)
}

fn list(base: &str, pages: &[Page]) -> Vec<u8> {
    let mut out = format!("{HEAD}<urlset {SPACE}>\n");
    for (path, stamp) in pages {
        let _ = write!(out, "<url><loc>{}</loc>", escaped(&format!("{base}{path}")));
        if let Some(stamp) = stamp {
            let _ = write!(out, "<lastmod>{stamp}</lastmod>");
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out.into_bytes()
}

fn pages<'v>(view: &'v View) -> Vec<Page<'v>> {
    let published = &view.published;
    let own: Vec<Vec<Page>> = (view.runs.iter())
        .map(|run| of_run(run, published))
        .collect();
    // The first of a run's pages is its own, which is as new as the newest of it.
    let newest = |runs: &[usize]| runs.iter().filter_map(|run| own[*run][0].1).max();
    let every: Vec<usize> = (0..own.len()).collect();
    let mut pages: Vec<Page> = vec![
        ("".into(), newest(&every)),
        ("archive/".into(), newest(&every)),
        ("calendar/".into(), newest(&every)),
    ];
    let undated = |path: String| (path.into(), None);
    let archive = &view.archive;
    pages.extend(
        archive
            .months
            .iter()
            .map(|(day, _)| undated(archive_path(*day))),
    );
    pages.extend(
        archive
            .kinds
            .iter()
            .map(|of| undated(archive_kind_path(of.kind))),
    );
    pages.extend(
        view.months
            .iter()
            .map(|month| undated(calendar_path(month.first))),
    );
    if !view.communities.is_empty() {
        pages.push(undated(COMMUNITIES.to_owned()));
    }
    if !view.roles.is_empty() {
        pages.push(undated("roles/".to_owned()));
    }
    pages.extend(
        view.roles
            .iter()
            .map(|seen| (seen.path.as_str().into(), None)),
    );
    let programmes = view.programmes.iter();
    pages.extend(programmes.map(|seen| (seen.path.as_str().into(), None)));
    for seen in &view.channels {
        pages.push((seen.path.as_str().into(), newest(&seen.runs)));
    }
    pages.extend(view.shelves.iter().flat_map(|shelves| {
        let run = &view.runs[shelves.run];
        let years = shelves.years().into_iter();
        let years = years.map(|year| Shelves::year_path(run, year));
        let shelved = shelves.shelves.iter().map(|shelf| shelf.path(run));
        let weeks = shelves.weeks.iter().map(|week| week.path(run));
        years.chain(shelved).chain(weeks).map(undated)
    }));
    pages.extend(own.into_iter().flatten());
    pages
}

/// A run's page and all below it.
fn of_run<'v>(run: &'v SeenRun, published: &Published) -> Vec<Page<'v>> {
    let items = run
        .items
        .iter()
        .map(|item| (item.path().into(), published.at(item.id())));
    let items: Vec<Page> = items.collect();
    let newest = items.iter().filter_map(|(_, stamp)| *stamp).max();
    let mut pages: Vec<Page> = vec![(run.path.as_str().into(), newest)];
    let asides = run.kind.asides.iter().filter(|a| **a != Aside::Today);
    pages.extend(asides.map(|aside| (format!("{}{}/", run.path, aside.name()).into(), newest)));
    pages.extend(
        run.intakes
            .iter()
            .map(|intake| (intake.path.as_str().into(), None)),
    );
    pages.extend(items);
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_cut_into_parts_that_its_first_file_names() {
        let files = |count: usize| -> Vec<(String, String)> {
            let pages = (0..count).map(|n| (format!("{n}/").into(), None));
            let files = cut("https://learn.example.org/", pages.collect(), 3);
            let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
            files.map(|(path, bytes)| (path, text(bytes))).collect()
        };
        let one = files(3);
        assert_eq!((one.len(), &*one[0].0), (1, FILE));
        assert_eq!(one[0].1.matches("<url>").count(), 3);
        let three = files(7);
        let names: Vec<&str> = three.iter().map(|(path, _)| path.as_str()).collect();
        let parts = ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"];
        assert_eq!(names[1..], parts);
        assert_eq!(names[0], FILE);
        for part in parts {
            let named = format!("<loc>https://learn.example.org/{part}</loc>");
            assert!(three[0].1.contains(&named), "{part}");
        }
        let urls = three.iter().map(|(_, text)| text.matches("<url>").count());
        assert_eq!(urls.collect::<Vec<_>>(), [0, 3, 3, 1]);
    }
}
