//! Problems for people: the line, a caret under the word, the reason and the way out. The only file
//! that names annotate-snippets.

use super::{Diagnostic, Diagnostics, Severity};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// A longer line is cut around the marked word, so that one pasted paragraph cannot fill the screen.
const WIDEST_LINE: usize = 160;

pub(super) fn print(diagnostics: &Diagnostics, colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
    .decor_style(DecorStyle::Ascii)
    .term_width(100);
    let mut out = String::new();
    for diagnostic in diagnostics.iter() {
        out.push_str(&one(diagnostic, &renderer));
        out.push_str("\n\n");
    }
    out
}

fn one(d: &Diagnostic, renderer: &Renderer) -> String {
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let cut = d
        .place
        .as_ref()
        .map(|p| cut_line(&p.text, p.column, p.width));
    let mut group =
        level
            .primary_title(d.message.as_str())
            .id(d.code)
            .elements(cut.iter().zip(&d.place).map(|((text, range), place)| {
                Snippet::source(text.as_str())
                    .path(&*place.file)
                    .line_start(place.line as usize)
                    .annotation(AnnotationKind::Primary.span(range.clone()))
            }));
    if let Some(why) = &d.why {
        group = group.element(Level::NOTE.message(why.as_str()));
    }
    if let Some(help) = &d.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// The line, cut around the marked characters, with the byte range of the mark in what is left.
fn cut_line(line: &str, column: u32, width: u32) -> (String, std::ops::Range<usize>) {
    let characters: Vec<char> = line
        .chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .collect();
    let start = (column as usize - 1).min(characters.len());
    let end = (start + width as usize).clamp(start, characters.len());
    let from = if characters.len() > WIDEST_LINE {
        start.saturating_sub(WIDEST_LINE / 4)
    } else {
        0
    };
    let to = (from + WIDEST_LINE).min(characters.len());
    let end = end.min(to);
    let bytes = |range: std::ops::Range<usize>| -> usize {
        characters[range].iter().map(|c| c.len_utf8()).sum()
    };
    let text: String = characters[from..to].iter().collect();
    let mark = bytes(from..start);
    let mark = mark..mark + bytes(start..end);
    (text, mark)
}
