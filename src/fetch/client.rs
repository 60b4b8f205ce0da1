//! Asks one address, follows where it leads, and never goes where it may not. The only file that names
//! ureq.

use super::failure::{Failure, shown};
use super::guard::{Door, Reach, Refused, is_this_machine, may};
use super::turns::{Turn, Turns};
use super::unpack;
use std::time::{Duration, Instant};
use ureq::http::{HeaderMap, Response, Uri, header};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};
use url::Url;

/// What one source may cost. Each limit has a name, and a failure that says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// For all of it: looking up, connecting, every redirect, reading.
    pub whole: Duration,
    /// For a connection to stand.
    pub connect: Duration,
    /// Bytes of a feed, unpacked.
    pub body: u64,
    /// Bytes of the headers of an answer.
    pub headers: usize,
    /// How often it may lead on.
    pub redirects: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            whole: Duration::from_secs(30),
            connect: Duration::from_secs(10),
            // The largest feeds that people publish have a few MB.
            body: 10 * 1024 * 1024,
            headers: 64 * 1024,
            redirects: 5,
        }
    }
}

/// What an address gave before, so that it need not give it again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Before {
    /// The very address that gave it.
    pub address: String,
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub last_modified: Option<String>,
}

/// One question.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The address.
    pub address: &'a str,
    /// How far it may reach.
    pub reach: Reach,
    /// Who asks.
    pub agent: &'a str,
    /// What was given before.
    pub before: Option<&'a Before>,
}

/// What came of it: any answer that leads no further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The address that answered.
    pub address: String,
    /// The address to ask from now on: where answers that hold for ever led.
    pub moved_to: Option<String>,
    /// Its status.
    pub status: u16,
    /// Its headers, but for cookies.
    pub headers: Vec<(String, String)>,
    /// The feed, unpacked; empty unless the status is 200.
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The longest address that is followed.
const LONGEST: usize = 2000;

/// What we can read, best first.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";

/// Asks, within its limits.
pub struct Client {
    public: Agent,
    inside: Agent,
    limits: Limits,
}

impl Client {
    /// A client with these limits; the doors may be reached wherever they are.
    pub fn new(limits: Limits, doors: &[Door]) -> Self {
        let agent = |reach| {
            let config = Agent::config_builder()
                .http_status_as_error(false)
                // We follow ourselves, to look at each hop and to learn which of them hold for ever.
                .max_redirects(0)
                .max_redirects_will_error(false)
                // A proxy would look up the names, and the guard would see none of the addresses.
                .proxy(None)
                .max_response_header_size(limits.headers)
                .timeout_resolve(Some(limits.connect))
                .timeout_connect(Some(limits.connect))
                .accept(ACCEPT)
                .accept_encoding("gzip, br")
                .build();
            let guard = Guard {
                names: DefaultResolver::default(),
                reach,
                doors: doors.to_vec(),
            };
            Agent::with_parts(config, DefaultConnector::default(), guard)
        };
        Self {
            public: agent(Reach::Public),
            inside: agent(Reach::Inside),
            limits,
        }
    }

