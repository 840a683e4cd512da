//! What the server still has of uploads that stopped half-way, and files it had to remove.

use leptos::prelude::*;
use rules::time::format_datetime;

use super::queue::Queue;
use crate::text::{attachment_kind_name, bytes_text, word};
use crate::ui::{Button, Icon, IconName, Notice, Tone, Variant};

/// Files removed by the scanner.
#[component]
pub fn Infected(queue: Queue) -> impl IntoView {
    let names = Memo::new(move |_| queue.draft.view.with(|view| view.files.infected.clone()));
    move || {
        let names = names.get();
        (!names.is_empty()).then(|| {
            let lines = names
                .into_iter()
                .map(|name| view! { <p>{word!(file.scan.infected, name = name)}</p> })
                .collect_view();
            view! { <Notice tone=Tone::Danger title=word!(file.scan.infected_title)>{lines}</Notice> }
        })
    }
}

/// Uploads to go on with: those of this person that are not on their way right now.
#[component]
pub fn Pending(queue: Queue) -> impl IntoView {
    let uploads = Memo::new(move |_| {
        let under_way: Vec<String> = queue
            .items
            .with(|items| items.iter().filter_map(|item| item.address.get()).collect());
        queue.draft.view.with(|view| {
            view.files
                .pending
                .iter()
                .filter(|upload| !under_way.contains(&address(upload.upload)))
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    move || {
        let uploads = uploads.get();
        (!uploads.is_empty()).then(|| {
            let zone = queue.draft.frame.with_value(|frame| frame.zone.clone());
            let rows = uploads
                .into_iter()
                .map(|upload| {
                    let part = word!(
                        file.pending.part,
                        done = bytes_text(upload.received),
                        total = bytes_text(upload.size),
                        until = format_datetime(upload.expires_at, &zone)
                    );
                    let label = word!(file.pending.drop_of, name = upload.file_name.clone());
                    let drop = Callback::new(move |_| give_up(queue, address(upload.upload)));
                    view! {
                        <li class="file-row">
                            <Icon name=IconName::Clock/>
                            <div class="file-text">
                                <span class="file-name strong">{upload.file_name}</span>
                                <span class="muted small">{attachment_kind_name(upload.kind)}</span>
                                <span class="num small">{part}</span>
                            </div>
                            <Button kind="button" variant=Variant::Quiet small=true icon=IconName::Trash label on_click=drop>
                                {word!(file.pending.drop)}
                            </Button>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <section class="stack stack-s upload-pending" aria-labelledby="upload-pending">
                    <h2 class="panel-title" id="upload-pending">{word!(file.pending.title)}</h2>
                    <p class="small">{word!(file.pending.lead)}</p>
                    <ul class="file-list">{rows}</ul>
                </section>
            }
        })
    }
}

fn give_up(queue: Queue, address: String) {
    #[cfg(feature = "hydrate")]
    super::browser::give_up(queue.draft, address);
    #[cfg(not(feature = "hydrate"))]
    let _ = (queue, address);
}

fn address(upload: rules::id::UploadId) -> String {
    format!("/uploads/{upload}")
}
