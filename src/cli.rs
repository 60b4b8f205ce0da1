//! What the user typed, and what it means. Pure: `main` does what it says.

use crate::diag::Form;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use std::path::PathBuf;

/// Static learning sites and feeds for the social network your organisation already has.
#[derive(Debug, Parser)]
#[command(
    name = "learnflow",
    version,
    about = "Static learning sites and feeds for the social network your organisation already has",
    long_about = "learnflow turns Markdown definitions of challenges, communities, onboarding, classes, events and\nlearning flows into dated pages and feeds. Nothing is shown before its time, and what was shown\nonce is never shown again as new.",
    after_help = "Begin with `learnflow init my-library`, or with `learnflow check` in a folder that has `content/` and `sites/`.",
    arg_required_else_help = true,
    max_term_width = 100
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Set up a working repository in a new or empty folder
    Init {
        /// The folder
        dir: PathBuf,
    },
    /// Write a commented definition of a kind, and a run of it
    New {
        /// The kind: challenge, campaign, community, onboarding, classroom, network, learning-flow
        kind: String,
        /// The id of the programme: small letters, digits and hyphens
        id: String,
        /// The site its run is for (needed where there are several)
        #[arg(long, value_name = "SITE")]
        site: Option<String>,
        /// The moment from which the run's first day is chosen
        #[arg(long, value_name = "INSTANT", value_parser = instant)]
        now: Option<Timestamp>,
    },
    /// Tell everything that is wrong, without writing anything
    Check {
        /// What decides the output
        #[command(flatten)]
        common: Common,
        /// How problems are printed
        #[arg(long, value_name = "FORM", value_enum, default_value_t = Form::Text)]
        format: Form,
    },
    /// Write the public and the team tree of every site, all or nothing
    Build {
        /// What decides the output
        #[command(flatten)]
        common: Common,
        /// How problems are printed
        #[arg(long, value_name = "FORM", value_enum, default_value_t = Form::Text)]
        format: Form,
    },
    /// Show every occurrence with its day, or when the output changes next
    Plan {
        /// What decides the plan
        #[command(flatten)]
        common: Common,
        /// Show the next moment at which the output changes, and what changes then
        #[arg(long)]
        next: bool,
        /// Show this run alone
        #[arg(long, value_name = "RUN", conflicts_with = "next")]
        run: Option<String>,
        /// How it is printed; cron and ics go with --next
        #[arg(long, value_name = "FORM", value_enum, default_value_t = PlanForm::Text)]
        format: PlanForm,
    },
}

/// What most commands take.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// The repository
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Only this site
    #[arg(long, value_name = "SITE")]
    pub site: Option<String>,
    /// The moment of the build, such as 2026-03-02T09:00:00Z (else the clock)
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub now: Option<Timestamp>,
    /// The output folder
    #[arg(long, value_name = "DIR", default_value = "dist")]
    pub out: PathBuf,
    /// Ledgers: a folder with a SITE.json for each site, or a file together with --site (else the output folder's own)
    #[arg(long, value_name = "PATH")]
    pub ledger: Option<PathBuf>,
    /// Warnings are errors
    #[arg(long)]
    pub strict: bool,
    /// Allow more than three released items to disappear at once
    #[arg(long)]
    pub withdraw: bool,
}

/// How a plan is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlanForm {
    /// For people.
    Text,
    /// For tools.
    Json,
    /// A line for a crontab, in UTC.
    Cron,
    /// A calendar with one event.
    Ics,
}

impl ValueEnum for Form {
    fn value_variants<'a>() -> &'a [Self] {
        &[Form::Text, Form::Json, Form::Github]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(match self {
            Form::Text => "text",
            Form::Json => "json",
            Form::Github => "github",
        }))
    }
}

/// An instant with an offset or `Z`; a bare day is midnight in UTC.
fn instant(text: &str) -> Result<Timestamp, String> {
    let whole = text.parse::<Timestamp>();
    let day = || {
        let date = crate::document::date(text)?;
        date.to_zoned_datetime(jiff::tz::TimeZone::UTC)
            .ok()
            .map(|z| z.timestamp())
    };
    whole.ok().or_else(day).ok_or_else(|| {
        "write a moment with its offset: 2026-03-02T09:00:00Z or 2026-03-02T09:00:00+01:00"
            .to_owned()
    })
}
