//! Nothing unreleased is in the public tree, and nothing of the team's ever is. The test walks the key
//! tables: each key and section that can hold a word of its own holds one, which is looked for in the
//! names and bytes of every public file, before and after.

#[path = "common/mod.rs"]
mod common;

use common::{Built, SITE, build, folder};
use learnflow::diag::Severity;
use learnflow::document::{Audience, Key};
use learnflow::kinds::{ACTIVITY_KEYS, COMMON_KEYS, KINDS};
use learnflow::load::{
    BANK_KEYS, CALENDAR_KEYS, CARD_KEYS, PICK_KEYS, PICK_SECTIONS, PROMPT_KEYS, ROLE_KEYS,
    RUN_KEYS, SESSION_KEYS, SESSION_SECTIONS, SITE_KEYS, SOURCE_KEYS,
};
use learnflow::model::{Folder, Section};
use std::collections::{BTreeMap, BTreeSet};

/// The repository; `@scope.key@` is where the word of that key goes.
const LIBRARY: &str = include_str!("nothing_early/library.txt");
/// What all kinds have, for `<common kind>` lines and so on.
const SHARED: &str = include_str!("nothing_early/shared.txt");

/// Keys that cannot hold a free word, by the end of their path, each with the reason.
const WORDLESS: &[(&str, &str)] = &[
    (".programme.kind", "one of the kinds"),
    ("bank.kind", "one of the kinds"),
    ("role.kind", "one of the kinds"),
    ("role.ways", "kinds"),
    (".language", "a language with interface words"),
    ("site.written_in", "a language"),
    ("site.fallback", "one of three rules"),
    ("site.network.kind", "one of the networks"),
    (".discussion", "a length"),
    (".count", "a number"),
    (".order", "a number"),
    (".minutes", "a number"),
    (".weeks", "a number"),
    (".minutes_max", "a number"),
    (".after", "a number"),
    (".mix.employee_led", "a number"),
    (".mix.departments", "a number"),
    (".spare", "yes or no"),
    (".together", "yes or no"),
    (".per_item", "yes or no"),
    (".draft", "yes or no"),
    (".republish", "yes or no"),
    (".milestone", "yes or celebration"),
    (".offset", "a length"),
    (".length", "a length"),
    (".announce", "a length"),
    (".call.by", "a length"),
    (".window", "a length"),
    (".stages.plan", "a length"),
    (".stages.launch", "a length"),
    (".at", "an hour"),
    (".on_skip", "one of five rules"),
    (".every", "a cadence"),
    (".cadence.days", "a cadence"),
    (".rhythm.days", "a cadence"),
    (".slots.days", "a cadence"),
    (".intake.days", "a cadence"),
    (".spread.days", "a cadence"),
    (".on", "a cadence, or a date"),
    (".day", "a cadence"),
    (".short_month", "a cadence"),
    (".dates", "a cadence"),
    (".spread.from", "a date"),
    (".spread.to", "a date"),
    (".pace", "a cadence"),
    (".rhythm.type", "prompt, event or digest"),
    (".rhythm.from", "a bank"),
    (".slots.from", "a bank"),
    (".repeat", "circular or once"),
    (".origin", "self-organised or l-and-d"),
    (".activity.connects", "one of three"),
    (".activity.type", "one of five"),
    (".mode", "one of a few"),
    (".questions.q", "a number"),
    (".summary_within", "a length"),
    (".begins", "a length"),
    (".activity.review", "yes or no"),
    (".programme.flow", "one of three"),
    (".fallback", "a bank"),
    (".themes.id", "picks refer to it"),
    (".themes.topics", "a check alone: picks are held against it"),
    (".slots.pattern", "a few words"),
    (".variety.same_source_gap", "a number"),
    (".variety.same_format_gap", "a number"),
    (".variety.challenging_view", "a number"),
    (".variety.own_people", "a number"),
    (".freeze", "a length"),
    (".runway.warn_below", "a number"),
    ("onboarding.programme.name", "refused: personal data"),
    ("onboarding.programme.email", "refused: personal data"),
    ("onboarding.programme.phone", "refused: personal data"),
    ("onboarding.activity.name", "refused: personal data"),
    ("onboarding.activity.email", "refused: personal data"),
    ("onboarding.activity.phone", "refused: personal data"),
    ("guided.programme.effort", "an effort a week"),
    (".asynchronous", "yes or no"),
    (".catch_up.for", "a length"),
    (".activity.week", "one of the weeks"),
    (".live", "a length"),
    (".required", "refused: forced"),
    (".mandatory", "refused: forced"),
    (".deadline", "refused: forced"),
    (".board", "yes or no"),
    (".modes", "one of three"),
    (".avoid_repeats", "a number"),
    (".odd", "trio"),
    (".size", "two numbers"),
    (".circle.days", "a cadence"),
    (".introductions.days", "a cadence"),
    (".assigned", "refused: assigned mentoring"),
    (".mentor", "refused: assigned mentoring"),
    (".mentee", "refused: assigned mentoring"),
    ("card.consent", "a date"),
    ("card.expires", "a date"),
    ("card.zone", "a zone"),
    ("card.capacity", "a number"),
    ("run.programme", "a programme"),
    ("run.created", "a date"),
    ("run.starts", "a date"),
    ("run.ends", "a date"),
    ("run.zone", "a zone"),
    (".zones.zone", "a zone"),
    ("run.week", "days"),
    ("run.calendars", "calendars of the site"),
    ("run.channels", "channels of the site"),
    (".blackouts.date", "a date"),
    (".blackouts.from", "a date"),
    (".blackouts.to", "a date"),
    ("run.review_by", "a date"),
    (".overrides.id", "an occurrence"),
    (".overrides.move", "a date"),
    (".overrides.cancel", "yes"),
    (".overrides.tell", "yes"),
    (".overrides.hold", "yes or a date"),
    (".overrides.replace", "an activity"),
    (".overrides.insert", "an activity"),
    ("session.led_by", "employee or l-and-d"),
    ("session.consent", "a date"),
    ("session.format", "one of six"),
    ("session.slot", "a date"),
    ("session.status", "one of five"),
    ("pick.run", "a run"),
    ("pick.slot", "a date, or auto"),
    ("pick.also_in", "sources of the site"),
    ("pick.long_read", "yes or no"),
    ("pick.ask", "yes or no"),
    ("pick.paywall", "yes or no"),
    ("pick.not_before", "a date"),
    ("pick.evergreen", "yes or no"),
    ("pick.review_by", "a date"),
    ("pick.format", "one of eight"),
    ("pick.stance", "one of three"),
    ("pick.source", "a source of the site"),
    ("source.language", "a language"),
    ("source.trust", "a number"),
    ("source.kind", "one of five"),
    ("source.stance", "one of three"),
    ("source.max_per_run", "a number"),
    ("source.max_age", "a length"),
    ("source.newest_on_first_sight", "a number"),
    ("source.paywall", "yes or no"),
    ("source.paused_until", "a date"),
    ("source.review_by", "a date"),
    ("source.internal", "yes or no"),
    ("pick.theme", "a theme"),
    ("pick.expires", "a date"),
    ("pick.picked_on", "a date"),
    ("site.id", "the folder of both trees"),
    ("site.zone", "a zone"),
    ("site.week", "days"),
    ("site.build_every", "a length"),
    ("site.burst", "a number"),
    ("site.burst_gap", "a length"),
    ("site.margin", "a length"),
    (".rules.purpose_words", "a number"),
    (".rules.daily_minutes", "a number"),
    (".rules.present_refuse", "a number"),
    (".rules.present_warn", "a number"),
    (".rules.break_after", "a number"),
    (".rules.prework_minutes", "a number"),
    (".rules.prework_days", "a number"),
    (".rules.onboarding_gap", "a number"),
    (".rules.ramp_row", "a number"),
    (".rules.week_activities", "a number"),
    (".rules.ask_days", "a number"),
    (".rules.one_person", "a number"),
    (".rules.practices", "a number"),
    (".rules.questions", "a number"),
    (".rules.question_minutes", "a number"),
    (".ranking.minutes_max", "a number"),
    (".ranking.weights.topic", "a number"),
    (".ranking.weights.fresh", "a number"),
    (".ranking.weights.trust", "a number"),
    (".ranking.weights.others", "a number"),
    (".ranking.weights.challenge", "a number"),
    (".ranking.weights.loud", "a number"),
    (".ranking.weights.long", "a number"),
    (".days.date", "a date"),
    (".days.from", "a date"),
    (".days.to", "a date"),
    ("bank.id", "programmes refer to it"),
];

