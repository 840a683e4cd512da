//! The frame of every page: skip link, header with the mark and the navigation, main part, footer with the switches.

mod brand;
mod nav;
mod not_found;
mod switches;

pub use brand::Mark;
pub use nav::{Nav, NavLink};
pub use not_found::NotFound;

use crate::i18n::{t_string, use_i18n};
use crate::ui::ToastRegion;
use leptos::{html, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use switches::{LocaleSwitch, ThemeSwitch};

/// Puts a page into the frame.
///
/// `nav` is the list of [`NavLink`]s (it may read the session under its own `Transition`), `account` what stands at
/// the right end: the person's menu or the sign-in link. A page that fills a wall screen carries the class `wall` on
/// its outermost element; the stylesheet then leaves the frame away (`body:has(.wall)`).
#[component]
pub fn Layout(
    #[prop(optional, into)] nav: ViewFn,
    #[prop(optional, into)] account: ViewFn,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let main = NodeRef::<html::Main>::new();
    focus_on_navigation(main);
    let name = t_string!(i18n, common.site.name);
    view! {
        <Title text=name formatter=move |text: String| { if text == name { text } else { format!("{text} – {name}") } }/>
        <a class="skip-link" href="#main" rel="external">{t_string!(i18n, common.nav.skip)}</a>
        <header class="site-header">
            <div class="site-header-row">
                <a class="brand" href="/">
                    <Mark/>
                    <span class="brand-name">{name}</span>
                </a>
                <Nav account>{nav.run()}</Nav>
            </div>
        </header>
        <main class="site-main" id="main" tabindex="-1" node_ref=main>{children()}</main>
        <footer class="site-footer">
            <div class="site-footer-row">
                <div class="site-footer-text">
                    <p class="site-footer-name">{t_string!(i18n, common.site.footer)}</p>
                    <p>{t_string!(i18n, common.site.principles)}</p>
                </div>
                <div class="site-switches">
                    <LocaleSwitch/>
                    <ThemeSwitch/>
                </div>
            </div>
        </footer>
        <ToastRegion/>
    }
    .into_any()
}

/// After a navigation inside the browser the focus goes to the new page's main part, as it would after a full load.
fn focus_on_navigation(main: NodeRef<html::Main>) {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now)
            && let Some(main) = main.get_untracked()
        {
            // Focus is a courtesy; a browser that refuses it has still shown the page.
            let _ = main.focus();
        }
        now
    });
}
