//! Controls of a section's form: each knows its value, its refusal and its label by the field's one name.

use std::collections::BTreeMap;
use std::sync::Arc;

use contract::Error;
use leptos::prelude::*;

use crate::manage::fields::Fields;
use crate::manage::label::label;
use crate::text::{field_message, word};
use crate::ui::{Button, Checkbox, Choice, IconName, Select, TextArea, TextField, TextKind, Variant};

/// What the controls of one form share.
#[derive(Clone)]
pub struct Controls {
    pub fields: Arc<Fields>,
    /// What the last save was refused for.
    pub failure: Signal<Option<Error>>,
    /// What the rules find wrong with the values as stored, by field.
    pub problems: Arc<BTreeMap<String, String>>,
}

impl Controls {
    /// The name of the control of a field.
    pub fn name(key: &str) -> String {
        format!("form[f][{key}]")
    }

    fn value(&self, key: &str) -> String {
        self.fields.get(key).to_owned()
    }

    /// The message beside a field.
    pub fn error(&self, key: &str) -> Signal<Option<String>> {
        let (failure, stored, key) = (self.failure, self.problems.get(key).cloned(), key.to_owned());
        Signal::derive(move || {
            let refused = failure.with(|error| error.as_ref().and_then(|error| field_message(error, &key)));
            refused.or_else(|| stored.clone())
        })
    }

    /// One line.
    pub fn text(&self, key: &str, kind: TextKind) -> AnyView {
        view! {
            <TextField name=Self::name(key) label=label(key) kind value=self.value(key) error=self.error(key) autocomplete="off"/>
        }
        .into_any()
    }

    /// One line with a word of help.
    pub fn text_hint(&self, key: &str, kind: TextKind, hint: String) -> AnyView {
        view! {
            <TextField name=Self::name(key) label=label(key) kind value=self.value(key) error=self.error(key) hint=hint autocomplete="off"/>
        }
        .into_any()
    }

    /// One line under a label of its own.
    pub fn text_as(&self, key: &str, kind: TextKind, label: String) -> AnyView {
        view! {
            <TextField name=Self::name(key) label=label kind value=self.value(key) error=self.error(key) autocomplete="off"/>
        }
        .into_any()
    }

    /// Many lines.
    pub fn area(&self, key: &str, rows: u32) -> AnyView {
        view! { <TextArea name=Self::name(key) label=label(key) rows value=self.value(key) error=self.error(key)/> }.into_any()
    }

    /// Many lines with a word of help.
    pub fn area_hint(&self, key: &str, rows: u32, hint: String) -> AnyView {
        view! {
            <TextArea name=Self::name(key) label=label(key) rows value=self.value(key) error=self.error(key) hint=hint/>
        }
        .into_any()
    }

    /// One of a list.
    pub fn select(&self, key: &str, choices: Vec<Choice>) -> AnyView {
        view! { <Select name=Self::name(key) label=label(key) choices value=self.value(key) error=self.error(key)/> }.into_any()
    }

    /// One of a list, under a label of its own.
    pub fn select_as(&self, key: &str, choices: Vec<Choice>, label: String) -> AnyView {
        view! { <Select name=Self::name(key) label=label choices value=self.value(key) error=self.error(key)/> }.into_any()
    }

    /// Yes or no.
    pub fn check(&self, key: &str) -> AnyView {
        view! { <Checkbox name=Self::name(key) label=label(key) checked=self.fields.is_on(key) error=self.error(key)/> }.into_any()
    }

    /// Yes or no with a word of help.
    pub fn check_hint(&self, key: &str, hint: String) -> AnyView {
        view! {
            <Checkbox name=Self::name(key) label=label(key) checked=self.fields.is_on(key) error=self.error(key) hint=hint/>
        }
        .into_any()
    }

    /// A value the form carries along unseen.
    pub fn hidden(&self, key: &str) -> AnyView {
        view! { <input type="hidden" name=Self::name(key) value=self.value(key)/> }.into_any()
    }

    /// Up, down and remove for a row; `title` names the row for assistive technology.
    pub fn row_acts(&self, list: &str, at: usize, title: &str) -> AnyView {
        let count = self.fields.rows(list).len();
        let button = |act: &str, icon: IconName, text: String, label: String| {
            view! {
                <Button variant=Variant::Quiet small=true icon=icon name="form[intent]" value=format!("{act}:{list}.{at}") label=label>
                    {text}
                </Button>
            }
        };
        let up = (at > 0).then(|| {
            button(
                "up",
                IconName::ArrowUp,
                word!(contest.manage.row.up),
                word!(contest.manage.row.up_of, row = title.to_owned()),
            )
        });
        let down = (at + 1 < count).then(|| {
            button(
                "down",
                IconName::ArrowDown,
                word!(contest.manage.row.down),
                word!(contest.manage.row.down_of, row = title.to_owned()),
            )
        });
        let remove = button(
            "remove",
            IconName::Trash,
            word!(contest.manage.row.remove),
            word!(contest.manage.row.remove_of, row = title.to_owned()),
        );
        view! { <div class="row-acts">{up}{down}{remove}</div> }.into_any()
    }

    /// One more row.
    pub fn add(&self, list: &str, text: String) -> AnyView {
        view! {
            <div>
                <Button variant=Variant::Secondary icon=IconName::Plus name="form[intent]" value=format!("add:{list}")>{text}</Button>
            </div>
        }
        .into_any()
    }
}
