//! What is typed after `learnflow ledger`.

use super::instant;
use crate::diag::Form;
use clap::Subcommand;
use jiff::Timestamp;
use std::path::PathBuf;

const AFTER_LEDGER_CHECK: &str = "\
Example, between a build and its upload:
  curl -fsS https://learn.example.org/ledger.json -o published.json
  learnflow ledger check published.json dist/public/SITE/ledger.json
Ends with 1 when another build was published meanwhile, or when something that is out would change:
then nothing may be uploaded. Build again on top of the ledger that is published.";

const AFTER_LEDGER_RECOVER: &str = "\
Example:
  curl -fsS https://learn.example.org/full.xml -o full.xml
  learnflow ledger recover full.xml > SITE.json
  learnflow build --site SITE --ledger SITE.json
What the feed still shows keeps its stamp and is shown to nobody again. What is older keeps its page
and comes back in no feed.";

/// What is done with a ledger.
#[derive(Debug, Subcommand)]
pub enum LedgerTask {
    /// Before publishing: tell whether the new ledger counts on from the one that is published
    #[command(after_help = AFTER_LEDGER_CHECK)]
    Check {
        /// The ledger that is published now, fetched just before
        old: PathBuf,
        /// The ledger that is about to be published
        new: PathBuf,
        /// How to print problems: text for people, json for tools, github for workflow annotations
        #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true, default_value_t = Form::Text)]
        format: Form,
    },
    /// Make a lost ledger again from published feeds, and print it
    #[command(after_help = AFTER_LEDGER_RECOVER)]
    Recover {
        /// Feeds of the site as they were published: full.xml, or feed.xml
        #[arg(required = true, value_name = "FEED")]
        feeds: Vec<PathBuf>,
        /// The library: the folder that holds content/ and sites/
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
        /// Whose feeds they are (needed where there are several sites)
        #[arg(long, value_name = "SITE")]
        site: Option<String>,
        /// Act as if it were this moment, such as 2026-03-02T09:00:00Z
        #[arg(long, value_name = "INSTANT", value_parser = instant)]
        now: Option<Timestamp>,
    },
}
