//! Whether an author agreed to be one, and what to do where they have not.

use leptos::prelude::*;
use rules::entry::{Consent, EntryField};
use rules::time::format_datetime;

use super::super::draft::Draft;
use super::super::missing::control_id;
use super::inviting::Inviting;
use crate::text::word;
use crate::ui::{Badge, Button, IconName, Tone, Variant};

/// The line below an author's name: the answer awaited or given, and the buttons that fit it.
#[component]
pub fn ConsentLine(draft: Draft, inviting: Inviting, index: usize) -> impl IntoView {
    let consent = Memo::new(move |_| {
        let author = draft
            .typed
            .with(|typed| typed.authors.get(index).map(|row| row.author()))?;
        draft.view.with(|view| Some(view.consents.of(&author, view.now)))
    });
    let name = Memo::new(move |_| {
        draft
            .typed
            .with(|typed| typed.authors.get(index).map(|row| row.full_name.clone()))
            .unwrap_or_default()
    });
    let zone = draft.frame.with_value(|frame| frame.zone.clone());
    let id = control_id(&EntryField::AuthorConsent(index));
    move || {
        let consent = consent.get().filter(|consent| *consent != Consent::NotAsked)?;
        let at = |at| format_datetime(at, &zone);
        let (tone, icon, text) = match consent {
            Consent::NotAsked => return None,
            Consent::Accepted { at: when } => (
                Tone::Ok,
                IconName::CheckCircle,
                word!(author.consent.accepted, at = at(when)),
            ),
            Consent::Waiting { until } => (
                Tone::Info,
                IconName::Clock,
                word!(author.consent.waiting, until = at(until)),
            ),
            Consent::Expired { at: when } => (
                Tone::Warn,
                IconName::Clock,
                word!(author.consent.expired, at = at(when)),
            ),
            Consent::Declined { at: when } => (
                Tone::Danger,
                IconName::Close,
                word!(author.consent.declined, at = at(when)),
            ),
            Consent::NotInvited => (Tone::Warn, IconName::Mail, word!(author.consent.not_invited)),
            Consent::NoAddress => (Tone::Warn, IconName::Mail, word!(author.consent.no_address)),
        };
        let waiting = matches!(consent, Consent::Waiting { .. });
        let send = match consent {
            Consent::NotInvited => word!(author.invite.send),
            _ => word!(author.invite.again),
        };
        let of = |act: &str| format!("{act}: {}", name.get());
        let again = consent.can_invite().then(|| {
            view! {
                <Button
                    variant=Variant::Secondary
                    small=true
                    icon=IconName::Send
                    name="form[intent]"
                    value=format!("invite:{index}")
                    label=of(&send)
                    loading=inviting.busy
                >
                    {send.clone()}
                </Button>
            }
        });
        let back = waiting.then(|| {
            let text = word!(author.invite.take_back);
            view! {
                <Button
                    variant=Variant::Quiet
                    small=true
                    icon=IconName::Undo
                    name="form[intent]"
                    value=format!("recall:{index}")
                    label=of(&text)
                    loading=inviting.busy
                >
                    {text.clone()}
                </Button>
            }
        });
        Some(view! {
            <div class="consent-line cluster" id=id.clone() tabindex="-1">
                <Badge tone icon>{text}</Badge>
                {again}
                {back}
            </div>
        })
    }
}
