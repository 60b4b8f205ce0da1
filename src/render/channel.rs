//! A channel's page: what flows into one group, team or room.

use super::context::*;
use super::page_head;
use super::pages::{Made, Maker};
use crate::plan::{digest_path, embeds_path, feed_path};
use crate::visible::Stage;

/// How many items the page lists.
const ITEMS: usize = 30;

impl Maker<'_> {
    pub fn channel(&self, index: usize, out: &mut Vec<u8>) -> Made {
        let seen = &self.view.channels[index];
        let shape = self.shape(&seen.path);
        let runs = || seen.runs.iter().map(|index| &self.view.runs[*index]);
        let items = self
            .newest(runs())
            .into_iter()
            .filter(|(item, _)| !item.expired);
        let it = ChannelPage {
            title: seen.channel.title.clone(),
            about: seen.channel.about.clone(),
            url: seen.channel.url.clone(),
            feed: Link {
                title: seen.channel.title.clone(),
                href: shape.href(&feed_path(&seen.path)),
            },
            calendar: shape.calendar(&seen.path),
            runs: runs()
                .filter(|run| run.stage != Stage::Over)
                .map(|run| shape.card(run))
                .collect(),
            next: self.next(&shape, runs()),
            digest: shape.href(&digest_path(&seen.path)),
            embeds: shape.href(&embeds_path(&seen.path)),
            items: items
                .take(ITEMS)
                .map(|(item, run)| shape.item(item, run))
                .collect(),
        };
        let about = seen
            .channel
            .about
            .as_deref()
            .unwrap_or(&self.site().summary);
        let mut head = page_head(
            self.site(),
            "channel",
            &seen.path,
            &seen.channel.title,
            about,
        );
        head.feeds = self.feeds(&shape, &[(&seen.path, &seen.channel.title)]);
        let file = format!("{}index.html", seen.path);
        self.finish(&file, "channel.html", head, &it, shape.diags, out)
    }
}
