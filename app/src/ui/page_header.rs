//! The top of a page: where it is, what it is, what can be done here.

use super::icon::{Icon, IconName};
use crate::i18n::{t_string, use_i18n};
use leptos::prelude::*;
use leptos_meta::Title;

/// One step of the way from the home page: text and address.
pub type Crumb = (String, String);

/// Breadcrumb, title, one line of explanation (the children: badges, dates) and the page's acts.
/// Also sets the title of the browser's tab.
///
/// `<PageHeader title="…" crumbs=vec![("…".into(), "/contests".into())] actions=|| view! { <LinkButton …/> }>"…"</PageHeader>`
#[component]
pub fn PageHeader(
    #[prop(into)] title: String,
    #[prop(optional, into)] crumbs: Vec<Crumb>,
    #[prop(optional, into)] actions: ViewFn,
    #[prop(optional)] children: Option<Children>,
    /// Small line above the title: a code, a category.
    #[prop(optional, into)]
    overline: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let trail = (!crumbs.is_empty()).then(|| {
        let last = crumbs.len() - 1;
        let steps = crumbs
            .into_iter()
            .enumerate()
            .map(|(index, (text, href))| {
                let between = (index < last).then(|| view! { <Icon name=IconName::ChevronRight/> });
                view! { <li><a href=href>{text}</a>{between}</li> }
            })
            .collect_view();
        view! {
            <nav class="breadcrumb" aria-label=t_string!(i18n, common.nav.breadcrumb)>
                <ol>{steps}</ol>
            </nav>
        }
    });
    view! {
        <Title text=title.clone()/>
        <header class="page-header">
            {trail}
            <div class="page-header-row">
                <div class="page-header-text">
                    {overline.map(|text| view! { <p class="page-header-overline">{text}</p> })}
                    <h1>{title}</h1>
                    {children.map(|children| view! { <div class="page-header-lead">{children()}</div> })}
                </div>
                <div class="page-header-actions">{actions.run()}</div>
            </div>
        </header>
    }
    .into_any()
}
