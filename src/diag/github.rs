//! Problems as GitHub workflow commands: `::error file=…,line=…,col=…,title=…::message`.
//! Values are percent-escaped as the runner unescapes them.

use super::{Diagnostics, Severity};
use std::fmt::Write;

pub(super) fn print(diagnostics: &Diagnostics) -> String {
    let mut out = String::new();
    for d in diagnostics.iter() {
        out.push_str(match d.severity {
            Severity::Error => "::error ",
            Severity::Warning => "::warning ",
        });
        if let Some(p) = &d.place {
            let _ = write!(
                out,
                "file={},line={},col={},endColumn={},",
                property(&p.file),
                p.line,
                p.column,
                p.column + p.width
            );
        }
        let mut message = d.message.clone();
        for more in [&d.why, &d.help].into_iter().flatten() {
            message.push('\n');
            message.push_str(more);
        }
        let _ = writeln!(out, "title={}::{}", property(d.code), data(&message));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
