//! What is typed after the commands of curation: `fetch`, `review`, `links`, `candidates`.

use super::{DataForm, instant};
use clap::Args;
use jiff::Timestamp;
use std::path::PathBuf;

/// What `fetch` takes.
#[derive(Debug, Clone, Args)]
pub struct Fetching {
    /// The library: the folder that holds content/ and sites/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Only the sources of this site
    #[arg(long, value_name = "SITE")]
    pub site: Option<String>,
    /// Act as if it were this moment, such as 2026-03-02T09:00:00Z
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub now: Option<Timestamp>,
    /// Read saved feeds from this folder, each called by the id of its source, and ask nobody
    #[arg(long, value_name = "DIR")]
    pub offline: Option<PathBuf>,
    /// Where to keep what sources give (when not given, .learnflow/shelf in the library)
    #[arg(long, value_name = "DIR")]
    pub shelf: Option<PathBuf>,
    /// Give up on a source after so many seconds (when not given, 30)
    #[arg(long, value_name = "SECONDS")]
    pub time_limit: Option<f64>,
    /// Ask this one address inside your network, such as 127.0.0.1:8080; for tests
    #[arg(long, value_name = "HOST:PORT")]
    pub allow_host: Vec<String>,
    /// End with 1 when there is anything to tell about a source
    #[arg(long)]
    pub strict: bool,
    /// How to print the report: text for people, json for tools
    #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true, default_value_t = DataForm::Text)]
    pub format: DataForm,
}

/// What `review` takes.
#[derive(Debug, Clone, Args)]
pub struct Reviewing {
    /// The library: the folder that holds content/ and sites/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// The site (needed where several have sources)
    #[arg(long, value_name = "SITE")]
    pub site: Option<String>,
    /// The run of the learning flow that picks are for (needed where there are several)
    #[arg(long, value_name = "RUN")]
    pub run: Option<String>,
    /// Write the best so many as drafts, and print the text of the request
    #[arg(long, value_name = "N")]
    pub propose: Option<usize>,
    /// Act as if it were this moment, such as 2026-03-02T09:00:00Z
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub now: Option<Timestamp>,
    /// Where `fetch` keeps what sources give (when not given, .learnflow/shelf in the library)
    #[arg(long, value_name = "DIR")]
    pub shelf: Option<PathBuf>,
}

/// What `links` takes.
#[derive(Debug, Clone, Args)]
pub struct Watching {
    /// The library: the folder that holds content/ and sites/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Only the links of this site
    #[arg(long, value_name = "SITE")]
    pub site: Option<String>,
    /// Act as if it were this moment, such as 2026-03-02T09:00:00Z
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub now: Option<Timestamp>,
    /// Give up on an address after so many seconds (when not given, 30)
    #[arg(long, value_name = "SECONDS")]
    pub time_limit: Option<f64>,
    /// Ask this one address inside your network, such as 127.0.0.1:8080; for tests
    #[arg(long, value_name = "HOST:PORT")]
    pub allow_host: Vec<String>,
    /// End with 1 when there is anything to tell
    #[arg(long)]
    pub strict: bool,
    /// How to print the report: text for people, json for tools
    #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true, default_value_t = DataForm::Text)]
    pub format: DataForm,
}

/// What `candidates` takes.
#[derive(Debug, Clone, Args)]
pub struct Choosing {
    /// The library: the folder that holds content/ and sites/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Only the sources of this site
    #[arg(long, value_name = "SITE")]
    pub site: Option<String>,
    /// Act as if it were this moment, such as 2026-03-02T09:00:00Z
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub now: Option<Timestamp>,
    /// Where `fetch` keeps what sources give (when not given, .learnflow/shelf in the library)
    #[arg(long, value_name = "DIR")]
    pub shelf: Option<PathBuf>,
    /// How to print them: text for people, json for tools
    #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true, default_value_t = DataForm::Text)]
    pub format: DataForm,
}
