//! The rules on what is published, as a table: the number that the documentation knows each by, why it is one, and a
//! way out.

mod feed;
mod host;
mod site;

use super::Published;
use crate::diag::Severity;
use jiff::Timestamp;

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// By what it is known: `R6`, or a word where it has no number.
    pub number: &'static str,
    /// What it demands, one sentence.
    pub demands: &'static str,
    /// Why.
    pub why: &'static str,
    /// What to do.
    pub help: &'static str,
    /// Whether it keeps what is published from being sound, or is only worth knowing.
    pub severity: Severity,
    /// Where it is broken.
    pub check: fn(&Published, Timestamp) -> Vec<Found>,
}

/// A place where a rule is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The file, below the site's root.
    pub file: String,
    /// What is wrong, one sentence without a full stop.
    pub what: String,
}

/// A finding.
fn found(file: &str, what: impl Into<String>) -> Found {
    Found {
        file: file.to_owned(),
        what: what.into(),
    }
}

const REBUILD: &str = "build the site again with learnflow, and publish all of it";
const HOST: &str = "correct the settings of the host; nothing in the files is wrong";

/// Every rule, in the order in which they are told.
pub static RULES: &[Rule] = &[
    Rule {
        number: "overdue",
        demands: "What was due is out",
        why: "nothing is released by itself: somebody has to build at its hour, and schedulers are switched off silently",
        help: "run the build that publishes the site, and look why it did not run by itself",
        severity: Severity::Error,
        check: site::overdue,
    },
    Rule {
        number: "status",
        demands: "`status.json` is there and can be read",
        why: "without it nobody outside can tell what is due next",
        help: REBUILD,
        severity: Severity::Error,
        check: site::status,
    },
    Rule {
        number: "ledger",
        demands: "`ledger.json` is there and whole",
        why: "without it the next build takes everything for new, and every network shows it again",
        help: "publish the newest ledger that you have; it lies beside the feeds of each build",
        severity: Severity::Error,
        check: site::ledger,
    },
    Rule {
        number: "R3",
        demands: "A feed dates each item as the ledger does",
        why: "a date that moves is a new item to Zulip, Power Automate and n8n",
        help: "feeds and ledger come from different builds: publish all of one",
        severity: Severity::Error,
        check: site::as_in_the_ledger,
    },
    Rule {
        number: "R5",
        demands: "No two items of a site have the same second",
        why: "HumHub and BuddyPress show one of the two, Slack neither",
        help: REBUILD,
        severity: Severity::Error,
        check: site::seconds,
    },
    Rule {
        number: "R27",
        demands: "`feeds.opml` is there, and every feed that it names",
        why: "an address that somebody subscribed to must answer for ever",
        help: "publish the whole folder; a feed that has another name now is kept under the old one",
        severity: Severity::Error,
        check: site::feeds,
    },
    Rule {
        number: "R34",
        demands: "`robots.txt` is there and lets calendars and previews in",
        why: "Google's calendar does not load what robots may not read, and pasted links show no preview",
        help: "let `Googlebot`, `Slackbot`, `facebookexternalhit`, `Twitterbot` and `LinkedInBot` in",
        severity: Severity::Error,
        check: site::robots,
    },
    Rule {
        number: "R40",
        demands: "Calendars have lines of at most 75 octets that end with CR and LF",
        why: "Outlook refuses a calendar whose lines are longer or end otherwise",
        help: "let the host hand out `.ics` as it is, without changing the ends of lines",
        severity: Severity::Error,
        check: site::calendar_lines,
    },
    Rule {
        number: "R42",
        demands: "Calendars tell times in UTC, and name nobody",
        why: "Outlook complains about times without a zone at every look, and shows them hours off",
        help: REBUILD,
        severity: Severity::Error,
        check: site::calendar_times,
    },
    Rule {
        number: "R16",
        demands: "A feed is well-formed XML from its first byte on",
        why: "Mattermost, NodeBB, HumHub and WordPress see nothing in it otherwise, and say nothing",
        help: "let the host hand out feeds as they are: without a byte more or less",
        severity: Severity::Error,
        check: feed::bytes,
    },
    Rule {
        number: "R15",
        demands: "A feed has at most 512 KiB",
        why: "every network fetches all of it every few minutes, and some give up",
        help: "fewer runs in one channel, or a shorter `cadence`",
        severity: Severity::Error,
        check: feed::length,
    },
    Rule {
        number: "R1",
        demands: "Each item has an id of its own that is no address",
        why: "one item without an id, or two with the same one, make MonitoRSS show the whole feed again",
        help: REBUILD,
        severity: Severity::Error,
        check: feed::ids,
    },
    Rule {
        number: "R2",
        demands: "Each item leads to a page of its own: absolute, in small letters, without `?` and `#`",
        why: "Discourse knows a topic by its link, and takes two that differ by capitals or hyphens for one",
        help: "look at `base_url` in site.yaml, and build again",
        severity: Severity::Error,
        check: feed::links,
    },
    Rule {
        number: "R4",
        demands: "Each date has the one form that every reader takes: `Tue, 06 Jan 2026 06:03:12 +0000`",
        why: "one date with a wrong weekday or zone makes .NET refuse the whole feed; without one Slack and Power Automate show nothing",
        help: REBUILD,
        severity: Severity::Error,
        check: feed::dates,
    },
    Rule {
        number: "R6",
        demands: "The newest item stands first",
        why: "NodeBB reads the first four alone, Mattermost the first at first, and Slack refuses what is out of order",
        help: REBUILD,
        severity: Severity::Error,
        check: feed::order,
    },
    Rule {
        number: "R7",
        demands: "Nothing has a date that lies ahead",
        why: "one item from the future silences n8n and Power Automate until that day",
        help: "look at the clock of the machine that builds; publish the build before",
        severity: Severity::Error,
        check: feed::future,
    },
    Rule {
        number: "R8",
        demands: "`lastBuildDate` is the date of the newest item",
        why: "a reader that trusts it leaves out what is newer",
        help: REBUILD,
        severity: Severity::Error,
        check: feed::last_build,
    },
    Rule {
        number: "R9",
        demands: "Each item says in `atom:updated` when it was published last",
        why: "Power Automate can go by that date, and finds nothing where it is missing",
        help: REBUILD,
        severity: Severity::Error,
        check: feed::updated,
    },
    Rule {
        number: "R12",
        demands: "A feed is never empty",
        why: "Matrix takes the first item of a feed that was empty for an old one, and SharePoint shows nothing of one item",
        help: "let people subscribe when something is out",
        severity: Severity::Warning,
        check: feed::empty,
    },
    Rule {
        number: "R17",
        demands: "No element of another namespace is called like one of RSS",
        why: "Mattermost knows no namespaces: a `media:title` becomes the title, an `atom:link` blanks the link",
        help: REBUILD,
        severity: Severity::Error,
        check: feed::blind,
    },
    Rule {
        number: "R18",
        demands: "The link stands before the enclosure",
        why: "some readers take the first address that they find",
        help: REBUILD,
        severity: Severity::Error,
        check: feed::children,
    },
    Rule {
        number: "R19",
        demands: "Each item has a summary in plain text, of at most 480 characters",
        why: "without one Zulip's bot stops in the middle of the feed; Matrix cuts at 512, tags included",
        help: "write a `summary`, or a first paragraph that stands alone",
        severity: Severity::Error,
        check: feed::summaries,
    },
    Rule {
        number: "R21",
        demands: "Each item has a title of at most 60 characters",
        why: "Zulip cuts what is longer, and NodeBB passes over what has none",
        help: "write a shorter title; it holds for what comes next",
        severity: Severity::Error,
        check: feed::titles,
    },
    Rule {
        number: "R24",
        demands: "No feed asks readers to stay away for hours or days",
        why: "who obeys `skipHours` and `skipDays` comes too late",
        help: REBUILD,
        severity: Severity::Error,
        check: feed::skips,
    },
    Rule {
        number: "R25",
        demands: "A feed names its own address",
        why: "readers that move with it would go elsewhere",
        help: "look at `base_url` in site.yaml, and build again",
        severity: Severity::Error,
        check: feed::itself,
    },
    Rule {
        number: "R28",
        demands: "A feed is not dated before its newest item by its host",
        why: "HumHub asks for what is newer than its last look, and gets nothing for ever",
        help: "let the host say when the file was put there, not when it was made",
        severity: Severity::Error,
        check: host::modified,
    },
    Rule {
        number: "R29",
        demands: "Feeds may be read by pages of other hosts, are fetched anew within the hour, and are no pages",
        why: "SharePoint's web parts read feeds in the browser, which needs `Access-Control-Allow-Origin: *`",
        help: HOST,
        severity: Severity::Error,
        check: host::feeds,
    },
    Rule {
        number: "R36",
        demands: "Pages may stand in the frame of another site",
        why: "with `X-Frame-Options`, or a `frame-ancestors` that is too narrow, people read: refused to connect",
        help: HOST,
        severity: Severity::Error,
        check: host::frames,
    },
];
