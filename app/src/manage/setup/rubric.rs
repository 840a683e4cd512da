//! A round's rubric: a built-in one to start from, and its criteria to edit.

use leptos::prelude::*;
use rules::judging::{Criterion, Rubric, rubric_by_id};

use super::control::Controls;
use crate::text::{points_text, word};
use crate::ui::{Button, Choice, FieldError, IconName, TextKind, Variant, field_id};

/// Ids of the built-in rubrics.
const BUILT_IN: [&str; 4] = ["R100-A", "R100-B", "R100-C", "R100-F"];

pub(super) fn part(c: &Controls, at: usize, stored: Option<&Rubric>) -> AnyView {
    let key = |field: &str| format!("rounds.{at}.{field}");
    let presets = BUILT_IN
        .into_iter()
        .filter_map(rubric_by_id)
        .map(|rubric| Choice::new(rubric.id.clone(), format!("{} – {}", rubric.id, rubric.name)));
    let preset = presets.collect::<Vec<_>>();
    let list = key("criteria");
    let criteria = c.fields.rows(&list).into_iter().map(|row| {
        let stored = stored.and_then(|rubric| rubric.criteria.get(row));
        criterion(c, &list, row, stored)
    });
    let criteria = criteria.collect_view();
    let whole = field_id(&Controls::name(&key("rubric")));
    view! {
        <section class="form-part stack" id=whole.clone()>
            <h3>{word!(contest.manage.field.rubric)}</h3>
            <FieldError id=whole.clone() error=c.error(&key("rubric"))/>
            {c.hidden(&key("rubric"))}
            <div class="preset-row">
                {c.select(&key("preset"), preset)}
                <Button variant=Variant::Secondary icon=IconName::Copy name="form[intent]" value=format!("rubric:{at}")
                    label=word!(contest.manage.rubric.use_of, number = at + 1)>
                    {word!(contest.manage.rubric.use_it)}
                </Button>
            </div>
            <p class="field-hint">{word!(contest.manage.rubric.use_hint)}</p>
            {c.text(&key("rubric_name"), TextKind::Text)}
            <div class="form-row">
                {c.text(&key("max_total"), TextKind::Decimal)}
                {c.text_hint(&key("step"), TextKind::Decimal, word!(contest.manage.rubric.step_hint))}
            </div>
            <ol class="form-lines">{criteria}</ol>
            {c.add(&list, word!(contest.manage.rubric.add))}
        </section>
    }
    .into_any()
}

fn criterion(c: &Controls, list: &str, row: usize, stored: Option<&Criterion>) -> AnyView {
    let key = |field: &str| format!("{list}.{row}.{field}");
    let title = word!(contest.manage.rubric.one, number = row + 1);
    view! {
        <li class="form-line criterion-line">
            {c.hidden(&key("was"))}
            <div class="criterion-row">
                {c.text(&key("code"), TextKind::Text)}
                {c.text(&key("name"), TextKind::Text)}
                {c.text(&key("max"), TextKind::Decimal)}
                {c.text(&key("floor"), TextKind::Decimal)}
            </div>
            {c.row_acts(list, row, &title)}
            {stored.and_then(guidance)}
        </li>
    }
    .into_any()
}

/// Parts and bands that guide the judge; they go when the maximum no longer fits them.
fn guidance(criterion: &Criterion) -> Option<AnyView> {
    let parts = criterion
        .sub
        .iter()
        .map(|part| format!("{} {} ({})", part.code, part.name, points_text(part.max)));
    let bands = criterion.bands.iter().map(|band| {
        format!(
            "{}–{} {}",
            points_text(band.from),
            points_text(band.to),
            band.label
        )
    });
    let lines = parts
        .chain(bands)
        .map(|line| view! { <li>{line}</li> })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| {
        view! {
            <details class="guidance">
                <summary>{word!(contest.manage.rubric.guidance, count = lines.len())}</summary>
                <ul class="small">{lines}</ul>
            </details>
        }
        .into_any()
    })
}
