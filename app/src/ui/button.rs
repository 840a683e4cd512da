//! Buttons do, links go: the same looks for both.

use super::icon::{Icon, IconName};
use crate::i18n::{t_string, use_i18n};
use leptos::{ev::MouseEvent, prelude::*};

/// How loudly a button speaks. One `Primary` a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// The act the screen is for.
    #[default]
    Primary,
    /// Any other act.
    Secondary,
    /// An act in passing: no frame until pointed at.
    Quiet,
    /// Takes something away for good.
    Danger,
}

impl Variant {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Variant::Primary => "button button-primary",
            Variant::Secondary => "button button-secondary",
            Variant::Quiet => "button button-quiet",
            Variant::Danger => "button button-danger",
        }
    }
}

/// A button; a submit button unless `kind="button"`.
///
/// While `loading` it stays in place, shows a spinner, says so to assistive technology and swallows clicks, so a
/// command cannot be sent twice. `name` and `value` tell the submit buttons of one form apart, also without JS.
///
/// `<Button loading=action.pending()>{t_string!(i18n, common.action.save)}</Button>`
#[component]
pub fn Button(
    children: Children,
    #[prop(optional)] variant: Variant,
    #[prop(default = "submit")] kind: &'static str,
    #[prop(optional, into)] icon: Option<IconName>,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional, into)] id: Option<String>,
    /// Id of the form when the button stands outside it.
    #[prop(optional, into)]
    form: Option<String>,
    #[prop(optional, into)] loading: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Accessible name when the text alone does not say which thing is meant.
    #[prop(optional, into)]
    label: Option<String>,
    /// Smaller, for rows of tables.
    #[prop(optional)]
    small: bool,
    #[prop(optional, into)] on_click: Option<Callback<MouseEvent>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let click = move |event: MouseEvent| {
        if loading.get_untracked() {
            event.prevent_default();
        } else if let Some(on_click) = on_click {
            on_click.run(event);
        }
    };
    view! {
        <button
            class=variant.class()
            class:button-small=small
            type=kind
            id=id
            name=name
            value=value
            form=form
            disabled=disabled
            aria-label=label
            aria-busy=move || loading.get().then_some("true")
            on:click=click
        >
            {icon.map(|name| view! { <Icon name/> })}
            <span>{children()}</span>
            <span class="button-spinner" aria-hidden="true"></span>
            <span class="visually-hidden" role="status">
                {move || if loading.get() { t_string!(i18n, common.state.working) } else { "" }}
            </span>
        </button>
    }
    .into_any()
}

/// A link that looks like a button: it goes somewhere and changes nothing.
///
/// `<LinkButton href="/entries/new" icon=IconName::Plus>"…"</LinkButton>`
#[component]
pub fn LinkButton(
    children: Children,
    #[prop(into)] href: String,
    #[prop(optional)] variant: Variant,
    #[prop(optional, into)] icon: Option<IconName>,
    #[prop(optional, into)] label: Option<String>,
    #[prop(optional)] small: bool,
    /// Leaves the client-side router out: downloads, `/locale`, other sites.
    #[prop(optional)]
    external: bool,
) -> impl IntoView {
    view! {
        <a
            class=variant.class()
            class:button-small=small
            href=href
            aria-label=label
            rel=external.then_some("external")
        >
            {icon.map(|name| view! { <Icon name/> })}
            <span>{children()}</span>
        </a>
    }
    .into_any()
}
