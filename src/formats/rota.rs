//! The calendar of a role or of whoever has roles: each duty an event.

use super::ical::{Calendar, Event, Span, write as ical};
use crate::model::{Duty, Site};
use crate::visible::{Rota, TeamRun, TeamView, Whose};
use jiff::SignedDuration;
use jiff::tz::TimeZone;

/// The calendar as bytes.
pub fn write(rota: &Rota, view: &TeamView) -> Vec<u8> {
    let site = view.site;
    let whose = match rota.whose {
        Whose::Role(_) => view.role_title(rota.id),
        Whose::Handle => rota.id.to_owned(),
    };
    let duties = rota.duties.iter();
    ical(&Calendar {
        name: format!("{whose}: {}", site.title),
        events: duties
            .map(|(run, duty)| event(duty, &view.runs[*run], site))
            .collect(),
    })
}

/// How long something takes that says nothing of it.
const MINUTES: u32 = 15;

fn event(duty: &Duty, run: &TeamRun, site: &Site) -> Event {
    let (decided, sequence) = duty.decided(run.run);
    let stamp = decided.at(0, 0, 0, 0).to_zoned_datetime(TimeZone::UTC);
    let minutes = duty.minutes().unwrap_or(MINUTES).max(1);
    let description: Vec<String> = [run.title.to_owned()]
        .into_iter()
        .chain(run.channels(site).map(|channel| match &channel.url {
            Some(url) => format!("{}: {url}", channel.title),
            None => channel.title.clone(),
        }))
        .collect();
    let page = duty.occurrence().filter(|o| o.state.has_page());
    Event {
        uid: duty.uid(run.run, site),
        stamp: stamp.map_or(jiff::Timestamp::UNIX_EPOCH, |stamp| stamp.timestamp()),
        sequence,
        span: match duty.at {
            Some(at) => Span::Hours(at, at + SignedDuration::from_mins(minutes.into())),
            None => Span::Day(duty.day),
        },
        summary: duty.what(run.run, &site.words),
        description: description.join("\n"),
        url: page.map(|o| format!("{}{}", site.base_url, o.path())),
        cancelled: duty.is_off(),
    }
}
