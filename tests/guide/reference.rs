//! The reference chapter, written from the key tables and the sources.

use learnflow::diag::Severity;
use learnflow::document::{Audience, Key, keys};
use learnflow::kinds::{ACTIVITY_KEYS, COMMON_KEYS, KINDS};
use learnflow::load::{
    BANK_KEYS, CALENDAR_KEYS, CARD_KEYS, PICK_KEYS, PROMPT_KEYS, ROLE_KEYS, RUN_KEYS, SESSION_KEYS,
    SITE_KEYS, SOURCE_KEYS,
};
use learnflow::published::RULES;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::sources::codes;

/// Keys of the team's tables that are known only so that they can be refused with the reason.
const REFUSED: &[&str] = &[
    "assigned",
    "mentor",
    "mentee",
    "required",
    "mandatory",
    "deadline",
    "name",
    "email",
    "phone",
];

/// The chapter.
pub fn reference(sources: &[String]) -> String {
    let mut out = String::from(
        "# Every key and every message\n\n\
         This page is written by the program's own tests, from the tables that the program reads. Change nothing here by hand.\n\n\
         ## Keys\n\n\
         *Who reads it* tells when the words under a key can be seen. **Everybody**: as soon as the run stands on the site. \
         **Once announced**: from the invitation on. **Once out**: when the item is released. **The team**: never on the public pages.\n\n\
         Notes of your own may stand anywhere under `x:`; nobody reads them.\n",
    );
    let mut table = |title: &str, note: &str, tables: &[&'static [Key]]| {
        let _ = write!(out, "\n### {title}\n\n");
        if !note.is_empty() {
            let _ = write!(out, "{note}\n\n");
        }
        out.push_str("| key | who reads it |\n| --- | --- |\n");
        for key in keys(tables) {
            rows(key, "", &mut out);
        }
    };
    table("site.yaml", "", &[SITE_KEYS]);
    table(
        "A calendar of holidays",
        "A file `calendars/<name>.yaml`.",
        &[CALENDAR_KEYS],
    );
    table("A run", "", &[RUN_KEYS]);
    table(
        "A session of a network",
        "A file in `sessions/` beside the season's `index.md`.",
        &[SESSION_KEYS],
    );
    table("A pick", "", &[PICK_KEYS]);
    table(
        "A source",
        "One of the list `sources:` in `curation/sources.yaml` of a site.",
        &[SOURCE_KEYS],
    );
    table("A prompt bank", "`kind: prompts`.", &[BANK_KEYS]);
    table(
        "A prompt in a bank",
        "In the braces of its heading.",
        &[PROMPT_KEYS],
    );
    table(
        "A person's card",
        "A file `people/<handle>.md` of a site.",
        &[CARD_KEYS],
    );
    table("A role guide", "`kind: role`.", &[ROLE_KEYS]);
    table("Every programme", "", &[COMMON_KEYS]);
    table("Every activity", "", &[ACTIVITY_KEYS]);
    for kind in KINDS {
        let note = format!(
            "{}. On a holiday, unless you say otherwise: `{}`. Its discussions stay open for {} days.",
            sentence(kind.summary),
            kind.on_skip,
            kind.discussion_days
        );
        table(&format!("`kind: {}`", kind.name), &note, &[kind.keys]);
        if !kind.activity_keys.is_empty() {
            let title = format!("An activity of `kind: {}`", kind.name);
            table(&title, "", &[kind.activity_keys]);
        }
    }
    out.push_str(
        "\n## What `doctor` looks for\n\n\
         [`learnflow doctor`](published.md) looks at what is published. What is only worth knowing is no error.\n\n\
         | rule | what it demands | why | what to do |\n| --- | --- | --- | --- |\n",
    );
    for rule in RULES {
        let learnflow::published::Rule {
            number,
            demands,
            why,
            help,
            ..
        } = rule;
        let known = match rule.severity {
            Severity::Error => "",
            Severity::Warning => " (worth knowing)",
        };
        let _ = writeln!(
            out,
            "| `{number}`{known} | {demands} | {} | {} |",
            sentence(why),
            sentence(help)
        );
    }
    out.push_str(
        "\n## Messages\n\n\
         Each message has a name, which stands in square brackets where it is told. `…` is whatever it is about.\n\n\
         | name | what it says |\n| --- | --- |\n",
    );
    for (code, words) in messages(sources) {
        let words: Vec<String> = words.into_iter().collect();
        let _ = writeln!(
            out,
            "| <a id=\"{code}\"></a>`{code}` | {} |",
            words.join("<br>").replace('|', "\\|")
        );
    }
    out
}

