//! What the user typed, and what it means. Pure: `main` does what it says.

use crate::diag::{Form, way_out};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;
use std::path::PathBuf;

mod ledger;
mod links;

pub use ledger::LedgerTask;
pub use links::Watching;

/// For people who ask for help in short.
const NEW_HERE: &str = "\
New here? `learnflow init my-library` sets up a small working library to look at and write over.
In a library you have, `learnflow check` tells what is wrong and how to mend it; it changes nothing.";

/// For people who ask for all of it.
const AFTER: &str = "\
New here? `learnflow init my-library` sets up a small working library to look at and write over.
In a library you have, `learnflow check` tells what is wrong and how to mend it; it changes nothing.

`learnflow help build` says more about `build`; so it is with every command.
For scripts: learnflow ends with 0 when all is well, with 1 when there are mistakes in what was
written, and with 2 when it could not run. Data goes to stdout, words for people to stderr.";

const AFTER_BUILD: &str = "\
The pages for everybody are in dist/public/SITE, the learning team's in dist/team/SITE: open index.html.
Keep dist/public/SITE/ledger.json from build to build: it knows what subscribers have seen.
A look at another day goes into a folder of its own: --now 2026-12-01T09:00:00Z --out /tmp/look";

const AFTER_TODAY: &str = "\
Examples:
  learnflow today
  learnflow today --role curator --site larkfield
  learnflow today --now 2026-12-01
The day is the one on the site's clock. The sheets of runs and roles are in dist/team/SITE.";

const AFTER_WHY: &str = "\
Examples:
  learnflow why dist/public/larkfield/index.html
  learnflow why thirty-days-autumn-2026/hello/
  learnflow why team:programmes/thirty-days/";

const AFTER_CONTEXT: &str = "\
Examples:
  learnflow context /
  learnflow context thirty-days-autumn-2026/hello/
  learnflow context team:programmes/thirty-days/
docs/context.md in the source of learnflow says what every field means.";

const AFTER_INTRODUCTIONS: &str = "\
It is private: it goes to the terminal and on no page. You know the people, so you decide.
Whoever reacted to the post and has no card takes part with --with HANDLE.
When you have introduced them, say the same again with --record: the next rounds remember it.";

