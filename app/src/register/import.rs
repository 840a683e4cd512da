//! Lists in: a file is taken, looked through row by row, and imported when somebody says so. Every form here works
//! without any script.

mod report;

use contract::Error;
use contract::register::{DryRun, ImportChoice, ImportQuery, ImportView};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use leptos_router::{LazyRoute, lazy_route};
use rules::register::{ImportField, ImportKind};

use self::report::Report;
use super::api;
use super::form::{decode_columns, encode_columns};
use super::words::{column_name, import_title};
use crate::text::{ErrorView, FormErrors, bytes_text, count_text, field_message, word};
use crate::ui::{
    Button, Card, Checkbox, Choice, FileInput, IconName, LinkButton, Notice, PageHeader, Select, Skeleton,
    Tone, Variant,
};

/// `/manage/:slug/import`
pub struct ImportEntriesPage;

#[lazy_route]
impl LazyRoute for ImportEntriesPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let (params, query) = (use_params_map(), use_query_map());
        let slug = Memo::new(move |_| params.read().get("slug"));
        page(Memo::new(move |_| {
            query.with(|query| query_of(ImportKind::Entries, slug.get(), query))
        }))
    }
}

/// `/people/import?kind=units|people`
pub struct ImportDirectoryPage;

#[lazy_route]
impl LazyRoute for ImportDirectoryPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let query = use_query_map();
        page(Memo::new(move |_| {
            query.with(|query| {
                let kind = query.get("kind").and_then(|kind| ImportKind::from_slug(&kind));
                let kind = kind.filter(|kind| *kind != ImportKind::Entries);
                query_of(kind.unwrap_or(ImportKind::People), None, query)
            })
        }))
    }
}

/// What the address asks for. Columns come as one value, or one by one as their form sends them.
fn query_of(kind: ImportKind, contest: Option<String>, query: &ParamsMap) -> ImportQuery {
    let one_by_one: Vec<Option<ImportField>> = (0..100)
        .map_while(|at| query.get(&format!("c{at}")))
        .map(|slug| ImportField::from_slug(&slug))
        .collect();
    ImportQuery {
        kind,
        contest,
        file: query.get("file").and_then(|id| id.parse().ok()),
        choice: ImportChoice {
            columns: if one_by_one.is_empty() {
                decode_columns(&query.get("columns").unwrap_or_default())
            } else {
                one_by_one
            },
            convert_legacy: query.get("legacy").is_some_and(|value| value == "true"),
        },
        page: query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1),
    }
}

/// Address of the page without a file.
fn base(view: &ImportView) -> String {
    match &view.contest_slug {
        Some(slug) => format!("/manage/{slug}/import?"),
        None => format!("/people/import?kind={}", view.kind.slug()),
    }
}

/// Address of the dry run as it stands; a page number may follow.
fn back(view: &ImportView, run: &DryRun) -> String {
    format!(
        "{}&file={}&columns={}&legacy={}",
        base(view),
        run.file,
        encode_columns(&run.columns),
        run.convert_legacy
    )
}

