//! One pass over the events of a text, written into one string.

use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, OffsetIter, Tag, TagEnd,
};

use super::address::{self, Ids};
use super::notes::Notes;
use super::plain::{Plain, plain};
use super::raw::RawText;
use super::{Finding, Html, Links, MAX_DEPTH, Options, Words, escape, events, finding, raw};

/// A text with more unsuitable HTML than this was not written for us, and the rest is mended without a word.
const MAX_HTML_WARNINGS: usize = 100;

pub fn write(source: &str, options: &Options, links: &dyn Links) -> Html {
    let mut events = events(source);
    let mut writer = Writer::new(source, options, links);
    while let Some((event, at)) = events.next() {
        writer.event(event, at, &mut events);
        if let Some(at) = writer.too_deep {
            return too_deep(source, at);
        }
    }
    writer.finish()
}

fn too_deep(source: &str, at: Range<usize>) -> Html {
    let mut html = "<p>".to_owned();
    escape::text(&mut html, &plain(source));
    html.push_str("</p>\n");
    Html {
        html,
        findings: vec![finding::too_deep(at)],
    }
}

/// What ends a link that is written as one.
pub(super) const END_OF_LINK: &str = "</a>";

/// An element that is still open.
enum Open {
    /// One of ours, with what ends it.
    Ours(&'static str),
    /// One that the author wrote as HTML.
    Author {
        name: &'static str,
        at: Range<usize>,
    },
}

pub(super) struct Writer<'a> {
    pub(super) out: String,
    pub(super) findings: Vec<Finding>,
    pub(super) links: &'a dyn Links,
    shift: i8,
    words: &'a Words<'a>,
    open: Vec<Open>,
    too_deep: Option<Range<usize>>,
    ids: Ids,
    /// The words of the heading or table head that we are in, and where in `out` they are wanted at its end.
    pub(super) heard: Option<(Plain, usize)>,
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
    notes: Notes,
    /// The lines of the HTML block that we are in.
    block: RawText,
    /// Whether anything in `out` comes from raw HTML.
    has_raw: bool,
    /// Warnings about the author's HTML so far.
    html_warnings: usize,
}

impl<'a> Writer<'a> {
    fn new(source: &str, options: &'a Options, links: &'a dyn Links) -> Self {
        Writer {
            out: String::with_capacity(source.len() + source.len() / 2),
            findings: Vec::new(),
            links,
            shift: options.shift,
            words: &options.words,
            open: Vec::new(),
            too_deep: None,
            ids: Ids::default(),
            heard: None,
            columns: Vec::new(),
            column: 0,
            in_head: false,
            notes: Notes::new(options.id_prefix),
            block: RawText::default(),
            has_raw: false,
            html_warnings: 0,
        }
    }

