//! Two people, or one on two devices, wrote into the same field: both texts side by side, chosen field by field.
//! Nothing is overwritten unseen.

use leptos::prelude::*;
use rules::entry::EntryField;

use super::draft::Draft;
use crate::entry::typed::{Typed, maturity_of};
use crate::text::{answer_text, author_type_name, maturity_name, word};
use crate::ui::{Button, Notice, Tone, Variant};

/// Shown while fields wait for a choice.
#[component]
pub fn ClashView(draft: Draft) -> impl IntoView {
    move || {
        let clash = draft.clash.get()?;
        let fields = clash
            .fields
            .iter()
            .map(|field| {
                let name = draft.field_name(field);
                let mine = draft.typed.with(|typed| readable(draft, field, typed));
                let theirs = readable(draft, field, &clash.theirs);
                let (keep, take) = (field.clone(), field.clone());
                let keep_label = word!(entry.clash.keep_of, field = name.clone());
                let take_label = word!(entry.clash.take_of, field = name.clone());
                view! {
                    <section class="clash-field">
                        <h2>{name}</h2>
                        <div class="clash-both">
                            <div class="panel">
                                <h3>{word!(entry.clash.mine)}</h3>
                                <div class="clash-text pre-line">{mine}</div>
                                <Button kind="button" small=true label=keep_label on_click=Callback::new(move |_| draft.settle(&keep, false))>
                                    {word!(entry.clash.keep)}
                                </Button>
                            </div>
                            <div class="panel">
                                <h3>{word!(entry.clash.theirs)}</h3>
                                <div class="clash-text pre-line">{theirs}</div>
                                <Button kind="button" small=true variant=Variant::Secondary label=take_label on_click=Callback::new(move |_| draft.settle(&take, true))>
                                    {word!(entry.clash.take)}
                                </Button>
                            </div>
                        </div>
                    </section>
                }
            })
            .collect_view();
        Some(view! {
            <Notice tone=Tone::Warn title=word!(entry.clash.title) announce=true>
                <p>{word!(entry.clash.text)}</p>
                {fields}
            </Notice>
        })
    }
}

/// A field's value as a person reads it.
fn readable(draft: Draft, field: &EntryField, typed: &Typed) -> String {
    let text = match field {
        EntryField::Authors => {
            let people = typed.authors.iter().map(|row| {
                let parts = [
                    row.full_name.as_str(),
                    row.unit_name.as_str(),
                    row.position.as_str(),
                    row.contact.as_str(),
                ];
                let about: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                let mark = if row.lead {
                    format!(" {}", word!(entry.authors.lead_mark))
                } else {
                    String::new()
                };
                format!("{}{mark} – {}%", about.join(", "), row.share)
            });
            let group = author_type_name(typed.author_type);
            std::iter::once(group)
                .chain(people)
                .collect::<Vec<_>>()
                .join("\n")
        }
        EntryField::Category => draft.view.with_untracked(|view| {
            let found = view
                .categories
                .iter()
                .find(|category| category.code == typed.category);
            found.map_or_else(String::new, |category| category.name.clone())
        }),
        EntryField::Scope => typed
            .content()
            .scope
            .map(crate::text::scope_name)
            .unwrap_or_default(),
        EntryField::Maturity => maturity_of(&typed.maturity)
            .map(maturity_name)
            .unwrap_or_default(),
        EntryField::FirstAppliedOn => typed
            .content()
            .first_applied_on
            .map(rules::time::format_date)
            .unwrap_or_default(),
        EntryField::Declaration => match typed.accepted {
            Some(version) => word!(entry.declaration.accepted_version, version = version),
            None => word!(entry.declaration.not_accepted),
        },
        EntryField::Answer(code) => {
            let form = draft.form();
            let line = form.field(code).map(|question| question.line(typed.answer(code)));
            line.and_then(|line| line.answer)
                .map(|answer| answer_text(&answer))
                .unwrap_or_default()
        }
        other => typed.text(other),
    };
    if text.trim().is_empty() {
        word!(entry.clash.empty)
    } else {
        text
    }
}
