//! The eligibility desk: every entry handed in, filtered by address, accepted or rejected in its row; then the blind
//! codes.

mod codes;
mod filter;
mod row;

use contract::entry::{DeskEntry, DeskFilter, EligibilityDeskView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};

use rules::contest::ContestPhase;

use self::codes::BlindCodes;
use self::filter::{FilterForm, filter_of, filter_query};
use self::row::Row;
use super::api;
use super::parts::units_href;
use crate::deadline::extensions_href;
use crate::judging::{Failure, failure_of};
use crate::paper::DeskPapers;
use crate::register::{AcceptChecked, DeskTools};
use crate::text::{ErrorView, phase_name, phase_tone, word};
use crate::ui::{
    Badge, Column, EmptyState, IconName, LinkButton, Narrow, Notice, PageHeader, Pagination, Skeleton, Stat,
    Table, Tone, Variant,
};

/// `/manage/:slug/eligibility`, filtered by `?q=&state=&category=&page=`.
pub struct EligibilityPage;

#[lazy_route]
impl LazyRoute for EligibilityPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let (params, query) = (use_params_map(), use_query_map());
        let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
        let filter = Memo::new(move |_| query.with(filter_of));
        let loaded = Resource::new_blocking(
            move || (slug.get(), filter.get()),
            |(slug, filter)| api::eligibility_desk(slug, filter),
        );
        view! {
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || {
                    let filter = filter.get();
                    Suspend::new(async move {
                        match loaded.await {
                            Ok(view) => view! { <EligibilityDesk view filter/> }.into_any(),
                            Err(error) => view! { <ErrorView error/> }.into_any(),
                        }
                    })
                }}
            </Transition>
        }
        .into_any()
    }
}

/// The desk on the screen. Rows keep what is typed in them while others change.
#[derive(Clone, Copy)]
struct Desk {
    view: RwSignal<EligibilityDeskView>,
    filter: StoredValue<DeskFilter>,
}

impl Desk {
    fn part<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&EligibilityDeskView) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.view.with(&part))
    }

    /// Loads the desk anew, with the same filter. Rows on the screen stay even where they no longer match it: a row that
    /// vanishes under the hand is a row decided wrongly next.
    fn reload(self) {
        let slug = self.view.with_untracked(|view| view.contest_slug.clone());
        let filter = self.filter.get_value();
        spawn_local(async move {
            let loaded = api::eligibility_desk(slug, filter).await;
            // What stood there before stays where the server cannot be reached.
            if let Ok(view) = loaded {
                self.view.try_update(|shown| {
                    let gone: Vec<DeskEntry> = std::mem::take(&mut shown.entries);
                    let order: Vec<_> = gone.iter().map(|line| line.entry).collect();
                    let mut entries = view.entries.clone();
                    let missing = gone
                        .into_iter()
                        .filter(|line| view.entries.iter().all(|now| now.entry != line.entry));
                    entries.extend(missing);
                    entries.sort_by_key(|line| {
                        order
                            .iter()
                            .position(|id| *id == line.entry)
                            .unwrap_or(usize::MAX)
                    });
                    *shown = EligibilityDeskView { entries, ..view };
                });
            }
        });
    }

    /// Puts one line in place after it was decided, whether or not it still matches the filter.
    fn put(self, line: DeskEntry) {
        self.view.try_update(|view| {
            if let Some(known) = view.entries.iter_mut().find(|known| known.entry == line.entry) {
                *known = line;
            }
        });
    }
}

