//! Every feed of a site in one file (OPML 2.0), for readers that take many at once.

use super::text::{clean, escaped};
use crate::visible::View;
use std::fmt::Write;

/// The file's name.
pub const FILE: &str = "feeds.opml";

/// The list as bytes.
pub fn write(view: &View) -> Vec<u8> {
    let title = escaped(&clean(&view.site.title));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>{title}</title></head>\n<body>\n"
    );
    for feed in &view.published.feeds {
        let _ = writeln!(
            out,
            "<outline type=\"rss\" text=\"{}\" description=\"{}\" language=\"{}\" htmlUrl=\"{}\" xmlUrl=\"{}\"/>",
            escaped(&clean(&feed.title)),
            escaped(&clean(&feed.description)),
            escaped(&feed.language),
            escaped(&feed.link),
            escaped(&feed.url),
        );
    }
    out.push_str("</body>\n</opml>\n");
    out.into_bytes()
}
