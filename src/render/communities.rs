//! The directory of communities.

use super::context::{CommunitiesPage, CommunityLine};
use super::page_head;
use super::pages::{Made, Maker};
use super::shape::Shape;
use crate::model::Fact;
use crate::visible::{COMMUNITIES, Community, SeenRun, Standing};

impl Maker<'_> {
    pub fn communities(&self, out: &mut Vec<u8>) -> Made {
        let shape = self.shape(COMMUNITIES);
        let all = self.view.communities.iter();
        let it = CommunitiesPage {
            communities: all
                .map(|one| line(&shape, one, &self.view.runs[one.run]))
                .collect(),
        };
        let words = &self.site().words;
        let (title, about) = (words.get("communities"), words.get("communities_more"));
        let mut head = page_head(self.site(), "communities", COMMUNITIES, title, about);
        head.feeds = self.feeds(&shape, &[]);
        let file = format!("{COMMUNITIES}index.html");
        self.finish(&file, "communities.html", head, &it, shape.diags, out)
    }
}

fn line(shape: &Shape, community: &Community, run: &SeenRun) -> CommunityLine {
    let (standing, on, why) = match &community.standing {
        Standing::Planning => ("planning", Some(shape.when(run.span.0, run.zone)), None),
        Standing::Active => ("active", None, None),
        Standing::Resting(back, why) => {
            let on = shape.day(*back, run.zone);
            ("resting", Some(on), Some(why.clone()))
        }
        Standing::Closed => {
            let on = run.span.1.map(|ends| shape.last_day(ends, run.zone));
            ("closed", on, None)
        }
    };
    let members: Vec<Fact> = run
        .facts
        .iter()
        .filter(|fact| fact.key == "members")
        .cloned()
        .collect();
    let next = run.soonest().into_iter().next();
    CommunityLine {
        title: run.title.to_owned(),
        href: shape.href(&run.path),
        purpose: run.purpose.to_owned(),
        standing,
        on,
        why,
        next: next.map(|index| shape.coming(&run.ahead[index], run)),
        members: shape.facts(&members).into_iter().next(),
        channels: shape.channels(run),
        lang: run.language.clone(),
    }
}
