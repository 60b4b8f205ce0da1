//! What those who look after runs do, and when: one table a kind, taken from what the role guides advise.
//! Days are working days from what a row is tied to. A new kind begins with [`USUAL`].

use crate::model::{Anchor, Chore, Gives, Occurrence, Seat, State};
use jiff::civil::Weekday::{Friday, Monday, Thursday, Tuesday, Wednesday};

const fn seat(key: &'static str, usual: &'static str) -> Seat {
    Seat {
        key,
        usual: Some(usual),
    }
}

/// Somebody who helps: nobody, where the definition names none.
const fn helper(key: &'static str) -> Seat {
    Seat { key, usual: None }
}

const ANYBODY: Seat = helper("");
const GUIDE: Seat = seat("guide", "learning-guide");
const DESIGNER: Seat = seat("designer", "learning-challenge-designer");
const MANAGER: Seat = seat("manager", "community-manager");
const DEPUTY: Seat = helper("deputy");
const WELCOMER: Seat = seat("host", "onboarding-community-manager");
const COORDINATOR: Seat = seat("coordinator", "mentoring-coordinator");
const FACILITATOR: Seat = seat("facilitator", "facilitator");
const HOST: Seat = seat("host", "host");
const CO_HOSTS: Seat = helper("co_hosts");
const SEASON: Seat = seat("coordinator", "learning-network-coordinator");
const CONSULTANT: Seat = seat("consultant", "collaboration-consultant");
const TEAM_MANAGER: Seat = helper("manager");
const CURATOR: Seat = seat("curator", "curator");

/// Something on a working day so far from what it is tied to, at any hour of the day.
const fn on(name: &'static str, seat: Seat, anchor: Anchor, days: i32, minutes: u32) -> Chore {
    Chore {
        name,
        seat,
        anchor,
        days,
        at_the_hour: false,
        minutes,
        gives: Gives::Nothing,
    }
}

/// Something at the very hour at which an occurrence is due.
const fn at(
    name: &'static str,
    seat: Seat,
    of: fn(&Occurrence) -> bool,
    minutes: u32,
    gives: Gives,
) -> Chore {
    Chore {
        at_the_hour: true,
        gives,
        ..on(name, seat, Anchor::Each(of), 0, minutes)
    }
}

const fn with(chore: Chore, gives: Gives) -> Chore {
    Chore { gives, ..chore }
}

const fn each(of: fn(&Occurrence) -> bool) -> Anchor {
    Anchor::Each(of)
}

/// What comes out as a post.
fn is_post(o: &Occurrence) -> bool {
    o.event.is_none() && !o.quiet && o.state != State::Empty
}

fn is_event(o: &Occurrence) -> bool {
    o.event.is_some() && o.state != State::Empty
}

fn is_opening(o: &Occurrence) -> bool {
    o.opens && is_post(o)
}

fn is_within(o: &Occurrence) -> bool {
    !o.opens && is_post(o)
}

fn is_answered_within(o: &Occurrence) -> bool {
    is_answered(o) && !o.opens
}

/// What people answer: it neither invites nor reminds.
fn is_answered(o: &Occurrence) -> bool {
    is_post(o) && o.invites.is_none()
}

fn is_invitation(o: &Occurrence) -> bool {
    is_post(o) && o.invites.is_some() && o.part_of.is_none()
}

fn has_poster(o: &Occurrence) -> bool {
    let facts = o.words.every_fact();
    facts.iter().any(|fact| fact.key == "poster")
}

fn is_first_step(o: &Occurrence) -> bool {
    is_post(o) && o.number == Some(1)
}

fn is_later_step(o: &Occurrence) -> bool {
    is_post(o) && o.number != Some(1)
}

/// What is drawn or begun by the rhythm itself and has its own name, so not an activity of the launch.
fn is_question(o: &Occurrence) -> bool {
    is_post(o) && o.label.is_some() && o.words.digest_from.is_none()
}

fn is_launch(o: &Occurrence) -> bool {
    is_post(o) && o.label.is_none()
}

