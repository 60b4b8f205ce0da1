//! What can only be said when everything is read: names that lead nowhere, two things at one address,
//! and the rules of each kind.

use super::Broken;
use crate::curate;
use crate::diag::{Diagnostic, Diagnostics, did_you_mean};
use crate::document::Source;
use crate::kinds::rules::{self, first_line};
use crate::model::{
    Fallback, Ground, Horizon, Library, Pinned, Programme, Run, Site, Speaker, Tongue, base,
    same_language,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Tells every reference that leads nowhere and applies the rules.
pub fn resolve(library: &Library, broken: &Broken, diags: &mut Diagnostics) {
    banks(library, broken, diags);
    let mut checked: BTreeSet<&str> = BTreeSet::new();
    for (site_id, runs) in &library.runs {
        let site = &library.sites[site_id];
        addresses(library, site, runs, diags);
        for run in runs {
            let Some(programme) = library.programme(&run.programme, run.language(site)) else {
                unknown_programme(library, broken, run, diags);
                continue;
            };
            if checked.insert(&programme.id) {
                check(&library.programmes[&programme.id], site, diags);
            }
            speakers(library, broken, site, run, diags);
            roles(library, programme, run, diags);
            check_run(library, site, programme, run, diags);
        }
        untranslated(library, site, runs, diags);
        hashtags(library, site, runs, diags);
        picks(library, broken, site, diags);
    }
    let defaults = crate::model::Rules::default();
    for programme in library.programmes.values() {
        if !checked.contains(&*programme.id) {
            rules::every_kind(programme, &defaults, diags);
            programme.design.check(programme, &defaults, diags);
        }
    }
}

fn check(programme: &Programme, site: &Site, diags: &mut Diagnostics) {
    rules::every_kind(programme, &site.rules, diags);
    programme.design.check(programme, &site.rules, diags);
}

fn check_run(
    library: &Library,
    site: &Site,
    programme: &Programme,
    run: &Run,
    diags: &mut Diagnostics,
) {
    let picks: Vec<_> = library.picks[&site.id]
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
        pinned: &Pinned::default(),
        horizon: Horizon { today: run.starts },
    };
    rules::every_run(&ground, diags);
    programme.design.check_run(&ground, diags);
}

/// A site that shows no other language needs every text of its runs in its own.
fn untranslated(library: &Library, site: &Site, runs: &[Run], diags: &mut Diagnostics) {
    if site.fallback != Fallback::Refuse {
        return;
    }
    let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
    for run in runs.iter().filter(|run| !run.draft) {
        let wanted = run.language(site);
        let Some(programme) = library.programme(&run.programme, wanted) else {
            continue;
        };
        let missing =
            |tongue: &Tongue| !same_language(site.language_of(tongue, programme, wanted), wanted);
        let mut tell = |id: &str, source: &Source, at: Range<usize>| {
            let file = translation_of(&source.file, wanted);
            diags.push(
                Diagnostic::error(
                    "missing-translation",
                    format!("`{id}` is not translated into {}", base(wanted)),
                )
                .at(first_line(source, &at))
                .why("the site says `fallback: refuse`, so it shows no text in another language")
                .help(format!(
                    "write it in {file}, or set `fallback: show-with-note` in {}",
                    site.origin.file
                )),
            );
        };
        if told.insert((&programme.id, wanted)) {
            if missing(&programme.tongue) {
                tell(&programme.id, &programme.origin, 0..3);
            }
            for activity in programme
                .activities
                .iter()
                .filter(|a| missing(&a.words.tongue))
            {
                tell(&activity.id, &activity.origin, activity.at.clone());
            }
        }
        for (id, _) in programme.design.banks() {
            let Some(bank) = library
                .bank(id, wanted)
                .filter(|b| told.insert((&b.id, wanted)))
            else {
                continue;
            };
            for prompt in bank.prompts.iter().filter(|p| missing(&p.tongue)) {
                tell(&prompt.id, &bank.origin, prompt.at.clone());
            }
        }
    }
}

/// `content/a.md` → `content/a.pt.md`.
fn translation_of(file: &str, language: &str) -> String {
    let stem = file.strip_suffix(".md").unwrap_or(file);
    format!("{stem}.{}.md", base(language))
}

