//! Every unit and its quota, for the organiser: who is short, who to remind, before the deadline.

use contract::unit::{UnitSort, UnitStandingLine, UnitsFilter, UnitsView};
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use leptos_router::{LazyRoute, lazy_route};
use rules::text::pad_count;
use rules::time::Zone;

use super::parts::{encode, slip_href};
use super::unit::api;
use crate::text::{ErrorView, milestone_name, phase_name, phase_tone, word};
use crate::ui::{
    Badge, Button, Cell, Checkbox, Choice, Column, DateTime, Deadline, EmptyState, Icon, IconName,
    LinkButton, Narrow, Notice, PageHeader, Pagination, Select, Skeleton, Stat, Table, TextField, TextKind,
    Tone, Variant,
};

/// `/manage/:slug/units`, with the filter in the query.
pub struct UnitsPage;

#[lazy_route]
impl LazyRoute for UnitsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let (params, query) = (use_params_map(), use_query_map());
        let asked = Memo::new(move |_| {
            let slug = params.read().get("slug").unwrap_or_default();
            (slug, query.with(filter_of))
        });
        let loaded = Resource::new_blocking(
            move || asked.get(),
            |(slug, filter)| async move {
                let view = api::units(slug, filter.clone()).await;
                view.map(|view| (view, filter))
            },
        );
        view! {
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok((view, filter)) => view! { <Units view filter/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Units(view: UnitsView, filter: UnitsFilter) -> impl IntoView {
    let crumbs = vec![
        (word!(entry.desk.manage), "/manage".to_owned()),
        (
            view.contest_name.clone(),
            format!("/manage/{}", view.contest_slug),
        ),
    ];
    let deadline = view.deadline.clone().map(|next| {
        view! {
            <Deadline at=next.at zone=view.zone.clone() now=view.now label=milestone_name(next.milestone) banner=true/>
        }
    });
    let padded = |count: u32| pad_count(i64::from(count));
    let quota = match (view.quota.min, view.quota.max) {
        (0, 0) => word!(unit.quota.free),
        (min, 0) => word!(unit.quota.min, min = padded(min)),
        (0, max) => word!(unit.quota.max, max = padded(max)),
        (min, max) => format!(
            "{} / {}",
            word!(unit.quota.min, min = padded(min)),
            word!(unit.quota.max, max = padded(max))
        ),
    };
    let pages = view.total.div_ceil(view.page_size.max(1));
    let (page, paged) = (view.page, filter.clone());
    let href = Callback::new(move |page: u32| {
        filter_query(&UnitsFilter {
            page,
            ..paged.clone()
        })
    });
    let (phase, screening, total) = (view.phase, view.screening, view.total);
    view! {
        <PageHeader title=word!(unit.units.title) crumbs overline=view.contest_name.clone()>
            <Badge tone=phase_tone(phase)>{phase_name(phase)}</Badge>
            <p>{word!(unit.units.lead)}</p>
        </PageHeader>
        <div class="stack stack-l">
            {deadline}
            {(!screening).then(|| view! { <Notice><p>{word!(unit.units.no_screening)}</p></Notice> })}
            <div class="stats">
                <Stat label=word!(unit.units.below) value=view.below.to_string()/>
                <Stat label=word!(unit.units.all) value=view.all.to_string()/>
                <Stat label=word!(unit.units.quota) value=quota/>
            </div>
            <section class="stack" aria-label=word!(unit.units.title)>
                <Filter filter=filter.clone()/>
                <p class="muted small" role="status">{word!(unit.units.found, count = total)}</p>
                <Lines view filter/>
                <Pagination current=page pages href/>
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn Filter(filter: UnitsFilter) -> impl IntoView {
    let sorts = SORTS
        .map(|sort| Choice::new(sort_value(sort), sort_name(sort)))
        .to_vec();
    let descending = if filter.descending { "true" } else { "" };
    view! {
        <Form method="GET" action="">
            <div class="desk-filter" role="search">
                <TextField name="q" label=word!(unit.units.search) kind=TextKind::Search value=filter.query.clone()/>
                <Select name="sort" label=word!(unit.units.sort) choices=sorts value=sort_value(filter.sort).to_owned()/>
                <Checkbox name="below" label=word!(unit.units.only_below) checked=filter.below/>
                <input type="hidden" name="desc" value=descending/>
                <div class="cluster">
                    <Button variant=Variant::Secondary icon=IconName::Filter>{word!(unit.units.filter)}</Button>
                    {(filter != UnitsFilter { page: filter.page, ..UnitsFilter::default() }).then(|| view! {
                        <LinkButton href="?" variant=Variant::Quiet>{word!(unit.units.reset)}</LinkButton>
                    })}
                </div>
            </div>
        </Form>
    }
    .into_any()
}

/// The table; its heads are named in the links above it, because a head of a sorted column is a link of its own.
#[component]
fn Lines(view: UnitsView, filter: UnitsFilter) -> impl IntoView {
    if view.units.is_empty() {
        return view! {
            <EmptyState title=word!(unit.units.none) icon=IconName::Building>
                <p>{word!(unit.units.none_next)}</p>
            </EmptyState>
        }
        .into_any();
    }
    let sorts = SORTS
        .map(|sort| {
            let current = filter.sort == sort;
            // the same column again turns the order round; figures and times begin with the highest
            let descending = if current {
                !filter.descending
            } else {
                sort != UnitSort::Name
            };
            let href = filter_query(&UnitsFilter {
                sort,
                descending,
                page: 1,
                ..filter.clone()
            });
            let arrow = current.then(|| {
                let name = if filter.descending {
                    IconName::ArrowDown
                } else {
                    IconName::ArrowUp
                };
                view! { <Icon name/> }
            });
            view! {
                <li>
                    <a
                        class="sort-link"
                        href=href
                        aria-current=current.then_some("true")
                        aria-label=word!(unit.units.sort_by, column = sort_name(sort))
                    >
                        <span>{sort_name(sort)}</span>
                        {arrow}
                    </a>
                </li>
            }
        })
        .collect_view();
    let columns = vec![
        Column::text(word!(unit.units.unit)),
        Column::number(word!(unit.units.drafts)),
        Column::number(word!(unit.units.submitted)),
        Column::number(word!(unit.units.listed)),
        Column::number(word!(unit.units.forwarded)),
        Column::text(word!(unit.units.standing)),
        Column::text(word!(unit.units.activity)),
        Column::text(word!(unit.units.coordinators)),
    ];
    let (slug, zone) = (view.contest_slug, view.zone);
    let rows = view
        .units
        .into_iter()
        .map(|line| view! { <Line line slug=slug.clone() zone=zone.clone()/> })
        .collect_view();
    view! {
        <nav aria-label=word!(unit.units.sort)><ul class="sort-links">{sorts}</ul></nav>
        <Table caption=word!(unit.units.title) columns narrow=Narrow::Cards>{rows}</Table>
    }
    .into_any()
}

#[component]
fn Line(line: UnitStandingLine, slug: String, zone: Zone) -> impl IntoView {
    let standing = if line.missing > 0 {
        view! { <Badge tone=Tone::Warn>{word!(unit.units.missing, count = line.missing)}</Badge> }.into_any()
    } else {
        view! { <Badge tone=Tone::Ok>{word!(unit.units.enough)}</Badge> }.into_any()
    };
    let listed = if line.reserves > 0 {
        word!(
            unit.units.listed_with,
            count = line.listed,
            reserves = line.reserves
        )
    } else {
        line.listed.to_string()
    };
    let activity = match line.last_activity {
        Some(at) => view! { <DateTime at zone/> }.into_any(),
        None => view! { <span class="muted">{word!(unit.units.never)}</span> }.into_any(),
    };
    let coordinators = if line.coordinators.is_empty() {
        view! { <span class="muted">{word!(unit.units.nobody)}</span> }.into_any()
    } else {
        view! { <span>{line.coordinators.join(", ")}</span> }.into_any()
    };
    let slips = line
        .slips
        .into_iter()
        .map(|(slip, code)| {
            view! { <a class="num small slip-code" href=slip_href(&slug, slip)>{code}</a> }
        })
        .collect_view();
    view! {
        <tr>
            <Cell label=word!(unit.units.unit)><span class="strong">{line.name.clone()}</span>" "{slips}</Cell>
            <Cell label=word!(unit.units.drafts) numeric=true>{line.drafts}</Cell>
            <Cell label=word!(unit.units.submitted) numeric=true>{line.submitted}</Cell>
            <Cell label=word!(unit.units.listed) numeric=true>{listed}</Cell>
            <Cell label=word!(unit.units.forwarded) numeric=true>{line.forwarded}</Cell>
            <Cell label=word!(unit.units.standing)>{standing}</Cell>
            <Cell label=word!(unit.units.activity)>{activity}</Cell>
            <Cell label=word!(unit.units.coordinators)>{coordinators}</Cell>
        </tr>
    }
    .into_any()
}

const SORTS: [UnitSort; 6] = [
    UnitSort::Name,
    UnitSort::Drafts,
    UnitSort::Submitted,
    UnitSort::Listed,
    UnitSort::Forwarded,
    UnitSort::LastActivity,
];

fn sort_name(sort: UnitSort) -> String {
    match sort {
        UnitSort::Name => word!(unit.units.unit),
        UnitSort::Drafts => word!(unit.units.drafts),
        UnitSort::Submitted => word!(unit.units.submitted),
        UnitSort::Listed => word!(unit.units.listed),
        UnitSort::Forwarded => word!(unit.units.forwarded),
        UnitSort::LastActivity => word!(unit.units.activity),
    }
}

/// The order as the address has it.
fn sort_value(sort: UnitSort) -> &'static str {
    match sort {
        UnitSort::Name => "name",
        UnitSort::Drafts => "drafts",
        UnitSort::Submitted => "submitted",
        UnitSort::Listed => "listed",
        UnitSort::Forwarded => "forwarded",
        UnitSort::LastActivity => "last_activity",
    }
}

fn filter_of(query: &ParamsMap) -> UnitsFilter {
    let sort = query.get("sort").unwrap_or_default();
    UnitsFilter {
        query: query.get("q").unwrap_or_default(),
        sort: SORTS
            .into_iter()
            .find(|known| sort_value(*known) == sort)
            .unwrap_or_default(),
        descending: query.get("desc").as_deref() == Some("true"),
        below: query.get("below").as_deref() == Some("true"),
        page: query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1),
    }
}

fn filter_query(filter: &UnitsFilter) -> String {
    let below = if filter.below { "&below=true" } else { "" };
    let desc = if filter.descending { "&desc=true" } else { "" };
    format!(
        "?q={}&sort={}{desc}{below}&page={}",
        encode(&filter.query),
        sort_value(filter.sort),
        filter.page
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_survives_the_address() {
        for sort in SORTS {
            let filter = UnitsFilter {
                query: "xã an".into(),
                sort,
                descending: true,
                below: true,
                page: 3,
            };
            assert_eq!(
                filter_query(&filter),
                format!(
                    "?q=x%C3%A3%20an&sort={}&desc=true&below=true&page=3",
                    sort_value(sort)
                )
            );
            let json = format!("\"{}\"", sort_value(sort));
            assert_eq!(serde_json::from_str::<UnitSort>(&json).ok(), Some(sort));
        }
        let mut map = ParamsMap::new();
        map.insert("sort", "forwarded".to_owned());
        map.insert("desc", "true".to_owned());
        let read = filter_of(&map);
        assert_eq!(
            (read.sort, read.descending, read.page),
            (UnitSort::Forwarded, true, 1)
        );
    }
}
