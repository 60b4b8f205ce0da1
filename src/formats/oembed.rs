//! `oembed.json` beside each occurrence's page: how whoever pastes its address may embed it (oEmbed 1.0). A static
//! file answers every question in the same way, so the sizes that are asked for are not looked at.

use crate::model::{Site, frame};
use crate::plan::{oembed_path, piece_path};
use crate::visible::{Seen, SeenRun};
use serde::Serialize;

/// The sizes that are told; WordPress takes the width and lets the frame say its height.
const WIDTH: u32 = 600;
const HEIGHT: u32 = 300;

#[derive(Serialize)]
struct File {
    version: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    author_name: String,
    author_url: String,
    provider_name: String,
    provider_url: String,
    width: u32,
    height: u32,
    html: String,
}

/// The file of an item: path below the root, and bytes.
pub fn write(site: &Site, run: &SeenRun, item: &Seen) -> (String, Vec<u8>) {
    let base = &site.base_url;
    let title = item.title();
    let address = format!("{base}{}", piece_path(item.path()));
    let file = File {
        version: "1.0",
        kind: "rich",
        html: frame(&address, &WIDTH.to_string(), HEIGHT, &title),
        title,
        author_name: run.title.to_owned(),
        author_url: format!("{base}{}", run.path),
        provider_name: site.title.clone(),
        provider_url: base.clone(),
        width: WIDTH,
        height: HEIGHT,
    };
    let mut bytes = serde_json::to_vec(&file).expect("text and numbers");
    bytes.push(b'\n');
    (oembed_path(item.path()), bytes)
}
