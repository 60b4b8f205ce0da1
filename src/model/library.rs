//! Everything that was read, with every reference resolved.

use super::{
    Card, Fact, Id, Introduced, Kind, Markdown, Part, PlannedRun, Programme, Run, Seen, Shared,
    Site, Sources, Tongue, in_language, same_language,
};
use crate::document::{Bytes, Source};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// One question of a bank.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// Its id, unique in the bank.
    pub id: Id,
    /// Its short title.
    pub title: String,
    /// How long an answer takes.
    pub minutes: Option<u32>,
    /// Its words, and what the guide should know.
    pub parts: Shared<Part>,
    /// In which language it is written.
    pub tongue: Tongue,
    /// Where its heading stands.
    pub at: Range<usize>,
}

/// A prompt bank: questions in the order in which they are drawn.
#[derive(Debug, Clone)]
pub struct Bank {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// BCP 47 tag of the language in which it was first written, if it says so.
    pub language: Option<String>,
    /// The questions.
    pub prompts: Vec<Prompt>,
    /// Its file.
    pub origin: Arc<Source>,
}

/// A role guide: what somebody does who looks after programmes of some kinds.
#[derive(Debug, Clone)]
pub struct Role {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// At most 200 characters that stand alone.
    pub summary: String,
    /// The kinds it looks after, in the order of the file.
    pub ways: Vec<&'static Kind>,
    /// BCP 47 tag, if it differs from the site's.
    pub language: Option<String>,
    /// The guide.
    pub body: Markdown,
    /// Its file.
    pub origin: Arc<Source>,
}

impl Role {
    /// Whether it looks after a run.
    pub fn looks_after(&self, run: &PlannedRun) -> bool {
        let kind = run.programme.kind.name;
        self.ways.iter().any(|way| way.name == kind)
    }
}

/// A judged choice: one item of the web, with the curator's own words.
#[derive(Debug, Clone)]
pub struct Pick {
    /// Its id, unique on the site.
    pub id: Id,
    /// The run of a learning flow it is for.
    pub run: Id,
    /// The day somebody gave it; else it takes a slot when there is room.
    pub slot: Option<Date>,
    /// Where it is.
    pub url: String,
    /// Its title.
    pub title: String,
    /// One of [`Pick::FORMATS`].
    pub format: Option<&'static str>,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// It may take longer than the others.
    pub long_read: bool,
    /// It is a question to the group, for a slot that asks one.
    pub asks: bool,
    /// What it is about.
    pub topics: Vec<String>,
    /// Whether it argues against what people here believe.
    pub challenges: bool,
    /// Whether it is from our own house.
    pub own: bool,
    /// The theme of the flow it belongs to.
    pub theme: Option<String>,
    /// The first day on which it may be shown.
    pub not_before: Option<Date>,
    /// The day on which it leaves the current lists.
    pub expires: Option<Date>,
    /// The day on which it was chosen.
    pub picked_on: Option<Date>,
    /// Why this, Do, Share …
    pub parts: Shared<Part>,
    /// Keys that pages list (source, author, format …).
    pub facts: Vec<Fact>,
    /// Its source, where the site keeps a list of them.
    pub source: Option<Id>,
    /// Its source as the pick names it.
    pub from: Option<String>,
    /// A few of their words, quoted.
    pub excerpt: Option<String>,
    /// Its file.
    pub origin: Arc<Source>,
    /// Where the value of `slot` stands, else that of `url`.
    pub slot_at: Range<usize>,
}

impl Pick {
    /// The words for `format`.
    pub const FORMATS: &[&str] = &[
        "read", "watch", "listen", "tool", "do", "person", "data", "internal",
    ];
}

/// All of it.
#[derive(Debug, Default)]
pub struct Library {
    /// Programmes by id.
    pub programmes: BTreeMap<Id, Programme>,
    /// Prompt banks by id.
    pub banks: BTreeMap<Id, Bank>,
    /// Translated programmes by id and language; what is not translated in them is as it was.
    pub programmes_in: BTreeMap<Id, BTreeMap<String, Programme>>,
    /// Translated banks by id and language.
    pub banks_in: BTreeMap<Id, BTreeMap<String, Bank>>,
    /// Role guides by id.
    pub roles: BTreeMap<Id, Role>,
    /// Translated guides by id and language.
    pub roles_in: BTreeMap<Id, BTreeMap<String, Role>>,
    /// Sites by id.
    pub sites: BTreeMap<Id, Site>,
    /// Runs by site, in the order of their ids.
    pub runs: BTreeMap<Id, Vec<Run>>,
    /// Sources by site; a site without the file has none.
    pub sources: BTreeMap<Id, Sources>,
    /// What was seen of the sources, by site.
    pub seen: BTreeMap<Id, Seen>,
    /// Picks by site, in the order of their slots.
    pub picks: BTreeMap<Id, Vec<Pick>>,
    /// People cards by site and handle.
    pub people: BTreeMap<Id, BTreeMap<Id, Card>>,
    /// Who was introduced to whom, by site, in the order of the file. Never on a page.
    pub introduced: BTreeMap<Id, Vec<Introduced>>,
    /// Shared layouts that stand in the repository, by name.
    pub layouts: BTreeMap<String, Arc<Source>>,
    /// Every image beside a document: path in the folder to its bytes.
    pub images: BTreeMap<String, Bytes>,
    /// Which document a Markdown file holds, for links between documents.
    pub documents: BTreeMap<String, Whose>,
}

impl Library {
    /// A programme in a language, as far as it is translated.
    pub fn programme(&self, id: &str, language: &str) -> Option<&Programme> {
        let original = self.programmes.get(id)?;
        let translated = || in_language(self.programmes_in.get(id)?, language);
        Some(match is_in(original.language.as_deref(), language) {
            true => original,
            false => translated().unwrap_or(original),
        })
    }

    /// A role guide in a language, as far as it is translated.
    pub fn role<'a>(&'a self, original: &'a Role, language: &str) -> &'a Role {
        let translated = || in_language(self.roles_in.get(&original.id)?, language);
        match is_in(original.language.as_deref(), language) {
            true => original,
            false => translated().unwrap_or(original),
        }
    }

    /// A prompt bank in a language, as far as it is translated.
    pub fn bank(&self, id: &str, language: &str) -> Option<&Bank> {
        let original = self.banks.get(id)?;
        let translated = || in_language(self.banks_in.get(id)?, language);
        Some(match is_in(original.language.as_deref(), language) {
            true => original,
            false => translated().unwrap_or(original),
        })
    }
}

fn is_in(written: Option<&str>, wanted: &str) -> bool {
    written.is_some_and(|written| same_language(written, wanted))
}

/// What a Markdown file of the library is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// A programme.
    Programme(Id),
    /// An activity of a programme.
    Activity(Id, Id),
    /// A prompt bank.
    Bank(Id),
    /// A role guide.
    Role(Id),
    /// A run of a site.
    Run(Id, Id),
    /// A session of a run of a site.
    Session(Id, Id, Id),
    /// A pick of a site.
    Pick(Id, Id),
    /// A card: nobody has a page here.
    Person,
}

impl Prompt {
    /// The words of the prompt, ready to be released.
    pub fn words(&self) -> super::Texts {
        let words = super::Words {
            title: self.title.clone(),
            minutes: self.minutes,
            parts: self.parts.clone(),
            tongue: self.tongue.clone(),
            ..super::Words::default()
        };
        words.into()
    }
}
