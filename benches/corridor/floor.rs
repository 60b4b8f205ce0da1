//! The floor: the least that a program can do which reads the same sources and writes the same files.
//! It knows no dates, no front matter, no templates, no feeds and no safety: it parses the Markdown, puts a
//! fixed string around it, and writes each file, of the size that the listing names, in one go.

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What stands around every text, repeated to the size of the page.
const AROUND: &str =
    "<!doctype html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>Page</title>\n";

/// The files to be written: path and size of each, by the number of the programme they show.
struct Listing<'a> {
    programmes: BTreeMap<&'a str, Vec<(&'a str, usize)>>,
    others: Vec<(&'a str, usize)>,
}

/// Reads the library and makes every file of the listing below `out`.
pub fn run(root: &Path, listing: &Path, out: &Path) {
    let text = fs::read_to_string(listing).expect("a listing");
    let listing = sort(&text);
    let sources: Vec<_> = fs::read_dir(root.join("content/challenges"))
        .expect("a library")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    sources.par_iter().for_each(|source| {
        let name = source
            .file_stem()
            .and_then(|name| name.to_str())
            .expect("a name");
        let number = name.strip_prefix("series-").expect("a series");
        let text = fs::read_to_string(source).expect("a programme");
        let run = root.join(format!("sites/library/runs/run-{number}.md"));
        let about = fs::read_to_string(run).expect("a run");
        let mut whole = String::with_capacity(2 * text.len());
        let mut parts = BTreeMap::new();
        to_html(&about, &mut whole);
        for activity in text.split("\n## ") {
            let start = whole.len();
            to_html(activity, &mut whole);
            let id = activity
                .split_once("{#")
                .and_then(|(_, rest)| rest.split(' ').next());
            parts.insert(id.unwrap_or(""), start..whole.len());
        }
        let mut page = Vec::new();
        for (path, size) in &listing.programmes[number] {
            let id = path.rsplit('/').nth(1).expect("a folder");
            let shown = parts.get(id).map_or(0..whole.len(), Clone::clone);
            write(out, path, *size, &whole.as_bytes()[shown], &mut page);
        }
    });
    listing
        .others
        .par_iter()
        .for_each_init(Vec::new, |page, (path, size)| {
            write(out, path, *size, b"", page);
        });
}

/// A line is `<size> <path>`; `run-0001` and `series-0001` in a path belong to one programme.
fn sort(text: &str) -> Listing<'_> {
    let (mut programmes, mut others) = (BTreeMap::<_, Vec<_>>::new(), Vec::new());
    for line in text.lines() {
        let (size, path) = line.split_once(' ').expect("a size and a path");
        let file = (path, size.parse().expect("a size"));
        let shows = path.split('/').find_map(|part| {
            part.strip_prefix("run-")
                .or_else(|| part.strip_prefix("series-"))
        });
        match shows.filter(|_| path.ends_with(".html")) {
            Some(number) => programmes.entry(number).or_default().push(file),
            None => others.push(file),
        }
    }
    Listing { programmes, others }
}

fn to_html(markdown: &str, out: &mut String) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_GFM;
    html::push_html(out, Parser::new_ext(markdown, options));
}

fn write(out: &Path, path: &str, size: usize, html: &[u8], page: &mut Vec<u8>) {
    page.clear();
    page.extend_from_slice(html);
    while page.len() < size {
        page.extend_from_slice(AROUND.as_bytes());
    }
    page.truncate(size);
    let file = out.join(path);
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, page).expect("a file");
}
