//! Porch: sources → shelf. `polite` decides, `client` asks, `guard` says where nobody goes, `shelf` keeps.
//!
//! This is the only place that may use the network, and only `fetch`, `look`, `links` and `doctor` come here: a build needs
//! neither network nor shelf. What a feed is it does not know: whoever calls says how one is read.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a porch: how long a server takes is measured by the clock"
)]

mod client;
mod failure;
pub mod guard;
pub mod polite;
mod shelf;
mod turns;
mod unpack;
mod visit;

use crate::model::{Id, Site, Source};
use jiff::Timestamp;
use polite::{Known, Read, State, Step};
use std::path::PathBuf;
use std::sync::Mutex;
use turns::{Turn, Turns, Waiting};

pub use client::{Answer, Before, Client, Limits, Question};
pub use failure::Failure;
pub use guard::{Door, Reach};
pub use shelf::Shelf;
pub use visit::Visited;

/// Sources that are asked at once. They wait for others far more than for us.
const AT_ONCE: usize = 32;

/// Looks into a feed: its bytes, the address it came from, its content type; how many entries it has.
pub type Look<'a> = &'a (dyn Fn(&[u8], &str, Option<&str>) -> Result<usize, Failure> + Sync);

/// What decides beside the sources.
pub struct Setup<'a> {
    /// The moment.
    pub now: Timestamp,
    /// Where answers are kept.
    pub shelf: &'a Shelf,
    /// A folder of saved feeds, to be read instead of asking.
    pub offline: Option<PathBuf>,
    /// What a source may cost.
    pub limits: Limits,
    /// What may be reached wherever it is.
    pub doors: Vec<Door>,
    /// How a feed is read.
    pub look: Look<'a>,
}

/// How it went with one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its site.
    pub site: Id,
    /// Its id.
    pub source: Id,
    /// How it stands.
    pub state: State,
    /// Where it moved for good.
    pub moved_to: Option<String>,
    /// How many entries the copy on the shelf has, if there is one.
    pub entries: Option<usize>,
    /// When that copy was taken.
    pub read: Option<Timestamp>,
}

/// Brings the shelf up to date with every source, each on its own; the outcomes stand in the order of the
/// sources. `told` is called after each.
pub fn fetch(
    sources: &[(&Site, &Source)],
    setup: &Setup,
    told: &(dyn Fn() + Sync),
) -> Vec<Outcome> {
    let client = Client::new(setup.limits.clone(), &setup.doors);
    let hosts = sources.iter().map(|(_, source)| host_of(source, setup));
    all_at_once(hosts, &|at, turns, turn| {
        let (site, source) = sources[at];
        let outcome = one(site, source, setup, &client, turns, turn);
        told();
        outcome
    })
}

/// Asks each address once and makes something of what came, knowing which it was. In the order of the
/// addresses; nothing is kept.
pub fn ask<T: Send>(
    addresses: &[&str],
    limits: &Limits,
    doors: &[Door],
    made: &(dyn Fn(usize, Result<Answer, Failure>) -> T + Sync),
) -> Vec<T> {
    let client = Client::new(limits.clone(), doors);
    let agent = agent("");
    let hosts = addresses.iter().map(|address| client::host_of(address));
    all_at_once(hosts, &|at, turns, turn| {
        let question = Question {
            address: addresses[at],
            reach: Reach::Public,
            agent: &agent,
            before: None,
        };
        let got = client.ask(&question, turns, turn);
        match got {
            Err(failure) => made(at, Err(failure)),
            Ok((answer, _large)) => match polite::judge(&answer, &Known::default()) {
                Ok(()) => made(at, Ok(answer)),
                Err(failure) => made(at, Err(failure)),
            },
        }
    })
}

/// An address that somebody leads people to.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// The address.
    pub address: &'a str,
    /// How far it may reach.
    pub reach: Reach,
    /// The address of the site that leads there.
    pub home: &'a str,
}

/// The most of a page that is read to see whether it is there.
const PAGE: u64 = 4 * 1024 * 1024;

/// Looks whether something is there at each address, in their order; nothing is kept. `told` is called after each.
pub fn visit(
    visits: &[Visit],
    limits: Limits,
    doors: &[Door],
    told: &(dyn Fn() + Sync),
) -> Vec<Visited> {
    let client = Client::new(
        Limits {
            body: PAGE,
            ..limits
        },
        doors,
    );
    let hosts = visits.iter().map(|visit| client::host_of(visit.address));
    all_at_once(hosts, &|at, turns, turn| {
        let visit = &visits[at];
        let question = Question {
            address: visit.address,
            reach: visit.reach,
            agent: &agent(visit.home),
            before: None,
        };
        let got = client.ask(&question, turns, turn);
        let found = visit::judge(&got.map(|(answer, _large)| answer));
        told();
        found
    })
}

