//! What is typed after `learnflow links`.

use super::{DataForm, instant};
use clap::Args;
use jiff::Timestamp;
use std::path::PathBuf;

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
