//! A source as it is written: keys and words, in the order in which people write them. What OPML and YAML have
//! in common.

use super::Source;
use jiff::SignedDuration;

/// What stands under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// One value.
    One(String),
    /// A list.
    Many(Vec<String>),
}

impl Words {
    /// The values in one text.
    pub fn joined(&self, between: &str) -> String {
        match self {
            Words::One(text) => text.clone(),
            Words::Many(texts) => texts.join(between),
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Words::One(text) => text.is_empty(),
            Words::Many(texts) => texts.is_empty(),
        }
    }
}

/// The keys of one source, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// Keys in the order of [`Outline::KEYS`], with what stands under them.
    pub keys: Vec<(&'static str, Words)>,
}

impl Outline {
    /// Every key that a source may have, in the order in which they are written.
    pub const KEYS: &[&str] = &[
        "id",
        "title",
        "feed",
        "site",
        "why_trusted",
        "topics",
        "language",
        "trust",
        "kind",
        "stance",
        "max_per_run",
        "max_age",
        "newest_on_first_sight",
        "include",
        "exclude",
        "paywall",
        "licence",
        "paused_until",
        "owner",
        "review_by",
        "internal",
    ];

    /// Whether a list stands under a key.
    pub fn is_list(key: &str) -> bool {
        matches!(key, "topics" | "include" | "exclude")
    }

    /// The words for a key out of texts: a list where the key takes one. Empty texts are none.
    pub fn words<'a>(key: &str, texts: impl IntoIterator<Item = &'a str>) -> Words {
        let texts = texts
            .into_iter()
            .map(str::trim)
            .filter(|text| !text.is_empty());
        let texts: Vec<String> = texts.map(str::to_owned).collect();
        match Self::is_list(key) {
            true => Words::Many(texts),
            false => Words::One(texts.join(" ")),
        }
    }

    /// A source as it would be written: what is as it is anyway is left out.
    pub fn of(source: &Source) -> Self {
        let one = |text: &str| Words::One(text.to_owned());
        let some = |text: &Option<String>| text.as_deref().map(one);
        let many = |texts: &[String]| (!texts.is_empty()).then(|| Words::Many(texts.to_vec()));
        let unless = |value: u32, usual: u32| (value != usual).then(|| one(&value.to_string()));
        let yes = |is: bool| is.then(|| one("yes"));
        let day = |day: Option<jiff::civil::Date>| day.map(|day| one(&day.to_string()));
        let all = [
            Some(one(&source.id)),
            Some(one(&source.title)),
            some(&source.feed),
            some(&source.site),
            Some(one(&source.why_trusted)),
            many(&source.topics),
            some(&source.language),
            unless(source.trust, Source::TRUST),
            source.kind.map(one),
            source.stance.map(one),
            unless(source.max_per_run, Source::MAX_PER_RUN),
            (source.max_age != Source::MAX_AGE).then(|| one(&length(source.max_age))),
            unless(source.newest_on_first_sight, Source::FIRST_SIGHT),
            many(&source.include),
            many(&source.exclude),
            yes(source.paywall),
            some(&source.licence),
            day(source.paused_until),
            some(&source.owner),
            day(source.review_by),
            yes(source.internal),
        ];
        let keys = Self::KEYS.iter().copied().zip(all);
        Self {
            keys: keys
                .filter_map(|(key, words)| Some((key, words?)))
                .collect(),
        }
    }

    /// What stands under a key.
    pub fn get(&self, key: &str) -> Option<&Words> {
        let found = self.keys.iter().find(|(known, _)| *known == key);
        found.map(|(_, words)| words)
    }

    /// Puts words under a key, in their place; empty ones leave it as it is.
    pub fn set(&mut self, key: &'static str, words: Words) {
        if words.is_empty() {
            return;
        }
        let place = |key: &str| Self::KEYS.iter().position(|known| *known == key);
        self.keys.retain(|(known, _)| *known != key);
        let at = self
            .keys
            .partition_point(|(known, _)| place(known) < place(key));
        self.keys.insert(at, (key, words));
    }
}

/// `21d`, or a finer length where it is no whole number of days.
fn length(age: SignedDuration) -> String {
    let minutes = age.as_mins();
    match (minutes % (24 * 60), minutes % 60) {
        (0, _) => format!("{}d", minutes / (24 * 60)),
        (_, 0) => format!("{}h", minutes / 60),
        _ => format!("{minutes}m"),
    }
}