fn is_digest(o: &Occurrence) -> bool {
    o.words.digest_from.is_some() && !o.opens
}

fn is_introduction(o: &Occurrence) -> bool {
    is_post(o) && *o.drawn == *"introductions"
}

fn is_mentoring_step(o: &Occurrence) -> bool {
    is_post(o) && *o.drawn != *"introductions"
}

/// An event that somebody was invited to.
fn is_held(o: &Occurrence) -> bool {
    is_event(o) && o.announced_by.is_some()
}

/// An event that takes place whoever comes.
fn is_open_house(o: &Occurrence) -> bool {
    is_event(o) && o.announced_by.is_none()
}

fn is_empty(o: &Occurrence) -> bool {
    o.state == State::Empty
}

fn has_after(o: &Occurrence) -> bool {
    let after = crate::model::Section::After;
    is_event(o) && o.words.parts.iter().any(|part| part.section == after)
}

/// A routine of a team: the practice names it, its day tells it apart.
fn is_practice(o: &Occurrence) -> bool {
    is_post(o) && o.label.is_some()
}

fn is_review(o: &Occurrence) -> bool {
    o.quiet
}

/// What every run needs: read it, see it out, answer.
pub const USUAL: &[Chore] = &[
    with(on("check", ANYBODY, each(is_post), -2, 5), Gives::WayToPost),
    at("post", ANYBODY, is_post, 5, Gives::Post),
    with(
        on("answer", ANYBODY, each(is_answered), 1, 10),
        Gives::IfQuiet,
    ),
    at("hold", ANYBODY, is_event, 0, Gives::Minutes),
];

/// The designer looks after the row, the guide after the people.
pub const CHALLENGE: &[Chore] = &[
    on("row", DESIGNER, Anchor::Starts, -30, 45),
    on("spare", DESIGNER, Anchor::Weekly(Monday), 0, 10),
    on("changed", DESIGNER, Anchor::Weekly(Friday), 0, 15),
    on("look_back", DESIGNER, Anchor::Ends, 3, 60),
    with(
        on("poster", GUIDE, each(has_poster), -5, 10),
        Gives::WayToPost,
    ),
    at("post", GUIDE, is_post, 10, Gives::Post),
    with(
        on("answer", GUIDE, each(is_answered), 1, 10),
        Gives::IfQuiet,
    ),
    on("week_wrap", GUIDE, Anchor::Weekly(Friday), 0, 20),
];

pub const GUIDED: &[Chore] = &[
    on("read_week", GUIDE, each(is_opening), -1, 30),
    at("open", GUIDE, is_opening, 30, Gives::Post),
    at("post", GUIDE, is_within, 10, Gives::Post),
    on("link", GUIDE, Anchor::Weekly(Tuesday), 0, 10),
    on("quiet", GUIDE, Anchor::Weekly(Wednesday), 0, 10),
    with(
        on("answer", GUIDE, each(is_answered_within), 1, 10),
        Gives::IfQuiet,
    ),
    on("close", GUIDE, Anchor::Ends, 5, 20),
];

pub const ONBOARDING: &[Chore] = &[
    at("welcome", WELCOMER, is_first_step, 30, Gives::Post),
    on("hello", WELCOMER, each(is_first_step), 1, 15),
    on("buddies", WELCOMER, each(is_first_step), 2, 15),
    at("post", WELCOMER, is_later_step, 5, Gives::Post),
    on("walk", WELCOMER, Anchor::Weekly(Friday), 0, 20),
];

pub const MENTORING: &[Chore] = &[
    at("introduce", COORDINATOR, is_introduction, 60, Gives::Post),
    on("unmatched", COORDINATOR, each(is_introduction), 1, 20),
    on("renew", COORDINATOR, Anchor::Card, 0, 5),
    at("post", COORDINATOR, is_mentoring_step, 10, Gives::Post),
    with(
        on("agenda", COORDINATOR, each(is_event), -1, 10),
        Gives::Minutes,
    ),
    on("useful", COORDINATOR, each(is_event), 1, 5),
];

