//! Runs that nobody thought of: where and when they are, what somebody decided about them.

use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt::Write;

pub const KINDS: [&str; 11] = [
    "challenge",
    "campaign",
    "community",
    "onboarding",
    "classroom",
    "network",
    "flow",
    "guided",
    "mentoring",
    "team",
    "live",
];

/// The first possible start: four weeks before the clocks change in Europe.
const FIRST: Date = Date::constant(2026, 3, 2);

/// One run as it is drawn.
#[derive(Debug, Clone)]
pub struct Drawn {
    pub kind: &'static str,
    pub starts: i64,
    pub zone: &'static str,
    pub at: &'static str,
    pub channels: &'static str,
    pub cadence: usize,
    pub on_skip: &'static str,
    pub draft: bool,
    pub decisions: Vec<(usize, usize, i64, i64)>,
    /// Picks or sessions: slot, days until it expires, status.
    pub items: Vec<(i64, i64, usize)>,
}

pub fn day(from: Date, days: i64) -> Date {
    from.checked_add(days.days()).expect("a near day")
}

impl Drawn {
    pub fn write(&self, index: usize) -> String {
        let starts = self.starts();
        let id = format!("run{index}");
        let folder = format!("sites/s/runs/{id}");
        let mut out = format!(
            "-- {folder}/index.md --\n---\nid: {id}\nprogramme: {}\ncreated: 2026-01-05\nstarts: {starts}\nzone: {}\nat: \"{}\"\nchannels: [{}]\non_skip: {}\ndraft: {}\nreview_by: 2027-01-01\n",
            self.kind,
            self.zone,
            self.at,
            self.channels,
            self.rule(),
            self.draft,
        );
        match self.kind {
            "network" => _ = writeln!(out, "ends: {}", day(starts, 40)),
            "community" | "team" if self.cadence > 1 => {
                _ = writeln!(out, "ends: {}", day(starts, 30))
            }
            "challenge" => match self.cadence {
                0 => {}
                1 => out.push_str("cadence: {every: week, days: [mon, wed], at: \"10:00\"}\n"),
                2 => out.push_str("cadence: {every: month, day: 6}\n"),
                3 => out.push_str("cadence: {pace: self}\n"),
                _ => {
                    let (one, two) = (day(starts, 1), day(starts, 3));
                    _ = writeln!(
                        out,
                        "cadence: {{dates: [{starts}T09:00, {starts}T11:00, {one}T09:00, {two}T09:00]}}"
                    );
                }
            },
            _ => {}
        }
        self.write_decisions(starts, &mut out);
        out.push_str("---\nThis time.\n");
        self.write_items(starts, &folder, &id, index, &mut out);
        out
    }