const AFTER_LOOK: &str = "\
Examples:
  learnflow look https://example.org/feed.xml
  learnflow look saved/feed.xml
  learnflow look --format json saved/*
Reads RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, CDF and JSON Feed, broken ones as far as they go.
Ends with 1 when one of them could not be read; the others are shown all the same.";

const AFTER_DIFF: &str = "\
Examples:
  learnflow diff published dist
  learnflow diff --format markdown before/public/larkfield dist/public/larkfield
In CI: build into another folder with the ledger of what is published, and compare before it is.";

const AFTER_DOCTOR: &str = "\
Examples:
  learnflow doctor dist
  learnflow doctor https://learn.example.org/
Ends with 1 when a rule is broken or something is overdue, so that a job can wake somebody.
At an address it looks at what the host says of each file as well.";

const AFTER_FETCH: &str = "\
Sources stand in sites/SITE/curation/sources.yaml. What they give is kept in .learnflow/shelf,
which can be thrown away. A source that fails, floods or attacks is told about; the others are
read all the same. Addresses inside your own network are asked only for sources that say
`internal: yes`.";

const AFTER_REVIEW: &str = "\
Each item is shown with what says nearly the same, and why it stands where it stands; one key says
what becomes of it. A pick is a file, opened in $VISUAL or $EDITOR for your words. What you say is
kept at once. Where nobody types at a terminal, each line is an answer: p, r too basic, l, n, q.
For a pull request: learnflow review --propose 5 > request.md";

const AFTER_LINKS: &str = "\
Asks once for every pick, resource and source. What is not well is remembered in
sites/SITE/curation/links, which belongs into git: so it is known since when. Something is gone after
three failures over two weeks or more; then its pages say so. A build asks nobody.";

const AFTER_IMPORT: &str = "\
To add them: learnflow opml import feeds.opml >> sites/SITE/curation/sources.yaml
Then say of each why you trust it; `learnflow check` names those that lack it.";

const AFTER_COMPLETIONS: &str = "\
Where shells look for it:
  bash        learnflow completions bash > ~/.local/share/bash-completion/completions/learnflow
  zsh         learnflow completions zsh > DIR/_learnflow, for a DIR of your $fpath
  fish        learnflow completions fish > ~/.config/fish/completions/learnflow.fish
  powershell  learnflow completions powershell >> $PROFILE";

const AFTER_MAN: &str = "\
To read one: learnflow man build | man -l -
To keep one: learnflow man build > ~/.local/share/man/man1/learnflow-build.1";

/// Static learning sites and feeds for the social network your organisation already has.
#[derive(Debug, Parser)]
#[command(
    name = "learnflow",
    version,
    about = "Static learning sites and feeds for the social network your organisation already has",
    long_about = "learnflow turns Markdown files about challenges, communities, onboarding, classes, networks and learning flows into dated pages and feeds. Nothing is shown before its time, and nothing is shown twice as new.",
    after_help = NEW_HERE,
    after_long_help = AFTER,
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
    /// Set up a small working library in a new or empty folder
    Init {
        /// The folder to make, such as my-library
        dir: PathBuf,
        /// Choose the first run's first day as if it were this moment
        #[arg(long, value_name = "INSTANT", value_parser = instant)]
        now: Option<Timestamp>,
    },
    /// Write a new programme with notes on every key, and a first run of it
    New {
        /// What it is: challenge, campaign, community, onboarding, mentoring, guided, classroom, live-event, network, team-playbook or learning-flow
        kind: String,
        /// A short name for addresses, such as thirty-days; it never changes
        id: String,
        /// The site of the first run (needed where there are several)
        #[arg(long, value_name = "SITE")]
        site: Option<String>,
        /// Choose the run's first day as if it were this moment
        #[arg(long, value_name = "INSTANT", value_parser = instant)]
        now: Option<Timestamp>,
    },
    /// Tell everything that is wrong, and change nothing
    Check {
        /// What decides the output
        #[command(flatten)]
        common: Common,
        /// How to print problems: text for people, json for tools, github for workflow annotations
        #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true, default_value_t = Form::Text)]
        format: Form,
    },
    /// Make the pages and feeds of every site; after a mistake the old ones stay as they are
    #[command(after_help = AFTER_BUILD)]
    Build {
        /// What decides the output
        #[command(flatten)]
        common: Common,
        /// How to print problems: text for people, json for tools, github for workflow annotations
        #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true, default_value_t = Form::Text)]
        format: Form,
    },
    /// Show what comes out on which day, or what changes next
    Plan {
        /// What decides the plan
        #[command(flatten)]
        common: Common,
        /// Show only when the pages or feeds change next, and what changes then
        #[arg(long)]
        next: bool,
        /// Show only this run
        #[arg(long, value_name = "RUN", conflicts_with = "next")]
        run: Option<String>,
        /// How to print it: text or json; with --next also cron (a crontab line, in UTC) or ics (an
        /// event for a calendar)
        #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true, default_value_t = PlanForm::Text)]
        format: PlanForm,
    },
    /// List what is to be done today, by run, with each post ready to be pasted
    #[command(after_help = AFTER_TODAY)]
    Today {
        /// Only what this role does, such as curator
        #[arg(long, value_name = "ROLE")]
        role: Option<String>,
        /// What decides the plan
        #[command(flatten)]
        common: Common,
        /// How to print it: text for people, json for tools
        #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true, default_value_t = DataForm::Text)]
        format: DataForm,
    },
    /// Propose who could be introduced to whom, and who could answer each ask; for the coordinator alone
    #[command(after_help = AFTER_INTRODUCTIONS)]
    Introductions {
        /// Whom, when, and whether it is kept
        #[command(flatten)]
        wanted: Wanted,
        /// What decides the plan
        #[command(flatten)]
        common: Common,
        /// How to print it: text for people, json for tools
        #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true, default_value_t = DataForm::Text)]
        format: DataForm,
    },
    /// Read the feeds of all sources, and tell how each of them is
    #[command(after_help = AFTER_FETCH)]
    Fetch(Fetching),
    /// Show the items of all sources that are worth a look, as `fetch` found them
    Candidates(Choosing),
    /// Judge those items one by one, or propose the best of them as drafts
    #[command(after_help = AFTER_REVIEW)]
    Review(Reviewing),
    /// Tell what each subscriber would see if the second folder were published after the first
    #[command(after_help = AFTER_DIFF)]
    Diff(Comparing),
    /// Examine what is published: what is overdue, what is wrong, and what each network makes of it
    #[command(after_help = AFTER_DOCTOR)]
    Doctor(Examining),
    /// Look after the ledger, which knows what subscribers have seen
    Ledger {
        /// What is done
        #[command(subcommand)]
        what: LedgerTask,
    },
    /// Look whether what people are led to is still there, and remember what was found
    #[command(after_help = AFTER_LINKS)]
    Links(Watching),
    /// Take over feeds from other readers, or hand sources on to them, as OPML
    Opml {
        /// Which way.
        #[command(subcommand)]
        what: Opml,
    },
    /// Tell which of your files stand behind a page, a feed or another file that was made
    #[command(after_help = AFTER_WHY)]
    Why {
        /// The file, such as dist/public/SITE/hello/index.html, or its address below the site
        output: String,
        /// What decides the output
        #[command(flatten)]
        common: Common,
        /// How to print them: text for people, json for tools
        #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true, default_value_t = DataForm::Text)]
        format: DataForm,
    },
    /// Show what the layout of one page sees, as JSON; for people who write layouts
    #[command(after_help = AFTER_CONTEXT)]
    Context {
        /// Its address below the site, such as thirty-days/hello/ (/ is the front page), or its file
        page: String,
        /// The page of the team's tree (the same as team: before the address)
        #[arg(long)]
        team: bool,
        /// What decides the output
        #[command(flatten)]
        common: Common,
    },
    /// Show what learnflow reads in a feed: its entries, and what is odd about them
    #[command(after_help = AFTER_LOOK)]
    Look {
        /// The feeds, by address or file
        #[arg(
            required = true,
            value_name = "FEED",
            help = "The feeds: addresses, such as https://example.org/feed.xml, or files, such as saved/feed.xml"
        )]
        feeds: Vec<PathBuf>,
        /// Ask this one address inside your network, such as 127.0.0.1:8080
        #[arg(long, value_name = "HOST:PORT")]
        allow_host: Vec<String>,
        /// Count dates after this moment as dates that lie ahead
        #[arg(long, value_name = "INSTANT", value_parser = instant)]
        now: Option<Timestamp>,
        /// How to print it: text for people, json for tools
        #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true, default_value_t = DataForm::Text)]
        format: DataForm,
    },
    /// Print what lets a shell complete commands and options with the Tab key
    #[command(after_help = AFTER_COMPLETIONS)]
    Completions {
        /// The shell: bash, zsh, fish, powershell or elvish
        #[arg(value_enum, hide_possible_values = true)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page of learnflow, or of one command
    #[command(after_help = AFTER_MAN)]
    Man {
        /// The command, such as build
        command: Option<String>,
    },
}

/// The script that lets a shell complete what is typed.
pub fn completions(shell: clap_complete::Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "learnflow", &mut script);
    script
}

/// The manual page of the program or of one of its commands, in roff.
pub fn manual(command: Option<&str>) -> Result<Vec<u8>, String> {
    let mut program = Cli::command();
    program.build();
    let page = match command {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(found) => found.clone(),
            None => return Err(unknown_command(&program, name)),
        },
    };
    let mut roff = Vec::new();
    let version = format!("learnflow {}", env!("CARGO_PKG_VERSION"));
    let man = clap_mangen::Man::new(page)
        .source(version)
        .manual("learnflow");
    let written = man.render(&mut roff);
    written.map_err(|error| error.to_string())?;
    Ok(roff)
}

fn unknown_command(program: &clap::Command, name: &str) -> String {
    let names = program.get_subcommands().map(clap::Command::get_name);
    let help = way_out(name, names, "Commands");
    format!("there is no command `{name}`\n{help}")
}

/// What most commands take.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// The library: the folder that holds content/ and sites/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Only this site
    #[arg(long, value_name = "SITE")]
    pub site: Option<String>,
    /// Act as if it were this moment, such as 2026-03-02T09:00:00Z
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub now: Option<Timestamp>,
    /// The folder for what is made
    #[arg(long, value_name = "DIR", default_value = "dist")]
    pub out: PathBuf,
    /// What was released before: a folder that holds SITE.json for each site, or one file together with --site
    /// (when not given, the ledgers in the output folder)
    #[arg(long, value_name = "PATH")]
    pub ledger: Option<PathBuf>,
    /// Count warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// Let more than three released items disappear at once
    #[arg(long)]
    pub withdraw: bool,
}

/// What is wanted of `introductions`.
#[derive(Debug, Clone, Args)]
pub struct Wanted {
    /// Only this run
    #[arg(long, value_name = "RUN")]
    pub run: Option<String>,
    /// The round of this day, such as 2026-03-03 (when not given, the newest one that was announced and is not
    /// recorded yet, else the next one)
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub round: Option<Date>,
    /// Somebody without a card takes part this time; may be given several times
    #[arg(long, value_name = "HANDLE")]
    pub with: Vec<String>,
    /// Somebody with a card takes no part this time; may be given several times
    #[arg(long, value_name = "HANDLE")]
    pub without: Vec<String>,
    /// Write down that they were introduced, so that they do not meet again too soon
    #[arg(long)]
    pub record: bool,
}

/// Which way lists of feeds go.
#[derive(Debug, Subcommand)]
pub enum Opml {
    /// Print the sources of a site as OPML, which every feed reader takes
    Export {
        /// The library: the folder that holds content/ and sites/
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
        /// Whose sources (needed where several sites have some)
        #[arg(long, value_name = "SITE")]
        site: Option<String>,
    },
    /// Print the feeds of an OPML file as entries for curation/sources.yaml, without those it has
    #[command(after_help = AFTER_IMPORT)]
    Import {
        /// The OPML file, as another reader wrote it
        file: PathBuf,
        /// The library: the folder that holds content/ and sites/
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
        /// For which site (needed where there are several)
        #[arg(long, value_name = "SITE")]
        site: Option<String>,
    },
}

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

/// What `diff` takes.
#[derive(Debug, Clone, Args)]
pub struct Comparing {
    /// What is published: the folder of a build, such as dist, or of one site, such as dist/public/SITE
    pub old: PathBuf,
    /// What would be published, in the same form
    pub new: PathBuf,
    /// Only this site
    #[arg(long, value_name = "SITE")]
    pub site: Option<String>,
    /// Act as if it were this moment, such as 2026-03-02T09:00:00Z
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub now: Option<Timestamp>,
    /// How to print it: text for people, json for tools, markdown for the comment of a pull request
    #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true, default_value_t = DiffForm::Text)]
    pub format: DiffForm,
}

/// What `doctor` takes.
#[derive(Debug, Clone, Args)]
pub struct Examining {
    /// The folder of a build, such as dist, or of one site, such as dist/public/SITE; or the address of a site
    #[arg(value_name = "DIR|URL")]
    pub what: PathBuf,
    /// Only this site of a folder
    #[arg(long, value_name = "SITE")]
    pub site: Option<String>,
    /// Act as if it were this moment, such as 2026-03-02T09:00:00Z
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub now: Option<Timestamp>,
    /// Ask this one address inside your network, such as 127.0.0.1:8080
    #[arg(long, value_name = "HOST:PORT")]
    pub allow_host: Vec<String>,
    /// How to print it: text for people, json for tools
    #[arg(long, value_name = "FORM", value_enum, hide_possible_values = true, default_value_t = DataForm::Text)]
    pub format: DataForm,
}

/// How a comparison is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffForm {
    /// For people.
    Text,
    /// For tools.
    Json,
    /// For the comment of a pull request.
    Markdown,
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

/// How data is printed that has two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DataForm {
    /// For people.
    Text,
    /// For tools.
    Json,
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

/// A day as it stands in a run.
fn day(text: &str) -> Result<Date, String> {
    crate::document::date(text).ok_or_else(|| "write a day: 2026-03-03".to_owned())
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
