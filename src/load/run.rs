//! Runs and their sessions.

use super::sections::{facts, sections};
use super::site::{ZONES, calendar, every_day, span, week, zone, zones};
use crate::diag::{Diagnostic, Diagnostics};
use crate::document::audiences::{announced, run, team};
use crate::document::{Audience, Document, Fields, Key, Value, outline};
use crate::kinds::{RHYTHM_KEYS, read_hashtag, read_rhythm};
use crate::model::{Action, Id, Markdown, Override, Run, Section, Session, Site, Speaker, Status};
use crate::schedule::Week;
use std::collections::BTreeMap;
use std::ops::Range;

/// The keys of a run.
pub const RUN_KEYS: &[Key] = &[
    run("id"),
    run("programme"),
    run("title"),
    run("created"),
    run("starts"),
    run("ends"),
    run("at"),
    run("zone"),
    run("zones").of(ZONES),
    run("week"),
    run("calendars"),
    // A page whose day the calendar moved says why, once it is out.
    team("blackouts").of(&[
        team("date"),
        team("from"),
        team("to"),
        Key::new("reason", Audience::Released),
    ]),
    run("cadence").of(RHYTHM_KEYS),
    run("on_skip"),
    run("channels"),
    run("cohort"),
    run("hashtag"),
    team("roles"),
    team("review_by"),
    run("overrides").of(&[
        run("id"),
        run("on"),
        Key::new("reason", Audience::Released),
        run("move"),
        run("cancel"),
        run("hold"),
        run("replace"),
        run("insert"),
        run("tell"),
        run("republish"),
        run("at"),
    ]),
    run("language"),
    run("draft"),
];

/// The keys of a session of a network.
pub const SESSION_KEYS: &[Key] = &[
    run("id"),
    announced("title"),
    announced("summary"),
    team("led_by"),
    announced("speaker"),
    team("consent"),
    Key::fact("department", Audience::Announced),
    Key::fact("format", Audience::Announced),
    run("slot"),
    team("status"),
];

/// The sections of a session, by heading.
pub const SESSION_SECTIONS: &[(&str, Section)] = &[
    ("About", Section::About),
    ("Before", Section::Before),
    ("After", Section::After),
    ("Notes", Section::Notes),
    ("For the guide", Section::ForTheGuide),
];

const FORMATS: &[(&str, ())] = &[
    ("talk", ()),
    ("demo", ()),
    ("clinic", ()),
    ("reading", ()),
    ("walk-through", ()),
    ("ama", ()),
];

const STATUSES: &[(&str, Status)] = &[
    ("idea", Status::Idea),
    ("agreed", Status::Agreed),
    ("confirmed", Status::Confirmed),
    ("done", Status::Done),
    ("cancelled", Status::Cancelled),
];

/// Reads one run with its sessions, on top of its site's defaults.
pub fn read(
    document: &Document,
    sessions: &[&Document],
    site: &Site,
    diags: &mut Diagnostics,
) -> Option<Run> {
    let source = &document.source;
    let before = diags.count(crate::diag::Severity::Error);
    let fields = Fields::of(source, &document.front, &[RUN_KEYS], diags);
    for key in ["id", "programme", "created", "starts"] {
        let _ = fields.need(key, "missing-key", diags);
    }
    let id: Option<Id> = fields.parse("id", diags);
    let programme: Option<Id> = fields.parse("programme", diags);
    let created = if fields.has("created") {
        fields.date("created", diags)
    } else {
        None
    };
    let starts = if fields.has("starts") {
        fields.date("starts", diags)
    } else {
        None
    };
    let ends = fields.date("ends", diags);
    if let (Some(starts), Some(ends)) = (starts, ends)
        && ends < starts
    {
        diags.push(
            Diagnostic::error(
                "ends-before-start",
                format!("the run ends on {ends}, before it starts on {starts}"),
            )
            .at(fields.place("ends"))
            .help("correct one of the two days"),
        );
    }
    let (zone_name, zone) = if fields.has("zone") {
        zone(&fields, diags).unwrap_or((site.zone_name.clone(), site.zone.clone()))
    } else {
        (site.zone_name.clone(), site.zone.clone())
    };
    let mut calendar = calendar_of(&fields, site, diags);
    for blackout in fields.maps("blackouts", diags) {
        let reason = blackout.text("reason", diags);
        if let Some((from, to)) = span(&blackout, diags) {
            let reason = reason.unwrap_or_else(|| "no releases".to_owned());
            calendar
                .blackouts
                .extend(every_day(from, to).map(|date| (date, reason.clone())));
        }
    }
    let cadence = fields
        .map("cadence", diags)
        .and_then(|c| read_rhythm(&c, diags));
    let overrides = overrides(&fields, diags);
    let mut read_sessions: Vec<Session> = Vec::new();
    for document in sessions {
        let Some(session) = session(document, diags) else {
            continue;
        };
        if read_sessions.iter().any(|first| first.id == session.id) {
            diags.push(
                Diagnostic::error(
                    "duplicate-id",
                    format!("a second session has the id `{}`", session.id),
                )
                .at(document.source.place(document.front.at.clone()))
                .help("give one of them another id"),
            );
            continue;
        }
        read_sessions.push(session);
    }
    let hashtag = read_hashtag(&fields, "hashtag", diags);
    let (body, notes) = notes(document);
    let channels = fields
        .words("channels", diags)
        .into_iter()
        .filter_map(|(word, at)| match site.channel(&word) {
            Some(channel) => Some(channel.id.clone()),
            None => {
                diags.push(unknown_channel(&word, site, fields.at(at)));
                None
            }
        })
        .collect();
    let run = Run {
        id: id?,
        programme: programme?,
        title: fields.text("title", diags),
        created: created?,
        starts: starts?,
        ends,
        at: fields.time("at", diags),
        zone_name,
        zone,
        zones: fields.has("zones").then(|| zones(&fields, diags)),
        calendar,
        cadence,
        on_skip: fields.parse("on_skip", diags),
        channels,
        cohort: fields.text("cohort", diags),
        hashtag,
        roles: roles(&fields, diags),
        review_by: fields.date("review_by", diags),
        overrides,
        sessions: read_sessions,
        language: fields.text("language", diags),
        draft: fields.flag("draft", diags).unwrap_or(false),
        body,
        notes,
        facts: facts(&fields),
        programme_at: fields.range("programme").unwrap_or(0..3),
        origin: source.clone(),
    };
    (diags.count(crate::diag::Severity::Error) == before).then_some(run)
}

