//! What somebody of the team finishes by hand: an end report, or the notes of an event.

use super::TeamRun;
use crate::model::{Beside, Site};
use crate::plan::{report, wrap_up};

/// A text with blanks.
#[derive(Debug)]
pub struct Skeleton {
    /// `report` or `notes`: part of its address and of the names of interface words.
    pub name: &'static str,
    /// Markdown.
    pub text: String,
}

impl Skeleton {
    /// The page that shows it, below the root of the team's tree, ends with `/`.
    pub fn path(&self, run: &TeamRun) -> String {
        format!("{}{}/", run.path(), self.name)
    }

    /// What it is called, in the words of the site.
    pub fn title(&self, site: &Site) -> String {
        site.words
            .get(&format!("skeleton_{}", self.name))
            .to_owned()
    }

    /// The text alone, likewise.
    pub fn file(&self, run: &TeamRun) -> String {
        format!("{}{}.md", run.path(), self.name)
    }
}

impl TeamRun<'_> {
    /// The text that is to be finished in this run, once there is something to say.
    pub fn skeleton(&self, site: &Site) -> Option<Skeleton> {
        let found = self.programme.kind.beside.iter();
        let mut found = found.filter_map(|beside| match beside {
            Beside::Report if report::has_begun(self.planned) => Some(Skeleton {
                name: "report",
                text: report::text(self.planned, site),
            }),
            Beside::Notes => Some(Skeleton {
                name: "notes",
                text: wrap_up::text(self.planned, site)?,
            }),
            _ => None,
        });
        found.next()
    }
}
