//! Bodies as they come over the line: read and unpacked up to a limit, however much they would become.

use super::client;
use super::failure::Failure;
use std::io::{self, Read};

/// Reads a body to its end, unpacked; what is larger than the limit is refused as soon as that is seen.
/// `large` is told once, before much memory is taken.
pub fn read(
    body: impl Read,
    encoding: Option<&str>,
    limit: u64,
    large: impl FnOnce(),
) -> Result<Vec<u8>, Failure> {
    // Packed bytes that become nothing are limited as well.
    let mut body = Capped {
        body,
        left: limit,
        limit,
    };
    match encoding
        .map(str::trim)
        .map(str::to_ascii_lowercase)
        .as_deref()
    {
        None | Some("" | "identity") => whole(body, limit, large),
        Some("gzip" | "x-gzip") => whole(flate2::read::MultiGzDecoder::new(body), limit, large),
        Some("br") => {
            let mut first = [0];
            let read = body.read(&mut first).map_err(|error| broken(&error))?;
            // A large window, which is no part of the standard, asks for a gigabyte before the first byte.
            if read == 1 && first[0] & 0x7F == 0x11 {
                return Err(Failure::Packed(
                    "it asks for more memory than any feed needs".into(),
                ));
            }
            let body = io::Cursor::new(first).take(read as u64).chain(body);
            whole(
                brotli_decompressor::Decompressor::new(body, 4096),
                limit,
                large,
            )
        }
        Some(other) => {
            let other: String = other
                .chars()
                .filter(char::is_ascii_graphic)
                .take(40)
                .collect();
            Err(Failure::Packed(format!(
                "it is packed as `{other}`, and nobody asked for that"
            )))
        }
    }
}

/// What is larger is worth a turn of its own.
const LARGE: usize = 1024 * 1024;

fn whole(mut body: impl Read, limit: u64, large: impl FnOnce()) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut large = Some(large);
    let mut piece = [0; 16 * 1024];
    loop {
        let read = match body.read(&mut piece) {
            Ok(0) => return Ok(bytes),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(broken(&error)),
        };
        if (bytes.len() + read) as u64 > limit {
            return Err(Failure::TooLarge { limit });
        }
        if bytes.len() + read > LARGE
            && let Some(large) = large.take()
        {
            large();
        }
        bytes.extend_from_slice(&piece[..read]);
    }
}

/// A body that ends with [`Failure::TooLarge`] when it is read beyond its limit.
struct Capped<R> {
    body: R,
    left: u64,
    limit: u64,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.body.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::other(Failure::TooLarge { limit: self.limit })),
        }
        Ok(read)
    }
}

/// What went wrong while reading: our own words come through the readers in between as they are.
fn broken(error: &io::Error) -> Failure {
    let inner = error.get_ref();
    let ours = inner.and_then(|inner| inner.downcast_ref::<Failure>());
    if let Some(failure) = ours.cloned().or_else(|| client::inside(error)) {
        return failure;
    }
    match error.kind() {
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            Failure::Packed("it is damaged, or packed in another way than it says".into())
        }
        io::ErrorKind::UnexpectedEof => Failure::Broken("it ends in the middle".into()),
        _ => Failure::Broken(error.to_string()),
    }
}
