//! The organiser's page of extensions: find the entry or unit, give it more time with a reason, see and take back what
//! was given.

mod give;
mod list;

use contract::deadline::{CandidateLine, ExtensionDeskView, ExtensionQuery};
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use leptos_router::{LazyRoute, lazy_route};
use rules::contest::Deadline as Ends;
use rules::id::UnitId;
use rules::time::Zone;

use self::give::Give;
use self::list::Given;
use super::{api, extensions_href, grace_note};
use crate::entry::{CodeChip, StateBadge, encode};
use crate::text::{ErrorView, milestone_name, phase_name, phase_tone, word};
use crate::ui::{
    Badge, Button, Card, Deadline, EmptyState, IconName, LinkButton, Notice, PageHeader, Skeleton, TextField,
    TextKind, Tone, Variant,
};

/// `/manage/:slug/extensions`, with `?q=` searching and `?entry=` or `?unit=` choosing.
pub struct ExtensionsPage;

#[lazy_route]
impl LazyRoute for ExtensionsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let (params, query) = (use_params_map(), use_query_map());
        let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
        let wanted = Memo::new(move |_| query.with(query_of));
        let done = Memo::new(move |_| query.read().get("done").unwrap_or_default());
        let loaded = Resource::new_blocking(
            move || (slug.get(), wanted.get(), done.get()),
            |(slug, query, _)| api::extensions(slug, query),
        );
        let again = Callback::new(move |()| loaded.refetch());
        view! {
            <Transition fallback=|| view! { <Skeleton lines=8/> }>
                {move || {
                    let (wanted, done) = (wanted.get(), done.get());
                    Suspend::new(async move {
                        match loaded.await {
                            Ok(view) => view! { <Extensions view wanted done again/> }.into_any(),
                            Err(error) => view! { <ErrorView error/> }.into_any(),
                        }
                    })
                }}
            </Transition>
        }
        .into_any()
    }
}

fn query_of(query: &ParamsMap) -> ExtensionQuery {
    ExtensionQuery {
        query: query.get("q").unwrap_or_default(),
        entry: query.get("entry").and_then(|text| text.parse().ok()),
        unit: query.get("unit").and_then(|text| text.parse().ok()),
    }
}

#[component]
fn Extensions(
    view: ExtensionDeskView,
    wanted: ExtensionQuery,
    done: String,
    again: Callback<()>,
) -> impl IntoView {
    let crumbs = vec![
        (word!(entry.desk.manage), "/manage".to_owned()),
        (
            view.contest_name.clone(),
            format!("/manage/{}", view.contest_slug),
        ),
        (
            word!(entry.desk.title),
            format!("/manage/{}/eligibility", view.contest_slug),
        ),
    ];
    let phase = view.phase;
    let done = match done.as_str() {
        "given" => Some(word!(deadline.extension.given)),
        "withdrawn" => Some(word!(deadline.extension.withdrawn)),
        _ => None,
    };
    // authors without a deadline of their own have their unit's, which is shown once
    let same = |own: &Ends, unit: &Ends| own.milestone == unit.milestone && own.at == unit.at;
    let own = view.submission.clone();
    let own = own.filter(|own| view.forwarding.as_ref().is_none_or(|unit| !same(own, unit)));
    let deadlines = [own, view.forwarding.clone()];
    let none = deadlines.iter().all(Option::is_none);
    let zone = view.zone.clone();
    let deadlines = deadlines
        .into_iter()
        .flatten()
        .map(|ends| view! { <Plan ends zone=zone.clone() now=view.now/> })
        .collect_view();
    let body = if !view.can_extend {
        view! { <Notice tone=Tone::Info><p>{word!(deadline.extension.closed)}</p></Notice> }.into_any()
    } else if none {
        view! { <Notice tone=Tone::Info><p>{word!(deadline.extension.no_deadline)}</p></Notice> }.into_any()
    } else {
        view! {
            {view.chosen.clone().map(|chosen| view! { <Give view=view.clone() chosen again/> })}
            <Find view=view.clone() query=wanted.query/>
            <Units slug=view.contest_slug.clone() units=view.units.clone() screens=view.forwarding.is_some()/>
        }
        .into_any()
    };
    view! {
        <PageHeader title=word!(deadline.extension.title) crumbs overline=view.contest_name.clone()>
            <Badge tone=phase_tone(phase)>{phase_name(phase)}</Badge>
        </PageHeader>
        <div class="stack stack-l">
            {done.map(|text| view! { <Notice tone=Tone::Ok announce=true><p>{text}</p></Notice> })}
            <p>{word!(deadline.extension.lead)}</p>
            <div class="stack stack-s">{deadlines}</div>
            {body}
            <Given view again/>
        </div>
    }
    .into_any()
}

