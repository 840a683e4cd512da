//! Taking an entry back: asked for once, with a reason. The dialog asks in the page; without wasm the same form stands on
//! the page.

use contract::entry::ReceiptView;
use leptos::prelude::*;

use crate::entry::api::Withdraw as WithdrawAct;
use crate::entry::parts::receipt_href;
use crate::judging::failure_of;
use crate::text::{FormErrors, error_text, field_message, word};
use crate::ui::{Button, Card, Dialog, DialogLink, IconName, LinkButton, TextArea, Variant};
use contract::Error;
use rules::Violation;

/// The link to the question, and the question.
#[component]
pub fn Withdraw(view: ReceiptView) -> impl IntoView {
    let open = RwSignal::new(false);
    view.can_withdraw.then(|| {
        let href = format!("{}?withdraw=true", receipt_href(view.entry));
        view! {
            <DialogLink href open icon=IconName::Undo variant=Variant::Quiet>{word!(entry.withdraw.act)}</DialogLink>
            <Dialog open title=word!(entry.withdraw.title)>
                <Fields view id="withdraw-reason-dialog">
                    <Button kind="button" variant=Variant::Secondary on_click=Callback::new(move |_| open.set(false))>
                        {word!(common.action.cancel)}
                    </Button>
                </Fields>
            </Dialog>
        }
    })
}

/// The question on the page.
#[component]
pub fn WithdrawForm(view: ReceiptView) -> impl IntoView {
    view.can_withdraw.then(|| {
        let back = receipt_href(view.entry);
        view! {
            <Card title=word!(entry.withdraw.title)>
                <Fields view id="withdraw-reason">
                    <LinkButton href=back variant=Variant::Secondary>{word!(common.action.cancel)}</LinkButton>
                </Fields>
            </Card>
        }
    })
}

#[component]
fn Fields(view: ReceiptView, id: &'static str, children: Children) -> impl IntoView {
    let action = ServerAction::<WithdrawAct>::new();
    let failure = failure_of(action);
    let beside = Signal::derive(move || {
        failure.with(|failure| match failure {
            Some(error @ Error::Rule(Violation::ReasonRequired)) => Some(error_text(error)),
            Some(error) => field_message(error, "reason"),
            None => None,
        })
    });
    view! {
        <ActionForm action=action>
            <div class="stack">
                <FormErrors error=failure prefix="cmd" labels=vec![("reason", word!(entry.withdraw.reason))]/>
                <p>{word!(entry.withdraw.text)}</p>
                <input type="hidden" name="cmd[key]" value=view.key.to_string()/>
                <input type="hidden" name="cmd[entry]" value=view.entry.to_string()/>
                <input type="hidden" name="cmd[expected]" value=view.version.to_string()/>
                <TextArea name="cmd[reason]" id label=word!(entry.withdraw.reason) rows=4 max=2000 error=beside/>
                <div class="cluster">
                    <Button variant=Variant::Danger loading=action.pending()>{word!(entry.withdraw.confirm)}</Button>
                    {children()}
                </div>
            </div>
        </ActionForm>
    }
    .into_any()
}