/// Words that are in no page although they might be, by the end of their path, each with the reason.
const UNSHOWN: &[(&str, &str)] = &[
    (".programme.id", "the slug takes its place in the address"),
    (
        ".programme.ramp",
        "a check alone; each activity shows its own step",
    ),
    (
        "challenge.programme.hashtag.base",
        "the run has a hashtag of its own here",
    ),
    (
        "classroom.programme.during.id",
        "a name for those who edit the agenda",
    ),
    (
        "mentoring.activity.agenda.id",
        "a name for those who edit the agenda",
    ),
    ("bank.title", "a name for those who edit the bank"),
    ("bank.summary", "a note for those who edit the bank"),
    ("bank.changed", "a note for those who edit the bank"),
    ("calendar.title", "a name for those who edit the calendar"),
    ("site.calendars", "names of files"),
    ("site.network.kind", "pages name the channels instead"),
    ("site.rules.cliches", "a check alone"),
    ("site.ranking.topics", "for whoever judges candidates"),
    ("source.feed", "for `fetch` and for whoever judges"),
    ("source.site", "for `fetch` and for whoever judges"),
    ("source.why_trusted", "for `fetch` and for whoever judges"),
    ("source.topics", "for `fetch` and for whoever judges"),
    ("source.include", "for `fetch` and for whoever judges"),
    ("source.exclude", "for `fetch` and for whoever judges"),
    ("source.licence", "for `fetch` and for whoever judges"),
    ("source.owner", "for `fetch` and for whoever judges"),
];

