//! Mattermost's plugin for feeds. It knows no namespaces, and of two elements with one name it takes the last.

use super::{Consumer, Issue, Memory, Post};
use jiff::Timestamp;

/// `mattermost-plugin-rssfeed`.
pub static ROW: Consumer = Consumer {
    id: "mattermost",
    name: "Mattermost",
    remembers: "the last file in which something was new: ids, and dates with titles",
    source: "github.com/wbernest/rss-v2-parser, rss-v2-parser.go (CompareItemsBetweenOldAndNew); github.com/wbernest/mattermost-plugin-rssfeed, server/plugin.go, commits ab9ea64a and 094da16c",
    minutes: (5, 60),
    beyond: None,
    reach: None,
    strict: true,
    look,
};

fn look(mut memory: Memory, issue: &Issue, _now: Timestamp) -> (Memory, Vec<Post>) {
    let keys = |index: usize| {
        let blind = &issue.items[index].blind;
        let same = format!("{}\n{}", blind.date, blind.title);
        let id = (!blind.id.is_empty()).then(|| blind.id.clone());
        id.into_iter().chain([same])
    };
    let known = |key: String| memory.known.contains_key(&key);
    let new: Vec<usize> = (0..issue.items.len())
        .filter(|index| !keys(*index).any(known))
        .collect();
    if new.is_empty() {
        return (memory, Vec::new());
    }
    let all = (0..issue.items.len()).flat_map(keys);
    memory.known = all.map(|key| (key, String::new())).collect();
    // A new subscription shows the first item of the file.
    let shown = match memory.begun {
        true => &new[..],
        false => &new[..1],
    };
    let posts = shown.iter().map(|index| Post::new(*index)).collect();
    (memory, posts)
}
