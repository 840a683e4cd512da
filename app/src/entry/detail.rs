//! An entry with names, for its unit's coordinator and the organiser: the whole text, its way, and what may be done.

mod acts;
mod medium;
mod returns;

use contract::entry::EntryDetailView;
use contract::unit::ReturnsView;
use contract::{Error, Kind};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use rules::id::EntryId;

use self::acts::{Decide, Screen};
use self::medium::Medium;
use self::returns::Returns;
use super::api;
use super::parts::{CodeChip, StateBadge, print_page, unit_href};
use super::printed::PrintedEntry;
use super::receipt::Track;
use super::unit::api as desk;
use crate::deadline::{ExtensionNotes, TimelinessBadge, extensions_href, versions_href};
use crate::register::{CheckCard, Similar};
use crate::text::{ErrorView, word};
use crate::ui::{Button, Card, DateTime, IconName, LinkButton, PageHeader, Skeleton, Variant};

/// `/entries/:entry/detail`
pub struct DetailPage;

#[lazy_route]
impl LazyRoute for DetailPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let entry = Memo::new(move |_| {
            params
                .read()
                .get("entry")
                .and_then(|text| text.parse::<EntryId>().ok())
        });
        let loaded = Resource::new_blocking(
            move || entry.get(),
            |entry| async move {
                match entry {
                    Some(entry) => both(entry).await,
                    None => Err(Error::NotFound(Kind::Entry)),
                }
            },
        );
        view! {
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok((view, returns)) => view! { <Detail view returns/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// The entry and what was asked to be mended. The first look at an entry is written down before its returns are read.
async fn both(entry: EntryId) -> Result<(EntryDetailView, ReturnsView), Error> {
    let view = api::detail(entry).await?;
    let returns = desk::returns(entry).await?;
    Ok((view, returns))
}

/// The entry on the screen. Parts redraw only where what they show has changed, so a half-written reason stays when the
/// entry changes under it.
#[derive(Clone, Copy)]
struct Case {
    view: RwSignal<EntryDetailView>,
    returns: RwSignal<ReturnsView>,
}

impl Case {
    fn part<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&EntryDetailView) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.view.with(&part))
    }

    /// Loads the entry anew.
    fn reload(self) {
        let entry = self.view.with_untracked(|view| view.line.entry);
        spawn_local(async move {
            let loaded = both(entry).await;
            // What stood there before stays where the server cannot be reached.
            if let Ok((view, returns)) = loaded {
                self.view.try_set(view);
                self.returns.try_set(returns);
            }
        });
    }
}

#[component]
fn Detail(view: EntryDetailView, returns: ReturnsView) -> impl IntoView {
    let organiser = !view.can_screen && view.can_decide;
    let (organises, has_checklist) = (view.organises, view.has_checklist);
    let line = view.line.clone();
    let mut crumbs = vec![(
        view.contest_name.clone(),
        format!("/contests/{}", view.contest_slug),
    )];
    crumbs.push(if organiser {
        (
            word!(entry.desk.title),
            format!("/manage/{}/eligibility", view.contest_slug),
        )
    } else {
        (
            line.unit_name
                .clone()
                .unwrap_or_else(|| word!(entry.unit.overline)),
            unit_href(&view.contest_slug, None),
        )
    });
    let case = Case {
        view: RwSignal::new(view.clone()),
        returns: RwSignal::new(returns),
    };
    let state = case.part(|view| view.line.state);
    let track = case.part(|view| view.track.clone());
    let code = line.code.clone();
    let zone = view.zone.clone();
    let track_zone = zone.clone();
    let (can_screen, can_decide) = (
        case.part(|view| view.can_screen),
        case.part(|view| view.can_decide),
    );
    let versions = versions_href(line.entry);
    let extend = view
        .can_extend
        .then(|| extensions_href(&view.contest_slug, &format!("?entry={}", line.entry)));
    let actions = move || {
        view! {
            {extend.clone().map(|href| view! {
                <LinkButton href variant=Variant::Secondary icon=IconName::Clock>{word!(deadline.extension.act)}</LinkButton>
            })}
            <LinkButton href=versions.clone() variant=Variant::Secondary icon=IconName::File>{word!(deadline.versions.title)}</LinkButton>
            <Button kind="button" variant=Variant::Secondary icon=IconName::Printer on_click=Callback::new(|_| print_page())>
                {word!(common.action.print)}
            </Button>
        }
    };
    view! {
        <PageHeader title=line.title.clone() crumbs actions overline=line.category_name.clone()>
            <span class="cluster">
                <CodeChip code=code.clone()/>
                {move || view! { <StateBadge state=state.get()/> }}
                <TimelinessBadge timeliness=line.timeliness/>
                <span class="muted">{word!(entry.own.submitted)}" "<DateTime at=line.submitted_at zone=zone.clone()/></span>
            </span>
        </PageHeader>
        <ExtensionNotes extensions=view.extensions.clone() zone=view.zone.clone()/>
        <div class="with-aside detail">
            <PrintedEntry
                contest=view.contest_name.clone()
                content=view.content.clone()
                answers=view.answers.clone()
                categories=view.categories.clone()
                files=line.attachments.clone()
                code=Some(line.code.clone())
            />
            <aside class="stack no-print" aria-label=word!(entry.detail.acts)>
                {move || can_screen.get().then(|| view! { <Screen case/> })}
                <Returns case/>
                {organises.then(|| view! { <CheckCard entry=line.entry decided=Callback::new(move |()| case.reload())/> })}
                {move || (can_decide.get() && !has_checklist).then(|| view! { <Decide case/> })}
                <Medium case/>
                <Card title=word!(entry.receipt.track)>
                    {move || view! { <Track steps=track.get() zone=track_zone.clone() state=state.get()/> }}
                </Card>
            </aside>
        </div>
        {organises.then(|| view! { <div class="no-print"><Similar entry=line.entry/></div> })}
    }
    .into_any()
}