/// Roles that nobody has in the programme: whoever has them would find no duty.
fn roles(library: &Library, programme: &Programme, run: &Run, diags: &mut Diagnostics) {
    let chores = programme.kind.chores.iter();
    let known: BTreeSet<&str> = chores
        .flat_map(|chore| programme.holders(&chore.seat, library))
        .collect();
    for (role, (_, at)) in &run.roles {
        if known.contains(role.as_str()) {
            continue;
        }
        let help = match did_you_mean(role, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "roles of this programme: {}",
                known.iter().copied().collect::<Vec<_>>().join(", ")
            ),
        };
        diags.push(
            Diagnostic::warning(
                "unknown-role",
                format!("nobody in this programme is called `{role}`"),
            )
            .at(run.origin.place(at.clone()))
            .why("the run sheet, the calendars and `today` go by the roles of the programme, and would give this one nothing to do")
            .help(help),
        );
    }
}

/// Speakers who are named by a card that is not there.
fn speakers(library: &Library, broken: &Broken, site: &Site, run: &Run, diags: &mut Diagnostics) {
    let people = &library.people[&site.id];
    for session in &run.sessions {
        let Some(Speaker::Card(handle)) = &session.speaker else {
            continue;
        };
        if people.contains_key(handle) || broken.may_be("person", handle) {
            continue;
        }
        let help = match did_you_mean(handle, people.keys().map(|id| id.as_str())) {
            Some(near) => format!("did you mean `{}{near}`?", Speaker::CARD),
            None => format!(
                "add a file `people/{handle}.md` to the site, or write how they wish to be called"
            ),
        };
        diags.push(
            Diagnostic::error("unknown-person", format!("nobody has the card `{handle}`"))
                .at(session.origin.place(session.speaker_at.clone()))
                .help(help),
        );
    }
}

/// Two runs that are on at the same time under one hashtag: nobody can tell their posts apart.
fn hashtags(library: &Library, site: &Site, runs: &[Run], diags: &mut Diagnostics) {
    let mut tagged: Vec<(&str, Date, Date, &Run)> = Vec::new();
    for run in runs.iter().filter(|run| !run.draft) {
        let of_all = library.programmes.get(&run.programme);
        let of_all = of_all.and_then(|programme| programme.design.hashtag());
        let Some(tag) = run.hashtag.as_deref().or(of_all) else {
            continue;
        };
        let last = last_day(library, site, run);
        let clash = tagged.iter().find(|(other, from, to, _)| {
            other.eq_ignore_ascii_case(tag) && *from <= last && run.starts <= *to
        });
        if let Some((_, _, _, other)) = clash {
            diags.push(
                Diagnostic::warning(
                    "hashtag-clash",
                    format!(
                        "`{}` and `{}` are on at the same time under #{tag}",
                        other.id, run.id
                    ),
                )
                .at(run.origin.place(run.programme_at.clone()))
                .why("whoever follows a hashtag expects one conversation")
                .help("give one of them another `hashtag`"),
            );
        }
        tagged.push((tag, run.starts, last, run));
    }
}

/// The day of a run's last occurrence; a run without an end goes on for ever.
fn last_day(library: &Library, site: &Site, run: &Run) -> Date {
    if let Some(ends) = run.ends {
        return ends;
    }
    let Some(programme) = library.programme(&run.programme, run.language(site)) else {
        return run.starts;
    };
    let ground = Ground {
        programme,
        run,
        site,
        library,
        picks: &[],
        pinned: &Pinned::default(),
        horizon: Horizon { today: run.starts },
    };
    let drafts = programme
        .design
        .occurrences(&ground, &mut Diagnostics::new());
    let counted = drafts
        .iter()
        .any(|draft| draft.number.is_some() || draft.announced_by.is_some());
    let last = drafts.iter().map(|draft| draft.date).max();
    last.filter(|_| counted).unwrap_or(Date::MAX)
}

fn banks(library: &Library, broken: &Broken, diags: &mut Diagnostics) {
    for programme in library.programmes.values() {
        for (bank, at) in programme.design.banks() {
            if library.banks.contains_key(bank) || broken.may_be("bank", bank) {
                continue;
            }
            let names = library.banks.keys().map(|id| id.as_str());
            let help = match did_you_mean(bank, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("add a file `content/prompts/{bank}.md` with `kind: prompts`"),
            };
            diags.push(
                Diagnostic::error("unknown-bank", format!("there is no prompt bank `{bank}`"))
                    .at(programme.origin.place(at))
                    .help(help),
            );
        }
    }
}

