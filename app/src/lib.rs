//! The interface: pages, components and server functions, rendered by the server and taken over by the browser.
//!
//! Exactly one of the features `ssr` (server) and `hydrate` (browser) is on. Views leave this crate as [`AnyView`],
//! so the crates around it do not compile them again.

// Views are deep types.
#![recursion_limit = "256"]

pub mod account;
pub mod author;
pub mod contest;
pub mod deadline;
pub mod device;
pub mod entry;
pub mod i18n;
pub mod judging;
pub mod layout;
pub mod live;
pub mod manage;
pub mod message;
pub mod paper;
pub mod preferences;
pub mod register;
pub mod results;
#[cfg(feature = "ssr")]
pub mod ssr;
pub mod text;
pub mod ui;

use account::{AccountCorner, AccountRoutes, SiteNav};
use author::AuthorRoutes;
use contest::ContestRoutes;
use deadline::DeadlineRoutes;
use entry::EntryRoutes;
use judging::JudgingRoutes;
use layout::{Layout, NotFound};
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags, provide_meta_context};
use leptos_router::components::{Router, Routes};
use manage::ManageRoutes;
use message::MessageRoutes;
use paper::PaperRoutes;
use preferences::Preferences;
use register::RegisterRoutes;
use results::ResultsRoutes;

/// The document around [`root`]: what the server sends and the browser never builds itself.
pub fn shell(options: LeptosOptions) -> AnyView {
    use leptos_i18n::Locale as _;
    let Preferences { locale, theme } = Preferences::current();
    view! {
        <!DOCTYPE html>
        <html lang=locale.as_str() data-theme=theme.as_str()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#a5161f"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#1e1a17"/>
                <link rel="icon" href="/favicon.ico" sizes="32x32"/>
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <HashedStylesheet options=options.clone() id="stylesheet"/>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>{root()}</body>
        </html>
    }
    .into_any()
}

/// The whole interface, the same on both sides.
pub fn root() -> AnyView {
    provide_meta_context();
    i18n::provide_locale(Preferences::current().locale);
    mark_hydrated();
    ui::provide_toasts();
    account::provide_session();
    message::provide_unread();
    view! {
        <Router>
            <Layout nav=|| view! { <SiteNav/> } account=|| view! { <AccountCorner/> }>
                <Routes fallback=|| view! { <NotFound/> }>
                    // One line a slice: each hands back its own routes, e.g. `<contest::ContestRoutes/>`.
                    <AccountRoutes/>
                    // before the entries' own: theirs end in a step of the wizard, which would take any word
                    <DeadlineRoutes/>
                    <AuthorRoutes/>
                    <EntryRoutes/>
                    <JudgingRoutes/>
                    <ManageRoutes/>
                    <PaperRoutes/>
                    <RegisterRoutes/>
                    <MessageRoutes/>
                    <ResultsRoutes/>
                    <ContestRoutes/>
                </Routes>
            </Layout>
        </Router>
    }
    .into_any()
}

/// Tells the stylesheet and the end-to-end tests that the browser has taken the page over: effects run only there, and
/// only once the page stands.
fn mark_hydrated() {
    Effect::new(move |_| {
        if let Some(html) = document().document_element() {
            // A page without the mark works all the same.
            let _ = html.set_attribute("data-hydrated", "true");
        }
    });
}