    fn event(&mut self, event: Event, at: Range<usize>, events: &mut OffsetIter) {
        if let Some((plain, _)) = &mut self.heard {
            plain.hear(&event);
        }
        match event {
            Event::Start(tag) => self.start(tag, at, events),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => escape::text(&mut self.out, &text),
            Event::Code(code) => {
                self.out.push_str("<code>");
                escape::text(&mut self.out, &code);
                self.out.push_str("</code>");
            }
            Event::Html(line) => self.block.add(&line, at),
            Event::InlineHtml(tag) => {
                let mut text = RawText::default();
                text.add(&tag, at);
                self.raw(&text);
            }
            Event::FootnoteReference(label) => self.notes.refer(&mut self.out, &label, self.words),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => {
                self.line();
                self.out.push_str("<hr>\n");
            }
            Event::TaskListMarker(done) => self.checkbox(done),
            // Not switched on.
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag, at: Range<usize>, events: &mut OffsetIter) {
        let close = match tag {
            Tag::Paragraph => self.block("<p>", "</p>\n"),
            Tag::Heading { level, id, .. } => self.heading(level, id),
            Tag::BlockQuote(None) => self.block("<blockquote>\n", "</blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.callout(kind),
            Tag::CodeBlock(kind) => self.code(&kind),
            Tag::List(None) => self.block("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.block("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => self.block(&format!("<ol start=\"{first}\">\n"), "</ol>\n"),
            Tag::Item => self.block("<li>", "</li>\n"),
            Tag::DefinitionList => self.block("<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => self.block("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => self.block("<dd>", "</dd>\n"),
            Tag::Table(columns) => self.table(columns),
            Tag::TableHead => self.row(true),
            Tag::TableRow => self.row(false),
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.inline("<em>", "</em>"),
            Tag::Strong => self.inline("<strong>", "</strong>"),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.link(link_type, &dest_url, &title, at.clone()),
            Tag::Image {
                link_type,
                dest_url,
                title,
                ..
            } => {
                return self.image(link_type, &dest_url, &title, at, events);
            }
            Tag::FootnoteDefinition(label) => {
                self.notes.begin(&mut self.out, &label, at.clone());
                ""
            }
            // Not an element: what its tags open belongs to the element around it.
            Tag::HtmlBlock => return,
            // Not switched on.
            Tag::Strikethrough | Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => "",
        };
        self.push(Open::Ours(close), at);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::HtmlBlock => {
                let block = std::mem::take(&mut self.block);
                return self.raw(&block);
            }
            TagEnd::Heading(_) => self.name_heading(),
            TagEnd::TableHead => self.name_table(),
            TagEnd::TableCell => self.column += 1,
            _ => {}
        }
        self.close();
        if tag == TagEnd::FootnoteDefinition {
            self.findings.extend(self.notes.end(&mut self.out));
        }
    }

    /// Ends our innermost element, and what the author opened in it and did not end.
    fn close(&mut self) {
        self.close_authors(0);
        if let Some(Open::Ours(close)) = self.open.pop() {
            self.out.push_str(close);
        }
    }

    /// Ends what the author opened in our innermost element and left open, down to a depth.
    fn close_authors(&mut self, depth: usize) {
        while self.open.len() > depth
            && let Some(Open::Author { name, at }) =
                self.open.pop_if(|open| matches!(open, Open::Author { .. }))
        {
            self.close_tag(name);
            self.warn_of_html(finding::html_unclosed(name, at));
        }
    }

    pub(super) fn in_link(&self) -> bool {
        self.open
            .iter()
            .any(|open| matches!(open, Open::Ours(END_OF_LINK)))
    }

    fn push(&mut self, open: Open, at: Range<usize>) {
        self.open.push(open);
        if self.open.len() > MAX_DEPTH {
            self.too_deep = Some(at);
        }
    }

    /// Begins a new line unless we are at the beginning of one.
    fn line(&mut self) {
        if !at_line_start(&self.out) {
            self.out.push('\n');
        }
    }

    fn block(&mut self, open: &str, close: &'static str) -> &'static str {
        self.line();
        self.inline(open, close)
    }

    pub(super) fn inline(&mut self, open: &str, close: &'static str) -> &'static str {
        self.out.push_str(open);
        close
    }

    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        attribute(&mut self.out, name, value);
    }

    fn heading(&mut self, level: HeadingLevel, id: Option<CowStr>) -> &'static str {
        let level = (level as i8).saturating_add(self.shift).clamp(2, 6);
        let (open, close) = match level {
            2 => ("<h2", "</h2>\n"),
            3 => ("<h3", "</h3>\n"),
            4 => ("<h4", "</h4>\n"),
            5 => ("<h5", "</h5>\n"),
            _ => ("<h6", "</h6>\n"),
        };
        self.block(open, close);
        match id {
            Some(id) => {
                let id = self.ids.unique(address::written_id(&id));
                self.attribute("id", &id);
            }
            None => self.heard = Some((Plain::default(), self.out.len())),
        }
        self.inline(">", close)
    }

    fn name_heading(&mut self) {
        if let Some((plain, at)) = self.heard.take() {
            let id = self.ids.unique(address::slug(&plain.text));
            self.out.insert_str(at, &format!(" id=\"{id}\""));
        }
    }

    fn callout(&mut self, kind: BlockQuoteKind) -> &'static str {
        let (kind, label) = match kind {
            BlockQuoteKind::Note => ("note", self.words.note),
            BlockQuoteKind::Tip => ("tip", self.words.tip),
            BlockQuoteKind::Important => ("important", self.words.important),
            BlockQuoteKind::Warning => ("warning", self.words.warning),
            BlockQuoteKind::Caution => ("caution", self.words.caution),
        };
        self.line();
        self.out.push_str(&format!(
            "<aside class=\"callout callout-{kind}\" role=\"note\">\n<p class=\"callout-label\">"
        ));
        escape::text(&mut self.out, label);
        self.inline("</p>\n", "</aside>\n")
    }

    fn code(&mut self, kind: &CodeBlockKind) -> &'static str {
        self.line();
        self.out.push_str("<pre><code");
        if let CodeBlockKind::Fenced(info) = kind
            && let Some(language) = info.split_whitespace().next()
        {
            self.attribute("class", &format!("language-{language}"));
        }
        self.inline(">", "</code></pre>\n")
    }

    fn table(&mut self, columns: Vec<Alignment>) -> &'static str {
        self.columns = columns;
        self.block("<div class=\"table\" role=\"region\" tabindex=\"0\"", "");
        self.heard = Some((Plain::default(), self.out.len()));
        self.inline("><table>\n", "</tbody></table></div>\n")
    }

