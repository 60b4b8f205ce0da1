//! What a build notes for the next one: of what it was made, until when it holds, and what it said. While
//! nothing of that is otherwise, the next build says so and makes nothing.

use super::World;
use super::gather::{Read, ledger_file};
use crate::cli::Common;
use crate::diag::{Diagnostic, Diagnostics, Place, Severity};
use crate::disk;
use crate::model::{Content, Moment, Tree};
use crate::{formats, plan};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

/// A build that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// Of program, files and options.
    inputs: Sum,
    /// Of each site's ledger as the build left it, which is what the next one reads.
    ledgers: BTreeMap<String, Sum>,
    /// The moment of the build.
    pub built: Timestamp,
    /// Until when its files and problems stay the same.
    until: Option<Timestamp>,
    /// When to build again, in words.
    pub next: String,
    problems: Vec<Problem>,
}

/// A fingerprint of bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum(String);

impl Sum {
    /// Of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(format!("{:032x}", xxh3_128(bytes)))
    }

    /// Of what stands in a file.
    pub fn written(content: &Content) -> Self {
        let mut sum = Xxh3Default::new();
        content.write(&mut sum).expect("a sum takes all");
        Self(format!("{:032x}", sum.digest128()))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Problem {
    code: String,
    message: String,
    place: Option<Spot>,
    why: Option<String>,
    help: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spot {
    file: String,
    line: u32,
    column: u32,
    width: u32,
    text: String,
}

/// What a build is made of, but for ledgers and moment; none if some of it could not be read, be it the program
/// itself.
pub fn inputs(read: &Read, common: &Common, world: &World) -> Option<Sum> {
    if read.problems.has_errors() {
        return None;
    }
    let mut all = Xxh3Default::new();
    // With its length before it, nothing can be taken for something else.
    let mut add = |bytes: &[u8]| {
        all.update(&bytes.len().to_le_bytes());
        all.update(bytes);
    };
    add((world.program)()?.as_bytes());
    add(common.site.as_deref().unwrap_or_default().as_bytes());
    add(&[u8::from(common.site.is_some()), u8::from(common.withdraw)]);
    for (path, bytes) in &read.folder.files {
        add(path.as_bytes());
        add(bytes);
    }
    Some(Sum(format!("{:032x}", all.digest128())))
}

/// Where a site's ledger is written, below the output folder.
pub fn ledger_path(site: &str) -> String {
    let tree = Tree::Public.folder();
    format!("{tree}/{site}/{}", formats::ledger::FILE)
}

impl Standing {
    /// What stands when this build is written.
    pub fn new(
        inputs: Sum,
        ledgers: BTreeMap<String, Sum>,
        now: Timestamp,
        until: Option<Timestamp>,
        next: &str,
        told: &Diagnostics,
    ) -> Self {
        Self {
            inputs,
            ledgers,
            built: Moment::new(now).now(),
            until,
            next: next.to_owned(),
            problems: told
                .iter()
                .filter(|problem| !plan::ONCE.contains(&problem.code))
                .map(Problem::of)
                .collect(),
        }
    }

    /// For the next build.
    pub fn note(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("text, numbers and instants")
    }

    /// A note that some build left, if it can be understood.
    pub fn read(note: &[u8]) -> Option<Self> {
        let standing: Self = serde_json::from_slice(note).ok()?;
        let mut spots = standing.problems.iter().filter_map(|p| p.place.as_ref());
        spots.all(Spot::is_sound).then_some(standing)
    }

    /// Whether a build of this, now, would make what stands there.
    pub fn holds(&self, inputs: &Sum, now: Timestamp, common: &Common) -> bool {
        let now = Moment::new(now).now();
        let in_time = self.built <= now && self.until.is_none_or(|until| now < until);
        let same = |(site, sum): (&String, &Sum)| {
            let file = ledger_file(site, common).ok().flatten();
            let bytes = file.and_then(|file| disk::read_file(&file).ok().flatten());
            bytes.is_some_and(|bytes| Sum::of(&bytes) == *sum)
        };
        self.inputs == *inputs && in_time && self.ledgers.iter().all(same)
    }

    /// The problems that a build would tell.
    pub fn problems(&self) -> Diagnostics {
        let mut problems = Diagnostics::new();
        for problem in &self.problems {
            problems.push(problem.again());
        }
        problems
    }
}

impl Spot {
    /// Lines and columns count from 1.
    fn is_sound(&self) -> bool {
        let counts = [self.line, self.column, self.width];
        !counts.contains(&0) && self.column.checked_add(self.width).is_some()
    }
}

impl Problem {
    fn of(problem: &Diagnostic) -> Self {
        Self {
            code: problem.code.to_owned(),
            message: problem.message.clone(),
            place: problem.place.as_ref().map(|place| Spot {
                file: place.file.to_string(),
                line: place.line,
                column: place.column,
                width: place.width,
                text: place.text.clone(),
            }),
            why: problem.why.clone(),
            help: problem.help.clone(),
        }
    }

    /// The same problem. Only warnings are noted: with an error nothing is written.
    fn again(&self) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            // Codes stand in the program, but for these few, which live until it ends.
            code: self.code.clone().leak(),
            message: self.message.clone(),
            place: self.place.as_ref().map(|spot| Place {
                file: spot.file.as_str().into(),
                line: spot.line,
                column: spot.column,
                width: spot.width,
                text: spot.text.clone(),
            }),
            why: self.why.clone(),
            help: self.help.clone(),
        }
    }
}
