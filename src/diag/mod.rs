//! Problems as values. A room never prints and never stops at the first mistake: it pushes a
//! [`Diagnostic`] and goes on; the porch sorts, prints and decides the exit code.

mod github;
mod json;
mod text;

use std::sync::Arc;

/// How much a problem matters: an error keeps the whole build from being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The build goes on without it (first, so that errors sort after nothing but are greater).
    Warning,
    /// Nothing is written.
    Error,
}

/// A place in an author's file. Line and column count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path from the root of the repository, with `/`.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// How many characters the marked text has; at least 1.
    pub width: u32,
    /// The line itself, as the author wrote it.
    pub text: String,
}

/// One problem: what is wrong, where, why it matters and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// The stable name of the rule, e.g. `missing-purpose`.
    pub code: &'static str,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// Where it stands, if it stands anywhere.
    pub place: Option<Place>,
    /// Why the rule exists.
    pub why: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error without place, reason or help yet.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A warning without place, reason or help yet.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    fn new(severity: Severity, code: &'static str, message: String) -> Self {
        Self {
            severity,
            code,
            message,
            place: None,
            why: None,
            help: None,
        }
    }

    /// The same problem, at a place.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same problem, with the reason for the rule.
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// The same problem, with a way out.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The order in which problems are told: by place, errors first at one place.
    fn key(&self) -> (&Option<Place>, std::cmp::Reverse<Severity>, &str, &str) {
        (
            &self.place,
            std::cmp::Reverse(self.severity),
            self.code,
            &self.message,
        )
    }
}

/// All problems of a pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No problems yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all problems of another pass, in their order.
    pub fn append(&mut self, other: Diagnostics) {
        self.list.extend(other.list);
    }

    /// Whether anything keeps the build from being written.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many problems are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|d| d.severity == severity).count()
    }

    /// The problems, in the order in which they stand.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Only the problems that are wanted.
    pub fn retain(mut self, wanted: impl Fn(&Diagnostic) -> bool) -> Self {
        self.list.retain(wanted);
        self
    }

    /// Sorted by place, the same problem told once.
    pub fn sorted(mut self) -> Self {
        self.list.sort_by(|a, b| a.key().cmp(&b.key()));
        self.list.dedup();
        self
    }

    /// `--strict`: every warning becomes an error.
    pub fn strict(mut self) -> Self {
        for diagnostic in &mut self.list {
            diagnostic.severity = Severity::Error;
        }
        self
    }
}

/// The printed forms of a list of problems: one file each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// For people at a terminal.
    #[default]
    Text,
    /// One JSON array, for tools.
    Json,
    /// GitHub workflow commands, which mark the lines of a pull request.
    Github,
}

/// Prints all problems in one form. `colour` matters to [`Form::Text`] alone.
pub fn print(diagnostics: &Diagnostics, form: Form, colour: bool) -> String {
    match form {
        Form::Text => text::print(diagnostics, colour),
        Form::Json => json::print(diagnostics),
        Form::Github => github::print(diagnostics),
    }
}

/// The word of `known` that the author probably meant: the nearest within a third of its length.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(word, known).into_iter().next()
}

/// A sentence for whoever named something that is not there: what was probably meant, else all there is, behind a
/// `label` such as `Sites here`.
pub fn way_out<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, label: &str) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match did_you_mean(word, known.iter().copied()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => format!("{label}: {}.", known.join(", ")),
    }
}

/// The known words that somebody may have meant, the nearest first.
pub fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let word = word.to_lowercase();
    let mut found: Vec<(usize, &str)> = known
        .into_iter()
        .map(|candidate| (distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| {
            *distance <= 1.max(candidate.chars().count().max(word.chars().count()) / 3)
                && *distance < candidate.chars().count()
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// What is longer is no word that somebody mistyped: an address may have three ids.
const LONGEST: usize = 200;

/// Edit distance with swaps of neighbours (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 8 || a.len() > LONGEST || b.len() > LONGEST {
        return usize::MAX;
    }
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let swap = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1)
                .min(row[j - 1] + 1)
                .min(rows[i - 1][j - 1] + swap);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn suggests_the_nearest_word_only_when_it_is_near() {
        let known = ["purpose", "title", "at", "id", "starts"];
        for (word, expected) in [
            ("purpos", Some("purpose")),
            ("pruppose", Some("purpose")),
            ("titel", Some("title")),
            ("Start", Some("starts")),
            ("elephant", None),
            ("x", None),
        ] {
            assert_eq!(did_you_mean(word, known), expected, "{word}");
        }
    }
}
