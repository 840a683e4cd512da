//! A new account.

use super::PeopleActs;
use crate::i18n::{t_string, use_i18n};
use crate::text::{FormErrors, error_text, field_message, word};
use crate::ui::{Button, Choice, IconName, Select, TextField, TextKind, Tone, use_toasts};
use contract::Error;
use contract::account::PeopleView;
use leptos::prelude::*;
use rules::Violation;
use rules::account::PasswordProblem;

/// The form; closed until wanted, open while something in it is wrong.
#[component]
pub fn CreateForm(view: PeopleView, acts: PeopleActs) -> impl IntoView {
    let i18n = use_i18n();
    let value = acts.create.value();
    let failure = Signal::derive(move || {
        value
            .read()
            .as_ref()
            .and_then(|answer| answer.as_ref().err().cloned())
    });
    let of = move |field: &'static str| {
        Signal::derive(move || failure.read().as_ref().and_then(|error| message(error, field)))
    };
    let units = view
        .units
        .iter()
        .map(|unit| {
            Choice::new(
                unit.id.to_string(),
                format!("{}{}", "– ".repeat(unit.level as usize), unit.name),
            )
        })
        .collect::<Vec<_>>();
    let created = t_string!(i18n, account.people.created);
    let toasts = use_toasts();
    Effect::new(move || {
        if matches!(value.get(), Some(Ok(_))) {
            toasts.show(Tone::Ok, created);
        }
    });
    let key = view.key.map(|key| key.to_string()).unwrap_or_default();
    view! {
        <details class="panel create-person" open=move || failure.read().is_some()>
            <summary>{t_string!(i18n, account.people.create)}</summary>
            <ActionForm action=acts.create>
                <div class="stack">
                    <FormErrors
                        error=failure
                        prefix="cmd"
                        labels=vec![
                            ("full_name", word!(account.field.full_name)),
                            ("user_name", word!(account.field.user_name)),
                            ("email", word!(account.field.email)),
                            ("position", word!(account.field.position)),
                            ("unit", word!(account.field.unit)),
                            ("password", word!(account.people.first_password)),
                        ]
                    />
                    <input type="hidden" name="cmd[key]" value=key/>
                    <div class="grid form-grid">
                        <TextField name="cmd[full_name]" label=t_string!(i18n, account.field.full_name) error=of("full_name") required=true autocomplete="off"/>
                        <TextField name="cmd[user_name]" label=t_string!(i18n, account.field.user_name) hint=t_string!(i18n, account.people.user_name_hint) error=of("user_name") required=true autocomplete="off"/>
                        <TextField name="cmd[email]" label=t_string!(i18n, account.field.email) kind=TextKind::Email error=of("email") required=true autocomplete="off"/>
                        <TextField name="cmd[position]" label=t_string!(i18n, account.field.position) error=of("position") mark_optional=true autocomplete="off"/>
                        <Select name="cmd[unit]" label=t_string!(i18n, account.field.unit) choices=units placeholder=t_string!(i18n, account.people.no_unit) error=of("unit") mark_optional=true/>
                        <TextField name="cmd[password]" label=t_string!(i18n, account.people.first_password) hint=t_string!(i18n, account.people.password_hint) kind=TextKind::Password error=of("password") required=true autocomplete="new-password"/>
                    </div>
                    <div><Button loading=acts.create.pending() icon=IconName::Plus>{t_string!(i18n, account.people.create_act)}</Button></div>
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}

/// The message for a field; the rules about passwords and user names belong beside theirs.
fn message(error: &Error, field: &str) -> Option<String> {
    match error {
        Error::Rule(Violation::Password { problem }) => {
            let at = if *problem == PasswordProblem::BadUserName {
                "user_name"
            } else {
                "password"
            };
            (field == at).then(|| error_text(error))
        }
        error => field_message(error, field),
    }
}
