//! What the QR code of a receipt opens.

use contract::deadline::ReceiptStatusView;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use rules::contest::Timeliness;

use super::{api, timeliness_name};
use crate::entry::receipt_href;
use crate::text::{ErrorView, word};
use crate::ui::{DataList, DateTime, Datum, LinkButton, Notice, PageHeader, Skeleton, Tone};

/// `/receipts/:token`
pub struct ReceiptStatusPage;

#[lazy_route]
impl LazyRoute for ReceiptStatusPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let token = Memo::new(move |_| params.read().get("token").unwrap_or_default());
        let loaded = Resource::new_blocking(move || token.get(), api::receipt_status);
        view! {
            <Transition fallback=|| view! { <Skeleton lines=6/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => view! { <Status view/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Status(view: ReceiptStatusView) -> impl IntoView {
    let contest = format!("/contests/{}", view.contest_slug);
    let timeliness = match view.timeliness {
        Timeliness::InTime => word!(deadline.receipt.in_time),
        late => timeliness_name(late, false).unwrap_or_default(),
    };
    view! {
        <PageHeader title=word!(deadline.receipt.title) overline=view.contest_name.clone()/>
        <div class="stack stack-l">
            <Notice tone=Tone::Ok title=word!(deadline.receipt.valid)><p>{word!(deadline.receipt.valid_text)}</p></Notice>
            {view.replaced.then(|| view! { <Notice tone=Tone::Warn><p>{word!(deadline.receipt.replaced)}</p></Notice> })}
            <section class="panel">
                <DataList>
                    <Datum name=word!(entry.receipt.contest)><a href=contest>{view.contest_name.clone()}</a></Datum>
                    <Datum name=word!(entry.receipt.code)><span class="num">{view.code}</span></Datum>
                    <Datum name=word!(deadline.receipt.revision)><span class="num">{view.revision.to_string()}</span></Datum>
                    <Datum name=word!(entry.receipt.received)><DateTime at=view.submitted_at zone=view.zone with_zone=true/></Datum>
                    <Datum name=word!(deadline.receipt.mark)>{timeliness}</Datum>
                    <Datum name=word!(entry.receipt.hash)><code class="hash">{view.content_hash}</code></Datum>
                </DataList>
            </section>
            {view.entry.map(|entry| view! { <div><LinkButton href=receipt_href(entry)>{word!(deadline.receipt.own)}</LinkButton></div> })}
        </div>
    }
    .into_any()
}
