//! The room that fills the slots of a flow: the rules hold whatever is picked, what is settled stays, and the order in
//! which picks are read decides nothing.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use learnflow::pace::{Came, Item, Paced, Rules, Slot, Wants, Why, fill};
use proptest::prelude::*;
use proptest::sample::select;

const MONDAY: Date = date(2026, 3, 2);

/// So many weekdays from the first Monday on, each settled two working days before.
fn weekdays(count: usize) -> Vec<Slot<'static>> {
    let weekend = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let days = (-14i64..).map(|n| MONDAY.saturating_add(n.days()));
    let days: Vec<Date> = days.filter(|day| !weekend(*day)).take(count + 10).collect();
    let slot = |at: usize| {
        let day = days[at];
        Slot {
            nominal: day,
            date: day,
            settled: days[at - 2],
            week: day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
            theme: None,
            wants: Wants::Any,
            came: Came::NotYet,
        }
    };
    (10..count + 10).map(slot).collect()
}

fn item<'a>(id: &'a str, source: Option<&'a str>) -> Item<'a> {
    Item {
        id,
        source,
        picked_on: Some(date(2026, 2, 2)),
        ..Item::default()
    }
}

fn shown<'a>(paced: &Paced, items: &[Item<'a>]) -> Vec<&'a str> {
    let slots = paced.slots.iter();
    slots
        .map(|slot| slot.item.map_or("-", |item| items[item].id))
        .collect()
}

/// Twenty picks of which twelve have one source, in as many slots.
#[test]
fn w7_3_one_source_of_many_stands_in_every_fifth_slot_and_the_rest_waits() {
    let names: Vec<String> = (0..20).map(|n| format!("p{n:02}")).collect();
    let others: Vec<String> = (12..20).map(|n| format!("s{n}")).collect();
    let items: Vec<Item> = names
        .iter()
        .enumerate()
        .map(|(n, id)| item(id, Some(n.checked_sub(12).map_or("loud", |n| &others[n]))))
        .collect();
    let slots = weekdays(20);
    let rules = Rules {
        source_gap: 5,
        ..Rules::default()
    };
    let paced = fill(&slots, &items, &rules);
    let loud: Vec<usize> = (0..20)
        .filter(|at| {
            paced.slots[*at]
                .item
                .is_some_and(|i| items[i].source == Some("loud"))
        })
        .collect();
    assert_eq!(loud, [0, 5, 10, 15], "{:?}", shown(&paced, &items));
    let filled = paced
        .slots
        .iter()
        .filter(|slot| slot.item.is_some())
        .count();
    assert_eq!(filled, 12, "eight others and four of the loud one");
    assert_eq!(paced.waiting.len(), 8);
    assert!(paced.waiting.iter().all(|(_, why)| *why == Why::Source));
    assert!(paced.slots.iter().all(|slot| !slot.cut));
}

/// Four themes of a week each: the fifth week shows what the first did not.
#[test]
fn w7_4_a_circular_flow_shows_what_is_new_first_and_then_again() {
    let themes = ["one", "two", "three", "four"];
    let mut slots = weekdays(50);
    for (at, slot) in slots.iter_mut().enumerate() {
        slot.theme = Some(themes[at / 5 % 4]);
    }
    // Eight of the first theme, five of each other.
    let names: Vec<(String, &str)> = themes
        .iter()
        .flat_map(|theme| {
            let count = if *theme == "one" { 8 } else { 5 };
            (0..count).map(move |n| (format!("{theme}-{n}"), *theme))
        })
        .collect();
    let items: Vec<Item> = names
        .iter()
        .map(|(id, theme)| Item {
            theme: Some(theme),
            ..item(id, None)
        })
        .collect();
    let rules = Rules {
        repeats: true,
        ..Rules::default()
    };
    let paced = fill(&slots, &items, &rules);
    let shown = shown(&paced, &items);
    assert_eq!(shown[..5], ["one-0", "one-1", "one-2", "one-3", "one-4"]);
    assert_eq!(shown[20..25], ["one-5", "one-6", "one-7", "one-0", "one-1"]);
    assert_eq!(shown[40..45], ["one-2", "one-3", "one-4", "one-5", "one-6"]);
    let again: Vec<bool> = paced.slots[20..25].iter().map(|slot| slot.again).collect();
    assert_eq!(again, [false, false, false, true, true]);
}

