//! The first password, set by a link that an administrator handed over.

use contract::register::PasswordLinkView;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};

use super::api::{self, SetFirstPassword};
use crate::judging::{Failure, failure_of};
use crate::text::{ErrorView, word};
use crate::ui::{Button, PageHeader, Skeleton, TextField, TextKind};

/// `/first-password/:token`
pub struct FirstPasswordPage;

#[lazy_route]
impl LazyRoute for FirstPasswordPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let token = Memo::new(move |_| params.read().get("token").unwrap_or_default());
        let loaded = Resource::new_blocking(move || token.get(), api::password_link);
        let action = ServerAction::<SetFirstPassword>::new();
        view! {
            <Transition fallback=|| view! { <Skeleton lines=4/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => view! { <PasswordForm view action token=token.get_untracked()/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn PasswordForm(
    view: PasswordLinkView,
    action: ServerAction<SetFirstPassword>,
    token: String,
) -> impl IntoView {
    let whose = word!(
        register.password.whose,
        user = view.user_name.clone(),
        name = view.full_name
    );
    view! {
        <PageHeader title=word!(register.password.title)><p>{whose}</p></PageHeader>
        <ActionForm action>
            <div class="stack measure">
                <Failure error=failure_of(action)/>
                <input type="hidden" name="token" value=token/>
                // for password managers: whose password it is
                <input type="text" class="visually-hidden" tabindex="-1" aria-hidden="true" autocomplete="username" readonly=true value=view.user_name/>
                <TextField name="password" label=word!(register.password.field) kind=TextKind::Password autocomplete="new-password" required=true/>
                <div><Button loading=action.pending()>{word!(register.password.act)}</Button></div>
            </div>
        </ActionForm>
    }
    .into_any()
}
