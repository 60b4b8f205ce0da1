//! The script of a live event: what its host posts at which minute, and what is on meanwhile. The
//! questions come out when the event is over; what is on, with the invitation.

use super::community::length;
use super::parts::read_hashtag;
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::document::Fields;
use crate::model::{AgendaItem, ScriptLine};
use crate::schedule::{Offset, Unit};

/// What is posted, in the order of its minutes.
#[derive(Debug)]
pub struct Script {
    questions: Vec<Question>,
    sessions: Vec<Session>,
}

/// What the host posts at one minute.
#[derive(Debug)]
struct Question {
    after: u32,
    at: Place,
    /// `Q1`, and the question.
    ask: Option<(String, String)>,
    ask_at: Place,
    say: Option<String>,
    if_quiet: Option<String>,
    seed: Option<String>,
}

/// A part of the event that people talk beside.
#[derive(Debug)]
struct Session {
    after: u32,
    minutes: u32,
    at: Place,
    title: String,
    tag: Option<String>,
    ask: String,
    ask_at: Place,
    if_quiet: Option<String>,
}

/// Minutes from the start, as `at` and `length` say them.
fn minute(fields: &Fields, diags: &mut Diagnostics) -> Option<u32> {
    let _ = fields.need("at", "missing-key", diags)?;
    let offset: Offset = fields.parse("at", diags)?;
    let minutes = clock_minutes(offset).and_then(|minutes| u32::try_from(minutes).ok());
    if minutes.is_none() {
        diags.push(
            Diagnostic::error(
                "wrong-value",
                "`at` counts minutes from the start of the event",
            )
            .at(fields.place("at"))
            .help("write `at: 0m` for the start, `at: 15m` for a quarter of an hour later"),
        );
    }
    minutes
}

/// An offset on the clock, in minutes.
pub fn clock_minutes(offset: Offset) -> Option<i32> {
    match offset.unit {
        Unit::Minutes => Some(offset.amount),
        Unit::Hours => Some(offset.amount.saturating_mul(60)),
        Unit::Days | Unit::WorkingDays | Unit::Weeks => None,
    }
}

fn question(fields: &Fields, number: u32, diags: &mut Diagnostics) -> Option<Question> {
    let after = minute(fields, diags);
    let (ask, say) = (fields.text("ask", diags), fields.text("say", diags));
    if !fields.has("ask") && !fields.has("say") {
        diags.push(
            Diagnostic::error("missing-key", "nothing is posted at this minute")
                .at(fields.here())
                .help("add `ask:` with a question, or `say:` with other words"),
        );
    }
    if let Some(written) = fields.number("q", 1..=99, diags)
        && written != number
    {
        diags.push(
            Diagnostic::error(
                "question-order",
                format!("this is question {number}, and it is called Q{written}"),
            )
            .at(fields.place("q"))
            .why("people answer under the number: A1 belongs to Q1")
            .help(format!(
                "write `q: {number}`, or leave `q` out: questions are numbered as they come"
            )),
        );
    }
    Some(Question {
        after: after?,
        at: fields.place("at"),
        ask: ask.map(|ask| (format!("Q{number}"), ask)),
        ask_at: fields.place("ask"),
        say,
        if_quiet: fields.text("if_quiet", diags),
        seed: fields.text("seed", diags),
    })
}

fn session(fields: &Fields, diags: &mut Diagnostics) -> Option<Session> {
    let after = minute(fields, diags);
    let minutes = length(fields, "length", diags);
    let title = fields.need("title", "missing-title", diags);
    let why = "people who only listen could do so alone";
    let ask = fields.need_because("ask", "missing-key", why, diags);
    let tag = read_hashtag(fields, "tag", diags);
    let if_quiet = fields.text("if_quiet", diags);
    Some(Session {
        after: after?,
        minutes: minutes?,
        at: fields.place("at"),
        title: title?,
        tag,
        ask: ask?,
        ask_at: fields.place("ask"),
        if_quiet,
    })
}

