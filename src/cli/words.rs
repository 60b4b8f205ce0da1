//! What the help of a command ends with: examples, and what is good to know.

/// For people who ask for help in short.
pub const NEW_HERE: &str = "\
New here? `learnflow init my-library` sets up a small working library to look at and write over.
In a library you have, `learnflow check` tells what is wrong and how to mend it; it changes nothing.";

/// For people who ask for all of it.
pub const AFTER: &str = "\
New here? `learnflow init my-library` sets up a small working library to look at and write over.
In a library you have, `learnflow check` tells what is wrong and how to mend it; it changes nothing.

`learnflow help build` says more about `build`; so it is with every command.
For scripts: learnflow ends with 0 when all is well, with 1 when there are mistakes in what was
written, and with 2 when it could not run. Data goes to stdout, words for people to stderr.";

/// What the help of `build` ends with.
pub const AFTER_BUILD: &str = "\
The pages for everybody are in dist/public/SITE, the learning team's in dist/team/SITE: open index.html.
Keep dist/public/SITE/ledger.json from build to build: it knows what subscribers have seen.
A look at another day goes into a folder of its own: --now 2026-12-01T09:00:00Z --out /tmp/look";

/// What the help of `today` ends with.
pub const AFTER_TODAY: &str = "\
Examples:
  learnflow today
  learnflow today --role curator --site larkfield
  learnflow today --now 2026-12-01
The day is the one on the site's clock. The sheets of runs and roles are in dist/team/SITE.";

/// What the help of `why` ends with.
pub const AFTER_WHY: &str = "\
Examples:
  learnflow why dist/public/larkfield/index.html
  learnflow why thirty-days-autumn-2026/hello/
  learnflow why team:programmes/thirty-days/";

/// What the help of `context` ends with.
pub const AFTER_CONTEXT: &str = "\
Examples:
  learnflow context /
  learnflow context thirty-days-autumn-2026/hello/
  learnflow context team:programmes/thirty-days/
docs/context.md in the source of learnflow says what every field means.";

/// What the help of `introductions` ends with.
pub const AFTER_INTRODUCTIONS: &str = "\
It is private: it goes to the terminal and on no page. You know the people, so you decide.
Whoever reacted to the post and has no card takes part with --with HANDLE.
When you have introduced them, say the same again with --record: the next rounds remember it.";

/// What the help of `look` ends with.
pub const AFTER_LOOK: &str = "\
Examples:
  learnflow look https://example.org/feed.xml
  learnflow look saved/feed.xml
  learnflow look --format json saved/*
Reads RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, CDF and JSON Feed, broken ones as far as they go.
Ends with 1 when one of them could not be read; the others are shown all the same.";

/// What the help of `diff` ends with.
pub const AFTER_DIFF: &str = "\
Examples:
  learnflow diff published dist
  learnflow diff --format markdown before/public/larkfield dist/public/larkfield
In CI: build into another folder with the ledger of what is published, and compare before it is.";

/// What the help of `doctor` ends with.
pub const AFTER_DOCTOR: &str = "\
Examples:
  learnflow doctor dist
  learnflow doctor https://learn.example.org/
Ends with 1 when a rule is broken or something is overdue, so that a job can wake somebody.
At an address it looks at what the host says of each file as well.";

/// What the help of `fetch` ends with.
pub const AFTER_FETCH: &str = "\
Sources stand in sites/SITE/curation/sources.yaml. What they give is kept in .learnflow/shelf,
which can be thrown away. A source that fails, floods or attacks is told about; the others are
read all the same. Addresses inside your own network are asked only for sources that say
`internal: yes`.";

/// What the help of `review` ends with.
pub const AFTER_REVIEW: &str = "\
Each item is shown with what says nearly the same, and why it stands where it stands; one key says
what becomes of it. A pick is a file, opened in $VISUAL or $EDITOR for your words. What you say is
kept at once. Where nobody types at a terminal, each line is an answer: p, r too basic, l, n, q.
For a pull request: learnflow review --propose 5 > request.md";

/// What the help of `links` ends with.
pub const AFTER_LINKS: &str = "\
Asks once for every pick, resource and source. What is not well is remembered in
sites/SITE/curation/links, which belongs into git: so it is known since when. Something is gone after
three failures over two weeks or more; then its pages say so. A build asks nobody.";

/// What the help of `opml import` ends with.
pub const AFTER_IMPORT: &str = "\
To add them: learnflow opml import feeds.opml >> sites/SITE/curation/sources.yaml
Then say of each why you trust it; `learnflow check` names those that lack it.";

/// What the help of `completions` ends with.
pub const AFTER_COMPLETIONS: &str = "\
Where shells look for it:
  bash        learnflow completions bash > ~/.local/share/bash-completion/completions/learnflow
  zsh         learnflow completions zsh > DIR/_learnflow, for a DIR of your $fpath
  fish        learnflow completions fish > ~/.config/fish/completions/learnflow.fish
  powershell  learnflow completions powershell >> $PROFILE";

/// What the help of `man` ends with.
pub const AFTER_MAN: &str = "\
To read one: learnflow man build | man -l -
To keep one: learnflow man build > ~/.local/share/man/man1/learnflow-build.1";
