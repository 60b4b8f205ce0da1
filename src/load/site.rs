//! `site.yaml`, calendars, static files and a site's own layouts.

use super::strings::{self, Shelf};
use super::{frames, ics, links, ranking, topics, whole_file};
use crate::diag::{Diagnostic, Diagnostics, did_you_mean};
use crate::document::audiences::{run, team};
use crate::document::{self, Document, Fields, Key};
use crate::kinds::DAYS;
use crate::model::{
    Authority, Channel, Elsewhere, Fallback, Folder, Id, Markdown, NETWORKS, Rules, Site, Strings,
};
use crate::schedule::{self, Calendar, Offset, Unit, Week};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// The keys of a zone in which events are told besides.
pub(super) const ZONES: &[Key] = &[run("zone"), run("name").prose()];

/// The keys of `site.yaml`.
pub const SITE_KEYS: &[Key] = &[
    run("id"),
    run("title"),
    run("summary"),
    run("base_url"),
    run("authority"),
    run("zone"),
    run("zones").of(ZONES),
    run("language"),
    run("written_in"),
    run("fallback"),
    run("at"),
    run("week"),
    run("calendars"),
    run("network").of(&[run("kind"), run("home")]),
    run("topics").of(&[run("id"), run("title")]),
    run("frame_ancestors"),
    run("channels").of(&[run("id"), run("title"), run("url"), run("about")]),
    team("build_every"),
    team("burst"),
    team("burst_gap"),
    team("margin"),
    team("rules").of(&[
        team("purpose_words"),
        team("cliches"),
        team("daily_minutes"),
        team("present_refuse"),
        team("present_warn"),
        team("break_after"),
        team("prework_minutes"),
        team("prework_days"),
        team("onboarding_gap"),
        team("ramp_row"),
        team("week_activities"),
        team("ask_days"),
        team("one_person"),
        team("practices"),
        team("questions"),
        team("question_minutes"),
    ]),
    team("ranking").of(ranking::RANKING_KEYS),
];

/// The keys of a calendar.
pub const CALENDAR_KEYS: &[Key] = &[
    run("title"),
    run("days").of(&[run("date"), run("from"), run("to"), run("name")]),
];

/// Reads the site in a folder `sites/<name>/`.
pub fn read(
    folder: &Folder,
    root: &str,
    shelves: &[&Shelf],
    diags: &mut Diagnostics,
) -> Option<Site> {
    let file = format!("{root}site.yaml");
    let Some(bytes) = folder.files.get(&file) else {
        diags.push(
            Diagnostic::error("missing-site", format!("there is no {file}"))
                .at(whole_file(&file))
                .help("every folder below `sites/` is a site and has a `site.yaml`"),
        );
        return None;
    };
    let source = document::text(&file, bytes, diags)?;
    let document = Document::read_yaml(source.clone(), diags)?;
    let fields = Fields::of(&source, &document.front, &[SITE_KEYS], diags);
    for key in [
        "id",
        "title",
        "summary",
        "base_url",
        "authority",
        "zone",
        "language",
    ] {
        let _ = fields.need(key, "missing-key", diags);
    }
    let calendars = calendars(folder, root, diags);
    let week = week(&fields, diags).unwrap_or(Week::MON_FRI);
    let calendar = calendar(&fields, &calendars, week, diags);
    let network = fields.map("network", diags);
    let networks: Vec<_> = NETWORKS.iter().map(|known| (known.name, known)).collect();
    let id: Option<Id> = fields.parse("id", diags);
    let base_url = base_url(&fields, diags);
    let authority = authority(&fields, diags);
    let zone = zone(&fields, diags);
    let zones = zones(&fields, diags);
    let channels = channels(&fields, diags);
    let topics = topics::read(&fields, diags);
    let rules = rules(&fields, diags);
    let build_every = duration(&fields, "build_every", diags);
    let burst_gap = duration(&fields, "burst_gap", diags);
    let margin = duration(&fields, "margin", diags);
    let burst = fields.number("burst", 1..=50, diags);
    let fallback = fields.choice(
        "fallback",
        &[
            ("show-with-note", Fallback::ShowWithNote),
            ("hide", Fallback::Hide),
            ("refuse", Fallback::Refuse),
        ],
        diags,
    );
    let at = fields.time("at", diags);
    let (zone_name, zone) = zone?;
    let layouts = super::layouts(folder, &format!("{root}layouts/"), diags);
    let shelves = [shelves, &[&layouts]].concat();
    let words = language(&fields, &strings::read(&shelves, diags), diags);
    Some(Site {
        id: id?,
        title: fields.text("title", diags)?,
        summary: fields.text("summary", diags)?,
        base_url: base_url?,
        authority: authority?,
        zone_name,
        zone,
        written_in: fields
            .text("written_in", diags)
            .or_else(|| fields.text("language", diags))?,
        fallback: fallback.unwrap_or(Fallback::ShowWithNote),
        zones,
        language: fields.text("language", diags)?,
        at,
        calendar,
        calendars,
        network: network.and_then(|n| n.choice("kind", &networks, diags)),
        network_home: network.and_then(|n| n.text("home", diags)),
        topics,
        frame_ancestors: frames::ancestors(&fields, diags),
        channels,
        build_every,
        burst: burst.unwrap_or(3),
        burst_gap: burst_gap.unwrap_or(jiff::SignedDuration::from_mins(60)),
        margin: margin.unwrap_or(jiff::SignedDuration::from_mins(5)),
        rules,
        ranking: ranking::read(&fields, diags),
        links: links::read(folder, root, diags),
        words,
        welcome: welcome(folder, root, diags),
        statics: files_below(folder, &format!("{root}static/")),
        layouts,
        origin: source,
    })
}

