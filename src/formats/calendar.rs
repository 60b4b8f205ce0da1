//! The calendars that people subscribe to: timed where people meet, else all of the day on which something comes
//! out.

use super::ical::{Event, Span, written};
use crate::model::Site;
use crate::visible::{Appointment, Diary, SeenRun, View};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::io::{self, Write};

/// Writes a calendar, an event after the other.
///
/// # Errors
/// Those of what it is written into.
pub fn write(diary: Diary, view: &View, out: &mut dyn Write) -> io::Result<()> {
    let site = view.site;
    let of = |title: &str| format!("{title} · {}", site.title);
    let name = match diary {
        Diary::Site => site.title.clone(),
        Diary::Channel(index) => of(&view.channels[index].channel.title),
        Diary::Run(index) => of(view.runs[index].title),
        Diary::Starters(run, intake) => {
            let run = &view.runs[run];
            let day = site.words.day(run.intakes[intake].starts);
            let starters = site.words.say("starters", &[("day", &day)]);
            format!("{}: {starters}", run.title)
        }
    };
    let all = diary.appointments(view).into_iter();
    written(&name, all.map(|(run, what)| event(run, &what, site)), out)
}

fn event(run: &SeenRun, what: &Appointment, site: &Site) -> Event {
    let words = &site.words;
    let identity = what.identity(run);
    let decided = identity.decided.at(0, 0, 0, 0);
    let stamp = decided.to_zoned_datetime(TimeZone::UTC);
    let (summary, span, path, about, off) = match what {
        Appointment::Out(seen) => (
            seen.title(),
            when(run, seen.due, seen.event),
            seen.path(),
            Some(seen.summary()),
            seen.cancelled.as_deref(),
        ),
        Appointment::Ahead(ahead) => {
            let step = ahead
                .step
                .map(|n| words.say("step", &[("n", &n.to_string())]));
            let hidden = step.as_deref().or(ahead.label.as_deref());
            let hidden = hidden.map(|label| format!("{}: {label}", run.title));
            let title = ahead.title.clone().or(hidden);
            (
                title.unwrap_or_else(|| run.title.to_owned()),
                when(run, ahead.due, ahead.event),
                ahead.path.as_deref().unwrap_or(&run.path),
                None,
                ahead.cancelled.as_deref(),
            )
        }
        Appointment::Starts(intake) => {
            let day = words.day(intake.starts);
            let starters = words.say("starters", &[("day", &day)]);
            (
                format!("{}: {starters}", run.title),
                Span::Day(intake.starts),
                &*intake.path,
                None,
                None,
            )
        }
        // Whether people met is not known any more; programs find it by its name.
        Appointment::Gone(gone) => (
            gone.title.clone(),
            Span::Day(run.day(gone.due)),
            "",
            None,
            Some(words.get("withdrawn")),
        ),
    };
    let hour = match (what, span) {
        (Appointment::Out(seen), Span::Day(_)) => Some(hour(run, seen.due)),
        (Appointment::Ahead(ahead), Span::Day(_)) => Some(hour(run, ahead.due)),
        _ => None,
    };
    let name = (!summary.starts_with(run.title)).then_some(run.title);
    let lines = [off, name, about.as_deref(), hour.as_deref()]
        .into_iter()
        .flatten();
    let places = run.channels.iter().map(|channel| match &channel.url {
        Some(url) => format!("{}: {url}", channel.title),
        None => channel.title.clone(),
    });
    let lines = lines.filter(|line| !line.is_empty()).map(str::to_owned);
    let description: Vec<String> = lines.chain(places).collect();
    Event {
        uid: format!(
            "{:016x}.{}.{}@{}",
            identity.uid, run.id, site.id, site.authority.host
        ),
        stamp: stamp.map_or(Timestamp::UNIX_EPOCH, |stamp| stamp.timestamp()),
        sequence: identity.sequence,
        span,
        summary,
        description: description.join("\n"),
        url: Some(match what {
            Appointment::Gone(gone) => gone.link.clone(),
            _ => format!("{}{path}", site.base_url),
        }),
        cancelled: off.is_some(),
    }
}

fn when(run: &SeenRun, due: Timestamp, event: Option<crate::model::Event>) -> Span {
    match event {
        Some(event) => Span::Hours(event.starts, event.ends),
        None => Span::Day(run.day(due)),
    }
}

/// `09:00 (Europe/London)`.
fn hour(run: &SeenRun, at: Timestamp) -> String {
    let local = at.to_zoned_datetime(run.zone.0.clone());
    format!("{} ({})", local.strftime("%H:%M"), run.zone.1)
}
