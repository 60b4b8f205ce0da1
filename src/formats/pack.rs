//! The post pack: what is posted by hand, as plain text, for networks that read no feeds.

use crate::model::{Occurrence, Site};
use crate::visible::{Post, TeamRun, TeamView};
use jiff::{SignedDuration, Timestamp};
use std::fmt::Write;

/// Every file of a run's pack: its path below the root of the team's tree, and its bytes.
pub fn write(run: &TeamRun, view: &TeamView) -> Vec<(String, Vec<u8>)> {
    let posts = run.posts(view);
    let minutes = run.rows.iter().filter(|o| TeamRun::has_minutes(o));
    let scripts: Vec<(&Occurrence, String)> = minutes
        .filter(|o| !o.words.script().is_empty())
        .map(|o| (o, script(o, run)))
        .collect();
    if posts.is_empty() && scripts.is_empty() {
        return Vec::new();
    }
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut all: Vec<(Timestamp, String)> = Vec::new();
    for post in &posts {
        let text = post.whole() + "\n";
        all.push((
            post.of.due,
            format!("{}\n\n{text}", heading(post, run, view.site)),
        ));
        files.push((run.post_file(&post.name), text.into_bytes()));
    }
    for (o, text) in scripts {
        let title = format!("{}, {}", o.title(), at(o, run, view.site));
        all.push((o.due, format!("{}\n\n{text}", ruled(&title))));
        let name = format!("{}-minutes", o.key().replace('/', "-"));
        files.push((run.post_file(&name), text.into_bytes()));
    }
    all.sort_by_key(|(due, _)| *due);
    let mut pack = format!("{}\n", run.title);
    for channel in run.channels(view.site) {
        let url = channel.url.as_deref().unwrap_or_default();
        let _ = writeln!(pack, "{}: {url}", channel.title);
    }
    for (_, text) in all {
        let _ = write!(pack, "\n\n{text}");
    }
    files.push((run.pack_file(), pack.into_bytes()));
    files
}

/// What stands above a post among others: when it is due, or what it is, where several starters share it.
fn heading(post: &Post, run: &TeamRun, site: &Site) -> String {
    match TeamRun::is_shared(post.of) {
        true => ruled(&post.of.words.title),
        false => ruled(&at(post.of, run, site)),
    }
}

fn ruled(title: &str) -> String {
    format!("{title}\n{}", "-".repeat(title.chars().count()))
}

fn at(o: &Occurrence, run: &TeamRun, site: &Site) -> String {
    let day = site.words.full_day(o.local.date());
    let zone = &run.run.zone_name;
    format!("{day}, {} ({zone})", o.local.strftime("%H:%M"))
}

/// What the host posts, minute by minute.
fn script(o: &Occurrence, run: &TeamRun) -> String {
    let lines = o.words.script().iter().map(|line| {
        let at = o.due + SignedDuration::from_mins(line.after.into());
        let local = at.to_zoned_datetime(run.run.zone.clone());
        format!("{}\n{}\n", local.strftime("%H:%M"), line.post)
    });
    lines.collect::<Vec<_>>().join("\n")
}
