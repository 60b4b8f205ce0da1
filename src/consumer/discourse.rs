//! Discourse's `rss-polling`: a topic an address.

use super::{Consumer, How, Issue, Memory, Post};
use jiff::Timestamp;

/// `discourse-rss-polling`, now in the core.
pub static ROW: Consumer = Consumer {
    id: "discourse",
    name: "Discourse",
    remembers: "links, in small letters, without the last slash, the first run of hyphens made one",
    source: "github.com/discourse/discourse, app/models/topic_embed.rb, commit 01275fa4; github.com/discourse/discourse-rss-polling, app/jobs/jobs/discourse_rss_polling/poll_feed.rb, commit 10e0dd17",
    minutes: (10, 180),
    beyond: None,
    reach: None,
    strict: false,
    look,
};

fn look(mut memory: Memory, issue: &Issue, _now: Timestamp) -> (Memory, Vec<Post>) {
    let mut posts = Vec::new();
    for (item, index) in issue.items.iter().zip(0..) {
        let (Some(link), Some(text)) = (&item.link, &item.text) else {
            continue;
        };
        if item.title.is_empty() {
            continue;
        }
        let words = format!("{}\n{text}", item.title);
        let how = match memory.known.insert(key(link), words.clone()) {
            None => How::New,
            Some(before) if before != words => How::Revised,
            Some(_) => continue,
        };
        posts.push(Post { item: index, how });
    }
    (memory, posts)
}

/// By what it knows a link again.
pub fn key(link: &str) -> String {
    let link = link.to_lowercase();
    let link = link.strip_suffix('/').unwrap_or(&link);
    match link.find("--") {
        None => link.to_owned(),
        Some(at) => format!("{}-{}", &link[..at], link[at..].trim_start_matches('-')),
    }
}
