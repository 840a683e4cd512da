//! Entries that share text with one, with the passages side by side: advice, never a verdict.

use contract::register::SimilarEntry;
use leptos::prelude::*;
use rules::id::EntryId;

use super::api;
use super::words::{likeness_name, likeness_tone};
use crate::entry::detail_href;
use crate::text::{ErrorView, count_text, word};
use crate::ui::{Badge, Card, Cell, Column, Narrow, Skeleton, Table};

/// The card of similar entries.
#[component]
pub fn Similar(entry: EntryId) -> impl IntoView {
    let loaded = Resource::new_blocking(move || entry, api::similar);
    view! {
        <Card title=word!(register.similar.title)>
            <div class="stack">
                <p class="muted measure">{word!(register.similar.lead)}</p>
                <Suspense fallback=|| view! { <Skeleton lines=4/> }>
                    {move || Suspend::new(async move {
                        match loaded.await {
                            Ok(found) if found.is_empty() => {
                                view! { <p>{word!(register.similar.none)}</p> }.into_any()
                            }
                            Ok(found) => {
                                let lines = found.into_iter().map(|one| view! { <One one/> }).collect_view();
                                view! { <ul class="similar-list">{lines}</ul> }.into_any()
                            }
                            Err(error) => view! { <ErrorView error/> }.into_any(),
                        }
                    })}
                </Suspense>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn One(one: SimilarEntry) -> impl IntoView {
    let title = format!("{} – {}", one.code, one.title);
    let title = match one.entry {
        Some(entry) => view! { <a class="strong" href=detail_href(entry)>{title}</a> }.into_any(),
        None => view! { <span class="strong">{title}</span> }.into_any(),
    };
    let percent = word!(
        register.similar.share,
        percent = one.overlap.containment_percent().to_string()
    );
    let figures = word!(
        register.similar.figures,
        shared = count_text(one.overlap.shared),
        first = count_text(one.overlap.first),
        second = count_text(one.overlap.second),
        jaccard = one.overlap.jaccard_percent().to_string()
    );
    let badge = format!("{percent} · {}", likeness_name(one.likeness));
    let rows = one
        .passages
        .into_iter()
        .map(|passage| {
            view! {
                <tr>
                    <Cell label=word!(register.similar.here)><span class="pre-line">{passage.first}</span></Cell>
                    <Cell label=word!(register.similar.there)><span class="pre-line">{passage.second}</span></Cell>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::text(word!(register.similar.here)),
        Column::text(word!(register.similar.there)),
    ];
    view! {
        <li class="stack stack-s">
            <div class="cluster">{title}<Badge tone=likeness_tone(one.likeness)>{badge}</Badge></div>
            <p class="muted small">{one.contest_name}" · "{figures}</p>
            <Table caption=word!(register.similar.passages) columns narrow=Narrow::Cards show_caption=true>{rows}</Table>
        </li>
    }
    .into_any()
}
