//! Room 2: a site's runs, the ledger and the moment to a plan: every occurrence with its instant,
//! address and state, and the ledger as it is afterwards.

mod address;
mod duties;
mod entry;
mod overrides;
mod people;
mod places;
pub mod post;
mod recover;
mod release;
pub mod report;
mod republish;
mod titles;
pub mod wrap_up;

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{
    Draft, Event, Fallback, Ground, Holds, Horizon, Id, Ledger, Library, Moment, Moved, Name,
    Occurrence, Pacing, Particulars, Pick, Pinned, Plan, PlannedRun, Programme, Run, Site, State,
    Tongue, same_language,
};
use crate::schedule::{self, Offset, OnSkip};
use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use std::collections::BTreeMap;
use std::sync::Arc;

pub use address::{
    FULL, TWINS, archive_kind_path, archive_path, base_path, calendar_path, connect_path,
    diary_path, digest_path, duties_of_handle_path, duties_of_role_path, embed_path, embeds_path,
    feed_path, full_feed_path, has_full_feed, occurrence_path, oembed_path, piece_path, role_path,
    shelf_path,
};
pub use duties::{duties, monday, so_far_from};
pub use places::{About, Place, Stamped, is_a_cut, places};
pub use recover::{Recovered, recover};
pub use release::{ONCE, WITHDRAWALS};
pub use titles::feed_window;

/// Plans one site. `withdraw` allows more than a few released items to disappear at once.
pub fn plan<'a>(
    library: &'a Library,
    site: &'a Site,
    ledger: &Ledger,
    moment: &Moment,
    withdraw: bool,
) -> (Plan<'a>, Diagnostics) {
    let mut diags = Diagnostics::new();
    let pinned = pins(&library.runs[&site.id], ledger, moment);
    let empty = Pinned::default();
    let mut runs = Vec::new();
    for run in &library.runs[&site.id] {
        let Some(programme) = library.programme(&run.programme, run.language(site)) else {
            continue;
        };
        let picks: Vec<Pick> = library.picks[&site.id]
            .iter()
            .filter(|pick| pick.run == run.id)
            .cloned()
            .collect();
        let ground = Ground {
            programme,
            run,
            site,
            library,
            picks: &picks,
            pinned: pinned.get(&run.id).unwrap_or(&empty),
            horizon: Horizon {
                today: moment.today(&run.zone),
            },
        };
        runs.push(plan_run(run, programme, &ground, &mut diags));
    }
    titles::check(site, &runs, &mut diags);
    people::check(library, site, moment, &mut diags);
    let released = release::release(
        library, site, &mut runs, ledger, moment, withdraw, &mut diags,
    );
    let plan = Plan {
        runs,
        ledger: released.ledger,
        released: released.stamped,
        withdrawn: released.withdrawn,
        site: site.id.clone(),
    };
    (plan, diags)
}

/// The text of a plan for people: the same for `plan` on the terminal and for golden files.
pub fn text(run: &PlannedRun) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    for o in &run.occurrences {
        let state = o.state.name();
        let day = o.local.strftime("%a %Y-%m-%d %H:%M");
        let _ = write!(
            out,
            "{day}  {}  {state:9}  {}",
            o.due.strftime("%H:%MZ"),
            o.key()
        );
        let title = o.title();
        if !title.is_empty() {
            let _ = write!(out, "  {title}");
        }
        if let Some(event) = o.event {
            let minutes = event.starts.duration_until(event.ends).as_mins();
            let _ = write!(out, "  [{minutes} min]");
        }
        let notes = o.why.iter().chain(o.cancelled.iter()).chain(o.held.iter());
        for note in notes
            .cloned()
            .chain(o.moved.iter().map(|m| m.reason.clone()))
        {
            let _ = write!(out, "  ({note})");
        }
        out.push('\n');
    }
    for (date, why) in &run.dropped {
        let _ = writeln!(out, "{}  dropped: {why}", date.strftime("%a %Y-%m-%d"));
    }
    if let Some(pacing) = run.pacing.as_ref().filter(|pacing| pacing.is_used()) {
        out.push_str(&paced(pacing));
    }
    out
}

/// The slots ahead, when they run dry, which week lacks what it was promised, and what waits.
fn paced(pacing: &Pacing) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    let day = |date: Date| date.strftime("%a %Y-%m-%d");
    for slot in pacing.ahead() {
        let about = [&slot.wants, &slot.theme].into_iter().flatten();
        let about: Vec<&str> = about.map(String::as_str).collect();
        let holds = match &slot.holds {
            Holds::Pick(id, _) => id.to_string(),
            Holds::Again(id, _) => format!("{id}, once more"),
            Holds::Question => "a question of the bank".to_owned(),
            Holds::Wrap => "the week in short".to_owned(),
            Holds::Bank => "a question of the bank, for want of a pick".to_owned(),
            Holds::Nothing => "nothing".to_owned(),
        };
        let settled = if slot.settled { ", settled" } else { "" };
        let cut = if slot.cut {
            ", nothing better was found in the steps there are"
        } else {
            ""
        };
        let about = about.join(", ");
        let about = if about.is_empty() {
            about
        } else {
            format!(" {about}:")
        };
        let _ = writeln!(out, "{}  slot{about} {holds}{settled}{cut}", day(slot.date));
    }
    if let Some(dry) = pacing.dry {
        let _ = writeln!(out, "{}  runs dry", day(dry));
    }
    for promise in &pacing.promises {
        let what = promise.what.replace('_', " ");
        for week in promise.missed() {
            let _ = writeln!(
                out,
                "{}  a week with less of its {what} than was promised",
                day(week)
            );
        }
    }
    for (id, why) in &pacing.waiting {
        let _ = writeln!(out, "waits  {id}: {why}");
    }
    out
}