/// The interface words for the site's language: `pt-PT` takes `pt-PT.yaml`, else `pt.yaml`.
fn language(
    fields: &Fields,
    languages: &BTreeMap<String, Strings>,
    diags: &mut Diagnostics,
) -> Strings {
    let tag = fields
        .text("language", &mut Diagnostics::new())
        .unwrap_or_default();
    let base = tag.split('-').next().unwrap_or("");
    if let Some(words) = languages.get(&tag).or_else(|| languages.get(base)) {
        return words.clone();
    }
    if !tag.is_empty() {
        let known: Vec<&str> = languages.keys().map(String::as_str).collect();
        diags.push(
            Diagnostic::error(
                "unknown-language",
                format!("there are no interface words in `{tag}`"),
            )
            .at(fields.place("language"))
            .help(format!(
                "known: {}; a new language is a file `layouts/strings/{base}.yaml`",
                known.join(", ")
            )),
        );
    }
    Strings::default()
}

/// Reads a zone name under `zone`.
pub fn zone(fields: &Fields, diags: &mut Diagnostics) -> Option<(String, TimeZone)> {
    let name = fields.text("zone", &mut Diagnostics::new())?;
    if let Some(zone) = schedule::zone(&name) {
        return Some((name, zone));
    }
    // The bare names are abbreviations and countries, kept for old programs; a place has a region.
    let names: Vec<String> = schedule::zone_names()
        .filter(|name| name.contains('/'))
        .collect();
    let help = match did_you_mean(&name, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "write a place near you with its region, such as Europe/London or Asia/Kolkata".into()
        }
    };
    diags.push(
        Diagnostic::error("unknown-zone", format!("there is no time zone `{name}`"))
            .at(fields.place("zone"))
            .why("a place knows when its clocks change; an abbreviation or an offset does not")
            .help(help),
    );
    None
}

/// Reads the zones under `zones`, each with the name people see.
pub fn zones(fields: &Fields, diags: &mut Diagnostics) -> Vec<Elsewhere> {
    let rows = fields.maps("zones", diags);
    let read = rows.iter().filter_map(|row| {
        let _ = row.need("zone", "missing-key", diags);
        let name = row.text("name", diags);
        let (zone_name, zone) = zone(row, diags)?;
        let place = Elsewhere::new(&zone_name, zone);
        Some(Elsewhere {
            name: name.unwrap_or_else(|| place.name.clone()),
            ..place
        })
    });
    read.collect()
}