pub const COMMUNITY: &[Chore] = &[
    with(
        on("first_answer", MANAGER, each(is_question), -1, 10),
        Gives::WayToPost,
    ),
    at("first_half_hour", MANAGER, is_question, 30, Gives::Post),
    on("in_private", MANAGER, each(is_question), 1, 15),
    at("post", MANAGER, is_launch, 10, Gives::Post),
    on("case", MANAGER, each(is_event), -4, 10),
    at("hold", MANAGER, is_event, 0, Gives::Post),
    on("best_answers", MANAGER, each(is_digest), -2, 20),
    at("post", MANAGER, is_digest, 10, Gives::Post),
    with(
        on("health", MANAGER, Anchor::Monthly, 0, 30),
        Gives::List("health"),
    ),
    with(
        on("health", DEPUTY, Anchor::Monthly, 0, 30),
        Gives::List("health"),
    ),
    on("go_on", MANAGER, Anchor::Review, 0, 60),
    on("go_on", DEPUTY, Anchor::Review, 0, 60),
];

pub const CLASSROOM: &[Chore] = &[
    at("post", FACILITATOR, is_post, 5, Gives::Post),
    on("managers", FACILITATOR, each(is_invitation), 1, 20),
    with(
        on("answer", FACILITATOR, each(is_answered), 1, 15),
        Gives::IfQuiet,
    ),
    with(
        on("materials", FACILITATOR, each(is_event), -5, 20),
        Gives::List("materials"),
    ),
    on("sort", FACILITATOR, each(is_event), -2, 30),
    with(
        on("print", FACILITATOR, each(is_event), -1, 20),
        Gives::Minutes,
    ),
    at("hold", FACILITATOR, is_event, 0, Gives::Minutes),
    on("harvest", FACILITATOR, Anchor::Ends, 2, 15),
];

pub const LIVE_EVENT: &[Chore] = &[
    at("post", HOST, is_post, 5, Gives::Post),
    with(on("rehearse", HOST, each(is_event), -4, 20), Gives::Minutes),
    on("seeds", HOST, each(is_event), -3, 20),
    on("collected", HOST, each(is_event), -1, 15),
    at("chat", HOST, is_event, 60, Gives::Minutes),
    at("greet", CO_HOSTS, is_event, 60, Gives::Minutes),
    on("notes", HOST, each(is_event), 1, 30),
];

pub const NETWORK: &[Chore] = &[
    on("fill", SEASON, each(is_empty), -20, 20),
    at("post", SEASON, is_post, 5, Gives::Post),
    at("talk", SEASON, is_held, 45, Gives::Minutes),
    at("coffee", SEASON, is_open_house, 25, Gives::Post),
    Chore {
        days: 1,
        ..at("after", SEASON, has_after, 10, Gives::After)
    },
];

pub const TEAM_PLAYBOOK: &[Chore] = &[
    with(
        on("first_talk", CONSULTANT, Anchor::Starts, -10, 30),
        Gives::List("first_talk"),
    ),
    at("post", CONSULTANT, is_post, 5, Gives::Post),
    at("lead", TEAM_MANAGER, is_practice, 10, Gives::Post),
    on("notice", CONSULTANT, Anchor::Weekly(Tuesday), 0, 10),
    at("review", CONSULTANT, is_review, 30, Gives::Nothing),
    at("review", TEAM_MANAGER, is_review, 30, Gives::Nothing),
    on("leave", CONSULTANT, Anchor::Ends, 1, 20),
];

pub const LEARNING_FLOW: &[Chore] = &[
    at("post", CURATOR, is_post, 5, Gives::Post),
    on("runway", CURATOR, Anchor::Weekly(Monday), 0, 10),
    on("read", CURATOR, Anchor::Weekly(Tuesday), 0, 40),
    on("visit", CURATOR, Anchor::Weekly(Wednesday), 0, 10),
    on("choose", CURATOR, Anchor::Weekly(Thursday), 0, 40),
];