/// What is particular to the run, and what stands below `## Notes`: that is for afterwards, so it ends the file.
fn notes(document: &Document) -> (Markdown, Option<Markdown>) {
    let source = &document.source;
    let whole = document.body.clone();
    let part = |range, level| Markdown::slice(source.clone(), range, level);
    let (_, blocks) = outline(source, whole.clone(), 2, &mut Diagnostics::new());
    let heading = blocks
        .into_iter()
        .map(|block| block.heading)
        .find(|heading| heading.title.eq_ignore_ascii_case("Notes"));
    match heading {
        Some(heading) => {
            let notes = part(heading.at.end..whole.end, 2);
            let body = part(whole.start..heading.at.start, 1);
            (body, Some(notes).filter(|notes| !notes.is_blank()))
        }
        None => (part(whole, 1), None),
    }
}

/// Who has which role, by handles: people's names stay out of the repository.
fn roles(fields: &Fields, diags: &mut Diagnostics) -> BTreeMap<String, (Id, Range<usize>)> {
    let mut roles = BTreeMap::new();
    let Some(node) = fields.node("roles") else {
        return roles;
    };
    let Value::Map(entries) = &node.value else {
        diags.push(
            Diagnostic::error("wrong-value", "`roles` says who has which role")
                .at(fields.at(node.at.clone()))
                .help("write `roles: {learning-guide: harbour-01}`, a role and the handle of whoever has it"),
        );
        return roles;
    };
    for entry in entries {
        match entry.node.flat().parse::<Id>() {
            Ok(handle) => {
                roles.insert(entry.key.clone(), (handle, entry.key_at.clone()));
            }
            Err(help) => diags.push(
                Diagnostic::error(
                    "wrong-value",
                    format!("`{}` is no handle", entry.node.flat()),
                )
                .at(fields.at(entry.node.at.clone()))
                .why("what is committed to git stays there; a handle is known to the team and tells nobody else who it is")
                .help(help),
            ),
        }
    }
    roles
}

fn calendar_of(fields: &Fields, site: &Site, diags: &mut Diagnostics) -> crate::schedule::Calendar {
    let own_week = week(fields, diags);
    let week: Week = own_week.unwrap_or(site.calendar.week);
    if fields.has("calendars") {
        calendar(fields, &site.calendars, week, diags)
    } else {
        crate::schedule::Calendar {
            week,
            blackouts: site.calendar.blackouts.clone(),
        }
    }
}

fn unknown_channel(word: &str, site: &Site, place: crate::diag::Place) -> Diagnostic {
    let names = site.channels.iter().map(|channel| channel.id.as_str());
    let help = match crate::diag::did_you_mean(word, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "channels of this site: {}",
            names.collect::<Vec<_>>().join(", ")
        ),
    };
    Diagnostic::error(
        "unknown-channel",
        format!("this site has no channel `{word}`"),
    )
    .at(place)
    .help(help)
}

