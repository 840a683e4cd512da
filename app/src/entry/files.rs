//! Files of an entry as a list: what each is, how large, the start of its SHA-256, and a look at it in its place:
//! pictures and films at once, a PDF beside the text when asked for.

use leptos::prelude::*;
use rules::entry::{AttachmentInfo, Scan};

use super::parts::file_href;
use crate::text::{attachment_kind_name, bytes_text, word};
use crate::ui::{Badge, Icon, IconName, Tone};

/// The files, with an optional act each (by id).
#[component]
pub fn FileList(
    files: Vec<AttachmentInfo>,
    #[prop(optional, into)] act: Option<Callback<AttachmentInfo, AnyView>>,
    /// Shows the whole SHA-256, for the receipt.
    #[prop(optional)]
    whole_hash: bool,
) -> impl IntoView {
    let rows = files
        .into_iter()
        .map(|file| {
            let act = act.map(|act| act.run(file.clone()));
            let hash: String = if whole_hash {
                file.sha256.clone()
            } else {
                file.sha256.chars().take(12).collect()
            };
            let facts = format!(
                "{} · {} · {}",
                attachment_kind_name(file.kind),
                bytes_text(file.size),
                file.media_type
            );
            let scan = match file.scan {
                Scan::Held => Some((Tone::Warn, word!(file.scan.held))),
                Scan::Infected => Some((Tone::Danger, word!(file.scan.removed))),
                _ => None,
            };
            let scan = scan.map(|(tone, text)| view! { <Badge tone>{text}</Badge> });
            let name = if file.scan == Scan::Infected {
                // nothing is left to open
                view! { <span class="file-name">{file.file_name.clone()}</span> }.into_any()
            } else {
                let (href, name) = (file_href(file.id), file.file_name.clone());
                view! { <a class="file-name" href=href rel="external">{name}</a> }.into_any()
            };
            let look = (file.scan == Scan::Clean).then(|| look(&file));
            view! {
                <li class="file-row">
                    <Icon name=IconName::File/>
                    <div class="file-text">
                        {name}
                        <span class="muted small">{facts}</span>
                        <span class="file-hash small" title=file.sha256>
                            <span class="muted">"SHA-256 "</span>
                            <code>{hash}</code>
                        </span>
                        {scan}
                    </div>
                    {act}
                    {look}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="file-list" aria-label=word!(entry.files.list)>{rows}</ul> }.into_any()
}

/// A look at a file in its place, where its type is one a browser shows without running anything of it.
fn look(file: &AttachmentInfo) -> AnyView {
    let href = file_href(file.id);
    let name = file.file_name.clone();
    match file.media_type.as_str() {
        "application/pdf" => view! { <Pdf href name/> }.into_any(),
        kind if kind.starts_with("image/") => view! {
            <img class="file-look no-print" src=href alt=word!(file.preview.picture, name = name) loading="lazy"/>
        }
        .into_any(),
        kind if kind.starts_with("video/") => view! {
            <video class="file-look no-print" controls preload="metadata" aria-label=word!(file.preview.picture, name = name)>
                <source src=href type=kind.to_owned()/>
            </video>
        }
        .into_any(),
        _ => ().into_any(),
    }
}

/// The browser's own viewer, loaded when it is opened. Without wasm the file's link does.
#[component]
pub(crate) fn Pdf(href: String, name: String) -> impl IntoView {
    let open = RwSignal::new(false);
    let title = word!(file.preview.picture, name = name.clone());
    view! {
        <details class="file-look-pdf no-print" on:toggle=move |_| open.set(true)>
            <summary aria-label=word!(file.preview.open_of, name = name)>{word!(file.preview.open)}</summary>
            {move || open.get().then(|| view! { <iframe class="file-frame" src=href.clone() title=title.clone()></iframe> })}
        </details>
    }
    .into_any()
}
