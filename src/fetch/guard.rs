//! Which addresses a source may reach. Pure: it judges numbers, somebody else looks them up.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::fmt;
use std::str::FromStr;

/// How far a source may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Only what everybody on the internet can reach.
    Public,
    /// The house's own network besides: the source says `internal: yes`.
    Inside,
}

/// Where an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On the internet.
    Public,
    /// On this machine or on the house's own network.
    Inside,
    /// Nowhere that a feed can be: the link itself (where clouds keep their secrets), groups, reserved.
    Nowhere,
}

/// Where an address is. What is not known to be public is not.
pub fn place(address: IpAddr) -> Place {
    match address {
        IpAddr::V4(v4) => place_v4(v4),
        IpAddr::V6(v6) => place_v6(v6),
    }
}

fn place_v4(v4: Ipv4Addr) -> Place {
    match v4.octets() {
        [0, ..] => Place::Nowhere,
        [10, ..] | [127, ..] | [192, 168, ..] => Place::Inside,
        [172, b, ..] if b & 0xF0 == 16 => Place::Inside,
        // Shared by a provider's customers; some houses use it for their own.
        [100, b, ..] if b & 0xC0 == 64 => Place::Inside,
        [169, 254, ..] => Place::Nowhere,
        // Assigned to protocols, documentation, relays from 6to4, benchmarks.
        [192, 0, 0 | 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => Place::Nowhere,
        [192, 88, 99, _] | [198, 18 | 19, ..] => Place::Nowhere,
        // Groups, reserved, everybody.
        [a, ..] if a >= 224 => Place::Nowhere,
        _ => Place::Public,
    }
}

fn place_v6(v6: Ipv6Addr) -> Place {
    if let Some(v4) = v6.to_ipv4_mapped() {
        return place_v4(v4);
    }
    let [a, b, c, ..] = v6.segments();
    match (a, b, c) {
        _ if v6.is_loopback() => Place::Inside,
        // Unique local.
        _ if a & 0xFE00 == 0xFC00 => Place::Inside,
        // Everything handed out to the internet lies in 2000::/3.
        _ if a & 0xE000 != 0x2000 => Place::Nowhere,
        // Tunnels hide another address inside: Teredo and its neighbours, 6to4.
        (0x2001, 0..=0x01FF, _) | (0x2002, ..) => Place::Nowhere,
        // Documentation.
        (0x2001, 0x0DB8, _) => Place::Nowhere,
        (0x3FFF, 0..=0x0FFF, _) => Place::Nowhere,
        _ => Place::Public,
    }
}

/// A host and port that may be reached wherever they are: for tests, which have a server of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    host: String,
    port: u16,
}

impl Door {
    /// Whether this is the door to a host, as it stands in an address, and port.
    pub fn leads_to(&self, host: &str, port: u16) -> bool {
        self.port == port && self.host.eq_ignore_ascii_case(host)
    }
}

impl FromStr for Door {
    type Err = String;

    /// # Errors
    /// A sentence that says how it is written.
    fn from_str(text: &str) -> Result<Self, String> {
        let help = || format!("`{text}` is not a host with a port: write 127.0.0.1:8080");
        let (_, port) = text.rsplit_once(':').ok_or_else(help)?;
        let url = url::Url::parse(&format!("http://{text}/")).map_err(|_| help())?;
        let bare = url.path() == "/" && url.username().is_empty() && url.query().is_none();
        match (url.host_str(), port.parse()) {
            (Some(host), Ok(port)) if bare => Ok(Self {
                host: host.to_owned(),
                port,
            }),
            _ => Err(help()),
        }
    }
}

/// Somebody was led to an address that is not for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The host, as it stands in the address.
    pub host: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not on the internet", self.host)
    }
}

impl std::error::Error for Refused {}

/// Whether a name is this machine's by its very letters (RFC 6761), wherever it would be looked up.
pub fn is_this_machine(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    host == "localhost" || host.ends_with(".localhost")
}

/// Whether an address behind a host and port may be reached.
pub fn may(address: IpAddr, host: &str, port: u16, reach: Reach, doors: &[Door]) -> bool {
    doors.iter().any(|door| door.leads_to(host, port))
        || match place(address) {
            Place::Public => true,
            Place::Inside => reach == Reach::Inside,
            Place::Nowhere => false,
        }
}
