//! The server of the measured feeds: it gives a file with a tag, and to whoever has the tag nothing.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::{fs, thread};

/// Says its port, and serves until it is ended.
pub fn run(feeds: &Path) -> io::Result<()> {
    let listener = TcpListener::bind("0.0.0.0:0")?;
    println!("{}", listener.local_addr()?.port());
    io::stdout().flush()?;
    for stream in listener.incoming() {
        let (stream, feeds) = (stream?, feeds.to_path_buf());
        // To have all of 127.0.0.0/8 it listens everywhere; it answers nobody else.
        if !stream.peer_addr().is_ok_and(|peer| peer.ip().is_loopback()) {
            continue;
        }
        // Whoever hangs up harms only its own answer.
        thread::spawn(move || serve(&stream, &feeds));
    }
    Ok(())
}

fn serve(stream: &TcpStream, feeds: &Path) -> io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let name = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut known = false;
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        known |= line.to_ascii_lowercase().starts_with("if-none-match:");
    }
    let mut out = stream;
    if known {
        return out
            .write_all(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\nETag: \"1\"\r\n\r\n");
    }
    let body = fs::read(feeds.join(name.trim_start_matches('/')))?;
    let head = format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/xml\r\nETag: \"1\"\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    out.write_all(head.as_bytes())?;
    out.write_all(&body)
}
