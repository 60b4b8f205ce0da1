//! What the host says of the files. Only of an address it says anything.

use super::super::{FRONT, Got, Published};
use super::{Found, found};
use jiff::{SignedDuration, Timestamp};

/// From the build to the moment at which it is live may take this long.
const LAG: SignedDuration = SignedDuration::from_mins(15);

/// Feeds whose host said something.
fn asked(site: &Published) -> impl Iterator<Item = (&str, &Got)> {
    let files = site
        .feeds
        .iter()
        .map(|feed| (feed.path.as_str(), &site.files[&feed.path]));
    files.filter(|(_, got)| got.headers.is_some())
}

pub fn modified(site: &Published, _now: Timestamp) -> Vec<Found> {
    let wrong = asked(site).filter_map(|(path, got)| {
        let says = got.header("last-modified")?;
        let modified = jiff::fmt::rfc2822::parse(says).ok()?.timestamp();
        let (_, issue) = site.readable().find(|(known, _)| *known == path)?;
        let newest = issue.items.iter().filter_map(|item| item.at).max()?;
        let what = || format!("its host says `{says}`, and its newest item is of {newest}");
        (modified + LAG < newest).then(|| found(path, what()))
    });
    wrong.collect()
}

/// How long a copy may be taken for the file itself, in seconds.
const OLDEST_COPY: u64 = 3600;

pub fn feeds(site: &Published, _now: Timestamp) -> Vec<Found> {
    let mut all = Vec::new();
    for (path, got) in asked(site) {
        if got.header("access-control-allow-origin") != Some("*") {
            all.push(found(path, "there is no `Access-Control-Allow-Origin: *`"));
        }
        let kept = got.header("cache-control").unwrap_or("");
        let age = kept
            .split(',')
            .find_map(|part| part.trim().strip_prefix("max-age=")?.parse().ok());
        if age.is_some_and(|age: u64| age > OLDEST_COPY) {
            all.push(found(path, format!("copies of it are kept: `{kept}`")));
        }
        if got
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"))
        {
            all.push(found(path, "it is handed out as a page"));
        }
    }
    all
}

pub fn frames(site: &Published, _now: Timestamp) -> Vec<Found> {
    let Some(front) = site.files.get(FRONT) else {
        return Vec::new();
    };
    let policy = front.header("content-security-policy").unwrap_or("");
    let narrow = ["frame-ancestors 'none'", "frame-ancestors 'self'"];
    if let Some(options) = front.header("x-frame-options") {
        vec![found(
            FRONT,
            format!("its host says `X-Frame-Options: {options}`"),
        )]
    } else if narrow.iter().any(|narrow| policy.contains(narrow)) {
        vec![found(FRONT, format!("its host says `{policy}`"))]
    } else {
        Vec::new()
    }
}
