//! An agenda, minute by minute: of a class, of a meeting of a circle.

use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::document::{Audience, Fields, Key};
use crate::model::AgendaItem;

/// The keys of an item.
pub const AGENDA_KEYS: &[Key] = &[
    Key::new("id", Audience::Released),
    Key::new("title", Audience::Released).prose(),
    Key::new("minutes", Audience::Released),
    Key::new("mode", Audience::Released),
    Key::new("say", Audience::Team).prose(),
];

const MODES: &[(&str, &str)] = &[
    ("discuss", "discuss"),
    ("work", "work"),
    ("present", "present"),
    ("break", "break"),
];

/// Reads the agenda under a key.
pub fn read_agenda(fields: &Fields, name: &str, diags: &mut Diagnostics) -> Vec<AgendaItem> {
    let mut after = 0;
    let mut agenda = Vec::new();
    for row in fields.maps(name, diags) {
        if let Some(item) = item(&row, after, diags) {
            after += item.minutes;
            agenda.push(item);
        }
    }
    agenda
}

fn item(fields: &Fields, after: u32, diags: &mut Diagnostics) -> Option<AgendaItem> {
    for key in ["title", "minutes", "mode"] {
        let _ = fields.need(key, "missing-key", diags);
    }
    let quiet = &mut Diagnostics::new();
    fields.text("id", diags);
    Some(AgendaItem {
        title: fields.text("title", quiet)?,
        after,
        minutes: fields.number("minutes", 1..=480, quiet)?,
        mode: fields.choice("mode", MODES, diags)?,
        tag: None,
        say: fields.text("say", diags),
    })
}

/// Refuses an agenda whose minutes are not those of the meeting, which is called `what`.
pub fn check_length(
    agenda: &[AgendaItem],
    minutes: u32,
    what: &str,
    place: &Place,
    diags: &mut Diagnostics,
) {
    let total: u32 = agenda.iter().map(|item| item.minutes).sum();
    if total == minutes {
        return;
    }
    let off = i64::from(total) - i64::from(minutes);
    diags.push(
        Diagnostic::error(
            "agenda-overruns",
            format!("the agenda has {total} minutes, the {what} {minutes} ({off:+}m)"),
        )
        .at(place.clone())
        .why("what overruns is always the talking at the end")
        .help(format!(
            "change the minutes of an item, or the length of the {what}"
        )),
    );
}
