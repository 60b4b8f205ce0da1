//! Layouts: the only file that names tera. Templates are parsed once a site; a page is rendered into a
//! buffer that its thread keeps. Who only wants to know what a page sees gets it from the same place, as
//! a sketch.

use super::context::{PageHead, SiteHead};
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::document::Source;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, Tera, Value};

/// The layouts of a site, ready to render.
#[derive(Debug)]
pub struct Templates {
    /// None for sketches.
    tera: Option<Tera>,
    sources: BTreeMap<String, Arc<Source>>,
    site: Value,
}

impl Templates {
    /// Parses all layouts. Every broken one is told, not just the first.
    pub fn new(
        layouts: &BTreeMap<String, Arc<Source>>,
        site: &SiteHead,
        diags: &mut Diagnostics,
    ) -> Option<Self> {
        let html: Vec<(&str, &str)> = layouts
            .iter()
            .filter(|(name, _)| name.ends_with(".html"))
            .map(|(name, source)| (name.as_str(), &*source.text))
            .collect();
        let mut tera = Tera::default();
        if let Err(together) = tera.add_raw_templates(html.clone()) {
            let mut told = Diagnostics::new();
            for (name, text) in &html {
                if let Err(alone) = Tera::default().add_raw_template(name, text)
                    && is_syntax(&alone)
                {
                    told.push(diagnostic(&alone, layouts));
                }
            }
            if told.iter().next().is_none() {
                told.push(diagnostic(&together, layouts));
            }
            diags.append(told);
            return None;
        }
        Some(Self {
            tera: Some(tera),
            sources: layouts.clone(),
            site: Value::from_serializable(site),
        })
    }

    /// Templates that render no page and write down what its layout would see: see [`Sketch`].
    pub fn sketching(site: &SiteHead) -> Self {
        Self {
            tera: None,
            sources: BTreeMap::new(),
            site: Value::from_serializable(site),
        }
    }

    /// Renders one page into a buffer.
    pub fn render<T: Serialize>(
        &self,
        layout: &str,
        page: &PageHead,
        it: &T,
        out: &mut Vec<u8>,
    ) -> Result<(), Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert_value("site", self.site.clone());
        context.insert("page", page);
        context.insert("it", it);
        let Some(tera) = &self.tera else {
            Sketch::write(layout, &context, out);
            return Ok(());
        };
        tera.render_to(layout, &context, out)
            .map_err(|error| Box::new(diagnostic(&error, &self.sources)))
    }
}

/// What a page's layout sees: the layout's name on the first line of the buffer, JSON below it.
#[derive(Debug)]
pub struct Sketch<'b> {
    /// The layout that would render the page: `occurrence.html`.
    pub layout: &'b str,
    /// `site`, `page` and `it`.
    pub sees: &'b str,
}

impl<'b> Sketch<'b> {
    fn write(layout: &str, context: &Context, out: &mut Vec<u8>) {
        #[derive(Serialize)]
        struct Sees<'c> {
            site: Option<&'c Value>,
            page: Option<&'c Value>,
            it: Option<&'c Value>,
        }
        let sees = Sees {
            site: context.get("site"),
            page: context.get("page"),
            it: context.get("it"),
        };
        let json = serde_json::to_string_pretty(&sees).expect("text, numbers, lists and maps");
        out.extend_from_slice(format!("{layout}\n{json}\n").as_bytes());
    }

    /// Reads what sketching templates wrote.
    pub fn read(buffer: &'b [u8]) -> Self {
        let text = std::str::from_utf8(buffer).expect("JSON");
        let (layout, sees) = text.split_once('\n').expect("two parts");
        Self { layout, sees }
    }
}

fn is_syntax(error: &tera::Error) -> bool {
    matches!(error.kind(), tera::ErrorKind::SyntaxError(_))
}

/// Tera's report as ours: its columns count from 0, its lines from 1.
fn diagnostic(error: &tera::Error, sources: &BTreeMap<String, Arc<Source>>) -> Diagnostic {
    let report = match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
            Some(report)
        }
        _ => None,
    };
    let message = match report {
        Some(report) => report.message().to_owned(),
        None => error.to_string(),
    };
    let message = message
        .lines()
        .next()
        .unwrap_or("")
        .trim_end_matches('.')
        .to_owned();
    let diagnostic = Diagnostic::error("layout", format!("a layout cannot be used: {message}"))
        .help("`learnflow context PAGE` prints what a page sees, and `docs/context.md` of learnflow explains it; removing the file brings the built-in layout back");
    let Some((report, source)) = report.and_then(|r| Some((r, sources.get(r.filename())?))) else {
        return diagnostic;
    };
    let span = report.span();
    diagnostic.at(place(source, span.start_line, span.start_col))
}

fn place(source: &Source, line: usize, column: usize) -> Place {
    let text = source
        .text
        .lines()
        .nth(line.saturating_sub(1))
        .unwrap_or("");
    Place {
        file: source.file.clone(),
        line: line.max(1) as u32,
        column: column as u32 + 1,
        width: 1,
        text: text.to_owned(),
    }
}
