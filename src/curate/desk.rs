//! The desk: one candidate after the other, and what somebody says about each. A value that is told a line and
//! answers with what is to be done; it touches nothing itself.

use super::{Basket, Draft, Ranked};
use crate::model::{Sight, Verdict};
use jiff::{SignedDuration, Timestamp};

/// The usual reasons, by the key that stands for them.
const REASONS: &[&str] = &[
    "too basic",
    "off the topic",
    "an advert",
    "said before",
    "behind a paywall",
    "not borne out",
];

/// The longest reason: it stands in one line of the ledger.
const LONGEST_REASON: usize = 80;

/// What can be said.
const HELP: &str = "\
p  pick it: a file for your words is written, and opened in your editor
r  reject it, with a reason: r 1, or r and your own words
l  later: it comes last from now on
o  open what it leads to
n  next, and decide nothing
b  back to the one before
u  take back what was said last
q  quit; what was said is kept already";

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Tell these words.
    Say(String),
    /// Write this line into the ledger, at once.
    Keep(Sight),
    /// Write this file, and let somebody fill it in.
    Write(Draft),
    /// Open this address.
    Open(String),
}

/// What the next line answers.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asked {
    /// What becomes of the candidate.
    What,
    /// Why it is rejected.
    Why,
    /// Whether these, which say nearly the same as what was picked, are rejected.
    Others(Vec<usize>),
}

/// A sitting.
#[derive(Debug)]
pub struct Desk<'a> {
    items: &'a [Ranked],
    verdicts: Vec<Option<Verdict>>,
    at: usize,
    asked: Asked,
    past: Vec<usize>,
    basket: Basket<'a>,
    now: Timestamp,
}

impl<'a> Desk<'a> {
    /// A sitting over candidates in their order; those that were kept for later come last.
    pub fn new(items: &'a [Ranked], basket: Basket<'a>, now: Timestamp) -> Self {
        Self {
            verdicts: vec![None; items.len()],
            items,
            at: 0,
            asked: Asked::What,
            past: Vec::new(),
            basket,
            now,
        }
    }

    /// The candidate that is looked at, with its number; none when all were.
    pub fn current(&self) -> Option<(usize, &'a Ranked)> {
        self.items.get(self.at).map(|item| (self.at + 1, item))
    }

