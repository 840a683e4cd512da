//! The next deadline of a contest in a list.

use contract::contest::NextDeadline;
use leptos::prelude::*;
use rules::time::{Timestamp, Zone};

use crate::deadline::grace_note;
use crate::text::milestone_name;
use crate::ui::Deadline;

/// The deadline with the plan's date, and with `now` what is left.
///
/// A demo contest runs on a clock of its own: what is left stays right by moving both ends.
#[component]
pub fn NextDeadlineLine(
    next: NextDeadline,
    zone: Zone,
    #[prop(optional, into)] now: Option<Timestamp>,
) -> impl IntoView {
    let at = next.when.ends_at(&zone).unwrap_or(next.at);
    let label = milestone_name(next.milestone);
    let moved = at - next.at;
    let note = grace_note(&NextDeadline { at, ..next }, &zone);
    match now {
        Some(now) => view! { <Deadline at zone now=now + moved label note/> }.into_any(),
        None => view! { <Deadline at zone label note/> }.into_any(),
    }
}
