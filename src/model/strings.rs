//! Interface words: one file a language, `layouts/strings/<language>.yaml`.

use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// The words of one language by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strings {
    /// Key to words.
    pub map: BTreeMap<String, String>,
}

impl Strings {
    /// The words under a key; the key itself where a language lacks them, so that the lack is seen.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.map.get(key).map_or(key, String::as_str)
    }

    /// The words under a key with their `{name}`s filled.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.get(key);
        let mut words = String::with_capacity(2 * rest.len());
        while let Some((before, after)) = rest.split_once('{') {
            words.push_str(before);
            let slot = after.split_once('}').and_then(|(name, behind)| {
                let value = values.iter().find(|(known, _)| *known == name)?.1;
                Some((value, behind))
            });
            let (value, behind) = slot.unwrap_or(("{", after));
            words.push_str(value);
            rest = behind;
        }
        words.push_str(rest);
        words
    }

    /// The name of a language: `Portuguese`; its tag where nobody has named it.
    pub fn language<'a>(&'a self, tag: &'a str) -> &'a str {
        let key = format!("language_{}", super::base(tag));
        self.map.get(&key).map_or(tag, String::as_str)
    }

    /// `2 March 2026`.
    pub fn day(&self, date: Date) -> String {
        self.date("date_long", date)
    }

    /// `2 March`.
    pub fn short_day(&self, date: Date) -> String {
        self.date("date_day", date)
    }

    /// `Monday 2 March 2026`.
    pub fn full_day(&self, date: Date) -> String {
        self.date("date_full", date)
    }

    /// `March 2026`, for any day of it.
    pub fn month(&self, date: Date) -> String {
        self.date("date_month", date)
    }

    /// `Monday`.
    pub fn weekday(&self, date: Date) -> &str {
        self.get(match date.weekday() {
            Weekday::Monday => "weekday_mon",
            Weekday::Tuesday => "weekday_tue",
            Weekday::Wednesday => "weekday_wed",
            Weekday::Thursday => "weekday_thu",
            Weekday::Friday => "weekday_fri",
            Weekday::Saturday => "weekday_sat",
            Weekday::Sunday => "weekday_sun",
        })
    }

    /// `Mon`.
    pub fn weekday_short(&self, date: Date) -> &str {
        self.get(match date.weekday() {
            Weekday::Monday => "weekday_short_mon",
            Weekday::Tuesday => "weekday_short_tue",
            Weekday::Wednesday => "weekday_short_wed",
            Weekday::Thursday => "weekday_short_thu",
            Weekday::Friday => "weekday_short_fri",
            Weekday::Saturday => "weekday_short_sat",
            Weekday::Sunday => "weekday_short_sun",
        })
    }

    fn date(&self, pattern: &str, date: Date) -> String {
        let month = format!("month_{}", date.month());
        self.say(
            pattern,
            &[
                ("weekday", self.weekday(date)),
                ("day", &date.day().to_string()),
                ("month", self.get(&month)),
                ("year", &date.year().to_string()),
            ],
        )
    }
}
