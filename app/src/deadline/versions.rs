//! Every submission of an entry, and two of them compared word by word. Works by its address alone:
//! `?older=1&newer=2`.

mod compared;

use contract::deadline::{VersionLine, VersionsView};
use contract::{Error, Kind};
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};
use rules::id::EntryId;
use rules::time::Zone;

use self::compared::Compared;
use super::{TimelinessBadge, api};
use crate::entry::{CodeChip, StateBadge, detail_href, file_href, receipt_href};
use crate::text::{ErrorView, word};
use crate::ui::{
    Badge, Button, Card, Cell, Choice, Column, DateTime, Narrow, Notice, PageHeader, Select, Skeleton, Table,
    Tone, Variant,
};

/// Address of an entry's submissions.
pub fn versions_href(entry: EntryId) -> String {
    format!("/entries/{entry}/versions")
}

/// Address of the comparison of two submissions of an entry.
pub fn compare_href(entry: EntryId, older: i64, newer: i64) -> String {
    format!("{}?older={older}&newer={newer}", versions_href(entry))
}

/// `/entries/:entry/versions`
pub struct VersionsPage;

#[lazy_route]
impl LazyRoute for VersionsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let (params, query) = (use_params_map(), use_query_map());
        let entry = Memo::new(move |_| {
            params
                .read()
                .get("entry")
                .and_then(|text| text.parse::<EntryId>().ok())
        });
        let wanted = Memo::new(move |_| {
            let number = |name: &str| query.read().get(name).and_then(|text| text.parse::<i64>().ok());
            (number("older"), number("newer"))
        });
        let loaded = Resource::new_blocking(
            move || (entry.get(), wanted.get()),
            |(entry, (older, newer))| async move {
                match entry {
                    Some(entry) => api::versions(entry, older, newer).await,
                    None => Err(Error::NotFound(Kind::Entry)),
                }
            },
        );
        view! {
            <Transition fallback=|| view! { <Skeleton lines=8/> }>
                {move || {
                    let wanted = wanted.get();
                    Suspend::new(async move {
                        match loaded.await {
                            Ok(view) => view! { <Versions view wanted/> }.into_any(),
                            Err(error) => view! { <ErrorView error/> }.into_any(),
                        }
                    })
                }}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Versions(view: VersionsView, wanted: (Option<i64>, Option<i64>)) -> impl IntoView {
    let contest = (
        view.contest_name.clone(),
        format!("/contests/{}", view.contest_slug),
    );
    let crumbs = if view.own {
        vec![
            (word!(entry.own.title), "/entries".to_owned()),
            (view.title.clone(), receipt_href(view.entry)),
        ]
    } else {
        vec![contest, (view.title.clone(), detail_href(view.entry))]
    };
    let (code, state) = (view.code.clone(), view.state);
    let asked = wanted
        .0
        .zip(wanted.1)
        .is_some_and(|(older, newer)| older != newer);
    let comparison = match (&view.comparison, asked) {
        (Some(comparison), _) => view! { <Compared comparison=comparison.clone()/> }.into_any(),
        (None, true) => {
            view! { <Notice tone=Tone::Warn><p>{word!(deadline.versions.missing)}</p></Notice> }.into_any()
        }
        (None, false) => ().into_any(),
    };
    let several = view.versions.len() > 1;
    let latest = view.versions.first().map(|line| line.revision);
    let numbers: Vec<i64> = view.versions.iter().map(|line| line.revision).collect();
    let zone = view.zone.clone();
    let rows = view
        .versions
        .into_iter()
        .map(|line| {
            let current = Some(line.revision) == latest;
            view! { <Row entry=view.entry line current zone=zone.clone()/> }
        })
        .collect_view();
    let columns = vec![
        Column::number(word!(deadline.versions.revision)),
        Column::text(word!(deadline.versions.at)),
        Column::text(word!(deadline.versions.by)),
        Column::text(word!(deadline.versions.hash)),
        Column::text(word!(deadline.versions.files)),
    ];
    view! {
        <PageHeader title=word!(deadline.versions.title) crumbs overline=view.title.clone()>
            <span class="cluster">
                <CodeChip code=code.clone()/>
                <StateBadge state/>
            </span>
        </PageHeader>
        <div class="stack stack-l">
            <p>{word!(deadline.versions.lead)}</p>
            {several.then(|| view! { <Chooser numbers wanted/> })}
            {comparison}
            <Table caption=word!(deadline.versions.title) columns narrow=Narrow::Cards>{rows}</Table>
        </div>
    }
    .into_any()
}

/// Which two to compare: plain links and a form that asks the address.
#[component]
fn Chooser(numbers: Vec<i64>, wanted: (Option<i64>, Option<i64>)) -> impl IntoView {
    let choices: Vec<Choice> = numbers
        .iter()
        .rev()
        .map(|number| Choice::new(number.to_string(), word!(deadline.revision, number = *number)))
        .collect();
    let last = numbers.first().copied().unwrap_or(1);
    let older = wanted
        .0
        .unwrap_or_else(|| numbers.get(1).copied().unwrap_or(last));
    let newer = wanted.1.unwrap_or(last);
    view! {
        <Card title=word!(deadline.versions.compare)>
            <Form method="GET" action="">
                <div class="versions-form">
                    <Select name="older" label=word!(deadline.versions.older) choices=choices.clone() value=older.to_string()/>
                    <Select name="newer" label=word!(deadline.versions.newer) choices value=newer.to_string()/>
                    <Button variant=Variant::Secondary>{word!(deadline.versions.show)}</Button>
                </div>
            </Form>
        </Card>
    }
    .into_any()
}

#[component]
fn Row(entry: EntryId, line: VersionLine, current: bool, zone: Zone) -> impl IntoView {
    let before = line.revision - 1;
    let with_previous = (before > 0).then(|| {
        let label = word!(
            deadline.versions.with_previous_of,
            newer = line.revision,
            older = before
        );
        let href = compare_href(entry, before, line.revision);
        view! {
            <a class="small" href=href aria-label=label>
                {word!(deadline.versions.with_previous)}
            </a>
        }
    });
    let files = if line.files.is_empty() {
        view! { <span class="muted">{word!(deadline.versions.files_none)}</span> }.into_any()
    } else {
        let files = line
            .files
            .into_iter()
            .map(|file| {
                view! {
                    <li>
                        <a href=file_href(file.id) rel="external">{file.file_name}</a>
                        <code class="hash small">{file.sha256}</code>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="version-files">{files}</ul> }.into_any()
    };
    view! {
        <tr>
            <Cell label=word!(deadline.versions.revision) numeric=true>{line.revision.to_string()}</Cell>
            <Cell label=word!(deadline.versions.at)>
                <span class="version-facts">
                    <DateTime at=line.submitted_at zone with_zone=true/>
                    <TimelinessBadge timeliness=line.timeliness/>
                    {current.then(|| view! { <Badge tone=Tone::Ok>{word!(deadline.versions.current)}</Badge> })}
                    {with_previous}
                </span>
            </Cell>
            <Cell label=word!(deadline.versions.by)>{line.submitted_by}</Cell>
            <Cell label=word!(deadline.versions.hash)><code class="hash small">{line.content_hash}</code></Cell>
            <Cell label=word!(deadline.versions.files)>{files}</Cell>
        </tr>
    }
    .into_any()
}
