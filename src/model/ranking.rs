//! What makes an item worth a look, and how much each of it counts on a site.

/// One thing that counts for or against an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// It speaks of what is wanted.
    Topic,
    /// It is new.
    Fresh,
    /// Its source is trusted.
    Trust,
    /// Other sources offer it, too.
    Others,
    /// It disagrees with what people here believe, and nothing that is to come does.
    Challenge,
    /// Its source offers more than its share.
    Loud,
    /// It takes longer than people have.
    Long,
}

impl Measure {
    /// Every measure by its word, with the points that it gives or takes at the most where a site says nothing.
    /// What somebody wants to know goes before how it came; nothing that takes points outweighs a topic.
    pub const ALL: &[(&str, Measure, u32)] = &[
        ("topic", Measure::Topic, 30),
        ("fresh", Measure::Fresh, 20),
        ("trust", Measure::Trust, 20),
        ("others", Measure::Others, 15),
        ("challenge", Measure::Challenge, 15),
        ("loud", Measure::Loud, 15),
        ("long", Measure::Long, 10),
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// Whether it speaks against an item.
    pub fn is_against(self) -> bool {
        matches!(self, Measure::Loud | Measure::Long)
    }
}

/// How a site puts in order what its sources offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// What is wanted; if nothing is named, what the sources write about.
    pub topics: Vec<String>,
    /// What takes longer has to be better.
    pub minutes_max: u32,
    /// The points of each measure, in the order of [`Measure::ALL`].
    pub weights: Vec<u32>,
}

impl Default for Ranking {
    fn default() -> Self {
        Self {
            topics: Vec::new(),
            minutes_max: 20,
            weights: Measure::ALL.iter().map(|(_, _, points)| *points).collect(),
        }
    }
}

impl Ranking {
    /// The points that a measure gives or takes at the most.
    pub fn weight(&self, measure: Measure) -> u32 {
        self.weights
            .get(measure as usize)
            .copied()
            .unwrap_or_default()
    }
}