fn rows(key: &Key, above: &str, out: &mut String) {
    let name = format!("{above}{}", key.name);
    let who = match key.audience {
        Audience::Run => "everybody",
        Audience::Announced => "once announced",
        Audience::Released => "once out",
        Audience::Team if above.is_empty() && REFUSED.contains(&key.name) => {
            "nobody: it is refused"
        }
        Audience::Team => "the team",
    };
    let _ = writeln!(out, "| `{name}` | {who} |");
    for inner in keys(&key.of) {
        rows(inner, &format!("{name}: "), out);
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// Every code of the sources, with the first words of its messages.
pub fn messages(sources: &[String]) -> BTreeMap<String, BTreeSet<String>> {
    let of = |code: &str| {
        let texts = || sources.iter().flat_map(|text| said(text, code));
        // A message that is made elsewhere has at least a reason or a way out beside its code.
        let instead = || sources.iter().filter_map(|text| said_after(text, code));
        let texts: Vec<String> = match texts().count() {
            0 => instead().collect(),
            _ => texts().collect(),
        };
        texts.iter().map(|text| first_words(text)).collect()
    };
    let found = codes().into_iter().map(|code| (code.clone(), of(&code)));
    found.collect()
}

/// What is said under a code, wherever it stands in a source.
fn said(source: &str, code: &str) -> Vec<String> {
    let quoted = format!("\"{code}\"");
    let places = source.match_indices(&quoted);
    let said = places.filter_map(|(at, _)| {
        let (before, after) = (&source[..at], &source[at + quoted.len()..]);
        let argument = before.rsplit('(').next().unwrap_or("");
        let needed = before[..before.len() - argument.len()].ends_with("need(");
        if (needed || code.starts_with("missing-"))
            && let Some(key) = argument.trim().strip_prefix('"')
        {
            let key = key.split('"').next().filter(|_| code != "missing-key");
            return Some(format!("`{}` is missing", key.unwrap_or("…")));
        }
        let next = after.trim_start_matches([',', ' ', '\n']);
        if next.starts_with("message") {
            let made = before.rsplit("let message").next().unwrap_or("");
            return first_string(made);
        }
        let next = next.strip_prefix("format!(").unwrap_or(next).trim_start();
        next.starts_with('"').then(|| first_string(next)).flatten()
    });
    said.filter(|text| text.contains(' ')).collect()
}

/// The first sentence after a code.
fn said_after(source: &str, code: &str) -> Option<String> {
    let (_, after) = source.split_once(&format!("\"{code}\""))?;
    let mut strings = after.match_indices('"').step_by(2);
    strings.find_map(|(at, _)| first_string(&after[at..]).filter(|text| text.contains(' ')))
}

/// The first string of a piece of code.
fn first_string(code: &str) -> Option<String> {
    let inside = code.split_once('"')?.1;
    let mut text = String::new();
    let mut letters = inside.chars();
    loop {
        match letters.next()? {
            '"' => return Some(text),
            '\\' => text.extend(letters.next().filter(|c| *c != '\n')),
            c => text.push(c),
        }
    }
}

/// The first nine words, with `…` for whatever is filled in.
fn first_words(message: &str) -> String {
    let mut text = String::new();
    let mut depth = 0;
    for c in message.chars() {
        match c {
            '{' => {
                depth += 1;
                text.push('…');
            }
            '}' => depth -= 1,
            c if depth == 0 => text.push(c),
            _ => {}
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut told = words[..words.len().min(9)].join(" ");
    // Half a pair of backticks would swallow the rest of the line.
    if told.matches('`').count() % 2 == 1 {
        told.push('`');
    }
    if words.len() > 9 {
        told.push_str(" …");
    }
    told
}
