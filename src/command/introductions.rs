//! `introductions`: who could meet whom in the next round, and who could answer each ask. For the coordinator
//! alone: it goes to the terminal, and on no page.

use super::gather::{gather, read};
use super::{FINE, Fatal, MISTAKES, World, data, say, tell};
use crate::cli::{Common, DataForm, Wanted};
use crate::diag::{Diagnostic, Diagnostics, Form, did_you_mean, way_out};
use crate::disk;
use crate::introduce::{self, Ask, Group, Person, Question, Reason, Round, Unfit};
use crate::load::introduced;
use crate::model::{
    Card, Id, Introduced, Library, Moment, Occurrence, PlannedRun, Rounds, Site, State,
};
use crate::pipeline::Prepared;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Proposes a round, and records it if that is wished.
pub fn introductions(
    wanted: &Wanted,
    common: &Common,
    format: DataForm,
    world: &World,
) -> Result<u8, Fatal> {
    disk::recover(&common.out).map_err(|error| error.to_string())?;
    let gathered = gather(read(common, world)?, common)?;
    let Some(prepared) = gathered.prepare("nobody is introduced", common, world) else {
        return Ok(MISTAKES);
    };
    let library = &gathered.loaded.library;
    let runs = runs(&prepared, wanted.run.as_deref())?;
    if wanted.record && runs.len() > 1 {
        let names: Vec<&str> = runs.iter().map(|(_, run, _)| &*run.run.id).collect();
        return Err(format!(
            "which round is to be recorded?\nName its run with `--run`: {}.",
            names.join(", ")
        ));
    }
    let mut diags = Diagnostics::new();
    let mut reports = Vec::new();
    for (site, run, rounds) in runs {
        let report = report(site, run, rounds, library, wanted)?;
        everywhere(&report, site.site, &mut diags);
        reports.push(report);
    }
    data(&match format {
        DataForm::Text => reports.iter().map(text).collect::<Vec<_>>().join("\n"),
        DataForm::Json => json(&reports),
    });
    let diags = if common.strict { diags.strict() } else { diags };
    tell(&diags, Form::Text, world);
    if diags.has_errors() {
        return Ok(MISTAKES);
    }
    if wanted.record
        && let [report] = &reports[..]
    {
        record(report, common)?;
    }
    Ok(FINE)
}

/// The runs that introduce people.
fn runs<'p>(
    prepared: &'p [Prepared<'p>],
    wanted: Option<&str>,
) -> Result<Vec<(&'p Prepared<'p>, &'p PlannedRun<'p>, Rounds)>, Fatal> {
    let sites = prepared.iter();
    let all = sites.flat_map(|site| site.plan.runs.iter().map(move |run| (site, run)));
    let found: Vec<_> = all
        .filter_map(|(site, run)| Some((site, run, run.programme.design.introductions()?)))
        .collect();
    if found.is_empty() {
        return Err("no run here introduces people\nA mentoring programme does, with `introductions:` in it; `learnflow new mentoring <id>` writes one.".to_owned());
    }
    let Some(wanted) = wanted else {
        return Ok(found);
    };
    let names: Vec<&str> = found.iter().map(|(_, run, _)| &*run.run.id).collect();
    let help = way_out(wanted, names, "These do");
    let found: Vec<_> = found
        .into_iter()
        .filter(|(_, run, _)| &*run.run.id == wanted)
        .collect();
    match found.is_empty() {
        true => Err(format!("no run `{wanted}` introduces people\n{help}")),
        false => Ok(found),
    }
}

/// What is proposed for one run.
struct Report<'a> {
    site: &'a Site,
    run: &'a PlannedRun<'a>,
    rounds: Vec<Round>,
    resting: Vec<Id>,
    asks: Vec<Ask>,
}

