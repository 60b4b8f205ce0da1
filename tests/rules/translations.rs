//! Translations beside their originals.

use crate::{Case, case};

/// A challenge of two activities, one of them in Portuguese as well, and a bank in both languages.
const TRANSLATED: &str = r#"
-- content/c.md --
---
kind: challenge
id: steps
title: Small steps
summary: One small thing after the other.
purpose: So that people who are new find one colleague whom they can ask.
language: en
count: 2
cadence: {every: day, days: weekdays, at: "09:00"}
milestones:
  - {id: half, after: 1, title: Half, say: Half of it is done.}
---
What it is.

## Look around {#look minutes=5}

### Do

Look at three groups.

### Share

Which one did you choose?

## Say hello {#hello minutes=5 milestone=celebration}

### Do

Say hello to them.

### Share

Who answered?
-- content/c.pt.md --
---
title: Pequenos passos
summary: Uma coisa pequena depois da outra.
purpose: Para que quem chega encontre uma pessoa a quem possa perguntar.
milestones:
  - {id: half, title: Metade, say: Metade está feita.}
---
O que é.

## Olhar à volta {#look}

### Do

Veja três grupos.

### Share

Qual escolheu?
-- content/f/index.md --
---
kind: challenge
id: folder
title: Steps in a folder
summary: One small thing after the other.
purpose: So that people who are new find one colleague whom they can ask.
count: 1
cadence: {every: day, days: weekdays, at: "09:00"}
---
What it is.
-- content/f/a.md --
---
id: one
order: 1
title: One
minutes: 5
milestone: celebration
---
## Do

Take it.

## Share

What came of it?
-- content/f/a.pt.md --
---
title: Um
---
## Do

Dê o passo.

## Share

O que aconteceu?
-- content/b.md --
---
kind: prompts
id: questions
title: Questions
---

## The first {#first}

What did you see?
-- content/b.pt.md --
---
title: Perguntas
---

## A primeira {#first}

O que viu?
-- sites/s/runs/r.md --
---
id: r
programme: steps
created: 2026-01-01
starts: 2026-03-02
channels: [everyone]
language: pt
---
Desta vez.
"#;

pub const CASES: &[Case] = &[
    case(
        "orphan-translation",
        TRANSLATED,
        &[("", "-- content/d.pt.md --\n---\ntitle: Nada\n---\n")],
    ),
    case(
        "other-id",
        TRANSLATED,
        &[("title: Um\n", "title: Um\nid: two\n")],
    ),
    case(
        "no-original",
        TRANSLATED,
        &[("## Olhar à volta {#look}", "## Olhar à volta {#loook}")],
    ),
    case(
        "no-original",
        TRANSLATED,
        &[("{id: half, title: Metade", "{id: haf, title: Metade")],
    ),
    case(
        "no-original",
        TRANSLATED,
        &[(
            "title: Pequenos passos",
            "title: Pequenos passos\naudience: Toda a gente",
        )],
    ),
    case(
        "no-original",
        TRANSLATED,
        &[("## A primeira {#first}", "## A primeira {#second}")],
    ),
    case(
        "not-words",
        TRANSLATED,
        &[(
            "## Olhar à volta {#look}",
            "## Olhar à volta {#look minutes=5}",
        )],
    ),
    case(
        "not-words",
        TRANSLATED,
        &[(
            "{id: half, title: Metade",
            "{id: half, after: 1, title: Metade",
        )],
    ),
    case(
        "missing-title",
        TRANSLATED,
        &[("title: Pequenos passos\n", "")],
    ),
    case(
        "unknown-key",
        TRANSLATED,
        &[(
            "title: Pequenos passos",
            "title: Pequenos passos\ncolour: azul",
        )],
    ),
    case(
        "summary-too-long",
        TRANSLATED,
        &[(
            "Uma coisa pequena depois da outra.",
            "Uma coisa pequena depois da outra, e depois mais uma coisa pequena, e depois ainda outra, até que já ninguém sabe dizer quantas coisas pequenas eram, nem qual delas foi a primeira, nem porque é que tudo isto começou assim.",
        )],
    ),
    case(
        "section-not-translated",
        TRANSLATED,
        &[("\n### Share\n\nQual escolheu?", "")],
    ),
    case(
        "missing-translation",
        TRANSLATED,
        &[("language: en-GB", "language: en-GB\nfallback: refuse")],
    ),
    case(
        "wrong-value",
        TRANSLATED,
        &[("language: en-GB", "language: en-GB\nfallback: never")],
    ),
];

/// What the cases edit.
pub const BASE: &str = TRANSLATED;
