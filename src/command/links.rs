//! `links`: looks whether what people are led to is still there, and remembers what it found. A build asks nobody:
//! it reads what is remembered.

use super::fetch::{doors, limits, progress};
use super::gather::{known_site, moment, read_folder};
use super::{FINE, Fatal, MISTAKES, World, counted, data, say, tell};
use crate::cli::{DataForm, Watching};
use crate::diag::{Diagnostic, Diagnostics, Form, Place};
use crate::disk;
use crate::fetch::{self, Reach, Visit, Visited};
use crate::formats;
use crate::model::{Check, Found, Library, Links, Site, Source, Standing};
use crate::pipeline;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeSet;
use std::ops::Range;

/// Asks every address once, and tells what is not as it was.
pub fn links(args: &Watching, world: &World) -> Result<u8, Fatal> {
    let (now, notes) = moment(args.now, world)?;
    // The history counts in seconds.
    let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
    let limits = limits(args.time_limit)?;
    let doors = doors(&args.allow_host)?;
    let (files, _) = read_folder(&args.root)?;
    let loaded = pipeline::load(&files);
    let library = &loaded.library;
    known_site(args.site.as_deref(), library, &loaded.diags)?;
    for note in notes {
        say(&note);
    }
    let about_links = |problem: &Diagnostic| problem.code == "links-line";
    let mut diags = loaded.diags.clone().retain(about_links);
    if diags.has_errors() {
        tell(&diags.sorted(), Form::Text, world);
        say("Nobody is asked while the history cannot be read.");
        return Ok(MISTAKES);
    }
    let wanted = |site: &&Site| {
        args.site
            .as_deref()
            .is_none_or(|wanted| *wanted == *site.id)
    };
    let sites = library.sites.values().filter(wanted);
    let led: Vec<Led> = sites.flat_map(|site| led_to(library, site)).collect();
    let bar = progress(led.len(), "links", world);
    let visits: Vec<Visit> = led.iter().map(Led::visit).collect();
    let found = fetch::visit(&visits, limits, &doors, &|| bar.inc(1));
    bar.finish_and_clear();
    let mut rows = Vec::new();
    for site in library.sites.values().filter(wanted) {
        let both = led.iter().zip(&found);
        let here = both.filter(|(led, _)| led.site.id == site.id);
        let checks: Vec<(&Led, Check)> = here
            .map(|(led, found)| (led, check(led, found, now)))
            .collect();
        let links = remember(site, &checks, args, now)?;
        for (led, check) in checks {
            let row = Row::of(led, &links, check);
            row.tell(&mut diags);
            rows.push(row);
        }
        reviews(library, site, now, &mut diags);
    }
    let diags = diags.sorted();
    let diags = if args.strict { diags.strict() } else { diags };
    tell(&diags, Form::Text, world);
    data(&match args.format {
        DataForm::Text => rows.iter().filter_map(Row::text).collect(),
        DataForm::Json => json(&rows, now),
    });
    say(&summary(&rows, &diags));
    Ok(if diags.has_errors() { MISTAKES } else { FINE })
}

/// An address that a site leads people to.
struct Led<'l> {
    site: &'l Site,
    address: &'l str,
    /// What it is called there.
    title: &'l str,
    place: Place,
    reach: Reach,
}

impl Led<'_> {
    fn visit(&self) -> Visit<'_> {
        Visit {
            address: self.address,
            reach: self.reach,
            home: &self.site.base_url,
        }
    }
}

/// Where an address stands in a file.
fn written(text: &str, address: &str) -> Range<usize> {
    let at = text.find(address).unwrap_or_default();
    at..at + address.len()
}

