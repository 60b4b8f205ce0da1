//! What a build makes.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufWriter, Write};

/// One file that a build makes: a path below its tree, and what stands in it.
#[derive(Debug)]
pub struct Output<'a> {
    /// `public/<site>/…` or `team/<site>/…`, with `/`.
    pub path: String,
    /// The whole file.
    pub content: Content<'a>,
}

/// What stands in a file.
pub enum Content<'a> {
    /// Its bytes.
    Bytes(Cow<'a, [u8]>),
    /// What is written, again and the same, for whoever asks: a file that grows with the years is never held whole.
    Written(&'a Written<'a>),
}

/// Writes a file.
pub type Written<'a> = dyn Fn(&mut dyn Write) -> io::Result<()> + Sync + 'a;

/// How much of what is written is handed on at once.
const AT_ONCE: usize = 16 * 1024;

impl Content<'_> {
    /// Writes all of it.
    ///
    /// # Errors
    /// Those of what it is written into.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Content::Bytes(bytes) => out.write_all(bytes),
            Content::Written(write) => {
                let mut out = BufWriter::with_capacity(AT_ONCE, out);
                write(&mut out)?;
                out.flush()
            }
        }
    }

    /// All of it.
    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Content::Bytes(bytes) => bytes.into_owned(),
            written => {
                let mut bytes = Vec::new();
                written.write(&mut bytes).expect("memory takes all");
                bytes
            }
        }
    }
}

impl From<Vec<u8>> for Content<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Content::Bytes(bytes.into())
    }
}

impl<'a> From<&'a [u8]> for Content<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Content::Bytes(bytes.into())
    }
}

impl fmt::Debug for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Content::Bytes(_) => "bytes",
            Content::Written(_) => "written",
        })
    }
}
