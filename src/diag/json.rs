//! Problems for tools: one JSON array, one object a problem, fields always in this order.

use super::{Diagnostics, Severity};
use serde::Serialize;

#[derive(Serialize)]
struct Row<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    end_column: Option<u32>,
    text: Option<&'a str>,
    why: Option<&'a str>,
    help: Option<&'a str>,
}

pub(super) fn print(diagnostics: &Diagnostics) -> String {
    let rows: Vec<Row> = diagnostics
        .iter()
        .map(|d| {
            let place = d.place.as_ref();
            Row {
                severity: match d.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                },
                code: d.code,
                message: &d.message,
                file: place.map(|p| &*p.file),
                line: place.map(|p| p.line),
                column: place.map(|p| p.column),
                end_column: place.map(|p| p.column + p.width),
                text: place.map(|p| &*p.text),
                why: d.why.as_deref(),
                help: d.help.as_deref(),
            }
        })
        .collect();
    let mut out = serde_json::to_string_pretty(&rows).expect("rows hold only text and numbers");
    out.push('\n');
    out
}
