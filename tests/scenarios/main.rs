//! The numbered scenarios of the domain, through a whole repository: files go in; the plan, the pages,
//! the feeds and the problems come out. A test begins with its scenario's number.

#[path = "../common/mod.rs"]
mod common;

mod asides;
mod boards;
mod calendar;
mod classroom;
mod community;
mod connect;
mod diaries;
mod duties;
mod embeds;
mod flows;
mod guided;
mod host;
mod identity;
mod introductions;
mod languages;
mod live;
mod make;
mod mentoring;
mod onboarding;
mod seasons;
mod share;
mod shelves;
mod skeletons;
mod teams;
