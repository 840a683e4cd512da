//! A forwarding slip as it was made: the list a unit signs and keeps. It prints the same whenever it is opened.

use contract::unit::SlipView;
use contract::{Error, Kind};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use rules::id::SlipId;
use rules::text::pad_count;
use rules::unit::SlipLine;

use super::api;
use crate::entry::parts::{print_page, slip_href, unit_href, units_href};
use crate::text::{ErrorView, moment_text, word};
use crate::ui::{Button, Column, IconName, LinkButton, Notice, PageHeader, Skeleton, Table, Tone, Variant};

/// `/contests/:slug/unit/slips/:slip`
pub struct SlipPage;

#[lazy_route]
impl LazyRoute for SlipPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let slip = Memo::new(move |_| {
            let text = params.read().get("slip");
            text.and_then(|text| text.parse::<SlipId>().ok())
        });
        let loaded = Resource::new_blocking(
            move || slip.get(),
            |slip| async move {
                match slip {
                    Some(slip) => api::slip(slip).await,
                    None => Err(Error::NotFound(Kind::Page)),
                }
            },
        );
        view! {
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => view! { <Document view/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Document(view: SlipView) -> impl IntoView {
    let back = if view.own {
        unit_href(&view.contest_slug, Some(view.unit))
    } else {
        units_href(&view.contest_slug)
    };
    let slip = view.slip;
    let crumbs = vec![
        (
            slip.contest_name.clone(),
            format!("/contests/{}", view.contest_slug),
        ),
        (slip.unit_name.clone(), back.clone()),
    ];
    let pdf = format!("{}/slip.pdf", slip_href(&view.contest_slug, view.id));
    let actions = move || {
        view! {
            <LinkButton href=pdf.clone() icon=IconName::Download external=true>{word!(paper.slip.pdf)}</LinkButton>
            <Button kind="button" variant=Variant::Secondary icon=IconName::Printer on_click=Callback::new(|_| print_page())>{word!(common.action.print)}</Button>
            <LinkButton href=back.clone() variant=Variant::Secondary icon=IconName::ArrowLeft>{word!(common.action.back)}</LinkButton>
        }
    };
    let maker = if slip.maker_position.is_empty() {
        word!(unit.slip.maker, name = slip.maker.clone())
    } else {
        word!(
            unit.slip.maker_with,
            name = slip.maker.clone(),
            position = slip.maker_position.clone()
        )
    };
    let count = pad_count(i64::try_from(slip.lines.len()).unwrap_or(i64::MAX));
    let deadline = slip
        .deadline
        .map(|at| word!(unit.slip.deadline, at = moment_text(at, &slip.zone)));
    let reserves = slip.reserves.clone();
    view! {
        <PageHeader title=word!(unit.slip.title) crumbs actions>
            <p class="num">{word!(unit.slip.number, code = slip.code.clone())}</p>
        </PageHeader>
        <article class="slip">
            {(!view.intact).then(|| view! { <Notice tone=Tone::Danger><p>{word!(unit.slip.broken)}</p></Notice> })}
            <p>{word!(unit.slip.contest, name = slip.contest_name.clone())}</p>
            <p class="strong">{word!(unit.slip.unit, unit = slip.unit_name.clone())}</p>
            <p>{maker}</p>
            <p>{word!(unit.slip.at, at = moment_text(slip.forwarded_at, &slip.zone))}</p>
            {deadline.map(|text| view! { <p>{text}</p> })}
            <p>{word!(unit.slip.turn, turn = slip.turn, before = slip.forwarded_before)}</p>
            <p class="strong">{word!(unit.slip.count, count = count)}</p>
            <Lines caption=word!(unit.slip.list) lines=slip.lines/>
            {(!reserves.is_empty()).then(|| view! { <Lines caption=word!(unit.slip.reserves) lines=reserves/> })}
            <div class="slip-signs">
                <p><strong>{word!(unit.slip.made_by)}</strong><br/><span class="muted small">{word!(unit.slip.sign)}</span></p>
                <p><strong>{word!(unit.slip.head)}</strong><br/><span class="muted small">{word!(unit.slip.seal)}</span></p>
            </div>
            <p class="muted small">{word!(unit.slip.hash)}</p>
            <p class="hash num small">{view.hash}</p>
        </article>
    }
    .into_any()
}

#[component]
fn Lines(caption: String, lines: Vec<SlipLine>) -> impl IntoView {
    let columns = vec![
        Column::number(word!(unit.slip.rank)),
        Column::text(word!(entry.receipt.code)),
        Column::text(word!(entry.topic.title)),
        Column::text(word!(entry.authors.title)),
        Column::text(word!(entry.topic.category)),
        Column::number(word!(entry.files.title)),
    ];
    let rows = lines
        .into_iter()
        .map(|line| {
            view! {
                <tr>
                    <td class="num right">{line.rank}</td>
                    <td class="num nowrap">{line.code}</td>
                    <td>{line.title}</td>
                    <td>{line.authors.join(", ")}</td>
                    <td>{line.category_name}</td>
                    <td class="num right">{line.files}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <Table caption columns show_caption=true>{rows}</Table> }.into_any()
}