    /// A region needs a name, and its column heads tell it from other tables.
    fn name_table(&mut self) {
        if let Some((plain, at)) = self.heard.take() {
            let heads = plain.text.trim_end_matches(',');
            let name = if heads.is_empty() {
                self.words.table.to_owned()
            } else {
                format!("{}: {heads}", self.words.table)
            };
            let mut label = String::new();
            attribute(&mut label, "aria-label", &name);
            self.out.insert_str(at, &label);
        }
    }

    fn row(&mut self, head: bool) -> &'static str {
        self.in_head = head;
        self.column = 0;
        if head {
            self.inline("<thead><tr>", "</tr></thead><tbody>\n")
        } else {
            self.inline("<tr>", "</tr>\n")
        }
    }

    fn cell(&mut self) -> &'static str {
        let align = match self.columns.get(self.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        if let Some((plain, _)) = &mut self.heard
            && !plain.text.is_empty()
            && !plain.text.ends_with(',')
        {
            plain.text.push(',');
        }
        let (open, close) = if self.in_head {
            ("<th scope=\"col\"", "</th>")
        } else {
            ("<td", "</td>")
        };
        self.out.push_str(open);
        self.out.push_str(align);
        self.inline(">", close)
    }

    fn checkbox(&mut self, done: bool) {
        self.out.push_str("<input type=\"checkbox\" disabled=\"\"");
        if done {
            self.out.push_str(" checked=\"\"");
        }
        self.attribute(
            "aria-label",
            if done {
                self.words.done
            } else {
                self.words.to_do
            },
        );
        self.out.push_str("> ");
    }

    fn raw(&mut self, raw: &RawText) {
        for part in raw::parts(&raw.text) {
            if self.too_deep.is_some() {
                return;
            }
            match part {
                raw::Part::Text(text) => {
                    let blank = text.trim().is_empty();
                    if !blank || !at_line_start(&self.out) {
                        escape::entities(&mut self.out, text);
                    }
                    self.has_raw |= !blank;
                }
                raw::Part::Open {
                    name,
                    attributes,
                    at,
                } => self.open_author(name, &attributes, raw.place(&at)),
                raw::Part::Close { name, at } => self.close_author(name, raw.place(&at)),
                raw::Part::Removed { what, help, at } => {
                    self.warn_of_html(finding::html_removed(&what, &help, raw.place(&at)));
                }
            }
        }
    }

    fn open_author(&mut self, name: &'static str, attributes: &[(&str, &str)], at: Range<usize>) {
        self.has_raw = true;
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push_str(&format!(" {name}=\""));
            escape::entities(&mut self.out, value);
            self.out.push('"');
        }
        self.out.push('>');
        if !raw::is_void(name) {
            self.push(
                Open::Author {
                    name,
                    at: at.clone(),
                },
                at,
            );
        }
    }

    fn close_author(&mut self, wanted: &'static str, at: Range<usize>) {
        let inside = self
            .open
            .iter()
            .rev()
            .take_while(|open| matches!(open, Open::Author { .. }))
            .position(|open| matches!(open, Open::Author { name, .. } if *name == wanted));
        let Some(inside) = inside else {
            let help =
                "remove it, or write its opening tag before it in the same paragraph or block";
            let what = format!("`</{wanted}>`, which ends nothing here,");
            return self.warn_of_html(finding::html_removed(&what, help, at));
        };
        self.close_authors(self.open.len() - inside);
        self.open.pop();
        self.close_tag(wanted);
    }

    fn close_tag(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn warn_of_html(&mut self, finding: Finding) {
        self.html_warnings += 1;
        if self.html_warnings <= MAX_HTML_WARNINGS {
            self.findings.push(finding);
        }
    }

    fn finish(mut self) -> Html {
        self.close_authors(0);
        self.findings
            .extend(self.notes.write(&mut self.out, self.words));
        let html = if self.has_raw {
            raw::sanitise(&self.out)
        } else {
            self.out
        };
        Html {
            html,
            findings: self.findings,
        }
    }
}

fn at_line_start(out: &str) -> bool {
    out.is_empty() || out.ends_with('\n')
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape::attribute(out, value);
    out.push('"');
}
