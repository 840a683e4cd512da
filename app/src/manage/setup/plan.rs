//! The signed plan, in the order it is printed.

use leptos::prelude::*;

use super::control::Controls;
use crate::text::word;
use crate::ui::{Fieldset, TextKind};

pub(super) fn body(c: &Controls) -> AnyView {
    let document = c.clone();
    let content = c.clone();
    view! {
        <Fieldset legend=word!(contest.manage.plan.document)>
            <div class="form-row">
                {document.text_hint("number", TextKind::Text, word!(contest.manage.plan.number_hint))}
                {document.text_hint("symbol", TextKind::Text, word!(contest.manage.plan.symbol_hint))}
                {document.text("issued_on", TextKind::Date)}
            </div>
            <div class="form-row">
                {document.text("signer", TextKind::Text)}
                {document.text("signer_position", TextKind::Text)}
            </div>
        </Fieldset>
        {legal_bases(c)}
        <Fieldset legend=word!(contest.manage.plan.content)>
            {content.area_hint("purpose", 4, word!(contest.manage.plan.lines_hint))}
            {content.area("who_may_enter", 3)}
            {content.area("conditions", 3)}
            {content.area("form", 3)}
            {content.area("organisers", 3)}
        </Fieldset>
        {hotlines(c)}
    }
    .into_any()
}

fn legal_bases(c: &Controls) -> AnyView {
    let rows = c.fields.rows("legal_bases").into_iter().map(|at| {
        let title = word!(contest.manage.plan.basis, number = at + 1);
        let field = c.text_as(&format!("legal_bases.{at}"), TextKind::Text, title.clone());
        view! { <li class="form-line">{field}{c.row_acts("legal_bases", at, &title)}</li> }
    });
    let rows = rows.collect_view();
    let add = c.add("legal_bases", word!(contest.manage.plan.add_basis));
    view! {
        <Fieldset legend=word!(contest.manage.field.legal_bases) hint=word!(contest.manage.plan.bases_hint)>
            <ol class="form-lines">{rows}</ol>
            {add}
        </Fieldset>
    }
    .into_any()
}

fn hotlines(c: &Controls) -> AnyView {
    let rows = c.fields.rows("hotlines").into_iter().map(|at| {
        let title = word!(contest.manage.plan.hotline, number = at + 1);
        let key = |field: &str| format!("hotlines.{at}.{field}");
        view! {
            <li class="form-line">
                <div class="form-row">
                    {c.text(&key("role"), TextKind::Text)}
                    {c.text(&key("name"), TextKind::Text)}
                    {c.text(&key("phone"), TextKind::Tel)}
                </div>
                {c.row_acts("hotlines", at, &title)}
            </li>
        }
    });
    let rows = rows.collect_view();
    let add = c.add("hotlines", word!(contest.manage.plan.add_hotline));
    view! {
        <Fieldset legend=word!(contest.manage.field.hotlines) hint=word!(contest.manage.plan.hotlines_hint)>
            <ol class="form-lines">{rows}</ol>
            {add}
        </Fieldset>
    }
    .into_any()
}
