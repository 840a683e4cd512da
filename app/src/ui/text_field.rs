//! Text controls of one line and of many.

use super::early::{follow_area, follow_input};
use super::field::{FieldFrame, described_by, field_id};
use crate::i18n::{t_string, use_i18n};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

/// What a one-line field takes; decides the keyboard of a phone and the width of the box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextKind {
    #[default]
    Text,
    Email,
    Password,
    Tel,
    Url,
    Search,
    /// Points and amounts: decimal keypad, typed as text so that `97,5` is welcome.
    Decimal,
    /// Whole numbers.
    Integer,
    Date,
    Month,
    Time,
    /// Date and time of day, in the contest's zone.
    DateTime,
    /// One-time or receipt codes.
    Code,
}

impl TextKind {
    const fn input_type(self) -> &'static str {
        match self {
            TextKind::Text | TextKind::Decimal | TextKind::Integer | TextKind::Code => "text",
            TextKind::Email => "email",
            TextKind::Password => "password",
            TextKind::Tel => "tel",
            TextKind::Url => "url",
            TextKind::Search => "search",
            TextKind::Date => "date",
            TextKind::Month => "month",
            TextKind::Time => "time",
            TextKind::DateTime => "datetime-local",
        }
    }

    const fn input_mode(self) -> Option<&'static str> {
        match self {
            TextKind::Decimal => Some("decimal"),
            TextKind::Integer => Some("numeric"),
            _ => None,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            TextKind::Decimal | TextKind::Integer => "input input-number",
            TextKind::Date | TextKind::Month | TextKind::Time | TextKind::DateTime => "input input-date",
            TextKind::Code => "input input-code",
            _ => "input",
        }
    }
}

/// One line of text, a number or a date.
///
/// `value` is what the server knows (the stored draft); typing does not change it, `on_input` reports it.
///
/// `<TextField name="cmd[title]" label="…" value=draft.title error=errors.of("title") max=150/>`
#[component]
pub fn TextField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] kind: TextKind,
    /// Defaults to [`field_id`] of the name.
    #[prop(optional, into)]
    id: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional, into)] value: MaybeProp<String>,
    /// Shows a counter of characters against this many. Text beyond is kept and marked, never cut.
    #[prop(optional)]
    max: Option<usize>,
    #[prop(optional)] required: bool,
    #[prop(optional)] mark_optional: bool,
    #[prop(optional)] hide_label: bool,
    #[prop(optional)] readonly: bool,
    #[prop(optional, into)] autocomplete: Option<&'static str>,
    /// Unit after the box: "điểm".
    #[prop(optional, into)]
    suffix: Option<String>,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
    /// The value when the person leaves the field or presses Enter.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| field_id(&name));
    let hint = hint.filter(|hint| !hint.is_empty());
    let has_hint = hint.is_some();
    let described = {
        let id = id.clone();
        move || described_by(&id, has_hint, max.is_some(), error.get().is_some())
    };
    let length = RwSignal::new(value.get_untracked().map_or(0, |text| text.chars().count()));
    let input = NodeRef::<html::Input>::new();
    follow_input(input, value, move |text| {
        length.set(text.chars().count());
        if let Some(heard) = on_input.or(on_change) {
            heard.run(text);
        }
    });
    view! {
        <FieldFrame id=id.clone() label hint error mark_optional hide_label>
            <div class="input-row">
                <input
                    node_ref=input
                    class=kind.class()
                    type=kind.input_type()
                    inputmode=kind.input_mode()
                    id=id.clone()
                    name=name
                    value=move || value.get()
                    required=required
                    readonly=readonly
                    autocomplete=autocomplete
                    placeholder=placeholder
                    aria-describedby=described
                    aria-invalid=move || error.get().map(|_| "true")
                    on:input:target=move |event| {
                        let text = event.target().value();
                        length.set(text.chars().count());
                        if let Some(on_input) = on_input {
                            on_input.run(text);
                        }
                    }
                    on:change:target=move |event| {
                        if let Some(on_change) = on_change {
                            on_change.run(event.target().value());
                        }
                    }
                />
                {suffix.map(|suffix| view! { <span class="input-suffix">{suffix}</span> })}
            </div>
            {max.map(|max| view! { <Counter id=id.clone() length max/> })}
        </FieldFrame>
    }
    .into_any()
}

