//! How a channel is connected: a sheet for each network and each channel, with the curator's own addresses. What is said
//! of each stands among the interface words.

use super::context::*;
use super::shape::Shape;
use crate::model::{Channel, Embed, Site};
use crate::plan::{connect_path, diary_path, embed_path, feed_path};

/// What people connect a channel to: the name in its address and among the words, and what people call it. Names of
/// networks are those that `site.yaml` takes.
pub static SHEETS: &[(&str, &str)] = &[
    ("viva-engage", "Viva Engage"),
    ("teams", "Microsoft Teams"),
    ("sharepoint", "SharePoint"),
    ("slack", "Slack"),
    ("mattermost", "Mattermost"),
    ("discourse", "Discourse"),
    ("zulip", "Zulip"),
    ("nodebb", "NodeBB"),
    ("humhub", "HumHub"),
    ("wordpress", "WordPress"),
    ("matrix", "Matrix"),
    ("discord", "Discord"),
    ("n8n", "n8n"),
    ("outlook", "Outlook"),
    ("google-calendar", "Google Calendar"),
];

/// Every channel with its sheets, the one of the site's own network first.
pub fn list(shape: &Shape) -> ConnectPage {
    let own = |name: &str| {
        shape
            .site
            .network
            .is_some_and(|network| network.name == name)
    };
    let channels = shape.site.channels.iter().map(|channel| {
        let link = |(name, title): &(&str, &str)| Link {
            title: (*title).to_owned(),
            href: shape.href(&connect_path(&channel.id, name)),
        };
        let of = |ours: bool| SHEETS.iter().filter(move |(name, _)| own(name) == ours);
        ConnectChannel {
            title: channel.title.clone(),
            own: of(true).map(link).collect(),
            others: of(false).map(link).collect(),
        }
    });
    ConnectPage {
        channels: channels.collect(),
    }
}

/// One sheet.
pub fn sheet(site: &Site, channel: &Channel, name: &str, network: &str) -> ConnectSheetPage {
    let page = format!("channels/{}/", channel.id);
    let whole = |path: String| format!("{}{path}", site.base_url);
    let feed = whole(feed_path(&page));
    let calendar = whole(diary_path(&page));
    let frame = whole(embed_path(&page, Embed::Today));
    let said = |part: &str| {
        let key = format!("connect_{}_{part}", name.replace('-', "_"));
        let values = [
            ("{feed}", &*feed),
            ("{calendar}", &*calendar),
            ("{frame}", &*frame),
        ];
        (key, values)
    };
    let steps = {
        let (key, values) = said("steps");
        let lines = site.words.get(&key).lines();
        let steps = lines.map(|line| step(line, &channel.title, &values));
        steps.collect()
    };
    let sentence = |part: &str| site.words.get(&said(part).0).to_owned();
    ConnectSheetPage {
        network: network.to_owned(),
        title: channel.title.clone(),
        url: channel.url.clone(),
        steps,
        first: sentence("first"),
        never: sentence("never"),
        status: whole("status.json".to_owned()),
        feed,
        calendar,
        frame,
    }
}

/// A step, and behind its colon what is pasted, if there is such a thing in it.
fn step(line: &str, channel: &str, values: &[(&str, &str)]) -> ConnectStep {
    let filled = |text: &str| {
        let text = values.iter().fold(text.to_owned(), |text, (name, value)| {
            text.replace(name, value)
        });
        text.replace("{channel}", channel)
    };
    match line
        .rsplit_once(": ")
        .filter(|(_, paste)| paste.contains('{'))
    {
        Some((says, paste)) => ConnectStep {
            says: format!("{}:", filled(says)),
            paste: Some(filled(paste)),
        },
        None => ConnectStep {
            says: filled(line),
            paste: None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NETWORKS;

    /// Who names their network finds its sheet, but for the three that nothing can be connected to.
    #[test]
    fn every_network_has_a_sheet() {
        let without: Vec<&str> = NETWORKS
            .iter()
            .filter(|network| !SHEETS.contains(&(network.name, network.title)))
            .map(|network| network.name)
            .collect();
        assert_eq!(without, ["rocket-chat", "google-chat", "linkedin", "other"]);
    }
}
