//! What the author should know, in words. The names of all findings of this folder are here.

use std::ops::Range;

use super::{MAX_DEPTH, shorten};

/// Something in the text that the author should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Byte range in the given source, so that the caller can point at line and column.
    pub at: Range<usize>,
    /// Stable name, such as `broken-link`.
    pub code: &'static str,
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// True for an error, false for a warning.
    pub severity_error: bool,
}

fn error(at: Range<usize>, code: &'static str, message: String, help: &str) -> Finding {
    Finding {
        at,
        code,
        message,
        help: help.to_owned(),
        severity_error: true,
    }
}

fn warning(at: Range<usize>, code: &'static str, message: String, help: &str) -> Finding {
    Finding {
        at,
        code,
        message,
        help: help.to_owned(),
        severity_error: false,
    }
}

/// An address as a message shows it: a hostile one may be a megabyte long.
fn shown(address: &str) -> String {
    shorten(address, 80)
}

pub fn no_address(at: Range<usize>) -> Finding {
    let help = "write the address in the round brackets, or leave the brackets out";
    error(
        at,
        "broken-link",
        "this link or image has no address".to_owned(),
        help,
    )
}

pub fn not_web(address: &str, at: Range<usize>) -> Finding {
    let message = format!(
        "`{}` is not an address that a browser can follow",
        shown(address)
    );
    error(
        at,
        "broken-link",
        message,
        "copy it from the browser, where it begins with `https://` and the name of a host",
    )
}

pub fn broken(address: &str, help: &str, at: Range<usize>) -> Finding {
    error(
        at,
        "broken-link",
        format!("nothing is found at `{}`", shown(address)),
        help,
    )
}

pub fn unreleased(address: &str, at: Range<usize>) -> Finding {
    let message = format!(
        "`{}` is not public yet, so its words stand here without a link",
        shown(address)
    );
    warning(
        at,
        "link-unreleased",
        message,
        "the link appears by itself once the other document is released",
    )
}

pub fn unsafe_link(address: &str, at: Range<usize>) -> Finding {
    let message = format!(
        "`{}` begins with a scheme that pages do not use",
        shown(address)
    );
    let help = "links begin with `https:`, `http:` or `mailto:`; if this is a file, write `./` before its name";
    error(at, "unsafe-link", message, help)
}

pub fn without_alt(address: &str, at: Range<usize>) -> Finding {
    let message = format!("the image `{}` has no alternative text", shown(address));
    let help = "say in the square brackets what it shows, for those who do not see it: `![A ferry at the quay](ferry.jpg)`";
    error(at, "image-without-alt", message, help)
}

pub fn foreign_image(address: &str, at: Range<usize>) -> Finding {
    let message = format!(
        "the image `{}` lies on another host, and our pages ask other hosts for nothing",
        shown(address)
    );
    error(
        at,
        "foreign-image",
        message,
        "save it beside this document, if its licence allows, and write its file name here",
    )
}

pub fn too_deep(at: Range<usize>) -> Finding {
    let message =
        format!("more than {MAX_DEPTH} quotes, lists or other elements lie inside each other here");
    error(
        at,
        "too-deep",
        message,
        "use less nesting; until then the whole text stands without its markup",
    )
}

pub fn html_removed(what: &str, help: &str, at: Range<usize>) -> Finding {
    warning(
        at,
        "html-removed",
        format!("{} is left out", shown(what)),
        help,
    )
}

pub fn html_unclosed(name: &str, at: Range<usize>) -> Finding {
    let message =
        format!("`<{name}>` is not ended where it began, so it ends with its paragraph or block");
    warning(
        at,
        "html-unclosed",
        message,
        &format!("write `</{name}>` where it should end"),
    )
}

pub fn footnote_twice(at: Range<usize>) -> Finding {
    let message = "an earlier footnote has the same label, so the two stand as one".to_owned();
    warning(at, "footnote-twice", message, "give it a label of its own")
}

pub fn footnote_unused(at: Range<usize>) -> Finding {
    let message = "nothing in the text refers to this footnote, so it stands last".to_owned();
    warning(
        at,
        "footnote-unused",
        message,
        "write its label, such as `[^1]`, where it belongs",
    )
}