/// What a site leads people to, each address once: its picks, the resources of what runs on it, and its sources.
fn led_to<'l>(library: &'l Library, site: &'l Site) -> Vec<Led<'l>> {
    let sources = library.sources.get(&site.id);
    let listed = || sources.iter().flat_map(|sources| &sources.list);
    let reach = |source: Option<&Source>| match source.is_some_and(|source| source.internal) {
        true => Reach::Inside,
        false => Reach::Public,
    };
    let picks = library.picks.get(&site.id).into_iter().flatten();
    let picks = picks.map(|pick| {
        let source = listed().find(|source| Some(&source.id) == pick.source.as_ref());
        Led {
            site,
            address: &pick.url,
            title: &pick.title,
            place: pick.origin.place(written(&pick.origin.text, &pick.url)),
            reach: reach(source),
        }
    });
    let runs = library.runs.get(&site.id).into_iter().flatten();
    let programmes = runs.filter_map(|run| library.programmes.get(&run.programme));
    let activities = programmes.flat_map(|programme| &programme.activities);
    let resources = activities.flat_map(|activity| {
        activity.words.resources.iter().map(|resource| Led {
            site,
            address: &resource.url,
            title: &resource.title,
            place: activity
                .origin
                .place(written(&activity.origin.text, &resource.url)),
            reach: Reach::Public,
        })
    });
    let homes = listed().filter_map(|source| {
        let home = source.site.as_deref()?;
        let origin = &sources?.origin;
        Some(Led {
            site,
            address: home,
            title: &source.title,
            place: origin.place(written(&origin.text, home)),
            reach: reach(Some(source)),
        })
    });
    let mut known = BTreeSet::new();
    let all = picks.chain(resources).chain(homes);
    all.filter(|led| known.insert(led.address)).collect()
}

fn check(led: &Led, (found, detail): &Visited, now: Timestamp) -> Check {
    Check {
        at: now,
        address: led.address.to_owned(),
        found: *found,
        detail: detail.clone(),
    }
}

/// Writes down what is news, and gives the history with it.
fn remember(
    site: &Site,
    checks: &[(&Led, Check)],
    args: &Watching,
    now: Timestamp,
) -> Result<Links, Fatal> {
    let mut links = site.links.clone();
    let news = checks.iter().map(|(_, check)| check);
    let news: Vec<Check> = news.filter(|check| links.is_news(check)).cloned().collect();
    if let Some((file, text)) = formats::links::write(&news, now) {
        let path = args.root.join(site.folder()).join(file);
        disk::replace(&path, text.as_bytes()).map_err(|error| {
            format!(
                "what was found could not be written down in {}: {error}",
                path.display()
            )
        })?;
    }
    news.into_iter().for_each(|check| links.add(check));
    Ok(links)
}

/// How it stands with one address.
struct Row<'l> {
    led: &'l Led<'l>,
    found: Found,
    detail: Option<String>,
    since: Option<Timestamp>,
    times: usize,
    gone: bool,
}

impl<'l> Row<'l> {
    fn of(led: &'l Led<'l>, links: &Links, check: Check) -> Self {
        let standing = links.standing(led.address);
        let standing = standing.filter(|standing| standing.last.found == check.found);
        let ill = standing.filter(|_| check.found != Found::Well);
        Self {
            led,
            found: check.found,
            detail: check.detail,
            since: ill.map(|standing| standing.since),
            times: ill.map_or(0, |standing| standing.times),
            gone: standing.as_ref().is_some_and(Standing::is_gone),
        }
    }

