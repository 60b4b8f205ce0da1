//! `robots.txt`: whoever makes previews or searches may read everything, and finds the list of pages.

use super::sitemap;
use crate::model::Site;

/// The file's name.
pub const FILE: &str = "robots.txt";

/// The file as bytes.
pub fn write(site: &Site) -> Vec<u8> {
    let list = sitemap::FILE;
    let text = format!(
        "User-agent: *\nAllow: /\n\nSitemap: {}{list}\n",
        site.base_url
    );
    text.into_bytes()
}
