//! The headings of a Markdown text, with what stands between them. One of the two files that name
//! pulldown-cmark (the other renders).

use super::{Entry, Node, Source, Value, mapping};
use crate::diag::{Diagnostic, Diagnostics};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// The info string of a fenced block that carries an activity's keys.
const ACTIVITY_BLOCK: &str = "yaml activity";

/// One `#…` heading at the top level of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The words of the heading.
    pub title: String,
    /// The `{#id key=value}` behind it, as a mapping with places.
    pub attributes: Node,
    /// Byte range of the heading's line in the file.
    pub at: Range<usize>,
}

/// A heading with the text below it, down to the next heading of the same or a higher level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The heading.
    pub heading: Heading,
    /// Byte range in the file of what follows the heading (and its keys).
    pub text: Range<usize>,
    /// The keys of a `yaml activity` block directly below the heading.
    pub keys: Option<Node>,
}

/// The headings of `level` in a part of a file, and the range of what stands before the first.
/// A higher heading (`#`) ends a block as well.
pub fn outline(
    source: &Source,
    range: Range<usize>,
    level: u8,
    diags: &mut Diagnostics,
) -> (Range<usize>, Vec<Block>) {
    let headings = headings(source, range.clone(), level, diags);
    for (heading, _) in headings.iter().filter(|(heading, _)| heading.level == 1) {
        diags.push(
            Diagnostic::error(
                "top-heading",
                format!("`# {}` is a heading of the first level", heading.title),
            )
            .at(source.place(heading.at.clone()))
            .why("the title stands in the front matter; what follows this heading would belong to nothing")
            .help(format!("write `{} {}`", "#".repeat(level as usize), heading.title)),
        );
    }
    let ends = headings.iter().map(|(h, _)| h.at.start).skip(1);
    let intro = range.start..headings.first().map_or(range.end, |(h, _)| h.at.start);
    let blocks = headings
        .iter()
        .zip(ends.chain([range.end]))
        .filter(|((heading, _), _)| heading.level == level)
        .map(|((heading, fence), end)| {
            let (keys, start) = match fence {
                Some(fence) => (mapping(source, fence.inner.clone(), diags), fence.outer.end),
                None => (None, heading.at.end),
            };
            Block {
                heading: heading.clone(),
                text: start.min(end)..end,
                keys,
            }
        })
        .collect();
    (intro, blocks)
}

struct Fence {
    outer: Range<usize>,
    inner: Range<usize>,
}

