//! One's own account: who one is, in which roles, the password, the sessions.

use super::api::{self, ChangePassword as ChangePasswordAct, SignOut, SignOutEverywhere};
use super::corner::RoleLine;
use crate::i18n::{t_string, use_i18n};
use crate::text::{ErrorView, FormErrors, error_text, field_message, word};
use crate::ui::{
    Button, Card, DataList, Datum, IconName, PageHeader, Skeleton, TextField, TextKind, Tone, Variant,
    use_toasts,
};
use contract::Error;
use contract::account::PersonView;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::{LazyRoute, lazy_route};
use rules::account::PASSWORD_MIN;

/// `/account`.
pub struct AccountPage;

#[lazy_route]
impl LazyRoute for AccountPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let person = Resource::new_blocking(|| (), |()| api::own_account());
        view! {
            <Transition fallback=|| view! { <Skeleton lines=8/> }>
                {move || Suspend::new(async move {
                    match person.await {
                        Ok(person) => view! { <Own person/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Own(person: PersonView) -> impl IntoView {
    let i18n = use_i18n();
    let roles = person
        .roles
        .clone()
        .into_iter()
        .map(|role| view! { <li><RoleLine role/></li> })
        .collect_view();
    let none = person.roles.is_empty();
    let user_name = person.user_name.clone();
    let or_dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
    view! {
        <PageHeader title=t_string!(i18n, account.own.title)/>
        <div class="grid grid-wide">
            <Card title=t_string!(i18n, account.own.data)>
                <DataList>
                    <Datum name=t_string!(i18n, account.field.full_name)>{person.full_name}</Datum>
                    <Datum name=t_string!(i18n, account.field.user_name)>{person.user_name}</Datum>
                    <Datum name=t_string!(i18n, account.field.position)>{or_dash(person.position)}</Datum>
                    <Datum name=t_string!(i18n, account.field.unit)>{or_dash(person.unit_name.unwrap_or_default())}</Datum>
                </DataList>
            </Card>
            <Card title=t_string!(i18n, account.own.roles)>
                {if none {
                    view! { <p class="muted">{t_string!(i18n, account.own.no_roles)}</p> }.into_any()
                } else {
                    view! { <ul class="account-roles">{roles}</ul> }.into_any()
                }}
            </Card>
            <Card title=t_string!(i18n, account.password.title)>
                <ChangePasswordForm user_name/>
            </Card>
            <Card title=t_string!(i18n, account.sessions.title)>
                <div class="stack">
                    <p>{t_string!(i18n, account.sessions.lead)}</p>
                    <div class="cluster">
                        <form method="post" action=SignOutEverywhere::url()>
                            <Button variant=Variant::Secondary icon=IconName::Shield>
                                {t_string!(i18n, account.sign_out_everywhere)}
                            </Button>
                        </form>
                        <form method="post" action=SignOut::url()>
                            <Button variant=Variant::Quiet icon=IconName::LogOut>{t_string!(i18n, account.sign_out)}</Button>
                        </form>
                    </div>
                </div>
            </Card>
        </div>
    }
    .into_any()
}

#[component]
fn ChangePasswordForm(user_name: String) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<ChangePasswordAct>::new();
    let value = action.value();
    let failure = Signal::derive(move || {
        value
            .read()
            .as_ref()
            .and_then(|answer| answer.as_ref().err().cloned())
    });
    // A rule about passwords is always about the new one.
    let new_error = Signal::derive(move || {
        failure.read().as_ref().and_then(|error| match error {
            Error::Rule(_) => Some(error_text(error)),
            error => field_message(error, "new"),
        })
    });
    let current_error = Signal::derive(move || {
        failure
            .read()
            .as_ref()
            .and_then(|error| field_message(error, "current"))
    });
    let done = t_string!(i18n, account.password.done);
    let toasts = use_toasts();
    // Typed passwords do not stay in the page once they are changed.
    let cleared = RwSignal::new(String::new());
    Effect::new(move || {
        if matches!(value.get(), Some(Ok(()))) {
            cleared.set(String::new());
            toasts.show(Tone::Ok, done);
        }
    });
    view! {
        <ActionForm action=action>
            <div class="stack">
                <FormErrors
                    error=failure
                    prefix="cmd"
                    labels=vec![
                        ("current", word!(account.password.current)),
                        ("new", word!(account.password.new_one)),
                    ]
                />
                // Lets password managers know whose password this is.
                <input type="text" name="user_name" value=user_name autocomplete="username" readonly=true hidden=true/>
                <TextField
                    name="cmd[current]"
                    label=t_string!(i18n, account.password.current)
                    kind=TextKind::Password
                    value=cleared
                    error=current_error
                    required=true
                    autocomplete="current-password"
                />
                <TextField
                    name="cmd[new]"
                    label=t_string!(i18n, account.password.new_one)
                    hint=t_string!(i18n, account.password.hint, min = PASSWORD_MIN)
                    kind=TextKind::Password
                    value=cleared
                    error=new_error
                    required=true
                    autocomplete="new-password"
                />
                <div><Button loading=action.pending()>{t_string!(i18n, account.password.act)}</Button></div>
            </div>
        </ActionForm>
    }
    .into_any()
}
