//! learnflow: a static learning-site and curation-feed generator. `ARCHITECTURE.md` is the map of the
//! house; the rooms stand here in the order in which a build passes through them.

pub mod diag;
pub mod document;
pub mod markdown;
pub mod model;
pub mod pace;
pub mod schedule;

pub mod introduce;
pub mod kinds;
pub mod load;
pub mod plan;
pub mod visible;

pub mod formats;
pub mod reader;
pub mod render;

pub mod consumer;
pub mod curate;
pub mod pipeline;
pub mod published;

pub mod cli;
pub mod command;
pub mod disk;
pub mod fetch;