    /// Asks, in its host's turn and the turns of the hosts to which it leads. With a large answer comes the
    /// turn of a large one, to be held as long as the answer.
    ///
    /// # Errors
    /// The reason why there is no answer.
    pub fn ask<'t>(
        &self,
        question: &Question,
        turns: &'t Turns,
        mut turn: Turn<'t>,
    ) -> Result<(Answer, Option<Turn<'t>>), Failure> {
        let mut address = parse(question.address)?;
        let mut seen: Vec<Url> = Vec::new();
        let mut for_ever = true;
        let mut moved_to = None;
        let mut left = self.limits.whole;
        loop {
            if turn.of() != host(&address) {
                // Given back first: whoever holds one and waits for another may wait for each other.
                drop(turn);
                turn = turns.wait_for(host(&address));
            }
            let begun = Instant::now();
            let response = self.call(question, &address, left)?;
            let status = response.status().as_u16();
            if !matches!(status, 301 | 302 | 303 | 307 | 308) {
                return self.read(response, status, &address, moved_to, turns);
            }
            left = left.saturating_sub(begun.elapsed());
            let next = follow(&address, response.headers())?;
            seen.push(address);
            if seen.contains(&next) {
                return Err(Failure::RedirectLoop {
                    address: next.to_string(),
                });
            }
            if seen.len() as u32 > self.limits.redirects {
                return Err(Failure::TooManyRedirects {
                    limit: self.limits.redirects,
                });
            }
            if left.is_zero() {
                return Err(self.too_slow());
            }
            // Once a hop may change, what follows it may. A line that is less safe is not remembered.
            let weaker =
                seen.last().is_some_and(|last| last.scheme() == "https") && next.scheme() == "http";
            for_ever &= matches!(status, 301 | 308) && !weaker;
            if for_ever {
                moved_to = Some(next.to_string());
            }
            address = next;
        }
    }

    fn call(
        &self,
        question: &Question,
        address: &Url,
        left: Duration,
    ) -> Result<Response<Body>, Failure> {
        let agent = match question.reach {
            Reach::Public => &self.public,
            Reach::Inside => &self.inside,
        };
        let mut request = agent
            .get(address.as_str())
            .header(header::USER_AGENT, question.agent);
        // A tag is a word between us and the address that gave it.
        if let Some(before) = question.before.filter(|b| b.address == address.as_str()) {
            if let Some(tag) = &before.etag {
                request = request.header(header::IF_NONE_MATCH, tag);
            }
            if let Some(day) = &before.last_modified {
                request = request.header(header::IF_MODIFIED_SINCE, day);
            }
        }
        let request = request.config().timeout_global(Some(left)).build();
        request.call().map_err(|error| match failure(&error) {
            Failure::UnknownHost { .. } => Failure::UnknownHost {
                host: host(address).to_owned(),
            },
            Failure::TooSlow { .. } => self.too_slow(),
            other => other,
        })
    }

    fn read<'t>(
        &self,
        response: Response<Body>,
        status: u16,
        address: &Url,
        moved_to: Option<String>,
        turns: &'t Turns,
    ) -> Result<(Answer, Option<Turn<'t>>), Failure> {
        let mut answer = Answer {
            address: address.to_string(),
            moved_to,
            status,
            headers: headers(response.headers()),
            body: Vec::new(),
        };
        if status != 200 {
            return Ok((answer, None));
        }
        let limit = self.limits.body;
        let body = response.into_body();
        if body.content_length().is_some_and(|length| length > limit) {
            return Err(Failure::TooLarge { limit });
        }
        let mut held = None;
        let large = || held = Some(turns.large());
        let encoding = answer.header("content-encoding").map(str::to_owned);
        let read = unpack::read(body.into_reader(), encoding.as_deref(), limit, large);
        answer.body = read.map_err(|failure| match failure {
            Failure::TooSlow { .. } => self.too_slow(),
            other => other,
        })?;
        Ok((answer, held))
    }

    fn too_slow(&self) -> Failure {
        Failure::TooSlow {
            limit: self.limits.whole,
        }
    }
}

/// The host of an address that may be none; then the address itself, so that it waits for nobody.
pub fn host_of(address: &str) -> String {
    let url = Url::parse(address).ok();
    let host = url.as_ref().map(host).filter(|host| !host.is_empty());
    host.unwrap_or(address).to_owned()
}

/// The host of an address, as turns and doors know it.
fn host(address: &Url) -> &str {
    address.host_str().unwrap_or("")
}