/// Reads a working week under `week`.
pub fn week(fields: &Fields, diags: &mut Diagnostics) -> Option<Week> {
    if !fields.has("week") {
        return None;
    }
    let mut days = Vec::new();
    for (word, at) in fields.words("week", diags) {
        match DAYS.iter().find(|(name, _)| *name == word.to_lowercase()) {
            Some((_, day)) => days.push(*day),
            None => diags.push(
                Diagnostic::error("wrong-value", format!("`{word}` is not a day of the week"))
                    .at(fields.at(at))
                    .help("write the working days as a list of mon, tue, wed, thu, fri, sat, sun"),
            ),
        }
    }
    (!days.is_empty()).then(|| Week::of(&days))
}

/// The calendar of a site or run: the days of the calendars named under `calendars`.
pub fn calendar(
    fields: &Fields,
    known: &BTreeMap<String, BTreeMap<Date, String>>,
    week: Week,
    diags: &mut Diagnostics,
) -> Calendar {
    let mut blackouts = BTreeMap::new();
    for (name, at) in fields.words("calendars", diags) {
        match known.get(&name) {
            Some(days) => blackouts.extend(days.clone()),
            None => {
                let names = known.keys().map(String::as_str);
                let help = match did_you_mean(&name, names.clone()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!(
                        "calendars of this site: {}; a new one is a file `calendars/{name}.yaml` or `.ics`",
                        names.collect::<Vec<_>>().join(", ")
                    ),
                };
                diags.push(
                    Diagnostic::error(
                        "unknown-calendar",
                        format!("this site has no calendar `{name}`"),
                    )
                    .at(fields.at(at))
                    .help(help),
                );
            }
        }
    }
    Calendar { week, blackouts }
}

fn calendars(
    folder: &Folder,
    root: &str,
    diags: &mut Diagnostics,
) -> BTreeMap<String, BTreeMap<Date, String>> {
    let mut calendars: BTreeMap<String, BTreeMap<Date, String>> = BTreeMap::new();
    let prefix = format!("{root}calendars/");
    for (path, bytes) in folder.files.range(prefix.clone()..) {
        let Some(name) = path.strip_prefix(&prefix) else {
            break;
        };
        let Some(source) = document::text(path, bytes, diags) else {
            continue;
        };
        let days = if let Some(name) = name.strip_suffix(".yaml").or(name.strip_suffix(".yml")) {
            (name, yaml_calendar(source, diags))
        } else if let Some(name) = name.strip_suffix(".ics") {
            (name, ics_calendar(&source.text, path, diags))
        } else {
            diags.push(
                Diagnostic::error(
                    "unknown-calendar",
                    format!("{path} is neither .yaml nor .ics"),
                )
                .at(whole_file(path))
                .help("save it as `.ics`, or write its days as YAML"),
            );
            continue;
        };
        if calendars.insert(days.0.to_owned(), days.1).is_some() {
            diags.push(
                Diagnostic::error(
                    "duplicate-id",
                    format!("two calendars are called `{}`", days.0),
                )
                .at(whole_file(path))
                .help("rename one of the two files"),
            );
        }
    }
    calendars
}

/// The longest closure that is not a slip of the pen, in days.
const LONGEST_CLOSURE: i32 = 400;

fn yaml_calendar(
    source: std::sync::Arc<document::Source>,
    diags: &mut Diagnostics,
) -> BTreeMap<Date, String> {
    let mut days = BTreeMap::new();
    let Some(document) = Document::read_yaml(source.clone(), diags) else {
        return days;
    };
    let fields = Fields::of(&source, &document.front, &[CALENDAR_KEYS], diags);
    fields.text("title", diags);
    for day in fields.maps("days", diags) {
        let name = day.need("name", "missing-key", diags);
        if let (Some((from, to)), Some(name)) = (span(&day, diags), name) {
            days.extend(every_day(from, to).map(|date| (date, name.clone())));
        }
    }
    days
}

