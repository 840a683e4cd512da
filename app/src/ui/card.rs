//! A thing of its own on the page.

use leptos::prelude::*;

/// A framed part with an optional title, a link on the title, and acts in the corner.
///
/// `<Card title="…" href="/contests/x" actions=|| view! { … }>…</Card>`
#[component]
pub fn Card(
    children: Children,
    #[prop(optional, into)] title: Option<String>,
    /// Makes the whole card lead there.
    #[prop(optional, into)]
    href: Option<String>,
    #[prop(optional, into)] actions: ViewFn,
    /// Gold edge, for the one card that matters now.
    #[prop(optional)]
    highlight: bool,
) -> impl IntoView {
    let linked = href.is_some();
    let head = title.map(|title| {
        let title = match href {
            Some(href) => view! { <a class="card-link" href=href>{title}</a> }.into_any(),
            None => title.into_any(),
        };
        view! {
            <div class="card-head">
                <h2 class="card-title">{title}</h2>
                <div class="card-actions">{actions.run()}</div>
            </div>
        }
    });
    view! {
        <section class="card" class:card-linked=linked class:card-highlight=highlight>
            {head}
            <div class="card-body">{children()}</div>
        </section>
    }
    .into_any()
}