fn report<'a>(
    site: &'a Prepared<'a>,
    run: &'a PlannedRun<'a>,
    rounds: Rounds,
    library: &'a Library,
    wanted: &Wanted,
) -> Result<Report<'a>, Fatal> {
    let past = library.introduced[&site.site.id].as_slice();
    let cards = &library.people[&site.site.id];
    let days = days(site, run, rounds, past, wanted.round)?;
    let people = match days.first() {
        Some(first) => people(cards, *first, wanted)?,
        None => Vec::new(),
    };
    let question = Question {
        site: site.site,
        people,
        past,
        apart: rounds.apart,
        days: &days,
    };
    let answer = introduce::rounds(&question);
    let moment = Moment::new(site.now());
    let today = moment.today(&site.site.zone);
    let shown: Vec<&Card> = introduce::valid(cards.values(), today).collect();
    Ok(Report {
        site: site.site,
        run,
        rounds: answer.rounds,
        resting: answer.resting,
        asks: introduce::asks(&shown, past, site.site, today),
    })
}

/// The day of the round that is to be made, and of those after it: the newest one that was announced if nobody was
/// introduced in it yet, else the next one.
fn days(
    site: &Prepared,
    run: &PlannedRun,
    rounds: Rounds,
    past: &[Introduced],
    wanted: Option<Date>,
) -> Result<Vec<Date>, Fatal> {
    let stands = |o: &&Occurrence| !matches!(o.state, State::Held | State::Cancelled);
    let drawn = run.occurrences.iter().filter(|o| *o.drawn == *rounds.drawn);
    let all: Vec<&Occurrence> = drawn.filter(stands).collect();
    let is_recorded = |day: Date| {
        past.iter()
            .any(|row| row.on == day && row.run == run.run.id)
    };
    let days = |from: usize| all[from..].iter().map(|o| o.nominal).collect();
    if let Some(wanted) = wanted {
        let Some(at) = all.iter().position(|o| o.nominal == wanted) else {
            let near: Vec<String> = all.iter().map(|o| o.nominal.to_string()).collect();
            return Err(format!(
                "`{}` has no round on {wanted}\nIts rounds are: {}.",
                run.run.id,
                near.join(", ")
            ));
        };
        if is_recorded(wanted) {
            return Err(format!(
                "the round of {wanted} is recorded already\nTake its rows out of {} to make it anew.",
                file(site.site)
            ));
        }
        return Ok(days(at));
    }
    let announced = all.iter().rposition(|o| o.due <= site.now());
    let from = match announced {
        Some(at) if !is_recorded(all[at].nominal) => at,
        Some(at) => at + 1,
        None => 0,
    };
    Ok(days(from))
}

/// Who takes part: whoever has a valid card, and whoever is named.
fn people<'a>(
    cards: &'a BTreeMap<Id, Card>,
    on: Date,
    wanted: &Wanted,
) -> Result<Vec<Person<'a>>, Fatal> {
    let mut people = introduce::willing(cards.values(), on);
    for name in &wanted.with {
        let handle: Id = name.parse()?;
        if people.iter().all(|person| person.handle != handle) {
            let card = cards.get(&handle);
            people.push(Person { handle, card });
        }
    }
    for name in &wanted.without {
        if people.iter().all(|person| &*person.handle != name) {
            let names = people.iter().map(|person| &*person.handle);
            let help = did_you_mean(name, names).map(|near| format!("\nDid you mean `{near}`?"));
            return Err(format!(
                "`{name}` takes no part anyway{}",
                help.unwrap_or_default()
            ));
        }
        people.retain(|person| &*person.handle != name);
    }
    Ok(people)
}

/// So few suggestions say nothing about anybody's share of them.
const FEW: usize = 10;

/// Warns when one person is asked for nearly everything.
fn everywhere(report: &Report, site: &Site, diags: &mut Diagnostics) {
    let mut named: BTreeMap<&Id, usize> = BTreeMap::new();
    let offers = || report.asks.iter().flat_map(|ask| &ask.offers);
    for offer in offers() {
        *named.entry(&offer.handle).or_default() += 1;
    }
    let all = offers().count();
    for (handle, count) in named {
        let share = count * 100 / all.max(1);
        if all >= FEW && share > site.rules.one_person as usize {
            diags.push(
                Diagnostic::warning(
                    "one-person-everywhere",
                    format!("`{handle}` is named in {count} of {all} suggestions ({share} %, the limit is {} %)", site.rules.one_person),
                )
                .at(site.origin.place(0..1))
                .why("whoever is asked for everything soon answers nothing")
                .help("ask others for a card; lower `capacity` on this one if it is too much"),
            );
        }
    }
}

