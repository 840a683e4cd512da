//! The sign-in page, with one button a persona in demo mode.

use super::api::{self, SignIn};
use super::use_session;
use crate::i18n::{t_string, use_i18n};
use crate::preferences::safe_back;
use crate::text::{ErrorView, error_text, field_message};
use crate::ui::{
    Button, ErrorSummary, FormError, LinkButton, Notice, PageHeader, Skeleton, TextField, TextKind, Tone,
};
use leptos::ev::SubmitEvent;
use leptos::form::FromFormData;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};

mod personas;

/// `/sign-in?next=…`.
pub struct SignInPage;

#[lazy_route]
impl LazyRoute for SignInPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let view = Resource::new_blocking(|| (), |()| api::sign_in_page());
        let i18n = use_i18n();
        let session = use_session();
        let next = use_query_map().read_untracked().get("next").unwrap_or_default();
        let next = safe_back(&next).to_owned();
        view! {
            <div class="sign-in">
                <PageHeader title=t_string!(i18n, account.sign_in.title)>
                    <p>{t_string!(i18n, account.sign_in.lead)}</p>
                </PageHeader>
                <Transition fallback=|| view! { <Skeleton lines=6/> }>
                    {move || {
                        let next = next.clone();
                        Suspend::new(async move {
                            let person = session.await.ok().and_then(|session| session.person);
                            let personas = match view.await {
                                Ok(view) => view.personas,
                                Err(error) => return view! { <ErrorView error/> }.into_any(),
                            };
                            view! {
                                {person.map(|person| view! { <AlreadyIn name=person.full_name next=next.clone()/> })}
                                <SignInForm next=next.clone()/>
                                {(!personas.is_empty()).then(|| view! { <personas::Personas personas next/> })}
                            }
                            .into_any()
                        })
                    }}
                </Transition>
            </div>
        }
        .into_any()
    }
}

#[component]
fn AlreadyIn(name: String, next: String) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Notice tone=Tone::Info>
            <p>{t_string!(i18n, account.sign_in.already, name = name)}</p>
            <LinkButton href=next small=true>{t_string!(i18n, common.action.proceed)}</LinkButton>
        </Notice>
    }
    .into_any()
}

/// User name and password. Without JavaScript the form posts itself and the answer leads on; a refusal comes back in
/// the address and is shown the same way.
#[component]
fn SignInForm(next: String) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    // Only for the refusal of a post without JavaScript, which this constructor finds in the address.
    let refused = ServerAction::<SignIn>::new()
        .value()
        .get_untracked()
        .and_then(Result::err);
    let failure = RwSignal::new(refused);
    let action = Action::new(move |form: &SignIn| {
        let form = form.clone();
        async move {
            let answer = SignIn::run_on_client(form).await;
            match answer {
                // The session lives at the root: it is told here, because this page may be gone already.
                Ok(()) => session.refetch(),
                Err(error) => {
                    failure.try_set(Some(error));
                }
            }
        }
    });
    let submit = move |event: SubmitEvent| {
        if let Ok(form) = SignIn::from_event(&event) {
            event.prevent_default();
            action.dispatch(form);
        }
    };
    let login_error = Signal::derive(move || {
        failure
            .read()
            .as_ref()
            .and_then(|error| field_message(error, "login").or_else(|| field_message(error, "password")))
    });
    let errors = Signal::derive(move || match failure.read().as_ref() {
        None => Vec::new(),
        Some(error) => match login_error.get() {
            Some(message) => vec![FormError::of("cmd[login]", message)],
            None => vec![FormError::whole(error_text(error))],
        },
    });
    view! {
        <form class="panel stack sign-in-form" method="post" action=SignIn::url() on:submit=submit>
            <ErrorSummary errors/>
            <TextField
                name="cmd[login]"
                label=t_string!(i18n, account.sign_in.login)
                error=login_error
                required=true
                autocomplete="username"
            />
            <TextField
                name="cmd[password]"
                label=t_string!(i18n, account.sign_in.password)
                kind=TextKind::Password
                required=true
                autocomplete="current-password"
            />
            <input type="hidden" name="cmd[next]" value=next/>
            <div><Button loading=action.pending()>{t_string!(i18n, common.nav.sign_in)}</Button></div>
        </form>
    }
    .into_any()
}