/// Reads `date:`, or `from:` and `to:`.
pub fn span(fields: &Fields, diags: &mut Diagnostics) -> Option<(Date, Date)> {
    if fields.has("date") {
        return fields.date("date", diags).map(|date| (date, date));
    }
    let _ = fields.need("from", "missing-key", diags);
    let _ = fields.need("to", "missing-key", diags);
    let quiet = &mut Diagnostics::new();
    let (from, to) = (fields.date("from", quiet)?, fields.date("to", quiet)?);
    if from > to || (to - from).get_days() > LONGEST_CLOSURE {
        diags.push(
            Diagnostic::error(
                "wrong-value",
                format!("from {from} to {to} is not a closure"),
            )
            .at(fields.place("to"))
            .help(format!(
                "`to` is the last day, on or after `from`, at most {LONGEST_CLOSURE} days later"
            )),
        );
        return None;
    }
    Some((from, to))
}

/// Every day from one to another, both included.
pub fn every_day(from: Date, to: Date) -> impl Iterator<Item = Date> {
    from.series(1.day()).take_while(move |date| *date <= to)
}

fn ics_calendar(text: &str, path: &str, diags: &mut Diagnostics) -> BTreeMap<Date, String> {
    match ics::read(text) {
        Ok(closures) => closures
            .into_iter()
            .flat_map(|c| every_day(c.from, c.to).map(move |date| (date, c.name.clone())))
            .collect(),
        Err(message) => {
            diags.push(
                Diagnostic::error("calendar", message)
                    .at(whole_file(path))
                    .help("export it again, or write its days in a `.yaml` file"),
            );
            BTreeMap::new()
        }
    }
}

fn base_url(fields: &Fields, diags: &mut Diagnostics) -> Option<String> {
    let text = fields.text("base_url", &mut Diagnostics::new())?;
    let good = url::Url::parse(&text).is_ok_and(|url| {
        matches!(url.scheme(), "https" | "http")
            && url.has_host()
            && url.query().is_none()
            && url.fragment().is_none()
            && url
                .path()
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"/-._~".contains(&b))
            && url.path().len() <= 40
    });
    if !good {
        diags.push(
            Diagnostic::error("bad-address", format!("`{text}` cannot be the site's address"))
                .at(fields.place("base_url"))
                .why("readers compare addresses letter by letter, so they have small letters and nothing after the path")
                .help("write where the site will be: https://learn.example.org/"),
        );
        return None;
    }
    Some(format!("{}/", text.trim_end_matches('/')))
}

fn authority(fields: &Fields, diags: &mut Diagnostics) -> Option<Authority> {
    let text = fields.text("authority", &mut Diagnostics::new())?;
    let parts = text
        .split_once(',')
        .map(|(host, year)| (host.trim(), year.trim()));
    let good = |host: &str, year: &str| {
        !host.is_empty()
            && host
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-".contains(&b))
            && year.len() == 4
            && year.bytes().all(|b| b.is_ascii_digit())
    };
    match parts {
        Some((host, year)) if good(host, year) => Some(Authority {
            host: host.to_owned(),
            year: year.to_owned(),
        }),
        _ => {
            diags.push(
                Diagnostic::error("authority", format!("`{text}` is not a naming authority"))
                    .at(fields.place("authority"))
                    .why("it begins every identity that readers remember, so that a new address changes none of them")
                    .help("write a host name you own and the year: learn.example.org,2026"),
            );
            None
        }
    }
}

