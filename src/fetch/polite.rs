//! What to ask a source, from what is known of it and the moment; and what its answer teaches. Pure.

use super::client::{Answer, Before};
use super::failure::Failure;
use crate::model::Source;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What is known of a source: the part of the shelf that is not the feed itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Known {
    /// The address for which all of this holds, as `sources.yaml` has it.
    pub feed: String,
    /// Where it moved for good.
    pub moved_to: Option<String>,
    /// The address that gave the copy.
    pub address: Option<String>,
    /// The `ETag` of the copy.
    pub etag: Option<String>,
    /// The `Last-Modified` of the copy.
    pub last_modified: Option<String>,
    /// All headers that came with the copy, but for cookies.
    pub headers: Vec<(String, String)>,
    /// A sum over the copy.
    pub sum: Option<String>,
    /// How many entries the copy has.
    pub entries: usize,
    /// When the copy was taken.
    pub read: Option<Timestamp>,
    /// When it last answered well.
    pub answered: Option<Timestamp>,
    /// It asked to be left alone until then.
    pub wait_until: Option<Timestamp>,
    /// It said that it is gone for good.
    pub gone_since: Option<Timestamp>,
    /// The first failure since it last answered well.
    pub failing_since: Option<Timestamp>,
}

impl Known {
    /// What is still true of a source whose address may have been changed since.
    pub fn of(self, source: &Source) -> Self {
        let feed = source.feed.clone().unwrap_or_default();
        if self.feed == feed {
            return self;
        }
        if self.moved_to.as_ref() == Some(&feed) {
            return Self {
                feed,
                moved_to: None,
                ..self
            };
        }
        Self {
            feed,
            ..Self::default()
        }
    }

    /// The value of a header of the copy.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// What the copy came with, for asking whether there is anything newer.
    pub fn before(&self) -> Option<Before> {
        self.sum.as_ref()?;
        Some(Before {
            address: self.address.clone()?,
            etag: self.etag.clone(),
            last_modified: self.last_modified.clone(),
        })
    }
}

/// What to do about a source now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Ask this address.
    Ask(String),
    /// Leave it alone, for this reason.
    Leave(State),
}

/// How it stands with a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// There is a new copy.
    New,
    /// Nothing has changed.
    Unchanged,
    /// It is gone for good, and is asked no more.
    Gone { since: Timestamp },
    /// It cannot be read.
    Failing { since: Timestamp, failure: Failure },
    /// It asked to be left alone.
    Waiting { until: Timestamp },
    /// The curator leaves it alone.
    Paused { until: jiff::civil::Date },
    /// It has no feed.
    ByHand,
}

/// The longest time for which a server may send us away: what is longer is a slip, and would be for ever.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What to do about a source at a moment, which is `today` for its curator.
pub fn step(source: &Source, known: &Known, now: Timestamp, today: jiff::civil::Date) -> Step {
    let Some(feed) = &source.feed else {
        return Step::Leave(State::ByHand);
    };
    if let Some(until) = source.paused_until.filter(|until| today < *until) {
        return Step::Leave(State::Paused { until });
    }
    if let Some(since) = known.gone_since {
        return Step::Leave(State::Gone { since });
    }
    if let Some(until) = known.wait_until.filter(|until| now < *until) {
        return Step::Leave(State::Waiting { until });
    }
    Step::Ask(known.moved_to.as_ref().unwrap_or(feed).clone())
}

/// A feed that was read: how many entries, and a sum over its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// How many entries it has.
    pub entries: usize,
    /// A sum over its bytes.
    pub sum: String,
}

/// Whether an answer is a good one, before anybody looks into its body.
///
/// # Errors
/// It is not, and why.
pub fn judge(answer: &Answer, known: &Known) -> Result<(), Failure> {
    match answer.status {
        200 => Ok(()),
        304 if known.sum.is_none() => Err(Failure::NoCopy),
        304 => Ok(()),
        other => Err(Failure::Status(other)),
    }
}

/// What is known after a good answer, and how it stands. `read` is missing where nothing has changed.
pub fn learn(known: &Known, answer: &Answer, read: Option<Read>, now: Timestamp) -> (Known, State) {
    let mut after = Known {
        answered: Some(now),
        wait_until: None,
        gone_since: None,
        failing_since: None,
        ..known.clone()
    };
    if answer.moved_to.is_some() {
        after.moved_to.clone_from(&answer.moved_to);
    }
    let Some(read) = read else {
        return (after, State::Unchanged);
    };
    let same = known.sum.as_ref() == Some(&read.sum);
    after.address = Some(answer.address.clone());
    after.etag = answer.header("etag").map(str::to_owned);
    after.last_modified = answer.header("last-modified").map(str::to_owned);
    after.headers.clone_from(&answer.headers);
    after.entries = read.entries;
    after.sum = Some(read.sum);
    if same {
        return (after, State::Unchanged);
    }
    after.read = Some(now);
    (after, State::New)
}

/// What is known after a bad one; the copy stays. `answer` is there if the server did answer.
pub fn regret(
    known: &Known,
    answer: Option<&Answer>,
    failure: Failure,
    now: Timestamp,
) -> (Known, State) {
    let since = known.failing_since.unwrap_or(now);
    let mut after = Known {
        failing_since: Some(since),
        wait_until: None,
        ..known.clone()
    };
    if failure == Failure::Status(410) {
        after.gone_since = Some(now);
        return (after, State::Gone { since: now });
    }
    // The new home may be the mistake: next time the address that the curator wrote is asked.
    after.moved_to = None;
    if let Some(answer) = answer
        && matches!(answer.status, 429 | 503)
        && let Some(wait) = answer.header("retry-after")
    {
        after.wait_until = retry_after(wait, now);
    }
    (after, State::Failing { since, failure })
}

/// When a server wants to be asked again: seconds, or a date.
fn retry_after(text: &str, now: Timestamp) -> Option<Timestamp> {
    let text = text.trim();
    let wanted = if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        let seconds = text.parse::<i64>().unwrap_or(i64::MAX);
        SignedDuration::from_secs(seconds.min(LONGEST_WAIT.as_secs()))
    } else {
        let date = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
        date.parse_timestamp(text).ok()?.duration_since(now)
    };
    let wait = wanted.min(LONGEST_WAIT);
    (wait > SignedDuration::ZERO)
        .then(|| now.checked_add(wait).ok())
        .flatten()
}
