//! The networks that organisations have, as far as a page has to know them: how a post is begun in each.

/// A network.
#[derive(Debug, PartialEq, Eq)]
pub struct Network {
    /// The word after `kind:` in `site.yaml`.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The address that begins a post, if it has one: `{url}`, `{text}`, `{title}` and `{home}` are filled in.
    pub share: Option<&'static str>,
}

const fn network(name: &'static str, title: &'static str, share: Option<&'static str>) -> Network {
    Network { name, title, share }
}

/// Every network that is known, in the order in which people ask for them.
pub static NETWORKS: &[Network] = &[
    network(
        "viva-engage",
        "Viva Engage",
        Some(
            "https://www.yammer.com/messages/new?login=true&trk_event=yammer_share&status={text}%20{url}",
        ),
    ),
    network(
        "teams",
        "Microsoft Teams",
        Some("https://teams.microsoft.com/share?href={url}&msgText={text}"),
    ),
    network("sharepoint", "SharePoint", None),
    network("slack", "Slack", None),
    network("mattermost", "Mattermost", None),
    network("rocket-chat", "Rocket.Chat", None),
    network(
        "discourse",
        "Discourse",
        Some("{home}new-topic?title={title}&body={text}%0A%0A{url}"),
    ),
    network("zulip", "Zulip", None),
    network("nodebb", "NodeBB", None),
    network("humhub", "HumHub", None),
    network("wordpress", "WordPress", None),
    network("matrix", "Matrix", None),
    network("discord", "Discord", None),
    network("google-chat", "Google Chat", None),
    network(
        "linkedin",
        "LinkedIn",
        Some("https://www.linkedin.com/sharing/share-offsite/?url={url}"),
    ),
    network("other", "", None),
];

/// What mail programs take (RFC 6068).
pub const MAIL: &str = "mailto:?subject={title}&body={text}%0D%0A%0D%0A{url}";
