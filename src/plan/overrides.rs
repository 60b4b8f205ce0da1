//! Decisions about single occurrences: applied after the cadence, in the order of their days. They
//! never shift or renumber anything else.

use crate::diag::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::{
    Action, Besides, Draft, Ground, Horizon, Id, Markdown, Moved, News, Override, Part, Pinned,
    Section, Texts, Tongue, Words,
};
use jiff::civil::{Date, Time};
use std::collections::{BTreeMap, BTreeSet};

/// Applies a run's overrides to its drafts and says for each key what was decided.
pub fn apply(
    drafts: &mut Vec<Draft>,
    ground: &Ground,
    diags: &mut Diagnostics,
) -> BTreeMap<String, Vec<Moved>> {
    let mut decided: BTreeMap<String, Vec<Moved>> = BTreeMap::new();
    let mut inserted: BTreeSet<&str> = BTreeSet::new();
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    for decision in &ground.run.overrides {
        let key = decision.key.as_str();
        if let Action::Insert(activity, date, time) = &decision.action {
            if !inserted.insert(key) || drafts.iter().any(|draft| draft.key == key) {
                diags.push(
                    Diagnostic::error(
                        "duplicate-id",
                        format!("there is an occurrence `{key}` already"),
                    )
                    .at(ground.run.origin.place(decision.at.clone()))
                    .help("give the inserted one an id of its own"),
                );
                continue;
            }
            let Some(words) = words(ground, activity, decision, diags) else {
                continue;
            };
            let mut draft = Draft::new(key, *date, time.unwrap_or(ground.hour()), words);
            draft.drawn = activity.to_string();
            drafts.push(draft);
            continue;
        }
        let Some(index) = drafts.iter().position(|draft| draft.key == key) else {
            unknown(drafts, decision, ground, diags);
            continue;
        };
        let announced = announced_before(drafts, &drafts[index], decision.on, ground);
        let draft = &mut drafts[index];
        let planned = (draft.date, draft.time);
        let released = ground.pinned.days.get(key);
        if released.is_some_and(|day| !allowed_after_release(draft, decision, *day)) {
            diags.push(
                Diagnostic::warning(
                    "released-override",
                    format!("`{key}` is out; it can only be cancelled, its page replaced, or be published anew"),
                )
                .at(ground.run.origin.place(decision.at.clone()))
                .help("remove the override, or tell people in a new item"),
            );
            continue;
        }
        match &decision.action {
            Action::Move(date, time) => {
                draft.date = *date;
                draft.time = time.unwrap_or(draft.time);
                decided.entry(key.to_owned()).or_default().push(Moved {
                    on: decision.on,
                    reason: decision.reason.clone(),
                });
            }
            Action::Cancel => {
                draft.cancelled = Some(decision.reason.clone());
                with_it(drafts, key, ground, |part| {
                    part.cancelled = Some(decision.reason.clone())
                });
                let draft = &drafts[index];
                // An invitation to several weeks holds without one of them.
                if let Some(announcement) = draft.announced_by.clone()
                    && draft.event_minutes.is_some()
                    && !announced
                    && !ground.pinned.has(&announcement)
                {
                    recall(drafts, &announcement, &decision.reason);
                }
            }
            Action::Hold(None) => {
                draft.held = Some(decision.reason.clone());
                with_it(drafts, key, ground, |part| {
                    part.held = Some(decision.reason.clone())
                });
            }
            Action::Hold(Some(until)) => {
                if *until > draft.date {
                    draft.date = *until;
                    draft.why = Some(decision.reason.clone());
                }
            }
            Action::Replace(with) => {
                if let Some(words) = words(ground, with, decision, diags) {
                    draft.words = words;
                    draft.drawn = with.to_string();
                }
            }
            Action::Tell => {
                if draft.announced_by.is_none() && !draft.empty {
                    diags.push(nobody_to_tell(decision, ground));
                    continue;
                }
                *told.entry(key).or_default() += 1;
            }
            // Its words are read when it is released anew.
            Action::Insert(..) | Action::Republish => {}
        }
        let moves = decided.get(key).map_or(0, Vec::len);
        let news = match decision.action {
            Action::Move(..) => Some((News::Moved, moves)),
            Action::Cancel => Some((News::Cancelled, 1)),
            Action::Tell => told.get(key).map(|times| (News::Changed, *times)),
            _ => None,
        };
        // News that is out stays, whatever is known now.
        let news =
            news.filter(|(news, times)| announced || ground.pinned.has(&news.key(key, *times)));
        if let Some((news, times)) = news {
            let event = &drafts[index];
            let says = match news {
                News::Moved => moved_from(planned, event, &decision.reason, ground),
                _ => decision.reason.clone(),
            };
            let news = news_of(event, news, times, says, decision, ground);
            drafts.push(news);
        }
    }
    decided
}

/// What was decided before the release, or brought the item out on its day, stays as it was told.
fn allowed_after_release(draft: &Draft, decision: &Override, day: Date) -> bool {
    let before = decision.on <= day;
    match &decision.action {
        Action::Cancel | Action::Replace(_) | Action::Tell | Action::Republish => true,
        Action::Move(to, _) => before || *to == day || draft.event_minutes.is_some(),
        Action::Hold(Some(until)) => before || *until == day,
        Action::Hold(None) | Action::Insert(..) => false,
    }
}