/// What the ledger says of each run, of what is out at this moment.
fn pins(runs: &[Run], ledger: &Ledger, moment: &Moment) -> BTreeMap<Id, Pinned> {
    let mut pins: BTreeMap<Id, Pinned> = BTreeMap::new();
    let by_id: BTreeMap<&str, &Run> = runs.iter().map(|run| (run.id.as_str(), run)).collect();
    for (id, entry) in &ledger.entries {
        let Some((run, key)) = id.split_once('/') else {
            continue;
        };
        let Some(run) = by_id.get(run) else {
            continue;
        };
        if !moment.reached(entry.due) {
            continue;
        }
        let pinned = pins.entry(run.id.clone()).or_default();
        let day = entry.due.to_zoned_datetime(run.zone.clone()).date();
        pinned.entries.insert(key.to_owned(), entry.clone());
        pinned.days.insert(key.to_owned(), day);
    }
    pins
}

fn plan_run<'a>(
    run: &'a Run,
    programme: &'a Programme,
    ground: &Ground,
    diags: &mut Diagnostics,
) -> PlannedRun<'a> {
    let mut drafts = programme.design.occurrences(ground, diags);
    let decided = overrides::apply(&mut drafts, ground, diags);
    if ground.site.fallback == Fallback::Hide {
        hold_untranslated(&mut drafts, ground);
    }
    let mut occurrences: Vec<Occurrence> = drafts
        .into_iter()
        .map(|draft| occurrence(draft, ground, &decided, diags))
        .collect();
    // A week stands before what comes out with its opening.
    occurrences.sort_by(|a, b| {
        let place = |o: &Occurrence| (o.due, o.within.is_some());
        (place(a), a.key()).cmp(&(place(b), b.key()))
    });
    occurrences.dedup_by(|a, b| a.key() == b.key());
    // Made in the place of the drafts, which are larger.
    occurrences.shrink_to_fit();
    close_together(&mut occurrences);
    let gap_days = run
        .cadence
        .iter()
        .chain(programme.design.rhythms())
        .filter_map(|rhythm| rhythm.in_week(run.calendar.week).shortest_gap_days())
        .min();
    let pacing = programme.design.pacing(ground);
    let of_slots = pacing.as_ref();
    let of_slots = of_slots.map(|pacing| pacing.runway(ground.horizon.today));
    PlannedRun {
        run,
        programme,
        title: run.title.clone().unwrap_or(programme.title.clone()),
        dropped: dropped(ground, &occurrences),
        occurrences,
        gap_days,
        runways: of_slots
            .into_iter()
            .chain(programme.design.runways(ground))
            .collect(),
        pacing,
    }
}

/// What is not translated waits until it is.
fn hold_untranslated(drafts: &mut [Draft], ground: &Ground) {
    let wanted = ground.language();
    for draft in drafts {
        if !same_language(language(&draft.words.tongue, ground), wanted) {
            let reason = ground.say(
                "not_translated",
                &[("language", ground.site.words.language(wanted))],
            );
            draft.held = draft.held.take().or(Some(reason));
        }
    }
}

/// What belongs to another occurrence is open as long as that one; what invites to something without an
/// hour of its own is open until that begins.
fn close_together(occurrences: &mut [Occurrence]) {
    let ends: BTreeMap<String, (Timestamp, Timestamp)> = occurrences
        .iter()
        .filter(|o| o.event.is_none() && o.state != State::Held)
        .map(|o| (o.key().to_owned(), (o.due, o.closes)))
        .collect();
    for o in occurrences {
        let with = o.within.as_ref().and_then(|key| ends.get(key));
        let before = o.invites.as_ref().and_then(|key| ends.get(key));
        if let Some(closes) = with
            .map(|(_, closes)| *closes)
            .or(before.map(|(due, _)| *due))
        {
            o.closes = o
                .event
                .map_or(closes, |event| closes.max(event.ends))
                .max(o.due);
        }
    }
}

/// The language of a draft's words, of which this is the tongue.
fn language<'a>(tongue: &'a Tongue, ground: &'a Ground) -> &'a str {
    let (site, programme) = (ground.site, ground.programme);
    site.language_of(tongue, programme, ground.language())
}