/// A deadline of the plan, to compare with.
#[component]
fn Plan(ends: Ends, zone: Zone, now: rules::time::Timestamp) -> impl IntoView {
    let note = grace_note(&ends, &zone);
    view! { <Deadline at=ends.at zone now label=milestone_name(ends.milestone) note/> }.into_any()
}

/// The search for an entry.
#[component]
fn Find(view: ExtensionDeskView, query: String) -> impl IntoView {
    let asked = !query.trim().is_empty();
    let count = view.found.len();
    let slug = view.contest_slug.clone();
    let found = if !asked {
        ().into_any()
    } else if count == 0 {
        view! {
            <EmptyState title=word!(deadline.extension.none) icon=IconName::Search>
                <p>{word!(deadline.extension.none_next)}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let rows = view
            .found
            .into_iter()
            .map(|line| view! { <li><Candidate line slug=slug.clone()/></li> })
            .collect_view();
        view! {
            <p class="muted small" role="status">{word!(deadline.extension.found, count = count)}</p>
            <ul class="candidates">{rows}</ul>
        }
        .into_any()
    };
    view! {
        <Card title=word!(deadline.extension.find)>
            <div class="stack">
                <Form method="GET" action="">
                    <div class="find-entry" role="search">
                        <TextField
                            name="q"
                            label=word!(deadline.extension.find_label)
                            hint=word!(deadline.extension.find_hint)
                            kind=TextKind::Search
                            value=query
                        />
                        <Button variant=Variant::Secondary icon=IconName::Search>{word!(deadline.extension.search)}</Button>
                    </div>
                </Form>
                {found}
            </div>
        </Card>
    }
    .into_any()
}

/// One entry found: who wrote it and where it stands, never what it says.
#[component]
fn Candidate(line: CandidateLine, slug: String) -> impl IntoView {
    let title = Some(line.title)
        .filter(|title| !title.trim().is_empty())
        .unwrap_or_else(|| word!(entry.untitled));
    let href = extensions_href(&slug, &format!("?entry={}&q={}", line.entry, encode(&title)));
    let label = word!(deadline.extension.act_of, name = title.clone());
    let mut about = line.authors;
    about.extend(line.unit_name);
    view! {
        <article class="candidate">
            <div class="candidate-text">
                <span class="cluster">
                    {line.code.map(|code| view! { <CodeChip code/> })}
                    <StateBadge state=line.state/>
                </span>
                <h3 class="candidate-title">{title}</h3>
                <p class="muted small">{about.join(", ")}</p>
            </div>
            <LinkButton href label variant=Variant::Secondary small=true>{word!(deadline.extension.act)}</LinkButton>
        </article>
    }
    .into_any()
}

/// Units that forward, each with a link to give it more time.
#[component]
fn Units(slug: String, units: Vec<(UnitId, String)>, screens: bool) -> impl IntoView {
    screens.then(|| {
        let rows = units
            .iter()
            .map(|(id, name)| {
                let href = extensions_href(&slug, &format!("?unit={id}"));
                view! { <li><a href=href>{name.clone()}</a></li> }
            })
            .collect_view();
        let list = if units.is_empty() {
            view! { <p class="muted">{word!(deadline.extension.units_none)}</p> }.into_any()
        } else {
            view! { <ul class="unit-links">{rows}</ul> }.into_any()
        };
        view! { <Card title=word!(deadline.extension.units)>{list}</Card> }
    })
}
