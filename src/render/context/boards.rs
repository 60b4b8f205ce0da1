//! What the team's pages see besides: charts, and what is read from them.

use super::{ChannelLink, FactLine, Link, SectionHtml, ThereLine, When};
use serde::Serialize;

/// A chart, and the same in words.
#[derive(Debug, Clone, Serialize)]
pub struct Picture {
    /// What it shows.
    pub title: String,
    /// An inline SVG; HTML.
    pub svg: String,
    /// What is to be seen in it.
    pub says: String,
}

/// What the designer of a counted series wants to know of it.
#[derive(Debug, Clone, Serialize)]
pub struct OverviewPart {
    /// Which activity is on which step of the ramp.
    pub ramp: Option<Picture>,
    /// How many activities are on each step, and which.
    pub steps: Vec<FactLine>,
    /// How long each activity takes.
    pub minutes: Option<Picture>,
    /// How its runs fall.
    pub runs: Vec<FallPart>,
}

/// How the days of a run fall.
#[derive(Debug, Clone, Serialize)]
pub struct FallPart {
    /// The team's plan of it.
    pub run: Link,
    /// Its first day.
    pub starts: When,
    /// Each weekday with the numbers that fall on it.
    pub weekdays: Vec<FactLine>,
    /// Days that the calendar took, and what was moved, each with its reason.
    pub moved: Vec<FactLine>,
    /// How far apart its days are at most, as a rule.
    pub usual: String,
    /// Pauses that are longer than that.
    pub pauses: Vec<FactLine>,
}

/// A season of sessions, for whoever coordinates it.
#[derive(Debug, Clone, Serialize)]
pub struct SeasonPart {
    /// How many slots are filled, and whether the season keeps what it promised.
    pub meters: Vec<Picture>,
    /// Every slot that somebody holds or may hold.
    pub slots: Vec<SlotLine>,
}

/// A slot of a season.
#[derive(Debug, Clone, Serialize)]
pub struct SlotLine {
    /// Anchor of its sheet on the page.
    pub anchor: String,
    /// When it begins.
    pub when: When,
    /// When it ends.
    pub ends: When,
    /// The page for whoever speaks in it.
    pub card: Option<String>,
    /// The title of its session, however far that is.
    pub session: Option<String>,
    /// Who speaks.
    pub speaker: Option<String>,
    /// The department they come from.
    pub department: Option<String>,
    /// `free`, `idea`, `agreed`, `confirmed`, `done` or `cancelled`.
    pub standing: &'static str,
    /// What is still to be seen to.
    pub lacks: Vec<String>,
}

/// What whoever speaks in a session needs: a sheet of paper.
#[derive(Debug, Clone, Serialize)]
pub struct SpeakerPage {
    /// The title of the session.
    pub title: String,
    /// The team's plan of the season.
    pub plan: Link,
    /// When it is, and what is still to be seen to.
    pub slot: SlotLine,
    /// When it begins at other places.
    pub there: Vec<ThereLine>,
    /// Where it is talked about.
    pub channels: Vec<ChannelLink>,
    /// What happens when, from the first word on to what comes after.
    pub dates: Vec<SpeakerDate>,
    /// One or two sentences on it.
    pub summary: String,
    /// What people will read of it.
    pub sections: Vec<SectionHtml>,
    /// BCP 47 tag of the words, if they are not in the page's language.
    pub lang: Option<String>,
}

/// A text that somebody finishes by hand: an end report, or the notes of an event.
#[derive(Debug, Clone, Serialize)]
pub struct SkeletonPage {
    /// What it is.
    pub title: String,
    /// The team's plan of the run.
    pub plan: Link,
    /// What to do with it.
    pub how: String,
    /// The same as a file.
    pub file: String,
    /// Markdown with blanks.
    pub text: String,
}

/// A day that somebody who speaks should know.
#[derive(Debug, Clone, Serialize)]
pub struct SpeakerDate {
    /// When.
    pub when: When,
    /// Whether its hour counts.
    pub timed: bool,
    /// What is to be done, or what happens.
    pub what: String,
}

/// How a flow is paced, for whoever curates it.
#[derive(Debug, Clone, Serialize)]
pub struct PacingPart {
    /// Whether each week has what it was promised, and how the picks are spread.
    pub meters: Vec<Picture>,
    /// The slots ahead.
    pub slots: Vec<PacedLine>,
    /// The picks that find no slot, each with the reason.
    pub waiting: Vec<FactLine>,
}

/// A slot of a flow.
#[derive(Debug, Clone, Serialize)]
pub struct PacedLine {
    /// Its day.
    pub day: String,
    /// What it takes, where the flow has a pattern.
    pub takes: Option<String>,
    /// The theme of its week.
    pub theme: Option<String>,
    /// What is in it.
    pub title: String,
    /// `pick`, `again`, `question`, `wrap`, `bank` or `nothing`.
    pub holds: &'static str,
    /// Where that is from.
    pub source: Option<String>,
    /// Whether it is settled, and what else there is to say.
    pub notes: Vec<String>,
}

/// The brief for a team's manager: a sheet of paper. Nothing that the team will be asked stands on it.
#[derive(Debug, Clone, Serialize)]
pub struct BriefPage {
    /// The run's title.
    pub title: String,
    /// The kind's word.
    pub kind: String,
    /// The team's plan of the run.
    pub plan: Link,
    /// What the programme is for.
    pub purpose: String,
    /// Whom it is for.
    pub cohort: Option<String>,
    /// Its first day.
    pub starts: When,
    /// Its last day, if there is one.
    pub ends: Option<When>,
    /// The results of the team's work, and the agreement.
    pub facts: Vec<FactLine>,
    /// What the team does again and again.
    pub routines: Vec<RoutineLine>,
    /// What happens once: steps and reviews.
    pub days: Vec<BriefDay>,
    /// What is asked of the manager in the first talk.
    pub first_talk: Vec<String>,
    /// Who has which role.
    pub roles: Vec<FactLine>,
    /// BCP 47 tag of the programme's words, if that is not the page's language.
    pub lang: Option<String>,
}

/// A routine of a team.
#[derive(Debug, Clone, Serialize)]
pub struct RoutineLine {
    /// Its title.
    pub title: String,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// The first time.
    pub first: When,
    /// The result of the team's work that it moves.
    pub moves: Option<String>,
}

/// A day on which something happens once.
#[derive(Debug, Clone, Serialize)]
pub struct BriefDay {
    /// What.
    pub title: String,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// When.
    pub when: When,
}
