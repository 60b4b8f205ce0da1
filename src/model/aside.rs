//! What a run has besides its own page.

/// A page that a run has besides its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// What is on now, at an address that can be pinned.
    Today,
    /// Everything that is out, from the beginning on.
    CatchUp,
    /// A sheet of paper for those who take part.
    Card,
    /// How a session is offered; only of runs that call for some.
    Propose,
    /// What was moved, called off or is different, the newest first, with a feed of its own.
    Changes,
    /// What came out, by week, theme, source and format.
    Archive,
}

/// What is made of a kind's runs that is no page of theirs for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Their last week as text, as channels have it.
    Digest,
    /// A row in the directory of communities.
    Directory,
    /// A brief on one sheet for the team's manager; team tree only.
    Brief,
    /// An end report to be finished by whoever designed it; team tree only.
    Report,
    /// Notes to be finished by whoever held it; team tree only.
    Notes,
}

impl Aside {
    /// The last part of its address, below the run's.
    pub fn name(self) -> &'static str {
        match self {
            Aside::Today => "today",
            Aside::CatchUp => "catch-up",
            Aside::Card => "card",
            Aside::Propose => "propose",
            Aside::Changes => "changes",
            Aside::Archive => "archive",
        }
    }
}