#[test]
fn c11_a_pick_of_today_takes_no_slot_that_is_settled() {
    let mut items = vec![item("a", None)];
    let slots = weekdays(10);
    let before = fill(&slots, &items, &Rules::default());
    // Monday is today: Monday, Tuesday and Wednesday are settled.
    items.push(Item {
        picked_on: Some(MONDAY),
        ..item("0", None)
    });
    let after = fill(&slots, &items, &Rules::default());
    assert_eq!(
        shown(&before, &items),
        ["a", "-", "-", "-", "-", "-", "-", "-", "-", "-"]
    );
    assert_eq!(
        shown(&after, &items),
        ["a", "-", "-", "0", "-", "-", "-", "-", "-", "-"]
    );
    // Unless somebody gives it the day; what stood there finds the next that is free.
    items[1].slot = Some(MONDAY);
    let after = fill(&slots, &items, &Rules::default());
    assert_eq!(
        shown(&after, &items),
        ["0", "-", "-", "a", "-", "-", "-", "-", "-", "-"]
    );
}

#[test]
fn c13_what_expires_before_its_slot_is_never_shown_and_is_told() {
    let items = [
        Item {
            expires: Some(MONDAY),
            ..item("gone", None)
        },
        Item {
            expires: Some(date(2026, 3, 4)),
            ..item("soon", None)
        },
        item("always", None),
    ];
    let paced = fill(&weekdays(5), &items, &Rules::default());
    assert_eq!(shown(&paced, &items), ["soon", "always", "-", "-", "-"]);
    assert_eq!(paced.waiting, [(0, Why::Expires)]);
}

#[test]
fn the_challenging_view_of_the_week_is_kept_for_the_week_that_lacks_it() {
    let challenging = |id| Item {
        challenges: true,
        ..item(id, None)
    };
    let items: Vec<Item> = vec![
        challenging("c1"),
        challenging("c2"),
        item("d1", None),
        item("d2", None),
        item("d3", None),
        item("d4", None),
        item("d5", None),
        item("d6", None),
        item("d7", None),
        item("d8", None),
    ];
    let rules = Rules {
        challenging: 1,
        ..Rules::default()
    };
    let paced = fill(&weekdays(11), &items, &rules);
    let shown = shown(&paced, &items);
    assert_eq!(shown[..5], ["c1", "d1", "d2", "d3", "d4"]);
    assert_eq!(shown[5..10], ["c2", "d5", "d6", "d7", "d8"]);
}

/// Looking ahead: what fits only today goes today, though another has waited longer.
#[test]
fn the_slots_ahead_are_filled_though_the_first_choice_would_leave_one_empty() {
    let mut slots = weekdays(2);
    slots[0].wants = Wants::Formats(&["read", "watch"]);
    slots[1].wants = Wants::Formats(&["read"]);
    let items = [
        Item {
            format: Some("read"),
            ..item("a", None)
        },
        Item {
            format: Some("watch"),
            ..item("b", None)
        },
    ];
    let paced = fill(&slots, &items, &Rules::default());
    assert_eq!(shown(&paced, &items), ["b", "a"]);
    // Without a step to spare the first order that was found holds, and it says so.
    let rules = Rules {
        steps: 0,
        ..Rules::default()
    };
    let paced = fill(&slots, &items, &rules);
    assert_eq!(shown(&paced, &items), ["a", "-"]);
    assert!(paced.slots[0].cut);
    assert_eq!(paced.waiting, [(1, Why::Others)]);
}

