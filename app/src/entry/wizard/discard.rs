//! Giving a draft up: it was never handed in, so no reason is asked. The question stands folded below the review.

use leptos::prelude::*;
use rules::entry::EntryState;

use super::draft::Draft;
use crate::entry::api::Withdraw as WithdrawAct;
use crate::judging::{Failure, failure_of};
use crate::text::word;
use crate::ui::{Button, IconName, Variant};

/// The question; nothing for what was handed in, which is withdrawn from its receipt.
#[component]
pub fn Discard(draft: Draft) -> impl IntoView {
    let action = ServerAction::<WithdrawAct>::new();
    let refused = failure_of(action);
    let (state, key) = draft.view.with_untracked(|view| (view.state, view.key));
    let asked = state == EntryState::Draft && draft.can_edit();
    asked.then(|| {
        view! {
            <details class="discard no-print">
                <summary>{word!(entry.discard.title)}</summary>
                <ActionForm action=action>
                    <div class="stack stack-s">
                        <Failure error=refused/>
                        <p>{word!(entry.discard.text)}</p>
                        <input type="hidden" name="cmd[key]" value=key.to_string()/>
                        <input type="hidden" name="cmd[entry]" value=draft.entry().to_string()/>
                        <input type="hidden" name="cmd[expected]" value=move || draft.view.with(|view| view.version.to_string())/>
                        <input type="hidden" name="cmd[reason]" value=""/>
                        <div>
                            <Button variant=Variant::Danger icon=IconName::Close loading=action.pending()>
                                {word!(entry.discard.act)}
                            </Button>
                        </div>
                    </div>
                </ActionForm>
            </details>
        }
    })
}