fn channels(fields: &Fields, diags: &mut Diagnostics) -> Vec<Channel> {
    let mut channels: Vec<Channel> = Vec::new();
    for channel in fields.maps("channels", diags) {
        let _ = channel.need("id", "missing-key", diags);
        let title = channel.need("title", "missing-title", diags);
        let url = channel.text("url", diags);
        if let Some(url) = &url
            && !crate::model::good_address(url)
        {
            diags.push(
                Diagnostic::error("bad-address", format!("`{url}` is not a web address"))
                    .at(channel.place("url"))
                    .help("copy the group's address from the browser"),
            );
        }
        let Some(id) = channel.parse::<Id>("id", diags) else {
            continue;
        };
        // Runs may name it all the same: one slip is told once.
        let title = title.unwrap_or_else(|| id.to_string());
        if channels.iter().any(|first| first.id == id) {
            diags.push(
                Diagnostic::error(
                    "duplicate-id",
                    format!("a second channel has the id `{id}`"),
                )
                .at(channel.place("id"))
                .help("give one of them another id"),
            );
            continue;
        }
        channels.push(Channel {
            id,
            title,
            url,
            about: channel.text("about", diags),
        });
    }
    channels
}

/// Reads `30m`, `1h`, `2d`.
pub(super) fn duration(
    fields: &Fields,
    name: &str,
    diags: &mut Diagnostics,
) -> Option<jiff::SignedDuration> {
    let offset: Offset = fields.parse(name, diags)?;
    let hours = match offset.unit {
        Unit::Minutes => {
            return Some(jiff::SignedDuration::from_mins(
                offset.amount.unsigned_abs().into(),
            ));
        }
        Unit::Hours => 1,
        Unit::Days => 24,
        Unit::Weeks => 24 * 7,
        Unit::WorkingDays => {
            diags.push(
                Diagnostic::error("wrong-value", format!("`{name}` is measured by the clock"))
                    .at(fields.place(name))
                    .help("write minutes, hours or days: 30m, 1h, 1d"),
            );
            return None;
        }
    };
    Some(jiff::SignedDuration::from_hours(
        i64::from(offset.amount.unsigned_abs()) * hours,
    ))
}

fn rules(fields: &Fields, diags: &mut Diagnostics) -> Rules {
    let mut rules = Rules::default();
    let Some(written) = fields.map("rules", diags) else {
        return rules;
    };
    let numbers: [(&str, &mut u32); 15] = [
        ("purpose_words", &mut rules.purpose_words),
        ("daily_minutes", &mut rules.daily_minutes),
        ("present_refuse", &mut rules.present_refuse),
        ("present_warn", &mut rules.present_warn),
        ("break_after", &mut rules.break_after),
        ("prework_minutes", &mut rules.prework_minutes),
        ("prework_days", &mut rules.prework_days),
        ("onboarding_gap", &mut rules.onboarding_gap),
        ("ramp_row", &mut rules.ramp_row),
        ("week_activities", &mut rules.week_activities),
        ("ask_days", &mut rules.ask_days),
        ("one_person", &mut rules.one_person),
        ("practices", &mut rules.practices),
        ("questions", &mut rules.questions),
        ("question_minutes", &mut rules.question_minutes),
    ];
    for (name, value) in numbers {
        if let Some(number) = written.number(name, 0..=1000, diags) {
            *value = number;
        }
    }
    if written.has("cliches") {
        let words = written.words("cliches", diags);
        rules.cliches = words.into_iter().map(|(word, _)| word).collect();
    }
    rules
}

/// The words of the home page: `index.md` beside `site.yaml`, plain Markdown without front matter.
fn welcome(folder: &Folder, root: &str, diags: &mut Diagnostics) -> Option<Markdown> {
    let file = format!("{root}index.md");
    let source = document::text(&file, folder.files.get(&file)?, diags)?;
    let whole = 0..source.text.len();
    Some(Markdown::slice(source, whole, 1))
}

fn files_below(folder: &Folder, prefix: &str) -> BTreeMap<String, String> {
    folder
        .files
        .range(prefix.to_owned()..)
        .take_while(|(path, _)| path.starts_with(prefix))
        .map(|(path, _)| (path[prefix.len()..].to_owned(), path.clone()))
        .collect()
}