/// Each later than the one before, and none beyond the end.
fn in_order(times: &[(u32, u32, &Place)], length: u32, diags: &mut Diagnostics) {
    let mut tell = |message: String, at: &Place, help: &str| {
        diags.push(
            Diagnostic::error("question-times", message)
                .at(at.clone())
                .why("the host reads the script from top to bottom with an eye on the clock")
                .help(help),
        );
    };
    for pair in times.windows(2) {
        let ((before, ..), (after, _, at)) = (pair[0], pair[1]);
        if after <= before {
            let message = format!("minute {after} comes after minute {before}");
            tell(
                message,
                at,
                "put the rows into the order of their minutes, one row a minute",
            );
        }
    }
    for (after, minutes, at) in times {
        let end = after + minutes;
        if end > length {
            let message = format!("minute {end} lies beyond the {length} minutes of the event");
            tell(
                message,
                at,
                "choose an earlier minute, or make the event longer",
            );
        }
    }
}

impl Script {
    /// Reads `questions` and `sessions`.
    pub fn read(fields: &Fields, diags: &mut Diagnostics) -> Self {
        let mut questions = Vec::new();
        let mut asked = 0;
        for row in fields.maps("questions", diags) {
            asked += u32::from(row.has("ask"));
            questions.extend(question(&row, asked, diags));
        }
        let rows = fields.maps("sessions", diags);
        let sessions = rows.iter().filter_map(|row| session(row, diags));
        Self {
            questions,
            sessions: sessions.collect(),
        }
    }

    /// Refuses minutes out of order or beyond the end of the event.
    pub fn check_times(&self, length: u32, diags: &mut Diagnostics) {
        let questions = self.questions.iter();
        let times: Vec<_> = questions.map(|q| (q.after, 0, &q.at)).collect();
        in_order(&times, length, diags);
        let sessions = self.sessions.iter();
        let times: Vec<_> = sessions.map(|s| (s.after, s.minutes, &s.at)).collect();
        in_order(&times, length, diags);
    }

    /// How many questions the host asks.
    pub fn questions(&self) -> usize {
        self.questions.iter().filter(|q| q.ask.is_some()).count()
    }

    /// Whether nothing is on besides the conversation.
    pub fn has_no_sessions(&self) -> bool {
        self.sessions.is_empty()
    }

    /// Every question with its place: those of the chat, then those of sessions.
    pub fn asked(&self) -> impl Iterator<Item = (&str, &str, &Place)> {
        let questions = self.questions.iter().filter_map(|question| {
            let (name, ask) = question.ask.as_ref()?;
            Some((name.as_str(), ask.as_str(), &question.ask_at))
        });
        let sessions = self.sessions.iter();
        questions.chain(sessions.map(|s| (s.title.as_str(), s.ask.as_str(), &s.ask_at)))
    }

    /// What is on, for everybody who was invited.
    pub fn agenda(&self) -> Vec<AgendaItem> {
        let item = |session: &Session| AgendaItem {
            title: session.title.clone(),
            after: session.after,
            minutes: session.minutes,
            mode: "present",
            tag: session.tag.clone(),
            say: None,
        };
        self.sessions.iter().map(item).collect()
    }

    /// What the host posts, with the hashtags that keep it together.
    pub fn lines(&self, hashtag: Option<&str>) -> Vec<ScriptLine> {
        let questions = self.questions.iter().map(|question| {
            let ask = question.ask.as_ref();
            let numbered = ask.map(|(name, ask)| format!("{name} {ask}"));
            let words: Vec<&str> = (question.say.iter().chain(&numbered))
                .map(String::as_str)
                .collect();
            ScriptLine {
                after: question.after,
                name: ask.map(|(name, _)| name.clone()),
                post: post(&words.join(" "), &[hashtag]),
                if_quiet: question.if_quiet.clone(),
                seed: question.seed.clone(),
            }
        });
        let sessions = self.sessions.iter().map(|session| ScriptLine {
            after: session.after,
            name: Some(session.title.clone()),
            post: post(&session.ask, &[hashtag, session.tag.as_deref()]),
            if_quiet: session.if_quiet.clone(),
            seed: None,
        });
        let mut lines: Vec<ScriptLine> = questions.chain(sessions).collect();
        lines.sort_by_key(|line| line.after);
        lines
    }
}

/// A post with the hashtags that it has not got already.
fn post(words: &str, tags: &[Option<&str>]) -> String {
    let mut post = words.trim().to_owned();
    for tag in tags.iter().flatten() {
        let tag = format!("#{tag}");
        if !post.split_whitespace().any(|word| word == tag) {
            post.push(' ');
            post.push_str(&tag);
        }
    }
    post
}
