//! The texts that `init` and `new` write: the examples of the table, with names and days filled in.

use crate::model::Kind;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A kind's definition, the bank it draws from and a run of it: path below the repository, and text.
pub fn programme(
    kind: &Kind,
    id: &str,
    site: &str,
    channel: &str,
    starts: Date,
) -> Vec<(String, String)> {
    let bank = format!("{id}-prompts");
    let run = format!("{id}-{}", starts.year());
    let ends = starts.saturating_add(6.months());
    let fill = |text: &str| {
        text.replace("{id}", id)
            .replace("{run}", &run)
            .replace("{bank}", &bank)
            .replace("{channel}", channel)
            .replace("{starts}", &starts.to_string())
            .replace("{ends}", &ends.to_string())
            .replace("{thursday}", &second_thursday(starts).to_string())
    };
    let mut files = vec![(
        format!("content/{}/{id}.md", kind.folder),
        fill(kind.example),
    )];
    if kind.example.contains("{bank}") {
        files.push((
            format!("content/prompts/{bank}.md"),
            fill(include_str!("examples/bank.md")),
        ));
    }
    if kind.holds_sessions {
        let folder = format!("sites/{site}/runs/{run}");
        files.push((format!("{folder}/index.md"), fill(kind.run_example)));
        files.push((
            format!("{folder}/sessions/first-talk.md"),
            fill(include_str!("examples/session.md")),
        ));
    } else {
        files.push((
            format!("sites/{site}/runs/{run}.md"),
            fill(kind.run_example),
        ));
    }
    files
}

/// The first second Thursday of a month on or after a day: the first talk of the example's season.
fn second_thursday(from: Date) -> Date {
    [from, from.saturating_add(1.month())]
        .into_iter()
        .filter_map(|day| day.nth_weekday_of_month(2, Weekday::Thursday).ok())
        .find(|thursday| *thursday >= from)
        .unwrap_or(from)
}

/// A repository with one site and no programme yet.
pub fn repository() -> Vec<(String, String)> {
    let site = include_str!("examples/site.yaml")
        .replace("{site}", "learning")
        .replace("{title}", "Learning together");
    vec![
        ("sites/learning/site.yaml".to_owned(), site),
        (
            "sites/learning/calendars/holidays.yaml".to_owned(),
            include_str!("examples/holidays.yaml").to_owned(),
        ),
        (
            "README.md".to_owned(),
            include_str!("examples/README.md").to_owned(),
        ),
        (".gitignore".to_owned(), "/dist/\n".to_owned()),
    ]
}