    /// The others that say nearly the same as the one that is looked at, and wait.
    pub fn others(&self) -> Vec<&'a Ranked> {
        let others = self.others_of(self.at);
        others.into_iter().map(|at| &self.items[at]).collect()
    }

    /// What is asked now.
    pub fn question(&self) -> String {
        match &self.asked {
            Asked::What if self.current().is_none() => "That was all: back, undo or quit?".into(),
            Asked::What => "pick, reject, later, open, next, back, undo, quit? (? for help)".into(),
            Asked::Why => {
                let reasons = REASONS.iter().zip(1..);
                let reasons: Vec<String> = reasons.map(|(why, n)| format!("{n} {why}")).collect();
                format!("why? {}; or your own words", reasons.join(", "))
            }
            Asked::Others(others) => {
                let titles = others.iter().map(|at| &*self.items[*at].candidate.title);
                let titles: Vec<&str> = titles.collect();
                format!(
                    "reject what says nearly the same ({})? y or n",
                    titles.join("; ")
                )
            }
        }
    }

    /// Whether the answer is words, and not a key.
    pub fn wants_words(&self) -> bool {
        self.asked == Asked::Why
    }

    /// What becomes of a line; none for the end.
    pub fn told(&mut self, line: &str) -> Option<Vec<Deed>> {
        let line = line.trim();
        let deeds = match std::mem::replace(&mut self.asked, Asked::What) {
            Asked::Why => self.reject(line),
            Asked::Others(others) => match line.to_lowercase().as_str() {
                "y" | "yes" => others
                    .into_iter()
                    .map(|at| self.judge(at, Verdict::Rejected, Some("nearly the same as a pick")))
                    .collect(),
                _ => Vec::new(),
            },
            Asked::What => {
                let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
                self.done(word.to_lowercase().as_str(), rest.trim())?
            }
        };
        // Those that were judged meanwhile need no look.
        if deeds.iter().any(|deed| matches!(deed, Deed::Keep(_))) {
            while self.verdicts.get(self.at).is_some_and(Option::is_some) {
                self.at += 1;
            }
        }
        Some(deeds)
    }

    /// What becomes of a word with what stands behind it; none for the end.
    fn done(&mut self, word: &str, rest: &str) -> Option<Vec<Deed>> {
        let nothing_left = self.current().is_none();
        Some(match word {
            "q" | "quit" => return None,
            "b" | "back" => {
                self.at = self.at.saturating_sub(1);
                Vec::new()
            }
            "u" | "undo" => vec![self.take_back()],
            _ if nothing_left => Vec::new(),
            "p" | "pick" => self.pick(),
            "r" | "reject" if rest.is_empty() => {
                self.asked = Asked::Why;
                Vec::new()
            }
            "r" | "reject" => self.reject(rest),
            "l" | "later" => {
                let kept = self.judge(self.at, Verdict::Later, None);
                self.at += 1;
                vec![kept]
            }
            "o" | "open" => vec![self.open()],
            "n" | "next" => {
                self.at += 1;
                Vec::new()
            }
            "?" | "h" | "help" | "" => vec![Deed::Say(HELP.into())],
            other => vec![Deed::Say(format!("`{other}` means nothing here\n{HELP}"))],
        })
    }

    /// `2 picked, 1 rejected; 3 wait.`
    pub fn summary(&self) -> String {
        let count = |wanted: Option<Verdict>| {
            let these = self.verdicts.iter().filter(|verdict| **verdict == wanted);
            these.count()
        };
        let told = [
            (count(Some(Verdict::Picked)), "picked"),
            (count(Some(Verdict::Rejected)), "rejected"),
            (count(Some(Verdict::Later)), "kept for later"),
        ];
        let told: Vec<String> = told
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, word)| format!("{n} {word}"))
            .collect();
        let done = match told.is_empty() {
            true => "Nothing was decided".to_owned(),
            false => told.join(", "),
        };
        match count(None) {
            0 => format!("{done}."),
            1 => format!("{done}; 1 waits."),
            n => format!("{done}; {n} wait."),
        }
    }

    fn others_of(&self, at: usize) -> Vec<usize> {
        let Some(item) = self.items.get(at) else {
            return Vec::new();
        };
        let group = &item.candidate.group;
        let others = self.items.iter().enumerate().filter(|(other, one)| {
            *other != at && one.candidate.group == *group && self.verdicts[*other].is_none()
        });
        others.map(|(other, _)| other).collect()
    }

    fn judge(&mut self, at: usize, verdict: Verdict, reason: Option<&str>) -> Deed {
        self.verdicts[at] = Some(verdict);
        self.past.push(at);
        Deed::Keep(self.line(at, verdict, reason))
    }

    /// A line of the ledger that wins over all that were written about it before.
    fn line(&mut self, at: usize, verdict: Verdict, reason: Option<&str>) -> Sight {
        let sight = &self.items[at].candidate.sight;
        let before = sight
            .judged
            .map(|judged| judged + SignedDuration::from_secs(1));
        let line = sight.judged(verdict, reason, self.now.max(before.unwrap_or(self.now)));
        self.now += SignedDuration::from_secs(1);
        line
    }

    fn pick(&mut self) -> Vec<Deed> {
        let at = self.at;
        let draft = match self.basket.draft(&self.items[at]) {
            Ok(draft) => draft,
            Err(why) => return vec![Deed::Say(why)],
        };
        let others = self.others_of(at);
        let kept = self.judge(at, Verdict::Picked, None);
        self.at += 1;
        if !others.is_empty() {
            self.asked = Asked::Others(others);
        }
        // The file first: a line that speaks of a pick which is nowhere would hide the candidate.
        vec![Deed::Write(draft), kept]
    }

    fn reject(&mut self, why: &str) -> Vec<Deed> {
        let usual = why.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        let usual = usual.and_then(|n| REASONS.get(n).copied());
        let why = usual.unwrap_or(why);
        if why.is_empty() {
            return vec![Deed::Say(
                "It waits: a rejection has a reason, so that nobody has to judge it again.".into(),
            )];
        }
        let kept = self.judge(self.at, Verdict::Rejected, Some(why));
        self.at += 1;
        vec![kept]
    }

    fn open(&self) -> Deed {
        match self
            .current()
            .and_then(|(_, item)| item.candidate.link.clone())
        {
            Some(link) => Deed::Open(link),
            None => Deed::Say("It leads nowhere.".into()),
        }
    }

    fn take_back(&mut self) -> Deed {
        let Some(at) = self.past.pop() else {
            return Deed::Say("Nothing was said yet.".into());
        };
        if self.verdicts[at] == Some(Verdict::Picked) {
            return Deed::Say(format!(
                "`{}` is picked: to take that back, remove its file.",
                self.items[at].candidate.title
            ));
        }
        let line = self.line(at, Verdict::Offered, None);
        self.verdicts[at] = None;
        self.at = at;
        Deed::Keep(line)
    }
}

impl Sight {
    /// The same item, judged. What is said stands on one line.
    pub fn judged(&self, verdict: Verdict, reason: Option<&str>, now: Timestamp) -> Sight {
        let reason = reason.map(super::plain).filter(|reason| !reason.is_empty());
        Sight {
            verdict,
            reason: reason.map(|reason| reason.chars().take(LONGEST_REASON).collect()),
            // The ledger counts in seconds.
            judged: Timestamp::from_second(now.as_second()).ok(),
            ..self.clone()
        }
    }
}
