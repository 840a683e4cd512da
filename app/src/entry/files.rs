//! Files of an entry as a list: what each is, how large, and the start of its SHA-256.

use leptos::prelude::*;
use rules::entry::AttachmentInfo;

use super::parts::file_href;
use crate::text::{attachment_kind_name, bytes_text, word};
use crate::ui::{Icon, IconName};

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
            view! {
                <li class="file-row">
                    <Icon name=IconName::File/>
                    <div class="file-text">
                        <a class="file-name" href=file_href(file.id) rel="external">{file.file_name}</a>
                        <span class="muted small">{facts}</span>
                        <span class="file-hash small" title=file.sha256>
                            <span class="muted">"SHA-256 "</span>
                            <code>{hash}</code>
                        </span>
                    </div>
                    {act}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="file-list" aria-label=word!(entry.files.list)>{rows}</ul> }.into_any()
}