/// The file of a site that says who was introduced to whom.
fn file(site: &Site) -> String {
    format!("{}{}", site.folder(), introduced::FILE)
}

fn record(report: &Report, common: &Common) -> Result<(), Fatal> {
    let Some(round) = report.rounds.first() else {
        say("There is no round to record.");
        return Ok(());
    };
    let rows = round.groups.iter().map(|group| {
        introduced::row(&Introduced {
            on: round.on,
            run: report.run.run.id.clone(),
            people: group.people.clone(),
        })
    });
    let (file, rows) = (file(report.site), rows.collect::<String>());
    disk::append(&common.root.join(&file), introduced::HEAD, &rows)
        .map_err(|error| format!("{file} cannot be written: {error}"))?;
    say(&format!(
        "Recorded in {file}. If you introduced them otherwise, change the rows; then commit it."
    ));
    Ok(())
}

fn text(report: &Report) -> String {
    let mut out = format!(
        "{} ({}/{})\nPrivate: for the coordinator, who knows the people and decides.\n\n",
        report.run.title, report.site.id, report.run.run.id
    );
    match &report.rounds[..] {
        [] => out.push_str("No round: fewer than two people take part, or none lies ahead.\n"),
        [round, later @ ..] => {
            let people: usize = round.groups.iter().map(|group| group.people.len()).sum();
            let _ = writeln!(out, "Round of {}: {people} people", day(round.on));
            for group in &round.groups {
                let _ = writeln!(out, "  {}", together(group));
                for reason in &group.reasons {
                    let _ = writeln!(out, "      {}", because(reason));
                }
            }
            if !later.is_empty() {
                out.push_str("\nThe rounds after it, while nobody joins or leaves\n");
            }
            for round in later {
                let groups: Vec<String> = round.groups.iter().map(together).collect();
                let _ = writeln!(out, "  {}: {}", day(round.on), groups.join(", "));
            }
        }
    }
    if !report.resting.is_empty() {
        let names: Vec<&str> = report.resting.iter().map(|handle| &**handle).collect();
        let _ = writeln!(out, "\nTakes nobody on at the moment: {}", names.join(", "));
    }
    if !report.asks.is_empty() {
        out.push_str("\nAsks\n");
    }
    for ask in &report.asks {
        let _ = writeln!(out, "  {} asks for: {}", ask.handle, ask.topic);
        if ask.offers.is_empty() {
            out.push_str("      nobody who could be named offers it\n");
        }
        for (offer, n) in ask.offers.iter().zip(1..) {
            let _ = writeln!(out, "      {n}. {}{}", offer.handle, details(offer));
        }
        for one in &ask.out {
            let _ = writeln!(out, "      not {}: {}", one.handle, unfit(one.why));
        }
    }
    out
}

fn details(offer: &introduce::Offer) -> String {
    let mut said = Vec::new();
    said.extend(offer.topic.as_ref().map(|topic| format!("offers: {topic}")));
    if !offer.languages.is_empty() {
        said.push(format!("both speak {}", offer.languages.join(", ")));
    }
    if offer.hours > 0 {
        said.push(hours(offer.hours));
    }
    said.extend(offer.met.map(|on| format!("introduced on {}", day(on))));
    match said.is_empty() {
        true => String::new(),
        false => format!(" ({})", said.join("; ")),
    }
}

fn unfit(why: Unfit) -> String {
    match why {
        Unfit::Language => "no language that both speak".to_owned(),
        Unfit::Full(0) => "takes nobody on at the moment".to_owned(),
        Unfit::Full(1) => "is named first to somebody else, and has room for one".to_owned(),
        Unfit::Full(n) => format!("is named first to {n} others, and has room for no more"),
        Unfit::Behind => "three others fit better".to_owned(),
    }
}

