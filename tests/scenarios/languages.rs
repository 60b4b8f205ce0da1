//! Several languages: one text in each, its days in one place.

use crate::common::{Built, build, build_on};
use crate::make::{edit_site, feed, fine, page, run, site, told};
use learnflow::model::Folder;

const CHALLENGE: &str = r#"
-- content/ask/index.md --
---
kind: challenge
id: ask
title: Ask well
summary: Three questions that open a conversation.
purpose: So that people who are stuck know how to ask a colleague for help.
language: en
count: 3
cadence: {every: day, days: weekdays}
numbering: "Day {n}"
---
What it is.

## How it goes

One question each morning.
-- content/ask/01-look.md --
---
id: look
order: 1
title: Look around
minutes: 5
---
## Do

Look at three groups.

## Share

Which of them would you ask?
-- content/ask/02-hello.md --
---
id: hello
order: 2
title: Say hello
minutes: 5
---
## Do

Say hello to somebody there.

## Share

Who answered you?
-- content/ask/03-ask.md --
---
id: ask-them
order: 3
title: Ask them
minutes: 5
milestone: celebration
---
## Do

Ask the question you have been carrying.

## Share

What did you ask?
"#;

/// The index and the first two activities; `03-ask` has no translation.
const PORTUGUESE: &str = r#"
-- content/ask/index.pt.md --
---
title: Perguntar bem
summary: Três perguntas que abrem uma conversa.
purpose: Para que quem está parado saiba pedir ajuda a um colega.
numbering: "Dia {n}"
---
O que é.

## Como funciona

Uma pergunta todas as manhãs.
-- content/ask/01-look.pt.md --
---
title: Olhar à volta
---
## Fazer

Veja três grupos.

## Partilhar

A qual deles perguntaria?
-- content/ask/02-hello.pt.md --
---
title: Dizer olá
---
## Do

Diga olá a alguém.

## Share

Quem respondeu?
"#;

/// A Portuguese site with the challenge from Monday on, and one fallback.
fn lisbon(fallback: &str) -> Folder {
    let files = format!(
        "{CHALLENGE}{PORTUGUESE}{}",
        run("r", "ask", "2026-03-02", "")
    );
    let mut folder = site(&files);
    let settings = format!("language: pt-PT\nwritten_in: en\nfallback: {fallback}");
    edit_site(&mut folder, "language: en-GB", &settings);
    folder
}

/// Wednesday evening: all three are due.
const WEDNESDAY: &str = "2026-03-04T20:00:00Z";

#[test]
fn m13_a_missing_translation_is_refused_by_name() {
    let built = build(&lisbon("refuse"), WEDNESDAY);
    assert!(built.diags.has_errors());
    let text = told(&built, "missing-translation");
    assert!(
        text.contains("`ask-them` is not translated into pt"),
        "{text}"
    );
    assert!(text.contains("content/ask/03-ask.pt.md"), "{text}");
    let place = built.diags.iter().find_map(|d| d.place.clone());
    assert_eq!(&*place.expect("a place").file, "content/ask/03-ask.md");
}

#[test]
fn m13_a_missing_translation_is_shown_with_a_note_and_its_language() {
    let built = build(&lisbon("show-with-note"), WEDNESDAY);
    fine(&built);
    let english = page(&built, "r/ask-them/");
    assert!(english.contains("<html lang=\"pt-PT\">"));
    assert!(english.contains("<h1 lang=\"en\">"), "{english}");
    assert!(english.contains("class=\"notice\""), "{english}");
    assert!(english.contains("<div class=\"text\" lang=\"en\">\n<p>Ask the question"));
    let portuguese = page(&built, "r/look/");
    assert!(portuguese.contains("Olhar à volta") && portuguese.contains("Veja três grupos"));
    assert!(!portuguese.contains("class=\"notice\""), "{portuguese}");
    assert!(!portuguese.contains("lang=\"en\""), "{portuguese}");
    // The front page marks the one item that is not in its language.
    let home = page(&built, "");
    assert_eq!(home.matches("<h3 lang=\"en\">").count(), 1, "{home}");
}

#[test]
fn m13_a_missing_translation_is_hidden_until_it_is_there() {
    let hidden = build(&lisbon("hide"), WEDNESDAY);
    fine(&hidden);
    assert!(!hidden.files.contains_key("public/s/r/ask-them/index.html"));
    for (path, bytes) in hidden.tree("public") {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("Ask them"), "{path}");
    }
    let plan = hidden.text("team/s/r/index.html");
    assert!(plan.contains("ainda não foi traduzido para português"));
    let sheets = hidden.text("team/s/programmes/ask/index.html");
    assert!(sheets.contains("Ask the question"));
    // Its translation is new on the day on which it comes.
    let mut folder = lisbon("hide");
    let text =
        "---\ntitle: Perguntar-lhes\n---\n## Do\n\nPergunte.\n\n## Share\n\nO que perguntou?\n";
    folder.files.insert(
        "content/ask/03-ask.pt.md".into(),
        text.as_bytes().to_vec().into(),
    );
    let later = build_on(&folder, "2026-03-05T12:00:00Z", &hidden.ledgers);
    assert_eq!(later.codes(), ["late"], "{}", later.told());
    assert_eq!(feed(&later, "r/")[0].0, "r/ask-them");
    assert_eq!(feed(&later, "r/")[1..], feed(&hidden, "r/")[..]);
}

