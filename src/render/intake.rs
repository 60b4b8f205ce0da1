//! The page of a start date of a rolling intake: its steps in order.

use super::context::*;
use super::page_head;
use super::pages::{Made, Maker};
use crate::visible::{self, Intake, SeenRun, by_key};

impl Maker<'_> {
    pub fn intake(&self, run: &SeenRun, intake: &Intake, out: &mut Vec<u8>) -> Made {
        let shape = self.shape(&intake.path);
        let known = by_key(run);
        let starts = shape.day(intake.starts, run.zone);
        let nth = |n: u32| self.site().words.say("step", &[("n", &n.to_string())]);
        let lines = intake
            .steps
            .iter()
            .map(|step| match step {
                visible::Step::Out(key) => Line {
                    item: known.get(key.as_str()).map(|item| shape.item(item, run)),
                    coming: None,
                },
                visible::Step::Ahead(ahead) => Line {
                    item: None,
                    coming: Some(Coming {
                        label: ahead.step.map(nth),
                        ..shape.coming(ahead, run)
                    }),
                },
            })
            .collect();
        let title = shape.starters(intake);
        let it = IntakePage {
            starts,
            run: shape.run_link(run),
            purpose: run.purpose.to_owned(),
            lines,
            calendar: shape.calendar(&intake.path),
            channels: shape.channels(run),
        };
        let head = page_head(self.site(), "intake", &intake.path, &title, run.summary);
        let file = format!("{}index.html", intake.path);
        self.finish(&file, "intake.html", head, &it, shape.diags, out)
    }
}