    /// A season whose slots are dropped would have sessions without one, and written dates that are
    /// dropped too few for the activities: neither is a library that builds.
    fn rule(&self) -> &'static str {
        match (self.kind, self.on_skip) {
            ("network" | "challenge", "drop" | "push") if self.drops_what_is_needed() => {
                "following"
            }
            (_, rule) => rule,
        }
    }

    fn drops_what_is_needed(&self) -> bool {
        self.kind == "network" || self.cadence > 3
    }

    fn starts(&self) -> Date {
        // A network's slots are Thursdays counted from a Monday, a flow's are weekdays.
        let any = day(FIRST, self.starts);
        match self.kind {
            "network" | "flow" | "onboarding" => day(FIRST, self.starts / 7 * 7),
            _ => any,
        }
    }

    /// The occurrence that a number means.
    fn key(&self, target: usize, starts: Date) -> String {
        let pick = |keys: &[&str]| keys[target % keys.len()].to_owned();
        let first = |weekday| {
            let days = (0..7).map(|n| day(starts, n));
            let mut days = days.filter(|day| day.weekday() == weekday);
            days.next().expect("a week has every day")
        };
        use jiff::civil::Weekday::{Thursday, Tuesday};
        match self.kind {
            "challenge" => pick(&["one", "two", "three", "four"]),
            "guided" => pick(&["notice", "show", "notice/wrap", "draft", "catch-up"]),
            "mentoring" => pick(&["listen", "goal", "help"]),
            "campaign" => pick(&["one", "two", "three"]),
            "classroom" => pick(&["session", "invitation", "before", "after"]),
            "live" => pick(&["event", "invitation", "event", "wrap-up"]),
            "team" => pick(&["begin", "review"]),
            "onboarding" => format!("{starts}/{}", pick(&["hello", "buddy", "month"])),
            "network" => format!("talk/{}", day(first(Thursday), 7 * (target as i64 % 3))),
            "flow" => format!("pick{}-{}", self.starts, target % 3),
            _ => format!("question/{}", day(first(Tuesday), 7 * (target as i64 % 3))),
        }
    }

    fn write_decisions(&self, starts: Date, out: &mut String) {
        // Some occurrences do not exist: those days are blacked out, or nobody picked for them.
        let known = |target: usize| match self.kind {
            "flow" => target % 3 < self.items.len(),
            "network" | "community" | "onboarding" => self.on_skip == "keep",
            _ => true,
        };
        let decisions: Vec<_> = self.decisions.iter().filter(|d| known(d.0)).collect();
        if decisions.is_empty() {
            return;
        }
        out.push_str("overrides:\n");
        for (n, (target, action, on, to)) in decisions.into_iter().enumerate() {
            let (on, to) = (day(starts, *on.min(to)), day(starts, *to));
            let key = self.key(*target, starts);
            let action = match action {
                0 => format!("move: {to}T13:00"),
                1 => "cancel: yes".to_owned(),
                2 => format!("hold: {to}"),
                3 => "hold: yes".to_owned(),
                _ if self.kind == "challenge" => {
                    _ = writeln!(
                        out,
                        "  - {{id: extra{n}, on: {on}, reason: Why not, insert: spare, at: {to}T09:00}}"
                    );
                    continue;
                }
                _ => format!("move: {to}"),
            };
            _ = writeln!(
                out,
                "  - {{id: {key}, on: {on}, reason: Because of {n}, {action}}}"
            );
        }
    }

    fn write_items(&self, starts: Date, folder: &str, id: &str, index: usize, out: &mut String) {
        let mut taken = Vec::new();
        for (n, (slot, expires, status)) in self.items.iter().enumerate() {
            if self.kind == "network" {
                let slot = day(starts, 3 + 7 * n as i64);
                let status = ["idea", "agreed", "confirmed", "confirmed", "cancelled"][status % 5];
                _ = write!(
                    out,
                    "-- {folder}/sessions/session{n}.md --\n---\nid: session{n}\ntitle: Talk {n}\nsummary: What talk {n} is about.\nled_by: employee\nspeaker: person:card{index}-{n}\nslot: {slot}\nstatus: {status}\n---\n## About\nAbout it.\n## Before\nBring one.\n"
                );
            }
            // What is for nobody, a speaker's, and on a board where there is one.
            if matches!(self.kind, "network" | "mentoring") {
                let expires = day(starts, slot + 2 * expires);
                let offers = ["", "offers: [Knots]\n", "asks: [Knots]\n"][status % 3];
                _ = write!(
                    out,
                    "-- sites/s/people/card{index}-{n}.md --\n---\nhandle: card{index}-{n}\nconsent: 2026-01-05\nexpires: {expires}\n{offers}---\n"
                );
            }
            if self.kind == "flow" {
                // Weekdays only, each once, on none of the blackouts.
                let free = (*slot..).map(|n| day(starts, n)).find(|day| {
                    use jiff::civil::Weekday::{Saturday, Sunday};
                    let blackout = day.month() == 4 && [3, 6, 14, 15, 16, 17].contains(&day.day());
                    !blackout && !matches!(day.weekday(), Saturday | Sunday) && !taken.contains(day)
                });
                let slot = free.expect("a free day");
                taken.push(slot);
                let expires = day(slot, 1 + expires);
                _ = write!(
                    out,
                    "-- sites/s/curation/picks/2026/run{index}-{n}.md --\n---\nid: pick{}-{n}\nrun: {id}\nslot: {slot}\nurl: https://example.org/{index}/{n}\ntitle: Pick {n}\nexpires: {expires}\n---\n## Why this\nIt is good.\n## Do\nRead it.\n## Share\nTell us.\n",
                    self.starts
                );
            }
        }
    }
}

pub fn run() -> impl Strategy<Value = Drawn> {
    let place = (
        select(&KINDS[..]),
        0i64..42,
        select(
            &[
                "Europe/London",
                "America/New_York",
                "Asia/Kolkata",
                "Pacific/Auckland",
            ][..],
        ),
        select(&["09:00", "09:00", "00:00", "01:30", "23:59"][..]),
        select(&["", "a", "a, b", "b"][..]),
    );
    let rules = (
        0usize..5,
        select(&["keep", "drop", "push", "following", "preceding"][..]),
        prop::bool::weighted(0.1),
        prop::collection::vec((0usize..4, 0usize..5, -10i64..20, 0i64..20), 0..4),
        prop::collection::vec((0i64..20, 0i64..12, 0usize..5), 0..4),
    );
    (place, rules).prop_map(
        |((kind, starts, zone, at, channels), (cadence, on_skip, draft, decisions, items))| Drawn {
            kind,
            starts,
            zone,
            at,
            channels,
            cadence,
            on_skip,
            draft,
            decisions,
            items,
        },
    )
}
