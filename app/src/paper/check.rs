//! The check before a round opens: what in the accepted entries may tell judges who wrote them. Advice only.

use contract::paper::{BlindCheckView, CheckedEntry, CheckedFile, CluePlace, CopyState, WhyOriginal};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};
use rules::entry::{Clue, ClueKind};

use super::api;
use crate::i18n::ui_locale;
use crate::text::{ErrorView, bytes_text, statement_section_name, word};
use crate::ui::{Badge, Card, EmptyState, IconName, Notice, PageHeader, Pagination, Skeleton, Tone};

/// `/manage/:slug/blind`, with `?page=`.
pub struct BlindCheckPage;

#[lazy_route]
impl LazyRoute for BlindCheckPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let (params, query) = (use_params_map(), use_query_map());
        let place = Memo::new(move |_| {
            let page = query.read().get("page").and_then(|text| text.parse::<u32>().ok());
            (params.read().get("slug").unwrap_or_default(), page.unwrap_or(1))
        });
        let loaded = Resource::new_blocking(move || place.get(), |(slug, page)| api::blind_check(slug, page));
        view! {
            <Transition fallback=|| view! { <Skeleton lines=10/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => view! { <BlindCheck view/> }.into_any(),
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn BlindCheck(view: BlindCheckView) -> impl IntoView {
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
    let files = view.entries.iter().flat_map(|entry| &entry.files);
    let originals = files
        .filter(|file| matches!(file.copy, CopyState::Original(_)))
        .count();
    let pages = view.total.div_ceil(view.page_size.max(1));
    let none = view.entries.is_empty();
    let entries = view
        .entries
        .into_iter()
        .map(|entry| view! { <Entry entry/> })
        .collect_view();
    view! {
        <PageHeader title=word!(paper.check.title) crumbs overline=view.contest_name.clone()/>
        <div class="stack stack-l">
            {if view.blind {
                view! { <p>{word!(paper.check.intro)}</p> }.into_any()
            } else {
                view! { <Notice tone=Tone::Warn><p>{word!(paper.check.not_blind)}</p></Notice> }.into_any()
            }}
            {(view.blind && originals > 0).then(|| view! {
                <Notice tone=Tone::Warn title=word!(paper.check.originals, count = originals)>
                    <p>{word!(paper.check.originals_note)}</p>
                </Notice>
            })}
            {none.then(|| view! {
                <EmptyState title=word!(paper.check.none) icon=IconName::EyeOff><p>{word!(paper.check.none_next)}</p></EmptyState>
            })}
            {entries}
            <Pagination current=view.page pages href=Callback::new(|page: u32| format!("?page={page}"))/>
        </div>
    }
    .into_any()
}

#[component]
fn Entry(entry: CheckedEntry) -> impl IntoView {
    let title = format!("{} – {}", entry.code, entry.title);
    let count = entry.clues.len();
    let clues = entry
        .clues
        .into_iter()
        .map(|(place, clue)| view! { <ClueLine place clue/> })
        .collect_view();
    let no_files = entry.files.is_empty();
    let files = entry
        .files
        .into_iter()
        .map(|file| view! { <FileLine file/> })
        .collect_view();
    view! {
        <Card title=title>
            <div class="stack stack-s">
                {if count == 0 {
                    view! { <p class="muted">{word!(paper.check.clean)}</p> }.into_any()
                } else {
                    view! {
                        <p><Badge tone=Tone::Warn icon=IconName::AlertTriangle>{word!(paper.check.found, count = count)}</Badge></p>
                        <ul class="clues">{clues}</ul>
                    }
                    .into_any()
                }}
                {(!no_files).then(|| view! {
                    <h3>{word!(paper.check.files)}</h3>
                    <ul class="checked-files">{files}</ul>
                })}
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn ClueLine(place: CluePlace, clue: Clue) -> impl IntoView {
    let place = match place {
        CluePlace::Title => word!(paper.check.in_title),
        CluePlace::Section(section) => statement_section_name(section),
        CluePlace::Answer(label) => label.text(ui_locale()).to_owned(),
        CluePlace::File(file) => word!(paper.check.in_file, file = file),
    };
    let kind = match clue.kind {
        ClueKind::Author => word!(paper.check.kind.author),
        ClueKind::Unit => word!(paper.check.kind.unit),
        ClueKind::Position => word!(paper.check.kind.position),
        ClueKind::Contact => word!(paper.check.kind.contact),
    };
    let (before, after) = around(&clue);
    view! {
        <li>
            <p class="muted small">{format!("{place} · {kind}")}</p>
            <p class="clue"><span>{before}</span><mark>{clue.words}</mark><span>{after}</span></p>
        </li>
    }
    .into_any()
}

/// What stands before and after the words of a clue, with a space to them.
fn around(clue: &Clue) -> (String, String) {
    match clue.passage.split_once(&clue.words) {
        Some((before, after)) => (before.to_owned(), after.to_owned()),
        None => (String::new(), String::new()),
    }
}

#[component]
fn FileLine(file: CheckedFile) -> impl IntoView {
    let (tone, state) = match file.copy {
        CopyState::Stripped => (Tone::Ok, word!(paper.check.copy.stripped)),
        CopyState::Original(_) => (Tone::Warn, word!(paper.check.copy.original)),
        CopyState::Missing => (Tone::Danger, word!(paper.check.copy.missing)),
    };
    let why = match file.copy {
        CopyState::Original(WhyOriginal::Media) => Some(word!(paper.check.why.media)),
        CopyState::Original(WhyOriginal::Protected) => Some(word!(paper.check.why.protected)),
        CopyState::Original(WhyOriginal::Broken) => Some(word!(paper.check.why.broken)),
        CopyState::Original(WhyOriginal::Large) => Some(word!(paper.check.why.large)),
        CopyState::Stripped | CopyState::Missing => None,
    };
    view! {
        <li>
            <span>{file.file_name}</span>
            <span class="muted small num">{bytes_text(file.size)}</span>
            <Badge tone>{state}</Badge>
            {why.map(|why| view! { <span class="muted small">{why}</span> })}
            {file.unread.then(|| view! { <span class="muted small">{word!(paper.check.unread)}</span> })}
        </li>
    }
    .into_any()
}
