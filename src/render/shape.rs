//! Nouns to what templates see: dates in words, addresses relative to the page, HTML.

use super::context::*;
use crate::diag::{Diagnostic, Diagnostics};
use crate::markdown::{self, Links, Options, Target};
use crate::model::{AgendaItem, Elsewhere, Event, Markdown, Part, Resource, ScriptLine, Site};
use crate::plan::{FULL, TWINS, diary_path, feed_path, has_full_feed};
use crate::visible::{Addresses, Ahead, Intake, Seen, SeenRun, Stage, To, resolve_address};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// What Google adds a calendar by, in front of the calendar's address.
const GOOGLE: &str = "https://calendar.google.com/calendar/render?cid=";

/// A run's zone, and its name.
pub type Zone<'a> = (&'a TimeZone, &'a str);

/// What a page needs to know to put nouns into words.
pub struct Shape<'v> {
    /// The site.
    pub site: &'v Site,
    /// What leads from the page to the root: `../../`.
    pub root: String,
    /// Where documents and images are.
    pub addresses: &'v Addresses,
    /// What was found in texts on the way.
    pub diags: Diagnostics,
}

impl<'v> Shape<'v> {
    /// For a page at this path below the root.
    pub fn new(site: &'v Site, path: &str, addresses: &'v Addresses) -> Self {
        Self {
            site,
            root: "../".repeat(path.matches('/').count()),
            addresses,
            diags: Diagnostics::new(),
        }
    }

    /// An address below the root, as seen from the page.
    pub fn href(&self, path: &str) -> String {
        if self.root.is_empty() && path.is_empty() {
            return "./".to_owned();
        }
        format!("{}{path}", self.root)
    }

    /// An instant in words, in a zone.
    pub fn when(&self, at: Timestamp, zone: Zone) -> When {
        let local = at.to_zoned_datetime(zone.0.clone());
        let (date, time) = (local.date(), local.time());
        let words = &self.site.words;
        let full_date = words.full_day(date);
        let time = format!("{:02}:{:02}", time.hour(), time.minute());
        When {
            iso: at.to_string(),
            day: words.short_day(date),
            weekday: words.weekday_short(date).to_owned(),
            full: format!("{full_date}, {time} ({})", zone.1),
            date: full_date,
            time,
            zone: zone.1.to_owned(),
        }
    }

