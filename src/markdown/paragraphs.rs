//! Plain text that keeps its paragraphs and lists: what somebody pastes into a network.

use super::events;
use super::plain::Plain;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

/// The text without markup, a blank line between blocks, list items on lines of their own. A link to the web has its
/// address behind it; others are their text.
pub fn paragraphs(source: &str) -> String {
    let mut page = Page::default();
    for (event, _) in events(source) {
        page.hear(event);
    }
    page.close();
    page.text
}

#[derive(Default)]
struct Page<'s> {
    text: String,
    block: Plain,
    /// The number of the next item of each list around us; none for a list without numbers.
    lists: Vec<Option<u64>>,
    /// What stands before the item that begins.
    mark: Option<String>,
    /// The address of each link around us.
    links: Vec<CowStr<'s>>,
    /// Whether the block before stood in a list.
    after_item: bool,
}

impl<'s> Page<'s> {
    fn hear(&mut self, event: Event<'s>) {
        match event {
            Event::Start(Tag::List(first)) => {
                self.close();
                self.lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
            }
            Event::Start(Tag::Item) => {
                self.mark = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                });
            }
            Event::Start(Tag::Link { ref dest_url, .. }) => self.links.push(dest_url.clone()),
            Event::End(TagEnd::Link) => {
                let address = self.links.pop().filter(|to| to.starts_with("http"));
                if let Some(address) = address.filter(|to| !self.block.text.ends_with(&**to)) {
                    self.block.hear(&Event::SoftBreak);
                    self.block.say(&format!("({address})"));
                }
            }
            Event::End(
                TagEnd::Item
                | TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            ) => self.close(),
            other => self.block.hear(&other),
        }
    }

    /// Ends the block that was heard. An item begins on the line below the one before it.
    fn close(&mut self) {
        let words = std::mem::take(&mut self.block.text);
        if words.is_empty() {
            return;
        }
        let in_list = !self.lists.is_empty();
        let mark = self.mark.take();
        if !self.text.is_empty() {
            let tight = in_list && self.after_item && mark.is_some();
            self.text.push_str(if tight { "\n" } else { "\n\n" });
        }
        self.text.push_str(mark.as_deref().unwrap_or(""));
        self.text.push_str(&words);
        self.after_item = in_list;
    }
}
