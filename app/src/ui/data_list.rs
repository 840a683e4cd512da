//! Facts as pairs of name and value.

use leptos::prelude::*;

/// A list of facts; the children are [`Datum`]s.
///
/// `<DataList><Datum name="…">"…"</Datum></DataList>`
#[component]
pub fn DataList(children: Children) -> impl IntoView {
    view! { <dl class="data-list">{children()}</dl> }.into_any()
}

/// One fact of a [`DataList`].
#[component]
pub fn Datum(#[prop(into)] name: String, children: Children) -> impl IntoView {
    view! {
        <div class="datum">
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
    .into_any()
}

/// A figure that stands for itself: number, what it counts, an optional link to the list behind it.
///
/// `<Stat label="…" value="22" href="/entries"/>`
#[component]
pub fn Stat(
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] note: Option<String>,
    #[prop(optional, into)] href: Option<String>,
) -> impl IntoView {
    let label = match href {
        Some(href) => view! { <a class="stat-label" href=href>{label}</a> }.into_any(),
        None => view! { <span class="stat-label">{label}</span> }.into_any(),
    };
    view! {
        <div class="stat">
            <span class="stat-value num">{move || value.get()}</span>
            {label}
            {note.map(|note| view! { <span class="stat-note">{note}</span> })}
        </div>
    }
    .into_any()
}
