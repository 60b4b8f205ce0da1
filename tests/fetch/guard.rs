//! Nobody is led into the house, however its addresses are spelt.

use crate::server::{Server, feed, lead, ok};
use crate::{NOW, fetch, library, run, source};
use learnflow::fetch::guard::{Door, Place, Reach, may, place};
use std::net::IpAddr;

/// Addresses, and where they are.
const PLACES: &[(Place, &[&str])] = &[
    (
        Place::Inside,
        &[
            "127.0.0.1",
            "127.255.255.255",
            "10.0.0.0",
            "10.255.255.255",
            "172.16.0.0",
            "172.31.255.255",
            "192.168.0.0",
            "192.168.255.255",
            "100.64.0.0",
            "100.127.255.255",
            "::1",
            "fc00::1",
            "fd12:3456::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:7f00:1",
            "::ffff:192.168.0.1",
        ],
    ),
    (
        Place::Nowhere,
        &[
            "0.0.0.0",
            "0.255.255.255",
            "169.254.0.0",
            "169.254.169.254",
            "169.254.255.255",
            "192.0.0.0",
            "192.0.0.255",
            "192.0.2.0",
            "192.0.2.255",
            "198.51.100.7",
            "203.0.113.7",
            "192.88.99.1",
            "198.18.0.0",
            "198.19.255.255",
            "224.0.0.0",
            "239.255.255.255",
            "240.0.0.0",
            "255.255.255.255",
            "::",
            "::127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:0.0.0.0",
            "64:ff9b::7f00:1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:0:7f00:1::",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "3fff::1",
            "4000::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "ffff::1",
        ],
    ),
    (
        Place::Public,
        &[
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "191.255.255.255",
            "192.0.1.0",
            "192.0.3.0",
            "192.88.98.1",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "198.51.99.1",
            "203.0.112.1",
            "223.255.255.255",
            "::ffff:8.8.8.8",
            "2000::1",
            "2001:200::1",
            "2001:4860:4860::8888",
            "2003::1",
            "2606:4700::1111",
            "3ffe::1",
        ],
    ),
];

#[test]
fn every_address_is_public_or_not() {
    let mut seen = 0;
    for (wanted, addresses) in PLACES {
        for text in *addresses {
            let address: IpAddr = text.parse().unwrap_or_else(|_| panic!("{text}"));
            assert_eq!(place(address), *wanted, "{text}");
            let reached = |reach| may(address, "h", 80, reach, &[]);
            assert_eq!(reached(Reach::Public), *wanted == Place::Public, "{text}");
            assert_eq!(reached(Reach::Inside), *wanted != Place::Nowhere, "{text}");
            seen += 1;
        }
    }
    assert_eq!(seen, 85);
}

#[test]
fn a_door_is_one_host_and_one_port() {
    let door: Door = "127.0.0.1:8080".parse().expect("a door");
    let inside: IpAddr = "127.0.0.1".parse().expect("an address");
    let open = |host, port| {
        may(
            inside,
            host,
            port,
            Reach::Public,
            std::slice::from_ref(&door),
        )
    };
    assert!(open("127.0.0.1", 8080));
    assert!(!open("127.0.0.1", 8081));
    assert!(!open("localhost", 8080));
    assert!("[::1]:80".parse::<Door>().is_ok());
    for text in [
        "",
        "127.0.0.1",
        ":80",
        "a:b",
        "me@a:80",
        "a:80/b",
        "http://a:80",
        "a:80?b",
        "a:99999",
    ] {
        let told = text.parse::<Door>().expect_err(text);
        assert!(told.contains("write 127.0.0.1:8080"), "{told}");
    }
}

/// Every way of saying this machine and its neighbours, with the server's port where it could be reached.
fn spellings(port: u16) -> Vec<String> {
    let hosts = [
        "127.0.0.1",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "127.1",
        "127.0.1",
        "0",
        "0.0.0.0",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "169.254.169.254",
        "10.0.0.1",
        "192.168.0.1",
        "172.16.0.1",
        "100.64.0.1",
        "１２７.0.0.1",
        "127。0。0。1",
        "ⓛocalhost",
    ];
    hosts
        .map(|host| format!("http://{host}:{port}/feed"))
        .into()
}

#[test]
fn no_spelling_of_an_inside_address_is_asked() {
    let server = Server::start(|_, _| ok(&feed("inside", 1)));
    let spelt = spellings(server.port());
    let sources = spelt
        .iter()
        .enumerate()
        .map(|(n, address)| source(&format!("s{n}"), address));
    let dir = library(&sources.collect::<String>());
    let ran = run(dir.path(), &["fetch", "--now", NOW]);
    for (n, address) in spelt.iter().enumerate() {
        let said = format!("`s{n}` could not be read: ");
        let line = ran.err.lines().find(|line| line.contains(&said));
        let line = line.unwrap_or_else(|| panic!("{address}: {}", ran.line(&format!("s{n}"))));
        // Many spellings of one address are one feed; that is told besides.
        assert!(
            line.starts_with("warning[inside-address]"),
            "{address}: {line}"
        );
    }
    assert!(server.asked().is_empty(), "nobody came near");
}

#[test]
fn whoever_is_led_inside_is_not_let_in() {
    let inside = Server::start(|_, _| ok(&feed("inside", 1)));
    let spelt = spellings(inside.port());
    let outside = {
        let spelt = spelt.clone();
        Server::start(move |asked, _| {
            let n: usize = asked.path[1..].parse().expect("a number");
            lead("302 Found", &spelt[n])
        })
    };
    let sources = (0..spelt.len())
        .map(|n| source(&format!("s{n}"), &format!("http://{}/{n}", outside.door())));
    let dir = library(&sources.collect::<String>());
    let ran = fetch(&dir, &outside, &[]).ends(0);
    assert_eq!(
        ran.err.matches("warning[inside-address]").count(),
        spelt.len(),
        "{}",
        ran.err
    );
    assert_eq!(outside.asked().len(), spelt.len());
    assert!(inside.asked().is_empty(), "nobody came near");
}

#[test]
fn a_source_that_says_so_is_asked_inside_but_never_on_the_link_itself() {
    let server = Server::start(|asked, _| match asked.path.as_str() {
        "/feed" => ok(&feed("inside", 2)),
        _ => lead("302 Found", "http://169.254.169.254/latest/meta-data/"),
    });
    let with = |id: &str, path: &str| {
        let address = format!("http://{}{path}", server.door());
        source(id, &address).replace("}\n", ", internal: yes}\n")
    };
    let dir = library(&(with("ours", "/feed") + &with("astray", "/astray")));
    let ran = run(dir.path(), &["fetch", "--now", NOW]).ends(0);
    assert_eq!(ran.state("ours"), "new");
    ran.says("warning[inside-address]: `astray` could not be read: `169.254.169.254` is not on the internet");
}

#[test]
fn what_was_typed_after_allow_host_is_one_host_with_a_port() {
    let dir = library(&source("a", "https://a.example.org/"));
    let ran = run(dir.path(), &["fetch", "--allow-host", "localhost"]).ends(2);
    ran.says("`localhost` is not a host with a port: write 127.0.0.1:8080");
}
