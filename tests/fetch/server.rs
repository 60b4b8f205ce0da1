//! A server on the loopback for one test: it answers as it is told, notes who asked, and ends with the test.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A question as it came.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Path and query.
    pub path: String,
    /// Headers by their names in small letters.
    pub headers: BTreeMap<String, String>,
}

/// What the server does.
#[derive(Clone)]
pub enum Reply {
    /// Says all of it and hangs up.
    Whole(Vec<u8>),
    /// Says the first part, and then the second now and again as long as somebody listens.
    Drip(Vec<u8>, &'static [u8]),
    /// Says the first part, and then the second again and again as long as somebody listens. What is large
    /// is said this way, too.
    Endless(Vec<u8>, Vec<u8>),
}

/// An answer with a status, headers and a body.
pub fn reply(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let mut whole = head(status, headers);
    whole.extend(format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes());
    whole.extend(body);
    Reply::Whole(whole)
}

/// The beginning of an answer: status and headers, the line that ends them not yet.
pub fn head(status: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.into_bytes()
}

/// A feed as an answer.
pub fn ok(body: &str) -> Reply {
    reply(
        "200 OK",
        &[("Content-Type", "application/rss+xml")],
        body.as_bytes(),
    )
}

/// An answer of 60 MB, which says so, or does not.
pub fn sixty_mb(says_so: bool) -> Reply {
    let length = (60_usize << 20).to_string();
    let headers = [("Content-Length", length.as_str())];
    let mut first = head("200 OK", if says_so { &headers } else { &[] });
    first.extend(b"\r\n");
    Reply::Endless(first, vec![b' '; 1 << 16])
}

/// Leads elsewhere.
pub fn lead(status: &str, to: &str) -> Reply {
    reply(status, &[("Location", to)], b"")
}

/// A feed with as many entries.
pub fn feed(title: &str, entries: usize) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>{title}</title><link>https://example.org/</link><description>Of {title}</description>\n"
    );
    for n in 1..=entries {
        text.push_str(&format!(
            "<item><title>{title} {n}</title><link>https://example.org/{title}/{n}</link><guid isPermaLink=\"false\">{title}-{n}</guid><pubDate>Mon, 02 Mar 2026 0{}:00:00 GMT</pubDate><description>Words about {n}.</description></item>\n",
            n % 10
        ));
    }
    text.push_str("</channel></rss>\n");
    text
}

/// A running server.
pub struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
    most: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Server {
    /// Answers questions; the number says how often the path was asked before.
    pub fn start(answer: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let stop = Arc::new(AtomicBool::new(false));
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let answer = Arc::new(answer);
        let thread = {
            let (asked, stop, most) = (asked.clone(), stop.clone(), most.clone());
            std::thread::spawn(move || {
                for stream in listener.incoming() {
                    if stop.load(Ordering::SeqCst) {
                        return;
                    }
                    let Ok(stream) = stream else { continue };
                    let (asked, answer) = (asked.clone(), answer.clone());
                    let (now, most) = (now.clone(), most.clone());
                    std::thread::spawn(move || {
                        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        let _ = serve(&stream, &asked, &*answer);
                        now.fetch_sub(1, Ordering::SeqCst);
                    });
                }
            })
        };
        Self {
            port,
            asked,
            most,
            stop,
            thread: Some(thread),
        }
    }

    /// `127.0.0.1:<port>`.
    pub fn door(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Everything that was asked, and forgets it.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.asked.lock().expect("no panic"))
    }

    /// How many were served at once at the most.
    pub fn most_at_once(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Whoever waits for a question is woken by one.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(
    stream: &TcpStream,
    asked: &Mutex<Vec<Asked>>,
    answer: &dyn Fn(&Asked, usize) -> Reply,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = BTreeMap::new();
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let question = Asked { path, headers };
    let before = {
        let mut asked = asked.lock().expect("no panic");
        let before = asked.iter().filter(|a| a.path == question.path).count();
        asked.push(question.clone());
        before
    };
    let mut out = stream;
    match answer(&question, before) {
        Reply::Whole(bytes) => out.write_all(&bytes),
        Reply::Drip(first, again) => {
            out.write_all(&first)?;
            // Nobody asks anything more: waiting for it is the pause between two bytes.
            stream.set_read_timeout(Some(Duration::from_millis(30)))?;
            loop {
                out.write_all(again)?;
                let mut byte = [0];
                if matches!((&mut out).read(&mut byte), Ok(0)) {
                    return Ok(());
                }
            }
        }
        Reply::Endless(first, again) => {
            out.write_all(&first)?;
            loop {
                out.write_all(&again)?;
            }
        }
    }
}
