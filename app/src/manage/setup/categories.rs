//! The topics entries belong to.

use leptos::prelude::*;

use super::control::Controls;
use crate::text::word;
use crate::ui::TextKind;

pub(super) fn body(c: &Controls) -> AnyView {
    let rows = c.fields.rows("categories").into_iter().map(|at| {
        let title = word!(contest.manage.categories.one, number = at + 1);
        let key = |field: &str| format!("categories.{at}.{field}");
        view! {
            <li class="form-box">
                <div class="form-box-head">
                    <h2>{title.clone()}</h2>
                    {c.row_acts("categories", at, &title)}
                </div>
                <div class="form-row form-row-code">
                    {c.text(&key("code"), TextKind::Text)}
                    {c.text(&key("name"), TextKind::Text)}
                </div>
                {c.area(&key("description"), 2)}
                {c.check_hint(&key("medium_required"), word!(contest.manage.categories.medium_hint))}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <p class="muted">{word!(contest.manage.categories.lead)}</p>
        <ol class="form-boxes">{rows}</ol>
        {c.add("categories", word!(contest.manage.categories.add))}
    }
    .into_any()
}