/// The page of a folder may have headings of its own, which are nobody's activities.
#[test]
fn m13_what_a_programme_is_about_is_translated_with_its_headings() {
    let built = build(&lisbon("show-with-note"), WEDNESDAY);
    fine(&built);
    let about = page(&built, "programmes/ask/");
    assert!(about.contains(">Como funciona</h"), "{about}");
    assert!(!about.contains("How it goes"), "{about}");
}

/// What each language's feed holds: the last parts of the GUIDs.
fn entries<'a>(built: &'a Built, path: &str) -> Vec<&'a str> {
    feed(built, path).into_iter().map(|(key, _)| key).collect()
}

#[test]
fn m13_a_feed_of_a_language_mixes_nothing() {
    let built = build(&lisbon("show-with-note"), WEDNESDAY);
    assert_eq!(entries(&built, ""), ["r/ask-them", "r/hello", "r/look"]);
    assert_eq!(entries(&built, "languages/pt/"), ["r/hello", "r/look"]);
    assert_eq!(entries(&built, "languages/en/"), ["r/ask-them"]);
    // Where one is among the others it says what it is.
    let mixed = built.text("public/s/feed.xml");
    assert_eq!(
        mixed.matches("<item xml:lang=\"en\">").count(),
        1,
        "{mixed}"
    );
    assert!(mixed.contains("<language>pt-PT</language>"));
    let english = built.text("public/s/languages/en/feed.xml");
    assert!(english.contains("<language>en</language>") && !english.contains("xml:lang"));
    // The front page leads to both.
    let home = page(&built, "");
    assert!(home.contains("href=\"languages/pt/feed.xml\""), "{home}");
    // A translation that comes later changes the page and no entry.
    let mut folder = lisbon("show-with-note");
    let text =
        "---\ntitle: Perguntar-lhes\n---\n## Do\n\nPergunte.\n\n## Share\n\nO que perguntou?\n";
    folder.files.insert(
        "content/ask/03-ask.pt.md".into(),
        text.as_bytes().to_vec().into(),
    );
    let later = build_on(&folder, WEDNESDAY, &built.ledgers);
    fine(&later);
    assert_eq!(
        built.text("public/s/feed.xml"),
        later.text("public/s/feed.xml")
    );
    assert!(page(&later, "r/ask-them/").contains("Perguntar-lhes"));
}

/// Long after the last item in one language its feed is still there, and holds what it held.
#[test]
fn m13_a_feed_of_a_language_does_not_empty_while_another_goes_on() {
    let before = build(&lisbon("show-with-note"), WEDNESDAY);
    let mut folder = lisbon("show-with-note");
    let more = crate::common::folder(&run("later", "ask", "2026-05-05", ""));
    folder.files.extend(more.files);
    let built = build_on(&folder, "2026-05-05T12:00:00Z", &before.ledgers);
    fine(&built);
    assert_eq!(entries(&built, ""), ["later/look"]);
    assert_eq!(entries(&built, "languages/pt/"), ["later/look"]);
    assert_eq!(entries(&built, "languages/en/"), ["r/ask-them"]);
    assert_eq!(
        feed(&built, "languages/en/"),
        feed(&before, "languages/en/")
    );
}

#[test]
fn m13_days_are_taken_from_the_original() {
    let portuguese = build(&lisbon("show-with-note"), WEDNESDAY);
    let files = format!("{CHALLENGE}{}", run("r", "ask", "2026-03-02", ""));
    let english = build(&site(&files), WEDNESDAY);
    let days = |built: &Built| -> Vec<String> {
        let lines = built.plans["s/r"].lines();
        lines.map(|line| line[..40].to_owned()).collect()
    };
    assert_eq!(days(&portuguese), days(&english));
    assert!(portuguese.plans["s/r"].contains("Dia 1: Olhar à volta"));
}

/// A site that speaks English, and one run on it that speaks Portuguese.
#[test]
fn m13_a_run_in_another_language_than_its_site() {
    let runs =
        run("ours", "ask", "2026-03-02", "language: pt") + &run("r", "ask", "2026-03-02", "");
    let built = build(&site(&format!("{CHALLENGE}{PORTUGUESE}{runs}")), WEDNESDAY);
    fine(&built);
    let theirs = page(&built, "ours/look/");
    assert!(theirs.contains("<html lang=\"en-GB\">"));
    assert!(theirs.contains("<h1 lang=\"pt\">"), "{theirs}");
    assert!(!theirs.contains("class=\"notice\""), "{theirs}");
    // What nobody translated for the Portuguese run is in the page's language, and says why.
    let untranslated = page(&built, "ours/ask-them/");
    assert!(untranslated.contains("class=\"notice\""), "{untranslated}");
    assert!(page(&built, "r/look/").contains("<h1>"));
}
