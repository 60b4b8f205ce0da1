//! Everybody who reads our feeds, for more than a year: nobody misses anything, nobody sees anything twice.
//!
//! `docs/consumers.md` holds the tables; `UPDATE=1 cargo test --test simulation` writes it anew.
#![allow(
    clippy::disallowed_methods,
    reason = "the tables lie on the disk, and the environment asks to write them"
)]

#[path = "../common/mod.rs"]
mod common;

mod ci;
mod library;
mod paper;
mod random;
mod schemes;
mod traps;
mod watch;
mod year;
