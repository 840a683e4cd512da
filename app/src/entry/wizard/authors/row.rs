//! One author's fields.

use contract::account::UnitLine;
use leptos::prelude::*;
use rules::entry::EntryField;

use super::super::draft::Draft;
use super::super::missing::control_name;
use super::consent::ConsentLine;
use super::inviting::Inviting;
use crate::entry::typed::AuthorRow;
use crate::text::word;
use crate::ui::{
    Badge, Button, Choice, FieldError, IconName, Select, TextField, TextKind, Tone, Variant, field_id,
};

/// The card of the author in this place.
#[component]
pub fn AuthorCard(
    draft: Draft,
    inviting: Inviting,
    index: usize,
    row: AuthorRow,
    many: bool,
) -> impl IntoView {
    let name = move |field: &str| format!("form[authors][{index}][{field}]");
    let known = !row.user.is_empty();
    let title = word!(entry.authors.author, number = index + 1);
    let (outside, units) = draft
        .view
        .with_untracked(|view| (view.eligibility.outside_authors, view.units.clone()));
    let edit = move |change: fn(&mut AuthorRow, String)| {
        Callback::new(move |text: String| {
            draft.edit(|typed| {
                if let Some(row) = typed.authors.get_mut(index) {
                    change(row, text);
                }
            });
        })
    };
    let live = move |read: fn(&AuthorRow) -> &String| {
        draft.text(move |typed| {
            typed
                .authors
                .get(index)
                .map(|row| read(row).clone())
                .unwrap_or_default()
        })
    };
    let about = draft.message_of(EntryField::Author(index));
    let heading = format!("author-{index}");
    let labelled = heading.clone();
    let lead_id = field_id(&format!("lead-{index}"));
    let remove = word!(entry.authors.remove_of, number = index + 1);
    let placeholder = if outside {
        word!(entry.authors.outside)
    } else {
        word!(entry.authors.choose_unit)
    };
    let free_unit = (outside && row.unit.is_empty()).then(|| {
        view! {
            <TextField
                name=name("unit_name")
                label=word!(entry.authors.unit_name)
                value=live(|row| &row.unit_name)
                mark_optional=true
                autocomplete="off"
                on_input=edit(|row, text| row.unit_name = text)
            />
        }
    });
    view! {
        <section class="panel author-card" aria-labelledby=labelled>
            <div class="author-head">
                <h2 class="panel-title" id=heading>{title}</h2>
                {known.then(|| view! { <Badge tone=Tone::Info icon=IconName::User>{word!(entry.authors.account)}</Badge> })}
                {many.then(|| view! {
                    <span class="push">
                        <Button variant=Variant::Quiet small=true icon=IconName::Trash name="form[intent]" value=format!("remove:{index}") label=remove>
                            {word!(entry.authors.remove)}
                        </Button>
                    </span>
                })}
            </div>
            <FieldError id=format!("author-{index}-about") error=about/>
            <ConsentLine draft inviting index/>
            <input type="hidden" name=name("user") value=row.user.clone()/>
            <div class="grid">
                <TextField
                    name=name("full_name")
                    label=word!(entry.authors.full_name)
                    hint=if known { word!(entry.authors.name_from_account) } else { word!(entry.authors.name_hint) }
                    value=live(|row| &row.full_name)
                    readonly=known
                    autocomplete="off"
                    error=draft.message_of(EntryField::AuthorName(index))
                    on_input=edit(|row, text| row.full_name = text)
                />
                <Select
                    name=control_name(&EntryField::AuthorUnit(index))
                    label=word!(entry.authors.unit)
                    choices=unit_choices(units, &row)
                    value=row.unit.clone()
                    placeholder
                    error=draft.message_of(EntryField::AuthorUnit(index))
                    on_change=Callback::new(move |unit: String| {
                        draft.edit(|typed| {
                            if let Some(row) = typed.authors.get_mut(index) {
                                row.unit = unit;
                                row.unit_name.clear();
                            }
                        });
                        draft.save_now();
                    })
                />
                {free_unit}
                <TextField
                    name=name("position")
                    label=word!(entry.authors.position)
                    value=live(|row| &row.position)
                    mark_optional=true
                    autocomplete="off"
                    error=draft.message_of(EntryField::AuthorPosition(index))
                    on_input=edit(|row, text| row.position = text)
                />
                <TextField
                    name=name("contact")
                    label=word!(entry.authors.contact)
                    value=live(|row| &row.contact)
                    mark_optional=true
                    autocomplete="off"
                    error=draft.message_of(EntryField::AuthorContact(index))
                    on_input=edit(|row, text| row.contact = text)
                />
                <TextField
                    name=name("share")
                    label=word!(entry.authors.share)
                    kind=TextKind::Decimal
                    suffix="%"
                    value=live(|row| &row.share)
                    autocomplete="off"
                    error=draft.message_of(EntryField::AuthorShare(index))
                    on_input=edit(|row, text| row.share = text)
                />
            </div>
            <div class="choice">
                <input
                    class="choice-input"
                    type="radio"
                    id=lead_id.clone()
                    name="form[lead]"
                    value=index.to_string()
                    checked=row.lead
                    on:change=move |_| {
                        draft.edit(|typed| {
                            for (at, row) in typed.authors.iter_mut().enumerate() {
                                row.lead = at == index;
                            }
                        });
                    }
                />
                <label class="choice-label" for=lead_id>{word!(entry.authors.is_lead)}</label>
            </div>
        </section>
    }
    .into_any()
}

/// Units that may enter, indented by their place in the chart; the author's own stays in the list even where it may
/// not, so that nothing changes by itself.
fn unit_choices(units: Vec<UnitLine>, row: &AuthorRow) -> Vec<Choice> {
    let own = (!row.unit.is_empty() && units.iter().all(|unit| unit.id.to_string() != row.unit))
        .then(|| Choice::new(row.unit.clone(), row.unit_name.clone()));
    let listed = units.into_iter().map(|unit| {
        Choice::new(
            unit.id.to_string(),
            format!("{}{}", "– ".repeat(unit.level as usize), unit.name),
        )
    });
    own.into_iter().chain(listed).collect()
}
