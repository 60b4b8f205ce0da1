//! The page for whoever speaks in a session: their own dates from the first word on, what is missing, and what people
//! will read.

use super::context::{Link, SpeakerDate, SpeakerPage};
use super::season::{Spoken, slot};
use super::shape::Shape;
use super::sheet::{Sheets, elsewhere};
use crate::model::{Occurrence, Season, Section};
use crate::plan;
use crate::visible::{TeamRun, TeamView};
use jiff::Timestamp;
use jiff::civil::Date;

/// What people read of a session before it and after it.
const READ: &[Section] = &[Section::About, Section::Before, Section::After];

/// The page.
pub fn card<'v>(
    shape: &mut Shape<'v>,
    run: &TeamRun<'v>,
    view: &'v TeamView<'v>,
    season: &Season,
    spoken: Spoken,
) -> SpeakerPage {
    let slot = slot(shape, run, view, season, spoken);
    let dates = dates(shape, run, view, season, spoken.of);
    let (site, session) = (view.site, spoken.session);
    let lang = site.other_language(run.run.language(site));
    let read = session
        .parts
        .iter()
        .filter(|part| READ.contains(&part.section));
    let sections = shape.sections(read, "", lang.as_deref());
    let sheets = Sheets { shape, view };
    SpeakerPage {
        title: session.title.clone(),
        plan: Link {
            title: run.title.to_owned(),
            href: format!("{}#{}", shape.href(&run.path()), slot.anchor),
        },
        there: sheets.there(spoken.event.starts, run, elsewhere(run, site)),
        channels: sheets.channels(run),
        slot,
        dates,
        summary: session.summary.clone(),
        sections,
        lang,
    }
}

/// What happens when: the definition's own lines, the invitation, the hour, and what is posted afterwards.
fn dates(
    shape: &Shape,
    run: &TeamRun,
    view: &TeamView,
    season: &Season,
    o: &Occurrence,
) -> Vec<SpeakerDate> {
    let words = &view.site.words;
    let own = season.speaker.iter().map(|(offset, what)| {
        let (day, at) = plan::so_far_from(o, *offset, run.run);
        (day, at, what.as_str())
    });
    let announced = o.announced_by.as_deref();
    let announced = announced.and_then(|key| run.planned.occurrence(key));
    let invited = match announced {
        Some(invitation) => invitation.local.date(),
        None => plan::so_far_from(o, season.announce, run.run).0,
    };
    let mut dates: Vec<(Date, Option<Timestamp>, &str)> = own.collect();
    dates.push((invited, None, words.get("speaker_announced")));
    dates.push((o.local.date(), Some(o.due), words.get("speaker_hour")));
    let duties = plan::duties(run.planned, view.library, view.site);
    let after = duties.iter().find(|duty| {
        let about = duty.occurrence().map(Occurrence::key);
        about == Some(o.key()) && duty.name() == "after"
    });
    dates.extend(after.map(|duty| (duty.day, duty.at, words.get("speaker_after"))));
    dates.sort_by_key(|(day, at, _)| (*day, at.is_some(), *at));
    let zone = (&run.run.zone, run.run.zone_name.as_str());
    let line = |(day, at, what): &(Date, Option<Timestamp>, &str)| SpeakerDate {
        when: match at {
            Some(at) => shape.when(*at, zone),
            None => shape.day(*day, zone),
        },
        timed: at.is_some(),
        what: (*what).to_owned(),
    };
    dates.iter().map(line).collect()
}
