//! The board of offers and asks.

use super::context::{BoardPage, CardLine, PersonLine, TopicLine};
use super::page_head;
use super::pages::{Made, Maker};
use super::shape::Shape;
use crate::diag::Diagnostics;
use crate::visible::{Board, CardState, Person, SeenRun, TeamCard};

impl Maker<'_> {
    pub fn board(&self, run: &SeenRun, out: &mut Vec<u8>) -> Made {
        let Some(board) = &run.board else {
            return (String::new(), Diagnostics::new());
        };
        let shape = self.shape(&board.path);
        let it = page(&shape, run, board);
        let mut head = page_head(self.site(), "board", &board.path, &it.title, &it.statement);
        head.feeds = self.feeds(&shape, &[(&run.path, run.title)]);
        let file = format!("{}index.html", board.path);
        self.finish(&file, "board.html", head, &it, shape.diags, out)
    }
}

/// The page of a board.
fn page(shape: &Shape, run: &SeenRun, board: &Board) -> BoardPage {
    let topics = board.topics.iter().map(|topic| TopicLine {
        title: topic.title.clone(),
        offers: topic.offers.iter().map(line).collect(),
        asks: topic.asks.iter().map(line).collect(),
    });
    BoardPage {
        title: shape.site.words.get("board").to_owned(),
        run: shape.run_link(run),
        statement: board.consent.statement.clone(),
        withdraw: board.consent.withdraw.clone(),
        topics: topics.collect(),
        json: shape.href(&board.json()),
        channels: shape.channels(run),
    }
}

fn line(person: &Person) -> PersonLine {
    let languages = (!person.languages.is_empty()).then(|| person.languages.join(", "));
    let note = languages.into_iter().chain(person.zone.clone());
    PersonLine {
        handle: person.handle.clone(),
        href: person.link.clone(),
        note: note.collect::<Vec<_>>().join(" · "),
    }
}

/// A card for the coordinator.
pub fn card(shape: &Shape, seen: &TeamCard) -> CardLine {
    let card = seen.card;
    CardLine {
        handle: card.handle.to_string(),
        href: card.link.clone(),
        consent: shape.site.words.day(card.consent),
        expires: shape.site.words.day(card.expires),
        state: match seen.state {
            CardState::Lapsed => "lapsed",
            CardState::Soon => "soon",
            CardState::Valid => "valid",
        },
        capacity: card.capacity,
    }
}
