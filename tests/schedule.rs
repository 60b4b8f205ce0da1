//! The calendar sums: dates from cadences and offsets, and instants from dates.

use jiff::civil::{Date, DateTime, Weekday, date, time};
use jiff::{SignedDuration, Timestamp};
use learnflow::schedule::{
    Cadence, Calendar, Clock, Frame, Nth, Offset, OnSkip, ShortMonth, Slot, Slots, Unit, Week,
    instant, zone,
};
use proptest::prelude::*;
use proptest::sample::select;

const WEEKDAYS: Cadence = daily(Week::MON_FRI);

const fn daily(days: Week) -> Cadence {
    Cadence::Daily { every: 1, days }
}

const fn monthly(nth: Nth, weekday: Weekday) -> Cadence {
    let every = 1;
    Cadence::MonthlyNth {
        every,
        nth,
        weekday,
    }
}

fn day(text: &str) -> Date {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn days(text: &str) -> Vec<Date> {
    text.split_whitespace().map(day).collect()
}

/// Each holiday is `2026-04-03 Good Friday`.
fn calendar(week: Week, holidays: &[&str]) -> Calendar {
    let split = |holiday: &&str| (day(&holiday[..10]), holiday[10..].trim().to_owned());
    Calendar {
        week,
        blackouts: holidays.iter().map(split).collect(),
    }
}

fn england() -> Calendar {
    calendar(
        Week::MON_FRI,
        &[
            "2026-01-01 New Year's Day",
            "2026-04-03 Good Friday",
            "2026-04-06 Easter Monday",
            "2026-05-04 Early May bank holiday",
            "2026-05-25 Spring bank holiday",
            "2026-08-31 Summer bank holiday",
            "2026-12-25 Christmas Day",
        ],
    )
}

/// Unrolls from `starts` to the end of 2028.
fn unroll(
    cadence: &Cadence,
    starts: &str,
    calendar: &Calendar,
    on_skip: OnSkip,
    wanted: Option<usize>,
) -> Slots {
    cadence.slots(
        &Frame {
            starts: day(starts),
            until: day("2028-12-31"),
            calendar,
            on_skip,
        },
        wanted,
    )
}

fn dates(slots: &Slots) -> Vec<Date> {
    slots.slots.iter().map(|slot| slot.date).collect()
}

fn nominals(slots: &Slots) -> Vec<Date> {
    slots.slots.iter().map(|slot| slot.nominal).collect()
}

/// That the first slots from `starts` are on these dates.
fn check(cadence: Cadence, starts: &str, calendar: &Calendar, on_skip: OnSkip, expected: &str) {
    let expected = days(expected);
    let slots = unroll(&cadence, starts, calendar, on_skip, Some(expected.len()));
    assert_eq!(dates(&slots), expected, "{cadence:?}");
}

fn offset(text: &str) -> Offset {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

// The scenarios

#[test]
fn w2_2_second_thursdays() {
    let cadence = monthly(Nth::Second, Weekday::Thursday);
    let expected = "2026-01-08 2026-02-12 2026-03-12 2026-04-09 2026-05-14 2026-06-11 \
                    2026-07-09 2026-08-13 2026-09-10 2026-10-08 2026-11-12 2026-12-10";
    check(cadence, "2026-01-01", &england(), OnSkip::Drop, expected);
}

#[test]
fn w3_1_onboarding_steps() {
    let cases = [
        ("0wd", "2026-04-01", None),
        ("1wd", "2026-04-02", None),
        ("2wd", "2026-04-07", None),
        ("4wd", "2026-04-09", None),
        ("9wd", "2026-04-16", None),
        ("19wd", "2026-04-30", None),
        ("30d", "2026-05-01", None),
        ("60d", "2026-06-01", Some("moved from 31 May 2026 (Sunday)")),
        ("90d", "2026-06-30", None),
    ];
    for (text, expected, reason) in cases {
        let (_, date, why) = offset(text).date(day("2026-04-01"), &england(), OnSkip::Following);
        assert_eq!((date, why.as_deref()), (day(expected), reason), "{text}");
    }
}

#[test]
fn w6_1_thirty_weekdays_over_easter_and_summer_time() {
    let slots = unroll(&WEEKDAYS, "2026-03-02", &england(), OnSkip::Push, Some(30));
    let london = zone("Europe/London").expect("London is in the database");
    let expected = [
        (1, "2026-03-02", "2026-03-02T09:00:00Z"),
        (20, "2026-03-27", "2026-03-27T09:00:00Z"),
        (21, "2026-03-30", "2026-03-30T08:00:00Z"),
        (24, "2026-04-02", "2026-04-02T08:00:00Z"),
        (25, "2026-04-07", "2026-04-07T08:00:00Z"),
        (30, "2026-04-14", "2026-04-14T08:00:00Z"),
    ];
    for (number, date, at) in expected {
        let slot = &slots.slots[number - 1];
        assert_eq!(slot.date, day(date), "day {number}");
        let found = instant(slot.date, time(9, 0, 0, 0), &london);
        assert_eq!(
            found,
            (at.parse().expect("a timestamp"), None),
            "day {number}"
        );
    }
    let moved: Vec<(usize, &str)> = slots
        .slots
        .iter()
        .enumerate()
        .filter_map(|(i, slot)| Some((i + 1, slot.why.as_deref()?)))
        .collect();
    assert_eq!(
        moved,
        [(
            25,
            "moved from 3 April 2026 (Good Friday) and 6 April 2026 (Easter Monday)"
        )]
    );

    let open = calendar(Week::MON_FRI, &[]);
    let without = unroll(&WEEKDAYS, "2026-03-02", &open, OnSkip::Push, Some(30));
    assert_eq!(without.slots[29].date, day("2026-04-10"));
}

#[test]
fn w6_2_fifteen_weeks_with_a_closed_week() {
    let weekly = Cadence::Weekly {
        every: 1,
        days: vec![Weekday::Monday],
    };
    let open = unroll(&weekly, "2026-09-07", &england(), OnSkip::Push, Some(15));
    assert_eq!(open.slots[14].date, day("2026-12-14"));

    let mut closed = england();
    closed.close(day("2026-10-26"), day("2026-11-01"), "Autumn break");
    let slots = unroll(&weekly, "2026-09-07", &closed, OnSkip::Push, Some(15));
    assert_eq!(slots.slots[6].date, day("2026-10-19"));
    assert_eq!(slots.slots[7].date, day("2026-11-02"));
    assert_eq!(
        slots.slots[7].why.as_deref(),
        Some("moved from 26 October 2026 (Autumn break)")
    );
    assert_eq!(slots.slots[14].date, day("2026-12-21"));
}

#[test]
fn w6_3_first_mondays_after_holidays() {
    let cadence = monthly(Nth::First, Weekday::Monday);
    let slots = unroll(
        &cadence,
        "2026-01-01",
        &england(),
        OnSkip::Following,
        Some(6),
    );
    let expected = "2026-01-05 2026-02-02 2026-03-02 2026-04-07 2026-05-05 2026-06-01";
    assert_eq!(dates(&slots), days(expected));
    assert_eq!(slots.slots[3].nominal, day("2026-04-06"));
    assert_eq!(
        slots.slots[3].why.as_deref(),
        Some("moved from 6 April 2026 (Easter Monday)")
    );
}

#[test]
fn w8_1_around_a_classroom_session() {
    let session = day("2026-06-10");
    for (text, expected) in [
        ("-10wd", "2026-05-27"),
        ("-7wd", "2026-06-01"),
        ("+2wd", "2026-06-12"),
        ("+20wd", "2026-07-08"),
    ] {
        let expected = day(expected);
        assert_eq!(
            offset(text).date(session, &england(), OnSkip::Following),
            (expected, expected, None),
            "{text}"
        );
    }
}

#[test]
fn w10_1_a_season_of_second_thursdays() {
    let cadence = monthly(Nth::Second, Weekday::Thursday);
    let season = |calendar: &Calendar, on_skip| {
        let until = day("2026-06-30");
        cadence.slots(
            &Frame {
                starts: day("2026-01-05"),
                until,
                calendar,
                on_skip,
            },
            None,
        )
    };
    let plain = "2026-01-08 2026-02-12 2026-03-12 2026-04-09 2026-05-14 2026-06-11";
    assert_eq!(dates(&season(&england(), OnSkip::Following)), days(plain));

    let mut closed = england();
    closed.close(day("2026-05-14"), day("2026-05-14"), "Ascension Day");
    for (on_skip, may) in [
        (OnSkip::Following, Some("2026-05-15")),
        (OnSkip::Preceding, Some("2026-05-13")),
        (OnSkip::Keep, Some("2026-05-14")),
        (OnSkip::Push, None),
        (OnSkip::Drop, None),
    ] {
        let slots = season(&closed, on_skip);
        let in_may = dates(&slots).into_iter().find(|date| date.month() == 5);
        assert_eq!(in_may, may.map(day), "{on_skip}");
        let dropped = if on_skip == OnSkip::Drop {
            vec![(day("2026-05-14"), "Ascension Day".to_owned())]
        } else {
            vec![]
        };
        assert_eq!(slots.dropped, dropped, "{on_skip}");
    }
}

#[test]
fn m4_a_holiday_added_later_moves_only_what_comes_after() {
    let before = unroll(&WEEKDAYS, "2026-03-02", &england(), OnSkip::Push, Some(30));
    let mut later = england();
    later.close(day("2026-03-18"), day("2026-03-18"), "Inspection");
    let after = unroll(&WEEKDAYS, "2026-03-02", &later, OnSkip::Push, Some(30));
    assert_eq!(before.slots[..12], after.slots[..12]);
    assert_eq!(
        (before.slots[12].date, after.slots[12].date),
        (day("2026-03-18"), day("2026-03-19"))
    );
    assert_eq!(
        (before.slots[29].date, after.slots[29].date),
        (day("2026-04-14"), day("2026-04-15"))
    );
}

#[test]
fn m5_day_31_in_short_months() {
    let cadence = |short| Cadence::MonthlyDay {
        every: 1,
        day: 31,
        short,
    };
    let open = calendar(Week::MON_FRI, &[]);
    let (last, skip) = (cadence(ShortMonth::Last), cadence(ShortMonth::Skip));
    // 31 January and 28 February are Saturdays: off the working week, but no blackouts.
    for (cadence, starts, expected) in [
        (
            &last,
            "2026-01-01",
            "2026-01-31 2026-02-28 2026-03-31 2026-04-30",
        ),
        (
            &skip,
            "2026-01-01",
            "2026-01-31 2026-03-31 2026-05-31 2026-07-31",
        ),
        (&last, "2028-02-01", "2028-02-29"),
    ] {
        check(cadence.clone(), starts, &open, OnSkip::Following, expected);
    }
}

#[test]
fn m6_gap_and_overlap() {
    let london = zone("Europe/London").expect("London is in the database");
    let apia = zone("Pacific/Apia").expect("Apia is in the database");
    // Asked, the instant, and what the clock shows then if not what was asked, or "twice".
    for (zone, case) in [
        (&london, "2026-03-29T00:30 2026-03-29T00:30Z"),
        (
            &london,
            "2026-03-29T01:30 2026-03-29T01:30Z 2026-03-29T02:30",
        ),
        (&london, "2026-03-29T02:30 2026-03-29T01:30Z"),
        (&london, "2026-10-25T01:30 2026-10-25T00:30Z twice"),
        (&london, "2026-10-25T02:30 2026-10-25T02:30Z"),
        // Samoa went over the date line and had no 30 December.
        (&apia, "2011-12-30T12:00 2011-12-30T22:00Z 2011-12-31T12:00"),
    ] {
        let words: Vec<&str> = case.split(' ').collect();
        let asked: DateTime = words[0].parse().expect("a civil time");
        let expected: Timestamp = words[1].parse().expect("a timestamp");
        let clock = words.get(2).map(|doubt| match doubt.parse() {
            Ok(got) => Clock::Gap { asked, got },
            Err(_) => Clock::Fold { asked },
        });
        let found = instant(asked.date(), asked.time(), zone);
        assert_eq!(found, (expected, clock), "{case}");
    }
    let told = |text: &str| {
        instant(day(text), time(1, 30, 0, 0), &london)
            .1
            .map(|clock| clock.to_string())
    };
    assert_eq!(
        told("2026-03-29").as_deref(),
        Some(
            "01:30 on 29 March 2026 does not exist, because the clocks go forward: \
             02:30 on 29 March 2026 is used instead"
        )
    );
    assert_eq!(
        told("2026-10-25").as_deref(),
        Some("01:30 on 25 October 2026 comes twice, because the clocks go back: the first is used")
    );
}

#[test]
fn m14_sunday_to_thursday() {
    let open = calendar(Week::SUN_THU, &[]);
    let expected = "2026-03-01 2026-03-02 2026-03-03 2026-03-04 2026-03-05 2026-03-08 2026-03-09";
    check(
        daily(Week::SUN_THU),
        "2026-03-01",
        &open,
        OnSkip::Push,
        expected,
    );
}

#[test]
fn w1_2_review_dates() {
    for (text, expected) in [("4w", "2026-03-30"), ("12w", "2026-05-26")] {
        let (_, date, _) = offset(text).date(day("2026-03-02"), &england(), OnSkip::Following);
        assert_eq!(date, day(expected), "{text}");
    }
}

// Properties

fn after(date: Date, days: i64) -> Date {
    date.saturating_add(SignedDuration::from_hours(24 * days))
}

fn any_date() -> impl Strategy<Value = Date> {
    (0..2000i64).prop_map(|n| after(date(2025, 1, 1), n))
}

fn any_weekday() -> impl Strategy<Value = Weekday> {
    (0..7i8).prop_map(|n| Weekday::from_monday_zero_offset(n).expect("0 to 6"))
}

fn any_weekdays() -> impl Strategy<Value = Vec<Weekday>> {
    prop::collection::vec(any_weekday(), 1..7)
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    let closures = prop::collection::vec((any_date(), 0..20i64), 0..40);
    (any_weekdays(), closures).prop_map(|(week, closures)| {
        let mut calendar = calendar(Week::of(&week), &[]);
        for (from, length) in closures {
            calendar.close(from, after(from, length), "closed");
        }
        calendar
    })
}

/// The cadences that make a series from the start.
fn any_series() -> impl Strategy<Value = Cadence> {
    use Cadence::{Daily, MonthlyDay, MonthlyNth, Weekly};
    let nth = select(vec![
        Nth::First,
        Nth::Second,
        Nth::Third,
        Nth::Fourth,
        Nth::Last,
    ]);
    let short = select(vec![ShortMonth::Last, ShortMonth::Skip]);
    let of = |days: Vec<Weekday>| Week::of(&days);
    prop_oneof![
        (1..10u16, any_weekdays().prop_map(of)).prop_map(|(every, days)| Daily { every, days }),
        (1..5u16, any_weekdays()).prop_map(|(every, days)| Weekly { every, days }),
        (1..5u16, nth, any_weekday()).prop_map(|(every, nth, weekday)| MonthlyNth {
            every,
            nth,
            weekday
        }),
        (1..5u16, 1..=31i8, short).prop_map(|(every, day, short)| MonthlyDay { every, day, short }),
    ]
}

fn any_on_skip() -> impl Strategy<Value = OnSkip> {
    select(OnSkip::ALL.to_vec())
}

/// Some 400 days of a series.
fn long(cadence: &Cadence, starts: Date, calendar: &Calendar, on_skip: OnSkip) -> Slots {
    let until = after(starts, 400);
    cadence.slots(
        &Frame {
            starts,
            until,
            calendar,
            on_skip,
        },
        None,
    )
}

proptest! {
    #[test]
    fn nominal_dates_strictly_increase_within_the_frame(
        cadence in any_series(), calendar in any_calendar(), on_skip in any_on_skip(),
        starts in any_date(), length in 0..700i64,
    ) {
        let until = after(starts, length);
        let frame = Frame { starts, until, calendar: &calendar, on_skip };
        let nominals = nominals(&cadence.slots(&frame, None));
        let gap = i64::from(cadence.shortest_gap_days().unwrap_or(1));
        prop_assert!(nominals.windows(2).all(|pair| after(pair[0], gap) <= pair[1]), "{gap}");
        prop_assert!(nominals.iter().all(|nominal| (starts..=until).contains(nominal)));
    }

    #[test]
    fn each_choice_lands_where_it_says(
        cadence in any_series(), calendar in any_calendar(), on_skip in any_on_skip(),
        starts in any_date(),
    ) {
        for Slot { nominal, date, why, .. } in long(&cadence, starts, &calendar, on_skip).slots {
            let skipped = calendar.is_blackout(nominal).is_some();
            let working = calendar.is_working(date);
            let as_said = match on_skip {
                OnSkip::Push | OnSkip::Drop => !skipped && date == nominal,
                OnSkip::Following if skipped => date > nominal && working,
                OnSkip::Preceding if skipped => date < nominal && working,
                OnSkip::ModifiedFollowing if skipped => date != nominal && working,
                _ => date == nominal,
            };
            prop_assert!(as_said, "{on_skip}: {nominal} to {date}");
            prop_assert!(why.is_some() || date == nominal);
        }
    }

    #[test]
    fn dropped_and_kept_are_all(
        cadence in any_series(), calendar in any_calendar(), starts in any_date(),
    ) {
        let drop = long(&cadence, starts, &calendar, OnSkip::Drop);
        let mut both = nominals(&drop);
        both.extend(drop.dropped.iter().map(|(date, _)| *date));
        both.sort();
        prop_assert_eq!(both, nominals(&long(&cadence, starts, &calendar, OnSkip::Keep)));
    }

    #[test]
    fn fewer_wanted_is_a_prefix(
        cadence in any_series(), calendar in any_calendar(), on_skip in any_on_skip(),
        starts in any_date(), wanted in 0..60usize,
    ) {
        let frame = Frame { starts, until: after(starts, 400), calendar: &calendar, on_skip };
        let all = cadence.slots(&frame, None).slots;
        let some = cadence.slots(&frame, Some(wanted)).slots;
        prop_assert_eq!(&some[..], &all[..wanted.min(all.len())]);
    }

    #[test]
    fn a_blackout_added_later_changes_nothing_before_it(
        cadence in any_series(), calendar in any_calendar(), on_skip in any_on_skip(),
        starts in any_date(), days in 0..400i64,
    ) {
        let added = after(starts, days);
        let mut later = calendar.clone();
        later.close(added, added, "added");
        let now = long(&cadence, starts, &later, on_skip).slots;
        for (i, slot) in long(&cadence, starts, &calendar, on_skip).slots.iter().enumerate() {
            if slot.nominal < added && slot.date < added {
                prop_assert_eq!(now.get(i), Some(slot));
            }
        }
    }

    #[test]
    fn working_days_there_and_back(
        calendar in any_calendar(), start in any_date(), n in 0..300i32,
    ) {
        let first = calendar.working_days_after(start, 0);
        prop_assert_eq!(first, calendar.following(start));
        let there = calendar.working_days_after(start, n);
        prop_assert!(calendar.is_working(there));
        prop_assert_eq!(calendar.working_days_after(there, -n), first);
        let between = (0..).map(|i| after(first, i)).take_while(|day| *day < there);
        prop_assert_eq!(between.filter(|day| calendar.is_working(*day)).count(), n as usize);
    }

    #[test]
    fn offsets_there_and_back(
        calendar in any_calendar(), on_skip in any_on_skip(), start in any_date(),
        amount in -999..999i32, unit in select(vec![Unit::Days, Unit::Weeks, Unit::Minutes]),
    ) {
        let (there, date, why) = Offset { amount, unit }.date(start, &calendar, on_skip);
        let back = Offset { amount: -amount, unit };
        prop_assert_eq!(back.date(there, &calendar, on_skip).0, start);
        prop_assert!(why.is_some() || date == there);
    }

    #[test]
    fn offset_text_round_trips(amount in -9999..=9999i32, junk in "[-+]?[0-9]{0,6}\\PC{0,3}") {
        for letters in ["m", "h", "d", "wd", "w"] {
            let text = format!("{amount}{letters}");
            prop_assert_eq!(text.parse::<Offset>().map(|offset| offset.to_string()), Ok(text));
        }
        if let Ok(offset) = junk.parse::<Offset>() {
            prop_assert_eq!(offset.to_string().parse(), Ok(offset));
        }
    }

    #[test]
    fn a_daily_wall_time_stays_on_the_wall(
        name in select(vec!["Europe/London", "America/New_York", "Pacific/Chatham", "Africa/Cairo"]),
        date in any_date(), minute in 0..1440i32,
    ) {
        let zone = zone(name).expect("a known zone");
        let wall = date.at((minute / 60) as i8, (minute % 60) as i8, 0, 0);
        let (at, clock) = instant(wall.date(), wall.time(), &zone);
        let shown = zone.to_datetime(at);
        match clock {
            Some(Clock::Gap { asked, got }) => {
                prop_assert_eq!(asked, wall);
                prop_assert!(got == shown && got > asked);
            }
            _ => prop_assert_eq!(shown, wall),
        }
    }
}