#[test]
fn each_reason_for_waiting_is_told() {
    let mut slots = weekdays(5);
    for slot in &mut slots {
        slot.theme = Some("theirs");
        slot.wants = Wants::Formats(&["read"]);
    }
    let read = |id| Item {
        format: Some("read"),
        ..item(id, Some("s"))
    };
    let items = [
        Item {
            not_before: Some(date(2027, 1, 1)),
            ..read("later")
        },
        Item {
            theme: Some("other"),
            ..read("theme")
        },
        Item {
            format: Some("do"),
            ..read("format")
        },
        read("first"),
        read("source"),
        Item {
            source: Some("t"),
            ..read("same")
        },
    ];
    let rules = Rules {
        source_gap: 20,
        format_gap: 5,
        ..Rules::default()
    };
    let paced = fill(&slots, &items, &rules);
    assert_eq!(shown(&paced, &items)[0], "first");
    let why: Vec<Why> = paced.waiting.iter().map(|(_, why)| *why).collect();
    assert_eq!(
        why,
        [
            Why::NotBefore,
            Why::Theme,
            Why::Wants,
            Why::Source,
            Why::Format
        ]
    );
    let full = fill(&slots[..1], &items[3..5], &Rules::default());
    assert_eq!(full.waiting, [(1, Why::Others)]);
}

const SOURCES: [Option<&str>; 5] = [None, Some("a"), Some("b"), Some("c"), Some("c")];
const FORMATS: [Option<&str>; 4] = [None, Some("read"), Some("watch"), Some("do")];
const THEMES: [Option<&str>; 4] = [None, None, Some("one"), Some("two")];
const NAMES: [&str; 24] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s",
    "t", "u", "v", "w", "x",
];

/// A pick on some day between a fortnight before the first slot and the fourth week.
fn drawn(id: &'static str) -> impl Strategy<Value = Item<'static>> {
    let what = (
        select(&SOURCES[..]),
        select(&FORMATS[..]),
        select(&THEMES[..]),
    );
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    let days = (
        -14i64..28,
        prop::option::weighted(0.2, 0i64..40),
        prop::option::weighted(0.2, 5i64..60),
    );
    let slot = prop::option::weighted(0.15, 0i64..28);
    (what, flags, days, slot).prop_map(
        move |((source, format, theme), (asks, challenges, own), (picked, first, end), slot)| {
            let day = |n: i64| MONDAY.saturating_add(n.days());
            Item {
                id,
                source,
                format,
                theme,
                asks,
                challenges,
                own,
                slot: slot.map(day),
                picked_on: Some(day(picked)),
                not_before: first.map(day),
                expires: end.map(day),
                ..Item::default()
            }
        },
    )
}

fn picks() -> impl Strategy<Value = Vec<Item<'static>>> {
    (1usize..24)
        .prop_flat_map(|count| {
            NAMES[..count]
                .iter()
                .map(|id| drawn(id))
                .collect::<Vec<_>>()
        })
        .prop_map(|mut items| {
            // No two on one day: that is refused before.
            let mut taken = std::collections::BTreeSet::new();
            for item in &mut items {
                item.slot = item.slot.filter(|day| taken.insert(*day));
            }
            items
        })
}

fn rules() -> impl Strategy<Value = Rules> {
    (
        1usize..6,
        1usize..4,
        0u32..2,
        0u32..2,
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(source_gap, format_gap, challenging, own, repeats, newest_first)| Rules {
                source_gap,
                format_gap,
                challenging,
                own,
                repeats,
                newest_first,
                steps: 200,
            },
        )
}

/// Four weeks with two themes in turn and, if so, a pattern.
fn month(pattern: bool) -> Vec<Slot<'static>> {
    const DAYS: [Wants; 5] = [
        Wants::Any,
        Wants::Formats(&["do"]),
        Wants::Formats(&["watch", "read"]),
        Wants::Question,
        Wants::Nothing,
    ];
    let mut slots = weekdays(20);
    for (at, slot) in slots.iter_mut().enumerate() {
        slot.theme = Some(["one", "two"][at / 5 % 2]);
        if pattern {
            slot.wants = DAYS[at % 5];
        }
    }
    slots
}