    /// A day in words. For machines it stays a day: midnight here is the day before elsewhere.
    pub fn day(&self, date: Date, zone: Zone) -> When {
        let at = date.at(0, 0, 0, 0).to_zoned_datetime(zone.0.clone());
        When {
            iso: date.to_string(),
            ..self.when(at.map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp()), zone)
        }
    }

    fn event_ends(&self, event: Option<Event>, zone: Zone) -> Option<When> {
        event.map(|event| self.when(event.ends, zone))
    }

    /// The meeting that an item announces.
    pub fn announces(&self, seen: &Seen, run: &SeenRun) -> Option<Meeting> {
        seen.announces.map(|event| Meeting {
            when: self.when(event.starts, run.zone),
            ends: self.when(event.ends, run.zone),
        })
    }

    /// The word for a kind.
    pub fn kind(&self, name: &str) -> String {
        self.site.words.get(&format!("kind_{name}")).to_owned()
    }

    /// A run as a link.
    pub fn run_link(&self, run: &SeenRun) -> Link {
        Link {
            title: run.title.to_owned(),
            href: self.href(&run.path),
        }
    }

    /// The feed of a page in each of its formats.
    pub fn feed(&self, page: &str, title: &str) -> FeedLink {
        let each = |files: &[(&str, &str)]| {
            let link = |(name, file): &(&str, &str)| Link {
                title: (*name).to_owned(),
                href: self.href(&format!("{page}{file}")),
            };
            files.iter().map(link).collect()
        };
        FeedLink {
            title: title.to_owned(),
            href: self.href(&feed_path(page)),
            others: each(TWINS),
            full: if has_full_feed(page) {
                each(FULL)
            } else {
                Vec::new()
            },
        }
    }

    /// The calendar of a page.
    pub fn calendar(&self, page: &str) -> CalendarLink {
        let path = diary_path(page);
        let base = &self.site.base_url;
        let below = base
            .split_once("://")
            .map_or(base.as_str(), |(_, rest)| rest);
        let webcal = format!("webcal://{below}{path}");
        CalendarLink {
            // Of ids and a host there is nothing else to be escaped.
            google: format!("{GOOGLE}{}", webcal.replace(':', "%3A").replace('/', "%2F")),
            webcal,
            href: self.href(&path),
        }
    }

    /// `Starters of 2 March 2026`.
    pub fn starters(&self, intake: &Intake) -> String {
        let words = &self.site.words;
        words.say("starters", &[("day", &words.day(intake.starts))])
    }

    /// Something that is out, in a list.
    pub fn item(&self, seen: &Seen, run: &SeenRun) -> Item {
        let starts = seen.event.map_or(seen.due, |event| event.starts);
        Item {
            title: seen.title(),
            name: seen.words.title.clone(),
            href: self.href(seen.path()),
            summary: seen.summary().into_owned(),
            minutes: seen.words.minutes,
            when: self.when(starts, run.zone),
            closes: seen.open.then(|| self.when(seen.closes, run.zone)),
            ends: self.event_ends(seen.event, run.zone),
            announces: self.announces(seen, run),
            speaker: seen.speaker.as_ref().map(|s| s.name.clone()),
            speaker_href: seen.speaker.as_ref().and_then(|s| s.link.clone()),
            cancelled: seen.cancelled.clone(),
            run: self.run_link(run),
            lang: seen.language.clone(),
        }
    }

    /// Something that lies ahead, in a list.
    pub fn coming(&self, ahead: &Ahead, run: &SeenRun) -> Coming {
        let words = &self.site.words;
        let label = ahead.label.clone();
        Coming {
            label: match (ahead.step, &label) {
                (Some(n), Some(whose)) => {
                    Some(words.say("step_of", &[("whose", whose), ("n", &n.to_string())]))
                }
                _ => label,
            },
            title: ahead.title.clone(),
            speaker: ahead.speaker.as_ref().map(|s| s.name.clone()),
            speaker_href: ahead.speaker.as_ref().and_then(|s| s.link.clone()),
            href: ahead.path.as_ref().map(|path| self.href(path)),
            when: self.when(ahead.due, run.zone),
            ends: self.event_ends(ahead.event, run.zone),
            cancelled: ahead.cancelled.clone(),
            run: self.run_link(run),
        }
    }

    /// A run, in a list.
    pub fn card(&self, run: &SeenRun) -> RunCard {
        let counted = run.squares.len();
        RunCard {
            title: run.title.to_owned(),
            href: self.href(&run.path),
            kind: self.kind(run.kind.name),
            summary: run.summary.to_owned(),
            cohort: run.cohort.map(str::to_owned),
            starts: self.when(run.span.0, run.zone),
            ends: run.span.1.map(|ends| self.last_day(ends, run.zone)),
            state: stage(run.stage),
            released: run
                .squares
                .iter()
                .filter(|square| square.item.is_some())
                .count(),
            total: (counted > 0).then_some(counted),
            lang: run.language.clone(),
        }
    }

    /// The last day of something that ends (exclusively) at an instant.
    pub fn last_day(&self, ends: Timestamp, zone: Zone) -> When {
        self.when(ends - jiff::SignedDuration::from_secs(1), zone)
    }

    /// Sections in HTML, with their headings.
    pub fn sections<'p>(
        &mut self,
        parts: impl IntoIterator<Item = &'p Part>,
        prefix: &str,
        lang: Option<&str>,
    ) -> Vec<SectionHtml> {
        parts
            .into_iter()
            .map(|part| {
                let name = part.section.name();
                // Words without a heading of their own stand below the page's.
                let (above, heading) = match part.section {
                    crate::model::Section::Words => (1, None),
                    _ => {
                        let key = format!("section_{name}");
                        (2, Some(self.site.words.get(&key).to_owned()))
                    }
                };
                let id_prefix = format!("{prefix}{name}-");
                let shift = above - part.text.level() as i8;
                SectionHtml {
                    name,
                    heading,
                    html: self.html(&part.text, shift, &id_prefix),
                    lang: lang.map(str::to_owned),
                }
            })
            .collect()
    }

    /// A text that stands below a heading of the second level.
    pub fn body(&mut self, text: &Markdown, prefix: &str) -> String {
        if text.is_blank() {
            return String::new();
        }
        self.html(text, 2 - text.level() as i8, prefix)
    }

    /// A text that is a page of its own: its headings of the second level are the page's.
    pub fn guide(&mut self, text: &Markdown) -> String {
        self.html(text, 0, "guide-")
    }

    fn html(&mut self, text: &Markdown, shift: i8, id_prefix: &str) -> String {
        let words = &self.site.words;
        let options = Options {
            shift,
            id_prefix,
            words: markdown::Words {
                note: words.get("callout_note"),
                tip: words.get("callout_tip"),
                important: words.get("callout_important"),
                warning: words.get("callout_warning"),
                caution: words.get("callout_caution"),
                table: words.get("table"),
                done: words.get("done"),
                to_do: words.get("to_do"),
                footnotes: words.get("footnotes"),
                footnote: words.get("footnote"),
                back: words.get("footnote_back"),
            },
        };
        let links = Here {
            file: &text.source.file,
            root: &self.root,
            addresses: self.addresses,
        };
        let rendered = markdown::html(text.as_str(), &options, &links);
        for finding in rendered.findings {
            let place = text.source.place(text.at(&finding.at));
            let diagnostic = if finding.severity_error {
                Diagnostic::error(finding.code, finding.message)
            } else {
                Diagnostic::warning(finding.code, finding.message)
            };
            self.diags.push(diagnostic.at(place).help(finding.help));
        }
        rendered.html
    }

    /// A text for feeds: of few elements, and with whole addresses if the root is one.
    pub fn reduced(&self, text: &Markdown) -> String {
        let links = Here {
            file: &text.source.file,
            root: &self.root,
            addresses: self.addresses,
        };
        markdown::reduced(text.as_str(), &links)
    }

    /// An agenda: on the clock when the session's start is known, elapsed when it is not.
    pub fn agenda(
        &self,
        items: &[AgendaItem],
        starts: Option<(Timestamp, Zone)>,
    ) -> Vec<AgendaLine> {
        items
            .iter()
            .map(|item| AgendaLine {
                time: self.clock(item.after, starts),
                minutes: item.minutes,
                title: item.title.clone(),
                mode: item.mode,
                tag: item.tag.clone(),
                say: item.say.clone(),
            })
            .collect()
    }

    /// So many minutes after a start: on the clock when that is known.
    fn clock(&self, after: u32, starts: Option<(Timestamp, Zone)>) -> String {
        match starts {
            Some((at, zone)) => {
                let at = at + jiff::SignedDuration::from_mins(after.into());
                self.when(at, zone).time
            }
            None => format!("{}:{:02}", after / 60, after % 60),
        }
    }

    /// What the host of an event posts.
    pub fn script(
        &self,
        lines: &[ScriptLine],
        starts: Option<(Timestamp, Zone)>,
    ) -> Vec<ScriptRow> {
        let row = |line: &ScriptLine| {
            let length = line.post.chars().count().to_string();
            ScriptRow {
                time: self.clock(line.after, starts),
                name: line.name.clone(),
                post: line.post.clone(),
                length: self.site.words.say("characters", &[("n", &length)]),
                if_quiet: line.if_quiet.clone(),
                seed: line.seed.clone(),
            }
        };
        lines.iter().map(row).collect()
    }

    /// What was asked in an event.
    pub fn asked(&self, asked: &[(String, String)]) -> Vec<Asked> {
        let one = |(name, ask): &(String, String)| Asked {
            name: name.clone(),
            ask: ask.clone(),
        };
        asked.iter().map(one).collect()
    }

    /// When an event begins at other places, beginning with its own; nothing where nobody is elsewhere.
    pub fn elsewhere(&self, at: Timestamp, run: &SeenRun) -> Vec<ThereLine> {
        self.there(at, run.zone, run.elsewhere)
    }

    /// An instant on the clocks of several places, beginning with its own; nothing where nobody is elsewhere.
    pub fn there(&self, at: Timestamp, zone: Zone, others: &[Elsewhere]) -> Vec<ThereLine> {
        let (zone, zone_name) = zone;
        if others.iter().all(|there| there.zone_name == zone_name) {
            return Vec::new();
        }
        let named = others.iter().any(|there| there.zone_name == zone_name);
        let own = Some(Elsewhere::new(zone_name, zone.clone())).filter(|_| !named);
        let line = |there: &Elsewhere| ThereLine {
            place: there.name.clone(),
            when: self.when(at, (&there.zone, &there.zone_name)),
        };
        own.iter().chain(others).map(line).collect()
    }

    /// What an activity points to.
    pub fn resources(&self, resources: &[Resource]) -> Vec<ResourceLine> {
        resources
            .iter()
            .map(|resource| ResourceLine {
                title: resource.title.clone(),
                href: resource.url.clone(),
                note: match self.gone(&resource.url) {
                    Some(gone) if resource.note.is_empty() => gone,
                    Some(gone) => format!("{} {gone}", resource.note),
                    None => resource.note.clone(),
                },
                minutes: resource.minutes,
            })
            .collect()
    }

    /// The channels of a run.
    pub fn channels(&self, run: &SeenRun) -> Vec<ChannelLink> {
        run.channels
            .iter()
            .map(|channel| ChannelLink {
                title: channel.title.clone(),
                href: self.href(&format!("channels/{}/", channel.id)),
                url: channel.url.clone(),
            })
            .collect()
    }
}

