//! The form that gives more time.

use contract::Error;
use contract::deadline::{ExtensionDeskView, ExtensionTarget};
use leptos::prelude::*;
use rules::Violation;

use crate::deadline::api::GiveExtension;
use crate::i18n::ui_locale;
use crate::judging::{after_success, failure_of};
use crate::text::{FormErrors, error_text, field_message, word};
use crate::ui::{Button, Card, IconName, TextArea, TextField, TextKind};

/// The form for the entry or unit chosen.
#[component]
pub fn Give(
    view: ExtensionDeskView,
    chosen: (ExtensionTarget, String),
    again: Callback<()>,
) -> impl IntoView {
    let (target, name) = chosen;
    let action = ServerAction::<GiveExtension>::new();
    after_success(action, move |()| again.run(()));
    let failure = failure_of(action);
    let beside = move |field: &'static str| {
        Signal::derive(move || {
            failure.with(|failure| failure.as_ref().and_then(|error| field_message(error, field)))
        })
    };
    let reason = Signal::derive(move || {
        failure.with(|failure| match failure {
            Some(error @ Error::Rule(Violation::ReasonRequired)) => Some(error_text(error)),
            Some(error) => field_message(error, "reason"),
            None => None,
        })
    });
    let target = match target {
        ExtensionTarget::Entry(id) => {
            view! { <input type="hidden" name="form[entry]" value=id.to_string()/> }.into_any()
        }
        ExtensionTarget::Unit(id) => {
            view! { <input type="hidden" name="form[unit]" value=id.to_string()/> }.into_any()
        }
    };
    let labels = vec![
        ("date", word!(deadline.extension.date)),
        ("time", word!(deadline.extension.time)),
        ("reason", word!(deadline.extension.reason)),
    ];
    let zone = view.zone.label(ui_locale());
    view! {
        <Card title=word!(deadline.extension.act_of, name = name) highlight=true>
            <ActionForm action=action>
                <div class="stack narrow-form">
                    <FormErrors error=failure prefix="form" labels/>
                    <input type="hidden" name="form[key]" value=view.key.to_string()/>
                    <input type="hidden" name="form[contest]" value=view.contest.to_string()/>
                    <input type="hidden" name="form[slug]" value=view.contest_slug/>
                    {target}
                    <div class="form-row">
                        <TextField name="form[date]" label=word!(deadline.extension.date) kind=TextKind::Date error=beside("date")/>
                        <TextField
                            name="form[time]"
                            label=word!(deadline.extension.time)
                            hint=word!(deadline.extension.time_hint, zone = zone)
                            kind=TextKind::Time
                            mark_optional=true
                            error=beside("time")
                        />
                    </div>
                    <TextArea name="form[reason]" label=word!(deadline.extension.reason) rows=3 max=2000 error=reason/>
                    <div><Button icon=IconName::Clock loading=action.pending()>{word!(deadline.extension.give)}</Button></div>
                </div>
            </ActionForm>
        </Card>
    }
    .into_any()
}