/// Does a piece of work for each host, each when its host has a turn.
fn all_at_once<T: Send>(
    hosts: impl Iterator<Item = String>,
    work: &(dyn for<'t> Fn(usize, &'t Turns, Turn<'t>) -> T + Sync),
) -> Vec<T> {
    let turns = Turns::default();
    let mut waiting = Waiting::new();
    for (at, host) in hosts.enumerate() {
        waiting.entry(host).or_default().push_back(at);
    }
    let threads = AT_ONCE.min(waiting.values().map(|here| here.len()).sum());
    let waiting = Mutex::new(waiting);
    let done: Mutex<Vec<(usize, T)>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((at, turn)) = turns.next(&waiting) {
                    let made = work(at, &turns, turn);
                    done.lock()
                        .unwrap_or_else(|p| p.into_inner())
                        .push((at, made));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(|p| p.into_inner());
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, made)| made).collect()
}

/// Whose turn a source needs; files take none from each other.
fn host_of(source: &Source, setup: &Setup) -> String {
    let feed = source.feed.as_deref().filter(|_| setup.offline.is_none());
    feed.map_or_else(|| source.id.to_string(), client::host_of)
}

fn one<'t>(
    site: &Site,
    source: &Source,
    setup: &Setup,
    client: &Client,
    turns: &'t Turns,
    turn: Turn<'t>,
) -> Outcome {
    let known = setup.shelf.known(&site.id, &source.id).of(source);
    let today = setup.now.to_zoned_datetime(site.zone.clone()).date();
    let left_alone = if setup.offline.is_some() {
        // Files send nobody away.
        let stranger = Known::default();
        polite::step(source, &stranger, setup.now, today)
    } else {
        polite::step(source, &known, setup.now, today)
    };
    let (known, state) = match left_alone {
        Step::Leave(state) => (known, state),
        Step::Ask(address) => {
            let got = match &setup.offline {
                Some(folder) => {
                    let read = shelf::saved(folder, &site.id, &source.id, setup.limits.body);
                    read.map(|body| (from_file(source, body), None))
                }
                None => {
                    let agent = agent(&site.base_url);
                    let before = known.before();
                    let question = Question {
                        address: &address,
                        reach: match source.internal {
                            true => Reach::Inside,
                            false => Reach::Public,
                        },
                        agent: &agent,
                        before: before.as_ref(),
                    };
                    client.ask(&question, turns, turn)
                }
            };
            settle(site, source, setup, known, got)
        }
    };
    Outcome {
        site: site.id.clone(),
        source: source.id.clone(),
        state,
        moved_to: known.moved_to,
        entries: known.sum.is_some().then_some(known.entries),
        read: known.read,
    }
}

/// Looks at what came and keeps what is good; the turn of a large answer is held until that is done.
fn settle(
    site: &Site,
    source: &Source,
    setup: &Setup,
    known: Known,
    got: Result<(Answer, Option<Turn>), Failure>,
) -> (Known, State) {
    let now = setup.now;
    let (after, state, feed) = match &got {
        Err(failure) => {
            let (after, state) = polite::regret(&known, None, failure.clone(), now);
            (after, state, None)
        }
        Ok((answer, _large)) => {
            let (after, state) = match look(answer, &known, setup) {
                Ok(read) => polite::learn(&known, answer, read, now),
                Err(failure) => polite::regret(&known, Some(answer), failure, now),
            };
            let feed = (state == State::New).then_some(answer.body.as_slice());
            (after, state, feed)
        }
    };
    match setup.shelf.keep(&site.id, &source.id, &after, feed) {
        Ok(()) => (after, state),
        Err(failure) => polite::regret(&known, None, failure, now),
    }
}

/// What an answer brings, or none if nothing has changed.
fn look(answer: &Answer, known: &Known, setup: &Setup) -> Result<Option<Read>, Failure> {
    polite::judge(answer, known)?;
    if answer.status == 304 {
        return Ok(None);
    }
    let sum = shelf::sum(&answer.body);
    let entries = if known.sum.as_ref() == Some(&sum) {
        known.entries
    } else {
        let look = || {
            let content_type = answer.header("content-type");
            (setup.look)(&answer.body, &answer.address, content_type)
        };
        // A slip of ours over one feed is no reason to leave the others unread.
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(look)).unwrap_or_else(|_| {
            Err(Failure::NotAFeed(
                "learnflow itself stumbled over it".into(),
            ))
        })?
    };
    Ok(Some(Read { entries, sum }))
}

/// A saved file as an answer.
fn from_file(source: &Source, body: Vec<u8>) -> Answer {
    Answer {
        address: source.feed.clone().unwrap_or_default(),
        moved_to: None,
        status: 200,
        headers: Vec::new(),
        body,
    }
}

/// Who asks: the program, and where its site can be seen.
fn agent(home: &str) -> String {
    let home = url::Url::parse(home);
    let home = home.map_or_else(|_| String::new(), |url| format!(" (+{url})"));
    format!("learnflow/{}{home}", env!("CARGO_PKG_VERSION"))
}
