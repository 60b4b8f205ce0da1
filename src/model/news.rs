//! News of an event: what those who were invited are told when something about it changes. Each is an item of its own,
//! with a key below the event's.

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// It takes place at another time.
    Moved,
    /// It does not take place.
    Cancelled,
    /// Something else about it is different, such as who speaks.
    Changed,
}

impl News {
    /// The word in keys, and in the names of interface words.
    pub fn name(self) -> &'static str {
        match self {
            News::Moved => "moved",
            News::Cancelled => "cancelled",
            News::Changed => "changed",
        }
    }

    /// The key of the n-th news of this sort, from 1, of an event. It is cancelled once.
    pub fn key(self, event: &str, n: usize) -> String {
        match self {
            News::Cancelled => format!("{event}/{}", self.name()),
            _ => format!("{event}/{}/{n}", self.name()),
        }
    }

    /// Whether this is the key of such an item.
    pub fn is(key: &str) -> bool {
        let (before, last) = key.rsplit_once('/').unwrap_or(("", key));
        let word = before.rsplit_once('/').map(|(_, word)| word);
        let told_again = [News::Moved, News::Changed]
            .iter()
            .any(|news| word == Some(news.name()));
        last == News::Cancelled.name() && !before.is_empty()
            || told_again && last.parse::<usize>().is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::News;

    #[test]
    fn a_key_of_news_is_known_again() {
        for news in [News::Moved, News::Cancelled, News::Changed] {
            assert!(News::is(&news.key("talk/2026-03-12", 2)));
            assert!(News::is(&news.key("event", 1)));
        }
        for other in [
            "talk/2026-03-12",
            "changed/2026-03-12",
            "cancelled",
            "moved",
            "reminder/1",
            "talk/2026-03-12/announce",
        ] {
            assert!(!News::is(other), "{other}");
        }
    }
}
