//! The last lines of the ledger, in words.

use contract::contest::LedgerNote;
use leptos::prelude::*;
use rules::time::Zone;

use crate::text::{event_name, word};
use crate::ui::{Card, DateTime};

/// Newest first, as the service gives them.
#[component]
pub fn Recent(notes: Vec<LedgerNote>, zone: Zone) -> impl IntoView {
    let empty = notes.is_empty();
    let lines = notes.into_iter().map(|note| {
        let who = note.who.unwrap_or_else(|| word!(contest.manage.room.system));
        view! {
            <li class="ledger-note">
                <span class="ledger-what">{event_name(&note.kind)}</span>
                <span class="muted small">
                    <span>{who}</span>
                    <span class="num">{format!(" · #{} · ", note.seq)}</span>
                    <DateTime at=note.at zone=zone.clone()/>
                </span>
            </li>
        }
    });
    let lines = lines.collect_view();
    view! {
        <Card title=word!(contest.manage.room.ledger)>
            {if empty {
                view! { <p class="muted">{word!(contest.manage.room.ledger_empty)}</p> }.into_any()
            } else {
                view! { <ol class="ledger-notes">{lines}</ol> }.into_any()
            }}
        </Card>
    }
    .into_any()
}