fn unknown_programme(library: &Library, broken: &Broken, run: &Run, diags: &mut Diagnostics) {
    if broken.may_be("programme", &run.programme) {
        return;
    }
    let names = library.programmes.keys().map(|id| id.as_str());
    let help = match did_you_mean(&run.programme, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write the `id` of a file below `content/`".to_owned(),
    };
    diags.push(
        Diagnostic::error(
            "unknown-programme",
            format!("there is no programme `{}`", run.programme),
        )
        .at(run.origin.place(run.programme_at.clone()))
        .help(help),
    );
}

fn picks(library: &Library, broken: &Broken, site: &Site, diags: &mut Diagnostics) {
    let runs = &library.runs[&site.id];
    let mut ids: BTreeMap<&str, &str> = BTreeMap::new();
    let mut slots: BTreeMap<(&str, Date), &str> = BTreeMap::new();
    let mut addresses: BTreeMap<String, &str> = BTreeMap::new();
    for pick in &library.picks[&site.id] {
        let place = || pick.origin.place(pick.slot_at.clone());
        if !runs.iter().any(|run| run.id == pick.run) && !broken.may_be("run", &pick.run) {
            let names = runs.iter().map(|run| run.id.as_str());
            let help = match did_you_mean(&pick.run, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write the `id` of a run of a learning flow".to_owned(),
            };
            diags.push(
                Diagnostic::error(
                    "unknown-run",
                    format!("there is no run `{}` on this site", pick.run),
                )
                .at(place())
                .help(help),
            );
        }
        let file = &*pick.origin.file;
        if let Some(first) = ids.insert(&pick.id, file) {
            diags.push(
                Diagnostic::error(
                    "duplicate-id",
                    format!("a second pick has the id `{}`", pick.id),
                )
                .at(place())
                .help(format!("give one of them another id; the first is {first}")),
            );
        }
        if let Some(slot) = pick.slot
            && let Some(first) = slots.insert((&pick.run, slot), file)
        {
            diags.push(
                Diagnostic::error("slot-clash", format!("two picks want the slot of {slot}"))
                    .at(place())
                    .help(format!("move one of them; the other is {first}")),
            );
        }
        // However it is spelled.
        let same = curate::canonical(&pick.url).unwrap_or_else(|| pick.url.clone());
        if let Some(first) = addresses.insert(same, file) {
            diags.push(
                Diagnostic::error("already-picked", format!("{} was picked already", pick.url))
                    .at(place())
                    .help(format!("remove one of them; the other is {first}")),
            );
        }
    }
}

/// Addresses that the site itself needs.
const TAKEN: &[&str] = &[
    "archive",
    "assets",
    "calendar",
    "channels",
    "embed",
    "languages",
    "programmes",
    "roles",
    "search",
];

/// What the team's tree needs besides.
const TEAMS: &[&str] = &["connect", "host", "people"];

fn addresses(library: &Library, site: &Site, runs: &[Run], diags: &mut Diagnostics) {
    for run in runs {
        if TAKEN.iter().chain(TEAMS).any(|taken| *taken == &*run.id) {
            diags.push(
                Diagnostic::error(
                    "address-taken",
                    format!("/{}/ belongs to the site itself", run.id),
                )
                .at(run.origin.place(run.programme_at.clone()))
                .help("give the run another id"),
            );
        }
    }
    let mut slugs: BTreeMap<&str, &Programme> = BTreeMap::new();
    for programme in library.programmes.values() {
        if !runs.iter().any(|run| run.programme == programme.id) {
            continue;
        }
        if let Some(first) = slugs.insert(&programme.slug, programme) {
            diags.push(
                Diagnostic::error(
                    "same-address",
                    format!(
                        "two programmes have the address /programmes/{}/",
                        programme.slug
                    ),
                )
                .at(programme.origin.place(programme.purpose_at.clone()))
                .help(format!(
                    "change one `slug`; the other is {}",
                    first.origin.file
                )),
            );
        }
    }
    for (path, file) in &site.statics {
        let first = path.split('/').next().unwrap_or("");
        let ours = TAKEN.contains(&first)
            || runs.iter().any(|run| &*run.id == first)
            || [
                "index.html",
                "404.html",
                "feed.xml",
                "atom.xml",
                "feed.json",
                "calendar.ics",
                "feeds.opml",
                "sitemap.xml",
                "status.json",
                "ledger.json",
                "embed.css",
                "embed.js",
                "search.js",
                "style.css",
            ]
            .contains(&path.as_str())
            || path.starts_with("sitemap-");
        if ours {
            diags.push(
                Diagnostic::error(
                    "same-address",
                    format!("{path} is a file that learnflow makes"),
                )
                .at(super::whole_file(file))
                .help("rename the file in `static/`"),
            );
        }
    }
}