/// Many lines of text.
///
/// `<TextArea name="cmd[summary]" label="…" rows=8 max=3000 value=draft.summary/>`
#[component]
pub fn TextArea(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional, into)] value: MaybeProp<String>,
    #[prop(default = 5)] rows: u32,
    #[prop(optional)] max: Option<usize>,
    #[prop(optional)] required: bool,
    #[prop(optional)] mark_optional: bool,
    #[prop(optional)] hide_label: bool,
    #[prop(optional)] readonly: bool,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
    /// Between the label and the box: buttons, or a view that stands for the box.
    #[prop(optional, into)]
    above: Option<ViewFn>,
    /// Takes the box out of sight; it stays in the form.
    #[prop(optional, into)]
    hidden: Signal<bool>,
    /// The box itself, for what has to know the selection.
    #[prop(optional)]
    area: NodeRef<html::Textarea>,
    #[prop(optional, into)] on_key: Option<Callback<KeyboardEvent>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| field_id(&name));
    let hint = hint.filter(|hint| !hint.is_empty());
    let has_hint = hint.is_some();
    let described = {
        let id = id.clone();
        move || described_by(&id, has_hint, max.is_some(), error.get().is_some())
    };
    let start = value.get_untracked().unwrap_or_default();
    let length = RwSignal::new(start.chars().count());
    follow_area(area, value, move |text| {
        length.set(text.chars().count());
        if let Some(heard) = on_input.or(on_change) {
            heard.run(text);
        }
    });
    view! {
        <FieldFrame id=id.clone() label hint error mark_optional hide_label>
            {above.map(|above| above.run())}
            <textarea
                node_ref=area
                hidden=hidden
                class="input input-area"
                id=id.clone()
                name=name
                rows=rows.to_string()
                required=required
                readonly=readonly
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
                on:input:target=move |event| {
                    let text = event.target().value();
                    length.set(text.chars().count());
                    if let Some(on_input) = on_input {
                        on_input.run(text);
                    }
                }
                on:change:target=move |event| {
                    if let Some(on_change) = on_change {
                        on_change.run(event.target().value());
                    }
                }
                on:keydown=move |event| {
                    if let Some(on_key) = on_key {
                        on_key.run(event);
                    }
                }
                inner_html=escape_text(&start)
            ></textarea>
            {max.map(|max| view! { <Counter id=id.clone() length max/> })}
        </FieldFrame>
    }
    .into_any()
}

/// "120/150", spoken politely once little is left.
#[component]
fn Counter(id: String, length: RwSignal<usize>, max: usize) -> impl IntoView {
    let i18n = use_i18n();
    let spoken = move || {
        let length = length.get();
        if length > max {
            t_string!(i18n, common.field.too_long, count = length - max)
        } else if max - length <= max / 10 {
            t_string!(i18n, common.field.left, count = max - length)
        } else {
            String::new()
        }
    };
    view! {
        <div class="field-count" class:field-count-over=move || { length.get() > max }>
            <span class="num" id=format!("{id}-count")>{move || format!("{}/{max}", length.get())}</span>
            <span class="visually-hidden" aria-live="polite">{spoken}</span>
        </div>
    }
    .into_any()
}

/// A text as the inside of a `<textarea>`. The first line break is doubled because HTML parsers drop one there.
/// (A child text node instead of `inner_html` has broken hydration between point releases: leptos#4818.)
fn escape_text(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    if escaped.starts_with('\n') {
        format!("\n{escaped}")
    } else {
        escaped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_end_the_textarea() {
        assert_eq!(escape_text("</textarea>&amp;"), "&lt;/textarea>&amp;amp;");
    }

    #[test]
    fn a_leading_line_break_survives_the_parser() {
        assert_eq!(escape_text("\na"), "\n\na");
    }
}
