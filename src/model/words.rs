//! What is said of something: what everybody reads once it is out, and what the learning team reads besides.

use super::{
    AgendaItem, Blank, Fact, Part, Rare, Resource, ScriptLine, Section, Shared, Speaker, Tongue,
};
use crate::document::Audience;
use jiff::civil::Date;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// What people read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The title, without number.
    pub title: String,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// Its sections.
    pub parts: Shared<Part>,
    /// Keys that pages list.
    pub facts: Shared<Fact>,
    /// What it points to.
    pub resources: Shared<Resource>,
    /// In which language they are written.
    pub tongue: Tongue,
    /// The rest.
    pub besides: Rare<Besides>,
}

/// What only some items say. Words read it like their own fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Besides {
    /// One or two plain sentences, where the author wrote them; else they are made from the parts.
    pub summary: Option<String>,
    /// Where the curated item is.
    pub link: Option<String>,
    /// A few words of theirs, quoted.
    pub excerpt: Option<String>,
    /// Who speaks.
    pub speaker: Option<Speaker>,
    /// What happens in a session, minute by minute.
    pub agenda: Vec<AgendaItem>,
    /// What was asked, in order: `Q1` or a session's title, and the question.
    pub asked: Vec<(String, String)>,
    /// A digest lists what was released from this day on.
    pub digest_from: Option<Date>,
}

impl Words {
    /// A title and one text below it.
    pub fn of(title: impl Into<String>, text: Part) -> Self {
        Self {
            title: title.into(),
            parts: [text].into_iter().collect(),
            ..Self::default()
        }
    }

    /// The full title, below a label: `Day 3: Say hello`.
    pub fn under(&self, label: Option<&str>) -> String {
        match label {
            Some(label) if self.title.is_empty() => label.to_owned(),
            Some(label) => format!("{label}: {}", self.title),
            None => self.title.clone(),
        }
    }
}

impl Blank for Besides {
    fn blank() -> &'static Self {
        static BLANK: Besides = Besides {
            summary: None,
            link: None,
            excerpt: None,
            speaker: None,
            agenda: Vec::new(),
            asked: Vec::new(),
            digest_from: None,
        };
        &BLANK
    }
}

impl Deref for Words {
    type Target = Besides;

    fn deref(&self) -> &Besides {
        &self.besides
    }
}

impl DerefMut for Words {
    fn deref_mut(&mut self) -> &mut Besides {
        &mut self.besides
    }
}

/// What the learning team reads besides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guide {
    /// Its own sections.
    pub parts: Shared<Part>,
    /// Every key, its own and those that pages list, in the author's order.
    pub facts: Shared<Fact>,
    /// The agenda with what the facilitator says.
    pub agenda: Vec<AgendaItem>,
    /// What the host posts, minute by minute.
    pub script: Vec<ScriptLine>,
}

/// The words of something and what the team reads besides. Reads like the words; what is the team's has to be
/// asked for. Held, not copied, by whoever clones it, until somebody changes it.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    words: Arc<Words>,
    guide: Option<Arc<Guide>>,
}

impl Texts {
    /// What everybody may read.
    pub fn public(&self) -> &Arc<Words> {
        &self.words
    }

    /// Every section: what everybody reads, then what is the guide's.
    pub fn sections(&self) -> [&[Part]; 2] {
        let guide = self.guide.as_ref().map(|guide| &guide.parts[..]);
        [&self.words.parts, guide.unwrap_or_default()]
    }

    /// Every key, in the author's order.
    pub fn every_fact(&self) -> &[Fact] {
        let guide = self.guide.as_ref().map(|guide| &guide.facts);
        guide.unwrap_or(&self.words.facts)
    }

    /// The agenda with what the facilitator says.
    pub fn whole_agenda(&self) -> &[AgendaItem] {
        let guide = self.guide.as_ref().map(|guide| &guide.agenda);
        guide.unwrap_or(&self.words.agenda)
    }

    /// What the host posts, minute by minute.
    pub fn script(&self) -> &[ScriptLine] {
        let guide = self.guide.as_ref().map(|guide| &guide.script[..]);
        guide.unwrap_or_default()
    }

    /// Adds a key that pages list.
    pub fn list(&mut self, fact: Fact) {
        let with = |facts: &Shared<Fact>| facts.iter().cloned().chain([fact.clone()]).collect();
        if let Some(guide) = &mut self.guide {
            let guide = Arc::make_mut(guide);
            guide.facts = with(&guide.facts);
        }
        self.facts = with(&self.words.facts);
    }

    /// Keeps these sections and no others.
    pub fn keep(&mut self, sections: &[Section]) {
        let kept = |part: &Part| sections.contains(&part.section);
        if let Some(guide) = &mut self.guide {
            Arc::make_mut(guide).parts.retain(kept);
        }
        self.parts.retain(kept);
    }

    /// Gives it an agenda, of which the team alone reads what the facilitator says.
    pub fn set_agenda(&mut self, agenda: &[AgendaItem]) {
        if agenda.iter().any(|item| item.say.is_some()) || self.guide.is_some() {
            self.guide_mut().agenda = agenda.to_vec();
        }
        self.agenda = silent(agenda);
    }

    /// Gives it what the host posts.
    pub fn set_script(&mut self, script: Vec<ScriptLine>) {
        self.guide_mut().script = script;
    }

    fn guide_mut(&mut self) -> &mut Guide {
        let words = &self.words;
        let guide = self.guide.get_or_insert_with(|| {
            let guide = Guide {
                facts: words.facts.clone(),
                agenda: words.agenda.clone(),
                ..Guide::default()
            };
            guide.into()
        });
        Arc::make_mut(guide)
    }
}

/// An agenda without what the facilitator says.
fn silent(agenda: &[AgendaItem]) -> Vec<AgendaItem> {
    let items = agenda.iter().cloned();
    items.map(|item| AgendaItem { say: None, ..item }).collect()
}

/// Everything is read by those whom its section, key or line is for.
impl From<Words> for Texts {
    fn from(mut words: Words) -> Self {
        let mut guide = Guide {
            parts: words.parts.clone(),
            facts: words.facts.clone(),
            agenda: words.agenda.clone(),
            script: Vec::new(),
        };
        let own = |part: &Part| part.section.audience() == Audience::Team;
        guide.parts.retain(own);
        words.parts.retain(|part| !own(part));
        let listed = |fact: &Fact| fact.listed && fact.audience != Audience::Team;
        words.facts.retain(listed);
        let says = words.agenda.iter().any(|item| item.say.is_some());
        if says {
            words.agenda = silent(&words.agenda);
        }
        let nothing = guide.parts.is_empty() && guide.facts.len() == words.facts.len() && !says;
        Self {
            words: words.into(),
            guide: (!nothing).then(|| guide.into()),
        }
    }
}

impl Deref for Texts {
    type Target = Words;

    fn deref(&self) -> &Words {
        &self.words
    }
}

impl DerefMut for Texts {
    fn deref_mut(&mut self) -> &mut Words {
        Arc::make_mut(&mut self.words)
    }
}