/// Whether people had been told of an event when something about it was decided. What was decided before
/// stands in the announcement already, however late it is known here that the announcement is out.
fn announced_before(drafts: &[Draft], draft: &Draft, on: Date, ground: &Ground) -> bool {
    draft.announced_by.as_ref().is_some_and(|key| {
        let planned = || drafts.iter().find(|d| d.key == *key).map(|d| d.date);
        let day = ground.pinned.days.get(key).copied().or_else(planned);
        day.is_some_and(|day| day <= on)
    })
}

/// What belongs to an event and is not out shares its fate.
fn with_it(drafts: &mut [Draft], event: &str, ground: &Ground, share: impl Fn(&mut Draft)) {
    let parts = drafts
        .iter_mut()
        .filter(|draft| draft.part_of.as_deref() == Some(event) && !ground.pinned.has(&draft.key));
    parts.for_each(share);
}

/// What is cancelled before it was announced is not announced.
fn recall(drafts: &mut [Draft], announcement: &str, reason: &str) {
    for draft in drafts.iter_mut().filter(|draft| draft.key == announcement) {
        draft.cancelled = Some(reason.to_owned());
    }
}

/// Nobody is invited, so nobody waits for news.
fn nobody_to_tell(decision: &Override, ground: &Ground) -> Diagnostic {
    Diagnostic::error(
        "nobody-to-tell",
        format!("nobody is invited to `{}`", decision.key),
    )
    .at(ground.run.origin.place(decision.at.clone()))
    .why("`tell` says something new to those who have read an invitation")
    .help("name an event that has one, or change the text itself")
}

/// From when to when an event was moved, and why.
fn moved_from(planned: (Date, Time), event: &Draft, reason: &str, ground: &Ground) -> String {
    let words = &ground.site.words;
    let [from, to] = [planned, (event.date, event.time)]
        .map(|(date, time)| format!("{}, {}", words.full_day(date), time.strftime("%H:%M")));
    let says = ground.say("news_moved_says", &[("from", &from), ("to", &to)]);
    format!("{says} {reason}")
}

/// The item that tells those who were invited what has become of an event.
fn news_of(
    event: &Draft,
    news: News,
    times: usize,
    says: String,
    decision: &Override,
    ground: &Ground,
) -> Draft {
    let (source, at) = (ground.run.origin.clone(), decision.at.clone());
    let text = Markdown::own(source, at, says.clone());
    let words = Words {
        title: event.words.title.clone(),
        parts: vec![Part {
            section: Section::Words,
            text,
        }]
        .into(),
        tongue: Tongue::Run,
        besides: Besides {
            summary: Some(says),
            ..Besides::default()
        }
        .into(),
        ..Words::default()
    };
    let key = news.key(&event.key, times);
    let mut item = Draft::new(key, decision.on, ground.hour(), words);
    let what = ground.say(&format!("news_{}", news.name()), &[]);
    // No two are called the same.
    item.label = Some(match times {
        1 => what,
        _ => format!("{what}, {}", ground.short_day(decision.on)),
    });
    item.drawn = event.drawn.clone();
    item.invites = Some(event.key.clone());
    item
}

fn words(ground: &Ground, id: &Id, decision: &Override, diags: &mut Diagnostics) -> Option<Texts> {
    let found = ground.words(id);
    if found.is_none() {
        let names = ground.programme.activities.iter().map(|a| a.id.as_str());
        let help = match did_you_mean(id, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                "write the id of an activity of the programme, or of a prompt of its bank".into()
            }
        };
        diags.push(
            Diagnostic::error("unknown-activity", format!("there is no activity `{id}`"))
                .at(ground.run.origin.place(decision.at.clone()))
                .help(help),
        );
    }
    found
}

/// An override for nothing. Whether it is depends on the content alone: the run is planned once more
/// without releases and far enough for the day in the key.
fn unknown(drafts: &[Draft], decision: &Override, ground: &Ground, diags: &mut Diagnostics) {
    let day = decision
        .key
        .split('/')
        .find_map(|part| part.parse::<Date>().ok());
    let wide = Ground {
        pinned: &Pinned::default(),
        horizon: Horizon {
            today: day.unwrap_or(ground.run.starts),
        },
        ..*ground
    };
    let all = ground
        .programme
        .design
        .occurrences(&wide, &mut Diagnostics::new());
    if all.iter().any(|draft| draft.key == decision.key) {
        return;
    }
    let names = drafts.iter().chain(&all).map(|draft| draft.key.as_str());
    let help = match did_you_mean(&decision.key, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`learnflow plan` lists every occurrence with its id".to_owned(),
    };
    diags.push(
        Diagnostic::error(
            "unknown-occurrence",
            format!("this run has no occurrence `{}`", decision.key),
        )
        .at(ground.run.origin.place(decision.at.clone()))
        .help(help),
    );
}
