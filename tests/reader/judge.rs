//! What is right, and what two readers make of it.

use super::here;
use learnflow::reader::{About, Feed, What, read};

/// A trap, and what is right.
pub struct Trap {
    pub name: String,
    pub why: String,
    /// A field and its value; `-` is none.
    pub right: Vec<(String, String)>,
}

/// Reads `right.txt`: a name, and below it a sentence and the fields of the first entry.
pub fn traps() -> Vec<Trap> {
    let text = std::fs::read_to_string(here().join("right.txt")).expect("right.txt");
    let blocks = text.split("\n\n").filter(|block| !block.trim().is_empty());
    let traps = blocks.map(|block| {
        let mut lines = block.trim().lines();
        let name = lines.next().expect("a name").to_owned();
        let why = lines.next().expect("a sentence").trim().to_owned();
        let right = lines.map(|line| {
            let (field, value) = line.trim().split_once(' ').expect("a value");
            (field.to_owned(), value.to_owned())
        });
        Trap {
            name,
            why,
            right: right.collect(),
        }
    });
    traps.collect()
}

/// What was read: the first entry, as text.
#[derive(Debug, Default)]
pub struct Got {
    pub refused: Option<String>,
    pub offers: Option<String>,
    entries: usize,
    title: Option<String>,
    link: Option<String>,
    id: Option<String>,
    date: Option<String>,
    summary: Option<String>,
    content: Option<String>,
    html: Option<Option<String>>,
}

impl Got {
    fn no(why: &str) -> Got {
        Got {
            refused: Some(why.to_owned()),
            ..Got::default()
        }
    }

    /// A field; none if this reader does not say it.
    pub fn field(&self, name: &str) -> Option<String> {
        let told = |value: &Option<String>| Some(value.clone().unwrap_or_else(|| "-".to_owned()));
        match name {
            "entries" if self.refused.is_some() => Some("-".to_owned()),
            "entries" => Some(self.entries.to_string()),
            "title" => told(&self.title),
            "link" => told(&self.link),
            "id" => told(&self.id),
            "date" => told(&self.date),
            "summary" => told(&self.summary),
            "content" => told(&self.content),
            "html" => self.html.clone().map(|html| html.unwrap_or_default()),
            "refused" => told(&self.refused),
            "offers" => self.offers.clone(),
            other => panic!("there is no field {other}"),
        }
    }
}

/// What learnflow reads.
pub fn ours(bytes: &[u8], name: &str) -> Got {
    let about = About {
        address: name,
        content_type: None,
    };
    let feed: Feed = match read(bytes, &about) {
        Ok(feed) => feed,
        Err(not) => {
            let what = match not.what {
                What::Empty => "empty",
                What::Page => "a page",
                What::OtherXml => "other XML",
                What::OtherJson => "other JSON",
                What::BrokenJson => "broken JSON",
                What::Neither => "neither",
                What::TooLong | What::Refused => "a slip of ours",
            };
            let offers: Vec<String> = not.feeds.into_iter().map(|feed| feed.address).collect();
            return Got {
                offers: Some(offers.join(" ")),
                ..Got::no(what)
            };
        }
    };
    let mut got = Got {
        entries: feed.entries.len(),
        ..Got::default()
    };
    if let Some(entry) = feed.entries.into_iter().next() {
        got.title = Some(entry.title).filter(|title| !title.is_empty());
        got.link = entry.link;
        got.id = entry.id;
        got.date = entry
            .date
            .map(|date| date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        got.summary = entry.summary;
        got.content = entry.content.as_deref().map(bare);
        got.html = Some(entry.content);
    }
    got
}

/// What `feed-rs` reads, by itself and as it comes.
pub fn alone(bytes: &[u8]) -> Got {
    // It panics where a declaration of an encoding stands after other text.
    let parsed = std::panic::catch_unwind(|| feed_rs::parser::parse(bytes));
    let feed = match parsed {
        Ok(Ok(feed)) => feed,
        Ok(Err(_)) => return Got::no("refused"),
        Err(_) => return Got::no("panics"),
    };
    let mut got = Got {
        entries: feed.entries.len(),
        ..Got::default()
    };
    let words = |text: feed_rs::model::Text| match text.content_type.subty() == "html" {
        true => bare(&text.content),
        false => text.content,
    };
    if let Some(entry) = feed.entries.into_iter().next() {
        let rel = |rel: Option<&str>| {
            let mut links = entry.links.iter();
            links.find(|link| link.rel.as_deref() == rel)
        };
        let link = rel(Some("alternate")).or_else(|| rel(None));
        got.link = link.map(|link| link.href.clone());
        got.title = entry.title.map(words);
        got.id = Some(entry.id).filter(|id| !id.is_empty());
        let date = entry.published.or(entry.updated);
        got.date = date.map(|date| date.format("%Y-%m-%dT%H:%M:%SZ").to_string());
        got.content = entry
            .content
            .and_then(|content| content.body)
            .map(|html| bare(&html));
        // Where there is only content, learnflow repeats it as the summary: that is a habit, not a fact.
        got.summary = entry.summary.map(words).or_else(|| got.content.clone());
    }
    got
}

/// The words of simple HTML.
fn bare(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if inside => {}
            _ => out.push(c),
        }
    }
    let out = out.replace("&lt;", "<").replace("&gt;", ">");
    let out = out.replace("&quot;", "\"").replace("&amp;", "&");
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
