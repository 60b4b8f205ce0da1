//! The texts that `init` and `new` write: the examples of the table, with names and days filled in.

use crate::model::Kind;
use jiff::ToSpan;
use jiff::civil::Date;

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
    files.push((
        format!("sites/{site}/runs/{run}.md"),
        fill(kind.run_example),
    ));
    files
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
