//! The designer's overview of a counted series: how its ramp rises, how long it takes, how its runs fall.

use super::chart::{self, Caption, Column};
use super::context::{FactLine, FallPart, Link, OverviewPart, Picture};
use super::shape::Shape;
use crate::model::{Occurrence, Strings};
use crate::visible::{TeamActivity, TeamProgramme, TeamRun, TeamView};
use jiff::civil::Date;

/// How far apart two days may be by rule: the longest distance that comes so often.
const A_RULE: usize = 3;

/// The overview, for kinds that count.
pub fn overview(shape: &Shape, seen: &TeamProgramme, view: &TeamView) -> Option<OverviewPart> {
    let programme = seen.programme;
    let steps: Vec<&str> = programme
        .design
        .ramp()?
        .iter()
        .map(String::as_str)
        .collect();
    let spare = |id: &str| programme.activity(id).is_some_and(|a| a.spare);
    let counted = seen.activities.iter().filter(|a| !spare(a.id));
    let counted: Vec<Counted> = counted
        .zip(1..)
        .map(|(activity, number)| Counted::new(number, activity, &steps))
        .collect();
    let words = &shape.site.words;
    let on_steps = on_steps(words, &counted, &steps);
    let runs = view.runs.iter();
    let runs = runs.filter(|run| run.programme.id == programme.id);
    Some(OverviewPart {
        ramp: (!steps.is_empty()).then(|| ramp(words, &counted, &steps, &on_steps)),
        steps: on_steps,
        minutes: minutes(words, &counted),
        runs: runs.filter_map(|run| fall(shape, run)).collect(),
    })
}

/// An activity with its number, and the step it is on.
struct Counted<'a> {
    number: u32,
    title: &'a str,
    minutes: Option<u32>,
    step: Option<u32>,
}

impl<'a> Counted<'a> {
    fn new(number: u32, activity: &TeamActivity<'a>, steps: &[&str]) -> Self {
        let step = activity.facts.iter().find(|fact| fact.key == "ramp");
        let step = step.and_then(|fact| {
            let name = fact.value.flat();
            steps.iter().position(|known| *known == name)
        });
        Self {
            number,
            title: activity.title,
            minutes: activity.minutes,
            step: step.map(|step| step as u32),
        }
    }

    fn column(&self, words: &Strings, value: Option<u32>, says: &str) -> Column {
        let n = self.number.to_string();
        let filled = [("n", n.as_str()), ("title", self.title), ("value", says)];
        Column {
            hint: words.say("chart_hint", &filled),
            label: n,
            value,
        }
    }
}

fn on_steps(words: &Strings, counted: &[Counted], steps: &[&str]) -> Vec<FactLine> {
    let line = |(at, step): (usize, &&str)| {
        let here = counted.iter().filter(|one| one.step == Some(at as u32));
        let numbers: Vec<u32> = here.map(|one| one.number).collect();
        let n = numbers.len().to_string();
        let value = match numbers.is_empty() {
            true => words.get("nothing_on_step").to_owned(),
            false => words.say("on_step", &[("n", &n), ("which", &ranges(&numbers))]),
        };
        FactLine::new(*step, value)
    };
    steps.iter().enumerate().map(line).collect()
}

fn ramp(words: &Strings, counted: &[Counted], steps: &[&str], lines: &[FactLine]) -> Picture {
    let says: Vec<String> = lines
        .iter()
        .map(|line| format!("{}: {}", line.label, line.value))
        .collect();
    let says = says.join("; ");
    let columns: Vec<Column> = counted
        .iter()
        .map(|one| {
            let step = one.step.map_or("–", |step| steps[step as usize]);
            one.column(words, one.step, step)
        })
        .collect();
    let caption = Caption {
        id: "ramp",
        title: words.get("chart_ramp"),
        says: &says,
    };
    Picture {
        title: caption.title.to_owned(),
        svg: chart::ladder(caption, &columns, steps),
        says,
    }
}

/// How long each takes; no picture where nobody said.
fn minutes(words: &Strings, counted: &[Counted]) -> Option<Picture> {
    let said: Vec<(&Counted, u32)> = counted
        .iter()
        .filter_map(|one| Some((one, one.minutes?)))
        .collect();
    let (longest, most) = said.iter().rev().max_by_key(|(_, minutes)| *minutes)?;
    let all: u32 = said.iter().map(|(_, minutes)| minutes).sum();
    let average = (all + said.len() as u32 / 2) / said.len() as u32;
    let [all, average, most] = [all, average, *most].map(|n| length(words, n));
    let filled = [
        ("all", all.as_str()),
        ("average", &average),
        ("most", &most),
        ("n", &longest.number.to_string()),
        ("title", longest.title),
    ];
    let mut says = words.say("chart_minutes_says", &filled);
    let unsaid = counted.len() - said.len();
    if unsaid > 0 {
        let unsaid = words.say("chart_minutes_unsaid", &[("n", &unsaid.to_string())]);
        says = format!("{says} {unsaid}");
    }
    let columns: Vec<Column> = counted
        .iter()
        .map(|one| {
            let takes = one.minutes.map_or("–".to_owned(), |n| length(words, n));
            one.column(words, one.minutes, &takes)
        })
        .collect();
    let caption = Caption {
        id: "minutes",
        title: words.get("chart_minutes"),
        says: &says,
    };
    Some(Picture {
        title: caption.title.to_owned(),
        svg: chart::columns(caption, &columns, &most),
        says,
    })
}