/// A row of a table: the path of a key, and who may read it.
type Rows = BTreeMap<String, Audience>;

fn walk(scope: &str, tables: &[&'static [Key]], rows: &mut Rows) {
    for key in tables.iter().flat_map(|table| table.iter()) {
        let path = format!("{scope}.{}", key.name);
        if key.of.iter().all(|table| table.is_empty()) {
            rows.insert(path, key.audience);
        } else {
            walk(&path, &key.of, rows);
        }
    }
}

/// Every key and every section there is.
fn rows() -> Rows {
    let mut rows = Rows::new();
    for kind in KINDS {
        let name = kind.name;
        walk(
            &format!("{name}.programme"),
            &[COMMON_KEYS, kind.keys],
            &mut rows,
        );
        rows.insert(format!("{name}.programme.body"), Audience::Run);
        if !matches!(name, "network" | "learning-flow") {
            walk(
                &format!("{name}.activity"),
                &[ACTIVITY_KEYS, kind.activity_keys],
                &mut rows,
            );
            sections(&format!("{name}.activity"), Section::AUTHORED, &mut rows);
        }
    }
    walk("site", &[SITE_KEYS], &mut rows);
    walk("calendar", &[CALENDAR_KEYS], &mut rows);
    walk("run", &[RUN_KEYS], &mut rows);
    rows.insert("run.body".to_owned(), Audience::Run);
    rows.insert("run.Notes".to_owned(), Audience::Released);
    walk("session", &[SESSION_KEYS], &mut rows);
    sections("session", SESSION_SECTIONS, &mut rows);
    walk("card", &[CARD_KEYS], &mut rows);
    walk("pick", &[PICK_KEYS], &mut rows);
    sections("pick", PICK_SECTIONS, &mut rows);
    walk("source", &[SOURCE_KEYS], &mut rows);
    walk("bank", &[BANK_KEYS], &mut rows);
    walk("role", &[ROLE_KEYS], &mut rows);
    rows.insert("role.body".to_owned(), Audience::Run);
    walk("prompt", &[PROMPT_KEYS], &mut rows);
    rows.insert("prompt.title".to_owned(), Audience::Released);
    rows.insert("prompt.Words".to_owned(), Audience::Released);
    sections(
        "prompt",
        &[("For the guide", Section::ForTheGuide)],
        &mut rows,
    );
    rows
}

fn sections(scope: &str, list: &[(&str, Section)], rows: &mut Rows) {
    for (heading, section) in list {
        rows.insert(format!("{scope}.{heading}"), section.audience());
    }
}

fn listed(list: &[(&str, &str)], path: &str) -> bool {
    list.iter()
        .any(|(end, _)| path == *end || (end.starts_with('.') && path.ends_with(end)))
}

/// A word that stands nowhere else: `zqaabx`. Small letters alone, so that it may be an id.
fn word(n: usize) -> String {
    let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
    format!("zq{}{}{}x", letter(n / 676), letter(n / 26), letter(n))
}

/// The repository with its words filled in, and the word of each path.
fn library() -> (Folder, BTreeMap<String, String>) {
    let shared = folder(SHARED);
    let part = |name: &str, kind: &str, keys: &str| {
        let text = std::str::from_utf8(&shared.files[name])
            .expect("UTF-8")
            .trim_end();
        text.replace("@K.", &format!("@{kind}."))
            .replace("run-K", &format!("run-{kind}"))
            .replace("KEYS", keys)
    };
    let mut text = String::new();
    for line in LIBRARY.lines() {
        let named = line
            .strip_prefix('<')
            .and_then(|line| line.strip_suffix('>'));
        match named {
            Some(named) => {
                let (name, rest) = named.split_once(' ').expect("a kind");
                let (kind, keys) = rest.split_once(' ').unwrap_or((rest, ""));
                text.push_str(&part(name, kind, keys));
            }
            None => text.push_str(line),
        }
        text.push('\n');
    }
    let mut words = BTreeMap::new();
    let mut out = String::new();
    for (n, piece) in text.split('@').enumerate() {
        if n % 2 == 0 {
            out.push_str(piece);
        } else {
            let next = words.len();
            out.push_str(words.entry(piece.to_owned()).or_insert_with(|| word(next)));
        }
    }
    (folder(&out), words)
}

/// Where a word is in the names and bytes of a tree.
fn found(built: &Built, tree: &str, word: &str) -> Option<String> {
    let holds = |bytes: &[u8]| {
        bytes
            .windows(word.len())
            .any(|w| w.eq_ignore_ascii_case(word.as_bytes()))
    };
    let files = built.tree(tree);
    let hit = files
        .into_iter()
        .find(|(path, bytes)| holds(path.as_bytes()) || holds(bytes));
    hit.map(|(path, _)| path.to_owned())
}

fn whole(folder: &Folder, now: &str) -> Built {
    let built = build(folder, now);
    let errors = built
        .diags
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .count();
    assert_eq!(errors, 0, "{}", built.told());
    built
}

#[test]
fn every_key_and_section_holds_a_word_or_has_a_reason_not_to() {
    let (_, words) = library();
    let rows = rows();
    for path in rows.keys() {
        let reason = listed(WORDLESS, path);
        assert!(
            words.contains_key(path) != reason,
            "`{path}` needs a word in library.txt or a reason in WORDLESS, and not both"
        );
    }
    for path in words.keys() {
        assert!(rows.contains_key(path), "no table has a row for `{path}`");
    }
    for (end, _) in WORDLESS.iter().chain(UNSHOWN) {
        let known = rows.keys().any(|path| listed(&[(*end, "")], path));
        assert!(known, "no key ends with `{end}`");
    }
    let different: BTreeSet<&String> = words.values().collect();
    assert_eq!(different.len(), words.len());
}

/// The first item of all is an invitation on 5 March; the sessions of class and network are announced
/// two working days before they take place; the last item comes out on 17 March.
#[test]
fn nothing_is_public_before_its_time_and_everything_after() {
    let (folder, words) = library();
    let rows = rows();
    let before = whole(&folder, "2026-03-05T08:59:59Z");
    let announced = whole(&folder, "2026-03-10T09:00:00Z");
    let after = whole(&folder, "2026-04-30T12:00:00Z");
    let mut wrong = Vec::new();
    for (path, word) in &words {
        let audience = rows[path];
        let mut tell = |what: String| wrong.push(format!("{path} ({audience:?}) {what}"));
        if audience != Audience::Run
            && let Some(file) = found(&before, "public", word)
        {
            tell(format!("is in {file} before its release"));
        }
        if audience == Audience::Team {
            for built in [&announced, &after] {
                if let Some(file) = found(built, "public", word) {
                    tell(format!("is in {file}, and only the team may read it"));
                }
            }
        }
        if audience == Audience::Announced && found(&announced, "public", word).is_none() {
            tell("is announced and nowhere to be read".to_owned());
        }
        let tree = if audience == Audience::Team {
            "team"
        } else {
            "public"
        };
        let shown = found(&after, tree, word).is_some();
        if shown == listed(UNSHOWN, path) {
            tell(format!(
                "{} in the {tree} tree after its release",
                if shown { "is" } else { "is not" }
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A challenge in the folder form, with days that link to each other and to pictures.
fn thirty(days: u32) -> String {
    let mut text = format!(
        r#"{SITE}
-- content/steps/index.md --
---
kind: challenge
id: steps
title: Steps
summary: One small step a day.
purpose: So that people who have never posted find somebody they can ask.
count: {days}
cadence: {{every: day, days: weekdays}}
numbering: "Day {{n}}"
aliases: [steps-of-old]
---
Begin with [the first](day1.md), and end with [the NINTH words](day9.md).
-- sites/s/runs/steps.md --
---
id: spring
programme: steps
created: 2026-01-05
starts: 2026-03-02
channels: [everyone]
---
See [the secret draft](draft.md).
-- sites/s/runs/draft.md --
---
id: veiled-run
programme: veiled
title: The veiled run
created: 2026-01-05
starts: 2026-03-02
channels: [everyone]
draft: yes
---
veiled words.
-- content/veiled.md --
---
kind: challenge
id: veiled
title: Veiled programme
summary: Veiled summary.
purpose: So that people who have never posted find somebody they can ask.
count: 1
cadence: {{every: day, days: weekdays}}
---

## Veiled title {{#veiled-activity}}
### Do
Do it.
### Share
Share it.
"#
    );
    for day in 1..=days {
        let marker = if day == 9 { "xyzzyq" } else { "plain" };
        text.push_str(&format!(
            "-- content/steps/day{day}.md --\n---\nid: step{day}-{marker}\ntitle: Step {day} {marker}\norder: {day}\ntags: [{marker}]\n---\n## Do\nLook at ![it](picture{day}.png), {marker}, after [the next](day{}.md).\n## Share\nTell us of {marker}.\n-- content/steps/picture{day}.png --\npicture {day} {marker}\n",
            day % days + 1
        ));
    }
    text.push_str(
        "-- content/steps/spare.md --\n---\nid: spareword\ntitle: spareword\norder: 99\nspare: yes\n---\n## Do\nspareword\n## Share\nspareword\n",
    );
    text
}

/// The pages of the days that are out.
fn pages(built: &Built) -> Vec<String> {
    let files = built.tree("public").into_keys();
    let pages = files.filter_map(|path| {
        path.strip_prefix("public/s/spring/")?
            .strip_suffix("/index.html")
    });
    let asides = ["today", "catch-up", "card"];
    let pages = pages.filter(|page| !asides.contains(page));
    pages.map(str::to_owned).collect()
}

#[test]
fn w6_4_the_ninth_day_is_nowhere_before_it_is_due() {
    let folder = folder(&thirty(30));
    let noon = whole(&folder, "2026-03-11T12:00:00Z");
    let eight: Vec<String> = (1..=8).map(|day| format!("step{day}-plain")).collect();
    assert_eq!(pages(&noon), eight);
    assert_eq!(found(&noon, "public", "xyzzyq"), None);
    assert!(found(&noon, "team", "xyzzyq").is_some());
    let last_second = whole(&folder, "2026-03-12T08:59:59Z");
    assert_eq!(found(&last_second, "public", "xyzzyq"), None);
    let nine = whole(&folder, "2026-03-12T09:00:00Z");
    assert_eq!(pages(&nine).len(), 9);
    assert!(found(&nine, "public", "xyzzyq").is_some());
}

/// Links, pictures, redirects, drafts and spare activities give nothing away.
#[test]
fn w6_4_links_pictures_drafts_and_spares_give_nothing_away() {
    let folder = folder(&thirty(12));
    let noon = whole(&folder, "2026-03-11T12:00:00Z");
    for secret in [
        "picture9",
        "step9",
        "step10",
        "picture 9",
        "spareword",
        "veiled",
    ] {
        assert_eq!(found(&noon, "public", secret), None, "{secret} on 11 March");
    }
    let run = noon.text("public/s/spring/index.html");
    assert!(
        run.contains("../spring/step1-plain/\">the first</a>"),
        "a link to what is out is a link"
    );
    assert!(run.contains("the NINTH words") && !run.contains("the NINTH words</a>"));
    assert!(run.contains("See the secret draft."));
    let eighth = noon.text("public/s/spring/step8-plain/index.html");
    assert!(eighth.contains("the next") && !eighth.contains("the next</a>"));
    assert!(
        noon.codes().contains(&"link-unreleased"),
        "{:?}",
        noon.codes()
    );
    let over = whole(&folder, "2026-06-01T12:00:00Z");
    for public in ["picture9", "step9", "step12", "picture 9"] {
        assert!(found(&over, "public", public).is_some(), "{public} in June");
    }
    for secret in ["spareword", "veiled"] {
        assert_eq!(found(&over, "public", secret), None, "{secret} in June");
        assert!(found(&over, "team", secret).is_some(), "{secret} in June");
    }
}
