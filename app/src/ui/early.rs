//! What a person typed or chose before the wasm had loaded. The server's page works by then, so it may be much; taking
//! the page over must neither overwrite it nor leave it unheard.

use leptos::html;
use leptos::prelude::*;

/// Keeps a box in step with `value`, but takes over what was typed before this ran: `early` is told of it once.
pub(super) fn follow_input(
    input: NodeRef<html::Input>,
    value: MaybeProp<String>,
    early: impl Fn(String) + 'static,
) {
    Effect::new(move |known: Option<bool>| {
        let value = value.get().unwrap_or_default();
        let Some(input) = input.get() else {
            return false;
        };
        let shown = input.value();
        // A date box shows nothing for a text that is no date to it: that is not the person's doing.
        let refused = shown.is_empty()
            && !matches!(
                input.type_().as_str(),
                "text" | "email" | "tel" | "url" | "search"
            );
        if known != Some(true) && shown != input.default_value() && !refused {
            early(shown);
        } else if shown != value {
            input.set_value(&value);
        }
        true
    });
}

/// [`follow_input`] for many lines.
pub(super) fn follow_area(
    area: NodeRef<html::Textarea>,
    value: MaybeProp<String>,
    early: impl Fn(String) + 'static,
) {
    Effect::new(move |known: Option<bool>| {
        let value = value.get().unwrap_or_default();
        let Some(area) = area.get() else {
            return false;
        };
        let shown = area.value();
        // Browsers give line ends back as one character, whatever stood in the page.
        let typed = |rendered: String| shown != rendered.replace("\r\n", "\n");
        if known != Some(true) && area.default_value().is_ok_and(typed) {
            early(shown);
        } else if shown != value {
            area.set_value(&value);
        }
        true
    });
}

/// Tells of a box ticked or an answer chosen before this ran; a radio button that lost its mark says nothing.
pub(super) fn hear_choice(input: NodeRef<html::Input>, early: impl Fn(bool) + 'static) {
    Effect::new(move |heard: Option<bool>| {
        let Some(input) = input.get() else {
            return false;
        };
        let on = input.checked();
        if heard != Some(true) && on != input.default_checked() && (on || input.type_() != "radio") {
            early(on);
        }
        true
    });
}

/// Tells of a line chosen from a list before this ran; `rendered` is the value the page came with.
pub(super) fn hear_selection(
    select: NodeRef<html::Select>,
    rendered: String,
    early: impl Fn(String) + 'static,
) {
    Effect::new(move |heard: Option<bool>| {
        let Some(select) = select.get() else {
            return false;
        };
        let shown = select.value();
        if heard != Some(true) && shown != rendered {
            early(shown);
        }
        true
    });
}