/// What the calendar dropped; of a counted series, until it is complete.
fn dropped(ground: &Ground, occurrences: &[Occurrence]) -> Vec<(jiff::civil::Date, String)> {
    let counted = occurrences
        .iter()
        .filter(|o| o.number.is_some() && o.intake.is_none());
    let end = counted.map(|o| o.nominal).max();
    let left_out = ground.programme.design.dropped(ground).into_iter();
    let mut dropped: Vec<_> = left_out
        .filter(|(date, _)| *date >= ground.run.starts && end.is_none_or(|end| *date < end))
        .collect();
    dropped.sort();
    dropped.dedup();
    dropped
}

fn occurrence(
    draft: Draft,
    ground: &Ground,
    decided: &BTreeMap<String, Vec<Moved>>,
    diags: &mut Diagnostics,
) -> Occurrence {
    let run = ground.run;
    let pinned = ground.pinned.entries.get(&draft.key);
    let (planned, clock) = schedule::instant(draft.date, draft.time, &run.zone);
    if let Some(clock) = clock {
        diags.push(
            Diagnostic::warning("clock-change", format!("`{}`: {clock}", draft.key))
                .at(run.origin.place(run.programme_at.clone()))
                .help("choose an hour that exists once"),
        );
    }
    let due = pinned.map_or(planned, |entry| entry.due);
    let local = due.to_zoned_datetime(run.zone.clone()).datetime();
    // An event that somebody moved takes place at its new time, whenever its item came out. What the
    // calendar says later moves nothing that is out.
    let event_starts = if decided.contains_key(&draft.key) {
        planned
    } else {
        due
    };
    let event = draft.event_minutes.map(|minutes| Event {
        starts: event_starts,
        ends: event_starts + jiff::SignedDuration::from_mins(minutes.into()),
    });
    let length = draft.discussion.or(ground.programme.discussion);
    let length = length.unwrap_or(Offset {
        amount: ground.programme.kind.discussion_days,
        unit: schedule::Unit::Days,
    });
    let (_, last_day, _) = length.date(local.date(), &run.calendar, OnSkip::Keep);
    let closes = match length.as_span() {
        Some(span) => due.checked_add(span).unwrap_or(due),
        None => schedule::instant(last_day, local.time(), &run.zone).0,
    };
    let expires = draft
        .expires
        .map(|day| schedule::instant(day, jiff::civil::Time::midnight(), &run.zone).0);
    let written = language(&draft.words.tongue, ground);
    let state = if pinned.is_some() {
        State::Released
    } else if draft.cancelled.is_some() {
        State::Cancelled
    } else if draft.held.is_some() {
        State::Held
    } else if draft.empty {
        State::Empty
    } else {
        State::Planned
    };
    let site = ground.site;
    let particulars = Particulars {
        event,
        announced_by: draft.announced_by,
        expires,
        why: draft.why,
        moved: decided.get(&draft.key).cloned().unwrap_or_default(),
        cancelled: draft.cancelled,
        held: draft.held,
        intake: draft.intake,
        invites: draft.invites,
        language: site.other_language(written),
        within: draft.within,
        part_of: draft.part_of,
    };
    Occurrence {
        name: Name::new(&run.id, occurrence_path(&run.id, &draft.key)),
        nominal: draft.nominal,
        local,
        due,
        drawn: draft.drawn.into(),
        words: draft.words,
        label: draft.label.map(Arc::from),
        number: draft.number,
        closes: event.map_or(closes, |event| closes.max(event.ends)),
        quiet: draft.quiet,
        opens: draft.opens,
        state,
        particulars: particulars.into(),
    }
}

/// When a run is on: from its first day, or its first item if that is earlier, until its last.
pub fn span(run: &PlannedRun) -> (Timestamp, Option<Timestamp>) {
    let midnight = |day: jiff::civil::Date| {
        let at: DateTime = day.at(0, 0, 0, 0);
        schedule::instant(at.date(), at.time(), &run.run.zone).0
    };
    let starts = midnight(run.run.starts);
    let first = run.occurrences.iter().map(|o| o.due).min();
    let last_item = run
        .occurrences
        .iter()
        .filter(|o| !matches!(o.state, State::Cancelled | State::Empty))
        .map(|o| o.closes)
        .max();
    let counted = run
        .occurrences
        .iter()
        .any(|o| o.number.is_some() || o.announced_by.is_some());
    let ends = match run.run.ends {
        Some(day) => Some(midnight(day.saturating_add(1.day()))),
        None if counted => last_item,
        None => None,
    };
    let starts = first.map_or(starts, |first| first.min(starts));
    (starts, ends.map(|ends| ends.max(starts)))
}

/// The programmes that have a run on the site, each once.
pub fn programmes<'a>(plan: &Plan<'a>) -> Vec<&'a Programme> {
    let mut seen: BTreeMap<&str, &Programme> = BTreeMap::new();
    for run in &plan.runs {
        seen.insert(&run.programme.id, run.programme);
    }
    seen.into_values().collect()
}