#[component]
fn EligibilityDesk(view: EligibilityDeskView, filter: DeskFilter) -> impl IntoView {
    let desk = Desk {
        view: RwSignal::new(view.clone()),
        filter: StoredValue::new(filter.clone()),
    };
    let crumbs = vec![
        (word!(entry.desk.manage), "/manage".to_owned()),
        (
            view.contest_name.clone(),
            format!("/manage/{}", view.contest_slug),
        ),
    ];
    let phase = view.phase;
    let extensions = extensions_href(&view.contest_slug, "");
    let figures = desk.part(|view| (view.unchecked, view.accepted, view.total));
    let below = view.units_below_quota.clone();
    let pages = view.total.div_ceil(view.page_size.max(1));
    let page = view.page;
    let paged = filter.clone();
    let checked = desk.part(|view| if view.can_decide { view.checked } else { 0 });
    let form_key = desk.part(|view| view.key);
    let listed = filter_query(&DeskFilter {
        page: 1,
        ..filter.clone()
    });
    // Only for the refusal of a plain post, which this constructor finds in the address: rows tell their own.
    let posted = failure_of(ServerAction::<api::DecideEligibility>::new());
    let href = Callback::new(move |page: u32| {
        filter_query(&DeskFilter {
            page,
            ..paged.clone()
        })
    });
    let slug = view.contest_slug.clone();
    let actions = move || {
        view! {
            <LinkButton href=extensions.clone() variant=Variant::Secondary icon=IconName::Clock>{word!(deadline.extension.title)}</LinkButton>
            <DeskPapers slug=slug.clone()/>
        }
    };
    view! {
        <PageHeader title=word!(entry.desk.title) crumbs actions overline=view.contest_name.clone()>
            <Badge tone=phase_tone(phase)>{phase_name(phase)}</Badge>
        </PageHeader>
        <div class="stack stack-l">
            <Failure error=posted/>
            {move || {
                let (unchecked, accepted, _) = figures.get();
                view! {
                    <div class="stats">
                        <Stat label=word!(entry.desk.unchecked) value=unchecked.to_string()/>
                        <Stat label=word!(entry.desk.accepted) value=accepted.to_string()/>
                        <Stat label=word!(entry.desk.below) value=below.len().to_string()/>
                    </div>
                }
            }}
            {(!view.units_below_quota.is_empty()).then(|| {
                let units = view.units_below_quota.iter().map(|name| view! { <li>{name.clone()}</li> }).collect_view();
                view! { <Notice tone=Tone::Warn title=word!(entry.desk.below_title)><ul class="below-quota">{units}</ul></Notice> }
            })}
            <div><LinkButton href=units_href(&view.contest_slug) variant=Variant::Secondary icon=IconName::Building>{word!(unit.units.open)}</LinkButton></div>
            {view.has_checklist.then(|| view! {
                <AcceptChecked
                    contest=view.contest
                    count=checked
                    key=form_key
                    done=Callback::new(move |()| desk.reload())
                />
            })}
            <BlindCodes desk/>
            <DeskTools slug=view.contest_slug.clone() query=listed open=phase == ContestPhase::Open/>
            <section class="stack" aria-label=word!(entry.desk.list)>
                <FilterForm filter categories=view.categories.clone() units=view.units.clone() has_checklist=view.has_checklist/>
                <p class="muted small" role="status">{move || word!(entry.desk.found, count = figures.get().2)}</p>
                <Rows desk/>
                <Pagination current=page pages href/>
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn Rows(desk: Desk) -> impl IntoView {
    let ids = desk.part(|view| view.entries.iter().map(|line| line.entry).collect::<Vec<_>>());
    let columns = vec![
        Column::text(word!(entry.receipt.code)),
        Column::text(word!(entry.desk.entry)),
        Column::text(word!(entry.authors.unit)),
        Column::text(word!(entry.desk.state)),
        Column::text(word!(entry.desk.decision)),
    ];
    if ids.with_untracked(Vec::is_empty) {
        return view! {
            <EmptyState title=word!(entry.desk.none) icon=IconName::Search>
                <p>{word!(entry.desk.none_next)}</p>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <Table caption=word!(entry.desk.title) columns narrow=Narrow::Cards>
            <For each=move || ids.get() key=|id| *id let:id>
                <Row desk id/>
            </For>
        </Table>
    }
    .into_any()
}
