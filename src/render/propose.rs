//! How a session of a season is offered: until when for which date, and a file to be filled in.

use super::aside::path;
use super::context::{FreeLine, ProposePage};
use super::pages::{Made, Maker};
use super::shape::Shape;
use crate::diag::Diagnostics;
use crate::model::{Aside, Strings};
use crate::visible::{Free, SeenRun};

impl Maker<'_> {
    pub fn propose(&self, run: &SeenRun, out: &mut Vec<u8>) -> Made {
        let Some(call) = &run.call else {
            return (String::new(), Diagnostics::new());
        };
        let shape = self.shape(&path(run, Aside::Propose));
        let it = ProposePage {
            run: shape.run_link(run),
            how: call.how.to_owned(),
            free: (call.free.iter())
                .map(|free| line(&shape, free, run))
                .collect(),
            file: file(&self.site().words, call.free.first()),
            channels: shape.channels(run),
            lang: run.language.clone(),
        };
        self.made(run, Aside::Propose, "propose", &it, shape, out)
    }
}

fn line(shape: &Shape, free: &Free, run: &SeenRun) -> FreeLine {
    FreeLine {
        label: free.label.clone(),
        when: shape.when(free.event.starts, run.zone),
        ends: shape.when(free.event.ends, run.zone),
        until: free.until.map(|day| shape.day(day, run.zone)),
    }
}

/// The file of a session that is an idea, for the first date that is free.
fn file(words: &Strings, free: Option<&Free>) -> String {
    let say = |key: &str| words.get(&format!("propose_{key}")).to_owned();
    let slot = free.map_or(String::new(), |free| format!("slot: {}\n", free.nominal));
    format!(
        "---\nid: {}\ntitle: {}\nsummary: {}\nled_by: employee\ndepartment: {}\nformat: talk\n{slot}status: idea\n---\n\
         ## About\n\n{}\n\n## Before\n\n{}\n\n## After\n\n{}\n",
        say("id"),
        say("title"),
        say("summary"),
        say("department"),
        say("about"),
        say("before"),
        say("after"),
    )
}
