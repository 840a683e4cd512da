//! Locking the round: said beforehand what it does, and confirmed.

use leptos::prelude::*;

use super::Desk;
use crate::judging::api::LockRound;
use crate::judging::parts::{Failure, after_success, failure_of};
use crate::text::word;
use crate::ui::{Button, Card, Checkbox, IconName, Variant};

/// The form, once nothing is in the way.
#[component]
pub fn Lock(desk: Desk) -> impl IntoView {
    let action = ServerAction::<LockRound>::new();
    after_success(action, move |()| desk.reload());
    let ready = desk.part(|view| view.can_lock);
    let advanced = desk.part(|view| view.advance.as_ref().map(|advance| advance.advanced.clone()));
    let effect = move || match advanced.get() {
        Some(entries) => {
            let labels = entries
                .iter()
                .map(|label| label.0.as_str())
                .collect::<Vec<_>>()
                .join(", ");
            view! {
                <p class="strong">{word!(judging.lock.advance, count = entries.len())}</p>
                <p class="num">{labels}</p>
            }
            .into_any()
        }
        None => view! { <p class="strong">{word!(judging.lock.last)}</p> }.into_any(),
    };
    move || {
        ready.get().then(|| {
            view! {
                <Card title=word!(judging.lock.title) highlight=true>
                    <div class="stack">
                        {effect}
                        <ul>
                            <li>{word!(judging.lock.frozen)}</li>
                            <li>{word!(judging.lock.seen)}</li>
                            <li>{word!(judging.lock.record)}</li>
                        </ul>
                        <ActionForm action>
                            <div class="stack">
                                <Failure error=failure_of(action)/>
                                <input type="hidden" name="cmd[key]" value=move || desk.view.with(|view| view.key.to_string())/>
                                <input type="hidden" name="cmd[round]" value=move || desk.view.with(|view| view.round.to_string())/>
                                <input type="hidden" name="cmd[expected]"
                                    value=move || desk.view.with(|view| view.version.to_string())/>
                                <Checkbox name="sure" label=word!(judging.lock.sure) required=true/>
                                <div>
                                    <Button variant=Variant::Danger icon=IconName::Lock loading=action.pending()>
                                        {word!(judging.lock.lock)}
                                    </Button>
                                </div>
                            </div>
                        </ActionForm>
                    </div>
                </Card>
            }
        })
    }
}
