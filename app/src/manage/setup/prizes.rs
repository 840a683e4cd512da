//! Prize tiers, best first (S0 A-26).

use leptos::prelude::*;

use super::control::Controls;
use crate::text::word;
use crate::ui::{Fieldset, TextKind};

pub(super) fn body(c: &Controls) -> AnyView {
    let rows = c.fields.rows("prizes").into_iter().map(|at| {
        let title = word!(contest.manage.prizes.one, number = at + 1);
        let key = |field: &str| format!("prizes.{at}.{field}");
        view! {
            <li class="form-box">
                <div class="form-box-head">
                    <h2>{title.clone()}</h2>
                    {c.row_acts("prizes", at, &title)}
                </div>
                <div class="form-row form-row-code">
                    {c.text(&key("code"), TextKind::Text)}
                    {c.text(&key("name"), TextKind::Text)}
                </div>
                <div class="form-row">
                    {c.text(&key("count"), TextKind::Integer)}
                    {c.text(&key("amount"), TextKind::Decimal)}
                    {c.text_hint(&key("floor"), TextKind::Decimal, word!(contest.manage.prizes.floor_hint))}
                </div>
            </li>
        }
    });
    let rows = rows.collect_view();
    let publish = c.check_hint("publish_scores", word!(contest.manage.prizes.publish_hint));
    view! {
        <p class="muted">{word!(contest.manage.prizes.lead)}</p>
        <ol class="form-boxes">{rows}</ol>
        {c.add("prizes", word!(contest.manage.prizes.add))}
        <Fieldset legend=word!(contest.manage.prizes.publication)>{publish}</Fieldset>
    }
    .into_any()
}