    fn word(&self) -> &'static str {
        if self.gone { "gone" } else { self.found.word() }
    }

    fn day(&self) -> String {
        let zone = self.led.site.zone.clone();
        let since = self.since.map(|since| since.to_zoned_datetime(zone).date());
        since.map_or_else(String::new, |day| day.to_string())
    }

    /// What somebody has to do about it.
    fn tell(&self, diags: &mut Diagnostics) {
        let Led { title, address, .. } = self.led;
        let detail = self.detail.as_deref().unwrap_or_default();
        let problem = match self.found {
            Found::Failing if self.gone => Diagnostic::warning(
                "link-gone",
                format!(
                    "`{title}` is gone: since {} it could not be reached ({detail}, {} times)",
                    self.day(),
                    self.times
                ),
            )
            .why("pages that lead there say that it may no longer be there")
            .help("give the address of a copy as `archived`, or let it expire"),
            Found::Moved => Diagnostic::warning(
                "link-moved",
                format!("`{title}` moved for good to {detail}"),
            )
            .why("the old address leads there only as long as somebody keeps it up")
            .help("look whether it is still the same, and write the new address"),
            Found::Paywalled => Diagnostic::warning(
                "link-paywalled",
                format!("readers have to pay for `{title}` since {}", self.day()),
            )
            .why("a link that most cannot follow is none")
            .help(format!(
                "say so beside {address}, or choose what everybody can read"
            )),
            Found::Well | Found::Closed | Found::Failing => return,
        };
        diags.push(problem.at(self.led.place.clone()));
    }

    /// A line, unless it is well.
    fn text(&self) -> Option<String> {
        let detail = self.detail.as_deref().unwrap_or_default();
        let said = match self.found {
            Found::Well => return None,
            Found::Moved => format!("to {detail}"),
            Found::Paywalled => format!("since {}", self.day()),
            Found::Closed => format!("it turns programs away ({detail}): look yourself"),
            Found::Failing => format!("since {} ({detail}), {} times", self.day(), self.times),
        };
        Some(format!(
            "{:<9}  {}  {said}\n",
            self.word(),
            self.led.address
        ))
    }
}

/// Picks and sources that somebody wanted to look at again by now.
fn reviews(library: &Library, site: &Site, now: Timestamp, diags: &mut Diagnostics) {
    let today = now.to_zoned_datetime(site.zone.clone()).date();
    let picks = library.picks.get(&site.id).into_iter().flatten();
    let picks = picks.filter_map(|pick| {
        let review = pick.facts.iter().find(|fact| fact.key == "review_by")?;
        let day: Date = review.value.flat().parse().ok()?;
        let place = pick.origin.place(review.value.at.clone());
        Some((day, &*pick.title, place))
    });
    let sources = library.sources.get(&site.id);
    let listed = sources.iter().flat_map(|sources| {
        let with = sources.list.iter();
        with.filter_map(|source| {
            let place = sources.origin.place(source.feed_at.clone());
            Some((source.review_by?, &*source.title, place))
        })
    });
    for (day, title, place) in picks.chain(listed) {
        if day < today {
            diags.push(
                Diagnostic::warning(
                    "review-overdue",
                    format!("the review of `{title}` was due on {day}"),
                )
                .at(place)
                .help("ask whether it is still worth it, and set the next `review_by`"),
            );
        }
    }
}

/// `43 links: 41 well, 1 moved, 1 failing`.
fn summary(rows: &[Row], diags: &Diagnostics) -> String {
    let words = ["well", "moved", "paywalled", "closed", "failing", "gone"];
    let counts: Vec<String> = words
        .iter()
        .map(|word| (word, rows.iter().filter(|row| row.word() == *word).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| format!("{count} {word}"))
        .collect();
    let links = match rows.len() {
        0 => return "There is nothing that anybody is led to.".to_owned(),
        1 => "1 link".to_owned(),
        n => format!("{n} links"),
    };
    let told = counted(diags).map_or(String::new(), |count| format!("; {count}"));
    format!("{links}: {}{told}.", counts.join(", "))
}

/// One address, for tools.
#[derive(Serialize)]
struct Shown<'a> {
    site: &'a str,
    address: &'a str,
    title: &'a str,
    file: &'a str,
    line: u32,
    state: &'a str,
    since: Option<Timestamp>,
    times: usize,
    detail: Option<&'a str>,
}

#[derive(Serialize)]
struct Report<'a> {
    now: Timestamp,
    links: Vec<Shown<'a>>,
}

fn json(rows: &[Row], now: Timestamp) -> String {
    let links = rows.iter().map(|row| Shown {
        site: &row.led.site.id,
        address: row.led.address,
        title: row.led.title,
        file: &row.led.place.file,
        line: row.led.place.line,
        state: row.word(),
        since: row.since,
        times: row.times,
        detail: row.detail.as_deref(),
    });
    let report = Report {
        now,
        links: links.collect(),
    };
    let text = serde_json::to_string_pretty(&report).unwrap_or_default();
    format!("{text}\n")
}
