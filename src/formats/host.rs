//! What hosts of static files have to be told (R29): that browsers of other pages may read the feeds, for how long an
//! answer is good, what each file is, and who may hold a page in a frame. One file for each host that has such files;
//! each host reads its own and leaves the others alone.

use super::FORMATS;
use crate::model::Site;
use crate::plan::base_path;
use serde_json::json;
use std::fmt::Write;

/// How many seconds an answer is good: what comes out is there five minutes later at the latest.
const GOOD: u32 = 300;

/// For nginx, which reads no file among the pages: in the team's tree.
pub const NGINX: &str = "host/nginx.conf";

/// The files among the pages, by name. One of the site's own goes first.
pub fn write(site: &Site, redirects: &[(String, String)]) -> Vec<(String, Vec<u8>)> {
    let files = [
        ("_headers", headers(site)),
        ("_redirects", moved(site, redirects)),
        (".htaccess", apache(site)),
        ("web.config", iis(site)),
        ("staticwebapp.config.json", azure(site)),
    ];
    let files = files
        .into_iter()
        .filter(|(name, text)| !text.is_empty() && !site.statics.contains_key(*name));
    files
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .collect()
}

/// What every answer says, by the name of the header.
fn common(site: &Site) -> [(&'static str, String); 3] {
    let frames = format!("frame-ancestors {}", site.frame_ancestors.join(" "));
    [
        ("Access-Control-Allow-Origin", "*".to_owned()),
        ("Cache-Control", format!("public, max-age={GOOD}")),
        ("Content-Security-Policy", frames),
    ]
}

/// Files by their names, and what they are.
fn types() -> Vec<(&'static str, String)> {
    let files = FORMATS.iter().flat_map(|format| {
        let files = [format.files.brief, format.files.full];
        files.map(|file| (file, format))
    });
    let feeds = files.map(|(file, format)| {
        let text = match file.ends_with(".xml") {
            true => "; charset=utf-8",
            false => "",
        };
        (file, format!("{}{text}", format.media_type))
    });
    let calendar = ("calendar.ics", "text/calendar; charset=utf-8".to_owned());
    feeds.chain([calendar]).collect()
}

/// Netlify, Cloudflare Pages and others that took over their form.
fn headers(site: &Site) -> String {
    let base = base_path(&site.base_url);
    let mut out = format!("{base}*\n");
    for (name, value) in common(site) {
        let _ = writeln!(out, "  {name}: {value}");
    }
    for (file, kind) in types() {
        for below in ["", "*/"] {
            let _ = write!(out, "\n{base}{below}{file}\n  Content-Type: {kind}\n");
        }
    }
    out
}

/// The same hosts: former addresses lead on without a page between.
fn moved(site: &Site, redirects: &[(String, String)]) -> String {
    let base = base_path(&site.base_url);
    let lines = redirects
        .iter()
        .map(|(from, to)| format!("{base}{from} {base}{to} 301\n"));
    lines.collect()
}

/// Apache, where files of this name are heeded.
fn apache(site: &Site) -> String {
    let mut out = format!(
        "ErrorDocument 404 {}404.html\n\n<IfModule mod_headers.c>\n",
        base_path(&site.base_url)
    );
    for (name, value) in common(site) {
        let _ = writeln!(out, "Header always set {name} \"{value}\"");
    }
    out.push_str("# It knows only \"nobody\" and \"this site\".\nHeader always unset X-Frame-Options\n</IfModule>\n");
    for (file, kind) in types() {
        let _ = write!(
            out,
            "\n<Files \"{file}\">\nForceType \"{kind}\"\n</Files>\n"
        );
    }
    out
}

/// IIS, which knows files by their endings alone.
fn iis(site: &Site) -> String {
    let mut headers = String::new();
    for (name, value) in common(site) {
        let _ = writeln!(
            headers,
            "<remove name=\"{name}\" /><add name=\"{name}\" value=\"{value}\" />"
        );
    }
    let mut kinds = String::new();
    for (ending, kind) in ENDINGS {
        let _ = writeln!(
            kinds,
            "<remove fileExtension=\"{ending}\" /><mimeMap fileExtension=\"{ending}\" mimeType=\"{kind}\" />"
        );
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<configuration>\n<system.webServer>\n<httpProtocol>\n<customHeaders>\n\
         <remove name=\"X-Frame-Options\" />\n{headers}</customHeaders>\n</httpProtocol>\n<staticContent>\n{kinds}</staticContent>\n\
         <httpErrors errorMode=\"Custom\">\n<remove statusCode=\"404\" />\n\
         <error statusCode=\"404\" path=\"404.html\" responseMode=\"File\" />\n</httpErrors>\n</system.webServer>\n</configuration>\n"
    )
}

/// What some servers do not know by themselves.
const ENDINGS: &[(&str, &str)] = &[
    (".ics", "text/calendar; charset=utf-8"),
    (".json", "application/json"),
    (".xml", "application/xml; charset=utf-8"),
];

/// Azure Static Web Apps.
fn azure(site: &Site) -> String {
    let pairs = |list: Vec<(&str, String)>| -> serde_json::Map<String, serde_json::Value> {
        let pairs = list.into_iter();
        pairs
            .map(|(key, value)| (key.to_owned(), value.into()))
            .collect()
    };
    let endings = ENDINGS
        .iter()
        .map(|(key, value)| (*key, (*value).to_owned()));
    let file = json!({
        "globalHeaders": pairs(common(site).into()),
        "mimeTypes": pairs(endings.collect()),
        "responseOverrides": {"404": {"rewrite": "/404.html"}},
    });
    let mut text = serde_json::to_string_pretty(&file).expect("text");
    text.push('\n');
    text
}

/// nginx: lines for the `server` block of the site.
pub fn nginx(site: &Site) -> Vec<u8> {
    let base = base_path(&site.base_url);
    let mut out = format!(
        "# For the server block of {}.\nerror_page 404 {base}404.html;\n\nlocation {base} {{\n",
        site.base_url
    );
    let mut every = String::new();
    for (name, value) in common(site) {
        let _ = writeln!(every, "  add_header {name} \"{value}\" always;");
    }
    let _ = writeln!(out, "{every}}}");
    for (file, kind) in types() {
        let name = file.replace('.', "\\.");
        let _ = write!(
            out,
            "\nlocation ~ /{name}$ {{\n  types {{ }}\n  default_type \"{kind}\";\n{every}}}\n"
        );
    }
    out.into_bytes()
}
