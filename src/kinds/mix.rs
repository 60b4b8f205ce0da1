//! What a season promises about who speaks, held against the sessions that are certain.

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Mix, Run, Speaking};

/// Warns where a season keeps less than it promised, and where one person speaks again and again.
pub fn check(mix: Mix, run: &Run, diags: &mut Diagnostics) {
    let speaking = Speaking::of(&run.sessions);
    let Some(share) = speaking.share() else {
        return;
    };
    let here = || run.origin.place(run.programme_at.clone());
    let mut tell = |message: String| {
        diags.push(
            Diagnostic::warning("mix-missed", message)
                .at(here())
                .why("people come when they hear colleagues, from more corners than one")
                .help("ask for the next talk where nobody has spoken yet"),
        );
    };
    let Speaking { sessions, led, .. } = speaking;
    if share < mix.employee_led {
        tell(format!(
            "employees lead {led} of {sessions} sessions ({share} % < {} %)",
            mix.employee_led
        ));
    }
    let departments = speaking.departments.len();
    let wanted = mix.departments as usize;
    if sessions >= wanted && departments < wanted {
        tell(format!(
            "the sessions come from {departments} departments, the season promises {wanted}"
        ));
    }
    for (speaker, times) in speaking.times.into_iter().filter(|(_, times)| *times > 1) {
        diags.push(
            Diagnostic::warning(
                "same-speaker",
                format!("{speaker} speaks {times} times in this season"),
            )
            .at(here())
            .help("somebody else may be waiting to be asked"),
        );
    }
}
