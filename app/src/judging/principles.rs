//! The marking principles (S0 A-23), confirmed once a round before the first scorecard.

use leptos::prelude::*;
use rules::id::{CommandKey, RoundId};

use super::api::ConfirmPrinciples as ConfirmAction;
use super::parts::{Failure, after_success, failure_of};
use crate::text::word;
use crate::ui::{Button, Card, Checkbox, IconName};

/// The principles and the judge's word; `done` runs once the server has it.
#[component]
pub fn Principles(round: RoundId, key: CommandKey, done: Callback<()>) -> impl IntoView {
    let action = ServerAction::<ConfirmAction>::new();
    after_success(action, move |()| done.run(()));
    view! {
        <Card title=word!(judging.principles.title) highlight=true>
            <blockquote class="principles">{word!(judging.principles.words)}</blockquote>
            <p>{word!(judging.principles.text)}</p>
            <ActionForm action>
                <div class="stack">
                    <Failure error=failure_of(action)/>
                    <input type="hidden" name="cmd[key]" value=key.to_string()/>
                    <input type="hidden" name="cmd[round]" value=round.to_string()/>
                    // The tick is asked of the person, not sent: the command itself is the confirmation.
                    <Checkbox name="read" label=word!(judging.principles.tick) required=true/>
                    <div><Button icon=IconName::Shield loading=action.pending()>{word!(judging.principles.confirm)}</Button></div>
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}
