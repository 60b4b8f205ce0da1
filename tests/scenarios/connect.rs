//! How a channel is connected to a network: a sheet for each, for the learning team, with the channel's own addresses.

use crate::common::{Built, build};
use crate::make::{challenge, edit_site, fine, run, site};

fn built(network: &str) -> Built {
    let days = "{every: day, days: weekdays, at: \"09:00\"}";
    let mut folder = site(&(challenge(&[1, 2], days) + &run("spring", "steps", "2026-03-02", "")));
    edit_site(
        &mut folder,
        "language: en-GB\n",
        &format!("language: en-GB\nnetwork: {{kind: {network}}}\n"),
    );
    let built = build(&folder, "2026-03-02T12:00:00Z");
    fine(&built);
    built
}

fn sheets(built: &Built) -> Vec<(&str, &str)> {
    let team = built.tree("team").into_iter();
    let sheets = team.filter_map(|(path, bytes)| {
        let name = path
            .strip_prefix("team/s/connect/everyone/")?
            .strip_suffix("/index.html")?;
        Some((name, std::str::from_utf8(bytes).expect("UTF-8")))
    });
    sheets.collect()
}

#[test]
fn every_sheet_has_steps_the_first_hour_and_what_never_comes_with_the_channels_own_addresses() {
    let built = built("slack");
    let sheets = sheets(&built);
    assert_eq!(sheets.len(), 15);
    for (name, html) in sheets {
        for heading in [
            "What to do",
            "In the first hour",
            "What it never shows",
            "The addresses of this channel",
        ] {
            let at = html
                .find(heading)
                .unwrap_or_else(|| panic!("{name}: {heading}"));
            let after = crate::make::words(&html[at + heading.len()..]);
            assert!(after.trim().len() > 30, "{name}: nothing below {heading}");
        }
        assert!(!html.contains('{'), "{name}: something is not filled in");
        let pasted = html
            .split("<pre class=\"file paste\" tabindex=\"0\">")
            .skip(1);
        let pasted: Vec<&str> = pasted
            .filter_map(|rest| rest.split("</pre>").next())
            .collect();
        let own = |text: &&&str| text.contains("https://learn.example.org/channels/everyone/");
        assert_eq!(
            pasted.iter().filter(own).count(),
            pasted.len(),
            "{name}: {pasted:?}"
        );
        assert!(!pasted.is_empty(), "{name}: nothing to paste");
    }
    let slack = built.text("team/s/connect/everyone/slack/index.html");
    assert!(
        slack.contains(
            ">/feed subscribe https://learn.example.org/channels/everyone/feed.xml</pre>"
        ),
        "{slack}"
    );
    assert!(slack.contains("https://learn.example.org/status.json"));
    let google = built.text("team/s/connect/everyone/google-calendar/index.html");
    assert!(
        google.contains(">https://learn.example.org/channels/everyone/calendar.ics</pre>"),
        "{google}"
    );
}

#[test]
fn the_sheet_of_the_sites_own_network_comes_first_and_the_public_tree_has_none() {
    for (network, own) in [("mattermost", 1), ("viva-engage", 1), ("other", 0)] {
        let built = built(network);
        let list = built.text("team/s/connect/index.html");
        assert_eq!(list.matches("class=\"button\"").count(), own, "{network}");
        assert!(
            built
                .text("team/s/index.html")
                .contains("href=\"connect/\"")
        );
        let public = built.tree("public");
        assert!(
            !public.keys().any(|path| path.contains("connect")),
            "{network}"
        );
    }
}
