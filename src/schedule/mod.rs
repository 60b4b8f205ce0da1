//! The calendar sums: from "every weekday, but not on holidays" to dates, and from a date and a
//! clock to an instant.
//!
//! In come rules and a [`Calendar`]; out come plain dates, each with the reason when it is not
//! where it was written. A leaf: no file, no clock of its own, and no other part of the house.
//! Local wall time is the truth here; an instant is made last, by [`instant`].

pub mod cadence;
pub mod calendar;
pub mod offset;
pub mod rhythm;
pub mod zone;

pub use cadence::{Cadence, Frame, Nth, ShortMonth, Slot, Slots};
pub use calendar::{Calendar, OnSkip, Week, in_words};
pub use offset::{Offset, Unit};
pub use rhythm::Rhythm;
pub use zone::{Clock, instant, zone, zone_names};
