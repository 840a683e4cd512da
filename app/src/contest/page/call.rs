//! The call to enter: time left and the button.

use crate::account::sign_in_href;
use crate::deadline::grace_note;
use crate::i18n::{t_string, use_i18n};
use crate::text::milestone_name;
use crate::ui::{Deadline, IconName, LinkButton};
use contract::contest::ContestCard;
use leptos::prelude::*;
use rules::time::{Timestamp, Zone};

/// Nothing once entries are no longer taken and no deadline is ahead.
#[component]
pub fn Call(card: ContestCard, can_enter: bool, sign_in: bool, now: Timestamp, zone: Zone) -> impl IntoView {
    let i18n = use_i18n();
    let start = format!("/entries?contest={}", card.slug);
    let (href, text) = if can_enter {
        (Some(start), t_string!(i18n, contest.page.enter))
    } else if sign_in {
        (
            Some(sign_in_href(&start)),
            t_string!(i18n, contest.page.sign_in_to_enter),
        )
    } else {
        (None, "")
    };
    let deadline = card.next_deadline;
    (href.is_some() || deadline.is_some()).then(|| {
        view! {
            <div class="call panel">
                {deadline.map(|next| {
                    let note = grace_note(&next, &zone);
                    view! { <Deadline at=next.at zone now label=milestone_name(next.milestone) note/> }
                })}
                {href.map(|href| view! { <LinkButton href icon=IconName::Send>{text}</LinkButton> })}
            </div>
        }
        .into_any()
    })
}
