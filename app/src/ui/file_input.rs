//! Choosing files. The native input covers the whole zone, so dropping a file on it works without any script.

use super::field::{FieldError, described_by, field_id};
use super::icon::{Icon, IconName};
use crate::i18n::{t_string, use_i18n};
use leptos::{html, prelude::*};

/// A drop zone around a file input. In a plain form it submits like any file input; with wasm read the files from
/// `input` (`input.get().and_then(|input| input.files())`) when `on_change` runs.
///
/// `<FileInput name="file" label="…" hint="…" accept=".pdf,.docx" input on_change=move |()| …/>`
#[component]
pub fn FileInput(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional, into)] accept: Option<String>,
    #[prop(optional)] multiple: bool,
    #[prop(optional)] input: NodeRef<html::Input>,
    #[prop(optional, into)] on_change: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = field_id(&name);
    let has_hint = hint.is_some();
    let described = {
        let id = id.clone();
        move || described_by(&id, has_hint, false, error.get().is_some())
    };
    let chosen = RwSignal::new(Vec::<String>::new());
    let over = RwSignal::new(false);
    let changed = move |_| {
        over.set(false);
        // who takes the files away at once leaves none to list
        if let Some(on_change) = on_change {
            on_change.run(());
        }
        chosen.set(
            input
                .get_untracked()
                .map(|input| names(&input))
                .unwrap_or_default(),
        );
    };
    view! {
        <div class="field" class:field-invalid=move || error.get().is_some()>
            <label class="field-label" for=id.clone()>{label}</label>
            {hint.map(|hint| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> })}
            <FieldError id=id.clone() error/>
            <div class="drop" class:drop-over=move || over.get()>
                <Icon name=IconName::Upload/>
                <span class="drop-text" aria-hidden="true">
                    <span class="drop-call">{t_string!(i18n, common.file.choose)}</span>
                    " "
                    <span>{t_string!(i18n, common.file.drop)}</span>
                </span>
                <input
                    class="drop-input"
                    type="file"
                    id=id
                    name=name
                    accept=accept
                    multiple=multiple
                    aria-describedby=described
                    aria-invalid=move || error.get().map(|_| "true")
                    node_ref=input
                    on:change=changed
                    on:dragenter=move |_| over.set(true)
                    on:dragleave=move |_| over.set(false)
                    on:drop=move |_| over.set(false)
                />
            </div>
            <ul class="drop-files" aria-live="polite">
                {move || {
                    chosen
                        .get()
                        .into_iter()
                        .map(|name| view! { <li><Icon name=IconName::File/><span>{name}</span></li> })
                        .collect_view()
                }}
            </ul>
        </div>
    }
    .into_any()
}

/// Names of the files chosen in the input.
fn names(input: &leptos::web_sys::HtmlInputElement) -> Vec<String> {
    let Some(files) = input.files() else {
        return Vec::new();
    };
    (0..files.length())
        .filter_map(|index| files.get(index))
        .map(|file| file.name())
        .collect()
}