fn length(words: &Strings, minutes: u32) -> String {
    match minutes {
        1 => words.get("takes_minute").to_owned(),
        _ => words.say("takes_minutes", &[("n", &minutes.to_string())]),
    }
}

/// How the days of a run fall; nothing where all of it is there from the first day on.
fn fall(shape: &Shape, run: &TeamRun) -> Option<FallPart> {
    let words = &shape.site.words;
    let mut counted: Vec<&Occurrence> = run.rows.iter().filter(|o| o.number.is_some()).collect();
    counted.sort_by_key(|o| o.number);
    let mut days: Vec<Date> = counted.iter().map(|o| o.local.date()).collect();
    days.sort();
    days.dedup();
    let (first, _) = (days.first()?, days.get(1)?);
    let monday = first.iso_week_date().first_of_week().unwrap_or_default();
    let week = (0..7).map(|n| monday.date().saturating_add(jiff::Span::new().days(n)));
    let weekdays = week.filter_map(|day| {
        let here = counted.iter().filter(|o| {
            let falls = o.local.date().weekday();
            falls == day.weekday()
        });
        let numbers: Vec<u32> = here.filter_map(|o| o.number).collect();
        let value = ranges(&numbers);
        (!numbers.is_empty()).then(|| FactLine::new(words.weekday(day), value))
    });
    let zone = (&run.run.zone, run.run.zone_name.as_str());
    let (usual, pauses) = pauses(&days);
    let in_days = |n: i32| words.say("in_days", &[("n", &n.to_string())]);
    let pause = |(from, to): &(Date, Date)| {
        let days = [*from, *to].map(|day| {
            let weekday = words.weekday_short(day);
            format!("{weekday} {}", words.short_day(day))
        });
        FactLine::new(days.join(" – "), in_days(apart(*from, *to)))
    };
    Some(FallPart {
        run: Link {
            title: run.title.to_owned(),
            href: shape.href(&run.path()),
        },
        starts: shape.day(*first, zone),
        weekdays: weekdays.collect(),
        moved: moved(words, run, &counted),
        usual: words.say("days_apart", &[("days", &in_days(usual))]),
        pauses: pauses.iter().map(pause).collect(),
    })
}

/// What the calendar left out, and what it or somebody moved.
fn moved(words: &Strings, run: &TeamRun, counted: &[&Occurrence]) -> Vec<FactLine> {
    let dropped = run.dropped.iter();
    let dropped = dropped.map(|(day, why)| FactLine::new(words.full_day(*day), why.clone()));
    let moved = counted.iter().filter_map(|o| {
        let by_hand = o.moved.iter().map(|moved| moved.reason.as_str());
        let why: Vec<&str> = o.why.as_deref().into_iter().chain(by_hand).collect();
        let label = format!("{}, {}", o.title(), words.short_day(o.local.date()));
        (!why.is_empty()).then(|| FactLine::new(label, why.join("; ")))
    });
    dropped.chain(moved).collect()
}

/// How many days lie between two days of a series at most, as a rule, and where more do.
fn pauses(days: &[Date]) -> (i32, Vec<(Date, Date)>) {
    let pairs: Vec<(Date, Date)> = days.windows(2).map(|two| (two[0], two[1])).collect();
    let mut far: Vec<i32> = pairs.iter().map(|(a, b)| apart(*a, *b)).collect();
    far.sort_unstable();
    let often = |days: &&i32| far.iter().filter(|other| other == days).count() >= A_RULE;
    let usual = far.iter().rfind(often).or(far.first()).copied();
    let usual = usual.unwrap_or(0);
    let longer = pairs.into_iter().filter(|(a, b)| apart(*a, *b) > usual);
    (usual, longer.collect())
}

fn apart(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// `1–3, 5` for 1, 2, 3, 5.
fn ranges(numbers: &[u32]) -> String {
    let mut rows: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match rows.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => rows.push((*number, *number)),
        }
    }
    let row = |(first, last): &(u32, u32)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    };
    rows.iter().map(row).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn numbers_in_a_row_are_told_by_the_first_and_the_last() {
        assert_eq!(ranges(&[]), "");
        assert_eq!(ranges(&[4]), "4");
        assert_eq!(ranges(&[1, 2, 4, 5, 6, 9]), "1, 2, 4–6, 9");
    }

    #[test]
    fn a_pause_is_longer_than_what_is_usual() {
        let working = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23];
        let mut days: Vec<Date> = working.iter().map(|day| date(2026, 3, *day)).collect();
        assert_eq!(pauses(&days), (3, vec![]));
        days.push(date(2026, 3, 28));
        let pause = (date(2026, 3, 23), date(2026, 3, 28));
        assert_eq!(pauses(&days), (3, vec![pause]));
        let two = [date(2026, 3, 2), date(2026, 3, 9)];
        assert_eq!(pauses(&two), (7, vec![]));
    }
}
