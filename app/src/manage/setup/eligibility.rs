//! Who may enter, screening and quotas, conflicts of interest, the authors' declaration.

use contract::contest::SetupView;
use leptos::prelude::*;
use rules::entry::AttachmentKind;

use super::control::Controls;
use crate::text::{attachment_kind_name, word};
use crate::ui::{Choice, FieldError, Fieldset, TextKind, field_id};

pub(super) fn body(c: &Controls, view: &SetupView) -> AnyView {
    let (authors, units, judging, declaration) = (c.clone(), c.clone(), c.clone(), c.clone());
    // as many levels as the chart has, and the stored one in any case
    let deepest = view.units.iter().map(|unit| unit.level).max().unwrap_or_default();
    let deepest = deepest.max(view.setup.eligibility.conflict_level.unwrap_or_default());
    let level = |level: u32| {
        Choice::new(
            level.to_string(),
            word!(contest.manage.eligibility.level_at, level = level),
        )
    };
    let same = Choice::new("", word!(contest.manage.eligibility.level_same));
    let root = Choice::new("0", word!(contest.manage.eligibility.level_root));
    let levels = std::iter::once(same)
        .chain((1..=deepest).rev().map(level))
        .chain([root])
        .collect::<Vec<_>>();
    let version = view.setup.declaration.version;
    view! {
        {unit_tree(c, view)}
        <Fieldset legend=word!(contest.manage.eligibility.authors)>
            {authors.check("outside_authors")}
            {authors.check("groups")}
            {authors.check_hint("co_author_consent", word!(author.setup.consent_hint))}
            {authors.text_hint("group_max", TextKind::Integer, word!(contest.manage.eligibility.group_hint))}
        </Fieldset>
        <Fieldset legend=word!(contest.manage.eligibility.at_units)>
            {units.check_hint("unit_screening", word!(contest.manage.eligibility.screening_hint))}
            <div class="form-row">
                {units.text_hint("min_quota", TextKind::Integer, word!(contest.manage.eligibility.min_hint))}
                {units.text_hint("max_quota", TextKind::Integer, word!(contest.manage.eligibility.max_hint))}
            </div>
        </Fieldset>
        {kinds(c)}
        <Fieldset legend=word!(contest.manage.eligibility.fair)>
            {judging.check_hint("blind", word!(contest.manage.eligibility.blind_hint))}
            {judging.select("conflict_level", levels)}
        </Fieldset>
        <Fieldset legend=word!(contest.manage.field.declaration) hint=word!(contest.manage.eligibility.declaration_hint, version = version)>
            {declaration.area("declaration", 5)}
        </Fieldset>
    }
    .into_any()
}

/// Kinds of files taken; a plain list of boxes.
fn kinds(c: &Controls) -> AnyView {
    let boxes = AttachmentKind::ALL.map(|kind| {
        let key = format!("kinds.{}", kind.slug());
        let name = Controls::name(&key);
        let id = field_id(&name);
        view! {
            <div class="choice">
                <input class="choice-input" type="checkbox" id=id.clone() name=name value="true" checked=c.fields.is_on(&key)/>
                <label class="choice-label" for=id>{attachment_kind_name(kind)}</label>
            </div>
        }
    });
    view! {
        <Fieldset legend=word!(file.kinds.title) hint=word!(file.kinds.hint)>{boxes.collect_view()}</Fieldset>
    }
    .into_any()
}

/// Units as they lie in the organisation chart; a ticked unit includes everything below it.
fn unit_tree(c: &Controls, view: &SetupView) -> AnyView {
    let chosen = view
        .units
        .iter()
        .filter(|unit| c.fields.is_on(&format!("units.{}", unit.id)))
        .count();
    let boxes = view.units.iter().map(|unit| {
        let key = format!("units.{}", unit.id);
        let name = Controls::name(&key);
        let id = field_id(&name);
        view! {
            <li class="choice unit-choice" data-level=unit.level.min(5).to_string()>
                <input class="choice-input" type="checkbox" id=id.clone() name=name value="true" checked=c.fields.is_on(&key)/>
                <label class="choice-label" for=id>{unit.name.clone()}</label>
            </li>
        }
    });
    let boxes = boxes.collect_view();
    let error = c.error("units");
    let summary = if chosen == 0 {
        word!(contest.manage.eligibility.every_unit)
    } else {
        word!(contest.manage.eligibility.some_units, count = chosen)
    };
    view! {
        <Fieldset legend=word!(contest.manage.field.units) hint=word!(contest.manage.eligibility.units_hint)>
            <FieldError id=field_id(&Controls::name("units")) error/>
            <details class="unit-tree" id=field_id(&Controls::name("units")) open=chosen != 0>
                <summary>{summary}</summary>
                <ul class="unit-list">{boxes}</ul>
            </details>
        </Fieldset>
    }
    .into_any()
}
