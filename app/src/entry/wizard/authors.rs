//! Who wrote it: one person or a group, their units and shares; people who may not enter are named.

mod consent;
mod find;
mod inviting;
mod row;

use leptos::prelude::*;
use rules::entry::{AuthorType, EntryField, Step};

use self::find::FindAuthor;
use self::inviting::{InviteByEmail, Inviting, InvitingNotice};
use self::row::AuthorCard;
use super::draft::Draft;
use super::frame::StepForm;
use super::returned::FieldNote;
use crate::entry::form::Intent;
use crate::entry::typed::{AuthorRow, remove_row, share_evenly};
use crate::text::{author_type_name, points_text, word};
use crate::ui::{Button, Choice, IconName, RadioGroup, Variant, field_id};
use rules::points::Points;

/// The step.
#[component]
pub fn AuthorsStep(draft: Draft) -> impl IntoView {
    let inviting = Inviting::new(draft);
    let acts = Callback::new(move |value: String| act(draft, inviting, &Intent::parse(&value)));
    let asked = inviting.asked();
    let groups = draft.view.with_untracked(|view| view.eligibility.groups);
    let max = draft.view.with_untracked(|view| view.eligibility.group_max);
    let types = move |_| {
        let choices = [AuthorType::Individual, AuthorType::Group].map(|kind| {
            let choice = Choice::new(type_value(kind), author_type_name(kind));
            match kind {
                AuthorType::Group if !groups => choice.hint(word!(entry.authors.no_groups)).disabled(),
                AuthorType::Group if max > 0 => choice.hint(word!(entry.authors.group_max, max = max)),
                _ => choice,
            }
        });
        let value = draft.typed.with_untracked(|typed| type_value(typed.author_type));
        view! {
            <RadioGroup
                name="form[author_type]"
                legend=word!(entry.authors.kind)
                choices=choices.to_vec()
                value
                inline=true
                error=draft.message_of(EntryField::Authors)
                on_change=Callback::new(move |value: String| {
                    draft.edit(|typed| {
                        typed.author_type = if value == "group" { AuthorType::Group } else { AuthorType::Individual };
                    });
                })
            />
        }
    };
    // Rows have no identity of their own: after anything but typing all of them are drawn anew.
    let cards = move |_| {
        let rows = draft.typed.with_untracked(|typed| typed.authors.clone());
        let many = rows.len() > 1;
        rows.into_iter()
            .enumerate()
            .map(|(index, row)| view! { <AuthorCard draft inviting index row many/> })
            .collect_view()
    };
    let group = Memo::new(move |_| {
        draft
            .typed
            .with(|typed| typed.author_type == AuthorType::Group || typed.authors.len() > 1)
    });
    view! {
        <StepForm draft step=Step::Authors acts>
            <p class="measure">{word!(entry.authors.lead)}</p>
            <FieldNote field=EntryField::Authors/>
            <InvitingNotice inviting/>
            <For each=move || [draft.shown.get()] key=|shown| *shown children=types/>
            <div class="stack">
                <For each=move || [draft.shown.get()] key=|shown| *shown children=cards/>
            </div>
            <SharesLine draft/>
            {groups.then(|| view! {
                <details class="panel add-author" open=move || group.get()>
                    <summary class="panel-title">{word!(entry.authors.add_title)}</summary>
                    <FindAuthor draft inviting/>
                    {if asked {
                        view! { <InviteByEmail inviting/> }.into_any()
                    } else {
                        view! {
                            <div class="cluster">
                                <Button variant=Variant::Secondary icon=IconName::Plus name="form[intent]" value="add">
                                    {word!(entry.authors.add)}
                                </Button>
                            </div>
                        }
                        .into_any()
                    }}
                </details>
            })}
        </StepForm>
    }
    .into_any()
}

/// Sum of the shares, and the button that divides them evenly.
#[component]
fn SharesLine(draft: Draft) -> impl IntoView {
    let total = Memo::new(move |_| {
        draft.typed.with(|typed| {
            typed
                .content()
                .authors
                .iter()
                .map(|author| author.share)
                .sum::<Points>()
        })
    });
    let message = draft.message_of(EntryField::Shares);
    let id = field_id("form[shares]");
    view! {
        <div class="shares-line">
            <p class="num" id=id>
                <span>{word!(entry.authors.total)}</span>
                " "
                <strong class:shares-wrong=move || total.get() != Points::whole(100)>{move || format!("{}%", points_text(total.get()))}</strong>
            </p>
            <Button variant=Variant::Secondary small=true icon=IconName::Scale name="form[intent]" value="even">
                {word!(entry.authors.even)}
            </Button>
            {move || message.get().map(|text| view! { <p class="field-error"><span>{text}</span></p> })}
        </div>
    }
    .into_any()
}

/// What the step's buttons do with wasm.
fn act(draft: Draft, inviting: Inviting, intent: &Intent) {
    match intent {
        Intent::AddAuthor => add(draft, AuthorRow::default()),
        Intent::RemoveAuthor(index) => draft.edit(|typed| remove_row(&mut typed.authors, *index)),
        Intent::EvenShares => {
            draft.edit(|typed| share_evenly(&mut typed.authors, |share| draft.share_text(share)))
        }
        Intent::Invite(index) => return inviting.invite_row(*index),
        Intent::Recall(index) => return inviting.withdraw_row(*index),
        Intent::InviteByEmail => return inviting.invite_typed(),
        Intent::Next | Intent::Stay | Intent::Find | Intent::Pick(_) => return,
    }
    draft.shown.update(|shown| *shown += 1);
    draft.save_now();
}

/// One more author; whether somebody is excluded, the server says as soon as it has the name.
pub(super) fn add(draft: Draft, row: AuthorRow) {
    draft.edit(|typed| {
        typed.author_type = AuthorType::Group;
        typed.authors.push(row);
    });
    draft.shown.update(|shown| *shown += 1);
    draft.save_now();
}

fn type_value(kind: AuthorType) -> &'static str {
    match kind {
        AuthorType::Individual => "individual",
        AuthorType::Group => "group",
    }
}
