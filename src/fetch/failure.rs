//! What can go wrong with one source, each with a name, a sentence and a way out.

use std::fmt;
use std::time::Duration;

/// Why a source could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Its host is on this machine, in the house, or nowhere.
    Inside { host: String },
    /// Its host has no address.
    UnknownHost { host: String },
    /// Nobody answers there.
    NoConnection(String),
    /// The answer broke off, or is no HTTP.
    Broken(String),
    /// The line is not to be trusted.
    NoTrust(String),
    /// It took longer than it may.
    TooSlow { limit: Duration },
    /// It is larger, unpacked, than it may be.
    TooLarge { limit: u64 },
    /// Its headers are more than anybody sends.
    Headers,
    /// It is packed in a way that cannot be unpacked.
    Packed(String),
    /// It leads on and on.
    TooManyRedirects { limit: u32 },
    /// It leads back to where it came from.
    RedirectLoop { address: String },
    /// It leads to where nobody follows.
    BadRedirect { to: String, why: &'static str },
    /// The server says so.
    Status(u16),
    /// The server says that nothing has changed since a copy that it never gave.
    NoCopy,
    /// A web page; the feeds it offers.
    Page { feeds: Vec<String> },
    /// Neither a feed nor a web page, and why.
    NotAFeed(String),
    /// There is no saved file for it.
    NotSaved { folder: String },
    /// A file of ours could not be read or written.
    Shelf(String),
}

/// The most feeds of a page that are offered: more is a list for nobody.
const OFFERED: usize = 5;

/// What somebody sent, fit to be shown: on one line, short, and nothing a terminal would obey.
pub fn shown(text: &str) -> String {
    const LONGEST: usize = 200;
    let plain = text.chars().take(LONGEST);
    plain
        .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
        .collect()
}

impl Failure {
    /// A web page that offers feeds.
    pub fn page(feeds: impl Iterator<Item = String>) -> Self {
        let good = feeds.filter(|feed| feed.starts_with("http://") || feed.starts_with("https://"));
        Failure::Page {
            feeds: good.take(OFFERED).map(|feed| shown(&feed)).collect(),
        }
    }

    /// Its name, the end of a sentence that begins with the source, and what to do about it.
    fn told(&self) -> (&'static str, String, String) {
        let help = |text: &str| text.to_owned();
        let patience =
            || help("it is asked again next time; if it stays so, ask its owner or take it out");
        let smaller = || help("ask its owner, or look for a smaller feed of the same source");
        let browser = || help("open the address in a browser, and write where it ends into `feed`");
        match self {
            Failure::Inside { host } => (
                "inside-address",
                format!("`{host}` is not on the internet, and was not asked"),
                help(
                    "if it is a feed of your own house, say `internal: yes` beside it; else look who sends you there",
                ),
            ),
            Failure::UnknownHost { host } => (
                "unknown-host",
                format!("there is no host `{host}`"),
                help("look at the spelling of `feed`; if it is right, the source may be gone"),
            ),
            Failure::NoConnection(why) => (
                "no-connection",
                format!("nobody answers there: {why}"),
                patience(),
            ),
            Failure::Broken(why) => (
                "broken-answer",
                format!("the answer cannot be understood: {why}"),
                patience(),
            ),
            Failure::NoTrust(why) => (
                "no-trust",
                format!("the line is not to be trusted: {why}"),
                help("open the address in a browser; if that warns as well, tell its owner"),
            ),
            Failure::TooSlow { limit } => (
                "too-slow",
                format!("it took more than {} s", limit.as_secs_f64()),
                patience(),
            ),
            Failure::TooLarge { limit } => (
                "too-large",
                format!("it is larger than {} MB", limit / 1024 / 1024),
                smaller(),
            ),
            Failure::Headers => (
                "headers-too-large",
                "its answer has more headers than anybody sends".to_owned(),
                patience(),
            ),
            Failure::Packed(why) => (
                "bad-packing",
                format!("its answer cannot be unpacked: {why}"),
                patience(),
            ),
            Failure::TooManyRedirects { limit } => (
                "too-many-redirects",
                format!("it leads on more than {limit} times"),
                browser(),
            ),
            Failure::RedirectLoop { address } => (
                "redirect-loop",
                format!("it leads round in a circle, back to {address}"),
                browser(),
            ),
            Failure::BadRedirect { to, why } => (
                "bad-redirect",
                format!("it leads to `{to}`: {why}"),
                browser(),
            ),
            Failure::Status(status) => (
                "bad-status",
                format!("the server answers {status}{}", meaning(*status)),
                match status {
                    404 => help(
                        "look on its site for the feed's new address, and write it into `feed`",
                    ),
                    401 | 403 => help(
                        "a feed that needs a sign-in, or turns programs away, cannot be a source",
                    ),
                    _ => patience(),
                },
            ),
            Failure::NoCopy => (
                "no-copy",
                "the server says that nothing has changed, and there is no copy of it".to_owned(),
                help("tell its owner: nobody asked whether anything has changed"),
            ),
            Failure::Page { feeds } => (
                "page-not-feed",
                "this is a web page, not a feed".to_owned(),
                match feeds.as_slice() {
                    [] => help(
                        "look on the page for a link called RSS, Atom or feed, and write its address into `feed`",
                    ),
                    [one] => format!("write `feed: {one}`, which the page offers"),
                    more => format!(
                        "write one of those that the page offers: {}",
                        more.join(" ")
                    ),
                },
            ),
            Failure::NotAFeed(why) => (
                "not-a-feed",
                format!("this is not a feed: {why}"),
                help(
                    "open the address in a browser: is it still a feed? If so, ask its owner to mend it",
                ),
            ),
            Failure::NotSaved { folder } => (
                "not-saved",
                "there is no saved file of it".to_owned(),
                format!("save it in {folder} under its id with any ending, such as ropewalk.xml"),
            ),
            Failure::Shelf(why) => (
                "shelf",
                format!("it could not be kept: {why}"),
                help("let this user write there, or choose another folder with `--shelf`"),
            ),
        }
    }

    /// Its name.
    pub fn code(&self) -> &'static str {
        self.told().0
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        self.told().2
    }
}

impl std::error::Error for Failure {}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told().1)
    }
}

/// What the statuses mean that people meet.
fn meaning(status: u16) -> &'static str {
    match status {
        400 => ", bad request",
        401 => ", sign in first",
        403 => ", not for you",
        404 => ", not found",
        406 => ", not in this form",
        429 => ", you ask too often",
        451 => ", not for legal reasons",
        500 => ", an error of its own",
        502 => ", the server behind it does not answer",
        503 => ", busy or closed for now",
        504 => ", the server behind it is too slow",
        _ => "",
    }
}