fn page(query: Memo<ImportQuery>) -> AnyView {
    let loaded = Resource::new_blocking(move || query.get(), api::import_page);
    view! {
        <Transition fallback=|| view! { <Skeleton lines=10/> }>
            {move || Suspend::new(async move {
                match loaded.await {
                    Ok(view) => view! { <Import view/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Import(view: ImportView) -> impl IntoView {
    let crumbs = match (&view.contest_slug, &view.contest_name) {
        (Some(slug), Some(name)) => vec![
            (word!(entry.desk.manage), "/manage".to_owned()),
            (name.clone(), format!("/manage/{slug}")),
            (word!(entry.desk.title), format!("/manage/{slug}/eligibility")),
        ],
        _ => vec![(word!(account.people.title), "/people".to_owned())],
    };
    let kinds = view.contest_slug.is_none().then(|| {
        let links = [ImportKind::People, ImportKind::Units]
            .into_iter()
            .map(|kind| {
                let current = (kind == view.kind).then_some("page");
                view! { <a href=format!("/people/import?kind={}", kind.slug()) aria-current=current>{import_title(kind)}</a> }
            })
            .collect_view();
        view! { <nav class="cluster" aria-label=word!(register.import.kinds)>{links}</nav> }
    });
    let lead = word!(
        register.import.lead,
        size = bytes_text(view.max_bytes),
        rows = count_text(view.max_rows)
    );
    let body = match view.dry_run.clone() {
        None => view! { <Upload view=view.clone()/> }.into_any(),
        Some(run) => {
            let other = base(&view);
            view! {
                <div class="stack stack-l">
                    <div class="cluster">
                        <span class="strong">{run.file_name.clone()}</span>
                        <LinkButton href=other variant=Variant::Quiet small=true>{word!(register.import.other)}</LinkButton>
                    </div>
                    <Columns view=view.clone() run=run.clone()/>
                    <Report back=back(&view, &run) zone=view.zone.clone() run/>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <PageHeader title=import_title(view.kind) crumbs>
            <p class="measure">{lead}</p>
        </PageHeader>
        <div class="stack stack-l">
            {kinds}
            {body}
        </div>
    }
    .into_any()
}

/// A plain multipart form; a refusal comes back in the address.
#[component]
fn Upload(view: ImportView) -> impl IntoView {
    let query = use_query_map();
    let refused = Signal::derive(move || {
        let text = query.read().get("upload_error")?;
        serde_json::from_str::<Error>(&text).ok()
    });
    let message = Signal::derive(move || {
        refused.with(|error| error.as_ref().and_then(|error| field_message(error, "file")))
    });
    let kind = view.kind.slug();
    let action = match &view.contest_slug {
        Some(slug) => format!("/upload/import/{kind}/{slug}"),
        None => format!("/upload/import/{kind}"),
    };
    view! {
        <Card>
            <form class="stack" method="post" action=action enctype="multipart/form-data">
                <FormErrors error=refused labels=vec![("file", word!(register.import.file))]/>
                <FileInput name="file" label=word!(register.import.file) accept=".xlsx,.csv" error=message/>
                <div class="cluster">
                    <Button icon=IconName::Search>{word!(register.import.upload)}</Button>
                    <LinkButton href=format!("/files/template/{kind}.xlsx") external=true variant=Variant::Secondary icon=IconName::Download>
                        {word!(register.import.template)}
                    </LinkButton>
                </div>
            </form>
        </Card>
    }
    .into_any()
}

/// Which column holds what, and what becomes of old encodings: chosen, the file is looked through again.
#[component]
fn Columns(view: ImportView, run: DryRun) -> impl IntoView {
    let fields = view.kind.fields();
    let selects = run
        .headings
        .iter()
        .zip(run.columns.iter())
        .enumerate()
        .map(|(at, (heading, field))| {
            let label = if heading.trim().is_empty() {
                word!(register.import.unnamed, number = at + 1)
            } else {
                word!(register.import.column, name = heading)
            };
            let mut choices = vec![Choice::new("-", word!(register.import.ignore))];
            choices.extend(
                fields
                    .iter()
                    .map(|field| Choice::new(field.slug(), column_name(*field))),
            );
            let value = field.map_or("-", ImportField::slug).to_owned();
            view! { <Select name=format!("c{at}") label choices value/> }
        })
        .collect_view();
    let kind = view.contest_slug.is_none().then(|| view.kind.slug());
    let missing = (!run.missing.is_empty()).then(|| {
        let names: Vec<String> = run.missing.iter().map(|field| column_name(*field)).collect();
        let text = word!(register.import.missing, fields = names.join(", "));
        view! { <Notice tone=Tone::Danger><p>{text}</p></Notice> }
    });
    let open = !run.missing.is_empty() || run.legacy_rows > 0;
    let legacy = (run.legacy_rows > 0).then(|| {
        let text = word!(register.import.legacy_found, count = count_text(run.legacy_rows));
        view! { <Notice tone=Tone::Warn><p>{text}</p></Notice> }
    });
    view! {
        <Card>
            <div class="stack">
                {missing}
                {legacy}
                <details open=open>
                    <summary>{word!(register.import.columns)}</summary>
                    <form class="stack" method="get" action="">
                        <p class="muted small">{word!(register.import.columns_hint)}</p>
                        {kind.map(|kind| view! { <input type="hidden" name="kind" value=kind/> })}
                        <input type="hidden" name="file" value=run.file.to_string()/>
                        <div class="import-columns">{selects}</div>
                        <Checkbox
                            name="legacy"
                            label=word!(register.import.legacy)
                            hint=word!(register.import.legacy_hint)
                            checked=run.convert_legacy
                        />
                        <div><Button variant=Variant::Secondary icon=IconName::Refresh>{word!(register.import.again)}</Button></div>
                    </form>
                </details>
            </div>
        </Card>
    }
    .into_any()
}