/// `coming`, `running`, `over`.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Coming => "coming",
        Stage::Running => "running",
        Stage::Over => "over",
    }
}

/// Relative addresses of one document on one page.
struct Here<'a> {
    file: &'a str,
    root: &'a str,
    addresses: &'a Addresses,
}

impl Links for Here<'_> {
    fn link(&self, href: &str) -> Target {
        let file = resolve_address(self.file, href);
        let anchor = href.find('#').map_or("", |at| &href[at..]);
        match file.as_ref().and_then(|file| self.addresses.documents.get(file)) {
            Some(To::Page(path)) if path.contains('#') => Target::To(format!("{}{path}", self.root)),
            Some(To::Page(path)) => Target::To(format!("{}{path}{anchor}", self.root)),
            Some(To::Web(address)) => Target::To(format!("{address}{anchor}")),
            Some(To::Nowhere) => Target::Unreleased,
            None => Target::Missing {
                help: "write the path of a Markdown file as seen from this one, such as `../challenges/thirty-days.md`".into(),
            },
        }
    }

    fn image(&self, src: &str) -> Target {
        let file = resolve_address(self.file, src);
        match file
            .as_ref()
            .and_then(|file| self.addresses.images.get(file))
        {
            Some(path) => Target::To(format!("{}{path}", self.root)),
            None => Target::Missing {
                help: "put the picture beside the document and write its name".into(),
            },
        }
    }
}
