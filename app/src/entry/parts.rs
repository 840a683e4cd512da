//! Small things that several pages of entries share.

use contract::account::PersonLine;
use leptos::prelude::*;
use rules::entry::{EntryState, Step};
use rules::id::{EntryId, SlipId, UnitId};

use super::typed::AuthorRow;
use crate::text::{state_name, state_tone};
use crate::ui::Badge;

/// Address of the receipt and status page.
pub fn receipt_href(entry: EntryId) -> String {
    format!("/entries/{entry}")
}

/// Address of a step of the wizard.
pub fn step_href(entry: EntryId, step: Step) -> String {
    format!("/entries/{entry}/{}", step.slug())
}

/// Address of an entry with names.
pub fn detail_href(entry: EntryId) -> String {
    format!("/entries/{entry}/detail")
}

/// Address of a file of an entry.
pub fn file_href(id: rules::id::AttachmentId) -> String {
    format!("/files/attachment/{id}")
}

/// Address of a unit's board; more of the query may follow.
pub fn unit_href(slug: &str, unit: Option<UnitId>) -> String {
    match unit {
        Some(unit) => format!("/contests/{slug}/unit?unit={unit}"),
        None => format!("/contests/{slug}/unit?"),
    }
}

/// Address of a forwarding slip.
pub fn slip_href(slug: &str, slip: SlipId) -> String {
    format!("/contests/{slug}/unit/slips/{slip}")
}

/// Address of the organiser's list of units.
pub fn units_href(slug: &str) -> String {
    format!("/manage/{slug}/units")
}

/// Percent-encodes everything a query value may not hold.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A person found, as one more author.
pub fn row_of(person: PersonLine) -> AuthorRow {
    AuthorRow {
        user: person.id.to_string(),
        full_name: person.full_name,
        unit: person.unit.map(|unit| unit.to_string()).unwrap_or_default(),
        unit_name: person.unit_name.unwrap_or_default(),
        position: person.position,
        contact: String::new(),
        share: String::new(),
        lead: false,
    }
}

/// Where an entry stands.
#[component]
pub fn StateBadge(state: EntryState) -> impl IntoView {
    view! { <Badge tone=state_tone(state)>{state_name(state)}</Badge> }.into_any()
}

/// A code to compare letter by letter.
#[component]
pub fn CodeChip(#[prop(into)] code: String) -> impl IntoView {
    view! { <span class="code-chip num">{code}</span> }.into_any()
}

/// Asks the browser to print the page.
pub fn print_page() {
    #[cfg(feature = "hydrate")]
    {
        // Refused only where the browser has no printing; then nothing happens, as the person sees.
        let _ = leptos::prelude::window().print();
    }
}