fn together(group: &Group) -> String {
    let names: Vec<&str> = group.people.iter().map(|handle| &**handle).collect();
    names.join(" + ")
}

fn because(reason: &Reason) -> String {
    match reason {
        Reason::Answers(asks, offers, topic) => {
            format!("{asks} asks for what {offers} offers: {topic}")
        }
        Reason::Nearly(asks, offers, ask, offer) => {
            format!("{asks} asks for: {ask}; {offers} offers: {offer}")
        }
        Reason::Speak(one, other, both) => {
            format!("{one} and {other} both speak {}", both.join(", "))
        }
        Reason::Hours(one, other, n) => format!("{one} and {other} are {}", hours(*n)),
        Reason::Again(one, other, on) => format!(
            "{one} and {other} meet again: they met on {}, and everybody else they could meet was as recent or would have left others without company",
            day(*on)
        ),
        Reason::NoLanguage(one, other) => {
            format!(
                "{one} and {other}: their cards name no language that both speak; perhaps you know better"
            )
        }
        Reason::Three(one) => format!("{one} would rather talk with one person at a time"),
    }
}

fn hours(n: u32) -> String {
    format!("{n} hour{} apart", if n == 1 { "" } else { "s" })
}

fn day(on: Date) -> String {
    on.strftime("%A %-d %B %Y").to_string()
}

#[derive(Serialize)]
struct Shown<'a> {
    site: &'a str,
    run: &'a str,
    rounds: Vec<ShownRound<'a>>,
    resting: Vec<&'a str>,
    asks: Vec<ShownAsk<'a>>,
}

#[derive(Serialize)]
struct ShownRound<'a> {
    on: String,
    groups: Vec<ShownGroup<'a>>,
}

#[derive(Serialize)]
struct ShownGroup<'a> {
    people: Vec<&'a str>,
    reasons: Vec<String>,
}

#[derive(Serialize)]
struct ShownAsk<'a> {
    handle: &'a str,
    topic: &'a str,
    offers: Vec<ShownOffer<'a>>,
    out: Vec<ShownOut<'a>>,
}

#[derive(Serialize)]
struct ShownOffer<'a> {
    handle: &'a str,
    topic: Option<&'a str>,
    languages: &'a [String],
    hours_apart: u32,
    introduced: Option<String>,
}

#[derive(Serialize)]
struct ShownOut<'a> {
    handle: &'a str,
    why: String,
}

fn json(reports: &[Report]) -> String {
    let shown: Vec<Shown> = reports.iter().map(shown).collect();
    let mut out = serde_json::to_string_pretty(&shown).expect("text and numbers");
    out.push('\n');
    out
}

fn shown<'a>(report: &'a Report) -> Shown<'a> {
    let group = |group: &'a Group| ShownGroup {
        people: group.people.iter().map(|handle| &**handle).collect(),
        reasons: group.reasons.iter().map(because).collect(),
    };
    let round = |round: &'a Round| ShownRound {
        on: round.on.to_string(),
        groups: round.groups.iter().map(group).collect(),
    };
    let offer = |offer: &'a introduce::Offer| ShownOffer {
        handle: &offer.handle,
        topic: offer.topic.as_deref(),
        languages: &offer.languages,
        hours_apart: offer.hours,
        introduced: offer.met.map(|on| on.to_string()),
    };
    let out = |one: &'a introduce::Out| ShownOut {
        handle: &one.handle,
        why: unfit(one.why),
    };
    let ask = |ask: &'a Ask| ShownAsk {
        handle: &ask.handle,
        topic: &ask.topic,
        offers: ask.offers.iter().map(offer).collect(),
        out: ask.out.iter().map(out).collect(),
    };
    Shown {
        site: &report.site.id,
        run: &report.run.run.id,
        rounds: report.rounds.iter().map(round).collect(),
        resting: report.resting.iter().map(|handle| &**handle).collect(),
        asks: report.asks.iter().map(ask).collect(),
    }
}
