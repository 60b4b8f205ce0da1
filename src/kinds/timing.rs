//! Offsets as activities carry them: `offset=2wd at=10:00 on_skip=following`.

use crate::diag::{Diagnostic, Diagnostics};
use crate::document::{Audience, Fields, Key};
use crate::model::Timing;
use crate::schedule::OnSkip;

/// The keys of a timed activity.
pub const TIMING_KEYS: [Key; 3] = [
    Key::new("offset", Audience::Run),
    Key::new("at", Audience::Run),
    Key::new("on_skip", Audience::Run),
];

/// Reads when an activity happens; `None` with a problem when it does not say.
pub fn read_timing(fields: &Fields, diags: &mut Diagnostics) -> Option<Timing> {
    if !fields.has("offset") {
        diags.push(
            Diagnostic::error(
                "missing-offset",
                "this activity does not say when it happens",
            )
            .at(fields.here())
            .help("add an offset from the start: `offset=0wd`, `offset=-10wd`, `offset=30d`"),
        );
        return None;
    }
    Some(Timing {
        offset: fields.parse("offset", diags)?,
        at: fields.time("at", diags),
        on_skip: fields.parse("on_skip", diags),
    })
}

/// What a holiday does to something around a session: what prepares it moves forward, what follows
/// moves back.
pub fn around(timing: &Timing) -> OnSkip {
    if timing.offset.is_before() {
        OnSkip::Preceding
    } else {
        OnSkip::Following
    }
}