fn headings(
    source: &Source,
    range: Range<usize>,
    level: u8,
    diags: &mut Diagnostics,
) -> Vec<(Heading, Option<Fence>)> {
    let text = &source.text[range.clone()];
    let mut found: Vec<(Heading, Option<Fence>)> = Vec::new();
    let mut depth = 0usize;
    let mut open: Option<(u8, String, Vec<Attribute>)> = None;
    let mut fence: Option<Fence> = None;
    for (event, at) in Parser::new_ext(text, Options::ENABLE_HEADING_ATTRIBUTES).into_offset_iter()
    {
        let at = at.start + range.start..at.end + range.start;
        match event {
            Event::Start(Tag::Heading {
                level,
                id,
                classes,
                attrs,
            }) if depth == 0 => {
                let mut attributes: Vec<Attribute> = Vec::new();
                attributes.extend(id.map(|id| ("id".to_owned(), Some(id.into_string()))));
                attributes.extend(classes.into_iter().map(|class| (format!(".{class}"), None)));
                attributes.extend(attrs.into_iter().map(|(key, value)| {
                    (key.into_string(), value.map(|value| value.into_string()))
                }));
                open = Some((number(level), String::new(), attributes));
                depth += 1;
            }
            Event::End(TagEnd::Heading(_)) => {
                depth -= 1;
                if let Some((found_level, title, attributes)) = open.take()
                    && found_level <= level
                {
                    let attributes = place(source, &at, attributes, diags);
                    found.push((
                        Heading {
                            level: found_level,
                            title: title.trim().to_owned(),
                            attributes,
                            at,
                        },
                        None,
                    ));
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                if depth == 0 && info.trim() == ACTIVITY_BLOCK =>
            {
                depth += 1;
                fence = Some(Fence {
                    outer: at.clone(),
                    inner: at.end..at.end,
                });
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => {
                depth -= 1;
                if let Some(fence) = fence.take() {
                    match found.last_mut() {
                        Some((heading, slot @ None))
                            if source.text[heading.at.end..fence.outer.start]
                                .trim()
                                .is_empty() =>
                        {
                            *slot = Some(fence);
                        }
                        _ => diags.push(
                            Diagnostic::error(
                                "stray-activity-block",
                                "a `yaml activity` block must stand directly below its heading",
                            )
                            .at(source.place(fence.outer.start..fence.outer.start + 3))
                            .help("move it up to the line below the `##` heading"),
                        ),
                    }
                }
            }
            Event::Text(words) if fence.is_some() => {
                let fence = fence.as_mut().expect("just seen");
                let start = fence.inner.start.min(at.start);
                fence.inner = start..at.start + words.len();
            }
            Event::Text(words) | Event::Code(words) | Event::InlineHtml(words) => {
                if let Some((_, title, _)) = &mut open {
                    title.push_str(&words);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some((_, title, _)) = &mut open {
                    title.push(' ');
                }
            }
            _ => {}
        }
    }
    found
}

type Attribute = (String, Option<String>);

/// Finds the attributes in the heading's line, so that problems can point at them.
fn place(
    source: &Source,
    line: &Range<usize>,
    attributes: Vec<Attribute>,
    diags: &mut Diagnostics,
) -> Node {
    let text = &source.text[line.clone()];
    let brace = text.rfind('{').unwrap_or(text.len());
    let mut entries: Vec<Entry> = Vec::new();
    for (key, value) in attributes {
        let written = match (&*key, &value) {
            ("id", Some(value)) => format!("#{value}"),
            (key, Some(value)) => format!("{key}={value}"),
            (key, None) => key.to_owned(),
        };
        let at = text[brace..]
            .find(&written)
            .map_or(line.start, |n| line.start + brace + n);
        let at = at..at + written.len();
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            diags.push(
                Diagnostic::error(
                    "heading-attribute",
                    format!("`{written}` behind a heading has no value"),
                )
                .at(source.place(at))
                .help("write `{#id key=value}`; a value with spaces goes into the `yaml activity` block"),
            );
            continue;
        };
        if value.contains('"') {
            diags.push(
                Diagnostic::error(
                    "heading-attribute",
                    format!("`{written}` behind a heading holds a quotation mark"),
                )
                .at(source.place(at))
                .help("words with spaces go into the `yaml activity` block below the heading"),
            );
            continue;
        }
        if entries.iter().any(|first| first.key == key) {
            diags.push(
                Diagnostic::error(
                    "duplicate-key",
                    format!("`{key}` stands behind this heading a second time"),
                )
                .at(source.place(at))
                .help("keep one of the two"),
            );
            continue;
        }
        let value_at = at.end - value.len()..at.end;
        entries.push(Entry {
            key,
            key_at: at,
            node: Node::text(value, value_at),
            from: None,
        });
    }
    Node {
        at: line.clone(),
        value: Value::Map(entries),
    }
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Diagnostics) {
        let source = Source {
            file: "a.md".into(),
            text: text.into(),
        };
        let mut diags = Diagnostics::new();
        let (intro, blocks) = outline(&source, 0..text.len(), 2, &mut diags);
        let mut out = format!("[{}]", source.text[intro].trim());
        for block in blocks {
            out.push_str(&format!(
                "\n{} <{}> <{}> [{}]",
                block.heading.title,
                block.heading.attributes.flat(),
                block.keys.map(|k| k.flat()).unwrap_or_default(),
                source.text[block.text].trim().replace('\n', "/"),
            ));
        }
        (out, diags)
    }

    #[test]
    fn headings_part_a_text_into_blocks() {
        for (text, expected) in [
            ("only text", "[only text]"),
            (
                "intro\n\n## Say *hello* {#hello minutes=5}\n\n### Do\n\nx\n\n## Next {#next}\n",
                "[intro]\nSay hello <id: hello; minutes: 5> <> [### Do//x]\nNext <id: next> <> []",
            ),
            (
                "## A {#a}\n\n```yaml activity\nramp: look\n```\n\n### Do\n",
                "[]\nA <id: a> <ramp: look> [### Do]",
            ),
            (
                "> ## quoted\n\n```\n## code\n```\n",
                "[> ## quoted\n\n```\n## code\n```]",
            ),
        ] {
            let (out, diags) = read(text);
            assert_eq!(out, expected, "{text}");
            assert_eq!(diags.iter().count(), 0, "{text}");
        }
    }

    #[test]
    fn a_value_with_spaces_is_refused() {
        let (_, diags) = read("## A {#a say=\"two words\"}\n");
        assert!(diags.iter().any(|d| d.code == "heading-attribute"));
    }
}
