//! Grace, extensions and lateness in words, for every page that shows a deadline or a receipt.

use contract::contest::NextDeadline;
use contract::deadline::ExtensionNote;
use leptos::prelude::*;
use rules::contest::{Timeliness, Timetable};
use rules::time::{Zone, format_datetime, format_time};

use crate::text::{moment_text, word};
use crate::ui::{Badge, IconName, Notice, Tone};

/// "Hệ thống nhận thêm đến 17:15": what is still taken after the deadline; nothing without a grace.
pub fn grace_note(deadline: &NextDeadline, zone: &Zone) -> Option<String> {
    let until = deadline.grace_until()?;
    let at = if zone.date(until) == zone.date(deadline.at) {
        format_time(zone.local(until).time())
    } else {
        format_datetime(until, zone)
    };
    Some(word!(deadline.grace.until, at = at))
}

/// The contest's rule of grace in a sentence; nothing without one.
pub fn grace_rule(timetable: &Timetable) -> Option<String> {
    match (timetable.grace.minutes, timetable.grace.forwarding) {
        (0, _) => None,
        (minutes, false) => Some(word!(deadline.grace.plain, minutes = minutes)),
        (minutes, true) => Some(word!(deadline.grace.plain_units, minutes = minutes)),
    }
}

/// How something handed in stood to its deadline; nothing where it was in time. `forwarded` is about a unit's act.
pub fn timeliness_name(timeliness: Timeliness, forwarded: bool) -> Option<String> {
    match (timeliness, forwarded) {
        (Timeliness::InTime, _) => None,
        (Timeliness::InGrace, false) => Some(word!(deadline.timeliness.in_grace)),
        (Timeliness::InGrace, true) => Some(word!(deadline.timeliness.sent_in_grace)),
        (Timeliness::Extended, false) => Some(word!(deadline.timeliness.extended)),
        (Timeliness::Extended, true) => Some(word!(deadline.timeliness.sent_extended)),
    }
}

/// The mark of an entry that came after its deadline; nothing where it was in time.
#[component]
pub fn TimelinessBadge(timeliness: Timeliness) -> impl IntoView {
    timeliness_name(timeliness, false)
        .map(|name| view! { <Badge tone=Tone::Warn icon=IconName::Clock>{name}</Badge> })
}

/// More time given, with the reason; nothing where none was.
#[component]
pub fn ExtensionNotes(extensions: Vec<ExtensionNote>, zone: Zone) -> impl IntoView {
    (!extensions.is_empty()).then(|| {
        let notes = extensions
            .into_iter()
            .map(|note| {
                let at = moment_text(note.until, &zone);
                let title = if note.unit {
                    word!(deadline.note.unit, at = at)
                } else {
                    word!(deadline.note.entry, at = at)
                };
                view! {
                    <p class="strong">{title}</p>
                    <p class="pre-line">{word!(deadline.note.reason, reason = note.reason)}</p>
                }
            })
            .collect_view();
        view! { <Notice tone=Tone::Info>{notes}</Notice> }
    })
}