/// An address that may be asked.
fn parse(text: &str) -> Result<Url, Failure> {
    let bad = |why| Failure::BadRedirect {
        to: shown(text),
        why,
    };
    let mut url = Url::parse(text).map_err(|_| bad("that is not an address"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(bad("only http and https are followed"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(bad("no user names and passwords are sent"));
    }
    if url.as_str().len() > LONGEST {
        return Err(bad("that is longer than addresses are"));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Where an answer leads.
fn follow(from: &Url, headers: &HeaderMap) -> Result<Url, Failure> {
    let bad = |to: &str, why| Failure::BadRedirect { to: shown(to), why };
    let Some(to) = headers.get(header::LOCATION) else {
        return Err(bad("", "it does not say where"));
    };
    let to = String::from_utf8_lossy(to.as_bytes());
    let joined = from.join(&to);
    let url = joined.map_err(|_| bad(&to, "that is not an address"))?;
    parse(url.as_str()).map_err(|failure| match failure {
        Failure::BadRedirect { why, .. } => bad(&to, why),
        other => other,
    })
}

/// The headers as text. Cookies are neither kept nor sent.
fn headers(map: &HeaderMap) -> Vec<(String, String)> {
    let kept = map
        .iter()
        .filter(|(name, _)| *name != header::SET_COOKIE && name.as_str() != "set-cookie2");
    let text = kept.map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    text.collect()
}

/// The client's error in our words. It does not know the host's name, nor the limit.
fn failure(error: &ureq::Error) -> Failure {
    match error {
        ureq::Error::Timeout(_) => Failure::TooSlow {
            limit: Duration::ZERO,
        },
        ureq::Error::HostNotFound => Failure::UnknownHost {
            host: String::new(),
        },
        ureq::Error::LargeResponseHeader(..) => Failure::Headers,
        ureq::Error::Protocol(error) => match error.to_string() {
            told if told.contains("too many headers") => Failure::Headers,
            told => Failure::Broken(shown(&told)),
        },
        ureq::Error::Other(inner) => match inner.downcast_ref::<Refused>() {
            Some(refused) => Failure::Inside {
                host: refused.host.clone(),
            },
            None => Failure::Broken(shown(&inner.to_string())),
        },
        ureq::Error::Rustls(error) => Failure::NoTrust(error.to_string()),
        ureq::Error::Tls(why) => Failure::NoTrust((*why).to_owned()),
        ureq::Error::Io(error) => io_failure(error),
        other => Failure::Broken(shown(&other.to_string())),
    }
}

/// The client's error that came through readers which know nothing of it.
pub(super) fn inside(error: &std::io::Error) -> Option<Failure> {
    let inner = error.get_ref()?.downcast_ref::<ureq::Error>()?;
    Some(failure(inner))
}

fn io_failure(error: &std::io::Error) -> Failure {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Failure::TooSlow {
            limit: Duration::ZERO,
        },
        ErrorKind::InvalidData => Failure::NoTrust(error.to_string()),
        ErrorKind::UnexpectedEof => Failure::Broken("it ends in the middle".into()),
        ErrorKind::ConnectionRefused => Failure::NoConnection("it refuses the connection".into()),
        _ => Failure::NoConnection(error.to_string()),
    }
}

/// Looks up names, and hands on only addresses that may be reached. Those very addresses are dialled, so
/// that no second look-up can lead elsewhere.
#[derive(Debug)]
struct Guard {
    names: DefaultResolver,
    reach: Reach,
    doors: Vec<Door>,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().unwrap_or("");
        let usual = if uri.scheme_str() == Some("https") {
            443
        } else {
            80
        };
        let port = uri.port_u16().unwrap_or(usual);
        let door = |door: &Door| door.leads_to(host, port);
        let refused = || {
            ureq::Error::Other(Box::new(Refused {
                host: host.to_owned(),
            }))
        };
        if self.reach == Reach::Public && is_this_machine(host) && !self.doors.iter().any(door) {
            return Err(refused());
        }
        let looked = self.names.resolve(uri, config, timeout);
        let all = looked.map_err(|error| match error {
            ureq::Error::Io(_) => ureq::Error::HostNotFound,
            other => other,
        })?;
        let mut good = self.empty();
        for address in all.iter() {
            if may(address.ip(), host, address.port(), self.reach, &self.doors) {
                good.push(*address);
            }
        }
        if good.is_empty() {
            return Err(refused());
        }
        Ok(good)
    }
}
