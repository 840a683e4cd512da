//! Declaring a conflict of interest: with a reason, and for good.

use contract::judging::OwnCard;
use leptos::prelude::*;
use rules::event::EntryLabel;
use rules::id::{CommandKey, RoundId};

use crate::judging::api::DeclareConflict;
use crate::judging::parts::{Failure, after_success, failure_of};
use crate::text::word;
use crate::ui::{Button, Icon, IconName, TextArea, Variant};

/// Folded away until it is needed; a native `<details>`, so it works without wasm too.
#[component]
pub fn Recuse(
    round: RoundId,
    label: EntryLabel,
    expected: RwSignal<OwnCard>,
    key: CommandKey,
    again: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<DeclareConflict>::new();
    after_success(action, move |()| again.run(()));
    view! {
        <details class="recuse">
            <summary><Icon name=IconName::Flag/><span>{word!(judging.recuse.summary)}</span></summary>
            <ActionForm action>
                <div class="stack">
                    <p>{word!(judging.recuse.text)}</p>
                    <Failure error=failure_of(action)/>
                    <input type="hidden" name="cmd[key]" value=key.to_string()/>
                    <input type="hidden" name="cmd[round]" value=round.to_string()/>
                    <input type="hidden" name="cmd[label]" value=label.0/>
                    <input type="hidden" name="cmd[expected]" value=move || expected.with(|card| card.version.to_string())/>
                    <TextArea name="cmd[reason]" label=word!(judging.recuse.reason) rows=3 max=500_usize required=true/>
                    <div>
                        <Button variant=Variant::Danger loading=action.pending()>{word!(judging.recuse.confirm)}</Button>
                    </div>
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}
