//! R39: how a conversation about an activity is begun in the network: an address, an e-mail, or the post as text.

use crate::common::{Built, build};
use crate::make::{between, challenge, edit_site, fine, page, run, site, told};

const QUESTION: &str =
    "What came of it & what did it cost, 100 % honestly? 🙂\n\n- One thing\n- *Another* thing";

fn built(network: &str) -> Built {
    let files = challenge(&[1, 2], "{every: day, days: weekdays, at: \"09:00\"}")
        .replace("What came of step 1?", QUESTION)
        + &run("spring", "steps", "2026-03-02", "hashtag: steps26");
    let mut folder = site(&files);
    if !network.is_empty() {
        edit_site(
            &mut folder,
            "language: en-GB\n",
            &format!("language: en-GB\nnetwork: {network}\n"),
        );
    }
    build(&folder, "2026-03-02T12:00:00Z")
}

/// The links of the page by their words, as a browser reads them.
fn links(built: &Built) -> Vec<(String, url::Url)> {
    let html = page(built, "spring/a1/");
    let list = between(html, "<ul class=\"post begin\">", "</ul>");
    let links = list.split("<a ").skip(1).map(|link| {
        let href = between(link, "href=\"", "\"").replace("&amp;", "&");
        let words = between(link, ">", "</a>").to_owned();
        (
            words,
            url::Url::parse(&href).unwrap_or_else(|slip| panic!("{href}: {slip}")),
        )
    });
    links.collect()
}

fn asked(url: &url::Url, key: &str) -> String {
    // A plus is a plus here: nobody but forms writes spaces so.
    assert!(!url.as_str().contains('+'), "{url}");
    let mut pairs = url.query_pairs().filter(|(name, _)| name == key);
    pairs
        .next()
        .unwrap_or_else(|| panic!("no {key} in {url}"))
        .1
        .into_owned()
}

const TEXT: &str = "What came of it & what did it cost, 100 % honestly? 🙂\n\n- One thing\n- Another thing\n\n#steps26";
const PAGE: &str = "https://learn.example.org/spring/a1/";

#[test]
fn r39_a_link_begins_the_post_with_the_very_words() {
    let teams = built("{kind: teams}");
    fine(&teams);
    let [(words, link), (mail, _)] = &links(&teams)[..] else {
        panic!("{:?}", links(&teams));
    };
    assert_eq!(
        (words.as_str(), mail.as_str()),
        ("Begin a post in Microsoft Teams", "Send by e-mail")
    );
    assert_eq!(
        (
            asked(link, "href").as_str(),
            asked(link, "msgText").as_str()
        ),
        (PAGE, TEXT)
    );
    let (_, viva) = links(&built("{kind: viva-engage}")).remove(0);
    assert_eq!(asked(&viva, "status"), format!("{TEXT} {PAGE}"));
    let home = "https://forum.example.org/talk";
    let (_, forum) = links(&built(&format!("{{kind: discourse, home: \"{home}\"}}"))).remove(0);
    assert!(
        forum
            .as_str()
            .starts_with("https://forum.example.org/talk/new-topic?"),
        "{forum}"
    );
    assert_eq!(asked(&forum, "title"), "Day 1: Step number 1");
    assert_eq!(asked(&forum, "body"), format!("{TEXT}\n\n{PAGE}"));
}

#[test]
fn r39_an_e_mail_has_the_words_on_lines_of_its_own() {
    let (_, mail) = links(&built("")).remove(0);
    assert_eq!(mail.scheme(), "mailto");
    assert_eq!(asked(&mail, "subject"), "Day 1: Step number 1");
    assert_eq!(
        asked(&mail, "body"),
        format!("{}\r\n\r\n{PAGE}", TEXT.replace('\n', "\r\n"))
    );
}

#[test]
fn r39_who_has_no_such_address_gets_the_post_as_text_with_the_address_on_the_last_line() {
    for network in [
        "",
        "{kind: slack}",
        "{kind: mattermost}",
        "{kind: discourse}",
        "{kind: other}",
    ] {
        let built = built(network);
        fine(&built);
        assert_eq!(links(&built).len(), 1, "{network}: an e-mail alone");
        let post = between(
            page(&built, "spring/a1/"),
            "<pre class=\"file paste\" tabindex=\"0\">",
            "</pre>",
        );
        assert_eq!(
            post,
            format!("{}\n\n{PAGE}", TEXT.replace('&', "&amp;")),
            "{network}"
        );
    }
}

#[test]
fn r39_a_network_that_nobody_knows_is_refused_with_a_way_out() {
    let slip = built("{kind: matermost}");
    assert!(
        told(&slip, "wrong-value").contains("did you mean `mattermost`?"),
        "{}",
        slip.told()
    );
}