fn overrides(fields: &Fields, diags: &mut Diagnostics) -> Vec<Override> {
    let mut overrides: Vec<Override> = Vec::new();
    for row in fields.maps("overrides", diags) {
        let key = row.need("id", "missing-key", diags);
        let on = row
            .need("on", "missing-key", diags)
            .and_then(|_| row.date("on", diags));
        let reason = row.need("reason", "missing-reason", diags);
        let action = action(&row, diags);
        if let (Some(key), Some(on), Some(reason), Some(action)) = (key, on, reason, action) {
            overrides.push(Override {
                at: row.range("id").unwrap_or(0..0),
                key,
                on,
                reason,
                action,
            });
        }
    }
    overrides.sort_by_key(|o| o.on);
    overrides
}

fn action(row: &Fields, diags: &mut Diagnostics) -> Option<Action> {
    let names = [
        "move",
        "cancel",
        "hold",
        "replace",
        "insert",
        "tell",
        "republish",
    ];
    let written: Vec<&str> = names.into_iter().filter(|name| row.has(name)).collect();
    match written[..] {
        ["move"] => row
            .day_time("move", diags)
            .map(|(date, time)| Action::Move(date, time)),
        ["cancel"] => row
            .flag("cancel", diags)
            .filter(|yes| *yes)
            .map(|_| Action::Cancel),
        ["tell"] => row
            .flag("tell", diags)
            .filter(|yes| *yes)
            .map(|_| Action::Tell),
        ["republish"] => row
            .flag("republish", diags)
            .filter(|yes| *yes)
            .map(|_| Action::Republish),
        ["hold"] => match row.text("hold", diags)?.as_str() {
            "yes" | "true" => Some(Action::Hold(None)),
            _ => row.date("hold", diags).map(|date| Action::Hold(Some(date))),
        },
        ["replace"] => row.parse("replace", diags).map(Action::Replace),
        ["insert"] => {
            let activity = row.parse("insert", diags);
            let _ = row.need("at", "missing-key", diags);
            let (date, time) = if row.has("at") {
                row.day_time("at", diags)?
            } else {
                return None;
            };
            activity.map(|activity| Action::Insert(activity, date, time))
        }
        _ => {
            diags.push(
                Diagnostic::error("override-action", "an override says one thing that is done")
                    .at(row.place("id"))
                    .help("write one of: `move: 2026-03-10`, `cancel: yes`, `hold: yes`, `replace: <activity>`, `insert: <activity>`, `tell: yes`, `republish: yes`"),
            );
            None
        }
    }
}

/// Who speaks: a name, or `person:` with the handle of a card, whose consent counts then.
fn speaker(fields: &Fields, diags: &mut Diagnostics) -> Option<Speaker> {
    let text = fields.text("speaker", diags)?;
    let Some(handle) = text.strip_prefix(Speaker::CARD) else {
        return Some(Speaker::Named(text));
    };
    match handle.trim().parse() {
        Ok(handle) => Some(Speaker::Card(handle)),
        Err(help) => {
            diags.push(
                Diagnostic::error("wrong-value", format!("`{text}` names no card"))
                    .at(fields.place("speaker"))
                    .help(help),
            );
            None
        }
    }
}

fn session(document: &Document, diags: &mut Diagnostics) -> Option<Session> {
    let source = &document.source;
    let fields = Fields::of(source, &document.front, &[SESSION_KEYS], diags);
    for key in ["id", "title", "summary", "status"] {
        let _ = fields.need(key, "missing-key", diags);
    }
    fields.choice("format", FORMATS, diags);
    let employee_led = fields.choice("led_by", &[("employee", true), ("l-and-d", false)], diags);
    let speaker = speaker(&fields, diags);
    let consent = fields.date("consent", diags);
    if matches!(speaker, Some(Speaker::Named(_))) && consent.is_none() {
        diags.push(
            Diagnostic::error(
                "speaker-without-consent",
                "the speaker has not agreed to be named here",
            )
            .at(fields.place("speaker"))
            .why("a name on a page is the speaker's to give")
            .help("add `consent:` with the day on which they agreed, or remove `speaker`"),
        );
    }
    Some(Session {
        id: fields.parse("id", diags)?,
        title: fields.text("title", diags)?,
        summary: fields.text("summary", diags)?,
        speaker,
        speaker_at: fields.range("speaker").unwrap_or(0..3),
        consent,
        employee_led: employee_led.unwrap_or(false),
        department: fields.text("department", diags),
        slot: fields.date("slot", diags),
        status: fields.choice("status", STATUSES, diags)?,
        parts: sections(source, document.body.clone(), 2, SESSION_SECTIONS, diags).into(),
        facts: facts(&fields),
        origin: source.clone(),
    })
}
