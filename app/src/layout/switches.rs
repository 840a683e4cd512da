//! The switches of language and theme: plain links the server answers, made quicker by the browser where it can.

use crate::i18n::{Locale, t_string, use_i18n};
use crate::preferences::{Preferences, Theme, locale_href, theme_href};
use crate::ui::{Icon, IconName};
use leptos::{ev::MouseEvent, prelude::*};
use leptos_router::hooks::use_location;

/// Path and query of this page: the way back.
fn here() -> Memo<String> {
    let location = use_location();
    Memo::new(move |_| {
        let query = location.search.get();
        let path = location.pathname.get();
        if query.is_empty() {
            path
        } else {
            format!("{path}?{}", query.trim_start_matches('?'))
        }
    })
}

/// Both languages, each named in itself; the current one is marked. Switching loads the same page anew.
#[component]
pub fn LocaleSwitch() -> impl IntoView {
    let i18n = use_i18n();
    let here = here();
    let current = i18n.get_locale_untracked();
    let link = move |locale: Locale, lang: &'static str, name: &'static str| {
        view! {
            <li>
                <a
                    class="switch"
                    href=move || locale_href(locale, &here.get())
                    rel="external nofollow"
                    lang=lang
                    aria-current=(locale == current).then_some("true")
                >
                    {name}
                </a>
            </li>
        }
    };
    view! {
        <nav aria-label=t_string!(i18n, common.nav.language)>
            <ul class="switch-list">
                <li class="switch-icon" aria-hidden="true"><Icon name=IconName::Globe/></li>
                {link(Locale::vi, "vi", t_string!(i18n, common.nav.vietnamese))}
                {link(Locale::en, "en", t_string!(i18n, common.nav.english))}
            </ul>
        </nav>
    }
    .into_any()
}

/// The three themes. With wasm the colours change in place, so nothing typed is lost; without it the page reloads.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let i18n = use_i18n();
    let here = here();
    let theme = RwSignal::new(Preferences::current().theme);
    let link = move |to: Theme, name: &'static str, icon: IconName| {
        let choose = move |event: MouseEvent| {
            if apply(to) {
                event.prevent_default();
                theme.set(to);
            }
        };
        view! {
            <li>
                <a
                    class="switch switch-square"
                    href=move || theme_href(to, &here.get())
                    rel="external nofollow"
                    title=name
                    aria-label=name
                    aria-current=move || (theme.get() == to).then_some("true")
                    on:click=choose
                >
                    <Icon name=icon/>
                </a>
            </li>
        }
    };
    view! {
        <nav aria-label=t_string!(i18n, common.nav.theme)>
            <ul class="switch-list">
                {link(Theme::System, t_string!(i18n, common.nav.theme_system), IconName::Monitor)}
                {link(Theme::Light, t_string!(i18n, common.nav.theme_light), IconName::Sun)}
                {link(Theme::Dark, t_string!(i18n, common.nav.theme_dark), IconName::Moon)}
            </ul>
        </nav>
    }
    .into_any()
}

/// Changes the page in place and remembers the choice; false where that is not possible (then the link works).
fn apply(theme: Theme) -> bool {
    #[cfg(feature = "hydrate")]
    {
        use leptos::wasm_bindgen::JsCast;
        let Ok(html_document) = document().dyn_into::<leptos::web_sys::HtmlDocument>() else {
            return false;
        };
        let Some(root) = document().document_element() else {
            return false;
        };
        html_document
            .set_cookie(&crate::preferences::cookie("theme", theme.as_str()))
            .is_ok()
            && root.set_attribute("data-theme", theme.as_str()).is_ok()
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = theme;
        false
    }
}
