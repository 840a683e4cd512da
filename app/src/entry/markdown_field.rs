//! A long text with buttons for bold and lists, and a look at how it will read. Before the wasm has loaded, and without
//! it, the box alone does the job: the marks are typed.

use std::ops::Range;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use rules::text::markdown::{Edit, bold, bullets, numbers};

use crate::text::word;
use crate::ui::{Button, IconName, Markdown, TextArea, Variant};

/// A button's change: the text and what is selected in it, in bytes.
type Act = fn(&str, Range<usize>) -> Edit;

/// The box with its buttons.
#[component]
pub fn MarkdownField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(into)] hint: String,
    #[prop(into)] error: Signal<Option<String>>,
    #[prop(into)] value: Signal<String>,
    rows: u32,
    max: usize,
    #[prop(optional)] mark_optional: bool,
    on_input: Callback<String>,
) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    let preview = RwSignal::new(false);
    // the buttons work from here on; their room is kept before, so nothing moves
    let ready = RwSignal::new(false);
    Effect::new(move || ready.set(true));
    let act = move |act: Act| change(area, act);
    let on_key = Callback::new(move |event: KeyboardEvent| {
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
            return;
        }
        let chosen: Act = match (event.code().as_str(), event.shift_key()) {
            ("KeyB", false) => bold,
            ("Digit8", true) => bullets,
            ("Digit7", true) => numbers,
            _ => return,
        };
        event.prevent_default();
        act(chosen);
    });
    let group = word!(form.markdown.tools, field = label.clone());
    let region = word!(form.markdown.preview_of, field = label.clone());
    let above = move || {
        let region = region.clone();
        let button = move |text: String, name: String, chosen: Act| {
            view! {
                <Button
                    kind="button"
                    variant=Variant::Quiet
                    small=true
                    label=name
                    disabled=Signal::derive(move || preview.get())
                    on_click=Callback::new(move |_| act(chosen))
                >
                    {text}
                </Button>
            }
        };
        view! {
            <div class="markdown-tools" class:markdown-ready=ready role="group" aria-label=group.clone()>
                {button(word!(form.markdown.bold), word!(form.markdown.bold_name), bold)}
                {button(word!(form.markdown.bullets), word!(form.markdown.bullets_name), bullets)}
                {button(word!(form.markdown.numbers), word!(form.markdown.numbers_name), numbers)}
                <Button
                    kind="button"
                    variant=Variant::Quiet
                    small=true
                    icon=IconName::Eye
                    on_click=Callback::new(move |_| preview.update(|on| *on = !*on))
                >
                    {move || if preview.get() { word!(form.markdown.write) } else { word!(form.markdown.preview) }}
                </Button>
            </div>
            {move || {
                preview.get().then(|| {
                    let text = value.get();
                    let body = if text.trim().is_empty() {
                        view! { <p class="muted">{word!(form.markdown.empty)}</p> }.into_any()
                    } else {
                        view! { <Markdown text/> }.into_any()
                    };
                    view! { <div class="markdown-preview" tabindex="0" role="region" aria-label=region.clone()>{body}</div> }
                })
            }}
        }
    };
    view! {
        <TextArea
            name
            label
            hint
            error
            value
            rows
            max
            mark_optional
            on_input
            above
            hidden=preview
            area
            on_key
        />
    }
    .into_any()
}

/// Does what a button says with the selected text, as if it had been typed.
fn change(area: NodeRef<html::Textarea>, act: Act) {
    let Some(area) = area.get_untracked() else {
        return;
    };
    let text = area.value();
    let place = |units: Result<Option<u32>, _>| {
        units
            .ok()
            .flatten()
            .map_or(text.len(), |units| byte_at(&text, units))
    };
    let edit = act(&text, place(area.selection_start())..place(area.selection_end()));
    area.set_value(&edit.text);
    if let Ok(event) = leptos::web_sys::Event::new("input") {
        // Nobody prevents it: the box's own listener takes the text over.
        let _ = area.dispatch_event(&event);
    }
    // Where the browser refuses, the cursor stands at the end.
    let _ = area.focus();
    let _ = area.set_selection_range(
        units_before(&edit.text, edit.selected.start),
        units_before(&edit.text, edit.selected.end),
    );
}

/// The byte before which `units` UTF-16 units stand, as browsers count.
fn byte_at(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    for (at, letter) in text.char_indices() {
        if left == 0 {
            return at;
        }
        left = left.saturating_sub(letter.len_utf16());
    }
    text.len()
}

fn units_before(text: &str, byte: usize) -> u32 {
    let units = text.get(..byte).map_or(0, |before| before.encode_utf16().count());
    u32::try_from(units).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_browsers_count_them() {
        let text = "Đổi 😀 mới";
        for (byte, _) in text.char_indices() {
            assert_eq!(byte_at(text, units_before(text, byte)), byte);
        }
        assert_eq!(units_before(text, "Đổi 😀".len()), 6);
        assert_eq!(byte_at(text, 99), text.len());
    }
}
