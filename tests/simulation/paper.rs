//! `docs/consumers.md`: what was found, in the words of whoever has to choose.

use super::{schemes, year};
use learnflow::consumer::CONSUMERS;
use std::fmt::Write;
use std::path::PathBuf;

const HEAD: &str = "\
# Who reads our feeds, and what they show

Every network reads feeds in its own way: one remembers ids, another dates, a third nothing but the last file. So a feed
that is fine in one channel is silent in another, or floods it. learnflow knows how each of them remembers
(`src/consumer/`, a file each), and its tests let all of them read for more than a year. This page is written by
`UPDATE=1 cargo test --test simulation`; the test fails when a number changes.

## Four hundred days

Two worlds of a site with four channels: a challenge that is run several times, a community, a welcome for newcomers
every other week, a season of talks. One is built once a day, up to 45 minutes late, the other once an hour, up to a
quarter of an hour late; one build in nine fails; what is built is live up to four minutes later. Meanwhile people mend
slips, change titles, rename files, re-order what is to come, add holidays (also past ones), add activities when it is
too late for them, take some out and bring them back, cancel and move talks, begin runs whose first days are over,
clear away runs that are over, and move the site to another host. Each consumer subscribes to each channel once in the first weeks and looks in its
own rhythm; Zulip keeps a state for each channel, BuddyPress has a group for each.

An item counts as missed when it stood in the feed for longer than the consumer waits between two looks and was never
shown, and as repeated each time that it was shown again as new.

";

const SCHEMES: &str = "
What the table says besides: whoever runs NodeBB lets it look every half hour. Two items tell of a channel or a run itself,
and stand in its feed for ever, so that nobody subscribes to an empty one, from which hookshot and n8n would take the first
item for an old one. These two are not counted: they follow their words; and when a site moves to another host, Discourse,
which knows an item by its link, posts the two of them once more. More worlds: `SIMULATION_SEEDS=20 cargo test --test
simulation`.

## What others tried

Fourteen days of one item a day, of which three are due in one minute, one is edited, one is committed a day late, and one
is withdrawn. The build runs daily, up to 45 minutes late, and twice by hand; everybody looks every quarter of an hour.
Each cell has the items that were missed, shown again, and shown more than two hours late, as a mean of ten worlds.

";

const SOURCES: &str = "
Discourse fails when a link follows a title, hookshot when a feed was empty, MonitoRSS when one item lacks an id: those
traps, and the others that no date can avoid, are in `tests/simulation/traps.rs`.

## How each memory is known

";

fn paper(year: &str) -> String {
    let mut out = format!("{HEAD}{year}{SCHEMES}{}{SOURCES}", schemes::table());
    for consumer in CONSUMERS {
        let _ = write!(
            out,
            "- **{}** (`{}`) remembers {}. Source: {}.",
            consumer.name, consumer.id, consumer.remembers, consumer.source
        );
        if let Some(beyond) = consumer.beyond {
            let _ = write!(out, " Beyond its reach: {beyond}.");
        }
        out.push('\n');
    }
    out
}

#[test]
fn the_paper_says_what_was_found() {
    let Some(year) = year::table() else {
        return;
    };
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/consumers.md");
    let wanted = paper(&year);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &wanted).expect("written");
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        there == wanted,
        "docs/consumers.md is out of date: UPDATE=1 cargo test --test simulation\n{wanted}"
    );
}
