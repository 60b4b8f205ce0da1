//! Links between documents: page addresses where the target is out, plain words with a warning before;
//! images that are there, missing, used and unused; files that are public as they are.

mod common;

use common::{Built, SITE, build, folder};

/// Two challenges: the activities of `first` stand in one file, those of `second` in a file each. The links
/// under test stand in the first activity, which is out on 2 March; `second` begins on 7 April.
fn repository(link: &str) -> String {
    let sections = |level: &str, what: &str| {
        format!(
            "{level} Do\n\n{what}\n\n{level} Share\n\nWhat did you find there?\n\n\
             {level} If you have ten minutes\n\nRead one thread.\n\n{level} Example\n\nI found the tide tables.\n\n"
        )
    };
    let programme = |file: &str, id: &str, count: u32| {
        format!(
            "-- content/challenges/{file}.md --\n---\nkind: challenge\nid: {id}\ntitle: The {id} challenge\n\
             summary: Small things to do, one each working day, with a question at the end of each.\n\
             purpose: So that people who never posted find one colleague whom they can ask next time.\n\
             audience: Everyone\neffort: 5 minutes a day\ncount: {count}\n\
             cadence: {{every: day, days: weekdays}}\ndesigner: role:designer\nguide: role:guide\n---\n\
             It is small.\n\n"
        )
    };
    let run = |id: &str, programme: &str, starts: &str| {
        format!(
            "-- sites/s/runs/{id}.md --\n---\nid: {id}\nprogramme: {programme}\ncreated: 2026-02-01\n\
             starts: {starts}\nchannels: [everyone]\nroles: {{designer: ann, guide: bo}}\n---\nHello.\n"
        )
    };
    [
        SITE,
        &programme("first", "first", 2),
        "## Find the room {#find-the-room minutes=5}\n\n",
        &sections("###", link),
        "## Say hello there {#say-hello minutes=5 milestone=celebration}\n\n",
        &sections("###", "Say hello to somebody."),
        &programme("second/index", "second", 1),
        "-- content/challenges/second/ask.md --\n---\nid: ask\ntitle: Ask a question\norder: 1\nminutes: 5\n\
         milestone: celebration\n---\n",
        &sections("##", "Ask somebody."),
        &run("spring", "first", "2026-03-02"),
        &run("april", "second", "2026-04-07"),
        "-- content/challenges/room.png --\nnot really a picture\n",
        "-- content/challenges/unused.png --\nnot really a picture either\n",
        "-- sites/s/static/terms.txt --\nBe kind.\n",
    ]
    .concat()
}

const PAGE: &str = "public/s/spring/find-the-room/index.html";

fn built(link: &str, now: &str) -> Built {
    build(&folder(&repository(link)), now)
}

#[test]
fn a_link_leads_to_the_page_of_what_is_out_and_is_plain_words_before() {
    let check = |link: &str, now: &str, expected: &str, codes: &[&str]| {
        let built = built(link, now);
        let page = built.text(PAGE);
        assert!(
            page.contains(expected),
            "{link} at {now}: no {expected} in\n{page}"
        );
        assert_eq!(built.codes(), codes, "{link} at {now}: {}", built.told());
    };
    let (march, april) = ("2026-03-02T12:00:00Z", "2026-04-10T12:00:00Z");
    check(
        "Read [all](first.md).",
        march,
        "programmes/first/\">all</a>",
        &[],
    );
    check(
        "Read [all](first.md#how).",
        march,
        "programmes/first/#how\">all</a>",
        &[],
    );
    check(
        "See [it](./first.md).",
        march,
        "programmes/first/\">it</a>",
        &[],
    );
    check(
        "See [it](../challenges/first.md).",
        march,
        "programmes/first/\">it</a>",
        &[],
    );
    check(
        "See [run](../../sites/s/runs/spring.md).",
        march,
        "spring/\">run</a>",
        &[],
    );
    let before = &["link-unreleased"];
    check(
        "See [next](second/ask.md).",
        march,
        "<p>See next.</p>",
        before,
    );
    check(
        "See [next](second/ask.md#do).",
        march,
        "<p>See next.</p>",
        before,
    );
    check(
        "See [next](second/ask.md).",
        april,
        "april/ask/\">next</a>",
        &[],
    );
    check(
        "See [next](second/ask.md#do).",
        april,
        "april/ask/#do\">next</a>",
        &[],
    );
    check(
        "See [it](second/index.md).",
        april,
        "programmes/second/\">it</a>",
        &[],
    );
    // Addresses of the web and of this page stay as they are.
    check(
        "See [web](https://example.org/a?b=1&c).",
        march,
        "href=\"https://example.org/a?b=1&amp;c\"",
        &[],
    );
    check("See [below](#share).", march, "href=\"#share\"", &[]);
}

#[test]
fn a_link_to_what_is_nowhere_stops_the_build() {
    for link in [
        "[a](nothing.md)",
        "[a](../../../etc/passwd)",
        "[a](../../../../outside.md)",
        // Out of the repository and in again is out.
        "[a](../../../content/challenges/first.md)",
        "[a](../sites/s/site.yaml)",
        "[a](room.png)",
        "![A room](nothing.png)",
        "![A room](../../../room.png)",
    ] {
        let built = built(link, "2026-03-02T12:00:00Z");
        assert!(built.diags.has_errors(), "{link}: {}", built.told());
        assert!(
            built.codes().contains(&"broken-link"),
            "{link}: {}",
            built.told()
        );
        for (path, bytes) in built.tree("public") {
            let text = String::from_utf8_lossy(bytes);
            assert!(
                !text.contains("passwd") && !text.contains("outside.md"),
                "{path}"
            );
        }
    }
}

#[test]
fn an_image_is_copied_only_when_a_page_that_is_out_uses_it() {
    let images = |built: &Built| -> Vec<String> {
        let paths = built.tree("public").into_keys();
        let pictures = paths.filter(|path| path.ends_with(".png"));
        pictures.map(ToOwned::to_owned).collect()
    };
    let link = "Look at ![A room](room.png) for a while.";
    let before = built(link, "2026-03-01T12:00:00Z");
    assert!(images(&before).is_empty(), "{:?}", images(&before));
    let out = built(link, "2026-03-02T12:00:00Z");
    let [picture] = images(&out).try_into().expect("one picture");
    assert!(picture.ends_with("-room.png"), "{picture}");
    let name = picture.strip_prefix("public/s/").expect("below the site");
    assert!(
        out.text(PAGE).contains(&format!("{name}\" alt=\"A room\"")),
        "{}",
        out.text(PAGE)
    );
    assert!(out.codes().is_empty(), "{}", out.told());
    // A new picture has a new address, so that no reader shows the old one.
    let other = repository(link).replace("not really a picture\n", "another one\n");
    let other = build(&folder(&other), "2026-03-02T12:00:00Z");
    assert_ne!(images(&other), [picture]);
}

#[test]
fn static_files_are_public_as_they_are() {
    let built = built("No link.", "2026-01-01T12:00:00Z");
    assert_eq!(built.text("public/s/terms.txt"), "Be kind.\n");
}