/// The ids in the slots that are settled when a day begins, as that day knows them.
fn settled<'a>(
    slots: &[Slot],
    items: &[Item<'a>],
    rules: &Rules,
    today: Date,
) -> Vec<Option<&'a str>> {
    let known: Vec<Item> = items
        .iter()
        .filter(|item| item.picked_on.is_some_and(|day| day < today))
        .cloned()
        .collect();
    let paced = fill(slots, &known, rules);
    let both = slots.iter().zip(paced.slots);
    both.filter(|(slot, _)| slot.settled <= today)
        .map(|(_, filled)| filled.item.map(|item| known[item].id))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Dates, theme, pattern and gaps hold for whatever learnflow placed; nothing is shown twice but in a circle.
    #[test]
    fn the_hard_rules_always_hold(items in picks(), rules in rules(), pattern in any::<bool>()) {
        let slots = month(pattern);
        let paced = fill(&slots, &items, &rules);
        let mut seen = std::collections::BTreeSet::new();
        for (at, (slot, filled)) in slots.iter().zip(&paced.slots).enumerate() {
            let Some(index) = filled.item else { continue };
            let item = &items[index];
            prop_assert!(seen.insert(index) || rules.repeats, "{} twice", item.id);
            if item.slot == Some(slot.nominal) {
                continue;
            }
            prop_assert!(item.picked_on.is_none_or(|day| day < slot.settled));
            prop_assert!(item.not_before.is_none_or(|day| day <= slot.date));
            prop_assert!(item.expires.is_none_or(|day| slot.date < day));
            prop_assert!(item.theme.is_none() || item.theme == slot.theme);
            let wanted = match slot.wants {
                Wants::Any => true,
                Wants::Formats(formats) => item.format.is_some_and(|own| formats.contains(&own)),
                Wants::Question => item.asks,
                Wants::Nothing => false,
            };
            prop_assert!(wanted);
            for apart in 1..6usize {
                // What was given a day after this slot was settled may stand near: that was decided by hand.
                let Some(other) = at.checked_sub(apart) else { continue };
                let Some(other) = paced.slots[other].item.filter(|_| paced.slots[other].changed.is_none()) else { continue };
                let other = &items[other];
                let same = |a: Option<&str>, b: Option<&str>| a.is_some() && a == b;
                prop_assert!(apart >= rules.source_gap || !same(item.source, other.source));
                prop_assert!(apart >= rules.format_gap || !same(item.format, other.format));
            }
        }
        // Each pick stands in a slot, waits with a reason, or was given a day that is none of these.
        for (index, item) in items.iter().enumerate() {
            let waits = paced.waiting.iter().filter(|(at, _)| *at == index).count();
            prop_assert_eq!(waits == 1, item.slot.is_none() && !seen.contains(&index));
        }
    }

    /// What is settled on one day is the same on every later day, whatever was picked in between, unless somebody gave
    /// its day to another pick.
    #[test]
    fn nothing_that_is_settled_moves(items in picks(), rules in rules(), pattern in any::<bool>(), first in 0i64..26, later in 1i64..14) {
        let slots = month(pattern);
        let today = MONDAY.saturating_add(first.days());
        let then = today.saturating_add(later.days());
        let before = settled(&slots, &items, &rules, today);
        let after = settled(&slots, &items, &rules, then);
        for (at, was) in before.iter().enumerate() {
            let given = items.iter().find(|item| item.slot == Some(slots[at].nominal));
            let by_hand = given.is_some_and(|item| item.picked_on.is_some_and(|day| day >= today && day < then));
            if !by_hand {
                prop_assert_eq!(was, &after[at], "slot {} of {:?}", at, items);
            }
        }
    }

    /// What came out changes nothing ahead: the slots that follow are the same before and after a release.
    #[test]
    fn a_release_changes_no_slot_that_follows(items in picks(), rules in rules(), pattern in any::<bool>(), out in 1usize..20) {
        let mut slots = month(pattern);
        let before = fill(&slots, &items, &rules);
        for (slot, filled) in slots.iter_mut().zip(&before.slots).take(out) {
            slot.came = match filled.item {
                Some(item) => Came::Item(item),
                None => Came::Silent,
            };
        }
        let after = fill(&slots, &items, &rules);
        prop_assert_eq!(&before.slots.iter().map(|s| s.item).collect::<Vec<_>>(), &after.slots.iter().map(|s| s.item).collect::<Vec<_>>());
    }

    /// The order of the files is the order of the items, and it decides nothing.
    #[test]
    fn the_order_of_the_picks_decides_nothing(items in picks(), rules in rules(), pattern in any::<bool>()) {
        let slots = month(pattern);
        let mut turned = items.clone();
        turned.reverse();
        let (a, b) = (fill(&slots, &items, &rules), fill(&slots, &turned, &rules));
        prop_assert_eq!(shown(&a, &items), shown(&b, &turned));
    }
}
