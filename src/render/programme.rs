//! A programme's page: the undated definition.

use super::context::*;
use super::page_head;
use super::pages::{Made, Maker};

impl Maker<'_> {
    pub fn programme(&self, index: usize, out: &mut Vec<u8>) -> Made {
        let seen = &self.view.programmes[index];
        let mut shape = self.shape(&seen.path);
        let it = ProgrammePage {
            title: seen.title.to_owned(),
            kind: shape.kind(seen.kind.name),
            summary: seen.summary.to_owned(),
            purpose: seen.purpose.to_owned(),
            about: shape.body(seen.about, "about-"),
            count: seen.count,
            facts: shape.facts(&seen.facts),
            runs: seen
                .runs
                .iter()
                .map(|index| shape.card(&self.view.runs[*index]))
                .collect(),
            roles: self.roles_of(&shape, index),
            agenda: Vec::new(),
            script: Vec::new(),
            overview: None,
            activities: Vec::new(),
            lang: seen.language.clone(),
        };
        let head = page_head(
            self.site(),
            "programme",
            &seen.path,
            seen.title,
            seen.summary,
        );
        let file = format!("{}index.html", seen.path);
        self.finish(&file, "programme.html", head, &it, shape.diags, out)
    }
}
