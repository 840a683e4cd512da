//! The main navigation: a row on a wide screen, behind a button (a native `<details>`) on a narrow one.

use crate::i18n::{t_string, use_i18n};
use crate::ui::{Icon, IconName};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The list of links and the account corner; what is in them, the caller decides by session.
#[component]
pub fn Nav(children: Children, #[prop(into)] account: ViewFn) -> impl IntoView {
    let i18n = use_i18n();
    let path = use_location().pathname;
    let open = RwSignal::new(false);
    // A link was followed: the menu has done its work.
    Effect::new(move || {
        path.track();
        open.set(false);
    });
    view! {
        <details
            class="site-menu"
            open=move || open.get()
            on:toggle:target=move |event| open.set(event.target().has_attribute("open"))
        >
            <summary class="site-menu-button">
                <Icon name=IconName::Menu/>
                <span>{t_string!(i18n, common.nav.menu)}</span>
            </summary>
        </details>
        <nav class="site-nav" aria-label=t_string!(i18n, common.nav.main)>
            <ul class="site-nav-list">{children()}</ul>
        </nav>
        <div class="site-account">{account.run()}</div>
    }
    .into_any()
}

/// One link of the navigation; marked when the page is it or lies below it.
///
/// `<NavLink href="/results">{t_string!(i18n, results.nav)}</NavLink>`
#[component]
pub fn NavLink(#[prop(into)] href: String, children: Children) -> impl IntoView {
    let path = use_location().pathname;
    let own = href.clone();
    let current = move || is_within(&path.get(), &own).then_some("page");
    view! { <li><a class="site-nav-link" href=href aria-current=current>{children()}</a></li> }.into_any()
}

/// Whether `path` is `root` or below it; only `/` itself is within `/`.
fn is_within(path: &str, root: &str) -> bool {
    path == root || (root != "/" && path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::is_within;

    #[test]
    fn a_link_is_current_on_its_page_and_below() {
        assert!(is_within("/contests", "/contests"));
        assert!(is_within("/contests/a/entries", "/contests"));
        assert!(!is_within("/contestsx", "/contests"));
        assert!(is_within("/", "/"));
        assert!(!is_within("/contests", "/"));
    }
}
